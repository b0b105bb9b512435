//! The company's own promise: the figures every version starts from (promise.md, decision 10).

use coverage_rules::CoveragePolicy;
use kit::Both;
use service_calendar::{DEFAULT_WARN_PERCENTS, PauseReason, ServiceCalendar};

use crate::model::{
    ArrivalStart, BySeverity, CalendarKey, Calendars, EffectQuestion, Pauses, PolicyContent, Target, Targets,
};

/// The zone of the company's calendars.
pub const ZONE: &str = "Asia/Shanghai";

fn calendar(key: CalendarKey) -> ServiceCalendar {
    let made = match key {
        CalendarKey::FiveByEight => ServiceCalendar::five_by_eight(key.name(), ZONE),
        CalendarKey::RoundTheClock => ServiceCalendar::round_the_clock(key.name(), ZONE),
    };
    #[allow(clippy::expect_used)] // a constant zone and id; a test makes both
    made.expect("the default calendars stand")
}

fn both(minutes: u32, calendar: CalendarKey) -> BySeverity {
    let target = Some(Target { minutes, calendar });
    BySeverity { major: target, normal: target }
}

fn question(code: &str, zh: &str, en: &str, major_if: bool, why_zh: &str, why_en: &str) -> EffectQuestion {
    EffectQuestion {
        code: code.into(),
        question: Both::new(zh, en),
        major_if,
        reason: Both::new(why_zh, why_en),
    }
}

impl Default for PolicyContent {
    fn default() -> Self {
        let round_the_clock = CalendarKey::RoundTheClock;
        let arrive = |minutes| Some(Target { minutes, calendar: round_the_clock });
        Self {
            calendars: Calendars {
                five_by_eight: calendar(CalendarKey::FiveByEight),
                round_the_clock: calendar(round_the_clock),
            },
            targets: Targets {
                respond_fault: both(15, round_the_clock),
                respond_consultation: both(30, CalendarKey::FiveByEight),
                arrive: BySeverity { major: arrive(4 * 60), normal: arrive(24 * 60) },
                restore: BySeverity { major: None, normal: None },
            },
            warn_percents: DEFAULT_WARN_PERCENTS.to_vec(),
            pauses: Pauses {
                respond: vec![PauseReason::WaitingCustomer],
                arrive: vec![PauseReason::LaterWindow],
                restore: vec![PauseReason::WaitingCustomer],
            },
            arrival_start: ArrivalStart::OnsiteAgreed,
            phone_exception: true,
            follow_up_working_days: 3,
            effect_questions: vec![
                question(
                    "can_pass",
                    "车辆或人员还能通行吗?",
                    "Can vehicles and people still pass?",
                    false,
                    "车辆或人员无法通行",
                    "Vehicles or people can't pass",
                ),
                question(
                    "all_lanes",
                    "所有车道或出入口都受影响吗?",
                    "Are all lanes and exits affected?",
                    true,
                    "所有车道或出入口都受影响",
                    "All lanes and exits are affected",
                ),
                question(
                    "safety_risk",
                    "是否危及人身或财产安全?",
                    "Is anyone or anything in danger?",
                    true,
                    "危及人身或财产安全",
                    "People or property are in danger",
                ),
                question(
                    "takings_stopped",
                    "收费或记录是否完全中断?",
                    "Have charging and records stopped altogether?",
                    true,
                    "收费或记录完全中断",
                    "Charging and records have stopped",
                ),
            ],
            window_minutes: 120,
            complaint_working_days: 3,
            hand_over_limit: 2,
            hand_over_answer_minutes: 60,
            idle_minutes: 4 * 60,
            reveals_per_day: 20,
            coverage: CoveragePolicy::default(),
        }
    }
}
