//! The cheapest place for a job in a route: the inner loop of everything.

use super::model::{Metric, flag};
use super::rng::Rng;
use super::state::State;

/// Where to put a job and what that costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) cost: i64,
    pub(crate) route: u32,
    /// Goes after this position.
    pub(crate) after: u32,
}

impl Spot {
    /// Nowhere, unless cheaper than `cost`.
    pub(crate) fn below(cost: i64) -> Self {
        Self { cost, route: super::model::NONE, after: 0 }
    }

    pub(crate) fn found(&self) -> bool {
        self.route != super::model::NONE
    }
}

/// Skips a place now and then, so that not always the same one wins (Christiaens and Vanden Berghe 2020).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blink(u64);

impl Blink {
    pub(crate) fn new(chance: f64) -> Self {
        Self((chance.clamp(0.0, 1.0) * u64::MAX as f64) as u64)
    }

    #[inline]
    pub(crate) fn skip(self, rng: &mut Rng) -> bool {
        self.0 != 0 && rng.next() < self.0
    }
}

impl<M: Metric> State<'_, M> {
    /// Improves `best` by the cheapest place for job `j` on route `r`, which costs `extra` by itself.
    /// An earlier arrival further on (possible where travel times don't obey the triangle) counts as no gain.
    pub(crate) fn best_in_route(
        &self,
        j: u32,
        r: u32,
        extra: i64,
        best: &mut Spot,
        blink: Blink,
        rng: &mut Rng,
    ) {
        let model = self.model;
        if self.sums[r as usize].jobs == 0 && model.breaks[r as usize].1 > 0 {
            self.first_of_day(j, r, extra, best);
            return;
        }
        let node = self.nodes[j as usize];
        let stops = self.routes[r as usize].as_slice();
        let weight = model.travel_weight;
        let mut carried = i32::MIN;
        for (at, pair) in stops.windows(2).enumerate() {
            let [p, q] = pair else { continue };
            if p.depart > node.close {
                break;
            }
            // What needs no travel time rules most places out: a full day leaves no gap as long as the job.
            let way = if M::TRIANGLE { (q.leg - 2).max(0) } else { 0 };
            let over = (p.depart + way).max(node.open) + node.dur;
            if over > q.latest {
                carried = i32::MIN;
                continue;
            }
            if M::TRIANGLE {
                let late = i64::from((p.depart.max(node.open) - node.due).max(0)) * i64::from(node.weight);
                if late + i64::from(q.slope) * i64::from((over - q.arrive).max(0)) + extra >= best.cost {
                    carried = i32::MIN;
                    continue;
                }
            }
            let there = if M::SYMMETRIC && carried != i32::MIN {
                carried
            } else {
                model.metric.seconds(p.loc, node.loc)
            };
            let next = &self.nodes[q.node as usize];
            if next.flags & flag::BREAK != 0 || node.flags & flag::WINDOWS != 0 {
                carried = i32::MIN;
                if !blink.skip(rng)
                    && let Some(cost) = self.slow_insertion(j, r, at, best.cost - extra)
                    && cost + extra < best.cost
                {
                    *best = Spot { cost: cost + extra, route: r, after: at as u32 };
                }
                continue;
            }
            let back = model.metric.seconds(node.loc, q.loc);
            carried = back;
            let mut cost = i64::from(there + back - q.leg) * weight + extra;
            if cost >= best.cost {
                continue;
            }
            let start = (p.depart + there).max(node.open);
            if start > node.close {
                continue;
            }
            let arrive = start + node.dur + back;
            if arrive > q.latest {
                continue;
            }
            cost += i64::from((start - node.due).max(0)) * i64::from(node.weight);
            let delta = arrive - q.arrive;
            if delta > 0 {
                let least = cost + i64::from(q.slope) * i64::from(delta);
                if least >= best.cost {
                    continue;
                }
                cost = if delta <= q.bend { least } else { cost + self.push_cost(&stops[at + 1..], delta) };
            }
            if cost < best.cost && !blink.skip(rng) {
                *best = Spot { cost, route: r, after: at as u32 };
            }
        }
    }

    /// The first job of a day with breaks: they come with it, in order, it among them where that is cheapest.
    fn first_of_day(&self, j: u32, r: u32, extra: i64, best: &mut Spot) {
        let model = self.model;
        let (first, count) = model.breaks[r as usize];
        let node = &self.nodes[j as usize];
        let end = &self.nodes[model.end[r as usize] as usize];
        let there = model.metric.seconds(model.start_loc[r as usize], node.loc);
        let back = model.metric.seconds(node.loc, end.loc);
        let travel = i64::from(there + back) * model.travel_weight;
        let pause = |time: i32, n: u32| {
            let pause = &self.nodes[n as usize];
            Some(model.start(pause, time)? + pause.dur)
        };
        let cost_after = |before: u32| {
            let mut time = (first..first + before).try_fold(model.leaves[r as usize], pause)?;
            let start = model.start(node, time + there)?;
            time = (first + before..first + count).try_fold(start + node.dur, pause)?;
            let home = model.start(end, time + back)?;
            let late = |s: i32, n: &super::model::Node| i64::from((s - n.due).max(0)) * i64::from(n.weight);
            Some(travel + late(start, node) + late(home, end) + extra - self.sums[r as usize].cost)
        };
        for before in 0..=count {
            if let Some(cost) = cost_after(before)
                && cost < best.cost
            {
                *best = Spot { cost, route: r, after: before };
            }
        }
    }

    /// Cost of putting a job after position `at`, worked out stop by stop: for breaks and several windows.
    fn slow_insertion(&self, j: u32, r: u32, at: usize, most: i64) -> Option<i64> {
        let model = self.model;
        let node = &self.nodes[j as usize];
        let stops = &self.routes[r as usize];
        let p = &stops[at];
        let there = model.metric.seconds(p.loc, node.loc);
        // Breaks that follow are taken at the new place.
        let mut next = at + 1;
        while self.nodes[stops[next].node as usize].flags & flag::BREAK != 0 {
            next += 1;
        }
        let q = &stops[next];
        let back = model.metric.seconds(node.loc, q.loc);
        let mut cost = i64::from(there + back - q.leg) * model.travel_weight;
        if cost >= most {
            return None;
        }
        let start = model.start(node, p.depart + there)?;
        cost += i64::from((start - node.due).max(0)) * i64::from(node.weight);
        let mut time = start + node.dur;
        for stop in &stops[at + 1..next] {
            let rest = &self.nodes[stop.node as usize];
            time = model.start(rest, time)? + rest.dur;
        }
        let arrive = time + back;
        if arrive > q.latest {
            return None;
        }
        let delta = arrive - q.arrive;
        Some(if delta > 0 { cost + self.push_cost(&stops[next..], delta) } else { cost })
    }
}
