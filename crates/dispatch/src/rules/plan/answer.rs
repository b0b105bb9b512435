//! Plans of areas → what a dispatcher reads: who, when, why, what moves, what it costs.

use dispatch_optimiser::{Cost, Item, Plan, Report, Term, check};
use kit::Ts;
use visits::{VisitId, VisitStateName, Window};

use super::build::{AreaProblem, PlanJob};
use super::reasons::{self, Seen};
use super::solve::{Budget, Moved, in_order, moved, window_of};
use crate::model::plan::{
    DayPlan, PlanFacts, PlanFixed, PlanKept, PlanLeftOut, PlanMove, PlanOrder, PlanProposal, PlanTerm,
    PlanTermName,
};
use crate::model::{ProposalReasonCode, RoadsUsed};

/// So many orders get their reasons in full, however long it takes.
const ALWAYS: usize = 16;

/// Everything in `facts`, each order and visit once.
pub(super) fn answer(
    facts: &PlanFacts,
    areas: &[AreaProblem],
    plans: &[Plan],
    budget: &Budget<'_>,
) -> DayPlan {
    let mut answer = DayPlan {
        now: facts.now,
        until: facts.until,
        proposals: Vec::new(),
        moves: Vec::new(),
        left_out: Vec::new(),
        kept: Vec::new(),
        terms: Vec::new(),
        more: false,
        roads: RoadsUsed::default(),
        version: None,
    };
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut told = vec![false; facts.visits.len()];
    let mut full = 0;
    for (area, plan) in areas.iter().zip(plans) {
        // The optimiser's plan holds, or it would not be here; the one that stands holds by the way it is laid out.
        let Ok(report) = check(&area.problem, plan) else { continue };
        before.extend(check(&area.problem, &area.present()).ok().map(|r| r.cost));
        after.push(report.cost.minus(&area.kept_back(facts, plan, &report.starts)));
        let mut of = Of { facts, area, plan, report: &report, budget, full: &mut full };
        of.answer(&mut answer, &mut told);
    }
    for (n, visit) in facts.visits.iter().enumerate() {
        if !told[n] && visit.state != VisitStateName::Left {
            let later = visit.window.start >= facts.until;
            answer.kept.push(unseen(facts, n, if later { PlanFixed::Later } else { PlanFixed::Pinned }));
        }
    }
    answer.proposals.sort_by(|a, b| (a.window.start, &a.number).cmp(&(b.window.start, &b.number)));
    answer.kept.sort_by(|a, b| (a.window.start, &a.visit_number).cmp(&(b.window.start, &b.visit_number)));
    answer.terms = terms(&before, &after);
    answer
}

// A visit that stays and that the plan says nothing about.
fn unseen(facts: &PlanFacts, n: usize, fixed: PlanFixed) -> PlanKept {
    let visit = &facts.visits[n];
    PlanKept {
        visit_id: visit.id,
        visit_number: visit.number.clone(),
        engineer_id: visit.engineer_id,
        window: visit.window,
        arrive_at: None,
        late_s: 0,
        fixed: Some(fixed),
    }
}

struct Of<'a, 'b> {
    facts: &'a PlanFacts,
    area: &'a AreaProblem,
    plan: &'a Plan,
    report: &'a Report,
    budget: &'a Budget<'b>,
    /// Orders whose reasons were given in full.
    full: &'a mut usize,
}

impl Of<'_, '_> {
    fn answer(&mut self, answer: &mut DayPlan, told: &mut [bool]) {
        let (facts, area) = (self.facts, self.area);
        for &(n, fixed) in &area.kept {
            told[n] = true;
            answer.kept.push(unseen(facts, n, fixed));
        }
        for &(n, why) in &area.barred {
            answer.left_out.push(left_out(facts, n, vec![reasons::barred(why)]));
        }
        for &v in &area.by_hand {
            told[v] = true;
            let why = vec![reasons::barred(ProposalReasonCode::Locked)];
            answer.left_out.push(nobody_for(&facts.visits[v].order, why));
        }
        // Circles were broken up when the plan was made.
        let moves = in_order(moved(facts, area, self.plan, &self.report.starts)).unwrap_or_default();
        let mut placed: Vec<(usize, Seen, Moved)> = Vec::new();
        for (entry, (items, starts)) in self.plan.routes.iter().zip(&self.report.starts).enumerate() {
            for (nth, (item, start_s)) in items.iter().zip(starts).enumerate() {
                let Item::Job(job) = *item else { continue };
                let seen = Seen { job, entry, nth, start_s: *start_s };
                match area.jobs[job as usize] {
                    PlanJob::Order(n) => {
                        let to = facts.engineers[area.entries[entry].engineer].engineer.id;
                        let after = window_of(facts, area, job as usize, *start_s);
                        // As if it came from nowhere: nobody waits for its window.
                        let none = Window { start: Ts(0), end: Ts(0) };
                        placed.push((n, seen, Moved { job, visit: n, from: to, to, before: none, after }));
                    }
                    PlanJob::Visit(n, _) | PlanJob::Unmanned(n) => {
                        told[n] = true;
                        match moves.iter().position(|m| m.job == job) {
                            None => answer.kept.push(self.kept(n, job, *start_s)),
                            Some(at) => placed.push((usize::MAX - at, seen, moves[at])),
                        }
                    }
                }
            }
        }
        // The most urgent orders first, then the moves: as long as there is time.
        placed.sort_by_key(|(n, ..)| *n);
        let wanted: Vec<Moved> = placed.iter().map(|(.., m)| *m).collect();
        let mut made: Vec<(usize, PlanMove)> = Vec::new();
        for (n, seen, moved) in placed {
            let needs = moves.iter().filter(|m| moved.needs(m)).map(|m| facts.visits[m.visit].id).collect();
            match area.jobs[seen.job as usize] {
                PlanJob::Order(_) => {
                    let compared = self.in_time();
                    let at = (seen, moved.after);
                    answer.proposals.push(a_proposal(facts, area, self.plan, at, compared, needs));
                }
                PlanJob::Visit(..) | PlanJob::Unmanned(_) => {
                    let room = wanted
                        .iter()
                        .any(|w| w.job != moved.job && w.to == moved.from && w.after.overlaps(&moved.before));
                    made.push((usize::MAX - n, a_move(facts, area, self.plan, (seen, moved), room, needs)));
                }
            }
        }
        made.sort_by_key(|(at, _)| *at);
        answer.moves.extend(made.into_iter().map(|(_, m)| m));
        for &job in &self.report.left_out {
            let compared = self.in_time();
            let why = reasons::left_out(facts, area, self.plan, job, compared);
            match area.jobs[job as usize] {
                PlanJob::Order(n) => answer.left_out.push(left_out(facts, n, why)),
                PlanJob::Unmanned(v) | PlanJob::Visit(v, _) => {
                    told[v] = true;
                    answer.left_out.push(nobody_for(&facts.visits[v].order, why));
                }
            }
        }
    }

    fn in_time(&mut self) -> bool {
        *self.full += 1;
        *self.full <= ALWAYS || (self.budget.used)() < Budget::REASONS
    }

    fn kept(&self, n: usize, job: u32, start_s: i32) -> PlanKept {
        let fixed = match self.area.jobs[job as usize] {
            PlanJob::Visit(_, fixed) => fixed,
            _ => None,
        };
        let due_s = self.area.problem.jobs[job as usize].due_s.unwrap_or(i32::MAX);
        PlanKept {
            arrive_at: Some(window_of(self.facts, self.area, job as usize, start_s).start),
            late_s: i64::from(start_s.saturating_sub(due_s).max(0)),
            fixed,
            ..unseen(self.facts, n, PlanFixed::Pinned)
        }
    }
}

/// A planned visit that goes to somebody else, and why; `room`: others are planned where it stood.
pub(super) fn a_move(
    facts: &PlanFacts,
    area: &AreaProblem,
    plan: &Plan,
    (seen, moved): (Seen, Moved),
    room: bool,
    needs: Vec<VisitId>,
) -> PlanMove {
    let visit = &facts.visits[moved.visit];
    let from = facts.engineers.iter().find(|e| e.engineer.id == visit.engineer_id);
    let from_name = from.map(|e| e.engineer.name.clone()).unwrap_or_default();
    let chosen = reasons::moved(facts, area, plan, seen, &from_name, room);
    PlanMove {
        visit_id: visit.id,
        visit_number: visit.number.clone(),
        version: visit.version,
        work_order_id: visit.order.id,
        severity: visit.order.severity,
        site_name: visit.order.site_name.clone(),
        zone: visit.order.zone.clone(),
        from_engineer_id: visit.engineer_id,
        from_name,
        from_window: visit.window,
        window: moved.after,
        chosen,
        needs,
    }
}

/// Who goes to an order that has nobody, and why; the next best too if they are to be `compared`.
pub(super) fn a_proposal(
    facts: &PlanFacts,
    area: &AreaProblem,
    plan: &Plan,
    (seen, window): (Seen, Window),
    compared: bool,
    needs: Vec<VisitId>,
) -> PlanProposal {
    let (chosen, others) = reasons::proposed(facts, area, plan, seen, compared);
    let order = area.order(facts, seen.job as usize);
    PlanProposal {
        work_order_id: order.id,
        number: order.number.clone(),
        version: order.version,
        severity: order.severity,
        site_name: order.site_name.clone(),
        zone: order.zone.clone(),
        due_at: order.due_at,
        window,
        travel_s: reasons::way_s(area, plan, seen),
        chosen,
        others,
        needs,
    }
}

fn left_out(facts: &PlanFacts, n: usize, reasons: Vec<crate::model::ProposalReason>) -> PlanLeftOut {
    nobody_for(&facts.orders[n], reasons)
}

fn nobody_for(order: &PlanOrder, reasons: Vec<crate::model::ProposalReason>) -> PlanLeftOut {
    PlanLeftOut {
        work_order_id: order.id,
        number: order.number.clone(),
        severity: order.severity,
        site_name: order.site_name.clone(),
        zone: order.zone.clone(),
        due_at: order.due_at,
        reasons,
    }
}

fn name_of(term: Term) -> PlanTermName {
    match term {
        Term::Travel => PlanTermName::Travel,
        Term::LateMajor => PlanTermName::LateMajor,
        Term::LateNormal => PlanTermName::LateNormal,
        Term::LatePlanned => PlanTermName::LatePlanned,
        Term::LeftOut => PlanTermName::LeftOut,
        Term::BrokenPromise => PlanTermName::BrokenPromise,
        Term::Overtime => PlanTermName::Overtime,
        Term::Preference => PlanTermName::Preference,
        Term::PlanChange => PlanTermName::PlanChange,
    }
}

fn terms(before: &[Cost], after: &[Cost]) -> Vec<PlanTerm> {
    let sum = |costs: &[Cost], term: Term| {
        costs.iter().map(|c| c.line(term)).fold((0, 0), |(a, c), l| (a + l.amount, c + l.cost))
    };
    let line = |term: Term| {
        let ((amount_before, cost_before), (amount_after, cost_after)) =
            (sum(before, term), sum(after, term));
        PlanTerm { term: name_of(term), amount_before, cost_before, amount_after, cost_after }
    };
    Term::ALL.into_iter().map(line).filter(|t| t.amount_before != 0 || t.amount_after != 0).collect()
}
