//! Waiting for the customer or for parts (decision 10).

use kit::{Cx, Failure, Tx};

use super::{MAX_REASON, answer, at, event, keep_words, load, save, settle};
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, WaitCase, WaitFor};
use crate::model::{CaseId, CaseState, Step};
use crate::{neighbours, rules};

/// The case waits until an instant at which somebody looks again. Waiting for the customer pauses response and restoration;
/// waiting for parts pauses nothing.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_until_past`, `case_reason_missing`.
pub async fn wait(tx: &mut Tx, cx: &Cx, id: CaseId, input: WaitCase) -> Result<CaseAnswer, Failure> {
    let step = match input.whom {
        WaitFor::Customer => Step::WaitCustomer,
        WaitFor::Parts => Step::WaitParts,
    };
    let mut case = load(tx, cx, id, step).await?;
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    if input.until <= cx.now {
        return Err(CaseError::UntilPast.into());
    }
    let back = case.state.working().ok_or_else(|| at(&case, CaseError::NotTriaged))?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let note_id = keep_words(tx, cx, &case, &reason).await?;
    case.state = match input.whom {
        WaitFor::Customer => {
            neighbours::pause_for_customer(tx, cx, &case, input.until).await?;
            CaseState::WaitingCustomer { back, until: input.until }
        }
        WaitFor::Parts => CaseState::WaitingParts { back, until: input.until },
    };
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    let body =
        serde_json::json!({ "for": input.whom, "until": input.until, "note_id": note_id, "back": back });
    kit::events::append(tx, cx, event(&case, "case.waiting").body(&body)).await?;
    Ok(answer(&case))
}

/// Work goes on where it stood.
///
/// # Errors
/// `case_unknown`, the refusals of the table.
pub async fn resume(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::Resume).await?;
    let back = case.state.working().ok_or_else(|| at(&case, CaseError::NotWaiting))?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    if matches!(case.state, CaseState::WaitingCustomer { .. }) {
        neighbours::resume(tx, cx, &case).await?;
    }
    case.state = back.state();
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    kit::events::append(tx, cx, event(&case, "case.resumed")).await?;
    Ok(answer(&case))
}
