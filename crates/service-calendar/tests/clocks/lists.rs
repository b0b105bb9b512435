//! Event lists: what is refused, what is read by rule, and their JSON form.

use service_calendar::PauseReason::{LaterWindow, WaitingCustomer, WaitingParts};
use service_calendar::{
    ClockError, ClockEvent, ClockStatus, ClockTerms, ClockTermsSpec, IgnoredEvents, PauseReasons,
    RetargetCause, replay, replay_tolerant,
};

use crate::{HOUR_US, calendar, major, oct};

#[test]
fn withdrawn_is_neither_kept_nor_missed() {
    let events = [ClockEvent::start(oct("09 16:00:00")), ClockEvent::withdrawn(oct("09 22:00:00"))];
    let state = replay(&events, &major(), oct("10 00:00:00")).unwrap();
    assert_eq!((state.status, state.breached_at.is_some()), (ClockStatus::Cancelled, true));
    assert_eq!(state.elapsed_us, 6 * HOUR_US);
    let none = replay(&[], &major(), oct("10 00:00:00")).unwrap();
    assert_eq!(
        (none.status, none.remaining_us, none.started_at),
        (ClockStatus::NotStarted, 4 * HOUR_US, None)
    );
}

#[test]
fn a_list_the_program_could_not_have_written_is_refused() {
    let start = ClockEvent::start(oct("09 16:00:00"));
    let stop = ClockEvent::reached(oct("09 17:00:00"));
    let pause = ClockEvent::pause(oct("09 17:00:00"), WaitingParts);
    let early = ClockEvent::pause_until(oct("09 17:00:00"), LaterWindow, oct("09 17:00:00"));
    let before = oct("09 16:00:00");
    let cases: [(Vec<ClockEvent>, ClockError); 8] = [
        (vec![stop, start], ClockError::BeforeStart { index: 0 }),
        (vec![pause, stop], ClockError::BeforeStart { index: 0 }),
        (vec![start, pause, start], ClockError::OutOfOrder { index: 2, at: before }),
        (vec![start, ClockEvent::start(oct("09 18:00:00"))], ClockError::StartedTwice { index: 1 }),
        (vec![start, stop, stop], ClockError::AfterStop { index: 2 }),
        // Order is checked for reasons the terms do not honour too.
        (vec![start, pause, pause], ClockError::AlreadyPaused { index: 2 }),
        (
            vec![start, ClockEvent::resume(oct("09 17:00:00"), WaitingParts)],
            ClockError::NotPaused { index: 1 },
        ),
        (vec![start, early], ClockError::PauseEndsBeforeItBegins { index: 1 }),
    ];
    for (events, wanted) in cases {
        let got = replay(&events, &major(), oct("20 00:00:00")).unwrap_err();
        assert_eq!(got, wanted);
        assert!(got.zh_cn().starts_with('第') && got.to_string().starts_with("clock event"), "{got}");
        assert!(got.code().starts_with("clock_"));
    }
}

#[test]
fn a_history_of_another_system_is_read_by_rule_and_counted() {
    let start = ClockEvent::start(oct("09 16:00:00"));
    let pause = ClockEvent::pause(oct("09 17:00:00"), LaterWindow);
    let resume = ClockEvent::resume(oct("09 18:00:00"), LaterWindow);
    let stop = ClockEvent::reached(oct("09 20:30:00"));
    let clean = replay(&[start, pause, resume, stop], &major(), oct("20 00:00:00")).unwrap();
    assert_eq!((clean.status, clean.elapsed_us), (ClockStatus::Met, 3 * HOUR_US + HOUR_US / 2));
    let messy = [
        ClockEvent::reached(oct("09 15:00:00")), // before the start
        pause,
        start, // out of order
        pause, // repeated
        start, // repeated and out of order
        resume,
        resume,
        ClockEvent::pause_until(oct("09 19:00:00"), WaitingParts, oct("09 18:30:00")),
        stop,
        ClockEvent::pause(oct("09 21:00:00"), WaitingCustomer),
        stop, // repeated and out of order
    ];
    let got = replay_tolerant(&messy, &major(), oct("20 00:00:00")).unwrap();
    assert_eq!(got.state, clean);
    let wanted = IgnoredEvents {
        reordered: 3,
        before_start: 1,
        started_twice: 1,
        after_stop: 2,
        already_paused: 1,
        not_paused: 1,
        empty_pauses: 1,
    };
    assert_eq!((got.ignored, got.ignored.total()), (wanted, 7));
    // A stop of the same instant as the start, listed first, still follows it.
    let same = [ClockEvent::reached(oct("09 16:00:00")), start];
    let got = replay_tolerant(&same, &major(), oct("20 00:00:00")).unwrap();
    assert_eq!((got.state.status, got.state.elapsed_us, got.ignored.total()), (ClockStatus::Met, 0, 0));
    // A clean list is read without a remark.
    let got = replay_tolerant(&[start, pause, resume, stop], &major(), oct("20 00:00:00")).unwrap();
    assert_eq!((got.state, got.ignored), (clean, IgnoredEvents::default()));
}

#[test]
fn terms_are_checked_and_go_through_json() {
    let text =
        r#"{"calendar":"fault","target_s":14400,"warn_percents":[50,75,90],"pauses_on":["later_window"]}"#;
    let spec: ClockTermsSpec = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&spec).unwrap(), text);
    let terms = spec.bind(calendar(true)).unwrap();
    assert_eq!((terms.target_us(), terms.calendar().id()), (4 * HOUR_US, "fault"));
    let bad = |target_us, percents: &[u8]| {
        ClockTerms::new(calendar(true), target_us, percents, PauseReasons::NONE).unwrap_err()
    };
    assert_eq!(bad(0, &[]), ClockError::BadTarget { target_us: 0 });
    assert_eq!(bad(i64::MAX, &[]), ClockError::BadTarget { target_us: i64::MAX });
    for percents in [&[75, 50][..], &[50, 50], &[0], &[100], &[1, 2, 3, 4, 5, 6, 7, 8, 9]] {
        assert_eq!(bad(HOUR_US, percents), ClockError::BadWarnings, "{percents:?}");
    }
}

#[test]
fn events_and_states_have_a_plain_json_form() {
    let events = [
        ClockEvent::start(oct("09 16:00:00")),
        ClockEvent::pause_until(oct("09 17:00:00"), LaterWindow, oct("10 09:00:00")),
        ClockEvent::resume(oct("09 18:00:00"), LaterWindow),
        ClockEvent::retarget(oct("09 18:00:00"), RetargetCause::PolicyChange),
        ClockEvent::reached(oct("09 19:00:00")),
    ];
    let text = serde_json::to_string(&events).unwrap();
    let pause = r#"{"at":"2026-10-09T09:00:00Z","kind":"pause","reason":"later_window","until":"2026-10-10T01:00:00Z"}"#;
    assert!(text.contains(pause), "{text}");
    assert!(text.contains(r#"{"at":"2026-10-09T11:00:00Z","kind":"stop","outcome":"reached"}"#), "{text}");
    assert_eq!(serde_json::from_str::<Vec<ClockEvent>>(&text).unwrap(), events);
    let state = serde_json::to_value(replay(&events, &major(), oct("09 18:30:00")).unwrap()).unwrap();
    assert_eq!(state["status"], "running");
    assert_eq!(state["alerts"][0]["threshold"]["percent"], 50);
    assert_eq!(state["certainty"]["kind"], "published");
}
