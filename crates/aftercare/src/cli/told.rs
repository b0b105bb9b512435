//! What the API tells engineers and customers, field by field: checked in, so that a new field for them shows up in review
//! and fails CI until somebody has looked at it (ASVS 15.3.1).

use std::collections::BTreeSet;

use identity::{Role, may};
use serde_json::Value;

use super::say;

/// The page.
pub(super) fn told() -> anyhow::Result<()> {
    let description = serde_json::to_value(crate::app::description())?;
    let holds = |permission: &str, role: Role| {
        may::ALL.iter().any(|entry| entry.name == permission && entry.roles.contains(&role))
    };
    say(
        "# Told\n\nGenerated from the program: every answer that engineers and customers can get, and the fields of its shapes.",
    );
    say("\n## Engineers\n");
    tell(&description, |permission| holds(permission, Role::Engineer));
    say("\n## Customers, and whoever has one of their links or codes\n");
    tell(&description, |permission| permission == "public" || holds(permission, Role::CustomerContact));
    Ok(())
}

fn tell(description: &Value, may_ask: impl Fn(&str) -> bool) {
    let (mut answers, mut shapes) = (BTreeSet::new(), BTreeSet::new());
    for (path, operations) in description["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            if !operation["x-permission"].as_str().is_some_and(&may_ask) {
                continue;
            }
            let mut named = BTreeSet::new();
            for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
                if status.starts_with('2') {
                    shapes_in(&answer["content"], &mut named);
                }
            }
            for name in &named {
                with_what_stands_in_it(description, name, &mut shapes);
            }
            if !named.is_empty() {
                answers.insert(format!("- `{} {path}`: {}", method.to_uppercase(), joined(&named)));
            }
        }
    }
    for answer in answers {
        say(&answer);
    }
    say("");
    for name in shapes {
        let mut fields = BTreeSet::new();
        fields_of(&description["components"]["schemas"][&name], &mut fields);
        // An id, a number, a text: nothing to tell.
        if fields.is_empty() {
            continue;
        }
        say(&format!("- **{name}**: {}", joined(&fields)));
    }
}

fn joined(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

// The shapes that a piece of the description refers to itself.
fn shapes_in(piece: &Value, into: &mut BTreeSet<String>) {
    match piece {
        Value::Object(parts) => {
            if let Some(name) = parts.get("$ref").and_then(Value::as_str) {
                into.insert(name.rsplit('/').next().unwrap_or_default().to_owned());
            }
            parts.values().for_each(|part| shapes_in(part, into));
        }
        Value::Array(parts) => parts.iter().for_each(|part| shapes_in(part, into)),
        _ => {}
    }
}

fn with_what_stands_in_it(description: &Value, name: &str, all: &mut BTreeSet<String>) {
    if all.insert(name.to_owned()) {
        let mut parts = BTreeSet::new();
        shapes_in(&description["components"]["schemas"][name], &mut parts);
        parts.iter().for_each(|part| with_what_stands_in_it(description, part, all));
    }
}

// The fields that a shape writes itself, those of a choice too; of an enumeration the values.
fn fields_of(shape: &Value, into: &mut BTreeSet<String>) {
    for (name, part) in shape["properties"].as_object().into_iter().flatten() {
        into.insert(name.clone());
        fields_of(part, into);
    }
    for part in ["allOf", "oneOf", "anyOf"].iter().filter_map(|kind| shape[kind].as_array()).flatten() {
        fields_of(part, into);
    }
    if shape["items"].is_object() {
        fields_of(&shape["items"], into);
    }
    for value in shape["enum"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        into.insert(value.to_owned());
    }
}
