//! The description of the API (OpenAPI 3.1) that `docs/openapi.json` and the web app's types come from.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use axum::response::IntoResponse;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn, PathItem};
use utoipa::openapi::schema::{AdditionalProperties, KnownFormat, Schema, SchemaFormat, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Content, Object, ObjectBuilder, OpenApi as Document, Ref, RefOr, Required, ResponseBuilder,
};

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

/// Says what is true of every route and therefore stands at none: how an id, a command's key, a version, a digest and a range are
/// spelled; that bytes are no list of numbers; which routes need nobody signed in; and that each may ask to come again later.
pub fn finish(document: &mut Document) {
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        for parameter in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(parameter) = parameter {
                spell(parameter);
            }
        }
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            body.content.iter_mut().for_each(|(media, content)| bytes(media, content));
            if body.content.values().any(takes_nothing) {
                body.required = Some(Required::False);
            }
        }
        for response in operation.responses.responses.values_mut() {
            if let RefOr::T(response) = response {
                response.content.iter_mut().for_each(|(media, content)| bytes(media, content));
            }
        }
        let public = operation.extensions.as_ref().and_then(|all| all.get("x-permission"));
        if public.is_some_and(|permission| permission == "public") {
            operation.security = Some(vec![SecurityRequirement::default()]);
        }
        let later = Ref::from_response_name(LATER);
        operation.responses.responses.entry("503".to_owned()).or_insert(RefOr::Ref(later));
    }
    let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    let later = ResponseBuilder::new()
        .description(
            "Too much at once, or the storage is away: wait as `Retry-After` says, then send the same again.",
        )
        .content("application/problem+json", problem)
        .build();
    let components = document.components.get_or_insert_with(Default::default);
    components.responses.insert(LATER.to_owned(), later.into());
    open_parts(&mut components.schemas);
}

// Its only content is that there is none: it may be left out.
fn takes_nothing(content: &RefOr<Content>) -> bool {
    let RefOr::T(Content { schema: Some(RefOr::Ref(name)), .. }) = content else { return false };
    name.ref_location == Ref::from_schema_name("Nothing").ref_location
}

// A shape that takes no other fields, and is a part of a larger one, would refuse the rest of that.
fn open_parts(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let closed: BTreeMap<String, Object> = schemas
        .iter()
        .filter_map(|(name, schema)| match schema {
            RefOr::T(Schema::Object(object)) => {
                let others = object.additional_properties.as_deref();
                let takes_none = matches!(others, Some(AdditionalProperties::FreeForm(false)));
                takes_none.then(|| (Ref::from_schema_name(name).ref_location, object.clone()))
            }
            _ => None,
        })
        .collect();
    for schema in schemas.values_mut() {
        let RefOr::T(Schema::AllOf(whole)) = schema else { continue };
        for part in &mut whole.items {
            if let RefOr::Ref(name) = part
                && let Some(object) = closed.get(&name.ref_location)
            {
                let mut object = object.clone();
                object.additional_properties = None;
                *part = Schema::Object(object).into();
            }
        }
    }
}

/// The answer of a node that can't take a request now, by its name in the description.
const LATER: &str = "Later";

fn spell(parameter: &mut Parameter) {
    let Some(RefOr::T(Schema::Object(schema))) = &mut parameter.schema else { return };
    if parameter.parameter_in == ParameterIn::Header {
        // A header is there or not: it is never null.
        schema.schema_type = Type::String.into();
    }
    match (&parameter.parameter_in, parameter.name.as_str()) {
        (ParameterIn::Header, "Idempotency-Key") => schema.format = Some(uuid()),
        (ParameterIn::Path, name) if name == "id" || name.ends_with("_id") => schema.format = Some(uuid()),
        (ParameterIn::Header, "If-Match") => schema.pattern = Some(r#"^(W/)?"?[0-9]{1,18}"?$"#.to_owned()),
        (ParameterIn::Header, "Content-Range") => {
            schema.pattern = Some("^bytes [0-9]{1,15}-[0-9]{1,15}/[0-9]{1,15}$".to_owned());
        }
        (ParameterIn::Path, "sha256") => schema.pattern = Some("^[0-9a-f]{64}$".to_owned()),
        _ => {}
    }
}

fn uuid() -> SchemaFormat {
    SchemaFormat::KnownFormat(KnownFormat::Uuid)
}

// What is derived of `Vec<u8>` says a JSON list of numbers.
fn bytes(media: &str, content: &mut RefOr<Content>) {
    let RefOr::T(content) = content else { return };
    if !media.ends_with("json") && matches!(content.schema, None | Some(RefOr::T(Schema::Array(_)))) {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        content.schema = Some(ObjectBuilder::new().schema_type(Type::String).format(Some(binary)).into());
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}
