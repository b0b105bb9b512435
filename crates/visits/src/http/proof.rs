//! The page behind a paper's QR code: for everybody who holds it.

use axum::extract::State;
use axum::{Extension, Json};
use identity::Guest;
use identity::limits::Limiter;
use kit::http::{Path, Routes};
use kit::routes;
use kit::{App, Failure};

use crate::proof::{ASKING, ProofView, prove};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(prove_paper)).layer(Extension(Asking(Limiter::new(ASKING))))
}

/// The buckets of those who ask.
#[derive(Clone)]
struct Asking(Limiter);

/// Whether a printed service order is genuine (P72): by the code on it, without signing in, a limited number of times.
#[utoipa::path(get, path = "/api/public/papers/{code}", tag = "visits", operation_id = "prove_paper", security(()),
    params(("code" = String, Path)),
    responses((status = 200, body = ProofView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
async fn prove_paper(
    State(app): State<App>,
    Extension(Asking(limiter)): Extension<Asking>,
    Guest(address): Guest,
    Path(code): Path<String>,
) -> Result<Json<ProofView>, Failure> {
    limiter.take(address, "", app.clock.now())?;
    Ok(Json(prove(&mut app.db.reader().await?, &code).await?))
}
