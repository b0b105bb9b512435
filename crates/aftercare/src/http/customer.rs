//! The customer's pages as they are sent: one page of the web app with its first data in it (decision 22), kept by nobody, found by
//! no search engine, telling no other site where it was left from.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderValue, StatusCode, header};
use kit::{App, Failure, Tx};
use portal::Visitor;
use serde_json::{Value, json};

use super::web;

/// The pages behind a label, a link and a badge.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/q/{code}", get(label)).route("/b/{code}", get(badge)).route("/t", get(tracking))
}

async fn label(
    State(app): State<App>,
    visitor: Result<Visitor, Failure>,
    Path(code): Path<String>,
) -> Response {
    // Whoever asks too often gets the page without its data, and is told so when the page asks for them.
    let page = match visitor {
        Ok(visitor) => portal::report_first(&app, &visitor, &code).await.ok(),
        Err(_) => None,
    };
    send(&app, page).await
}

// The hotline above the page is the one below it: that of the person's unit.
async fn badge(
    State(app): State<App>,
    visitor: Result<Visitor, Failure>,
    Path(code): Path<String>,
) -> Response {
    let page = match visitor {
        Ok(_) => portal::badge_first(&app, &code).await.ok(),
        Err(_) => None,
    };
    send(&app, page).await
}

async fn tracking(State(app): State<App>) -> Response {
    send(&app, None).await
}

async fn host(tx: &mut Tx, page: Option<&Value>) -> Result<Value, Failure> {
    let name = identity::settings::company(tx).await?.map(|c| c.name).unwrap_or_default();
    let said = |key: &str| page.and_then(|p| p[key].as_str()).map(str::to_owned);
    let hotline = match said("hotline") {
        Some(hotline) => Some(hotline),
        None => portal::hotline(tx, None).await?,
    };
    let zone = match said("zone") {
        Some(zone) => zone,
        None => identity::settings::zone(tx).await?,
    };
    Ok(
        json!({ "company_name": name, "hotline": hotline, "zone": zone, "demo": identity::settings::demo(tx).await? }),
    )
}

async fn send(app: &App, page: Option<Value>) -> Response {
    let first = async {
        let mut tx = app.db.reader().await?;
        let host = host(&mut tx, page.as_ref()).await?;
        Ok::<_, Failure>(json!({ "host": host, "now": app.clock.now(), "page": page }))
    };
    let Some(html) = web::customer_page() else {
        let text = "The web app is not built into this binary. Run `cargo xtask demo`, which builds it.\n";
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    let html = match first.await {
        Ok(first) => html.replace("<!--first-data-->", &script(&first)),
        Err(failure) => return failure.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
    ];
    (headers, html).into_response()
}

// No `<` of the data ends the element it stands in.
fn script(first: &Value) -> String {
    let data = first.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"first-data\">{data}</script>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_of_a_page_never_end_their_element() {
        let made = script(&json!({ "site": "</script><script>alert(1)</script>" }));
        assert_eq!(made.matches("</script>").count(), 1);
        let inner = made.trim_end_matches("</script>").split_once('>').unwrap().1;
        assert_eq!(
            serde_json::from_str::<Value>(inner).unwrap()["site"],
            "</script><script>alert(1)</script>"
        );
    }
}
