//! The words of coverage: what is charged, under which cover, paid by whom, by which clause.

use serde::{Deserialize, Serialize};

/// What a line of a service order charges for (P26, P55, P61, P64).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// 工时费.
    Labour,
    /// 材料费.
    Parts,
    /// 上门车费.
    Travel,
    /// 邮递费.
    Postage,
    /// 额外包装费.
    Packing,
    /// 培训费: never charged (P61).
    Training,
    /// 软件补丁: part of the service (P62).
    Patch,
    /// 版本升级: not part of the service, always on a quote (P64).
    Upgrade,
}

impl ChargeKind {
    /// Every kind, in the order in which lines are shown.
    pub const ALL: [Self; 8] = [
        Self::Labour,
        Self::Parts,
        Self::Travel,
        Self::Postage,
        Self::Packing,
        Self::Training,
        Self::Patch,
        Self::Upgrade,
    ];

    /// The name on screen and paper, Chinese then English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Labour => ("工时费", "labour"),
            Self::Parts => ("材料费", "parts"),
            Self::Travel => ("上门车费", "travel"),
            Self::Postage => ("邮递费", "postage"),
            Self::Packing => ("额外包装费", "extra packing"),
            Self::Training => ("培训费", "training"),
            Self::Patch => ("软件补丁", "software patch"),
            Self::Upgrade => ("版本升级", "version upgrade"),
        }
    }
}

/// One source of cover. The order is the order of preference when several are in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// 免费返修: the same fault came back in the quality period (P74).
    Rework,
    /// 验收保修: the free year from acceptance (P28).
    AcceptanceYear,
    /// 服务协议 (P29).
    Agreement,
    /// 维修配件保修: a part repaired in the depot (P49).
    RepairedPart,
    /// 销售配件保修: a part that was sold (P53).
    SoldPart,
}

impl Layer {
    /// Every layer, preferred first.
    pub const ALL: [Self; 5] =
        [Self::Rework, Self::AcceptanceYear, Self::Agreement, Self::RepairedPart, Self::SoldPart];

    /// The name on screen, Chinese then English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Rework => ("免费返修", "free rework"),
            Self::AcceptanceYear => ("验收保修", "warranty from acceptance"),
            Self::Agreement => ("服务协议", "service agreement"),
            Self::RepairedPart => ("维修配件保修", "repaired-part warranty"),
            Self::SoldPart => ("销售配件保修", "sold-part warranty"),
        }
    }

    /// The column of the payer matrix that this layer selects.
    pub const fn coverage_kind(self) -> CoverageKind {
        match self {
            Self::Rework => CoverageKind::Rework,
            Self::AcceptanceYear => CoverageKind::AcceptanceYear,
            Self::Agreement => CoverageKind::Agreement,
            Self::RepairedPart => CoverageKind::RepairedPart,
            Self::SoldPart => CoverageKind::SoldPart,
        }
    }

    /// The clause of the promise that grants this layer.
    pub const fn clause_key(self) -> ClauseKey {
        match self {
            Self::Rework => ClauseKey::Rework,
            Self::AcceptanceYear => ClauseKey::AcceptanceYear,
            Self::Agreement => ClauseKey::Agreement,
            Self::RepairedPart => ClauseKey::RepairedPart,
            Self::SoldPart => ClauseKey::SoldPart,
        }
    }

    /// True when the layer covers one part only, not the whole asset (P49, P53).
    pub const fn is_part_only(self) -> bool {
        matches!(self, Self::RepairedPart | Self::SoldPart)
    }
}

/// A column of the payer matrix (P55): the cover under which the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverageKind {
    /// 免费返修 (P74).
    Rework,
    /// 验收保修 (P28).
    AcceptanceYear,
    /// 服务协议 (P29).
    Agreement,
    /// 维修配件保修 (P49).
    RepairedPart,
    /// 销售配件保修 (P53).
    SoldPart,
    /// 保外 (P35).
    OutOfPeriod,
    /// 免责: an exclusion P31-P34 was decided.
    Excluded,
    /// 配件销售 (P51-P53).
    PartSale,
    /// 培训 (P61).
    Training,
    /// 软件补丁 (P62).
    Patch,
    /// 版本升级 (P64).
    Upgrade,
}

impl CoverageKind {
    /// Every column, in the order in which the matrix is shown.
    pub const ALL: [Self; 11] = [
        Self::Rework,
        Self::AcceptanceYear,
        Self::Agreement,
        Self::RepairedPart,
        Self::SoldPart,
        Self::OutOfPeriod,
        Self::Excluded,
        Self::PartSale,
        Self::Training,
        Self::Patch,
        Self::Upgrade,
    ];

    /// The name on screen, Chinese then English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Rework => Layer::Rework.names(),
            Self::AcceptanceYear => Layer::AcceptanceYear.names(),
            Self::Agreement => Layer::Agreement.names(),
            Self::RepairedPart => Layer::RepairedPart.names(),
            Self::SoldPart => Layer::SoldPart.names(),
            Self::OutOfPeriod => ("保外", "out of cover"),
            Self::Excluded => ("免责", "excluded"),
            Self::PartSale => ("配件销售", "part sale"),
            Self::Training => ("培训", "training"),
            Self::Patch => ("软件补丁", "software patch"),
            Self::Upgrade => ("版本升级", "version upgrade"),
        }
    }
}

/// Who pays a charge (P55).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// 客户.
    Customer,
    /// 公司.
    Company,
}

/// The five exclusions of the warranty (P31-P35).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionCode {
    /// P31 不正常操作、人为或自然灾害.
    AbnormalOperation,
    /// P32 自行拆卸、维修.
    SelfDismantled,
    /// P33 非指定专业技术人员指导安装或维修.
    NonDesignated,
    /// P34 与其它公司产品混装的系统.
    MixedSystem,
    /// P35 超出保修期: decided by the dates alone.
    OutOfPeriod,
}

impl ExclusionCode {
    /// Every exclusion, in the order of the promise.
    pub const ALL: [Self; 5] = [
        Self::AbnormalOperation,
        Self::SelfDismantled,
        Self::NonDesignated,
        Self::MixedSystem,
        Self::OutOfPeriod,
    ];

    /// The name on screen, Chinese then English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::AbnormalOperation => {
                ("不正常操作、人为或自然灾害", "abnormal operation, man-made or natural disaster")
            }
            Self::SelfDismantled => ("自行拆卸、维修", "self-dismantled or self-repaired"),
            Self::NonDesignated => {
                ("非指定专业技术人员指导安装或维修", "work guided or done by people not designated")
            }
            Self::MixedSystem => ("与其它公司产品混装的系统", "mixed with other makers' products"),
            Self::OutOfPeriod => ("超出保修期", "out of period"),
        }
    }

    /// The clause of the promise that states this exclusion.
    pub const fn clause_key(self) -> ClauseKey {
        match self {
            Self::AbnormalOperation => ClauseKey::AbnormalOperation,
            Self::SelfDismantled => ClauseKey::SelfDismantled,
            Self::NonDesignated => ClauseKey::NonDesignated,
            Self::MixedSystem => ClauseKey::MixedSystem,
            Self::OutOfPeriod => ClauseKey::OutOfPeriod,
        }
    }
}

/// The clauses of the promise a verdict can rest on; their wording is policy data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKey {
    /// P28.
    AcceptanceYear,
    /// P29.
    Agreement,
    /// P31.
    AbnormalOperation,
    /// P32.
    SelfDismantled,
    /// P33.
    NonDesignated,
    /// P34.
    MixedSystem,
    /// P35.
    OutOfPeriod,
    /// P49.
    RepairedPart,
    /// P51.
    PartSale,
    /// P53.
    SoldPart,
    /// P55: postage, extra packing and travel at the customer's cost.
    CustomerPays,
    /// P61.
    TrainingFree,
    /// P62: free for licensed sites.
    PatchIncluded,
    /// P62: a site without a licence.
    PatchUnlicensed,
    /// P64.
    UpgradeQuoted,
    /// P74.
    Rework,
}

impl ClauseKey {
    /// Every clause a policy must word.
    pub const ALL: [Self; 16] = [
        Self::AcceptanceYear,
        Self::Agreement,
        Self::AbnormalOperation,
        Self::SelfDismantled,
        Self::NonDesignated,
        Self::MixedSystem,
        Self::OutOfPeriod,
        Self::RepairedPart,
        Self::PartSale,
        Self::SoldPart,
        Self::CustomerPays,
        Self::TrainingFree,
        Self::PatchIncluded,
        Self::PatchUnlicensed,
        Self::UpgradeQuoted,
        Self::Rework,
    ];

    /// The promise that this clause is about in the company's own list (P1-P74).
    pub const fn default_promise(self) -> &'static str {
        match self {
            Self::AcceptanceYear => "P28",
            Self::Agreement => "P29",
            Self::AbnormalOperation => "P31",
            Self::SelfDismantled => "P32",
            Self::NonDesignated => "P33",
            Self::MixedSystem => "P34",
            Self::OutOfPeriod => "P35",
            Self::RepairedPart => "P49",
            Self::PartSale => "P51",
            Self::SoldPart => "P53",
            Self::CustomerPays => "P55",
            Self::TrainingFree => "P61",
            Self::PatchIncluded | Self::PatchUnlicensed => "P62",
            Self::UpgradeQuoted => "P64",
            Self::Rework => "P74",
        }
    }
}

/// What the customer asks for, as far as coverage tells requests apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// A fault, a rework or any other work on an asset: the layers and exclusions decide.
    #[default]
    Repair,
    /// A part is bought (P51-P53).
    PartSale,
    /// Training: always free (P61).
    Training,
    /// A software patch: free for licensed sites (P62).
    Patch,
    /// A version upgrade: a quote, never free (P64).
    Upgrade,
}
