//! Who may do what: one table of permissions × roles, the only place where it is written.
//!
//! A handler names its permission in its signature (`Permit<may::ReportFault>`) and in its OpenAPI entry (`x-permission`); a test
//! walks every route with every role and holds both against this table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($( $(#[$doc:meta])* $variant:ident = $name:literal ),+ $(,)?) => {
        /// A role an account can hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $( $(#[$doc])* $variant ),+ }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// The stored name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name ),+ }
            }
        }

        impl FromStr for Role {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $( $name => Ok(Self::$variant), )+ _ => Err(()) }
            }
        }
    };
}

roles! {
    /// 热线坐席
    HotlineAgent = "hotline_agent",
    /// 技术支持专家
    Expert = "expert",
    /// 调度员
    Dispatcher = "dispatcher",
    /// 现场工程师
    Engineer = "engineer",
    /// 配件员
    PartsClerk = "parts_clerk",
    /// 返厂维修员
    DepotTechnician = "depot_technician",
    /// 培训师
    Trainer = "trainer",
    /// 回访员
    FollowUpAgent = "follow_up_agent",
    /// 分公司经理
    BranchManager = "branch_manager",
    /// 财务
    FinanceClerk = "finance_clerk",
    /// 系统管理员
    SystemAdmin = "system_admin",
    /// 安全管理员
    SecurityAdmin = "security_admin",
    /// 审计管理员
    AuditAdmin = "audit_admin",
    /// 客户联系人
    CustomerContact = "customer_contact",
    /// 电话系统: no person, but the program that tells of calls
    TelephoneSystem = "telephone_system",
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A permission as a type, so that a handler's signature names it.
pub trait Permission: Send + Sync + 'static {
    /// The name, e.g. `cases.report`.
    const NAME: &'static str;
    /// Who holds it.
    const ROLES: &'static [Role];
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The permission's name.
    pub name: &'static str,
    /// Who holds it.
    pub roles: &'static [Role],
}

macro_rules! permissions {
    ($( $(#[$doc:meta])* $marker:ident = $name:literal : $roles:expr ;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $marker;
            impl Permission for $marker {
                const NAME: &'static str = $name;
                const ROLES: &'static [Role] = $roles;
            }
        )+
        /// Every permission.
        pub const ALL: &[Entry] = &[$( Entry { name: $name, roles: $roles } ),+];
    };
}

use Role::{
    AuditAdmin, BranchManager, CustomerContact, DepotTechnician, Dispatcher, Engineer, Expert, FinanceClerk,
    FollowUpAgent, HotlineAgent, PartsClerk, SecurityAdmin, SystemAdmin, TelephoneSystem, Trainer,
};

/// Everybody who works in a unit.
const STAFF: &[Role] = &[
    HotlineAgent,
    Expert,
    Dispatcher,
    Engineer,
    PartsClerk,
    DepotTechnician,
    Trainer,
    FollowUpAgent,
    BranchManager,
    FinanceClerk,
];
/// Staff, and the system administrator who sets the catalogues up: no customer stands in them.
const CATALOGUE: &[Role] = &[
    HotlineAgent,
    Expert,
    Dispatcher,
    Engineer,
    PartsClerk,
    DepotTechnician,
    Trainer,
    FollowUpAgent,
    BranchManager,
    FinanceClerk,
    SystemAdmin,
];
/// Staff at a desk.
const DESK: &[Role] = &[
    HotlineAgent,
    Expert,
    Dispatcher,
    PartsClerk,
    DepotTechnician,
    Trainer,
    FollowUpAgent,
    BranchManager,
    FinanceClerk,
];

permissions! {
    /// One's own account, sessions and language.
    UseOwnAccount = "identity.own": Role::ALL;
    /// Who one is, and one's second factor: all that is open until a role's second factor is set up.
    SetUpSecondFactor = "identity.second_factor": Role::ALL;
    /// Keep views of lists, and use those that colleagues share.
    SaveViews = "identity.saved_views": CATALOGUE;
    /// Create, change, disable accounts; give roles.
    ManageAccounts = "identity.accounts": &[SecurityAdmin];
    /// Create and revoke API tokens.
    ManageTokens = "identity.tokens": &[SecurityAdmin];
    /// Read the audit events.
    ReadAudit = "audit.read": &[AuditAdmin];
    /// Change settings of the system: company, mail, webhooks, clock of the demo.
    ManageSystem = "system.settings": &[SystemAdmin];

    /// See units, hotlines, colleagues.
    ReadOrganisation = "organisation.read":
        &[HotlineAgent, Expert, Dispatcher, Engineer, PartsClerk, DepotTechnician, Trainer, FollowUpAgent, BranchManager, FinanceClerk, SystemAdmin, SecurityAdmin];
    /// Change units, jurisdictions, hotlines, employees, skills, shifts.
    ManageOrganisation = "organisation.manage": &[SystemAdmin];
    /// See and change who is on call (P11).
    ManageOnCall = "organisation.on_call": &[Dispatcher, BranchManager, SystemAdmin];
    /// Record that somebody is off: sick, on leave (P2).
    RecordAbsence = "organisation.absence": &[Dispatcher, BranchManager, SystemAdmin];
    /// See the service policy.
    ReadPolicy = "policy.read":
        &[HotlineAgent, Expert, Dispatcher, Engineer, PartsClerk, DepotTechnician, Trainer, FollowUpAgent, BranchManager, FinanceClerk, SystemAdmin];
    /// Make a new version of the service policy; import a year's holidays.
    ManagePolicy = "policy.manage": &[SystemAdmin];

    /// Look up customers, sites, contacts (numbers masked).
    ReadCustomers = "customers.read": STAFF;
    /// Look up any site by number, name or serial to report a fault on it (decision 2).
    LookUpAnySite = "customers.look_up": &[HotlineAgent, Expert, Dispatcher, BranchManager];
    /// Create and change customers, sites, contacts.
    ManageCustomers = "customers.manage": &[HotlineAgent, Dispatcher, BranchManager];
    /// Bring in whole tables of customers, sites, contacts, assets.
    ImportTables = "customers.import": &[Dispatcher, BranchManager];
    /// See a masked number, with a reason, limited and logged.
    RevealNumber = "customers.reveal": &[HotlineAgent, Expert, Dispatcher, FollowUpAgent, BranchManager];
    /// See assets.
    ReadAssets = "assets.read": STAFF;
    /// Create and change assets.
    ManageAssets = "assets.manage": &[HotlineAgent, Dispatcher, BranchManager];
    /// See the catalogues: products, checklists, codes of faults and causes, templates of notes.
    ReadCatalogue = "assets.catalogue": CATALOGUE;
    /// Create and change products, checklists, codes of faults and causes, templates of notes.
    ManageProducts = "assets.products": &[SystemAdmin, BranchManager];
    /// Record the customer's signed acceptance.
    RecordAcceptance = "assets.accept": &[Dispatcher, Engineer, BranchManager];
    /// Revoke a signed acceptance, with a reason.
    RevokeAcceptance = "assets.revoke_acceptance": &[BranchManager];

    /// See coverage decisions.
    ReadCoverage = "coverage.read": STAFF;
    /// Decide an exclusion with evidence.
    DecideExclusion = "coverage.decide": &[Expert, Dispatcher, Engineer, BranchManager];
    /// Overrule a coverage decision.
    OverruleCoverage = "coverage.overrule": &[BranchManager];
    /// Draft, sign, renew, suspend, terminate service agreements.
    ManageAgreements = "coverage.agreements": &[BranchManager, FinanceClerk];
    /// See who is designated to work in the company's name (P33).
    ReadDesignated = "coverage.designated": CATALOGUE;
    /// Keep the list of designated persons and firms.
    ManageDesignated = "coverage.designate": &[SystemAdmin, BranchManager];
    /// Record that a repaired or sold part was delivered.
    DeliverPart = "coverage.deliver_part": &[PartsClerk, DepotTechnician, BranchManager];
    /// See price lists.
    ReadPrices = "pricing.read": CATALOGUE;
    /// Make a new version of a price list.
    ManagePrices = "pricing.manage": &[FinanceClerk];

    /// Take a call or report and make a case.
    ReportFault = "cases.report": &[HotlineAgent, Expert, Dispatcher, BranchManager];
    /// Tell of calls that ring, are answered and end (P1).
    TellCalls = "cases.telephone": &[TelephoneSystem];
    /// See cases and their timelines.
    ReadCases = "cases.read": STAFF;
    /// Triage, hand over, set the next step, change severity.
    TriageCase = "cases.triage": &[HotlineAgent, Expert, Dispatcher, BranchManager];
    /// Support by phone and record the result.
    SupportByPhone = "cases.support": &[HotlineAgent, Expert];
    /// Record that both sides agree to a visit.
    AgreeOnsite = "cases.agree_onsite": &[HotlineAgent, Expert, Dispatcher];
    /// Take a list of cases away as a file; on record in the audit log.
    ExportCases = "cases.export": &[Dispatcher, BranchManager];
    /// Take a list of work orders, follow-ups, complaints or devices away as a file; on record in the audit log.
    ExportLists = "lists.export": &[Dispatcher, BranchManager];
    /// Write a note on a case.
    NoteOnCase = "cases.note": STAFF;
    /// Withdraw, merge, reopen.
    ManageCases = "cases.manage": &[HotlineAgent, Dispatcher, FollowUpAgent, BranchManager];

    /// See work orders and visits.
    ReadVisits = "visits.read": STAFF;
    /// Make work orders ready, propose, confirm, dispatch, move and cancel visits.
    PlanVisits = "visits.plan": &[Dispatcher, BranchManager];
    /// Do one's own visits.
    DoVisits = "visits.do": &[Engineer];
    /// Override a payer or a waived amount, with a reason.
    OverridePayer = "visits.override_payer": &[BranchManager];
    /// Record the invoice for what a customer owes (P69, P71).
    IssueInvoice = "visits.invoice": &[FinanceClerk, BranchManager];
    /// See the board and engineers' positions.
    ReadBoard = "dispatch.read": &[HotlineAgent, Dispatcher, BranchManager];

    /// Make follow-up calls.
    FollowUp = "care.follow_up": &[FollowUpAgent, BranchManager];
    /// Take complaints up, answer them, record what the customer says (P9, P65).
    AnswerComplaint = "care.complaints": &[HotlineAgent, Expert, Dispatcher, FollowUpAgent, BranchManager];
    /// See follow-ups, complaints and ratings.
    ReadFollowUps = "care.read": DESK;

    /// See what customers, people on duty and programs were told.
    ReadDeliveries = "notifications.read": &[HotlineAgent, Dispatcher, BranchManager, SystemAdmin];
    /// See the alerts one was told of, and take them (P11).
    TakeAlerts = "notifications.alerts": STAFF;
    /// Try a message again that was given up.
    RetryDelivery = "notifications.retry": &[Dispatcher, BranchManager, SystemAdmin];

    /// Send and fetch photos, signatures, documents.
    UseFiles = "files.use":
        &[HotlineAgent, Expert, Dispatcher, Engineer, PartsClerk, DepotTechnician, Trainer, FollowUpAgent, BranchManager, FinanceClerk, SystemAdmin, CustomerContact];
    /// Follow what happens, live.
    FollowLive = "events.live":
        &[HotlineAgent, Expert, Dispatcher, Engineer, PartsClerk, DepotTechnician, Trainer, FollowUpAgent, BranchManager, FinanceClerk, SystemAdmin, SecurityAdmin, AuditAdmin, CustomerContact];
}

/// The permissions that a set of roles gives, sorted.
#[must_use]
pub fn permissions_of(roles: &[Role]) -> Vec<&'static str> {
    let mut names: Vec<_> =
        ALL.iter().filter(|e| e.roles.iter().any(|r| roles.contains(r))).map(|e| e.name).collect();
    names.sort_unstable();
    names
}

/// Roles that one account may not hold together: the three administrators (MLPS separation of duties).
#[must_use]
pub fn conflicting(roles: &[Role]) -> bool {
    [SystemAdmin, SecurityAdmin, AuditAdmin].iter().filter(|r| roles.contains(r)).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_has_one_name_and_somebody_who_holds_it() {
        let mut names: Vec<_> = ALL.iter().map(|e| e.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|e| !e.roles.is_empty()));
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(*role));
        }
    }

    #[test]
    fn administrators_hold_no_business_permission_and_not_each_others() {
        assert!(!permissions_of(&[SystemAdmin]).contains(&"cases.read"));
        assert!(!permissions_of(&[SecurityAdmin]).contains(&"audit.read"));
        assert!(!permissions_of(&[AuditAdmin]).contains(&"identity.accounts"));
        assert!(conflicting(&[SystemAdmin, AuditAdmin]));
        assert!(!conflicting(&[Dispatcher, Engineer]));
    }
}
