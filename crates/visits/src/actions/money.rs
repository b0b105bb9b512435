//! What it costs whom: exclusions with evidence, charges, the quote, another payer, the invoice.

use coverage::{DecideExclusion, FindingStanding, Verdict};
use customers::{CustomerId, VipLevel};
use kit::{Cx, Failure, Reach, Ts, Tx};
use pricing::{ChargeFor, ChargeId, ChargeInput, ChargesView, CustomerLevels, DecidedPayer, OverridePayer};
use serde_json::json;

use super::work::keep_photo;
use super::{
    By, INVOICE_DUTY, MAX_NAME, Taken, acknowledged, at, happened, load, load_order, order_event, refresh,
    take, text,
};
use crate::document::{Line, QuoteDocument, binding, canonical, sha256};
use crate::errors::VisitError;
use crate::inputs::{AcknowledgeQuote, ExcludeOnSite, IssueInvoice, NewCharge};
use crate::model::{EvidenceKind, SignatureKind, SignatureOutcome, VisitId, VisitStep, WorkOrderId};
use crate::reads;
use crate::record::WorkOrder;
use crate::rules::gates::Quote;
use crate::store::records;
use crate::views::{SignatureView, VisitView, WorkOrderView};

/// The currency of an order without lines.
pub(crate) const CURRENCY: &str = "CNY";

fn charge_for(order: &WorkOrder) -> ChargeFor {
    ChargeFor {
        case_id: order.case_id.to_string(),
        work_order_id: order.id.to_string(),
        unit_id: order.unit_id.to_string(),
        customer_id: order.customer_id.to_string(),
        levels: CustomerLevels::default(),
    }
}

/// Which prices a customer is entitled to (P54): by their VIP level, and by an agreement in force.
///
/// # Errors
/// As the database says.
pub(crate) async fn levels_of(
    tx: &mut Tx,
    customer_id: CustomerId,
    now: kit::Ts,
) -> Result<CustomerLevels, Failure> {
    let customer = customers::customer(tx, &Reach::Everything, customer_id).await?;
    let agreement = coverage::agreement_in_force(tx, &customer_id.to_string(), now).await?;
    Ok(CustomerLevels { agreement, vip: customer.vip_level != VipLevel::None })
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A charge as the documents show it.
pub(crate) fn line(charge: &pricing::ChargeView) -> Line {
    let customer_pays = charge.total_minor > 0;
    let source = match (&charge.price_line_id, &charge.quote_id) {
        (Some(id), _) => format!("price_line:{id}"),
        (None, Some(id)) => format!("quote:{id}"),
        (None, None) => String::new(),
    };
    Line {
        id: charge.id.to_string(),
        kind: word(&charge.kind),
        description: charge.description.clone(),
        quantity_milli: charge.quantity_milli,
        price_minor: charge.price_minor,
        amount_minor: charge.amounts.gross_minor,
        waived_minor: charge.waived_minor,
        customer_minor: charge.total_minor,
        tax_minor: if customer_pays { charge.amounts.tax_minor } else { 0 },
        tax_ppm: charge.tax_ppm,
        tax_included: charge.tax_included,
        payer: Some(word(&charge.payer)),
        source,
        covered_until: None,
    }
}

/// The parts on an order that the customer buys: each starts a warranty of its own when the visit is done (P53).
pub(crate) fn sold_parts(charges: &ChargesView) -> Vec<&pricing::ChargeView> {
    let mut seen = std::collections::BTreeSet::new();
    charges
        .items
        .iter()
        .filter(|c| c.kind == pricing::ChargeKind::Parts && c.payer == pricing::Payer::Customer)
        .filter(|c| c.part_serial.as_ref().is_none_or(|serial| seen.insert(serial.clone())))
        .collect()
}

/// How a line of a service order is named: its order's number and its place.
pub(crate) fn line_name(order: &WorkOrder, charge: &pricing::ChargeView) -> String {
    format!("{}/{}", order.number, charge.ordinal)
}

/// The quote of a work order as it stands, what the customer agreed to, and its document.
///
/// # Errors
/// As the database says.
pub(crate) async fn quote(tx: &mut Tx, order: &WorkOrder) -> Result<(Quote, QuoteDocument), Failure> {
    let charges = pricing::charges_of(tx, &order.id.to_string()).await?;
    let acknowledged = acknowledged(tx, order.id).await?;
    let undecided = !charges.items.is_empty() && {
        let badges = coverage::badges_of(tx, &[order.case_id.to_string()]).await?;
        badges.values().any(|b| b.verdict == Verdict::Undecided)
    };
    quote_of(&order.number, &charges, acknowledged, undecided)
}

/// The same from charges at hand.
///
/// # Errors
/// If a sum doesn't fit.
pub(crate) fn quote_of(
    number: &str,
    charges: &ChargesView,
    acknowledged: Option<String>,
    undecided: bool,
) -> Result<(Quote, QuoteDocument), Failure> {
    let lines: Vec<Line> = charges.items.iter().map(line).collect();
    let currency = charges.totals.currency.as_deref().unwrap_or(CURRENCY);
    let document = QuoteDocument::of(number, &lines, currency).ok_or_else(|| overflow(number))?;
    let total = document.totals.customer_minor;
    let customer_total_minor = if undecided && total == 0 { None } else { Some(total) };
    Ok((Quote { customer_total_minor, hash: sha256(&canonical(&document)?), acknowledged }, document))
}

pub(crate) fn overflow(number: &str) -> Failure {
    Failure::Internal(anyhow::anyhow!("the sums of {number} don't fit"))
}

/// Gives the charges the payers of the newest coverage decision: an exclusion may have been decided at a desk meanwhile.
pub(crate) async fn follow_coverage(tx: &mut Tx, cx: &Cx, order: &WorkOrder) -> Result<(), Failure> {
    if pricing::charges_of(tx, &order.id.to_string()).await?.items.is_empty() {
        return Ok(());
    }
    if let Some(decided) = coverage::of_case(tx, &order.case_id.to_string()).await? {
        let payer_of = |kind, serial: Option<&str>| decided.decision.payer(kind, serial);
        pricing::follow_decision(tx, cx, &charge_for(order), &decided.id.to_string(), payer_of).await?;
    }
    Ok(())
}

/// Proposes an exclusion with its evidence and, if the engineer decides it, decides it (P31-P34); charges follow.
///
/// # Errors
/// As [`load`]; the refusals of coverage; `evidence_file_missing`.
pub async fn exclude(tx: &mut Tx, cx: &Cx, id: VisitId, input: ExcludeOnSite) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Exclude, By::Engineer, None).await?;
    for photo in &input.photos {
        keep_photo(tx, cx, order.id, &visit, EvidenceKind::Exclusion, photo, None).await?;
    }
    let case_id = order.case_id.to_string();
    let proposed = coverage::propose_exclusion(tx, cx, &case_id, input.proposal()).await?;
    let mut verdict = proposed.decision.verdict;
    if let Some(ruling) = &input.decision {
        let finding = proposed
            .findings
            .iter()
            .filter(|f| f.code == input.code && f.state == FindingStanding::Proposed)
            .max_by_key(|f| f.proposed_at)
            .map(|f| f.id)
            .ok_or(VisitError::CoverageUndecided)?;
        let ruling = DecideExclusion {
            applies: ruling.applies,
            reason: ruling.reason.clone(),
            text: None,
            photos: Vec::new(),
            explained: input.explained,
            acknowledgement: input.acknowledgement,
            signature_sha256: input.signature_sha256.clone(),
        };
        verdict = coverage::decide_exclusion(tx, cx, finding, ruling).await?.decision.verdict;
    }
    follow_coverage(tx, cx, &order).await?;
    let body = json!({ "code": input.code, "decided": input.decision.is_some(), "verdict": verdict });
    let taken = Taken::staff(VisitStep::Exclude, "visit.exclusion_recorded").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Adds a charge from the price list in force (P26); the payer is the coverage decision's (P55).
///
/// # Errors
/// As [`load`]; the refusals of pricing.
pub async fn add_charge(tx: &mut Tx, cx: &Cx, id: VisitId, input: NewCharge) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::AddCharge, By::Engineer, None).await?;
    follow_coverage(tx, cx, &order).await?;
    let decided = decided_payer(tx, &order, &input, cx.now).await?;
    let of = ChargeFor { levels: levels_of(tx, order.customer_id, cx.now).await?, ..charge_for(&order) };
    let charge = ChargeInput {
        kind: input.kind,
        price_line_id: input.price_line_id,
        quantity_milli: input.quantity_milli,
        part_serial: input.part_serial,
    };
    let charge = pricing::add_charge(tx, cx, &of, charge, None, decided).await?;
    let taken =
        Taken::staff(VisitStep::AddCharge, "visit.charge_added").more(json!({ "charge_id": charge.id }));
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

// Without an asset there is nothing to be covered: the customer pays.
async fn decided_payer(
    tx: &mut Tx,
    order: &WorkOrder,
    input: &NewCharge,
    now: kit::Ts,
) -> Result<DecidedPayer, Failure> {
    let Some(decided) = coverage::of_case(tx, &order.case_id.to_string()).await? else {
        let payer = order.asset_id.is_none().then_some(pricing::Payer::Customer);
        return Ok(DecidedPayer { payer, decision_id: None });
    };
    let kind = match (input.kind, input.price_line_id) {
        (Some(kind), _) => Some(kind),
        (None, Some(id)) => {
            let prices = pricing::in_force(tx, now).await?;
            prices.lines.iter().find(|l| l.id == id).map(|l| l.kind)
        }
        (None, None) => None,
    };
    let payer = kind.and_then(|kind| decided.decision.payer(kind, input.part_serial.as_deref()));
    Ok(DecidedPayer { payer, decision_id: Some(decided.id.to_string()) })
}

/// Takes a charge off again.
///
/// # Errors
/// As [`load`]; `charge_unknown`.
pub async fn remove_charge(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    charge: ChargeId,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::AddCharge, By::Engineer, None).await?;
    pricing::remove_charge(tx, cx, &charge_for(&order), charge).await?;
    let taken =
        Taken::staff(VisitStep::AddCharge, "visit.charge_removed").more(json!({ "charge_id": charge }));
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Lets another pay than was decided, with a reason (P55); not once the customer has signed.
///
/// # Errors
/// `work_order_unknown`, `visit_signed`, the refusals of pricing.
pub async fn override_payer(
    tx: &mut Tx,
    cx: &Cx,
    id: WorkOrderId,
    charge: ChargeId,
    seen: i64,
    input: OverridePayer,
) -> Result<WorkOrderView, Failure> {
    let order = load_order(tx, cx, id).await?;
    if !order.state.is_open() {
        return Err(VisitError::WorkOrderEnded { number: order.number, state: order.state }.into());
    }
    if records::signatures(tx, id).await?.iter().any(|(_, s)| s.kind == SignatureKind::Result) {
        return Err(VisitError::Signed.into());
    }
    pricing::override_payer(tx, cx, &charge_for(&order), charge, seen, input).await?;
    reads::order_view(tx, id, cx.now).await
}

/// The customer agrees to what they will pay, before chargeable work, after the findings were explained (P22, P72).
///
/// # Errors
/// As [`load`]; `visit_finding_missing`, `visit_nothing_to_acknowledge`, `visit_quote_hash_wrong` with the quote that stands,
/// `signature_empty`, `signature_signer_missing`.
pub async fn acknowledge(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: AcknowledgeQuote,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::AcknowledgeQuote, By::Engineer, None).await?;
    follow_coverage(tx, cx, &order).await?;
    let (quote, document) = quote(tx, &order).await?;
    let findings = records::findings(tx, order.id).await?.len();
    quote.may_acknowledge(findings, &input.quote_hash).map_err(|error| match error {
        VisitError::QuoteHashWrong => {
            error.refusal().current(json!({ "sha256": quote.hash, "document": document }))
        }
        other => at(&visit, other),
    })?;
    if quote.acknowledged.as_deref() != Some(quote.hash.as_str()) {
        let content = canonical(&document)?;
        records::keep_shown(tx, id, order.id, SignatureKind::Quote, &content, &quote.hash, cx.now).await?;
        let signed_at = happened(tx, cx, id).await?;
        let signature =
            signed(cx, signed_at, SignatureKind::Quote, &quote.hash, &input.signer_name, &input.strokes)?;
        records::insert_signature(tx, id, order.id, &signature.0, Some(&signature.1)).await?;
    }
    let body = json!({ "sha256": quote.hash, "total_minor": document.totals.customer_minor });
    let taken = Taken::customer(VisitStep::AcknowledgeQuote, "visit.quote_acknowledged").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// A signature by strokes given at `at`, with the text of its strokes.
///
/// # Errors
/// `signature_signer_missing`, `signature_empty`.
pub(crate) fn signed(
    cx: &Cx,
    at: Ts,
    kind: SignatureKind,
    document_sha256: &str,
    signer: &str,
    strokes: &[Vec<assets::StrokePoint>],
) -> Result<(SignatureView, String), Failure> {
    let signer = text(signer, MAX_NAME, VisitError::SignerMissing)?;
    let points: usize = strokes.iter().map(Vec::len).sum();
    // A tap is no signature: some stroke must go somewhere.
    let drawn = strokes.iter().any(|stroke| {
        stroke.first().is_some_and(|a| stroke.iter().any(|b| a.x.abs_diff(b.x) + a.y.abs_diff(b.y) >= 5))
    });
    if !drawn || points > 20_000 {
        return Err(VisitError::SignatureEmpty.into());
    }
    let strokes_text = canonical(&strokes)?;
    let strokes_sha256 = sha256(&strokes_text);
    let view = SignatureView {
        id: cx.new_id(),
        kind,
        outcome: SignatureOutcome::Signed,
        document_sha256: document_sha256.to_owned(),
        binding_sha256: binding(document_sha256, &strokes_sha256, &signer, at),
        signer_name: Some(signer),
        strokes: None,
        strokes_sha256: Some(strokes_sha256),
        reason: None,
        witness: None,
        at,
        device_at: cx.device_at,
    };
    Ok((view, strokes_text))
}

/// Records the invoice for what the customer owes: equal to the service order to the cent (P71). Nothing is owed then.
///
/// # Errors
/// `work_order_unknown`, `invoice_duty_none`, `invoice_issued`, `invoice_number_missing`, `invoice_amount_differs`.
pub async fn issue_invoice(
    tx: &mut Tx,
    cx: &Cx,
    id: WorkOrderId,
    input: IssueInvoice,
) -> Result<WorkOrderView, Failure> {
    let mut order = load_order(tx, cx, id).await?;
    let duty = records::duty(tx, id).await?.ok_or(VisitError::NoInvoiceDuty)?;
    if let Some(invoice_number) = duty.invoice_number {
        return Err(VisitError::InvoiceIssued { invoice_number }.into());
    }
    let number = text(&input.invoice_number, 64, VisitError::InvoiceNumberMissing)?;
    if input.amount_minor != duty.amount_minor {
        let differs = VisitError::InvoiceAmountDiffers {
            total_minor: duty.amount_minor,
            amount_minor: input.amount_minor,
        };
        return Err(differs.into());
    }
    records::issue_invoice(tx, id, &number, &cx.actor.id, cx.now).await?;
    let body =
        json!({ "invoice_number": number, "amount_minor": duty.amount_minor, "currency": duty.currency });
    kit::events::append(
        tx,
        cx,
        order_event("work_order.invoiced", &order, body).audience(kit::Audience::Customer),
    )
    .await?;
    cases::release(tx, cx, order.case_id, INVOICE_DUTY, &id.to_string()).await?;
    refresh(tx, cx, &mut order).await?;
    reads::order_view(tx, id, cx.now).await
}
