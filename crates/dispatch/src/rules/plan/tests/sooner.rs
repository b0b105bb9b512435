//! Who is fastest if visits of theirs go to others.

use super::*;
use crate::model::plan::Quicker;
use crate::rules::plan::quicker;

fn asked(facts: &PlanFacts, order: u128, before: Option<Ts>) -> Vec<Quicker> {
    let budget = Budget { used: &|| 0.0, rounds: 60, seed: 7 };
    quicker(facts, &GreatCircle, (WorkOrderId(Uuid::from_u128(order)), before), &budget).unwrap()
}

// The first has the skill for the fault and is planned elsewhere all morning; the second could take that over.
fn busy_morning() -> PlanFacts {
    let mut first = engineer(1, place(0.0, 0.0));
    first.engineer.skills.push(Skill { code: "turnstile".into(), level: 3 });
    let stands = visit(11, 1, window((10, 0), (12, 0)), order(1, place(2.0, 0.0)));
    let mut fault = order(2, place(1.0, 1.0));
    fault.skill = Some("turnstile".into());
    fault.severity = Severity::Major;
    fault.due_at = Some(at(13, 0));
    fault.duration_min = 90;
    fault.wish = window((9, 0), (13, 0));
    let other = order(3, place(5.0, 5.0));
    facts(at(9, 0), vec![first, engineer(2, place(4.0, 0.0))], vec![fault, other], vec![stands])
}

#[test]
fn p40_who_is_sooner_if_a_visit_moves_is_named_with_what_moves() {
    let facts = busy_morning();
    // Without a move they would be there after twelve.
    let found = asked(&facts, 2, Some(at(12, 10)));
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.visit.chosen.name, "E1");
    assert!(one.visit.chosen.arrive_at < at(9, 30), "{one:?}");
    assert_eq!(one.visit.window.end, one.visit.window.start.plus(90 * Ts::MINUTE));
    assert_eq!((one.visit.chosen.late_s, one.visit.version), (0, 1));
    assert!(codes(&one.visit.chosen.reasons).contains(&ProposalReasonCode::Margin), "{one:?}");
    let [moved] = one.moves.as_slice() else { panic!("{one:?}") };
    assert_eq!((moved.from_name.as_str(), moved.chosen.name.as_str()), ("E1", "E2"));
    assert_eq!(moved.window, moved.from_window);
    assert_eq!(one.visit.needs, [moved.visit_id]);
    // Somebody who is as soon without it: nothing has to move.
    assert!(asked(&facts, 2, Some(at(9, 8))).is_empty());
    assert!(asked(&facts, 77, None).is_empty(), "no such order");
}

#[test]
fn p40_nobody_is_quicker_where_nothing_may_move() {
    let mut facts = busy_morning();
    facts.visits[0].pinned = true;
    assert!(asked(&facts, 2, Some(at(12, 10))).is_empty());
    let mut facts = busy_morning();
    facts.visits[0].locked = true;
    assert!(asked(&facts, 2, Some(at(12, 10))).is_empty(), "a person locked it");
    let mut facts = busy_morning();
    facts.engineers.pop();
    assert!(asked(&facts, 2, Some(at(12, 10))).is_empty(), "nobody else could take the visit");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn p40_what_makes_somebody_quicker_can_be_made_and_moves_only_their_own_visits(facts in some_facts()) {
        let Some(order) = facts.orders.first() else { return Ok(()) };
        for one in asked(&facts, 5000, None) {
            prop_assert_eq!(one.visit.work_order_id, order.id);
            prop_assert!(!one.moves.is_empty());
            let mut windows: std::collections::BTreeMap<VisitId, (EmployeeId, Window)> = facts
                .visits
                .iter()
                .filter(|v| v.state != VisitStateName::Left)
                .map(|v| (v.id, (v.engineer_id, v.window)))
                .collect();
            for m in &one.moves {
                prop_assert_eq!(m.from_engineer_id, one.visit.chosen.engineer_id);
                windows.insert(m.visit_id, (m.chosen.engineer_id, m.window));
            }
            let mut all: Vec<_> = windows.values().copied().collect();
            all.push((one.visit.chosen.engineer_id, one.visit.window));
            prop_assert!(overlap(&all).is_none(), "{:?} with {one:?}", overlap(&all));
        }
    }
}
