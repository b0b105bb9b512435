//! F13: half-open requests, bodies that come byte by byte, thousands of idle live feeds and one that isn't read, beside people
//! who work.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::ground::{Stage, key, resident_mb};
use crate::program::{Http, Program};

const HALF_OPEN: usize = 1_000;
const SLOW_BODIES: usize = 200;
const STREAMS: usize = 2_000;
const PEOPLE: usize = 8;
/// How soon a request whose head doesn't come is closed.
const CLOSED_WITHIN: Duration = Duration::from_secs(15);
/// Below this a p95 is as good as any: the machine's own noise.
const QUICK_MS: f64 = 20.0;

/// Measures people at work alone, then beside all that.
pub async fn run(stage: Stage, _: Dice, budget: Duration) -> Result<String> {
    let program = stage.serve()?;
    let phase = budget / 10;
    let work = Work::learn(&stage, &program).await?;
    work.measure(phase / 4).await?; // what is asked first is slower
    // The better of two each time: one moment of this machine is not the program's.
    let alone_ms = work.measure(phase).await?.min(work.measure(phase).await?);
    let before_mb = resident_mb(&program)?;

    let streams = Streams::open(&stage, &program).await?;
    let measured = Arc::<AtomicBool>::default();
    let (heads, bodies) =
        (slow_heads(program.address, &measured), slow_bodies(&stage, program.address, &measured));
    tokio::time::sleep(Duration::from_secs(1)).await;
    let beside_ms = work.measure(phase).await?.min(work.measure(phase).await?);
    measured.store(true, Ordering::Relaxed);
    let grown_mb = resident_mb(&program)? - before_mb;
    let limit_ms = (2.0 * alone_ms).max(QUICK_MS);
    ensure!(beside_ms <= limit_ms, "p95 {beside_ms:.1} ms beside slow clients, {alone_ms:.1} ms alone");

    let slowest_head = closed(heads).await?;
    ensure!(
        slowest_head <= CLOSED_WITHIN,
        "a half-open request was kept for {:.0} s",
        slowest_head.as_secs_f64()
    );
    let slowest_body = closed(bodies).await?;
    ensure!(
        slowest_body <= Duration::from_secs(45),
        "a slow body was kept for {:.0} s",
        slowest_body.as_secs_f64()
    );
    streams.still_there().await?;
    drop(streams);
    let (dropped_after, resumed, connections) = unread(&stage, &program).await?;
    program.kill()?;
    Ok(format!(
        "{HALF_OPEN} half-open requests closed within {:.0} s, {SLOW_BODIES} slow bodies within {:.0} s, {STREAMS} idle live \
         feeds (+{grown_mb:.0} MB): p95 {alone_ms:.1} ms alone, {beside_ms:.1} ms beside them; a feed that isn't read is dropped \
         after {dropped_after:.0} s and resumes: {resumed} events in {connections} connections, none missing",
        slowest_head.as_secs_f64(),
        slowest_body.as_secs_f64()
    ))
}

/// What people ask for: cases, lists, and a note now and then.
#[derive(Clone)]
struct Work {
    address: SocketAddr,
    cookie: String,
    cases: Arc<Vec<String>>,
}

impl Work {
    async fn learn(stage: &Stage, program: &Program) -> Result<Self> {
        let mut http = stage.connect(program, "hotline_agent").await?;
        let page = http.get("/api/cases?view=open").await?.json();
        let items = page["items"].as_array().with_context(|| format!("{page}"))?;
        let cases: Vec<String> = items.iter().filter_map(|c| Some(c["id"].as_str()?.to_owned())).collect();
        ensure!(!cases.is_empty(), "no open cases");
        Ok(Self { address: program.address, cookie: http.cookie, cases: Arc::new(cases) })
    }

    /// Milliseconds within which 95 of 100 requests are answered.
    async fn measure(&self, phase: Duration) -> Result<f64> {
        let mut people = JoinSet::new();
        for person in 0..PEOPLE {
            people.spawn(self.clone().person(person, phase));
        }
        let mut times = Vec::new();
        while let Some(done) = people.join_next().await {
            times.extend(done??);
        }
        times.sort_unstable();
        Ok(times[times.len() * 95 / 100].as_secs_f64() * 1e3)
    }

    async fn person(self, person: usize, phase: Duration) -> Result<Vec<Duration>> {
        let mut http = Http::connect(self.address, &self.cookie).await?;
        let (mut times, began) = (Vec::new(), Instant::now());
        while began.elapsed() < phase {
            let n = times.len() + person;
            let case = &self.cases[n % self.cases.len()];
            let sent = Instant::now();
            let reply = match n % 10 {
                0 => {
                    http.post(
                        &format!("/api/cases/{case}/note"),
                        &key(),
                        &json!({ "text": "催促" }).to_string(),
                    )
                    .await?
                }
                1..=4 => http.get("/api/cases?view=open&limit=20").await?,
                _ => http.get(&format!("/api/cases/{case}")).await?,
            };
            times.push(sent.elapsed());
            ensure!((200..300).contains(&reply.status), "answered {}", reply.status);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        Ok(times)
    }
}

type Closing = JoinSet<Result<Duration>>;

// A line of the head every three seconds, and never the last.
fn slow_heads(address: SocketAddr, measured: &Arc<AtomicBool>) -> Closing {
    let mut clients = JoinSet::new();
    for _ in 0..HALF_OPEN {
        let begin = || "GET /api/cases HTTP/1.1\r\nhost: x\r\n".to_owned();
        clients.spawn(again(address, begin, "x-more: 1\r\n", Duration::from_secs(3), measured.clone()));
    }
    clients
}

// A body of ten thousand bytes, one every two seconds.
fn slow_bodies(stage: &Stage, address: SocketAddr, measured: &Arc<AtomicBool>) -> Closing {
    let mut clients = JoinSet::new();
    for _ in 0..SLOW_BODIES {
        let cookie = stage.cookie("hotline_agent").to_owned();
        let begin = move || {
            format!(
                "POST /api/cases HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\ncontent-type: application/json\r\n\
                 idempotency-key: {}\r\ncontent-length: 10000\r\n\r\n{{",
                key()
            )
        };
        clients.spawn(again(address, begin, " ", Duration::from_secs(2), measured.clone()));
    }
    clients
}

// Whoever is closed comes again as long as people are measured beside them; answers the longest that one was kept.
async fn again(
    address: SocketAddr,
    begin: impl Fn() -> String,
    more: &'static str,
    pause: Duration,
    measured: Arc<AtomicBool>,
) -> Result<Duration> {
    let mut longest = Duration::ZERO;
    while longest.is_zero() || !measured.load(Ordering::Relaxed) {
        longest = longest.max(until_closed(address, begin(), more, pause).await?);
    }
    Ok(longest)
}

async fn until_closed(
    address: SocketAddr,
    begin: String,
    more: &'static str,
    pause: Duration,
) -> Result<Duration> {
    let mut stream = TcpStream::connect(address).await?;
    let began = Instant::now();
    stream.write_all(begin.as_bytes()).await?;
    let (mut read, mut write) = stream.into_split();
    let mut buffer = [0; 4096];
    loop {
        tokio::select! {
            // An answer may come before the end; the end is what frees the place.
            got = read.read(&mut buffer) => if !matches!(got, Ok(n) if n > 0) { return Ok(began.elapsed()) },
            () = tokio::time::sleep(pause) => {
                if write.write_all(more.as_bytes()).await.is_err() {
                    return Ok(began.elapsed());
                }
            }
        }
    }
}

async fn closed(mut clients: Closing) -> Result<Duration> {
    let mut slowest = Duration::ZERO;
    while let Some(done) = clients.join_next().await {
        slowest = slowest.max(done??);
    }
    Ok(slowest)
}

/// Live feeds that are open and read, and hear little.
struct Streams {
    open: Arc<AtomicUsize>,
    _hands: JoinSet<()>,
}

impl Streams {
    async fn open(stage: &Stage, program: &Program) -> Result<Self> {
        let open = Arc::<AtomicUsize>::default();
        let mut hands = JoinSet::new();
        for _ in 0..STREAMS {
            // Engineers' phones: what happens at the desk is not for them.
            let (address, cookie, open) =
                (program.address, stage.cookie("engineer").to_owned(), open.clone());
            hands.spawn(async move {
                if let Ok(mut feed) = Feed::open(address, &cookie, None, None).await {
                    open.fetch_add(1, Ordering::Relaxed);
                    while feed.next().await.is_ok() {}
                    open.fetch_sub(1, Ordering::Relaxed);
                }
            });
        }
        let streams = Self { open, _hands: hands };
        let began = Instant::now();
        while streams.open.load(Ordering::Relaxed) < STREAMS {
            let open = streams.open.load(Ordering::Relaxed);
            ensure!(began.elapsed() < Duration::from_secs(30), "only {open} live feeds are open after 30 s");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(streams)
    }

    async fn still_there(&self) -> Result<()> {
        let open = self.open.load(Ordering::Relaxed);
        ensure!(open == STREAMS, "{} of {STREAMS} live feeds were ended", STREAMS - open);
        Ok(())
    }
}

/// A live feed as a client reads it.
struct Feed {
    lines: tokio::io::Lines<BufReader<TcpStream>>,
}

impl Feed {
    /// Opens it, from now on or after a number, with a small buffer if asked.
    async fn open(address: SocketAddr, cookie: &str, last: Option<i64>, buffer: Option<u32>) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        if let Some(buffer) = buffer {
            socket.set_recv_buffer_size(buffer)?;
        }
        let mut stream = socket.connect(address).await?;
        let last = last.map(|seq| format!("last-event-id: {seq}\r\n")).unwrap_or_default();
        let request = format!("GET /api/live HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n{last}\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut feed = Self { lines: BufReader::new(stream).lines() };
        let status = feed.lines.next_line().await?.unwrap_or_default();
        ensure!(status.contains(" 200 "), "the live feed answered {status}");
        Ok(feed)
    }

    /// The number of the next event.
    async fn next(&mut self) -> Result<i64> {
        loop {
            match self.lines.next_line().await? {
                None => bail!("the feed has ended"),
                Some(line) => {
                    if let Some(seq) = line.strip_prefix("id: ") {
                        return Ok(seq.parse()?);
                    }
                }
            }
        }
    }
}

/// A feed that begins with everything and is not read: after how long it is dropped; and how it comes to everything in the end.
async fn unread(stage: &Stage, program: &Program) -> Result<(f64, usize, usize)> {
    let cookie = stage.cookie("hotline_agent");
    let newest = stage.count("SELECT MAX(seq) FROM event WHERE kind = 'case.reported'").await?;
    let everything = read_up_to(program.address, cookie, 0, newest).await?;
    ensure!(everything.numbers.len() > 1_000, "only {} events to read", everything.numbers.len());
    let mut feed = Feed::open(program.address, cookie, Some(0), Some(4096)).await?;
    let began = Instant::now();
    let mut numbers = Vec::new();
    // Open feeds are counted by the program itself; without its token we see the end only by reading.
    tokio::time::sleep(Duration::from_secs(8)).await;
    while let Ok(Ok(seq)) = tokio::time::timeout(Duration::from_secs(5), feed.next()).await {
        numbers.push(seq);
        ensure!(seq < newest, "a feed that nobody read was not dropped");
    }
    let after = began.elapsed().as_secs_f64();
    let last = numbers.last().copied().unwrap_or(0);
    let rest = read_up_to(program.address, cookie, last, newest).await?;
    numbers.extend(rest.numbers);
    // The first of each connection is where it stands, not an event.
    numbers.dedup();
    numbers.retain(|seq| *seq > 0);
    let expected: Vec<i64> = everything.numbers.into_iter().filter(|seq| *seq > 0).collect();
    ensure!(numbers == expected, "{} events came, {} exist", numbers.len(), expected.len());
    Ok((after, numbers.len(), 1 + rest.connections))
}

struct Caught {
    numbers: Vec<i64>,
    connections: usize,
}

/// Reads as fast as it comes, and connects again where it is dropped, as browsers do.
async fn read_up_to(address: SocketAddr, cookie: &str, after: i64, newest: i64) -> Result<Caught> {
    let (mut numbers, mut connections, mut last) = (Vec::new(), 0, after);
    while last < newest {
        connections += 1;
        ensure!(
            connections <= 5,
            "dropped {connections} times while reading as fast as it came, {last} of {newest}"
        );
        let mut feed = Feed::open(address, cookie, Some(last), None).await?;
        while last < newest {
            match tokio::time::timeout(Duration::from_secs(10), feed.next()).await {
                Ok(Ok(seq)) => {
                    if numbers.last() != Some(&seq) {
                        numbers.push(seq);
                    }
                    last = seq;
                }
                Ok(Err(_)) => break,
                Err(_) => bail!("nothing for 10 s at {last} of {newest}"),
            }
        }
    }
    Ok(Caught { numbers, connections })
}
