//! What the home page shows of work orders and visits.

use std::collections::BTreeMap;

use cases::CaseId;
use kit::Ts;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{VisitStateName, WorkOrderId};

/// An invoice that is owed (P69).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvoiceOwed {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// The case it keeps open.
    pub case_id: CaseId,
    /// The case's number.
    pub case_number: String,
    /// Who owes.
    pub customer_name: String,
    /// Where the work was done.
    pub site_name: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Since when.
    pub opened_at: Ts,
}

/// What a finance clerk starts the day with (P69, P71).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvoiceHome {
    /// How many invoices are owed.
    pub count: i64,
    /// Their sums by currency, in minor units.
    pub totals: BTreeMap<String, i64>,
    /// The oldest, at most 10.
    pub items: Vec<InvoiceOwed>,
}

/// A visit that should have begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LateVisit {
    /// Its work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// How far it has come.
    pub state: VisitStateName,
    /// The window's start.
    pub window_start: Ts,
    /// The window's end.
    pub window_end: Ts,
    /// Who goes.
    pub engineer_name: String,
    /// Where to.
    pub site_name: String,
    /// The site's zone.
    pub zone: String,
}

/// What a dispatcher starts the day with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DispatchHome {
    /// Work orders without a planned visit, and agreed visits without a work order.
    pub unassigned: i64,
    /// Visits that the engineer was not told of yet.
    pub proposed: i64,
    /// Visits that the engineer has not answered.
    pub unanswered: i64,
    /// Visits whose window is over without an arrival.
    pub late: i64,
    /// Visits of today.
    pub today: i64,
    /// The latest of the late ones, at most 8.
    pub late_visits: Vec<LateVisit>,
}

/// Appointments of today (P8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AppointmentHome {
    /// Kept: arrived by the end of the appointment.
    pub kept: i64,
    /// Broken: arrived later, or the end is over and nobody is there.
    pub broken: i64,
    /// All whose end lies today, these included.
    pub planned: i64,
}
