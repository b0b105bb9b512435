//! By night: what nobody needs any more is removed. Events stay for ever.

use std::time::Duration;

use futures::future::BoxFuture;
use jiff::tz::TimeZone;
use kit::jobs::{self, Job, Worker};
use kit::{App, Cx, Failure, Ts, Tx};

use super::KeepingSettings;

const KIND: &str = "system.purge";
const KEY: &str = "nightly";
/// Rows in one transaction: others write in between.
const PORTION: i64 = 1_000;
/// Files that leave the record in one transaction.
const FILES_AT_ONCE: i64 = 100;

/// Who purges.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: KIND, work: |app, job| Box::pin(purge(app, job)) }]
}

/// Puts the purge on the list, unless it waits there; called at the start of a node.
///
/// # Errors
/// As the database says.
pub async fn start(tx: &mut Tx, cx: &Cx) -> Result<(), Failure> {
    let zone = identity::settings::zone(tx).await?;
    jobs::ensure(tx, cx, KIND, KEY, next_night(cx.now, &zone)).await
}

/// Half past three, the next time the company's clocks show it: calls and visits are fewest.
fn next_night(now: Ts, zone: &str) -> Ts {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let here = now.timestamp().to_zoned(zone.clone());
    let night =
        |day: jiff::civil::Date| day.at(3, 30, 0, 0).to_zoned(zone.clone()).map(|z| Ts::from(z.timestamp()));
    let tonight = night(here.date()).ok().filter(|t| *t > now);
    let tomorrow = || here.date().tomorrow().and_then(night).ok();
    tonight.or_else(tomorrow).unwrap_or_else(|| now.plus(Ts::DAY))
}

async fn purge(app: App, job: Job) -> Result<(), Failure> {
    let settings = super::settings(&mut app.db.reader().await?).await?;
    let removed = remove_old(&app, &settings).await?;
    tracing::info!(?removed, "what was old enough is removed");
    job.run_inside(&app, |tx, cx, _| {
        Box::pin(async move {
            let zone = identity::settings::zone(tx).await?;
            jobs::schedule(tx, cx, KIND, KEY, next_night(cx.now, &zone), &()).await
        })
    })
    .await
}

/// What a purge removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Rows of ended jobs.
    pub jobs: u64,
    /// Messages whose content was forgotten.
    pub messages: u64,
    /// Answers of commands past their seven days (decision 7).
    pub answers: u64,
    /// One-time codes and verified browsers of customers that are over.
    pub callers: u64,
    /// Alerts to people on duty that somebody took, or that were over.
    pub alerts: u64,
    /// Photos of customers that were sent and hung on no case.
    pub strangers: u64,
    /// Tables that nobody went on with, and reports of those that ended.
    pub imports: u64,
    /// Points of engineers' ways to visits.
    pub positions: u64,
    /// Uploads that were broken off.
    pub uploads: u64,
}

/// Removes what is older than the settings say.
///
/// # Errors
/// As the database or the disk says; what was removed until then stays so.
pub async fn remove_old(app: &App, settings: &KeepingSettings) -> Result<Removed, Failure> {
    let now = app.clock.now();
    let ago = |days: i64| now.plus(-days * Ts::DAY);
    let (done, failed, messages) =
        (ago(settings.done_jobs_days), ago(settings.failed_jobs_days), ago(settings.messages_days));
    let ways = ago(settings.positions_days);
    let mut removed = Removed {
        jobs: in_portions(app, move |tx| {
            Box::pin(async move { Ok(jobs::forget(tx, done, failed, PORTION).await?) })
        })
        .await?,
        messages: in_portions(app, move |tx| {
            Box::pin(notifications::forget_bodies(tx, messages, now, PORTION))
        })
        .await?,
        answers: in_portions(app, move |tx| Box::pin(kit::command::forget_old_answers(tx, now, PORTION)))
            .await?,
        callers: in_portions(app, move |tx| Box::pin(portal::forget_old(tx, now, PORTION))).await?,
        alerts: in_portions(app, move |tx| Box::pin(notifications::forget_alerts(tx, messages, PORTION)))
            .await?,
        strangers: strangers(app, ago(settings.uploads_days)).await?,
        imports: in_portions(app, move |tx| {
            Box::pin(crate::import::tables::rows::forget_old(tx, now, messages, PORTION))
        })
        .await?,
        positions: in_portions(app, move |tx| Box::pin(visits::forget_ways(tx, ways, PORTION))).await?,
        uploads: 0,
    };
    let quiet = Duration::from_secs(u64::try_from(settings.uploads_days).unwrap_or(7) * 86_400);
    let files = app.files.clone();
    removed.uploads = tokio::task::spawn_blocking(move || files.forget_arriving(quiet))
        .await
        .map_err(anyhow::Error::from)?
        .map_err(|e| Failure::Unavailable(e.to_string()))?;
    Ok(removed)
}

// Off the record first, then off the disk: what is killed in between is bytes that nothing names, never a name without bytes.
async fn strangers(app: &App, before: Ts) -> Result<u64, Failure> {
    let removed = off_the_record(app, before).await?;
    off_the_disk(app).await?;
    Ok(removed)
}

/// Takes photos of customers that were sent before `before` and hang on no case off the record; answers how many. One that somebody
/// holds just now waits for the next night.
///
/// # Errors
/// As the database says.
pub async fn off_the_record(app: &App, before: Ts) -> Result<u64, Failure> {
    let (mut removed, mut after) = (0, String::new());
    loop {
        let step = app.db.write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let (uses, limit) = (crate::app::file_uses(), FILES_AT_ONCE);
                let of = portal::SENDERS;
                Ok(identity::files::forget_strangers(tx, &uses, of, before, &after, limit).await?)
            })
        });
        let round = step.await?;
        removed += round.files;
        let Some(next) = round.next else { return Ok(removed) };
        after = next;
    }
}

/// Removes the bytes of files that are off the record, those of earlier nights too, but for those that somebody has sent again
/// meanwhile. One that somebody holds just now waits for the next night, and so does one that the disk doesn't let go.
///
/// # Errors
/// As the database says.
pub async fn off_the_disk(app: &App) -> Result<(), Failure> {
    let mut after = String::new();
    loop {
        let digests = identity::files::leaving(&mut app.db.reader().await?, &after, FILES_AT_ONCE).await?;
        let Some(last) = digests.last() else { return Ok(()) };
        after.clone_from(last);
        for digest in digests {
            remove_bytes(app, digest).await?;
        }
    }
}

async fn remove_bytes(app: &App, digest: String) -> Result<(), Failure> {
    let files = app.files.clone();
    let step = app.db.write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            // Until this ends nobody records it: who sends it now looks for its bytes afterwards, and sends them anew.
            if !kit::files::alone(tx, &digest).await? {
                return Ok(());
            }
            if !identity::files::recorded(tx, &digest).await?
                && let Err(why) = files.remove(&digest)
            {
                // Everything else that is due goes all the same, and each night tries this one again.
                tracing::error!(%digest, %why, "a file that was purged stays on the disk: let the program's user remove it");
                return Ok(());
            }
            Ok(identity::files::left(tx, &digest).await?)
        })
    });
    step.await
}

async fn in_portions<F>(app: &App, step: F) -> Result<u64, Failure>
where
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<u64, Failure>> + Copy + Send + 'static,
{
    let mut removed = 0;
    loop {
        // One that isn't full needn't be the last: only one that finds nothing is.
        match app.db.write::<_, Failure, _>(move |tx| step(tx)).await? {
            0 => return Ok(removed),
            count => removed += count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_night_is_the_companys() {
        let at = |text: &str| text.parse::<Ts>().unwrap();
        for (now, zone, night) in [
            ("2026-10-09T08:40:00Z", "Asia/Shanghai", "2026-10-09T19:30:00Z"),
            ("2026-10-09T19:29:59Z", "Asia/Shanghai", "2026-10-09T19:30:00Z"),
            ("2026-10-09T19:30:00Z", "Asia/Shanghai", "2026-10-10T19:30:00Z"),
            ("2026-10-09T08:40:00Z", "no/zone", "2026-10-10T03:30:00Z"),
        ] {
            assert_eq!(next_night(at(now), zone), at(night), "{now} in {zone}");
        }
    }
}
