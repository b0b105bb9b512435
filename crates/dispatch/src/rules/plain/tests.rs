//! The plain rule on small problems.

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
    let weekday =
        |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min: 480, to_min: 1080 };
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
        ways: crate::ways::KnownWays::default(),
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
        let day = |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min, to_min };
        Access::Weekly((1..=5).map(day).collect(), zone.clone())
    };
    let mut asked = problem(vec![engineer(1, 5.0)]);
    asked.due_at = None;
    let arrival = |asked: &VisitProblem| PlainRule.rank(asked, at(10, 0)).remove(0).arrive_at.unwrap();
    asked.access = hours(14 * 60, 17 * 60);
    assert!(arrival(&asked) < at(10, 30), "agreed to, whatever the hours are");
    asked.wish = window((10, 0), (10, 30));
    asked.candidates[0].busy = vec![Busy {
        visit: visits::VisitId(Uuid::from_u128(9)),
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
    renewed.engineer.certificates.push(Certificate { expires_on: Some(date(2026, 10, 9)), ..certificate });
    let mut foreign = engineer(4, 1.0);
    foreign.engineer.unit_id = UnitId(Uuid::from_u128(2));
    let mut off = engineer(5, 1.0);
    off.engineer.shifts.clear();
    let mut full = engineer(6, 1.0);
    full.busy = (0..9)
        .map(|d| {
            let w = window((d * 24 + 8, 30), (d * 24 + 17, 30));
            Busy {
                visit: visits::VisitId(Uuid::from_u128(9)),
                window: w,
                place: Some(east(0.0)),
                state: VisitStateName::Confirmed,
            }
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
        visit: visits::VisitId(Uuid::from_u128(9)),
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
        visit: visits::VisitId(Uuid::from_u128(9)),
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
