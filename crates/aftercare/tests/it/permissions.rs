//! Every route × every role, from the description of the API and the table of permissions: what is not on both fails.

use http::Method;
use identity::{Role, may};
use serde_json::Value;

use crate::both;
use crate::world::World;

struct Route {
    method: Method,
    path: String,
    permission: String,
}

/// Ways in that need nobody signed in.
const PUBLIC: &str = "public";

fn routes() -> Vec<Route> {
    let description = aftercare::app::description();
    let description: Value = serde_json::from_str(&description.to_json().unwrap()).unwrap();
    let mut routes = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let permission = operation["x-permission"].as_str();
            let permission = permission.unwrap_or_else(|| panic!("{method} {path} names no x-permission"));
            routes.push(Route { method, path: path.clone(), permission: permission.to_owned() });
        }
    }
    routes
}

// Ids that no record has; a digest where one is asked for.
fn filled(path: &str) -> String {
    let mut out = String::new();
    for part in path.split('/').skip(1) {
        out.push('/');
        out.push_str(match part {
            "{sha256}" => "0000000000000000000000000000000000000000000000000000000000000000",
            part if part.starts_with('{') => "00000000-0000-7000-8000-000000000000",
            part => part,
        });
    }
    out
}

#[test]
fn no_name_stands_for_two_shapes() {
    assert_eq!(aftercare::app::api().clashes(), Vec::<String>::new());
}

#[test]
fn every_route_names_a_permission_of_the_table() {
    for route in routes() {
        let known = route.permission == PUBLIC || may::ALL.iter().any(|e| e.name == route.permission);
        assert!(known, "{} {}: {} is not in identity::may", route.method, route.path, route.permission);
    }
}

async fn status(world: &World, role: Option<Role>, route: &Route) -> (u16, String) {
    let client = match role {
        Some(role) => world.client(role).await,
        None => world.anonymous(),
    };
    let headers = [("content-type", "application/json".to_owned()), ("idempotency-key", client.key())];
    let body = (route.method != Method::GET).then(|| b"{}".to_vec());
    client.head(route.method.clone(), &filled(&route.path), &headers, body).await
}

both!(every_route_answers_each_role_as_the_table_says, |world| async move {
    for route in routes() {
        let (anonymous, code) = status(&world, None, &route).await;
        if route.permission == PUBLIC {
            assert_ne!(code, "not_signed_in", "{} {} is public", route.method, route.path);
            continue;
        }
        assert_eq!((anonymous, code.as_str()), (401, "not_signed_in"), "{} {}", route.method, route.path);
        let entry = may::ALL.iter().find(|e| e.name == route.permission).unwrap();
        for role in Role::ALL {
            let (status, code) = status(&world, Some(*role), &route).await;
            let what = format!("{} {} as {role}: {status} {code}", route.method, route.path);
            assert!(status < 500, "{what}");
            assert_eq!(code == "not_permitted", !entry.roles.contains(role), "{what}");
            assert_ne!(code, "not_signed_in", "{what}");
        }
    }
});
