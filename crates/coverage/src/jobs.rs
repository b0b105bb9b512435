//! What happens later: reminders before an agreement ends (P29), and covers derived again once a year's holidays are known
//! (decision 12).

use futures::future::BoxFuture;
use jiff::ToSpan as _;
use kit::events::StoredEvent;
use kit::jobs::{Job, Worker, schedule};
use kit::readers::Reader;
use kit::{App, Cx, Event, Failure, Reach, Ts, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actions::{agreements, decide};
use crate::model::{AgreementId, AgreementState, AgreementView};
use crate::store;

const REMIND: &str = "agreement.remind";
/// Days before the end at which a reminder falls due.
const REMIND_DAYS: [i64; 3] = [90, 60, 30];

/// The workers of coverage.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: REMIND, work: |app, job| Box::pin(remind(app, job)) }]
}

/// The readers of coverage.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader { name: "coverage.holidays", kinds: &["holidays.imported"], read: holidays_imported }]
}

fn holidays_imported<'t>(
    tx: &'t mut Tx,
    cx: &'t Cx,
    events: &'t [StoredEvent],
) -> BoxFuture<'t, Result<(), Failure>> {
    Box::pin(async move {
        for event in events {
            if let Ok(year) = event.subject_id.parse() {
                decide::rederive(tx, cx, year).await?;
            }
        }
        Ok(())
    })
}

#[derive(Serialize, Deserialize)]
struct Reminder {
    agreement_id: AgreementId,
    days: i64,
}

/// Puts the reminders of a signed agreement on the list; those whose day is over are left out.
///
/// # Errors
/// As the database says.
pub(crate) async fn plan_reminders(tx: &mut Tx, cx: &Cx, agreement: &AgreementView) -> Result<(), Failure> {
    let zone = identity::settings::time_zone(tx).await?;
    for days in REMIND_DAYS {
        let due = agreement
            .covered_to
            .checked_sub(days.days())
            .ok()
            .and_then(|day| day.to_zoned(zone.clone()).ok());
        let Some(due_at) = due.map(|at| Ts::from(at.timestamp())).filter(|at| *at > cx.now) else { continue };
        let reminder = Reminder { agreement_id: agreement.id, days };
        schedule(tx, cx, REMIND, &format!("{}/{days}", agreement.id), due_at, &reminder).await?;
    }
    Ok(())
}

async fn remind(app: App, job: Job) -> Result<(), Failure> {
    job.run_inside(&app, |tx, cx, job| {
        Box::pin(async move {
            let reminder: Reminder = job.data()?;
            let today = agreements::day(tx, cx.now).await?;
            let found = store::agreements::one(tx, &Reach::Everything, reminder.agreement_id, today).await?;
            let Some(found) = found else { return Ok(()) };
            let over = matches!(found.view.state, AgreementState::Terminated | AgreementState::Expired);
            if over || found.view.renewed_by_id.is_some() {
                return Ok(());
            }
            let event = Event::new("agreement.expiring", "agreement", found.view.id)
                .thread(found.view.id)
                .unit(&found.unit_id)
                .customer(&found.view.customer_id)
                .body(&json!({
                    "number": found.view.number, "days": reminder.days, "covered_to": found.view.covered_to,
                }));
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await
}
