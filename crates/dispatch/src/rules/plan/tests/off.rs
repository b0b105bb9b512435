//! Somebody is off: their visits go to others, in their windows if anybody can. And what every answer owes.

use super::*;

// Friday from nine on.
fn sick(mut who: PlanEngineer) -> PlanEngineer {
    let day = jiff::civil::date(2026, 10, 9);
    let leave =
        Shift { kind: ShiftKind::Leave, weekday: None, on_date: Some(day), from_min: 540, to_min: 1440 };
    who.engineer.shifts.push(leave);
    who
}

fn amounts(plan: &DayPlan, term: &str) -> Option<(i64, i64)> {
    let of = plan.terms.iter().find(|t| t.term.name() == term);
    of.map(|t| (t.amount_before, t.amount_after))
}

#[test]
fn p08_whoever_is_off_is_stood_in_for_in_the_promised_window() {
    let visits = vec![
        visit(11, 1, window((8, 30), (9, 30)), order(1, place(0.0, 0.0))),
        visit(12, 1, window((11, 0), (12, 0)), order(2, place(1.0, 0.0))),
        visit(13, 1, window((14, 0), (15, 0)), order(3, place(2.0, 0.0))),
    ];
    let team = || vec![sick(engineer(1, place(0.0, 0.0))), engineer(2, place(3.0, 0.0))];
    let mut facts = facts(at(9, 5), team(), vec![order(4, place(0.0, 1.0))], visits);
    facts.visits[0].state = VisitStateName::Working;
    let plan = planned(&facts);
    let moved: Vec<_> =
        plan.moves.iter().map(|m| (m.visit_number.as_str(), m.chosen.name.as_str())).collect();
    assert_eq!(moved, [("FW0002-1", "E2"), ("FW0003-1", "E2")], "{plan:?}");
    assert!(plan.moves.iter().all(|m| m.window == m.from_window && m.chosen.late_s == 0), "{plan:?}");
    assert!(plan.moves.iter().all(|m| codes(&m.chosen.reasons).contains(&ProposalReasonCode::EngineerOff)));
    // Whoever works there already is asked, not moved; and the new order goes to who is at work.
    let [kept] = plan.kept.as_slice() else { panic!("{plan:?}") };
    assert_eq!((kept.visit_number.as_str(), kept.fixed), ("FW0001-1", Some(PlanFixed::UnderWay)));
    assert_eq!(plan.proposals[0].chosen.name, "E2");
    assert_eq!(amounts(&plan, "broken_promise"), Some((2, 0)));

    // The other is taken until one: the first comes later than promised, and says so.
    let mut busy = visit(14, 2, window((10, 30), (13, 0)), order(5, place(3.0, 0.0)));
    busy.pinned = true;
    facts.visits.push(busy);
    let plan = planned(&facts);
    let late = plan.moves.iter().find(|m| m.visit_number == "FW0002-1").unwrap();
    assert!(late.window.start >= at(13, 0) && late.chosen.late_s > 3_600, "{late:?}");
    assert!(plan.moves.iter().any(|m| m.visit_number == "FW0003-1" && m.chosen.late_s == 0), "{plan:?}");
}

#[test]
fn p40_what_nobody_else_can_do_is_left_out_by_name_and_the_rest_is_planned() {
    let mut rare = order(2, place(1.0, 0.0));
    rare.skill = Some("network".into());
    let stands = visit(12, 1, window((11, 0), (12, 0)), rare);
    let team = vec![sick(engineer(1, place(0.0, 0.0))), engineer(2, place(3.0, 0.0))];
    let plan = planned(&facts(at(9, 5), team, vec![order(4, place(0.0, 1.0))], vec![stands]));
    let [left] = plan.left_out.as_slice() else { panic!("{plan:?}") };
    assert_eq!(left.number, "FW0002");
    assert_eq!(codes(&left.reasons), [ProposalReasonCode::EngineerOff, ProposalReasonCode::NobodySkilled]);
    assert!(left.reasons[0].text.zh_cn.contains("E1") && left.reasons[0].text.en.contains("E1"));
    assert_eq!(plan.proposals.len(), 1, "the rest is planned");
    assert!(plan.moves.is_empty() && plan.kept.is_empty());
}

#[test]
fn p40_what_a_person_locked_stays_and_is_theirs_to_answer_when_its_engineer_is_off() {
    let visits = vec![
        visit(11, 1, window((11, 0), (12, 0)), order(1, place(0.0, 0.0))),
        visit(12, 1, window((14, 0), (15, 0)), order(2, place(1.0, 0.0))),
    ];
    let mut facts =
        facts(at(9, 5), vec![engineer(1, place(0.0, 0.0)), engineer(2, place(3.0, 0.0))], vec![], visits);
    facts.visits[0].locked = true;
    let kept =
        |plan: &DayPlan| plan.kept.iter().map(|k| (k.visit_number.clone(), k.fixed)).collect::<Vec<_>>();
    let stays = [("FW0001-1".to_owned(), Some(PlanFixed::Locked)), ("FW0002-1".to_owned(), None)];
    assert_eq!(kept(&planned(&facts)), stays);
    // Locked goes before what it would be fixed for anyway; out of reach goes before locked.
    facts.now = at(10, 55);
    assert_eq!(kept(&planned(&facts)), stays);
    facts.visits[0].pinned = true;
    assert_eq!(kept(&planned(&facts))[0].1, Some(PlanFixed::Pinned));

    facts.now = at(9, 5);
    facts.visits[0].pinned = false;
    facts.engineers[0] = sick(facts.engineers[0].clone());
    let plan = planned(&facts);
    assert_eq!(plan.moves.iter().map(|m| m.visit_number.as_str()).collect::<Vec<_>>(), ["FW0002-1"]);
    let [left] = plan.left_out.as_slice() else { panic!("{plan:?}") };
    assert_eq!((left.number.as_str(), codes(&left.reasons)), ("FW0001", vec![ProposalReasonCode::Locked]));
    assert!(plan.kept.is_empty(), "{plan:?}");
}

#[test]
fn p40_every_order_that_is_left_out_says_why_even_when_time_is_up() {
    let orders = (1..=40).map(|n| order(n, place(n as f64 / 10.0, 0.0))).collect();
    let mut full = visit(99, 1, window((9, 0), (18, 0)), order(90, place(2.0, 0.0)));
    full.pinned = true;
    let mut facts = facts(at(9, 0), vec![engineer(1, place(0.0, 0.0))], orders, vec![full]);
    facts.until = at(18, 0);
    let up = Budget { used: &|| 1.0, rounds: 60, seed: 7 };
    let plan = plan_of(&facts, &GreatCircle, &up).unwrap();
    assert_eq!(plan.left_out.len(), 40);
    assert!(plan.left_out.iter().all(|l| l.reasons.len() == 1), "{plan:?}");
    let unseen = plan.left_out.iter().filter(|l| codes(&l.reasons) == [ProposalReasonCode::NoRoom]).count();
    assert_eq!(unseen, 40 - 16, "the first are looked at whatever it takes");
}

#[test]
fn p40_what_was_planned_while_the_facts_were_read_is_a_visit_and_no_order() {
    let planned_now = visit(11, 1, window((11, 0), (12, 0)), order(1, place(0.0, 0.0)));
    let both = vec![order(1, place(0.0, 0.0)), order(2, place(1.0, 0.0))];
    let plan = planned(&facts(at(9, 0), vec![engineer(1, place(0.0, 0.0))], both, vec![planned_now]));
    assert_eq!(plan.proposals.iter().map(|p| p.number.as_str()).collect::<Vec<_>>(), ["FW0002"]);
    assert!(plan.left_out.is_empty());
    assert_eq!(plan.kept.len(), 1);
}

#[test]
fn p40_what_begins_behind_the_plan_is_called_so() {
    let tomorrow = visit(11, 1, window((34, 0), (35, 0)), order(1, place(0.0, 0.0)));
    let mut facts = facts(at(9, 0), vec![engineer(1, place(0.0, 0.0))], vec![], vec![tomorrow]);
    facts.until = at(18, 0);
    let plan = planned(&facts);
    assert_eq!(plan.kept[0].fixed, Some(PlanFixed::Later));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn p40_with_somebody_off_everything_still_stands_once_and_can_be_made_one_by_one(drawn in some_facts()) {
        let mut facts = drawn;
        let first = facts.engineers.remove(0);
        facts.engineers.insert(0, sick(first));
        let plan = planned(&facts);
        let mut visits: Vec<_> = plan.kept.iter().map(|k| k.visit_id).collect();
        visits.extend(plan.moves.iter().map(|m| m.visit_id));
        let order_of = |id| facts.visits.iter().find(|v| v.order.id == id).map(|v| v.id);
        visits.extend(plan.left_out.iter().filter_map(|l| order_of(l.work_order_id)));
        visits.sort_unstable();
        let mut all: Vec<_> =
            facts.visits.iter().filter(|v| v.state != VisitStateName::Left).map(|v| v.id).collect();
        all.sort_unstable();
        prop_assert_eq!(visits, all);
        prop_assert!(plan.left_out.iter().all(|l| !l.reasons.is_empty()));
        let sick = facts.engineers[0].engineer.id;
        for m in &plan.moves {
            prop_assert!(m.window.start >= m.from_window.start && m.chosen.engineer_id != m.from_engineer_id);
            let on_call = facts.engineers[0].on_call.is_empty();
            prop_assert!(!on_call || m.chosen.engineer_id != sick || m.window.start < at(9, 0), "{m:?}");
        }
        let mut windows: std::collections::BTreeMap<VisitId, (EmployeeId, Window)> = facts
            .visits
            .iter()
            .filter(|v| v.state != VisitStateName::Left)
            .map(|v| (v.id, (v.engineer_id, v.window)))
            .collect();
        for m in &plan.moves {
            windows.insert(m.visit_id, (m.chosen.engineer_id, m.window));
            let all: Vec<_> = windows.values().copied().collect();
            prop_assert!(overlap(&all).is_none(), "{:?} after {m:?}", overlap(&all));
        }
    }
}
