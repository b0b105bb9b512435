//! Room for a job that fits nowhere: something cheaper goes out, and finds room elsewhere or makes it the same way.

use super::insert::{Blink, Spot};
use super::model::{Metric, NONE, flag};
use super::rng::Rng;
use super::state::State;

/// How many swaps are looked at more closely.
const CLOSER: usize = 6;

/// Put `job` on `route`, take `out` away.
#[derive(Clone, Copy)]
struct Swap {
    cost: i64,
    route: u32,
    out: u32,
}

impl<M: Metric> State<'_, M> {
    /// The cheapest place for a job over all its routes.
    pub(crate) fn best_anywhere(&self, j: u32, most: i64, avoid: u32) -> Spot {
        let model = self.model;
        let mut best = Spot::below(most);
        let mut rng = Rng::new(0);
        let (routes, extra) = model.candidates(j as usize);
        let mut empty_kind = NONE;
        for (&r, &extra) in routes.iter().zip(extra) {
            if r == avoid || !self.has_parts(j, r) {
                continue;
            }
            if self.sums[r as usize].jobs == 0 {
                if model.kind[r as usize] == empty_kind {
                    continue;
                }
                empty_kind = model.kind[r as usize];
            }
            self.best_in_route(j, r, extra, &mut best, Blink::new(0.0), &mut rng);
        }
        best
    }

    /// Gives a left-out job a place: plainly, or by swaps that end with the cheapest of them left out. Changes the plan
    /// only where that lowers the cost. True when the job is in the plan.
    pub(crate) fn make_room(&mut self, j: u32) -> bool {
        let mut waiting = Some(j);
        let before = self.cost;
        self.begin();
        while let Some(job) = waiting.take() {
            let plain = self.best_anywhere(job, self.model.price[job as usize], NONE);
            let swap = self.best_swap(job);
            match swap {
                Some(swap) if !plain.found() || swap.cost < plain.cost - self.model.price[job as usize] => {
                    self.do_swap(job, swap);
                    waiting = Some(swap.out);
                }
                _ if plain.found() => self.insert(job, plain.route, plain.after as usize),
                _ => {}
            }
        }
        if self.cost >= before || self.misfit {
            self.take_back();
        }
        self.route_of[j as usize] != NONE
    }

    fn do_swap(&mut self, j: u32, swap: Swap) {
        let mut out = Vec::with_capacity(1);
        let at = self.pos[swap.out as usize] as usize;
        self.remove(swap.route, at, at + 1, 0..0, &mut out);
        self.settle(swap.route);
        let mut best = Spot::below(i64::MAX / 4);
        self.best_in_route(j, swap.route, 0, &mut best, Blink::new(0.0), &mut Rng::new(0));
        if best.found() {
            self.insert(j, swap.route, best.after as usize);
        }
    }

    /// The swap with the least change of cost, the one put out placed as well as it can be plainly. Only cheaper jobs go
    /// out, so that chains end.
    fn best_swap(&mut self, j: u32) -> Option<Swap> {
        let model = self.model;
        let price = model.price[j as usize];
        let mut swaps: Vec<Swap> = Vec::new();
        let (routes, extra) = model.candidates(j as usize);
        for (&r, &extra) in routes.iter().zip(extra) {
            for at in 1..self.routes[r as usize].len() - 1 {
                let out = self.routes[r as usize][at].node;
                if out as usize >= model.jobs
                    || model.price[out as usize] >= price
                    || self.nodes[out as usize].flags & flag::TIED != 0
                {
                    continue;
                }
                if let Some(cost) = self.swap_cost(j, r, at, extra) {
                    swaps.push(Swap { cost, route: r, out });
                }
            }
        }
        // What the one put out costs is its price at most; those cheapest even so are looked at with its best new place.
        swaps.sort_unstable_by_key(|s| (s.cost, s.out));
        swaps.truncate(CLOSER);
        for swap in &mut swaps {
            let price = model.price[swap.out as usize];
            let again = self.best_anywhere(swap.out, price, swap.route);
            if again.found() {
                swap.cost += again.cost - price;
            }
        }
        swaps.into_iter().min_by_key(|s| (s.cost, s.out)).filter(|s| s.cost < 0)
    }

    /// Change of cost when `j` comes into route `r` and the job at `at` goes and stays out.
    fn swap_cost(&mut self, j: u32, r: u32, at: usize, extra: i64) -> Option<i64> {
        let stops = self.routes[r as usize].clone();
        let sum = self.sums[r as usize];
        let out = stops[at].node;
        let before = self.sums[r as usize].cost;
        self.routes[r as usize].remove(at);
        let fits = self.refresh(r);
        self.lend_parts(out, r, 1);
        let mut best = Spot::below(i64::MAX / 4);
        if fits && self.has_parts(j, r) {
            self.best_in_route(j, r, extra, &mut best, Blink::new(0.0), &mut Rng::new(0));
        }
        let without = self.sums[r as usize].cost;
        self.lend_parts(out, r, -1);
        self.put_back(r, stops, sum);
        best.found().then(|| {
            without - before + best.cost + self.model.price[out as usize] - self.model.price[j as usize]
        })
    }
}
