//! A work order and a visit as the program holds them.

use assets::AssetId;
use cases::CaseId;
use customers::{CustomerId, SiteId};
use kit::Ts;
use organisation::{EmployeeId, UnitId};

use crate::checklist::Checklist;
use crate::model::{VisitId, VisitState, Window, WorkOrderId, WorkOrderKind, WorkOrderState};
use crate::rules::steps::{Paper, Standing};

/// A work order.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkOrder {
    /// Its id.
    pub id: WorkOrderId,
    /// `FW20261122-0001`.
    pub number: String,
    /// The case it belongs to.
    pub case_id: CaseId,
    /// What kind of job.
    pub kind: WorkOrderKind,
    /// Its state, derived from the visits.
    pub state: WorkOrderState,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Where.
    pub site_id: SiteId,
    /// On what.
    pub asset_id: Option<AssetId>,
    /// The owning unit.
    pub unit_id: UnitId,
    /// The unit the case was raised to.
    pub second_unit_id: Option<UnitId>,
    /// The site's division.
    pub division_code: Option<String>,
    /// When the customer wants it (P42).
    pub wish: Window,
    /// When they were promised somebody (P8): until somebody comes, or they agree to another time.
    pub promised: Option<Window>,
    /// The place within the site (P42).
    pub place: String,
    /// What happens there (P42).
    pub symptom: String,
    /// The skill it needs.
    pub skill: Option<String>,
    /// How long it should take.
    pub duration_min: i64,
    /// How many visits were ever made.
    pub visits_made: i64,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// When it was made.
    pub created_at: Ts,
    /// When it ended.
    pub closed_at: Option<Ts>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// A visit: one engineer at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// The work order's number with a running number: `FW20261122-0001-1`.
    pub number: String,
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// The case.
    pub case_id: CaseId,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// When.
    pub window: Window,
    /// The end of the window to which the customer holds us (P8): it follows the window only at the customer's wish.
    pub appointment_end: Ts,
    /// Its state.
    pub state: VisitState,
    /// Whose customer.
    pub customer_id: CustomerId,
    /// The owning unit.
    pub unit_id: UnitId,
    /// The unit the case was raised to.
    pub second_unit_id: Option<UnitId>,
    /// The site's division.
    pub division_code: Option<String>,
    /// The checklist as it stood at planning.
    pub checklist: Checklist,
    /// When the engineer arrived.
    pub arrived_at: Option<Ts>,
    /// When the engineer left.
    pub left_at: Option<Ts>,
    /// When the self-inspection was confirmed.
    pub self_checked_at: Option<Ts>,
    /// SHA-256 of the service order that was shown last.
    pub shown_sha256: Option<String>,
    /// When the customer signed, or the refusal was recorded.
    pub signed_at: Option<Ts>,
    /// That it stays with its engineer at its time, if somebody said so; it counts as long as nobody has set out.
    pub lock: Option<Lock>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// Somebody's word that a visit stays with its engineer at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Since when.
    pub at: Ts,
    /// Whose word it is: an account, or a program.
    pub by: String,
    /// Why.
    pub note: Option<String>,
}

impl Visit {
    /// What the table of steps needs to know.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let paper = match (self.signed_at, &self.shown_sha256) {
            (Some(_), _) => Paper::Settled,
            (None, Some(_)) => Paper::Presented,
            (None, None) => Paper::None,
        };
        Standing {
            state: self.state.name(),
            self_checked: self.self_checked_at.is_some(),
            paper,
            locked: self.lock.is_some(),
        }
    }
}
