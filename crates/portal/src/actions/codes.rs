//! Codes of labels and badges: made, made anew, revoked, let go on.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use assets::AssetId;
use kit::{Audience, Cx, Event, Failure, Reach, Tx};
use organisation::EmployeeId;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde_json::json;

use crate::errors::PortalError;
use crate::model::{CodeKind, CodeView};
use crate::rules::{word, words};
use crate::store;

fn place(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Label(_) => "q",
        CodeKind::Badge(_) => "b",
    }
}

fn event(kind: CodeKind, made: bool) -> Event {
    let event = match (kind, made) {
        (CodeKind::Label(id), true) => Event::new("asset_label.made", "asset", id),
        (CodeKind::Label(id), false) => Event::new("asset_label.revoked", "asset", id),
        (CodeKind::Badge(id), true) => Event::new("badge_code.made", "employee", id),
        (CodeKind::Badge(id), false) => Event::new("badge_code.revoked", "employee", id),
    };
    event.audience(Audience::Audit)
}

/// The address behind a code.
pub(crate) fn url(app: &kit::App, kind: CodeKind, code: &str) -> String {
    format!("{}/{}/{code}", app.web.base_url.trim_end_matches('/'), place(kind))
}

// A plate is scratched and dirty: a quarter of the picture may be lost.
fn picture(url: &str) -> Result<String, Failure> {
    let code = QrCode::with_error_correction_level(url, EcLevel::Q).map_err(anyhow::Error::from)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

/// The code in use with its picture.
///
/// # Errors
/// As the database says.
pub(crate) async fn shown(tx: &mut Tx, app: &kit::App, kind: CodeKind) -> Result<CodeView, Failure> {
    let code = store::code_in_use(tx, kind).await?;
    let revoked = store::codes_revoked(tx, kind).await?;
    let url = code.as_ref().map(|c| url(app, kind, &c.code));
    Ok(CodeView {
        in_use: code.is_some(),
        qr_svg: url.as_deref().map(picture).transpose()?,
        url,
        made_at: code.as_ref().map(|c| c.made_at),
        held_at: code.as_ref().and_then(|c| c.held_at),
        revoked,
    })
}

/// Makes the code of a label; one in use is revoked with the reason.
///
/// # Errors
/// `asset_unknown`, `portal_reason_missing` where one is in use.
pub async fn make_label(
    tx: &mut Tx,
    cx: &Cx,
    asset_id: AssetId,
    reason: Option<&str>,
) -> Result<CodeView, Failure> {
    assets::asset(tx, &cx.actor.reach, asset_id).await?;
    make(tx, cx, CodeKind::Label(asset_id), reason).await
}

/// The addresses on the labels of these devices, which the caller has found within reach; a device without a code gets one.
///
/// # Errors
/// `changes_met` if somebody else makes the first one of a device at the same time: the same again finds it.
pub(crate) async fn of_labels(
    tx: &mut Tx,
    cx: &Cx,
    ids: &[AssetId],
) -> Result<HashMap<AssetId, String>, Failure> {
    let mut codes = store::label_codes(tx, ids).await?;
    for id in ids {
        if let Entry::Vacant(place) = codes.entry(*id) {
            place.insert(insert(tx, cx, CodeKind::Label(*id)).await?);
        }
    }
    Ok(codes.into_iter().map(|(id, code)| (id, url(&cx.app, CodeKind::Label(id), &code))).collect())
}

/// Makes the code of a badge (P66); one in use is revoked with the reason. Reach is the caller's to check.
///
/// # Errors
/// `employee_unknown`, `portal_reason_missing` where one is in use.
pub async fn make_badge_code(
    tx: &mut Tx,
    cx: &Cx,
    employee_id: EmployeeId,
    reason: Option<&str>,
) -> Result<CodeView, Failure> {
    organisation::employee(tx, employee_id).await?;
    make(tx, cx, CodeKind::Badge(employee_id), reason).await
}

async fn make(tx: &mut Tx, cx: &Cx, kind: CodeKind, reason: Option<&str>) -> Result<CodeView, Failure> {
    if store::code_in_use(tx, kind).await?.is_some() {
        revoke(tx, cx, kind, reason).await?;
    }
    insert(tx, cx, kind).await?;
    shown(tx, &cx.app, kind).await
}

async fn insert(tx: &mut Tx, cx: &Cx, kind: CodeKind) -> Result<String, Failure> {
    let mut random = [0_u8; 16];
    cx.app.ids.fill(&mut random);
    let code = word(&random);
    store::insert_code(tx, kind, cx.new_id(), &code, &cx.actor.id, cx.now).await?;
    if let CodeKind::Label(asset_id) = kind {
        assets::set_label_code(tx, asset_id, Some(&code)).await?;
    }
    kit::events::append(tx, cx, event(kind, true)).await?;
    Ok(code)
}

/// Revokes the code of a label or badge: it answers like one that never was.
///
/// # Errors
/// `asset_unknown`, `portal_code_not_there`, `portal_reason_missing`.
pub(crate) async fn revoke(
    tx: &mut Tx,
    cx: &Cx,
    kind: CodeKind,
    reason: Option<&str>,
) -> Result<CodeView, Failure> {
    if let CodeKind::Label(asset_id) = kind {
        assets::asset(tx, &cx.actor.reach, asset_id).await?;
    }
    let code = store::code_in_use(tx, kind).await?.ok_or(PortalError::CodeNotThere)?;
    let reason = words(reason)?.ok_or(PortalError::ReasonMissing)?;
    if !store::revoke_code(tx, kind, code.id, &reason, &cx.actor.id, cx.now).await? {
        return Err(PortalError::CodeNotThere.into());
    }
    if let CodeKind::Label(asset_id) = kind {
        assets::set_label_code(tx, asset_id, None).await?;
    }
    kit::events::append(tx, cx, event(kind, false).body(&json!({ "made_at": code.made_at }))).await?;
    shown(tx, &cx.app, kind).await
}

/// Lets the codes go on that are held since a restore. Returns how many.
///
/// # Errors
/// As the database says.
pub(crate) async fn release(tx: &mut Tx, cx: &Cx) -> Result<u64, Failure> {
    let released = store::release(tx).await?;
    let event = Event::new("portal.codes_released", "setting", "portal").audience(Audience::Audit);
    kit::events::append(tx, cx, event.body(&json!({ "codes": released }))).await?;
    Ok(released)
}

/// The device behind a label that answers.
///
/// # Errors
/// `label_unknown`.
pub(crate) async fn device(
    tx: &mut Tx,
    code: &str,
) -> Result<(crate::model::Code, assets::AssetView), Failure> {
    let label = store::label(tx, code).await?.ok_or(PortalError::LabelUnknown)?;
    let asset_id = label.of.parse().map_err(|_| PortalError::LabelUnknown)?;
    let asset = assets::asset(tx, &Reach::Everything, asset_id).await?;
    Ok((label, asset))
}
