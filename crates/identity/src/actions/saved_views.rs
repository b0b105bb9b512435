//! Keeping views of lists: filters, columns and order under a name.

use kit::http::same_version;
use kit::{Cx, Event, Failure, Refusal, Tx};
use serde_json::json;

use crate::errors::IdentityError;
use crate::model::{AccountId, SaveView, SavedView, ViewContent, ViewId};
use crate::store::saved_views::{self as store, ViewRow};

/// Views of one account at most.
const MAX_VIEWS: i64 = 60;
/// Lists that can have views.
const LISTS: &[&str] = &["cases", "work_orders", "follow_ups", "customers", "assets", "complaints"];

fn is_name(text: &str, max: usize) -> bool {
    !text.is_empty()
        && text.len() <= max
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

// Values are what an address may hold: the list itself judges them again when it is asked.
fn checked(content: &ViewContent) -> Result<String, Failure> {
    let whole = content.view.as_deref().is_none_or(|v| is_name(v, 40))
        && content.sort.as_deref().is_none_or(|s| is_name(s, 40))
        && content.filters.len() <= 20
        && content.filters.iter().all(|(name, value)| is_name(name, 40) && value.chars().count() <= 200)
        && content.columns.as_ref().is_none_or(|columns| {
            !columns.is_empty() && columns.len() <= 40 && columns.iter().all(|c| is_name(c, 40))
        });
    if !whole {
        return Err(IdentityError::ViewInvalid.into());
    }
    Ok(serde_json::to_string(content)?)
}

async fn row<'a>(
    tx: &mut Tx,
    cx: &'a Cx,
    account: AccountId,
    id: ViewId,
    input: &'a SaveView,
    but: Option<ViewId>,
) -> Result<ViewRow<'a>, Failure> {
    let name = input.name.trim();
    if name.is_empty() || name.chars().count() > 40 {
        return Err(IdentityError::ViewName.into());
    }
    if !LISTS.contains(&input.list.as_str()) {
        return Err(IdentityError::ViewList.into());
    }
    let content = checked(&input.content)?;
    if store::name_taken(tx, account, &input.list, name, but).await? {
        return Err(IdentityError::ViewNameTaken.into());
    }
    let unit_id = if input.shared { cx.actor.unit_id.as_deref() } else { None };
    if input.shared && unit_id.is_none() {
        return Err(IdentityError::ViewWithoutUnit.into());
    }
    Ok(ViewRow { id, list: &input.list, name, content, unit_id })
}

async fn tell(
    tx: &mut Tx,
    cx: &Cx,
    kind: &'static str,
    id: ViewId,
    list: &str,
    shared: bool,
) -> Result<(), Failure> {
    let mut event = Event::new(kind, "saved_view", id).body(&json!({ "list": list, "shared": shared }));
    if let Some(unit_id) = &cx.actor.unit_id {
        event = event.unit(unit_id);
    }
    Ok(kit::events::append(tx, cx, event).await?)
}

async fn shown(tx: &mut Tx, account: AccountId, id: ViewId) -> Result<SavedView, Failure> {
    Ok(store::own(tx, account, id).await?.ok_or(IdentityError::ViewUnknown)?)
}

/// Keeps a view.
///
/// # Errors
/// `saved_view_name`, `saved_view_list`, `saved_view_invalid`, `saved_view_name_taken`, `saved_view_without_unit`, `saved_views_full`.
pub(crate) async fn create(
    tx: &mut Tx,
    cx: &Cx,
    account: AccountId,
    input: SaveView,
) -> Result<SavedView, Failure> {
    if store::count(tx, account).await? >= MAX_VIEWS {
        return Err(IdentityError::ViewsFull { most: MAX_VIEWS }.into());
    }
    let id: ViewId = cx.new_id();
    let new = row(tx, cx, account, id, &input, None).await?;
    store::insert(tx, account, &new, cx.now).await?;
    tell(tx, cx, "saved_view.made", id, &input.list, input.shared).await?;
    shown(tx, account, id).await
}

/// Changes an own view.
///
/// # Errors
/// As [`create`]; `saved_view_unknown`, `version_changed`.
pub(crate) async fn change(
    tx: &mut Tx,
    cx: &Cx,
    account: AccountId,
    id: ViewId,
    seen: i64,
    input: SaveView,
) -> Result<SavedView, Failure> {
    let stands = shown(tx, account, id).await?;
    if input.list != stands.list {
        return Err(IdentityError::ViewList.into());
    }
    same_version(seen, stands.version, stands)?;
    let changed = row(tx, cx, account, id, &input, Some(id)).await?;
    if !store::save(tx, account, &changed, seen).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    tell(tx, cx, "saved_view.changed", id, &input.list, input.shared).await?;
    shown(tx, account, id).await
}

/// Removes an own view; for colleagues too, if it was shared.
///
/// # Errors
/// `saved_view_unknown`.
pub(crate) async fn remove(
    tx: &mut Tx,
    cx: &Cx,
    account: AccountId,
    id: ViewId,
) -> Result<SavedView, Failure> {
    let view = shown(tx, account, id).await?;
    if !store::remove(tx, account, id).await? {
        return Err(IdentityError::ViewUnknown.into());
    }
    tell(tx, cx, "saved_view.removed", id, &view.list, view.shared).await?;
    Ok(view)
}
