//! The company's own promise as data (promise.md): the defaults that every figure can be changed from.

use std::collections::{BTreeMap, BTreeSet};

use service_calendar::{Period, RestDayRule};

use crate::facts::EvidenceKind;
use crate::kinds::{ChargeKind, ClauseKey, CoverageKind, ExclusionCode, Layer, Payer};
use crate::policy::{
    AgreementLevel, ChargeRule, Clause, CoveragePolicy, ExclusionDecider, ExclusionDefinition, PayerMatrix,
    RestDayExtension,
};
use crate::text::Text;

/// The level that gives what the warranty gives (P29).
pub const STANDARD_LEVEL: &str = "standard";

impl Default for CoveragePolicy {
    /// The promise as published: 1 year, 3 months, 90 days, five exclusions, payers by P55.
    fn default() -> Self {
        Self {
            id: "service_promise".to_owned(),
            version: 1,
            acceptance_term: Period::Years(1),
            repaired_part_term: Period::Months(3),
            sold_part_term: Period::Months(3),
            rework_term: Period::Days(90),
            rest_days: RestDayExtension {
                extends: BTreeSet::from(Layer::ALL),
                counted: RestDayRule::default(),
            },
            exclusions: ExclusionCode::ALL.map(exclusion).to_vec(),
            charge_rules: ChargeKind::ALL.map(|kind| (kind, charge_rule(kind))).into(),
            payer_matrix: payer_matrix(),
            override_needs_approval: [ChargeKind::Travel, ChargeKind::Postage, ChargeKind::Packing].into(),
            agreement_levels: vec![AgreementLevel {
                code: STANDARD_LEVEL.to_owned(),
                name: Text::new("标准（与保修期相同）", "Standard (same as the warranty)"),
                not_included: BTreeSet::new(),
            }],
            clauses: ClauseKey::ALL.map(|key| (key, clause(key))).into(),
        }
    }
}

fn exclusion(code: ExclusionCode) -> ExclusionDefinition {
    let by_person = code != ExclusionCode::OutOfPeriod;
    ExclusionDefinition {
        code,
        decided_by: if by_person { ExclusionDecider::Person } else { ExclusionDecider::Dates },
        evidence: if by_person { [EvidenceKind::Photo, EvidenceKind::Text].into() } else { BTreeSet::new() },
        needs_explanation: by_person,
        needs_acknowledgement: by_person,
    }
}

fn charge_rule(kind: ChargeKind) -> ChargeRule {
    match kind {
        ChargeKind::Labour | ChargeKind::Parts => ChargeRule::Cover,
        ChargeKind::Travel | ChargeKind::Postage | ChargeKind::Packing => ChargeRule::Extra,
        ChargeKind::Training => ChargeRule::FreeOnly,
        ChargeKind::Patch => ChargeRule::Licensed,
        ChargeKind::Upgrade => ChargeRule::QuoteOnly,
    }
}

/// P55 stands in the promise on parts: travel, postage and packing of parts and of chargeable work are
/// the customer's. Work under the free warranty or an agreement reaches the customer free (P12, P28,
/// P29) save for packing beyond the usual; rework costs nothing at all (P74), nor does training (P61).
fn payer_matrix() -> PayerMatrix {
    use ChargeKind::{Labour, Packing, Parts, Postage, Travel};
    [Labour, Parts, Travel, Postage, Packing]
        .map(|kind| {
            let row: BTreeMap<_, _> = CoverageKind::ALL
                .map(|coverage| {
                    let company = match coverage {
                        CoverageKind::Rework | CoverageKind::Training => true,
                        CoverageKind::AcceptanceYear | CoverageKind::Agreement | CoverageKind::Patch => {
                            kind != Packing
                        }
                        CoverageKind::RepairedPart | CoverageKind::SoldPart => {
                            matches!(kind, Labour | Parts)
                        }
                        CoverageKind::OutOfPeriod
                        | CoverageKind::Excluded
                        | CoverageKind::PartSale
                        | CoverageKind::Upgrade => false,
                    };
                    let payer = if company { Payer::Company } else { Payer::Customer };
                    (coverage, payer)
                })
                .into();
            (kind, row)
        })
        .into()
}

fn clause(key: ClauseKey) -> Clause {
    let (zh_cn, en) = match key {
        ClauseKey::AcceptanceYear => {
            ("自开通验收合格之日起，免费保修一年", "One year of free warranty from the day of acceptance")
        }
        ClauseKey::Agreement => (
            "续签服务协议，享受与保修期相同的快捷服务",
            "With a renewed service agreement the same fast service as in the warranty",
        ),
        ClauseKey::AbnormalOperation => (
            "不正常操作、人为或自然灾害造成的故障，不在保修范围",
            "Faults by abnormal operation, man-made or natural disaster are not covered",
        ),
        ClauseKey::SelfDismantled => (
            "自行拆卸、维修的，不在保修范围",
            "Equipment dismantled or repaired by the customer is not covered",
        ),
        ClauseKey::NonDesignated => (
            "由非指定专业技术人员指导安装或维修的，不在保修范围",
            "Work guided or done by people not designated is not covered",
        ),
        ClauseKey::MixedSystem => (
            "与其它公司产品混装的系统，不在保修范围",
            "Systems mixed with other makers' products are not covered",
        ),
        ClauseKey::OutOfPeriod => (
            "超出保修期的，终身维护，按价格表收费",
            "Out of the warranty period: lifetime maintenance at list price",
        ),
        ClauseKey::RepairedPart => {
            ("维修配件自交付之日起保修 3 个月", "A repaired part has 3 months of warranty from delivery")
        }
        ClauseKey::PartSale => (
            "配件按规格、型号及公司配件价格体系销售",
            "Parts are sold by specification and model at the company's parts prices",
        ),
        ClauseKey::SoldPart => {
            ("所售配件自交付之日起保修 3 个月", "A sold part has 3 months of warranty from delivery")
        }
        ClauseKey::CustomerPays => (
            "邮递费、额外包装费、上门车费由客户承担",
            "Postage, extra packing and home-visit travel are paid by the customer",
        ),
        ClauseKey::TrainingFree => ("培训不收取费用", "Training is free of charge"),
        ClauseKey::PatchIncluded => {
            ("软件补丁免费提供给已授权的项目点", "Software patches are free for licensed sites")
        }
        ClauseKey::PatchUnlicensed => {
            ("未授权的项目点不享受免费补丁，按报价收费", "A site without a licence gets patches on a quote")
        }
        ClauseKey::UpgradeQuoted => {
            ("版本升级不属于本服务范围，另行报价", "A version upgrade is out of scope and quoted separately")
        }
        ClauseKey::Rework => (
            "质量保修期内同一故障免费返修",
            "The same fault in the quality period is reworked free of charge",
        ),
    };
    Clause { promise: key.default_promise().to_owned(), text: Text::new(zh_cn, en) }
}
