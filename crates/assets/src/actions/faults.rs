//! Keeping the codes of faults and causes.

use std::collections::HashMap;

use kit::{Both, Cx, Event, Failure, Tx};
use serde_json::json;

use crate::errors::AssetsError;
use crate::faults::{self, FaultCodeInput, FaultCodeKind, FaultCodeView, NewFaultCode};
use crate::store::faults as store;

/// Adds a code.
///
/// # Errors
/// `fault_code_exists`, and the faults of the fields.
pub async fn create_fault_code(tx: &mut Tx, cx: &Cx, input: NewFaultCode) -> Result<FaultCodeView, Failure> {
    let NewFaultCode { kind, code, content } = faults::new(input)?;
    if store::get(tx, kind, &code).await?.is_some() {
        return Err(AssetsError::FaultCodeExists { code }.into());
    }
    store::insert(tx, kind, &code, &content, cx.now).await?;
    let event = Event::new("fault_code.created", "fault_code", &code).body(&json!({ "kind": kind }));
    kit::events::append(tx, cx, event).await?;
    fault_code(tx, kind, &code).await
}

/// Changes a code's name, place or use; the code itself stays.
///
/// # Errors
/// `fault_code_unknown`, `version_changed`, and the faults of the fields.
pub async fn change_fault_code(
    tx: &mut Tx,
    cx: &Cx,
    kind: FaultCodeKind,
    code: &str,
    seen: i64,
    input: FaultCodeInput,
) -> Result<FaultCodeView, Failure> {
    let stands = fault_code(tx, kind, code).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    store::update(tx, &stands, &faults::input(input)?, cx.now).await?;
    let body = json!({ "kind": kind, "version": stands.version + 1 });
    kit::events::append(tx, cx, Event::new("fault_code.changed", "fault_code", code).body(&body)).await?;
    fault_code(tx, kind, code).await
}

/// A code of the catalogue, also one that can no longer be chosen.
///
/// # Errors
/// `fault_code_unknown`.
pub async fn fault_code(tx: &mut Tx, kind: FaultCodeKind, code: &str) -> Result<FaultCodeView, Failure> {
    store::get(tx, kind, code).await?.ok_or_else(|| AssetsError::FaultCodeUnknown.into())
}

/// The codes that can be chosen, in their order.
///
/// # Errors
/// As the database says.
pub async fn fault_codes(tx: &mut Tx) -> Result<Vec<FaultCodeView>, Failure> {
    Ok(store::list(tx, None, true).await?)
}

/// The names of codes, also of those that can no longer be chosen; what the catalogue doesn't have is left out.
///
/// # Errors
/// As the database says.
pub async fn fault_names(
    tx: &mut Tx,
    codes: &[(FaultCodeKind, String)],
) -> Result<HashMap<(FaultCodeKind, String), Both>, Failure> {
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(store::names(tx, codes.iter().map(|(_, code)| code.as_str())).await?)
}
