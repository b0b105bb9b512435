//! Windows that are offered: each can be planned as it is, and nobody who stands in the plan is later for it.

use cases::Severity;
use dispatch_optimiser::check;
use jiff::tz::TimeZone;
use kit::Ts;
use organisation::{Shift, ShiftKind};

use super::tests::{at, engineer, facts, order, place, unit, visit, window};
use super::*;
use crate::model::plan::{PlanEngineer, PlanVisit};
use crate::model::windows::OfferedWindow;
use crate::model::{Access, ProposalReasonCode as Code};
use crate::rules::travel::GreatCircle;

const LENGTH_MIN: i64 = 120;

fn offered(facts: &PlanFacts) -> Vec<OfferedWindow> {
    windows(facts, &GreatCircle, LENGTH_MIN).0
}

/// When each visit of the plan that stands begins, by its number.
fn begins(facts: &PlanFacts) -> Vec<(String, Ts)> {
    let mut begins = Vec::new();
    for area in areas(facts, &GreatCircle).unwrap() {
        let report = check(&area.problem, &area.present()).unwrap();
        for (items, starts) in area.present().routes.iter().zip(&report.starts) {
            for (item, start_s) in items.iter().zip(starts) {
                let dispatch_optimiser::Item::Job(job) = item else { continue };
                if let PlanJob::Visit(v, _) = area.jobs[*job as usize] {
                    begins.push((facts.visits[v].number.clone(), area.instant(*start_s)));
                }
            }
        }
    }
    begins.sort();
    begins
}

fn as_planned(facts: &PlanFacts, offered: &OfferedWindow) -> PlanFacts {
    let mut then = facts.clone();
    let mut made = visit(900, 1, offered.visit, facts.orders[0].clone());
    made.engineer_id = offered.engineer_id;
    made.number = "new".into();
    then.visits.push(made);
    then.orders.clear();
    then
}

fn centre(seed: u32) -> PlanFacts {
    let n = |salt: u32, most: u32| f64::from((seed * 31 + salt * 17 + salt * salt * 7) % most);
    let engineers: Vec<PlanEngineer> =
        (1..=3).map(|e| engineer(e, place(n(e as u32, 50), n(e as u32 + 5, 40)))).collect();
    let mut visits: Vec<PlanVisit> = Vec::new();
    for v in 0..7_u32 {
        let who = u128::from(v % 3) + 1;
        let hour = 9 + i64::from(v / 3) * 3 + i64::from(seed % 2);
        let minute = (n(v + 20, 4) * 15.0) as i64;
        let span = window((hour, minute), (hour + 1, minute));
        visits.push(visit(
            u128::from(v) + 11,
            who,
            span,
            order(u128::from(v) + 50, place(n(v, 60), n(v + 9, 60))),
        ));
    }
    let mut asked = order(1, place(n(3, 40), n(4, 40)));
    asked.duration_min = 30 + i64::from(seed % 4) * 30;
    asked.due_at = Some(at(14, 0));
    let mut made = facts(at(8, 20), engineers, vec![asked], visits);
    made.until = made.now.plus(3 * Ts::DAY);
    made
}

#[test]
fn p08_each_window_can_be_planned_as_it_is_and_makes_nobody_later() {
    let mut planned = 0;
    for seed in 0..40 {
        let facts = centre(seed);
        let before = begins(&facts);
        for window in offered(&facts) {
            let then = as_planned(&facts, &window);
            let mut after = begins(&then);
            let own = after.iter().position(|(number, _)| number == "new").unwrap();
            assert_eq!(after.remove(own).1, window.visit.start, "it begins when it was said: {window:?}");
            assert_eq!(after, before, "seed {seed}: {window:?}");
            assert!(window.window.start <= window.visit.start && window.visit.start <= window.window.end);
            let taken =
                |v: &PlanVisit| v.engineer_id == window.engineer_id && v.window.overlaps(&window.visit);
            assert!(!facts.visits.iter().any(taken), "seed {seed}: {window:?}");
            planned += 1;
        }
    }
    assert!(planned > 80, "{planned}");
}

#[test]
fn p44_the_window_that_keeps_the_promise_comes_first_and_says_what_it_costs() {
    let mut fault = order(1, place(0.0, 0.0));
    fault.severity = Severity::Major;
    fault.due_at = Some(at(13, 0));
    let mut facts = facts(
        at(9, 5),
        vec![engineer(1, place(20.0, 0.0)), engineer(2, place(3.0, 0.0))],
        vec![fault],
        vec![],
    );
    facts.until = facts.now.plus(3 * Ts::DAY);
    let found = offered(&facts);
    let best = &found[0];
    assert_eq!((best.name.as_str(), best.late_s, best.engineers), ("E2", 0, 2));
    assert_eq!(
        best.window.end,
        at(10, 0),
        "windows begin at midnight: eight to ten is the first with anything left"
    );
    let codes: Vec<Code> = best.reasons.iter().map(|r| r.code).collect();
    assert_eq!(codes, [Code::Margin, Code::Detour, Code::MovesNobody, Code::Skill]);
    assert!(found.is_sorted_by_key(|w| (w.late_s > 0, w.cost)));
    let late = found.iter().find(|w| w.window.start >= at(14, 0)).unwrap();
    assert!(late.late_s > 0 && late.reasons[0].code == Code::Late, "{late:?}");
    // Friday to six, and Monday from eight on: nobody works in between.
    let in_shift = |w: &OfferedWindow| w.visit.end <= at(18, 0) || w.visit.start >= at(72 + 8, 0);
    assert!(found.iter().all(in_shift) && !found.iter().all(|w| w.visit.end <= at(18, 0)), "{found:?}");
}

#[test]
fn p08_no_window_lies_outside_the_hours_of_the_site_and_none_says_why() {
    let mut asked = order(1, place(1.0, 1.0));
    let (from_min, to_min) = (13 * 60, 15 * 60);
    let day = |d| Shift { kind: ShiftKind::Weekly, weekday: Some(d), on_date: None, from_min, to_min };
    asked.access = Access::Weekly((1..=7).map(day).collect(), TimeZone::get("Asia/Shanghai").unwrap());
    asked.wish = window((13, 0), (15, 0));
    let mut facts = facts(at(8, 0), vec![engineer(1, place(0.0, 0.0))], vec![asked], vec![]);
    let found = offered(&facts);
    assert!(!found.is_empty());
    for offer in &found {
        // An hour of work is over when the site closes.
        assert!(at(13, 0) <= offer.window.start && offer.window.end <= at(15, 0), "{offer:?}");
    }
    // Nobody of the responsible unit.
    facts.orders[0].units = vec![unit(9)];
    let (none, why) = windows(&facts, &GreatCircle, LENGTH_MIN);
    assert!(none.is_empty());
    assert_eq!(why.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::NobodyAtWork]);
}
