//! Once a day: ended sessions, expired links and old failures are forgotten, and unused accounts closed; the events about them stay.

use kit::jobs::{Job, Worker, schedule};
use kit::{App, Cx, Failure, Ts, Tx};

use crate::actions::accounts::close_unused;
use crate::settings;
use crate::store::{factors, failures, sessions};

const KIND: &str = "identity.tidy";
/// How long an ended session stays in the table.
const SESSIONS_KEPT_US: i64 = 30 * Ts::DAY;

/// The workers of identity.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: KIND, work: |app, job| Box::pin(tidy(app, job)) }]
}

/// Puts the daily tidying on the list, due now; called at the start of a node.
///
/// # Errors
/// As the database says.
pub async fn start(tx: &mut Tx, cx: &Cx) -> Result<(), Failure> {
    require(tx, cx).await?;
    schedule(tx, cx, KIND, "daily", cx.now, &()).await
}

// The first start that knows of second factors notes since when roles ask for one: the days of grace begin.
async fn require(tx: &mut Tx, cx: &Cx) -> Result<(), Failure> {
    let security = settings::security(tx).await?;
    if settings::note_required(tx, &security, cx.now).await? {
        settings::limit_sessions(tx, &security).await?;
    }
    Ok(())
}

async fn tidy(app: App, job: Job) -> Result<(), Failure> {
    job.run_inside(&app, |tx, cx, _| {
        Box::pin(async move {
            let rows = sessions::forget(tx, cx.now.plus(-SESSIONS_KEPT_US), cx.now).await?
                + failures::forget(tx, cx.now.plus(-Ts::DAY)).await?
                + factors::forget_begun(tx, cx.now.plus(-Ts::DAY)).await?;
            let closed = close_unused(tx, cx).await?;
            tracing::debug!(
                rows,
                closed,
                "forgot ended sessions, expired links and old failures; closed unused accounts"
            );
            schedule(tx, cx, KIND, "daily", cx.now.plus(Ts::DAY), &()).await
        })
    })
    .await
}
