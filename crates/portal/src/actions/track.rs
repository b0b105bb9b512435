//! The page of a case: what it shows, and what its customer does there.

use care::RecordFollowUp;
use cases::{Case, CaseId, CaseKind, CaseState, ReportChannel, ReportFault, StateName};
use kit::{Cx, Failure, Reach, Ts, Tx};
use policy::Promise;
use visits::{SignOrder, ToldVisit, VisitId, VisitOutcome, VisitStateName, VisitStep};

use super::links::Opened;
use super::report::{add, ask};
use crate::errors::PortalError;
use crate::model::{
    AddToCase, Complain, LinkId, LinkScope, RequestKind, SayToAnswer, TrackEngineer, TrackPage, TrackPromise,
    TrackRequest, TrackVisit, TrackWay, WishTime,
};
use crate::rules::{self, Standing, Way, chase_again_at};
use crate::store;

/// Who sends files through a link's door.
pub(crate) fn sender(link: LinkId) -> String {
    format!("link:{link}")
}

// What happens next hangs on the newest visit; after one that didn't end it, another follows.
fn current(visits: &[ToldVisit]) -> Option<&ToldVisit> {
    visits.last().filter(|v| !matches!(v.outcome, Some(VisitOutcome::PartlyDone | VisitOutcome::NoAccess)))
}

fn first(visit: Option<&ToldVisit>, steps: &[VisitStep]) -> Option<Ts> {
    let visit = visit?;
    visit.steps.iter().filter(|(step, _)| steps.contains(step)).map(|(_, at)| *at).min()
}

fn way(case: &Case, visits: &[ToldVisit], rated: bool) -> Way {
    let visit = current(visits);
    let told = |v: &&ToldVisit| v.brief.state != VisitStateName::Confirmed;
    let planned = [VisitStep::Dispatch, VisitStep::Confirm, VisitStep::Reassign, VisitStep::Accept];
    Way {
        state: case.state.name(),
        reported_at: case.reported_at,
        resolved_at: case.resolved_at,
        onsite: !visits.is_empty()
            || case.onsite_agreed_at.is_some()
            || case.resolved_how == Some(cases::ResolvedHow::Onsite),
        assigned_at: visit
            .filter(told)
            .map(|v| first(Some(v), &planned).unwrap_or(v.brief.window.start.min(case.touched_at))),
        departed_at: first(visit, &[VisitStep::Depart]),
        arrived_at: visit.and_then(|v| v.brief.arrived_at),
        started_at: first(visit, &[VisitStep::Start]),
        presented_at: first(visit, &[VisitStep::Present]),
        signed_at: visit.and_then(|v| v.signed_at),
        rated,
    }
}

fn to_sign(visits: &[ToldVisit]) -> Option<&ToldVisit> {
    current(visits).filter(|v| {
        v.shown_sha256.is_some()
            && v.signed_at.is_none()
            && matches!(v.brief.state, VisitStateName::Working | VisitStateName::Paused)
    })
}

async fn standing(tx: &mut Tx, opened: &Opened, visits: &[ToldVisit], now: Ts) -> Result<Standing, Failure> {
    let waits = |v: &ToldVisit| {
        matches!(
            v.brief.state,
            VisitStateName::Confirmed | VisitStateName::Dispatched | VisitStateName::Accepted
        )
    };
    Ok(Standing {
        scope: opened.link.scope,
        state: opened.case.state.name(),
        chased_at: store::chased_at(tx, opened.case.id).await?,
        movable: current(visits).is_some_and(waits),
        to_sign: to_sign(visits).is_some(),
        owed: care::owed(tx, opened.case.id, now).await?.is_some(),
    })
}

/// What the page shows. Of other people nothing but who comes, and of the contact one character and four digits.
///
/// # Errors
/// As the database says.
pub(crate) async fn page(tx: &mut Tx, opened: &Opened, now: Ts) -> Result<TrackPage, Failure> {
    let case = &opened.case;
    let full = opened.link.scope == LinkScope::Full;
    let site = customers::site(tx, &Reach::Everything, case.site_id).await?;
    let (point, zone) = (site.point, site.zone.clone());
    let product = match case.asset_id {
        Some(id) => Some(assets::asset(tx, &Reach::Everything, id).await?.product.name),
        None => None,
    };
    let contact = match case.contact_id.filter(|_| full) {
        Some(id) => Some(customers::contact(tx, &Reach::Everything, id).await?),
        None => None,
    };
    let visits = visits::told_of(tx, case.id).await?;
    let rating = care::rated(tx, case.id).await?;
    let standing = standing(tx, opened, &visits, now).await?;
    let script = if full { care::owed(tx, case.id, now).await?.map(|o| o.script) } else { None };
    let goes_on_as = match case.state {
        CaseState::Merged { into, .. } => Some(cases::case(tx, into).await?.number),
        _ => None,
    };
    let asked = if full { store::requests_of(tx, case.id).await? } else { Vec::new() };
    let ids: Vec<CaseId> = asked.iter().filter_map(|request| request.complaint_case_id).collect();
    let mut complaints = care::complaints::told(tx, &ids).await?;
    let mut requests = Vec::with_capacity(asked.len());
    for request in asked {
        let stands = request.complaint_case_id.and_then(|id| complaints.remove(&id));
        let (complaint_number, complaint) =
            stands.map_or((None, None), |(number, complaint)| (Some(number), complaint));
        let (wish_start, wish_end) = request.wish.unzip();
        requests.push(TrackRequest {
            kind: request.kind,
            words: request.words,
            wish_start,
            wish_end,
            made_at: request.made_at,
            state: request.state,
            answer: request.answer,
            complaint_number,
            complaint,
        });
    }
    let key = case.id.to_string();
    let cover =
        coverage::badges_of(tx, std::slice::from_ref(&key)).await?.remove(&key).map(|b| super::cover(&b));
    Ok(TrackPage {
        number: case.number.clone(),
        kind: case.kind,
        state: case.state.name(),
        scope: opened.link.scope,
        nodes: rules::nodes(&way(case, &visits, rating.is_some())),
        site_name: site.name,
        zone: site.zone,
        product,
        symptom: case.symptom.clone(),
        reported_at: case.reported_at,
        cover,
        promise: promise(tx, case, now).await?,
        promised: match current(&visits) {
            None if !case.ended() => visits::promised_of(tx, case.id).await?,
            _ => None,
        },
        visit: match current(&visits) {
            Some(visit) => Some(shown_visit(visit, way_of(tx, visit, point, &zone, now).await?)),
            None => None,
        },
        contact: contact.map(|c| {
            let name = rules::masked_name(&c.name);
            [name, c.phone_masked.unwrap_or_default()].join(" ").trim().to_owned()
        }),
        goes_on_as,
        requests,
        chase_again_at: chase_again_at(standing.chased_at).filter(|at| *at > now),
        script: script.unwrap_or_default(),
        rating,
        photos: store::count_photos(tx, case.id).await?,
        may: rules::may(&standing, now),
        ends_at: opened.ends_at,
        hotline: store::hotline(tx, Some(case.unit_id)).await?,
        now,
    })
}

// How far who comes is; what the page says of it is no place, only a time.
async fn way_of(
    tx: &mut Tx,
    visit: &ToldVisit,
    site: Option<organisation::Point>,
    zone: &str,
    now: Ts,
) -> Result<Option<TrackWay>, Failure> {
    let Some(seen) = visits::seen_on_way(tx, &visit.brief).await? else { return Ok(None) };
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let from = organisation::Point { lon: seen.position.lon, lat: seen.position.lat };
    let arrive_in_min = site.and_then(|to| dispatch::minutes_left(from, to, seen.at, now, &zone));
    Ok(Some(TrackWay { seen_at: seen.at, arrive_in_min }))
}

fn shown_visit(visit: &ToldVisit, way: Option<TrackWay>) -> TrackVisit {
    // What the customer was told, not how long the work is expected to take.
    let promised = visits::rules::plan::promised_window(&visit.brief.window, visit.brief.appointment_end);
    TrackVisit {
        window_start: promised.start,
        window_end: promised.end,
        appointment_end: visit.brief.appointment_end,
        arrived_at: visit.brief.arrived_at,
        engineer: TrackEngineer {
            name: visit.brief.engineer.name.clone(),
            badge_number: visit.brief.engineer.badge_number.clone(),
            photo: visit.brief.engineer.photo_sha256.is_some(),
        },
        way,
    }
}

// Of the promises that run, the one that is due next; the call afterwards is ours to think of.
async fn promise(tx: &mut Tx, case: &Case, now: Ts) -> Result<Option<TrackPromise>, Failure> {
    let clocks = policy::clocks::states(tx, "case", &case.id.to_string(), now).await?;
    let running = clocks
        .into_iter()
        .filter(|c| c.stopped_at.is_none() && c.promise != Promise::FollowUp)
        .filter_map(|c| Some((c.due_at?, c.promise)));
    Ok(running.min().map(|(due_at, promise)| TrackPromise {
        promise: promise.name().to_owned(),
        due_at,
        over: due_at < now,
    }))
}

/// The photo of who comes, while they are the case's.
///
/// # Errors
/// As the database says.
pub(crate) async fn photo(tx: &mut Tx, opened: &Opened) -> Result<Option<String>, Failure> {
    let visits = visits::told_of(tx, opened.case.id).await?;
    Ok(current(&visits).and_then(|v| v.brief.engineer.photo_sha256.clone()))
}

fn open_case(opened: &Opened) -> Result<&Case, PortalError> {
    if opened.case.ended() { Err(PortalError::Ended) } else { Ok(&opened.case) }
}

fn full(opened: &Opened) -> Result<(), PortalError> {
    if opened.link.scope == LinkScope::Full { Ok(()) } else { Err(PortalError::WatchOnly) }
}

/// Asks how it goes: at most once in half an hour; whoever owns the case is told.
///
/// # Errors
/// `portal_case_ended`, `portal_chased_already`.
pub(crate) async fn chase(tx: &mut Tx, cx: &Cx, opened: &Opened) -> Result<(), Failure> {
    let case = open_case(opened)?;
    // Two at once: the second waits here and finds the first.
    kit::settings::hold(tx, &format!("chase:{}", case.id)).await?;
    let again = chase_again_at(store::chased_at(tx, case.id).await?).filter(|at| *at > cx.now);
    if let Some(at) = again {
        let left = at.micros() - cx.now.micros();
        let minutes = left.unsigned_abs().div_ceil(Ts::MINUTE.unsigned_abs());
        let mut refusal = PortalError::ChasedAlready { minutes }.refusal();
        refusal.retry_after_s = Some(minutes * 60);
        return Err(refusal.into());
    }
    ask(tx, cx, case, RequestKind::Chase, None, None, None).await
}

/// Adds words or a photo.
///
/// # Errors
/// `portal_case_ended`, `portal_nothing_added`, `portal_text_too_long`, `portal_photo_unknown`, `portal_too_many_photos`.
pub(crate) async fn add_to(tx: &mut Tx, cx: &Cx, opened: &Opened, input: AddToCase) -> Result<(), Failure> {
    let words = rules::words(input.words.as_deref())?.unwrap_or_default();
    let by = sender(opened.link.id);
    add(tx, cx, &opened.case, &words, input.photo_sha256.as_deref(), &by).await
}

/// Asks for another time; a dispatcher sees it and answers.
///
/// # Errors
/// `portal_watch_only`, `portal_nothing_to_move`, `portal_wish_invalid`, `portal_text_too_long`.
pub(crate) async fn wish(tx: &mut Tx, cx: &Cx, opened: &Opened, input: WishTime) -> Result<(), Failure> {
    full(opened)?;
    let visits = visits::told_of(tx, opened.case.id).await?;
    if !standing(tx, opened, &visits, cx.now).await?.movable {
        return Err(PortalError::NothingToMove.into());
    }
    let wish = rules::wish(input.wish_start, input.wish_end, cx.now)?;
    let words = rules::words(input.words.as_deref())?.map(cases::masked);
    ask(tx, cx, &opened.case, RequestKind::Move, words, Some(wish), None).await
}

/// The service order that waits for the customer's signature: its visit and work order.
///
/// # Errors
/// `portal_watch_only`, `portal_nothing_to_sign`.
pub(crate) async fn waiting_order(
    tx: &mut Tx,
    opened: &Opened,
) -> Result<(VisitId, visits::WorkOrderId), Failure> {
    full(opened)?;
    let visits = visits::told_of(tx, opened.case.id).await?;
    let visit = to_sign(&visits).ok_or(PortalError::NothingToSign)?;
    Ok((visit.brief.id, visit.work_order_id))
}

/// Signs what was shown (P72), as on the engineer's phone: bound to the hash of the document.
///
/// # Errors
/// As [`waiting_order`] and [`visits::sign_by_customer`].
pub(crate) async fn sign(tx: &mut Tx, cx: &Cx, opened: &Opened, input: SignOrder) -> Result<(), Failure> {
    let (visit_id, _) = waiting_order(tx, opened).await?;
    visits::sign_by_customer(tx, cx, visit_id, input).await?;
    Ok(())
}

/// Rates the service: the same answers as in the follow-up call, which is then not made (P13).
///
/// # Errors
/// `portal_watch_only`, and as [`care::answer`].
pub(crate) async fn rate(
    tx: &mut Tx,
    cx: &Cx,
    opened: &Opened,
    input: RecordFollowUp,
) -> Result<(), Failure> {
    full(opened)?;
    care::answer(tx, cx, opened.case.id, input).await?;
    Ok(())
}

/// Complains (P65): a case of its own with an owner and an answer that is owed, named on both.
///
/// # Errors
/// `portal_watch_only`, `portal_complaint_missing`, `portal_text_too_long`, and as [`cases::report_by_customer`].
pub(crate) async fn complain(tx: &mut Tx, cx: &Cx, opened: &Opened, input: Complain) -> Result<(), Failure> {
    full(opened)?;
    let case = &opened.case;
    if matches!(case.state.name(), StateName::Merged | StateName::Withdrawn) {
        return Err(PortalError::Ended.into());
    }
    let words = rules::words(Some(&input.words))?.ok_or(PortalError::ComplaintMissing)?;
    let complaint = ReportFault {
        kind: Some(CaseKind::Complaint),
        channel: ReportChannel::Portal,
        caller_number: None,
        contact: case.contact_id.map(|id| cases::ContactChoice { id: Some(id), ..Default::default() }),
        site_id: case.site_id,
        asset_id: case.asset_id,
        symptom: format!("{}: {words}", case.number),
        symptom_class: None,
        effects: std::collections::BTreeMap::new(),
        severity: None,
        severity_reason: None,
        reachable_when: None,
        draft_id: Some(cx.command_id),
        call_id: None,
    };
    let made = cases::report_by_customer(tx, cx, complaint).await?;
    care::complaints::open(tx, cx, made.id, Some(case.id)).await?;
    ask(tx, cx, case, RequestKind::Complaint, Some(cases::masked(words)), None, Some(made.id)).await
}

/// Says to the answer of a complaint, by its number, whether it will do (P65).
///
/// # Errors
/// `portal_watch_only`, `portal_complaint_unknown`, `portal_text_too_long`, and as [`care::complaints::react_by_customer`].
pub(crate) async fn react(tx: &mut Tx, cx: &Cx, opened: &Opened, input: SayToAnswer) -> Result<(), Failure> {
    full(opened)?;
    let words = rules::words(input.words.as_deref())?;
    let asked = store::requests_of(tx, opened.case.id).await?;
    let ids: Vec<CaseId> = asked.into_iter().filter_map(|request| request.complaint_case_id).collect();
    let complaints = care::complaints::told(tx, &ids).await?;
    match complaints.into_iter().find(|(_, (number, _))| *number == input.number) {
        Some((id, _)) => care::complaints::react_by_customer(tx, cx, id, input.content, words).await,
        None => Err(PortalError::ComplaintUnknown.into()),
    }
}
