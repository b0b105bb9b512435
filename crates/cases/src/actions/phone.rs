//! Help by phone, and both sides' word for a visit (P14, P37, P38, P41).

use kit::{Audience, Cx, Event, Failure, Tx};

use super::{MAX_REASON, MAX_TEXT, Masker, answer, at, event, load, resolve, save, settle, take};
use crate::case::Case;
use crate::errors::CaseError;
use crate::inputs::{AgreeOnsite, CaseAnswer, RecordPhoneResult, StartPhoneSupport};
use crate::model::{
    CaseId, CaseState, OnsiteAgreementId, PhoneOutcome, PhoneProgress, PhoneSupportId, ResolvedHow, Step,
    person,
};
use crate::rules::Agreement;
use crate::{neighbours, rules, store};

/// Begins to help by phone: the customer has their answer, the respond clock stops (P37). Also back from an agreed visit
/// (decision 8): the arrival clock then runs on.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_supporter_unknown`.
pub async fn start_phone_support(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: StartPhoneSupport,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::StartPhoneSupport).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let me = person(&cx.actor);
    let supporter_id = match input.supporter_id {
        Some(other) if other != me => {
            store::seen_colleague(tx, &cx.actor, &case, &other).await?.ok_or(CaseError::SupporterUnknown)?;
            other
        }
        _ => {
            take(tx, cx, &mut case, &terms).await?;
            me
        }
    };
    let support_id: PhoneSupportId = cx.new_id();
    store::start_phone_support(tx, support_id, case.id, &supporter_id, cx.now).await?;
    case.state = CaseState::PhoneSupport;
    case.phone = PhoneProgress::Running;
    neighbours::responded(tx, cx, &case, cx.now).await?;
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "phone_support_id": support_id, "supporter_id": supporter_id });
    kit::events::append(tx, cx, event(&case, "case.phone_support_started").body(&body)).await?;
    Ok(answer(&case))
}

/// Records what came of it: solved → follow-up, without a visit (P14), and the fix plan goes to the customer (P38); not
/// solved → a visit can be agreed (P41).
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_phone_steps_missing`, `case_fix_plan_missing`, `case_reason_missing`,
/// `case_list_too_long`, `case_cause_unknown`.
pub async fn record_phone_result(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: RecordPhoneResult,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::RecordPhoneResult).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let mut mask = Masker::default();
    let steps_tried = list(&mut mask, &input.steps_tried)?;
    if steps_tried.is_empty() {
        return Err(CaseError::PhoneStepsMissing.into());
    }
    let fix_plan = mask.some(rules::optional(input.fix_plan.as_deref(), MAX_TEXT)?);
    let reason = mask.some(rules::optional(input.reason.as_deref(), MAX_REASON)?);
    match input.outcome {
        PhoneOutcome::Solved if fix_plan.is_none() => return Err(CaseError::FixPlanMissing.into()),
        PhoneOutcome::NotSolved if reason.is_none() => return Err(CaseError::ReasonMissing.into()),
        _ => {}
    }
    if input.expected_minutes.is_some_and(|m| !(1..=10_080).contains(&m)) {
        return Err(CaseError::MinutesInvalid.into());
    }
    let cause_code = match input.outcome {
        PhoneOutcome::Solved => neighbours::cause(tx, input.cause_code.as_deref()).await?,
        PhoneOutcome::NotSolved => None,
    };
    let needed_skill = rules::optional(input.needed_skill.as_deref(), 60)?;
    let expected_parts = list(&mut mask, &input.expected_parts)?;
    let me = person(&cx.actor);
    let result = store::PhoneResultRow {
        outcome: input.outcome,
        steps_tried: &steps_tried,
        fix_plan: fix_plan.as_deref(),
        cause_code: cause_code.as_deref(),
        reason: reason.as_deref(),
        needed_skill: needed_skill.as_deref(),
        expected_parts: &expected_parts,
        expected_minutes: input.expected_minutes,
        recorded_by: &me,
        at: cx.now,
    };
    let support_id = store::finish_phone_support(tx, case.id, &result)
        .await?
        .ok_or_else(|| at(&case, CaseError::NotInPhoneSupport))?;
    let body = serde_json::json!({
        "phone_support_id": support_id, "outcome": input.outcome, "needed_skill": needed_skill,
        "expected_minutes": input.expected_minutes, "fix_plan": fix_plan.is_some(), "cause_code": cause_code,
    });
    kit::events::append(tx, cx, event(&case, "case.phone_result").body(&body)).await?;
    mask.tell(tx, cx, &case).await?;
    if fix_plan.is_some() {
        tell_fix_plan(tx, cx, &case, support_id).await?;
    }
    match input.outcome {
        PhoneOutcome::Solved => {
            case.phone = PhoneProgress::Solved;
            resolve(tx, cx, &mut case, &terms, ResolvedHow::Remote).await?;
        }
        PhoneOutcome::NotSolved => {
            case.phone = PhoneProgress::NotSolved;
            settle(tx, cx, &mut case, &terms).await?;
        }
    }
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

// The words stay in the record; whoever sends the message fetches them with `cases::fix_plan`.
async fn tell_fix_plan(tx: &mut Tx, cx: &Cx, case: &Case, support_id: PhoneSupportId) -> Result<(), Failure> {
    let told = Event::new("case.fix_plan", "phone_support", support_id)
        .thread(case.id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .audience(Audience::Customer)
        .body(&serde_json::json!({ "phone_support_id": support_id, "contact_id": case.contact_id }));
    Ok(kit::events::append(tx, cx, told).await?)
}

/// Entries of a list at most.
const MAX_ENTRIES: usize = 50;

fn list(mask: &mut Masker, texts: &[String]) -> Result<Vec<String>, CaseError> {
    let mut kept = Vec::new();
    for text in texts {
        kept.extend(mask.some(rules::optional(Some(text), MAX_REASON)?));
    }
    // Refused, not cut: whoever typed them would believe that they are kept.
    if kept.len() > MAX_ENTRIES {
        return Err(CaseError::ListTooLong { max: MAX_ENTRIES });
    }
    Ok(kept)
}

/// Records that both sides agree to a visit, apart from the report (P41), and starts the arrival clock at that moment
/// (decision 10). The first agreement counts: agreeing again after another try by phone doesn't win time.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_phone_not_tried`, `case_phone_result_missing`,
/// `case_phone_exception_not_allowed`, `case_agreed_at_invalid`, `case_promised_window_invalid`, `case_contact_unknown`, `case_company_person_unknown`.
pub async fn agree_onsite(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: AgreeOnsite,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::AgreeOnsite).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let agreed_at = input.agreed_at.unwrap_or(cx.now);
    let mut mask = Masker::default();
    let exception = mask.some(rules::optional(input.phone_exception.as_deref(), MAX_REASON)?);
    let agreement = rules::agree_onsite(
        &case.standing(),
        terms.phone_rule,
        exception,
        case.reported_at,
        agreed_at,
        cx.now,
    )
    .map_err(|e| at(&case, e))?;
    let window = rules::promised_window(input.window_start, input.window_end, cx.now)?;
    neighbours::contact_of(tx, input.contact_id, case.customer_id).await?;
    let me = person(&cx.actor);
    let company_person_id = match input.company_person_id {
        Some(other) if other != me => {
            store::seen_colleague(tx, &cx.actor, &case, &other)
                .await?
                .ok_or(CaseError::CompanyPersonUnknown)?;
            other
        }
        _ => me.clone(),
    };
    let (phone_support_id, exception_reason) = match agreement {
        Agreement::PhoneTried => (store::last_not_solved(tx, case.id).await?, None),
        Agreement::Exception { reason } => {
            store::drop_phone_support(tx, case.id).await?;
            case.phone = PhoneProgress::NotTried;
            (None, Some(reason))
        }
    };
    let agreement_id: OnsiteAgreementId = cx.new_id();
    let new = store::NewAgreement {
        id: agreement_id,
        case_id: case.id,
        phone_support_id,
        exception_reason: exception_reason.as_deref(),
        contact_id: input.contact_id,
        company_person_id: &company_person_id,
        how: input.how,
        agreed_at,
        window,
        recorded_at: cx.now,
        recorded_by: &me,
    };
    store::insert_agreement(tx, &new).await?;
    let first = case.onsite_agreed_at.is_none();
    let counts_from = *case.onsite_agreed_at.get_or_insert(agreed_at);
    case.state = CaseState::OnsiteAgreed;
    neighbours::responded(tx, cx, &case, agreed_at).await?;
    if first {
        neighbours::start_arrive(tx, cx, &case, &terms, counts_from).await?;
    }
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({
        "agreement_id": agreement_id, "phone_support_id": phone_support_id, "contact_id": input.contact_id,
        "company_person_id": company_person_id, "how": input.how, "agreed_at": agreed_at,
        "exception": exception_reason.is_some(), "arrival_counts_from": counts_from,
        "window_start": window.map(|w| w.0), "window_end": window.map(|w| w.1),
        "arrive_due_at": case.next.as_ref().map(|n| n.due_at),
    });
    let told = event(&case, "case.onsite_agreed").audience(Audience::Customer).body(&body);
    kit::events::append(tx, cx, told).await?;
    mask.tell(tx, cx, &case).await?;
    Ok(answer(&case))
}
