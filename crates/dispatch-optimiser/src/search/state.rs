//! The plan under work: routes with cached times, so that a test of an insertion reads one stop before and one after.

use super::model::{Metric, Model, NONE, Node, flag};

/// No bend ahead.
const FAR: i32 = i32::MAX / 2;

/// A stop of a route with what was worked out for it. The first stop is the start of the day, the last its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    /// Node; `NONE` for the start.
    pub(crate) node: u32,
    /// Place; a break has that of the stop before.
    pub(crate) loc: u32,
    /// Travel from the stop before, seconds.
    pub(crate) leg: i32,
    pub(crate) arrive: i32,
    pub(crate) depart: i32,
    /// Latest arrival with which the rest of the route holds.
    pub(crate) latest: i32,
    /// Cost per second of arriving later…
    pub(crate) slope: i32,
    /// …as long as it is not more than this many seconds later.
    pub(crate) bend: i32,
}

/// Cost and travel of one route.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) cost: i64,
    pub(crate) jobs: u32,
}

/// A plan under work.
pub(crate) struct State<'m, M> {
    pub(crate) model: &'m Model<M>,
    /// Own copy of the nodes: ties between jobs narrow the windows of the two while they stand in the plan.
    pub(crate) nodes: Vec<Node>,
    pub(crate) routes: Vec<Vec<Stop>>,
    pub(crate) sums: Vec<Sum>,
    /// Parts left: van × part.
    pub(crate) vans: Vec<i32>,
    pub(crate) route_of: Vec<u32>,
    pub(crate) pos: Vec<u32>,
    /// Jobs left out that some route could take, and where each stands in this list.
    pub(crate) left_out: Vec<u32>,
    left_at: Vec<u32>,
    /// Parts left in the stores: store × part.
    pub(crate) shelves: Vec<i32>,
    /// Store node each van draws from; its shortage is negative stock.
    pub(crate) draws: Vec<u32>,
    /// Sum of the routes and of the prices of jobs left out.
    pub(crate) cost: i64,
    /// Routes with jobs, and jobs in routes.
    pub(crate) used: u32,
    pub(crate) served: u32,
    undo: Vec<(u32, u32, Sum)>,
    undo_stops: Vec<Stop>,
    undo_cost: i64,
    /// Round in which a route was last touched.
    touched: Vec<u32>,
    round: u32,
    /// Jobs taken out or tried in this round, with the route they had.
    moved: Vec<(u32, u32)>,
    /// Windows narrowed in this round: (job, open, close before).
    narrowed: Vec<(u32, i32, i32)>,
    /// A route changed in this round can't be kept: where travel times break the triangle even leaving a stop away can.
    pub(crate) misfit: bool,
    /// Stores changed in this round: (moves made before, van, store before).
    redrawn: Vec<(u32, u32, u32)>,
}

impl<'m, M: Metric> State<'m, M> {
    /// All jobs left out.
    pub(crate) fn new(model: &'m Model<M>, vans: &[Vec<i32>], shelves: Vec<i32>) -> Self {
        let mut state = Self {
            model,
            nodes: model.nodes.clone(),
            routes: Vec::with_capacity(model.routes),
            sums: vec![Sum::default(); model.routes],
            vans: vans.concat(),
            shelves,
            draws: vec![NONE; vans.len()],
            route_of: vec![NONE; model.jobs],
            pos: vec![0; model.jobs],
            left_out: Vec::with_capacity(model.jobs),
            left_at: vec![NONE; model.jobs],
            cost: model.price.iter().sum(),
            used: 0,
            served: 0,
            undo: Vec::new(),
            undo_stops: Vec::new(),
            undo_cost: 0,
            touched: vec![0; model.routes],
            round: 1,
            moved: Vec::new(),
            narrowed: Vec::new(),
            redrawn: Vec::new(),
            misfit: false,
        };
        for j in (0..model.jobs as u32).filter(|&j| !model.candidates(j as usize).0.is_empty()) {
            state.list_left_out(j);
        }
        for r in 0..model.routes {
            let mut stops = Vec::with_capacity(24);
            let blank = Stop {
                node: NONE,
                loc: model.start_loc[r],
                leg: 0,
                arrive: model.leaves[r],
                depart: model.leaves[r],
                latest: FAR,
                slope: 0,
                bend: FAR,
            };
            stops.push(blank);
            // Breaks come with the first job: an idle day has none.
            stops.push(Stop { node: model.end[r], ..blank });
            state.routes.push(stops);
            state.refresh(r as u32);
            state.cost += state.sums[r].cost;
        }
        state
    }

    /// Works out times, costs and places of a route anew; false when it can't be kept.
    pub(crate) fn refresh(&mut self, r: u32) -> bool {
        self.refresh_legs(r, 1, usize::MAX)
    }

    /// The same where only `legs` legs from position `from` on are new.
    fn refresh_legs(&mut self, r: u32, from: usize, mut legs: usize) -> bool {
        let model = self.model;
        let nodes = &self.nodes;
        let stops = &mut self.routes[r as usize];
        let Some((head, rest)) = stops.split_first_mut() else { return false };
        let (mut loc, mut depart) = (head.loc, head.depart);
        let (mut travel, mut late, mut extra, mut jobs) = (0i64, 0i64, 0i64, 0);
        let mut fits = true;
        for (at, stop) in rest.iter_mut().enumerate() {
            let node = &nodes[stop.node as usize];
            if node.flags & flag::BREAK == 0 {
                if at + 1 >= from && legs > 0 {
                    stop.leg = model.metric.seconds(loc, node.loc);
                    legs -= 1;
                }
                loc = node.loc;
            } else {
                stop.leg = 0;
            }
            travel += i64::from(stop.leg);
            stop.loc = loc;
            stop.arrive = depart + stop.leg;
            let start = model.start(node, stop.arrive).unwrap_or_else(|| {
                fits = false;
                stop.arrive
            });
            late += i64::from((start - node.due).max(0)) * i64::from(node.weight);
            depart = start + node.dur;
            stop.depart = depart;
            if (stop.node as usize) < model.jobs {
                jobs += 1;
                self.pos[stop.node as usize] = at as u32 + 1;
                self.route_of[stop.node as usize] = r;
                if node.flags & flag::EXTRA != 0 {
                    extra += model.extra_on(stop.node as usize, r).unwrap_or(0);
                }
            }
        }
        let old = self.sums[r as usize].jobs;
        self.served = self.served + jobs - old;
        self.used = self.used + u32::from(jobs > 0) - u32::from(old > 0);
        self.sums[r as usize] = Sum { cost: travel * model.travel_weight + late + extra, jobs };
        self.backward(r);
        fits
    }

    /// Latest arrivals, slopes and bends, from the end to the start.
    fn backward(&mut self, r: u32) {
        let nodes = &self.nodes;
        let model = self.model;
        let (mut limit, mut slope, mut bend) = (FAR, 0, FAR);
        for stop in self.routes[r as usize].iter_mut().rev() {
            if stop.node == NONE {
                (stop.latest, stop.slope, stop.bend) = (limit, slope, bend);
                break;
            }
            let node = &nodes[stop.node as usize];
            stop.latest = model.latest(node, limit - node.dur);
            limit = stop.latest - stop.leg;
            let start = stop.depart - node.dur;
            let wait = start - stop.arrive;
            if wait > 0 {
                bend = if slope == 0 { wait.saturating_add(bend).min(FAR) } else { wait };
                slope = 0;
                let to_due = node.due - start;
                if node.weight > 0 && to_due < FAR {
                    // Past the wait, the due time is the next bend at the latest.
                    bend = bend.min(wait + to_due.max(0));
                }
            } else if node.weight > 0 && start >= node.due {
                slope += node.weight;
            } else if node.weight > 0 {
                bend = bend.min(node.due - start);
            }
            if node.flags & flag::WINDOWS != 0 {
                // Past the window in use the start jumps to the next one.
                let windows = &model.windows[node.nth as usize];
                if let Some(w) = windows.iter().find(|w| start <= w.close_s) {
                    bend = bend.min(w.close_s - stop.arrive);
                }
            }
            (stop.slope, stop.bend) = (slope, bend);
        }
    }

    /// What it costs the rest of a route that its first stop is reached `delta` seconds later (and the route holds).
    #[inline]
    pub(crate) fn push_cost(&self, rest: &[Stop], mut delta: i32) -> i64 {
        let mut cost = 0;
        for stop in rest {
            if delta <= stop.bend {
                return cost + i64::from(stop.slope) * i64::from(delta);
            }
            let node = &self.nodes[stop.node as usize];
            let old = stop.depart - node.dur;
            let new = self.model.start(node, stop.arrive + delta).unwrap_or(stop.arrive + delta);
            cost += i64::from((new - node.due).max(0) - (old - node.due).max(0)) * i64::from(node.weight);
            delta = new - old;
            if delta == 0 {
                return cost;
            }
        }
        cost
    }

    /// Begins a round of changes that [`Self::take_back`] can undo as a whole.
    pub(crate) fn begin(&mut self) {
        self.undo.clear();
        self.undo_stops.clear();
        self.moved.clear();
        self.narrowed.clear();
        self.redrawn.clear();
        self.misfit = false;
        self.undo_cost = self.cost;
        self.round += 1;
    }

    /// Whether a route was touched in this round.
    #[inline]
    pub(crate) fn is_touched(&self, r: u32) -> bool {
        self.touched[r as usize] == self.round
    }

    /// Routes touched in this round, by number of touch.
    pub(crate) fn touched_nth(&self, n: usize) -> Option<u32> {
        self.undo.get(n).map(|(r, ..)| *r)
    }

    /// Jobs that moved in this round with the route they had before.
    pub(crate) fn moved(&self) -> &[(u32, u32)] {
        &self.moved
    }

    /// Keeps what a route was before its first change in this round.
    #[inline]
    pub(crate) fn touch(&mut self, r: u32) {
        if self.touched[r as usize] != self.round {
            self.touched[r as usize] = self.round;
            self.undo.push((r, self.undo_stops.len() as u32, self.sums[r as usize]));
            self.undo_stops.extend_from_slice(&self.routes[r as usize]);
        }
    }

    /// Undoes the round.
    pub(crate) fn take_back(&mut self) {
        while let Some((j, open, close)) = self.narrowed.pop() {
            (self.nodes[j as usize].open, self.nodes[j as usize].close) = (open, close);
        }
        let mut undo = std::mem::take(&mut self.undo);
        let mut end = self.undo_stops.len();
        for &(r, from, sum) in undo.iter().rev() {
            let stops = &mut self.routes[r as usize];
            stops.clear();
            stops.extend_from_slice(&self.undo_stops[from as usize..end]);
            end = from as usize;
            let jobs = self.sums[r as usize].jobs;
            self.served = self.served + sum.jobs - jobs;
            self.used = self.used + u32::from(sum.jobs > 0) - u32::from(jobs > 0);
            self.sums[r as usize] = sum;
            for (at, stop) in self.routes[r as usize].iter().enumerate().skip(1) {
                if (stop.node as usize) < self.model.jobs {
                    self.pos[stop.node as usize] = at as u32;
                }
            }
        }
        undo.clear();
        self.undo = undo;
        let mut moved = std::mem::take(&mut self.moved);
        for (nth, &(j, was)) in moved.iter().enumerate().rev() {
            self.undraw(nth as u32 + 1);
            let now = self.route_of[j as usize];
            if now != was {
                self.give_parts(j, now, 1);
                self.give_parts(j, was, -1);
                if was == NONE {
                    self.list_left_out(j);
                } else if now == NONE {
                    self.unlist_left_out(j);
                }
                self.route_of[j as usize] = was;
            }
        }
        self.undraw(0);
        moved.clear();
        self.moved = moved;
        self.cost = self.undo_cost;
    }

    /// Undoes the changes of stores made after `moves` moves.
    fn undraw(&mut self, moves: u32) {
        while let Some(&(at, van, before)) = self.redrawn.last() {
            if at < moves {
                break;
            }
            self.draws[van as usize] = before;
            self.redrawn.pop();
        }
    }

    #[inline]
    fn list_left_out(&mut self, j: u32) {
        self.left_at[j as usize] = self.left_out.len() as u32;
        self.left_out.push(j);
    }

    #[inline]
    fn unlist_left_out(&mut self, j: u32) {
        let at = std::mem::replace(&mut self.left_at[j as usize], NONE) as usize;
        self.left_out.swap_remove(at);
        if let Some(&other) = self.left_out.get(at) {
            self.left_at[other as usize] = at as u32;
        }
    }

    #[inline]
    fn give_parts(&mut self, j: u32, r: u32, sign: i32) {
        if r != NONE && self.nodes[j as usize].flags & flag::PARTS != 0 {
            let row = self.model.van[r as usize] as usize * self.model.part_count;
            for &(part, count) in &self.model.parts[j as usize] {
                let left = &mut self.vans[row + part as usize];
                let drawn = (-*left).max(0);
                *left += sign * count;
                let drawn = (-*left).max(0) - drawn;
                if drawn != 0 {
                    self.draw(self.model.van[r as usize] as usize, part as usize, drawn);
                }
            }
        }
    }

    /// Books parts drawn from (or given back to) the store of a van.
    fn draw(&mut self, van: usize, part: usize, count: i32) {
        let store = self.draws[van];
        if store != NONE {
            let shelf = self.nodes[store as usize].nth as usize * self.model.part_count;
            self.shelves[shelf + part] -= count;
        }
    }

    /// Adds and takes parts without moving a job, for a look ahead.
    pub(crate) fn lend_parts(&mut self, j: u32, r: u32, sign: i32) {
        self.give_parts(j, r, sign);
    }

    /// Puts back stops kept aside during a look ahead.
    pub(crate) fn put_back(&mut self, r: u32, stops: Vec<Stop>, sum: Sum) {
        self.routes[r as usize] = stops;
        self.refresh(r);
        debug_assert_eq!(self.sums[r as usize].cost, sum.cost, "a look ahead must leave no trace");
    }

    /// Narrows or widens the window of a job until the round is undone.
    pub(crate) fn narrow(&mut self, j: u32, open: i32, close: i32) {
        let node = &mut self.nodes[j as usize];
        if (node.open, node.close) != (open, close) {
            self.narrowed.push((j, node.open, node.close));
            (node.open, node.close) = (open, close);
        }
    }

    /// Puts a stop at a store after position `after`.
    pub(crate) fn insert_stop(&mut self, store: u32, r: u32, after: usize) {
        let blank = Stop { node: store, loc: 0, leg: 0, arrive: 0, depart: 0, latest: 0, slope: 0, bend: 0 };
        self.routes[r as usize].insert(after + 1, blank);
        self.settle(r);
    }

    /// Says which store a van draws from, until the round is undone.
    pub(crate) fn set_draw(&mut self, van: usize, store: u32) {
        let before = std::mem::replace(&mut self.draws[van], store);
        self.redrawn.push((self.moved.len() as u32, van as u32, before));
    }

    /// Whether the van of a route holds what a job takes.
    #[inline]
    pub(crate) fn has_parts(&self, j: u32, r: u32) -> bool {
        if self.nodes[j as usize].flags & flag::PARTS == 0 {
            return true;
        }
        let row = self.model.van[r as usize] as usize * self.model.part_count;
        self.model.parts[j as usize].iter().all(|&(part, count)| self.vans[row + part as usize] >= count)
    }

    /// Puts a job after position `after` of a route.
    pub(crate) fn insert(&mut self, j: u32, r: u32, after: usize) {
        self.touch(r);
        self.moved.push((j, self.route_of[j as usize]));
        let old = self.sums[r as usize].cost;
        let blank = Stop { node: j, loc: 0, leg: 0, arrive: 0, depart: 0, latest: 0, slope: 0, bend: 0 };
        let (first, breaks) = self.model.breaks[r as usize];
        let mut from = after + 1;
        if breaks > 0 && self.sums[r as usize].jobs == 0 {
            from = 1;
            for n in 0..breaks {
                self.routes[r as usize].insert(1 + n as usize, Stop { node: first + n, ..blank });
            }
        }
        self.routes[r as usize].insert(after + 1, blank);
        self.give_parts(j, r, -1);
        self.unlist_left_out(j);
        self.misfit |= !self.refresh_legs(r, from, 2);
        self.cost += self.sums[r as usize].cost - old - self.model.price[j as usize];
    }

    /// Takes the jobs at `from..to` out of a route (breaks and stores stay), except those in `keep`; tells each to `out`.
    /// The caller refreshes the route with [`Self::settle`].
    pub(crate) fn remove(
        &mut self,
        r: u32,
        from: usize,
        to: usize,
        keep: std::ops::Range<usize>,
        out: &mut Vec<u32>,
    ) {
        self.touch(r);
        let mut at = 0;
        let mut stops = std::mem::take(&mut self.routes[r as usize]);
        let jobs = self.model.jobs;
        stops.retain(|stop| {
            let here = at;
            at += 1;
            if here < from || here >= to || keep.contains(&here) || stop.node as usize >= jobs {
                return true;
            }
            out.push(stop.node);
            self.moved.push((stop.node, r));
            self.route_of[stop.node as usize] = NONE;
            self.list_left_out(stop.node);
            self.give_parts(stop.node, r, 1);
            self.cost += self.model.price[stop.node as usize];
            false
        });
        self.routes[r as usize] = stops;
    }

    /// Works out a changed route and books the difference.
    pub(crate) fn settle(&mut self, r: u32) -> bool {
        let old = self.sums[r as usize].cost;
        let mut fits = self.refresh(r);
        if self.sums[r as usize].jobs == 0 && self.routes[r as usize].len() > 2 {
            // An idle day has neither breaks nor stops.
            let van = self.model.van[r as usize] as usize;
            if self.draws[van] != NONE && !self.model.shared[van] {
                self.set_draw(van, NONE);
            }
            self.routes[r as usize].truncate(1);
            let blank = self.routes[r as usize][0];
            self.routes[r as usize].push(Stop { node: self.model.end[r as usize], ..blank });
            fits = self.refresh(r);
        }
        self.misfit |= !fits && self.sums[r as usize].jobs > 0;
        self.cost += self.sums[r as usize].cost - old;
        fits
    }
}
