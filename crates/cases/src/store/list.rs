//! Lists of cases: one statement per page, joined, by keyset.

use customers::SiteId;
use kit::db::FromValue as _;
use kit::{Actor, Both, DbError, Failure, Key, Paging, Row, Ts, Tx, Value, Where};
use organisation::UnitId;
use serde::Deserialize;

use super::row::{maybe, next, within};
use super::search::{Found, Statement};
use crate::case::CaseRef;
use crate::errors::CaseError;
use crate::model::{CaseId, CaseKind, Severity, StateName, person};
use crate::views::{CaseAsset, CaseCount, CasePerson, CaseRow, CaseUnit};

kit::names! {
    /// A list of cases.
    CaseListView {
        /// Open, and mine or offered to me.
        Mine = "mine",
        /// Open.
        Open = "open",
        /// Open, and its next step is overdue.
        Late = "late",
        /// Open, and nobody has taken it up: not triaged, or offered to somebody who has not answered.
        Unowned = "unowned",
        /// Mended, the follow-up call is owed.
        FollowUp = "follow_up",
        /// All, newest report first.
        All = "all",
    }
}

kit::names! {
    /// The order of a list of cases.
    CaseSort {
        /// Next step due soonest first; what has ended has none.
        Due = "due",
        /// Next step due latest first.
        DueDesc = "due_desc",
        /// Oldest report first.
        Reported = "reported",
        /// Newest report first.
        ReportedDesc = "reported_desc",
    }
}

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// The list; `open` unless given.
    pub view: Option<CaseListView>,
    /// Of this severity.
    pub severity: Option<Severity>,
    /// In this state.
    pub state: Option<StateName>,
    /// Of this unit and the units below it.
    pub unit: Option<UnitId>,
    /// On this site.
    pub site: Option<SiteId>,
    /// A number or its last four digits, a serial or its ending, words or pinyin initials of symptom, site, customer or product; the
    /// newest 200 that match.
    pub q: Option<String>,
    /// The order; unless given, newest report first in `all` and next step due soonest first elsewhere.
    #[param(inline)]
    pub sort: Option<CaseSort>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

const COLUMNS: &str = "c.id, c.number, c.kind, c.channel, c.severity, c.state, c.back, c.until_at, c.customer_id, c.site_id, \
    c.asset_id, c.symptom, c.unit_id, c.owner_id, c.hand_over_to, c.escalated_at, c.next_step, c.next_step_note, \
    c.next_due_at, c.reported_at, c.onsite_agreed_at, c.version, \
    cu.name AS customer_name, cu.vip_level, s.name AS site_name, s.zone, a.serial, p.model, \
    p.name_zh AS product_zh, p.name_en AS product_en, p.kind AS product_kind, \
    u.name_zh AS unit_zh, u.name_en AS unit_en, COALESCE(e.name, (SELECT ac.name FROM account ac WHERE ac.id = c.owner_id), \
    (SELECT ip.name FROM imported_person ip WHERE ip.id = c.owner_id)) AS owner_name";

const JOINS: &str = "JOIN customer cu ON cu.id = c.customer_id JOIN site s ON s.id = c.site_id \
    LEFT JOIN asset a ON a.id = c.asset_id LEFT JOIN product p ON p.id = a.product_id \
    JOIN org_unit u ON u.id = c.unit_id LEFT JOIN employee e ON e.id = c.owner_id";

fn case_row(row: &Row, now: Ts) -> Result<CaseRow, DbError> {
    let owner_id = row.get("owner_id")?;
    let next = next(row)?;
    let asset = match row.get::<Option<assets::AssetId>>("asset_id")? {
        None => None,
        Some(id) => Some(CaseAsset {
            id,
            serial: row.get("serial")?,
            model: row.get("model")?,
            product: Both::new(row.text("product_zh")?, row.text("product_en")?),
            skill: row.get("product_kind")?,
        }),
    };
    Ok(CaseRow {
        id: row.get("id")?,
        number: row.get("number")?,
        kind: row.parse("kind")?,
        channel: row.parse("channel")?,
        severity: row.parse("severity")?,
        state: row.parse("state")?,
        back: maybe(row, "back")?,
        until: row.get("until_at")?,
        customer_id: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        vip_level: row.parse("vip_level")?,
        site_id: row.get("site_id")?,
        site_name: row.get("site_name")?,
        zone: row.get("zone")?,
        asset,
        symptom: row.get("symptom")?,
        unit: CaseUnit {
            id: row.get("unit_id")?,
            name: Both::new(row.text("unit_zh")?, row.text("unit_en")?),
        },
        owner: CasePerson {
            name: row.get::<Option<String>>("owner_name")?.unwrap_or_default(),
            id: owner_id,
        },
        hand_over_to: row.get("hand_over_to")?,
        escalated_at: row.get("escalated_at")?,
        late: next.as_ref().is_some_and(|n| n.due_at < now),
        next,
        reported_at: row.get("reported_at")?,
        onsite_agreed_at: row.get("onsite_agreed_at")?,
        coverage: None,
        clocks: Vec::new(),
        version: row.get("version")?,
    })
}

// The list without a search's words.
pub(super) fn listed(actor: &Actor, query: &ListQuery, now: Ts) -> Where {
    let mut filter = Where::new();
    match query.view.unwrap_or(CaseListView::Open) {
        CaseListView::Mine => {
            let me = person(actor);
            filter.and(
                "c.closed_at IS NULL AND (c.owner_id = ? OR c.hand_over_to = ?)",
                [Value::from(&me), Value::from(&me)],
            );
        }
        CaseListView::Open => {
            filter.and("c.closed_at IS NULL", []);
        }
        CaseListView::Late => {
            filter.and("c.closed_at IS NULL AND c.next_due_at < ?", [Value::from(now)]);
        }
        CaseListView::Unowned => {
            filter.and("c.closed_at IS NULL AND (c.state = 'new' OR c.hand_over_to IS NOT NULL)", []);
        }
        CaseListView::FollowUp => {
            filter.and("c.closed_at IS NULL AND c.state = 'follow_up'", []);
        }
        CaseListView::All => {}
    }
    if let Some(severity) = query.severity {
        filter.and("c.severity = ?", [severity.name().into()]);
    }
    if let Some(state) = query.state {
        filter.and("c.state = ?", [state.name().into()]);
    }
    if let Some(unit) = query.unit {
        filter.and("c.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)", [unit.into()]);
    }
    if let Some(site) = query.site {
        filter.and("c.site_id = ?", [site.into()]);
    }
    within(&mut filter, actor);
    filter
}

/// The number in another system, as it is compared.
pub(super) fn old_number(text: &str) -> Value {
    Value::from(customers::keys::serial_key(text))
}

/// The words of a search, if there are any.
pub(crate) fn words(query: &ListQuery) -> Option<&str> {
    query.q.as_deref().map(str::trim).filter(|q| !q.is_empty())
}

/// By which column a list stands, and which way. Each order reads a short range of an index: the open cases stand in one of their
/// own, those of all time in that of their reports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    column: &'static str,
    due: bool,
    down: bool,
    // Of the open ones, by their report: their own index gives them, and they are sorted; walking all reports would pass every
    // closed case.
    open_first: bool,
}

impl Order {
    /// As the query asks, or the list's own.
    pub(super) fn of(query: &ListQuery) -> Result<Self, CaseError> {
        let all = query.view == Some(CaseListView::All);
        let sort = query.sort.unwrap_or(if all { CaseSort::ReportedDesc } else { CaseSort::Due });
        let due = matches!(sort, CaseSort::Due | CaseSort::DueDesc);
        if all && due {
            return Err(CaseError::SortNotOffered);
        }
        let open_first = !all && !due;
        Ok(Self {
            column: match (due, open_first) {
                (true, _) => "c.next_due_at",
                (false, false) => "c.reported_at",
                // A plus keeps both databases from walking the index of this column.
                (false, true) => "+c.reported_at",
            },
            due,
            down: matches!(sort, CaseSort::DueDesc | CaseSort::ReportedDesc),
            open_first,
        })
    }

    fn sql(self) -> String {
        let way = if self.down { " DESC" } else { "" };
        format!("{}{way}, c.id{way}", self.column)
    }

    fn beyond(self) -> String {
        format!("({}, c.id) {} (?, ?)", self.column, if self.down { "<" } else { ">" })
    }

    // The instant by which a case stands, and the key by which the list rises.
    fn at(self, reported_at: Ts, due_at: Option<Ts>) -> Ts {
        if self.due { due_at.unwrap_or(Ts(0)) } else { reported_at }
    }

    fn key(self, at: Ts, id: CaseId) -> (i64, u128) {
        if self.down { (-at.micros(), !id.0.as_u128()) } else { (at.micros(), id.0.as_u128()) }
    }
}

// The statement of a page after `key`.
fn asked(
    actor: &Actor,
    query: &ListQuery,
    order: Order,
    key: Option<[Value; 2]>,
    most: i64,
    now: Ts,
) -> Statement {
    let mut filter = listed(actor, query, now);
    if order.open_first {
        filter.and("c.next_due_at > ?", [Value::Int(-1)]);
    }
    if let Some(key) = key {
        filter.and(&order.beyond(), key);
    }
    statement(filter, order, most)
}

fn statement(mut filter: Where, order: Order, most: i64) -> Statement {
    let bound = filter.bind(most);
    let sql = format!(
        "SELECT {COLUMNS} FROM service_case c {JOINS} {} ORDER BY {} LIMIT {bound}",
        filter.sql(),
        order.sql()
    );
    Statement { sql, values: filter.params().to_vec() }
}

/// The statements of a page of every list in every order it can have, to be explained: none reads or sorts all cases.
#[must_use]
pub fn explained_lists() -> Vec<(CaseListView, CaseSort, Statement)> {
    let actor = Actor { reach: kit::Reach::Unit(String::new()), ..Actor::system("explained") };
    let mut all = Vec::new();
    for view in [CaseListView::Open, CaseListView::All] {
        for sort in [CaseSort::Due, CaseSort::DueDesc, CaseSort::Reported, CaseSort::ReportedDesc] {
            let query = ListQuery { view: Some(view), sort: Some(sort), ..ListQuery::default() };
            let Ok(order) = Order::of(&query) else { continue };
            let key = [Value::Int(0), Value::from(String::new())];
            all.push((view, sort, asked(&actor, &query, order, Some(key), 51, Ts(0))));
        }
    }
    all
}

/// A page of cases without their clocks, and the cursor of the next.
pub(crate) async fn page(
    tx: &mut Tx,
    actor: &Actor,
    query: &ListQuery,
    now: Ts,
) -> Result<kit::Page<CaseRow>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after.clone() };
    let order = Order::of(query)?;
    let limit = paging.limit();
    let asked = asked(actor, query, order, paging.after([Key::Time, Key::Id])?, limit + 1, now);
    let rows = rows(tx, &asked, now).await?;
    Ok(kit::Page::from_rows(rows, limit, |row| {
        let at = order.at(row.reported_at, row.next.as_ref().map(|n| n.due_at));
        vec![Value::from(at), Value::from(row.id)]
    }))
}

async fn rows(tx: &mut Tx, asked: &Statement, now: Ts) -> Result<Vec<CaseRow>, DbError> {
    tx.rows(&asked.sql, &asked.values).await?.iter().map(|r| case_row(r, now)).collect()
}

/// A page of what a search found, in the order of its list.
pub(crate) async fn found_page(
    tx: &mut Tx,
    query: &ListQuery,
    found: &Found,
    now: Ts,
) -> Result<kit::Page<CaseRow>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after.clone() };
    let order = Order::of(query)?;
    let mut all: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            let at = order.at(hit.reported_at, hit.due_at);
            (order.key(at, hit.case.id), at, hit.case.id)
        })
        .collect();
    all.sort_unstable();
    if let Some([at, id]) = paging.after([Key::Time, Key::Id])? {
        let after =
            Ts::from_value(at.cell()).zip(CaseId::from_value(id.cell())).map(|(at, id)| order.key(at, id));
        all.retain(|(key, ..)| after.is_none_or(|after| *key > after));
    }
    let limit = paging.limit();
    let page = kit::Page::from_rows(all, limit, |(_, at, id)| vec![Value::from(*at), Value::from(*id)]);
    let mut filter = Where::new();
    filter.any("c.id", page.items.iter().map(|(_, _, id)| *id));
    let items = if page.items.is_empty() {
        Vec::new()
    } else {
        rows(tx, &statement(filter, order, limit), now).await?
    };
    Ok(kit::Page { items, next: page.next })
}

/// The open cases in this state that the phone helps with, the most urgent `most`, and how many there are. A complaint is answered,
/// not helped.
pub(crate) async fn at_phone(
    tx: &mut Tx,
    actor: &Actor,
    state: StateName,
    most: i64,
    now: Ts,
) -> Result<(Vec<CaseRow>, CaseCount), Failure> {
    let query = ListQuery { state: Some(state), ..ListQuery::default() };
    let mut filter = listed(actor, &query, now);
    filter.and("c.kind <> ?", [CaseKind::Complaint.name().into()]);
    let count = CaseCount::of(tx.int(&count_sql(&filter), filter.params()).await?);
    Ok((rows(tx, &statement(filter, Order::of(&query)?, most), now).await?, count))
}

/// How many cases a list has, counted no further than 201.
pub(crate) async fn count(
    tx: &mut Tx,
    actor: &Actor,
    query: &ListQuery,
    now: Ts,
) -> Result<CaseCount, DbError> {
    let filter = counted(actor, query, now);
    Ok(CaseCount::of(tx.int(&count_sql(&filter), filter.params()).await?))
}

/// [`count`] will be asked soon.
pub(crate) fn count_ahead(tx: &mut Tx, actor: &Actor, query: &ListQuery, now: Ts) {
    let filter = counted(actor, query, now);
    tx.ahead(count_sql(&filter), filter.params());
}

// Every open case has a next step: said here too, SQLite counts them in the index of that order without reading a row.
fn counted(actor: &Actor, query: &ListQuery, now: Ts) -> Where {
    let mut filter = listed(actor, query, now);
    if query.view != Some(CaseListView::All) {
        filter.and("c.next_due_at > ?", [Value::Int(-1)]);
    }
    filter
}

fn count_sql(filter: &Where) -> String {
    format!("SELECT COUNT(*) FROM (SELECT 1 AS one FROM service_case c {} LIMIT 201) AS found", filter.sql())
}

/// My open cases, those of them that are late, those offered to me: counted in one statement.
pub(crate) async fn my_counts(tx: &mut Tx, actor: &Actor, now: Ts) -> Result<[CaseCount; 3], DbError> {
    let me = person(actor);
    let row = tx
        .row(
            "SELECT COUNT(*) AS mine, CAST(COALESCE(SUM(CASE WHEN next_due_at < $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS late, \
             (SELECT COUNT(*) FROM service_case WHERE hand_over_to = $2) AS offered \
             FROM (SELECT next_due_at FROM service_case WHERE closed_at IS NULL AND owner_id = $2 \
                   ORDER BY next_due_at LIMIT 201) AS mine",
            kit::params![now, &me],
        )
        .await?;
    let row = row.ok_or(DbError::Column { name: "mine".into() })?;
    Ok([CaseCount::of(row.get("mine")?), CaseCount::of(row.get("late")?), CaseCount::of(row.get("offered")?)])
}

/// How many open cases each of these people owns; those who own none are missing.
pub(crate) async fn open_by_owner(
    tx: &mut Tx,
    people: &[organisation::EmployeeId],
) -> Result<std::collections::HashMap<String, i64>, DbError> {
    let mut filter = Where::new();
    filter.any("owner_id", people.iter().copied());
    filter.and("closed_at IS NULL", []);
    let sql = format!("SELECT owner_id, COUNT(*) AS n FROM service_case {} GROUP BY owner_id", filter.sql());
    tx.rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| Ok((row.get("owner_id")?, row.get("n")?)))
        .collect()
}

/// One case as lists show it, with its address. Reach is the caller's to check.
pub(crate) async fn shown(tx: &mut Tx, id: CaseId, now: Ts) -> Result<Option<(CaseRow, String)>, DbError> {
    let sql = format!("SELECT {COLUMNS}, s.address FROM service_case c {JOINS} WHERE c.id = $1");
    match tx.row(&sql, kit::params![id]).await? {
        None => Ok(None),
        Some(row) => {
            let address = row.get("address")?;
            Ok(Some((case_row(&row, now)?, address)))
        }
    }
}

/// The open cases of a site with their assets: whoever reports on it sees their numbers (decision 2).
pub(crate) async fn open_on(
    tx: &mut Tx,
    site_id: SiteId,
) -> Result<Vec<(CaseRef, Option<assets::AssetId>)>, DbError> {
    let rows = tx
        .rows(
            "SELECT id, number, state, asset_id FROM service_case WHERE site_id = $1 AND closed_at IS NULL \
             ORDER BY reported_at DESC LIMIT 20",
            kit::params![site_id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let case = CaseRef { id: row.get("id")?, number: row.get("number")?, state: row.parse("state")? };
            Ok((case, row.get("asset_id")?))
        })
        .collect()
}
