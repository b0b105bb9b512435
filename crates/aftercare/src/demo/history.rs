//! Six weeks of cases, made through the real commands at the instants they would have happened.

use std::collections::BTreeMap;

use care::{QuestionKind, RecordFollowUp};
use cases::{
    AgreeOnsite, AgreedHow, CaseId, CaseReason, ContactChoice, PhoneOutcome, RecordPhoneResult,
    ReportChannel, ReportFault, StartPhoneSupport, TriageCase,
};
use identity::Role;
use kit::{Failure, Ts, Tx};

use super::company::Company;
use super::estate::Place;
use super::{Maker, Person, names};

/// Cases of the demo.
pub const CASES: usize = 400;
/// How far back they go.
const WEEKS_US: i64 = 42 * Ts::DAY;

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Just reported.
    New,
    /// Taken up.
    Triaged,
    /// Somebody helps by phone.
    Supporting,
    /// Solved by phone.
    SolvedByPhone,
    /// A visit is agreed and not planned yet.
    Agreed,
    /// A visit is on its way or done; the field part decides how far.
    Field,
    /// The customer took it back.
    Withdrawn,
}

/// A case that goes on in the field.
pub struct FieldCase {
    pub case_id: CaseId,
    pub place: usize,
    pub agreed_at: Ts,
    pub skill: &'static str,
    pub major: bool,
}

/// Where the desk's part of a case ends.
pub enum Outcome {
    /// It stands open, or was withdrawn.
    Stands,
    /// The phone solved it.
    Solved(CaseId, Ts),
    /// It goes on in the field.
    Field(FieldCase),
}

/// Whose hands a case goes through.
pub struct Desk<'c> {
    pub agents: Vec<&'c Person>,
    pub experts: Vec<&'c Person>,
    pub callers: Vec<&'c Person>,
    /// Where the engineer works whom the guide signs in: today's faults lie there more often.
    pub guide: String,
}

impl<'c> Desk<'c> {
    pub fn of(company: &'c Company) -> Self {
        Self {
            agents: company.with(Role::HotlineAgent),
            experts: company.with(Role::Expert),
            callers: company.with(Role::FollowUpAgent),
            guide: company.with(Role::Engineer).first().map(|p| p.unit_id.clone()).unwrap_or_default(),
        }
    }
}

/// The instants of the reports, oldest first: more by day than by night, some of today.
pub fn instants(maker: &mut Maker<'_>) -> Vec<Ts> {
    let mut all: Vec<Ts> = (0..CASES)
        .map(|i| {
            // The phone rings now, and this was the day so far.
            if i % 50 == 0 {
                return maker.now.plus(-maker.dice.between(60, 720) * Ts::SECOND);
            }
            if i % 9 == 0 {
                return maker.now.plus(-maker.dice.between(15, 900) * Ts::MINUTE);
            }
            let at = maker.now.plus(-maker.dice.between(Ts::HOUR, WEEKS_US));
            let local = at.timestamp().to_zoned(super::zone());
            // Two of three calls at night are moved into the day.
            let hour = i64::from(local.hour());
            if (7..21).contains(&hour) || maker.dice.chance(33) {
                at
            } else {
                at.plus(-maker.dice.between(9, 12) * Ts::HOUR)
            }
        })
        .collect();
    all.sort_unstable();
    all
}

/// One case from the call up to its fate; the field part is returned for whoever plans visits.
pub async fn case(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    desk: &Desk<'_>,
    places: &[Place],
    reported_at: Ts,
) -> Result<Outcome, Failure> {
    let mut place_at = usize::try_from(maker.dice.between(0, places.len() as i64 - 1)).unwrap_or(0);
    if maker.now.micros() - reported_at.micros() < 15 * Ts::HOUR && maker.dice.chance(60) {
        let near: Vec<usize> = (0..places.len()).filter(|i| places[*i].unit_id == desk.guide).collect();
        if !near.is_empty() {
            place_at = *maker.dice.one(&near);
        }
    }
    let place = &places[place_at];
    let thing_at = usize::try_from(maker.dice.between(0, place.assets.len() as i64 - 1)).unwrap_or(0);
    let thing = &place.assets[thing_at];
    let faults: Vec<_> = names::FAULTS.iter().filter(|(skill, ..)| *skill == thing.skill).collect();
    let (skill, symptom, major) = **maker.dice.one(&faults);
    let agent = *maker.dice.one(&desk.agents);
    let report = ReportFault {
        kind: None,
        channel: if maker.dice.chance(85) { ReportChannel::Phone } else { ReportChannel::Message },
        caller_number: None,
        contact: Some(ContactChoice { id: Some(place.contact_id), ..ContactChoice::default() }),
        site_id: place.site_id,
        asset_id: Some(thing.asset_id),
        symptom: symptom.to_owned(),
        symptom_class: None,
        effects: BTreeMap::from([
            ("can_pass".to_owned(), !major),
            ("all_lanes".to_owned(), major && maker.dice.chance(50)),
            ("safety_risk".to_owned(), false),
        ]),
        severity: None,
        severity_reason: None,
        reachable_when: None,
        draft_id: None,
        call_id: None,
    };
    let made = cases::report_fault(tx, &maker.cx(agent.actor(), reported_at), report).await?;
    let id = made.id;
    let fate = fate(maker, reported_at, major);
    let mut at = reported_at;
    let mut step = |maker: &mut Maker<'_>, low: i64, high: i64| {
        at = at.plus(maker.dice.between(low, high) * Ts::MINUTE).min(maker.now);
        at
    };
    if fate == Fate::New {
        return Ok(Outcome::Stands);
    }
    let triaged = step(maker, 1, 5);
    cases::triage(tx, &maker.cx(agent.actor(), triaged), id, TriageCase::default()).await?;
    if fate == Fate::Triaged {
        return Ok(Outcome::Stands);
    }
    if fate == Fate::Withdrawn {
        let reason = CaseReason { reason: "客户来电:设备已恢复".to_owned() };
        let withdrawn = step(maker, 10, 50);
        cases::withdraw(tx, &maker.cx(agent.actor(), withdrawn), id, reason).await?;
        return Ok(Outcome::Stands);
    }
    let expert = *maker.dice.one(&desk.experts);
    // Nineteen of twenty are called back in time.
    let supporting = if maker.dice.chance(5) { step(maker, 12, 30) } else { step(maker, 1, 8) };
    cases::start_phone_support(tx, &maker.cx(expert.actor(), supporting), id, StartPhoneSupport::default())
        .await?;
    if fate == Fate::Supporting {
        return Ok(Outcome::Stands);
    }
    let solved = fate == Fate::SolvedByPhone;
    let result = RecordPhoneResult {
        outcome: if solved { PhoneOutcome::Solved } else { PhoneOutcome::NotSolved },
        steps_tried: vec![(*maker.dice.one(names::TRIED)).to_owned()],
        fix_plan: solved.then(|| "按电话指导操作后恢复;如再次出现请来电。".to_owned()),
        cause_code: solved
            .then(|| (*maker.dice.one(&["settings", "software", "power", "network", "misuse"])).to_owned()),
        reason: (!solved).then(|| "远程无法恢复,需要现场检查硬件。".to_owned()),
        needed_skill: (!solved).then(|| skill.to_owned()),
        expected_parts: Vec::new(),
        expected_minutes: (!solved).then(|| maker.dice.between(2, 8) * 15),
    };
    let told = step(maker, 5, 25);
    cases::record_phone_result(tx, &maker.cx(expert.actor(), told), id, result).await?;
    if solved {
        return Ok(Outcome::Solved(id, told));
    }
    let agreed_at = step(maker, 1, 10);
    let agree = AgreeOnsite {
        contact_id: place.contact_id,
        company_person_id: None,
        how: AgreedHow::Phone,
        agreed_at: None,
        phone_exception: None,
        window_start: None,
        window_end: None,
    };
    cases::agree_onsite(tx, &maker.cx(expert.actor(), agreed_at), id, agree).await?;
    Ok(if fate == Fate::Field {
        Outcome::Field(FieldCase { case_id: id, place: place_at, agreed_at, skill, major })
    } else {
        Outcome::Stands
    })
}

/// The follow-up call of a mended case, in working hours within the policy's working days; of the newest some wait still, and
/// one or two were not solved after all.
pub async fn follow_up(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    desk: &Desk<'_>,
    case_id: CaseId,
    solved_at: Ts,
) -> Result<(), Failure> {
    let policy = policy::in_force(tx, solved_at).await?;
    let calendar = policy::compiled_calendar(tx, policy.version, policy::CalendarKey::FiveByEight).await?;
    let holidays = policy::holidays(tx).await?;
    let terms = policy::day_terms(
        &policy.content,
        policy.content.follow_up_working_days,
        solved_at,
        &calendar,
        &holidays,
    )?;
    let after = |working_us: i64| -> Result<Ts, Failure> {
        let due = calendar.due_at(solved_at.timestamp(), working_us).map_err(anyhow::Error::new)?;
        Ok(due.value.into())
    };
    let due_at = after(i64::from(terms.target_s) * Ts::SECOND)?;
    // Two of a hundred calls come after their day.
    let share = if maker.dice.chance(2) { maker.dice.between(105, 130) } else { maker.dice.between(15, 92) };
    let at = after(i64::from(terms.target_s) * Ts::SECOND / 100 * share)?;
    if at > maker.now {
        return Ok(());
    }
    let planned = maker.system(solved_at);
    let Some(id) = care::plan(tx, &planned, case_id, Some(due_at)).await? else { return Ok(()) };
    kit::jobs::cancel(tx, cases::FOLLOW_UP_JOB, &case_id.to_string()).await?;
    let caller = *maker.dice.one(&desk.callers);
    let call = care::start(tx, &maker.cx(caller.actor(), at), id).await?;
    let asked = call.script.iter().filter(|q| q.kind == QuestionKind::YesNo && q.code != "solved");
    // A question that names a concern is answered the other way; being on time isn't always so.
    let answers = asked
        .map(|q| (q.code.clone(), q.concern_if.map_or_else(|| !maker.dice.chance(8), |concern| !concern)))
        .collect();
    // Who called and found it unsolved lately has the case on the desk again; older ones were mended meanwhile.
    let solved = maker.now.micros() - at.micros() > 20 * Ts::HOUR || !maker.dice.chance(12);
    let record = RecordFollowUp {
        reached: true,
        solved: Some(solved),
        rating: Some(if solved { maker.dice.between(3, 5) } else { 2 }),
        answers,
        comment: (!solved).then(|| "客户反映故障再次出现".to_owned()),
        next_attempt_at: None,
        give_up: false,
    };
    let said = at.plus(maker.dice.between(3, 8) * Ts::MINUTE);
    care::record(tx, &maker.cx(caller.actor(), said), id, record).await?;
    Ok(())
}

// Old cases have come to their end; those of today stand anywhere.
fn fate(maker: &mut Maker<'_>, reported_at: Ts, major: bool) -> Fate {
    let age = maker.now.micros() - reported_at.micros();
    let throw = maker.dice.between(1, 100);
    // Nobody waits long for an answer, and a major fault not long for a plan.
    if age < 13 * Ts::MINUTE {
        return if throw <= 60 { Fate::New } else { Fate::Triaged };
    }
    if age < 75 * Ts::MINUTE {
        return match throw {
            1..=20 => Fate::Triaged,
            21..=65 => Fate::Supporting,
            66..=80 => Fate::SolvedByPhone,
            _ => Fate::Agreed,
        };
    }
    let unplanned = if major { 2 * Ts::HOUR } else { 8 * Ts::HOUR };
    match throw {
        1..=33 => Fate::SolvedByPhone,
        34..=36 => Fate::Withdrawn,
        37..=60 if age < unplanned => Fate::Agreed,
        _ => Fate::Field,
    }
}
