//! Units, the map of jurisdictions, divisions, hotlines.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Query, Versioned};
use kit::{Answer, App, Done, Failure};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::actions::{self, ChangeUnit, FoundUnit, HotlineInput, Jurisdictions};
use crate::divisions::{Division, Level, china};
use crate::map::Assignment;
use crate::model::{Hotline, HotlineId, Point, Unit, UnitId};
use crate::store;

/// Every unit, headquarters first.
#[utoipa::path(get, path = "/api/units", tag = "organisation", operation_id = "list_units",
    responses((status = 200, body = Vec<Unit>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn list_units(
    State(app): State<App>,
    _permit: Permit<may::ReadOrganisation>,
) -> Result<Json<Vec<Unit>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::units(&mut tx).await?))
}

/// Found a unit.
#[utoipa::path(post, path = "/api/units", tag = "organisation", operation_id = "found_unit", request_body = FoundUnit,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Unit), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn found_unit(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    command: Command<FoundUnit>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let unit = actions::found_unit(tx, cx, input).await?;
            let version = unit.version;
            Ok(Done::created(unit).version(version))
        })
    })
    .await
}

/// Change a unit, or move it with all below it.
#[utoipa::path(put, path = "/api/units/{id}", tag = "organisation", operation_id = "change_unit", request_body = ChangeUnit,
    params(("id" = UnitId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = Unit), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn change_unit(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    Path(id): Path<UnitId>,
    command: Command<ChangeUnit>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let unit = actions::change_unit(tx, cx, id, seen, input).await?;
            let version = unit.version;
            Ok(Done::ok(unit).version(version))
        })
    })
    .await
}

/// The map of jurisdictions, in the widest codes that say it.
#[utoipa::path(get, path = "/api/jurisdictions", tag = "organisation", operation_id = "read_jurisdictions",
    responses((status = 200, body = Jurisdictions), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn read_map(
    State(app): State<App>,
    _permit: Permit<may::ReadOrganisation>,
) -> Result<Versioned<Jurisdictions>, Failure> {
    let mut tx = app.db.reader().await?;
    let map = actions::jurisdictions(&mut tx).await?;
    Ok(Versioned(map.version, map))
}

/// The whole map.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveMap {
    /// Every division to a unit; narrower entries refine wider ones along one line of the tree.
    assignments: Vec<Assignment>,
    /// Why, for the audit.
    #[serde(default)]
    reason: String,
}

/// Save the whole map; a gap or an overlap changes nothing.
#[utoipa::path(put, path = "/api/jurisdictions", tag = "organisation", operation_id = "save_jurisdictions", request_body = SaveMap,
    params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = Jurisdictions), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn save_map(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    command: Command<SaveMap>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let map = actions::save_map(tx, cx, &input.assignments, &input.reason, seen).await?;
            let version = map.version;
            Ok(Done::ok(map).version(version))
        })
    })
    .await
}

/// Divisions that change hands.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveDivisions {
    /// Codes of provinces, cities or counties.
    divisions: Vec<String>,
    /// The unit that holds them from now on.
    unit_id: UnitId,
    /// Why, for the audit.
    #[serde(default)]
    reason: String,
}

/// Move divisions to a unit with their sites and open work.
#[utoipa::path(post, path = "/api/jurisdictions/move", tag = "organisation", operation_id = "move_divisions", request_body = MoveDivisions,
    params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = Jurisdictions), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn move_divisions(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    command: Command<MoveDivisions>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let MoveDivisions { divisions, unit_id, reason } = input;
            let map = actions::move_divisions(tx, cx, &divisions, unit_id, &reason, seen).await?;
            let version = map.version;
            Ok(Done::ok(map).version(version))
        })
    })
    .await
}

/// Which divisions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DivisionQuery {
    /// Those directly below this code; the provinces unless given.
    parent: Option<String>,
    /// Those whose full name contains this, at most 50.
    q: Option<String>,
}

/// A division of China.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DivisionView {
    /// 2, 4 or 6 digits.
    code: String,
    /// Its name.
    name: String,
    /// 省市县 in one line.
    full_name: String,
    /// Its level.
    level: Level,
    /// A point in it to 0.01°, its city's if it has none.
    point: Option<Point>,
    /// The unit that holds it, for a county.
    unit_id: Option<UnitId>,
}

/// Divisions of China: one level of the tree, or a search.
#[utoipa::path(get, path = "/api/divisions", tag = "organisation", operation_id = "list_divisions", params(DivisionQuery),
    responses((status = 200, body = Vec<DivisionView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn list_divisions(
    State(app): State<App>,
    _permit: Permit<may::ReadOrganisation>,
    Query(query): Query<DivisionQuery>,
) -> Result<Json<Vec<DivisionView>>, Failure> {
    let found: Vec<&Division> = match query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        Some(q) => china()
            .all()
            .iter()
            .filter(|d| d.code.starts_with(q) || china().full_name(&d.code).contains(q))
            .take(50)
            .collect(),
        None => china().children(query.parent.as_deref()).collect(),
    };
    let counties: Vec<&str> =
        found.iter().filter(|d| d.level == Level::County).map(|d| d.code.as_str()).collect();
    let owners = if counties.is_empty() {
        Default::default()
    } else {
        let mut tx = app.db.reader().await?;
        store::owners_of(&mut tx, &counties).await?
    };
    let view = |d: &&Division| DivisionView {
        code: d.code.clone(),
        name: d.name.clone(),
        full_name: china().full_name(&d.code),
        level: d.level,
        point: china().point(&d.code),
        unit_id: owners.get(&d.code).copied(),
    };
    Ok(Json(found.iter().map(view).collect()))
}

/// Every hotline, by number.
#[utoipa::path(get, path = "/api/hotlines", tag = "organisation", operation_id = "list_hotlines",
    responses((status = 200, body = Vec<Hotline>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn list_hotlines(
    State(app): State<App>,
    _permit: Permit<may::ReadOrganisation>,
) -> Result<Json<Vec<Hotline>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::hotlines(&mut tx).await?))
}

/// Register a hotline.
#[utoipa::path(post, path = "/api/hotlines", tag = "organisation", operation_id = "register_hotline", request_body = HotlineInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Hotline), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn register_hotline(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    command: Command<HotlineInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(actions::register_hotline(tx, cx, input).await?).version(1)) })
    })
    .await
}

/// Change a hotline.
#[utoipa::path(put, path = "/api/hotlines/{id}", tag = "organisation", operation_id = "change_hotline", request_body = HotlineInput,
    params(("id" = HotlineId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = Hotline), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn change_hotline(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    Path(id): Path<HotlineId>,
    command: Command<HotlineInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let hotline = actions::change_hotline(tx, cx, id, seen, input).await?;
            let version = hotline.version;
            Ok(Done::ok(hotline).version(version))
        })
    })
    .await
}
