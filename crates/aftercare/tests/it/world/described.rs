//! Holds every answer that a test gets against the description of the API: its status, its media type and its shape.

use std::sync::LazyLock;

use http::{HeaderMap, Method, header};
use serde_json::Value;

/// The description, as clients read it.
static DESCRIPTION: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(aftercare::app::description()).unwrap());

/// What of an answer doesn't fit the description; nothing for what is no route of it.
///
/// A 500 is not described: which test makes one says so itself.
pub fn misfit(method: &Method, uri: &str, status: u16, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let path = uri.split('?').next().unwrap_or_default();
    let operation = operation(method, path)?;
    if status == 500 {
        return None;
    }
    let told = |what: String| Some(format!("{method} {path} answered {status}: {what}"));
    let Some(response) = response(operation, status) else { return told("not described".into()) };
    let Some(content) = response["content"].as_object() else {
        return if body.is_empty() { None } else { told("described without a body".into()) };
    };
    let sent = headers.get(header::CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or_default();
    let media = sent.split(';').next().unwrap_or_default();
    let Some((_, described)) = content.iter().find(|(name, _)| takes(name, media)) else {
        let names: Vec<_> = content.keys().collect();
        return told(format!("{media:?} is none of {names:?}"));
    };
    if !media.ends_with("json") {
        return None;
    }
    let body: Value = match serde_json::from_slice(body) {
        Ok(body) => body,
        Err(error) => return told(format!("no JSON: {error}")),
    };
    fits(&described["schema"], &body, "").err().and_then(told)
}

// The most literal template that the path fits.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let literal = |template: &str| -> Option<usize> {
        let names: Vec<&str> = template.split('/').collect();
        let fits = names.len() == parts.len()
            && names.iter().zip(&parts).all(|(name, part)| name.starts_with('{') || name == part);
        fits.then(|| names.iter().filter(|name| !name.starts_with('{')).count())
    };
    let paths = DESCRIPTION["paths"].as_object()?;
    let (_, operations) = paths
        .iter()
        .filter_map(|(template, operations)| Some((literal(template)?, operations)))
        .max_by_key(|(literal, _)| *literal)?;
    operations.get(method.as_str().to_ascii_lowercase())
}

fn response(operation: &'static Value, status: u16) -> Option<&'static Value> {
    let all = &operation["responses"];
    let found = all.get(status.to_string()).or_else(|| all.get(format!("{}XX", status / 100)))?;
    Some(named(found))
}

// What a reference stands for, or the thing itself.
fn named(thing: &'static Value) -> &'static Value {
    match thing["$ref"].as_str() {
        Some(name) => DESCRIPTION.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null),
        None => thing,
    }
}

fn takes(described: &str, sent: &str) -> bool {
    match described.strip_suffix('*') {
        Some(kind) => sent.starts_with(kind),
        None => described == sent,
    }
}

// JSON Schema as far as the description uses it.
fn fits(schema: &'static Value, value: &Value, at: &str) -> Result<(), String> {
    let schema = named(schema);
    let no = |what: &str| Err(format!("{at:?} {what}: {value}"));
    match &schema["type"] {
        Value::String(name) if !is(name, value) => return no(&format!("is no {name}")),
        Value::Array(names) if !names.iter().filter_map(Value::as_str).any(|name| is(name, value)) => {
            return no(&format!("is none of {names:?}"));
        }
        _ => {}
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        return no("is not in the list");
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return no("is another constant");
    }
    let number = value.as_f64();
    let below = schema["minimum"].as_f64().zip(number).is_some_and(|(least, number)| number < least);
    let above = schema["maximum"].as_f64().zip(number).is_some_and(|(most, number)| number > most);
    if below || above {
        return no("is out of bounds");
    }
    if let (Some(format), Some(text)) = (schema["format"].as_str(), value.as_str())
        && !spelled(format, text)
    {
        return no(&format!("is no {format}"));
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fits(part, value, at)?;
    }
    for (name, all) in [("oneOf", &schema["oneOf"]), ("anyOf", &schema["anyOf"])] {
        let Some(all) = all.as_array() else { continue };
        let found: Vec<_> = all.iter().map(|one| fits(one, value, at)).collect();
        let fitting = found.iter().filter(|one| one.is_ok()).count();
        if fitting == 0 || (name == "oneOf" && fitting > 1) {
            let why: Vec<_> = found.into_iter().filter_map(Result::err).collect();
            return Err(format!("{at:?} fits {fitting} of {name}: {}", why.join("; ")));
        }
    }
    if let Some(items) = value.as_array()
        && let Some(item) = schema.get("items")
    {
        for (index, value) in items.iter().enumerate() {
            fits(item, value, &format!("{at}/{index}"))?;
        }
    }
    let Some(fields) = value.as_object() else { return Ok(()) };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            return no(&format!("has no {name}"));
        }
    }
    for (name, value) in fields {
        let at = format!("{at}/{name}");
        match (schema["properties"].get(name), schema.get("additionalProperties")) {
            (Some(property), _) => fits(property, value, &at)?,
            (None, Some(Value::Bool(false))) => return Err(format!("{at:?} is not described")),
            (None, Some(other)) if other.is_object() => fits(other, value, &at)?,
            _ => {}
        }
    }
    Ok(())
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn spelled(format: &str, text: &str) -> bool {
    match format {
        "uuid" => text.len() == 36 && text.parse::<uuid::Uuid>().is_ok(),
        "date" => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        _ => true,
    }
}

#[test]
fn an_answer_that_is_not_described_is_found() {
    let json = |kind: &'static str| HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]);
    let (plain, problem) = (json("application/json"), json("application/problem+json"));
    let found = |path: &str, status: u16, headers: &HeaderMap, body: Value| {
        misfit(&Method::GET, path, status, headers, body.to_string().as_bytes())
    };
    let refusal = serde_json::json!({ "type": "/errors#x", "status": 404, "code": "x", "title": "x" });
    let id = "0199c5b1-1c00-7000-8000-000000000001";
    assert_eq!(found(&format!("/api/cases/{id}?x=1"), 404, &problem, refusal.clone()), None);
    assert_eq!(found("/api/headless", 200, &plain, Value::Null), None, "no route of the description");
    let page = |items: Value| serde_json::json!({ "items": items, "next": null });
    assert_eq!(found("/api/tokens", 200, &plain, page(serde_json::json!([]))), None);
    for (why, status, headers, body) in [
        ("is none of", 404, &plain, refusal.clone()),
        ("not described", 302, &plain, refusal.clone()),
        ("is no array", 200, &plain, page(serde_json::json!({}))),
        ("has no", 200, &plain, page(serde_json::json!([{}]))),
        ("has no", 200, &plain, refusal),
    ] {
        let told = found("/api/tokens", status, headers, body.clone()).unwrap_or_default();
        assert!(told.contains(why), "{body} gives {told:?}, not {why:?}");
    }
}
