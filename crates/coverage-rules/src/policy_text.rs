//! What each problem of a policy says to the person who edits it: what is wrong and how to mend it.

use std::fmt;

use crate::kinds::ClauseKey;
use crate::policy::PolicyProblem;
use crate::text::Text;

fn clause(key: ClauseKey) -> String {
    format!("{key:?}")
}

impl PolicyProblem {
    /// The problem and its cure in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::IdMissing => {
                Text::new("服务政策没有编号。请填写编号。", "The policy has no id. Give it one.")
            }
            Self::VersionZero => {
                Text::new("版本号从 1 开始。请填写 1 或更大的数。", "Versions count from 1. Enter 1 or more.")
            }
            Self::TermZero { layer } => {
                let (zh, en) = layer.names();
                Text::new(
                    format!("“{zh}”的期限为零。请填写月数或天数。"),
                    format!("The term of the {en} is zero. Enter months or days."),
                )
            }
            Self::TermTooLong { layer } => {
                let (zh, en) = layer.names();
                Text::new(
                    format!("“{zh}”的期限超过一百年。请改短。"),
                    format!("The term of the {en} is longer than a century. Shorten it."),
                )
            }
            Self::ExclusionMissing { code } => {
                let (zh, en) = code.names();
                Text::new(
                    format!("缺少免责条款“{zh}”。请补上。"),
                    format!("The exclusion “{en}” is not defined. Add it."),
                )
            }
            Self::ExclusionTwice { code } => {
                let (zh, en) = code.names();
                Text::new(
                    format!("免责条款“{zh}”重复。请只保留一条。"),
                    format!("The exclusion “{en}” is defined twice. Keep one."),
                )
            }
            Self::ExclusionDecider { code } => {
                let (zh, en) = code.names();
                Text::new(
                    format!("免责条款“{zh}”的判定方式不对：超期由日期判定，其余由人判定。"),
                    format!(
                        "The exclusion “{en}” has the wrong decider: out of period is decided by the dates, the others by a person."
                    ),
                )
            }
            Self::ExclusionWithoutEvidence { code } => {
                let (zh, en) = code.names();
                Text::new(
                    format!("免责条款“{zh}”不要求任何凭证。请至少要求照片或文字说明。"),
                    format!("The exclusion “{en}” asks for no evidence. Ask for a photo or a text."),
                )
            }
            Self::ChargeRuleMissing { kind } => {
                let (zh, en) = kind.names();
                Text::new(
                    format!("没有规定“{zh}”如何处理。请补上收费规则。"),
                    format!("There is no rule for {en}. Add one."),
                )
            }
            Self::PayerMissing { kind, coverage } => {
                let ((zh, en), (zh_c, en_c)) = (kind.names(), coverage.names());
                Text::new(
                    format!("承担方矩阵缺少“{zh}”在“{zh_c}”下的承担方。请选择客户或公司。"),
                    format!(
                        "The payer matrix has no payer of {en} under “{en_c}”. Choose customer or company."
                    ),
                )
            }
            Self::PayerRowUnused { kind } => {
                let (zh, en) = kind.names();
                Text::new(
                    format!("“{zh}”不按承担方矩阵处理，矩阵中却有这一行。请删除该行。"),
                    format!(
                        "The rule for {en} never reads the payer matrix, yet it has that row. Remove the row."
                    ),
                )
            }
            Self::CoverWorseThanNone { kind, coverage } => {
                let ((zh, en), (zh_c, en_c)) = (kind.names(), coverage.names());
                Text::new(
                    format!("“{zh}”在保外由公司承担，在“{zh_c}”下却由客户承担。请改为一致。"),
                    format!(
                        "The company pays {en} out of cover but the customer under “{en_c}”. Cover may not be worse than none."
                    ),
                )
            }
            Self::TrainingNotFree => Text::new(
                "培训不收取费用，规则必须是“只能免费”。",
                "Training is free of charge: its rule must be “free only”.",
            ),
            Self::UpgradeNotQuoted => Text::new(
                "版本升级不属于本服务范围，规则必须是“只能报价”。",
                "A version upgrade is out of scope: its rule must be “quote only”.",
            ),
            Self::LevelMissing => Text::new(
                "没有任何服务协议等级。请至少定义一个。",
                "There is no agreement level. Define at least one.",
            ),
            Self::LevelUnnamed { index } => Text::new(
                format!("第 {} 个服务协议等级缺少代码或名称。请补全。", index + 1),
                format!("Agreement level {} lacks a code or a name. Complete it.", index + 1),
            ),
            Self::LevelTwice { code } => Text::new(
                format!("服务协议等级“{code}”重复。请只保留一个。"),
                format!("The agreement level “{code}” is defined twice. Keep one."),
            ),
            Self::ClauseMissing { key } => Text::new(
                format!("缺少条款 {}（{}）。请补上条款文字。", clause(*key), key.default_promise()),
                format!("The clause {} ({}) is missing. Add its words.", clause(*key), key.default_promise()),
            ),
            Self::ClausePromiseMissing { key } => Text::new(
                format!("条款 {} 没有写明所属承诺。请填写，例如 {}。", clause(*key), key.default_promise()),
                format!(
                    "The clause {} names no promise. Enter one, such as {}.",
                    clause(*key),
                    key.default_promise()
                ),
            ),
            Self::ClauseTextMissing { key } => Text::new(
                format!("条款 {} 缺少中文或英文文字。请补全。", clause(*key)),
                format!("The clause {} lacks its Chinese or English text. Complete it.", clause(*key)),
            ),
        }
    }
}

impl fmt::Display for PolicyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for PolicyProblem {}
