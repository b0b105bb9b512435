//! The service promise as data.

use std::collections::BTreeMap;

use coverage_rules::CoveragePolicy;
use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use service_calendar::{PauseReason, ServiceCalendar};
use utoipa::ToSchema;

kit::names! {
    /// How grave a fault is (decision 3), by its effect on use (P45).
    Severity {
        /// 重要
        Major = "major",
        /// 一般
        Normal = "normal",
    }
}

kit::names! {
    /// What a clock measures.
    Promise {
        /// 响应: somebody answers (P37, P39).
        Respond = "respond",
        /// 到场: an engineer is on site (P44, P45).
        Arrive = "arrive",
        /// 恢复: it works again.
        Restore = "restore",
        /// 回访: the follow-up call is made (P13).
        FollowUp = "follow_up",
        /// 投诉答复: a complaint is answered (P65).
        AnswerComplaint = "answer_complaint",
        /// 返厂周转: a part is back from the depot (P50).
        DepotTurnaround = "depot_turnaround",
    }
}

kit::names! {
    /// What is asked for, as far as the promise makes a difference: faults are taken round the clock (P39), the rest in
    /// phone support's hours (P37).
    RequestClass {
        /// 故障申告
        Fault = "fault",
        /// 咨询等
        Consultation = "consultation",
    }
}

kit::names! {
    /// A calendar of the policy.
    CalendarKey {
        /// 5×8
        FiveByEight = "five_by_eight",
        /// 7×24
        RoundTheClock = "round_the_clock",
    }
}

kit::names! {
    /// Where the arrival clock begins (decision 10).
    ArrivalStart {
        /// The moment both sides agreed to a visit.
        OnsiteAgreed = "onsite_agreed",
        /// The moment of the report.
        Reported = "reported",
    }
}

/// The calendars of the promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendars {
    /// Phone support (P37).
    #[schema(value_type = Object)]
    pub five_by_eight: ServiceCalendar,
    /// Fault reports and visits (P39, P44).
    #[schema(value_type = Object)]
    pub round_the_clock: ServiceCalendar,
}

impl Calendars {
    /// The calendar of this name.
    #[must_use]
    pub fn get(&self, key: CalendarKey) -> &ServiceCalendar {
        match key {
            CalendarKey::FiveByEight => &self.five_by_eight,
            CalendarKey::RoundTheClock => &self.round_the_clock,
        }
    }
}

/// How long a promise may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Minutes of the calendar's time.
    #[schema(minimum = 1, maximum = 5_270_400)]
    pub minutes: u32,
    /// Whose time counts.
    pub calendar: CalendarKey,
}

/// One target for each severity; none promises nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BySeverity {
    /// For major faults.
    #[serde(default)]
    pub major: Option<Target>,
    /// For normal ones.
    #[serde(default)]
    pub normal: Option<Target>,
}

impl BySeverity {
    /// The target of a severity.
    #[must_use]
    pub fn get(self, severity: Severity) -> Option<Target> {
        match severity {
            Severity::Major => self.major,
            Severity::Normal => self.normal,
        }
    }
}

/// The times promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Answer to a fault report: 15 minutes, 7×24 (decision 10).
    pub respond_fault: BySeverity,
    /// Answer to anything else: 30 working minutes, 5×8 (decision 10).
    pub respond_consultation: BySeverity,
    /// On site: 4 h major, 24 h normal, 7×24 (P44, P45).
    pub arrive: BySeverity,
    /// Working again: nothing promised (decision 10).
    pub restore: BySeverity,
}

/// What makes each clock stand still (decision 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pauses {
    /// Pauses of the response clock.
    #[schema(value_type = Vec<String>)]
    pub respond: Vec<PauseReason>,
    /// Pauses of the arrival clock; never for parts.
    #[schema(value_type = Vec<String>)]
    pub arrive: Vec<PauseReason>,
    /// Pauses of the restore clock.
    #[schema(value_type = Vec<String>)]
    pub restore: Vec<PauseReason>,
}

/// A question about the effect of a fault, with a yes or no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectQuestion {
    /// Stable name, e.g. `people_pass`.
    pub code: String,
    /// What the agent asks.
    pub question: Both,
    /// The answer that makes the fault major.
    pub major_if: bool,
    /// Why it does, for the timeline and the customer.
    pub reason: Both,
}

/// One version of the service promise; [`Default`] is the company's own (promise.md).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyContent {
    /// Whose hours count.
    pub calendars: Calendars,
    /// The times promised.
    pub targets: Targets,
    /// When a clock warns, in percent of its target (P44).
    pub warn_percents: Vec<u8>,
    /// What makes clocks stand still.
    pub pauses: Pauses,
    /// Where the arrival clock begins.
    pub arrival_start: ArrivalStart,
    /// Whether a visit may be agreed to without trying the phone, with a reason (P41).
    #[serde(default)]
    pub phone_exception: bool,
    /// Minutes of a window that a customer is promised for an arrival (P8, P42).
    #[serde(default = "window_minutes")]
    #[schema(minimum = 30, maximum = 720)]
    pub window_minutes: u32,
    /// Working days from completion within which the follow-up call is due (P13).
    #[schema(minimum = 1, maximum = 30)]
    pub follow_up_working_days: u16,
    /// Working days from its report within which a complaint is answered (P65).
    #[serde(default = "complaint_working_days")]
    #[schema(minimum = 1, maximum = 30)]
    pub complaint_working_days: u16,
    /// Questions whose answers give the severity (P45).
    pub effect_questions: Vec<EffectQuestion>,
    /// Hand-overs of a case after which it escalates (P10).
    #[schema(minimum = 1, maximum = 20)]
    pub hand_over_limit: u16,
    /// Minutes an offered hand-over waits for its answer before it goes back (P10).
    #[serde(default = "hand_over_answer_minutes")]
    #[schema(minimum = 5, maximum = 10080)]
    pub hand_over_answer_minutes: u32,
    /// Minutes without a step after which a case escalates (P10).
    #[schema(minimum = 5, maximum = 43200)]
    pub idle_minutes: u32,
    /// Masked numbers a person may see in a day (P68).
    #[schema(minimum = 1, maximum = 1000)]
    pub reveals_per_day: u32,
    /// Warranty, exclusions, who pays (P28-P35, P49, P53, P55, P74).
    #[schema(value_type = Object)]
    pub coverage: CoveragePolicy,
}

// What versions say that were made before the number was there.
const fn hand_over_answer_minutes() -> u32 {
    60
}

const fn window_minutes() -> u32 {
    120
}

const fn complaint_working_days() -> u16 {
    3
}

/// A stored version of the promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its number, from 1.
    pub version: i64,
    /// From when it is in force.
    pub valid_from: Ts,
    /// What it says.
    pub content: PolicyContent,
}

/// The severity that answers give, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeverityVerdict {
    /// Major if one answer makes it so.
    pub severity: Severity,
    /// Why, one sentence per question that decided.
    pub reasons: Vec<SeverityReason>,
    /// Questions without an answer.
    pub unanswered: Vec<String>,
}

/// One reason of a severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeverityReason {
    /// The question; none for "no answer makes it major".
    pub question: Option<String>,
    /// In words.
    pub text: Both,
}

/// Answers to effect questions, by code.
pub type EffectAnswers = BTreeMap<String, bool>;
