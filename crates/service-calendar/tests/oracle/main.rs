//! Everything computed quickly is computed here again, slowly, minute by minute, from the definitions: the wall clock of
//! the zone, the lists and the week. The two share no code but the input types.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod slow;

use std::sync::Arc;

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use service_calendar::{
    Bilingual, CalendarSpec, ClockEvent, ClockEventKind, ClockTerms, CompiledCalendar, DayHours, ExtraOpen,
    HolidayRule, HolidayYears, HoursOf, OpenSpan, PauseReason, PauseReasons, ServiceCalendar, Threshold,
    TimeOfDay, WeeklyHours, replay, replay_tolerant,
};

use crate::slow::{Oracle, SlowClock, minutes_between, us_between};

const MINUTE_US: i64 = 60_000_000;

/// Instants worth starting from: holidays, make-up workdays, changes of clocks, turns of years, month ends.
const MOMENTS: [&str; 16] = [
    "2026-02-13T08:00:00Z", // Spring Festival and the Saturdays worked around it
    "2026-02-27T20:00:00Z",
    "2025-09-27T00:00:00Z", // National Day with mid-autumn
    "2026-09-30T09:50:00Z",
    "2026-10-09T09:59:00Z",
    "2018-12-28T00:00:00Z", // a notice that reached back into December
    "2026-12-24T00:00:00Z", // into a year without a list
    "2026-03-28T22:00:00Z", // Europe goes forward
    "2026-10-24T22:00:00Z", // Europe goes back
    "2026-03-08T04:00:00Z", // America goes forward
    "2026-11-01T03:00:00Z", // America goes back
    "2026-10-03T12:00:00Z", // Lord Howe goes forward by half an hour
    "2026-04-04T12:00:00Z", // Lord Howe goes back by half an hour
    "2011-12-29T08:00:00Z", // Samoa skips a day
    "2024-02-28T12:00:00Z",
    "2024-03-30T20:00:00Z", // Beirut skips midnight
];

const ZONES: [&str; 8] = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Asia/Beirut",
    "UTC",
];

fn time(minutes: u16) -> TimeOfDay {
    TimeOfDay::new(minutes / 60, minutes % 60).unwrap()
}

fn day_hours() -> impl Strategy<Value = DayHours> {
    let random = vec(0u16..=1440, 0..6).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts.dedup();
        let pairs = cuts.chunks_exact(2).map(|pair| OpenSpan { from: time(pair[0]), to: time(pair[1]) });
        DayHours::new(pairs.collect()).unwrap()
    });
    prop_oneof![3 => random, 1 => Just(DayHours::all_day()), 1 => Just(DayHours::closed())]
}

fn week() -> impl Strategy<Value = WeeklyHours> {
    let random = (day_hours(), day_hours(), day_hours(), day_hours(), day_hours(), day_hours(), day_hours())
        .prop_map(|(monday, tuesday, wednesday, thursday, friday, saturday, sunday)| {
            // Never a week without an hour.
            let monday = if monday.open_min() == 0 { DayHours::all_day() } else { monday };
            WeeklyHours { monday, tuesday, wednesday, thursday, friday, saturday, sunday }
        });
    prop_oneof![
        2 => Just(WeeklyHours::five_by_eight()),
        1 => Just(WeeklyHours::round_the_clock()),
        4 => random,
    ]
}

fn spec() -> impl Strategy<Value = CalendarSpec> {
    (
        select(&ZONES[..]),
        week(),
        any::<bool>(),
        select(&[HoursOf::Monday, HoursOf::Wednesday, HoursOf::Saturday][..]),
        day_hours(),
    )
        .prop_map(|(zone, hours, observe, makeup_hours, extra)| CalendarSpec {
            id: "random".into(),
            name: Bilingual { zh_cn: "随机".into(), en: None },
            zone: zone.into(),
            hours,
            holidays: if observe { HolidayRule::Observe } else { HolidayRule::Ignore },
            makeup_hours,
            extra_closed: vec![date(2026, 10, 10), date(2026, 3, 30)],
            extra_open: vec![ExtraOpen { date: date(2026, 2, 18), hours: extra }],
        })
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (select(&MOMENTS[..]), 0i64..4 * 24 * 60).prop_map(|(moment, minutes)| {
        moment.parse::<Timestamp>().unwrap().checked_add(minutes.minutes()).unwrap()
    })
}

fn compile(spec: &CalendarSpec) -> CompiledCalendar {
    let calendar = ServiceCalendar::try_from(spec.clone()).unwrap();
    CompiledCalendar::compile_years(&calendar, &HolidayYears::built_in(), 2010, 2030).unwrap()
}

const MOST_MINUTES: usize = 12 * 24 * 60;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_024) })]

    #[test]
    fn p37_open_and_next_change_equal_the_oracle(spec in spec(), at in moment(), us in 0..MINUTE_US) {
        let (fast, slow) = (compile(&spec), Oracle::new(&spec));
        let at = at.checked_add(us.microseconds()).unwrap();
        let open = slow.is_open(at);
        let got = fast.is_open(at).unwrap();
        prop_assert_eq!(got.value, open);
        prop_assert_eq!(got.certainty, slow.certainty(at, at));
        let change = minutes_between(at, Timestamp::MAX).take(MOST_MINUTES).find(|&(from, _)| slow.is_open(from) != open);
        if let Some((change, _)) = change {
            let got = fast.next_change(at).unwrap().unwrap();
            prop_assert_eq!((got.value.at, got.value.opens), (change, !open));
        } else if let Some(got) = fast.next_change(at).unwrap() {
            prop_assert!(us_between(at, got.value.at) >= (MOST_MINUTES as i64 - 1) * MINUTE_US);
        }
    }

    #[test]
    fn p37_working_time_equals_the_oracle(
        spec in spec(), from in moment(), us in 0..MINUTE_US, length_us in 0..10 * 24 * 60 * MINUTE_US,
    ) {
        let (fast, slow) = (compile(&spec), Oracle::new(&spec));
        let from = from.checked_add(us.microseconds()).unwrap();
        let to = from.checked_add(length_us.microseconds()).unwrap();
        let got = fast.working_us(from, to).unwrap();
        prop_assert_eq!(got.value, slow.working_us(from, to));
        prop_assert_eq!(got.certainty, slow.certainty(from, to));
        prop_assert_eq!(fast.working_us(to, from).unwrap().value, 0);
    }

    #[test]
    fn p37_due_instants_equal_the_oracle(
        spec in spec(), start in moment(), us in 0..MINUTE_US, whole in any::<bool>(), target_us in 0..48 * 60 * MINUTE_US,
    ) {
        let (fast, slow) = (compile(&spec), Oracle::new(&spec));
        // Whole minutes meet the edges of the hours, the others do not.
        let start = if whole { start } else { start.checked_add(us.microseconds()).unwrap() };
        let target_us = if whole { target_us / MINUTE_US * MINUTE_US } else { target_us };
        let got = fast.due_at(start, target_us).unwrap();
        if let Some(due) = slow.due_at(start, target_us, MOST_MINUTES) {
            prop_assert_eq!(got.value, due);
            prop_assert_eq!(got.certainty, slow.certainty(start, due));
        } else {
            prop_assert!(us_between(start, got.value) >= (MOST_MINUTES as i64 - 1) * MINUTE_US);
        }
    }

    #[test]
    fn p37_due_and_working_time_are_inverse(spec in spec(), start in moment(), target_us in 1..4_000 * 60 * MINUTE_US) {
        let fast = compile(&spec);
        if let Ok(due) = fast.due_at(start, target_us) {
            prop_assert_eq!(fast.working_us(start, due.value).unwrap().value, target_us);
            let before = due.value.checked_sub(1.microsecond()).unwrap();
            prop_assert_eq!(fast.working_us(start, before).unwrap().value, target_us - 1);
        }
    }

    #[test]
    fn p44_p45_clocks_with_pauses_equal_the_oracle(
        spec in spec(),
        start in moment(),
        steps in vec((select(&PauseReason::ALL[..]), 0i64..900, 0u8..4, 1i64..1_500), 0..8),
        stop_after in proptest::option::of(0i64..2_000),
        now_after in 0i64..2_000,
        target_us in MINUTE_US..24 * 60 * MINUTE_US,
        whole in any::<bool>(),
        honoured in vec(select(&PauseReason::ALL[..]), 0..4),
    ) {
        let target_us = if whole { target_us / MINUTE_US * MINUTE_US } else { target_us };
        let events = clock_events(start, &steps, stop_after);
        let last = events.last().map_or(start, |event| event.at);
        let now = last.checked_add(now_after.minutes()).unwrap();
        let pauses_on: PauseReasons = honoured.into_iter().collect();
        let terms = ClockTerms::new(Arc::new(compile(&spec)), target_us, &[50, 75, 90], pauses_on).unwrap();
        let state = replay(&events, &terms, now).unwrap();
        let slow = SlowClock::run(&Oracle::new(&spec), &events, target_us, pauses_on, now);
        prop_assert_eq!(state.elapsed_us, slow.elapsed_us);
        prop_assert_eq!(state.paused_us, slow.paused_us);
        prop_assert_eq!(state.remaining_us, (target_us - slow.elapsed_us).max(0));
        prop_assert_eq!(state.breached_at, slow.missed.map(|due| due.checked_add(1.microsecond()).unwrap()));
        prop_assert_eq!(state.status, slow.status);
        let reached: Vec<_> = state
            .alerts
            .iter()
            .filter(|alert| alert.reached && alert.threshold != Threshold::Breach)
            .map(|alert| alert.at)
            .collect();
        prop_assert_eq!(reached, slow.warned);
        if let Some(due) = slow.projected {
            prop_assert_eq!(state.projected_due_at, Some(due));
            prop_assert_eq!(state.due_at, (slow.missed.is_some() || !slow.paused).then_some(due));
        }
        // Every alert is reached exactly from its instant on.
        for alert in state.alerts.iter() {
            prop_assert_eq!(alert.reached, alert.at <= state.stopped_at.unwrap_or(now));
        }
        // A list in order is read the same by the tolerant rules, and so is a shuffled one.
        let tolerant = replay_tolerant(&events, &terms, now).unwrap();
        prop_assert_eq!((tolerant.state, tolerant.ignored.total(), tolerant.ignored.reordered), (state, 0, 0));
    }

    #[test]
    fn replaying_any_rubbish_never_panics_and_is_the_same_twice(
        spec in spec(),
        rubbish in vec((moment(), 0u8..6, select(&PauseReason::ALL[..]), moment()), 0..12),
        now in moment(),
    ) {
        let events: Vec<_> = rubbish
            .into_iter()
            .map(|(at, kind, reason, until)| match kind {
                0 => ClockEvent::start(at),
                1 => ClockEvent::pause(at, reason),
                2 => ClockEvent::pause_until(at, reason, until),
                3 => ClockEvent::resume(at, reason),
                4 => ClockEvent::reached(at),
                _ => ClockEvent::withdrawn(at),
            })
            .collect();
        let terms = ClockTerms::new(Arc::new(compile(&spec)), 60 * MINUTE_US, &[50], PauseReasons::NONE).unwrap();
        let strict = replay(&events, &terms, now);
        prop_assert_eq!(&strict, &replay(&events, &terms, now));
        let tolerant = replay_tolerant(&events, &terms, now).unwrap();
        if let Ok(state) = strict {
            prop_assert_eq!(state, tolerant.state);
        }
        let mut sorted = events;
        sorted.sort_by_key(|event| (event.at, event.kind != ClockEventKind::Start));
        let again = replay_tolerant(&sorted, &terms, now).unwrap();
        prop_assert_eq!(again.state, tolerant.state);
        prop_assert_eq!(again.ignored.total(), tolerant.ignored.total());
    }
}

/// A list the strict replay takes: each step waits, then pauses or resumes its reason as it can.
fn clock_events(
    start: Timestamp,
    steps: &[(PauseReason, i64, u8, i64)],
    stop_after: Option<i64>,
) -> Vec<ClockEvent> {
    let mut events = vec![ClockEvent::start(start)];
    let mut at = start;
    let mut pausing: Vec<(PauseReason, Timestamp)> = Vec::new();
    for &(reason, wait, kind, length) in steps {
        at = at.checked_add(wait.minutes()).unwrap();
        if let Some(nth) = pausing.iter().position(|&(other, until)| other == reason && until > at) {
            pausing.remove(nth);
            events.push(ClockEvent::resume(at, reason));
        } else if kind < 2 {
            pausing.push((reason, Timestamp::MAX));
            events.push(ClockEvent::pause(at, reason));
        } else {
            let until = at.checked_add(length.minutes()).unwrap();
            pausing.push((reason, until));
            events.push(ClockEvent::pause_until(at, reason, until));
        }
    }
    if let Some(wait) = stop_after {
        at = at.checked_add(wait.minutes()).unwrap();
        events.push(if wait % 5 == 0 { ClockEvent::withdrawn(at) } else { ClockEvent::reached(at) });
    }
    events
}
