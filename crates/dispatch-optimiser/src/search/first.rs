//! A first plan at once: what was planned before, then the dearest jobs first, each where it is cheapest.

use super::insert::{Blink, Spot};
use super::model::{Metric, NONE, flag};
use super::rng::Rng;
use super::state::State;
use crate::plan::Item;

impl<M: Metric> State<'_, M> {
    /// Takes over a plan as far as it holds: items that no longer fit stay out. Breaks and stores are placed anew.
    pub(crate) fn take_over(&mut self, initial: &[Vec<Item>]) {
        for (r, items) in initial.iter().enumerate() {
            let r = r as u32;
            for item in items {
                let Item::Job(j) = *item else { continue };
                let tied = self.nodes[j as usize].flags & flag::TIED != 0;
                if tied || self.route_of[j as usize] != NONE || self.model.extra_on(j as usize, r).is_none() {
                    continue;
                }
                if self.has_parts(j, r) {
                    self.append(j, r);
                }
            }
        }
    }

    /// Puts a job at the end of a route, before breaks at its end where only that fits; leaves it out where nothing does.
    fn append(&mut self, j: u32, r: u32) {
        let last = self.routes[r as usize].len() - 2;
        self.begin();
        if self.sums[r as usize].jobs == 0 {
            let extra = self.model.extra_on(j as usize, r).unwrap_or(0);
            let mut best = Spot::below(i64::MAX / 4);
            self.best_in_route(j, r, extra, &mut best, Blink::new(0.0), &mut Rng::new(0));
            if best.found() {
                self.insert(j, r, best.after as usize);
            }
            return;
        }
        self.insert(j, r, last);
        if self.settle(r) {
            self.place_breaks(r);
            return;
        }
        self.take_back();
        for at in (0..last).rev() {
            let behind = self.routes[r as usize][at + 1].node;
            if self.nodes[behind as usize].flags & flag::BREAK == 0 {
                return;
            }
            self.begin();
            self.insert(j, r, at);
            if self.settle(r) {
                return;
            }
            self.take_back();
        }
    }

    /// Puts every job left out where it is cheapest, dearest first, then by due time.
    pub(crate) fn fill(&mut self) {
        let model = self.model;
        let mut order: Vec<(i64, i32, u32)> = self
            .left_out
            .iter()
            .map(|&j| {
                (-model.price[j as usize], model.nodes[j as usize].due.min(model.nodes[j as usize].close), j)
            })
            .collect();
        order.sort_unstable();
        for (_, _, j) in order {
            self.begin();
            if self.nodes[j as usize].flags & flag::TIED != 0 {
                if self.all_out(j) {
                    self.tie(j);
                }
            } else {
                let best = self.best_anywhere(j, model.price[j as usize], NONE);
                self.put(j, best);
            }
            if self.misfit {
                self.take_back();
            }
        }
    }

    /// Makes room for the jobs still left out, dearest first: for plans taken over, where few are.
    pub(crate) fn press(&mut self) {
        let mut order = self.left_out.clone();
        order.sort_unstable_by_key(|&j| (-self.model.price[j as usize], j));
        for j in order {
            if self.route_of[j as usize] == NONE && self.nodes[j as usize].flags & flag::TIED == 0 {
                self.make_room(j);
            }
        }
    }
}
