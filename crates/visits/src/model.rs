//! What a work order and a visit are: kinds, states with the data each carries, steps people take.

use kit::Ts;
use serde::{Deserialize, Serialize};

kit::id_type!(
    /// Id of a work order.
    WorkOrderId
);
kit::id_type!(
    /// Id of a visit.
    VisitId
);
kit::id_type!(
    /// Id of a version of a checklist.
    ChecklistId
);
kit::id_type!(
    /// Id of a piece of evidence.
    EvidenceId
);
kit::id_type!(
    /// Id of a removed part's record.
    OldPartId
);
kit::id_type!(
    /// Id of a record of the device before which somebody stood.
    DeviceCheckId
);
kit::id_type!(
    /// Id of a record of guidance.
    GuidanceId
);
kit::id_type!(
    /// Id of a signature or of a recorded refusal.
    SignatureId
);

kit::names! {
    /// What kind of job (`domain.md`, work order).
    WorkOrderKind {
        /// 安装
        Install = "install",
        /// 维修
        Repair = "repair",
        /// 保养
        Maintain = "maintain",
        /// 返修 (P74)
        Rework = "rework",
        /// 培训
        Train = "train",
        /// 补丁
        Patch = "patch",
    }
}

kit::names! {
    /// The state of a work order, derived from its visits.
    WorkOrderState {
        /// 草稿
        Draft = "draft",
        /// 待派工
        Ready = "ready",
        /// 已排程
        Scheduled = "scheduled",
        /// 执行中
        InProgress = "in_progress",
        /// 已完工
        WorkDone = "work_done",
        /// 已自检
        SelfChecked = "self_checked",
        /// 客户已签认
        Signed = "signed",
        /// 已结算
        Settled = "settled",
        /// 已结案
        Closed = "closed",
        /// 未完成
        Incomplete = "incomplete",
        /// 已取消
        Cancelled = "cancelled",
    }
}

impl WorkOrderState {
    /// Whether work or money is still owed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Cancelled)
    }
}

kit::names! {
    /// The name of a visit's state, as stored, filtered and shown.
    VisitStateName {
        /// 拟约
        Proposed = "proposed",
        /// 已约
        Confirmed = "confirmed",
        /// 已派
        Dispatched = "dispatched",
        /// 已接单
        Accepted = "accepted",
        /// 已拒
        Declined = "declined",
        /// 途中
        Travelling = "travelling",
        /// 已到场
        Arrived = "arrived",
        /// 作业中
        Working = "working",
        /// 暂停
        Paused = "paused",
        /// 完成
        Done = "done",
        /// 需再访
        PartlyDone = "partly_done",
        /// 无法进场
        NoAccess = "no_access",
        /// 离场
        Left = "left",
        /// 已取消
        Cancelled = "cancelled",
    }
}

impl VisitStateName {
    /// Whether the engineer's window is taken by it (decision 15).
    #[must_use]
    pub const fn holds_window(self) -> bool {
        !matches!(self, Self::Declined | Self::Left | Self::Cancelled)
    }

    /// Whether it is still to come: nobody has set out, and it is neither declined nor called off.
    #[must_use]
    pub const fn is_planned(self) -> bool {
        self.holds_window() && !self.in_field()
    }

    /// Whether the engineer is on the way or there: such a visit is never moved.
    #[must_use]
    pub const fn in_field(self) -> bool {
        matches!(
            self,
            Self::Travelling
                | Self::Arrived
                | Self::Working
                | Self::Paused
                | Self::Done
                | Self::PartlyDone
                | Self::NoAccess
        )
    }
}

kit::names! {
    /// What came of a visit.
    VisitOutcome {
        /// 完成
        Done = "done",
        /// 需再访
        PartlyDone = "partly_done",
        /// 无法进场
        NoAccess = "no_access",
    }
}

kit::names! {
    /// Why work on site rests.
    PauseReason {
        /// 等件
        WaitingParts = "waiting_parts",
        /// 客户不在
        CustomerAway = "customer_away",
        /// 不具备安全条件
        NotSafe = "not_safe",
        /// 休息
        Break = "break",
        /// 其他
        Other = "other",
    }
}

/// The state of a visit with what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitState {
    /// An engineer and a window are proposed; the customer has not agreed yet.
    Proposed,
    /// The customer agreed to the window.
    Confirmed,
    /// The engineer was told.
    Dispatched,
    /// The engineer accepted.
    Accepted,
    /// The engineer can't.
    Declined {
        /// Why.
        reason: String,
    },
    /// On the way.
    Travelling,
    /// There: the arrival clock has stopped.
    Arrived,
    /// At work.
    Working,
    /// Work rests.
    Paused {
        /// Why.
        reason: PauseReason,
        /// In words.
        note: Option<String>,
    },
    /// The job is done and signed, or the refusal to sign recorded.
    Done,
    /// Another visit must follow.
    PartlyDone {
        /// Why.
        reason: String,
    },
    /// Nobody could let the engineer in, or work was not possible.
    NoAccess {
        /// Why.
        reason: String,
    },
    /// The engineer has left.
    Left {
        /// What came of it.
        outcome: VisitOutcome,
    },
    /// Taken off the plan.
    Cancelled {
        /// Why.
        reason: String,
    },
}

impl VisitState {
    /// The state's name.
    #[must_use]
    pub const fn name(&self) -> VisitStateName {
        match self {
            Self::Proposed => VisitStateName::Proposed,
            Self::Confirmed => VisitStateName::Confirmed,
            Self::Dispatched => VisitStateName::Dispatched,
            Self::Accepted => VisitStateName::Accepted,
            Self::Declined { .. } => VisitStateName::Declined,
            Self::Travelling => VisitStateName::Travelling,
            Self::Arrived => VisitStateName::Arrived,
            Self::Working => VisitStateName::Working,
            Self::Paused { .. } => VisitStateName::Paused,
            Self::Done => VisitStateName::Done,
            Self::PartlyDone { .. } => VisitStateName::PartlyDone,
            Self::NoAccess { .. } => VisitStateName::NoAccess,
            Self::Left { .. } => VisitStateName::Left,
            Self::Cancelled { .. } => VisitStateName::Cancelled,
        }
    }

    /// The reason or note it carries, as stored and shown.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Declined { reason }
            | Self::PartlyDone { reason }
            | Self::NoAccess { reason }
            | Self::Cancelled { reason } => Some(reason),
            Self::Paused { note, .. } => note.as_deref(),
            _ => None,
        }
    }

    /// The coded part it carries, as stored: why it rests, or what came of it.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::Paused { reason, .. } => Some(reason.name()),
            Self::Left { outcome } => Some(outcome.name()),
            _ => None,
        }
    }

    /// The state from its stored parts; `None` if they don't fit together.
    #[must_use]
    pub fn from_parts(name: VisitStateName, code: Option<&str>, note: Option<String>) -> Option<Self> {
        Some(match name {
            VisitStateName::Proposed => Self::Proposed,
            VisitStateName::Confirmed => Self::Confirmed,
            VisitStateName::Dispatched => Self::Dispatched,
            VisitStateName::Accepted => Self::Accepted,
            VisitStateName::Declined => Self::Declined { reason: note? },
            VisitStateName::Travelling => Self::Travelling,
            VisitStateName::Arrived => Self::Arrived,
            VisitStateName::Working => Self::Working,
            VisitStateName::Paused => Self::Paused { reason: code?.parse().ok()?, note },
            VisitStateName::Done => Self::Done,
            VisitStateName::PartlyDone => Self::PartlyDone { reason: note? },
            VisitStateName::NoAccess => Self::NoAccess { reason: note? },
            VisitStateName::Left => Self::Left { outcome: code?.parse().ok()? },
            VisitStateName::Cancelled => Self::Cancelled { reason: note? },
        })
    }
}

kit::names! {
    /// A step somebody takes on a visit; each is a command.
    VisitStep {
        /// 约定
        Confirm = "confirm",
        /// 派出
        Dispatch = "dispatch",
        /// 接单
        Accept = "accept",
        /// 拒单
        Decline = "decline",
        /// 出发
        Depart = "depart",
        /// 到场
        Arrive = "arrive",
        /// 开工
        Start = "start",
        /// 暂停
        Pause = "pause",
        /// 继续
        Resume = "resume",
        /// 记录发现
        RecordFinding = "finding",
        /// 填检查表
        Answer = "answer",
        /// 加凭证
        AddEvidence = "evidence",
        /// 登记旧件去向
        RecordOldPart = "old_part",
        /// 记录现场指导 (P25)
        RecordGuidance = "guidance",
        /// 免责认定
        Exclude = "exclusion",
        /// 加费用
        AddCharge = "charge",
        /// 客户确认报价
        AcknowledgeQuote = "acknowledge",
        /// 自检
        SelfCheck = "self_check",
        /// 出示服务单
        Present = "present",
        /// 客户签字
        Sign = "sign",
        /// 客户拒签
        RefuseSignature = "refuse_signature",
        /// 完成
        Finish = "done",
        /// 需再访
        FinishPartly = "partly_done",
        /// 无法进场
        NoAccess = "no_access",
        /// 离场
        Leave = "leave",
        /// 改派
        Reassign = "reassign",
        /// 取消
        Cancel = "cancel",
        /// 中止
        BreakOff = "break_off",
        /// 核对设备
        CheckDevice = "device",
        /// 锁定
        Lock = "lock",
        /// 解锁
        Unlock = "unlock",
    }
}

kit::names! {
    /// How the lock of a visit came to its end.
    LockEnd {
        /// Somebody unlocked it.
        ByHand = "by_hand",
        /// Somebody moved the visit, and unlocked it for that.
        Moved = "moved",
        /// The customer asked for another time: what they want goes before.
        CustomersWish = "customers_wish",
        /// Its engineer declined.
        Declined = "declined",
    }
}

kit::names! {
    /// How a device was named before which an engineer stands.
    DeviceMethod {
        /// Its label was scanned.
        Scan = "scan",
        /// Its number was typed: no camera, no label.
        Typed = "typed",
    }
}

kit::names! {
    /// How an arrival was shown (P21).
    ArrivalMethod {
        /// A position of the phone.
        Gps = "gps",
        /// The badge was shown or scanned.
        Badge = "badge",
        /// By the engineer's word: no signal, a basement.
        Manual = "manual",
    }
}

kit::names! {
    /// What the position of an arrival says; it warns, it never blocks.
    PlaceCheck {
        /// At the site.
        AtSite = "at_site",
        /// Away from the site.
        Away = "away",
        /// No position, or the site has none.
        Unknown = "unknown",
    }
}

kit::names! {
    /// What a piece of evidence shows.
    #[schema(as = VisitEvidenceKind)]
    EvidenceKind {
        /// 作业前
        Before = "before",
        /// 作业后 (P23)
        After = "after",
        /// 免责依据 (P31-P34)
        Exclusion = "exclusion",
    }
}

kit::names! {
    /// What became of a removed part (P23).
    OldPartFate {
        /// 带回
        Returned = "returned",
        /// 留给客户
        LeftWithCustomer = "left_with_customer",
        /// 报废
        Scrapped = "scrapped",
    }
}

kit::names! {
    /// What is signed (P72): the quote before chargeable work, the result after it.
    SignatureKind {
        /// 报价确认
        Quote = "quote",
        /// 服务单签认
        Result = "result",
    }
}

kit::names! {
    /// Whether the customer signed.
    SignatureOutcome {
        /// 已签
        Signed = "signed",
        /// 拒签
        Refused = "refused",
    }
}

/// A window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// From this instant.
    pub start: Ts,
    /// To this instant, not included.
    pub end: Ts,
}

impl Window {
    /// Whether both share an instant.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A point in WGS-84 with how sure the phone is of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Degrees east, −180 to 180.
    #[schema(minimum = -180, maximum = 180)]
    pub lon: f64,
    /// Degrees north, −90 to 90.
    #[schema(minimum = -90, maximum = 90)]
    pub lat: f64,
    /// Radius of certainty in metres.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub accuracy_m: f64,
}
