//! Parts fetched on the way: a job whose parts the van lacks may bring a stop at a store before it. A van draws from one
//! store at a time; what it draws is what its jobs need beyond its own stock, and those jobs come after the stop.

use super::insert::Spot;
use super::model::{Metric, NONE, flag};
use super::state::State;

/// A store stop and a job put into one route.
#[derive(Clone, Copy)]
struct Fetch {
    cost: i64,
    route: u32,
    store: u32,
    /// Position the stop goes after; `NONE` when the route has it already.
    stop_after: u32,
    job_after: u32,
}

impl<M: Metric> State<'_, M> {
    /// Puts a left-out job that lacks parts where fetching them costs least, if that is less than `most`.
    pub(crate) fn fetch(&mut self, j: u32, most: i64) -> bool {
        let model = self.model;
        if model.stores.1 == 0 || self.nodes[j as usize].flags & flag::PARTS == 0 {
            return false;
        }
        let mut best: Option<Fetch> = None;
        let (routes, extra) = model.candidates(j as usize);
        for (&r, &extra) in routes.iter().zip(extra) {
            // A van used on several days gives its parts to the first day first: it draws from no store.
            if self.has_parts(j, r) || model.shared[model.van[r as usize] as usize] {
                continue;
            }
            let known = self.draws[model.van[r as usize] as usize];
            if known != NONE {
                let Some(at) = self.routes[r as usize].iter().position(|s| s.node == known) else { continue };
                if self.store_has(known, j, r) {
                    self.try_fetch(&mut best, most, extra, j, r, known, None, at);
                }
                continue;
            }
            for store in model.stores.0..model.stores.0 + model.stores.1 {
                if self.store_has(store, j, r) {
                    for at in 0..self.sequence(r).len() {
                        self.try_fetch(&mut best, most, extra, j, r, store, Some(at), at);
                    }
                }
            }
        }
        let Some(fetch) = best else { return false };
        if fetch.stop_after == NONE {
            self.insert(j, fetch.route, fetch.job_after as usize);
            return true;
        }
        // The job first: an idle day would lose the stop again.
        self.set_draw(model.van[fetch.route as usize] as usize, fetch.store);
        self.insert(j, fetch.route, fetch.job_after as usize);
        self.insert_stop(fetch.store, fetch.route, fetch.stop_after as usize);
        true
    }

    /// Puts a job at its spot, or fetches its parts for it where that is cheaper; leaves it out where nothing was found.
    pub(crate) fn put(&mut self, j: u32, spot: Spot) {
        if !self.fetch(j, spot.cost) && spot.found() {
            self.insert(j, spot.route, spot.after as usize);
        }
    }

    /// Whether a store still has what the van of a route lacks for a job.
    fn store_has(&self, store: u32, j: u32, r: u32) -> bool {
        let row = self.model.van[r as usize] as usize * self.model.part_count;
        let shelf = self.nodes[store as usize].nth as usize * self.model.part_count;
        self.model.parts[j as usize].iter().all(|&(part, count)| {
            let missing = count - self.vans[row + part as usize].clamp(0, count);
            self.shelves[shelf + part as usize] >= missing
        })
    }

    /// The nodes of a route after its start; an idle day gets its breaks, as it will with its first job.
    fn sequence(&self, r: u32) -> Vec<u32> {
        let (first, count) = self.model.breaks[r as usize];
        let breaks = if self.sums[r as usize].jobs == 0 { first..first + count } else { 0..0 };
        breaks.chain(self.routes[r as usize].iter().skip(1).map(|s| s.node)).collect()
    }

    /// Tries the job at every position from `from` on, with the stop put after `stop` first if it is new.
    #[allow(clippy::too_many_arguments, reason = "one combination of a search, spelt out")]
    fn try_fetch(
        &self,
        best: &mut Option<Fetch>,
        most: i64,
        extra: i64,
        j: u32,
        r: u32,
        store: u32,
        stop: Option<usize>,
        from: usize,
    ) {
        let nodes = self.sequence(r);
        let old = self.sums[r as usize].cost;
        for at in from..nodes.len() {
            let limit = best.map_or(most, |b| b.cost);
            let mut sequence: Vec<u32> = Vec::with_capacity(nodes.len() + 2);
            let push_after = |n: usize, sequence: &mut Vec<u32>| {
                if stop == Some(n) {
                    sequence.push(store);
                }
                if at == n {
                    sequence.push(j);
                }
            };
            push_after(0, &mut sequence);
            for (n, &node) in nodes.iter().enumerate() {
                sequence.push(node);
                if n + 1 < nodes.len() {
                    push_after(n + 1, &mut sequence);
                }
            }
            if let Some(cost) = self.replay(r, &sequence)
                && cost + extra - old < limit
            {
                let stop_after = stop.map_or(NONE, |s| s as u32);
                *best = Some(Fetch {
                    cost: cost + extra - old,
                    route: r,
                    store,
                    stop_after,
                    job_after: at as u32,
                });
            }
        }
    }

    /// Cost of a route with these nodes in order (end included), the extras of the jobs now on it kept; none when it
    /// can't be driven.
    fn replay(&self, r: u32, sequence: &[u32]) -> Option<i64> {
        let model = self.model;
        let (mut loc, mut time) = (model.start_loc[r as usize], model.leaves[r as usize]);
        let mut cost = 0i64;
        for &n in sequence {
            let node = &self.nodes[n as usize];
            if node.flags & flag::BREAK == 0 {
                let leg = model.metric.seconds(loc, node.loc);
                cost += i64::from(leg) * model.travel_weight;
                time += leg;
                loc = node.loc;
            }
            let start = model.start(node, time)?;
            cost += i64::from((start - node.due).max(0)) * i64::from(node.weight);
            time = start + node.dur;
            if node.flags & flag::EXTRA != 0 && self.route_of.get(n as usize) == Some(&r) {
                cost += model.extra_on(n as usize, r).unwrap_or(0);
            }
        }
        Some(cost)
    }

    /// Takes the store stop out of a route whose van no longer draws from it.
    pub(crate) fn drop_idle_stop(&mut self, r: u32) {
        let van = self.model.van[r as usize] as usize;
        let store = self.draws[van];
        if store == NONE {
            return;
        }
        let row = van * self.model.part_count;
        if self.vans[row..row + self.model.part_count].iter().any(|&left| left < 0) {
            return;
        }
        if let Some(at) = self.routes[r as usize].iter().position(|s| s.node == store) {
            self.touch(r);
            self.routes[r as usize].remove(at);
            self.set_draw(van, NONE);
            self.settle(r);
        }
    }
}
