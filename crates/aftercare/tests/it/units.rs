//! Every route with an id × every role × unit (decision 1): what belongs to others is as unknown as what nobody has.
//!
//! The routes come from the description of the API, their bodies from its shapes. A new route with an id fails here until
//! [`subject`] says whose record it is about.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use http::Method;
use identity::{Role, may};
use kit::params;
use serde_json::{Map, Value, json};

use crate::both;
use crate::customers::{TIANHE, agent, customer, id, site};
use crate::visits::{Job, employ, job};
use crate::world::{Client, World};

/// Whose a route's record is.
enum Subject {
    /// A unit's, or what it shares with an engineer or a customer: the name of the record in [`Near::ids`].
    Unit(&'static str),
    /// Everybody's who holds the permission, and why.
    Company(&'static str),
    /// The account's own.
    Account,
}

/// The kind of record that a route is about, if a unit has it.
pub fn of_a_unit(route: &Route) -> Option<&'static str> {
    if !route.path.contains('{') {
        return None;
    }
    match subject(&route.method, &route.path) {
        Subject::Unit(name) => Some(name),
        Subject::Company(_) | Subject::Account => None,
    }
}

fn subject(method: &Method, path: &str) -> Subject {
    use Subject::{Account, Company, Unit};
    let place = path.split('/').nth(2).unwrap_or_default();
    match place {
        "files" if method == Method::PUT => Company("whoever sends a file shows its bytes"),
        "acceptances" | "agreements" | "assets" | "board" | "calls" | "cases" | "contacts" | "coverage"
        | "customers" | "deliveries" | "employees" | "exclusions" | "files" | "follow-ups" | "on-call"
        | "complaints" | "customer-requests" | "overrulings" | "service-orders" | "sites"
        | "tracking-links" | "visits" | "work-orders" => Unit(match place {
            "acceptances" => "acceptance",
            "agreements" => "agreement",
            "assets" => "asset",
            "calls" => "call",
            "cases" => "case",
            "complaints" => "complaint",
            "contacts" => "contact",
            "coverage" => "decision",
            "customer-requests" => "customer_request",
            "customers" => "customer",
            "deliveries" => "delivery",
            "employees" => "employee",
            "exclusions" => "exclusion",
            "files" => "file",
            "follow-ups" => "follow_up",
            "board" | "on-call" => "unit",
            "overrulings" => "overruling",
            "service-orders" | "work-orders" => "work_order",
            "sites" => "site",
            "tracking-links" => "tracking_link",
            _ => "visit",
        }),
        "accounts" | "tokens" => Company("security administrators keep every account"),
        "units" | "hotlines" | "webhooks" => Company("system administrators keep the whole company's"),
        "checklists" | "designated-parties" | "fault-codes" | "note-templates" | "products" => {
            Company("a catalogue")
        }
        "policy" | "price-lists" => Company("one promise and one price list for all"),
        "engineer-photo" => Company("the token is the key: 256 random bits that live for a while"),
        "badge" | "public" | "report" | "track" => Company("the code or link is the key; nobody signs in"),
        "alerts" | "imports" | "me" | "saved-views" => Account,
        other => panic!("{method} {path}: say in `subject` whose the records of /{other}/ are"),
    }
}

/// A route of the description.
pub struct Route {
    pub method: Method,
    pub path: String,
    /// Who may; nobody in particular where nobody signs in.
    pub roles: &'static [Role],
    /// The least body it takes.
    pub body: Option<Value>,
    /// The names of what may stand in its query.
    pub query: Vec<String>,
}

/// Every route of the description.
pub fn every_route() -> Vec<Route> {
    let description = aftercare::app::description();
    let description: Value = serde_json::from_str(&description.to_json().unwrap()).unwrap();
    let mut routes = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let permission = operation["x-permission"].as_str().unwrap();
            let roles = may::ALL.iter().find(|e| e.name == permission).map_or(&[] as &[Role], |e| e.roles);
            let shape = &operation["requestBody"]["content"]["application/json"]["schema"];
            let body = (!shape.is_null()).then(|| sample(&description, shape));
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let query = parameters.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
            let query = query.map(str::to_owned).collect();
            routes.push(Route { method, path: path.clone(), roles, body, query });
        }
    }
    routes
}

fn routes() -> Vec<Route> {
    every_route().into_iter().filter(|route| route.path.contains('{')).collect()
}

// The least that a shape takes.
fn sample(description: &Value, shape: &Value) -> Value {
    if let Some(reference) = shape["$ref"].as_str() {
        let found = description.pointer(reference.trim_start_matches('#'));
        return sample(description, found.unwrap_or_else(|| panic!("{reference} is not described")));
    }
    if let Some(values) = shape["enum"].as_array() {
        return values[0].clone();
    }
    if let Some(all) = shape["allOf"].as_array() {
        let mut whole = Map::new();
        for part in all {
            whole.extend(sample(description, part).as_object().unwrap().clone());
        }
        return Value::Object(whole);
    }
    if let Some(one) = shape["oneOf"].as_array().or(shape["anyOf"].as_array()) {
        return sample(description, one.iter().find(|s| s["type"] != "null").unwrap());
    }
    let kind = shape["type"].as_str().or_else(|| shape["type"].as_array()?.iter().find_map(Value::as_str));
    match (kind.unwrap_or("object"), shape["format"].as_str()) {
        ("string", Some("date")) => json!("2026-10-09"),
        ("string", Some("date-time")) => json!("2026-10-09T12:00:00Z"),
        ("string", Some("uuid")) => json!(NOBODYS),
        ("string", _) => json!("客户要求如此"),
        ("integer", _) => json!(1),
        ("number", _) => json!(1.0),
        ("boolean", _) => json!(true),
        ("array", _) => json!([sample(description, &shape["items"])]),
        _ => {
            let required = shape["required"].as_array().cloned().unwrap_or_default();
            let field = |name: &Value| {
                let name = name.as_str().unwrap();
                (name.to_owned(), sample(description, &shape["properties"][name]))
            };
            Value::Object(required.iter().map(field).collect())
        }
    }
}

/// An id, and a digest, that no record has.
pub const NOBODYS: &str = "00000000-0000-7000-8000-000000000000";
pub const NO_DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A record of each kind in one unit.
pub struct Near {
    pub job: Job,
    ids: BTreeMap<&'static str, String>,
    clients: BTreeMap<(Role, bool), Client>,
}

async fn text(world: &World, sql: &str) -> String {
    let row = world.app.db.reader().await.unwrap().row(sql, &[]).await.unwrap();
    row.unwrap_or_else(|| panic!("{sql}: none")).get("found").unwrap()
}

/// A complaint that the desk took.
async fn complaint(world: &World, job: &Job) -> String {
    let report = json!({
        "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
        "symptom": "迟到", "effects": {},
    });
    let case = id(&job.desk.agent.post("/api/cases", report).await.expect(201));
    world.run_jobs().await;
    case
}

impl Near {
    pub async fn new(world: &World) -> Self {
        let mut near =
            Self { job: job(world, "2026-03-03").await, ids: BTreeMap::new(), clients: BTreeMap::new() };
        near.make(world).await;
        near
    }

    /// Makes what changes while it is used: engineers with a visit each, cases at several stages, an agreement, a call.
    pub async fn make(&mut self, world: &World) {
        let unit = self.job.desk.company.shenzhen.clone();
        self.job.engineers =
            vec![employ(world, &unit, "工程师丙").await, employ(world, &unit, "工程师丁").await];
        let job = &self.job;
        let asset = job.manager.get(&format!("/api/assets/{}", job.desk.asset)).await.expect(200);
        if asset["accepted_on"].is_null() {
            let acceptance = json!({
                "site_id": job.desk.site, "asset_ids": [job.desk.asset], "accepted_on": "2026-03-03", "signed_by_name": "客户代表",
                "signature": { "strokes": [[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]] },
            });
            job.manager.post("/api/acceptances", acceptance).await.expect(201);
        }
        let (_, follow_up) = crate::care::mended(world, job).await;
        let other = job.reported().await;
        let case = job.agreed().await;
        let order = job.order(&case).await;
        let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
        job.at_work(&visit).await;
        job.worked(&visit).await;
        let charge = json!({ "price_line_id": job.labour, "quantity_milli": 1000 });
        job.does(&visit, &[("charge", charge), ("present", json!({}))]).await;
        let finding = json!({ "code": "abnormal_operation", "text": "闸杆被车辆撞断" });
        let finding = job.manager.post(&format!("/api/cases/{case}/exclusions"), finding).await.expect(201);
        let decision =
            text(world, &format!("SELECT decision_id AS found FROM case_coverage WHERE case_id = '{case}'"))
                .await;
        let overrule = json!({ "verdict": "chargeable", "reason": "客户同意付费" });
        job.manager.post(&format!("/api/coverage/{decision}/overrule"), overrule).await.expect(201);
        let site = job.desk.agent.get(&format!("/api/sites/{}", job.desk.site)).await.expect(200);
        let agreement = json!({
            "customer_id": site["customer_id"], "asset_ids": [job.desk.asset], "covered_from": "2026-10-01",
            "covered_to": "2026-12-31", "price_minor": 1_200_000, "currency": "CNY",
        });
        let call = json!({ "dialled": "075526001234", "caller": "13812341234", "started_at": world.app.clock.now(), "outcome": "missed" });
        let (agreement, call) = (
            id(&job.manager.post("/api/agreements", agreement).await.expect(201)),
            id(&job.desk.agent.post("/api/calls", call).await.expect(201)),
        );
        let newest = |table: &str| format!("SELECT MAX(id) AS found FROM {table}");
        let link =
            job.manager.post(&format!("/api/cases/{case}/tracking-links"), json!({})).await.expect(201);
        published_plan(world, &unit).await;
        self.ids = BTreeMap::from([
            ("customer_request", customer_request(world, &case).await),
            ("tracking_link", id(&link)),
            ("acceptance", text(world, &newest("acceptance")).await),
            ("agreement", agreement),
            ("asset", job.desk.asset.clone()),
            ("call", call),
            ("case", case.clone()),
            ("charge", text(world, &newest("charge")).await),
            ("contact", job.desk.contact.clone()),
            ("customer", site["customer_id"].as_str().unwrap().to_owned()),
            ("decision", decision),
            ("complaint", complaint(world, job).await),
            ("delivery", delivery(world, &case, &unit).await),
            ("employee", job.engineers[0].0.clone()),
            ("exclusion", id(&finding["findings"][0])),
            ("file", job.photo("after").await),
            ("follow_up", follow_up),
            ("other_case", other),
            ("overruling", text(world, &newest("coverage_overruling")).await),
            ("site", job.desk.site.clone()),
            ("unit", unit),
            ("visit", visit),
            ("work_order", order),
        ]);
    }

    /// The address of a record of that kind, or of nobody's.
    pub fn path(&self, route: &Route, name: &str, own: bool) -> String {
        let mut first = true;
        let fill = |part: &str| match part {
            "{sha256}" if !own => NO_DIGEST.to_owned(),
            "{charge_id}" => self.ids["charge"].clone(),
            // A plan of the unit was published.
            "{number}" => "1".to_owned(),
            part if part.starts_with('{') && std::mem::take(&mut first) => {
                if own {
                    self.ids[name].clone()
                } else {
                    NOBODYS.to_owned()
                }
            }
            part if part.starts_with('{') => panic!("{}: what is the second id?", route.path),
            part => part.to_owned(),
        };
        let path = route.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        if route.path.ends_with("/effect") {
            let start = self.job.world.app.clock.now().plus(kit::Ts::HOUR);
            return format!("{path}?engineer={}&start={start}", self.job.engineers[0].0);
        }
        path
    }

    // What the least body must say more exactly to get as far as the record.
    fn body(&self, route: &Route) -> Option<Value> {
        let mut body = route.body.clone()?;
        if route.path.ends_with("/merge") {
            body["into"] = json!(self.ids["other_case"]);
        }
        if route.path.ends_with("/concerned") {
            body["employee_ids"] = json!([self.ids["employee"]]);
        }
        if route.path == "/api/visits/{id}/exclusion" {
            body["code"] = json!("abnormal_operation");
        }
        Some(body)
    }

    async fn ask(&self, client: &Client, route: &Route, name: &str, own: bool) -> (u16, String) {
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if route.method != Method::GET {
            headers.push(("idempotency-key", client.key()));
            headers.push(("if-match", "\"1\"".to_owned()));
        }
        let body = self.body(route).map(|b| b.to_string().into_bytes());
        client.head(route.method.clone(), &self.path(route, name, own), &headers, body).await
    }

    /// Somebody who holds a role in this unit or, `far`, in another one.
    pub async fn client(&mut self, world: &World, role: Role, far: bool) -> Client {
        let company = &self.job.desk.company;
        let unit = if far { &company.guangzhou } else { &company.shenzhen };
        let entry = match self.clients.entry((role, far)) {
            Entry::Occupied(known) => return known.get().clone(),
            Entry::Vacant(entry) => entry,
        };
        let client = match role {
            Role::Engineer => employ(world, unit, "工程师戊").await.1,
            Role::CustomerContact => {
                let customer = if far {
                    let there = agent(world, unit).await;
                    let other = customer(&there, "天河公司").await;
                    site(&there, &other, "天河仓库", TIANHE).await;
                    other
                } else {
                    self.ids["customer"].clone()
                };
                world.client_in(&[role], None, None, Some(&customer)).await
            }
            Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => world.client(role).await,
            role => world.client_in(&[role], Some(unit), None, None).await,
        };
        entry.insert(client).clone()
    }
}

async fn published_plan(world: &World, unit: &str) {
    let (unit, now) = (unit.to_owned(), world.app.clock.now());
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO planning_area (unit_id, mode, version, changed_at, changed_by) VALUES ($1, 'off', 2, $2, $1) \
                 ON CONFLICT (unit_id) DO NOTHING",
                params![&unit, now],
            )
            .await?;
            tx.execute(
                "INSERT INTO plan_version (unit_id, number, made_at, kinds, why, cost_before, cost_after, content, changes, visits, \
                 moves, left_out, changed, state) VALUES ($1, 1, $2, '[]', '[\"first\"]', 0, 0, \
                 '{\"visits\":[],\"moves\":[],\"left_out\":[]}', '[]', 0, 0, 0, 0, 'published') ON CONFLICT (unit_id, number) DO NOTHING",
                params![&unit, now],
            )
            .await
        })
    });
    write.await.unwrap();
}

async fn customer_request(world: &World, case: &str) -> String {
    let now = world.app.clock.now();
    let made = world.app.ids.next(now).to_string();
    let (key, case) = (made.clone(), case.to_owned());
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO customer_request (id, case_id, kind, words, made_at, made_by, state) \
                 VALUES ($1, $2, 'addition', '门口的那台', $3, $1, 'open')",
                params![key, case, now],
            )
            .await
        })
    });
    write.await.unwrap();
    made
}

async fn delivery(world: &World, case: &str, unit: &str) -> String {
    let now = world.app.clock.now();
    let made = world.app.ids.next(now).to_string();
    let (key, case, unit) = (made.clone(), case.to_owned(), unit.to_owned());
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO delivery (id, kind, at, channel, recipient_kind, recipient_id, case_id, unit_id, message_id, facts, payload, \
                 state, failure, last_error, created_at) VALUES ($4, 'case.reported', $3, 'smtp', 'contact', $4, $1, $2, $4, '{}', '', 'failed', 'refused', '550', $3)",
                params![case, unit, now, key],
            )
            .await
        })
    });
    write.await.unwrap();
    made
}

const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];

both!(d01_every_id_of_another_unit_is_unknown_by_every_route_to_every_role, |world| async move {
    let mut near = Near::new(&world).await;
    let (mut asked, mut faults) = (0, Vec::new());
    for route in routes() {
        let Subject::Unit(name) = subject(&route.method, &route.path) else { continue };
        for role in route.roles {
            let what = |who: &str| format!("{} {} as {role} {who}", route.method, route.path);
            // What administrators keep for the whole company is theirs; of the rest they see nothing.
            let administers =
                ADMINISTRATORS.contains(role) && matches!(name, "delivery" | "employee" | "unit");
            if !administers {
                let far = near.client(&world, *role, true).await;
                let mut strangers = vec![("elsewhere", far)];
                if *role == Role::Engineer && name != "employee" {
                    strangers.push(("at the next desk", near.client(&world, *role, false).await));
                }
                for (who, stranger) in strangers {
                    let foreign = near.ask(&stranger, &route, name, true).await;
                    let nobodys = near.ask(&stranger, &route, name, false).await;
                    if foreign.0 != 404 || foreign != nobodys {
                        faults.push(format!("{}: {foreign:?}, nobody's {nobodys:?}", what(who)));
                    }
                    asked += 1;
                }
            }
            if ADMINISTRATORS.contains(role) && !administers {
                continue;
            }
            let mut answer = (404, String::new());
            for again in [false, true] {
                // A command before may have ended what gave somebody the right to see the record.
                if again {
                    near.make(&world).await;
                }
                let own = match role {
                    Role::Engineer => near.job.engineers[0].1.clone(),
                    role => near.client(&world, *role, false).await,
                };
                answer = near.ask(&own, &route, name, true).await;
                if answer.0 != 404 {
                    break;
                }
            }
            if answer.0 == 404 || answer.0 >= 500 {
                faults.push(format!("{}: {answer:?}, and it is their own", what("here")));
            }
            asked += 1;
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "{} of {asked}", faults.len());
    assert!(asked > 500, "{asked}");
});

both!(d01_ones_sessions_are_ones_own, |world| async move {
    let (one, two) = (world.client(Role::Expert).await, world.client(Role::Expert).await);
    let theirs = one.get("/api/me/sessions").await.expect(200);
    let session = theirs.as_array().or(theirs["items"].as_array()).unwrap()[0]["id"].clone();
    let path = |id: &str| format!("/api/me/sessions/{id}");
    let foreign = two.delete(&path(session.as_str().unwrap())).await;
    let nobodys = two.delete(&path(NOBODYS)).await;
    assert_eq!((foreign.status, &foreign.json["code"]), (404, &nobodys.json["code"]));
    one.get("/api/me").await.expect(200);
});

#[test]
fn every_route_with_an_id_says_whose_it_is() {
    for route in routes() {
        match subject(&route.method, &route.path) {
            Subject::Company(why) => assert!(!why.is_empty()),
            Subject::Unit(_) | Subject::Account => {}
        }
    }
}
