//! F10: every operation of the description with input that nobody means: no 5xx, no status that the description doesn't name, no
//! panic, and every invariant holds afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use crate::ground::{Stage, key};
use crate::program::{Http, Reply};

const CLIENTS: i64 = 8;
const ROLES: &[&str] = &["hotline_agent", "dispatcher", "branch_manager", "engineer", "system_admin", ""];
/// Ends the session that asks, or streams.
const LEFT_OUT: &[(&str, &str)] = &[
    ("delete", "/api/session"),
    ("delete", "/api/me/sessions/{id}"),
    ("post", "/api/me/password"),
    ("get", "/api/live"),
    ("post", "/api/demo/clock"),
];
/// What would lead the program outside gets no input that could be accepted: nothing here leaves this machine.
const OUTSIDE: &[&str] = &["webhook", "notification-settings", "sms"];
const WIDE: i64 = 1 << 62;

/// Sends until the time is over, to each operation at least once.
pub async fn run(stage: Stage, mut dice: Dice, budget: Duration) -> Result<String> {
    let program = stage.serve()?;
    let description: Value = serde_json::from_str(&aftercare::app::description().to_json()?)?;
    let operations = Arc::new(operations(&description)?);
    let (began, known) = (Instant::now(), Arc::<Mutex<Vec<String>>>::default());
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let mut fuzzer = Fuzzer {
            dice: Dice::new(dice.between(0, WIDE).unsigned_abs()),
            address: program.address,
            cookies: ROLES.iter().map(|role| stage.cookie(role).to_owned()).collect(),
            description: description.clone(),
            operations: operations.clone(),
            known: known.clone(),
            answers: BTreeMap::new(),
            wrong: BTreeSet::new(),
        };
        clients.spawn(async move {
            let mut at = usize::try_from(client).unwrap_or(0);
            while began.elapsed() < budget * 4 / 5 || at < fuzzer.operations.len() {
                let operation = at % fuzzer.operations.len();
                fuzzer.one(operation).await?;
                at += usize::try_from(CLIENTS).unwrap_or(1);
                // A whole turn has another number of operations than there are clients: each meets all.
                if at % fuzzer.operations.len() < usize::try_from(CLIENTS).unwrap_or(1)
                    && fuzzer.dice.chance(50)
                {
                    at += 1;
                }
                ensure!(
                    began.elapsed() < budget * 2,
                    "one turn over the description takes more than {budget:?}"
                );
            }
            Ok::<_, anyhow::Error>(fuzzer)
        });
    }
    let (mut answers, mut wrong) = (BTreeMap::<u16, u64>::new(), BTreeSet::new());
    while let Some(done) = clients.join_next().await {
        let fuzzer = done??;
        for (status, count) in fuzzer.answers {
            *answers.entry(status).or_default() += count;
        }
        wrong.extend(fuzzer.wrong);
    }
    let log = std::fs::read_to_string(stage.place.data.join("server.log")).unwrap_or_default();
    ensure!(
        wrong.is_empty(),
        "{} findings:\n{}",
        wrong.len(),
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
    ensure!(!log.contains("panicked"), "the program panicked:\n{log}");
    for role in ROLES.iter().filter(|role| !role.is_empty()) {
        let reply = stage.connect(&program, role).await?.get("/api/me").await?;
        ensure!(reply.status == 200, "the session of the {role} was lost");
    }
    program.kill()?;
    stage.check()?;
    let sent: u64 = answers.values().sum();
    Ok(format!(
        "{sent} requests to {} operations: {answers:?}; no 5xx, no undocumented status, no panic",
        operations.len()
    ))
}

struct Operation {
    method: String,
    path: String,
    parameters: Vec<Value>,
    body: Option<Value>,
    statuses: BTreeSet<String>,
}

fn operations(description: &Value) -> Result<Vec<Operation>> {
    let mut all = Vec::new();
    for (path, methods) in description["paths"].as_object().context("no paths")? {
        for (method, operation) in methods.as_object().context("no operations")? {
            if LEFT_OUT.contains(&(method.as_str(), path.as_str())) {
                continue;
            }
            all.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                parameters: operation["parameters"].as_array().cloned().unwrap_or_default(),
                body: operation
                    .get("requestBody")
                    .map(|body| body["content"]["application/json"]["schema"].clone()),
                statuses: operation["responses"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(status, _)| status.clone())
                    .collect(),
            });
        }
    }
    Ok(all)
}

struct Fuzzer {
    dice: Dice,
    address: SocketAddr,
    cookies: Vec<String>,
    description: Value,
    operations: Arc<Vec<Operation>>,
    /// Ids that answers named.
    known: Arc<Mutex<Vec<String>>>,
    answers: BTreeMap<u16, u64>,
    wrong: BTreeSet<String>,
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{0}",
    "a\u{0}b",
    "'; DROP TABLE event; --",
    "' OR 1=1 --",
    "\" OR pg_sleep(3) --",
    "%",
    "_",
    "%%%%",
    "\\",
    "../../etc/passwd",
    "..\\..\\windows",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "=1+1",
    "@SUM(A1)",
    "\r\nX-Injected: 1",
    "\u{202e}abc",
    "\u{feff}",
    "\u{10ffff}",
    "👩‍👩‍👧‍👦",
    "道闸",
    "ﷺ",
    "true",
    "null",
    "NaN",
    "-0",
    "1e309",
    "9223372036854775808",
    "-9223372036854775809",
    "2026-13-45",
    "0000-00-00",
    "9999-12-31T23:59:60Z",
    "-262144-01-01T00:00:00Z",
    "2026-02-30",
    "Asia/Nowhere",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "018f0000-0000-7000-8000-000000000000",
    "%00",
    "%ff%fe",
    "0x41",
    "١٢٣",
    "13800138000",
    "a@b",
    "@",
];

impl Fuzzer {
    fn text(&mut self) -> String {
        match self.dice.between(1, 12) {
            1 => "a".repeat(usize::try_from(self.dice.between(200, 9000)).unwrap_or(200)),
            2 | 3 => self.known_id(),
            4 => (0..self.dice.between(1, 12))
                .filter_map(|_| char::from_u32(u32::try_from(self.dice.between(1, 0x2fff)).ok()?))
                .collect(),
            _ => (*self.dice.one(TEXTS)).to_owned(),
        }
    }

    fn known_id(&mut self) -> String {
        let known = self.known.lock().map(|known| known.clone()).unwrap_or_default();
        if known.is_empty() { key() } else { self.dice.one(&known).clone() }
    }

    fn number(&mut self) -> Value {
        match self.dice.between(1, 10) {
            1 => json!(i64::MAX),
            2 => json!(i64::MIN),
            3 => json!(-1),
            4 => json!(0),
            5 => json!(1e300),
            6 => json!(0.1),
            7 => json!(u64::MAX),
            8 => json!(i64::from(i32::MAX) + 1),
            _ => json!(self.dice.between(-5, 3000)),
        }
    }

    fn anything(&mut self, depth: usize) -> Value {
        match self.dice.between(1, 9) {
            1 => Value::Null,
            2 => json!(self.dice.chance(50)),
            3 | 4 => self.number(),
            5 if depth < 4 => {
                Value::Array((0..self.dice.between(0, 4)).map(|_| self.anything(depth + 1)).collect())
            }
            6 if depth < 4 => (0..self.dice.between(0, 4))
                .map(|_| (self.text(), self.anything(depth + 1)))
                .collect::<Map<_, _>>()
                .into(),
            _ => json!(self.text()),
        }
    }

    /// Mostly what the description asks for, with values at the edge of it and beyond.
    fn fitting(&mut self, schema: &Value, depth: usize) -> Value {
        if depth > 12 || self.dice.chance(6) {
            return self.anything(0);
        }
        if let Some(name) = schema["$ref"].as_str() {
            let schema = self.description.pointer(name.trim_start_matches('#')).cloned().unwrap_or_default();
            return self.fitting(&schema, depth + 1);
        }
        if let Some(choices) = schema["enum"].as_array().filter(|c| !c.is_empty()) {
            return self.dice.one(choices).clone();
        }
        for name in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[name].as_array().filter(|c| !c.is_empty()) {
                let choice = self.dice.one(choices).clone();
                return self.fitting(&choice, depth + 1);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let mut whole = Map::new();
            for part in parts {
                if let Value::Object(fields) = self.fitting(part, depth + 1) {
                    whole.extend(fields);
                }
            }
            return whole.into();
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) if !kinds.is_empty() => self.dice.one(kinds).clone(),
            kind => kind.clone(),
        };
        match kind.as_str() {
            Some("object") => self.object(schema, depth),
            Some("array") => {
                let many = if self.dice.chance(3) { 700 } else { self.dice.between(0, 3) };
                Value::Array((0..many).map(|_| self.fitting(&schema["items"], depth + 1)).collect())
            }
            Some("integer" | "number") => self.number(),
            Some("boolean") => json!(self.dice.chance(50)),
            Some("null") => Value::Null,
            Some("string") => match schema["format"].as_str() {
                Some("uuid") if self.dice.chance(80) => json!(self.known_id()),
                Some("date-time") if self.dice.chance(70) => {
                    json!(*self.dice.one(&[
                        "2026-10-09T08:40:00Z",
                        "1970-01-01T00:00:00Z",
                        "9999-12-31T23:59:59Z",
                        "-009999-01-01T00:00:00Z"
                    ]))
                }
                Some("date") if self.dice.chance(70) => {
                    json!(*self.dice.one(&["2026-10-09", "9999-12-31", "-009999-01-01", "2024-02-29"]))
                }
                _ => json!(self.text()),
            },
            _ => self.anything(depth),
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut fields = Map::new();
        let needed: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, of) in schema["properties"].as_object().into_iter().flatten() {
            let chance = if needed.contains(&name.as_str()) { 97 } else { 50 };
            if self.dice.chance(chance) {
                fields.insert(name.clone(), self.fitting(of, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            for _ in 0..self.dice.between(0, 3) {
                fields.insert(self.text(), self.fitting(&schema["additionalProperties"], depth + 1));
            }
        }
        if self.dice.chance(3) {
            fields.insert("version".into(), self.number());
        }
        fields.into()
    }

    fn body(&mut self, operation: &Operation) -> Vec<u8> {
        let outside = OUTSIDE.iter().any(|word| operation.path.contains(word));
        match self.dice.between(1, 20) {
            1 => Vec::new(),
            2 => b"{".to_vec(),
            3 => b"\xff\xfe\x00".to_vec(),
            4 => [vec![b'['; 5000], vec![b']'; 5000]].concat(),
            5 => b"{\"a\":1,\"a\":2}".to_vec(),
            6 => self.anything(0).to_string().into_bytes(),
            _ if outside => json!({ "unknown": self.anything(0) }).to_string().into_bytes(),
            _ => match &operation.body {
                Some(schema) if schema.is_object() => self.fitting(schema, 0).to_string().into_bytes(),
                // Files and operations without input.
                _ if self.dice.chance(50) => self.text().into_bytes(),
                _ => Vec::new(),
            },
        }
    }

    async fn one(&mut self, at: usize) -> Result<()> {
        let operations = self.operations.clone();
        let operation = &operations[at];
        let mut path = operation.path.clone();
        let mut query = Vec::new();
        let mut headers: Vec<(String, String)> = vec![("content-type".into(), "application/json".into())];
        for parameter in &operation.parameters {
            let name = parameter["name"].as_str().unwrap_or_default();
            let value = match self.fitting(&parameter["schema"], 0) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            match parameter["in"].as_str() {
                Some("path") => {
                    let value = if self.dice.chance(60) { self.known_id() } else { value };
                    path = path.replace(&format!("{{{name}}}"), &encoded(&value));
                }
                Some("query") if self.dice.chance(60) => query.push(format!("{name}={}", encoded(&value))),
                Some("header") if name.eq_ignore_ascii_case("idempotency-key") => {
                    let value = if self.dice.chance(90) { key() } else { line(&value) };
                    headers.push(("idempotency-key".into(), value));
                }
                Some("header") if name.eq_ignore_ascii_case("if-match") => {
                    let value = if self.dice.chance(80) {
                        format!("\"{}\"", self.dice.between(1, 3))
                    } else {
                        line(&value)
                    };
                    headers.push(("if-match".into(), value));
                }
                Some("header") if self.dice.chance(50) => headers.push((name.to_lowercase(), line(&value))),
                _ => {}
            }
        }
        if self.dice.chance(5) {
            let text = self.text();
            let name = *self.dice.one(&[
                "accept-language",
                "content-type",
                "device-time",
                "device-drift",
                "accept",
                "range",
                "x-forwarded-for",
                "origin",
            ]);
            headers.push((name.into(), line(&text)));
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let body = if operation.method == "GET" { Vec::new() } else { self.body(operation) };
        let cookie = self.dice.one(&self.cookies).clone();
        let sent: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let asking = async {
            // A connection each: whoever is refused in the middle of a body is told by its end.
            let mut http = Http::connect(self.address, &cookie).await?;
            http.send(&operation.method, &path, &sent, &body).await
        };
        let reply = match tokio::time::timeout(Duration::from_secs(20), asking).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::InvalidData => {
                bail!("{} {path}: {error}", operation.method)
            }
            Ok(Err(_)) => return Ok(()),
            Err(_) => {
                self.wrong.insert(format!("{} {}: no answer in 20 s", operation.method, operation.path));
                return Ok(());
            }
        };
        *self.answers.entry(reply.status).or_default() += 1;
        self.learn(&reply);
        if let Some(why) = undocumented(operation, &reply) {
            let shown: String = String::from_utf8_lossy(&body).chars().take(300).collect();
            let told: String = String::from_utf8_lossy(&reply.body).chars().take(200).collect();
            // One example of each is enough.
            let name = format!("{} {} {why}", operation.method, operation.path);
            if !self.wrong.iter().any(|known| known.starts_with(&name)) {
                self.wrong.insert(format!("{name}: {path} {headers:?} {shown} -> {told}"));
            }
        }
        Ok(())
    }

    fn learn(&mut self, reply: &Reply) {
        if reply.status >= 300 || !self.dice.chance(30) {
            return;
        }
        let mut found = Vec::new();
        ids(&reply.json(), &mut found);
        if let Ok(mut known) = self.known.lock() {
            for id in found {
                if known.len() < 600 {
                    known.push(id);
                } else {
                    let at = usize::try_from(self.dice.between(0, 599)).unwrap_or(0);
                    known[at] = id;
                }
            }
        }
    }
}

fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() == 36 && uuid::Uuid::try_parse(text).is_ok() => {
            found.push(text.clone())
        }
        Value::Array(all) => all.iter().take(20).for_each(|one| ids(one, found)),
        Value::Object(all) => all.values().for_each(|one| ids(one, found)),
        _ => {}
    }
}

/// What is wrong with an answer, by its status.
fn undocumented(operation: &Operation, reply: &Reply) -> Option<String> {
    let status = reply.status.to_string();
    let family = format!("{}XX", &status[..1]);
    if operation.statuses.contains(&status) || (reply.status < 500 && operation.statuses.contains(&family)) {
        return None;
    }
    Some(format!("answered {status}"))
}

fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}

/// A text as the value of a header: without what would end its line.
fn line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(2000).collect()
}
