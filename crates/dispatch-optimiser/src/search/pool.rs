//! A pool of routes seen while the search cools down, and the best plan that can be put together from them: a search wanders
//! in each corner of the plan by itself, and is seldom at its best in all of them at once.
//!
//! Each job is served by one route or left out at its price; each engineer drives one route at most. The prices of jobs that
//! bound such a plan from below (subgradient steps) say which routes can be part of a better one; those are few, and tried
//! in depth, the cheapest first.

use std::collections::HashMap;

use super::model::{Metric, Model};
use super::rng::Rng;
use super::state::State;
use super::trial::Trial;

/// Steps towards the prices that bound best, at most…
const STEPS: usize = 1500;
/// …and stops of routes summed up in all of them, a third of it from the second time on.
const SUMMED: usize = 120_000_000;
/// Routes that are tried in depth.
const TRIED: usize = 10_000;
/// Looks at a route while trying over the whole plan, for each share of the gap in [`WIDTHS`].
const LOOKS: u64 = 1_000_000;
/// What the routes tried may cost above the bound together, as shares of the gap: first near the bound, then farther.
const WIDTHS: [f64; 2] = [0.1, 0.5];
/// Then with all routes fixed but a few that lie together: how often, how many looks each time, and in all.
const CORNERS: usize = 200;
pub(crate) const CORNER_LOOKS: u64 = 60_000;
const CORNERS_LOOKS: u64 = 10_000_000;

/// A route seen, without what an idle day costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) kind: u32,
    pub(crate) cost: i64,
    /// Where its nodes are kept.
    from: u32,
    to: u32,
    seen: u32,
    key: u64,
}

pub(crate) struct Pool {
    most: usize,
    pub(crate) columns: Vec<Column>,
    nodes: Vec<u32>,
    known: HashMap<u64, u32>,
    /// Routes by kind.
    pub(crate) of_kind: Vec<Vec<u32>>,
    idle: Vec<i64>,
    /// Prices that bounded best the last time.
    prices: Vec<f64>,
    now: u32,
}

fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Of routes of one kind that serve the same jobs, in any order.
fn key(kind: u32, jobs: impl Iterator<Item = u32>) -> u64 {
    let kind = mixed(u64::from(kind) << 32 | 0x5eed);
    jobs.fold(kind, |key, j| key.wrapping_add(mixed(u64::from(j))))
}

impl Pool {
    /// A pool for `most` routes; none where routes hang together by ties, stores or shared vans.
    pub(crate) fn new<M: Metric>(state: &State<'_, M>, most: usize) -> Option<Self> {
        let model = state.model;
        let apart = model.stores.1 == 0 && !model.shared.contains(&true) && !model.ties.any();
        if most == 0 || !apart {
            return None;
        }
        let mut of_kind = vec![Vec::new(); model.kinds];
        for (r, &kind) in model.kind.iter().enumerate() {
            of_kind[kind as usize].push(r as u32);
        }
        let idle = of_kind.iter().map(|routes| state.idle_cost(routes[0])).collect();
        let (columns, nodes) = (Vec::with_capacity(most), Vec::with_capacity(most * 16));
        Some(Self {
            most,
            columns,
            nodes,
            known: HashMap::with_capacity(most),
            of_kind,
            idle,
            prices: Vec::new(),
            now: 0,
        })
    }

    /// Keeps the routes of the plan under work; of those that serve the same jobs the cheaper.
    pub(crate) fn gather<M: Metric>(&mut self, state: &State<'_, M>) {
        let model = state.model;
        self.now += 1;
        for (r, stops) in state.routes.iter().enumerate() {
            if state.sums[r].jobs == 0 {
                continue;
            }
            let kind = model.kind[r];
            let jobs = stops[1..stops.len() - 1].iter().map(|s| s.node);
            let served = jobs.clone().filter(|&n| (n as usize) < model.jobs);
            let key = key(kind, served);
            let cost = state.sums[r].cost - self.idle[kind as usize];
            let nth = match self.known.get(&key) {
                Some(&nth) => {
                    self.columns[nth as usize].seen = self.now;
                    if self.columns[nth as usize].cost <= cost {
                        continue;
                    }
                    nth as usize
                }
                None => {
                    if self.columns.len() >= self.most {
                        self.forget();
                    }
                    let nth = self.columns.len();
                    self.known.insert(key, nth as u32);
                    self.columns.push(Column { kind, cost, from: 0, to: 0, seen: self.now, key });
                    nth
                }
            };
            let from = self.nodes.len() as u32;
            self.nodes.extend(jobs);
            let column = &mut self.columns[nth];
            (column.cost, column.from, column.to) = (cost, from, self.nodes.len() as u32);
        }
    }

    /// Half of the routes go, those that were seen last longest ago.
    fn forget(&mut self) {
        let mut seen: Vec<u32> = self.columns.iter().map(|c| c.seen).collect();
        let half = seen.len() / 2;
        let since = *seen.select_nth_unstable(half).1;
        let mut nodes = Vec::with_capacity(self.nodes.capacity());
        self.known.clear();
        let mut kept = 0;
        for nth in 0..self.columns.len() {
            let mut column = self.columns[nth];
            if column.seen > since || column.seen == self.now {
                let from = nodes.len() as u32;
                nodes.extend_from_slice(&self.nodes[column.from as usize..column.to as usize]);
                (column.from, column.to) = (from, nodes.len() as u32);
                self.known.insert(column.key, kept as u32);
                self.columns[kept] = column;
                kept += 1;
            }
        }
        self.columns.truncate(kept);
        self.nodes = nodes;
    }

    /// Jobs that a route serves.
    pub(crate) fn jobs<'s, M: Metric>(
        &'s self,
        model: &'s Model<M>,
        column: &Column,
    ) -> impl Iterator<Item = usize> + 's {
        let nodes = &self.nodes[column.from as usize..column.to as usize];
        nodes.iter().map(|&n| n as usize).filter(|&n| n < model.jobs)
    }

    /// The best plan found that is put together from routes of the pool, where it is cheaper than the plan of `state`, whose
    /// routes must have been gathered: nodes by route.
    pub(crate) fn together<M: Metric>(&mut self, state: &State<'_, M>) -> Option<Vec<Vec<u32>>> {
        let model = state.model;
        let idle: i64 =
            self.of_kind.iter().zip(&self.idle).map(|(routes, idle)| routes.len() as i64 * idle).sum();
        let have = state.cost - idle;
        let (bound, prices) = self.bound(state, have as f64);
        self.prices.clone_from(&prices);
        let gap = have as f64 - bound;
        if gap < 1.0 {
            return None;
        }
        let mut over = self.above(model, &prices);
        let surcharge = self.surcharges(&mut over);
        for (n, column) in self.columns.iter().enumerate() {
            over[n] += surcharge[column.kind as usize];
        }
        let mut order: Vec<u32> =
            (0..self.columns.len() as u32).filter(|&n| over[n as usize] < gap).collect();
        order.sort_unstable_by(|&a, &b| over[a as usize].total_cmp(&over[b as usize]).then(a.cmp(&b)));
        order.truncate(TRIED);
        let mut trial = Trial::new(self, model, &order, &over, &prices, have);
        for width in WIDTHS {
            trial.looks = LOOKS;
            trial.room = width * (trial.best - (have as f64 - gap) as i64) as f64;
            trial.deeper(0, 0.0, 0);
        }
        let mut current = match &trial.found {
            Some(found) => found.clone(),
            None => self.columns_of(state),
        };
        let mut rng = Rng::new(u64::from(self.now));
        let mut looks = 0;
        for _ in 0..CORNERS.max(3 * current.len()) {
            if looks > CORNERS_LOOKS {
                break;
            }
            if trial.corner(model, &order, &current, &mut rng)
                && let Some(found) = &trial.found
            {
                current.clone_from(found);
            }
            looks += CORNER_LOOKS.saturating_sub(trial.looks);
        }
        let chosen = trial.found?;
        let mut routes = vec![Vec::new(); model.routes];
        let mut used = vec![0usize; self.of_kind.len()];
        for nth in chosen {
            let column = &self.columns[nth as usize];
            let kind = column.kind as usize;
            let r = self.of_kind[kind][used[kind]] as usize;
            used[kind] += 1;
            routes[r] = self.nodes[column.from as usize..column.to as usize].to_vec();
        }
        Some(routes)
    }

    /// The routes of a plan that was gathered.
    fn columns_of<M: Metric>(&self, state: &State<'_, M>) -> Vec<u32> {
        let model = state.model;
        let rows = state.routes.iter().zip(&model.kind).filter(|(stops, _)| stops.len() > 2);
        let keys = rows.map(|(stops, &kind)| {
            key(kind, stops.iter().map(|s| s.node).filter(|&n| (n as usize) < model.jobs))
        });
        keys.filter_map(|key| self.known.get(&key).copied()).collect()
    }

    /// Cost of each route above the prices of its jobs.
    fn above<M: Metric>(&self, model: &Model<M>, prices: &[f64]) -> Vec<f64> {
        self.columns
            .iter()
            .map(|c| c.cost as f64 - self.jobs(model, c).map(|j| prices[j]).sum::<f64>())
            .collect()
    }

    /// What an engineer of each kind is worth, so that routes below zero are no more than there are engineers.
    fn surcharges(&self, over: &mut [f64]) -> Vec<f64> {
        let mut below: Vec<Vec<f64>> = vec![Vec::new(); self.of_kind.len()];
        for (column, &over) in self.columns.iter().zip(over.iter()) {
            if over < 0.0 {
                below[column.kind as usize].push(over);
            }
        }
        let worth = |(below, routes): (&mut Vec<f64>, &Vec<u32>)| {
            below.sort_unstable_by(f64::total_cmp);
            below.get(routes.len() - 1).map_or(0.0, |least| -least)
        };
        below.iter_mut().zip(&self.of_kind).map(worth).collect()
    }

    /// A lower bound of what plans from the pool cost, and the prices of jobs that prove it.
    fn bound<M: Metric>(&self, state: &State<'_, M>, have: f64) -> (f64, Vec<f64>) {
        let model = state.model;
        // From the prices of the last time, or from an even share of what each route costs.
        let mut prices = self.prices.clone();
        if prices.is_empty() {
            prices.extend(model.price.iter().map(|&p| p as f64));
            for (r, stops) in state.routes.iter().enumerate() {
                let cost = state.sums[r].cost - self.idle[model.kind[r] as usize];
                let share = cost as f64 / f64::from(state.sums[r].jobs.max(1));
                for stop in stops.iter().filter(|s| (s.node as usize) < model.jobs) {
                    prices[stop.node as usize] = share.min(model.price[stop.node as usize] as f64);
                }
            }
        }
        let (mut best, mut at_best) = (f64::MIN, prices.clone());
        let (mut step, mut since) = (1.0f64, 0);
        // How often each job was covered of late: what the steps go by, as single plans jump about (the volume algorithm,
        // Barahona and Anbil 2000).
        let mut mean = vec![1.0; model.jobs];
        let mut covered = vec![0.0f64; model.jobs];
        let mut below: Vec<(u32, f64, u32)> = Vec::new();
        let summed = if self.prices.is_empty() { SUMMED } else { SUMMED / 3 };
        for nth in 0..STEPS.min(summed / self.nodes.len().max(1)) {
            below.clear();
            for (n, column) in self.columns.iter().enumerate() {
                let over = column.cost as f64 - self.jobs(model, column).map(|j| prices[j]).sum::<f64>();
                if over < 0.0 {
                    below.push((column.kind, over, n as u32));
                }
            }
            below.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
            covered.fill(0.0);
            let mut bound: f64 = prices.iter().sum();
            let (mut kind, mut taken) = (u32::MAX, 0);
            for &(k, over, n) in &below {
                taken = if k == kind { taken + 1 } else { 1 };
                kind = k;
                if taken <= self.of_kind[k as usize].len() {
                    bound += over;
                    for j in self.jobs(model, &self.columns[n as usize]) {
                        covered[j] += 1.0;
                    }
                }
            }
            since += 1;
            if bound > best {
                best = bound;
                at_best.copy_from_slice(&prices);
                step = (step * 1.05).min(2.0);
                since = 0;
            } else if since > 15 {
                step *= 0.85;
                since = 0;
            }
            let fresh = (0.5 * 0.99f64.powi(nth as i32)).max(0.02);
            let mut norm = 0.0;
            for (j, mean) in mean.iter_mut().enumerate() {
                *mean += fresh * (covered[j] - *mean);
                if *mean > 1.0 || at_best[j] < model.price[j] as f64 {
                    norm += (1.0 - *mean).powi(2);
                }
            }
            if norm < 1e-9 {
                break;
            }
            let length = step * (have - best).max(1.0) / norm;
            for (j, price) in prices.iter_mut().enumerate() {
                *price = (at_best[j] + length * (1.0 - mean[j])).clamp(0.0, model.price[j] as f64);
            }
        }
        (best, at_best)
    }
}
