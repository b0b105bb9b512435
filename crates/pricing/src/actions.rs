//! What people do with prices and charges.

use std::collections::HashMap;

use coverage_rules::{ChargeKind, Payer};
use jiff::civil::Date;
use kit::{Cx, Event, Failure, Lang, Refusal, Ts, Tx};
use serde_json::json;

use crate::errors::PricingError;
use crate::model::{
    ChargeFor, ChargeId, ChargeInput, ChargeSource, ChargeView, ChargesView, DecidedPayer, NewPriceList,
    OverridePayer, PriceLineId, PriceListId, PriceListView, QuoteLine,
};
use crate::{rules, store};

/// The company's day at an instant: price lists begin and end with it.
pub(crate) async fn day(tx: &mut Tx, at: Ts) -> Result<Date, Failure> {
    Ok(at.timestamp().to_zoned(identity::settings::time_zone(tx).await?).date())
}

/// The price list in force at an instant (P54).
///
/// # Errors
/// `price_list_none_in_force`.
pub async fn in_force(tx: &mut Tx, at: Ts) -> Result<PriceListView, Failure> {
    let on = day(tx, at).await?;
    in_force_on(tx, on).await
}

/// The price list in force on a day of the company's calendar.
///
/// # Errors
/// `price_list_none_in_force`.
pub async fn in_force_on(tx: &mut Tx, on: Date) -> Result<PriceListView, Failure> {
    store::in_force(tx, on).await?.ok_or_else(|| PricingError::NoListInForce { on: on.to_string() }.into())
}

/// Publishes a new version of the price list. Older ones stay: old orders keep their prices (P54).
///
/// # Errors
/// `price_list_invalid` with a pointer to each fault; `price_list_backdated` if it would change prices of the past.
pub async fn create_price_list(tx: &mut Tx, cx: &Cx, input: NewPriceList) -> Result<PriceListView, Failure> {
    let faults = rules::faults(&input);
    if !faults.is_empty() {
        let mut refusal: Refusal = PricingError::ListInvalid.into();
        refusal.fields = faults;
        return Err(refusal.into());
    }
    let newest = store::newest(tx).await?;
    // The first list may reach back: there is no order yet whose prices it could change.
    if let Some((_, begun)) = newest {
        let today = day(tx, cx.now).await?;
        let earliest = today.max(begun.tomorrow().unwrap_or(begun));
        if input.valid_from < earliest {
            return Err(PricingError::ListBackdated { earliest: earliest.to_string() }.into());
        }
    }
    let version = newest.map_or(1, |(version, _)| version + 1);
    let id: PriceListId = cx.new_id();
    let line_ids: Vec<PriceLineId> = input.lines.iter().map(|_| cx.new_id()).collect();
    store::insert_list(tx, id, version, &input, &line_ids, &cx.actor.id, cx.now).await?;
    let event = Event::new("price_list.published", "price_list", id).body(&json!({
        "version": version, "valid_from": input.valid_from, "valid_to": input.valid_to, "lines": input.lines.len(),
    }));
    kit::events::append(tx, cx, event).await?;
    store::version(tx, version).await?.ok_or_else(|| PricingError::ListUnknown.into())
}

/// Adds a line to a service order at the prices in force now, for the customer's level (P54). `decided` is the payer by the coverage decision for this
/// kind and part (P55); a line that the company pays costs the customer nothing and shows what is waived (P12).
///
/// # Errors
/// `charge_training_is_free` (P61), `charge_without_source` (P26), `charge_price_not_in_force`, `charge_kind_differs`,
/// `charge_quantity`, `charge_amount_too_large`, `charge_currency_differs`, `charge_payer_undecided`.
pub async fn add_charge(
    tx: &mut Tx,
    cx: &Cx,
    of: &ChargeFor,
    input: ChargeInput,
    quote: Option<QuoteLine>,
    decided: DecidedPayer,
) -> Result<ChargeView, Failure> {
    if input.kind == Some(ChargeKind::Training) {
        return Err(PricingError::TrainingIsFree.into());
    }
    let source = input
        .price_line_id
        .map(ChargeSource::PriceLine)
        .or(quote.map(ChargeSource::Quote))
        .ok_or(PricingError::WithoutSource)?;
    let (price, price_line_id, quote_id) = match source {
        ChargeSource::PriceLine(line_id) => {
            let on = day(tx, cx.now).await?;
            let price = store::price_in_force(tx, line_id, on, of.levels)
                .await?
                .ok_or(PricingError::LineNotInForce { on: on.to_string() })?;
            (price, Some(line_id), None)
        }
        ChargeSource::Quote(line) => (line.price, None, Some(line.quote_id)),
    };
    if price.kind == ChargeKind::Training {
        return Err(PricingError::TrainingIsFree.into());
    }
    if input.kind.is_some_and(|kind| kind != price.kind) {
        return Err(PricingError::KindDiffers { kind: said(cx, price.kind) }.into());
    }
    if !(1..=rules::MAX_QUANTITY_MILLI).contains(&input.quantity_milli) {
        return Err(PricingError::Quantity.into());
    }
    let part_serial = input.part_serial.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    if part_serial.as_ref().is_some_and(|s| s.chars().count() > 80) {
        return Err(PricingError::SerialTooLong.into());
    }
    let amounts =
        rules::line_amounts(price.price_minor, input.quantity_milli, price.tax_ppm, price.tax_included)
            .ok_or(PricingError::AmountTooLarge)?;
    let payer = decided.payer.ok_or(PricingError::PayerUndecided { kind: said(cx, price.kind) })?;
    let standing = store::charges_of(tx, &of.work_order_id).await?;
    if let Some(other) = standing.iter().find(|c| c.currency != price.currency) {
        return Err(PricingError::CurrencyDiffers { currency: other.currency.clone() }.into());
    }
    let (total_minor, waived_minor) = rules::owed_and_waived(amounts, payer);
    // The command's own id, so that a phone without a signal knows it before: the customer signs a document that names it.
    let own = ChargeId::from(cx.command_id);
    let id: ChargeId = if store::is_taken(tx, own).await? { cx.new_id() } else { own };
    let charge = ChargeView {
        id,
        case_id: of.case_id.clone(),
        work_order_id: of.work_order_id.clone(),
        ordinal: store::next_ordinal(tx, &of.work_order_id).await?,
        kind: price.kind,
        description: price.description,
        unit: price.unit,
        part_serial,
        quantity_milli: input.quantity_milli,
        price_minor: price.price_minor,
        currency: price.currency,
        tax_ppm: price.tax_ppm,
        tax_included: price.tax_included,
        price_level: price.level,
        price_line_id,
        price_list_version: None,
        quote_id,
        coverage_decision_id: decided.decision_id,
        payer,
        decided_payer: payer,
        override_reason: None,
        amounts,
        total_minor,
        waived_minor,
        added_at: cx.now,
        version: 1,
    };
    store::insert_charge(tx, &charge, &cx.actor.id).await?;
    append(tx, cx, "charge.added", of, &charge).await?;
    find(tx, of, id).await
}

/// Takes a line off a service order; its row stays, marked removed.
///
/// # Errors
/// `charge_unknown`.
pub async fn remove_charge(
    tx: &mut Tx,
    cx: &Cx,
    of: &ChargeFor,
    id: ChargeId,
) -> Result<ChargesView, Failure> {
    let charge = find(tx, of, id).await?;
    if !store::remove(tx, of, id, &cx.actor.id, cx.now).await? {
        return Err(PricingError::ChargeUnknown.into());
    }
    append(tx, cx, "charge.removed", of, &charge).await?;
    charges_of(tx, &of.work_order_id).await
}

/// Lets another pay than coverage decided (P55). Whoever calls holds `visits.override_payer`; `seen` is `If-Match`.
///
/// # Errors
/// `charge_unknown`, `charge_reason_missing`, `version_changed`.
pub async fn override_payer(
    tx: &mut Tx,
    cx: &Cx,
    of: &ChargeFor,
    id: ChargeId,
    seen: i64,
    input: OverridePayer,
) -> Result<ChargeView, Failure> {
    let mut charge = find(tx, of, id).await?;
    kit::http::same_version(seen, charge.version, &charge)?;
    let reason = input.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(PricingError::ReasonMissing.into());
    }
    pays(&mut charge, input.payer);
    // Back to what was decided: nothing is overridden any more.
    let overridden = charge.payer != charge.decided_payer;
    charge.override_reason = overridden.then(|| reason.to_owned());
    let by = overridden.then_some(cx.actor.id.as_str());
    if !store::set_payer(tx, &charge, by, seen).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    append(tx, cx, "charge.payer_overridden", of, &charge).await?;
    find(tx, of, id).await
}

/// Gives every line of an order the payer of a newer coverage decision: an exclusion was decided, or a decision overruled.
/// A payer that a person chose stays. `payer_of` answers per kind and part; `None` leaves a line as it is.
///
/// # Errors
/// As the database says.
pub async fn follow_decision(
    tx: &mut Tx,
    cx: &Cx,
    of: &ChargeFor,
    decision_id: &str,
    payer_of: impl Fn(ChargeKind, Option<&str>) -> Option<Payer>,
) -> Result<ChargesView, Failure> {
    for mut charge in store::charges_of(tx, &of.work_order_id).await? {
        let Some(payer) = payer_of(charge.kind, charge.part_serial.as_deref()) else { continue };
        if charge.override_reason.is_some() || charge.coverage_decision_id.as_deref() == Some(decision_id) {
            continue;
        }
        let changed = payer != charge.payer;
        charge.decided_payer = payer;
        charge.coverage_decision_id = Some(decision_id.to_owned());
        pays(&mut charge, payer);
        let seen = charge.version;
        store::set_payer(tx, &charge, None, seen).await?;
        if changed {
            append(tx, cx, "charge.payer_changed", of, &charge).await?;
        }
    }
    charges_of(tx, &of.work_order_id).await
}

// A kind in the words of whoever is refused.
fn said(cx: &Cx, kind: ChargeKind) -> String {
    let (zh, en) = kind.names();
    if cx.actor.lang == Lang::En { en } else { zh }.to_owned()
}

fn pays(charge: &mut ChargeView, payer: Payer) {
    charge.payer = payer;
    (charge.total_minor, charge.waived_minor) = rules::owed_and_waived(charge.amounts, payer);
}

/// The charges of a work order and their sums.
///
/// # Errors
/// As the database says.
pub async fn charges_of(tx: &mut Tx, work_order_id: &str) -> Result<ChargesView, Failure> {
    let items = store::charges_of(tx, work_order_id).await?;
    let totals = rules::totals(&items);
    Ok(ChargesView { items, totals })
}

/// The charges of many work orders and their sums, in one query; an order without charges has no entry.
///
/// # Errors
/// As the database says.
pub async fn charges_of_each(
    tx: &mut Tx,
    work_order_ids: &[String],
) -> Result<HashMap<String, ChargesView>, Failure> {
    let mut items: HashMap<String, Vec<ChargeView>> = HashMap::new();
    for charge in store::charges_of_each(tx, work_order_ids).await? {
        items.entry(charge.work_order_id.clone()).or_default().push(charge);
    }
    let summed =
        items.into_iter().map(|(id, items)| (id, ChargesView { totals: rules::totals(&items), items }));
    Ok(summed.collect())
}

async fn find(tx: &mut Tx, of: &ChargeFor, id: ChargeId) -> Result<ChargeView, Failure> {
    store::charge_of(tx, &of.work_order_id, id).await?.ok_or_else(|| PricingError::ChargeUnknown.into())
}

async fn append(
    tx: &mut Tx,
    cx: &Cx,
    what: &'static str,
    of: &ChargeFor,
    charge: &ChargeView,
) -> Result<(), Failure> {
    let event = Event::new(what, "charge", charge.id)
        .thread(&of.case_id)
        .unit(&of.unit_id)
        .customer(&of.customer_id)
        .body(&json!({
            "work_order_id": of.work_order_id,
            "kind": charge.kind,
            "description": charge.description,
            "payer": charge.payer,
            "decided_payer": charge.decided_payer,
            "gross_minor": charge.amounts.gross_minor,
            "total_minor": charge.total_minor,
            "waived_minor": charge.waived_minor,
            "currency": charge.currency,
        }));
    Ok(kit::events::append(tx, cx, event).await?)
}
