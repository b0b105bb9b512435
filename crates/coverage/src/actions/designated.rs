//! Keeping the list of designated persons and firms (P33).

use kit::{Cx, Event, Failure, Tx};
use serde_json::json;

use crate::errors::CoverageError;
use crate::model::{DesignatedId, DesignatedInput, DesignatedView};
use crate::{rules, store};

/// Designates a person or firm for some days. Cases that were decided keep their decision.
///
/// # Errors
/// `designated_name_invalid`, `designated_dates`, `designated_exists`.
pub async fn designate(tx: &mut Tx, cx: &Cx, input: DesignatedInput) -> Result<DesignatedView, Failure> {
    let input = rules::designated(input)?;
    let key = rules::party_key(&input.name);
    refuse_twin(tx, None, &key, &input).await?;
    let id: DesignatedId = cx.new_id();
    store::designated::insert(tx, cx, id, &key, &input).await?;
    tell(tx, cx, "designated_party.added", id, &input).await?;
    one(tx, id).await
}

/// Changes an entry: most often its last day.
///
/// # Errors
/// `designated_unknown`, `version_changed`, and as [`designate`].
pub async fn change_designated(
    tx: &mut Tx,
    cx: &Cx,
    id: DesignatedId,
    seen: i64,
    input: DesignatedInput,
) -> Result<DesignatedView, Failure> {
    let stands = one(tx, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    let input = rules::designated(input)?;
    let key = rules::party_key(&input.name);
    refuse_twin(tx, Some(id), &key, &input).await?;
    store::designated::update(tx, cx, id, stands.version, &key, &input).await?;
    tell(tx, cx, "designated_party.changed", id, &input).await?;
    one(tx, id).await
}

async fn one(tx: &mut Tx, id: DesignatedId) -> Result<DesignatedView, Failure> {
    store::designated::get(tx, id).await?.ok_or_else(|| CoverageError::DesignatedUnknown.into())
}

async fn refuse_twin(
    tx: &mut Tx,
    id: Option<DesignatedId>,
    key: &str,
    input: &DesignatedInput,
) -> Result<(), Failure> {
    match store::designated::twin(tx, key, input.valid_from).await? {
        Some(twin) if Some(twin) != id => Err(CoverageError::DesignatedExists.into()),
        _ => Ok(()),
    }
}

async fn tell(
    tx: &mut Tx,
    cx: &Cx,
    what: &'static str,
    id: DesignatedId,
    input: &DesignatedInput,
) -> Result<(), Failure> {
    // A person's name stays in the list: events refer to it.
    let body = json!({ "kind": input.kind, "valid_from": input.valid_from, "valid_to": input.valid_to });
    Ok(kit::events::append(tx, cx, Event::new(what, "designated_party", id).body(&body)).await?)
}
