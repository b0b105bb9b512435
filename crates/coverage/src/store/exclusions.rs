//! Exclusions that people saw, with what proves them.

use coverage_rules::{
    Acknowledgement, Evidence, EvidenceKind, ExclusionCode, ExclusionFinding, FindingState, Ruling,
};
use identity::files::FileUse;
use kit::db::DbError;
use kit::{Actor, Cx, Failure, Reach, Row, Ts, Tx, Value, Where, params};

use super::cases::SCOPE as CASE_SCOPE;
use super::{name_of, named};
use crate::model::{Acknowledge, EvidenceView, ExclusionFindingView, FindingId, FindingStanding, Proof};

// A case's exclusions are seen with its coverage.
fn narrow(filter: &mut Where, actor: &Actor) {
    actor.reach.narrow(filter, &CASE_SCOPE);
}

/// Photos that prove an exclusion, and the customer's signature under its explanation: for those who see the case. The signature
/// is also the customer's.
pub const FILE_USES: &[FileUse] = &[
    FileUse {
        from: "exclusion_evidence p JOIN exclusion_finding f ON f.id = p.finding_id JOIN case_coverage h ON h.case_id = f.case_id",
        digest: "p.sha256",
        only: None,
        // What the company's people saw is shown to a customer on the service order, not before.
        narrow: |filter, actor| match actor.reach {
            Reach::Customer(_) => {
                filter.and("1 = 0", []);
            }
            _ => narrow(filter, actor),
        },
    },
    FileUse {
        from: "exclusion_finding f JOIN case_coverage h ON h.case_id = f.case_id",
        digest: "f.signature_sha256",
        only: None,
        narrow,
    },
];

/// A finding as stored: with ids of people, not their names.
#[derive(Clone, Debug)]
pub struct Finding {
    /// As it is shown.
    pub view: ExclusionFindingView,
    /// Who recorded the customer's answer.
    pub acknowledgement_by: Option<String>,
    /// Ids of the evidence, in the order of the view's.
    pub evidence_ids: Vec<String>,
}

impl Finding {
    /// The finding as the engine takes it.
    pub fn fact(&self) -> ExclusionFinding {
        let view = &self.view;
        let ruling = || Ruling {
            by: view.ruled_by.clone().unwrap_or_default(),
            at: view.ruled_at.unwrap_or(view.proposed_at).timestamp(),
            reason: view.ruled_reason.clone().unwrap_or_default(),
        };
        ExclusionFinding {
            code: view.code,
            state: match view.state {
                FindingStanding::Proposed => FindingState::Proposed,
                FindingStanding::Decided => FindingState::Decided(ruling()),
                FindingStanding::Rejected => FindingState::Overruled(ruling()),
            },
            evidence: view
                .evidence
                .iter()
                .zip(&self.evidence_ids)
                .map(|(one, id)| Evidence {
                    kind: one.kind,
                    reference: one.sha256.clone().unwrap_or_else(|| id.clone()),
                })
                .collect(),
            explained_at: view.explained_at.map(Ts::timestamp),
            acknowledgement: view.acknowledgement.map(|answer| {
                let at = view.acknowledged_at.unwrap_or(view.proposed_at).timestamp();
                match answer {
                    Acknowledge::Signed => Acknowledgement::Signed {
                        at,
                        reference: view.signature_sha256.clone().unwrap_or_default(),
                    },
                    Acknowledge::Refused => Acknowledgement::Refused {
                        at,
                        recorded_by: self.acknowledgement_by.clone().unwrap_or_default(),
                    },
                }
            }),
        }
    }
}

const FINDING: &str = "id, case_id, code, state, explained_at, acknowledgement, acknowledged_at, acknowledgement_by, \
                       signature_sha256, proposed_by, proposed_at, ruled_by, ruled_at, ruled_reason, version";

fn finding_row(row: &Row) -> Result<Finding, DbError> {
    let acknowledgement: Option<String> = row.get("acknowledgement")?;
    Ok(Finding {
        view: ExclusionFindingView {
            id: row.get("id")?,
            case_id: row.get("case_id")?,
            code: named(row, "code")?,
            state: row.parse("state")?,
            evidence: Vec::new(),
            explained_at: row.get("explained_at")?,
            acknowledgement: acknowledgement.and_then(|name| name.parse().ok()),
            acknowledged_at: row.get("acknowledged_at")?,
            signature_sha256: row.get("signature_sha256")?,
            proposed_by: row.get("proposed_by")?,
            proposed_at: row.get("proposed_at")?,
            ruled_by: row.get("ruled_by")?,
            ruled_at: row.get("ruled_at")?,
            ruled_reason: row.get("ruled_reason")?,
            version: row.get("version")?,
        },
        acknowledgement_by: row.get("acknowledgement_by")?,
        evidence_ids: Vec::new(),
    })
}

/// The findings of a case with their evidence, oldest first: two queries.
pub async fn of_case(tx: &mut Tx, case_id: &str) -> Result<Vec<Finding>, Failure> {
    let sql = format!("SELECT {FINDING} FROM exclusion_finding WHERE case_id = $1 ORDER BY proposed_at, id");
    let rows = tx.rows(&sql, params![case_id]).await?;
    let mut findings: Vec<Finding> = rows.iter().map(finding_row).collect::<Result<_, _>>()?;
    with_evidence(tx, &mut findings).await?;
    Ok(findings)
}

/// A finding by its id, with its evidence.
pub async fn one(tx: &mut Tx, id: FindingId) -> Result<Option<Finding>, Failure> {
    let sql = format!("SELECT {FINDING} FROM exclusion_finding WHERE id = $1");
    let Some(row) = tx.row(&sql, params![id]).await? else { return Ok(None) };
    let mut findings = vec![finding_row(&row)?];
    with_evidence(tx, &mut findings).await?;
    Ok(findings.pop())
}

async fn with_evidence(tx: &mut Tx, findings: &mut [Finding]) -> Result<(), Failure> {
    if findings.is_empty() {
        return Ok(());
    }
    let mut filter = Where::new();
    filter.any("finding_id", findings.iter().map(|f| Value::from(f.view.id)));
    let sql = format!(
        "SELECT id, finding_id, kind, sha256, words, added_at FROM exclusion_evidence {} ORDER BY added_at, id",
        filter.sql()
    );
    for row in &tx.rows(&sql, filter.params()).await? {
        let of: FindingId = row.get("finding_id")?;
        let Some(finding) = findings.iter_mut().find(|f| f.view.id == of) else { continue };
        finding.evidence_ids.push(row.get("id")?);
        finding.view.evidence.push(EvidenceView {
            kind: named(row, "kind")?,
            sha256: row.get("sha256")?,
            text: row.get("words")?,
            added_at: row.get("added_at")?,
        });
    }
    Ok(())
}

/// Adds a proposal.
pub async fn propose(
    tx: &mut Tx,
    cx: &Cx,
    id: FindingId,
    case_id: &str,
    code: ExclusionCode,
) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO exclusion_finding (id, case_id, code, state, proposed_by, proposed_at) \
         VALUES ($1, $2, $3, 'proposed', $4, $5)",
        params![id, case_id, name_of(&code), &cx.actor.id, cx.now],
    )
    .await?;
    Ok(())
}

/// Adds what proves a finding: words, photos, explanation, the customer's answer. What is there stays.
pub async fn prove(tx: &mut Tx, cx: &Cx, finding: &Finding, proof: &Proof) -> Result<(), Failure> {
    let id = finding.view.id;
    let mut evidence: Vec<(EvidenceKind, Option<&str>, Option<&str>)> = Vec::new();
    for digest in &proof.photos {
        let known = finding.view.evidence.iter().any(|e| e.sha256.as_ref() == Some(digest));
        if !known && !evidence.iter().any(|(_, sha256, _)| *sha256 == Some(digest.as_str())) {
            evidence.push((EvidenceKind::Photo, Some(digest), None));
        }
    }
    if let Some(text) = proof.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        evidence.push((EvidenceKind::Text, None, Some(text)));
    }
    let rows: Vec<Vec<Value>> = evidence
        .into_iter()
        .map(|(kind, sha256, words)| {
            let evidence_id: kit::uuid::Uuid = cx.new_id();
            vec![
                evidence_id.into(),
                id.into(),
                name_of(&kind).into(),
                sha256.into(),
                words.into(),
                cx.actor.id.as_str().into(),
                cx.now.into(),
            ]
        })
        .collect();
    let columns = ["id", "finding_id", "kind", "sha256", "words", "added_by", "added_at"];
    tx.insert_many("exclusion_evidence", &columns, &rows).await?;
    if proof.explained && finding.view.explained_at.is_none() {
        tx.execute(
            "UPDATE exclusion_finding SET explained_at = $1, version = version + 1 WHERE id = $2",
            params![cx.now, id],
        )
        .await?;
    }
    if let Some(answer) = proof.acknowledgement {
        tx.execute(
            "UPDATE exclusion_finding SET acknowledgement = $1, acknowledged_at = $2, acknowledgement_by = $3, \
             signature_sha256 = $4, version = version + 1 WHERE id = $5",
            params![answer.name(), cx.now, &cx.actor.id, proof.signature_sha256.as_deref(), id],
        )
        .await?;
    }
    Ok(())
}

/// Writes a person's decision; false if somebody was first.
pub async fn rule(
    tx: &mut Tx,
    cx: &Cx,
    id: FindingId,
    to: FindingStanding,
    reason: &str,
) -> Result<bool, Failure> {
    let touched = tx
        .execute(
            "UPDATE exclusion_finding SET state = $1, ruled_by = $2, ruled_at = $3, ruled_reason = $4, \
             version = version + 1 WHERE id = $5 AND state = 'proposed'",
            params![to.name(), &cx.actor.id, cx.now, reason, id],
        )
        .await?;
    Ok(touched == 1)
}
