//! Look-up over all units (decision 2): it finds whatever a caller says, and shows only what matched.

use std::collections::{HashMap, HashSet};

use kit::{DbError, Row, Ts, Tx, Where, params};

use super::search::{Found, Record, find};
use super::unit_name;
use crate::keys::{Exactness, probes};
use crate::model::{CallerMatch, ContactId, CustomerId, LookUp, LookUpHit, MatchedBy, SiteId};
use crate::phones::E164;

/// Contacts with this number, used lately first; behind a switchboard the one with the extension that was named before them.
/// More than one: each may be it, unless the extension says who.
///
/// # Errors
/// As the database says.
pub async fn match_caller(tx: &mut Tx, number: &E164) -> Result<Vec<CallerMatch>, DbError> {
    let rows = tx
        .rows(
            "SELECT k.id, k.name, k.role, k.phone_masked, k.phone_ext, c.id AS customer_id, c.name AS customer_name, c.vip_level, \
             s.id AS site_id, s.name AS site_name, COALESCE(s.unit_id, c.unit_id) AS unit_id \
             FROM contact k JOIN customer c ON c.id = k.customer_id \
             LEFT JOIN site s ON s.id = COALESCE(k.site_id, (SELECT MIN(o.id) FROM site o WHERE o.customer_id = c.id HAVING COUNT(*) = 1)) \
             WHERE k.phone_e164 = $1 ORDER BY CASE WHEN k.phone_ext = $2 THEN 0 ELSE 1 END, k.used_at DESC, k.id LIMIT 20",
            params![number.as_str(), number.extension().unwrap_or_default()],
        )
        .await?;
    let mut there = 0;
    for row in &rows {
        let extension: Option<String> = row.get("phone_ext")?;
        there += usize::from(extension.is_some() && extension.as_deref() == number.extension());
    }
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let maybe = rows.len() > 1 && !(there == 1 && at == 0);
            Ok(CallerMatch {
                contact_id: row.get("id")?,
                contact_name: row.get("name")?,
                role: row.get("role")?,
                phone_masked: row.get("phone_masked")?,
                customer_id: row.get("customer_id")?,
                customer_name: row.get("customer_name")?,
                vip_level: row.parse("vip_level")?,
                site_id: row.get("site_id")?,
                site_name: row.get("site_name")?,
                unit_id: row.get("unit_id")?,
                maybe,
            })
        })
        .collect()
}

/// Customers, sites and contacts that `text` finds in all units, best first, then used lately; at most four queries.
///
/// A customer that matches stands there once per site, so that a fault can be reported on one of them.
///
/// # Errors
/// As the database says.
pub async fn look_up(tx: &mut Tx, what: &LookUp) -> Result<Vec<LookUpHit>, DbError> {
    let limit = usize::try_from(what.limit.clamp(1, 50)).unwrap_or(50);
    let found = find(tx, &[Record::Customer, Record::Site, Record::Contact], &probes(&what.text)).await?;
    // All of them: which were used lately is known only below.
    let of = |record: Record| -> HashMap<String, Exactness> {
        let those = found.iter().filter(|f: &&Found| f.record == record);
        those.map(|f| (f.id.clone(), f.exactness)).collect()
    };
    let mut hits = Vec::new();
    for (record, matched) in [
        (Record::Contact, MatchedBy::Contact),
        (Record::Site, MatchedBy::Site),
        (Record::Customer, MatchedBy::Customer),
    ] {
        let ids = of(record);
        if ids.is_empty() {
            continue;
        }
        let (from, id_column) = match record {
            Record::Contact => (
                "k.id AS found_id, k.id AS contact_id, k.name AS contact_name, k.phone_masked, k.used_at AS used_at \
                 FROM contact k JOIN customer c ON c.id = k.customer_id LEFT JOIN site s ON s.id = COALESCE(k.site_id, \
                 (SELECT MIN(o.id) FROM site o WHERE o.customer_id = c.id HAVING COUNT(*) = 1))",
                "k.id",
            ),
            Record::Site => (
                "s.id AS found_id, NULL AS contact_id, NULL AS contact_name, NULL AS phone_masked, s.used_at AS used_at \
                 FROM site s JOIN customer c ON c.id = s.customer_id",
                "s.id",
            ),
            Record::Customer | Record::Asset | Record::Case => (
                "c.id AS found_id, NULL AS contact_id, NULL AS contact_name, NULL AS phone_masked, \
                 COALESCE(s.used_at, c.changed_at) AS used_at \
                 FROM customer c LEFT JOIN site s ON s.customer_id = c.id",
                "c.id",
            ),
        };
        let mut filter = Where::new();
        filter.any(id_column, ids.keys().cloned());
        let most = filter.bind(i64::try_from(limit * 4).unwrap_or(200));
        let sql = format!(
            "SELECT c.id AS customer_id, c.name AS customer_name, c.vip_level, s.id AS site_id, s.name AS site_name, \
             u.id AS unit_id, u.name_zh AS unit_zh, u.name_en AS unit_en, {from} \
             JOIN org_unit u ON u.id = COALESCE(s.unit_id, c.unit_id) {} ORDER BY used_at DESC LIMIT {most}",
            filter.sql()
        );
        for row in tx.rows(&sql, filter.params()).await? {
            let found_id: String = row.get("found_id")?;
            let Some(exactness) = ids.get(&found_id) else { continue };
            hits.push(hit(&row, matched, *exactness)?);
        }
    }
    Ok(rank(hits, limit))
}

fn hit(row: &Row, matched: MatchedBy, exactness: Exactness) -> Result<LookUpHit, DbError> {
    Ok(LookUpHit {
        matched,
        exactness,
        customer_id: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        vip_level: row.parse("vip_level")?,
        site_id: row.get("site_id")?,
        site_name: row.get("site_name")?,
        contact_id: row.get("contact_id")?,
        contact_name: row.get("contact_name")?,
        phone_masked: row.get("phone_masked")?,
        unit: unit_name(row)?,
        used_at: row.get::<Ts>("used_at")?,
    })
}

// Best first, then used lately; a site that matched by several of its words stands there once.
fn rank(mut hits: Vec<LookUpHit>, limit: usize) -> Vec<LookUpHit> {
    hits.sort_by(|a, b| b.exactness.cmp(&a.exactness).then(b.used_at.cmp(&a.used_at)));
    let mut seen: HashSet<(CustomerId, Option<SiteId>, Option<ContactId>)> = HashSet::new();
    hits.retain(|h| seen.insert((h.customer_id, h.site_id, h.contact_id)));
    hits.truncate(limit);
    hits
}
