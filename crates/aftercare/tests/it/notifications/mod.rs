//! Messages: a real mail server and a real webhook receiver on loopback, both databases.

mod late;
mod told;

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::Method;
use identity::Role;
use kit::Ts;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::both;
use crate::customers::id;
use crate::visits::job;
use crate::world::{Client, World};

/// A mail server that refuses the first mails for the moment.
#[derive(Clone)]
struct MailServer {
    port: u16,
    mails: Arc<Mutex<Vec<String>>>,
    busy: Arc<Mutex<usize>>,
}

impl MailServer {
    async fn start(busy: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, mails: Arc::default(), busy: Arc::new(Mutex::new(busy)) };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.talk(stream).await });
            }
        });
        server
    }

    // RFC 5321, as far as a client needs it.
    async fn talk(&self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut say = async |text: &str| write.write_all(format!("{text}\r\n").as_bytes()).await.unwrap();
        say("220 mail.test ESMTP").await;
        while let Ok(Some(line)) = lines.next_line().await {
            match line.split(' ').next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => say("250-mail.test\r\n250-8BITMIME\r\n250 SMTPUTF8").await,
                "RCPT" if line.contains("gone@") => say("550 5.1.1 no such mailbox").await,
                "MAIL" | "RCPT" | "RSET" | "NOOP" => say("250 ok").await,
                "DATA" => {
                    say("354 go on").await;
                    let mut mail = String::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                        mail.push('\n');
                    }
                    let busy = {
                        let mut busy = self.busy.lock().unwrap();
                        let now = *busy > 0;
                        *busy = busy.saturating_sub(1);
                        now
                    };
                    if busy {
                        say("451 4.3.0 try again later").await;
                    } else {
                        self.mails.lock().unwrap().push(mail);
                        say("250 taken").await;
                    }
                }
                "QUIT" => return say("221 bye").await,
                _ => say("502 what").await,
            }
        }
    }

    fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().iter().map(|m| Mail::of(m)).collect()
    }
}

#[derive(Debug)]
struct Mail {
    headers: String,
    body: String,
}

impl Mail {
    fn of(raw: &str) -> Self {
        let (headers, body) = raw.split_once("\n\n").unwrap();
        let headers = headers.replace("\n ", " ").replace("\n\t", " ");
        let body = match headers.lines().find_map(|l| l.strip_prefix("Content-Transfer-Encoding: ")) {
            Some("base64") => BASE64.decode(body.replace('\n', "")).unwrap(),
            Some("quoted-printable") => quoted_printable(body),
            _ => body.as_bytes().to_vec(),
        };
        Self { headers, body: String::from_utf8(body).unwrap().replace("\r\n", "\n") }
    }

    fn header(&self, name: &str) -> &str {
        let lines: Vec<_> = self
            .headers
            .lines()
            .filter_map(|l| l.strip_prefix(name).and_then(|l| l.strip_prefix(": ")))
            .collect();
        assert_eq!(lines.len(), 1, "{name} in {}", self.headers);
        lines[0]
    }

    // RFC 2047, as a mail program shows it.
    fn subject(&self) -> String {
        let (mut bytes, mut after_encoded) = (Vec::new(), true);
        for word in self.header("Subject").split(' ') {
            let encoded = word.strip_prefix("=?utf-8?b?").and_then(|w| w.strip_suffix("?="));
            // A space between two encoded words is none.
            if !(bytes.is_empty() || (after_encoded && encoded.is_some())) {
                bytes.push(b' ');
            }
            match encoded {
                Some(encoded) => bytes.extend(BASE64.decode(encoded).unwrap()),
                None => bytes.extend(word.as_bytes()),
            }
            after_encoded = encoded.is_some();
        }
        String::from_utf8(bytes).unwrap()
    }
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    bytes
}

/// A receiver of webhooks that answers with one status after the other, then 204.
#[derive(Clone)]
struct Receiver {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

#[derive(Clone, Debug)]
struct Request {
    head: String,
    body: Vec<u8>,
}

impl Request {
    fn header(&self, name: &str) -> String {
        let prefix = format!("{name}: ");
        let line = self.head.lines().find(|l| l.to_ascii_lowercase().starts_with(&prefix));
        line.unwrap_or_else(|| panic!("{name} in {}", self.head))[prefix.len()..].to_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    // As the specification says it, written a second time: HMAC-SHA256 (RFC 2104) over id.timestamp.body.
    fn verify(&self, secret: &str) {
        let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        assert!(key.len() <= 64);
        let pad = |with: u8| {
            let mut block = [with; 64];
            block.iter_mut().zip(&key).for_each(|(b, k)| *b ^= k);
            block
        };
        let mut inner = Sha256::new();
        inner.update(pad(0x36));
        inner.update(format!("{}.{}.", self.header("webhook-id"), self.header("webhook-timestamp")));
        inner.update(&self.body);
        let mut outer = Sha256::new();
        outer.update(pad(0x5c));
        outer.update(inner.finalize());
        assert_eq!(self.header("webhook-signature"), format!("v1,{}", BASE64.encode(outer.finalize())));
    }
}

impl Receiver {
    async fn start(answers: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let receiver =
            Self { port, requests: Arc::default(), answers: Arc::new(Mutex::new(answers.to_vec())) };
        let serving = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.answer(stream).await });
            }
        });
        receiver
    }

    async fn answer(&self, mut stream: TcpStream) {
        let mut bytes = Vec::new();
        let (end, length) = loop {
            let mut part = [0; 4096];
            let n = stream.read(&mut part).await.unwrap();
            if n == 0 {
                return;
            }
            bytes.extend(&part[..n]);
            let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
            if let Some(end) = text.find("\r\n\r\n") {
                let length = text
                    .lines()
                    .find_map(|l| l.strip_prefix("content-length: "))
                    .unwrap()
                    .parse::<usize>()
                    .unwrap();
                if bytes.len() >= end + 4 + length {
                    break (end, length);
                }
            }
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        self.requests.lock().unwrap().push(Request { head, body: bytes[end + 4..end + 4 + length].to_vec() });
        let status = {
            let mut answers = self.answers.lock().unwrap();
            if answers.is_empty() { 204 } else { answers.remove(0) }
        };
        let elsewhere = format!(
            "HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{}/else\r\nContent-Length: 0\r\n\r\n",
            self.port
        );
        stream.write_all(elsewhere.as_bytes()).await.unwrap();
    }

    fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn settings(mail: &MailServer) -> Value {
    json!({
        "smtp": { "host": "127.0.0.1", "port": mail.port, "tls": "none", "from_name": "贴心售后", "from": "service@example.cn", "reply_to": "desk@example.cn" },
        "allow_private": true,
    })
}

async fn sql(world: &World, statement: String) {
    world.app.db.write(move |tx| Box::pin(async move { tx.execute(&statement, &[]).await })).await.unwrap();
}

async fn deliveries(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/api/deliveries{query}")).await.expect(200)["items"].as_array().unwrap().clone()
}

both!(p21_an_arrival_is_told_by_mail_and_webhook_with_name_photo_and_badge, |world| async move {
    let (mail, receiver) = (MailServer::start(0).await, Receiver::start(&[]).await);
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, settings(&mail)).await.expect(200);
    let url = format!("http://127.0.0.1:{}/in", receiver.port);
    let hook = json!({ "url": url, "name": "短信网关", "kinds": ["visit.arrived"] });
    let hook = system.post("/api/webhooks", hook).await.expect(201);
    let job = job(&world, "2026-03-03").await;
    sql(&world, format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", job.desk.contact))
        .await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.step(&visit, "accept", json!({})).await.expect(200);
    let photo = job.photo("the engineer").await;
    sql(&world, format!("UPDATE employee SET photo_sha256 = '{photo}' WHERE id = '{}'", job.engineers[0].0))
        .await;
    job.step(&visit, "depart", job.departure()).await.expect(200);
    world.deliver().await;
    world.app.clock.advance(Ts::HOUR);
    job.step(
        &visit,
        "arrive",
        json!({ "method": "gps", "position": { "lon": 113.94, "lat": 22.54, "accuracy_m": 20.0 } }),
    )
    .await
    .expect(200);
    assert_eq!(mail.mails().len(), 3, "reported, dispatched, departed");
    world.deliver().await;

    let badge = format!("GK-{}", &job.engineers[0].0[24..]);
    let mails = mail.mails();
    let arrived = mails.last().unwrap();
    assert_eq!(mails.len(), 4);
    assert!(
        arrived.subject().contains("已到场") && arrived.subject().contains("SQ20261009-0001"),
        "{}",
        arrived.subject()
    );
    for part in ["工程师甲", &badge, "云杉广场停车场", "2026-10-09 17:40", "/api/engineer-photo/"]
    {
        assert!(arrived.body.contains(part), "{part} in {}", arrived.body);
    }
    assert_eq!(
        (arrived.header("From").contains("<service@example.cn>"), arrived.header("Reply-To")),
        (true, "desk@example.cn")
    );
    assert!(arrived.header("To").contains("li@example.cn"));
    assert!(!arrived.body.contains("13812341234"), "no number leaves (P68)");
    let dispatched = mails.iter().find(|m| m.subject().contains("安排工程师")).unwrap();
    assert!(dispatched.body.contains("2026-10-09 17:40–20:40"), "the appointment: {}", dispatched.body);

    let requests = receiver.requests();
    assert_eq!(requests.len(), 1, "only what was subscribed to");
    requests[0].verify(hook["secret"].as_str().unwrap());
    let told = requests[0].json();
    assert_eq!(
        (told["type"].as_str(), told["data"]["case_id"].as_str()),
        (Some("visit.arrived"), Some(case.as_str()))
    );
    assert_eq!(told["data"]["engineer"]["name"], "工程师甲");
    assert_eq!(told["data"]["engineer"]["badge_number"], json!(badge));
    assert!(told["data"]["message"]["text"]["en"].as_str().unwrap().contains("has arrived"));

    // Whoever got the message sees the photo, without signing in, for a week.
    let link = told["data"]["engineer"]["photo_url"].as_str().unwrap();
    let path = &link[link.find("/api/").unwrap()..];
    let shown = world.anonymous().get(path).await;
    assert_eq!((shown.status, shown.headers["content-type"].to_str().unwrap()), (200, "image/png"));
    assert_eq!(world.anonymous().get("/api/engineer-photo/00").await.refused(404), "file_unknown");
    world.app.clock.advance(8 * Ts::DAY);
    assert_eq!(world.anonymous().get(path).await.refused(404), "file_unknown");

    // The desk sees that the customer was told; another branch doesn't.
    let rows = deliveries(&job.dispatcher, &format!("?case_id={case}&channel=smtp")).await;
    assert_eq!(rows.len(), 4);
    assert!(
        rows.iter().all(|d| d["state"] == "delivered" && d["recipient"] == "l***@example.cn"),
        "{rows:?}"
    );
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(deliveries(&elsewhere, "").await.len(), 0);
    let path = format!("/api/deliveries/{}", rows[0]["id"].as_str().unwrap());
    assert_eq!(elsewhere.get(&path).await.refused(404), "delivery_unknown");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'notification.delivered'").await, 4);
    world.sealed().await;
});

both!(a_restart_between_attempts_neither_loses_nor_doubles_a_message, |world| async move {
    let mail = MailServer::start(2).await;
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, settings(&mail)).await.expect(200);
    let job = job(&world, "2026-03-03").await;
    sql(&world, format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", job.desk.contact))
        .await;
    job.reported().await;
    world.deliver().await;
    assert_eq!(mail.mails().len(), 0);
    let waiting = deliveries(&system, "?state=waiting").await;
    assert_eq!((waiting.len(), waiting[0]["attempts"].as_i64()), (1, Some(1)));
    assert_eq!(waiting[0]["failure"], "refused");
    assert!(waiting[0]["last_error"].as_str().unwrap().contains("451"), "{}", waiting[0]);
    let message_id = waiting[0]["message_id"].as_str().unwrap().to_owned();

    // A node takes the job up and dies; the next one waits for its lease and its back-off, and tries again.
    world.app.clock.advance(6 * Ts::SECOND);
    assert_eq!(kit::jobs::claim(&world.app, &["deliver.smtp"], 8).await.unwrap().len(), 1);
    let next = world.restarted().await;
    next.deliver().await;
    assert_eq!(
        deliveries(&system, "?state=waiting").await[0]["attempts"].as_i64(),
        Some(1),
        "the lease still holds"
    );
    world.leases_pass().await;
    next.deliver().await;
    next.app.clock.advance(Ts::HOUR);
    next.deliver().await;
    let mails = mail.mails();
    assert_eq!(mails.len(), 1, "once");
    assert_eq!(mails[0].header("Message-ID"), message_id);
    next.app.clock.advance(Ts::DAY);
    next.deliver().await;
    assert_eq!(mail.mails().len(), 1, "and never again");
    assert_eq!(world.count("SELECT COUNT(*) FROM delivery").await, 1, "readers began where they had stopped");

    // The same job done twice, as when a node dies after sending: the same Message-ID, by which the other side knows.
    sql(&world, "UPDATE delivery SET state = 'waiting', delivered_at = NULL".into()).await;
    sql(
        &world,
        "UPDATE job SET state = 'waiting', run_at = 0, lease_until = NULL WHERE kind = 'deliver.smtp'".into(),
    )
    .await;
    next.deliver().await;
    let mails = mail.mails();
    assert_eq!((mails.len(), mails[1].header("Message-ID")), (2, message_id.as_str()));

    // A mailbox that is gone is given up at once, said on the case, and tried again by hand.
    sql(&world, "UPDATE contact SET email = 'gone@example.cn'".into()).await;
    let case = job.reported().await;
    next.deliver().await;
    let failed = deliveries(&job.dispatcher, &format!("?case_id={case}")).await;
    assert_eq!((failed.len(), failed[0]["state"].as_str()), (1, Some("failed")));
    assert!(failed[0]["last_error"].as_str().unwrap().contains("550"), "{}", failed[0]);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'notification.failed'").await, 1);
    sql(&world, "UPDATE contact SET email = 'li@example.cn'".into()).await;
    let path = format!("/api/deliveries/{}/retry", failed[0]["id"].as_str().unwrap());
    assert_eq!(job.dispatcher.post(&path, json!({})).await.expect(200)["state"], "waiting");
    assert_eq!(job.dispatcher.post(&path, json!({})).await.refused(409), "delivery_not_failed");
    next.deliver().await;
    assert_eq!(mail.mails().len(), 3);
});

both!(a_webhook_is_public_https_and_a_redirect_or_410_is_no_delivery, |world| async move {
    let receiver = Receiver::start(&[302, 500, 204, 410]).await;
    let system = world.client(Role::SystemAdmin).await;
    let url = format!("http://127.0.0.1:{}/in", receiver.port);
    let hook = |url: &str, kinds: &[&str]| json!({ "url": url, "kinds": kinds });
    for (input, code) in [
        (hook(&url, &["case.reported"]), "webhook_url_not_https"),
        (hook("https://127.0.0.1/in", &["case.reported"]), "webhook_url_private"),
        (hook("https://[fd00::1]/in", &["case.reported"]), "webhook_url_private"),
        (hook("ftp://example.cn", &["case.reported"]), "webhook_url_invalid"),
        (hook("https://example.cn/in", &[]), "webhook_kinds_missing"),
        (hook("https://example.cn/in", &["case.exploded"]), "webhook_kind_unknown"),
    ] {
        assert_eq!(system.post("/api/webhooks", input).await.refused(422), code);
    }
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let key = system.key();
    let made = system
        .command(Method::POST, "/api/webhooks", &key, None, hook(&url, &["case.reported"]))
        .await
        .expect(201);
    let secret = made["secret"].as_str().unwrap().to_owned();
    let again = system
        .command(Method::POST, "/api/webhooks", &key, None, hook(&url, &["case.reported"]))
        .await
        .expect(201);
    assert_eq!(
        (again["id"].as_str(), again["secret"].is_null()),
        (made["id"].as_str(), true),
        "the key is shown once"
    );
    assert!(!system.get("/api/webhooks").await.text.contains("whsec_"));

    let job = job(&world, "2026-03-03").await;
    job.reported().await;
    world.deliver().await;
    for _ in 0..2 {
        world.app.clock.advance(Ts::HOUR);
        world.deliver().await;
    }
    let requests = receiver.requests();
    assert_eq!(requests.len(), 3, "302 and 500 are tried again, the redirect is not followed");
    let ids: Vec<_> = requests.iter().map(|r| r.header("webhook-id")).collect();
    assert!(ids.iter().all(|i| *i == ids[0] && i.starts_with("msg_")), "{ids:?}");
    requests.iter().for_each(|r| r.verify(&secret));
    assert!(requests.iter().all(|r| r.head.starts_with("POST /in ")));
    assert_ne!(requests[0].header("webhook-timestamp"), requests[2].header("webhook-timestamp"));
    assert_eq!(deliveries(&system, "?state=delivered").await.len(), 1);

    // 410: nothing is sent there any more.
    job.reported().await;
    world.deliver().await;
    assert_eq!(receiver.requests().len(), 4);
    assert!(system.get("/api/webhooks").await.json[0]["disabled_at"].is_string());
    job.reported().await;
    world.deliver().await;
    assert_eq!(receiver.requests().len(), 4);
    let path = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    system.delete(&path).await.expect(200);
    assert_eq!(system.delete(&path).await.refused(404), "webhook_unknown");

    // Once private networks are closed again, a webhook that leads there is refused when it leaves, too.
    system.put("/api/notification-settings", 1, json!({ "allow_private": true })).await.expect(200);
    let test = id(&system.post("/api/webhooks", hook(&url, &["case.closed"])).await.expect(201));
    system.put("/api/notification-settings", 2, json!({})).await.expect(200);
    let sent =
        id(&system.post("/api/notification-settings/test", json!({ "webhook_id": test })).await.expect(201));
    world.deliver().await;
    let sent = system.get(&format!("/api/deliveries/{sent}")).await.expect(200);
    assert_eq!((sent["state"].as_str(), receiver.requests().len()), (Some("failed"), 4), "{sent}");
});

both!(settings_keep_the_password_to_themselves_and_refuse_what_breaks_a_header, |world| async move {
    let mail = MailServer::start(0).await;
    let system = world.client(Role::SystemAdmin).await;
    let path = "/api/notification-settings";
    assert_eq!(
        system.post("/api/notification-settings/test", json!({ "email": "a@b.cn" })).await.refused(409),
        "smtp_not_configured"
    );
    assert_eq!(
        system.post("/api/notification-settings/test", json!({})).await.refused(422),
        "notification_test_target"
    );
    let server = |more: Value| {
        let mut smtp = json!({ "host": "mail.example.cn", "port": 587, "tls": "starttls", "user": "svc", "password": "s3cret-s3cret", "from": "service@example.cn" });
        smtp.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "smtp": smtp })
    };
    for (more, code) in [
        (json!({ "from_name": "x\r\nBcc: all@example.cn" }), "mail_header_unsafe"),
        (json!({ "from": "x@example.cn\r\nBcc: all@example.cn" }), "mail_address_invalid"),
        (json!({ "reply_to": "nobody" }), "mail_address_invalid"),
        (json!({ "host": "mail example" }), "smtp_host_invalid"),
        (json!({ "tls": "none" }), "smtp_password_in_clear"),
    ] {
        assert_eq!(system.put(path, 0, server(more.clone())).await.refused(422), code, "{more}");
    }
    assert_eq!(system.put(path, 0, json!({ "authority_pem": "x" })).await.refused(422), "authority_invalid");
    let kept = system.put(path, 0, server(json!({}))).await;
    assert!(!kept.text.contains("s3cret"), "{}", kept.text);
    assert_eq!(system.put(path, 0, server(json!({}))).await.refused(412), "version_changed");
    // Left out, it stays, but not for another host.
    let same = system.put(path, 1, server(json!({ "password": null, "port": 465 }))).await.expect(200);
    assert_eq!(same["smtp"]["password_set"], true);
    let other = system
        .put(path, 2, server(json!({ "password": null, "host": "other.example.cn" })))
        .await
        .expect(200);
    assert_eq!(other["smtp"]["password_set"], false);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%s3cret%'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM command_answer WHERE body LIKE '%s3cret%'").await, 0);

    system.put(path, 3, settings(&mail)).await.expect(200);
    let sent = id(&system
        .post("/api/notification-settings/test", json!({ "email": "me@example.cn" }))
        .await
        .expect(201));
    world.deliver().await;
    assert_eq!(system.get(&format!("/api/deliveries/{sent}")).await.expect(200)["state"], "delivered");
    assert!(mail.mails()[0].subject().contains("测试邮件"));
});

both!(p44_a_breach_reaches_the_mailbox_on_duty_nearest_to_the_case, |world| async move {
    let mail = MailServer::start(0).await;
    let system = world.client(Role::SystemAdmin).await;
    let job = job(&world, "2026-03-03").await;
    let (branch, other, top) =
        (&job.desk.company.shenzhen, &job.desk.company.guangzhou, &job.desk.company.headquarters);
    let mut input = settings(&mail);
    input["duty"] = json!([
        { "unit_id": top, "email": "top@example.cn" },
        { "unit_id": branch, "email": "duty@example.cn", "lang": "en" },
        { "unit_id": other, "email": "other@example.cn" },
    ]);
    system.put("/api/notification-settings", 0, input).await.expect(200);
    let case = job.agreed().await;
    for _ in 0..9 {
        world.app.clock.advance(30 * Ts::MINUTE);
        world.deliver().await;
    }
    let mails = mail.mails();
    assert!(mails.iter().all(|m| m.header("To").contains("duty@example.cn")), "{mails:?}");
    let number = "SQ20261009-0001";
    let subjects: Vec<_> = mails.iter().map(Mail::subject).collect();
    for expected in [
        format!("Clock at 50 % · {number}"),
        format!("Clock at 75 % · {number}"),
        format!("Clock at 90 % · {number}"),
        format!("Breached · {number}"),
    ] {
        assert_eq!(subjects.iter().filter(|s| **s == expected).count(), 1, "{expected} in {subjects:?}");
    }
    let breached = mails.iter().find(|m| m.subject().starts_with("Breached")).unwrap();
    assert!(
        breached.body.contains("arrival") && breached.body.contains("2026-10-09 20:40"),
        "{}",
        breached.body
    );
    assert!(job.case(&case).await["clocks"].is_array());
});
