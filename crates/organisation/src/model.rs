//! Units, hotlines, employees and what they hold.

use identity::Role;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::Both;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::id_type!(
    /// Id of a unit.
    UnitId
);
kit::id_type!(
    /// Id of a department.
    DepartmentId
);
kit::id_type!(
    /// Id of a hotline.
    HotlineId
);
kit::id_type!(
    /// Id of an employee.
    EmployeeId
);
kit::id_type!(
    /// Id of a certificate.
    CertificateId
);
kit::id_type!(
    /// Id of a shift or of an exception from it.
    ShiftId
);

kit::names! {
    /// What a unit is (P3).
    UnitKind {
        /// 总部, one per company.
        Headquarters = "headquarters",
        /// 分公司
        Branch = "branch",
        /// 技术服务中心
        TechnicalCentre = "technical_centre",
        /// 区域
        Region = "region",
    }
}

kit::names! {
    /// A department of headquarters (P3).
    DepartmentKind {
        /// 工程部
        Engineering = "engineering",
        /// 售后服务部
        AfterSales = "after_sales",
        /// 技术服务部
        TechnicalService = "technical_service",
    }
}

kit::names! {
    /// Schooling, for the headcount report (P2).
    Education {
        /// 高中/中专
        Secondary = "secondary",
        /// 大专
        College = "college",
        /// 本科
        Bachelor = "bachelor",
        /// 硕士
        Master = "master",
        /// 博士
        Doctor = "doctor",
    }
}

kit::names! {
    /// Which hours a hotline keeps (P1); the calendars are the policy's.
    HotlineCalendar {
        /// 5×8
        FiveByEight = "five_by_eight",
        /// 7×24
        RoundTheClock = "round_the_clock",
    }
}

kit::names! {
    /// What work a place needs, for routing (P3).
    RouteKind {
        /// 安装
        Install = "install",
        /// 维修
        Repair = "repair",
        /// 升级支持
        Escalation = "escalation",
    }
}

kit::names! {
    /// Why work goes where it goes (P3).
    RouteReason {
        /// The place lies in headquarters' own region: a department serves it.
        OwnRegion = "own_region",
        /// The place lies elsewhere: the unit that holds it serves it.
        OwningUnit = "owning_unit",
        /// Escalations go to Technical Service of headquarters, wherever they come from.
        Escalation = "escalation",
    }
}

kit::names! {
    /// What a row of a shift plan means.
    ShiftKind {
        /// Every week on this weekday.
        Weekly = "weekly",
        /// Works besides on this date.
        Extra = "extra",
        /// Doesn't work then on this date.
        Leave = "leave",
    }
}

/// Where work goes (P3, P4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Routed {
    /// The unit that owns the work.
    pub unit_id: UnitId,
    /// The department of headquarters that does it, if headquarters does.
    pub department: Option<DepartmentKind>,
    /// Why.
    pub reason: RouteReason,
}

/// A unit of the company.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// The unit above; none for headquarters.
    pub parent_id: Option<UnitId>,
    /// What it is.
    pub kind: UnitKind,
    /// Its name.
    pub name: Both,
    /// Its IANA time zone.
    pub zone: String,
    /// Whether it works; a closed unit holds nothing.
    pub active: bool,
    /// Its departments.
    pub departments: Vec<Department>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// A department of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// What it is.
    pub kind: DepartmentKind,
}

/// A hotline number (P1).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Hotline {
    /// Its id.
    pub id: HotlineId,
    /// E.164, e.g. `+862988881234` or `+864008001234`.
    pub number: String,
    /// The unit whose phone it is.
    pub unit_id: UnitId,
    /// Its name.
    pub name: Both,
    /// Its hours.
    pub calendar: HotlineCalendar,
    /// Whether it is in use.
    pub active: bool,
    /// Version for `If-Match`.
    pub version: i64,
}

/// A point in WGS-84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Longitude in degrees, east positive.
    #[schema(minimum = -180, maximum = 180)]
    pub lon: f64,
    /// Latitude in degrees, north positive.
    #[schema(minimum = -90, maximum = 90)]
    pub lat: f64,
}

/// A person of the company (P2).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Employee {
    /// Their id.
    pub id: EmployeeId,
    /// The unit they work in.
    pub unit_id: UnitId,
    /// Their department, if the unit has departments.
    pub department: Option<DepartmentKind>,
    /// Their job.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// The number on the badge (P66).
    pub badge_number: String,
    /// Last day on which the badge is valid.
    #[schema(value_type = Option<String>, format = Date)]
    pub badge_valid_until: Option<Date>,
    /// Schooling; only for those who manage or plan.
    pub education: Option<Education>,
    /// Where the day begins; only for those who manage or plan.
    pub base: Option<Point>,
    /// The photo shown to the customer (P21).
    pub photo_sha256: Option<String>,
    /// Whether they work here.
    pub active: bool,
    /// What they can do.
    pub skills: Vec<Skill>,
    /// What they are allowed to do.
    pub certificates: Vec<Certificate>,
    /// When they work.
    pub shifts: Vec<Shift>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// Something a person can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// e.g. `barrier`, `access_control`, `turnstile`, `software`, `network`.
    pub code: String,
    /// 1 can help, 2 works alone, 3 expert.
    #[schema(minimum = 1, maximum = 3)]
    pub level: i64,
}

/// A certificate with its expiry (P2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// What it allows, e.g. `electrician`, `work_at_height`.
    pub code: String,
    /// Its number.
    pub number: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub issued_on: Date,
    /// Last day; none if it doesn't expire.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
}

impl Certificate {
    /// Whether it holds on `day`.
    #[must_use]
    pub fn valid_on(&self, day: Date) -> bool {
        self.issued_on <= day && self.expires_on.is_none_or(|last| day <= last)
    }
}

/// A row of a shift plan, in minutes of the unit's local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// What it means.
    pub kind: ShiftKind,
    /// 1 Monday to 7 Sunday, for weekly rows.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: Option<i64>,
    /// The day, for extra hours and leave.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on_date: Option<Date>,
    /// First minute of the day, 0 to 1439.
    #[schema(minimum = 0, maximum = 1439)]
    pub from_min: i64,
    /// First minute that is over, up to 1440.
    #[schema(minimum = 1, maximum = 1440)]
    pub to_min: i64,
}

/// An engineer as dispatch needs them.
#[derive(Clone, Debug, PartialEq)]
pub struct Engineer {
    /// Their id.
    pub id: EmployeeId,
    /// The unit they work in.
    pub unit_id: UnitId,
    /// Their name.
    pub name: String,
    /// The number on the badge.
    pub badge_number: String,
    /// Where the day begins, if known.
    pub base: Option<Point>,
    /// The photo shown to the customer.
    pub photo_sha256: Option<String>,
    /// What they can do.
    pub skills: Vec<Skill>,
    /// What they are allowed to do.
    pub certificates: Vec<Certificate>,
    /// When they work.
    pub shifts: Vec<Shift>,
    /// The zone their shifts are written in.
    pub zone: TimeZone,
}

impl Engineer {
    /// The level of a skill, 0 if they don't have it.
    #[must_use]
    pub fn skill_level(&self, code: &str) -> i64 {
        self.skills.iter().find(|s| s.code == code).map_or(0, |s| s.level)
    }

    /// Whether they hold a certificate that is valid on `day`.
    #[must_use]
    pub fn certified(&self, code: &str, day: Date) -> bool {
        self.certificates.iter().any(|c| c.code == code && c.valid_on(day))
    }
}

/// Whose engineers to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// Of these units, without those below them.
    Units(Vec<UnitId>),
    /// Of a unit and everything below it.
    Below(UnitId),
    /// Of everything a person may see.
    Within(kit::Reach),
    /// These people.
    People(Vec<EmployeeId>),
}
