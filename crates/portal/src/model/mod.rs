//! Labels, links, badges and requests, and what the pages show.

mod desk;
mod field;
mod pages;

use assets::AssetId;
use cases::CaseId;
use kit::Ts;
use organisation::EmployeeId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use desk::{
    AnswerRequest, CodeReason, CodeView, CustomerPhotoView, CustomerSide, LinkView, NewLink, PortalSettings,
    PortalStanding, RequestView,
};
pub(crate) use field::Relay;
pub use field::{CallVia, CallWay, SiteDevice};
pub use pages::{
    AddToCase, AskCode, BadgePage, CodeSent, Complain, EffectChoice, GiveCode, LabelDevice, NewReport,
    OpenReport, ReportAnswer, ReportPage, SayToAnswer, SentToday, SymptomChoice, TrackEngineer, TrackMay,
    TrackPage, TrackPromise, TrackRequest, TrackVisit, TrackWay, Verified, WishTime,
};

kit::id_type!(
    /// Id of a code on a label or badge.
    CodeId
);
kit::id_type!(
    /// Id of a verified caller.
    CallerId
);
kit::id_type!(
    /// Id of a link to a case.
    LinkId
);
kit::id_type!(
    /// Id of what a customer asks for.
    RequestId
);

/// What a code is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// The label of a device.
    Label(AssetId),
    /// The badge of an employee (P66).
    Badge(EmployeeId),
}

kit::names! {
    /// How much a link lets its holder do.
    LinkScope {
        /// The case's own contact.
        Full = "full",
        /// Somebody else at the site: sees how far it is and may add to it.
        Watch = "watch",
    }
}

kit::names! {
    /// Why a link was made.
    LinkFor {
        /// For who reported, at the end of the report.
        Report = "report",
        /// For a mail.
        Message = "message",
        /// For a message to a phone.
        Sms = "sms",
        /// By somebody at the desk.
        Staff = "staff",
    }
}

kit::names! {
    /// What a customer asks for.
    #[schema(as = CustomerRequestKind)]
    RequestKind {
        /// 催单
        Chase = "chase",
        /// 改约
        Move = "move",
        /// 补充说明
        Addition = "addition",
        /// 投诉 (P65)
        Complaint = "complaint",
    }
}

kit::names! {
    /// How far a request has come.
    #[schema(as = CustomerRequestState)]
    RequestState {
        /// 待处理
        Open = "open",
        /// 已同意
        Accepted = "accepted",
        /// 未能同意
        Declined = "declined",
        /// 已知悉
        Seen = "seen",
    }
}

kit::names! {
    /// A node of a case's progress, in the customer's words.
    NodeCode {
        /// 已受理
        Reported = "reported",
        /// 处理中 (by phone)
        InHand = "in_hand",
        /// 已派单
        Assigned = "assigned",
        /// 已出发
        Departed = "departed",
        /// 已到场
        Arrived = "arrived",
        /// 处理中
        Working = "working",
        /// 待签字
        ToSign = "to_sign",
        /// 已完成
        Done = "done",
        /// 评价
        Rated = "rated",
    }
}

kit::names! {
    /// How a node stands.
    NodeState {
        /// Behind us.
        Done = "done",
        /// What is waited for.
        Now = "now",
        /// Still to come.
        Ahead = "ahead",
    }
}

/// A node of a case's progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProgressNode)]
pub struct Node {
    /// Which.
    pub code: NodeCode,
    /// How it stands.
    pub state: NodeState,
    /// When it was reached, if that is known.
    pub at: Option<Ts>,
}

/// A code as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: CodeId,
    /// The device or the employee.
    pub of: String,
    /// What the QR leads to.
    pub code: String,
    /// When it was made.
    pub made_at: Ts,
    /// When it was revoked.
    pub revoked_at: Option<Ts>,
    /// Why.
    pub reason: Option<String>,
    /// Since when it is held, after a restore.
    pub held_at: Option<Ts>,
}

/// A link as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// Its case.
    pub case_id: CaseId,
    /// How much it lets its holder do.
    pub scope: LinkScope,
    /// Why it was made.
    pub made_for: LinkFor,
    /// When.
    pub made_at: Ts,
    /// When it was revoked.
    pub revoked_at: Option<Ts>,
}

/// A browser whose number is known to be its user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Its id.
    pub id: CallerId,
    /// The number.
    pub phone_e164: String,
    /// The number as shown.
    pub phone_masked: String,
}

/// A one-time code as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsCode {
    /// Its id.
    pub id: String,
    /// Hash of id and code.
    pub code_hash: String,
    /// Wrong tries so far, this one included.
    pub tries: i64,
    /// Until when it can be used.
    pub expires_at: Ts,
}

/// What a customer asks for, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// The case.
    pub case_id: CaseId,
    /// What.
    pub kind: RequestKind,
    /// In words.
    pub words: Option<String>,
    /// The wished time.
    pub wish: Option<(Ts, Ts)>,
    /// When it was asked.
    pub made_at: Ts,
    /// How far it has come.
    pub state: RequestState,
    /// When it was answered.
    pub answered_at: Option<Ts>,
    /// By whom.
    pub answered_by: Option<String>,
    /// What the customer is told.
    pub answer: Option<String>,
    /// The case that a complaint opened.
    pub complaint_case_id: Option<CaseId>,
    /// Version.
    pub version: i64,
}

/// The link of a case for who reported it, by SMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkSms {
    /// The case.
    pub case_id: CaseId,
    /// Who reported.
    pub caller_id: CallerId,
    /// The language of their page.
    pub lang: kit::Lang,
}
