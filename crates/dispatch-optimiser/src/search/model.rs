//! The problem laid out for the search: flat arrays, 32-bit numbers, everything that can stand in a route a node.

use super::tied::Ties;
use crate::problem::{Problem, Travel, Window, euclid};

/// No due time: later than any start, near enough that a difference fits 32 bits.
pub(crate) const NO_DUE: i32 = 1_100_000_000;
/// No job, no route.
pub(crate) const NONE: u32 = u32::MAX;

/// Travel seconds between locations, known at compile time so that the inner loop holds no branch for it.
pub(crate) trait Metric: Sync {
    /// Whether both ways always take the same time.
    const SYMMETRIC: bool;
    /// Whether a detour never takes less time, but for a second of rounding.
    const TRIANGLE: bool;
    fn seconds(&self, from: u32, to: u32) -> i32;
}

/// Distances worked out when asked for: with thousands of places a square root is nearer than a table in memory.
pub(crate) struct Plane {
    pub(crate) points: Vec<[f64; 2]>,
    pub(crate) scale: f64,
}

impl Metric for Plane {
    const SYMMETRIC: bool = true;
    const TRIANGLE: bool = true;
    #[inline]
    fn seconds(&self, from: u32, to: u32) -> i32 {
        euclid(self.points[from as usize], self.points[to as usize], self.scale)
    }
}

/// A table.
pub(crate) struct Table<const SYMMETRIC: bool, const TRIANGLE: bool> {
    pub(crate) side: usize,
    pub(crate) seconds: Vec<i32>,
}

impl<const S: bool, const T: bool> Metric for Table<S, T> {
    const SYMMETRIC: bool = S;
    const TRIANGLE: bool = T;
    #[inline]
    fn seconds(&self, from: u32, to: u32) -> i32 {
        self.seconds[from as usize * self.side + to as usize]
    }
}

/// A node takes part in one of the rarer rules.
pub(crate) mod flag {
    /// Several windows: see [`super::Model::windows`].
    pub(crate) const WINDOWS: u32 = 1;
    /// Takes parts.
    pub(crate) const PARTS: u32 = 2;
    /// Has no place of its own: a break.
    pub(crate) const BREAK: u32 = 4;
    /// Tied to other jobs: crew or order.
    pub(crate) const TIED: u32 = 8;
    /// Costs something with some engineers.
    pub(crate) const EXTRA: u32 = 16;
    /// A stop at a store.
    pub(crate) const STORE: u32 = 32;
}

/// What can stand in a route: jobs, then breaks, then stores, then ends of routes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) loc: u32,
    pub(crate) open: i32,
    pub(crate) close: i32,
    pub(crate) dur: i32,
    pub(crate) due: i32,
    pub(crate) weight: i32,
    pub(crate) flags: u32,
    /// Which break, store or engineer this is; for jobs the row of `windows`.
    pub(crate) nth: u32,
}

/// The problem for the search.
pub(crate) struct Model<M> {
    pub(crate) metric: M,
    pub(crate) travel_weight: i64,
    pub(crate) jobs: usize,
    pub(crate) routes: usize,
    pub(crate) nodes: Vec<Node>,
    pub(crate) windows: Vec<Vec<Window>>,
    /// Price of leaving a job out.
    pub(crate) price: Vec<i64>,
    /// Parts of each job: (part, count).
    pub(crate) parts: Vec<Vec<(u32, i32)>>,
    pub(crate) part_count: usize,
    /// Candidate routes of job j: `candidates[first[j]..first[j + 1]]`, with what each costs extra.
    pub(crate) first: Vec<u32>,
    pub(crate) candidates: Vec<u32>,
    pub(crate) extra: Vec<i64>,
    /// Per route: its van, its first break node and count, its end node, place and time of leaving.
    pub(crate) van: Vec<u32>,
    pub(crate) breaks: Vec<(u32, u32)>,
    pub(crate) end: Vec<u32>,
    pub(crate) start_loc: Vec<u32>,
    pub(crate) leaves: Vec<i32>,
    pub(crate) person: Vec<u32>,
    /// Vans used by several entries.
    pub(crate) shared: Vec<bool>,
    /// Routes that are the same in everything carry the same number.
    pub(crate) kind: Vec<u32>,
    pub(crate) kinds: usize,
    /// First store node.
    pub(crate) stores: (u32, u32),
    pub(crate) ties: Ties,
}

impl<M: Metric> Model<M> {
    pub(crate) fn new(problem: &Problem, metric: M) -> Self {
        let jobs = problem.jobs.len();
        let routes = problem.engineers.len();
        let mut nodes = Vec::with_capacity(jobs + 2 * routes);
        let mut windows = Vec::new();
        let ties = Ties::new(problem);
        for (j, job) in problem.jobs.iter().enumerate() {
            let (open, close) = (job.windows[0].open_s, job.windows[job.windows.len() - 1].close_s);
            let mut flags = if ties.group[j] != NONE { flag::TIED } else { 0 };
            if !job.parts.is_empty() {
                flags |= flag::PARTS;
            }
            let mut nth = 0;
            if job.windows.len() > 1 {
                flags |= flag::WINDOWS;
                nth = windows.len() as u32;
                windows.push(job.windows.clone());
            }
            let due = job.due_s.filter(|_| job.late_weight > 0).unwrap_or(NO_DUE);
            let weight = if due == NO_DUE { 0 } else { job.late_weight as i32 };
            nodes.push(Node { loc: job.location, open, close, dur: job.duration_s, due, weight, flags, nth });
        }
        let mut breaks = Vec::with_capacity(routes);
        for e in &problem.engineers {
            let from = nodes.len() as u32;
            let mut due: Vec<_> = e.due_breaks(problem.now_s).collect();
            due.sort_by_key(|(_, b)| b.latest_s);
            for (k, b) in due {
                let (loc, flags) = (e.start, flag::BREAK);
                let (open, close, dur) = (b.open_s, b.latest_s, b.duration_s);
                nodes.push(Node { loc, open, close, dur, due: NO_DUE, weight: 0, flags, nth: k });
            }
            breaks.push((from, nodes.len() as u32 - from));
        }
        let stores = (nodes.len() as u32, problem.stores.len() as u32);
        for (s, store) in problem.stores.iter().enumerate() {
            let (open, close) = (store.window.open_s, store.window.close_s);
            let (loc, dur) = (store.location, store.duration_s);
            nodes.push(Node {
                loc,
                open,
                close,
                dur,
                due: NO_DUE,
                weight: 0,
                flags: flag::STORE,
                nth: s as u32,
            });
        }
        let mut end = Vec::with_capacity(routes);
        for (e, engineer) in problem.engineers.iter().enumerate() {
            end.push(nodes.len() as u32);
            let weight = engineer.overtime.map_or(0, |o| o.weight as i32);
            nodes.push(Node {
                loc: engineer.end,
                open: -crate::problem::MOST_SECONDS as i32,
                close: engineer.back_by_s(),
                dur: 0,
                due: if weight > 0 { engineer.to_s } else { NO_DUE },
                weight,
                flags: 0,
                nth: e as u32,
            });
        }
        let mut model = Self {
            metric,
            travel_weight: problem.prices.travel_weight,
            jobs,
            routes,
            nodes,
            windows,
            price: (0..jobs).map(|j| problem.left_out_cost(j)).collect(),
            parts: problem.jobs.iter().map(|j| j.parts.clone()).collect(),
            part_count: problem.parts.len(),
            first: Vec::with_capacity(jobs + 1),
            candidates: Vec::new(),
            extra: Vec::new(),
            van: problem.engineers.iter().map(|e| e.van).collect(),
            breaks,
            end,
            start_loc: problem.engineers.iter().map(|e| e.start).collect(),
            leaves: problem.engineers.iter().map(|e| e.leaves_s(problem.now_s)).collect(),
            shared: vec![false; problem.vans.len()],
            person: problem.engineers.iter().map(|e| e.person).collect(),
            kind: Vec::new(),
            kinds: 0,
            stores,
            ties,
        };
        model.find_candidates(problem);
        model.find_kinds(problem);
        model
    }

    /// Candidate routes by pin, skill, territory and by what a lone trip could keep.
    fn find_candidates(&mut self, problem: &Problem) {
        // Skill sets and territories repeat: ask once per set of needs.
        let mut asked: std::collections::HashMap<(&[u32], Option<u32>), Vec<u32>> =
            std::collections::HashMap::new();
        for (j, job) in problem.jobs.iter().enumerate() {
            self.first.push(self.candidates.len() as u32);
            let all = match job.pinned {
                Some(only) => (0..self.routes as u32).filter(|&r| r == only).collect(),
                None => asked
                    .entry((&job.skills, job.territory))
                    .or_insert_with(|| {
                        (0..self.routes).filter(|&e| problem.eligible(e, j)).map(|e| e as u32).collect()
                    })
                    .clone(),
            };
            for r in all {
                let e = r as usize;
                if !self.alone(e, j) {
                    continue;
                }
                let extra = problem.preference_cost(e, j) + problem.change_cost(e, j);
                if extra > 0 {
                    self.nodes[j].flags |= flag::EXTRA;
                }
                self.candidates.push(r);
                self.extra.push(extra);
            }
        }
        self.first.push(self.candidates.len() as u32);
    }

    /// Whether the job alone, without breaks, fits the route's hours (stores aside: parts are looked at in the route).
    fn alone(&self, e: usize, j: usize) -> bool {
        let node = &self.nodes[j];
        let end = &self.nodes[self.end[e] as usize];
        let arrive = self.leaves[e].saturating_add(self.metric.seconds(self.start_loc[e], node.loc));
        self.start(node, arrive)
            .is_some_and(|s| s + node.dur + self.metric.seconds(node.loc, end.loc) <= end.close)
    }

    fn find_kinds(&mut self, problem: &Problem) {
        let mut named = vec![false; self.routes];
        let mut wished = vec![false; problem.people.len()];
        let mut vans = vec![0u32; problem.vans.len()];
        for job in &problem.jobs {
            for e in job.pinned.iter().chain(job.published.iter().map(|(e, _)| e)) {
                // A region's problem may name an engineer of another region.
                if let Some(named) = named.get_mut(*e as usize) {
                    *named = true;
                }
            }
            for &p in job.preferred.iter().flat_map(|(people, _)| people) {
                wished[p as usize] = true;
            }
        }
        for e in &problem.engineers {
            vans[e.van as usize] += 1;
            self.shared[e.van as usize] = vans[e.van as usize] > 1;
        }
        let mut known = std::collections::HashMap::new();
        for (nth, e) in problem.engineers.iter().enumerate() {
            let single =
                named[nth] || wished[e.person as usize] || vans[e.van as usize] > 1 || !e.breaks.is_empty();
            let key = (
                single.then_some(nth),
                (e.start, e.end, e.from_s, e.to_s),
                e.overtime.map(|o| (o.until_s, o.weight)),
                (&e.skills, &e.territories, &problem.vans[e.van as usize]),
            );
            let next = known.len() as u32;
            self.kind.push(*known.entry(key).or_insert(next));
        }
        self.kinds = known.len();
    }

    /// First start at or after `arrive`; none when too late.
    #[inline]
    pub(crate) fn start(&self, node: &Node, arrive: i32) -> Option<i32> {
        let start = arrive.max(node.open);
        if start > node.close {
            return None;
        }
        if node.flags & flag::WINDOWS == 0 {
            return Some(start);
        }
        crate::problem::first_start(&self.windows[node.nth as usize], start).filter(|&s| s <= node.close)
    }

    /// Latest arrival that still allows a start no later than `limit`.
    #[inline]
    pub(crate) fn latest(&self, node: &Node, limit: i32) -> i32 {
        let limit = limit.min(node.close);
        if node.flags & flag::WINDOWS == 0 {
            return if limit < node.open { i32::MIN / 2 } else { limit };
        }
        let windows = &self.windows[node.nth as usize];
        let fits = windows.iter().rev().find(|w| w.open_s.max(node.open) <= limit);
        fits.map_or(i32::MIN / 2, |w| limit.min(w.close_s))
    }

    /// Candidate routes of a job with their extra costs.
    #[inline]
    pub(crate) fn candidates(&self, j: usize) -> (&[u32], &[i64]) {
        let range = self.first[j] as usize..self.first[j + 1] as usize;
        (&self.candidates[range.clone()], &self.extra[range])
    }

    /// What a job costs extra on a route; none when it may not stand there.
    pub(crate) fn extra_on(&self, j: usize, r: u32) -> Option<i64> {
        let (routes, extra) = self.candidates(j);
        routes.binary_search(&r).ok().map(|n| extra[n])
    }
}

/// Runs `$body` with the metric that fits the problem best.
pub(crate) enum Metrics {
    Plane(Plane),
    Straight(Table<true, true>),
    Symmetric(Table<true, false>),
    Table(Table<false, false>),
}

/// Below this many places a table of all distances stays in the cache.
const TABLE_PLACES: usize = 700;

impl Metrics {
    pub(crate) fn of(travel: &Travel) -> Self {
        match travel {
            Travel::Euclid { points, scale } if points.len() > TABLE_PLACES => {
                Self::Plane(Plane { points: points.clone(), scale: *scale })
            }
            Travel::Euclid { points, scale } => {
                let seconds =
                    points.iter().flat_map(|a| points.iter().map(|b| euclid(*a, *b, *scale))).collect();
                Self::Straight(Table { side: points.len(), seconds })
            }
            Travel::Matrix { side, seconds } => Self::table(*side, seconds.clone()),
            Travel::Asked { locations, ways } => {
                let all = 0..*locations as u32;
                let seconds = all.clone().flat_map(|a| all.clone().map(move |b| (a, b)));
                Self::table(*locations, seconds.map(|(a, b)| (ways.0)(a, b)).collect())
            }
        }
    }

    fn table(side: usize, seconds: Vec<i32>) -> Self {
        let same = (0..side).all(|a| (0..a).all(|b| seconds[a * side + b] == seconds[b * side + a]));
        if same { Self::Symmetric(Table { side, seconds }) } else { Self::Table(Table { side, seconds }) }
    }
}
