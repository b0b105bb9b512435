//! A corrected case takes its open work order along.

use kit::events::StoredEvent;
use kit::readers::Reader;
use kit::{Cx, Failure, Tx};
use serde_json::json;

use super::order_event;
use crate::model::{SignatureKind, VisitStateName};
use crate::record::WorkOrder;
use crate::store::{records, rows};

/// Who looks for cases whose device was corrected.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader {
        name: "visits",
        kinds: &["case.corrected"],
        read: |tx, cx, events| Box::pin(read(tx, cx, events)),
    }]
}

async fn read(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    for event in events {
        if let Some(mut order) = rows::open_order_of(tx, &event.subject_id).await? {
            follow_case(tx, cx, &mut order).await?;
        }
    }
    Ok(())
}

/// Gives the work order the device of its case, if that was corrected: what the customer signs names the device that is covered.
/// A result that was signed stays as it is (P72). Called again before a document is built, because the case may have changed
/// a moment ago.
///
/// # Errors
/// As the database says.
pub(crate) async fn follow_case(tx: &mut Tx, cx: &Cx, order: &mut WorkOrder) -> Result<(), Failure> {
    let case = cases::case(tx, order.case_id).await?;
    if case.asset_id == order.asset_id || !order.state.is_open() {
        return Ok(());
    }
    if records::signatures(tx, order.id).await?.iter().any(|(_, s)| s.kind == SignatureKind::Result) {
        return Ok(());
    }
    let told: Vec<_> = rows::visits_of(tx, order.id)
        .await?
        .into_iter()
        .filter(|v| v.state.name().holds_window())
        .filter(|v| !matches!(v.state.name(), VisitStateName::Proposed | VisitStateName::Confirmed))
        .collect();
    for visit in &told {
        rows::unshare(tx, order, visit, visit.engineer_id).await?;
    }
    let kinds = [order.asset_id, case.asset_id];
    let products = assets::assets(tx, kinds.into_iter().flatten()).await?;
    let kind_of = |id| products.iter().find(|a| Some(a.id) == id).map(|a| a.product.kind.clone());
    // A skill that somebody chose stays.
    if order.skill == kind_of(order.asset_id) {
        order.skill = kind_of(case.asset_id).or_else(|| order.skill.take());
    }
    let before = std::mem::replace(&mut order.asset_id, case.asset_id);
    rows::save_asset(tx, order, cx.now).await?;
    for visit in &told {
        rows::share(tx, order, visit, cx.now).await?;
    }
    let body = json!({ "asset_id": order.asset_id, "asset_before": before });
    Ok(kit::events::append(tx, cx, order_event("work_order.asset_corrected", order, body)).await?)
}
