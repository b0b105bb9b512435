//! `demo`: the product with a made-up company in it.

use std::net::SocketAddr;

use clap::Args;
use kit::http::Listener;
use kit::{App, Clock, Ts};

use super::{Node, ServeArgs, say, serve};
use crate::demo::{self, Marker, Standing};

/// How to show the demo.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    /// How to serve.
    #[command(flatten)]
    pub serve: ServeArgs,
    /// Where the demo's clock starts, e.g. 2026-10-09T16:40+08:00; it runs on from there
    #[arg(long)]
    clock: Option<String>,
    /// The seed the company is made from
    #[arg(long, default_value_t = demo::SEED)]
    seed: u64,
    /// Make the demo data and stop
    #[arg(long)]
    no_serve: bool,
    /// Remove the demo: a fresh database and chain; refused once a real case exists
    #[arg(long, conflicts_with_all = ["clock", "no_serve"])]
    remove: bool,
}

/// Starts the demo; makes it first if the system is empty.
pub(super) async fn demo(args: DemoArgs) -> anyhow::Result<()> {
    if args.remove {
        return remove(&args).await;
    }
    // An address that is taken is told before anything is made; who only makes the data needs none.
    let listener = if args.no_serve { None } else { Some(listening(args.serve.listen).await?) };
    let web = args.serve.web(listener.as_ref().map_or(Ok(args.serve.listen), Listener::address)?)?;
    let machine = Clock::system().now();
    let start = args.clock.as_deref().map(instant).transpose()?;
    let clock = start.map_or_else(Clock::system, Clock::starting_at);
    let app = Node::open(&args.serve.node, clock, web).await?.app;
    serve::upgrade(&app, &args.serve).await?;
    let found = demo::standing(&mut app.db.reader().await?).await?;
    let marker = match found {
        Standing::Real => anyhow::bail!(
            "{} holds real data: the demo needs an empty system (name another folder with --data)",
            args.serve.node.data.display()
        ),
        Standing::Demo(marker) => {
            if start.is_none() {
                app.clock.advance(marker.clock_ahead_us);
            }
            *marker
        }
        Standing::Empty => {
            let began = std::time::Instant::now();
            let marker = demo::make(&app, args.seed, app.clock.now().micros() - machine.micros()).await?;
            say(&format!("The demo company was made in {:.1} s.", began.elapsed().as_secs_f64()));
            marker
        }
    };
    show(&app, &marker);
    match listener {
        Some(listener) => serve::run(app, listener, &args.serve).await,
        None => {
            // No node will: on PostgreSQL events are sealed beside the commands.
            while kit::events::seal(&app.db).await? > 0 {}
            Ok(())
        }
    }
}

async fn listening(address: SocketAddr) -> anyhow::Result<Listener> {
    Listener::bind(address).await.map_err(|e| anyhow::anyhow!("{address} can't be listened on: {e}"))
}

fn show(app: &App, marker: &Marker) {
    say("");
    say("贴心售后 Aftercare — DEMO 演示数据 (made-up company, made-up people)");
    say(&format!("  open      {}", app.web.base_url));
    say(&format!("  password  {}   (the same for every demo login)", marker.password));
    for (role, login) in &marker.logins {
        say(&format!("  {:<18}{login}", role.name()));
    }
    if let Some(side) = &marker.customer {
        let base = app.web.base_url.trim_end_matches('/');
        say("");
        say("The customer's side, without a login (codes by SMS are shown on the page):");
        say(&format!("  label     {base}/q/{}   (the QR code on a device)", side.label));
        if let Some(link) = &side.link {
            say(&format!("  link      {}   (the page of a case under way)", portal::url_of(app, link)));
        }
        if let Some(badge) = &side.badge {
            say(&format!("  badge     {base}/b/{badge}   (the QR code on an engineer's badge)"));
        }
    }
    say("");
}

// An instant with its offset; the seconds may be left out.
fn instant(text: &str) -> anyhow::Result<Ts> {
    let with_seconds = || {
        let (day, rest) = text.split_once('T').unwrap_or_default();
        format!("{day}T{}:00{}", rest.get(..5).unwrap_or_default(), rest.get(5..).unwrap_or_default())
    };
    let parsed = text.parse::<jiff::Timestamp>().or_else(|_| with_seconds().parse());
    parsed.map(Ts::from).map_err(|_| {
        anyhow::anyhow!("`{text}` is no instant with an offset: write it like 2026-10-09T16:40+08:00")
    })
}

async fn remove(args: &DemoArgs) -> anyhow::Result<()> {
    let app = super::keep::current(&args.serve.node).await?;
    let kept = demo::remove(&app).await?;
    say(&format!("The demo is gone; {kept} settings were kept. `aftercare serve` prints a set-up link."));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_read_with_and_without_seconds() {
        let expected = "2026-10-09T08:40:00Z".parse().unwrap();
        assert_eq!(instant("2026-10-09T16:40+08:00").unwrap(), expected);
        assert_eq!(instant("2026-10-09T16:40:00+08:00").unwrap(), expected);
        assert_eq!(instant("2026-10-09T08:40Z").unwrap(), expected);
        assert!(instant("tomorrow").is_err());
        assert!(instant("2026-10-09T16:40").is_err());
    }
}
