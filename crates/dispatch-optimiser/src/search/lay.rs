//! Whole routes put into the plan at once.

use super::model::Metric;
use super::state::State;

impl<M: Metric> State<'_, M> {
    /// What a route costs without jobs: the way from its start to its end.
    pub(crate) fn idle_cost(&self, r: u32) -> i64 {
        let (model, end) = (self.model, &self.nodes[self.model.end[r as usize] as usize]);
        let way = model.metric.seconds(model.start_loc[r as usize], end.loc);
        let late = (model.leaves[r as usize] + way).max(end.open) - end.due;
        i64::from(way) * model.travel_weight + i64::from(late.max(0)) * i64::from(end.weight)
    }

    /// Makes the routes listed exactly these (nodes without start and end); jobs on them before are left out first. False,
    /// and nothing changed, where one can't be kept.
    pub(crate) fn lay(&mut self, rows: &[(u32, &[u32])]) -> bool {
        self.begin();
        let mut out = Vec::new();
        for &(r, _) in rows {
            let end = self.routes[r as usize].len() - 1;
            self.remove(r, 1, end, 0..0, &mut out);
            self.settle(r);
        }
        for &(r, nodes) in rows {
            for &j in nodes.iter().filter(|&&n| (n as usize) < self.model.jobs) {
                let last = self.routes[r as usize].len() - 2;
                self.insert(j, r, last);
            }
            let stops = &mut self.routes[r as usize];
            if stops.len() == nodes.len() + 2 {
                for (stop, &node) in stops[1..].iter_mut().zip(nodes) {
                    stop.node = node;
                }
            }
        }
        self.misfit = false;
        for &(r, _) in rows {
            self.settle(r);
        }
        if self.misfit {
            self.take_back();
            return false;
        }
        true
    }
}
