//! The plain rule: whoever can be there soonest within their shift, explained; an optimiser takes over behind [`Proposer`].

use std::cmp::Reverse;

use jiff::tz::TimeZone;
use kit::Ts;
use kit::texts::{self, Both};
use organisation::{Engineer, Point, shifts};
use visits::{VisitStateName, Window};

use super::Proposer;
use super::roads::Needed;
use super::travel::{distance_m, travel_s};
use crate::model::{
    Access, Busy, Candidate, LastSeen, Proposal, ProposalReason, ProposalReasonCode, VisitProblem,
};

/// Days looked ahead.
const HORIZON_DAYS: i64 = 7;
/// How long a last known place is worth more than the base.
pub(super) const SEEN_US: i64 = 2 * Ts::HOUR;
/// What is still under way past its end is expected to take this much longer.
pub(super) const OVERRUN_US: i64 = 30 * Ts::MINUTE;
/// Seconds assumed for a way of unknown length.
pub(super) const UNKNOWN_TRAVEL_S: i64 = 3600;
/// Arrivals within the same quarter of an hour are the same: then the rest decides.
const SAME_US: i64 = 15 * Ts::MINUTE;

/// Until when a gap is looked for: a week from now, or from the wished time if that lies ahead.
#[must_use]
pub fn horizon(wish: &Window, now: Ts) -> Ts {
    now.max(wish.start).plus(HORIZON_DAYS * Ts::DAY)
}

/// Hard reasons first (skill, certificate, unit, shift, gap), then the earliest arrival that keeps the promise.
///
/// The visit is put into the first gap between what is planned that holds the way there, the work, and the way to the next
/// visit. Travel starts at the visit before, at the last known place if that is fresh, or at the base.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainRule;

impl Proposer for PlainRule {
    fn rank(&self, problem: &VisitProblem, now: Ts) -> Vec<Proposal> {
        let mut ranked: Vec<Proposal> =
            problem.candidates.iter().map(|c| proposal(problem, c, now)).collect();
        ranked.sort_by_cached_key(|p| {
            // Those who can't go stand by name.
            if !p.feasible {
                return (true, false, 0, false, 0, Reverse(0), 0, None, p.name.clone(), p.engineer_id);
            }
            (
                false,
                !p.on_time,
                p.arrive_at.map_or(i64::MAX, |a| a.micros() / SAME_US),
                !p.same_engineer,
                p.load_min,
                Reverse(p.skill_level),
                p.travel_s.unwrap_or(i64::MAX),
                p.arrive_at,
                p.name.clone(),
                p.engineer_id,
            )
        });
        ranked
    }
}

/// The ways that ranking asks for: to the work, from wherever those who are responsible may set out; and from there to what they
/// have to do next.
#[must_use]
pub fn needed(problem: &VisitProblem) -> Vec<Needed> {
    let Some(place) = problem.place else { return Vec::new() };
    let able = || problem.candidates.iter().filter(|c| problem.units.contains(&c.engineer.unit_id));
    let next: Vec<Point> = able().flat_map(|c| c.busy.iter().filter_map(|b| b.place)).collect();
    let own = able().flat_map(|c| c.engineer.base.into_iter().chain(c.last_seen.map(|s| s.place)));
    vec![
        Needed::between(own.chain(next.iter().copied()), [place]),
        Needed::between([place], next.iter().copied()),
    ]
}

fn proposal(problem: &VisitProblem, candidate: &Candidate, now: Ts) -> Proposal {
    let engineer = &candidate.engineer;
    let skill_level = problem.skill.as_deref().map_or(0, |code| engineer.skill_level(code));
    let mut made = Proposal {
        engineer_id: engineer.id,
        name: engineer.name.clone(),
        badge_number: engineer.badge_number.clone(),
        photo_sha256: engineer.photo_sha256.clone(),
        unit_id: engineer.unit_id,
        feasible: false,
        depart_at: None,
        arrive_at: None,
        window: None,
        travel_s: None,
        distance_m: None,
        margin_s: None,
        on_time: false,
        same_engineer: problem.last_engineer == Some(engineer.id),
        skill_level,
        load_min: 0,
        reasons: hard(problem, engineer, skill_level, now),
    };
    if !made.reasons.is_empty() {
        return made;
    }
    match earliest(problem, candidate, now) {
        Err(reason) => made.reasons.push(reason),
        // A certificate must hold when they are there; a later slot makes it no better.
        Ok(slot) if certificate(problem, engineer, slot.arrive_at).is_some() => {
            made.reasons.extend(certificate(problem, engineer, slot.arrive_at));
        }
        Ok(slot) => {
            made.feasible = true;
            made.depart_at = Some(slot.depart_at);
            made.arrive_at = Some(slot.arrive_at);
            let end = slot.arrive_at.plus(problem.duration_min * Ts::MINUTE);
            made.window = Some(Window { start: slot.arrive_at, end });
            made.distance_m = slot.distance_m;
            made.travel_s = slot.distance_m.map(|_| slot.travel_s);
            made.margin_s = problem.due_at.map(|due| (due.micros() - slot.arrive_at.micros()) / Ts::SECOND);
            // Exactly at the due time is kept (P44).
            made.on_time = made.margin_s.is_none_or(|m| m >= 0);
            made.load_min = load_min(candidate, slot.arrive_at);
            made.reasons = soft(problem, &made, engineer);
        }
    }
    made
}

// Its words stand under the code's name. A skill is called by its name, as on the screens.
pub(super) fn reason(code: ProposalReasonCode, values: &[(&str, String)]) -> ProposalReason {
    let text = texts::both_of(&format!("reasons.dispatch.{}", code.name()), |lang| {
        let value = |(name, value): &(&str, String)| match *name {
            "skill" => texts::text(lang, &format!("organisation.skill.{value}"), &[]),
            _ => None,
        };
        values.iter().map(|v| (v.0, value(v).unwrap_or_else(|| v.1.clone()))).collect()
    });
    ProposalReason { code, text }
}

// A reason that says how long.
pub(super) fn lasting(code: ProposalReasonCode, seconds: i64, values: &[(&str, String)]) -> ProposalReason {
    let time = hours_and_minutes(seconds);
    let text = texts::both_of(&format!("reasons.dispatch.{}", code.name()), |lang| {
        let mut all = values.to_vec();
        all.push(("time", time.in_lang(lang)));
        all
    });
    ProposalReason { code, text }
}

// What no time of the day changes.
pub(super) fn hard(problem: &VisitProblem, engineer: &Engineer, level: i64, now: Ts) -> Vec<ProposalReason> {
    let mut reasons = Vec::new();
    if let Some(skill) = &problem.skill {
        if level == 0 {
            reasons.push(reason(ProposalReasonCode::SkillMissing, &[("skill", skill.clone())]));
        }
        reasons.extend(certificate(problem, engineer, now));
    }
    if !problem.units.contains(&engineer.unit_id) {
        reasons.push(reason(ProposalReasonCode::UnitNotResponsible, &[]));
    }
    reasons
}

// A certificate for the skill, once held, must be valid on the day of `at`.
fn certificate(problem: &VisitProblem, engineer: &Engineer, at: Ts) -> Option<ProposalReason> {
    let skill = problem.skill.as_ref()?;
    let day = at.timestamp().to_zoned(engineer.zone.clone()).date();
    let held = engineer.certificates.iter().filter(|c| c.code == *skill);
    let last = held.clone().filter_map(|c| c.expires_on).max();
    if held.clone().next().is_none() || engineer.certified(skill, day) {
        return None;
    }
    let until = last.map_or_else(String::new, |d| d.to_string());
    Some(reason(ProposalReasonCode::CertificateExpired, &[("skill", skill.clone()), ("until", until)]))
}

struct Slot {
    depart_at: Ts,
    arrive_at: Ts,
    travel_s: i64,
    distance_m: Option<i64>,
}

// Where a free stretch begins, and from where one sets out.
pub(super) struct Gap {
    pub(super) start: Ts,
    pub(super) end: Ts,
    pub(super) from: Option<Point>,
    pub(super) next: Option<Busy>,
}

fn earliest(problem: &VisitProblem, candidate: &Candidate, now: Ts) -> Result<Slot, ProposalReason> {
    let engineer = &candidate.engineer;
    let horizon = horizon(&problem.wish, now);
    let open = Open::of(&problem.access, problem.duration_min, &problem.wish, now, horizon.plus(Ts::DAY));
    let spans = shifts::working_spans(&engineer.shifts, &engineer.zone, now, horizon);
    if spans.is_empty() {
        return Err(reason(ProposalReasonCode::OffShift, &[("days", HORIZON_DAYS.to_string())]));
    }
    let busy = taken(&candidate.busy, now);
    spans
        .iter()
        .flat_map(|span| gaps(*span, &busy, engineer.base, candidate.last_seen, now))
        .find_map(|gap| fits(problem, &gap, &open, &engineer.zone))
        .ok_or_else(|| reason(ProposalReasonCode::NoFreeGap, &[("days", HORIZON_DAYS.to_string())]))
}

// What takes time from now on, in order; what is under way past its end takes a while longer.
pub(super) fn taken(busy: &[Busy], now: Ts) -> Vec<Busy> {
    let mut taken: Vec<Busy> = busy
        .iter()
        .filter(|b| b.state.holds_window() || b.state == VisitStateName::Left)
        .map(|b| {
            let end = if b.state.in_field() { b.window.end.max(now.plus(OVERRUN_US)) } else { b.window.end };
            Busy { window: Window { start: b.window.start, end }, ..*b }
        })
        .collect();
    taken.sort_by_key(|b| (b.window.start, b.window.end));
    taken
}

pub(super) fn gaps(
    span: (Ts, Ts),
    busy: &[Busy],
    base: Option<Point>,
    seen: Option<LastSeen>,
    now: Ts,
) -> Vec<Gap> {
    let (start, end) = span;
    // Who has left a place is free at once, and is there.
    let holds = |b: &&Busy| b.state != VisitStateName::Left && b.window.end > now;
    let fresh = seen.filter(|s| s.at <= now && now.micros() - s.at.micros() <= SEEN_US);
    // Setting out now: from the last known place, else from the last visit of this stretch, else from the base.
    let before = busy
        .iter()
        .rfind(|b| b.window.end <= start && b.window.end.plus(SEEN_US) >= start)
        .and_then(|b| b.place);
    let mut from = if start == now { fresh.map(|s| s.place).or(before) } else { None }.or(base);
    let mut at = start;
    let mut gaps = Vec::new();
    for next in busy.iter().filter(holds).filter(|b| b.window.start < end && b.window.end > start) {
        if next.window.start > at {
            gaps.push(Gap { start: at, end: next.window.start, from, next: Some(*next) });
        }
        if next.window.end > at {
            at = next.window.end;
            from = next.place.or(from);
        }
    }
    if at < end {
        gaps.push(Gap { start: at, end, from, next: None });
    }
    gaps
}

// When the site lets somebody in.
pub(super) struct Open {
    // In order and apart.
    pub(super) spans: Vec<(Ts, Ts)>,
    // How long they stay: the whole work, or no time if the site is never open that long (then the arrival counts).
    pub(super) stay_us: i64,
}

impl Open {
    // In its hours, and for an arrival in the window that the customer agreed to, whatever its hours are.
    pub(super) fn of(access: &Access, duration_min: i64, wish: &Window, now: Ts, until: Ts) -> Self {
        let Access::Weekly(hours, zone) = access else {
            return Self { spans: vec![(Ts(i64::MIN), Ts(i64::MAX))], stay_us: 0 };
        };
        let work_us = duration_min * Ts::MINUTE;
        let mut spans = shifts::working_spans(hours, zone, now, until);
        let long_enough = spans.iter().any(|(from, to)| to.micros() - from.micros() >= work_us);
        let stay_us = if long_enough { work_us } else { 1 };
        spans.push((wish.start, wish.end.plus(stay_us)));
        spans.sort_unstable();
        let mut apart: Vec<(Ts, Ts)> = Vec::new();
        for (from, to) in spans {
            match apart.last_mut() {
                Some((_, end)) if *end >= from => *end = (*end).max(to),
                _ => apart.push((from, to)),
            }
        }
        Self { spans: apart, stay_us }
    }
}

// The first time in the gap at which the site is open.
fn fits(problem: &VisitProblem, gap: &Gap, open: &Open, zone: &TimeZone) -> Option<Slot> {
    open.spans.iter().find_map(|(from, to)| {
        let slot = fits_from(problem, gap, *from, zone)?;
        (slot.arrive_at.plus(open.stay_us) <= *to).then_some(slot)
    })
}

fn fits_from(problem: &VisitProblem, gap: &Gap, opens: Ts, zone: &TimeZone) -> Option<Slot> {
    let way = |from, to, at| way(problem, (from, to), at, zone);
    let (travel, metres) = way(gap.from, problem.place, gap.start);
    // Nobody waits at the door: whoever would come before the wished time sets out later.
    let arrive_at = gap.start.plus(travel * Ts::SECOND).max(problem.wish.start).max(opens);
    let depart_at = arrive_at.plus(-travel * Ts::SECOND);
    let done_at = arrive_at.plus(problem.duration_min * Ts::MINUTE);
    let free_at = match &gap.next {
        None => done_at,
        Some(next) => done_at.plus(way(problem.place, next.place, done_at).0 * Ts::SECOND),
    };
    (free_at <= gap.end).then_some(Slot { depart_at, arrive_at, travel_s: travel, distance_m: metres })
}

// Seconds and metres of a way; an hour and nothing where an end of it has no place.
pub(super) fn way(
    problem: &VisitProblem,
    (from, to): (Option<Point>, Option<Point>),
    at: Ts,
    zone: &TimeZone,
) -> (i64, Option<i64>) {
    let Some((from, to)) = from.zip(to) else { return (UNKNOWN_TRAVEL_S, None) };
    match problem.ways.at(from, to, at, zone) {
        Some((seconds, metres)) => (seconds, Some(metres)),
        None => {
            let metres = distance_m(from, to);
            (travel_s(metres, at, zone), Some(metres))
        }
    }
}

// Minutes planned on the local day of `at`.
fn load_min(candidate: &Candidate, at: Ts) -> i64 {
    let zone = &candidate.engineer.zone;
    let day = |ts: Ts| ts.timestamp().to_zoned(zone.clone()).date();
    let planned = candidate.busy.iter().filter(|b| b.state.holds_window() || b.state == VisitStateName::Left);
    planned
        .filter(|b| day(b.window.start) == day(at))
        .map(|b| (b.window.end.micros() - b.window.start.micros()) / Ts::MINUTE)
        .sum()
}

fn hours_and_minutes(seconds: i64) -> Both {
    let minutes = seconds.abs() / 60;
    let (h, m) = (minutes / 60, minutes % 60);
    let key = if h == 0 { "reasons.dispatch.minutes" } else { "reasons.dispatch.hours_minutes" };
    texts::both(key, &[("h", h.to_string()), ("m", m.to_string())])
}

fn soft(problem: &VisitProblem, made: &Proposal, engineer: &Engineer) -> Vec<ProposalReason> {
    let mut reasons = Vec::new();
    if let Some(arrive_at) = made.arrive_at {
        let at = arrive_at.timestamp().to_zoned(engineer.zone.clone()).strftime("%m-%d %H:%M").to_string();
        reasons.push(reason(ProposalReasonCode::Arrival, &[("at", at)]));
    }
    match made.margin_s {
        Some(margin) if margin < 0 => {
            reasons.push(lasting(ProposalReasonCode::Late, margin, &[]));
        }
        Some(margin) => {
            reasons.push(lasting(ProposalReasonCode::Margin, margin, &[]));
        }
        None => {}
    }
    match (made.travel_s, made.distance_m) {
        (Some(travel), Some(metres)) => {
            let km = (metres + 500) / 1000;
            reasons.push(lasting(ProposalReasonCode::Travel, travel, &[("km", km.to_string())]));
        }
        _ => {
            let minutes = UNKNOWN_TRAVEL_S / 60;
            reasons.push(reason(ProposalReasonCode::TravelUnknown, &[("minutes", minutes.to_string())]));
        }
    }
    if let Some(skill) = &problem.skill {
        let level = made.skill_level;
        reasons.push(reason(
            ProposalReasonCode::Skill,
            &[("skill", skill.clone()), ("level", level.to_string())],
        ));
    }
    if made.same_engineer {
        reasons.push(reason(ProposalReasonCode::SameEngineer, &[]));
    }
    reasons.push(lasting(ProposalReasonCode::Load, made.load_min * 60, &[]));
    reasons
}

#[cfg(test)]
mod tests;
