//! Two nodes on one PostgreSQL, as real programs: what one does the other knows, and what a killed one had to do the other does
//! within seconds, once (G7, G8, G13).

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use identity::Role;
use kit::{Clock, Ts};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::cases::desk;
use crate::customers::id;
use crate::program::{Http, Place, Program};
use crate::world::{Backend, Database, World};

/// How soon the work of a killed node is taken over.
const WITHIN: Duration = Duration::from_secs(5);

/// A company on a PostgreSQL that no node has open.
struct Ground {
    database: Arc<Database>,
    place: Place,
    agent: String,
    system: String,
    report: Value,
}

impl Ground {
    async fn new() -> Self {
        let world = World::start_at(Backend::Postgres, Clock::system()).await;
        let desk = desk(&world).await;
        let write = format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", desk.contact);
        world.app.db.write(move |tx| Box::pin(async move { tx.execute(&write, &[]).await })).await.unwrap();
        let system = world.client(Role::SystemAdmin).await.cookie();
        let (agent, report) = (desk.agent.cookie(), desk.report());
        drop(desk);
        let database = world.end();
        let place = Place { data: database.folder().to_owned(), database: database.url().map(str::to_owned) };
        Self { database, place, agent, system, report }
    }

    fn serve(&self) -> Program {
        Program::serve(Path::new(env!("CARGO_BIN_EXE_aftercare")), &self.place, &[]).unwrap()
    }

    async fn count(&self, sql: &str) -> i64 {
        self.database.open().await.reader().await.unwrap().int(sql, &[]).await.unwrap()
    }

    async fn execute(&self, sql: &'static str) {
        let db = self.database.open().await;
        db.write(move |tx| Box::pin(async move { tx.execute(sql, &[]).await })).await.unwrap();
    }

    async fn reported(&self, program: &Program) -> String {
        let mut http = Http::connect(program.address, &self.agent).await.unwrap();
        let reply = http.post("/api/cases", &key(), &self.report.to_string()).await.unwrap();
        assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
        id(&reply.json())
    }

    fn holds(&self) {
        let proof = self.place.run(Path::new(env!("CARGO_BIN_EXE_aftercare")), &["check"]).unwrap();
        assert!(proof.contains("every invariant holds"), "{proof}");
    }
}

fn key() -> String {
    kit::Ids::system().next(Clock::system().now()).to_string()
}

/// A mail server that lets the first mail wait for ever and takes the others. Counts what it was sent.
async fn slow_mail() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, mails) = (listener.local_addr().unwrap().port(), Arc::<AtomicUsize>::default());
    let counted = mails.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, counted.clone()));
        }
    });
    (port, mails)
}

async fn talk(stream: TcpStream, mails: Arc<AtomicUsize>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.test ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.split(' ').next().unwrap_or_default() {
            "EHLO" => "250 mail.test\r\n",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while lines.next_line().await?.is_some_and(|line| line != ".") {}
                if mails.fetch_add(1, Ordering::SeqCst) == 0 {
                    std::future::pending::<()>().await;
                }
                "250 taken\r\n"
            }
            _ => "250 ok\r\n",
        };
        write.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

async fn until(what: &str, within: Duration, holds: impl AsyncFn() -> bool) -> Duration {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < within, "not within {within:?}: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g08_what_a_killed_node_had_under_way_is_taken_over_within_seconds_and_not_before() {
    let ground = Ground::new().await;
    let (port, mails) = slow_mail().await;
    let first = ground.serve();
    let mut system = Http::connect(first.address, &ground.system).await.unwrap();
    let settings = json!({ "smtp": { "host": "127.0.0.1", "port": port, "tls": "none", "from": "service@example.cn" }, "allow_private": true });
    let id = key();
    let headers =
        [("content-type", "application/json"), ("idempotency-key", id.as_str()), ("if-match", "\"0\"")];
    let set = system
        .send("PUT", "/api/notification-settings", &headers, settings.to_string().as_bytes())
        .await
        .unwrap();
    assert_eq!(set.status, 200, "{}", String::from_utf8_lossy(&set.body));
    ground.reported(&first).await;
    let came = |count: usize| {
        let mails = mails.clone();
        async move || mails.load(Ordering::SeqCst) >= count
    };
    until("the first delivery", Duration::from_secs(10), came(1)).await;
    let second = ground.serve();
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(mails.load(Ordering::SeqCst), 1, "who lives keeps what it holds");
    first.kill().unwrap();
    until("the second delivery", WITHIN, came(2)).await;
    let delivered = "SELECT COUNT(*) FROM delivery WHERE state = 'delivered' AND attempts = 2";
    until("the message stands as sent", WITHIN, async || ground.count(delivered).await == 1).await;
    let told = "SELECT COUNT(*) FROM event WHERE kind = 'notification.delivered'";
    assert_eq!(ground.count(told).await, 1);
    second.kill().unwrap();
    ground.holds();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g07_timers_of_a_killed_node_are_done_once_by_the_other_within_seconds() {
    let ground = Ground::new().await;
    let (first, second) = (ground.serve(), ground.serve());
    for n in 0..30 {
        ground.reported(if n % 2 == 0 { &first } else { &second }).await;
    }
    // Whoever looks at an idle case does it when the case was left alone for so long: its look is due now, and so are the alerts.
    ground
        .execute("UPDATE job SET run_at = 0 WHERE state = 'waiting' AND kind IN ('case.idle', 'clock.alert')")
        .await;
    first.kill().unwrap();
    let due = "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND run_at = 0";
    until("every timer was looked at", WITHIN, async || ground.count(due).await == 0).await;
    let twice = "SELECT COUNT(*) FROM (SELECT subject_id FROM event WHERE kind IN ('clock.warned', 'clock.breached') \
                 GROUP BY subject_id, kind HAVING COUNT(*) > 1) AS twice";
    assert_eq!(ground.count(twice).await, 0);
    second.kill().unwrap();
    ground.holds();
}

/// The sequence numbers that a live stream tells, from `ready` on.
async fn follow(program: &Program, cookie: &str, told: Arc<std::sync::Mutex<Vec<i64>>>) {
    let stream = TcpStream::connect(program.address).await.unwrap();
    let (read, mut write) = stream.into_split();
    let request = format!("GET /api/live HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", program.address);
    write.write_all(request.as_bytes()).await.unwrap();
    let mut lines = BufReader::new(read).lines();
    let mut ready = false;
    while let Ok(Some(line)) = lines.next_line().await {
        if line == "event: ready" {
            ready = true;
            break;
        }
    }
    assert!(ready, "the stream stands");
    tokio::spawn(async move {
        let _open = write;
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(seq) = line.strip_prefix("id: ").and_then(|id| id.parse().ok()) {
                told.lock().unwrap().push(seq);
            }
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g13_both_nodes_tell_live_what_happens_on_either() {
    let ground = Ground::new().await;
    let (first, second) = (ground.serve(), ground.serve());
    let (here, there) =
        (Arc::<std::sync::Mutex<Vec<i64>>>::default(), Arc::<std::sync::Mutex<Vec<i64>>>::default());
    follow(&first, &ground.agent, here.clone()).await;
    follow(&second, &ground.agent, there.clone()).await;
    let began = Clock::system().now();
    for n in 0..20 {
        ground.reported(if n % 2 == 0 { &first } else { &second }).await;
    }
    let reported = "SELECT COUNT(*) FROM event WHERE kind = 'case.reported' AND seq IS NOT NULL";
    until("all is sealed", WITHIN, async || ground.count(reported).await == 20).await;
    let newest = ground.count("SELECT MAX(seq) FROM event WHERE kind = 'case.reported'").await;
    until("both told all", WITHIN, async || {
        [&here, &there].iter().all(|told| told.lock().unwrap().contains(&newest))
    })
    .await;
    assert!(Clock::system().now().micros() - began.micros() < 30 * Ts::SECOND);
    let (here, there) = (here.lock().unwrap().clone(), there.lock().unwrap().clone());
    let until_newest =
        |told: &[i64]| told.iter().copied().take_while(|seq| *seq <= newest).collect::<Vec<_>>();
    assert!(here.is_sorted_by(|a, b| a < b), "{here:?}");
    assert_eq!(until_newest(&here), until_newest(&there), "the same, in the same order, on both");
    assert!(here.len() >= 20);
}
