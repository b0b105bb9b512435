//! Routes of the pool tried in depth, over the whole plan or in one corner of it.

use super::model::{Metric, Model, NONE};
use super::pool::{CORNER_LOOKS, Pool};
use super::rng::Rng;

/// Routes tried in depth: the job with the fewest routes first.
pub(crate) struct Trial<'p> {
    pool: &'p Pool,
    over: &'p [f64],
    /// What leaving a job out costs above its price in the bound, and in the objective.
    out: Vec<(f64, i64)>,
    /// Jobs in the order in which they are decided, and by job its routes, the cheapest first.
    jobs: Vec<u32>,
    routes: Vec<Vec<u32>>,
    /// Jobs of a route as bits, by number of route in `order`.
    words: usize,
    bits: Vec<u64>,
    place: Vec<u32>,
    taken: Vec<u64>,
    used: Vec<u32>,
    chosen: Vec<u32>,
    pub(crate) best: i64,
    pub(crate) found: Option<Vec<u32>>,
    pub(crate) room: f64,
    pub(crate) looks: u64,
}

impl<'p> Trial<'p> {
    pub(crate) fn new<M: Metric>(
        pool: &'p Pool,
        model: &Model<M>,
        order: &[u32],
        over: &'p [f64],
        prices: &[f64],
        have: i64,
    ) -> Self {
        let words = model.jobs.div_ceil(64);
        let mut bits = vec![0; words * order.len()];
        let mut place = vec![0; pool.columns.len()];
        let mut routes = vec![Vec::new(); model.jobs];
        for (at, &n) in order.iter().enumerate() {
            place[n as usize] = at as u32;
            for j in pool.jobs(model, &pool.columns[n as usize]) {
                bits[at * words + j / 64] |= 1 << (j % 64);
                routes[j].push(n);
            }
        }
        let mut jobs: Vec<u32> = (0..model.jobs as u32).collect();
        jobs.sort_by_key(|&j| routes[j as usize].len());
        let out = model.price.iter().zip(prices).map(|(&p, &bound)| (p as f64 - bound, p)).collect();
        Self {
            pool,
            over,
            out,
            jobs,
            routes,
            words,
            bits,
            place,
            taken: vec![0; words],
            used: vec![0; pool.of_kind.len()],
            chosen: Vec::new(),
            best: have,
            found: None,
            room: 0.0,
            looks: 0,
        }
    }

    /// Decides the jobs from `at` on; `above` is what the decisions cost above the bound, `cost` what they cost.
    pub(crate) fn deeper(&mut self, mut at: usize, above: f64, cost: i64) {
        while let Some(&j) = self.jobs.get(at) {
            if self.taken[j as usize / 64] >> (j % 64) & 1 == 0 {
                break;
            }
            at += 1;
        }
        let Some(&j) = self.jobs.get(at) else {
            if cost < self.best {
                self.room -= (self.best - cost) as f64;
                self.best = cost;
                self.found = Some(self.chosen.clone());
            }
            return;
        };
        let (left_above, left_cost) = self.out[j as usize];
        let mut left = above + left_above <= self.room;
        for n in 0..self.routes[j as usize].len() {
            let nth = self.routes[j as usize][n];
            let over = self.over[nth as usize];
            if left && left_above < over {
                left = false;
                self.leave(j, at, above + left_above, cost + left_cost);
            }
            if self.looks == 0 || above + over > self.room {
                break;
            }
            self.looks -= 1;
            let row = self.place[nth as usize] as usize * self.words;
            let bits = row..row + self.words;
            let kind = self.pool.columns[nth as usize].kind as usize;
            if self.used[kind] as usize >= self.pool.of_kind[kind].len()
                || self.bits[bits.clone()].iter().zip(&self.taken).any(|(a, b)| a & b != 0)
            {
                continue;
            }
            let flip = |trial: &mut Self| {
                for (word, bits) in trial.taken.iter_mut().zip(&trial.bits[bits.clone()]) {
                    *word ^= bits;
                }
            };
            flip(self);
            self.used[kind] += 1;
            self.chosen.push(nth);
            self.deeper(at + 1, above + over, cost + self.pool.columns[nth as usize].cost);
            self.chosen.pop();
            self.used[kind] -= 1;
            flip(self);
        }
        if left && self.looks > 0 {
            self.leave(j, at, above + left_above, cost + left_cost);
        }
    }

    /// Tries again with all routes of a plan fixed but a few that share jobs with routes of the pool; true when that gave a
    /// better plan.
    pub(crate) fn corner<M: Metric>(
        &mut self,
        model: &Model<M>,
        order: &[u32],
        current: &[u32],
        rng: &mut Rng,
    ) -> bool {
        let pool = self.pool;
        if current.len() < 2 {
            return false;
        }
        let mut owner = vec![NONE; model.jobs];
        for (at, &nth) in current.iter().enumerate() {
            for j in pool.jobs(model, &pool.columns[nth as usize]) {
                owner[j] = at as u32;
            }
        }
        let seed = rng.below(current.len()) as u32;
        let mut shared = vec![0u32; current.len()];
        for &nth in order {
            let column = &pool.columns[nth as usize];
            if pool.jobs(model, column).any(|j| owner[j] == seed) {
                for at in pool.jobs(model, column).map(|j| owner[j]).filter(|&at| at != NONE) {
                    shared[at as usize] += 1;
                }
            }
        }
        shared[seed as usize] = u32::MAX;
        let mut nearest: Vec<u32> = (0..current.len() as u32).collect();
        nearest.sort_by_key(|&at| (std::cmp::Reverse(shared[at as usize]), at));
        let free = (3 + rng.below(8)).min(current.len());
        self.taken.fill(0);
        self.used.fill(0);
        self.chosen.clear();
        let (mut above, mut cost) = (0.0, 0);
        for &at in &nearest[free..] {
            let nth = current[at as usize];
            let column = &pool.columns[nth as usize];
            for j in pool.jobs(model, column) {
                self.taken[j / 64] |= 1 << (j % 64);
            }
            self.used[column.kind as usize] += 1;
            self.chosen.push(nth);
            above += self.over[nth as usize];
            cost += column.cost;
        }
        let ours = nearest[..free].iter().map(|&at| self.over[current[at as usize] as usize]).sum::<f64>();
        let out = (0..model.jobs).filter(|&j| owner[j] == NONE).map(|j| self.out[j].0).sum::<f64>();
        self.room = above + ours + out;
        self.looks = CORNER_LOOKS;
        let before = self.best;
        self.deeper(0, above, cost);
        self.taken.fill(0);
        self.used.fill(0);
        self.chosen.clear();
        self.best < before
    }

    fn leave(&mut self, j: u32, at: usize, above: f64, cost: i64) {
        self.taken[j as usize / 64] ^= 1 << (j % 64);
        self.deeper(at + 1, above, cost);
        self.taken[j as usize / 64] ^= 1 << (j % 64);
    }
}
