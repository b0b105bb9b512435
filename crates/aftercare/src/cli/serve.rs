//! `serve` and `migrate`.

use std::time::Duration;

use documents::{Press, TemplateState};
use kit::http::{Limits, Listener};
use kit::{Actor, App, Clock, Lang, WebConfig};
use tokio::sync::watch;

use super::{Node, NodeArgs, ServeArgs, say};
use crate::migrations;

/// Starts the service and runs until it is told to stop.
pub(super) async fn serve(args: ServeArgs) -> anyhow::Result<()> {
    let listener = Listener::bind(args.listen)
        .await
        .map_err(|e| anyhow::anyhow!("{} can't be listened on: {e}", args.listen))?;
    let bound = listener.address()?;
    let web = args.web(bound)?;
    // Said before anything is touched.
    args.roads()?;
    let node = Node::open(&args.node, Clock::system(), web).await?;
    upgrade(&node.app, &args).await?;
    if let Some(token) = setup_token(&node.app).await? {
        say("This system is empty. Set it up within 30 minutes at:");
        say(&format!("  {}/setup#{token}", node.app.web.base_url));
    }
    run(node.app, listener, &args).await
}

// The link that makes the first administrators, as long as there is nobody.
async fn setup_token(app: &App) -> anyhow::Result<Option<String>> {
    let token = app
        .act_again(Actor::system("start"), |tx, cx| {
            Box::pin(async move {
                if identity::setup::needed(tx).await? {
                    Ok(Some(identity::setup::issue_token(tx, cx.now, &cx.app.ids).await?))
                } else {
                    Ok(None)
                }
            })
        })
        .await?;
    Ok(token)
}

/// Serves a node whose schema is current: routes, jobs, sealing.
pub(crate) async fn run(app: App, listener: Listener, args: &ServeArgs) -> anyhow::Result<()> {
    crate::http::install_metrics();
    let roads = args.roads()?;
    let listener = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => listener.with_tls(certificate, key)?,
        _ => listener,
    };
    let sealing = tokio::spawn(seal(app.clone()));
    let resting = tokio::spawn(rest(app.db.changes()));
    let upkeep = tokio::spawn(crate::http::metrics::upkeep());
    crate::app::start(&app).await?;
    kit::jobs::take_back(&app.db).await?;
    let jobs = tokio::spawn(kit::jobs::run(app.clone(), crate::app::workers()));
    let couriers = tokio::spawn(kit::jobs::run_together(app.clone(), crate::app::couriers()));
    let readers = tokio::spawn(kit::readers::run(app.clone(), crate::app::readers()));
    say(&format!("Aftercare is ready at {}", app.web.base_url));
    let limits = Limits { trusted: app.web.trusted_proxies.clone(), ..Limits::default() };
    let press = press(&app)?;
    let watched = tokio::spawn(say_what_is_broken(press.clone()));
    let router = crate::app::router(app, press, roads);
    kit::http::serve(listener, router, limits, stopped()).await;
    sealing.abort();
    resting.abort();
    upkeep.abort();
    jobs.abort();
    readers.abort();
    couriers.abort();
    watched.abort();
    Ok(())
}

// Papers are drawn by this same program, also after its file was replaced by a newer one.
fn press(app: &App) -> anyhow::Result<Press> {
    let program = if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { std::env::current_exe()? };
    Ok(Press::new(&crate::app::templates_folder(app.files.root()), &program))
}

// A template that broke since the last start (a typo, a newer version of the program) is found before somebody waits for a paper.
async fn say_what_is_broken(press: Press) {
    match press.templates(Lang::ZhCn).await {
        Err(error) => tracing::warn!(%error, "the templates of papers can't be tried"),
        Ok(states) => {
            for TemplateState { paper, fault, .. } in states {
                if let Some(fault) = fault {
                    tracing::warn!(template = paper.file_name(), %fault, "papers with this template are refused until it is mended");
                }
            }
        }
    }
}

/// Applies pending schema steps, after a backup if there is something to lose.
pub(crate) async fn upgrade(app: &App, args: &ServeArgs) -> anyhow::Result<()> {
    let pending = app.db.pending(migrations::known()).await?;
    let fresh = pending.len() == migrations::known().len();
    if pending.is_empty() {
        return Ok(());
    }
    if !fresh {
        for step in &pending {
            say(&format!("schema step {}: {}", step.number, step.name));
        }
        if args.backup_before_migrate && app.db.dialect() == kit::db::Dialect::Sqlite {
            let path = args.node.data.join(format!("before-step-{}.db", pending[0].number));
            app.db.snapshot_sqlite(&path)?;
            say(&format!("the database was copied to {} first", path.display()));
        }
    }
    app.db.migrate(migrations::known(), app.clock.now()).await?;
    Ok(())
}

/// Applies pending schema steps, or only shows them.
pub(super) async fn migrate(args: NodeArgs, dry_run: bool) -> anyhow::Result<()> {
    let node = Node::open(&args, Clock::system(), WebConfig::default()).await?;
    let pending = if dry_run {
        node.app.db.pending(migrations::known()).await?
    } else {
        node.app.db.migrate(migrations::known(), node.app.clock.now()).await?
    };
    let verb = if dry_run { "would apply" } else { "applied" };
    for step in &pending {
        say(&format!("{verb} step {}: {}", step.number, step.name));
    }
    if pending.is_empty() {
        say("the schema is current");
    }
    Ok(())
}

/// How long nothing was committed when a burst is over; longer than the allocator keeps freed memory at hand (1 s).
const AT_REST: Duration = Duration::from_millis(1_500);

// What a burst needed and has freed goes back to the system when it is over. The allocator looks for it when it is asked for
// more or when a thread ends; a node at rest does neither.
async fn rest(mut changes: watch::Receiver<u64>) {
    loop {
        loop {
            match tokio::time::timeout(AT_REST, changes.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return,
                Err(_) => break,
            }
        }
        let ended = std::thread::Builder::new().spawn(|| std::hint::black_box(vec![0_u8; 1024]).len());
        if let Err(error) = ended {
            tracing::debug!(%error, "freed memory stays with the program");
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

// PostgreSQL's events wait to be sealed in commit order; on SQLite this returns at once.
async fn seal(app: App) {
    let mut changes = app.db.changes();
    loop {
        match kit::events::seal(&app.db).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, "sealing waits for the database"),
        }
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() { return; }
                // Commits shortly after each other are sealed together; what was sealed meanwhile is no reason to look again.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                changes.mark_unchanged();
            },
            () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
    }
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
