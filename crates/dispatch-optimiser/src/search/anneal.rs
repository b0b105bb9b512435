//! String ruin, recreate and annealing (after Christiaens and Vanden Berghe 2020), on the true objective.

use super::Settings;
use super::insert::{Blink, Spot};
use super::model::{Metric, NONE, flag};
use super::neighbours::Neighbours;
use super::pool::Pool;
use super::rng::Rng;
use super::state::State;
use crate::stop::Stop;

/// Orders in which jobs are put back, and how often each is drawn.
const ORDERS: [(Order, usize); 6] = [
    (Order::Random, 4),
    (Order::Price, 4),
    (Order::Due, 2),
    (Order::Long, 2),
    (Order::Tight, 2),
    (Order::Start, 1),
];

#[derive(Clone, Copy)]
enum Order {
    Random,
    Price,
    Due,
    Long,
    Tight,
    Start,
}

/// With more candidate routes than this only those of the nearest jobs are looked at…
const NEAR_ROUTES: usize = 24;
/// …and of so many of them.
const NEAR_JOBS: usize = 40;

/// It is not heated up more often than this.
const MOST_COOLINGS: f64 = 4.0;

/// Share of the budget after which the rounds of the whole can be told.
const JUDGED_AT: f64 = 0.02;

/// From this share of a cooling on routes are kept…
const POOL_FROM: f64 = 0.3;
/// …once in so many rounds for each job…
const POOL_EVERY: f64 = 0.4;
/// …and at these shares of the budget put together anew, where the last time says that it won't take more than is left…
const POOL_AT: [f64; 4] = [0.8, 0.88, 0.94, 0.98];
/// …and the rounds of the whole are no fewer than these for each job (and than [`Settings::pool_rounds`]).
const POOL_ROUNDS: f64 = 100.0;

/// Scratch lists of the loop, so that nothing is allocated in it.
#[derive(Default)]
struct Scratch {
    queue: Vec<u32>,
    sorted: Vec<(i64, u32)>,
    ruined: Vec<u32>,
}

pub(crate) struct Annealer<'a, 'm, M: Metric> {
    pub(crate) state: State<'m, M>,
    pub(crate) best_cost: i64,
    best: Vec<Vec<u32>>,
    changed: Vec<u32>,
    is_changed: Vec<bool>,
    near: &'a Neighbours,
    settings: &'a Settings,
    /// First and last temperature, in mean legs.
    heat: (f64, f64),
    pub(crate) rng: Rng,
    blink: Blink,
    scratch: Scratch,
    scanned: Vec<u32>,
    scan: u32,
    pub(crate) iterations: u64,
    pool: Option<Pool>,
}

impl<'a, 'm, M: Metric> Annealer<'a, 'm, M> {
    pub(crate) fn new(
        state: State<'m, M>,
        near: &'a Neighbours,
        settings: &'a Settings,
        heat: (f64, f64),
        rng: Rng,
    ) -> Self {
        let blink = Blink::new(settings.blink);
        let best = state.routes.iter().map(|stops| stops.iter().skip(1).map(|s| s.node).collect()).collect();
        let routes = state.routes.len();
        let pool = Pool::new(&state, settings.pool);
        Self {
            best_cost: state.cost,
            state,
            best,
            changed: Vec::with_capacity(routes),
            is_changed: vec![false; routes],
            near,
            settings,
            heat,
            rng,
            blink,
            scratch: Scratch::default(),
            scanned: vec![0; routes],
            scan: 0,
            iterations: 0,
            pool,
        }
    }

    /// Searches until stopped; tells `heard` each new best cost when it asks the stop.
    pub(crate) fn run(&mut self, stop: &mut dyn Stop, heard: &mut dyn FnMut(u64, i64)) {
        let model = self.state.model;
        let seeds: Vec<u32> =
            (0..model.jobs).filter(|&j| !model.candidates(j).0.is_empty()).map(|j| j as u32).collect();
        if seeds.is_empty() {
            return;
        }
        let scale = self.scale();
        let (hot, cold) = (self.heat.0 * scale, self.heat.1 * scale);
        let stride = stop.stride().max(1);
        let (mut temperature, mut coolings) = (hot, 0.0);
        let mut told = self.best_cost;
        let (mut gathered, mut together, mut took) = (0, 0, 0.0);
        loop {
            if self.iterations.is_multiple_of(stride) {
                let used = stop.progress(self.iterations);
                if used >= 1.0 {
                    break;
                }
                if coolings == 0.0 && used >= JUDGED_AT {
                    coolings = self.coolings(used, seeds.len());
                }
                let share = (used.clamp(0.0, 1.0) * coolings.max(1.0)).fract();
                temperature = hot * (cold / hot).powf(share);
                let least = if self.settings.pool_rounds > 0.0 {
                    self.settings.pool_rounds.max(POOL_ROUNDS * seeds.len() as f64)
                } else {
                    0.0
                };
                let long = self.iterations as f64 >= used * least;
                if long && coolings > 0.0 && share >= POOL_FROM && self.iterations >= gathered {
                    gathered = self.iterations + (POOL_EVERY * seeds.len() as f64) as u64;
                    if let Some(pool) = &mut self.pool {
                        pool.gather(&self.state);
                    }
                    if POOL_AT.get(together).is_some_and(|&at| used >= at) {
                        together += 1;
                        if used + took < 1.0 {
                            self.put_together();
                            took = 1.2 * (stop.progress(self.iterations) - used);
                        }
                    }
                }
                if self.best_cost < told {
                    told = self.best_cost;
                    heard(self.iterations, told);
                }
            }
            self.iterations += 1;
            self.round(&seeds, temperature);
        }
    }

    /// Goes back to the best plan, and on to a better one where routes of the pool make one.
    fn put_together(&mut self) {
        let Some(pool) = &mut self.pool else { return };
        let back: Vec<(u32, &[u32])> =
            self.changed.iter().map(|&r| (r, inner(&self.best[r as usize]))).collect();
        if !self.state.lay(&back) {
            return;
        }
        for r in self.changed.drain(..) {
            self.is_changed[r as usize] = false;
        }
        pool.gather(&self.state);
        let Some(routes) = pool.together(&self.state) else { return };
        let rows: Vec<(u32, &[u32])> = (0..).zip(routes.iter().map(Vec::as_slice)).collect();
        if !self.state.lay(&rows) {
            return;
        }
        if self.state.cost >= self.best_cost {
            self.state.take_back();
            return;
        }
        self.best_cost = self.state.cost;
        for (row, stops) in self.best.iter_mut().zip(&self.state.routes) {
            row.clear();
            row.extend(stops.iter().skip(1).map(|s| s.node));
        }
    }

    /// How often it cools down in all, judged by the rounds so far: where one cooling has found what it will find, another
    /// start from the heat finds more than a slower cooling does.
    fn coolings(&self, used: f64, jobs: usize) -> f64 {
        let rounds = self.iterations as f64 / used;
        (rounds / (self.settings.cooling * jobs as f64)).floor().clamp(1.0, MOST_COOLINGS)
    }

    /// What one leg of travel costs on average: the yardstick of the temperatures.
    fn scale(&self) -> f64 {
        let (mut legs, mut sum) = (0u64, 0i64);
        for stops in &self.state.routes {
            if stops.len() > 2 {
                legs += stops.len() as u64 - 1;
                sum += stops.iter().map(|s| i64::from(s.leg)).sum::<i64>();
            }
        }
        (sum as f64 / legs.max(1) as f64 * self.state.model.travel_weight.max(1) as f64).max(1.0)
    }

    fn round(&mut self, seeds: &[u32], temperature: f64) {
        let before = self.state.cost;
        self.state.begin();
        let seed = match self.state.left_out.len() {
            left if left > 0 && self.rng.unit() < self.settings.left_out => {
                self.state.left_out[self.rng.below(left)]
            }
            _ => seeds[self.rng.below(seeds.len())],
        };
        self.ruin(seed);
        if self.state.misfit {
            self.state.take_back();
            return;
        }
        self.recreate();
        let worse = (self.state.cost - before) as f64;
        if self.state.misfit || worse > 0.0 && worse >= -temperature * self.rng.unit().max(1e-18).ln() {
            self.state.take_back();
            return;
        }
        for n in 0.. {
            let Some(r) = self.state.touched_nth(n) else { break };
            if !std::mem::replace(&mut self.is_changed[r as usize], true) {
                self.changed.push(r);
            }
        }
        if self.state.cost < self.best_cost {
            self.best_cost = self.state.cost;
            for r in self.changed.drain(..) {
                self.is_changed[r as usize] = false;
                let row = &mut self.best[r as usize];
                row.clear();
                row.extend(self.state.routes[r as usize].iter().skip(1).map(|s| s.node));
            }
        }
    }

    /// Takes strings of jobs out of routes near `seed`; queues them and the left-out jobs near by.
    fn ruin(&mut self, seed: u32) {
        let near = self.near.of(seed as usize);
        let Scratch { queue, ruined, .. } = &mut self.scratch;
        queue.clear();
        ruined.clear();
        let state = &mut self.state;
        let mean = f64::from(state.served) / f64::from(state.used.max(1));
        let longest = self.settings.string.min(mean.max(1.0));
        let strings = 4.0 * self.settings.removed / (1.0 + longest) - 1.0;
        let strings = (1.0 + self.rng.unit() * strings.max(0.0)) as usize;
        let strings = strings.max(1);
        for &c in near {
            let r = state.route_of[c as usize];
            if r == NONE {
                continue;
            }
            if state.is_touched(r) {
                continue;
            }
            let jobs = f64::from(state.sums[r as usize].jobs);
            let most = longest.min(jobs);
            let length = ((1.0 + self.rng.unit() * most) as usize).clamp(1, jobs as usize);
            Self::cut(state, &mut self.rng, self.settings, r, state_pos(state, c), length, queue);
            ruined.push(r);
            if ruined.len() >= strings {
                break;
            }
        }
        if !state.model.ties.group.is_empty() {
            let mut n = 0;
            while let Some(&j) = queue.get(n) {
                if state.nodes[j as usize].flags & flag::TIED != 0 {
                    state.untie(j, queue);
                }
                n += 1;
            }
        }
        for &r in ruined.iter() {
            state.settle(r);
            state.drop_idle_stop(r);
            state.place_breaks(r);
        }
        // Those left out before come after those just taken out, so that they can be told apart.
        let taken = queue.len();
        for &c in near {
            if state.route_of[c as usize] == NONE && !queue[..taken].contains(&c) {
                queue.push(c);
            }
        }
    }

    /// Takes one string with the job at `pos` out of route `r`; now and then keeps a piece in its middle.
    fn cut(
        state: &mut State<'m, M>,
        rng: &mut Rng,
        settings: &Settings,
        r: u32,
        pos: usize,
        length: usize,
        queue: &mut Vec<u32>,
    ) {
        let inner = state.routes[r as usize].len() - 2;
        let split = length > 1 && length < inner && rng.unit() < settings.split;
        let mut kept = 0;
        if split {
            kept = 1;
            while length + kept < inner && rng.unit() > settings.split_depth {
                kept += 1;
            }
        }
        let span = (length + kept).min(inner);
        let low = pos.saturating_sub(span - 1).max(1);
        let high = pos.min(inner + 1 - span);
        let from = low + rng.below(high - low + 1);
        let keep = if kept > 0 {
            let at = from + 1 + rng.below(span - kept - 1);
            at..at + kept
        } else {
            0..0
        };
        state.remove(r, from, from + span, keep, queue);
    }

    /// Puts queued jobs back, each where it is cheapest, or leaves it out where that is cheaper.
    fn recreate(&mut self) {
        self.sort();
        for n in 0..self.scratch.sorted.len() {
            let j = self.scratch.sorted[n].1;
            if self.state.nodes[j as usize].flags & flag::TIED != 0 {
                if self.state.all_out(j) {
                    self.state.tie(j);
                }
                continue;
            }
            let spot = self.best_spot(j);
            self.state.put(j, spot);
        }
        for n in 0.. {
            let Some(r) = self.state.touched_nth(n) else { break };
            self.state.place_breaks(r);
        }
    }

    /// The cheapest place for a job; jobs that were left out before the round look only at routes it touched.
    fn best_spot(&mut self, j: u32) -> Spot {
        let model = self.state.model;
        let mut best = Spot::below(model.price[j as usize]);
        let fresh = self.state.moved().iter().any(|&(m, r)| m == j && r != NONE);
        let (routes, extra) = model.candidates(j as usize);
        if routes.len() > NEAR_ROUTES && fresh && self.state.nodes[j as usize].flags & flag::EXTRA == 0 {
            self.best_spot_near(j, &mut best);
            if best.found() {
                return best;
            }
        }
        let mut empty_kind = NONE;
        for (&r, &extra) in routes.iter().zip(extra) {
            if !fresh && !self.state.is_touched(r) {
                continue;
            }
            if extra >= best.cost || !self.state.has_parts(j, r) {
                continue;
            }
            if self.state.sums[r as usize].jobs == 0 {
                if model.kind[r as usize] == empty_kind {
                    continue;
                }
                empty_kind = model.kind[r as usize];
            }
            self.state.best_in_route(j, r, extra, &mut best, self.blink, &mut self.rng);
        }
        best
    }

    /// The cheapest place among the routes of the nearest neighbours and one idle route: where hundreds of routes are
    /// possible, the far ones don't win.
    fn best_spot_near(&mut self, j: u32, best: &mut Spot) {
        let model = self.state.model;
        self.scan += 1;
        let routes = model.candidates(j as usize).0;
        let near = self.near.of(j as usize);
        let idle = routes.iter().copied().find(|&r| self.state.sums[r as usize].jobs == 0);
        let close =
            near.iter().take(NEAR_JOBS).map(|&k| self.state.route_of[k as usize]).filter(|&r| r != NONE);
        for r in close.chain(idle) {
            if std::mem::replace(&mut self.scanned[r as usize], self.scan) == self.scan {
                continue;
            }
            // A neighbour's route need not be a candidate; where all are, there is nothing to look up.
            if routes.len() < model.routes && routes.binary_search(&r).is_err() || !self.state.has_parts(j, r)
            {
                continue;
            }
            self.state.best_in_route(j, r, 0, best, self.blink, &mut self.rng);
        }
    }

    fn sort(&mut self) {
        let total: usize = ORDERS.iter().map(|(_, w)| w).sum();
        let mut draw = self.rng.below(total);
        let mut order = Order::Random;
        for (o, w) in ORDERS {
            if draw < w {
                order = o;
                break;
            }
            draw -= w;
        }
        let Scratch { queue, sorted, .. } = &mut self.scratch;
        let model = self.state.model;
        sorted.clear();
        for &j in queue.iter() {
            let node = &self.state.nodes[j as usize];
            let key = match order {
                Order::Random => (self.rng.next() >> 2) as i64,
                Order::Price => -model.price[j as usize],
                Order::Due => i64::from(node.due.min(node.close)),
                Order::Long => -i64::from(node.dur),
                Order::Tight => i64::from(node.close) - i64::from(node.open),
                Order::Start => i64::from(node.open),
            };
            sorted.push((key, j));
        }
        sorted.sort_unstable();
    }

    /// The best plan found, as nodes by route.
    pub(crate) fn into_best(self) -> Vec<Vec<u32>> {
        self.best
    }
}

/// Nodes of a route without its end.
fn inner(nodes: &[u32]) -> &[u32] {
    nodes.split_last().map_or(nodes, |(_, inner)| inner)
}

fn state_pos<M: Metric>(state: &State<'_, M>, j: u32) -> usize {
    state.pos[j as usize] as usize
}
