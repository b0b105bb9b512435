//! Windows for a caller on the phone, from the facts to the answer, on one thread: `cargo bench -p dispatch [-- ENGINEERS VISITS]`.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use std::time::Instant;

use cases::Severity;
use dispatch::plan::{PlanEngineer, PlanFacts, PlanOrder, PlanVisit};
use dispatch::{GreatCircle, planner};
use jiff::tz::TimeZone;
use kit::Ts;
use kit::uuid::Uuid;
use organisation::{EmployeeId, Engineer, Point, Shift, ShiftKind, Skill, UnitId};
use visits::{VisitId, VisitStateName, Window, WorkOrderId, WorkOrderKind};

const SKILLS: [&str; 5] = ["barrier", "access_control", "turnstile", "software", "network"];

/// Scatters without a source of chance: the same facts on every machine.
fn scattered(n: usize, salt: u64) -> f64 {
    let mut z = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ salt.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

fn place(n: usize, salt: u64) -> Point {
    Point { lon: 108.0 + 2.0 * scattered(n, salt), lat: 33.5 + 1.6 * scattered(n, salt + 1) }
}

fn engineer(n: usize) -> PlanEngineer {
    let weekly =
        |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min: 480, to_min: 1080 };
    PlanEngineer {
        engineer: Engineer {
            id: EmployeeId(Uuid::from_u128(n as u128 + 1)),
            unit_id: UnitId(Uuid::from_u128(1)),
            name: format!("E{n}"),
            badge_number: format!("B{n}"),
            base: Some(place(n, 7)),
            photo_sha256: None,
            skills: SKILLS
                .iter()
                .enumerate()
                .filter(|(at, _)| *at == 0 || !(n + at).is_multiple_of(3))
                .map(|(_, code)| Skill { code: (*code).into(), level: 2 })
                .collect(),
            certificates: Vec::new(),
            shifts: (1..=7).map(weekly).collect(),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
        },
        on_call: Vec::new(),
        last_seen: None,
    }
}

fn order(n: usize, place: Point, now: Ts) -> PlanOrder {
    PlanOrder {
        id: WorkOrderId(Uuid::from_u128(n as u128 + 1)),
        number: format!("FW{n:05}"),
        version: 1,
        kind: WorkOrderKind::Repair,
        severity: if n.is_multiple_of(6) { Severity::Major } else { Severity::Normal },
        site_name: format!("S{n}"),
        zone: "Asia/Shanghai".into(),
        place: Some(place),
        skill: Some(SKILLS[n % 5].into()),
        duration_min: 60,
        wish: Window { start: now, end: now.plus(Ts::DAY) },
        promised: None,
        due_at: Some(now.plus(Ts::DAY)),
        units: vec![UnitId(Uuid::from_u128(1))],
        access: dispatch::Access::Always,
        last_engineer: None,
    }
}

fn facts(engineers: usize, visits: usize) -> PlanFacts {
    // Monday at eight.
    let now: Ts = "2026-11-30T08:00:00+08:00".parse().unwrap();
    let people: Vec<PlanEngineer> = (0..engineers).map(engineer).collect();
    let planned = (0..visits).map(|n| {
        let (who, nth) = (n % engineers, n / engineers);
        let (day, slot) = (nth / 4, nth % 4);
        let base = people[who].engineer.base.unwrap();
        let near = |at: f64, salt| at + 0.1 * (scattered(n, salt) - 0.5);
        let start = now.plus(day as i64 * Ts::DAY + slot as i64 * 140 * Ts::MINUTE + 45 * Ts::MINUTE);
        let order = order(n + 10, Point { lon: near(base.lon, 3), lat: near(base.lat, 4) }, now);
        PlanVisit {
            id: VisitId(Uuid::from_u128(n as u128 + 1)),
            number: format!("{}-1", order.number),
            version: 1,
            state: VisitStateName::Dispatched,
            engineer_id: people[who].engineer.id,
            window: Window { start, end: start.plus(Ts::HOUR) },
            appointment_end: start.plus(2 * Ts::HOUR),
            pinned: false,
            locked: false,
            order,
        }
    });
    let visits = planned.collect();
    let orders = vec![order(0, place(0, 99), now)];
    PlanFacts { now, until: now.plus(3 * Ts::DAY), engineers: people, orders, visits }
}

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<usize> = std::env::args().skip(1).filter_map(|w| w.parse().ok()).collect();
    let sizes = match words.as_slice() {
        [engineers, visits, ..] => vec![(*engineers, *visits)],
        _ => vec![(60, 300), (200, 2_000), (500, 5_000)],
    };
    println!("engineers  visits  windows  first ms  median ms  worst ms of 20, one thread");
    for (engineers, visits) in sizes {
        let mut facts = facts(engineers, visits);
        let (mut taken, mut found) = (Vec::new(), 0);
        for round in 0..20 {
            facts.orders[0].place = Some(place(round, 99));
            facts.orders[0].skill = Some(SKILLS[round % 5].into());
            let begun = Instant::now();
            found = planner::windows(&facts, &GreatCircle, 120).0.len();
            taken.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        let first = taken[0];
        taken.sort_by(f64::total_cmp);
        println!(
            "{engineers:>9}  {visits:>6}  {found:>7}  {first:>8.1}  {:>9.1}  {:>8.1}",
            taken[10], taken[19]
        );
    }
}
