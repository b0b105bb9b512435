//! What the pages behind a label, a link and a badge show and take.

use std::collections::BTreeMap;

use care::complaints::ComplaintTold;
use cases::{CaseKind, StateName};
use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LinkScope, Node, RequestKind, RequestState};

/// The device behind a label.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LabelDevice {
    /// What it is.
    pub product: Both,
    /// Its model.
    pub model: String,
    /// What kind of device: chooses its picture.
    pub kind: String,
    /// The end of its serial number, to compare with the plate.
    pub serial_end: String,
}

/// Something that may be wrong, to be chosen by its picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SymptomChoice {
    /// The code.
    pub code: String,
    /// In words.
    pub name: Both,
}

/// A grave effect on the customer's business, to be ticked if it is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EffectChoice {
    /// The code.
    pub code: String,
    /// What a tick says.
    pub statement: Both,
    /// The answer to the policy's question that a tick stands for.
    pub answer: bool,
}

/// A case that is open on the device already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenReport {
    /// Its number.
    pub number: String,
    /// When it was reported.
    pub reported_at: Ts,
    /// How far it is.
    pub state: StateName,
}

/// What the page behind a label shows.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReportPage {
    /// The site.
    pub site_name: String,
    /// The zone in which its times are shown.
    pub zone: String,
    /// The device.
    pub device: LabelDevice,
    /// Whether it is covered, in words.
    pub cover: Both,
    /// What may be wrong: at most six.
    pub symptoms: Vec<SymptomChoice>,
    /// Grave effects to tick.
    pub effects: Vec<EffectChoice>,
    /// A case that is open already.
    pub open: Option<OpenReport>,
    /// The number that this browser has shown to be its user's, masked.
    pub caller: Option<String>,
    /// Whether a code can be sent: else the hotline takes the report.
    pub takes_reports: bool,
    /// The hotline's number.
    pub hotline: Option<String>,
}

/// A number that wants a code.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskCode {
    /// In any format.
    pub phone: String,
}

/// What is said once a code is on its way: the same for every number.
#[derive(Clone, Serialize, ToSchema)]
pub struct CodeSent {
    /// The number, masked.
    pub phone_masked: String,
    /// Seconds until another can be asked for.
    pub again_s: u64,
    /// The code, in a demo only.
    pub demo_code: Option<String>,
}

/// A code that came by SMS.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveCode {
    /// The number it was sent to.
    pub phone: String,
    /// Six digits.
    pub code: String,
}

/// A number that is known to be the caller's from now on, in this browser, for thirty days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verified {
    /// The number, masked.
    pub phone_masked: String,
}

/// A report by the QR code on a device.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// The picture that was chosen.
    #[serde(default)]
    pub symptom_class: Option<String>,
    /// What happens, in the customer's words; needed without a picture.
    #[serde(default)]
    pub symptom: Option<String>,
    /// Answers about the effect on use.
    #[serde(default)]
    pub effects: BTreeMap<String, bool>,
    /// A photo that was sent before.
    #[serde(default)]
    pub photo_sha256: Option<String>,
    /// Add it to the case that is open on the device, with this number.
    #[serde(default)]
    pub add_to: Option<String>,
}

/// What a report led to.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReportAnswer {
    /// The case's number.
    pub number: String,
    /// Whether it was added to a case that was open.
    pub added: bool,
    /// Who answers by when.
    pub respond_due_at: Option<Ts>,
    /// Seconds within which somebody is there once a visit is agreed.
    pub arrive_target_s: Option<i64>,
    /// The zone of the times.
    pub zone: String,
    /// The address of the case's page; never kept with the answer of a command.
    pub link: Option<String>,
}

// ---- the page behind a link

/// The promise that runs, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrackPromise {
    /// Which: `respond`, `arrive`, `restore`.
    pub promise: String,
    /// By when.
    pub due_at: Ts,
    /// Whether that is over.
    pub over: bool,
}

/// Who comes (P21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrackEngineer {
    /// Their name.
    pub name: String,
    /// The number on the badge.
    pub badge_number: String,
    /// Whether there is a photo.
    pub photo: bool,
}

/// Where who comes is on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrackWay {
    /// When their phone last said where it is.
    pub seen_at: Ts,
    /// Minutes until they are there, in steps of five; none if that can't be said.
    pub arrive_in_min: Option<i64>,
}

/// The visit that is planned, under way or was the last.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TrackVisit {
    /// From when somebody is promised to come.
    pub window_start: Ts,
    /// Until when; behind `appointment_end` only if we moved the visit there.
    pub window_end: Ts,
    /// By when we promised to be there (P8).
    pub appointment_end: Ts,
    /// When the engineer came.
    pub arrived_at: Option<Ts>,
    /// Who comes.
    pub engineer: TrackEngineer,
    /// Where they are, only between setting out and arriving, and only if they share that.
    pub way: Option<TrackWay>,
}

/// What a customer asked for, as they see it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TrackRequest {
    /// What.
    pub kind: RequestKind,
    /// In their words.
    pub words: Option<String>,
    /// The wished time.
    pub wish_start: Option<Ts>,
    /// Its end.
    pub wish_end: Option<Ts>,
    /// When.
    pub made_at: Ts,
    /// How far it has come.
    pub state: RequestState,
    /// What we said.
    pub answer: Option<String>,
    /// The number of the complaint.
    pub complaint_number: Option<String>,
    /// How far the complaint has come, with its answer.
    pub complaint: Option<ComplaintTold>,
}

/// What can be done on the page now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrackMay {
    /// Ask how it goes.
    pub chase: bool,
    /// Ask for another time.
    pub move_visit: bool,
    /// Add words or a photo.
    pub add: bool,
    /// Sign the service order.
    pub sign: bool,
    /// Rate.
    pub rate: bool,
    /// Complain.
    pub complain: bool,
}

/// The page of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackPage {
    /// Its number.
    pub number: String,
    /// What was wanted.
    pub kind: CaseKind,
    /// How it stands.
    pub state: StateName,
    /// How much this link lets its holder do.
    pub scope: LinkScope,
    /// Its nodes, in order.
    pub nodes: Vec<Node>,
    /// Where.
    pub site_name: String,
    /// The zone of the times.
    pub zone: String,
    /// On what.
    pub product: Option<Both>,
    /// What was reported.
    pub symptom: String,
    /// When.
    pub reported_at: Ts,
    /// Whether it is covered, in words.
    pub cover: Option<Both>,
    /// The promise that runs.
    pub promise: Option<TrackPromise>,
    /// When somebody was promised, as long as no visit is planned that says it.
    pub promised: Option<visits::Window>,
    /// The visit.
    pub visit: Option<TrackVisit>,
    /// Who is called back, masked; for the case's own contact only.
    pub contact: Option<String>,
    /// The number under which it goes on.
    pub goes_on_as: Option<String>,
    /// What was asked for here, the newest first.
    pub requests: Vec<TrackRequest>,
    /// When it can be chased again.
    pub chase_again_at: Option<Ts>,
    /// What is asked about the service, while an answer is owed.
    pub script: Vec<care::Question>,
    /// The score that was given.
    pub rating: Option<i64>,
    /// Photos that customers added.
    pub photos: i64,
    /// What can be done now.
    pub may: TrackMay,
    /// Until when this page can be seen.
    pub ends_at: Option<Ts>,
    /// The hotline's number.
    pub hotline: Option<String>,
    /// The server's present instant.
    pub now: Ts,
}

/// Words or a photo for a case.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddToCase {
    /// In words.
    #[serde(default)]
    pub words: Option<String>,
    /// A photo that was sent before.
    #[serde(default)]
    pub photo_sha256: Option<String>,
}

/// Another time for the visit.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WishTime {
    /// From when it would suit.
    pub wish_start: Ts,
    /// Until when.
    pub wish_end: Ts,
    /// Why, or what else matters.
    #[serde(default)]
    pub words: Option<String>,
}

/// What the customer says to the answer of a complaint.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayToAnswer {
    /// The complaint's number.
    pub number: String,
    /// Whether the answer will do.
    pub content: bool,
    /// In words; needed if it will not.
    #[serde(default)]
    pub words: Option<String>,
}

/// A complaint.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Complain {
    /// In words.
    pub words: String,
}

// ---- the page behind a badge

/// Where somebody is sent today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SentToday {
    /// The district of the site, in Chinese as the list of divisions names it.
    pub district: Option<String>,
    /// From this hour.
    pub from: Ts,
    /// To this hour.
    pub to: Ts,
    /// The zone of the site.
    pub zone: String,
}

/// The answer to "is this person sent by you today?" (P66).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BadgePage {
    /// Whether the code is of a badge of ours at all.
    pub known: bool,
    /// Whether they are sent today.
    pub sent: bool,
    /// Their name; only if they are sent.
    pub name: Option<String>,
    /// The number on the badge; only if they are sent.
    pub badge_number: Option<String>,
    /// Whether there is a photo to compare.
    pub photo: bool,
    /// Where to.
    pub visits: Vec<SentToday>,
    /// The hotline's number.
    pub hotline: Option<String>,
}
