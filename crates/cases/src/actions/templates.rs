//! Keeping the templates of notes.

use kit::{Cx, Event, Failure, Tx};
use serde_json::json;

use crate::errors::CaseError;
use crate::store::templates as store;
use crate::templates::{self, NoteTemplateId, NoteTemplateInput, NoteTemplateView};

/// Adds a template.
///
/// # Errors
/// `note_template_name_invalid`, `note_template_text_invalid`.
pub(crate) async fn create(
    tx: &mut Tx,
    cx: &Cx,
    input: NoteTemplateInput,
) -> Result<NoteTemplateView, Failure> {
    let id: NoteTemplateId = cx.new_id();
    store::insert(tx, id, &templates::input(input)?, cx.now).await?;
    let event = Event::new("note_template.created", "note_template", id);
    kit::events::append(tx, cx, event).await?;
    get(tx, id).await
}

/// Changes a template; notes that were written by it stay as they are.
///
/// # Errors
/// `note_template_unknown`, `version_changed`, and the faults of the fields.
pub(crate) async fn change(
    tx: &mut Tx,
    cx: &Cx,
    id: NoteTemplateId,
    seen: i64,
    input: NoteTemplateInput,
) -> Result<NoteTemplateView, Failure> {
    let stands = get(tx, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    store::update(tx, &stands, &templates::input(input)?, cx.now).await?;
    let body = json!({ "version": stands.version + 1 });
    kit::events::append(tx, cx, Event::new("note_template.changed", "note_template", id).body(&body)).await?;
    get(tx, id).await
}

async fn get(tx: &mut Tx, id: NoteTemplateId) -> Result<NoteTemplateView, Failure> {
    store::get(tx, id).await?.ok_or_else(|| CaseError::NoteTemplateUnknown.into())
}
