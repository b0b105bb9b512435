//! Whether a printed service order is genuine: what stands is hashed again, and so is what binds the signature to it (P72).
//!
//! The code on the paper is the document's SHA-256: only who holds the paper knows it, and a document that was changed has
//! another one.

use identity::limits::Rate;
use kit::{Failure, Ts, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::document::{ServiceOrder, binding, sha256};
use crate::errors::VisitError;
use crate::model::SignatureOutcome;
use crate::store::records;
use crate::views::SignatureView;

/// How often one address may ask: a pile of papers at once, then one every two seconds.
pub(crate) const ASKING: Rate = Rate { burst: 30, per_second: 0.5 };

/// What is said of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProofStanding {
    /// What stands is what was signed, or what was shown and not signed yet.
    Genuine,
    /// What stands is no longer what the paper's code, or its signature, was made from.
    Altered,
    /// It is what was shown, but a later one of the same order counts.
    Superseded,
}

/// Whether a paper is genuine, with what its holder can compare. No name, no address, no number of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProofView {
    /// Genuine, altered, or superseded.
    pub standing: ProofStanding,
    /// The order's number.
    pub number: String,
    /// When the customer was shown it.
    pub shown_at: Ts,
    /// When it was signed, or the signature refused; none if neither has happened.
    pub signed_at: Option<Ts>,
    /// Whether the signature was refused.
    pub refused: bool,
    /// When the one that counts instead was shown.
    pub superseded_at: Option<Ts>,
    /// The number on the engineer's badge; empty if what stands can't be read any more.
    pub badge_number: String,
    /// What the customer pays in minor units; none if what stands can't be read any more.
    pub total_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// IANA zone of the site.
    pub zone: String,
    /// The company's name.
    pub company: String,
    /// Its hotline as it is dialled: the number on an altered paper may be another.
    pub hotline: Option<String>,
}

/// What stands for the paper with this code.
///
/// # Errors
/// `paper_unknown`.
pub(crate) async fn prove(tx: &mut Tx, code: &str) -> Result<ProofView, Failure> {
    if !kit::files::Files::is_digest(code) {
        return Err(VisitError::PaperUnknown.into());
    }
    let shown = records::shown_by_digest(tx, code).await?.ok_or(VisitError::PaperUnknown)?;
    let sealed = &shown.sealed;
    let mut genuine = sha256(&sealed.content) == code;
    if let Some(signature) = &sealed.signature {
        genuine &= bound(tx, signature).await?;
    }
    let document = serde_json::from_str::<ServiceOrder>(&sealed.content).ok();
    let superseded_at = records::superseded_at(tx, &shown).await?;
    let letterhead = customers::letterhead(tx).await?;
    let sealed = shown.sealed;
    let read = document.as_ref();
    Ok(ProofView {
        standing: match superseded_at {
            _ if !genuine => ProofStanding::Altered,
            Some(_) => ProofStanding::Superseded,
            None => ProofStanding::Genuine,
        },
        number: sealed.number,
        shown_at: shown.at,
        signed_at: sealed.signature.as_ref().map(|signature| signature.at),
        refused: sealed.signature.is_some_and(|s| s.outcome == SignatureOutcome::Refused),
        badge_number: read.map(|d| d.parties.badge_number.clone()).unwrap_or_default(),
        total_minor: read.map(|d| d.totals.customer_minor),
        currency: read.map_or_else(|| "CNY".to_owned(), |d| d.totals.currency.clone()),
        zone: read.map_or_else(|| policy::ZONE.to_owned(), |d| d.site.zone.clone()),
        superseded_at,
        company: letterhead.company,
        hotline: letterhead.hotline,
    })
}

// Whether a signature is still bound to its document, its strokes or reason, its signer or witness, and its time.
async fn bound(tx: &mut Tx, signature: &SignatureView) -> Result<bool, Failure> {
    let (middle, who) = match signature.outcome {
        SignatureOutcome::Signed => {
            let strokes = records::strokes(tx, signature.id).await?.unwrap_or_default();
            (sha256(&strokes), signature.signer_name.as_deref())
        }
        SignatureOutcome::Refused => {
            (sha256(signature.reason.as_deref().unwrap_or_default()), signature.witness.as_deref())
        }
    };
    let binds = binding(&signature.document_sha256, &middle, who.unwrap_or_default(), signature.at);
    Ok(binds == signature.binding_sha256)
}
