//! Checklists per product × job (P20, P24, P73): steps in order, answers, and the one in force when no other was written.

use kit::Both;
use serde::{Deserialize, Serialize};

use crate::model::WorkOrderKind;
kit::names! {
    /// When a step is taken.
    Section {
        /// 出发前 (P20)
        Departure = "departure",
        /// 作业中 (P24)
        Work = "work",
        /// 自检 (P73)
        SelfInspection = "self_inspection",
    }
}

/// A step of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name within the checklist, `snake_case`.
    pub key: String,
    /// When it is taken.
    pub section: Section,
    /// What is to be done.
    pub text: Both,
    /// A safety step: it can't be skipped, and until it is done no later step of its section can be answered.
    #[serde(default)]
    pub safety: bool,
}

/// What an engineer answers to a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "result", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Done, or in order.
    Done {
        /// A measured value or a remark.
        note: Option<String>,
    },
    /// Not in order.
    Failed {
        /// What is wrong.
        note: String,
    },
    /// Left out.
    Skipped {
        /// Why (P24).
        reason: String,
    },
}

impl Answer {
    /// The stored name of the result.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// The words beside it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Done { note } => note.as_deref(),
            Self::Failed { note } => Some(note),
            Self::Skipped { reason } => Some(reason),
        }
    }

    /// The answer from its stored parts.
    #[must_use]
    pub fn from_parts(name: &str, note: Option<String>) -> Option<Self> {
        match name {
            "done" => Some(Self::Done { note }),
            "failed" => Some(Self::Failed { note: note? }),
            "skipped" => Some(Self::Skipped { reason: note? }),
            _ => None,
        }
    }
}

/// An answer to a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Answered {
    /// The step's key.
    pub item: String,
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
}

/// A checklist as a visit carries it: copied at planning, so that a later version changes no running visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Its name.
    pub title: Both,
    /// Its version; 0 is the one that holds where no other was written.
    pub version: i64,
    /// Its steps in order.
    pub items: Vec<Item>,
}

/// The checklist that holds while nobody has written one for the product and job: what the promise itself
/// asks for (P20 clothes, badge, tools; P22 talk; P23 clean site; P24 power off; P73 self-inspection).
#[must_use]
pub fn standard(kind: WorkOrderKind) -> Checklist {
    use Section::{Departure, SelfInspection, Work};
    let item = |key: &str, section, safety, zh: &str, en: &str| Item {
        key: key.to_owned(),
        section,
        safety,
        text: Both::new(zh, en),
    };
    let mut items = vec![
        item("work_clothes", Departure, false, "工服整洁", "Work clothes on and clean"),
        item("badge", Departure, false, "佩戴工卡", "Badge on"),
        item("tools", Departure, false, "工具、配件齐全", "Tools and parts at hand"),
    ];
    if kind != WorkOrderKind::Train {
        items.push(item("power_off", Work, true, "断电并设警示", "Power off, warning sign up"));
    }
    items.push(match kind {
        WorkOrderKind::Install => {
            item("installed", Work, false, "按图安装、接线", "Installed and wired as drawn")
        }
        WorkOrderKind::Repair | WorkOrderKind::Rework => {
            item("cause_removed", Work, false, "故障原因已排除", "Cause of the fault removed")
        }
        WorkOrderKind::Maintain => {
            item("maintained", Work, false, "清洁、紧固、润滑", "Cleaned, tightened, greased")
        }
        WorkOrderKind::Train => item("trained", Work, false, "培训内容已讲授", "Topics taught"),
        WorkOrderKind::Patch => {
            item("backed_up", Work, false, "升级前已备份", "Backup made before the patch")
        }
    });
    items.extend([
        item("runs", SelfInspection, false, "设备运行正常", "Equipment runs as it should"),
        item("safe", SelfInspection, false, "安全装置有效", "Safety devices work"),
        item("clean", SelfInspection, false, "现场已清理", "Site is clean"),
        item("explained", SelfInspection, false, "已向客户说明", "Explained to the customer"),
    ]);
    Checklist { title: Both::new("通用检查表", "General checklist"), version: 0, items }
}
