//! On-call rotas: read with what they mean for the next 30 days, previewed, saved (P11).

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use kit::http::same_version;
use kit::{Actor, Both, Cx, Event, Failure, Refusal, Ts, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::errors::OrganisationError;
use crate::model::{EmployeeId, Shift, UnitId};
use crate::on_call::{self, Absence, Duty, Gap, HORIZON_DAYS, Rota};
use crate::store::{self, on_call as rows};

pub use rows::OnCallPerson;

/// What a rota means from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RotaMeaning {
    /// Who is on call, stretch by stretch, for 30 days.
    pub duty: Vec<Duty>,
    /// Stretches without a primary, or without somebody else as backup.
    pub gaps: Vec<Gap>,
    /// People of the rota, those who left too.
    pub people: Vec<OnCallPerson>,
    /// The server's present instant.
    pub now: Ts,
}

/// A unit's rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RotaView {
    /// The unit.
    pub unit_id: UnitId,
    /// Its name.
    pub unit: Both,
    /// Its zone: the rota's minutes are of its days.
    pub zone: String,
    /// Whose rota holds here: the unit's own or that of the nearest above; none if there is none at all.
    pub held_by: Option<UnitId>,
    /// Its own rota.
    pub rota: Option<Rota>,
    /// What holds here means.
    pub meaning: RotaMeaning,
    /// Who can be put on it.
    pub choice: Vec<OnCallPerson>,
    /// Version for `If-Match`; 0 while it has none of its own.
    pub version: i64,
}

/// How a unit stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OnCallUnit {
    /// The unit.
    pub unit_id: UnitId,
    /// Its name.
    pub unit: Both,
    /// Hotlines it answers.
    pub hotlines: i64,
    /// Whose rota holds.
    pub held_by: Option<UnitId>,
    /// Minutes of the next 30 days without a primary and a backup.
    pub gap_min: i64,
    /// The first gap.
    pub first_gap: Option<Gap>,
    /// Who is on call now, first and behind.
    pub primary: Option<OnCallPerson>,
    /// The backup now.
    pub backup: Option<OnCallPerson>,
}

/// A rota to be saved or looked at before.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveRota {
    /// The whole rota.
    pub rota: Rota,
}

fn absences(shifts: &[Shift], employee_id: EmployeeId, zone: &TimeZone) -> Vec<Absence> {
    shifts
        .iter()
        .filter_map(|leave| {
            let day = leave.on_date?;
            let instant = |minute: i64| {
                let midnight = day.to_zoned(zone.clone()).ok()?;
                Some(Ts::from(midnight.timestamp()).plus(minute * Ts::MINUTE))
            };
            Some(Absence { employee_id, from: instant(leave.from_min)?, to: instant(leave.to_min)? })
        })
        .collect()
}

async fn meaning(tx: &mut Tx, rota: Option<&Rota>, zone: &TimeZone, now: Ts) -> Result<RotaMeaning, Failure> {
    let to = now.plus(HORIZON_DAYS * Ts::DAY);
    let empty = Vec::new();
    let turns = rota.map_or(&empty, |r| &r.turns);
    let ids: Vec<EmployeeId> =
        turns.iter().map(|t| t.employee_id).collect::<BTreeSet<_>>().into_iter().collect();
    let people = rows::on_call_people(tx, &ids).await?;
    let today = now.timestamp().to_zoned(zone.clone()).date();
    let leave = rows::leave_of(tx, &ids, today).await?;
    let mut absent: Vec<Absence> =
        leave.iter().flat_map(|(id, shifts)| absences(shifts, *id, zone)).collect();
    absent.extend(people.iter().filter(|p| !p.active).map(|p| Absence {
        employee_id: p.id,
        from: Ts(0),
        to: rows::EVER,
    }));
    let duty = match rota {
        Some(rota) => on_call::duty(rota, zone, &absent, now, to),
        None => vec![Duty { from: now, to, primary: None, backup: None }],
    };
    Ok(RotaMeaning { gaps: on_call::gaps(&duty), duty, people, now })
}

// The rota that holds for a unit, and its zone.
async fn holding(tx: &mut Tx, unit_id: UnitId) -> Result<(Option<UnitId>, Option<Rota>, TimeZone), Failure> {
    let held_by = rows::holder(tx, unit_id).await?;
    let rota = match held_by {
        Some(holder) => rows::rota(tx, holder).await?.map(|(rota, _)| rota),
        None => None,
    };
    let zone = store::zone_of(tx, held_by.unwrap_or(unit_id)).await?;
    Ok((held_by, rota, zone))
}

async fn seen_unit(tx: &mut Tx, actor: &Actor, unit_id: UnitId) -> Result<crate::model::Unit, Failure> {
    if !rows::in_reach(tx, actor, unit_id).await? {
        return Err(OrganisationError::UnitUnknown.into());
    }
    store::unit(tx, unit_id).await
}

/// A unit's rota and what holds there for the next 30 days.
///
/// # Errors
/// `unit_unknown`.
pub async fn rota_of(tx: &mut Tx, actor: &Actor, unit_id: UnitId, now: Ts) -> Result<RotaView, Failure> {
    let unit = seen_unit(tx, actor, unit_id).await?;
    let own = rows::rota(tx, unit_id).await?;
    let (held_by, holding, zone) = holding(tx, unit_id).await?;
    let version = own.as_ref().map_or(0, |(_, version)| *version);
    Ok(RotaView {
        unit_id,
        unit: unit.name,
        zone: unit.zone,
        held_by,
        rota: own.map(|(rota, _)| rota),
        meaning: meaning(tx, holding.as_ref(), &zone, now).await?,
        choice: rows::on_call_choice(tx, unit_id).await?,
        version,
    })
}

// A rota that may be saved for a unit: whole, with people who can stand on it.
async fn checked(tx: &mut Tx, unit_id: UnitId, rota: &Rota) -> Result<(), Failure> {
    on_call::check(rota)?;
    let choice: BTreeSet<EmployeeId> =
        rows::on_call_choice(tx, unit_id).await?.into_iter().map(|p| p.id).collect();
    match rota.turns.iter().position(|t| !choice.contains(&t.employee_id)) {
        None => Ok(()),
        Some(i) => Err(OrganisationError::RotaPersonUnknown
            .refusal()
            .field(format!("/rota/turns/{i}/employee_id"), "rota_person_unknown")
            .into()),
    }
}

/// What a rota would mean, before it is saved.
///
/// # Errors
/// `unit_unknown`, `rota_invalid`, `rota_turn_invalid`, `rota_person_unknown`.
pub async fn preview_rota(
    tx: &mut Tx,
    actor: &Actor,
    unit_id: UnitId,
    rota: &Rota,
    now: Ts,
) -> Result<RotaMeaning, Failure> {
    let unit = seen_unit(tx, actor, unit_id).await?;
    checked(tx, unit_id, rota).await?;
    let zone = store::zone(&unit.zone)?;
    meaning(tx, Some(rota), &zone, now).await
}

/// Saves a unit's rota. Gaps don't refuse it: they are shown before, and warned of until they are closed.
///
/// # Errors
/// `unit_unknown`, `version_changed`, `rota_invalid`, `rota_turn_invalid`, `rota_person_unknown`.
pub async fn save_rota(
    tx: &mut Tx,
    cx: &Cx,
    unit_id: UnitId,
    seen: i64,
    input: SaveRota,
) -> Result<RotaView, Failure> {
    seen_unit(tx, &cx.actor, unit_id).await?;
    let before = rows::rota(tx, unit_id).await?;
    let stands = before.as_ref().map_or(0, |(_, version)| *version);
    if seen != stands {
        // Whoever was slower sees what stands now beside their own.
        same_version(seen, stands, rota_of(tx, &cx.actor, unit_id, cx.now).await?)?;
    }
    checked(tx, unit_id, &input.rota).await?;
    if !rows::save_rota(tx, unit_id, &input.rota, seen).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    let view = rota_of(tx, &cx.actor, unit_id, cx.now).await?;
    let body = json!({
        "before": before.map(|(rota, _)| rota), "after": input.rota, "gaps": view.meaning.gaps.len(),
    });
    let event = Event::new("on_call.changed", "on_call", unit_id).unit(unit_id).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(view)
}

/// Who is on call for a unit at an instant, and after how many minutes without an answer the backup is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Who is told first.
    pub primary: Option<EmployeeId>,
    /// Who stands behind.
    pub backup: Option<EmployeeId>,
    /// Minutes until the backup is told.
    pub backup_after_min: i64,
}

/// Who is on call for a unit now, by its own rota or that of the nearest unit above it; none if there is no rota at all.
///
/// # Errors
/// `unit_unknown`.
pub async fn on_duty(tx: &mut Tx, unit_id: UnitId, now: Ts) -> Result<Option<OnDuty>, Failure> {
    let (_, Some(rota), zone) = holding(tx, unit_id).await? else { return Ok(None) };
    let meaning = meaning(tx, Some(&rota), &zone, now).await?;
    Ok(meaning.duty.first().map(|duty| OnDuty {
        primary: duty.primary,
        backup: duty.backup,
        backup_after_min: rota.backup_after_min,
    }))
}

/// When each person is on call between two instants, first or behind, by whichever rota; who is absent then isn't.
///
/// # Errors
/// As the database says.
pub async fn on_call_between(
    tx: &mut Tx,
    from: Ts,
    to: Ts,
) -> Result<BTreeMap<EmployeeId, Vec<(Ts, Ts)>>, Failure> {
    let rotas = rows::rotas(tx).await?;
    let ids: Vec<EmployeeId> = rotas
        .iter()
        .flat_map(|(rota, _)| rota.turns.iter().map(|t| t.employee_id))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    // The day before where the day begins last.
    let since = from.plus(-Ts::DAY).timestamp().to_zoned(TimeZone::UTC).date();
    let leave = rows::leave_of(tx, &ids, since).await?;
    let mut found: BTreeMap<EmployeeId, Vec<(Ts, Ts)>> = BTreeMap::new();
    for (rota, zone) in &rotas {
        let zone = store::zone(zone)?;
        let absent: Vec<Absence> =
            leave.iter().flat_map(|(id, shifts)| absences(shifts, *id, &zone)).collect();
        for duty in on_call::duty(rota, &zone, &absent, from, to) {
            for id in [duty.primary, duty.backup].into_iter().flatten() {
                found.entry(id).or_default().push((duty.from, duty.to));
            }
        }
    }
    Ok(found)
}

/// How the units within reach stand: those that answer a hotline, and those with a rota of their own.
///
/// # Errors
/// As the database says.
pub async fn on_call_units(tx: &mut Tx, actor: &Actor, now: Ts) -> Result<Vec<OnCallUnit>, Failure> {
    let mut units = Vec::new();
    for (unit_id, unit, hotlines) in rows::on_call_units(tx, actor).await? {
        let (held_by, rota, zone) = holding(tx, unit_id).await?;
        let meaning = meaning(tx, rota.as_ref(), &zone, now).await?;
        let here = meaning.duty.first();
        let person = |id: Option<EmployeeId>| meaning.people.iter().find(|p| Some(p.id) == id).cloned();
        units.push(OnCallUnit {
            unit_id,
            unit,
            hotlines,
            held_by,
            gap_min: meaning.gaps.iter().map(|g| (g.to.0 - g.from.0) / Ts::MINUTE).sum(),
            first_gap: meaning.gaps.first().copied(),
            primary: person(here.and_then(|d| d.primary)),
            backup: person(here.and_then(|d| d.backup)),
        });
    }
    Ok(units)
}
