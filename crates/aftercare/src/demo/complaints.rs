//! Complaints of the demo, one for each way they stand (P9, P65): just come, taken up, late, answered, not content, closed.

use std::collections::BTreeMap;

use care::complaints::{
    self, AnswerComplaint, ComplaintFinding as Finding, ComplaintReaction as Reaction, ReactToAnswer,
};
use cases::{CaseId, CaseKind, ContactChoice, ReportChannel, ReportFault};
use identity::Role;
use jiff::ToSpan as _;
use kit::{Failure, Ts, Tx};

use super::company::Company;
use super::estate::Place;
use super::{Maker, Person};

/// A repair that is over: what a customer may complain about.
pub struct Mended {
    /// Its case.
    pub case_id: CaseId,
    /// Where it was, by its place in the list of places.
    pub place: usize,
    /// When it was over.
    pub over_at: Ts,
}

/// What the customer said, and what came of it.
struct Said {
    /// How many days ago; 0 for the last hour.
    days: i64,
    /// In these words.
    words: &'static str,
    /// How far the desk has come.
    come: Come,
}

enum Come {
    Received,
    TakenUp,
    /// Taken up long ago, and the answer is owed still.
    Late,
    /// Answered; with the customer's word on it, if they gave one.
    Answered(Told, Option<(Reaction, Option<&'static str>)>),
}

struct Told {
    finding: Finding,
    cause: &'static str,
    remedy: &'static str,
    answer: &'static str,
}

const SAID: &[Said] = &[
    Said {
        days: 30,
        words: "拨打热线后等了很久才有人接听。",
        come: Come::Answered(QUEUE, Some((Reaction::NoAnswer, None))),
    },
    Said {
        days: 20,
        words: "上门时间临时改了两次,影响我方值班安排。",
        come: Come::Answered(MOVED, Some((Reaction::Content, Some("已说明原因,客户认可。")))),
    },
    Said {
        days: 12, words: "收费单比报价多出一次上门费,要求核对退还。", come: Come::Late
    },
    Said {
        days: 8,
        words: "换件前没有说明备件价格,先修后报。",
        come: Come::Answered(PRICE, Some((Reaction::NotContent, Some("客户要求书面列明价格依据。")))),
    },
    Said {
        days: 3, words: "工程师到场没有佩戴工牌,值班员无法核对身份。", come: Come::Answered(BADGE, None)
    },
    Said { days: 1, words: "维修后同样故障再次出现,要求说明原因。", come: Come::TakenUp },
    Said {
        days: 0, words: "工程师比约定时间晚到近一小时,事先没有来电。", come: Come::Received
    },
];

const QUEUE: Told = Told {
    finding: Finding::Partly,
    cause: "当时段来电集中,排队约三分钟。",
    remedy: "早高峰增加一名坐席。",
    answer: "经核对,您来电时排队约三分钟。我们已在早高峰增加坐席,给您带来不便,深表歉意。",
};
const MOVED: Told = Told {
    finding: Finding::Founded,
    cause: "前一处抢修超时,改约未一次确认到位。",
    remedy: "改约须由调度员电话确认后生效。",
    answer: "您反映的情况属实。前一处抢修超时导致两次改约,今后改约均先与您电话确认。",
};
const PRICE: Told = Told {
    finding: Finding::Unfounded,
    cause: "报价单已由现场负责人签字确认。",
    remedy: "向客户补发报价单。",
    answer: "换件前的报价单已由贵方现场负责人签字,现再次发送供核对。",
};
const BADGE: Told = Told {
    finding: Finding::Founded,
    cause: "工程师到场时工牌放在车内。",
    remedy: "已提醒本人,出发前逐项核对工牌。",
    answer: "您反映的情况属实,工程师当天未佩戴工牌。我们已提醒本人并加强出发检查,深表歉意。",
};

/// Makes them, each about a repair of its time.
pub async fn make(
    tx: &mut Tx,
    maker: &Maker<'_>,
    company: &Company,
    places: &[Place],
    mut mended: Vec<Mended>,
) -> Result<(), Failure> {
    mended.sort_unstable_by_key(|repair| repair.over_at);
    let (agents, callers) = (company.with(Role::HotlineAgent), company.with(Role::FollowUpAgent));
    let managers = company.with(Role::BranchManager);
    for (n, said) in SAID.iter().enumerate() {
        let received_at = match said.days {
            0 => maker.now.plus(-35 * Ts::MINUTE),
            days => on_day(maker.now, days, 9 + i8::try_from(n).unwrap_or(0)),
        };
        // The newest repair that was over by then.
        let Some(at) = mended.iter().rposition(|repair| repair.over_at.plus(2 * Ts::HOUR) < received_at)
        else {
            continue;
        };
        let repair = mended.remove(at);
        // A follow-up agent has the late one and those that are closed, the manager the others.
        let who = match (&said.come, n) {
            (Come::Late, _) | (_, 0 | 1) => callers[0],
            _ => managers[0],
        };
        let agent = agents[(n + 1) % agents.len()];
        complaint(tx, maker, said, received_at, agent, who, &repair, &places[repair.place]).await?;
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)] // a complaint is told by all of it
async fn complaint(
    tx: &mut Tx,
    maker: &Maker<'_>,
    said: &Said,
    received_at: Ts,
    agent: &Person,
    who: &Person,
    repair: &Mended,
    place: &Place,
) -> Result<(), Failure> {
    let report = ReportFault {
        kind: Some(CaseKind::Complaint),
        channel: ReportChannel::Phone,
        caller_number: None,
        contact: Some(ContactChoice { id: Some(place.contact_id), ..ContactChoice::default() }),
        site_id: place.site_id,
        asset_id: None,
        symptom: said.words.to_owned(),
        symptom_class: None,
        effects: BTreeMap::new(),
        severity: None,
        severity_reason: None,
        reachable_when: None,
        draft_id: None,
        call_id: None,
    };
    let taken = maker.cx(agent.actor(), received_at);
    let id = cases::report_fault(tx, &taken, report).await?.id;
    complaints::open(tx, &taken, id, Some(repair.case_id)).await?;
    if matches!(said.come, Come::Received) {
        return Ok(());
    }
    let acknowledged = maker.cx(who.actor(), received_at.plus(40 * Ts::MINUTE));
    let seen = complaints::acknowledge(tx, &acknowledged, id, 1).await?.version;
    let Come::Answered(told, word) = &said.come else { return Ok(()) };
    let input = AnswerComplaint {
        finding: told.finding,
        cause: told.cause.to_owned(),
        remedy: told.remedy.to_owned(),
        answer: told.answer.to_owned(),
    };
    let answered = maker.cx(who.actor(), on_day(maker.now, said.days - 1, 10));
    let seen = complaints::answer(tx, &answered, id, seen, input).await?.version;
    let Some((reaction, words)) = word else { return Ok(()) };
    // Silence counts after a week.
    let days = if *reaction == Reaction::NoAnswer { 9 } else { 2 };
    let reacted = maker.cx(who.actor(), on_day(maker.now, said.days - days, 11));
    let input = ReactToAnswer { reaction: *reaction, words: words.map(str::to_owned) };
    complaints::react(tx, &reacted, id, seen, input).await?;
    Ok(())
}

// A day some days ago, at an hour of the company's.
fn on_day(now: Ts, days: i64, hour: i8) -> Ts {
    let zone = super::zone();
    let today = now.timestamp().to_zoned(zone.clone()).date();
    let day = today.checked_sub(days.days()).unwrap_or(today);
    day.at(hour, 20, 0, 0).to_zoned(zone).map_or(now, |at| Ts::from(at.timestamp()))
}
