//! Parents and children.

use kit::{DbError, Tx, params};

use crate::model::{CaseId, PhoneOutcome};
use crate::views::{FamilyMember, ParentSolution};

/// Children on one page at most.
const SHOWN: i64 = 200;

/// How many cases follow this one.
pub(crate) async fn count_children(tx: &mut Tx, id: CaseId) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM service_case WHERE parent_id = $1", params![id]).await
}

/// The parent, if `parent_id` names one, and the children of a case, open ones first: one query.
pub(crate) async fn members(
    tx: &mut Tx,
    id: CaseId,
    parent_id: Option<CaseId>,
) -> Result<(Option<FamilyMember>, Vec<FamilyMember>), DbError> {
    let sql = "SELECT c.id, c.number, c.state, c.parent_id, s.name AS site_name, c.closed_at FROM service_case c \
               JOIN site s ON s.id = c.site_id WHERE c.parent_id = $1 OR c.id = $2 \
               ORDER BY CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END, c.reported_at, c.id LIMIT $3";
    let (mut parent, mut children) = (None, Vec::new());
    for row in tx.rows(sql, params![id, parent_id, SHOWN + 1]).await? {
        let member = FamilyMember {
            id: row.get("id")?,
            number: row.get("number")?,
            state: row.parse("state")?,
            site_name: row.get("site_name")?,
            open: row.get::<Option<kit::Ts>>("closed_at")?.is_none(),
        };
        if Some(member.id) == parent_id {
            parent = Some(member);
        } else {
            children.push(member);
        }
    }
    Ok((parent, children))
}

/// What mended a parent by phone: its last solved attempt.
pub(crate) async fn solution(tx: &mut Tx, parent_id: CaseId) -> Result<Option<ParentSolution>, DbError> {
    let sql = "SELECT steps_tried, fix_plan, ended_at FROM phone_support WHERE case_id = $1 AND outcome = $2 \
               ORDER BY ended_at DESC, id DESC LIMIT 1";
    tx.row(sql, params![parent_id, PhoneOutcome::Solved])
        .await?
        .map(|row| {
            Ok(ParentSolution {
                steps_tried: super::records::texts(&row, "steps_tried")?,
                fix_plan: row.get::<Option<String>>("fix_plan")?.unwrap_or_default(),
                solved_at: row.get("ended_at")?,
            })
        })
        .transpose()
}
