//! Parent and children: several reports of one fault.

use kit::{Cx, Failure, Tx};

use super::{answer, at, event, load, save};
use crate::case::Case;
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, FollowCase};
use crate::model::{CaseId, Step};
use crate::rules::{self, Kin};
use crate::store;

async fn kin(tx: &mut Tx, case: &Case) -> Result<Kin, Failure> {
    let children = store::family::count_children(tx, case.id).await?;
    Ok(Kin {
        id: case.id,
        open: case.state.is_open(),
        parent_id: case.parent_id,
        children: usize::try_from(children).unwrap_or_default(),
    })
}

/// Lets a case follow another: the parent is mended, and its solution is offered here. Both are locked by the caller.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_parent_unknown` and those of [`rules::follow`].
pub async fn set_parent(tx: &mut Tx, cx: &Cx, id: CaseId, input: FollowCase) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::SetParent).await?;
    let parent = store::visible(tx, &cx.actor, input.parent_id).await?.ok_or(CaseError::ParentUnknown)?;
    rules::follow(&kin(tx, &case).await?, &kin(tx, &parent).await?).map_err(|e| at(&case, e))?;
    case.parent_id = Some(parent.id);
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "parent_id": parent.id, "parent_number": parent.number });
    kit::events::append(tx, cx, event(&case, "case.follows").body(&body)).await?;
    let body = serde_json::json!({ "child_id": case.id, "child_number": case.number });
    kit::events::append(tx, cx, event(&parent, "case.followed_by").body(&body)).await?;
    Ok(answer(&case))
}

/// Lets a case go on by itself.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_parent_none`.
pub async fn leave_parent(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::LeaveParent).await?;
    let parent_id = case.parent_id.take().ok_or_else(|| at(&case, CaseError::ParentNone))?;
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "parent_id": parent_id });
    kit::events::append(tx, cx, event(&case, "case.follows_no_more").body(&body)).await?;
    Ok(answer(&case))
}
