//! Whom a complaint concerns.

use kit::{DbError, Ts, Tx, params};
use organisation::EmployeeId;

use crate::model::CaseId;

/// `false` if the complaint is known to concern them.
pub(crate) async fn insert_concern(
    tx: &mut Tx,
    case_id: CaseId,
    employee_id: EmployeeId,
    by: &str,
    now: Ts,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO case_concern (case_id, employee_id, named_by, named_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (case_id, employee_id) DO NOTHING";
    Ok(tx.execute(sql, params![case_id, employee_id, by, now]).await? == 1)
}

/// Whom a complaint concerns, in the order they were named.
pub(crate) async fn concerned(tx: &mut Tx, case_id: CaseId) -> Result<Vec<EmployeeId>, DbError> {
    let sql = "SELECT employee_id FROM case_concern WHERE case_id = $1 ORDER BY named_at, employee_id";
    tx.rows(sql, params![case_id]).await?.iter().map(|row| row.get("employee_id")).collect()
}
