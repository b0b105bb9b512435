//! On-call rotas.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kit::{Actor, Both, DbError, Reach, Row, Ts, Tx, Value, Where, params};

use crate::model::{EmployeeId, Shift, ShiftKind, UnitId};
use crate::on_call::{Rota, Turn};

fn date(row: &Row, name: &str) -> Result<Option<Date>, DbError> {
    let text: Option<String> = row.get(name)?;
    text.map(|t| t.parse().map_err(|e| DbError::Other(format!("stored date {t}: {e}")))).transpose()
}

fn turn(row: &Row) -> Result<Turn, DbError> {
    Ok(Turn {
        tier: row.parse("tier")?,
        employee_id: row.get("employee_id")?,
        week: row.get("week")?,
        weekday: row.get("weekday")?,
        on_date: date(row, "on_date")?,
        from_min: row.get("from_min")?,
        to_min: row.get("to_min")?,
    })
}

/// A unit's own rota with its version.
pub(crate) async fn rota(tx: &mut Tx, unit_id: UnitId) -> Result<Option<(Rota, i64)>, DbError> {
    let Some(row) = tx
        .row(
            "SELECT cycle_weeks, starts_on, backup_after_min, version FROM on_call_rota WHERE unit_id = $1",
            params![unit_id],
        )
        .await?
    else {
        return Ok(None);
    };
    let turns = tx
        .rows("SELECT * FROM on_call_turn WHERE unit_id = $1 ORDER BY ordinal", params![unit_id])
        .await?
        .iter()
        .map(turn)
        .collect::<Result<_, _>>()?;
    let starts_on = date(&row, "starts_on")?.ok_or(DbError::Column { name: "starts_on".into() })?;
    let rota = Rota {
        cycle_weeks: row.get("cycle_weeks")?,
        starts_on,
        backup_after_min: row.get("backup_after_min")?,
        turns,
    };
    Ok(Some((rota, row.get("version")?)))
}

/// Every rota with the zone of its unit.
pub(crate) async fn rotas(tx: &mut Tx) -> Result<Vec<(Rota, String)>, DbError> {
    let mut turns: BTreeMap<UnitId, Vec<Turn>> = BTreeMap::new();
    for row in tx.rows("SELECT * FROM on_call_turn ORDER BY unit_id, ordinal", &[]).await? {
        turns.entry(row.get("unit_id")?).or_default().push(turn(&row)?);
    }
    tx.rows(
        "SELECT o.unit_id, o.cycle_weeks, o.starts_on, o.backup_after_min, u.zone FROM on_call_rota o \
         JOIN org_unit u ON u.id = o.unit_id ORDER BY o.unit_id",
        &[],
    )
    .await?
    .iter()
    .map(|row| {
        let rota = Rota {
            cycle_weeks: row.get("cycle_weeks")?,
            starts_on: date(row, "starts_on")?.ok_or(DbError::Column { name: "starts_on".into() })?,
            backup_after_min: row.get("backup_after_min")?,
            turns: turns.remove(&row.get("unit_id")?).unwrap_or_default(),
        };
        Ok((rota, row.get("zone")?))
    })
    .collect()
}

/// The unit whose rota holds for a unit: its own, or that of the nearest above it that has one.
pub(crate) async fn holder(tx: &mut Tx, unit_id: UnitId) -> Result<Option<UnitId>, DbError> {
    // Of the units above, the one with the most above itself is the nearest.
    tx.row(
        "SELECT o.unit_id FROM on_call_rota o JOIN unit_reach r ON r.root_id = o.unit_id WHERE r.unit_id = $1 \
         ORDER BY (SELECT COUNT(*) FROM unit_reach a WHERE a.unit_id = o.unit_id) DESC LIMIT 1",
        params![unit_id],
    )
    .await?
    .map(|row| row.get("unit_id"))
    .transpose()
}

/// Replaces a unit's rota; `false` if its version moved on.
pub(crate) async fn save_rota(tx: &mut Tx, unit_id: UnitId, rota: &Rota, seen: i64) -> Result<bool, DbError> {
    let starts_on = rota.starts_on.to_string();
    let changed = if seen == 0 {
        tx.execute(
            "INSERT INTO on_call_rota (unit_id, cycle_weeks, starts_on, backup_after_min, version) \
             VALUES ($1, $2, $3, $4, 1) ON CONFLICT (unit_id) DO NOTHING",
            params![unit_id, rota.cycle_weeks, &starts_on, rota.backup_after_min],
        )
        .await?
    } else {
        tx.execute(
            "UPDATE on_call_rota SET cycle_weeks = $2, starts_on = $3, backup_after_min = $4, version = version + 1 \
             WHERE unit_id = $1 AND version = $5",
            params![unit_id, rota.cycle_weeks, &starts_on, rota.backup_after_min, seen],
        )
        .await?
    };
    if changed != 1 {
        return Ok(false);
    }
    tx.execute("DELETE FROM on_call_turn WHERE unit_id = $1", params![unit_id]).await?;
    let rows: Vec<Vec<Value>> = rota
        .turns
        .iter()
        .zip(0_i64..)
        .map(|(t, ordinal)| {
            vec![
                unit_id.into(),
                ordinal.into(),
                t.tier.name().into(),
                t.employee_id.into(),
                t.week.into(),
                t.weekday.into(),
                t.on_date.map(|d| d.to_string()).into(),
                t.from_min.into(),
                t.to_min.into(),
            ]
        })
        .collect();
    let columns =
        ["unit_id", "ordinal", "tier", "employee_id", "week", "weekday", "on_date", "from_min", "to_min"];
    tx.insert_many("on_call_turn", &columns, &rows).await?;
    Ok(true)
}

/// Somebody of a rota.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OnCallPerson {
    /// Their id.
    pub id: EmployeeId,
    /// Their name.
    pub name: String,
    /// Whether they work here still.
    pub active: bool,
}

/// People by id, those who left too.
pub(crate) async fn on_call_people(tx: &mut Tx, ids: &[EmployeeId]) -> Result<Vec<OnCallPerson>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Where::new();
    filter.any("id", ids.iter().map(ToString::to_string));
    let sql = format!("SELECT id, name, active FROM employee {} ORDER BY name, id", filter.sql());
    tx.rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| {
            Ok(OnCallPerson { id: row.get("id")?, name: row.get("name")?, active: row.get("active")? })
        })
        .collect()
}

/// People at work who can stand on a unit's rota: its own, and those above it and below.
pub(crate) async fn on_call_choice(tx: &mut Tx, unit_id: UnitId) -> Result<Vec<OnCallPerson>, DbError> {
    tx.rows(
        "SELECT id, name, active FROM employee WHERE active = 1 AND (\
         unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = $1) \
         OR unit_id IN (SELECT root_id FROM unit_reach WHERE unit_id = $1)) ORDER BY name, id LIMIT 1000",
        params![unit_id],
    )
    .await?
    .iter()
    .map(|row| Ok(OnCallPerson { id: row.get("id")?, name: row.get("name")?, active: row.get("active")? }))
    .collect()
}

/// The leave of people from a day on.
pub(crate) async fn leave_of(
    tx: &mut Tx,
    ids: &[EmployeeId],
    since: Date,
) -> Result<BTreeMap<EmployeeId, Vec<Shift>>, DbError> {
    let mut found: BTreeMap<EmployeeId, Vec<Shift>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let mut filter = Where::new();
    filter.any("employee_id", ids.iter().map(ToString::to_string));
    filter.and("kind = 'leave' AND on_date >= ?", [Value::from(since.to_string())]);
    let sql = format!("SELECT employee_id, on_date, from_min, to_min FROM shift {}", filter.sql());
    for row in tx.rows(&sql, filter.params()).await? {
        let leave = Shift {
            kind: ShiftKind::Leave,
            weekday: None,
            on_date: date(&row, "on_date")?,
            from_min: row.get("from_min")?,
            to_min: row.get("to_min")?,
        };
        found.entry(row.get("employee_id")?).or_default().push(leave);
    }
    Ok(found)
}

/// Units that answer a hotline, or have a rota of their own, within reach.
pub(crate) async fn on_call_units(tx: &mut Tx, actor: &Actor) -> Result<Vec<(UnitId, Both, i64)>, DbError> {
    let mut filter = Where::new();
    filter.and(
        "u.active = 1 AND (EXISTS (SELECT 1 FROM hotline h WHERE h.unit_id = u.id AND h.active = 1) \
         OR EXISTS (SELECT 1 FROM on_call_rota o WHERE o.unit_id = u.id))",
        [],
    );
    if let Reach::Unit(root) = &actor.reach {
        filter.and("u.id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)", [Value::from(root)]);
    }
    let sql = format!(
        "SELECT u.id, u.name_zh, u.name_en, (SELECT COUNT(*) FROM hotline h WHERE h.unit_id = u.id AND h.active = 1) AS hotlines \
         FROM org_unit u {} ORDER BY CASE WHEN u.parent_id IS NULL THEN 0 ELSE 1 END, u.name_zh LIMIT 500",
        filter.sql()
    );
    tx.rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| {
            let name = Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?);
            Ok((row.get("id")?, name, row.get("hotlines")?))
        })
        .collect()
}

/// Whether a unit lies in an actor's reach.
pub(crate) async fn in_reach(tx: &mut Tx, actor: &Actor, unit_id: UnitId) -> Result<bool, DbError> {
    match &actor.reach {
        Reach::Unit(root) => {
            let found = tx
                .int(
                    "SELECT COUNT(*) FROM unit_reach WHERE root_id = $1 AND unit_id = $2",
                    params![root, unit_id],
                )
                .await?;
            Ok(found > 0)
        }
        // Administrators of the system belong to no unit.
        Reach::Everything | Reach::Nothing => Ok(true),
        _ => Ok(false),
    }
}

/// The end of somebody's time here means they are on call no more: an absence without an end.
pub(crate) const EVER: Ts = Ts(i64::MAX / 2);
