//! Somebody and a time, chosen by hand: what that does to the clocks and to their day. Pure.

use std::collections::BTreeMap;

use kit::Ts;
use organisation::{Point, shifts};
use visits::{VisitId, VisitStateName, Window};

use super::plain::{Gap, Open, UNKNOWN_TRAVEL_S, gaps, hard, lasting, reason, taken, way};
use crate::model::ProposalReasonCode as Code;
use crate::model::effect::Effect;
use crate::model::{Busy, Candidate, ProposalReason, RoadsUsed, VisitProblem};

/// Less than this many seconds more or less on the road is the same way.
const SAME_WAY_S: i64 = 60;

/// What it does that `candidate` goes to `problem` in `window`. `names` tells what to call their visits.
#[must_use]
pub fn effect(
    problem: &VisitProblem,
    candidate: &Candidate,
    names: &BTreeMap<VisitId, String>,
    window: Window,
    now: Ts,
) -> Effect {
    let engineer = &candidate.engineer;
    let name = |busy: &Busy| ("visit", names.get(&busy.visit).cloned().unwrap_or_default());
    let mut made = Effect {
        now,
        engineer_id: engineer.id,
        window,
        possible: true,
        arrive_at: None,
        margin_s: None,
        detour_s: None,
        next_late_s: 0,
        overtime_s: 0,
        against: Vec::new(),
        besides: Vec::new(),
        roads: RoadsUsed::default(),
    };
    let level = problem.skill.as_deref().map_or(0, |code| engineer.skill_level(code));
    made.against = hard(problem, engineer, level, window.start);
    let busy = taken(&candidate.busy, now);
    let at_another = |b: &&Busy| b.state != VisitStateName::Left && b.window.overlaps(&window);
    let overlapping = busy.iter().filter(at_another);
    made.against.extend(overlapping.map(|b| reason(Code::Overlaps, &[name(b)])));
    made.possible = busy.iter().all(|b| !at_another(&b));

    let spans = shifts::working_spans(&engineer.shifts, &engineer.zone, now, window.end.plus(Ts::DAY));
    let shift = spans.iter().copied().find(|(from, to)| *from <= window.start && window.start < *to);
    if shift.is_none() {
        made.against.push(reason(Code::NotAtWork, &[]));
    }
    // Outside of a shift they set out when they have to, from where they were last.
    let within = shift.unwrap_or((now, window.end.max(now.plus(1))));
    let around = gaps(within, &busy, engineer.base, candidate.last_seen, now);
    let gap = around.into_iter().find(|gap| gap.start <= window.start.max(now) && window.start < gap.end);
    if let Some(gap) = gap.filter(|_| made.possible) {
        arrives(&mut made, problem, candidate, &gap, shift, name);
    }
    if window.start < problem.wish.start {
        let from = said(problem.wish.start, candidate);
        made.against.push(reason(Code::BeforeWish, &[("from", from)]));
    }
    let open = Open::of(&problem.access, problem.duration_min, &problem.wish, now, window.end.plus(Ts::DAY));
    let at = made.arrive_at.unwrap_or(window.start);
    if !open.spans.iter().any(|(from, to)| *from <= at && at.plus(open.stay_us) <= *to) {
        made.against.push(reason(Code::ClosedThen, &[]));
    }
    made
}

// The way there from what comes before, what is due, and what comes after.
fn arrives(
    made: &mut Effect,
    problem: &VisitProblem,
    candidate: &Candidate,
    gap: &Gap,
    shift: Option<(Ts, Ts)>,
    name: impl Fn(&Busy) -> (&'static str, String),
) {
    let zone = &candidate.engineer.zone;
    let ways = |from: Option<Point>, to: Option<Point>, at: Ts| way(problem, (from, to), at, zone);
    let window = made.window;
    let (there_s, metres) = ways(gap.from, problem.place, gap.start);
    let first = gap.start.plus(there_s * Ts::SECOND);
    let arrive_at = window.start.max(first);
    made.arrive_at = Some(arrive_at);
    let later_s = (arrive_at.micros() - window.start.micros()) / Ts::SECOND;
    if later_s > 0 {
        made.against.push(lasting(Code::ThereLater, later_s, &[("at", said(arrive_at, candidate))]));
    }
    made.margin_s = problem.due_at.map(|due| (due.micros() - arrive_at.micros()) / Ts::SECOND);
    match made.margin_s {
        Some(margin) if margin < 0 => made.against.push(lasting(Code::Late, margin, &[])),
        Some(margin) => made.besides.push(lasting(Code::Margin, margin, &[])),
        None => {}
    }
    let lasts_us = window.end.micros() - window.start.micros();
    let done_at = arrive_at.plus(lasts_us);
    let mut detour_s = metres.map(|_| there_s);
    if let Some(next) = &gap.next {
        let (on_s, on_m) = ways(problem.place, next.place, done_at);
        let (else_s, else_m) = ways(gap.from, next.place, gap.start);
        detour_s = metres.and(on_m).and(else_m).map(|_| there_s + on_s - else_s);
        let free_at = done_at.plus(on_s * Ts::SECOND);
        made.next_late_s = ((free_at.micros() - next.window.start.micros()) / Ts::SECOND).max(0);
        if made.next_late_s > 0 {
            made.against.push(lasting(Code::NextLater, made.next_late_s, &[name(next)]));
        }
    }
    made.detour_s = detour_s;
    made.besides.push(road(detour_s));
    if let Some((_, to)) = shift {
        made.overtime_s = ((done_at.micros() - to.micros()) / Ts::SECOND).max(0);
        if made.overtime_s > 0 {
            made.against.push(lasting(Code::Overtime, made.overtime_s, &[]));
        }
    }
}

fn road(detour_s: Option<i64>) -> ProposalReason {
    match detour_s {
        None => reason(Code::TravelUnknown, &[("minutes", (UNKNOWN_TRAVEL_S / 60).to_string())]),
        Some(more) if more < SAME_WAY_S => reason(Code::OnTheWay, &[]),
        Some(more) => lasting(Code::Detour, more, &[]),
    }
}

fn said(at: Ts, candidate: &Candidate) -> String {
    at.timestamp().to_zoned(candidate.engineer.zone.clone()).strftime("%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests;
