//! A day of one engineer, a time chosen by hand.

use super::*;
use jiff::tz::TimeZone;
use kit::uuid::Uuid;
use organisation::{EmployeeId, Engineer, Shift, ShiftKind, Skill, UnitId};

use crate::model::Access;

// Kilometres east of the site, roughly.
fn east(km: f64) -> Option<Point> {
    Some(Point { lon: 108.94 + km / 92.0 / super::super::travel::DETOUR, lat: 34.26 })
}

// Friday 2026-10-09.
fn at(hour: i64, minute: i64) -> Ts {
    "2026-10-09T00:00:00+08:00".parse::<Ts>().unwrap().plus(hour * Ts::HOUR + minute * Ts::MINUTE)
}

fn window(from: (i64, i64), to: (i64, i64)) -> Window {
    Window { start: at(from.0, from.1), end: at(to.0, to.1) }
}

// Works from eight to six; at eleven something thirty kilometres away.
fn busy_day() -> (VisitProblem, Candidate) {
    let weekday =
        |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min: 480, to_min: 1080 };
    let candidate = Candidate {
        engineer: Engineer {
            id: EmployeeId(Uuid::from_u128(1)),
            unit_id: UnitId(Uuid::from_u128(1)),
            name: "E1".into(),
            badge_number: "B1".into(),
            base: east(0.0),
            photo_sha256: None,
            skills: vec![Skill { code: "barrier".into(), level: 2 }],
            certificates: Vec::new(),
            shifts: (1..=5).map(weekday).collect(),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
        },
        busy: vec![Busy {
            visit: VisitId(Uuid::from_u128(7)),
            window: window((11, 0), (12, 0)),
            place: east(30.0),
            state: VisitStateName::Dispatched,
        }],
        last_seen: None,
    };
    let problem = VisitProblem {
        place: east(0.0),
        skill: Some("barrier".into()),
        duration_min: 60,
        wish: window((9, 0), (18, 0)),
        due_at: Some(at(14, 0)),
        units: vec![UnitId(Uuid::from_u128(1))],
        last_engineer: None,
        access: Access::Always,
        candidates: Vec::new(),
        ways: crate::ways::KnownWays::default(),
    };
    (problem, candidate)
}

fn shown(of: &(VisitProblem, Candidate), window: Window) -> (Effect, Vec<Code>) {
    let names = [(VisitId(Uuid::from_u128(7)), "FW7-1 S7".to_owned())].into();
    let effect = effect(&of.0, &of.1, &names, window, at(8, 0));
    let codes = effect.against.iter().map(|r| r.code).collect();
    (effect, codes)
}

#[test]
fn p40_a_time_that_fits_speaks_for_itself_and_what_follows_gets_late_by_name() {
    let day = busy_day();
    let (fits, against) = shown(&day, window((9, 0), (10, 0)));
    assert_eq!(against, [], "{fits:?}");
    assert!(fits.possible && fits.next_late_s == 0 && fits.overtime_s == 0);
    assert_eq!((fits.arrive_at, fits.margin_s), (Some(at(9, 0)), Some(5 * 3600)));
    assert_eq!(fits.besides[0].code, Code::Margin);

    // Half an hour later nobody gets thirty kilometres further by eleven.
    let (tight, against) = shown(&day, window((9, 55), (10, 55)));
    assert_eq!(against, [Code::NextLater]);
    assert!(tight.next_late_s > 600 && tight.possible, "it may be done, with open eyes");
    assert!(tight.against[0].text.zh_cn.contains("FW7-1 S7"), "{tight:?}");

    // In the visit nobody is anywhere else, and when they would be there can't be said.
    let (taken, against) = shown(&day, window((11, 30), (12, 30)));
    assert_eq!((taken.possible, taken.arrive_at, taken.margin_s), (false, None, None));
    assert_eq!(against, [Code::Overlaps]);
}

#[test]
fn p44_who_comes_from_far_is_there_later_and_the_promise_is_told() {
    let day = busy_day();
    // Right after the visit, thirty kilometres away.
    let (far, against) = shown(&day, window((12, 0), (13, 0)));
    assert_eq!(against, [Code::ThereLater]);
    let arrive_at = far.arrive_at.unwrap();
    assert!(arrive_at > at(12, 20) && arrive_at < at(13, 30), "{far:?}");
    assert_eq!(far.margin_s, Some((at(14, 0).micros() - arrive_at.micros()) / Ts::SECOND));
    let (late, against) = shown(&day, window((15, 0), (16, 0)));
    assert_eq!((against, late.margin_s), (vec![Code::Late], Some(-3600)));
    let mut none_due = busy_day();
    none_due.0.due_at = None;
    let (free, against) = shown(&none_due, window((15, 0), (16, 0)));
    assert_eq!((against, free.margin_s), (vec![], None));
}

#[test]
fn p40_shift_skill_unit_hours_and_wish_are_told_each() {
    let mut day = busy_day();
    day.0.due_at = None;
    let (over, against) = shown(&day, window((17, 30), (18, 30)));
    assert_eq!((against, over.overtime_s), (vec![Code::Overtime], 1800));
    let (off, against) = shown(&day, window((19, 0), (20, 0)));
    assert_eq!(against, [Code::NotAtWork]);
    assert!(off.possible && off.arrive_at.is_some(), "{off:?}");
    assert_eq!(shown(&day, window((8, 30), (9, 30))).1, [Code::BeforeWish]);
    day.0.skill = Some("network".into());
    day.0.units.clear();
    let (_, against) = shown(&day, window((9, 0), (10, 0)));
    assert_eq!(against, [Code::SkillMissing, Code::UnitNotResponsible]);
    let mut day = busy_day();
    let hours = Shift {
        kind: ShiftKind::Weekly,
        weekday: Some(5),
        on_date: None,
        from_min: 13 * 60,
        to_min: 17 * 60,
    };
    day.0.access = Access::Weekly(vec![hours], TimeZone::get("Asia/Shanghai").unwrap());
    day.0.wish = window((13, 0), (13, 30));
    assert_eq!(shown(&day, window((13, 0), (14, 0))).1, []);
    let (_, against) = shown(&day, window((16, 30), (17, 30)));
    assert_eq!(against, [Code::Late, Code::ClosedThen]);
}

#[test]
fn p40_a_place_nobody_knows_leaves_the_way_unsaid() {
    let mut day = busy_day();
    day.0.place = None;
    let (unknown, _) = shown(&day, window((9, 30), (10, 0)));
    assert_eq!(unknown.detour_s, None);
    assert!(unknown.besides.iter().any(|r| r.code == Code::TravelUnknown), "{unknown:?}");
}
