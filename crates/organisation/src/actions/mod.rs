//! One function per use of the organisation.

mod absence;
mod on_call;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use kit::http::same_version;
use kit::{Both, Cx, Event, Failure, FieldFault, Refusal, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::divisions::china;
use crate::errors::OrganisationError;
use crate::map::{self, Assignment, MapFault};
use crate::model::{
    Department, DepartmentId, DepartmentKind, Hotline, HotlineCalendar, HotlineId, Unit, UnitId, UnitKind,
};
use crate::scoped::SCOPED_TABLES;
use crate::{rules, store};
pub use absence::{Absence, AbsenceInput, AbsenceSpan, AbsenceTakenBack, record_absence, take_back_absence};
pub use on_call::{
    OnCallPerson, OnCallUnit, OnDuty, RotaMeaning, RotaView, SaveRota, on_call_between, on_call_units,
    on_duty, preview_rota, rota_of, save_rota,
};
pub use people::{EmployeeInput, change_employee, employ};

/// A unit to found.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundUnit {
    /// What it is.
    pub kind: UnitKind,
    /// The unit above; none for headquarters.
    #[serde(default)]
    pub parent_id: Option<UnitId>,
    /// Its name.
    pub name: Both,
    /// Its IANA zone; the company's unless given.
    #[serde(default)]
    pub zone: Option<String>,
    /// Its departments; all three for headquarters and none elsewhere unless given.
    #[serde(default)]
    pub departments: Option<Vec<DepartmentKind>>,
}

/// A unit as it should be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeUnit {
    /// The unit above; moving it takes everything below along.
    #[serde(default)]
    pub parent_id: Option<UnitId>,
    /// Its name.
    pub name: Both,
    /// Its IANA zone.
    pub zone: String,
    /// Whether it works.
    pub active: bool,
    /// Its departments.
    pub departments: Vec<DepartmentKind>,
}

fn named(name: &Both) -> Result<Both, OrganisationError> {
    let name = Both::new(name.zh_cn.trim(), name.en.trim());
    if name.zh_cn.is_empty() { Err(OrganisationError::NameMissing) } else { Ok(name) }
}

fn zone_name(zone: &str) -> Result<String, OrganisationError> {
    match jiff::tz::TimeZone::get(zone) {
        Ok(found) if found.iana_name().is_some() => Ok(zone.to_owned()),
        _ => Err(OrganisationError::ZoneUnknown { zone: zone.to_owned() }),
    }
}

fn departments(cx: &Cx, kinds: impl IntoIterator<Item = DepartmentKind>) -> Vec<Department> {
    let kinds: BTreeSet<DepartmentKind> = kinds.into_iter().collect();
    kinds.into_iter().map(|kind| Department { id: cx.new_id::<DepartmentId>(), kind }).collect()
}

/// Founds a unit at its place in the tree (P3).
///
/// # Errors
/// `unit_place_wrong`, `headquarters_twice`, `unit_parent_unknown`, `unit_name_taken`, `unit_zone_unknown`.
pub async fn found_unit(tx: &mut Tx, cx: &Cx, input: FoundUnit) -> Result<Unit, Failure> {
    store::lock_tree(tx).await?;
    rules::may_stand(&store::tree(tx).await?, None, input.kind, input.parent_id)?;
    let name = named(&input.name)?;
    if store::taken(tx, "org_unit", "name_zh", &name.zh_cn, None).await? {
        return Err(OrganisationError::UnitNameTaken { name: name.zh_cn }.into());
    }
    let kinds = input.departments.unwrap_or_else(|| match input.kind {
        UnitKind::Headquarters => DepartmentKind::ALL.to_vec(),
        _ => Vec::new(),
    });
    let zone = match input.zone {
        Some(zone) => zone,
        None => identity::settings::zone(tx).await?,
    };
    let unit = Unit {
        id: cx.new_id(),
        parent_id: input.parent_id,
        kind: input.kind,
        name,
        zone: zone_name(&zone)?,
        active: true,
        departments: departments(cx, kinds),
        version: 1,
    };
    store::insert_unit(tx, &unit).await?;
    let body = json!({ "kind": unit.kind, "parent_id": unit.parent_id, "name": unit.name });
    kit::events::append(tx, cx, Event::new("unit.founded", "unit", unit.id).unit(unit.id).body(&body))
        .await?;
    Ok(unit)
}

/// Changes a unit: name, zone, departments, its place in the tree, or whether it works.
///
/// # Errors
/// `unit_unknown`, `version_changed`, `unit_tree_cycle`, `unit_place_wrong`, `unit_in_use`, `department_in_use`,
/// `unit_name_taken`, `unit_zone_unknown`.
pub async fn change_unit(
    tx: &mut Tx,
    cx: &Cx,
    id: UnitId,
    seen: i64,
    input: ChangeUnit,
) -> Result<Unit, Failure> {
    store::lock_tree(tx).await?;
    let before = store::unit(tx, id).await?;
    same_version(seen, before.version, &before)?;
    rules::may_stand(&store::tree(tx).await?, Some(id), before.kind, input.parent_id)?;
    let name = named(&input.name)?;
    if store::taken(tx, "org_unit", "name_zh", &name.zh_cn, Some(id.0)).await? {
        return Err(OrganisationError::UnitNameTaken { name: name.zh_cn }.into());
    }
    if !input.active && before.active {
        let (counties, employees, hotlines, units) = store::in_use(tx, id).await?;
        if counties + employees + hotlines + units > 0 {
            return Err(OrganisationError::UnitInUse { counties, employees, hotlines, units }.into());
        }
    }
    let wanted: BTreeSet<DepartmentKind> = input.departments.into_iter().collect();
    let (kept, removed): (Vec<Department>, Vec<Department>) =
        before.departments.iter().partition(|d| wanted.contains(&d.kind));
    for department in &removed {
        if store::people_in(tx, department).await? > 0 {
            return Err(
                OrganisationError::DepartmentInUse { department: department.kind.name().into() }.into()
            );
        }
    }
    let added = departments(cx, wanted.into_iter().filter(|k| !kept.iter().any(|d| d.kind == *k)));
    store::change_departments(tx, id, &added, &removed).await?;
    let mut unit = Unit {
        id,
        parent_id: input.parent_id,
        kind: before.kind,
        name,
        zone: zone_name(&input.zone)?,
        active: input.active,
        departments: kept.into_iter().chain(added).collect(),
        version: before.version + 1,
    };
    unit.departments.sort_by_key(|d| d.kind.name());
    if !store::update_unit(tx, &unit, seen).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    if let Some(parent) = unit.parent_id.filter(|p| Some(*p) != before.parent_id) {
        store::move_reach(tx, id, parent).await?;
    }
    let body = json!({
        "before": { "parent_id": before.parent_id, "name": before.name, "zone": before.zone, "active": before.active,
            "departments": store::kinds(&before.departments) },
        "after": { "parent_id": unit.parent_id, "name": unit.name, "zone": unit.zone, "active": unit.active,
            "departments": store::kinds(&unit.departments) }
    });
    kit::events::append(tx, cx, Event::new("unit.changed", "unit", id).unit(id).body(&body)).await?;
    Ok(unit)
}

/// The map of jurisdictions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Jurisdictions {
    /// What each unit holds, in the widest codes that say it.
    pub assignments: Vec<Assignment>,
    /// The day the list of divisions speaks of.
    pub divisions_as_of: String,
    /// Counties on the list.
    pub counties: usize,
    /// Counties that somebody holds: all, once a map was saved.
    pub assigned: usize,
    /// Version for `If-Match`.
    pub version: i64,
}

/// The map as it stands.
///
/// # Errors
/// As the database says.
pub async fn jurisdictions(tx: &mut Tx) -> Result<Jurisdictions, Failure> {
    let (version, map) = store::map_now(tx).await?;
    Ok(shown(version, &map))
}

fn shown(version: i64, map: &BTreeMap<String, UnitId>) -> Jurisdictions {
    let mut held: BTreeMap<UnitId, BTreeSet<String>> = BTreeMap::new();
    for (county, unit) in map {
        held.entry(*unit).or_default().insert(county.clone());
    }
    Jurisdictions {
        assignments: held
            .into_iter()
            .map(|(unit_id, counties)| Assignment { unit_id, divisions: map::compress(china(), &counties) })
            .collect(),
        divisions_as_of: china().as_of().to_owned(),
        counties: china().county_count(),
        assigned: map.len(),
        version,
    }
}

fn map_refusal(faults: &[MapFault]) -> Refusal {
    let count = |which: fn(&MapFault) -> bool| faults.iter().filter(|f| which(f)).count();
    let mut refusal: Refusal = OrganisationError::MapInvalid {
        gaps: count(|f| matches!(f, MapFault::Gap { .. })),
        overlaps: count(|f| matches!(f, MapFault::Overlap { .. })),
        unknown: count(|f| matches!(f, MapFault::Unknown { .. } | MapFault::UnitUnknown { .. })),
    }
    .into();
    let at = |(i, j): (usize, usize)| format!("/assignments/{i}/divisions/{j}");
    for fault in faults {
        let (pointer, code, values) = match fault {
            MapFault::Gap { divisions } => {
                let named = map::named(china(), divisions);
                ("/assignments".to_owned(), "jurisdiction_gap", vec![("divisions", named)])
            }
            MapFault::Overlap { at: place, divisions, .. } => {
                (at(*place), "jurisdiction_overlap", vec![("divisions", map::named(china(), divisions))])
            }
            MapFault::Unknown { at: place, division } => {
                (at(*place), "division_unknown", vec![("division", division.clone())])
            }
            MapFault::UnitUnknown { at } => {
                (format!("/assignments/{at}/unit_id"), "unit_not_open", Vec::new())
            }
        };
        refusal.fields.push(FieldFault { pointer, code: code.to_owned(), values });
    }
    refusal
}

/// Saves the whole map (P4): every county to exactly one unit, else nothing is changed. Counties that change hands take
/// their sites and open work along, with an event for each pair of units.
///
/// # Errors
/// `jurisdiction_map_invalid` naming gaps, overlaps and unknown entries; `version_changed`.
pub async fn save_map(
    tx: &mut Tx,
    cx: &Cx,
    assignments: &[Assignment],
    reason: &str,
    seen: i64,
) -> Result<Jurisdictions, Failure> {
    let (version, before) = store::map_now(tx).await?;
    same_version(seen, version, json!({ "version": version }))?;
    let after = map::check_map(china(), &store::tree(tx).await?, assignments)
        .map_err(|faults| map_refusal(&faults))?;
    apply(tx, cx, version, &before, &after, reason).await
}

/// Moves provinces, cities or counties to a unit; the rest of the map stays (P4).
///
/// # Errors
/// `jurisdiction_map_missing` before the first whole map; `division_unknown`, `unit_not_open`, `version_changed`.
pub async fn move_divisions(
    tx: &mut Tx,
    cx: &Cx,
    divisions: &[String],
    to: UnitId,
    reason: &str,
    seen: i64,
) -> Result<Jurisdictions, Failure> {
    let (version, before) = store::map_now(tx).await?;
    same_version(seen, version, json!({ "version": version }))?;
    if before.is_empty() {
        return Err(OrganisationError::MapMissing.into());
    }
    if store::tree(tx).await?.get(to).is_none_or(|u| !u.active) {
        return Err(OrganisationError::UnitNotOpen.into());
    }
    let mut after = before.clone();
    for code in divisions {
        if china().get(code).is_none() {
            return Err(OrganisationError::DivisionUnknown { division: code.clone() }.into());
        }
        for county in china().counties_of(code) {
            after.insert(county.code.clone(), to);
        }
    }
    apply(tx, cx, version, &before, &after, reason).await
}

async fn apply(
    tx: &mut Tx,
    cx: &Cx,
    seen: i64,
    before: &BTreeMap<String, UnitId>,
    after: &BTreeMap<String, UnitId>,
    reason: &str,
) -> Result<Jurisdictions, Failure> {
    if !store::bump_map(tx, seen).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    let tables = store::existing_tables(tx, SCOPED_TABLES).await?;
    for ((from, to), counties) in map::moves(before, after) {
        store::replace(tx, &counties, to, cx.now).await?;
        let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
        for table in &tables {
            let moved = store::rewrite_scope(tx, table, &counties, to).await?;
            if moved > 0 {
                rows.insert(table.table, moved);
            }
        }
        let body = json!({
            "divisions": map::compress(china(), &counties), "counties": counties.len(), "from_unit_id": from,
            "to_unit_id": to, "rows": rows, "reason": reason.trim()
        });
        kit::events::append(tx, cx, Event::new("jurisdiction.moved", "unit", to).unit(to).body(&body))
            .await?;
    }
    Ok(shown(seen + 1, after))
}

/// A hotline as it should be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HotlineInput {
    /// As people write it: `029-8888 1234`, `400-800-1234`, `+86 …`.
    pub number: String,
    /// The unit whose phone it is.
    pub unit_id: UnitId,
    /// Its name.
    pub name: Both,
    /// Its hours.
    pub calendar: HotlineCalendar,
    /// Whether it is in use.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

async fn open_unit(tx: &mut Tx, id: UnitId) -> Result<Unit, Failure> {
    match store::unit(tx, id).await {
        Ok(unit) if unit.active => Ok(unit),
        Ok(_) => Err(OrganisationError::UnitNotOpen.into()),
        Err(Failure::Refused(_)) => Err(OrganisationError::UnitNotOpen.into()),
        Err(other) => Err(other),
    }
}

async fn hotline_of(
    tx: &mut Tx,
    id: HotlineId,
    version: i64,
    not: Option<HotlineId>,
    input: HotlineInput,
) -> Result<Hotline, Failure> {
    let number = rules::e164(&input.number)?;
    open_unit(tx, input.unit_id).await?;
    if store::taken(tx, "hotline", "number_e164", &number, not.map(|h| h.0)).await? {
        return Err(OrganisationError::NumberTaken { number }.into());
    }
    let name = named(&input.name)?;
    let HotlineInput { unit_id, calendar, active, .. } = input;
    Ok(Hotline { id, number, unit_id, name, calendar, active, version })
}

/// Registers a hotline (P1).
///
/// # Errors
/// `hotline_number_invalid`, `hotline_number_taken`, `unit_not_open`.
pub async fn register_hotline(tx: &mut Tx, cx: &Cx, input: HotlineInput) -> Result<Hotline, Failure> {
    let hotline = hotline_of(tx, cx.new_id(), 1, None, input).await?;
    store::save_hotline(tx, &hotline, None).await?;
    let event = Event::new("hotline.registered", "hotline", hotline.id).unit(hotline.unit_id).body(&hotline);
    kit::events::append(tx, cx, event).await?;
    Ok(hotline)
}

/// Changes a hotline.
///
/// # Errors
/// As [`register_hotline`]; `hotline_unknown`, `version_changed`.
pub async fn change_hotline(
    tx: &mut Tx,
    cx: &Cx,
    id: HotlineId,
    seen: i64,
    input: HotlineInput,
) -> Result<Hotline, Failure> {
    let before = store::hotline(tx, id).await?;
    same_version(seen, before.version, &before)?;
    let hotline = hotline_of(tx, id, before.version + 1, Some(id), input).await?;
    if !store::save_hotline(tx, &hotline, Some(seen)).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    let body = json!({ "before": before, "after": hotline });
    let event = Event::new("hotline.changed", "hotline", id).unit(hotline.unit_id).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(hotline)
}
