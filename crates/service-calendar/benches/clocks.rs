//! Due instants a year ahead and a million clocks replayed, on one thread:
//! `cargo bench -p service-calendar`.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use jiff::{Timestamp, ToSpan};
use service_calendar::{
    ClockEvent, ClockStatus, ClockTerms, CompiledCalendar, DEFAULT_WARN_PERCENTS, HolidayYears, PauseReason,
    PauseReasons, ServiceCalendar, replay,
};

const HOUR_US: i64 = 3_600_000_000;
const CLOCKS: usize = 1_000_000;

fn main() {
    let years = HolidayYears::built_in();
    let zone = "Asia/Shanghai";
    let five_by_eight = ServiceCalendar::five_by_eight("phone", zone).unwrap();
    let round_the_clock = ServiceCalendar::round_the_clock("fault", zone).unwrap();
    let begun = Instant::now();
    let phone = Arc::new(CompiledCalendar::compile(&five_by_eight, &years).unwrap());
    println!("5x8 calendar prepared for 61 years: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3);
    let fault = Arc::new(CompiledCalendar::compile(&round_the_clock, &years).unwrap());

    let base: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let mut state = 1u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };

    // 248 working days of eight hours lie a year ahead.
    let starts: Vec<_> = (0..4096)
        .map(|_| {
            base.checked_add(jiff::SignedDuration::from_micros(random(365 * 86_400_000_000) as i64)).unwrap()
        })
        .collect();
    let rounds = 500;
    let begun = Instant::now();
    for _ in 0..rounds {
        for &start in &starts {
            black_box(phone.due_at(black_box(start), black_box(248 * 8 * HOUR_US)).unwrap());
        }
    }
    let each_ns = begun.elapsed().as_secs_f64() * 1e9 / (rounds * starts.len()) as f64;
    println!("due instant of a 5x8 clock a year ahead: {each_ns:.0} ns (goal 1000)");

    let pauses: PauseReasons = [PauseReason::WaitingCustomer, PauseReason::LaterWindow].into_iter().collect();
    let respond = ClockTerms::new(phone, 16 * HOUR_US, &DEFAULT_WARN_PERCENTS, pauses).unwrap();
    let arrive = ClockTerms::new(fault, 24 * HOUR_US, &DEFAULT_WARN_PERCENTS, pauses).unwrap();
    // Lists of two to six events: started, paused, resumed, paused until an instant, stopped; two in three are over.
    let lists: Vec<Vec<ClockEvent>> = (0..CLOCKS)
        .map(|nth| {
            let mut at = base.checked_add((random(600 * 86_400) as i64).seconds()).unwrap();
            let mut later = |seconds: u64| {
                at = at.checked_add((random(seconds) as i64 + 1).seconds()).unwrap();
                at
            };
            let mut events = vec![ClockEvent::start(later(60))];
            if nth % 2 == 0 {
                events.push(ClockEvent::pause(later(40_000), PauseReason::WaitingCustomer));
                events.push(ClockEvent::resume(later(90_000), PauseReason::WaitingCustomer));
            }
            if nth % 4 == 0 {
                let from = later(20_000);
                events.push(ClockEvent::pause_until(from, PauseReason::LaterWindow, later(90_000)));
            }
            if nth % 3 != 0 {
                events.push(ClockEvent::reached(later(90_000)));
            }
            events
        })
        .collect();
    let events: usize = lists.iter().map(Vec::len).sum();
    let now = base.checked_add(jiff::SignedDuration::from_hours(24 * 610)).unwrap();
    let begun = Instant::now();
    let mut met = 0;
    for (nth, events) in lists.iter().enumerate() {
        let terms = if nth % 5 < 2 { &respond } else { &arrive };
        met += usize::from(replay(events, terms, now).unwrap().status == ClockStatus::Met);
    }
    let took_s = begun.elapsed().as_secs_f64();
    println!("{CLOCKS} clocks replayed ({events} events, {met} met): {took_s:.2} s (goal 2)");
}
