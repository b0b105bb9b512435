//! What each missing fact says to the person who can get it.

use crate::decision::{Missing, MissingFact};
use crate::text::Text;

/// A missing fact with its sentence.
pub(crate) fn fact(what: MissingFact, about: Option<&str>) -> Missing {
    let id = about.unwrap_or("—");
    let how = match what {
        MissingFact::AcceptanceCertificate => Text::new(
            "没有验收单，无法确定保修起始日。请补录客户签字的验收单，或请客户提供验收证明。",
            "There is no acceptance certificate, so the start of the warranty is unknown. Record the certificate signed by the customer, or ask the customer for proof of acceptance.",
        ),
        MissingFact::AcceptanceDate => Text::new(
            format!("验收单 {id} 没有验收日期。请按原件补填日期。"),
            format!("The certificate {id} bears no date of acceptance. Enter the date from the original."),
        ),
        MissingFact::AcceptanceSignature => Text::new(
            format!("验收单 {id} 没有客户签字，保修尚未起算。请取得客户签字并上传。"),
            format!(
                "The certificate {id} is not signed by the customer, so no warranty has started. Get the signature and upload it."
            ),
        ),
        MissingFact::BeforeAcceptance => Text::new(
            format!("报修早于验收日（验收单 {id}），承诺没有规定验收前由谁承担。请按安装合同由负责人裁定。"),
            format!(
                "The fault was reported before acceptance (certificate {id}), and the promise does not say who pays until then. Have a person rule by the installation contract."
            ),
        ),
        MissingFact::AgreementLevel => Text::new(
            format!("服务协议 {id} 的等级不在服务政策中。请更正协议等级，或在政策中补上该等级。"),
            format!(
                "The policy does not know the level of agreement {id}. Correct the agreement's level, or add the level to the policy."
            ),
        ),
        MissingFact::UsableDates => Text::new(
            format!("{id} 的日期得不出有效期限（颠倒或超出日历范围）。请核对日期。"),
            format!(
                "The dates of {id} give no period: they are reversed or outside the calendar. Check them."
            ),
        ),
        MissingFact::AffectedPart => Text::new(
            format!("不清楚故障是否在保修期内的配件 {id} 上。请通过电话或现场检查确认。"),
            format!(
                "It is not known whether the fault is in part {id}, which is under warranty. Confirm by phone or on site."
            ),
        ),
        MissingFact::SameFault => Text::new(
            format!("不清楚是否与 {id} 修复的故障相同。相同则免费返修，请确认。"),
            format!(
                "It is not known whether this is the fault repaired in {id}. If it is, rework is free: confirm it."
            ),
        ),
        MissingFact::SiteLicence => Text::new(
            "不清楚项目点的软件是否已授权。请核对授权记录。",
            "It is not known whether the site's software is licensed. Check the licence record.",
        ),
        MissingFact::PolicyPayer => Text::new(
            format!("服务政策没有规定“{id}”由谁承担。请补全承担方矩阵并发布新版本。"),
            format!(
                "The policy does not say who pays “{id}”. Complete the payer matrix and publish a new version."
            ),
        ),
    };
    Missing { what, about: about.map(str::to_owned), how }
}
