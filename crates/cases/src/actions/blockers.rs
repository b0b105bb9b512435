//! What keeps a case open: set and cleared by the crate concerned, in its own transaction (decision 9).

use kit::{Cx, Failure, Tx};

use super::{at, event, load_for_neighbour};
use crate::errors::CaseError;
use crate::model::{Blocker, CaseId, CaseState};
use crate::{rules, store};

/// Keeps the case open until [`release`]: `kind` (`work_order`, `loaner`, `invoice_duty`), `key` (its id) and `label` (its
/// number, as people call it). Setting it again changes nothing but the label.
///
/// # Errors
/// `case_unknown`; `case_closed`, `case_merged`, `case_withdrawn` on a case that has ended.
pub async fn hold(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    kind: &str,
    key: &str,
    label: &str,
) -> Result<(), Failure> {
    let case = load_for_neighbour(tx, id).await?;
    let ended = match case.state {
        CaseState::Closed { .. } => Some(CaseError::Closed),
        CaseState::Merged { .. } => Some(CaseError::Merged),
        CaseState::Withdrawn { .. } => Some(CaseError::Withdrawn),
        _ => None,
    };
    if let Some(error) = ended {
        return Err(at(&case, error).into());
    }
    let label = rules::optional(Some(label), 60)?.unwrap_or_else(|| kind.to_owned());
    let blocker = Blocker { kind: kind.to_owned(), key: key.to_owned(), label, since: cx.now };
    store::hold(tx, case.id, &blocker).await?;
    let body = serde_json::json!({ "kind": kind, "key": key, "label": blocker.label });
    kit::events::append(tx, cx, event(&case, "case.held").body(&body)).await?;
    Ok(())
}

/// Clears a blocker; one that was not set changes nothing.
///
/// # Errors
/// `case_unknown`.
pub async fn release(tx: &mut Tx, cx: &Cx, id: CaseId, kind: &str, key: &str) -> Result<(), Failure> {
    let case = load_for_neighbour(tx, id).await?;
    if store::release(tx, case.id, kind, key).await? {
        let body = serde_json::json!({ "kind": kind, "key": key });
        kit::events::append(tx, cx, event(&case, "case.released").body(&body)).await?;
    }
    Ok(())
}
