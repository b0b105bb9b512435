//! Jobs tied to others, a crew of two or an order, go in and out of the plan together. While they are in it their
//! windows are narrowed so that each route can be judged alone: a crew to its agreed moment, the one before to an end
//! that leaves the one after its start, the one after to a start past that end.

use super::insert::{Blink, Spot};
use super::model::{Metric, NONE, Node};
use super::rng::Rng;
use super::state::State;
use crate::problem::{MOST_SECONDS, Problem};

/// Routes looked at for each of the two of a crew.
const CREW_ROUTES: usize = 8;
/// Moments looked at on each of them.
const CREW_STARTS: usize = 12;

/// Jobs tied together, in an order in which each follows what must come before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ties {
    /// Group of each job; `NONE` when it is free.
    pub(crate) group: Vec<u32>,
    groups: Vec<Vec<Unit>>,
    /// (before, after, gap in seconds) by group.
    orders: Vec<Vec<(u32, u32, i32)>>,
}

/// One job, or the two of a crew.
#[derive(Clone, Copy, Debug)]
struct Unit {
    job: u32,
    mate: u32,
}

impl Ties {
    /// Whether there are any.
    pub(crate) fn any(&self) -> bool {
        !self.groups.is_empty()
    }

    pub(crate) fn new(problem: &Problem) -> Self {
        let count = problem.jobs.len();
        let mut root: Vec<usize> = (0..count).collect();
        fn find(root: &mut [usize], mut j: usize) -> usize {
            while root[j] != j {
                root[j] = root[root[j]];
                j = root[j];
            }
            j
        }
        let mut tied = vec![false; count];
        for (j, job) in problem.jobs.iter().enumerate() {
            for other in job.crew.into_iter().chain(job.after.iter().map(|(b, _)| *b)) {
                let (a, b) = (find(&mut root, j), find(&mut root, other as usize));
                root[a.max(b)] = a.min(b);
                tied[j] = true;
                tied[other as usize] = true;
            }
        }
        let mut ties = Self { group: vec![NONE; count], ..Self::default() };
        for j in (0..count).filter(|&j| tied[j]) {
            let head = find(&mut root, j);
            if ties.group[head] == NONE {
                ties.group[head] = ties.groups.len() as u32;
                ties.groups.push(Vec::new());
                ties.orders.push(Vec::new());
            }
            ties.group[j] = ties.group[head];
        }
        let mut placed = vec![false; count];
        let ready =
            |j: usize, placed: &[bool]| problem.jobs[j].after.iter().all(|(b, _)| placed[*b as usize]);
        loop {
            let mut moved = false;
            for j in (0..count).filter(|&j| tied[j]) {
                let mate = problem.jobs[j].crew;
                if placed[j] || !ready(j, &placed) || mate.is_some_and(|m| !ready(m as usize, &placed)) {
                    continue;
                }
                placed[j] = true;
                if let Some(m) = mate {
                    placed[m as usize] = true;
                }
                ties.groups[ties.group[j] as usize].push(Unit { job: j as u32, mate: mate.unwrap_or(NONE) });
                moved = true;
            }
            if !moved {
                break;
            }
        }
        for (j, job) in problem.jobs.iter().enumerate() {
            for &(before, gap) in &job.after {
                ties.orders[ties.group[j] as usize].push((before, j as u32, gap));
            }
        }
        ties
    }
}

impl<M: Metric> State<'_, M> {
    /// Takes every job tied to `j` out of the plan and gives all their windows back.
    pub(crate) fn untie(&mut self, j: u32, out: &mut Vec<u32>) {
        let group = self.model.ties.group[j as usize];
        if group == NONE {
            return;
        }
        let model = self.model;
        for unit in &model.ties.groups[group as usize] {
            for member in [unit.job, unit.mate] {
                if member == NONE {
                    continue;
                }
                let r = self.route_of[member as usize];
                if r != NONE {
                    // Positions may be stale while strings are being cut.
                    if let Some(at) = self.routes[r as usize].iter().position(|s| s.node == member) {
                        self.remove(r, at, at + 1, 0..0, out);
                        self.settle(r);
                    }
                }
                let node = model.nodes[member as usize];
                self.narrow(member, node.open, node.close);
            }
        }
    }

    /// Whether nothing tied to `j` is in the plan.
    pub(crate) fn all_out(&self, j: u32) -> bool {
        let out = |j: u32| j == NONE || self.route_of[j as usize] == NONE;
        match self.model.ties.group[j as usize] {
            NONE => out(j),
            group => self.model.ties.groups[group as usize].iter().all(|u| out(u.job) && out(u.mate)),
        }
    }

    /// Puts a group into the plan as far as that pays; all of it must be out.
    pub(crate) fn tie(&mut self, j: u32) {
        let model = self.model;
        let group = model.ties.group[j as usize] as usize;
        for unit in &model.ties.groups[group] {
            let mut open = -MOST_SECONDS as i32;
            let mut can = true;
            for &(before, after, gap) in &model.ties.orders[group] {
                if after == unit.job || after == unit.mate {
                    match self.start_of(before) {
                        Some(start) => open = open.max(start + self.nodes[before as usize].dur + gap),
                        None => can = false,
                    }
                }
            }
            if !can {
                continue;
            }
            for member in [unit.job, unit.mate] {
                if member != NONE {
                    let node = model.nodes[member as usize];
                    self.narrow(member, node.open.max(open), node.close);
                }
            }
            // What is there before must not be pushed back by what comes after it.
            let mut held: Vec<(u32, i32)> = Vec::new();
            for &(before, after, _) in &model.ties.orders[group] {
                if (after == unit.job || after == unit.mate)
                    && let Some(start) = self.start_of(before)
                {
                    let node = self.nodes[before as usize];
                    held.push((before, node.close));
                    self.narrow(before, node.open, node.close.min(start));
                    self.touch(self.route_of[before as usize]);
                    self.settle(self.route_of[before as usize]);
                }
            }
            if unit.mate == NONE {
                let spot = self.best_anywhere(unit.job, model.price[unit.job as usize], NONE);
                self.put(unit.job, spot);
            } else {
                self.crew(unit.job, unit.mate);
            }
            // From now on it must be over in time, no more.
            for (before, close) in held.into_iter().rev() {
                let node = self.nodes[before as usize];
                self.narrow(before, node.open, close);
            }
            for &(before, after, gap) in &model.ties.orders[group] {
                if after != unit.job && after != unit.mate {
                    continue;
                }
                if let Some(start) = self.start_of(after) {
                    let node = self.nodes[before as usize];
                    let close = node.close.min(start - gap - node.dur);
                    self.narrow(before, node.open, close);
                    // Each may move up to that moment, neither past it: then no move of one changes the other.
                    let next = self.nodes[after as usize];
                    self.narrow(after, next.open.max(close + node.dur + gap), next.close);
                    self.touch(self.route_of[after as usize]);
                    self.settle(self.route_of[after as usize]);
                }
                self.settle(self.route_of[before as usize]);
            }
        }
    }

    /// When a job in the plan starts.
    fn start_of(&self, j: u32) -> Option<i32> {
        let r = self.route_of[j as usize];
        let stop = self.routes.get(r as usize)?.get(self.pos[j as usize] as usize)?;
        Some(stop.depart - self.nodes[j as usize].dur)
    }

    /// The best few routes, each with the earliest starts at its positions.
    fn crew_spots(&self, j: u32) -> Vec<(i64, u32, Vec<i32>)> {
        let (routes, extra) = self.model.candidates(j as usize);
        let mut spots = Vec::new();
        for (&r, &extra) in routes.iter().zip(extra) {
            if !self.has_parts(j, r) {
                continue;
            }
            let mut best = Spot::below(i64::MAX / 4);
            self.best_in_route(j, r, extra, &mut best, Blink::new(0.0), &mut Rng::new(0));
            if best.found() {
                let node = &self.nodes[j as usize];
                let stops = &self.routes[r as usize];
                let start = |p: &super::state::Stop| {
                    self.model.start(node, p.depart + self.model.metric.seconds(p.loc, node.loc))
                };
                let mut starts: Vec<i32> = stops[..stops.len() - 1].iter().filter_map(start).collect();
                starts.dedup();
                starts.truncate(CREW_STARTS);
                spots.push((best.cost, r, starts));
            }
        }
        spots.sort_unstable();
        spots.truncate(CREW_ROUTES);
        spots
    }

    /// First moment at or after `earliest` at which both may start.
    fn agreed(&self, a: &Node, b: &Node, earliest: i32) -> Option<i32> {
        let mut moment = earliest;
        loop {
            let next = self.model.start(b, self.model.start(a, moment)?)?;
            if next == moment {
                return Some(moment);
            }
            moment = next;
        }
    }

    /// Puts the two of a crew on two people's routes at the same moment, where that is cheapest and pays.
    fn crew(&mut self, a: u32, b: u32) {
        let model = self.model;
        let (ours, theirs) = (self.crew_spots(a), self.crew_spots(b));
        let (open_a, open_b) = (self.nodes[a as usize], self.nodes[b as usize]);
        let mut best: Option<(i64, i32, Spot, Spot)> = None;
        let most = model.price[a as usize] + model.price[b as usize];
        let mut moments: Vec<i32> = Vec::new();
        for (_, ra, starts_a) in &ours {
            for (_, rb, starts_b) in &theirs {
                if model.person[*ra as usize] == model.person[*rb as usize] {
                    continue;
                }
                moments.clear();
                moments.extend(starts_a.iter().flat_map(|&a| starts_b.iter().map(move |&b| a.max(b))));
                moments.sort_unstable();
                moments.dedup();
                for &earliest in &moments {
                    let Some(moment) = self.agreed(&open_a, &open_b, earliest) else { continue };
                    for (j, node) in [(a, open_a), (b, open_b)] {
                        self.nodes[j as usize] = Node { open: moment, close: moment, ..node };
                    }
                    let place = |j: u32, r: u32| {
                        let mut spot = Spot::below(i64::MAX / 4);
                        let extra = model.extra_on(j as usize, r).unwrap_or(0);
                        self.best_in_route(j, r, extra, &mut spot, Blink::new(0.0), &mut Rng::new(0));
                        spot
                    };
                    let (spot_a, spot_b) = (place(a, *ra), place(b, *rb));
                    self.nodes[a as usize] = open_a;
                    self.nodes[b as usize] = open_b;
                    let limit = best.map_or(most, |(cost, ..)| cost);
                    if spot_a.found() && spot_b.found() && spot_a.cost + spot_b.cost < limit {
                        best = Some((spot_a.cost + spot_b.cost, moment, spot_a, spot_b));
                    }
                }
            }
        }
        if let Some((_, moment, spot_a, spot_b)) = best {
            self.narrow(a, moment, moment);
            self.narrow(b, moment, moment);
            self.insert(a, spot_a.route, spot_a.after as usize);
            self.insert(b, spot_b.route, spot_b.after as usize);
        }
    }
}
