//! The page behind a label: what it shows, the one-time code, the report itself.

use assets::FaultCodeKind;
use cases::{Case, ContactChoice, ReportChannel, ReportFault, WriteNote};
use customers::phones::{self, Line};
use kit::{App, Audience, Cx, Event, Failure, Lang, Reach, Ts, Tx};
use serde_json::json;

use super::{codes, customer, hang_photo, hashed};
use crate::errors::PortalError;
use crate::gateway::GatewayStanding;
use crate::model::{
    AskCode, Caller, CodeId, CodeSent, EffectChoice, GiveCode, LabelDevice, LinkScope, LinkSms, NewReport,
    OpenReport, ReportAnswer, ReportPage, Request, RequestKind, RequestState, SymptomChoice,
};
use crate::rules::{self, CODE_PAUSE_US, CODE_TRIES, may_send, may_try};
use crate::sms::{Sms, SmsGateway, SmsPurpose};
use crate::store;

/// A second report of the same caller on the same device within this is the first one sent again.
const SAME_US: i64 = 10 * Ts::MINUTE;
/// Pictures on the page.
const MOST_SYMPTOMS: usize = 6;

/// Who sends files through a label's door.
pub(crate) fn sender(label: CodeId) -> String {
    format!("label:{label}")
}

/// What the page shows.
///
/// # Errors
/// `label_unknown`.
pub(crate) async fn page(
    tx: &mut Tx,
    code: &str,
    caller: Option<&str>,
    sms: GatewayStanding,
    now: Ts,
) -> Result<ReportPage, Failure> {
    let (_, asset) = codes::device(tx, code).await?;
    let site = customers::site(tx, &Reach::Everything, asset.site_id).await?;
    let cover = super::cover(&coverage::preview(tx, &asset.id.to_string(), now).await?.badge);
    let open = cases::open_of_asset(tx, asset.id).await?.into_iter().next();
    let policy = policy::in_force(tx, now).await?;
    let caller = match caller {
        Some(token) => store::caller(tx, &hashed(token), now).await?,
        None => None,
    };
    let serial: Vec<char> = asset.serial.chars().collect();
    Ok(ReportPage {
        site_name: site.name.clone(),
        zone: site.zone.clone(),
        device: LabelDevice {
            product: asset.product.name.clone(),
            model: asset.product.model.clone(),
            kind: asset.product.kind.clone(),
            serial_end: serial[serial.len().saturating_sub(4)..].iter().collect(),
        },
        cover,
        symptoms: symptoms(tx, &asset.product.kind).await?,
        effects: policy
            .content
            .effect_questions
            .iter()
            .map(|q| EffectChoice { code: q.code.clone(), statement: q.reason.clone(), answer: q.major_if })
            .collect(),
        open: open.map(|case| OpenReport {
            state: case.state.name(),
            reported_at: case.reported_at,
            number: case.number,
        }),
        caller: caller.map(|c| c.phone_masked),
        takes_reports: sms != GatewayStanding::Off,
        hotline: store::hotline(tx, Some(asset.unit_id)).await?,
    })
}

async fn symptoms(tx: &mut Tx, kind: &str) -> Result<Vec<SymptomChoice>, Failure> {
    let mut codes: Vec<_> = assets::fault_codes(tx)
        .await?
        .into_iter()
        .filter(|c| c.kind == FaultCodeKind::Fault && c.active)
        .filter(|c| c.product_kind.as_deref().is_none_or(|of| of == kind))
        .collect();
    // What is said of this kind of device comes before what is said of any.
    codes.sort_by_key(|c| (c.product_kind.is_none(), c.ordinal));
    codes.truncate(MOST_SYMPTOMS);
    Ok(codes.into_iter().map(|c| SymptomChoice { code: c.code, name: c.name }).collect())
}

fn mobile(text: &str) -> Result<phones::E164, PortalError> {
    if text.len() > 40 {
        return Err(PortalError::PhoneInvalid);
    }
    phones::normalise(text)
        .ok()
        .filter(|n| n.extension().is_none() && matches!(n.line(), Line::Mobile | Line::Foreign))
        .ok_or(PortalError::PhoneInvalid)
}

/// Sends a one-time code. Nothing is looked up about the number, so the answer is the same for one that is known here.
///
/// # Errors
/// `label_unknown`, `portal_phone_invalid`, `sms_off`, `sms_too_many`, `sms_locked`, `sms_not_sent`.
pub(crate) async fn ask_code(
    app: &App,
    gateway: &dyn SmsGateway,
    label_code: &str,
    address: &str,
    lang: Lang,
    input: AskCode,
) -> Result<CodeSent, Failure> {
    let number = mobile(&input.phone)?;
    let standing = {
        let mut tx = app.db.reader().await?;
        codes::device(&mut tx, label_code).await?;
        gateway.standing(&mut tx).await?
    };
    if standing == GatewayStanding::Off {
        return Err(PortalError::SmsOff.into());
    }
    let mut random = [0_u8; 8];
    app.ids.fill(&mut random);
    let code = rules::digits(random);
    let id = app.ids.next(app.clock.now()).to_string();
    let (label_code, address, phone) =
        (label_code.to_owned(), address.to_owned(), number.as_str().to_owned());
    let (kept_id, code_hash) = (id.clone(), hashed(&format!("{id}:{code}")));
    app.act(customer("sms", "", lang), move |tx, cx| {
        Box::pin(async move {
            store::hold_number(tx, &phone).await?;
            let (label, _) = codes::device(tx, &label_code).await?;
            let lately = store::lately(tx, &phone, label.id, &address, cx.now).await?;
            if let Err(error) = may_send(&lately, cx.now) {
                return Err(waiting(error));
            }
            store::insert_sms_code(tx, &kept_id, &phone, label.id, &address, &code_hash, cx.now).await?;
            let event = Event::new("sms_code.sent", "asset_label", label.id)
                .audience(Audience::Audit)
                .body(&json!({ "sms_id": kept_id, "address": address }));
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await?;
    let simulated = standing == GatewayStanding::Simulated;
    if !simulated {
        let minutes = (rules::CODE_LIVES_US / Ts::MINUTE).to_string();
        let values = vec![("code", code.clone()), ("minutes", minutes)];
        let sms = Sms { id, to: number.as_str().to_owned(), lang, purpose: SmsPurpose::Code, values };
        if let Err(fault) = gateway.send(app, sms).await? {
            tracing_fault(&fault);
            return Err(PortalError::SmsNotSent.into());
        }
    }
    Ok(CodeSent {
        phone_masked: phones::mask(&number),
        again_s: (CODE_PAUSE_US / Ts::SECOND).unsigned_abs(),
        demo_code: simulated.then_some(code),
    })
}

// The provider's words are for the log; they hold no number.
fn tracing_fault(fault: &crate::gateway::GatewayFault) {
    tracing::warn!(?fault, "a code did not leave");
}

// A refusal by a limit says when to come again.
fn waiting(error: PortalError) -> Failure {
    let minutes = match &error {
        PortalError::TooManyCodes { minutes } | PortalError::Locked { minutes } => *minutes,
        _ => 1,
    };
    let mut refusal = error.refusal();
    refusal.retry_after_s = Some(minutes * 60);
    refusal.into()
}

/// Takes a one-time code and makes the browser a verified one: the caller and the token for its cookie. A wrong code counts,
/// whatever else happens: it is written before it is compared.
///
/// # Errors
/// `label_unknown`, `portal_phone_invalid`, `sms_locked`, `sms_code_wrong`.
pub(crate) async fn give_code(
    app: &App,
    label_code: &str,
    address: &str,
    input: GiveCode,
) -> Result<(Caller, String), Failure> {
    let number = mobile(&input.phone)?;
    let token = app.ids.secret();
    let (label_code, address, kept) = (label_code.to_owned(), address.to_owned(), hashed(&token));
    let code = input.code.trim().to_owned();
    let outcome: Result<Caller, PortalError> = app
        .act(customer("sms", "", Lang::ZhCn), move |tx, cx| {
            Box::pin(async move {
                let phone = number.as_str();
                store::hold_number(tx, phone).await?;
                let (label, _) = codes::device(tx, &label_code).await?;
                let lately = store::lately(tx, phone, label.id, &address, cx.now).await?;
                if let Err(error) = may_try(&lately) {
                    return Ok(Err(error));
                }
                let Some(tried) = store::try_sms_code(tx, phone, CODE_TRIES).await? else {
                    return Ok(Err(PortalError::CodeWrong));
                };
                let right = tried.expires_at > cx.now
                    && tried.code_hash == hashed(&format!("{}:{code}", tried.id))
                    && store::use_sms_code(tx, &tried.id, cx.now).await?;
                if !right {
                    return Ok(Err(PortalError::CodeWrong));
                }
                let caller = Caller {
                    id: cx.new_id(),
                    phone_e164: phone.to_owned(),
                    phone_masked: phones::mask(&number),
                };
                let until = cx.now.plus(rules::CALLER_LIVES_US);
                store::insert_caller(tx, &caller, &kept, cx.now, until).await?;
                let event = Event::new("caller.verified", "verified_caller", caller.id)
                    .audience(Audience::Audit)
                    .body(&json!({ "label_id": label.id }));
                kit::events::append(tx, cx, event).await?;
                Ok(Ok(caller))
            })
        })
        .await?;
    match outcome {
        Ok(caller) => Ok((caller, token)),
        Err(error @ PortalError::Locked { .. }) => Err(waiting(error)),
        Err(error) => Err(error.into()),
    }
}

/// The caller of a browser, and whose device it is: the actor of a report.
///
/// # Errors
/// `label_unknown`, `caller_not_verified`.
pub(crate) async fn caller(
    tx: &mut Tx,
    label_code: &str,
    token: Option<&str>,
    lang: Lang,
    now: Ts,
) -> Result<(Caller, kit::Actor), Failure> {
    let (_, asset) = codes::device(tx, label_code).await?;
    let caller = match token {
        Some(token) => store::caller(tx, &hashed(token), now).await?,
        None => None,
    };
    let caller = caller.ok_or(PortalError::NotVerified)?;
    let actor = customer(caller.id, asset.customer_id, lang);
    Ok((caller, actor))
}

/// A report with the case it led to, before a link is made for it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Reported {
    /// The case.
    pub case_id: cases::CaseId,
    /// What a link of the caller lets them do.
    pub scope: LinkScope,
}

/// Makes a case of a report, as the hotline does, or adds it to the one that is open: coverage decided, clocks started, an owner
/// found. The actor is the verified caller. `send_link`: a phone takes messages here.
///
/// # Errors
/// `label_unknown`, `portal_symptom_missing`, `portal_symptom_unknown`, `portal_text_too_long`, `portal_photo_unknown`,
/// `portal_case_not_open`, and as [`cases::report_by_customer`].
pub async fn report(
    tx: &mut Tx,
    cx: &Cx,
    label_code: &str,
    caller: &Caller,
    input: NewReport,
    send_link: bool,
) -> Result<(ReportAnswer, Reported), Failure> {
    let (label, asset) = codes::device(tx, label_code).await?;
    let site = customers::site(tx, &Reach::Everything, asset.site_id).await?;
    let words = rules::words(input.symptom.as_deref())?;
    let chosen = match &input.symptom_class {
        None => None,
        Some(code) => {
            let known = symptoms(tx, &asset.product.kind).await?.into_iter().find(|s| s.code == *code);
            Some(known.ok_or(PortalError::SymptomUnknown)?)
        }
    };
    let name = chosen.as_ref().map(|s| s.name.in_lang(cx.actor.lang));
    let symptom = match (&name, &words) {
        (Some(name), Some(words)) => Some(format!("{name}: {words}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    let open = cases::open_of_asset(tx, asset.id).await?;
    let again =
        || open.iter().find(|c| c.reported_by == cx.actor.id && c.reported_at > cx.now.plus(-SAME_US));
    let found = match &input.add_to {
        Some(number) => Some(open.iter().find(|c| c.number == *number).ok_or(PortalError::CaseNotOpen)?),
        None => again(),
    };
    if let Some(case) = found {
        let text = symptom.or_else(|| input.photo_sha256.is_some().then(String::new));
        let text = text.ok_or(PortalError::SymptomMissing)?;
        if input.add_to.is_some() {
            add(tx, cx, case, &text, input.photo_sha256.as_deref(), &sender(label.id)).await?;
        }
        let scope = scope_of(tx, case, caller).await?;
        return Ok((answer(case, &site.zone, true), Reported { case_id: case.id, scope }));
    }
    let report = ReportFault {
        kind: None,
        channel: ReportChannel::Portal,
        caller_number: None,
        contact: Some(ContactChoice { phone: Some(caller.phone_e164.clone()), ..ContactChoice::default() }),
        site_id: asset.site_id,
        asset_id: Some(asset.id),
        symptom: symptom.ok_or(PortalError::SymptomMissing)?,
        symptom_class: chosen.map(|s| s.code),
        effects: input.effects,
        severity: None,
        severity_reason: None,
        reachable_when: None,
        draft_id: Some(cx.command_id),
        call_id: None,
    };
    let made = cases::report_by_customer(tx, cx, report).await?;
    let case = cases::case(tx, made.id).await?;
    let event = Event::new("case.scanned", "case", case.id)
        .thread(case.id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .body(&json!({ "state": case.state.name(), "source": "qr", "label_id": label.id }));
    kit::events::append(tx, cx, event).await?;
    if let Some(photo) = &input.photo_sha256 {
        hang_photo(tx, cx, case.id, &sender(label.id), photo).await?;
    }
    if send_link {
        let job = LinkSms { case_id: case.id, caller_id: caller.id, lang: cx.actor.lang };
        kit::jobs::schedule(tx, cx, crate::LINK_SMS_JOB, &case.id.to_string(), cx.now, &job).await?;
    }
    Ok((answer(&case, &site.zone, false), Reported { case_id: case.id, scope: LinkScope::Full }))
}

fn answer(case: &Case, zone: &str, added: bool) -> ReportAnswer {
    ReportAnswer {
        number: case.number.clone(),
        added,
        respond_due_at: case.promise.respond.as_ref().and_then(|r| r.due_at),
        arrive_target_s: case.promise.arrive.as_ref().map(|a| a.target_s),
        zone: zone.to_owned(),
        link: None,
    }
}

// Who is called back holds the case; anybody else at the site may follow it.
async fn scope_of(tx: &mut Tx, case: &Case, caller: &Caller) -> Result<LinkScope, Failure> {
    let Some(contact) = case.contact_id else { return Ok(LinkScope::Watch) };
    let phone = customers::contact_channels(tx, contact).await?.phone;
    let own = phone.is_some_and(|p| p.as_str() == caller.phone_e164);
    Ok(if own { LinkScope::Full } else { LinkScope::Watch })
}

/// Adds words and a photo to a case: a note, and a request that stands before the people responsible until one has seen it.
pub(crate) async fn add(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    words: &str,
    photo: Option<&str>,
    sender: &str,
) -> Result<(), Failure> {
    if case.ended() {
        return Err(PortalError::Ended.into());
    }
    if words.is_empty() && photo.is_none() {
        return Err(PortalError::NothingAdded.into());
    }
    if !words.is_empty() {
        let note = WriteNote { text: words.to_owned(), for_customer: true };
        cases::write_note(tx, cx, case.id, note).await?;
    }
    if let Some(photo) = photo {
        hang_photo(tx, cx, case.id, sender, photo).await?;
    }
    // The words as the note keeps them: a private number in them is masked (P68).
    let kept = (!words.is_empty()).then(|| cases::masked(words.to_owned()));
    ask(tx, cx, case, RequestKind::Addition, kept, None, None).await
}

/// Puts what a customer asks before the people responsible.
pub(crate) async fn ask(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    kind: RequestKind,
    words: Option<String>,
    wish: Option<(Ts, Ts)>,
    complaint_case_id: Option<cases::CaseId>,
) -> Result<(), Failure> {
    let request = Request {
        id: cx.new_id(),
        case_id: case.id,
        kind,
        words,
        wish,
        made_at: cx.now,
        state: RequestState::Open,
        answered_at: None,
        answered_by: None,
        answer: None,
        complaint_case_id,
        version: 1,
    };
    store::insert_request(tx, &request, &cx.actor.id).await?;
    let kind = match kind {
        RequestKind::Chase => "case.chased",
        RequestKind::Move => "case.move_wished",
        RequestKind::Addition => "case.added_to",
        RequestKind::Complaint => "case.complained",
    };
    let (wish_start, wish_end) = wish.unzip();
    let event = Event::new(kind, "case", case.id)
        .thread(case.id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .audience(Audience::Customer)
        .body(&json!({
            "state": case.state.name(), "request_id": request.id, "owner": case.owner_id, "wish_start": wish_start, "wish_end": wish_end,
            "complaint_case_id": complaint_case_id,
        }));
    Ok(kit::events::append(tx, cx, event).await?)
}
