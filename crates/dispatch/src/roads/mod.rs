//! Ways by road: a server with a map is asked for tables of them, what it said is kept, and where it says nothing the ways are estimated.
//!
//! Nothing here is asked inside a transaction, and no rule asks: it is given [`KnownWays`]. Whoever needs ways waits for the
//! server for [`Asking::wait`] at most; what it says later is kept for whoever comes next.

mod speak;
mod wire;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use metrics::{counter, gauge};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use crate::model::{RoadsBy, RoadsUsed};
use crate::rules::roads::{Block, Cache, KnownWays, MOST_WAYS, Needed};
pub use speak::RoadsKind;
use speak::{Answer, answer, question};
pub use wire::RoadsUrl;
use wire::Wire;

/// Ways that are kept: two areas of the largest size.
const KEPT: usize = 2 * MOST_WAYS;
/// Questions at a time.
const AT_ONCE: usize = 4;
/// A table is asked for no longer than this, however large.
const LONGEST: Duration = Duration::from_secs(60);

/// How a server is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// Places in one question at most.
    pub table: usize,
    /// How long one question may take.
    pub within: Duration,
    /// How long whoever needs the ways waits.
    pub wait: Duration,
    /// How long a server that didn't answer is left alone.
    pub rest: Duration,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            table: 100,
            within: Duration::from_secs(5),
            wait: Duration::from_secs(2),
            rest: Duration::from_secs(30),
        }
    }
}

/// Where ways come from: a road server, or the estimate alone. Cheap to clone.
#[derive(Clone, Default)]
pub struct Roads(Option<Arc<Server>>);

impl std::fmt::Debug for Roads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Roads").field(&self.0.as_ref().map(|s| s.url.to_string())).finish()
    }
}

struct Server {
    kind: RoadsKind,
    url: RoadsUrl,
    asking: Asking,
    /// Places in one question, as the server has taught.
    most: AtomicUsize,
    kept: Mutex<Cache>,
    /// Ages of what is kept count from here.
    begun: Instant,
    /// Until when the server is left alone.
    away: Mutex<Option<Instant>>,
    /// Whoever asks: the others wait, and find what was said.
    turn: Arc<Turn<()>>,
}

/// The ways that were found, and what is said of them.
#[derive(Clone, Debug)]
pub struct Found {
    /// The ways.
    pub ways: KnownWays,
    /// By which roads it was reckoned.
    pub used: RoadsUsed,
}

impl Roads {
    /// Of a server.
    #[must_use]
    pub fn of(kind: RoadsKind, url: RoadsUrl, asking: Asking) -> Self {
        gauge!("aftercare_roads_up").set(1.0);
        Self(Some(Arc::new(Server {
            kind,
            url,
            asking,
            most: AtomicUsize::new(asking.table.max(2)),
            kept: Mutex::new(Cache::holding(KEPT)),
            begun: Instant::now(),
            away: Mutex::default(),
            turn: Arc::default(),
        })))
    }

    /// The ways that are needed, as far as the server says them in time. Never fails: what is missing is estimated.
    pub async fn find(&self, needed: Vec<Needed>) -> Found {
        let all: usize = needed.iter().map(Needed::many).sum();
        let estimated = Found {
            ways: KnownWays::default(),
            used: RoadsUsed { by: RoadsBy::Estimate, ways: all as i64, estimated: all as i64 },
        };
        let Some(server) = &self.0 else { return estimated };
        if all == 0 {
            return Found { used: RoadsUsed { by: server.by(), ..estimated.used }, ..estimated };
        }
        // The smallest first: what is too large for the server leaves the rest its ways.
        let mut asked = needed;
        asked.sort_by_key(Needed::many);
        let mut sum = 0;
        asked.retain(|n| {
            sum += n.many();
            sum <= MOST_WAYS
        });
        let asked = Arc::new(asked);
        server.clone().ask_for(asked.clone()).await;
        let found = {
            let server = server.clone();
            // Hundreds of thousands of look-ups take a while.
            tokio::task::spawn_blocking(move || server.found(&asked)).await
        };
        let Ok((ways, known)) = found else { return estimated };
        counter!("aftercare_roads_ways_total", "by" => "road").increment(known as u64);
        counter!("aftercare_roads_ways_total", "by" => "estimate").increment((all - known) as u64);
        let by = if known == 0 { RoadsBy::Estimate } else { server.by() };
        Found { ways, used: RoadsUsed { by, ways: all as i64, estimated: (all - known) as i64 } }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tables that wait to be asked for, and why no more are.
#[derive(Default)]
struct Work {
    waiting: Vec<Block>,
    fault: Option<String>,
    answered: bool,
}

impl Server {
    const fn by(&self) -> RoadsBy {
        match self.kind {
            RoadsKind::Osrm => RoadsBy::Osrm,
            RoadsKind::Valhalla => RoadsBy::Valhalla,
        }
    }

    fn second(&self) -> u64 {
        self.begun.elapsed().as_secs()
    }

    fn found(&self, needed: &[Needed]) -> (KnownWays, usize) {
        let now_s = self.second();
        let (mut known, mut kept) = (0, held(&self.kept));
        let ways = needed
            .iter()
            .flat_map(Needed::ways)
            .filter_map(|(a, b)| Some(((a, b), kept.get(a, b, now_s)??)))
            .inspect(|_| known += 1)
            .collect();
        (ways, known)
    }

    fn missing(&self, needed: &[Needed]) -> Vec<Block> {
        let now_s = self.second();
        let mut kept = held(&self.kept);
        needed.iter().flat_map(|n| n.missing(|a, b| kept.get(a, b, now_s).is_some())).collect()
    }

    // Waits for what is missing as long as that is worth it; the rest of it is asked for all the same.
    async fn ask_for(self: Arc<Self>, needed: Arc<Vec<Needed>>) {
        if held(&self.away).is_some_and(|until| Instant::now() < until) {
            return;
        }
        // Whoever needs nothing new waits for nobody.
        if self.clone().still_missing(&needed).await.is_empty() {
            return;
        }
        let until = tokio::time::Instant::now() + self.asking.wait;
        let Ok(turn) = tokio::time::timeout_at(until, self.turn.clone().lock_owned()).await else { return };
        // Whoever had the turn before may have found it away.
        if held(&self.away).is_some_and(|until| Instant::now() < until) {
            return;
        }
        let missing = self.clone().still_missing(&needed).await;
        if missing.is_empty() {
            return;
        }
        let filling = tokio::spawn(self.fill(missing, turn));
        if tokio::time::timeout_at(until, filling).await.is_err() {
            tracing::debug!("the road server is still answering: the rest is estimated this time");
        }
    }

    // What isn't kept, worked out beside the threads that answer; nothing where that ends badly.
    async fn still_missing(self: Arc<Self>, needed: &Arc<Vec<Needed>>) -> Vec<Block> {
        let needed = needed.clone();
        tokio::task::spawn_blocking(move || self.missing(&needed)).await.unwrap_or_default()
    }

    async fn fill(self: Arc<Self>, waiting: Vec<Block>, _turn: OwnedMutexGuard<()>) {
        let work = Mutex::new(Work { waiting, ..Work::default() });
        let asking = futures::future::join_all((0..AT_ONCE).map(|_| self.work(&work)));
        if tokio::time::timeout(LONGEST, asking).await.is_err() {
            tracing::debug!("not every way was asked for: the next question goes on");
        }
        let work = work.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.judged(work.fault, work.answered);
    }

    // Told once when it goes away, and once when it is back.
    fn judged(&self, fault: Option<String>, answered: bool) {
        let mut away = held(&self.away);
        match fault {
            Some(why) => {
                if away.is_none() {
                    tracing::warn!(server = %self.url, why, "the road server can't be used: ways are estimated until it can");
                }
                gauge!("aftercare_roads_up").set(0.0);
                *away = Some(Instant::now() + self.asking.rest);
            }
            None if answered => {
                if away.take().is_some() {
                    tracing::info!(server = %self.url, "the road server is back");
                }
                gauge!("aftercare_roads_up").set(1.0);
            }
            None => {}
        }
    }

    async fn work(&self, work: &Mutex<Work>) {
        let mut wire = Wire::to(&self.url);
        loop {
            let block = {
                let mut work = held(work);
                if work.fault.is_some() {
                    return;
                }
                let Some(block) = work.waiting.pop() else { return };
                block
            };
            if let Err(why) = self.asked(&mut wire, block, work).await {
                held(work).fault.get_or_insert(why);
                return;
            }
        }
    }

    async fn asked(&self, wire: &mut Wire, block: Block, work: &Mutex<Work>) -> Result<(), String> {
        let single = block.places() == 2;
        if block.places() > self.most.load(Ordering::Relaxed)
            && let Ok(halves) = block.clone().halves()
        {
            held(work).waiting.extend(halves);
            return Ok(());
        }
        // Two numbers for each way, with their names; and the places once more.
        let longest = 65_536 + 400 * block.from.len() * block.to.len();
        let (status, body) = wire.ask(&question(self.kind, &block), longest, self.asking.within).await?;
        let ways = match answer(self.kind, &block, status, &body) {
            Answer::Ways(ways) => ways,
            Answer::Fault(why) => return Err(why),
            Answer::TooMuch(why) if single => return Err(why),
            Answer::TooMuch(_) => {
                self.most.fetch_min((block.places() / 2).max(2), Ordering::Relaxed);
                held(work).waiting.extend(block.halves().into_iter().flatten());
                return Ok(());
            }
            // Which place it is isn't said: it is found by halves, and the others get their ways.
            Answer::NoPlace => match block.clone().halves() {
                Ok(halves) => {
                    held(work).waiting.extend(halves);
                    return Ok(());
                }
                Err(_) => vec![None],
            },
        };
        held(work).answered = true;
        let now_s = self.second();
        let pairs = block.from.iter().flat_map(|a| block.to.iter().map(move |b| (*a, *b)));
        let mut kept = held(&self.kept);
        for ((from, to), way) in pairs.zip(ways).filter(|((from, to), _)| from != to) {
            kept.put(from, to, way, now_s);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
