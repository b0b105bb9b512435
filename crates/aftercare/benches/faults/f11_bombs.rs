//! F11: bodies that are huge, never end, unfold or nest: refused soon, and the program stays as small as it was.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::ground::{Stage, key, resident_mb};
use crate::program::{Http, Program};
use crate::workbook;

const MIB: usize = 1024 * 1024;
const GROWTH_MB: f64 = 100.0;
const SOON: Duration = Duration::from_secs(2);

/// Throws one after the other, and uploads of the greatest size all at once.
pub async fn run(stage: Stage, _: Dice, _: Duration) -> Result<String> {
    let program = stage.serve()?;
    let mut http = stage.connect(&program, "hotline_agent").await?;
    for _ in 0..20 {
        http.get("/api/cases?view=open").await?;
    }
    let before = resident_mb(&program)?;
    let watch = Watch::start(&program);
    let cookie = stage.cookie("hotline_agent").to_owned();
    let mut thrown = 0;

    for (what, headers, body) in [
        ("a gzip bomb", "content-encoding: gzip\r\n", gzip_bomb(256 * MIB)?),
        ("a JSON of a hundred thousand levels", "", [vec![b'['; 100_000], vec![b']'; 100_000]].concat()),
        ("a JSON of a hundred thousand keys", "", many_keys()),
        (
            "a number of a hundred thousand digits",
            "",
            [b"{\"symptom\":".to_vec(), vec![b'9'; 100_000], b"}".to_vec()].concat(),
        ),
        (
            "a text of a mebibyte",
            "",
            format!("{{\"symptom\":\"{}\"}}", "\\u0000".repeat(MIB / 6 - 10)).into_bytes(),
        ),
    ] {
        let answer = post(program.address, &cookie, "POST /api/cases", headers, &body).await?;
        refused(what, &answer)?;
        thrown += 1;
    }
    // A gibibyte that is announced, and bodies that never end, for JSON and for files.
    let file = format!("PUT /api/files/{}", "0".repeat(64));
    for (what, line) in [("JSON", "POST /api/cases"), ("a file", file.as_str())] {
        let announced = announce(program.address, &cookie, line, 1024 * MIB).await?;
        refused(&format!("a gibibyte of {what}"), &announced)?;
        let endless = endless(program.address, &cookie, line).await?;
        refused(&format!("{what} without an end"), &endless)?;
        thrown += 2;
    }
    heads(program.address).await?;
    // A picture that would unfold to gibibytes is kept as it is: nothing here unfolds it.
    let picture = picture_bomb()?;
    let answer = upload(&stage, &program, &picture).await?;
    ensure!(answer == 200, "a small picture of great size answered {answer}");
    thrown += workbooks(&stage, &program).await?;
    let peak_thrown = watch.peak();

    let mut uploads = JoinSet::new();
    for n in 0..16_u8 {
        let mut http = stage.connect(&program, "hotline_agent").await?;
        uploads.spawn(async move {
            let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
            bytes.resize(20 * MIB, n);
            let path = format!("/api/files/{}", hex::encode(Sha256::digest(&bytes)));
            // Whoever is told that there is no place now comes again.
            for _ in 0..60 {
                let reply =
                    http.send("PUT", &path, &[("content-type", "application/octet-stream")], &bytes).await;
                match reply {
                    Ok(reply) if reply.status == 503 || reply.status == 429 => {}
                    Ok(reply) => return Ok(reply.status),
                    Err(_) => {}
                }
                tokio::time::sleep(Duration::from_millis(250)).await;
                let (address, cookie) = (http.address(), http.cookie.clone());
                http = Http::connect(address, &cookie).await?;
            }
            anyhow::bail!("a file never got through")
        });
    }
    while let Some(done) = uploads.join_next().await {
        let status = done??;
        ensure!(status == 200, "a file of 20 MiB answered {status}");
    }
    let peak = watch.peak();
    let reply = http.get("/api/cases?view=open").await?;
    ensure!(reply.status == 200, "afterwards a list answered {}", reply.status);
    ensure!(
        peak - before < GROWTH_MB,
        "grown by {:.0} MB ({:.0} MB before the uploads)",
        peak - before,
        peak_thrown - before
    );
    program.kill()?;
    stage.check()?;
    Ok(format!(
        "{thrown} bodies refused within {} s each, heads of 2 MiB refused, 16 files of 20 MiB at once taken: grown by {:.0} MB \
         at most, {:.0} MB of it by the uploads",
        SOON.as_secs(),
        peak - before,
        (peak - peak_thrown).max(0.0)
    ))
}

/// The greatest memory of a program so far.
struct Watch {
    peak: Arc<std::sync::Mutex<f64>>,
    done: Arc<AtomicBool>,
}

impl Watch {
    fn start(program: &Program) -> Self {
        let watch = Self { peak: Arc::default(), done: Arc::default() };
        let (peak, done, pid) = (watch.peak.clone(), watch.done.clone(), program.pid());
        std::thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
                let kib = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
                let mb =
                    kib.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0)
                        * 1024.0
                        / 1e6;
                if let Ok(mut peak) = peak.lock() {
                    *peak = peak.max(mb);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        watch
    }

    fn peak(&self) -> f64 {
        self.peak.lock().map(|peak| *peak).unwrap_or_default()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

struct Answer {
    status: u16,
    took: Duration,
}

fn refused(what: &str, answer: &Answer) -> Result<()> {
    ensure!((400..500).contains(&answer.status), "{what} answered {}", answer.status);
    ensure!(answer.took < SOON, "{what} was answered after {:.1} s", answer.took.as_secs_f64());
    Ok(())
}

fn gzip_bomb(unfolded: usize) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..unfolded / MIB {
        gzip.write_all(&vec![b' '; MIB])?;
    }
    Ok(gzip.finish()?)
}

fn many_keys() -> Vec<u8> {
    let keys: Vec<String> = (0..60_000).map(|n| format!("\"k{n}\":{n}")).collect();
    format!("{{\"effects\":{{{}}}}}", keys.join(",")).into_bytes()
}

fn picture_bomb() -> Result<Vec<u8>> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend(60_000_u32.to_be_bytes());
    png.extend(60_000_u32.to_be_bytes());
    png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    png.extend(gzip_bomb(64 * MIB)?);
    Ok(png)
}

/// Workbooks that mean harm, sent as a table is brought in: its trial says soon that it can't be read. Answers how many.
async fn workbooks(stage: &Stage, program: &Program) -> Result<usize> {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
    for _ in 0..1024 {
        deflate.write_all(&vec![b' '; MIB])?;
    }
    let packed = deflate.finish()?;
    let sheet = |plain| workbook::Part { name: SHEET, packed: packed.clone(), plain, flags: 0 };
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let entities = format!("{entities}{}", workbook::rows("<row><c><v>&b;</v></c></row>"));
    for (what, sheet) in [
        ("a workbook of a megabyte that holds a gibibyte", sheet(1024 * MIB)),
        ("a workbook of which the directory lies", sheet(1_000)),
        ("a workbook with entities", workbook::part(SHEET, entities.as_bytes())),
    ] {
        let bytes = workbook::archive(&[
            workbook::part("xl/workbook.xml", workbook::WORKBOOK.as_bytes()),
            workbook::part("xl/_rels/workbook.xml.rels", workbook::RELATIONS.as_bytes()),
            sheet,
        ]);
        let mut http = stage.connect(program, "dispatcher").await?;
        let (began, id) = (Instant::now(), key());
        let headers = [("content-type", "application/octet-stream"), ("idempotency-key", id.as_str())];
        let sent = http.send("POST", "/api/imports?kind=assets", &headers, &bytes).await?;
        ensure!(
            sent.status == 201,
            "{what} answered {}: {}",
            sent.status,
            String::from_utf8_lossy(&sent.body)
        );
        let path = format!("/api/imports/{}", sent.json()["id"].as_str().unwrap_or_default());
        loop {
            let stands = http.get(&path).await?.json();
            if stands["state"] != "checking" {
                ensure!(stands["state"] == "refused", "{what} is taken: {stands}");
                break;
            }
            let waited = began.elapsed();
            ensure!(waited < SOON, "{what} is looked at after {:.1} s", waited.as_secs_f64());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Ok(3)
}

async fn upload(stage: &Stage, program: &Program, bytes: &[u8]) -> Result<u16> {
    let mut http = stage.connect(program, "hotline_agent").await?;
    let path = format!("/api/files/{}", hex::encode(Sha256::digest(bytes)));
    Ok(http.send("PUT", &path, &[("content-type", "application/octet-stream")], bytes).await?.status)
}

fn head(address: SocketAddr, cookie: &str, line: &str, more: &str) -> String {
    let kind = if line.starts_with("PUT") { "application/octet-stream" } else { "application/json" };
    format!(
        "{line} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\nidempotency-key: {}\r\n{more}\r\n",
        key()
    )
}

async fn post(address: SocketAddr, cookie: &str, line: &str, headers: &str, body: &[u8]) -> Result<Answer> {
    let mut stream = TcpStream::connect(address).await?;
    let began = Instant::now();
    let head = head(address, cookie, line, &format!("{headers}content-length: {}\r\n", body.len()));
    stream.write_all(head.as_bytes()).await?;
    // Whoever has refused already may have closed the line.
    let _ = stream.write_all(body).await;
    status(&mut stream, began).await
}

async fn announce(address: SocketAddr, cookie: &str, line: &str, length: usize) -> Result<Answer> {
    let mut stream = TcpStream::connect(address).await?;
    let began = Instant::now();
    let head = head(address, cookie, line, &format!("content-length: {length}\r\n"));
    stream.write_all(head.as_bytes()).await?;
    let _ = stream.write_all(&[b' '; 1024]).await;
    status(&mut stream, began).await
}

async fn endless(address: SocketAddr, cookie: &str, line: &str) -> Result<Answer> {
    let stream = TcpStream::connect(address).await?;
    let began = Instant::now();
    let (mut read, mut write) = stream.into_split();
    let head = head(address, cookie, line, "transfer-encoding: chunked\r\n");
    let sending = tokio::spawn(async move {
        let _ = write.write_all(head.as_bytes()).await;
        let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
        // Two gibibytes are as good as endless.
        for _ in 0..32_768 {
            if write.write_all(&chunk).await.is_err() {
                break;
            }
        }
    });
    let answer = status(&mut read, began).await;
    sending.abort();
    answer
}

async fn status(stream: &mut (impl tokio::io::AsyncRead + Unpin), began: Instant) -> Result<Answer> {
    let mut first = vec![0; 512];
    let read = tokio::time::timeout(Duration::from_secs(40), stream.read(&mut first))
        .await
        .context("no answer in 40 s")??;
    let text = String::from_utf8_lossy(&first[..read]).into_owned();
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|s| s.parse().ok())
        .with_context(|| format!("no HTTP answer: {text:?}"))?;
    Ok(Answer { status, took: began.elapsed() })
}

/// Heads of two mebibytes, in one line and in many.
async fn heads(address: SocketAddr) -> Result<()> {
    for more in [
        format!("x-a: {}\r\n", "a".repeat(2 * MIB)),
        "x-a: aaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(2 * MIB / 32),
    ] {
        let mut stream = TcpStream::connect(address).await?;
        let began = Instant::now();
        let request = format!("GET /api/setup HTTP/1.1\r\nhost: {address}\r\n{more}\r\n");
        let _ = stream.write_all(request.as_bytes()).await;
        match status(&mut stream, began).await {
            Ok(answer) => refused("a head of 2 MiB", &answer)?,
            // Closed without a word, because more was on its way than anybody reads.
            Err(_) => ensure!(
                began.elapsed() < SOON,
                "a head of 2 MiB was kept for {:.0} s",
                began.elapsed().as_secs_f64()
            ),
        }
    }
    Ok(())
}
