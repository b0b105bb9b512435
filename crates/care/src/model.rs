//! Follow-up calls, their script and what customers say.

use std::collections::BTreeMap;

use cases::CaseId;
use customers::{ContactId, CustomerId, SiteId};
use kit::{Both, Ts};
use organisation::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::id_type!(
    /// Id of a follow-up.
    FollowUpId
);

kit::names! {
    /// How far a follow-up has come.
    FollowUpState {
        /// 待回访
        Due = "due",
        /// 回访中
        Calling = "calling",
        /// 已回访
        Done = "done",
        /// 已取消: the case went on before.
        Cancelled = "cancelled",
    }
}

kit::names! {
    /// What came of it.
    FollowUpResult {
        /// 已解决: the case is closed.
        Solved = "solved",
        /// 未解决: the case is open again.
        NotSolved = "not_solved",
        /// 未联系上: nobody was reached in several attempts; the case is closed.
        NotReached = "not_reached",
    }
}

kit::names! {
    /// How the fault was mended: some questions are about visits only.
    How {
        /// By phone.
        Remote = "remote",
        /// On site.
        Onsite = "onsite",
    }
}

kit::names! {
    /// What a question is answered with.
    QuestionKind {
        /// Yes or no.
        YesNo = "yes_no",
        /// 1 to 5, 5 the best.
        Score = "score",
    }
}

kit::names! {
    /// By what satisfaction is grouped.
    SatisfactionBy {
        /// By who did the work.
        Engineer = "engineer",
        /// By the owning unit.
        Unit = "unit",
    }
}

/// A question of the script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// Stable name: `solved`, `on_time`, `uniform_badge`, `integrity`, `satisfaction`.
    pub code: String,
    /// What it is answered with.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: Both,
    /// The yes or no that a branch manager must look at, if there is one.
    pub concern_if: Option<bool>,
}

/// A follow-up as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Its id.
    pub id: FollowUpId,
    /// `HF20261122-0001`.
    pub number: String,
    /// The case.
    pub case_id: CaseId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Where.
    pub site_id: SiteId,
    /// Who is called.
    pub contact_id: Option<ContactId>,
    /// The owning unit.
    pub unit_id: UnitId,
    /// The unit it was raised to.
    pub second_unit_id: Option<UnitId>,
    /// The site's division.
    pub division_code: Option<String>,
    /// Who did the work.
    pub served_by: Option<String>,
    /// How it was mended.
    pub how: How,
    /// How far it has come.
    pub state: FollowUpState,
    /// The questions.
    pub script: Vec<Question>,
    /// When it is due (P13).
    pub due_at: Ts,
    /// When to call next.
    pub next_at: Ts,
    /// Attempts so far.
    pub attempts: i64,
    /// Who calls or called.
    pub caller_id: Option<String>,
    /// Since when they call.
    pub started_at: Option<Ts>,
    /// What came of it.
    pub result: Option<FollowUpResult>,
    /// The score (P7).
    pub rating: Option<i64>,
    /// The answers, by question.
    pub answers: BTreeMap<String, bool>,
    /// What the customer said.
    pub comment: Option<String>,
    /// An answer that a branch manager must look at.
    pub concern: bool,
    /// The complaint that a low score opened (P65).
    pub complaint_case_id: Option<CaseId>,
    /// When it was planned.
    pub created_at: Ts,
    /// When it was done.
    pub done_at: Option<Ts>,
    /// Version.
    pub version: i64,
}

/// A call that is owed, as the customer may answer it without being called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The follow-up.
    pub id: FollowUpId,
    /// What is asked, in order.
    pub script: Vec<Question>,
}

/// What a customer thinks while the engineer is there.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateVisit {
    /// 1 to 5, 5 the best.
    #[schema(minimum = 1, maximum = 5)]
    pub rating: i64,
    /// In their words.
    #[serde(default)]
    pub comment: Option<String>,
}

/// That a score is kept: the score itself is not told to who did the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RatingKept {
    /// When the customer gave it.
    pub at: Ts,
}

/// A score that a customer gave while the engineer was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OnSiteRating {
    /// 1 to 5, 5 the best.
    pub rating: i64,
    /// In their words.
    pub comment: Option<String>,
    /// When.
    pub at: Ts,
}

/// A follow-up as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FollowUpRow {
    /// Its id.
    pub id: FollowUpId,
    /// `HF20261122-0001`.
    pub number: String,
    /// The case.
    pub case_id: CaseId,
    /// Its number.
    pub case_number: String,
    /// What had happened.
    pub symptom: String,
    /// The customer.
    pub customer_id: CustomerId,
    /// Their name.
    pub customer_name: String,
    /// The site.
    pub site_id: SiteId,
    /// Its name.
    pub site_name: String,
    /// The zone in which times are shown.
    pub zone: String,
    /// Who is called; the number is revealed by the contact's own route.
    pub contact_id: Option<ContactId>,
    /// Their name.
    pub contact_name: Option<String>,
    /// Their number, masked.
    pub phone_masked: Option<String>,
    /// The owning unit.
    pub unit_id: UnitId,
    /// Who did the work; nobody of these may call.
    pub served_by: Option<String>,
    /// Their name.
    pub served_by_name: Option<String>,
    /// How it was mended.
    pub how: How,
    /// How far it has come.
    pub state: FollowUpState,
    /// When it is due (P13).
    pub due_at: Ts,
    /// When to call next.
    pub next_at: Ts,
    /// Whether it is past its due time.
    pub late: bool,
    /// Attempts so far.
    pub attempts: i64,
    /// Who calls or called.
    pub caller_id: Option<String>,
    /// Their name.
    pub caller_name: Option<String>,
    /// What came of it.
    pub result: Option<FollowUpResult>,
    /// The score (P7).
    pub rating: Option<i64>,
    /// An answer that a branch manager must look at.
    pub concern: bool,
    /// When it was done.
    pub done_at: Option<Ts>,
    /// Version.
    pub version: i64,
}

/// A follow-up in full.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FollowUpView {
    /// What lists show too.
    #[serde(flatten)]
    pub row: FollowUpRow,
    /// What is asked, in order.
    pub script: Vec<Question>,
    /// The answers, by question.
    pub answers: BTreeMap<String, bool>,
    /// What the customer said.
    pub comment: Option<String>,
    /// Every attempt, oldest first.
    pub attempt_list: Vec<AttemptView>,
    /// Whether it may be given up now if nobody is reached again.
    pub may_give_up: bool,
    /// What the customer thought while the engineer was there.
    pub on_site: Option<OnSiteRating>,
    /// The number that the customer will see: a line of ours that can call out, as it is dialled here; a 400 number can't.
    pub calls_from: Option<String>,
    /// The complaint that a low score opened.
    pub complaint: Option<ComplaintRef>,
}

/// The complaint that came of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComplaintRef {
    /// Its case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
}

/// An attempt to reach the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttemptView {
    /// When.
    pub at: Ts,
    /// By whom.
    pub by_id: String,
    /// Their name.
    pub by_name: Option<String>,
    /// Whether somebody answered.
    pub reached: bool,
    /// In words.
    pub comment: Option<String>,
    /// When to call again.
    pub next_at: Option<Ts>,
}

/// What came of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordFollowUp {
    /// Whether the customer was reached.
    pub reached: bool,
    /// Whether it is solved; needed if reached.
    #[serde(default)]
    pub solved: Option<bool>,
    /// Satisfaction, 1 to 5; needed if reached (P7).
    #[serde(default)]
    #[schema(minimum = 1, maximum = 5)]
    pub rating: Option<i64>,
    /// Answers to the other questions of the script, by code.
    #[serde(default)]
    pub answers: BTreeMap<String, bool>,
    /// What the customer said, up to 500 characters; needed if not solved: it is the reason of the reopening.
    #[serde(default)]
    pub comment: Option<String>,
    /// When to call again; needed if not reached and not given up.
    #[serde(default)]
    pub next_attempt_at: Option<Ts>,
    /// Close without an answer, after several attempts.
    #[serde(default)]
    pub give_up: bool,
}

/// Satisfaction over a period (P7).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SatisfactionReport {
    /// From this instant.
    pub from: Ts,
    /// To this instant, not included.
    pub to: Ts,
    /// By what it is grouped.
    pub by: SatisfactionBy,
    /// All together.
    pub total: SatisfactionRow,
    /// Each engineer or unit, most answers first.
    pub rows: Vec<SatisfactionRow>,
}

/// A line of the satisfaction report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SatisfactionRow {
    /// The engineer or unit; none for all together, or for work nobody is named for.
    pub id: Option<String>,
    /// Their name.
    pub name: Option<Both>,
    /// How many answers.
    pub n: i64,
    /// The mean, 1 to 5, rounded to hundredths; none without an answer.
    pub score: Option<f64>,
    /// Fewer than 20 answers: the sample is too small to judge by.
    pub small_sample: bool,
    /// How many gave 1, 2, 3, 4, 5.
    pub counts: Vec<i64>,
    /// The same by month, oldest first.
    pub months: Vec<SatisfactionMonth>,
}

/// A month of the trend.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SatisfactionMonth {
    /// `2026-10`.
    pub month: String,
    /// How many answers.
    pub n: i64,
    /// The mean.
    pub score: Option<f64>,
    /// Fewer than 20 answers.
    pub small_sample: bool,
}

/// What a follow-up agent starts the day with (P13, P7).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FollowUpHome {
    /// Calls to make.
    pub due: i64,
    /// Of these, to be made by the end of today.
    pub due_today: i64,
    /// Of these, past their due time.
    pub late: i64,
    /// Scores of 1 or 2, or an answer of concern, in the last 30 days.
    pub low: i64,
    /// The next calls, at most 6.
    pub next_calls: Vec<FollowUpRow>,
    /// The newest of the low scores, at most 6.
    pub low_scores: Vec<FollowUpRow>,
}
