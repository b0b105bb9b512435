//! What the commands take.

use assets::{AssetId, ProductId, StrokePoint};
use coverage::{ExclusionCode, ProposeExclusion};
use kit::Both;
use organisation::EmployeeId;
use pricing::{ChargeKind, PriceLineId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::checklist::{Answer, Answered, Item};
use crate::model::{
    ArrivalMethod, DeviceMethod, EvidenceKind, OldPartFate, PauseReason, Position, Window, WorkOrderKind,
};

/// A work order: time, place, symptom (P42).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWorkOrder {
    /// What kind of job.
    pub kind: WorkOrderKind,
    /// When the customer wants it.
    #[serde(default)]
    pub window: Option<Window>,
    /// The place within the site: building, floor, gate.
    #[serde(default)]
    pub place: Option<String>,
    /// What happens there.
    #[serde(default)]
    pub symptom: Option<String>,
    /// The skill it needs; the product's unless said.
    #[serde(default)]
    pub skill: Option<String>,
    /// How long it should take, 15 to 1440 minutes; 60 unless said.
    #[serde(default)]
    #[schema(minimum = 15, maximum = 1440)]
    pub duration_min: Option<i64>,
    /// The customer chose this later time: the arrival clock rests until the window opens (decision 10).
    #[serde(default)]
    pub later_at_customers_wish: bool,
}

/// How far a new visit is planned at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlannedAs {
    /// The customer has not agreed to the window yet.
    Proposed,
    /// The customer agreed; the engineer is not told yet.
    Confirmed,
    /// The customer agreed and the engineer is told.
    #[default]
    Dispatched,
}

/// What the customer said of a visit outside the window that they were promised (P8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutsidePromise {
    /// They agreed to the other time when we asked: that is what they are promised now. The arrival clock runs on.
    Agreed,
    /// They weren't asked, or didn't agree: what they were promised stands, and is what counts.
    Stands,
}

/// A visit to plan.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanVisit {
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// From.
    pub window_start: kit::Ts,
    /// To.
    pub window_end: kit::Ts,
    /// By when the customer was promised that somebody is there (P8), after `window_start` and at most a day later; `window_end` unless
    /// said.
    #[serde(default)]
    pub appointment_end: Option<kit::Ts>,
    /// How far; dispatched unless said.
    #[serde(default)]
    pub planned_as: PlannedAs,
    /// The customer asked for a window later than the work order's: the arrival clock rests until it opens (decision 10).
    #[serde(default)]
    pub at_customers_wish: bool,
    /// What the customer said, needed where the visit lies outside the window that they were promised and they didn't ask for that
    /// themselves (P8).
    #[serde(default)]
    pub outside_promise: Option<OutsidePromise>,
}

/// Another engineer or window.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReassignVisit {
    /// Who goes now.
    pub engineer_id: EmployeeId,
    /// From.
    pub window_start: kit::Ts,
    /// To.
    pub window_end: kit::Ts,
    /// By when the customer was promised now that somebody is there, as when a visit is planned. Unless the customer asked for another
    /// time, an earlier promise still holds (P8).
    #[serde(default)]
    pub appointment_end: Option<kit::Ts>,
    /// Why.
    pub reason: String,
    /// The customer asked for another time: the appointment is not broken by it (P8).
    #[serde(default)]
    pub at_customers_wish: bool,
    /// What the customer said, needed where the visit lies outside the window that they were promised and they didn't ask for that
    /// themselves (P8).
    #[serde(default)]
    pub outside_promise: Option<OutsidePromise>,
    /// Unlock it, if it is locked: else a locked visit moves at the customer's wish only.
    #[serde(default)]
    pub unlock: bool,
}

/// A visit that is to stay with its engineer at its time.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LockVisit {
    /// Why, at most 500 characters.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

pub use kit::http::Nothing;

/// A step that needs a reason.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Why, 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// Taking a work order off.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelWorkOrder {
    /// Why, 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
    /// What the customer agreed to pay on an earlier visit is to be invoiced (P69).
    #[serde(default)]
    pub invoice_charges: bool,
}

/// Setting out (P20).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Depart {
    /// Answers to the departure steps: work clothes, badge, tools.
    #[serde(default)]
    pub answers: Vec<Answered>,
}

/// Arriving (P21).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrive {
    /// How the arrival is shown.
    pub method: ArrivalMethod,
    /// Where the phone is, if it knows.
    #[serde(default)]
    pub position: Option<Position>,
    /// Why it is later than the appointment; needed then (P8).
    #[serde(default)]
    pub late_reason: Option<String>,
}

/// Letting work rest.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// Why.
    pub reason: PauseReason,
    /// In words; needed for `other`.
    #[serde(default)]
    pub note: Option<String>,
}

/// What was found and done.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFinding {
    /// What was found.
    pub text: String,
    /// The fault's code, by which a rework is recognised (P74).
    #[serde(default)]
    pub fault_code: Option<String>,
    /// The cause's code.
    pub cause_code: String,
    /// What was done, or is to be done.
    pub action: String,
}

/// An answer to a step of the checklist.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct AnswerItem {
    /// The step's key.
    pub item: String,
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
}

/// A photo that was sent before.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvidence {
    /// What it shows.
    pub kind: EvidenceKind,
    /// SHA-256 of the file.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// The device before which the engineer stands.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckDevice {
    /// What was scanned or typed: an address, a label, a serial number; 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub said: String,
    /// How.
    pub method: DeviceMethod,
    /// The device that it belongs to, by what the phone carries of the site.
    #[serde(default)]
    pub asset_id: Option<AssetId>,
    /// Why the work goes on at another device than ordered; needed then.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Where a phone was on the way.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WayPoint {
    /// When, by the phone's clock as corrected.
    pub at: kit::Ts,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Radius of certainty in metres.
    pub accuracy_m: f64,
}

/// A stretch of the way.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellWay {
    /// Where the phone was, 1 to 240 points.
    #[schema(min_items = 1, max_items = 240)]
    pub points: Vec<WayPoint>,
}

/// An engineer's word on whether their way is shared.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareWay {
    /// Whether.
    pub agreed: bool,
    /// The version of the text that was shown.
    pub text_version: i64,
}

/// A removed part (P23).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOldPart {
    /// Its name.
    pub name: String,
    /// Its serial number.
    #[serde(default)]
    pub serial: Option<String>,
    /// Pieces, 1 to 1000; 1 unless said.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1000)]
    pub quantity: Option<i64>,
    /// What became of it.
    pub fate: OldPartFate,
}

/// What somebody of the customer was shown on site (P25).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuidance {
    /// Who was shown it, 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, pattern = r"\S")]
    pub who: String,
    /// What about, 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub topic: String,
    /// Minutes, 1 to 480.
    #[schema(minimum = 1, maximum = 480)]
    pub minutes: i64,
}

/// An exclusion seen on site (P31-P34), with its decision if the engineer makes it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExcludeOnSite {
    /// Which of P31-P34.
    #[schema(value_type = coverage::schema::ExclusionCode)]
    pub code: ExclusionCode,
    /// What was found, in words.
    pub text: Option<String>,
    /// SHA-256 of photos that were sent before; they become evidence of the visit too.
    #[serde(default)]
    pub photos: Vec<String>,
    /// Whether the explanation was shown to the customer.
    #[serde(default)]
    pub explained: bool,
    /// How the customer took it.
    #[serde(default)]
    pub acknowledgement: Option<coverage::Acknowledge>,
    /// SHA-256 of the signature, when the customer signed.
    #[serde(default)]
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub signature_sha256: Option<String>,
    /// The decision; left out, it is proposed only.
    #[serde(default)]
    pub decision: Option<ExclusionRuling>,
}

/// Whether an exclusion applies.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExclusionRuling {
    /// Whether it applies.
    pub applies: bool,
    /// Why.
    pub reason: String,
}

impl ExcludeOnSite {
    /// The proposal within it.
    #[must_use]
    pub fn proposal(&self) -> ProposeExclusion {
        ProposeExclusion {
            code: self.code,
            text: self.text.clone(),
            photos: self.photos.clone(),
            explained: self.explained,
            acknowledgement: self.acknowledgement,
            signature_sha256: self.signature_sha256.clone(),
        }
    }
}

/// A charge from the price list in force (P26).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCharge {
    /// The price it stands on.
    #[serde(default)]
    pub price_line_id: Option<PriceLineId>,
    /// Quantity in thousandths.
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    pub quantity_milli: i64,
    /// What it charges for; checked against the price.
    #[serde(default)]
    #[schema(value_type = Option<coverage::schema::ChargeKind>)]
    pub kind: Option<ChargeKind>,
    /// The serial number of the part.
    #[serde(default)]
    pub part_serial: Option<String>,
}

/// The customer's word on the quote (P22, P72).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeQuote {
    /// SHA-256 of the quote that was shown.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub quote_hash: String,
    /// Who agrees.
    pub signer_name: String,
    /// Their strokes.
    pub strokes: Vec<Vec<StrokePoint>>,
}

/// The service order to be shown to the customer (P72).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Present {
    /// What a phone without a signal showed already. It is frozen as it was shown, if it says what stands.
    #[serde(default)]
    pub shown: Option<crate::document::ServiceOrder>,
}

/// What a phone recorded and no visit takes any more.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandIn {
    /// In words, 1 to 4000 characters.
    #[schema(min_length = 1, max_length = 4000, pattern = r"\S")]
    pub text: String,
}

/// The customer's signature under the service order (P72).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOrder {
    /// SHA-256 of the document that was shown.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub document_hash: String,
    /// Who signs.
    pub signer_name: String,
    /// Their strokes.
    pub strokes: Vec<Vec<StrokePoint>>,
}

/// The customer doesn't sign (P72).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseSignature {
    /// SHA-256 of the document that was shown.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub document_hash: String,
    /// Why not.
    pub reason: String,
    /// Who saw it.
    pub witness: String,
}

/// The invoice for what the customer owes (P71).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueInvoice {
    /// Its number.
    pub invoice_number: String,
    /// Its amount: the service order's total, to the cent.
    pub amount_minor: i64,
}

/// A new version of a checklist (P24).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChecklist {
    /// The product; left out for those without one of their own.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// The job.
    pub kind: WorkOrderKind,
    /// Its name.
    pub title: Both,
    /// Its steps in order.
    pub items: Vec<Item>,
}
