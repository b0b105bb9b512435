//! `import table`: customers, sites, contacts and assets from CSV or XLSX. First a trial that names every bad row, then all or nothing.
//!
//! [`trial`] reads and plans, and writes nothing. [`store`] plans again and stores in one transaction, with its events, if nothing is wrong.
//! SQLite has one writer: there the plan is made beside it ([`plan_beside`]) and holds as long as nothing it may rest on was changed.
//! From the desk both run as jobs ([`jobs`]), so that a file that takes longer than a request goes on without one.

pub mod jobs;
pub mod rows;
mod store;
pub mod template;
pub mod words;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::tables::{Fault, Field, Limits, Record, TableError};
use customers::from_table::{Bringer, Findings, PlanCounts};
use kit::db::Dialect;
use kit::{Actor, App, Audience, Cx, Event, Failure, Lang, Tx};
use organisation::UnitId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

kit::names! {
    /// What a table holds.
    TableKind {
        /// 客户
        Customers = "customers",
        /// 项目点
        Sites = "sites",
        /// 联系人
        Contacts = "contacts",
        /// 设备
        Assets = "assets",
    }
}

impl TableKind {
    fn bare(self) -> &'static [Field] {
        match self {
            Self::Customers => customers::from_table::CUSTOMER,
            Self::Sites => customers::from_table::SITE,
            Self::Contacts => customers::from_table::CONTACT,
            Self::Assets => assets::from_table::ASSET,
        }
    }

    /// The fields with every heading that each may have; those of `lang` first.
    #[must_use]
    pub fn fields(self, lang: Lang) -> Vec<Field> {
        let other = if lang == Lang::ZhCn { Lang::En } else { Lang::ZhCn };
        let mut fields = self.bare().to_vec();
        for field in &mut fields {
            for lang in [lang, other] {
                field.headings.push(heading(lang, self, field.name));
                let also = kit::texts::text(lang, &format!("tables.also.{self}.{}", field.name), &[]);
                let also = also.unwrap_or_default();
                field.headings.extend(also.split('|').filter(|a| !a.is_empty()).map(str::to_owned));
            }
        }
        fields
    }
}

/// The heading that templates and reports use.
#[must_use]
pub fn heading(lang: Lang, kind: TableKind, field: &str) -> String {
    kit::texts::text(lang, &format!("tables.field.{kind}.{field}"), &[]).unwrap_or_else(|| field.to_owned())
}

/// What to bring in, and on whose behalf.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What the table holds.
    pub kind: TableKind,
    /// The name of the other system.
    pub source: String,
    /// Who brings it; their reach limits what is named and changed.
    pub actor: Actor,
    /// Where customers go whose row names no unit.
    pub unit_id: Option<UnitId>,
}

/// What a trial found, or what was stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Rows below the headings.
    pub rows: u64,
    /// Not here yet.
    pub new: u64,
    /// Here, and different.
    pub changed: u64,
    /// Here, and the same.
    pub same: u64,
    /// Rows with something wrong.
    pub bad: u64,
    /// The line of a template that shows how it is filled in.
    pub examples: u64,
    /// Headings that belong to no field: these columns are not used.
    pub unknown: Vec<String>,
    /// The headings of the file, by field.
    pub headings: BTreeMap<String, String>,
    /// What is wrong, by row; at most 10,000 entries.
    pub faults: Vec<Fault>,
    /// Why the file can't be read at all.
    pub refusal: Option<TableError>,
}

impl Report {
    /// Whether the table can be stored as it is.
    #[must_use]
    pub fn fine(&self) -> bool {
        self.bad == 0 && self.refusal.is_none()
    }
}

/// A table as it was read, before anything of it is looked up.
#[derive(Debug, Default)]
pub struct Sent {
    records: Vec<Record>,
    report: Report,
    sha256: String,
}

impl Sent {
    /// Reads a file. What can't be read at all stands in the report.
    #[must_use]
    pub fn read(bytes: &[u8], kind: TableKind, lang: Lang) -> Self {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let table = match ::tables::read(bytes, &kind.fields(lang), &Limits::default()) {
            Ok(table) => table,
            Err(refusal) => {
                let report = Report { refusal: Some(refusal), ..Report::default() };
                return Self { records: Vec::new(), report, sha256 };
            }
        };
        // The line that shows how a template is filled in is nobody's row.
        let examples: Vec<String> = Lang::ALL.iter().map(|lang| template::example(*lang, kind)).collect();
        let mut records = table.records;
        let all = records.len();
        records.retain(|record| !examples.iter().any(|e| e == record.text("external_ref")));
        let examples = (all - records.len()) as u64;
        let headings = table.headings.into_iter().map(|(field, text)| (field.to_owned(), text)).collect();
        let report = Report {
            rows: table.rows - examples,
            bad: table.bad,
            examples,
            unknown: table.unknown,
            headings,
            faults: table.faults,
            ..Report::default()
        };
        Self { records, report, sha256 }
    }

    /// Rows that can be read.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.records.len() as u64
    }
}

enum Plan {
    Customers(customers::from_table::CustomerPlan),
    Sites(customers::from_table::SitePlan),
    Contacts(customers::from_table::ContactPlan),
    Assets(Box<assets::from_table::AssetPlan>),
}

impl Plan {
    fn counts(&self) -> PlanCounts {
        match self {
            Self::Customers(plan) => plan.counts,
            Self::Sites(plan) => plan.counts,
            Self::Contacts(plan) => plan.counts,
            Self::Assets(plan) => plan.counts,
        }
    }
}

fn bringer(asked: &Asked, locks: bool, done: Arc<AtomicU64>) -> Bringer {
    Bringer {
        reach: asked.actor.reach.clone(),
        unit_id: asked.unit_id,
        source: asked.source.clone(),
        locks,
        done,
    }
}

// Plans what was read, and adds what is wrong with it to the report.
async fn planned(
    tx: &mut Tx,
    asked: &Asked,
    bringer: &Bringer,
    sent: &Sent,
) -> Result<(Plan, Report), Failure> {
    let mut findings = Findings::default();
    let (rows, found) = (&sent.records, &mut findings);
    let plan = match asked.kind {
        TableKind::Customers => {
            Plan::Customers(customers::from_table::plan_customers(tx, bringer, rows, found).await?)
        }
        TableKind::Sites => Plan::Sites(customers::from_table::plan_sites(tx, bringer, rows, found).await?),
        TableKind::Contacts => {
            Plan::Contacts(customers::from_table::plan_contacts(tx, bringer, rows, found).await?)
        }
        TableKind::Assets => {
            Plan::Assets(Box::new(assets::from_table::plan_assets(tx, bringer, rows, found).await?))
        }
    };
    let mut report = sent.report.clone();
    let counts = plan.counts();
    (report.new, report.changed, report.same) = (counts.new, counts.changed, counts.same);
    report.bad += findings.bad();
    report.faults.append(&mut findings.faults);
    report.faults.sort_by_key(|fault| fault.row);
    report.faults.truncate(10_000);
    Ok((plan, report))
}

/// Plans a table and says what would come of it; writes nothing.
///
/// # Errors
/// As the database says.
pub async fn trial(app: &App, asked: &Asked, sent: &Sent, done: Arc<AtomicU64>) -> Result<Report, Failure> {
    if sent.report.refusal.is_some() {
        return Ok(sent.report.clone());
    }
    // No snapshot: asking whose a county is takes a lock, which a read-only transaction may not.
    let mut tx = app.db.reader().await?;
    let (_, report) = planned(&mut tx, asked, &bringer(asked, false, done), sent).await?;
    Ok(report)
}

/// A plan that was made beside the writer, and the newest event before it was begun.
pub struct PlannedBeside {
    plan: Plan,
    report: Report,
    unit_id: Option<UnitId>,
    after: i64,
}

/// How often a plan is made beside the writer before one is made by it: whoever changes customers, sites and devices all the time
/// waits for a table in the end.
pub const TRIES: u32 = 5;

/// What events may be about without anything having changed that a plan rests on. Who brings the table, and what they may, is read
/// again by the caller.
const BESIDE_THE_POINT: &[&str] = &[
    "account",
    "alert",
    "call",
    "case",
    "charge",
    "clock",
    "complaint",
    "coverage",
    "delivery",
    "desk_phone",
    "follow_up",
    "note",
    "phone_support",
    "saved_view",
    "table_import",
    "token",
    "tracking_link",
    "verified_caller",
    "visit",
    "work_order",
];

/// Plans a table beside the one writer of SQLite, so that others write meanwhile; none on PostgreSQL, where they do anyway, and for a
/// file that can't be read.
///
/// # Errors
/// As the database says.
pub async fn plan_beside(
    app: &App,
    asked: &Asked,
    sent: &Sent,
    done: Arc<AtomicU64>,
) -> Result<Option<PlannedBeside>, Failure> {
    if app.db.dialect() == Dialect::Postgres || sent.report.refusal.is_some() {
        return Ok(None);
    }
    let mut tx = app.db.reader().await?;
    let after = kit::events::newest(&mut tx).await?;
    done.store(0, Ordering::Relaxed);
    let (plan, report) = planned(&mut tx, asked, &bringer(asked, false, done), sent).await?;
    Ok(Some(PlannedBeside { plan, report, unit_id: asked.unit_id, after }))
}

/// Plans and stores a table at once, in a transaction of its own.
///
/// # Errors
/// As the database says.
pub async fn bring(app: &App, asked: Asked, sent: Sent, done: Arc<AtomicU64>) -> Result<Report, Failure> {
    let (asked, sent) = (Arc::new(asked), Arc::new(sent));
    let mut tried = 0;
    loop {
        tried += 1;
        let beside = if tried <= TRIES { plan_beside(app, &asked, &sent, done.clone()).await? } else { None };
        let (of, sent, done) = (asked.clone(), sent.clone(), done.clone());
        let stored = app.act(asked.actor.clone(), move |tx, cx| {
            Box::pin(async move { store(tx, cx, &of, &sent, beside, done).await })
        });
        if let Some(report) = stored.await? {
            return Ok(report);
        }
    }
}

/// Stores a table in the transaction of `tx`, if nothing is wrong with any row; else nothing is written. `None`, and nothing is
/// written either, if the plan that was made beside the writer may hold no more.
///
/// # Errors
/// As the database says.
pub async fn store(
    tx: &mut Tx,
    cx: &Cx,
    asked: &Asked,
    sent: &Sent,
    beside: Option<PlannedBeside>,
    done: Arc<AtomicU64>,
) -> Result<Option<Report>, Failure> {
    if sent.report.refusal.is_some() {
        return Ok(Some(sent.report.clone()));
    }
    if let Some(planned) = &beside
        && (planned.unit_id != asked.unit_id
            || kit::events::since(tx, planned.after, BESIDE_THE_POINT).await?)
    {
        return Ok(None);
    }
    store::hold_pages(tx, store::MANY_ROWS_KIB).await?;
    let stored = keep(tx, cx, asked, sent, beside, done).await;
    store::hold_pages(tx, kit::db::CACHE_KIB).await?;
    stored.map(Some)
}

async fn keep(
    tx: &mut Tx,
    cx: &Cx,
    asked: &Asked,
    sent: &Sent,
    beside: Option<PlannedBeside>,
    done: Arc<AtomicU64>,
) -> Result<Report, Failure> {
    let bringer = bringer(asked, true, done);
    let (plan, report) = match beside {
        Some(beside) => (beside.plan, beside.report),
        None => planned(tx, asked, &bringer, sent).await?,
    };
    if !report.fine() {
        return Ok(report);
    }
    match plan {
        Plan::Customers(plan) => customers::from_table::store_customers(tx, cx, plan).await?,
        Plan::Sites(plan) => customers::from_table::store_sites(tx, cx, plan).await?,
        Plan::Contacts(plan) => customers::from_table::store_contacts(tx, cx, plan).await?,
        Plan::Assets(plan) => assets::from_table::store_assets(tx, cx, &bringer, *plan).await?,
    };
    // Names of files may name people; the digest says which file it was.
    let body = json!({ "kind": asked.kind, "source": asked.source, "file_sha256": sent.sha256,
        "rows": report.rows, "new": report.new, "changed": report.changed, "same": report.same });
    let mut event =
        Event::new("table.imported", "table_import", cx.command_id).audience(Audience::Audit).body(&body);
    if let Some(unit) = &cx.actor.unit_id {
        event = event.unit(unit);
    }
    kit::events::append(tx, cx, event).await?;
    Ok(report)
}
