//! Routes of products, assets and acceptances, and of one site with all that stands there.

mod faults;
mod papers;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use customers::SiteId;
use identity::{Permit, lists, may};
use kit::http::{Command, Path, Problem, Query, Routes, Versioned};
use kit::routes;
use kit::sheet::SheetFormat;
use kit::{Answer, App, Done, Failure, Page};

use crate::columns::AssetColumn;
use crate::model::{
    AcceptanceId, AcceptanceView, AssetId, AssetInput, AssetView, NewAcceptance, ProductId, ProductInput,
    ProductView, RevokeAcceptance, SiteView,
};
use crate::store::acceptances::AcceptanceFilter;
use crate::store::assets::AssetFilter;
use crate::store::products::ProductFilter;
use crate::{actions, store};

/// The routes of this domain. `GET /api/sites/{id}` is here because a site is shown with what stands there.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(faults::routes())
        .merge(papers::routes())
        .routes(routes!(list_products, create_product))
        .routes(routes!(get_product, change_product))
        .routes(routes!(list_assets, register_asset))
        .routes(routes!(export_assets))
        .routes(routes!(get_asset, change_asset))
        .routes(routes!(get_site))
        .routes(routes!(list_acceptances, record_acceptance))
        .routes(routes!(get_acceptance))
        .routes(routes!(revoke_acceptance))
}

#[utoipa::path(get, path = "/api/products", tag = "assets", operation_id = "list_products", params(ProductFilter),
    responses((status = 200, body = Page<ProductView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn list_products(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Query(filter): Query<ProductFilter>,
) -> Result<Json<Page<ProductView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::products::list(&mut tx, &filter).await?))
}

#[utoipa::path(post, path = "/api/products", tag = "assets", operation_id = "create_product", request_body = ProductInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ProductView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn create_product(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    command: Command<ProductInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create_product(tx, cx, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/products/{id}", tag = "assets", operation_id = "get_product", params(("id" = ProductId, Path)),
    responses((status = 200, body = ProductView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn get_product(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Path(id): Path<ProductId>,
) -> Result<Versioned<ProductView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = crate::product(&mut tx, id).await?;
    Ok(Versioned(view.version, view))
}

#[utoipa::path(put, path = "/api/products/{id}", tag = "assets", operation_id = "change_product", request_body = ProductInput,
    params(("id" = ProductId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ProductView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn change_product(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    Path(id): Path<ProductId>,
    command: Command<ProductInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_product(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/assets", tag = "assets", operation_id = "list_assets", params(AssetFilter),
    responses((status = 200, body = Page<AssetView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn list_assets(
    State(app): State<App>,
    permit: Permit<may::ReadAssets>,
    Query(filter): Query<AssetFilter>,
) -> Result<Json<Page<AssetView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::assets::list(&mut tx, &permit.actor().reach, &filter).await?))
}

/// Which devices, which columns, in what form.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AssetExport {
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The columns in order, with commas between them; all unless given.
    columns: Option<String>,
    /// A serial or its last characters, or what stands on a label.
    q: Option<String>,
    /// Only those with (or without) a signed acceptance.
    accepted: Option<bool>,
}

/// The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log.
#[utoipa::path(get, path = "/api/assets/export", tag = "assets", operation_id = "export_assets", params(AssetExport),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("lists.export"))))]
async fn export_assets(
    State(app): State<App>,
    permit: Permit<may::ExportLists>,
    Query(query): Query<AssetExport>,
) -> Result<Response, Failure> {
    let AssetExport { format, columns, q, accepted } = query;
    let taken = lists::Taken {
        list: "assets",
        format,
        columns: lists::columns::<_, AssetColumn>(columns.as_deref())?,
        narrowed: serde_json::json!({ "accepted": accepted, "searched": q.is_some() }),
    };
    lists::file(&app, &permit, taken, move |app, actor, after| {
        let limit = Some(lists::AT_ONCE);
        let filter = AssetFilter { q: q.clone(), accepted, limit, after, ..AssetFilter::default() };
        Box::pin(async move { store::assets::list(&mut app.db.reader().await?, &actor.reach, &filter).await })
    })
    .await
}

#[utoipa::path(post, path = "/api/assets", tag = "assets", operation_id = "register_asset", request_body = AssetInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = AssetView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.manage"))))]
async fn register_asset(
    State(app): State<App>,
    permit: Permit<may::ManageAssets>,
    command: Command<AssetInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::register_asset(tx, cx, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/assets/{id}", tag = "assets", operation_id = "get_asset", params(("id" = AssetId, Path)),
    responses((status = 200, body = AssetView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn get_asset(
    State(app): State<App>,
    permit: Permit<may::ReadAssets>,
    Path(id): Path<AssetId>,
) -> Result<Versioned<AssetView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = crate::asset(&mut tx, &permit.actor().reach, id).await?;
    Ok(Versioned(view.version, view))
}

#[utoipa::path(put, path = "/api/assets/{id}", tag = "assets", operation_id = "change_asset", request_body = AssetInput,
    params(("id" = AssetId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = AssetView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.manage"))))]
async fn change_asset(
    State(app): State<App>,
    permit: Permit<may::ManageAssets>,
    Path(id): Path<AssetId>,
    command: Command<AssetInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_asset(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/sites/{id}", tag = "customers", operation_id = "get_site", params(("id" = SiteId, Path)),
    responses((status = 200, body = SiteView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.read"))))]
async fn get_site(
    State(app): State<App>,
    permit: Permit<may::ReadCustomers>,
    Path(id): Path<SiteId>,
) -> Result<Versioned<SiteView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = actions::site_view(&mut tx, &permit.actor().reach, id).await?;
    Ok(Versioned(view.site.version, view))
}

#[utoipa::path(get, path = "/api/acceptances", tag = "assets", operation_id = "list_acceptances", params(AcceptanceFilter),
    responses((status = 200, body = Page<AcceptanceView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn list_acceptances(
    State(app): State<App>,
    permit: Permit<may::ReadAssets>,
    Query(filter): Query<AcceptanceFilter>,
) -> Result<Json<Page<AcceptanceView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::acceptances::list(&mut tx, &permit.actor().reach, &filter).await?))
}

#[utoipa::path(post, path = "/api/acceptances", tag = "assets", operation_id = "record_acceptance", request_body = NewAcceptance,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = AcceptanceView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.accept"))))]
async fn record_acceptance(
    State(app): State<App>,
    permit: Permit<may::RecordAcceptance>,
    command: Command<NewAcceptance>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::record_acceptance(tx, cx, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/acceptances/{id}", tag = "assets", operation_id = "get_acceptance", params(("id" = AcceptanceId, Path)),
    responses((status = 200, body = AcceptanceView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn get_acceptance(
    State(app): State<App>,
    permit: Permit<may::ReadAssets>,
    Path(id): Path<AcceptanceId>,
) -> Result<Versioned<AcceptanceView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = crate::acceptance(&mut tx, &permit.actor().reach, id).await?;
    Ok(Versioned(view.version, view))
}

#[utoipa::path(post, path = "/api/acceptances/{id}/revoke", tag = "assets", operation_id = "revoke_acceptance", request_body = RevokeAcceptance,
    params(("id" = AcceptanceId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = AcceptanceView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.revoke_acceptance"))))]
async fn revoke_acceptance(
    State(app): State<App>,
    permit: Permit<may::RevokeAcceptance>,
    Path(id): Path<AcceptanceId>,
    command: Command<RevokeAcceptance>,
) -> Result<Answer, Failure> {
    let seen = command.if_match;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::revoke_acceptance(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
