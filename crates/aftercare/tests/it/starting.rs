//! A start that can't succeed says in one sentence what is wrong and how to mend it, without the password.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;

use kit::Actor;

use crate::both;
use crate::program::{Http, Place, Program};
use crate::world::{Backend, Database, World};

const PASSWORD: &str = "sehr-geheim";

/// What the program says when it can't start on this database.
fn refused(url: &str) -> String {
    let data = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()])
        .env("AFTERCARE_DATABASE", url)
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), done.stdout.len()), (Some(1), 0), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert!(!said.contains(PASSWORD), "{said}");
    said
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
    [&[kind], &length[..], body].concat()
}

/// Reads one message of a client: a kind, unless it is the first, and what its length says.
fn heard(client: &mut TcpStream, kind: bool) -> Option<()> {
    let mut head = vec![0; if kind { 5 } else { 4 }];
    client.read_exact(&mut head).ok()?;
    let length = u32::from_be_bytes(head[head.len() - 4..].try_into().unwrap());
    let mut rest = vec![0; length as usize - 4];
    client.read_exact(&mut rest).ok()
}

/// A server that answers every connection by `answer`, for as long as the test lives.
fn speaking(answer: impl Fn(&mut TcpStream) -> Option<()> + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let _ = answer(&mut client.unwrap());
        }
    });
    address
}

fn refusing(code: &'static str, words: &'static str) -> SocketAddr {
    speaking(move |client| {
        heard(client, false)?;
        let body = format!("SFATAL\0VFATAL\0C{code}\0M{words}\0\0");
        client.write_all(&message(b'E', body.as_bytes())).ok()
    })
}

/// A server of this version whose settings are all on.
fn versioned(version: &'static str) -> SocketAddr {
    speaking(move |client| {
        heard(client, false)?;
        client.write_all(&[message(b'R', &[0; 4]), message(b'Z', b"I")].concat()).ok()?;
        let column =
            [b"v\0".as_slice(), &[0; 6], &25_u32.to_be_bytes(), &[255, 255], &[255; 4], &[0, 0]].concat();
        let mut value = version;
        while heard(client, true).is_some() {
            let length = u32::try_from(value.len()).unwrap().to_be_bytes();
            let row = [&[0, 1], &length[..], value.as_bytes()].concat();
            let answer = [
                message(b'T', &[&[0, 1], &column[..]].concat()),
                message(b'D', &row),
                message(b'C', b"SHOW\0"),
                message(b'Z', b"I"),
            ];
            client.write_all(&answer.concat()).ok()?;
            value = "on";
        }
        Some(())
    })
}

#[test]
fn a_start_without_a_usable_server_says_what_is_wrong_and_how_to_mend_it() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = |address: SocketAddr| format!("postgres://desk:{PASSWORD}@{address}/service");
    for (address, expected) in [
        (nobody, ["doesn't answer", "start the server"]),
        (
            refusing("28P01", "password authentication failed for user \"desk\""),
            ["refuses the password of user \"desk\"", "correct user and password"],
        ),
        (
            refusing("28000", "no pg_hba.conf entry for host \"10.0.0.1\""),
            ["doesn't let user \"desk\" in", "pg_hba.conf"],
        ),
        (
            refusing("53300", "sorry, too many clients already"),
            ["no connection left", "--database-connections"],
        ),
        (refusing("57P03", "the database system is starting up"), ["starts or stops", "try again"]),
        (versioned("110022"), ["runs version 11", "needs 15 or newer"]),
        (versioned("90624"), ["runs version 9.6", "needs 15 or newer"]),
    ] {
        let said = refused(&url(address));
        assert!(said.contains(&address.to_string()), "{said}");
        for words in expected {
            assert!(said.contains(words), "{words} in: {said}");
        }
    }
    let said = refused(&format!("postgres://desk:{PASSWORD}@127.0.0.1:port/service"));
    assert!(said.contains("can't be read") && said.contains("%40"), "{said}");
}

#[test]
fn a_start_without_its_database_or_role_says_how_to_make_them() {
    let url = Database::named("not_made_yet");
    let said = refused(&url);
    assert!(said.contains("has no database \"not_made_yet\"") && said.contains("CREATE DATABASE"), "{said}");
    let begin = if url.contains('?') { '&' } else { '?' };
    let said = refused(&format!("{url}{begin}user=nobody_known&password={PASSWORD}"));
    assert!(said.contains("nobody_known") && said.contains("CREATE ROLE"), "{said}");
}

#[test]
fn the_help_does_not_show_the_databases_password() {
    let help = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .args(["serve", "--help"])
        .env("AFTERCARE_DATABASE", format!("postgres://desk:{PASSWORD}@127.0.0.1/service"))
        .output()
        .unwrap();
    let said = String::from_utf8(help.stdout).unwrap();
    assert!(said.contains("AFTERCARE_DATABASE") && !said.contains(PASSWORD), "{said}");
}

// The log's disk is full: what is being answered must not be lost with a line about it (F3).
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_log_that_cannot_be_written_takes_no_answer_along() {
    use sha2::Digest as _;
    let world = World::start_at(Backend::Sqlite, kit::Clock::system()).await;
    let agent = world.client(identity::Role::HotlineAgent).await.cookie();
    let database = world.end();
    let place = Place { data: database.folder().to_owned(), database: None };
    std::os::unix::fs::symlink("/dev/full", place.data.join("server.log")).unwrap();
    let program = Program::serve(std::path::Path::new(env!("CARGO_BIN_EXE_aftercare")), &place, &[]).unwrap();
    // Nothing can arrive any more, and the program has something to say about it.
    std::fs::remove_dir_all(place.data.join("files/arriving")).unwrap();
    let mut http = Http::connect(program.address, &agent).await.unwrap();
    let picture = b"\x89PNG\r\n\x1a\n";
    let path = format!("/api/files/{}", hex::encode(sha2::Sha256::digest(picture)));
    let headers = [("content-type", "application/octet-stream")];
    for _ in 0..2 {
        let reply = http.send("PUT", &path, &headers, picture).await.unwrap();
        assert_eq!(reply.status, 503, "{}", String::from_utf8_lossy(&reply.body));
    }
}

// Who announces a gibibyte is refused before it comes, not half a minute later (F11).
#[tokio::test]
async fn f11_a_body_that_is_announced_too_large_is_refused_at_once() {
    let world = World::start_at(Backend::Sqlite, kit::Clock::system()).await;
    let agent = world.client(identity::Role::HotlineAgent).await.cookie();
    let database = world.end();
    let place = Place { data: database.folder().to_owned(), database: None };
    let program = Program::serve(std::path::Path::new(env!("CARGO_BIN_EXE_aftercare")), &place, &[]).unwrap();
    let digest = "0".repeat(64);
    for (line, kind) in [
        ("POST /api/cases".to_owned(), "application/json"),
        (format!("PUT /api/files/{digest}"), "application/octet-stream"),
    ] {
        let mut stream = TcpStream::connect(program.address).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(5))).unwrap();
        let key = "018f0000-0000-7000-8000-000000000000";
        let head = format!(
            "{line} HTTP/1.1\r\nhost: x\r\ncookie: {agent}\r\ncontent-type: {kind}\r\nidempotency-key: {key}\r\n\
             content-length: 1073741824\r\n\r\n "
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(String::from_utf8_lossy(&first), "HTTP/1.1 413", "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_backup_and_a_new_data_folder_are_their_owners_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let (data, archive) = (place.path().join("data"), place.path().join("backup.tar.gz"));
    let run = |words: &[&std::ffi::OsStr]| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_aftercare")]).args(words);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AFTERCARE_")) {
            shell.env_remove(name);
        }
        let done = shell.arg("--data").arg(&data).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    run(&["migrate".as_ref()]);
    run(&["backup".as_ref(), "--out".as_ref(), archive.as_os_str()]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&archive)), (0o700, 0o600));
}

// Two nodes that start on a new system at once: the second waits for what the first writes, and then has to see it.
both!(a_start_beside_another_finds_what_that_one_made, |world| async move {
    let (making, made) = tokio::sync::oneshot::channel();
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    let app = world.app.clone();
    let first = tokio::spawn(async move {
        let made = app.act(Actor::system("test"), |tx, cx| {
            Box::pin(async move {
                policy::establish(tx, cx).await?;
                making.send(()).unwrap();
                released.await.unwrap();
                Ok(())
            })
        });
        made.await.unwrap();
    });
    made.await.unwrap();
    let app = world.app.clone();
    let second = tokio::spawn(async move { aftercare::app::start(&app).await });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    release.send(()).unwrap();
    first.await.unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM policy_version").await, 1);
});
