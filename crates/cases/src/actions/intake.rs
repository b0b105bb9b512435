//! Calls and reports: intake at any minute, over any channel (P1, P39).

use customers::{ContactId, NewContact, Site};
use jiff::tz::TimeZone;
use kit::{Audience, Cx, Event, Failure, Reach, Tx};

use super::{CaseJob, IDLE_JOB, MAX_REASON, MAX_TEXT, Masker, answer, at, event};
use crate::case::{Case, CaseNext};
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, ContactChoice, RecordCall, ReportFault};
use crate::model::{
    CallDirection, CallId, CallOutcome, CaseId, CaseKind, CaseState, PhoneProgress, Severity, person,
};
use crate::neighbours::{self, Terms};
use crate::store::calls::{self, CallRow};
use crate::views::CallView;
use crate::{rules, store};

/// Records a typed call (P1). An answered call marks the caller's missed ones as called back; a missed one is called back by
/// the time the policy gives an answer.
///
/// # Errors
/// `call_number_invalid`, `call_ends_before_start`, `call_time_invalid`, `case_unknown`.
pub async fn record_call(tx: &mut Tx, cx: &Cx, input: RecordCall) -> Result<CallView, Failure> {
    let dialled = neighbours::number(&input.dialled, "/dialled")?;
    let caller = input.caller.as_deref().map(|n| neighbours::number(n, "/caller")).transpose()?;
    if input.ended_at.is_some_and(|end| end < input.started_at) {
        return Err(CaseError::CallEndsBeforeStart.into());
    }
    if input.started_at > cx.now || input.ended_at.is_some_and(|end| end > cx.now) {
        return Err(CaseError::CallTimeInvalid.into());
    }
    if input.outcome == CallOutcome::Ringing {
        return Err(CaseError::CallOutcomeInvalid.into());
    }
    let about_case = matches!(input.outcome, CallOutcome::CaseMade | CallOutcome::CaseContinued);
    let case = match input.case_id {
        Some(id) => Some(store::visible(tx, &cx.actor, id).await?.ok_or(CaseError::Unknown)?),
        None if about_case => return Err(CaseError::CallCaseMissing.into()),
        None => None,
    };
    let hotline = organisation::hotline_by_number(tx, dialled.as_str()).await?;
    let unit_id = match (&hotline, &cx.actor.unit_id) {
        (Some(hotline), _) => Some(hotline.unit_id),
        (None, Some(unit)) => unit.parse().ok(),
        (None, None) => None,
    };
    let call_back_due_at = match input.outcome {
        CallOutcome::Missed => Some(neighbours::call_back_due(tx, input.started_at).await?),
        _ => None,
    };
    let id: CallId = cx.new_id();
    let call = CallRow {
        id,
        hotline_id: hotline.as_ref().map(|h| h.id),
        dialled_e164: dialled.as_str().to_owned(),
        caller_e164: caller.as_ref().map(|number| number.as_str().to_owned()),
        caller_masked: caller.as_ref().map(customers::phones::mask),
        started_at: input.started_at,
        ended_at: input.ended_at,
        agent_id: Some(person(&cx.actor)),
        outcome: input.outcome,
        case_id: input.case_id,
        unit_id,
        call_back_due_at,
        called_back_by: None,
        exchange_id: None,
        direction: CallDirection::In,
        holder: None,
        answered_at: None,
    };
    calls::insert(tx, &call).await?;
    if let Some(caller) = caller.as_ref().filter(|_| input.outcome != CallOutcome::Missed) {
        store::called_back(tx, caller.as_str(), id, cx.now).await?;
    }
    let body = serde_json::json!({
        "outcome": input.outcome, "hotline_id": hotline.map(|h| h.id), "case_id": input.case_id,
        "started_at": input.started_at, "ended_at": input.ended_at, "call_back_due_at": call_back_due_at,
    });
    let mut told = Event::new("call.recorded", "call", id).body(&body);
    if let Some(unit) = unit_id {
        told = told.unit(unit);
    }
    if let Some(case) = &case {
        told = told.thread(case.id).customer(case.customer_id);
    }
    kit::events::append(tx, cx, told).await?;
    Ok(call.view())
}

/// Takes a report and makes a case: number, promise, owner, next step, respond clock, unit, coverage.
///
/// An agent may report a fault on any site (decision 2); the case then belongs to the site's unit, and the agent goes on
/// seeing it as its owner and reporter.
///
/// # Errors
/// `case_symptom_missing`, `case_site_unknown`, `case_asset_not_at_site`, `case_contact_unknown`, `case_contact_unclear`,
/// `case_severity_reason_missing`, `effect_question_unknown`, `case_draft_used`.
pub async fn report_fault(tx: &mut Tx, cx: &Cx, input: ReportFault) -> Result<CaseAnswer, Failure> {
    let me = person(&cx.actor);
    take_report(tx, cx, input, Some(me)).await
}

/// The same for a report that a customer makes without anybody at the desk: it is whose it would be to answer there, on call
/// or by the fewest open cases (P10, P39).
///
/// # Errors
/// As [`report_fault`]; `case_nobody_answers`.
pub async fn report_by_customer(tx: &mut Tx, cx: &Cx, input: ReportFault) -> Result<CaseAnswer, Failure> {
    take_report(tx, cx, input, None).await
}

/// Leaves off a report what was taken from an earlier case and holds no more: a device that has left the site, a contact who is no
/// longer its customer's. The report itself stands without them.
///
/// # Errors
/// `case_site_unknown`.
pub async fn leave_off_gone(tx: &mut Tx, report: &mut ReportFault) -> Result<(), Failure> {
    if let Some(id) = report.asset_id
        && !holds(neighbours::asset_at(tx, id, report.site_id).await)?
    {
        report.asset_id = None;
    }
    if let Some(id) = report.contact.as_ref().and_then(|contact| contact.id) {
        let customer_id = neighbours::site(tx, report.site_id).await?.customer_id;
        if !holds(neighbours::contact_of(tx, id, customer_id).await)? {
            report.contact = None;
        }
    }
    Ok(())
}

fn holds(answer: Result<(), Failure>) -> Result<bool, Failure> {
    match answer {
        Ok(()) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}

async fn take_report(
    tx: &mut Tx,
    cx: &Cx,
    input: ReportFault,
    owner_id: Option<String>,
) -> Result<CaseAnswer, Failure> {
    let draft_id = input.draft_id.map(|id| id.to_string());
    if let Some(draft) = &draft_id
        && let Some(case) = store::by_draft(tx, draft).await?
    {
        // Whoever guesses another desk's form learns nothing of its case.
        let case = store::visible(tx, &cx.actor, case.id).await?.ok_or(CaseError::Unknown)?;
        return Err(at(&case, CaseError::DraftUsed { number: case.number.clone() }).into());
    }
    let id: CaseId = cx.new_id();
    neighbours::report_ahead(
        tx,
        id,
        input.site_id,
        input.asset_id,
        input.contact.as_ref().and_then(|c| c.id),
    );
    let mut mask = Masker::default();
    let symptom = mask.words(rules::needed(&input.symptom, MAX_TEXT, CaseError::SymptomMissing)?);
    let site = neighbours::site(tx, input.site_id).await?;
    if let Some(asset_id) = input.asset_id {
        neighbours::asset_at(tx, asset_id, site.id).await?;
    }
    let kind = input.kind.unwrap_or(CaseKind::Fault);
    let terms = neighbours::terms_in_force(tx, cx.now).await?;
    let (severity, severity_reason) = severity(&terms, &input)?;
    let severity_reason = mask.some(severity_reason);
    let caller = match (&input.caller_number, input.call_id) {
        (None, Some(call_id)) => calls::get(tx, &cx.actor, call_id).await?.and_then(|call| call.caller_e164),
        (said, _) => said.clone(),
    };
    if let (Some(asset_id), CaseKind::Fault | CaseKind::Rework) = (input.asset_id, kind) {
        store::repaired_ahead(tx, asset_id, earliest(&terms, cx.now), Some(id));
    }
    let contact_id = contact(tx, cx, &site, &input, caller.as_deref()).await?;
    let routed = neighbours::route(tx, &site, kind).await?;
    let owner_id = match owner_id {
        Some(owner_id) => owner_id,
        None => neighbours::answers_for(tx, routed.0, cx.now).await?,
    };
    let promise = neighbours::promise(tx, &terms, kind, severity, input.asset_id, cx.now).await?;
    let mut case = Case {
        id,
        number: String::new(),
        kind,
        channel: input.channel,
        severity,
        severity_reason,
        state: CaseState::New,
        phone: PhoneProgress::NotTried,
        customer_id: site.customer_id,
        site_id: site.id,
        asset_id: input.asset_id,
        contact_id,
        symptom,
        symptom_class: neighbours::symptom_class(tx, input.symptom_class.as_deref(), None).await?,
        effects: input.effects,
        reachable_when: mask.some(rules::optional(input.reachable_when.as_deref(), MAX_REASON)?),
        unit_id: routed.0,
        second_unit_id: None,
        department: routed.1,
        division_code: site.division_code.clone(),
        owner_id,
        reported_by: person(&cx.actor),
        hand_over_to: None,
        hand_overs: 0,
        escalated_at: None,
        next: None,
        touched_at: cx.now,
        reported_at: cx.now,
        onsite_agreed_at: None,
        visit_due_at: None,
        resolved_how: None,
        resolved_at: None,
        reopened: 0,
        rework_of: None,
        parent_id: None,
        policy_version: terms.version,
        promise,
        coverage_decision_id: None,
        draft_id,
        imported_from: None,
        version: 1,
        worded: None,
    };
    let standing = case.standing();
    case.next = rules::next_after(&standing).map(|step| {
        let due_at = rules::due(&standing, step, &neighbours::due_of_report(&case, &terms));
        CaseNext { step, note: None, due_at }
    });
    let (zone, earlier) = (site.time_zone(), earlier(tx, &case, &terms).await?);
    let rework = rework(tx, &case, &terms, &zone, &earlier).await?;
    // As late as can be: whoever takes the day's next number holds it until the commit, and reports wait for it.
    case.number = neighbours::number_of_case(tx, cx.now).await?;
    tell_reported(tx, cx, &case, input.call_id, rework.as_ref()).await?;
    mask.tell(tx, cx, &case).await?;
    neighbours::start_reported(tx, cx, &case, cx.now).await?;
    case.coverage_decision_id = neighbours::decide_coverage(tx, cx, &case, &earlier, &zone, false).await?;
    store::insert(tx, &case).await.map_err(|error| {
        // Two reports of one form at the same time: run again, the second finds the first and is told its number.
        Failure::instead_of_twice(
            error,
            "service_case_draft_id_key",
            "service_case.draft_id",
            Failure::met_another(),
        )
    })?;
    customers::used(tx, site.id, contact_id, cx.now).await?;
    if let Some(call_id) = input.call_id
        && !store::attach_call(tx, &cx.actor, call_id, case.id).await?
    {
        return Err(CaseError::ReportCallUnknown.into());
    }
    let idle = CaseJob { case_id: case.id, due_at: None };
    kit::jobs::schedule(tx, cx, IDLE_JOB, &case.id.to_string(), cx.now.plus(terms.idle_us), &idle).await?;
    Ok(CaseAnswer { rework, ..answer(&case) })
}

async fn tell_reported(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    call_id: Option<CallId>,
    rework: Option<&rules::ReworkProposal>,
) -> Result<(), Failure> {
    let body = serde_json::json!({
        "number": case.number, "kind": case.kind, "channel": case.channel, "severity": case.severity,
        "site_id": case.site_id, "asset_id": case.asset_id, "contact_id": case.contact_id, "owner_id": case.owner_id,
        "unit_id": case.unit_id, "policy_version": case.policy_version, "call_id": call_id,
        "respond_due_at": case.promise.respond.as_ref().and_then(|r| r.due_at),
        "rework_proposed": rework.map(|r| r.case_id),
    });
    kit::events::append(tx, cx, event(case, "case.reported").audience(Audience::Customer).body(&body))
        .await?;
    if case.kind == CaseKind::Complaint {
        // For whoever opens complaints: else every fault would wake them. It stands on no timeline, where the report does.
        let event = Event::new("complaint.reported", "complaint", case.id)
            .unit(case.unit_id)
            .customer(case.customer_id)
            .body(&serde_json::json!({ "state": "received" }));
        kit::events::append(tx, cx, event).await?;
    }
    Ok(())
}

// The answers decide; a person may set another severity with a reason (P45).
fn severity(terms: &Terms, input: &ReportFault) -> Result<(Severity, Option<String>), Failure> {
    let given = policy::severity(&terms.policy.content, &input.effects)?;
    let reason = rules::optional(input.severity_reason.as_deref(), MAX_REASON)?;
    let found = rules::report_severity(&given, input.severity, reason)?;
    Ok((found.severity, found.reason))
}

// A known contact of this customer, or somebody new, noted down in place.
async fn contact(
    tx: &mut Tx,
    cx: &Cx,
    site: &Site,
    input: &ReportFault,
    caller: Option<&str>,
) -> Result<Option<ContactId>, Failure> {
    let none = ContactChoice::default();
    let choice = input.contact.as_ref().unwrap_or(&none);
    let phone = choice.phone.as_deref().or(caller).map(str::trim).filter(|p| !p.is_empty());
    let named = choice.name.is_some() || choice.phone.is_some();
    match (choice.id, phone) {
        (Some(_), _) if named => Err(CaseError::ContactUnclear.into()),
        (Some(id), _) => {
            neighbours::contact_of(tx, id, site.customer_id).await?;
            Ok(Some(id))
        }
        (None, None) if named => Err(CaseError::ContactUnclear.into()),
        (None, None) => Ok(None),
        (None, Some(phone)) => {
            let new = NewContact {
                customer_id: site.customer_id,
                site_id: Some(site.id),
                name: choice.name.clone().unwrap_or_default(),
                role: choice.role.clone().unwrap_or_default(),
                phone: Some(phone.to_owned()),
                email: None,
                lang: kit::Lang::default(),
            };
            match customers::create_contact(tx, cx, &Reach::Everything, new).await {
                Ok(contact) => Ok(Some(contact.id)),
                Err(Failure::Refused(refusal)) if refusal.code == "contact_exists" => {
                    let known = refusal
                        .current
                        .as_ref()
                        .and_then(|c| c["contact_id"].as_str())
                        .and_then(|id| id.parse().ok());
                    known.map(Some).ok_or(Failure::Refused(refusal))
                }
                Err(failure) => Err(failure),
            }
        }
    }
}

/// The earlier repairs of a case's asset that its period may still hold, newest first.
pub(crate) async fn earlier(
    tx: &mut Tx,
    case: &Case,
    terms: &Terms,
) -> Result<Vec<rules::Repaired>, Failure> {
    let (Some(asset_id), CaseKind::Fault | CaseKind::Rework) = (case.asset_id, case.kind) else {
        return Ok(Vec::new());
    };
    Ok(store::repaired(tx, asset_id, earliest(terms, case.reported_at), Some(case.id)).await?)
}

// Whatever was finished before this is no matter of rework for a report at `at`.
fn earliest(terms: &Terms, at: kit::Ts) -> kit::Ts {
    at.plus(-rules::days_at_most(terms.rework) * kit::Ts::DAY)
}

/// The earlier repair that a case may be the rework of (P74).
pub(crate) async fn rework(
    tx: &mut Tx,
    case: &Case,
    terms: &Terms,
    zone: &TimeZone,
    earlier: &[rules::Repaired],
) -> Result<Option<rules::ReworkProposal>, Failure> {
    let (Some(asset_id), None) = (case.asset_id, case.rework_of) else { return Ok(None) };
    proposal(tx, terms, zone, asset_id, case.symptom_class.as_deref(), earlier, case.reported_at).await
}

/// The earlier repair that a report on this asset would redo, at `at`.
pub(crate) async fn proposal(
    tx: &mut Tx,
    terms: &Terms,
    zone: &TimeZone,
    asset_id: assets::AssetId,
    fault: Option<&str>,
    earlier: &[rules::Repaired],
    at: kit::Ts,
) -> Result<Option<rules::ReworkProposal>, Failure> {
    if earlier.is_empty() {
        return Ok(None);
    }
    let holidays = neighbours::holidays(tx).await?;
    let term = rules::ReworkTerm {
        period: terms.rework,
        holidays: &holidays,
        rest_days: terms.rework_rest_days,
        zone,
    };
    Ok(rules::rework_of(earlier, &asset_id.to_string(), fault, &term, at))
}

/// Decides the cover of a case that stands as it is now; `judged` as a person has looked at the earlier repairs.
pub(crate) async fn decide_coverage(
    tx: &mut Tx,
    cx: &Cx,
    case: &mut Case,
    terms: &Terms,
    judged: bool,
) -> Result<(), Failure> {
    let earlier = earlier(tx, case, terms).await?;
    let zone = neighbours::site(tx, case.site_id).await?.time_zone();
    case.coverage_decision_id = neighbours::decide_coverage(tx, cx, case, &earlier, &zone, judged).await?;
    Ok(())
}
