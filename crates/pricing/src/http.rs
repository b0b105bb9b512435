//! Routes of the price list. Charges are added on the visits they belong to.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use jiff::civil::Date;
use kit::http::{Command, Path, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure, Page, Paging};
use serde::Deserialize;

use crate::errors::PricingError;
use crate::model::{NewPriceList, PriceListSummary, PriceListView};
use crate::{actions, store};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(price_list))
        .routes(routes!(public_price_list))
        .routes(routes!(price_lists, create))
        .routes(routes!(version))
}

/// Which day's prices.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OnDay {
    /// The day; today unless given.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

async fn list_on(app: &App, on: Option<Date>) -> Result<PriceListView, Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    match on {
        Some(on) => actions::in_force_on(&mut tx, on).await,
        None => actions::in_force(&mut tx, now).await,
    }
}

/// The price list in force, or that of another day (P54).
#[utoipa::path(get, path = "/api/price-list", tag = "pricing", operation_id = "price_list", params(OnDay),
    responses((status = 200, body = PriceListView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("pricing.read"))))]
async fn price_list(
    State(app): State<App>,
    _permit: Permit<may::ReadPrices>,
    Query(day): Query<OnDay>,
) -> Result<Json<PriceListView>, Failure> {
    Ok(Json(list_on(&app, day.on).await?))
}

/// The public prices (P70): for everybody, without signing in.
#[utoipa::path(get, path = "/api/public/price-list", tag = "pricing", operation_id = "public_price_list", security(()),
    responses((status = 200, body = PriceListView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
async fn public_price_list(State(app): State<App>) -> Result<Json<PriceListView>, Failure> {
    let mut list = list_on(&app, None).await?;
    // What an agreement or a VIP pays is between them and the company.
    for line in &mut list.lines {
        (line.agreement_price_minor, line.vip_price_minor) = (None, None);
    }
    Ok(Json(list))
}

/// The versions of the price list, newest first.
#[utoipa::path(get, path = "/api/price-lists", tag = "pricing", operation_id = "price_lists", params(Paging),
    responses((status = 200, body = Page<PriceListSummary>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("pricing.read"))))]
async fn price_lists(
    State(app): State<App>,
    _permit: Permit<may::ReadPrices>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PriceListSummary>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::versions(&mut tx, &paging).await?))
}

/// One version with its prices, also one that is over (P54).
#[utoipa::path(get, path = "/api/price-lists/{version}", tag = "pricing", operation_id = "price_list_version",
    params(("version" = i64, Path)),
    responses((status = 200, body = PriceListView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("pricing.read"))))]
async fn version(
    State(app): State<App>,
    _permit: Permit<may::ReadPrices>,
    Path(version): Path<i64>,
) -> Result<Json<PriceListView>, Failure> {
    let mut tx = app.db.reader().await?;
    let list = store::version(&mut tx, version).await?.ok_or(PricingError::ListUnknown)?;
    Ok(Json(list))
}

/// Publish a new version of the price list.
#[utoipa::path(post, path = "/api/price-lists", tag = "pricing", operation_id = "create_price_list",
    request_body = NewPriceList, params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = PriceListView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("pricing.manage"))))]
async fn create(
    State(app): State<App>,
    permit: Permit<may::ManagePrices>,
    command: Command<NewPriceList>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(actions::create_price_list(tx, cx, input).await?)) })
    })
    .await
}
