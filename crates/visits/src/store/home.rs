//! What desks start the day with: invoices owed, work to assign, appointments of today.

use cases::CaseId;
use kit::{DbError, Failure, Reach, ScopeColumns, Ts, Tx, Value, Where, params};

use super::{ORDER_SCOPE, VISIT_SCOPE};
use crate::home::{AppointmentHome, DispatchHome, InvoiceHome, InvoiceOwed, LateVisit};

/// Where `service_case c` keeps what the filter of reach needs.
const CASE_SCOPE: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "c.id",
    unit: "c.unit_id",
    second_unit: Some("c.second_unit_id"),
    customer: Some("c.customer_id"),
};

/// Invoices that are owed, the oldest first (P69).
pub(crate) async fn invoices(tx: &mut Tx, reach: &Reach) -> Result<InvoiceHome, Failure> {
    let mut filter = Where::new();
    filter.and("d.invoice_number IS NULL", []);
    reach.narrow(&mut filter, &ORDER_SCOPE);
    let from = "FROM invoice_duty d JOIN work_order w ON w.id = d.work_order_id";
    let count = tx.int(&format!("SELECT COUNT(*) {from} {}", filter.sql()), filter.params()).await?;
    let sql = format!(
        "SELECT d.currency, CAST(SUM(d.amount_minor) AS BIGINT) AS total {from} {} GROUP BY d.currency ORDER BY d.currency",
        filter.sql()
    );
    let totals = tx
        .rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| Ok((row.get("currency")?, row.get("total")?)))
        .collect::<Result<_, DbError>>()?;
    let sql = format!(
        "SELECT d.work_order_id, d.case_id, d.amount_minor, d.currency, d.opened_at, w.number, c.number AS case_number, \
         cu.name AS customer_name, s.name AS site_name {from} JOIN service_case c ON c.id = d.case_id \
         JOIN customer cu ON cu.id = w.customer_id JOIN site s ON s.id = w.site_id {} ORDER BY d.opened_at, d.work_order_id LIMIT 10",
        filter.sql()
    );
    let items = tx
        .rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| {
            Ok(InvoiceOwed {
                work_order_id: row.get("work_order_id")?,
                number: row.get("number")?,
                case_id: row.get("case_id")?,
                case_number: row.get("case_number")?,
                customer_name: row.get("customer_name")?,
                site_name: row.get("site_name")?,
                amount_minor: row.get("amount_minor")?,
                currency: row.get("currency")?,
                opened_at: row.get("opened_at")?,
            })
        })
        .collect::<Result<_, DbError>>()?;
    Ok(InvoiceHome { count, totals, items })
}

/// What a dispatcher looks at first.
pub(crate) async fn dispatch(
    tx: &mut Tx,
    reach: &Reach,
    now: Ts,
    today: (Ts, Ts),
) -> Result<DispatchHome, Failure> {
    async fn orders(tx: &mut Tx, reach: &Reach, which: &str) -> Result<i64, DbError> {
        let mut filter = Where::new();
        filter.and(which, []);
        reach.narrow(&mut filter, &ORDER_SCOPE);
        tx.int(&format!("SELECT COUNT(*) FROM work_order w {}", filter.sql()), filter.params()).await
    }
    // Both sides agreed and nobody made a work order yet: that is work to assign as well, as on the board.
    let mut agreed = Where::new();
    agreed.and(
        "c.state = 'onsite_agreed' AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = c.id AND w.state IN \
         ('draft', 'ready', 'scheduled', 'in_progress', 'work_done', 'self_checked', 'incomplete'))",
        [],
    );
    reach.narrow(&mut agreed, &CASE_SCOPE);
    let agreed =
        tx.int(&format!("SELECT COUNT(*) FROM service_case c {}", agreed.sql()), agreed.params()).await?;
    let late = "v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling') AND v.window_end < ?";
    let mut filter = Where::new();
    filter.and(late, [now.into()]);
    reach.narrow(&mut filter, &VISIT_SCOPE);
    let sql = format!(
        "SELECT v.work_order_id, v.number, v.state, v.window_start, v.window_end, e.name AS engineer_name, s.name AS site_name, s.zone \
         FROM visit v JOIN work_order w ON w.id = v.work_order_id JOIN site s ON s.id = w.site_id \
         JOIN employee e ON e.id = v.engineer_id {} ORDER BY v.window_end, v.id LIMIT 8",
        filter.sql()
    );
    let late_visits = tx
        .rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| {
            Ok(LateVisit {
                work_order_id: row.get("work_order_id")?,
                number: row.get("number")?,
                state: row.parse("state")?,
                window_start: row.get("window_start")?,
                window_end: row.get("window_end")?,
                engineer_name: row.get("engineer_name")?,
                site_name: row.get("site_name")?,
                zone: row.get("zone")?,
            })
        })
        .collect::<Result<_, DbError>>()?;
    Ok(DispatchHome {
        unassigned: agreed + orders(tx, reach, "w.state IN ('ready', 'incomplete')").await?,
        proposed: visits(tx, reach, "v.state IN ('proposed', 'confirmed')", vec![]).await?,
        unanswered: visits(tx, reach, "v.state = 'dispatched'", vec![]).await?,
        late: visits(tx, reach, late, vec![now.into()]).await?,
        today: visits(
            tx,
            reach,
            "v.window_start < ? AND v.window_end > ? AND v.state NOT IN ('declined', 'cancelled')",
            vec![today.1.into(), today.0.into()],
        )
        .await?,
        late_visits,
    })
}

async fn visits(tx: &mut Tx, reach: &Reach, which: &str, values: Vec<Value>) -> Result<i64, DbError> {
    let mut filter = Where::new();
    filter.and(which, values);
    reach.narrow(&mut filter, &VISIT_SCOPE);
    tx.int(&format!("SELECT COUNT(*) FROM visit v {}", filter.sql()), filter.params()).await
}

/// Appointments whose end lies today, by how they went (P8).
pub(crate) async fn appointments(
    tx: &mut Tx,
    reach: &Reach,
    now: Ts,
    today: (Ts, Ts),
) -> Result<AppointmentHome, Failure> {
    let due = "v.appointment_end >= ? AND v.appointment_end < ? AND v.state NOT IN ('proposed', 'declined', 'cancelled')";
    let of = |more: &str| format!("{due} AND {more}");
    let day = vec![Value::from(today.0), Value::from(today.1)];
    let mut overdue = day.clone();
    overdue.push(now.into());
    Ok(AppointmentHome {
        kept: visits(tx, reach, &of("v.arrived_at <= v.appointment_end"), day.clone()).await?,
        broken: visits(
            tx,
            reach,
            &of("(v.arrived_at > v.appointment_end OR (v.arrived_at IS NULL AND v.appointment_end < ?))"),
            overdue,
        )
        .await?,
        planned: visits(tx, reach, due, day).await?,
    })
}

/// The number of a work order, by its id or that of one of its visits.
pub(crate) async fn order_number(tx: &mut Tx, id: &str) -> Result<Option<String>, DbError> {
    let sql = "SELECT number FROM work_order WHERE id = $1 OR id = (SELECT v.work_order_id FROM visit v WHERE v.id = $1)";
    tx.row(sql, params![id]).await?.map(|row| row.get("number")).transpose()
}

/// The engineer of a case's last visit that came to work.
pub(crate) async fn sent_for(tx: &mut Tx, case_id: CaseId) -> Result<Vec<organisation::EmployeeId>, DbError> {
    let sql = "SELECT DISTINCT engineer_id FROM visit WHERE case_id = $1 AND state NOT IN ('proposed', 'declined', 'cancelled') \
               ORDER BY engineer_id";
    tx.rows(sql, params![case_id]).await?.iter().map(|row| row.get("engineer_id")).collect()
}

pub(crate) async fn last_engineer(tx: &mut Tx, case_id: CaseId) -> Result<Option<String>, DbError> {
    let sql = "SELECT engineer_id FROM visit WHERE case_id = $1 AND arrived_at IS NOT NULL ORDER BY arrived_at DESC, id DESC LIMIT 1";
    tx.row(sql, params![case_id]).await?.map(|row| row.get("engineer_id")).transpose()
}
