//! A plan that goes on by itself: whether another version is published, what is different in it, and what of it may happen without a
//! person. Pure: facts and plans in, reasons out.

use std::collections::{BTreeMap, BTreeSet};

use kit::Ts;
use organisation::EmployeeId;
use visits::{VisitId, VisitStateName, Window, WorkOrderId};

use super::plan::{GoneOn, WORTH, unmanned};
use crate::model::ProposalReasonCode as Code;
use crate::model::living::{
    ContentChange, ContentLeftOut, ContentMove, ContentVisit, PlanChangeKind, PlanContent, PlanWaits,
    PlanWhy, PlanningMode,
};
use crate::model::plan::{DayPlan, PlanFacts, PlanMove, PlanOption, PlanOrder, PlanProposal, PlanVisit};

/// A start that shifts by no more than this is the same: whoever hasn't set out is a minute later every minute.
const SAME_TIME_US: i64 = 15 * Ts::MINUTE;
/// What begins sooner than this is not moved without a person.
const SOON_US: i64 = 60 * Ts::MINUTE;
/// So much happens by itself at once: as much as goes into one command.
const MOST_AT_ONCE: usize = 200;

/// What of a plan is published: who goes where, and what of it waits for a person.
pub(crate) fn content(facts: &PlanFacts, plan: &DayPlan, mode: PlanningMode) -> PlanContent {
    let orders: BTreeMap<WorkOrderId, &PlanOrder> = facts.orders.iter().map(|o| (o.id, o)).collect();
    let standing: BTreeMap<VisitId, &PlanVisit> = facts.visits.iter().map(|v| (v.id, v)).collect();
    let of_visits: BTreeMap<WorkOrderId, i64> =
        facts.visits.iter().map(|v| (v.order.id, v.order.version)).collect();
    let mut content = PlanContent {
        visits: plan
            .proposals
            .iter()
            .map(|p| ContentVisit {
                order: p.work_order_id,
                version: p.version,
                engineer: p.chosen.engineer_id,
                window: p.window,
                needs: p.needs.clone(),
                waits: orders.get(&p.work_order_id).and_then(|order| visit_waits(p, order, mode)),
            })
            .collect(),
        moves: plan
            .moves
            .iter()
            .map(|m| ContentMove {
                visit: m.visit_id,
                version: m.version,
                order: m.work_order_id,
                from: m.from_engineer_id,
                engineer: m.chosen.engineer_id,
                from_window: m.from_window,
                window: m.window,
                needs: m.needs.clone(),
                waits: standing.get(&m.visit_id).and_then(|visit| move_waits(m, visit, mode, facts.now)),
            })
            .collect(),
        left_out: plan
            .left_out
            .iter()
            .map(|l| ContentLeftOut {
                order: l.work_order_id,
                version: orders
                    .get(&l.work_order_id)
                    .map(|order| order.version)
                    .or_else(|| of_visits.get(&l.work_order_id).copied())
                    .unwrap_or_default(),
                reasons: l.reasons.iter().map(|reason| reason.code).collect(),
            })
            .collect(),
    };
    together(&mut content);
    bounded(&mut content);
    content
}

// An order that has nobody: in time, by somebody against whom nothing speaks, without anybody else being moved for it.
fn visit_waits(p: &PlanProposal, order: &PlanOrder, mode: PlanningMode) -> Option<PlanWaits> {
    match mode {
        PlanningMode::Off | PlanningMode::Advise => return Some(PlanWaits::Mode),
        PlanningMode::SemiAutomatic if !p.needs.is_empty() => return Some(PlanWaits::MovesOthers),
        PlanningMode::SemiAutomatic | PlanningMode::Automatic => {}
    }
    if order.promised.is_some_and(|promised| !within(p.window.start, &promised)) {
        return Some(PlanWaits::OutsidePromise);
    }
    let after_wish = order.promised.is_none() && order.due_at.is_none() && p.window.start > order.wish.end;
    if p.chosen.late_s > 0 || order.due_at.is_some_and(|due| p.window.start > due) || after_wish {
        return Some(PlanWaits::Late);
    }
    (!fit(&p.chosen)).then_some(PlanWaits::NotFit)
}

// A planned visit: nobody is surprised by it, neither whoever was to go nor the customer.
fn move_waits(m: &PlanMove, visit: &PlanVisit, mode: PlanningMode, now: Ts) -> Option<PlanWaits> {
    match mode {
        PlanningMode::Off | PlanningMode::Advise => return Some(PlanWaits::Mode),
        PlanningMode::SemiAutomatic => return Some(PlanWaits::MovesOthers),
        PlanningMode::Automatic => {}
    }
    use VisitStateName::{Accepted, Confirmed, Dispatched, Proposed};
    if visit.pinned {
        return Some(PlanWaits::Pinned);
    }
    if !matches!(visit.state, Proposed | Confirmed | Dispatched | Accepted) {
        return Some(PlanWaits::UnderWay);
    }
    if visit.window.start.min(m.window.start) < now.plus(SOON_US) {
        return Some(PlanWaits::Soon);
    }
    let told = Window { start: visit.window.start, end: visit.appointment_end.max(visit.window.start) };
    let promised = visit.order.promised.or((visit.state != Proposed).then_some(told));
    if promised.is_some_and(|promised| !within(m.window.start, &promised)) {
        return Some(PlanWaits::OutsidePromise);
    }
    if m.chosen.late_s > 0 {
        return Some(PlanWaits::Late);
    }
    (!fit(&m.chosen)).then_some(PlanWaits::NotFit)
}

fn within(at: Ts, window: &Window) -> bool {
    window.start <= at && at <= window.end
}

// Nothing speaks against whoever would go: no other work gets later by it, no day longer than its shift, and the way is known.
fn fit(option: &PlanOption) -> bool {
    let against = [Code::Late, Code::Delays, Code::Overtime, Code::TravelUnknown];
    option.reasons.iter().all(|reason| !against.contains(&reason.code))
}

// What happens in the day of somebody from whom visits are taken happens together or not at all: half of it may help nobody, or
// find no room.
fn together(content: &mut PlanContent) {
    loop {
        let waiting_to: BTreeSet<EmployeeId> = content
            .visits
            .iter()
            .map(|v| (v.engineer, v.waits))
            .chain(content.moves.iter().map(|m| (m.engineer, m.waits)))
            .filter_map(|(engineer, waits)| waits.map(|_| engineer))
            .collect();
        let waiting_from: BTreeSet<EmployeeId> =
            content.moves.iter().filter(|m| m.waits.is_some()).map(|m| m.from).collect();
        let waiting: BTreeSet<VisitId> =
            content.moves.iter().filter(|m| m.waits.is_some()).map(|m| m.visit).collect();
        let mut more = false;
        let mut hold = |waits: &mut Option<PlanWaits>, held: bool| {
            if held && waits.is_none() {
                *waits = Some(PlanWaits::AfterOthers);
                more = true;
            }
        };
        for visit in &mut content.visits {
            let held =
                waiting_from.contains(&visit.engineer) || visit.needs.iter().any(|n| waiting.contains(n));
            hold(&mut visit.waits, held);
        }
        for moved in &mut content.moves {
            let held = waiting_to.contains(&moved.from)
                || waiting_from.contains(&moved.engineer)
                || moved.needs.iter().any(|n| waiting.contains(n));
            hold(&mut moved.waits, held);
        }
        if !more {
            return;
        }
    }
}

// Moves come before what needs them: what is cut off at the end is needed by nothing that stays.
fn bounded(content: &mut PlanContent) {
    let moves = content.moves.iter_mut().map(|m| &mut m.waits);
    let all = moves.chain(content.visits.iter_mut().map(|v| &mut v.waits));
    for waits in all.filter(|waits| waits.is_none()).skip(MOST_AT_ONCE) {
        *waits = Some(PlanWaits::TooMuch);
    }
}

/// Why another version is published in place of the `standing` one; empty: that one stands.
pub(crate) fn why(
    standing: Option<&PlanContent>,
    facts: &PlanFacts,
    new: &PlanContent,
    gone_on: GoneOn,
) -> Vec<PlanWhy> {
    let Some(standing) = standing else { return vec![PlanWhy::First] };
    let mut why = fallen(standing, facts, new);
    if why.is_empty() {
        let changes = changes(&remaining(standing, facts), new);
        let other_times = changes.iter().filter(|c| c.what == PlanChangeKind::OtherTime).count();
        if changes.is_empty() {
            why.extend(no_longer_waits(standing, new).then_some(PlanWhy::NoLongerWaits));
        } else if gone_on.dropped > 0 {
            why.insert(PlanWhy::NoLongerFits);
        } else if other_times == changes.len() {
            why.insert(PlanWhy::TimesMoved);
        } else if gone_on.gain >= WORTH {
            why.insert(PlanWhy::Better);
        }
    }
    why.into_iter().collect()
}

/// Whether `new` is what the `standing` version says, as far as that is not done yet.
pub(crate) fn is_same(standing: &PlanContent, facts: &PlanFacts, new: &PlanContent) -> bool {
    fallen(standing, facts, new).is_empty() && changes(&remaining(standing, facts), new).is_empty()
}

// What of a version is no longer true, whatever a search finds.
fn fallen(standing: &PlanContent, facts: &PlanFacts, new: &PlanContent) -> BTreeSet<PlanWhy> {
    let orders: BTreeMap<WorkOrderId, i64> = facts.orders.iter().map(|o| (o.id, o.version)).collect();
    let visits: BTreeMap<VisitId, &PlanVisit> = facts.visits.iter().map(|v| (v.id, v)).collect();
    let people: BTreeSet<EmployeeId> = facts.engineers.iter().map(|e| e.engineer.id).collect();
    let done = Done::of(facts);
    let mut why = BTreeSet::new();
    for visit in standing.visits.iter().filter(|v| !done.visit(v)) {
        match orders.get(&visit.order) {
            None => why.insert(PlanWhy::OrderGone),
            Some(version) if *version != visit.version => why.insert(PlanWhy::OrderChanged),
            Some(_) if !people.contains(&visit.engineer) => why.insert(PlanWhy::EngineerGone),
            Some(_) => false,
        };
    }
    for moved in standing.moves.iter().filter(|m| !done.moved(m)) {
        let stands = visits.get(&moved.visit);
        if stands.is_none_or(|v| v.version != moved.version || v.engineer_id != moved.from) {
            why.insert(PlanWhy::VisitChanged);
        } else if !people.contains(&moved.engineer) {
            why.insert(PlanWhy::EngineerGone);
        }
    }
    let still: BTreeSet<WorkOrderId> = new.left_out.iter().map(|l| l.order).collect();
    for left_out in &standing.left_out {
        match orders.get(&left_out.order) {
            Some(version) if *version != left_out.version => why.insert(PlanWhy::OrderChanged),
            Some(_) => false,
            // Somebody is planned who is off: the order is not among those that have nobody.
            None if still.contains(&left_out.order) => false,
            None => why.insert(PlanWhy::OrderGone),
        };
    }
    let known: BTreeSet<WorkOrderId> =
        standing.visits.iter().map(|v| v.order).chain(standing.left_out.iter().map(|l| l.order)).collect();
    if orders.keys().any(|order| !known.contains(order)) {
        why.insert(PlanWhy::OrderNew);
    }
    let moving: BTreeSet<VisitId> = standing.moves.iter().map(|m| m.visit).collect();
    if unmanned(facts).any(|v| !moving.contains(&v.id) && !known.contains(&v.order.id)) {
        why.insert(PlanWhy::EngineerOff);
    }
    why
}

/// What was done as a version says: it stands in the plan now.
struct Done<'f> {
    orders: BTreeMap<WorkOrderId, Vec<&'f PlanVisit>>,
    visits: BTreeMap<VisitId, &'f PlanVisit>,
}

impl<'f> Done<'f> {
    fn of(facts: &'f PlanFacts) -> Self {
        let mut orders: BTreeMap<WorkOrderId, Vec<&PlanVisit>> = BTreeMap::new();
        for visit in &facts.visits {
            orders.entry(visit.order.id).or_default().push(visit);
        }
        Self { orders, visits: facts.visits.iter().map(|v| (v.id, v)).collect() }
    }

    fn visit(&self, wanted: &ContentVisit) -> bool {
        let planned = self.orders.get(&wanted.order).into_iter().flatten();
        planned
            .into_iter()
            .any(|v| v.engineer_id == wanted.engineer && same_time(v.window.start, wanted.window.start))
    }

    fn moved(&self, wanted: &ContentMove) -> bool {
        let stands = self.visits.get(&wanted.visit);
        stands.is_some_and(|v| {
            v.engineer_id == wanted.engineer && same_time(v.window.start, wanted.window.start)
        })
    }
}

/// A version without what was done as it says.
pub(crate) fn remaining(standing: &PlanContent, facts: &PlanFacts) -> PlanContent {
    let done = Done::of(facts);
    PlanContent {
        visits: standing.visits.iter().filter(|v| !done.visit(v)).cloned().collect(),
        moves: standing.moves.iter().filter(|m| !done.moved(m)).cloned().collect(),
        left_out: standing.left_out.clone(),
    }
}

fn same_time(one: Ts, other: Ts) -> bool {
    one.micros().abs_diff(other.micros()) <= SAME_TIME_US.unsigned_abs()
}

// Something waited for a person that waits no longer, as when the mode of the area was changed.
fn no_longer_waits(standing: &PlanContent, new: &PlanContent) -> bool {
    let visits: BTreeSet<WorkOrderId> =
        standing.visits.iter().filter(|v| v.waits.is_some()).map(|v| v.order).collect();
    let moves: BTreeSet<VisitId> =
        standing.moves.iter().filter(|m| m.waits.is_some()).map(|m| m.visit).collect();
    new.visits.iter().any(|v| v.waits.is_none() && visits.contains(&v.order))
        || new.moves.iter().any(|m| m.waits.is_none() && moves.contains(&m.visit))
}

/// Whether anything of a version happens without a person.
pub(crate) fn happens_by_itself(content: &PlanContent) -> bool {
    content.visits.iter().any(|v| v.waits.is_none()) || content.moves.iter().any(|m| m.waits.is_none())
}

/// What is different from the version before, as far as that was not done as it said.
pub(crate) fn changes(before: &PlanContent, after: &PlanContent) -> Vec<ContentChange> {
    let mut changes = Vec::new();
    let left_before: BTreeSet<WorkOrderId> = before.left_out.iter().map(|l| l.order).collect();
    let left_after: BTreeSet<WorkOrderId> = after.left_out.iter().map(|l| l.order).collect();
    let was: BTreeMap<WorkOrderId, (EmployeeId, Ts)> =
        before.visits.iter().map(|v| (v.order, (v.engineer, v.window.start))).collect();
    let is: BTreeMap<WorkOrderId, (EmployeeId, Ts)> =
        after.visits.iter().map(|v| (v.order, (v.engineer, v.window.start))).collect();
    let mut tell = |what, order, visit, before, after| {
        changes.push(ContentChange { what, order, visit, before, after });
    };
    for (order, now) in &is {
        match (was.get(order), differs(was.get(order), now)) {
            (None, _) => tell(PlanChangeKind::Added, *order, None, None, Some(*now)),
            (Some(then), Some(what)) => tell(what, *order, None, Some(*then), Some(*now)),
            (Some(_), None) => {}
        }
    }
    for (order, then) in was.iter().filter(|(order, _)| !is.contains_key(order)) {
        let what = if left_after.contains(order) { PlanChangeKind::LeftOut } else { PlanChangeKind::Gone };
        tell(what, *order, None, Some(*then), None);
    }
    for order in left_after.iter().filter(|order| !left_before.contains(order) && !was.contains_key(order)) {
        tell(PlanChangeKind::LeftOut, *order, None, None, None);
    }
    for order in left_before.iter().filter(|order| !left_after.contains(order) && !is.contains_key(order)) {
        tell(PlanChangeKind::Gone, *order, None, None, None);
    }
    let moved = |content: &PlanContent| -> BTreeMap<VisitId, (WorkOrderId, (EmployeeId, Ts))> {
        content.moves.iter().map(|m| (m.visit, (m.order, (m.engineer, m.window.start)))).collect()
    };
    let (was, is) = (moved(before), moved(after));
    for (visit, (order, now)) in &is {
        let then = was.get(visit).map(|(_, then)| then);
        match (then, differs(then, now)) {
            (None, _) => tell(PlanChangeKind::Added, *order, Some(*visit), None, Some(*now)),
            (Some(then), Some(what)) => tell(what, *order, Some(*visit), Some(*then), Some(*now)),
            (Some(_), None) => {}
        }
    }
    for (visit, (order, then)) in was.iter().filter(|(visit, _)| !is.contains_key(visit)) {
        tell(PlanChangeKind::Gone, *order, Some(*visit), Some(*then), None);
    }
    changes
}

fn differs(then: Option<&(EmployeeId, Ts)>, now: &(EmployeeId, Ts)) -> Option<PlanChangeKind> {
    let then = then?;
    if then.0 != now.0 {
        Some(PlanChangeKind::OtherEngineer)
    } else if !same_time(then.1, now.1) {
        Some(PlanChangeKind::OtherTime)
    } else {
        None
    }
}

/// When a version is looked at again though nothing happened: what it says first has come then, and nobody took it up.
pub(crate) fn stale_at(content: &PlanContent, now: Ts) -> Option<Ts> {
    let starts =
        content.visits.iter().map(|v| v.window.start).chain(content.moves.iter().map(|m| m.window.start));
    starts.min().map(|first| first.max(now.plus(SAME_TIME_US)))
}

#[cfg(test)]
mod tests;
