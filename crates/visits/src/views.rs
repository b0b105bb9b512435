//! What the routes show.

mod way;

use std::collections::BTreeMap;

use assets::{AssetId, ProductId};
use cases::{CaseId, CaseKind};
use coverage::CoverageBadge;
use customers::{ContactId, CustomerId, SiteId};
use kit::{Both, Ts};
use organisation::{EmployeeId, UnitId};
use policy::Severity;
use policy::clocks::ClockView;
use pricing::{ChargesView, PriceLineView};
use serde::Serialize;
use utoipa::ToSchema;

pub use self::way::{SeenOnWay, WaySharing, WayTold};
use crate::checklist::{Answered, Checklist};
use crate::document::{QuoteDocument, ServiceOrder};
use crate::model::{
    ArrivalMethod, ChecklistId, DeviceCheckId, DeviceMethod, EvidenceId, EvidenceKind, GuidanceId,
    OldPartFate, OldPartId, PlaceCheck, SignatureId, SignatureKind, SignatureOutcome, VisitId,
    VisitStateName, VisitStep, Window, WorkOrderId, WorkOrderKind, WorkOrderState,
};

/// Who goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VisitEngineer {
    /// Their id.
    pub id: EmployeeId,
    /// Their name.
    pub name: String,
    /// The number on the badge (P21).
    pub badge_number: String,
    /// The photo shown to the customer (P21).
    pub photo_sha256: Option<String>,
}

/// A point in WGS-84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct SitePoint {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// Where the work is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OrderSite {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Street, building, entrance.
    pub address: String,
    /// Where it is.
    pub point: Option<SitePoint>,
    /// The zone in which its times are shown.
    pub zone: String,
}

/// What the work is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrderAsset {
    /// Its id.
    pub id: AssetId,
    /// Serial number.
    pub serial: String,
    /// What its QR plate says.
    pub label: String,
    /// Model.
    pub model: String,
    /// The product's name.
    pub product: Both,
    /// The product.
    pub product_id: ProductId,
    /// The skill it needs.
    pub skill: String,
}

/// Whom to ask for, number masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrderContact {
    /// Their id: the number is revealed by a reason and the customers' route.
    pub id: ContactId,
    /// May be empty.
    pub name: String,
    /// `138****1234`.
    pub phone_masked: Option<String>,
}

/// The visit that is planned or under way.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct VisitBrief {
    /// Its id.
    pub id: VisitId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: VisitStateName,
    /// Who goes.
    pub engineer: VisitEngineer,
    /// When.
    pub window: Window,
    /// The end of the window to which the customer holds us (P8).
    pub appointment_end: Ts,
    /// Whether that was kept; absent before the arrival.
    pub appointment_kept: Option<bool>,
    /// When the engineer arrived.
    pub arrived_at: Option<Ts>,
    /// Who said that it stays with its engineer at its time; absent if nobody did, or once somebody has set out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<VisitLock>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// Somebody's word that a visit stays with its engineer at its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VisitLock {
    /// Since when.
    pub at: Ts,
    /// Their name, or the program's.
    pub by: String,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// A visit as its customer may know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldVisit {
    /// What lists show of it.
    pub brief: VisitBrief,
    /// Its work order.
    pub work_order_id: WorkOrderId,
    /// When each step was first taken.
    pub steps: Vec<(VisitStep, Ts)>,
    /// SHA-256 of the service order that was shown last.
    pub shown_sha256: Option<String>,
    /// When the customer signed, or the refusal was recorded.
    pub signed_at: Option<Ts>,
    /// What came of it, once that is known.
    pub outcome: Option<crate::model::VisitOutcome>,
}

/// Where an engineer is sent (P66).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentTo {
    /// The site's division.
    pub division_code: Option<String>,
    /// The site's zone.
    pub zone: String,
    /// When.
    pub window: Window,
}

/// A work order as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WorkOrderRow {
    /// Its id.
    pub id: WorkOrderId,
    /// `FW20261122-0001`.
    pub number: String,
    /// What kind of job.
    pub kind: WorkOrderKind,
    /// Its state.
    pub state: WorkOrderState,
    /// The case.
    pub case_id: CaseId,
    /// The case's number.
    pub case_number: String,
    /// What the customer wants.
    pub case_kind: CaseKind,
    /// How much the fault hinders.
    pub severity: Severity,
    /// When it was reported.
    pub reported_at: Ts,
    /// When both sides agreed to a visit.
    pub onsite_agreed_at: Option<Ts>,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Where.
    pub site: OrderSite,
    /// The place within the site.
    pub place: String,
    /// On what.
    pub asset: Option<OrderAsset>,
    /// What happens there.
    pub symptom: String,
    /// Whom to ask for.
    pub contact: Option<OrderContact>,
    /// The skill it needs.
    pub skill: Option<String>,
    /// How long it should take.
    pub duration_min: i64,
    /// When the customer wants it.
    pub wish: Window,
    /// When they were promised somebody (P8), until somebody comes or they agree to another time.
    pub promised: Option<Window>,
    /// The owning unit.
    pub unit_id: UnitId,
    /// The unit's name.
    pub unit: Both,
    /// The visit that is planned or under way.
    pub visit: Option<VisitBrief>,
    /// Who came last, if no visit is planned or under way.
    pub done_by: Option<VisitEngineer>,
    /// Whether it is covered.
    pub coverage: Option<CoverageBadge>,
    /// The clocks of its case.
    pub clocks: Vec<ClockView>,
    /// When it was made.
    pub created_at: Ts,
    /// When it ended.
    pub closed_at: Option<Ts>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// A page of work orders.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkOrderList {
    /// The rows.
    pub items: Vec<WorkOrderRow>,
    /// The cursor of the next page; absent on the last.
    pub next: Option<String>,
    /// The server's present instant.
    pub now: Ts,
}

/// A work order in full.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkOrderView {
    /// What lists show too.
    #[serde(flatten)]
    pub order: WorkOrderRow,
    /// Its visits, oldest first.
    pub visits: Vec<VisitBrief>,
    /// What it costs whom.
    pub charges: ChargesView,
    /// The invoice owed, or issued (P69).
    pub invoice: Option<InvoiceDutyView>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// Whether a new visit can be planned now.
    pub takes_visits: bool,
}

/// An invoice owed, or issued (P69, P71).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvoiceDutyView {
    /// What the customer owes.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Since when.
    pub opened_at: Ts,
    /// The invoice's number, once issued.
    pub invoice_number: Option<String>,
    /// When it was issued.
    pub issued_at: Option<Ts>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingView {
    /// On which visit.
    pub visit_id: VisitId,
    /// What was found.
    pub text: String,
    /// The fault's code, for rework (P74).
    pub fault_code: Option<String>,
    /// Its name in the catalogue.
    pub fault_name: Option<kit::Both>,
    /// The cause's code.
    pub cause_code: String,
    /// Its name in the catalogue.
    pub cause_name: Option<kit::Both>,
    /// What was done.
    pub action: String,
    /// When.
    pub at: Ts,
}

/// A photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Its id.
    pub id: EvidenceId,
    /// On which visit.
    pub visit_id: VisitId,
    /// What it shows.
    pub kind: EvidenceKind,
    /// SHA-256 of the file.
    pub sha256: String,
    /// A remark.
    pub note: Option<String>,
    /// When the server took it.
    pub at: Ts,
    /// When the phone took it.
    pub device_at: Option<Ts>,
}

/// A removed part (P23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OldPartView {
    /// Its id.
    pub id: OldPartId,
    /// On which visit.
    pub visit_id: VisitId,
    /// Its name.
    pub name: String,
    /// Its serial number.
    pub serial: Option<String>,
    /// Pieces.
    pub quantity: i64,
    /// What became of it.
    pub fate: OldPartFate,
    /// When.
    pub at: Ts,
}

/// The device before which the engineer stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeviceCheckView {
    /// Its id.
    pub id: DeviceCheckId,
    /// On which visit.
    pub visit_id: VisitId,
    /// What was scanned or typed.
    pub said: String,
    /// The device that it belongs to, if it is one of this customer.
    pub asset_id: Option<AssetId>,
    /// How it was named.
    pub method: DeviceMethod,
    /// Whether it is the one ordered.
    pub matches: bool,
    /// Why the work went on there all the same.
    pub reason: Option<String>,
    /// When.
    pub at: Ts,
}

/// What somebody of the customer was shown on site (P25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GuidanceView {
    /// Its id.
    pub id: GuidanceId,
    /// On which visit.
    pub visit_id: VisitId,
    /// Who was shown it.
    pub who: String,
    /// What about.
    pub topic: String,
    /// How long.
    pub minutes: i64,
    /// When.
    pub at: Ts,
}

/// A step with both times.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StampView {
    /// Which step.
    pub step: VisitStep,
    /// Server time.
    pub at: Ts,
    /// Device time, if it was made offline.
    pub device_at: Option<Ts>,
    /// How the arrival was shown.
    pub method: Option<ArrivalMethod>,
    /// What the position says.
    pub place_check: Option<PlaceCheck>,
    /// Metres from the site.
    pub distance_m: Option<i64>,
    /// Seconds by which the phone's clock was ahead (negative: behind), where that was over two minutes.
    pub drift_s: Option<i64>,
    /// The reason in words.
    pub note: Option<String>,
}

/// A signature or a recorded refusal (P72).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SignatureView {
    /// Its id.
    pub id: SignatureId,
    /// Quote or result.
    pub kind: SignatureKind,
    /// Signed or refused.
    pub outcome: SignatureOutcome,
    /// SHA-256 of what was shown.
    pub document_sha256: String,
    /// Who signed.
    pub signer_name: Option<String>,
    /// The strokes.
    #[schema(value_type = Option<Vec<Vec<assets::StrokePoint>>>)]
    pub strokes: Option<serde_json::Value>,
    /// SHA-256 of the strokes.
    pub strokes_sha256: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Who saw the refusal.
    pub witness: Option<String>,
    /// When.
    pub at: Ts,
    /// When, by the phone.
    pub device_at: Option<Ts>,
    /// SHA-256 that binds document, strokes, signer and time.
    pub binding_sha256: String,
}

/// What the customer is to agree to before chargeable work (P22, P72).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteView {
    /// The lines that the customer pays, with their sums.
    pub document: QuoteDocument,
    /// SHA-256 of its canonical bytes: `quote_hash` of the acknowledgement.
    pub sha256: String,
    /// Whether the customer agreed to exactly this.
    pub acknowledged: bool,
}

/// The one step a phone offers, and what must be there first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NextStepView {
    /// Which step.
    pub step: VisitStep,
    /// Codes of refusals that it would meet now; empty if it can be taken.
    pub needs: Vec<Need>,
}

/// Something that is missing before a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Need {
    /// The refusal's code: its text is `errors.<code>.title`.
    pub code: String,
    /// The refusal's values: names of steps, amounts.
    pub values: std::collections::BTreeMap<String, String>,
}

/// A visit in full.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitView {
    /// What lists show too.
    #[serde(flatten)]
    pub visit: VisitBrief,
    /// Why it rests, or what came of it.
    pub state_code: Option<String>,
    /// The reason in words.
    pub state_note: Option<String>,
    /// When the engineer left.
    pub left_at: Option<Ts>,
    /// When the self-inspection was confirmed.
    pub self_checked_at: Option<Ts>,
    /// SHA-256 of the service order that was shown last.
    pub document_sha256: Option<String>,
    /// When the customer signed, or the refusal was recorded.
    pub signed_at: Option<Ts>,
    /// The work order.
    pub order: WorkOrderRow,
    /// The checklist as it stood at planning.
    pub checklist: Checklist,
    /// The answers.
    pub answers: Vec<Answered>,
    /// Findings of the whole work order.
    pub findings: Vec<FindingView>,
    /// Photos of the whole work order.
    pub evidence: Vec<EvidenceView>,
    /// Removed parts of the whole work order.
    pub old_parts: Vec<OldPartView>,
    /// What the customer's people were shown (P25).
    pub guidance: Vec<GuidanceView>,
    /// Devices before which somebody stood, of the whole work order.
    pub devices: Vec<DeviceCheckView>,
    /// Every step with both times.
    pub stamps: Vec<StampView>,
    /// What it costs whom.
    pub charges: ChargesView,
    /// What the customer is to agree to; absent if they pay nothing.
    pub quote: Option<QuoteView>,
    /// Signatures and refusals of this visit.
    pub signatures: Vec<SignatureView>,
    /// The one step the engineer's button offers.
    pub next: Option<NextStepView>,
    /// Every step the table allows now.
    pub steps: Vec<VisitStep>,
}

/// What was done at a site before: for whoever stands there without a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PastVisit {
    /// The visit's number.
    pub number: String,
    /// When the engineer left.
    pub left_at: Ts,
    /// The device's serial number, if it was about one.
    pub serial: Option<String>,
    /// Whether it was the device of today's visit.
    pub same_asset: bool,
    /// What was reported.
    pub symptom: String,
    /// What came of it: `done`, `partly_done`, `no_access`.
    pub outcome: String,
    /// What was found last, if anything.
    pub found: Option<String>,
    /// What was done about it.
    pub action: Option<String>,
}

/// What an engineer is told when words of theirs were handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandedIn {
    /// The case on whose timeline they stand.
    pub case_number: String,
}

/// A card of an engineer's day: enough to work without a signal (decision 13).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayCard {
    /// The visit in full.
    #[serde(flatten)]
    pub visit: VisitView,
    /// Per exclusion: the verdict and payers if it were decided.
    pub exclusions: Vec<coverage::ExclusionPreviewView>,
    /// Which prices the customer is entitled to (P54).
    pub price_levels: pricing::CustomerLevels,
    /// The last five visits to the site, newest first.
    pub history: Vec<PastVisit>,
}

/// An engineer's day and the next (P42: enough to work without a signal).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyDay {
    /// The server's present instant.
    pub now: Ts,
    /// The zone in which the days are cut.
    pub zone: String,
    /// The first of the two days, `YYYY-MM-DD`.
    pub today: String,
    /// Visits of today and tomorrow, and those under way.
    pub visits: Vec<DayCard>,
    /// Visits of today that are over: what the customer's data is not needed for any more.
    pub over: Vec<VisitBrief>,
    /// The prices in force.
    pub prices: Vec<PriceLineView>,
    /// The codes of faults and causes to choose from.
    pub fault_codes: Vec<assets::FaultCodeView>,
    /// Whether the engineer's way to visits is shared.
    pub way: WaySharing,
}

/// The canonical service order with what binds it (P70, P72).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceOrderView {
    /// The document; its canonical bytes give `sha256`.
    pub document: ServiceOrder,
    /// SHA-256 of the canonical bytes.
    pub sha256: String,
    /// Whether the customer was shown exactly this; otherwise it is a draft.
    pub shown_at: Option<Ts>,
    /// The signature or the recorded refusal.
    pub signature: Option<SignatureView>,
    /// When the engineer left; not part of what was signed.
    pub left_at: Option<Ts>,
    /// The invoice owed, or issued.
    pub invoice: Option<InvoiceDutyView>,
    /// The names of the findings' causes as the catalogue has them now, by code; the document has the codes. Left out when it has none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    pub cause_names: BTreeMap<String, Both>,
}

/// A version of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChecklistView {
    /// Its id.
    pub id: ChecklistId,
    /// The product; none for those without one of their own.
    pub product_id: Option<ProductId>,
    /// The job.
    pub kind: WorkOrderKind,
    /// Title, version, steps.
    #[serde(flatten)]
    pub checklist: Checklist,
    /// When it was made.
    pub made_at: Ts,
}
