//! A system that comes back: proved before it is kept, nobody signed in, nothing sent a second time (G10).

use std::path::Path;

use kit::archive::{self, Manifest};
use kit::{Actor, App, Audience, Cx, Event, Failure, Tx};

use super::told;
use crate::checks::{self, Finding};

/// How to restore.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Also recompute every invariant before anything is kept.
    pub verify: bool,
    /// API tokens stay valid: the system moves, and no other copy of it lives on.
    pub keep_tokens: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Restored {
    /// What the archive held.
    pub manifest: Manifest,
    /// Who was signed out.
    pub ended: identity::Ended,
    /// Messages that were waiting and are not sent.
    pub messages: u64,
    /// Logins whose second factor doesn't open under the key of this data folder: they have recovery codes.
    pub closed_factors: Vec<String>,
    /// What was recomputed, if it was asked for.
    pub findings: Vec<Finding>,
}

/// Restores an archive into the empty system of `app`, whose schema is current.
///
/// # Errors
/// If the archive can't be used, an invariant doesn't hold (with `verify`), or the system is not empty; then nothing is kept.
pub async fn restore(app: &App, path: &Path, options: Options) -> anyhow::Result<Restored> {
    let node = app.clone();
    let (manifest, (ended, messages, findings)) =
        archive::restore(&app.db, &app.files, path, move |tx, manifest| {
            Box::pin(async move {
                let findings = if options.verify { proved(tx, &node).await? } else { Vec::new() };
                let id = node.ids.next(node.clock.now());
                let cx = Cx::new(&node, id, Actor::system("terminal"));
                let (ended, messages) =
                    settle(tx, &cx, manifest, options).await.map_err(anyhow::Error::from)?;
                Ok((ended, messages, findings))
            })
        })
        .await?;
    // PostgreSQL: the event about the restore is sealed like any other, before anybody looks.
    while kit::events::seal(&app.db).await? > 0 {}
    let mut tx = app.db.reader().await?;
    let (_, closed_factors) = identity::verify_second_factors(&mut tx, &app.files).await?;
    Ok(Restored { manifest, ended, messages, closed_factors, findings })
}

async fn proved(tx: &mut Tx, app: &App) -> anyhow::Result<Vec<Finding>> {
    let findings = checks::run_on(tx, &app.files).await?;
    let faults: Vec<String> = findings
        .iter()
        .flat_map(|f| f.faults.iter().map(move |fault| format!("{}: {fault}", f.name)))
        .collect();
    anyhow::ensure!(
        faults.is_empty(),
        "{} faults were found in the archive, nothing was restored. Take an older backup, or restore without --verify and \
         mend what is named here:\n  {}",
        faults.len(),
        faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n  ")
    );
    Ok(findings)
}

// Whoever was signed in, held a link or a token when the backup was made may not be entitled any more; what was on its way
// out may have arrived since.
async fn settle(
    tx: &mut Tx,
    cx: &Cx,
    manifest: &Manifest,
    options: Options,
) -> Result<(identity::Ended, u64), Failure> {
    let ended = identity::end_everything(tx, cx.now, options.keep_tokens).await?;
    let messages = notifications::set_aside_restored(tx).await?;
    let portal = portal::hold_restored(tx, cx.now, options.keep_tokens).await?;
    kit::settings::set(tx, archive::RESTORED_AT, &cx.now, cx.now).await?;
    let mut body = told(manifest);
    body["ended"] = serde_json::to_value(ended)?;
    body["messages_not_sent"] = messages.into();
    body["customer_codes_and_links"] = portal.into();
    body["tokens_kept"] = options.keep_tokens.into();
    let event = Event::new("system.restored", "system", "system").audience(Audience::Audit).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok((ended, messages))
}
