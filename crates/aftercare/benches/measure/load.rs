//! Clients that ask one thing again and again, and what it cost the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kit::{Clock, Ids};
use tokio::task::JoinSet;

use super::program::{Http, Program, Reply};

/// Linux counts processor time for programs in hundredths of a second.
const TICK_MS: f64 = 10.0;

/// What clients ask; the number makes each request another one.
#[derive(Clone)]
pub struct Ask {
    command: bool,
    make: Arc<dyn Fn(usize) -> (String, String) + Send + Sync>,
}

impl Ask {
    /// A command: path and body of the n-th.
    pub fn command(make: impl Fn(usize) -> (String, String) + Send + Sync + 'static) -> Self {
        Self { command: true, make: Arc::new(make) }
    }

    /// A read: path of the n-th.
    pub fn read(make: impl Fn(usize) -> String + Send + Sync + 'static) -> Self {
        Self { command: false, make: Arc::new(move |n| (make(n), String::new())) }
    }

    /// Sends the n-th and insists on a 2xx.
    pub async fn send(&self, http: &mut Http, n: usize) -> Reply {
        let (path, body) = (self.make)(n);
        let reply = if self.command {
            let key = Ids::system().next(Clock::system().now()).to_string();
            http.post(&path, &key, &body).await.unwrap()
        } else {
            http.get(&path).await.unwrap()
        };
        assert!(
            (200..300).contains(&reply.status),
            "{path} answered {}: {}",
            reply.status,
            String::from_utf8_lossy(&reply.body)
        );
        reply
    }
}

/// What a load came to.
pub struct Load {
    /// Answers per second.
    pub per_second: f64,
    /// Milliseconds of the program per request, user and system.
    pub cpu_ms: f64,
    /// Milliseconds to the answer, for 50, 95 and 99 of a hundred requests.
    pub percentiles_ms: [f64; 3],
}

/// Lets one client per cookie ask for as long as `phase`, after a short run-up.
pub async fn run(program: &Program, cookies: &[String], phase: Duration, ask: &Ask) -> Load {
    let number = Arc::new(AtomicUsize::new(0));
    clients(program, cookies, phase / 10, ask, &number).await;
    quiet(program).await;
    let (spent, began) = (cpu_ms(program.pid()), Instant::now());
    let mut times = clients(program, cookies, phase, ask, &number).await;
    let elapsed = began.elapsed().as_secs_f64();
    quiet(program).await;
    let spent = cpu_ms(program.pid()) - spent;
    times.sort_unstable();
    let count = times.len() as f64;
    let percentile = |p: usize| times[(times.len() * p / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    Load { per_second: count / elapsed, cpu_ms: spent / count, percentiles_ms: [50, 95, 99].map(percentile) }
}

async fn clients(
    program: &Program,
    cookies: &[String],
    phase: Duration,
    ask: &Ask,
    number: &Arc<AtomicUsize>,
) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for cookie in cookies {
        let mut http = Http::connect(program.address, cookie).await.unwrap();
        let (ask, number) = (ask.clone(), number.clone());
        tasks.spawn(async move {
            let mut times = Vec::new();
            let end = Instant::now() + phase;
            while Instant::now() < end {
                let n = number.fetch_add(1, Ordering::Relaxed);
                let sent = Instant::now();
                ask.send(&mut http, n).await;
                times.push(sent.elapsed());
            }
            times
        });
    }
    let mut all = Vec::new();
    while let Some(times) = tasks.join_next().await {
        all.extend(times.unwrap());
    }
    all
}

/// Waits until the program has done what it does in the background: 300 ms with hardly any work, at most 20 s.
pub async fn quiet(program: &Program) {
    for _ in 0..66 {
        let spent = cpu_ms(program.pid());
        tokio::time::sleep(Duration::from_millis(300)).await;
        if cpu_ms(program.pid()) - spent <= TICK_MS {
            return;
        }
    }
}

/// Processor time of a process so far, user and system, in milliseconds.
pub fn cpu_ms(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name in parentheses may hold anything; user and system time are the 12th and 13th word behind it.
    let words: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    words[11..13].iter().map(|word| word.parse::<f64>().unwrap()).sum::<f64>() * TICK_MS
}

/// Resident memory of a process in megabytes: all of it, and the part that is not pages of files.
pub fn resident_mb(pid: u32) -> [f64; 2] {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    ["VmRSS:", "RssAnon:"].map(|name| {
        let line = status.lines().find_map(|l| l.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0 / 1e6
    })
}
