//! For `aftercare check`: hashes every shown document and every signature again (P72), and derives every work order's state again.

use kit::{Failure, Tx};

use crate::actions::derived;
use crate::document::{binding, sha256};
use crate::model::{SignatureOutcome, WorkOrderState};
use crate::store::{records, rows};

/// A document or signature that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentMismatch {
    /// The work order's number.
    pub number: String,
    /// What differs: `document`, `strokes`, `binding`.
    pub what: &'static str,
    /// What is stored.
    pub stored: String,
    /// What the stored bytes give.
    pub computed: String,
}

/// Recomputes the SHA-256 of every document that was shown, of every signature's strokes, and of what binds them. Returns how
/// many documents were looked at, and what differs.
///
/// # Errors
/// As the database says.
pub async fn verify_documents(tx: &mut Tx) -> Result<(u64, Vec<DocumentMismatch>), Failure> {
    const AT_ONCE: i64 = 200;
    let (mut count, mut found) = (0, Vec::new());
    let mut after = (String::new(), String::new());
    loop {
        let page = records::sealed_after(tx, &after, AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok((count, found)) };
        after = (last.visit_id.to_string(), last.sha256.clone());
        for sealed in page {
            count += 1;
            let mut differs = |what, stored: &str, computed: String| {
                if stored != computed {
                    found.push(DocumentMismatch {
                        number: sealed.number.clone(),
                        what,
                        stored: stored.to_owned(),
                        computed,
                    });
                }
            };
            differs("document", &sealed.sha256, sha256(&sealed.content));
            let Some(signature) = sealed.signature else { continue };
            let (middle, who) = match signature.outcome {
                SignatureOutcome::Signed => {
                    let strokes = records::strokes(tx, signature.id).await?.unwrap_or_default();
                    let digest = sha256(&strokes);
                    differs(
                        "strokes",
                        signature.strokes_sha256.as_deref().unwrap_or_default(),
                        digest.clone(),
                    );
                    (digest, signature.signer_name.unwrap_or_default())
                }
                SignatureOutcome::Refused => {
                    (sha256(&signature.reason.unwrap_or_default()), signature.witness.unwrap_or_default())
                }
            };
            let bound = binding(&signature.document_sha256, &middle, &who, signature.at);
            differs("binding", &signature.binding_sha256, bound);
        }
    }
}

/// A work order whose state is not the one its visits give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateMismatch {
    /// The work order's number.
    pub number: String,
    /// What is stored.
    pub stored: WorkOrderState,
    /// What its visits give.
    pub computed: WorkOrderState,
}

/// Derives the state of every work order from its visits again. Returns how many were looked at, and what differs.
///
/// # Errors
/// As the database says.
pub async fn verify_states(tx: &mut Tx) -> Result<(i64, Vec<StateMismatch>), Failure> {
    const AT_ONCE: i64 = 200;
    let (mut count, mut found) = (0, Vec::new());
    let mut after = String::new();
    loop {
        let page = rows::orders_after(tx, &after, AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok((count, found)) };
        after = last.id.to_string();
        for order in page {
            count += 1;
            let computed = derived(tx, &order).await?;
            if order.state != computed {
                found.push(StateMismatch { number: order.number, stored: order.state, computed });
            }
        }
    }
}
