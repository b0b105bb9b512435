//! What the desk sees of the customer's side, and what it answers.

use cases::CaseId;
use customers::SiteId;
use kit::Ts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LinkFor, LinkId, LinkScope, RequestId, RequestKind, RequestState};

/// A code of a label or badge with its picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PortalCodeView)]
pub struct CodeView {
    /// Whether one is in use.
    pub in_use: bool,
    /// The address behind the QR code.
    pub url: Option<String>,
    /// The QR code as SVG.
    pub qr_svg: Option<String>,
    /// When it was made.
    pub made_at: Option<Ts>,
    /// Since when it is held after a restore: it doesn't answer until somebody lets it go on.
    pub held_at: Option<Ts>,
    /// How many were revoked before.
    pub revoked: i64,
}

impl CodeView {
    /// The code in use.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        self.url.as_deref().and_then(|url| url.rsplit('/').next()).map(str::to_owned)
    }
}

/// Why a code is made anew or revoked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeReason {
    /// Why; needed where one is in use.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A link as the desk sees it: never its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TrackingLinkView)]
pub struct LinkView {
    /// Its id.
    pub id: LinkId,
    /// How much it lets its holder do.
    pub scope: LinkScope,
    /// Why it was made.
    pub made_for: LinkFor,
    /// When.
    pub made_at: Ts,
    /// When it was revoked.
    pub revoked_at: Option<Ts>,
}

/// A new link: its address is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NewLink {
    /// Its id.
    pub id: LinkId,
    /// Its address; absent in a repeated answer.
    pub url: Option<String>,
}

/// A photo of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerPhotoView {
    /// The file.
    pub sha256: String,
    /// When.
    pub added_at: Ts,
}

/// What a customer asks for, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = CustomerRequestView)]
pub struct RequestView {
    /// Its id.
    pub id: RequestId,
    /// The case.
    pub case_id: CaseId,
    /// Its number.
    pub case_number: String,
    /// The site.
    pub site_id: SiteId,
    /// Its name.
    pub site_name: String,
    /// The zone of the times.
    pub zone: String,
    /// Whether the case is the reader's.
    pub mine: bool,
    /// What.
    pub kind: RequestKind,
    /// In words.
    pub words: Option<String>,
    /// The wished time.
    pub wish_start: Option<Ts>,
    /// Its end.
    pub wish_end: Option<Ts>,
    /// When it was asked.
    pub made_at: Ts,
    /// How far it has come.
    pub state: RequestState,
    /// When it was answered.
    pub answered_at: Option<Ts>,
    /// What the customer is told.
    pub answer: Option<String>,
    /// The case that a complaint opened.
    pub complaint_case_id: Option<CaseId>,
    /// Version.
    pub version: i64,
}

/// The customer's side of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CustomerSide {
    /// What was asked for, the newest first.
    pub requests: Vec<RequestView>,
    /// Photos, the newest first.
    pub photos: Vec<CustomerPhotoView>,
    /// Links, the newest first.
    pub links: Vec<LinkView>,
}

/// What the desk answers.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// `accepted`, `declined` or `seen`.
    pub state: RequestState,
    /// What the customer is told; needed for declining.
    #[serde(default)]
    pub answer: Option<String>,
}

/// How the customer's pages behave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortalSettings {
    /// Days a link lives on after the end of its case, 1 to 365.
    #[schema(minimum = 1, maximum = 365)]
    pub link_days: i64,
}

impl Default for PortalSettings {
    fn default() -> Self {
        Self { link_days: 30 }
    }
}

/// The same as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortalStanding {
    /// Days a link lives on after the end of its case.
    pub link_days: i64,
    /// Codes of labels and badges that are held since a restore.
    pub held: i64,
}
