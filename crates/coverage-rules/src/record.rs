//! The decision as it is kept: facts, answer, and people's overrulings on top. It can be re-run at any
//! time with the policy version it names (invariant 9).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use service_calendar::HolidayYears;

use crate::decide::{decide, decide_by};
use crate::decision::{ChargeOutcome, ChargeVerdict, Decision, Verdict};
use crate::facts::CoverageFacts;
use crate::kinds::{ChargeKind, Payer};
use crate::period::Calendar;
use crate::policy::CoveragePolicy;
use crate::text::Text;

/// A decision with all it rests on. Serialised with serde it has one form per content (fields in a fixed
/// order, ordered maps, no floating numbers), so its JSON can be hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    facts: CoverageFacts,
    decision: Decision,
    overrulings: Vec<Overruling>,
}

/// A person's change to a decision. The engine's own verdict stays on record beneath it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overruling {
    /// The employee who overrules.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: String,
    /// The second person who approved, where the policy asks for one (P55).
    pub approved_by: Option<String>,
    /// The new overall verdict; `None` leaves it.
    pub verdict: Option<Verdict>,
    /// The new payers of single charge kinds.
    pub payers: Vec<PayerChange>,
}

/// The payer of one charge kind, as overruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PayerChange {
    /// The charge kind.
    pub kind: ChargeKind,
    /// Who pays from now on.
    pub payer: Payer,
}

/// What holds now: the decision with its overrulings applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveDecision {
    /// The verdict that holds.
    pub verdict: Verdict,
    /// The overruling that set the verdict: its place in [`DecisionRecord::overrulings`], from 0.
    pub verdict_by: Option<usize>,
    /// The lines that hold.
    pub charges: Vec<EffectiveCharge>,
}

/// A line that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveCharge {
    /// The line.
    #[serde(flatten)]
    pub line: ChargeVerdict,
    /// The overruling that set its payer: its place in [`DecisionRecord::overrulings`], from 0.
    pub overruled_by: Option<usize>,
}

impl EffectiveDecision {
    /// The line of a charge kind.
    pub fn charge(&self, kind: ChargeKind) -> Option<&ChargeVerdict> {
        self.charges.iter().map(|held| &held.line).find(|line| line.kind == kind)
    }
}

impl DecisionRecord {
    /// Decides and keeps the facts with the answer.
    pub fn decide(facts: CoverageFacts, policy: &CoveragePolicy, holidays: &HolidayYears) -> Self {
        let decision = decide(&facts, policy, holidays);
        Self { facts, decision, overrulings: Vec::new() }
    }

    /// The facts.
    pub fn facts(&self) -> &CoverageFacts {
        &self.facts
    }

    /// The engine's own answer, whatever people overruled.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// Who changed what and why, oldest first.
    pub fn overrulings(&self) -> &[Overruling] {
        &self.overrulings
    }

    /// Adds an overruling. Nothing is ever taken off the list: to undo one, overrule again.
    ///
    /// # Errors
    /// [`OverrulingRefused`] says why the overruling may not stand; the record is unchanged then.
    pub fn overrule(
        &mut self,
        overruling: Overruling,
        policy: &CoveragePolicy,
    ) -> Result<(), OverrulingRefused> {
        self.may_overrule(&overruling, policy)?;
        self.overrulings.push(overruling);
        Ok(())
    }

    fn may_overrule(&self, asked: &Overruling, policy: &CoveragePolicy) -> Result<(), OverrulingRefused> {
        let used = &self.decision.policy;
        if (used.id.as_str(), used.version) != (policy.id.as_str(), policy.version) {
            return Err(OverrulingRefused::OtherPolicy);
        }
        if asked.by.trim().is_empty() {
            return Err(OverrulingRefused::WhoMissing);
        }
        if asked.reason.trim().is_empty() {
            return Err(OverrulingRefused::ReasonMissing);
        }
        if asked.verdict.is_none() && asked.payers.is_empty() {
            return Err(OverrulingRefused::NothingChanged);
        }
        if asked.verdict == Some(Verdict::Undecided) {
            return Err(OverrulingRefused::VerdictUndecided);
        }
        if self.overrulings.last().is_some_and(|last| asked.at < last.at) {
            return Err(OverrulingRefused::OutOfOrder);
        }
        let approver = asked.approved_by.as_deref().map(str::trim).filter(|a| !a.is_empty());
        for (index, change) in asked.payers.iter().enumerate() {
            let kind = change.kind;
            if asked.payers[..index].iter().any(|other| other.kind == kind) {
                return Err(OverrulingRefused::KindTwice { kind });
            }
            let Some(line) = self.decision.charge(kind) else {
                return Err(OverrulingRefused::NoSuchLine { kind });
            };
            match (line.outcome, change.payer) {
                (ChargeOutcome::Refused, Payer::Customer) => {
                    return Err(OverrulingRefused::StaysFree { kind });
                }
                (ChargeOutcome::NotIncluded, Payer::Company) => {
                    return Err(OverrulingRefused::StaysQuoted { kind });
                }
                _ => {}
            }
            if policy.override_needs_approval.contains(&kind) {
                match approver {
                    None => return Err(OverrulingRefused::ApprovalMissing { kind }),
                    Some(approver) if approver == asked.by.trim() => {
                        return Err(OverrulingRefused::OwnApproval { kind });
                    }
                    Some(_) => {}
                }
            }
        }
        let left_open = |held: &EffectiveCharge| {
            held.line.payer.is_none() && !asked.payers.iter().any(|c| c.kind == held.line.kind)
        };
        if asked.verdict.is_some()
            && let Some(held) = self.effective().charges.iter().find(|held| left_open(held))
        {
            return Err(OverrulingRefused::LineLeftOpen { kind: held.line.kind });
        }
        Ok(())
    }

    /// What holds now: later overrulings win, line by line.
    pub fn effective(&self) -> EffectiveDecision {
        let mut effective = EffectiveDecision {
            verdict: self.decision.verdict,
            verdict_by: None,
            charges: self
                .decision
                .charges
                .iter()
                .map(|line| EffectiveCharge { line: line.clone(), overruled_by: None })
                .collect(),
        };
        for (index, overruling) in self.overrulings.iter().enumerate() {
            if let Some(verdict) = overruling.verdict {
                effective.verdict = verdict;
                effective.verdict_by = Some(index);
            }
            for change in &overruling.payers {
                let held = effective.charges.iter_mut().find(|held| held.line.kind == change.kind);
                if let Some(held) = held {
                    held.apply(*change, index);
                }
            }
        }
        effective
    }
}

impl EffectiveCharge {
    fn apply(&mut self, change: PayerChange, index: usize) {
        self.overruled_by = Some(index);
        self.line.payer = Some(change.payer);
        self.line.limited_to = None;
        // Training stays refused and an upgrade quoted, whoever rules (P61, P64).
        if !matches!(self.line.outcome, ChargeOutcome::Refused | ChargeOutcome::NotIncluded) {
            self.line.outcome = match change.payer {
                Payer::Company => ChargeOutcome::Covered,
                Payer::Customer => ChargeOutcome::Chargeable,
            };
        }
    }
}

/// Decides an old record again with the policy version it names (invariant 9). Holiday lists imported
/// since play no part: the rest days of the old decision are used.
///
/// # Errors
/// [`RerunFailed::PolicyNotKept`] when `policies` lacks that version; [`RerunFailed::Differs`] when the
/// answer is not the old one, which means that the record or the policy was altered.
pub fn rerun(record: &DecisionRecord, policies: &[CoveragePolicy]) -> Result<Decision, RerunFailed> {
    let old = &record.decision;
    let policy = policies
        .iter()
        .find(|kept| kept.id == old.policy.id && kept.version == old.policy.version)
        .ok_or_else(|| RerunFailed::PolicyNotKept {
            id: old.policy.id.clone(),
            version: old.policy.version,
        })?;
    let now = decide_by(&record.facts, policy, Calendar::Recorded(&old.layers));
    if now == *old { Ok(now) } else { Err(RerunFailed::Differs { now: Box::new(now) }) }
}

/// Why an old decision did not come out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RerunFailed {
    /// The policy version is not among those given.
    PolicyNotKept {
        /// The policy.
        id: String,
        /// Its version.
        version: u32,
    },
    /// The answer differs from the old one.
    Differs {
        /// The answer now.
        now: Box<Decision>,
    },
}

impl RerunFailed {
    /// What happened and how to mend it, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::PolicyNotKept { id, version } => Text::new(
                format!("找不到判定所用的服务政策 {id} 第 {version} 版。请从备份恢复该版本。"),
                format!(
                    "Version {version} of the policy {id}, which the decision used, is not there. Restore it from a backup."
                ),
            ),
            Self::Differs { .. } => Text::new(
                "按原政策重新判定的结果与原判定不同，说明记录或政策被改动过。请与备份核对。",
                "Deciding again by the old policy gives another answer, so the record or the policy was altered. Compare both with a backup.",
            ),
        }
    }
}

impl fmt::Display for RerunFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for RerunFailed {}

/// Why an overruling may not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OverrulingRefused {
    /// The policy given is not the one the decision used.
    OtherPolicy,
    /// Nobody is named.
    WhoMissing,
    /// No reason is given.
    ReasonMissing,
    /// It changes nothing.
    NothingChanged,
    /// A person may not rule "undecided".
    VerdictUndecided,
    /// It is older than the last one.
    OutOfOrder,
    /// A charge kind stands twice.
    KindTwice {
        /// Which.
        kind: ChargeKind,
    },
    /// The decision has no such line.
    NoSuchLine {
        /// Which.
        kind: ChargeKind,
    },
    /// Training can't be charged (P61).
    StaysFree {
        /// Which.
        kind: ChargeKind,
    },
    /// An upgrade can't be given (P64).
    StaysQuoted {
        /// Which.
        kind: ChargeKind,
    },
    /// A second person must approve (P55).
    ApprovalMissing {
        /// Which.
        kind: ChargeKind,
    },
    /// Nobody approves their own overruling (P55).
    OwnApproval {
        /// Which.
        kind: ChargeKind,
    },
    /// The verdict is ruled but a line has no payer.
    LineLeftOpen {
        /// Which.
        kind: ChargeKind,
    },
}

impl OverrulingRefused {
    /// Why, and how to mend it, in both languages.
    pub fn text(self) -> Text {
        match self {
            Self::OtherPolicy => Text::new(
                "所给服务政策不是该判定所用的版本。请使用判定记录中的版本。",
                "The policy given is not the version the decision used. Use the one it names.",
            ),
            Self::WhoMissing => {
                Text::new("没有写明改判人。请填写。", "The overruling names nobody. Say who rules.")
            }
            Self::ReasonMissing => {
                Text::new("没有写明改判理由。请填写。", "The overruling has no reason. Give one.")
            }
            Self::NothingChanged => Text::new(
                "没有改动任何内容。请选择新的判定或承担方。",
                "The overruling changes nothing. Choose a new verdict or payer.",
            ),
            Self::VerdictUndecided => Text::new(
                "不能改判为“待定”。请改判为保内或收费。",
                "A ruling may not be “undecided”. Rule covered or chargeable.",
            ),
            Self::OutOfOrder => Text::new(
                "改判时间早于上一次改判。请刷新后重试。",
                "The overruling is older than the last one. Reload and try again.",
            ),
            Self::KindTwice { kind } => Text::new(
                format!("“{}”出现两次。请只保留一次。", kind.names().0),
                format!("{} stands twice. Keep one.", kind.names().1),
            ),
            Self::NoSuchLine { kind } => Text::new(
                format!("该判定没有“{}”这一项。请刷新后重试。", kind.names().0),
                format!("The decision has no line for {}. Reload and try again.", kind.names().1),
            ),
            Self::StaysFree { kind } => Text::new(
                format!("“{}”不得收费。请去掉这一项。", kind.names().0),
                format!("A charge for {} is refused. Leave it out.", kind.names().1),
            ),
            Self::StaysQuoted { kind } => Text::new(
                format!("“{}”不属于本服务范围，不能免费。请另行报价。", kind.names().0),
                format!("{} is out of scope and never free. Make a quote.", kind.names().1),
            ),
            Self::ApprovalMissing { kind } => Text::new(
                format!("改变“{}”的承担方须经另一人批准。请填写批准人。", kind.names().0),
                format!(
                    "Changing who pays {} needs a second person's approval. Name the approver.",
                    kind.names().1
                ),
            ),
            Self::OwnApproval { kind } => Text::new(
                format!("不能自己批准“{}”的改判。请由另一人批准。", kind.names().0),
                format!("Nobody approves their own change to {}. Ask another person.", kind.names().1),
            ),
            Self::LineLeftOpen { kind } => Text::new(
                format!("已改判，但“{}”仍未定由谁承担。请一并选择。", kind.names().0),
                format!(
                    "The verdict is ruled but nobody is named to pay {}. Choose a payer.",
                    kind.names().1
                ),
            ),
        }
    }
}

impl fmt::Display for OverrulingRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for OverrulingRefused {}
