//! Service agreements: drafted, signed, renewed, suspended, terminated (P29).

use std::collections::HashSet;

use coverage_rules::{AgreementLevel, STANDARD_LEVEL};
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::{Cx, Event, Failure, Ts, Tx};
use serde_json::json;

use crate::errors::CoverageError;
use crate::model::{
    AgreementHome, AgreementId, AgreementInput, AgreementState, AgreementView, RenewAgreement,
    ResumeAgreement, SignAgreement, SuspendAgreement, Suspension, TerminateAgreement,
};
use crate::store::agreements::Stored;
use crate::terms::Terms;
use crate::{jobs, rules, store};

/// The company's day at an instant: agreements begin and end with it.
pub(crate) async fn day(tx: &mut Tx, at: Ts) -> Result<Date, Failure> {
    Ok(at.timestamp().to_zoned(identity::settings::time_zone(tx).await?).date())
}

/// Agreements whose end is near and that nobody has renewed (P29): what a manager looks at.
///
/// # Errors
/// As the database says.
pub async fn agreement_home(tx: &mut Tx, reach: &kit::Reach, now: Ts) -> Result<AgreementHome, Failure> {
    let today = day(tx, now).await?;
    let by = today.checked_add(i64::from(rules::EXPIRING_DAYS).days()).unwrap_or(today);
    let (count, items) = store::agreements::expiring(tx, reach, (today, by), 6).await?;
    Ok(AgreementHome { count, today, items })
}

/// Which of these customers have an agreement in force at an instant, whatever it covers: the price level of P54.
///
/// # Errors
/// As the database says.
pub async fn agreements_in_force(
    tx: &mut Tx,
    customer_ids: &[String],
    at: Ts,
) -> Result<HashSet<String>, Failure> {
    let today = day(tx, at).await?;
    let standing = store::agreements::states_of(tx, customer_ids, today).await?;
    let in_force =
        |state: &AgreementState| matches!(state, AgreementState::Active | AgreementState::Expiring);
    Ok(standing
        .into_iter()
        .filter(|(_, state)| in_force(state))
        .map(|(customer_id, _)| customer_id)
        .collect())
}

async fn one(tx: &mut Tx, cx: &Cx, id: AgreementId) -> Result<Stored, Failure> {
    let today = day(tx, cx.now).await?;
    let found = store::agreements::one(tx, &cx.actor.reach, id, today).await?;
    found.ok_or_else(|| CoverageError::AgreementUnknown.into())
}

// The unit of the customer and the level, once all is as it must be.
async fn checked(tx: &mut Tx, cx: &Cx, input: &AgreementInput) -> Result<(String, String), Failure> {
    let unit = store::agreements::customer_unit(tx, &cx.actor.reach, &input.customer_id)
        .await?
        .ok_or(CoverageError::AgreementCustomerUnknown)?;
    if input.asset_ids.is_empty() || input.asset_ids.len() > 5000 {
        return Err(CoverageError::AgreementAssetsMissing.into());
    }
    if let Some(asset_id) = store::agreements::foreign_asset(tx, &input.customer_id, &input.asset_ids).await?
    {
        return Err(CoverageError::AgreementAssetForeign { asset_id }.into());
    }
    if input.covered_to < input.covered_from {
        return Err(CoverageError::AgreementDates.into());
    }
    if input.price_minor < 0 || input.currency != "CNY" {
        return Err(CoverageError::AgreementPrice.into());
    }
    if !rules::targets_usable(&input.targets) {
        return Err(CoverageError::AgreementTargets.into());
    }
    let level =
        input.level.as_deref().map(str::trim).filter(|l| !l.is_empty()).unwrap_or(STANDARD_LEVEL).to_owned();
    let terms = Terms::in_force(tx, cx.now).await?;
    let known: Option<&AgreementLevel> = terms.coverage().agreement_level(&level);
    if known.is_none() {
        return Err(CoverageError::AgreementLevelUnknown { level }.into());
    }
    Ok((unit, level))
}

/// Drafts an agreement. Without targets of its own it gives the warranty's (P29).
///
/// # Errors
/// What is wrong, by field: `agreement_customer_unknown`, `agreement_assets_missing`, `agreement_asset_foreign`,
/// `agreement_dates`, `agreement_price`, `agreement_targets`, `agreement_level_unknown`.
pub async fn create_agreement(tx: &mut Tx, cx: &Cx, input: AgreementInput) -> Result<AgreementView, Failure> {
    draft(tx, cx, input, None).await
}

async fn draft(
    tx: &mut Tx,
    cx: &Cx,
    input: AgreementInput,
    renews: Option<AgreementId>,
) -> Result<AgreementView, Failure> {
    let (unit, level) = checked(tx, cx, &input).await?;
    let id: AgreementId = cx.new_id();
    let zone = identity::settings::time_zone(tx).await?;
    let number = kit::numbers::next(tx, "XY", cx.now, &zone).await?;
    store::agreements::insert(tx, cx, id, &number, &level, &input, renews).await?;
    append(
        tx,
        cx,
        "agreement.drafted",
        id,
        &unit,
        &input.customer_id,
        &json!({ "number": number, "renews_id": renews }),
    )
    .await?;
    Ok(one(tx, cx, id).await?.view)
}

/// Rewrites a draft; `seen` is `If-Match`. The customer stays.
///
/// # Errors
/// `agreement_unknown`, `version_changed`, `agreement_wrong_state`, and as [`create_agreement`].
pub async fn edit_agreement(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    seen: i64,
    input: AgreementInput,
) -> Result<AgreementView, Failure> {
    let stored = one(tx, cx, id).await?;
    kit::http::same_version(seen, stored.view.version, &stored.view)?;
    only(cx, &stored, &["draft"])?;
    if input.customer_id != stored.view.customer_id {
        return Err(CoverageError::AgreementCustomerUnknown.into());
    }
    let (unit, level) = checked(tx, cx, &input).await?;
    store::agreements::rewrite(tx, cx, id, seen, &level, &input).await?;
    append(tx, cx, "agreement.edited", id, &unit, &input.customer_id, &json!({})).await?;
    Ok(one(tx, cx, id).await?.view)
}

/// Records that both sides signed: from its first day it covers.
///
/// # Errors
/// `agreement_unknown`, `agreement_wrong_state`, `agreement_day_outside` for a day to come.
pub async fn sign_agreement(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    input: SignAgreement,
) -> Result<AgreementView, Failure> {
    let mut stored = one(tx, cx, id).await?;
    only(cx, &stored, &["draft"])?;
    if input.signed_on > day(tx, cx.now).await? {
        return Err(CoverageError::AgreementDay.into());
    }
    stored.status = "signed".into();
    stored.view.signed_on = Some(input.signed_on);
    jobs::plan_reminders(tx, cx, &stored.view).await?;
    saved(tx, cx, stored, "agreement.signed").await
}

/// Drafts the next link of the chain: same assets, level and targets, from the day after the old end, so that no gap
/// remains (P29). If the old agreement is over, it begins today.
///
/// # Errors
/// `agreement_unknown`, `agreement_wrong_state`, `agreement_renewed_already`, and as [`create_agreement`].
pub async fn renew_agreement(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    input: RenewAgreement,
) -> Result<AgreementView, Failure> {
    let old = one(tx, cx, id).await?;
    only(cx, &old, &["signed"])?;
    if old.view.renewed_by_id.is_some() {
        return Err(CoverageError::AgreementRenewed.into());
    }
    let today = day(tx, cx.now).await?;
    let next = old.view.covered_to.checked_add(1.day()).map_err(|_| CoverageError::AgreementDates)?;
    let renewal = AgreementInput {
        customer_id: old.view.customer_id.clone(),
        asset_ids: old.view.asset_ids.clone(),
        level: Some(old.view.level.clone()),
        covered_from: if old.view.covered_to < today { today } else { next },
        covered_to: input.covered_to,
        price_minor: input.price_minor,
        currency: old.view.currency.clone(),
        targets: old.view.targets,
    };
    draft(tx, cx, renewal, Some(id)).await
}

/// Suspends cover for some days. One suspension follows another: while one stands or is to come, there is no second.
///
/// # Errors
/// `agreement_unknown`, `agreement_wrong_state`, `agreement_suspended_already`, `agreement_day_outside`, `coverage_reason_missing`.
pub async fn suspend_agreement(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    input: SuspendAgreement,
) -> Result<AgreementView, Failure> {
    let stored = one(tx, cx, id).await?;
    only(cx, &stored, &["signed"])?;
    let reason = reasoned(&input.reason)?;
    within(tx, cx, &stored, input.from).await?;
    if standing(tx, cx, &stored).await?.is_some() {
        return Err(CoverageError::AgreementSuspended.into());
    }
    if input.until.is_some_and(|until| until < input.from) {
        return Err(CoverageError::AgreementDay.into());
    }
    let suspension = Suspension { from: input.from, until: input.until, reason: Some(reason) };
    store::agreements::set_status(tx, cx, &stored).await?;
    store::agreements::suspend(tx, id, &suspension).await?;
    told(
        tx,
        cx,
        &stored,
        "agreement.suspended",
        &json!({ "from": input.from, "until": input.until, "reasoned": true }),
    )
    .await
}

/// Ends a suspension: from that day on it covers again.
///
/// # Errors
/// `agreement_unknown`, `agreement_wrong_state`, `agreement_day_outside`.
pub async fn resume_agreement(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    input: ResumeAgreement,
) -> Result<AgreementView, Failure> {
    let stored = one(tx, cx, id).await?;
    only(cx, &stored, &["signed"])?;
    let Some(suspension) = standing(tx, cx, &stored).await? else {
        return Err(wrong_state(cx, &stored));
    };
    within(tx, cx, &stored, input.from).await?;
    let last = input.from.checked_sub(1.day()).map_err(|_| CoverageError::AgreementDay)?;
    // It ends by itself before that: it isn't made longer.
    if suspension.over(input.from) {
        return Err(CoverageError::AgreementDay.into());
    }
    store::agreements::set_status(tx, cx, &stored).await?;
    store::agreements::end_suspension(tx, id, &suspension, last).await?;
    told(tx, cx, &stored, "agreement.resumed", &json!({ "from": input.from })).await
}

// The suspension that stands today or is to come; those that are over stay as they were.
async fn standing(tx: &mut Tx, cx: &Cx, stored: &Stored) -> Result<Option<Suspension>, Failure> {
    let today = day(tx, cx.now).await?;
    Ok(stored.view.suspensions.iter().find(|one| !one.over(today)).cloned())
}

/// Ends an agreement before its time.
///
/// # Errors
/// `agreement_unknown`, `agreement_wrong_state`, `agreement_day_outside`, `coverage_reason_missing`.
pub async fn terminate_agreement(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    input: TerminateAgreement,
) -> Result<AgreementView, Failure> {
    let mut stored = one(tx, cx, id).await?;
    only(cx, &stored, &["signed"])?;
    let reason = reasoned(&input.reason)?;
    within(tx, cx, &stored, input.from).await?;
    stored.status = "terminated".into();
    stored.view.terminated_from = Some(input.from);
    stored.view.terminated_reason = Some(reason);
    saved(tx, cx, stored, "agreement.terminated").await
}

// A step takes effect today or later, within the agreement's days: what was reported before keeps its cover.
async fn within(tx: &mut Tx, cx: &Cx, stored: &Stored, from: Date) -> Result<(), Failure> {
    let today = day(tx, cx.now).await?;
    if from < today || from > stored.view.covered_to {
        return Err(CoverageError::AgreementDay.into());
    }
    Ok(())
}

// The words stand with the record, the event says that they were given: they may name people.
fn reasoned(reason: &str) -> Result<String, Failure> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(CoverageError::ReasonMissing.into());
    }
    Ok(reason.to_owned())
}

fn only(cx: &Cx, stored: &Stored, allowed: &[&str]) -> Result<(), Failure> {
    if allowed.contains(&stored.status.as_str()) {
        return Ok(());
    }
    Err(wrong_state(cx, stored))
}

fn wrong_state(cx: &Cx, stored: &Stored) -> Failure {
    CoverageError::AgreementState { state: rules::state_in_words(stored.view.state).in_lang(cx.actor.lang) }
        .into()
}

async fn saved(tx: &mut Tx, cx: &Cx, stored: Stored, what: &'static str) -> Result<AgreementView, Failure> {
    store::agreements::set_status(tx, cx, &stored).await?;
    let view = &stored.view;
    let body = json!({
        "signed_on": view.signed_on, "terminated_from": view.terminated_from,
        "reasoned": view.terminated_reason.is_some(),
    });
    told(tx, cx, &stored, what, &body).await
}

async fn told(
    tx: &mut Tx,
    cx: &Cx,
    stored: &Stored,
    what: &'static str,
    body: &serde_json::Value,
) -> Result<AgreementView, Failure> {
    let view = &stored.view;
    append(tx, cx, what, view.id, &stored.unit_id, &view.customer_id, body).await?;
    Ok(one(tx, cx, view.id).await?.view)
}

async fn append(
    tx: &mut Tx,
    cx: &Cx,
    what: &'static str,
    id: AgreementId,
    unit: &str,
    customer: &str,
    body: &serde_json::Value,
) -> Result<(), Failure> {
    let event = Event::new(what, "agreement", id).thread(id).unit(unit).customer(customer).body(body);
    Ok(kit::events::append(tx, cx, event).await?)
}
