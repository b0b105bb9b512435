//! The plain rule: whoever can be there soonest within their shift, explained; an optimiser takes over behind [`Proposer`].

use std::cmp::Reverse;

use jiff::tz::TimeZone;
use kit::{Both, Ts};
use organisation::{Engineer, Point, shifts};
use visits::{VisitStateName, Window};

use super::Proposer;
use super::travel::{distance_m, travel_s};
use crate::model::{
    Access, Busy, Candidate, LastSeen, Proposal, ProposalReason, ProposalReasonCode, VisitProblem,
};

/// Days looked ahead.
const HORIZON_DAYS: i64 = 7;
/// How long a last known place is worth more than the base.
const SEEN_US: i64 = 2 * Ts::HOUR;
/// What is still under way past its end is expected to take this much longer.
const OVERRUN_US: i64 = 30 * Ts::MINUTE;
/// Seconds assumed for a way of unknown length.
const UNKNOWN_TRAVEL_S: i64 = 3600;
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

fn reason(code: ProposalReasonCode, zh_cn: String, en: String) -> ProposalReason {
    ProposalReason { code, text: Both::new(zh_cn, en) }
}

// What no time of the day changes.
fn hard(problem: &VisitProblem, engineer: &Engineer, level: i64, now: Ts) -> Vec<ProposalReason> {
    let mut reasons = Vec::new();
    if let Some(skill) = &problem.skill {
        if level == 0 {
            reasons.push(reason(
                ProposalReasonCode::SkillMissing,
                format!("缺少技能：{skill}"),
                format!("Lacks the skill {skill}"),
            ));
        }
        reasons.extend(certificate(problem, engineer, now));
    }
    if !problem.units.contains(&engineer.unit_id) {
        reasons.push(reason(
            ProposalReasonCode::UnitNotResponsible,
            "不属于负责此地的机构".to_owned(),
            "Belongs to a unit that is not responsible there".to_owned(),
        ));
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
    Some(reason(
        ProposalReasonCode::CertificateExpired,
        format!("{skill} 证书到时已过期（{until}）"),
        format!("The certificate for {skill} has expired by then ({until})"),
    ))
}

struct Slot {
    depart_at: Ts,
    arrive_at: Ts,
    travel_s: i64,
    distance_m: Option<i64>,
}

// Where a free stretch begins, and from where one sets out.
struct Gap {
    start: Ts,
    end: Ts,
    from: Option<Point>,
    next: Option<Busy>,
}

fn earliest(problem: &VisitProblem, candidate: &Candidate, now: Ts) -> Result<Slot, ProposalReason> {
    let engineer = &candidate.engineer;
    let horizon = horizon(&problem.wish, now);
    let open = Open::of(problem, now, horizon.plus(Ts::DAY));
    let spans = shifts::working_spans(&engineer.shifts, &engineer.zone, now, horizon);
    if spans.is_empty() {
        return Err(reason(
            ProposalReasonCode::OffShift,
            format!("{HORIZON_DAYS} 天内没有班次"),
            format!("Has no shift within {HORIZON_DAYS} days"),
        ));
    }
    let busy = taken(&candidate.busy, now);
    spans
        .iter()
        .flat_map(|span| gaps(*span, &busy, engineer.base, candidate.last_seen, now))
        .find_map(|gap| fits(problem, &gap, &open, &engineer.zone))
        .ok_or_else(|| {
            reason(
                ProposalReasonCode::NoFreeGap,
                format!("{HORIZON_DAYS} 天内没有足够的空档"),
                format!("Has no gap that is long enough within {HORIZON_DAYS} days"),
            )
        })
}

// What takes time from now on, in order; what is under way past its end takes a while longer.
fn taken(busy: &[Busy], now: Ts) -> Vec<Busy> {
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

fn gaps(span: (Ts, Ts), busy: &[Busy], base: Option<Point>, seen: Option<LastSeen>, now: Ts) -> Vec<Gap> {
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
struct Open {
    // In order and apart.
    spans: Vec<(Ts, Ts)>,
    // How long they stay: the whole work, or no time if the site is never open that long (then the arrival counts).
    stay_us: i64,
}

impl Open {
    // In its hours, and for an arrival in the window that the customer agreed to, whatever its hours are.
    fn of(problem: &VisitProblem, now: Ts, until: Ts) -> Self {
        let Access::Weekly(hours, zone) = &problem.access else {
            return Self { spans: vec![(Ts(i64::MIN), Ts(i64::MAX))], stay_us: 0 };
        };
        let work_us = problem.duration_min * Ts::MINUTE;
        let mut spans = shifts::working_spans(hours, zone, now, until);
        let long_enough = spans.iter().any(|(from, to)| to.micros() - from.micros() >= work_us);
        let stay_us = if long_enough { work_us } else { 1 };
        spans.push((problem.wish.start, problem.wish.end.plus(stay_us)));
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
    let way = |from: Option<Point>, to: Option<Point>, at: Ts| match from.zip(to) {
        Some((from, to)) => {
            let metres = distance_m(from, to);
            (travel_s(metres, at, zone), Some(metres))
        }
        None => (UNKNOWN_TRAVEL_S, None),
    };
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

fn hours_and_minutes(seconds: i64) -> (String, String) {
    let minutes = seconds.abs() / 60;
    let (h, m) = (minutes / 60, minutes % 60);
    if h == 0 {
        (format!("{m} 分钟"), format!("{m} min"))
    } else {
        (format!("{h} 小时 {m} 分钟"), format!("{h} h {m} min"))
    }
}

fn soft(problem: &VisitProblem, made: &Proposal, engineer: &Engineer) -> Vec<ProposalReason> {
    let mut reasons = Vec::new();
    if let Some(arrive_at) = made.arrive_at {
        let at = arrive_at.timestamp().to_zoned(engineer.zone.clone()).strftime("%m-%d %H:%M").to_string();
        reasons.push(reason(
            ProposalReasonCode::Arrival,
            format!("最早 {at} 到场"),
            format!("Can be there at {at}"),
        ));
    }
    match made.margin_s {
        Some(margin) if margin < 0 => {
            let (zh, en) = hours_and_minutes(margin);
            reasons.push(reason(
                ProposalReasonCode::Late,
                format!("将超时 {zh}"),
                format!("Breaks the promise by {en}"),
            ));
        }
        Some(margin) => {
            let (zh, en) = hours_and_minutes(margin);
            reasons.push(reason(
                ProposalReasonCode::Margin,
                format!("距时限还有 {zh}"),
                format!("{en} before the promise is due"),
            ));
        }
        None => {}
    }
    match (made.travel_s, made.distance_m) {
        (Some(travel), Some(metres)) => {
            let (zh, en) = hours_and_minutes(travel);
            let km = (metres + 500) / 1000;
            reasons.push(reason(
                ProposalReasonCode::Travel,
                format!("路程约 {km} 公里，{zh}"),
                format!("About {km} km, {en} on the way"),
            ));
        }
        _ => {
            let minutes = UNKNOWN_TRAVEL_S / 60;
            reasons.push(reason(
                ProposalReasonCode::TravelUnknown,
                format!("位置未知，路程按 {minutes} 分钟估算"),
                format!("The place is unknown; {minutes} min are assumed for the way"),
            ));
        }
    }
    if let Some(skill) = &problem.skill {
        let level = made.skill_level;
        reasons.push(reason(
            ProposalReasonCode::Skill,
            format!("具备技能 {skill}（{level} 级）"),
            format!("Has the skill {skill} (level {level})"),
        ));
    }
    if made.same_engineer {
        reasons.push(reason(
            ProposalReasonCode::SameEngineer,
            "上次也是此工程师".into(),
            "Came last time too".into(),
        ));
    }
    let (zh, en) = hours_and_minutes(made.load_min * 60);
    reasons.push(reason(
        ProposalReasonCode::Load,
        format!("当天已排 {zh}"),
        format!("{en} planned on that day"),
    ));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kit::uuid::Uuid;
    use organisation::{Certificate, EmployeeId, Shift, ShiftKind, Skill, UnitId};

    // Kilometres east of the site, roughly.
    fn east(km: f64) -> Point {
        Point { lon: 108.94 + km / 92.0 / super::super::travel::DETOUR, lat: 34.26 }
    }

    // Friday 2026-10-09.
    fn at(hour: i64, minute: i64) -> Ts {
        "2026-10-09T00:00:00+08:00".parse::<Ts>().unwrap().plus(hour * Ts::HOUR + minute * Ts::MINUTE)
    }

    fn window(from: (i64, i64), to: (i64, i64)) -> Window {
        Window { start: at(from.0, from.1), end: at(to.0, to.1) }
    }

    fn engineer(n: u128, base_km: f64) -> Candidate {
        let weekday = |d| Shift {
            kind: ShiftKind::Weekly,
            weekday: Some(d),
            on_date: None,
            from_min: 480,
            to_min: 1080,
        };
        Candidate {
            engineer: Engineer {
                id: EmployeeId(Uuid::from_u128(n)),
                unit_id: UnitId(Uuid::from_u128(1)),
                name: format!("E{n}"),
                badge_number: format!("B{n}"),
                base: Some(east(base_km)),
                photo_sha256: None,
                skills: vec![Skill { code: "barrier".into(), level: 2 }],
                certificates: Vec::new(),
                shifts: (1..=5).map(weekday).collect(),
                zone: TimeZone::get("Asia/Shanghai").unwrap(),
            },
            busy: Vec::new(),
            last_seen: None,
        }
    }

    fn problem(candidates: Vec<Candidate>) -> VisitProblem {
        VisitProblem {
            place: Some(east(0.0)),
            skill: Some("barrier".into()),
            duration_min: 60,
            wish: window((10, 0), (18, 0)),
            due_at: Some(at(14, 0)),
            units: vec![UnitId(Uuid::from_u128(1))],
            last_engineer: None,
            access: Access::Always,
            candidates,
        }
    }

    #[test]
    fn p40_a_certificate_must_hold_on_the_day_of_the_arrival() {
        let mut certified = engineer(1, 5.0);
        let held = |until| {
            let (code, number) = ("barrier".to_owned(), "1".to_owned());
            vec![Certificate { code, number, issued_on: date(2025, 10, 1), expires_on: Some(until) }]
        };
        certified.engineer.certificates = held(date(2026, 10, 11));
        let mut asked = problem(vec![certified]);
        asked.due_at = None;
        assert!(PlainRule.rank(&asked, at(10, 0))[0].feasible, "today it holds");
        // The customer wishes Monday the 12th.
        asked.wish = window((3 * 24 + 10, 0), (3 * 24 + 12, 0));
        let found = PlainRule.rank(&asked, at(10, 0)).remove(0);
        assert_eq!((found.feasible, codes(&found)), (false, vec![ProposalReasonCode::CertificateExpired]));
        asked.candidates[0].engineer.certificates = held(date(2026, 10, 12));
        assert!(PlainRule.rank(&asked, at(10, 0))[0].feasible, "the last day counts");
    }

    #[test]
    fn p40_nobody_is_sent_to_a_closed_gate() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let hours = |from_min, to_min| {
            let day =
                |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min, to_min };
            Access::Weekly((1..=5).map(day).collect(), zone.clone())
        };
        let mut asked = problem(vec![engineer(1, 5.0)]);
        asked.due_at = None;
        let arrival = |asked: &VisitProblem| PlainRule.rank(asked, at(10, 0)).remove(0).arrive_at.unwrap();
        asked.access = hours(14 * 60, 17 * 60);
        assert!(arrival(&asked) < at(10, 30), "agreed to, whatever the hours are");
        asked.wish = window((10, 0), (10, 30));
        asked.candidates[0].busy = vec![Busy {
            window: window((10, 0), (12, 0)),
            place: Some(east(0.0)),
            state: VisitStateName::Accepted,
        }];
        assert_eq!(arrival(&asked), at(14, 0), "past the agreed window the hours count");
        // An hour of work doesn't end before the gate closes: on Monday.
        asked.access = hours(9 * 60, 10 * 60 + 45);
        assert_eq!(arrival(&asked), at(3 * 24 + 9, 0));
        // Never open as long as the work takes: the arrival counts.
        asked.access = hours(14 * 60, 14 * 60 + 30);
        assert_eq!(arrival(&asked), at(14, 0));
    }

    fn order(problem: &VisitProblem, now: Ts) -> Vec<u128> {
        PlainRule.rank(problem, now).iter().map(|p| p.engineer_id.0.as_u128()).collect()
    }

    fn codes(p: &Proposal) -> Vec<ProposalReasonCode> {
        p.reasons.iter().map(|r| r.code).collect()
    }

    #[test]
    fn p40_the_nearest_free_engineer_comes_first_and_says_why() {
        let asked = problem(vec![engineer(1, 60.0), engineer(2, 5.0), engineer(3, 25.0)]);
        let ranked = PlainRule.rank(&asked, at(10, 0));
        assert_eq!(ranked.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["E2", "E3", "E1"]);
        let best = &ranked[0];
        assert!(best.feasible && best.on_time);
        assert!(best.arrive_at.unwrap() > at(10, 5) && best.arrive_at.unwrap() < at(10, 30), "{best:?}");
        assert_eq!(best.margin_s.unwrap(), (at(14, 0).0 - best.arrive_at.unwrap().0) / Ts::SECOND);
        use ProposalReasonCode::{Arrival, Load, Margin, Skill, Travel};
        assert_eq!(codes(best), [Arrival, Margin, Travel, Skill, Load]);
        for reason in &best.reasons {
            assert!(!reason.text.zh_cn.is_empty() && !reason.text.en.is_empty());
        }
    }

    #[test]
    fn p40_whoever_cannot_go_is_named_with_the_reason() {
        let mut unskilled = engineer(1, 1.0);
        unskilled.engineer.skills.clear();
        let mut expired = engineer(2, 1.0);
        let issued_on = date(2024, 1, 1);
        let certificate = Certificate {
            code: "barrier".into(),
            number: "1".into(),
            issued_on,
            expires_on: Some(date(2026, 10, 8)),
        };
        expired.engineer.certificates.push(certificate.clone());
        let mut renewed = engineer(3, 1.0);
        renewed
            .engineer
            .certificates
            .push(Certificate { expires_on: Some(date(2026, 10, 9)), ..certificate });
        let mut foreign = engineer(4, 1.0);
        foreign.engineer.unit_id = UnitId(Uuid::from_u128(2));
        let mut off = engineer(5, 1.0);
        off.engineer.shifts.clear();
        let mut full = engineer(6, 1.0);
        full.busy = (0..9)
            .map(|d| {
                let w = window((d * 24 + 8, 30), (d * 24 + 17, 30));
                Busy { window: w, place: Some(east(0.0)), state: VisitStateName::Confirmed }
            })
            .collect();
        let asked = problem(vec![unskilled, expired, renewed, foreign, off, full]);
        let ranked = PlainRule.rank(&asked, at(10, 0));
        assert_eq!((ranked[0].name.as_str(), ranked[0].feasible), ("E3", true), "valid on its last day");
        let refused: Vec<_> = ranked[1..].iter().map(|p| (p.name.as_str(), codes(p), p.feasible)).collect();
        use ProposalReasonCode::{CertificateExpired, NoFreeGap, OffShift, SkillMissing, UnitNotResponsible};
        assert_eq!(
            refused,
            [
                ("E1", vec![SkillMissing], false),
                ("E2", vec![CertificateExpired], false),
                ("E4", vec![UnitNotResponsible], false),
                ("E5", vec![OffShift], false),
                ("E6", vec![NoFreeGap], false),
            ]
        );
    }

    #[test]
    fn p40_a_visit_goes_into_the_first_gap_that_holds_way_work_and_way_on() {
        let busy = |from, to, km| Busy {
            window: window(from, to),
            place: Some(east(km)),
            state: VisitStateName::Confirmed,
        };
        let mut planned = engineer(1, 5.0);
        // 10:30-11:30 far away; then free until 13:00; then near by; then free from 14.
        planned.busy = vec![busy((10, 30), (11, 30), 20.0), busy((13, 0), (14, 0), 2.0)];
        let mut asked = problem(vec![planned]);
        let found = PlainRule.rank(&asked, at(10, 0)).remove(0);
        assert!(
            found.arrive_at.unwrap() >= at(14, 0),
            "an hour of work and two ways fit into no hour: {found:?}"
        );
        assert_eq!(found.load_min, 120);
        asked.duration_min = 15;
        let found = PlainRule.rank(&asked, at(10, 0)).remove(0);
        let arrive = found.arrive_at.unwrap();
        assert!(arrive > at(11, 30) && arrive < at(12, 30), "a short job fits between: {arrive}");
        assert!(found.depart_at.unwrap() >= at(11, 30), "from the visit before");
    }

    #[test]
    fn p42_nobody_comes_before_the_agreed_time() {
        let mut asked = problem(vec![engineer(1, 5.0)]);
        asked.wish = window((15, 0), (17, 0));
        asked.due_at = None;
        let found = PlainRule.rank(&asked, at(10, 0)).remove(0);
        assert_eq!(found.arrive_at, Some(at(15, 0)));
        assert!(found.depart_at.unwrap() > at(14, 30), "and sets out in time, not at once");
        assert_eq!(found.window, Some(window((15, 0), (16, 0))));
        assert!(found.on_time && found.margin_s.is_none());
    }

    #[test]
    fn p44_keeping_the_promise_goes_before_everything_and_exactly_on_time_is_kept() {
        let mut asked = problem(vec![engineer(1, 5.0), engineer(2, 60.0)]);
        asked.due_at = PlainRule.rank(&asked, at(10, 0))[0].arrive_at;
        let ranked = PlainRule.rank(&asked, at(10, 0));
        assert_eq!((ranked[0].margin_s, ranked[0].on_time), (Some(0), true));
        assert!(!ranked[1].on_time && codes(&ranked[1]).contains(&ProposalReasonCode::Late));
        // The same engineer as last time, but late: the promise goes first.
        asked.last_engineer = Some(EmployeeId(Uuid::from_u128(2)));
        assert_eq!(order(&asked, at(10, 0)), [1, 2]);
    }

    #[test]
    fn p40_among_equals_the_one_who_knows_the_place_then_the_one_with_less_to_do() {
        let mut loaded = engineer(1, 5.0);
        loaded.busy = vec![Busy {
            window: window((16, 0), (17, 30)),
            place: Some(east(0.0)),
            state: VisitStateName::Accepted,
        }];
        let mut asked = problem(vec![loaded, engineer(2, 5.0), engineer(3, 5.0)]);
        asked.last_engineer = Some(EmployeeId(Uuid::from_u128(3)));
        assert_eq!(order(&asked, at(10, 0)), [3, 2, 1]);
        assert!(codes(&PlainRule.rank(&asked, at(10, 0))[0]).contains(&ProposalReasonCode::SameEngineer));
    }

    #[test]
    fn p40_the_way_starts_at_the_last_known_place_while_it_is_fresh() {
        let mut seen = engineer(1, 60.0);
        seen.last_seen = Some(LastSeen { place: east(2.0), at: at(9, 30) });
        let fresh = PlainRule.rank(&problem(vec![seen.clone()]), at(10, 0)).remove(0);
        seen.last_seen = Some(LastSeen { place: east(2.0), at: at(7, 30) });
        let stale = PlainRule.rank(&problem(vec![seen]), at(10, 0)).remove(0);
        assert!(fresh.travel_s.unwrap() < stale.travel_s.unwrap(), "{fresh:?} {stale:?}");
    }

    #[test]
    fn off_shift_now_means_the_next_shift_from_the_base() {
        let asked = VisitProblem { due_at: None, ..problem(vec![engineer(1, 5.0)]) };
        // Friday evening: Monday morning.
        let found = PlainRule.rank(&asked, at(20, 0)).remove(0);
        let monday = at(3 * 24 + 8, 0);
        assert!(
            found.arrive_at.unwrap() > monday && found.arrive_at.unwrap() < monday.plus(Ts::HOUR),
            "{found:?}"
        );
        assert!(found.depart_at.unwrap() >= monday);
    }

    #[test]
    fn a_site_without_a_point_is_reckoned_with_an_hour_and_says_so() {
        let asked = VisitProblem { place: None, ..problem(vec![engineer(1, 5.0)]) };
        let found = PlainRule.rank(&asked, at(10, 0)).remove(0);
        assert_eq!((found.arrive_at, found.travel_s), (Some(at(11, 0)), None));
        assert!(codes(&found).contains(&ProposalReasonCode::TravelUnknown));
    }
}
