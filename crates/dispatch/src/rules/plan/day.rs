//! The plan that stands, laid out stretch by stretch: what each engineer does, when it can begin, and what of it can't be moved.
//!
//! A planned visit begins with its window, or as soon after as its engineer can be there: that later start is allowed in the
//! new plan too, so that the present plan always holds. Where somebody runs late, what they do before stays as it is: else
//! the room that the database keeps for the late visit could be given away.

use kit::Ts;
use visits::VisitStateName;

use super::build::{Entry, Laid, Making, Standing, by_rule};
use super::{sec_down, sec_up};
use crate::model::plan::PlanFixed;
use crate::rules::plain::OVERRUN_US;

/// Who would have to set out within this many seconds is not given other work.
const FREEZE_S: i32 = 900;

/// Lays out the visits `own` (number and place, by window) of one engineer over their stretches of work.
pub(super) fn lay_out(made: &mut Making<'_>, spans: &[Entry], own: &[(usize, u32)], base: u32, from: u32) {
    let (facts, origin) = (made.facts, made.area.origin);
    // Until when somebody is busy with what is under way, and where they are then.
    let mut free: Option<(i32, u32)> = None;
    let mut waiting = Vec::with_capacity(own.len());
    for &(v, location) in own {
        let visit = &facts.visits[v];
        if visit.state.in_field() {
            made.area.kept.push((v, PlanFixed::UnderWay));
            let until = sec_up(origin, visit.window.end.max(facts.now.plus(OVERRUN_US)));
            free = free.max(Some((until, location)));
        } else if visit.state == VisitStateName::Left || !visit.state.holds_window() {
            continue;
        } else if visit.window.end <= facts.now {
            made.area.kept.push((v, PlanFixed::WindowOver));
        } else {
            waiting.push((v, location));
        }
    }
    let mut waiting = waiting.into_iter().peekable();
    for entry in spans {
        let now = entry.span.start <= facts.now;
        let (from_s, to_s) = (sec_up(origin, entry.span.start), sec_down(origin, entry.span.end));
        let (mut time, mut place) = (from_s.max(0), if now { from } else { base });
        if let Some((until, location)) = free.filter(|(until, _)| *until > time) {
            (time, place) = (until, location);
        }
        // What began before this stretch is not of it, but may reach into it.
        while let Some((v, location)) =
            waiting.next_if(|(v, _)| !now && facts.visits[*v].window.start < entry.span.start)
        {
            made.area.kept.push((v, PlanFixed::OutsideShift));
            let until = sec_up(origin, facts.visits[v].window.end);
            if until > time {
                (time, place) = (until, location);
            }
        }
        let start = (time, place);
        let mut standing: Vec<Standing> = Vec::new();
        // From here on everything follows without a pause.
        let mut chain = 0;
        let mut over_s = to_s;
        while let Some((v, location)) =
            waiting.next_if(|(v, _)| facts.visits[*v].window.start < entry.span.end)
        {
            let visit = &facts.visits[v];
            let way = made.area.problem.travel.seconds(place, location);
            let window_s = sec_up(origin, visit.window.start);
            let start_s = window_s.max(time + way);
            if start_s > window_s {
                for before in &mut standing[chain..] {
                    before.fixed = before.fixed.or(Some(PlanFixed::BeforeLate));
                }
            } else {
                chain = standing.len();
            }
            let planned_us = visit.window.end.micros() - visit.window.start.micros();
            let length_us = planned_us.max(visit.order.duration_min.clamp(1, 7 * 1440) * Ts::MINUTE);
            let length_s = sec_up(Ts(0), Ts(length_us));
            let end_s = start_s + length_s;
            let engineer = &facts.engineers[entry.engineer].engineer;
            let fixed = if visit.pinned {
                Some(PlanFixed::Pinned)
            } else if visit.locked {
                Some(PlanFixed::Locked)
            } else if start_s - way <= FREEZE_S {
                Some(PlanFixed::Imminent)
            } else if end_s > to_s {
                Some(PlanFixed::OutsideShift)
            } else if !by_rule(engineer, &visit.order, entry) {
                Some(PlanFixed::AgainstRule)
            } else {
                None
            };
            standing.push(Standing { visit: v, location, window_s, start_s, length_s, fixed });
            over_s = over_s.max(end_s);
            (time, place) = (end_s, location);
        }
        free = free.max(Some((time, place)));
        if standing.is_empty() && start.0 >= to_s {
            continue;
        }
        let row = made.next_entry();
        let jobs = standing.iter().map(|s| made.visit(s, row)).collect();
        made.entry(Laid { entry: *entry, start: start.1, from_s: start.0, to_s, over_s, jobs });
    }
    // What lies wholly behind the plan is none of its business.
    let within = waiting.filter(|(v, _)| facts.visits[*v].window.start < facts.until);
    made.area.kept.extend(within.map(|(v, _)| (v, PlanFixed::OutsideShift)));
}
