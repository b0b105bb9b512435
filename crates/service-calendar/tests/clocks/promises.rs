//! Cases with their edges, named by the promise or decision they prove.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use service_calendar::PauseReason::{LaterWindow, WaitingCustomer, WaitingParts};
use service_calendar::{
    Certainty, ClockError, ClockEvent, ClockStatus, ClockTerms, CompiledCalendar, HolidayYears, PauseReasons,
    RetargetCause, ServiceCalendar, replay, replay_history, with_start,
};

use crate::{HOUR_US, MINUTE_US, alerts, major, normal, oct, respond, terms};

#[test]
fn p44_exactly_four_hours_is_kept() {
    let start = ClockEvent::start(oct("09 16:40:00"));
    let cases = [
        ("09 20:39:59.999999", ClockStatus::Met),
        ("09 20:40:00", ClockStatus::Met),
        ("09 20:40:00.000001", ClockStatus::Missed),
        ("09 20:40:01", ClockStatus::Missed),
    ];
    for (arrival, status) in cases {
        let state =
            replay(&[start, ClockEvent::reached(oct(arrival))], &major(), oct("10 09:00:00")).unwrap();
        assert_eq!(state.status, status, "{arrival}");
        assert_eq!(state.due_at, Some(oct("09 20:40:00")));
        assert_eq!(state.stopped_at, Some(oct(arrival)));
        let broken = (status == ClockStatus::Missed).then(|| oct("09 20:40:00.000001"));
        assert_eq!(state.breached_at, broken, "{arrival}");
    }
}

#[test]
fn p45_exactly_twenty_four_hours_is_kept() {
    let start = ClockEvent::start(oct("09 16:40:00"));
    for (arrival, status) in [("10 16:40:00", ClockStatus::Met), ("10 16:40:00.000001", ClockStatus::Missed)]
    {
        let state =
            replay(&[start, ClockEvent::reached(oct(arrival))], &normal(), oct("20 00:00:00")).unwrap();
        assert_eq!(state.status, status, "{arrival}");
    }
}

#[test]
fn p44_runs_through_nights_weekends_and_holidays() {
    let events = [ClockEvent::start(oct("01 22:30:00"))];
    let state = replay(&events, &major(), oct("02 00:30:00")).unwrap();
    assert_eq!(
        (state.status, state.elapsed_us, state.remaining_us),
        (ClockStatus::Running, 2 * HOUR_US, 2 * HOUR_US)
    );
    assert_eq!((state.due_at, state.certainty), (Some(oct("02 02:30:00")), Certainty::Published));
}

#[test]
fn p44_alerts_at_50_75_90_percent_and_breach() {
    let events = [ClockEvent::start(oct("09 16:00:00"))];
    let at = |now: &str| alerts(&replay(&events, &major(), oct(now)).unwrap());
    let wanted = |reached: usize| {
        [
            (Some(50), "09 18:00:00"),
            (Some(75), "09 19:00:00"),
            (Some(90), "09 19:36:00"),
            (None, "09 20:00:00.000001"),
        ]
        .into_iter()
        .enumerate()
        .map(|(nth, (percent, when))| (percent, oct(when), nth < reached))
        .collect::<Vec<_>>()
    };
    assert_eq!(at("09 17:59:59.999999"), wanted(0));
    assert_eq!(at("09 18:00:00"), wanted(1));
    assert_eq!(at("09 19:00:00"), wanted(2));
    assert_eq!(at("09 19:36:00"), wanted(3));
    assert_eq!(at("09 20:00:00"), wanted(3));
    assert_eq!(at("09 20:00:00.000001"), wanted(4)); // a timer set to the alert's instant finds it reached
    assert_eq!(at("12 00:00:00"), wanted(4));
    // Once it has ended, only what came stands there.
    let ended = [events[0], ClockEvent::reached(oct("09 19:10:00"))];
    assert_eq!(alerts(&replay(&ended, &major(), oct("12 00:00:00")).unwrap()), wanted(2)[..2]);
}

#[test]
fn p44_a_clock_past_its_due_instant_is_overdue() {
    let events = [ClockEvent::start(oct("09 16:00:00"))];
    let state = |now: &str| replay(&events, &major(), oct(now)).unwrap();
    assert_eq!(state("09 20:00:00").status, ClockStatus::Running);
    let late = state("09 21:00:00");
    assert_eq!((late.status, late.elapsed_us, late.remaining_us), (ClockStatus::Overdue, 5 * HOUR_US, 0));
    assert_eq!((late.due_at, late.breached_at), (Some(oct("09 20:00:00")), Some(oct("09 20:00:00.000001"))));
    // What has not happened yet does not count: the state as of an earlier instant.
    let ended = [events[0], ClockEvent::reached(oct("09 20:30:00"))];
    assert_eq!(replay(&ended, &major(), oct("09 20:15:00")).unwrap().status, ClockStatus::Overdue);
    assert_eq!(replay(&ended, &major(), oct("09 15:00:00")).unwrap().status, ClockStatus::NotStarted);
}

#[test]
fn p45_a_change_of_severity_counts_from_the_same_start_and_keeps_the_old_clock() {
    let (normal, major) = (normal(), major());
    let events = [
        ClockEvent::start(oct("09 08:00:00")),
        ClockEvent::retarget(oct("09 10:00:00"), RetargetCause::SeverityChange),
        ClockEvent::reached(oct("09 11:50:00")),
    ];
    let eras = replay_history(&events, &[&normal, &major], oct("10 00:00:00")).unwrap();
    assert_eq!(eras.len(), 2);
    assert_eq!((eras[0].cause, eras[0].until), (None, Some(oct("09 10:00:00"))));
    assert_eq!(
        (eras[0].state.status, eras[0].state.due_at),
        (ClockStatus::Running, Some(oct("10 08:00:00")))
    );
    assert_eq!((eras[1].cause, eras[1].until), (Some(RetargetCause::SeverityChange), None));
    assert_eq!((eras[1].state.status, eras[1].state.due_at), (ClockStatus::Met, Some(oct("09 12:00:00"))));
    assert_eq!(eras[1].state.retargets, 1);
    // Raised after the shorter target has run out: broken since then, though the old clock was fine.
    let late = [events[0], ClockEvent::retarget(oct("09 13:00:00"), RetargetCause::SeverityChange)];
    let eras = replay_history(&late, &[&normal, &major], oct("09 13:00:00")).unwrap();
    assert_eq!((eras[0].state.status, eras[1].state.status), (ClockStatus::Running, ClockStatus::Overdue));
    assert_eq!(eras[1].state.breached_at, Some(oct("09 12:00:00.000001")));
    // And back again: the breach of the major clock stays in history.
    let back = [events[0], late[1], ClockEvent::retarget(oct("09 14:00:00"), RetargetCause::SeverityChange)];
    let eras = replay_history(&back, &[&normal, &major, &normal], oct("09 15:00:00")).unwrap();
    assert_eq!(eras[1].state.breached_at, Some(oct("09 12:00:00.000001")));
    assert_eq!((eras[2].state.status, eras[2].state.breached_at), (ClockStatus::Running, None));
    // As of an instant before the change only the first terms have been in force.
    assert_eq!(replay_history(&events, &[&normal, &major], oct("09 09:00:00")).unwrap().len(), 1);
    let missing = replay_history(&events, &[&normal], oct("09 09:00:00")).unwrap_err();
    assert_eq!(missing, ClockError::TermsMissing { needed: 2, given: 1 });
}

#[test]
fn p44_the_same_events_judged_under_another_policy() {
    let events = [ClockEvent::start(oct("09 16:00:00")), ClockEvent::reached(oct("09 21:00:00"))];
    let now = oct("12 00:00:00");
    assert_eq!(replay(&events, &major(), now).unwrap().status, ClockStatus::Missed);
    assert_eq!(replay(&events, &terms(true, 6 * HOUR_US, &[]), now).unwrap().status, ClockStatus::Met);
    // 16:00-18:00 are two working hours.
    let office_hours = replay(&events, &terms(false, 4 * HOUR_US, &[]), now).unwrap();
    assert_eq!((office_hours.status, office_hours.elapsed_us), (ClockStatus::Met, 2 * HOUR_US));
}

#[test]
fn p44_counted_from_the_report_beside_the_agreement() {
    let agreed = [ClockEvent::start(oct("09 16:40:00")), ClockEvent::reached(oct("09 20:30:00"))];
    let reported = with_start(&agreed, oct("09 16:00:00"));
    let now = oct("10 00:00:00");
    assert_eq!(replay(&agreed, &major(), now).unwrap().status, ClockStatus::Met);
    let state = replay(&reported, &major(), now).unwrap();
    assert_eq!((state.status, state.due_at), (ClockStatus::Missed, Some(oct("09 20:00:00"))));
}

#[test]
fn d10_a_later_window_pauses_arrival_until_it_opens_and_both_results_are_known() {
    let events = [
        ClockEvent::start(oct("09 16:00:00")),
        ClockEvent::pause_until(oct("09 17:00:00"), LaterWindow, oct("10 09:00:00")),
        ClockEvent::reached(oct("10 12:00:00")),
    ];
    let paused = replay(&events, &major(), oct("09 20:00:00")).unwrap();
    assert_eq!((paused.status, paused.due_at), (ClockStatus::Paused, None));
    assert_eq!(paused.projected_due_at, Some(oct("10 12:00:00")));
    assert_eq!(paused.paused_until, Some(oct("10 09:00:00")));
    assert!(paused.paused_by.contains(LaterWindow) && !paused.paused_by.contains(WaitingParts));
    assert_eq!(alerts(&paused)[0], (Some(50), oct("10 10:00:00"), false)); // known, because the window is
    // At the opening it runs again by itself.
    assert_eq!(replay(&events, &major(), oct("10 08:59:59.999999")).unwrap().status, ClockStatus::Paused);
    let open = replay(&events, &major(), oct("10 09:00:00")).unwrap();
    assert_eq!((open.status, open.due_at), (ClockStatus::Running, Some(oct("10 12:00:00"))));
    let met = replay(&events, &major(), oct("11 00:00:00")).unwrap();
    assert_eq!((met.status, met.elapsed_us, met.paused_us), (ClockStatus::Met, 4 * HOUR_US, 16 * HOUR_US));
    // The other result: without the pause it was missed.
    let plain = replay(&events, &major().without_pauses(), oct("11 00:00:00")).unwrap();
    assert_eq!((plain.status, plain.due_at), (ClockStatus::Missed, Some(oct("09 20:00:00"))));
}

#[test]
fn d10_arriving_before_the_later_window_is_kept() {
    let events = [
        ClockEvent::start(oct("09 16:00:00")),
        ClockEvent::pause_until(oct("09 17:00:00"), LaterWindow, oct("10 09:00:00")),
        ClockEvent::reached(oct("10 08:30:00")),
    ];
    let state = replay(&events, &major(), oct("11 00:00:00")).unwrap();
    assert_eq!((state.status, state.elapsed_us, state.due_at), (ClockStatus::Met, HOUR_US, None));
}

#[test]
fn d10_a_window_moved_again_is_a_resume_and_a_new_pause() {
    let events = [
        ClockEvent::start(oct("09 16:00:00")),
        ClockEvent::pause_until(oct("09 17:00:00"), LaterWindow, oct("10 09:00:00")),
        ClockEvent::resume(oct("09 18:00:00"), LaterWindow),
        ClockEvent::pause_until(oct("09 18:00:00"), LaterWindow, oct("11 09:00:00")),
    ];
    let state = replay(&events, &major(), oct("10 12:00:00")).unwrap();
    assert_eq!((state.status, state.projected_due_at), (ClockStatus::Paused, Some(oct("11 12:00:00"))));
    // After it ended by itself a resume changes nothing, and a new pause is possible.
    let more = [events[0], events[1], ClockEvent::resume(oct("10 09:30:00"), LaterWindow)];
    assert_eq!(replay(&more, &major(), oct("10 10:00:00")).unwrap().elapsed_us, 2 * HOUR_US);
    let again = [events[0], events[1], ClockEvent::pause(oct("10 09:30:00"), LaterWindow)];
    assert_eq!(replay(&again, &major(), oct("10 10:00:00")).unwrap().elapsed_us, HOUR_US + HOUR_US / 2);
}

#[test]
fn d10_waiting_for_parts_or_the_customer_never_pauses_arrival() {
    let events = [
        ClockEvent::start(oct("09 16:00:00")),
        ClockEvent::pause(oct("09 16:30:00"), WaitingParts),
        ClockEvent::pause(oct("09 17:00:00"), WaitingCustomer),
    ];
    let state = replay(&events, &major(), oct("09 20:00:01")).unwrap();
    assert_eq!((state.status, state.paused_us), (ClockStatus::Overdue, 0));
    // The same facts pause a response.
    let state = replay(&events, &respond(), oct("09 17:30:00")).unwrap();
    assert_eq!((state.status, state.breached_at), (ClockStatus::Paused, Some(oct("09 16:30:00.000001"))));
}

#[test]
fn d10_reasons_overlap_and_the_clock_stands_while_one_lasts() {
    let both = terms(true, 4 * HOUR_US, &[WaitingCustomer, LaterWindow]);
    let events = [
        ClockEvent::start(oct("09 08:00:00")),
        ClockEvent::pause(oct("09 09:00:00"), WaitingCustomer),
        ClockEvent::pause_until(oct("09 10:00:00"), LaterWindow, oct("09 14:00:00")),
        ClockEvent::resume(oct("09 11:00:00"), WaitingCustomer),
    ];
    let state = replay(&events, &both, oct("09 15:00:00")).unwrap();
    assert_eq!((state.elapsed_us, state.paused_us), (2 * HOUR_US, 5 * HOUR_US));
    assert_eq!(state.due_at, Some(oct("09 17:00:00")));
    // With no end in sight nothing is foretold but what was reached.
    let state = replay(&events[..2], &both, oct("09 09:30:00")).unwrap();
    assert_eq!((state.due_at, state.projected_due_at), (None, Some(oct("09 12:30:00"))));
    assert!(state.alerts.is_empty() && state.paused_until.is_none());
}

#[test]
fn p37_response_clock_over_a_weekend_and_a_break() {
    let events = [ClockEvent::start(oct("10 17:50:00"))]; // Saturday worked; Monday is the 12th
    let state = replay(&events, &respond(), oct("11 12:00:00")).unwrap();
    assert_eq!(
        (state.status, state.elapsed_us, state.due_at),
        (ClockStatus::Running, 10 * MINUTE_US, Some(oct("12 09:20:00")))
    );
    let at: Vec<_> = state.alerts.iter().map(|alert| alert.at).collect();
    assert_eq!(at, [oct("12 09:05:00"), oct("12 09:12:30"), oct("12 09:17:00"), oct("12 09:20:00.000001")]);
    // Answered at the weekend: ten of thirty minutes used.
    let answered = [events[0], ClockEvent::reached(oct("11 12:00:00"))];
    assert_eq!(replay(&answered, &respond(), oct("12 12:00:00")).unwrap().status, ClockStatus::Met);
}

#[test]
fn p37_due_at_closing_time_means_closing_time() {
    let events = [ClockEvent::start(oct("10 17:30:00"))];
    let state = |stop: &str| {
        replay(&[events[0], ClockEvent::reached(oct(stop))], &respond(), oct("20 00:00:00")).unwrap().status
    };
    assert_eq!(state("10 18:00:00"), ClockStatus::Met);
    // The promise named 18:00, so an answer on Sunday is late although no working minute passed.
    assert_eq!(state("11 10:00:00"), ClockStatus::Missed);
    // Paused exactly when due: not broken; it goes on with nothing left.
    let paused = [
        events[0],
        ClockEvent::pause(oct("10 18:00:00"), WaitingCustomer),
        ClockEvent::resume(oct("12 10:00:00"), WaitingCustomer),
    ];
    let state = replay(&paused, &respond(), oct("12 10:00:00")).unwrap();
    assert_eq!(
        (state.status, state.due_at, state.remaining_us),
        (ClockStatus::Running, Some(oct("12 10:00:00")), 0)
    );
    let state = replay(&paused, &respond(), oct("12 10:00:01")).unwrap();
    assert_eq!((state.status, state.breached_at), (ClockStatus::Overdue, Some(oct("12 10:00:00.000001"))));
}

#[test]
fn d12_a_clock_into_a_year_without_a_list_is_provisional_until_the_import() {
    let spec = ServiceCalendar::five_by_eight("phone", "Asia/Shanghai").unwrap();
    let bind = |years: &HolidayYears| {
        let calendar = Arc::new(CompiledCalendar::compile(&spec, years).unwrap());
        ClockTerms::new(calendar, 10 * HOUR_US, &[], PauseReasons::NONE).unwrap()
    };
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let events = [ClockEvent::start(at("2026-12-31T13:00:00+08:00"))];
    let now = at("2026-12-31T14:00:00+08:00");
    let before = replay(&events, &bind(&HolidayYears::built_in()), now).unwrap();
    assert_eq!(before.due_at, Some(at("2027-01-01T15:00:00+08:00")));
    assert_eq!(before.certainty, Certainty::Provisional { year: 2027 });
    let years = HolidayYears::built_in().with_year(2027, [date(2027, 1, 1)], []).unwrap();
    let after = replay(&events, &bind(&years), now).unwrap();
    assert_eq!(after.due_at, Some(at("2027-01-04T15:00:00+08:00")));
    assert_eq!(after.certainty, Certainty::Published);
}
