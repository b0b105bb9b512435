//! What an operator watches: the numbers of a running program.

use std::path::Path;

use crate::both;
use crate::program::{Http, Place, Program};
use crate::world::{Backend, Database};

async fn watched(backend: Backend) {
    let database = Database::fresh(backend).await;
    let place = Place { data: database.folder().to_owned(), database: database.url().map(str::to_owned) };
    let binary = Path::new(env!("CARGO_BIN_EXE_aftercare"));
    let program = Program::serve(binary, &place, &["--metrics-token", "only-for-the-watch"]).unwrap();
    let mut http = Http::connect(program.address, "").await.unwrap();
    let mut read = async |token: &str| {
        let token = format!("Bearer {token}");
        http.send("GET", "/metrics", &[("authorization", &token)], b"").await.unwrap()
    };
    assert_eq!(read("guessed").await.status, 404);
    let value = |text: &str, name: &str| -> Option<f64> {
        text.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(' ')).and_then(|v| v.parse().ok())
    };
    let text = String::from_utf8(read("only-for-the-watch").await.body).unwrap();
    assert_eq!(value(&text, "aftercare_last_backup_age_seconds"), None);
    let archive = database.folder().join("b.tar.gz");
    place.run(binary, &["backup", "--out", archive.to_str().unwrap()]).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&archive).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "an archive is its owner's alone");
    }
    let text = String::from_utf8(read("only-for-the-watch").await.body).unwrap();
    for name in [
        "aftercare_commands_committed_total",
        "aftercare_commits_total",
        "aftercare_db_up",
        "aftercare_db_waiting",
        "aftercare_db_connections",
        "aftercare_db_connections_busy",
        "aftercare_jobs_due",
        "aftercare_jobs_late",
        "aftercare_jobs_failed",
        "aftercare_deliveries_waiting",
        "aftercare_deliveries_failed",
        "aftercare_event_seq",
        "aftercare_events_unsealed",
        "aftercare_last_backup_age_seconds",
    ] {
        assert!(value(&text, name).is_some(), "{name} in\n{text}");
    }
    assert_eq!(value(&text, "aftercare_db_up"), Some(1.0));
    assert!(value(&text, "aftercare_event_seq").unwrap() > 0.0, "{text}");
    assert!(value(&text, "aftercare_last_backup_age_seconds").unwrap() < 60.0, "{text}");
    for labelled in [
        "aftercare_requests_total{class=\"health\",status=\"404\"} 1",
        "aftercare_request_seconds_bucket{class=\"health\",le=\"0.1\"}",
    ] {
        assert!(text.contains(labelled), "{labelled} in\n{text}");
    }
    program.kill().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_how_the_node_stands_on_sqlite() {
    watched(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_how_the_node_stands_on_postgres() {
    watched(Backend::Postgres).await;
}

// Whoever says nothing, or not enough to know which HTTP it is, keeps no place (G14).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g14_a_connection_that_does_not_say_what_it_wants_is_closed() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let database = Database::fresh(Backend::Sqlite).await;
    let place = Place { data: database.folder().to_owned(), database: None };
    let program = Program::serve(Path::new(env!("CARGO_BIN_EXE_aftercare")), &place, &[]).unwrap();
    let address = program.address;
    let began = std::time::Instant::now();
    let waits = ["", "P", "PRI * HTT", "GET /healthz HTTP/1.1\r\nhost: x"].map(|said| {
        tokio::spawn(async move {
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            stream.write_all(said.as_bytes()).await.unwrap();
            let mut rest = Vec::new();
            let closed = stream.read_to_end(&mut rest);
            tokio::time::timeout(std::time::Duration::from_secs(20), closed).await.is_ok()
        })
    });
    // Meanwhile others are served, also one whose first bytes come one by one.
    let mut slow = tokio::net::TcpStream::connect(address).await.unwrap();
    for byte in b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n" {
        slow.write_all(&[*byte]).await.unwrap();
        slow.flush().await.unwrap();
    }
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");
    for (n, wait) in waits.into_iter().enumerate() {
        assert!(wait.await.unwrap(), "connection {n} is open after {:?}", began.elapsed());
    }
    program.kill().unwrap();
}

both!(readyz_says_nothing_of_the_driver, |world| async move {
    let client = world.anonymous();
    let ready = client.get("/readyz").await;
    assert_eq!((ready.status, ready.text.as_str()), (200, "ready\n"));
    let broken = "ALTER TABLE schema_step RENAME COLUMN number TO step_number";
    world.app.db.write(move |tx| Box::pin(async move { tx.execute(broken, &[]).await })).await.unwrap();
    let ready = client.get("/readyz").await;
    assert_eq!((ready.status, ready.text.as_str()), (503, "the database can't be asked\n"));
    assert_eq!(client.get("/healthz").await.text, "ok\n", "the process lives");
});
