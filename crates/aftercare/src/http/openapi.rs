//! The description of the API (OpenAPI 3.1) that `docs/openapi.json` and the web app's types come from.

use std::sync::OnceLock;

use axum::response::IntoResponse;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{KnownFormat, Schema, SchemaFormat};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr};

// Made when somebody first asks, and kept as it is sent: as a tree it would take several times the memory.
pub(super) async fn show() -> impl IntoResponse {
    static SENT: OnceLock<Bytes> = OnceLock::new();
    let sent = SENT.get_or_init(|| serde_json::to_vec(&crate::app::description()).unwrap_or_default().into());
    ([(CONTENT_TYPE, "application/json")], sent.clone())
}

/// The frame of the description; the routes fill it.
#[derive(OpenApi)]
#[openapi(
    info(title = "Aftercare", description = "The after-sales service centre: every screen uses this API.", license(name = "Apache-2.0", identifier = "Apache-2.0")),
    modifiers(&Schemes),
    components(schemas(kit::http::Problem, kit::http::ProblemField, cases::CaseListView)),
    security(("session" = []), ("token" = []))
)]
pub struct Description;

struct Schemes;

impl utoipa::Modify for Schemes {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-aftercare"))),
        );
        components.add_security_scheme(
            "token",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        );
    }
}

/// Says of every command's `Idempotency-Key` that it is a UUID: whoever generates a client needs to know.
pub fn finish(document: &mut Document) {
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        for parameter in operation.parameters.iter_mut().flatten() {
            let RefOr::T(parameter) = parameter else { continue };
            if let ("Idempotency-Key", Some(RefOr::T(Schema::Object(schema)))) =
                (parameter.name.as_str(), &mut parameter.schema)
            {
                schema.format = Some(SchemaFormat::KnownFormat(KnownFormat::Uuid));
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}
