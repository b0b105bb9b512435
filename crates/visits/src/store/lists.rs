//! What screens show of work orders: one statement per page, joined, by keyset.

use std::collections::HashMap;

use assets::AssetId;
use coverage::CoverageBadge;
use customers::SiteId;
use kit::{Both, DbError, Failure, Key, Paging, Reach, Row, ScopeColumns, Ts, Tx, Value, Where};
use organisation::{EmployeeId, UnitId};
use policy::clocks::ClockView;
use serde::Deserialize;

use super::ORDER_SCOPE;
use crate::model::{VisitId, VisitStateName, Window, WorkOrderId, WorkOrderState};
use crate::views::{
    OrderAsset, OrderContact, OrderSite, PastVisit, SentTo, SitePoint, ToldVisit, VisitBrief, VisitEngineer,
    VisitLock, WorkOrderRow,
};

kit::names! {
    /// A list of work orders.
    OrderView {
        /// Ready or incomplete, and nobody is planned.
        Unassigned = "unassigned",
        /// With a visit today, or wished for today.
        Today = "today",
        /// Past the window without an arrival.
        Late = "late",
        /// Everything, newest first.
        All = "all",
    }
}

/// Which work orders.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OrderQuery {
    /// The list; `all` unless given.
    #[param(inline)]
    pub view: Option<OrderView>,
    /// In this state.
    pub state: Option<WorkOrderState>,
    /// Of this unit and the units below it.
    pub unit: Option<UnitId>,
    /// Of this case.
    pub case: Option<cases::CaseId>,
    /// Of this engineer.
    pub engineer: Option<EmployeeId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

const COLUMNS: &str = "w.id, w.number, w.kind, w.state, w.case_id, w.customer_id, w.site_id, w.asset_id, w.unit_id, w.place, w.symptom, \
    w.skill, w.duration_min, w.wish_start, w.wish_end, w.promised_start, w.promised_end, w.created_at, w.closed_at, w.version, \
    c.number AS case_number, c.kind AS case_kind, c.severity, c.reported_at, c.onsite_agreed_at, \
    cu.name AS customer_name, s.name AS site_name, s.address, s.lon, s.lat, s.zone, \
    a.serial, a.label, a.product_id, p.model, p.name_zh AS product_zh, p.name_en AS product_en, p.kind AS product_kind, \
    k.id AS contact_id, k.name AS contact_name, k.phone_masked, u.name_zh AS unit_zh, u.name_en AS unit_en, \
    v.id AS visit_id, v.number AS visit_number, v.state AS visit_state, v.engineer_id, v.window_start, v.window_end, \
    v.appointment_end, v.arrived_at, v.version AS visit_version, v.locked_at, v.lock_note, COALESCE(lk.name, v.locked_by) AS locked_name, e.name AS engineer_name, e.badge_number, e.photo_sha256, \
    le.id AS last_id, le.name AS last_name, le.badge_number AS last_badge, le.photo_sha256 AS last_photo";

const JOINS: &str = "JOIN service_case c ON c.id = w.case_id JOIN customer cu ON cu.id = w.customer_id \
    JOIN site s ON s.id = w.site_id LEFT JOIN asset a ON a.id = w.asset_id LEFT JOIN product p ON p.id = a.product_id \
    LEFT JOIN contact k ON k.id = c.contact_id JOIN org_unit u ON u.id = w.unit_id \
    LEFT JOIN visit v ON v.work_order_id = w.id AND v.state NOT IN ('declined', 'left', 'cancelled') \
    LEFT JOIN employee e ON e.id = v.engineer_id LEFT JOIN account lk ON lk.id = v.locked_by \
    LEFT JOIN employee le ON v.id IS NULL AND le.id = (SELECT t.engineer_id FROM visit t WHERE t.work_order_id = w.id \
    AND t.arrived_at IS NOT NULL ORDER BY t.arrived_at DESC, t.id DESC LIMIT 1)";

fn brief(row: &Row, id: VisitId) -> Result<VisitBrief, DbError> {
    let window = Window { start: row.get("window_start")?, end: row.get("window_end")? };
    let appointment_end = row.get::<Option<Ts>>("appointment_end")?.unwrap_or(window.end);
    let arrived_at: Option<Ts> = row.get("arrived_at")?;
    let state: VisitStateName = row.parse("visit_state")?;
    Ok(VisitBrief {
        id,
        number: row.get("visit_number")?,
        state,
        engineer: VisitEngineer {
            id: row.get("engineer_id")?,
            name: row.get("engineer_name")?,
            badge_number: row.get("badge_number")?,
            photo_sha256: row.get("photo_sha256")?,
        },
        window,
        appointment_end,
        appointment_kept: arrived_at.map(|at| crate::rules::plan::kept(appointment_end, at)),
        arrived_at,
        lock: lock(row, state)?,
        version: row.get("visit_version")?,
    })
}

/// The lock of a visit in this state, from `locked_at`, `lock_note` and `locked_name`; it counts as long as nobody has set out.
///
/// # Errors
/// A column that isn't there.
pub fn lock(row: &Row, state: VisitStateName) -> Result<Option<VisitLock>, DbError> {
    let Some(at) = row.get::<Option<Ts>>("locked_at")?.filter(|_| state.is_planned()) else {
        return Ok(None);
    };
    Ok(Some(VisitLock { at, by: row.get("locked_name")?, reason: row.get("lock_note")? }))
}

fn order_row(row: &Row) -> Result<WorkOrderRow, DbError> {
    let asset = match row.get::<Option<assets::AssetId>>("asset_id")? {
        None => None,
        Some(id) => Some(OrderAsset {
            id,
            serial: row.get("serial")?,
            label: row.get("label")?,
            model: row.get("model")?,
            product: Both::new(row.get::<String>("product_zh")?, row.get::<String>("product_en")?),
            product_id: row.get("product_id")?,
            skill: row.get("product_kind")?,
        }),
    };
    let contact = match row.get::<Option<customers::ContactId>>("contact_id")? {
        None => None,
        Some(id) => {
            Some(OrderContact { id, name: row.get("contact_name")?, phone_masked: row.get("phone_masked")? })
        }
    };
    let point = match (row.get::<Option<f64>>("lon")?, row.get::<Option<f64>>("lat")?) {
        (Some(lon), Some(lat)) => Some(SitePoint { lon, lat }),
        _ => None,
    };
    let visit = row.get::<Option<VisitId>>("visit_id")?.map(|id| brief(row, id)).transpose()?;
    let done_by = match row.get::<Option<EmployeeId>>("last_id")? {
        None => None,
        Some(id) => Some(VisitEngineer {
            id,
            name: row.get("last_name")?,
            badge_number: row.get("last_badge")?,
            photo_sha256: row.get("last_photo")?,
        }),
    };
    Ok(WorkOrderRow {
        id: row.get("id")?,
        number: row.get("number")?,
        kind: row.parse("kind")?,
        state: row.parse("state")?,
        case_id: row.get("case_id")?,
        case_number: row.get("case_number")?,
        case_kind: row.parse("case_kind")?,
        severity: row.parse("severity")?,
        reported_at: row.get("reported_at")?,
        onsite_agreed_at: row.get("onsite_agreed_at")?,
        customer_id: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        site: OrderSite {
            id: row.get("site_id")?,
            name: row.get("site_name")?,
            address: row.get("address")?,
            point,
            zone: row.get("zone")?,
        },
        place: row.get("place")?,
        asset,
        symptom: row.get("symptom")?,
        contact,
        skill: row.get("skill")?,
        duration_min: row.get("duration_min")?,
        wish: Window { start: row.get("wish_start")?, end: row.get("wish_end")? },
        promised: super::rows::promised(row)?,
        unit_id: row.get("unit_id")?,
        unit: Both::new(row.get::<String>("unit_zh")?, row.get::<String>("unit_en")?),
        visit,
        done_by,
        coverage: None,
        clocks: Vec::new(),
        created_at: row.get("created_at")?,
        closed_at: row.get("closed_at")?,
        version: row.get("version")?,
    })
}

/// Adds badges and clocks: one statement each for the whole page.
pub(crate) async fn with_case(tx: &mut Tx, rows: &mut [WorkOrderRow], now: Ts) -> Result<(), Failure> {
    let ids: Vec<String> = rows.iter().map(|r| r.case_id.to_string()).collect();
    let mut badges: std::collections::HashMap<String, CoverageBadge> = coverage::badges_of(tx, &ids).await?;
    let mut clocks: std::collections::BTreeMap<String, Vec<ClockView>> =
        policy::clocks::states_for(tx, "case", &ids, now).await?;
    for row in rows {
        let id = row.case_id.to_string();
        row.coverage = badges.remove(&id);
        row.clocks = clocks.remove(&id).unwrap_or_default();
    }
    Ok(())
}

/// A page of work orders within reach. `day`: the instants between which "today" lies.
pub(crate) async fn list(
    tx: &mut Tx,
    reach: &Reach,
    query: &OrderQuery,
    now: Ts,
    day: (Ts, Ts),
) -> Result<(Vec<WorkOrderRow>, Option<String>), Failure> {
    let paging = Paging { limit: query.limit, after: query.after.clone() };
    let mut filter = Where::new();
    reach.narrow(&mut filter, &ORDER_SCOPE);
    let view = query.view.unwrap_or(OrderView::All);
    match view {
        OrderView::All => {}
        OrderView::Unassigned => {
            filter.and("w.state IN ('ready', 'incomplete') AND v.id IS NULL", []);
        }
        OrderView::Today => {
            filter.and("w.state <> 'cancelled'", []);
            filter.and(
                "EXISTS (SELECT 1 FROM visit t WHERE t.work_order_id = w.id AND t.state NOT IN ('declined', 'cancelled') \
                 AND t.window_start < ? AND t.window_end > ?) OR (w.state IN ('ready', 'incomplete') AND w.wish_start < ?)",
                [Value::from(day.1), Value::from(day.0), Value::from(day.1)],
            );
        }
        OrderView::Late => {
            filter.and(
                "(w.state IN ('ready', 'incomplete') AND v.id IS NULL AND w.wish_end < ?) OR \
                 (v.state IN ('proposed', 'confirmed', 'dispatched', 'accepted', 'travelling') AND v.window_end < ?)",
                [Value::from(now), Value::from(now)],
            );
        }
    }
    if let Some(state) = query.state {
        filter.and("w.state = ?", [state.into()]);
    }
    if let Some(unit) = query.unit {
        filter.and("w.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)", [unit.into()]);
    }
    if let Some(case) = query.case {
        filter.and("w.case_id = ?", [case.into()]);
    }
    if let Some(engineer) = query.engineer {
        filter.and(
            "EXISTS (SELECT 1 FROM visit t WHERE t.work_order_id = w.id AND t.engineer_id = ? AND t.state NOT IN ('declined', 'cancelled'))",
            [engineer.into()],
        );
    }
    let newest_first = view == OrderView::All;
    if let Some(key) = paging.after([Key::Time, Key::Id])? {
        let condition =
            if newest_first { "(w.created_at, w.id) < (?, ?)" } else { "(w.wish_end, w.id) > (?, ?)" };
        filter.and(condition, key);
    }
    let order = if newest_first { "w.created_at DESC, w.id DESC" } else { "w.wish_end, w.id" };
    let limit = paging.limit();
    let rows_wanted = filter.bind(limit + 1);
    let sql = format!(
        "SELECT {COLUMNS} FROM work_order w {JOINS} {} ORDER BY {order} LIMIT {rows_wanted}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let rows: Vec<WorkOrderRow> = rows.iter().map(order_row).collect::<Result<_, _>>()?;
    let page = kit::Page::from_rows(rows, limit, |row| {
        let first = if newest_first { row.created_at } else { row.wish.end };
        vec![Value::from(first), Value::from(row.id)]
    });
    let mut items = page.items;
    with_case(tx, &mut items, now).await?;
    Ok((items, page.next))
}

/// Work orders by id, whatever the reach; badges and clocks included.
pub(crate) async fn by_ids(tx: &mut Tx, ids: &[WorkOrderId], now: Ts) -> Result<Vec<WorkOrderRow>, Failure> {
    let mut filter = Where::new();
    filter.any("w.id", ids.iter().copied());
    let sql = format!("SELECT {COLUMNS} FROM work_order w {JOINS} {}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut rows: Vec<WorkOrderRow> = rows.iter().map(order_row).collect::<Result<_, _>>()?;
    with_case(tx, &mut rows, now).await?;
    Ok(rows)
}

/// The visits of a work order as lists show them, oldest first.
pub(crate) async fn briefs(tx: &mut Tx, id: WorkOrderId) -> Result<Vec<VisitBrief>, DbError> {
    let mut filter = Where::new();
    filter.and("v.work_order_id = ?", [id.into()]);
    select_briefs(tx, &filter, "v.created_at, v.id").await
}

async fn select_briefs(tx: &mut Tx, filter: &Where, order: &str) -> Result<Vec<VisitBrief>, DbError> {
    let sql = format!(
        "SELECT v.id AS visit_id, v.number AS visit_number, v.state AS visit_state, v.engineer_id, v.window_start, v.window_end, v.appointment_end, \
         v.arrived_at, v.version AS visit_version, v.locked_at, v.lock_note, COALESCE(lk.name, v.locked_by) AS locked_name, e.name AS engineer_name, \
         e.badge_number, e.photo_sha256 FROM visit v JOIN employee e ON e.id = v.engineer_id \
         LEFT JOIN account lk ON lk.id = v.locked_by {} ORDER BY {order}",
        filter.sql()
    );
    tx.rows(&sql, filter.params()).await?.iter().map(|row| brief(row, row.get("visit_id")?)).collect()
}

/// Visits by id, as lists show them.
pub(crate) async fn briefs_of(tx: &mut Tx, ids: &[VisitId]) -> Result<Vec<VisitBrief>, DbError> {
    let mut filter = Where::new();
    filter.any("v.id", ids.iter().copied());
    select_briefs(tx, &filter, "v.id").await
}

/// The visits of a case as its customer may know of them, oldest first.
pub(crate) async fn told_of(tx: &mut Tx, case_id: cases::CaseId) -> Result<Vec<ToldVisit>, DbError> {
    let mut filter = Where::new();
    filter.and("v.case_id = ? AND v.state NOT IN ('proposed', 'declined', 'cancelled')", [case_id.into()]);
    let briefs = select_briefs(tx, &filter, "v.created_at, v.id").await?;
    let mut told = Vec::with_capacity(briefs.len());
    for brief in briefs {
        let sql = "SELECT work_order_id, state, state_code, shown_sha256, signed_at FROM visit WHERE id = $1";
        let row = tx.row(sql, kit::params![brief.id]).await?.ok_or(DbError::Column { name: "id".into() })?;
        let stamps = tx
            .rows(
                "SELECT step, MIN(at) AS at FROM visit_stamp WHERE visit_id = $1 GROUP BY step",
                kit::params![brief.id],
            )
            .await?;
        let code: Option<String> = row.get("state_code")?;
        let outcome = match brief.state {
            crate::model::VisitStateName::Left => code.and_then(|code| code.parse().ok()),
            crate::model::VisitStateName::Done => Some(crate::model::VisitOutcome::Done),
            crate::model::VisitStateName::PartlyDone => Some(crate::model::VisitOutcome::PartlyDone),
            crate::model::VisitStateName::NoAccess => Some(crate::model::VisitOutcome::NoAccess),
            _ => None,
        };
        told.push(ToldVisit {
            work_order_id: row.get("work_order_id")?,
            steps: stamps
                .iter()
                .map(|s| Ok((s.parse("step")?, s.get("at")?)))
                .collect::<Result<Vec<_>, DbError>>()?,
            shown_sha256: row.get("shown_sha256")?,
            signed_at: row.get("signed_at")?,
            outcome,
            brief,
        });
    }
    Ok(told)
}

/// Where an engineer is sent between two instants: visits they were told of, ended ones too, those of the time or under way.
pub(crate) async fn sent_between(
    tx: &mut Tx,
    engineer_id: EmployeeId,
    from: Ts,
    to: Ts,
) -> Result<Vec<SentTo>, DbError> {
    let rows = tx
        .rows(
            "SELECT v.window_start, v.window_end, s.division_code, s.zone FROM visit v \
             JOIN work_order w ON w.id = v.work_order_id JOIN site s ON s.id = w.site_id \
             WHERE v.engineer_id = $1 AND v.state NOT IN ('proposed', 'confirmed', 'declined', 'cancelled') \
             AND ((v.window_start < $3 AND v.window_end > $2) \
             OR v.state IN ('travelling', 'arrived', 'working', 'paused')) ORDER BY v.window_start, v.id",
            kit::params![engineer_id, from, to],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SentTo {
                division_code: row.get("division_code")?,
                zone: row.get("zone")?,
                window: Window { start: row.get("window_start")?, end: row.get("window_end")? },
            })
        })
        .collect()
}

/// An engineer's own visits that they were told of: those that are not over, and those left since `from`, whenever they were
/// planned for.
pub(crate) async fn of_engineer(
    tx: &mut Tx,
    engineer_id: EmployeeId,
    from: Ts,
) -> Result<Vec<VisitBrief>, DbError> {
    let mut filter = Where::new();
    filter.and("v.engineer_id = ?", [engineer_id.into()]);
    filter.and("v.state NOT IN ('proposed', 'confirmed', 'declined', 'cancelled')", []);
    filter.and("v.state <> 'left' OR v.left_at >= ?", [from.into()]);
    select_briefs(tx, &filter, "v.window_start, v.id").await
}

/// The last `most` visits to each site that are over, newest first; those of `asset_id` are marked by whoever asks.
pub(crate) async fn past_visits(
    tx: &mut Tx,
    sites: &[SiteId],
    most: i64,
) -> Result<HashMap<SiteId, Vec<(Option<AssetId>, PastVisit)>>, DbError> {
    let mut found: HashMap<SiteId, Vec<(Option<AssetId>, PastVisit)>> = HashMap::new();
    let mut filter = Where::new();
    filter.any("w.site_id", sites.iter().copied());
    filter.and("v.state = 'left'", []);
    let most = filter.bind(most);
    let sql = format!(
        "SELECT p.number, p.left_at, p.state_code, p.symptom, p.asset_id, p.site_id, a.serial, \
         (SELECT f.text FROM finding f WHERE f.visit_id = p.id ORDER BY f.at DESC, f.id DESC LIMIT 1) AS found, \
         (SELECT f.action FROM finding f WHERE f.visit_id = p.id ORDER BY f.at DESC, f.id DESC LIMIT 1) AS action \
         FROM (SELECT v.id, v.number, v.left_at, v.state_code, w.symptom, w.asset_id, w.site_id, \
         ROW_NUMBER() OVER (PARTITION BY w.site_id ORDER BY v.left_at DESC, v.id) AS place \
         FROM work_order w JOIN visit v ON v.work_order_id = w.id {}) p \
         LEFT JOIN asset a ON a.id = p.asset_id WHERE p.place <= {most} ORDER BY p.site_id, p.place",
        filter.sql()
    );
    for row in tx.rows(&sql, filter.params()).await? {
        let visit = PastVisit {
            number: row.get("number")?,
            left_at: row.get("left_at")?,
            serial: row.get("serial")?,
            same_asset: false,
            symptom: row.get("symptom")?,
            outcome: row.get("state_code")?,
            found: row.get("found")?,
            action: row.get("action")?,
        };
        found.entry(row.get("site_id")?).or_default().push((row.get("asset_id")?, visit));
    }
    Ok(found)
}

/// Whether a visit was at any time this engineer's: the events of it that name them.
pub(crate) async fn was_theirs(tx: &mut Tx, id: VisitId, engineer_id: &str) -> Result<bool, DbError> {
    let named = format!("%\"engineer_id\":\"{engineer_id}\"%");
    let sql = "SELECT COUNT(*) FROM event WHERE subject_type = 'visit' AND subject_id = $1 AND body LIKE $2";
    Ok(tx.int(sql, kit::params![id.to_string(), named]).await? > 0)
}

/// What a service order names beside the work order's own row.
pub(crate) struct Parties {
    pub customer_number: String,
    pub accepted_on: Option<String>,
    pub zone: String,
}

/// The names a service order is made out in.
pub(crate) async fn parties(tx: &mut Tx, id: WorkOrderId) -> Result<Option<Parties>, DbError> {
    let row = tx
        .row(
            "SELECT cu.number AS customer_number, a.accepted_on, s.zone FROM work_order w \
             JOIN customer cu ON cu.id = w.customer_id JOIN site s ON s.id = w.site_id \
             LEFT JOIN asset a ON a.id = w.asset_id WHERE w.id = $1",
            kit::params![id],
        )
        .await?;
    row.map(|row| {
        Ok(Parties {
            customer_number: row.get("customer_number")?,
            accepted_on: row.get("accepted_on")?,
            zone: row.get("zone")?,
        })
    })
    .transpose()
}

/// Whether this is an engineer who works here, within reach.
pub(crate) async fn is_engineer(tx: &mut Tx, reach: &Reach, id: EmployeeId) -> Result<bool, DbError> {
    let mut filter = Where::new();
    filter.and("e.id = ? AND e.active = 1 AND e.role = 'engineer'", [id.into()]);
    reach.narrow(&mut filter, &EMPLOYEE_SCOPE);
    let sql = format!("SELECT 1 AS one FROM employee e {}", filter.sql());
    Ok(tx.row(&sql, filter.params()).await?.is_some())
}

const EMPLOYEE_SCOPE: ScopeColumns =
    ScopeColumns { subject: "employee", id: "e.id", unit: "e.unit_id", second_unit: None, customer: None };
