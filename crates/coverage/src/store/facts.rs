//! The facts a verdict rests on, gathered in four queries whatever the asset.

use coverage_rules::{
    Acceptance, AgreementFact, AgreementStatus, CoverageFacts, ExclusionFinding, PartFact, PreviousRepair,
    RequestKind,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::db::DbError;
use kit::{Failure, Reach, Row, ScopeColumns, Ts, Tx, Where, params};

use super::named;
use crate::errors::CoverageError;
use crate::model::{Answers, PartWarrantyKind};
use crate::rules;

/// The asset as far as coverage needs it: whose it is, where it stands, when it was accepted.
#[derive(Clone, Debug)]
pub struct AssetRow {
    /// Its id.
    pub id: String,
    /// Its customer.
    pub customer_id: String,
    /// The unit that owns it.
    pub unit_id: String,
    /// The county of its site.
    pub division_code: Option<String>,
    zone: TimeZone,
    accepted_on: Option<Date>,
    acceptance_number: Option<String>,
    foreign_components: bool,
}

impl AssetRow {
    /// The day at the site at an instant.
    pub fn day_of(&self, at: Ts) -> Date {
        at.timestamp().to_zoned(self.zone.clone()).date()
    }
}

// The asset and every system it is part of; eight levels are more than anybody builds.
const CHAIN: &str = "WITH RECURSIVE chain (id, parent_id, foreign_components, depth) AS ( \
                     SELECT id, parent_asset_id, foreign_components, 0 FROM asset WHERE id = $1 \
                     UNION ALL SELECT p.id, p.parent_asset_id, p.foreign_components, chain.depth + 1 \
                     FROM asset p JOIN chain ON p.id = chain.parent_id WHERE chain.depth < 8)";

/// The asset with its site's zone, its acceptance, and whether it or a system above it contains other makers' products.
pub async fn asset(tx: &mut Tx, asset_id: &str) -> Result<AssetRow, Failure> {
    let row = tx.row(&asset_sql(), params![asset_id]).await?.ok_or(CoverageError::AssetUnknown)?;
    let zone: String = row.get("zone")?;
    Ok(AssetRow {
        id: row.get("id")?,
        customer_id: row.get("customer_id")?,
        unit_id: row.get("unit_id")?,
        division_code: row.get("division_code")?,
        zone: TimeZone::get(&zone).map_err(|_| DbError::Column { name: "zone".into() })?,
        accepted_on: row.get("accepted_on")?,
        acceptance_number: row.get("acceptance_number")?,
        foreign_components: row.get("foreign_components")?,
    })
}

fn asset_sql() -> String {
    format!(
        "{CHAIN} SELECT a.id, a.customer_id, a.unit_id, a.division_code, a.accepted_on, s.zone, \
         c.number AS acceptance_number, (SELECT MAX(foreign_components) FROM chain) AS foreign_components \
         FROM asset a JOIN site s ON s.id = a.site_id LEFT JOIN acceptance c ON c.id = a.acceptance_id WHERE a.id = $1"
    )
}

// The agreements of the asset's customer, one row per suspension, and whether they name the asset or a system above it.
fn agreements_sql() -> String {
    format!(
        "{CHAIN} SELECT g.number, g.covered_from, g.covered_to, g.level, g.status, g.signed_on, g.terminated_from, \
         p.suspended_from, p.suspended_until, \
         (SELECT COUNT(*) FROM agreement_asset x JOIN chain ON chain.id = x.asset_id WHERE x.agreement_id = g.id) AS covers \
         FROM agreement g LEFT JOIN agreement_suspension p ON p.agreement_id = g.id \
         WHERE g.customer_id = (SELECT customer_id FROM asset WHERE id = $1) ORDER BY g.covered_from, g.number"
    )
}

const PARTS: &str = "SELECT kind, serial, source_number, delivered_on FROM part_warranty WHERE asset_id = $1 ORDER BY delivered_on, serial";

/// [`asset`] and [`gather`] will be asked soon.
pub fn ahead(tx: &mut Tx, asset_id: &str) {
    for sql in [asset_sql(), agreements_sql(), PARTS.to_owned()] {
        tx.ahead(sql, params![asset_id]);
    }
}

/// Whether an asset exists within reach.
pub async fn asset_in_reach(tx: &mut Tx, reach: &Reach, asset_id: &str) -> Result<bool, Failure> {
    let mut filter = Where::new();
    filter.and("a.id = ?", [asset_id.into()]);
    let columns = ScopeColumns {
        subject: "asset",
        id: "a.id",
        unit: "a.unit_id",
        second_unit: None,
        customer: Some("a.customer_id"),
    };
    reach.narrow(&mut filter, &columns);
    Ok(tx.int(&format!("SELECT COUNT(*) FROM asset a {}", filter.sql()), filter.params()).await? > 0)
}

fn agreement(row: &Row, reported_on: Date) -> Result<AgreementFact, DbError> {
    let status: String = row.get("status")?;
    let signed_on: Option<Date> = row.get("signed_on")?;
    let until: Option<Date> = row.get("suspended_until")?;
    let suspended_from = row
        .get::<Option<Date>>("suspended_from")?
        .filter(|from| *from <= reported_on && until.is_none_or(|day| reported_on <= day));
    let terminated_from: Option<Date> = row.get("terminated_from")?;
    let status = match (terminated_from, suspended_from) {
        // What was signed after the report was a draft at the report (P28).
        _ if status == "draft" || signed_on.is_none_or(|day| day > reported_on) => AgreementStatus::Draft,
        (Some(from), _) if from <= reported_on => AgreementStatus::Terminated { from },
        (_, Some(from)) => AgreementStatus::Suspended { from, until },
        (Some(from), None) => AgreementStatus::Terminated { from },
        (None, None) => AgreementStatus::Signed,
    };
    Ok(AgreementFact {
        agreement_id: row.get("number")?,
        covers_asset: row.get::<i64>("covers")? > 0,
        covered_from: row.get("covered_from")?,
        covered_to: row.get("covered_to")?,
        level: row.get("level")?,
        status,
    })
}

/// What else is known about a request.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What is asked for.
    pub request: RequestKind,
    /// Earlier repairs, from the case.
    pub previous_repairs: Vec<PreviousRepair>,
    /// What people answered.
    pub answers: Answers,
    /// Exclusions that people saw.
    pub findings: Vec<ExclusionFinding>,
}

/// Gathers the facts about an asset at the moment of the report (P28).
pub async fn gather(
    tx: &mut Tx,
    asset: &AssetRow,
    reported_at: Ts,
    known: Known,
) -> Result<CoverageFacts, Failure> {
    let mut facts = CoverageFacts::new(asset.id.as_str(), reported_at.timestamp(), asset.zone.clone());
    let reported_on = facts.reported_locally().date();
    facts.request = known.request;
    facts.previous_repairs = known.previous_repairs;
    facts.exclusion_findings = known.findings;
    facts.site_licence = known.answers.site_licence;
    facts.foreign_components = asset.foreign_components;
    let parties: Vec<String> = known.answers.outside_work.iter().map(|w| rules::party_key(&w.name)).collect();
    let list = super::designated::days_of(tx, &parties).await?;
    facts.outside_work = rules::weighed(&known.answers.outside_work, &list);
    // A certificate is recorded only with the customer's signature: `acceptance.signature_sha256` is never null.
    facts.acceptance = asset.acceptance_number.as_ref().map(|number| Acceptance {
        certificate_id: number.clone(),
        accepted_on: asset.accepted_on,
        signed_by_customer: true,
    });
    for row in &tx.rows(&agreements_sql(), params![&asset.id]).await? {
        let fact = agreement(row, reported_on)?;
        match facts.agreements.last_mut().filter(|last| last.agreement_id == fact.agreement_id) {
            // Of several suspensions the one in which the report falls counts.
            Some(last) if matches!(fact.status, AgreementStatus::Suspended { .. }) => *last = fact,
            Some(_) => {}
            // Of agreements on other assets only those of that day explain anything.
            None if fact.covers_asset
                || (fact.covered_from <= reported_on && reported_on <= fact.covered_to) =>
            {
                facts.agreements.push(fact);
            }
            None => {}
        }
    }
    for row in &tx.rows(PARTS, params![&asset.id]).await? {
        let serial: String = row.get("serial")?;
        let fact = PartFact {
            affected: known.answers.parts.iter().find(|a| a.serial == serial).map(|a| a.affected),
            part_id: serial,
            source_id: row.get("source_number")?,
            delivered_on: row.get("delivered_on")?,
        };
        match named::<PartWarrantyKind>(row, "kind")? {
            PartWarrantyKind::Repaired => facts.repaired_parts.push(fact),
            PartWarrantyKind::Sold => facts.sold_parts.push(fact),
        }
    }
    Ok(facts)
}
