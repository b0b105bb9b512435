//! Every state × step: allowed, or refused by name.

use kit::Ts;

use super::*;
use crate::model::{
    Blocker, CaseId, CaseState, NextStep, PhoneProgress, ResolvedHow, StateName, Step, Working,
};

fn standing(state: CaseState, phone: PhoneProgress) -> Standing {
    Standing { state, phone, hand_over_offered: true, visit_planned: false, complaint: false }
}

fn waiting_customer(back: Working) -> CaseState {
    CaseState::WaitingCustomer { back, until: Ts(9) }
}

fn waiting_parts(back: Working) -> CaseState {
    CaseState::WaitingParts { back, until: Ts(9) }
}

const STEPS: [Step; 25] = [
    Step::Triage,
    Step::StartPhoneSupport,
    Step::RecordPhoneResult,
    Step::AgreeOnsite,
    Step::PlanVisit,
    Step::EnterField,
    Step::FinishField,
    Step::WaitCustomer,
    Step::WaitParts,
    Step::Resume,
    Step::Close,
    Step::Reopen,
    Step::Withdraw,
    Step::Merge,
    Step::HandOver,
    Step::AcceptHandOver,
    Step::DeclineHandOver,
    Step::ChangeSeverity,
    Step::SetNextStep,
    Step::Correct,
    Step::Note,
    Step::Escalate,
    Step::ReturnEscalation,
    Step::SetParent,
    Step::LeaveParent,
];

// One letter per step in the order above; `+` is allowed.
// t not triaged · d done already · w waiting · n not waiting · p not in phone support · o visit not agreed · f in the field
// l not in the field · r resolved · u not resolved · s still open · C closed · M merged · X withdrawn
#[rustfmt::skip] // the table is read by columns
const TABLE: &[(&str, PhoneProgress, &str)] = &[
    //                                       Triage/StartPhone/Result/Agree Plan/Enter/Finish WaitC/WaitP/Resume Close/Reopen Withdraw/Merge Hand×3 Sev/Next/Correct/Note Escalate/Return/Follow/Leave
    ("new",                     PhoneProgress::NotTried,  "+ttt ttt ttn us ++ +++ ++++ ++++"),
    ("triaged",                 PhoneProgress::NotTried,  "d+p+ ool ++n us ++ +++ ++++ ++++"),
    ("phone_support",           PhoneProgress::Running,   "dd++ ool ++n us ++ +++ ++++ ++++"),
    ("phone_support",           PhoneProgress::NotSolved, "d+d+ ool ++n us ++ +++ ++++ ++++"),
    ("onsite_agreed",           PhoneProgress::NotSolved, "d+pd ++l ++n us ++ +++ ++++ ++++"),
    ("in_field",                PhoneProgress::NotSolved, "dfpd +++ ++n us ff +++ ++++ ++++"),
    ("customer<triaged",        PhoneProgress::NotTried,  "dwww oow dw+ us ++ +++ ++++ ++++"),
    ("customer<phone_support",  PhoneProgress::Running,   "dwww oow dw+ us ++ +++ ++++ ++++"),
    ("customer<onsite_agreed",  PhoneProgress::NotSolved, "dwww ++w dw+ us ++ +++ ++++ ++++"),
    ("customer<in_field",       PhoneProgress::NotSolved, "dwww ++w dw+ us ff +++ ++++ ++++"),
    ("parts<triaged",           PhoneProgress::NotTried,  "dwww oow wd+ us ++ +++ ++++ ++++"),
    ("parts<phone_support",     PhoneProgress::Running,   "dwww oow wd+ us ++ +++ ++++ ++++"),
    ("parts<onsite_agreed",     PhoneProgress::NotSolved, "dwww ++w wd+ us ++ +++ ++++ ++++"),
    ("parts<in_field",          PhoneProgress::NotSolved, "dwww ++w wd+ us ff +++ ++++ ++++"),
    ("follow_up",               PhoneProgress::Solved,    "rrrr rrr rrn ++ rr +++ r+++ r+r+"),
    ("closed",                  PhoneProgress::Solved,    "CCCC CCC CCC d+ CC CCC CCC+ CCCC"),
    ("merged",                  PhoneProgress::NotTried,  "MMMM MMM MMM MM Md MMM MMM+ MMMM"),
    ("withdrawn",               PhoneProgress::NotTried,  "XXXX XXX XXX XX dX XXX XXX+ XXXX"),
];

fn named(name: &str) -> CaseState {
    if let Some((side, back)) = name.split_once('<') {
        let back = back.parse().unwrap();
        return if side == "customer" { waiting_customer(back) } else { waiting_parts(back) };
    }
    let how = ResolvedHow::Onsite;
    match name.parse().unwrap() {
        StateName::New => CaseState::New,
        StateName::Triaged => CaseState::Triaged,
        StateName::PhoneSupport => CaseState::PhoneSupport,
        StateName::OnsiteAgreed => CaseState::OnsiteAgreed,
        StateName::InField => CaseState::InField,
        StateName::FollowUp => CaseState::FollowUp { how },
        StateName::Closed => CaseState::Closed { at: Ts(1) },
        StateName::Merged => CaseState::Merged { into: CaseId(kit::uuid::Uuid::nil()), at: Ts(1) },
        StateName::Withdrawn => CaseState::Withdrawn { at: Ts(1) },
        StateName::WaitingCustomer | StateName::WaitingParts => {
            unreachable!("named with what they return to")
        }
    }
}

fn letter(answer: &Result<(), CaseError>) -> char {
    match answer {
        Ok(()) => '+',
        Err(CaseError::NotTriaged) => 't',
        Err(CaseError::StepDone { .. }) => 'd',
        Err(CaseError::Waiting { .. }) => 'w',
        Err(CaseError::NotWaiting) => 'n',
        Err(CaseError::NotInPhoneSupport) => 'p',
        Err(CaseError::OnsiteNotAgreed) => 'o',
        Err(CaseError::InField) => 'f',
        Err(CaseError::NotInField) => 'l',
        Err(CaseError::Resolved { .. }) => 'r',
        Err(CaseError::NotResolved { .. }) => 'u',
        Err(CaseError::StillOpen { .. }) => 's',
        Err(CaseError::Closed) => 'C',
        Err(CaseError::Merged) => 'M',
        Err(CaseError::Withdrawn) => 'X',
        Err(other) => panic!("no refusal of the table: {other}"),
    }
}

#[test]
fn every_state_and_step_is_allowed_or_refused_by_name() {
    assert_eq!(STEPS.len(), Step::ALL.len());
    for state in StateName::ALL {
        let there = TABLE.iter().any(|(name, _, _)| named(name).name() == *state);
        assert!(there, "{state} is not in the table");
    }
    for (name, phone, row) in TABLE {
        let standing = standing(named(name), *phone);
        let expected: Vec<char> = row.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(expected.len(), STEPS.len(), "{name}");
        for (step, expected) in STEPS.iter().zip(expected) {
            assert_eq!(letter(&allowed(&standing, *step)), expected, "{name} ({phone:?}) {step}");
        }
    }
}

#[test]
fn p10_without_an_offer_there_is_nothing_to_accept_or_decline() {
    for (name, phone, _) in TABLE {
        let mut standing = standing(named(name), *phone);
        standing.hand_over_offered = false;
        for step in [Step::AcceptHandOver, Step::DeclineHandOver] {
            let answer = allowed(&standing, step);
            if standing.state.is_open() {
                assert_eq!(answer, Err(CaseError::HandOverNone), "{name}");
            } else {
                assert!(answer.is_err(), "{name}");
            }
        }
    }
}

#[test]
fn p10_every_open_state_has_a_next_step_and_a_due_time_and_no_ended_one() {
    let known = Due {
        now: Ts(100),
        respond: Some(Ts(110)),
        arrive: Some(Ts(140)),
        visit: Some(Ts(170)),
        follow_up: Some(Ts(300)),
        complaint: None,
        idle_us: 50,
        arrive_target_us: Some(40),
    };
    let expected = [
        ("new", PhoneProgress::NotTried, NextStep::Triage, 110),
        ("triaged", PhoneProgress::NotTried, NextStep::PhoneSupport, 110),
        ("phone_support", PhoneProgress::Running, NextStep::PhoneResult, 140),
        ("phone_support", PhoneProgress::NotSolved, NextStep::AgreeOnsite, 140),
        ("onsite_agreed", PhoneProgress::NotSolved, NextStep::PlanVisit, 140),
        ("in_field", PhoneProgress::NotSolved, NextStep::Visit, 140),
        ("customer<triaged", PhoneProgress::NotTried, NextStep::AskCustomer, 9),
        ("parts<in_field", PhoneProgress::NotSolved, NextStep::ReceiveParts, 9),
        ("follow_up", PhoneProgress::Solved, NextStep::FollowUpCall, 300),
    ];
    for (name, phone, next, at) in expected {
        let standing = standing(named(name), phone);
        assert_eq!(next_after(&standing), Some(next), "{name}");
        assert_eq!(due(&standing, next, &known), Ts(at), "{name}");
    }
    for (name, phone, _) in TABLE {
        let standing = standing(named(name), *phone);
        assert_eq!(next_after(&standing).is_some(), standing.state.is_open(), "{name}");
    }
}

#[test]
fn p65_a_complaint_is_taken_up_and_answered_by_its_clock_not_supported_by_phone() {
    let known = Due {
        now: Ts(100),
        respond: Some(Ts(110)),
        arrive: None,
        visit: None,
        follow_up: None,
        complaint: Some(Ts(400)),
        idle_us: 50,
        arrive_target_us: None,
    };
    for (state, next, at, button) in [
        ("new", NextStep::Triage, 110, None),
        ("triaged", NextStep::AnswerComplaint, 400, None),
        ("customer<triaged", NextStep::AskCustomer, 9, Some(Step::Resume)),
    ] {
        let standing = Standing { complaint: true, ..standing(named(state), PhoneProgress::NotTried) };
        assert_eq!(next_after(&standing), Some(next), "{state}");
        assert_eq!(due(&standing, next, &known), Ts(at), "{state}");
        assert_eq!(primary(&standing, false), button, "{state}: its own panel offers the step");
    }
}

#[test]
fn p10_once_a_visit_is_planned_the_visit_is_next_until_it_falls_away() {
    let agreed = standing(CaseState::OnsiteAgreed, PhoneProgress::NotSolved);
    let planned = Standing { visit_planned: true, ..agreed };
    assert_eq!(next_after(&agreed), Some(NextStep::PlanVisit));
    assert_eq!(next_after(&planned), Some(NextStep::Visit));
    let mut known = Due {
        now: Ts(100),
        respond: None,
        arrive: Some(Ts(140)),
        visit: Some(Ts(170)),
        follow_up: None,
        complaint: None,
        idle_us: 50,
        arrive_target_us: None,
    };
    // The promise counts; where none runs (a second visit, a pause at the customer's wish) the window does.
    assert_eq!(due(&planned, NextStep::Visit, &known), Ts(140));
    known.arrive = None;
    assert_eq!(due(&planned, NextStep::Visit, &known), Ts(170));
    // Somebody is there: the window says nothing more.
    let there = Standing { visit_planned: true, ..standing(CaseState::InField, PhoneProgress::NotSolved) };
    assert_eq!(due(&there, NextStep::Visit, &known), Ts(150));
}

#[test]
fn p10_a_step_without_a_clock_lies_at_most_the_idle_hours() {
    let known = Due {
        now: Ts(100),
        respond: None,
        arrive: None,
        visit: None,
        follow_up: None,
        complaint: None,
        idle_us: 50,
        arrive_target_us: None,
    };
    for (name, next) in
        [("new", NextStep::Triage), ("in_field", NextStep::Visit), ("triaged", NextStep::Other)]
    {
        assert_eq!(due(&standing(named(name), PhoneProgress::NotTried), next, &known), Ts(150), "{name}");
    }
}

#[test]
fn p14_a_case_solved_by_phone_can_be_closed_without_a_visit() {
    let solved = standing(CaseState::FollowUp { how: ResolvedHow::Remote }, PhoneProgress::Solved);
    assert_eq!(allowed(&solved, Step::Close), Ok(()));
    let running = standing(CaseState::PhoneSupport, PhoneProgress::Running);
    assert_eq!(allowed(&running, Step::RecordPhoneResult), Ok(()));
    assert_eq!(allowed(&running, Step::PlanVisit), Err(CaseError::OnsiteNotAgreed));
}

#[test]
fn p38_phone_support_can_be_tried_again_after_an_attempt_failed_and_after_a_visit_was_agreed() {
    let again = standing(CaseState::PhoneSupport, PhoneProgress::NotSolved);
    assert_eq!(allowed(&again, Step::StartPhoneSupport), Ok(()));
    let back = standing(CaseState::OnsiteAgreed, PhoneProgress::NotSolved);
    assert_eq!(allowed(&back, Step::StartPhoneSupport), Ok(()));
}

#[test]
fn what_blocks_a_case_is_named() {
    let blocker = |label: &str| Blocker {
        kind: "work_order".into(),
        key: label.into(),
        label: label.into(),
        since: Ts(1),
    };
    assert_eq!(unblocked(&[]), Ok(()));
    assert_eq!(
        unblocked(&[blocker("FW20261122-0001"), blocker("DY20261122-0003")]),
        Err(CaseError::Blocked { blockers: "FW20261122-0001, DY20261122-0003".into() })
    );
}

#[test]
fn the_button_is_always_a_step_that_is_allowed() {
    for (name, phone, _) in TABLE {
        let standing = standing(named(name), *phone);
        for planned in [false, true] {
            if let Some(step) = primary(&standing, planned) {
                assert_eq!(allowed(&standing, step), Ok(()), "{name}");
            }
        }
        assert!(open_steps(&standing).all(|s| allowed(&standing, s).is_ok()));
    }
}

#[test]
fn texts_are_trimmed_and_bounded() {
    assert_eq!(needed("  x ", 3, CaseError::SymptomMissing), Ok("x".into()));
    assert_eq!(needed("   ", 3, CaseError::SymptomMissing), Err(CaseError::SymptomMissing));
    assert_eq!(needed("abcd", 3, CaseError::SymptomMissing), Err(CaseError::TextTooLong { max: 3 }));
    assert_eq!(optional(Some("  "), 3), Ok(None));
    assert_eq!(optional(Some("ab "), 3), Ok(Some("ab".into())));
    assert_eq!(optional(Some("abcd"), 3), Err(CaseError::TextTooLong { max: 3 }));
}
