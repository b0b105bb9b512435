//! Days of a small centre, whatever the seed and the policy.

use cases::Severity;
use jiff::tz::TimeZone;
use kit::Ts;
use kit::uuid::Uuid;
use organisation::{EmployeeId, Engineer, Point, Shift, ShiftKind, Skill, UnitId};
use proptest::prelude::*;

use super::*;
use crate::model::Access;
use crate::model::plan::PlanEngineer;
use crate::rules::travel::GreatCircle;

const TARGETS: Targets = Targets { major_min: 240, normal_min: 1440 };

fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

// Monday 2026-11-30.
fn monday() -> Ts {
    "2026-11-30T00:00:00+08:00".parse::<Ts>().unwrap()
}

fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

fn engineer(n: u128, unit_id: UnitId, place: Point, skills: &[&str]) -> PlanEngineer {
    let weekly =
        |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min: 480, to_min: 1080 };
    PlanEngineer {
        engineer: Engineer {
            id: EmployeeId(Uuid::from_u128(n)),
            unit_id,
            name: format!("E{n}"),
            badge_number: format!("B{n}"),
            base: Some(place),
            photo_sha256: None,
            skills: skills.iter().map(|code| Skill { code: (*code).into(), level: 2 }).collect(),
            certificates: Vec::new(),
            shifts: (1..=6).map(weekly).collect(),
            zone: zone(),
        },
        on_call: Vec::new(),
        last_seen: None,
    }
}

fn place(n: u32) -> Point {
    Point { lon: 108.7 + f64::from(n * 37 % 53) * 0.012, lat: 34.1 + f64::from(n * 17 % 31) * 0.014 }
}

/// Two branches of three engineers and ten sites each; six weeks with two faults a day.
fn history() -> History {
    let now = monday().plus(-4 * Ts::DAY);
    let skills: [&[&str]; 3] = [&["barrier", "network"], &["barrier"], &["barrier", "network"]];
    let engineers = (0..6_u32).map(|n| {
        engineer(u128::from(n) + 1, unit(u128::from(n / 3) + 1), place(n * 5), skills[n as usize % 3])
    });
    let sites = (0..20_u32).map(|n| SimulatedSite {
        name: format!("S{n}"),
        place: Some(place(n + 100)),
        zone: "Asia/Shanghai".into(),
        units: vec![unit(u128::from(n / 10) + 1)],
        access: Access::Always,
    });
    let faults = (0..84_i64).map(|n| PastFault {
        agreed_at: now.plus(-42 * Ts::DAY + n * 12 * Ts::HOUR + n % 9 * Ts::HOUR),
        site: usize::try_from(n * 7 % 20).unwrap(),
        severity: if n % 5 == 0 { Severity::Major } else { Severity::Normal },
        skill: Some(if n % 4 == 0 { "network" } else { "barrier" }.into()),
        planned_min: 45 + n % 4 * 15,
        worked_min: (n % 3 > 0).then_some(40 + n % 7 * 12),
    });
    History {
        observed: (now.plus(-42 * Ts::DAY), now),
        sites: sites.collect(),
        faults: faults.collect(),
        engineers: engineers.collect(),
    }
}

fn drawn(load: f64, seed: u64, days: i64) -> Vec<Fault> {
    stream(&history(), &zone(), (monday(), days), load, TARGETS, seed)
}

fn policies() -> [Box<dyn Policy>; 4] {
    let optimiser = |telling, threshold| {
        Box::new(OptimiserPolicy { travel: &GreatCircle, telling, threshold, rounds: 4, seed: 1 })
    };
    [
        Box::new(PlainPolicy),
        optimiser(Telling::AtOnce, 0),
        optimiser(Telling::Before(30 * Ts::MINUTE), 0),
        optimiser(Telling::Before(30 * Ts::MINUTE), 3600),
    ]
}

fn span(days: i64) -> (Ts, Ts) {
    (monday(), monday().plus(days * Ts::DAY))
}

/// What must hold of any outcome.
fn sound(engineers: &[PlanEngineer], faults: &[Fault], outcome: &Outcome) {
    // Each fault is visited once, or open.
    let mut seen: Vec<usize> =
        outcome.visits.iter().map(|v| v.fault).chain(outcome.open.iter().copied()).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..faults.len()).collect::<Vec<_>>());
    for (e, who) in engineers.iter().enumerate() {
        let mut own: Vec<&VisitMade> = outcome.visits.iter().filter(|v| v.engineer == e).collect();
        own.sort_by_key(|v| v.depart);
        // Nobody is in two places at once.
        assert!(own.windows(2).all(|w| w[0].left <= w[1].depart), "{own:?}");
        for visit in own {
            let order = &faults[visit.fault].order;
            assert!(
                faults[visit.fault].at <= visit.told && visit.told <= visit.depart,
                "told before it was known: {visit:?}"
            );
            assert!(visit.depart < visit.arrive && visit.arrive <= visit.left);
            assert!(order.units.contains(&who.engineer.unit_id));
            assert!(order.skill.as_ref().is_none_or(|s| who.engineer.skill_level(s) > 0));
        }
    }
}

#[test]
fn p44_each_fault_is_visited_once_or_open_and_nobody_is_in_two_places() {
    let engineers = history().engineers;
    for (load, seed) in [(1.0, 1), (6.0, 2), (20.0, 3)] {
        let faults = drawn(load, seed, 5);
        for mut policy in policies() {
            let outcome = run(&engineers, &faults, policy.as_mut(), span(5));
            sound(&engineers, &faults, &outcome);
            assert!(load > 6.0 || outcome.open.is_empty(), "{:?}", outcome.open);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_table_and_another_seed_another() {
    let engineers = history().engineers;
    let table = |seed| {
        let faults = drawn(4.0, seed, 3);
        policies().map(|mut policy| {
            let outcome = run(&engineers, &faults, policy.as_mut(), span(3));
            Report::of(&[(faults.as_slice(), &outcome)], span(3).1)
        })
    };
    assert_eq!(table(7), table(7));
    assert_ne!(table(7), table(8));
}

#[test]
fn a_policy_sees_no_future() {
    let engineers = history().engineers;
    let all = drawn(6.0, 11, 4);
    let cut = all.len() / 2;
    let until = all[cut].at;
    for mut policy in policies() {
        let whole = run(&engineers, &all, policy.as_mut(), span(4));
        let known = run(&engineers, &all[..cut], policy.as_mut(), span(4));
        let before = |outcome: &Outcome| {
            let mut visits: Vec<VisitMade> =
                outcome.visits.iter().filter(|v| v.depart < until).copied().collect();
            visits.sort_by_key(|v| (v.depart, v.engineer));
            visits
        };
        assert_eq!(before(&whole), before(&known), "what comes later changed what was done before");
        assert!(before(&whole).len() > 10);
    }
}

#[test]
fn faults_come_as_often_as_the_history_shows_times_the_load() {
    for load in [1.0, 5.0] {
        let many: usize = (0..20).map(|seed| drawn(load, seed, 14).len()).sum();
        let expected = 2.0 * 14.0 * 20.0 * load;
        assert!((many as f64 - expected).abs() < expected * 0.12, "{many} of {expected}");
    }
    let faults = drawn(3.0, 5, 14);
    assert!(faults.is_sorted_by_key(|f| f.at));
    assert!(faults.iter().all(|f| span(14).0 <= f.at && f.at < span(14).1));
    let majors = faults.iter().filter(|f| f.order.severity == Severity::Major).count();
    assert!((majors * 5).abs_diff(faults.len()) < faults.len() / 2, "{majors} of {}", faults.len());
    assert!(
        drawn(3.0, 5, 14)
            .iter()
            .zip(&faults)
            .all(|(a, b)| (a.at, a.work_us, a.road_milli) == (b.at, b.work_us, b.road_milli))
    );
}

#[test]
fn parts_share_no_unit_and_hold_everything() {
    let history = history();
    let faults = drawn(4.0, 3, 5);
    let parts = parts(&history.engineers, &faults);
    assert_eq!(parts.len(), 2);
    let mut all: Vec<usize> = parts.iter().flat_map(|(_, f)| f.clone()).collect();
    all.sort_unstable();
    assert_eq!(all, (0..faults.len()).collect::<Vec<_>>());
    assert_eq!(parts.iter().map(|(e, _)| e.len()).collect::<Vec<_>>(), [3, 3]);
}

#[test]
fn a_report_counts_arrivals_against_their_clocks() {
    let faults = drawn(2.0, 4, 3);
    let end = span(3).1;
    let made = |n: usize, late_s: i64| VisitMade {
        fault: n,
        engineer: 0,
        told: faults[n].at,
        depart: faults[n].at,
        arrive: faults[n].due_at.plus(late_s * Ts::SECOND),
        left: faults[n].due_at.plus(late_s * Ts::SECOND + Ts::HOUR),
        metres: 1000,
    };
    let due: Vec<usize> = (0..faults.len()).filter(|n| faults[*n].due_at <= end).collect();
    let visits = due.iter().map(|n| made(*n, if *n == due[0] { 3600 } else { 0 })).collect();
    let outcome = Outcome { visits, until: end, ..Outcome::default() };
    let report = Report::of(&[(faults.as_slice(), &outcome)], end);
    // Exactly at the due time is in time (P44).
    assert_eq!((report.all.judged, report.all.on_time), (due.len(), due.len() - 1));
    assert_eq!(report.all.mean_late_s, 3600 / due.len() as i64);
    assert_eq!(report.major.judged + report.normal.judged, due.len());
    assert_eq!((report.visits, report.travel_m), (due.len(), 1000 * due.len() as i64));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn p44_whatever_is_drawn_every_policy_keeps_the_rules(seed in 0_u64..10_000, load in 1_u32..15) {
        let engineers = history().engineers;
        let faults = drawn(f64::from(load), seed, 2);
        for mut policy in policies() {
            let outcome = run(&engineers, &faults, policy.as_mut(), span(2));
            sound(&engineers, &faults, &outcome);
        }
    }
}
