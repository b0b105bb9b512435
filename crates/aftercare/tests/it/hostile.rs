//! Requests that nobody means, at every route of the description: fields that aren't anybody's to set, words that look like
//! statements, markup or paths, secrets that nobody gave out, and a host of the sender's choice. What similar systems were
//! caught by is listed in docs/security-checklist.md.

use http::{Method, header};
use identity::Role;
use serde_json::{Value, json};

use crate::both;
use crate::customers::{agent, company, customer, id, site};
use crate::units::{NO_DIGEST, NOBODYS, Route, every_route};
use crate::visits::job;
use crate::world::{Answer, Client, World};

/// Ids that no record has, a digest that no file has.
fn nobodys(path: &str) -> String {
    let fill = |part: &str| match part {
        "{sha256}" => NO_DIGEST.to_owned(),
        // One of a few words.
        "{kind}" => "cause".to_owned(),
        part if part.starts_with('{') => NOBODYS.to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

async fn whoever_may(world: &World, route: &Route) -> Client {
    match route.roles.first() {
        Some(role) => world.client(*role).await,
        None => world.anonymous(),
    }
}

async fn send(client: &Client, route: &Route, path: &str, body: &str) -> Answer {
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("idempotency-key", client.key()),
        ("if-match", "\"1\"".to_owned()),
    ];
    client.send(route.method.clone(), path, &headers, Some(body.as_bytes().to_vec())).await
}

/// What others' systems took from a request and shouldn't have.
const NOBODYS_TO_SET: [&str; 6] =
    ["tenant_id", "is_admin", "permissions", "warranty_until", "created_at", "password_hash"];

both!(no_route_takes_a_field_that_it_does_not_name, |world| async move {
    let (mut asked, mut faults) = (0, Vec::new());
    for route in every_route() {
        let Some(body) = route.body.as_ref().filter(|body| body.is_object()) else { continue };
        let client = whoever_may(&world, &route).await;
        let (body, path) = (body.to_string(), nobodys(&route.path));
        let invalid = |answer: &Answer| answer.status == 422 && answer.json["code"] == "field_invalid";
        let taken = !invalid(&send(&client, &route, &path, &body).await);
        for field in NOBODYS_TO_SET {
            // It comes first, so that nothing else of the body can be at fault before it.
            let comma = if body == "{}" { "" } else { "," };
            let wider = format!("{{\"{field}\":\"1\"{comma}{}", &body[1..]);
            let answer = send(&client, &route, &path, &wider).await;
            asked += 1;
            // A door of the customer's side is held before anybody reads what is said through it.
            let shut = route.roles.is_empty() && matches!(answer.status, 403 | 404 | 409);
            let at = &answer.json["errors"][0]["pointer"];
            // Some shapes say only that something doesn't belong into them; without it they are taken.
            let named = *at == format!("/{field}") || (*at == "" && taken);
            let refused = shut || (invalid(&answer) && named);
            if !refused {
                faults.push(format!("{} {} with {field}: {}", route.method, route.path, answer.text));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "{} of {asked}", faults.len());
    assert!(asked > 800, "{asked}");
});

/// Quotes, comments, ends of statements and waits, for either database.
const STATEMENTS: [&str; 8] = [
    "' OR '1'='1",
    "'; SELECT pg_sleep(60); --",
    "1; DROP TABLE account; --",
    "\" OR \"\"=\"",
    "%' ESCAPE '",
    "'||(SELECT 1/0)||'",
    "\\'/*",
    "${1} $1 ?1 :a {{7*7}} %s \u{202e}",
];

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

// Puts the words where the least body has words.
fn reworded(value: &Value, words: &str) -> Value {
    match value {
        Value::String(_) => json!(words),
        Value::Array(items) => items.iter().map(|item| reworded(item, words)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(k, v)| (k.clone(), reworded(v, words))).collect())
        }
        other => other.clone(),
    }
}

both!(no_word_of_a_request_becomes_a_statement, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let accounts = world.count("SELECT COUNT(*) FROM account").await;
    let (mut asked, mut faults) = (0, Vec::new());
    for route in every_route() {
        // The live feed has no end; its only parameter is a number.
        if route.path == "/api/live" {
            continue;
        }
        let client = match route.roles.first() {
            Some(role) => world.client_in(&[*role], Some(&job.desk.company.shenzhen), None, None).await,
            None => world.anonymous(),
        };
        for words in STATEMENTS {
            let mut answers = Vec::new();
            if route.method == Method::GET {
                for name in &route.query {
                    let path = format!("{}?{name}={}", nobodys(&route.path), percent(words));
                    answers.push(client.head(Method::GET, &path, &[], None).await);
                }
                if route.path.contains('{') {
                    let path = route.path.split('{').map(|part| match part.split_once('}') {
                        Some((_, rest)) => format!("{}{rest}", percent(words)),
                        None => part.to_owned(),
                    });
                    answers.push(client.head(Method::GET, &path.collect::<String>(), &[], None).await);
                }
                let headers = ["accept-language", "if-none-match", "last-event-id", "user-agent"]
                    .map(|name| (name, words.replace('\u{202e}', "")));
                answers.push(client.head(Method::GET, &nobodys(&route.path), &headers, None).await);
            } else if let Some(body) = &route.body {
                let answer =
                    send(&client, &route, &nobodys(&route.path), &reworded(body, words).to_string()).await;
                answers.push((answer.status, answer.text));
            }
            asked += answers.len();
            // One that waits in the database would be given up after thirty seconds, with 503.
            faults.extend(
                answers
                    .into_iter()
                    .filter(|(status, _)| *status >= 500)
                    .map(|answer| format!("{} {} with {words}: {answer:?}", route.method, route.path)),
            );
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "{} of {asked}", faults.len());
    assert!(asked > 3000, "{asked}");
    assert!(world.count("SELECT COUNT(*) FROM account").await >= accounts, "a table is gone");
});

/// Markup and templates as they were found in fields of names, numbers and notes.
const MARKUP: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</script><script>alert(1)//",
    "<style>@import 'https://evil.example/x'</style>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "<a href=\"data:text/html,x\">x</a>",
];

both!(markup_comes_back_as_the_words_it_is_and_never_as_a_page, |world| async move {
    let company = company(&world).await;
    let agent = agent(&world, &company.shenzhen).await;
    for (at, words) in MARKUP.into_iter().enumerate() {
        let owner = customer(&agent, words).await;
        let site = site(&agent, &owner, words, crate::customers::NANSHAN).await;
        let contact = json!({ "customer_id": owner, "site_id": site, "name": words, "phone": format!("1381234{at:04}") });
        let contact = agent.post("/api/contacts", contact).await.expect(201);
        assert_eq!(contact["name"], words);
        let report = json!({
            "channel": "phone", "site_id": site, "contact": { "id": contact["id"] }, "symptom": words,
            "effects": { "can_pass": true },
        });
        let case = id(&agent.post("/api/cases", report).await.expect(201));
        agent.post(&format!("/api/cases/{case}/note"), json!({ "text": words })).await.expect(200);
        world.run_jobs().await;
        for (path, field) in [
            (format!("/api/customers/{owner}"), "/name"),
            (format!("/api/sites/{site}"), "/name"),
            (format!("/api/cases/{case}"), "/symptom"),
            (format!("/api/cases/{case}/timeline"), ""),
        ] {
            let answer = agent.get(&path).await;
            assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json", "{path}");
            assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
            assert!(
                answer.headers[header::CONTENT_SECURITY_POLICY]
                    .to_str()
                    .unwrap()
                    .contains("script-src 'self'")
            );
            let told = answer.expect(200);
            if field.is_empty() {
                assert!(told.to_string().contains(&json!(words).to_string()), "{told}");
            } else {
                assert_eq!(told.pointer(field).unwrap(), words, "{path}");
            }
        }
    }
});

both!(a_link_leads_to_the_configured_address_whatever_a_request_says_of_its_host, |world| async move {
    let security = world.client(Role::SecurityAdmin).await;
    let unit = company(&world).await.shenzhen;
    let base = world.app.web.base_url.clone();
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x-original-url", "https://evil.example/"),
    ] {
        let input = json!({ "login": format!("new-{}", security.key()), "name": "x", "roles": ["expert"], "unit_id": unit });
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", security.key()),
            (name, value.to_owned()),
        ];
        let body = Some(input.to_string().into_bytes());
        let made = security.send(Method::POST, "/api/accounts", &headers, body).await.expect(201);
        let link = made["invitation"]["link"].as_str().unwrap();
        assert!(link.starts_with(&format!("{base}/password#")), "{name}: {link}");
        assert!(!made.to_string().contains("evil"), "{name}: {made}");
    }
});

both!(a_secret_that_nobody_gave_out_is_nobodys, |world| async move {
    let real = world.client(Role::Expert).await;
    let cookie = real.cookie();
    let secret = cookie.split('=').nth(1).unwrap();
    let mut forged: Vec<String> = (0..secret.len())
        .map(|at| {
            let other = if &secret[at..=at] == "0" { "1" } else { "0" };
            format!("{}{other}{}", &secret[..at], &secret[at + 1..])
        })
        .collect();
    forged.extend([secret.to_uppercase(), format!("{secret}0"), secret[1..].to_owned()]);
    forged.extend(["", "null", "true", "[]", "{}", "%00", "' OR '1'='1", "../../x"].map(str::to_owned));
    forged.extend([NO_DIGEST.to_owned(), "f".repeat(10_000), "AAAA.BBBB.CCCC".to_owned()]);
    forged.retain(|forged| forged != secret);
    let stranger = world.anonymous();
    for secret in forged {
        for (name, value) in [
            ("cookie", format!("aftercare_session={secret}")),
            ("cookie", format!("a=b; __Host-aftercare_session={secret}")),
            ("authorization", format!("Bearer {secret}")),
        ] {
            let answer = stranger.head(Method::GET, "/api/me", &[(name, value.clone())], None).await;
            assert_eq!(answer.0, 401, "{name}: {value}: {}", answer.1);
        }
    }
    real.get("/api/me").await.expect(200);
});

const CANARY: &str = "canary-of-the-data-folder";

both!(no_path_leads_out_of_its_folder, |world| async move {
    let client = world.client(Role::Expert).await;
    let files = world.app.files.root().to_path_buf();
    for folder in [files.as_path(), files.parent().unwrap()] {
        std::fs::write(folder.join("canary.txt"), CANARY).unwrap();
    }
    let names = [
        "../canary.txt",
        "..%2fcanary.txt",
        "%2e%2e%2fcanary.txt",
        "%252e%252e%252fcanary.txt",
        "..%5ccanary.txt",
        "....//canary.txt",
        "%2fetc%2fpasswd",
        "C:%5cwindows%5cwin.ini",
        "canary.txt",
        "canary.txt%00.png",
        "..%c0%afcanary.txt",
        "%EF%BC%8E%EF%BC%8E/canary.txt",
        "file:%2f%2f%2fetc%2fpasswd",
    ];
    for place in ["/api/files/", "/assets/", "/", "/api/engineer-photo/", "/r/", "/t/", "/p/", "/field/"] {
        for name in names {
            let path = format!("{place}{name}");
            let answer = client.get(&path).await;
            assert!(answer.status < 500, "{path}: {}", answer.status);
            assert!(
                !answer.text.contains(CANARY) && !answer.text.contains("root:"),
                "{path}: {}",
                answer.text
            );
        }
    }
    for name in names {
        let path = format!("/api/files/{name}");
        let sent = client.send(Method::PUT, &path, &[], Some(b"\x89PNG\r\n\x1a\n x".to_vec())).await;
        assert!((400..500).contains(&sent.status), "{path}: {}", sent.status);
    }
    for folder in [files.as_path(), files.parent().unwrap()] {
        assert_eq!(std::fs::read_to_string(folder.join("canary.txt")).unwrap(), CANARY);
    }
});
