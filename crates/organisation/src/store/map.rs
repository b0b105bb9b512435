//! The map of jurisdictions, and the scope columns that follow it (P4, decision 2).

use std::collections::{BTreeMap, BTreeSet};

use kit::db::Dialect;
use kit::{DbError, Ts, Tx, Where, params};

use crate::model::UnitId;
use crate::scoped::ScopedTable;

/// The map per county, and its version.
pub(crate) async fn map_now(tx: &mut Tx) -> Result<(i64, BTreeMap<String, UnitId>), DbError> {
    let version = tx.int("SELECT map_version FROM org_state WHERE one = 1", &[]).await?;
    let rows = tx.rows("SELECT division_code, unit_id FROM jurisdiction", &[]).await?;
    let map = rows
        .iter()
        .map(|row| Ok((row.get("division_code")?, row.get("unit_id")?)))
        .collect::<Result<_, DbError>>()?;
    Ok((version, map))
}

/// The unit that holds a county.
pub(crate) async fn owner_of(tx: &mut Tx, county: &str) -> Result<Option<UnitId>, DbError> {
    // Held until the commit: a county that moves meanwhile waits, then takes along what is made for it here.
    let held = if tx.dialect() == Dialect::Postgres { " FOR SHARE" } else { "" };
    let sql = format!("SELECT unit_id FROM jurisdiction WHERE division_code = $1{held}");
    let row = tx.row(&sql, params![county]).await?;
    row.map(|r| r.get("unit_id")).transpose()
}

/// The units that hold these counties.
pub(crate) async fn owners_of(tx: &mut Tx, counties: &[&str]) -> Result<BTreeMap<String, UnitId>, DbError> {
    let mut owners = BTreeMap::new();
    for part in counties.chunks(500) {
        let mut filter = Where::new();
        filter.any("division_code", part.iter().copied());
        let sql = format!("SELECT division_code, unit_id FROM jurisdiction {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            owners.insert(row.get("division_code")?, row.get("unit_id")?);
        }
    }
    Ok(owners)
}

/// Takes the turn for a change of the map and raises its version; `false` if it is not `seen` any more.
pub(crate) async fn bump_map(tx: &mut Tx, seen: i64) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE org_state SET map_version = map_version + 1 WHERE one = 1 AND map_version = $1",
            params![seen],
        )
        .await?;
    Ok(changed == 1)
}

/// Gives counties to a unit.
pub(crate) async fn replace(
    tx: &mut Tx,
    counties: &BTreeSet<String>,
    unit_id: UnitId,
    now: Ts,
) -> Result<(), DbError> {
    // Rows stay where they are: whoever waits for one to route a case finds it with its new unit.
    let list: Vec<&str> = counties.iter().map(String::as_str).collect();
    let held = owners_of(tx, &list).await?;
    for part in list.chunks(500) {
        let mut filter = Where::new();
        filter.any("division_code", part.iter().copied());
        let (unit, since) = (filter.bind(unit_id), filter.bind(now));
        let sql = format!("UPDATE jurisdiction SET unit_id = {unit}, since = {since} {}", filter.sql());
        tx.execute(&sql, filter.params()).await?;
        let fresh = part.iter().filter(|county| !held.contains_key(**county));
        let rows: Vec<_> = fresh.map(|c| vec![(*c).into(), unit_id.into(), now.into()]).collect();
        tx.insert_many("jurisdiction", &["division_code", "unit_id", "since"], &rows).await?;
    }
    Ok(())
}

/// Which of these tables the schema has.
pub(crate) async fn existing_tables(
    tx: &mut Tx,
    tables: &'static [ScopedTable],
) -> Result<Vec<&'static ScopedTable>, DbError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Dialect::Postgres => "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let names: BTreeSet<String> =
        tx.rows(sql, &[]).await?.iter().map(|r| r.get("name")).collect::<Result<_, _>>()?;
    Ok(tables.iter().filter(|t| names.contains(t.table)).collect())
}

/// Writes the new unit into the rows of a table that lie in these counties. Returns how many changed.
pub(crate) async fn rewrite_scope(
    tx: &mut Tx,
    table: &ScopedTable,
    counties: &BTreeSet<String>,
    to: UnitId,
) -> Result<u64, DbError> {
    let mut changed = 0;
    let list: Vec<&String> = counties.iter().collect();
    for part in list.chunks(500) {
        let mut filter = Where::new();
        let unit = filter.bind(to);
        filter.any("division_code", part.iter().copied());
        filter.and(&format!("unit_id <> {unit}"), []);
        if let Some(open) = table.open {
            filter.and(open, []);
        }
        let sql = format!("UPDATE {} SET unit_id = {unit} {}", table.table, filter.sql());
        changed += tx.execute(&sql, filter.params()).await?;
    }
    Ok(changed)
}
