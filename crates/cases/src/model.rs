//! What a case is: its kinds, its states with the data each carries, and the steps people take on it.

use kit::Ts;
pub use policy::Severity;
use serde::{Deserialize, Serialize};

kit::id_type!(
    /// Id of a case.
    CaseId
);
kit::id_type!(
    /// Id of a call.
    CallId
);
kit::id_type!(
    /// Id of an attempt to help by phone.
    PhoneSupportId
);
kit::id_type!(
    /// Id of an offered hand-over.
    HandOverId
);
kit::id_type!(
    /// Id of a record that both sides agree to a visit.
    OnsiteAgreementId
);
kit::id_type!(
    /// Id of a note.
    NoteId
);

kit::names! {
    /// What the customer wants (`domain.md`, case).
    CaseKind {
        /// 故障
        Fault = "fault",
        /// 咨询
        Consultation = "consultation",
        /// 安装
        Installation = "installation",
        /// 设计
        Design = "design",
        /// 培训
        Training = "training",
        /// 保养
        Maintenance = "maintenance",
        /// 返修 (P74)
        Rework = "rework",
        /// 配件
        Parts = "parts",
        /// 投诉
        Complaint = "complaint",
        /// 补丁
        Patch = "patch",
    }
}

kit::names! {
    /// How the report came in.
    ReportChannel {
        /// A call to a hotline.
        Phone = "phone",
        /// The customer's page, by link or QR code.
        Portal = "portal",
        /// A mail.
        Mail = "mail",
        /// A message (WeChat, SMS).
        Message = "message",
        /// Somebody at the counter or on site.
        InPerson = "in_person",
        /// The program itself: a plan that came due, a monitored device.
        System = "system",
        /// Another desk's history.
        Import = "import",
    }
}

kit::names! {
    /// The name of a state, as stored, filtered and shown.
    StateName {
        /// 新建
        New = "new",
        /// 已受理
        Triaged = "triaged",
        /// 电话支持中
        PhoneSupport = "phone_support",
        /// 已确认上门
        OnsiteAgreed = "onsite_agreed",
        /// 上门处理中
        InField = "in_field",
        /// 待客户
        WaitingCustomer = "waiting_customer",
        /// 待配件
        WaitingParts = "waiting_parts",
        /// 待回访
        FollowUp = "follow_up",
        /// 已关闭
        Closed = "closed",
        /// 已合并
        Merged = "merged",
        /// 已撤销
        Withdrawn = "withdrawn",
    }
}

impl StateName {
    /// Whether work is still owed: such a case has one owner, a next step and a due time (invariant 7).
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Merged | Self::Withdrawn)
    }
}

kit::names! {
    /// A state in which work goes on: what a waiting case returns to.
    Working {
        /// 已受理
        Triaged = "triaged",
        /// 电话支持中
        PhoneSupport = "phone_support",
        /// 已确认上门
        OnsiteAgreed = "onsite_agreed",
        /// 上门处理中
        InField = "in_field",
    }
}

impl Working {
    /// The state itself.
    #[must_use]
    pub const fn state(self) -> CaseState {
        match self {
            Self::Triaged => CaseState::Triaged,
            Self::PhoneSupport => CaseState::PhoneSupport,
            Self::OnsiteAgreed => CaseState::OnsiteAgreed,
            Self::InField => CaseState::InField,
        }
    }
}

kit::names! {
    /// How a fault was mended.
    ResolvedHow {
        /// By phone, without a visit (P14).
        Remote = "remote",
        /// By a visit.
        Onsite = "onsite",
    }
}

/// The state of a case with what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseState {
    /// Reported, nobody has looked at it yet.
    New,
    /// Looked at: severity, site and symptom stand.
    Triaged,
    /// A support engineer helps by phone.
    PhoneSupport,
    /// Both sides agree to a visit (P41).
    OnsiteAgreed,
    /// Somebody is on the way or at work.
    InField,
    /// The customer owes something.
    WaitingCustomer {
        /// What it returns to.
        back: Working,
        /// When the customer is asked again.
        until: Ts,
    },
    /// A part is on its way.
    WaitingParts {
        /// What it returns to.
        back: Working,
        /// When the part is expected.
        until: Ts,
    },
    /// Mended, and at once the customer's word is asked for (P13).
    FollowUp {
        /// By phone or by a visit.
        how: ResolvedHow,
    },
    /// Done.
    Closed {
        /// When.
        at: Ts,
    },
    /// Goes on under another number.
    Merged {
        /// That case.
        into: CaseId,
        /// When.
        at: Ts,
    },
    /// The customer takes the report back, or it was none.
    Withdrawn {
        /// When.
        at: Ts,
    },
}

impl CaseState {
    /// The state's name.
    #[must_use]
    pub const fn name(self) -> StateName {
        match self {
            Self::New => StateName::New,
            Self::Triaged => StateName::Triaged,
            Self::PhoneSupport => StateName::PhoneSupport,
            Self::OnsiteAgreed => StateName::OnsiteAgreed,
            Self::InField => StateName::InField,
            Self::WaitingCustomer { .. } => StateName::WaitingCustomer,
            Self::WaitingParts { .. } => StateName::WaitingParts,
            Self::FollowUp { .. } => StateName::FollowUp,
            Self::Closed { .. } => StateName::Closed,
            Self::Merged { .. } => StateName::Merged,
            Self::Withdrawn { .. } => StateName::Withdrawn,
        }
    }

    /// Whether work is still owed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.name().is_open()
    }

    /// The state in which work goes on, or to which a waiting case returns.
    #[must_use]
    pub const fn working(self) -> Option<Working> {
        match self {
            Self::Triaged => Some(Working::Triaged),
            Self::PhoneSupport => Some(Working::PhoneSupport),
            Self::OnsiteAgreed => Some(Working::OnsiteAgreed),
            Self::InField => Some(Working::InField),
            Self::WaitingCustomer { back, .. } | Self::WaitingParts { back, .. } => Some(back),
            _ => None,
        }
    }
}

kit::names! {
    /// A step somebody takes on a case; each is a command.
    Step {
        /// 受理
        Triage = "triage",
        /// 开始电话支持
        StartPhoneSupport = "start_phone_support",
        /// 记录电话支持结果
        RecordPhoneResult = "record_phone_result",
        /// 确认上门
        AgreeOnsite = "agree_onsite",
        /// 安排上门 (a work order, made by visits)
        PlanVisit = "plan_visit",
        /// 进入现场 (told by visits)
        EnterField = "enter_field",
        /// 现场结束 (told by visits)
        FinishField = "finish_field",
        /// 待客户
        WaitCustomer = "wait_customer",
        /// 待配件
        WaitParts = "wait_parts",
        /// 恢复
        Resume = "resume",
        /// 关闭
        Close = "close",
        /// 重开
        Reopen = "reopen",
        /// 撤销
        Withdraw = "withdraw",
        /// 合并
        Merge = "merge",
        /// 转交
        HandOver = "hand_over",
        /// 接手
        AcceptHandOver = "accept_hand_over",
        /// 退回转交
        DeclineHandOver = "decline_hand_over",
        /// 调整级别
        ChangeSeverity = "change_severity",
        /// 设定下一步
        SetNextStep = "set_next_step",
        /// 更正
        Correct = "correct",
        /// 升级到技术服务部
        Escalate = "escalate",
        /// 退回升级
        ReturnEscalation = "return_escalation",
        /// 归入主单
        SetParent = "set_parent",
        /// 脱离主单
        LeaveParent = "leave_parent",
        /// 备注
        Note = "note",
    }
}

kit::names! {
    /// What is to be done next; never empty while a case is open (P10, invariant 7).
    NextStep {
        /// 受理
        Triage = "triage",
        /// 电话支持
        PhoneSupport = "phone_support",
        /// 记录结果
        PhoneResult = "phone_result",
        /// 与客户商定上门
        AgreeOnsite = "agree_onsite",
        /// 派工
        PlanVisit = "plan_visit",
        /// 上门
        Visit = "visit",
        /// 再问客户
        AskCustomer = "ask_customer",
        /// 等配件
        ReceiveParts = "receive_parts",
        /// 回访
        FollowUpCall = "follow_up_call",
        /// 结清后关闭: the customer is content, but something still keeps it open (an invoice, a loaner).
        Settle = "settle",
        /// 答复投诉: the customer is told what was found and what is done (P65).
        AnswerComplaint = "answer_complaint",
        /// 其他 (see the note beside it)
        Other = "other",
    }
}

kit::names! {
    /// How both sides came to agree (P41).
    AgreedHow {
        /// On the phone.
        Phone = "phone",
        /// In a message.
        Message = "message",
        /// Face to face.
        InPerson = "in_person",
        /// On the customer's page.
        Portal = "portal",
    }
}

kit::names! {
    /// How far help by phone has come since the case was last triaged.
    PhoneProgress {
        /// Nobody has tried.
        NotTried = "not_tried",
        /// Somebody is trying.
        Running = "running",
        /// Tried, not solved.
        NotSolved = "not_solved",
        /// Tried, solved.
        Solved = "solved",
    }
}

kit::names! {
    /// What came of helping by phone (P14, P41).
    PhoneOutcome {
        /// 已解决
        Solved = "solved",
        /// 未解决
        NotSolved = "not_solved",
    }
}

kit::names! {
    /// What a call led to.
    CallOutcome {
        /// It rings: nobody has taken it yet.
        Ringing = "ringing",
        /// A case was made.
        CaseMade = "case_made",
        /// It was about an open case.
        CaseContinued = "case_continued",
        /// Answered on the spot.
        Answered = "answered",
        /// Not picked up: a call back is owed.
        Missed = "missed",
        /// Wrong number, silence, advertising.
        NoConcern = "no_concern",
    }
}

kit::names! {
    /// Who called whom.
    CallDirection {
        /// Somebody called us.
        In = "in",
        /// We called somebody.
        Out = "out",
    }
}

kit::names! {
    /// What the telephone system tells of a call.
    TelephoneNews {
        /// It rings, at a phone or in the queue.
        Ringing = "ringing",
        /// Somebody took it.
        Answered = "answered",
        /// It is over for everybody.
        Ended = "ended",
    }
}

kit::names! {
    /// Why a case was raised to a second unit (P10).
    EscalationCause {
        /// Handed over more often than the policy allows.
        HandOvers = "hand_overs",
        /// Nobody touched it for the policy's idle hours.
        Idle = "idle",
        /// A person asked for it, with a reason.
        Manual = "manual",
        /// A complaint was not answered in time (P65).
        ComplaintLate = "complaint_late",
        /// The customer is not content with the answer to their complaint.
        NotContent = "not_content",
    }
}

/// Who acts or owns: the employee behind an account, or the account itself if it has none.
#[must_use]
pub fn person(actor: &kit::Actor) -> String {
    actor.employee_id.clone().unwrap_or_else(|| actor.id.clone())
}

/// What keeps a case open (decision 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Blocker {
    /// `work_order`, `loaner`, `invoice_duty`, …: named by the domain that set it.
    pub kind: String,
    /// Which one: an id.
    pub key: String,
    /// Its number or name, as people call it.
    pub label: String,
    /// Since when.
    pub since: Ts,
}
