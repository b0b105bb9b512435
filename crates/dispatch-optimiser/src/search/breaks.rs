//! Where a day's breaks stand: looked for without touching the route, since mostly they stay where they are.

use super::model::{Metric, flag};
use super::state::{State, Stop};

/// Lateness after a place for a break, the end of the day, and the position before it.
type Place = (i64, i32, usize);

impl<M: Metric> State<'_, M> {
    /// Puts the breaks of a route where lateness is least (then where the day ends first). The route must be settled; it
    /// is again afterwards.
    pub(crate) fn place_breaks(&mut self, r: u32) {
        let (first, count) = self.model.breaks[r as usize];
        for node in first..first + count {
            self.place_break(r, node);
        }
    }

    fn place_break(&mut self, r: u32, node: u32) {
        let stops = self.routes[r as usize].as_slice();
        let Some(from) = stops.iter().position(|s| s.node == node) else { return };
        let pause = self.nodes[node as usize];
        let mut best: Option<Place> = None;
        // The day without the break, stop by stop; at each what follows is worked out with it.
        let (mut depart, mut late) = (stops[0].depart, 0i64);
        for at in 0..stops.len() - 1 {
            if at == from {
                continue;
            }
            if at > 0 {
                let Some((start, over)) = self.follow(&stops[at], depart) else { break };
                late += start;
                depart = over;
            }
            let start = depart.max(pause.open);
            if start > pause.close {
                break;
            }
            let most = best.map_or(i64::MAX, |b| b.0 - late);
            let Some((rest, end)) = self.rest_of_day(stops, at, from, start + pause.dur, most) else {
                continue;
            };
            let key = (late + rest, end, at);
            if best.is_none_or(|b| key < b) {
                best = Some(key);
            }
        }
        let Some((.., at)) = best else { return };
        // Position of the break once it is taken out.
        let to = if at < from { at + 1 } else { at };
        if to == from {
            return;
        }
        self.touch(r);
        let route = &mut self.routes[r as usize];
        if to < from {
            route[to..=from].rotate_right(1);
        } else {
            route[from..=to].rotate_left(1);
        }
        self.settle(r);
    }

    /// Cost of the lateness at a stop that is set out for at `depart`, and when it is over.
    #[inline]
    fn follow(&self, stop: &Stop, depart: i32) -> Option<(i64, i32)> {
        let node = &self.nodes[stop.node as usize];
        let leg = if node.flags & flag::BREAK != 0 { 0 } else { stop.leg };
        let start = self.model.start(node, depart + leg)?;
        Some((i64::from((start - node.due).max(0)) * i64::from(node.weight), start + node.dur))
    }

    /// Lateness of the stops after `at` (the break at `from` aside) and the end of the day; none when it doesn't hold or
    /// costs more than `most`.
    fn rest_of_day(
        &self,
        stops: &[Stop],
        at: usize,
        from: usize,
        mut depart: i32,
        most: i64,
    ) -> Option<(i64, i32)> {
        let mut late = 0;
        for (n, stop) in stops.iter().enumerate().skip(at + 1) {
            if n == from {
                continue;
            }
            let (cost, over) = self.follow(stop, depart)?;
            late += cost;
            depart = over;
            if late > most {
                return None;
            }
        }
        Some((late, depart))
    }
}
