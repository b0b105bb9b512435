//! Clocks as records: one per promise, append-only events, the state always derived.

use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use service_calendar::{ClockTermsSpec, PauseReason};
use utoipa::ToSchema;

use crate::model::{Promise, RequestClass, Severity};

kit::id_type!(
    /// Id of a clock.
    ClockId
);

/// A clock to start.
#[derive(Clone, Debug)]
pub struct ClockStart {
    /// Whose clock, e.g. `case`, `follow_up`.
    pub subject_type: &'static str,
    /// Which one.
    pub subject_id: String,
    /// The record on whose timeline its events stand.
    pub thread_id: String,
    /// The unit that owns the record.
    pub unit_id: Option<String>,
    /// The county of its site: the clock follows when it moves.
    pub division_code: Option<String>,
    /// The customer concerned.
    pub customer_id: Option<String>,
    /// What it measures.
    pub promise: Promise,
    /// What was asked for.
    pub class: RequestClass,
    /// How grave it is.
    pub severity: Severity,
    /// The version in force at the report (decision 10).
    pub policy_version: i64,
    /// Terms other than the version's, e.g. of an agreement (P29).
    pub terms: Option<ClockTermsSpec>,
    /// From when it counts; not later than now.
    pub at: Ts,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockStatus {
    /// 计时中
    Running,
    /// 已暂停
    Paused,
    /// 已达成
    Met,
    /// 未达成; still running while `stopped_at` is absent.
    Missed,
    /// 已取消: the promise fell away.
    Stopped,
}

/// A clock as shown: derived from its events at the instant of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClockView {
    /// Its id.
    pub id: ClockId,
    /// What it measures.
    pub promise: Promise,
    /// How it stands.
    pub status: ClockStatus,
    /// The name of the calendar whose time counts.
    pub calendar_name: Both,
    /// Whether only working time counts (工作时间), or all time (自然时间).
    pub working_time: bool,
    /// From when it counts.
    pub started_at: Ts,
    /// The due instant, itself in time; absent while paused without a known end.
    pub due_at: Option<Ts>,
    /// Seconds left of the calendar's time; negative once overdue.
    pub remaining_s: i64,
    /// Seconds used of the calendar's time.
    pub elapsed_s: i64,
    /// Seconds promised.
    pub target_s: i64,
    /// Why it stands still, if it does.
    #[schema(value_type = Option<String>)]
    pub paused_reason: Option<PauseReason>,
    /// When the pause ends by itself, if that is known.
    pub paused_until: Option<Ts>,
    /// When it ended.
    pub stopped_at: Option<Ts>,
    /// The first instant at which the promise was broken.
    pub breached_at: Option<Ts>,
    /// Leans on a year whose holidays aren't published yet (decision 12).
    pub provisional: bool,
    /// The severity whose target counts.
    pub severity: Severity,
    /// The policy version whose terms count.
    pub policy_version: i64,
    /// What the clock was before its terms changed, oldest first (P45).
    pub history: Vec<ClockEraView>,
}

/// A clock under earlier terms.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClockEraView {
    /// The severity.
    pub severity: Severity,
    /// The policy version.
    pub policy_version: i64,
    /// Seconds promised.
    pub target_s: i64,
    /// The due instant under those terms.
    pub due_at: Option<Ts>,
    /// Whether the promise was broken already when the terms changed.
    pub breached_at: Option<Ts>,
    /// When the terms changed.
    pub until: Option<Ts>,
}

/// A stored clock that its events contradict (invariant 8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClockMismatch {
    /// The clock.
    pub clock_id: ClockId,
    /// What differs.
    pub field: &'static str,
    /// What is stored.
    pub stored: String,
    /// What the events give.
    pub computed: String,
}
