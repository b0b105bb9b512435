//! The papers: what each says, in words ready to be set. Templates, built-in or the company's, read exactly these fields.

use kit::{Lang, Ts};
use serde::Serialize;
use serde_json::json;

use crate::words::{text, zone_name};

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Paper {
    /// The service order (P70).
    ServiceOrder,
    /// The signed acceptance of assets (P28).
    Acceptance,
    /// Labels for assets.
    Labels,
}

impl Paper {
    /// Every paper.
    pub const ALL: [Self; 3] = [Self::ServiceOrder, Self::Acceptance, Self::Labels];

    /// Its name: of the template's file, and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ServiceOrder => "service-order",
            Self::Acceptance => "acceptance",
            Self::Labels => "labels",
        }
    }

    /// The file of the company's own template.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::ServiceOrder => "service-order.typ",
            Self::Acceptance => "acceptance.typ",
            Self::Labels => "labels.typ",
        }
    }

    /// The template that stands here.
    #[must_use]
    pub const fn template(self) -> &'static str {
        match self {
            Self::ServiceOrder => include_str!("../templates/service-order.typ"),
            Self::Acceptance => include_str!("../templates/acceptance.typ"),
            Self::Labels => include_str!("../templates/labels.typ"),
        }
    }
}

impl std::str::FromStr for Paper {
    type Err = ();
    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|paper| paper.name() == name).ok_or(())
    }
}

/// The bytes of a signature's picture: JPEG, PNG, WebP or SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture(pub Vec<u8>);

/// A paper ready to be set: data for a template.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which paper.
    pub paper: Paper,
    /// What the template reads as `/data.json`.
    pub data: serde_json::Value,
    /// What the template reads as `/signature`, if there is one.
    pub picture: Option<Picture>,
    /// What the PDF's identity is made from: the digest of what it is drawn from.
    pub ident: String,
    /// The date of the PDF: the document's, not today's.
    pub made_at: Ts,
}

/// Whose paper it is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Letterhead {
    /// The company's name.
    pub company: String,
    /// The hotline's number as it is dialled.
    pub hotline: Option<String>,
}

/// A name with its value.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// A stable key, for templates that pick facts.
    pub key: &'static str,
    /// Its name in words.
    pub name: String,
    /// Its value in words.
    pub value: String,
}

impl Fact {
    /// A fact.
    #[must_use]
    pub fn new(key: &'static str, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key, name: name.into(), value: value.into() }
    }
}

/// What was found, why, and what was done.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Found, cause, action.
    pub facts: Vec<Fact>,
}

/// A step of work or self-inspection with its result.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// `done`, `failed`, `skipped` or `open`.
    pub result: &'static str,
    /// The step, with its result in words unless it is done.
    pub text: String,
}

/// A charge.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// What it is for.
    pub item: String,
    /// Labour, parts, …
    pub kind: String,
    /// How many.
    pub quantity: String,
    /// List price of one.
    pub price: String,
    /// List price of all.
    pub amount: String,
    /// What the company bears of it; a dash for nothing.
    pub waived: String,
    /// What the customer pays.
    pub customer_pays: String,
    /// Who bears it.
    pub payer: String,
}

/// A signature, or its refusal.
#[derive(Clone, Debug, Serialize)]
pub struct Signature {
    /// Whether it was refused.
    pub refused: bool,
    /// Who and when; or that it was refused, why, and who saw it.
    pub lines: Vec<String>,
    /// The strokes as SVG.
    pub strokes: Option<String>,
}

/// The service order (P70, P72), in one language.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceOrder {
    /// The language.
    pub lang: Lang,
    /// Whose.
    pub letterhead: Letterhead,
    /// The order's number.
    pub number: String,
    /// What is said across the head: that it is a draft, or not signed yet.
    pub state: Option<String>,
    /// Case, visit, customer, site, asset, fault, times, engineer.
    pub facts: Vec<Fact>,
    /// What was found and done.
    pub findings: Vec<Finding>,
    /// Old parts and guidance, a sentence each.
    pub notes: Vec<String>,
    /// Steps with their results.
    pub checks: Vec<Check>,
    /// Whether it is free.
    pub verdict: String,
    /// Why.
    pub reasons: Vec<String>,
    /// Charges.
    pub lines: Vec<Line>,
    /// What the customer pays of each kind, if there are several.
    pub by_kind: Vec<Fact>,
    /// `list_total`, `waived_total`, `total`, `capitals`, `tax`.
    pub sums: Vec<Fact>,
    /// The customer's word on the quote.
    pub quote: Option<String>,
    /// The customer's signature.
    pub signature: Option<Signature>,
    /// The engineer as the paper names them.
    pub engineer: String,
    /// SHA-256 of the canonical document.
    pub sha256: String,
    /// Where the QR code leads: the page that says whether the paper is genuine; none for a draft.
    pub proof_url: Option<String>,
    /// The IANA zone of all times.
    pub zone: String,
    /// When it was shown, or for a draft when it was reported.
    pub made_at: Ts,
}

impl ServiceOrder {
    /// Ready to be set.
    #[must_use]
    pub fn sheet(self) -> Sheet {
        let lang = self.lang;
        let word = |key: &str| text(lang, &format!("visits.paper.{key}"), &[]);
        let words = json!({
            "title": word("title"),
            "work": word("work"),
            "checks": word("checks"),
            "coverage": word("coverage"),
            "fees": word("fees"),
            "by_kind": word("by_kind"),
            "no_lines": word("no_lines"),
            "item": word("item"),
            "kind": word("kind"),
            "quantity": word("quantity"),
            "price": word("price"),
            "amount": word("amount"),
            "waived": word("waived"),
            "customer_pays": word("customer_pays"),
            "payer": word("payer"),
            "customer_signature": word("customer_signature"),
            "engineer": word("engineer"),
            "seal": word("seal"),
            "hash": word("hash").replace("{hash}", "").trim_end().to_owned(),
            "hotline": hotline(lang, self.letterhead.hotline.as_deref()),
            "proof": text(lang, "papers.proof", &[]),
            "zone": zone(lang, self.made_at, &self.zone),
        });
        let qr = self.proof_url.as_deref().map(crate::qr).unwrap_or_default();
        let (ident, made_at) = (format!("{} {}", self.sha256, lang.tag()), self.made_at);
        sheet(Paper::ServiceOrder, lang, &self, json!({ "words": words, "qr": qr }), ident, made_at)
    }
}

/// A signed acceptance of assets (P28), in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Acceptance {
    /// The language.
    pub lang: Lang,
    /// Whose.
    pub letterhead: Letterhead,
    /// Its number.
    pub number: String,
    /// That it was revoked, when and why.
    pub state: Option<String>,
    /// Customer, site, address, day of acceptance.
    pub facts: Vec<Fact>,
    /// Product, model, serial, software of each asset.
    pub assets: Vec<[String; 4]>,
    /// The signature.
    pub signature: Signature,
    /// SHA-256 of the canonical document.
    pub sha256: String,
    /// The IANA zone of all times.
    pub zone: String,
    /// When it was signed.
    pub made_at: Ts,
    /// The signature as a picture, if it was no strokes.
    #[serde(skip)]
    pub picture: Option<Picture>,
}

impl Acceptance {
    /// Ready to be set.
    #[must_use]
    pub fn sheet(mut self) -> Sheet {
        let lang = self.lang;
        let word = |key: &str| text(lang, &format!("papers.acceptance.{key}"), &[]);
        let words = json!({
            "title": word("title"),
            "statement": word("statement"),
            "assets": word("assets"),
            "no": word("no"),
            "product": word("product"),
            "model": word("model"),
            "serial": word("serial"),
            "software": word("software"),
            "customer_signature": text(lang, "visits.paper.customer_signature", &[]),
            "seal": text(lang, "visits.paper.seal", &[]),
            "hash": text(lang, "visits.paper.hash", &[("hash", String::new())]).trim_end().to_owned(),
            "hotline": hotline(lang, self.letterhead.hotline.as_deref()),
            "zone": zone(lang, self.made_at, &self.zone),
        });
        let (ident, made_at, picture) =
            (format!("{} {}", self.sha256, lang.tag()), self.made_at, self.picture.take());
        let more = json!({ "words": words, "signature_picture": picture.is_some() });
        Sheet { picture, ..sheet(Paper::Acceptance, lang, &self, more, ident, made_at) }
    }
}

fn hotline(lang: Lang, number: Option<&str>) -> Option<String> {
    number.map(|number| text(lang, "visits.paper.hotline", &[("number", number.to_owned())]))
}

fn zone(lang: Lang, at: Ts, zone: &str) -> String {
    text(lang, "papers.zone", &[("zone", zone.to_owned()), ("offset", zone_name(at, zone))])
}

/// Puts a paper's fields together with what is added to them.
pub(crate) fn sheet(
    paper: Paper,
    lang: Lang,
    fields: &impl Serialize,
    more: serde_json::Value,
    ident: String,
    made_at: Ts,
) -> Sheet {
    let mut data = serde_json::to_value(fields).unwrap_or_default();
    if let (Some(data), serde_json::Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
        let region = match lang {
            Lang::ZhCn => ("zh", "cn"),
            Lang::En => ("en", "gb"),
        };
        data.insert("lang".into(), region.0.into());
        data.insert("region".into(), region.1.into());
    }
    Sheet { paper, data, picture: None, ident, made_at }
}
