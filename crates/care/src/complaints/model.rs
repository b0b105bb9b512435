//! Complaints: how they stand, what was found, what the customer was told and said.

use cases::CaseId;
use customers::SiteId;
use kit::Ts;
use organisation::EmployeeId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::names! {
    /// How far a complaint has come.
    ComplaintState {
        /// 待受理
        Received = "received",
        /// 待答复
        Acknowledged = "acknowledged",
        /// 待客户确认
        Answered = "answered",
        /// 已办结
        Closed = "closed",
    }
}

kit::names! {
    /// What was found (P9): no complaint closes without it.
    ComplaintFinding {
        /// 属实
        Founded = "founded",
        /// 部分属实
        Partly = "partly",
        /// 不属实
        Unfounded = "unfounded",
    }
}

kit::names! {
    /// What the customer says to the answer.
    ComplaintReaction {
        /// 认可
        Content = "content",
        /// 不认可
        NotContent = "not_content",
        /// 未回应
        NoAnswer = "no_answer",
    }
}

/// A complaint as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// Its case.
    pub case_id: CaseId,
    /// The case that it is about.
    pub about_case_id: Option<CaseId>,
    /// When it came.
    pub received_at: Ts,
    /// When somebody took it up.
    pub acknowledged_at: Option<Ts>,
    /// Who.
    pub acknowledged_by: Option<String>,
    /// What was found.
    pub finding: Option<ComplaintFinding>,
    /// Why it came to it.
    pub cause: Option<String>,
    /// What is done about it.
    pub remedy: Option<String>,
    /// What the customer is told.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Ts>,
    /// By whom.
    pub answered_by: Option<String>,
    /// What the customer says to it.
    pub reaction: Option<ComplaintReaction>,
    /// In words.
    pub reaction_words: Option<String>,
    /// When.
    pub reacted_at: Option<Ts>,
    /// How often an answer was owed again.
    pub rounds: i64,
    /// When it was closed.
    pub closed_at: Option<Ts>,
    /// Version.
    pub version: i64,
}

impl Complaint {
    /// How far it has come.
    pub fn state(&self) -> ComplaintState {
        match (self.closed_at, self.answered_at, self.acknowledged_at) {
            (Some(_), ..) => ComplaintState::Closed,
            (None, Some(_), _) => ComplaintState::Answered,
            (None, None, Some(_)) => ComplaintState::Acknowledged,
            (None, None, None) => ComplaintState::Received,
        }
    }
}

/// Somebody a complaint concerns, or who did something about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComplaintPerson {
    /// Employee or account.
    pub id: String,
    /// Name on screen; empty if it is nobody's any more.
    pub name: String,
}

/// A complaint as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComplaintRow {
    /// Its case.
    pub case_id: CaseId,
    /// The case's number.
    pub number: String,
    /// What the customer says.
    pub words: String,
    /// Whose it is.
    pub customer_name: String,
    /// Where.
    pub site_id: SiteId,
    /// The site's name.
    pub site_name: String,
    /// The zone of the times.
    pub zone: String,
    /// The case that it is about.
    pub about_case_id: Option<CaseId>,
    /// That case's number.
    pub about_number: Option<String>,
    /// Who answers it.
    pub owner: ComplaintPerson,
    /// Whether that is the reader.
    pub mine: bool,
    /// When it came.
    pub received_at: Ts,
    /// By when it is answered; none once it was.
    pub due_at: Option<Ts>,
    /// Whether that is over.
    pub late: bool,
    /// How far it has come.
    pub state: ComplaintState,
    /// What was found.
    pub finding: Option<ComplaintFinding>,
    /// How often an answer was owed again.
    pub rounds: i64,
    /// When it was closed.
    pub closed_at: Option<Ts>,
}

/// A complaint in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComplaintView {
    /// What lists show too.
    #[serde(flatten)]
    pub row: ComplaintRow,
    /// Whom it concerns: nobody in their line answers it (P9).
    pub concerned: Vec<ComplaintPerson>,
    /// Whether the reader may answer it.
    pub may_answer: bool,
    /// When somebody took it up.
    pub acknowledged_at: Option<Ts>,
    /// Who.
    pub acknowledged_by: Option<String>,
    /// Why it came to it.
    pub cause: Option<String>,
    /// What is done about it.
    pub remedy: Option<String>,
    /// What the customer is told.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Ts>,
    /// By whom.
    pub answered_by: Option<String>,
    /// What the customer says to it.
    pub reaction: Option<ComplaintReaction>,
    /// In words.
    pub reaction_words: Option<String>,
    /// When.
    pub reacted_at: Option<Ts>,
    /// From when it can be closed without the customer's word; none before it was answered.
    pub unanswered_closes_at: Option<Ts>,
    /// Version.
    pub version: i64,
}

/// What the customer sees of their complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComplaintTold {
    /// How far it has come.
    pub state: ComplaintState,
    /// By when it is answered; none once it was.
    pub due_at: Option<Ts>,
    /// The answer.
    pub answer: Option<String>,
    /// When it was given.
    pub answered_at: Option<Ts>,
    /// What the customer said to it.
    pub reaction: Option<ComplaintReaction>,
}

/// The answer to a complaint (P65).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerComplaint {
    /// What was found.
    pub finding: ComplaintFinding,
    /// Why it came to it; 1 to 1000 characters.
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub cause: String,
    /// What is done about it; 1 to 1000 characters.
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub remedy: String,
    /// What the customer is told; 1 to 1000 characters.
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub answer: String,
}

/// What the customer says to the answer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReactToAnswer {
    /// Content closes the complaint; not content owes another answer; `no_answer` closes it when nothing came for a week.
    pub reaction: ComplaintReaction,
    /// In words; needed if they are not content.
    #[serde(default)]
    pub words: Option<String>,
}

/// Whom a complaint concerns.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConcernPeople {
    /// Employees, 1 to 10.
    #[schema(min_items = 1, max_items = 10)]
    pub employee_ids: Vec<EmployeeId>,
}
