//! Labels for assets: a QR code that opens the report form, what it is, whom to phone.

use kit::{Lang, Ts};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::errors::DocumentError;
use crate::sheet::{Letterhead, Paper, Sheet, sheet};
use crate::words::text;

/// On what labels are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelSize {
    /// A4 sheets of 3 × 8 labels, 70 × 37 mm.
    #[default]
    A4,
    /// A label printer's roll: one label of 50 × 30 mm per page.
    Roll50x30,
}

/// One label.
#[derive(Clone, Debug, Serialize)]
pub struct Label {
    /// What the label says under the code: `TX-` and eight characters.
    pub label: String,
    /// What the code says.
    pub url: String,
    /// The product's name.
    pub product: String,
    /// Its model.
    pub model: String,
    /// The serial.
    pub serial: String,
    /// The site's name.
    pub site: String,
}

/// Labels for assets, in one language.
#[derive(Clone, Debug)]
pub struct Labels {
    /// The language.
    pub lang: Lang,
    /// Whose.
    pub letterhead: Letterhead,
    /// On what.
    pub size: LabelSize,
    /// Places of the first sheet that are used up already; only on A4.
    pub skip: usize,
    /// The labels.
    pub labels: Vec<Label>,
    /// The newest change of the assets.
    pub made_at: Ts,
}

impl Labels {
    /// Labels at once at most.
    pub const MAX: usize = 480;
    /// Labels on a sheet of A4.
    pub const PER_SHEET: usize = 24;

    /// Ready to be set.
    ///
    /// # Errors
    /// `labels_count` for none or more than [`Labels::MAX`].
    pub fn sheet(self) -> Result<Sheet, DocumentError> {
        if self.labels.is_empty() || self.labels.len() > Self::MAX {
            return Err(DocumentError::LabelsCount { max: Self::MAX });
        }
        let lang = self.lang;
        let labels: Vec<serde_json::Value> = self
            .labels
            .iter()
            .map(|label| {
                let mut value = json!(label);
                value["qr"] = crate::qr(&label.url).into();
                value
            })
            .collect();
        let hotline = self.letterhead.hotline.as_ref();
        let more = json!({
            "letterhead": self.letterhead,
            "size": self.size,
            "skip": self.skip.min(Self::PER_SHEET - 1),
            "labels": labels,
            "words": {
                "title": text(lang, "papers.labels.title", &[]),
                "scan": text(lang, "papers.labels.scan", &[]),
                "hotline": hotline.map(|number| text(lang, "visits.paper.hotline", &[("number", number.clone())])),
            },
        });
        let ident = hex::encode(Sha256::digest(more.to_string()));
        Ok(sheet(Paper::Labels, lang, &json!({}), more, ident, self.made_at))
    }
}
