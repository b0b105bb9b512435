//! Versions of small plans: when another is published, what is different in it, and what of it happens without a person.

use kit::uuid::Uuid;
use organisation::{Shift, ShiftKind};

use super::*;
use crate::rules::plan::tests::{at, engineer, facts, order, place, visit, window};
use crate::rules::plan::{Budget, Incumbent, gone_on};
use crate::rules::travel::GreatCircle;

const ALL: PlanningMode = PlanningMode::Automatic;
const STANDS: GoneOn = GoneOn { gain: 0, dropped: 0 };

fn person(n: u128) -> EmployeeId {
    EmployeeId(Uuid::from_u128(n))
}

fn going_on(facts: &PlanFacts, from: &PlanContent) -> (DayPlan, GoneOn) {
    let budget = Budget { used: &|| 0.0, rounds: 60, seed: 7 };
    gone_on(facts, &GreatCircle, &budget, &Incumbent::published(from)).unwrap()
}

fn planned(facts: &PlanFacts) -> DayPlan {
    going_on(facts, &PlanContent::default()).0
}

/// Three orders around two engineers, nobody planned yet.
fn quiet() -> PlanFacts {
    let team = vec![engineer(1, place(0.0, 0.0)), engineer(2, place(12.0, 0.0))];
    let orders = (1..=3).map(|n| order(n, place(n as f64 * 4.0, 1.0))).collect();
    facts(at(9, 0), team, orders, Vec::new())
}

fn off_from_nine(facts: &mut PlanFacts, n: usize) {
    let day = jiff::civil::date(2026, 10, 9);
    let leave =
        Shift { kind: ShiftKind::Leave, weekday: None, on_date: Some(day), from_min: 540, to_min: 1440 };
    facts.engineers[n].engineer.shifts.push(leave);
}

#[test]
fn p40_the_first_plan_is_published_and_stands_while_nothing_happens() {
    let mut facts = quiet();
    let first = content(&facts, &planned(&facts), PlanningMode::Advise);
    assert_eq!((first.visits.len(), why(None, &facts, &first, STANDS)), (3, vec![PlanWhy::First]));
    assert!(first.visits.iter().all(|v| v.waits == Some(PlanWaits::Mode)), "{first:?}");
    assert!(!happens_by_itself(&first));
    for _ in 0..10 {
        facts.now = facts.now.plus(Ts::MINUTE);
        let (plan, how) = going_on(&facts, &first);
        let next = content(&facts, &plan, PlanningMode::Advise);
        assert_eq!(why(Some(&first), &facts, &next, how), [], "{how:?} {:?}", changes(&first, &next));
        assert!(is_same(&first, &facts, &next));
    }
}

#[test]
fn p40_another_is_published_for_what_is_worth_a_change_and_for_nothing_less() {
    let facts = quiet();
    let stands = content(&facts, &planned(&facts), PlanningMode::Advise);
    let mut other = stands.clone();
    other.visits[0].engineer = person(if other.visits[0].engineer == person(1) { 2 } else { 1 });
    let judged = |gain, dropped| why(Some(&stands), &facts, &other, GoneOn { gain, dropped });
    assert_eq!(judged(WORTH - 1, 0), []);
    assert_eq!(judged(WORTH, 0), [PlanWhy::Better]);
    assert_eq!(judged(0, 1), [PlanWhy::NoLongerFits]);
    assert_eq!(
        why(Some(&stands), &facts, &stands, GoneOn { gain: 0, dropped: 1 }),
        [],
        "all of it is still said"
    );
    let told = changes(&stands, &other);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].what, told[0].order), (PlanChangeKind::OtherEngineer, other.visits[0].order));
    assert_eq!(told[0].before.map(|(who, _)| who), Some(stands.visits[0].engineer));

    let mut later = stands.clone();
    later.visits[1].window.start = later.visits[1].window.start.plus(15 * Ts::MINUTE);
    assert_eq!(why(Some(&stands), &facts, &later, STANDS), []);
    later.visits[1].window.start = later.visits[1].window.start.plus(Ts::MINUTE);
    assert_eq!(why(Some(&stands), &facts, &later, STANDS), [PlanWhy::TimesMoved]);
    assert!(!is_same(&stands, &facts, &later));
}

#[test]
fn p40_what_happened_says_why_the_published_plan_no_longer_holds() {
    let facts = quiet();
    let stands = content(&facts, &planned(&facts), PlanningMode::Advise);
    let first = stands.visits.iter().position(|v| v.order == facts.orders[0].id).unwrap();
    let after = |change: &dyn Fn(&mut PlanFacts)| {
        let mut facts = facts.clone();
        change(&mut facts);
        let (plan, how) = going_on(&facts, &stands);
        why(Some(&stands), &facts, &content(&facts, &plan, PlanningMode::Advise), how)
    };
    assert_eq!(after(&|f| drop(f.orders.remove(0))), [PlanWhy::OrderGone], "called off");
    assert_eq!(after(&|f| f.orders[0].version = 2), [PlanWhy::OrderChanged]);
    assert_eq!(after(&|f| f.orders.push(order(9, place(2.0, 2.0)))), [PlanWhy::OrderNew]);
    let who = stands.visits[first].engineer;
    assert_eq!(after(&|f| f.engineers.retain(|e| e.engineer.id != who)), [PlanWhy::EngineerGone]);
    let taken = window((13, 0), (14, 0));
    let sick = |f: &mut PlanFacts| {
        f.visits.push(visit(91, 1, taken, order(50, place(1.0, 1.0))));
        off_from_nine(f, 0);
    };
    assert!(after(&sick).contains(&PlanWhy::EngineerOff), "{:?}", after(&sick));

    // Done as it says: what is left of it stands. Done otherwise: it doesn't.
    let as_said = |f: &mut PlanFacts| {
        let (v, order) = (&stands.visits[first], f.orders.remove(0));
        f.visits.push(PlanVisit { engineer_id: v.engineer, ..visit(92, 1, v.window, order) });
    };
    assert_eq!(after(&as_said), []);
    let otherwise = |f: &mut PlanFacts| {
        as_said(f);
        let visit = f.visits.last_mut().unwrap();
        visit.engineer_id = person(if visit.engineer_id == person(1) { 2 } else { 1 });
    };
    assert!(after(&otherwise).contains(&PlanWhy::OrderGone));
}

#[test]
fn p40_what_is_different_is_told_of_each_order_and_each_visit_that_moves() {
    let (one, other) = (window((9, 0), (10, 0)), window((11, 0), (12, 0)));
    let id = |n: u128| WorkOrderId(Uuid::from_u128(n));
    let goes = |n: u128, who: u128, window: Window| ContentVisit {
        order: id(n),
        version: 1,
        engineer: person(who),
        window,
        needs: Vec::new(),
        waits: None,
    };
    let nobody = |n: u128| ContentLeftOut { order: id(n), version: 1, reasons: Vec::new() };
    let moves = |n: u128, who: u128| ContentMove {
        visit: VisitId(Uuid::from_u128(n)),
        version: 1,
        order: id(n),
        from: person(9),
        engineer: person(who),
        from_window: one,
        window: one,
        needs: Vec::new(),
        waits: None,
    };
    let before = PlanContent {
        visits: vec![goes(1, 1, one), goes(2, 1, one), goes(3, 1, one), goes(4, 1, one), goes(5, 1, one)],
        moves: vec![moves(21, 1), moves(22, 1)],
        left_out: vec![nobody(6), nobody(7)],
    };
    let after = PlanContent {
        visits: vec![goes(1, 1, one), goes(2, 2, one), goes(3, 1, other), goes(6, 1, one)],
        moves: vec![moves(21, 2), moves(23, 1)],
        left_out: vec![nobody(4), nobody(8)],
    };
    let mut told: Vec<(u128, PlanChangeKind, bool)> =
        changes(&before, &after).iter().map(|c| (c.order.0.as_u128(), c.what, c.visit.is_some())).collect();
    told.sort_unstable();
    use PlanChangeKind::{Added, Gone, LeftOut, OtherEngineer, OtherTime};
    assert_eq!(
        told,
        [
            (2, OtherEngineer, false),
            (3, OtherTime, false),
            (4, LeftOut, false),
            (5, Gone, false),
            (6, Added, false),
            (7, Gone, false),
            (8, LeftOut, false),
            (21, OtherEngineer, true),
            (22, Gone, true),
            (23, Added, true),
        ]
    );
    assert_eq!(changes(&after, &after), []);
}

#[test]
fn p40_what_disturbs_nobody_happens_by_itself_and_the_rest_says_what_it_waits_for() {
    let facts = quiet();
    let plan = planned(&facts);
    let first = |facts: &PlanFacts, plan: &DayPlan, mode| {
        let all = content(facts, plan, mode);
        all.visits.iter().find(|v| v.order == facts.orders[0].id).unwrap().waits
    };
    let semi = PlanningMode::SemiAutomatic;
    assert_eq!(first(&facts, &plan, semi), None, "{plan:?}");
    assert!(happens_by_itself(&content(&facts, &plan, semi)));
    let stands = content(&facts, &plan, PlanningMode::Advise);
    let now = content(&facts, &plan, semi);
    assert_eq!(why(Some(&stands), &facts, &now, STANDS), [PlanWhy::NoLongerWaits]);
    assert_eq!(why(Some(&now), &facts, &stands, STANDS), [], "taken back: nothing to tell");

    let at_first = plan.proposals.iter().position(|p| p.work_order_id == facts.orders[0].id).unwrap();
    let start = plan.proposals[at_first].window.start;
    let mut promised = facts.clone();
    promised.orders[0].promised = Some(Window { start: start.plus(Ts::HOUR), end: start.plus(2 * Ts::HOUR) });
    assert_eq!(first(&promised, &plan, semi), Some(PlanWaits::OutsidePromise));
    promised.orders[0].promised = Some(Window { start, end: start.plus(Ts::HOUR) });
    assert_eq!(first(&promised, &plan, semi), None);
    let mut due = facts.clone();
    due.orders[0].due_at = Some(start.plus(-Ts::MINUTE));
    assert_eq!(first(&due, &plan, semi), Some(PlanWaits::Late));
    let mut against = plan.clone();
    let reasons = &mut against.proposals[at_first].chosen.reasons;
    reasons.push(crate::rules::plain::reason(Code::Overtime, &[]));
    assert_eq!(first(&facts, &against, semi), Some(PlanWaits::NotFit));
    let mut room = plan.clone();
    room.proposals[at_first].needs.push(VisitId(Uuid::from_u128(70)));
    assert_eq!(first(&facts, &room, semi), Some(PlanWaits::MovesOthers));
}

#[test]
fn p40_a_visit_moves_by_itself_only_where_nobody_is_surprised() {
    let visits = vec![
        visit(12, 1, window((11, 0), (12, 0)), order(2, place(1.0, 0.0))),
        visit(13, 1, window((14, 0), (15, 0)), order(3, place(2.0, 0.0))),
    ];
    let team = vec![engineer(1, place(0.0, 0.0)), engineer(2, place(3.0, 0.0))];
    let mut facts = facts(at(9, 5), team, Vec::new(), visits);
    off_from_nine(&mut facts, 0);
    let plan = planned(&facts);
    assert_eq!(plan.moves.len(), 2, "{plan:?}");
    let waits = |facts: &PlanFacts, mode| -> Vec<Option<PlanWaits>> {
        content(facts, &plan, mode).moves.iter().map(|m| m.waits).collect()
    };
    assert_eq!(waits(&facts, ALL), [None, None]);
    assert_eq!(waits(&facts, PlanningMode::SemiAutomatic), [Some(PlanWaits::MovesOthers); 2]);
    assert_eq!(waits(&facts, PlanningMode::Advise), [Some(PlanWaits::Mode); 2]);
    let but = |change: &dyn Fn(&mut PlanFacts)| {
        let mut facts = facts.clone();
        change(&mut facts);
        waits(&facts, ALL)
    };
    assert_eq!(but(&|f| f.now = at(10, 0)), [None, None], "an hour before");
    assert_eq!(but(&|f| f.now = at(10, 1)), [Some(PlanWaits::Soon), None]);
    assert_eq!(but(&|f| f.visits[0].pinned = true), [Some(PlanWaits::Pinned), None]);
    assert_eq!(but(&|f| f.visits[0].state = VisitStateName::Travelling), [Some(PlanWaits::UnderWay), None]);
    let elsewhere = |f: &mut PlanFacts| f.visits[1].order.promised = Some(window((16, 0), (17, 0)));
    assert_eq!(but(&elsewhere), [None, Some(PlanWaits::OutsidePromise)]);
    let told = |f: &mut PlanFacts| f.visits[1].appointment_end = at(13, 0);
    assert_eq!(but(&told), [None, None], "it begins when it did");
}

#[test]
fn p40_what_belongs_together_happens_together_or_waits_together() {
    let id = |n: u128| WorkOrderId(Uuid::from_u128(n));
    let one = window((11, 0), (12, 0));
    let goes = |n: u128, who: u128, waits| ContentVisit {
        order: id(n),
        version: 1,
        engineer: person(who),
        window: one,
        needs: Vec::new(),
        waits,
    };
    let moves = |n: u128, from: u128, to: u128, waits| ContentMove {
        visit: VisitId(Uuid::from_u128(n)),
        version: 1,
        order: id(n),
        from: person(from),
        engineer: person(to),
        from_window: one,
        window: one,
        needs: Vec::new(),
        waits,
    };
    let judged = |visits: Vec<ContentVisit>, moves: Vec<ContentMove>| {
        let mut all = PlanContent { visits, moves, left_out: Vec::new() };
        together(&mut all);
        let visits: Vec<_> = all.visits.iter().map(|v| v.waits).collect();
        let moves: Vec<_> = all.moves.iter().map(|m| m.waits).collect();
        (visits, moves)
    };
    let (soon, late, after) = (Some(PlanWaits::Soon), Some(PlanWaits::Late), Some(PlanWaits::AfterOthers));
    // A visit of the first makes room for an order; another order goes to somebody from whom nothing is taken.
    let room =
        |moving, order| judged(vec![goes(1, 1, order), goes(2, 3, None)], vec![moves(21, 1, 2, moving)]);
    assert_eq!(room(None, None), (vec![None, None], vec![None]));
    assert_eq!(room(soon, None), (vec![after, None], vec![soon]));
    assert_eq!(room(None, late), (vec![late, None], vec![after]), "room for what a person decides on");
    // Through the days of several people.
    let chain = judged(vec![goes(1, 1, None)], vec![moves(21, 1, 2, None), moves(22, 2, 3, soon)]);
    assert_eq!(chain, (vec![after], vec![after, soon]));

    let mut many =
        PlanContent { visits: (0..250).map(|n| goes(n, 1, None)).collect(), ..PlanContent::default() };
    bounded(&mut many);
    assert_eq!(many.visits.iter().filter(|v| v.waits.is_none()).count(), MOST_AT_ONCE);
    assert_eq!(many.visits[249].waits, Some(PlanWaits::TooMuch));
}
