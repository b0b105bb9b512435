//! The plan that was proposed last, taken up again: a plan asked for again goes on from it, so that it doesn't jump from one look to
//! the next for nothing.

use std::collections::BTreeMap;

use dispatch_optimiser::{Item, Plan, check};
use kit::Ts;
use organisation::EmployeeId;
use visits::{VisitId, WorkOrderId};

use super::build::{AreaProblem, PlanJob};
use super::sec_up;
use crate::model::living::PlanContent;
use crate::model::plan::{DayPlan, PlanFacts};

/// A plan that is better by less than this takes nobody's place: half an hour on the road, as much as moving a visit costs.
pub(crate) const WORTH: i64 = 1_800;

/// What another name costs while a plan is searched: of two engineers who are as good, whoever was proposed goes.
const OTHER_NAME: i64 = 300;

/// Makes the search lean towards who was proposed for work that nobody is planned for.
pub(super) fn lean(area: &mut AreaProblem, proposed: &Plan) {
    let problem = &mut area.problem;
    for (entry, items) in proposed.routes.iter().enumerate() {
        let person = problem.engineers[entry].person;
        for item in items {
            let Item::Job(job) = *item else { continue };
            if !matches!(area.jobs[job as usize], PlanJob::Order(_) | PlanJob::Unmanned(_)) {
                continue;
            }
            let wish = &mut problem.jobs[job as usize].preferred;
            match wish {
                // Whoever came last is as welcome as before.
                Some((people, _)) if people.contains(&person) => {}
                Some((people, _)) => people.push(person),
                None => *wish = Some((vec![person], OTHER_NAME)),
            }
        }
    }
}

/// Who was proposed for what, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incumbent {
    orders: BTreeMap<WorkOrderId, (EmployeeId, Ts)>,
    moves: BTreeMap<VisitId, (EmployeeId, Ts)>,
}

impl Incumbent {
    /// What a plan proposes.
    #[must_use]
    pub fn of(plan: &DayPlan) -> Self {
        Self {
            orders: plan
                .proposals
                .iter()
                .map(|p| (p.work_order_id, (p.chosen.engineer_id, p.window.start)))
                .collect(),
            moves: plan.moves.iter().map(|m| (m.visit_id, (m.chosen.engineer_id, m.window.start))).collect(),
        }
    }

    /// What a published plan proposes.
    #[must_use]
    pub(crate) fn published(content: &PlanContent) -> Self {
        Self {
            orders: content.visits.iter().map(|v| (v.order, (v.engineer, v.window.start))).collect(),
            moves: content.moves.iter().map(|m| (m.visit, (m.engineer, m.window.start))).collect(),
        }
    }

    fn meant(&self, facts: &PlanFacts, job: PlanJob) -> Option<(EmployeeId, Ts)> {
        match job {
            PlanJob::Order(n) => self.orders.get(&facts.orders[n].id),
            PlanJob::Visit(n, None) | PlanJob::Unmanned(n) => self.moves.get(&facts.visits[n].id),
            PlanJob::Visit(_, Some(_)) => None,
        }
        .copied()
    }

    /// The plan that stands with as much of the proposed one as still holds, none if nothing of it does; and how much of it finds
    /// no room any more.
    pub(super) fn laid(&self, facts: &PlanFacts, area: &AreaProblem) -> (Option<Plan>, usize) {
        let jobs = area.jobs.iter().enumerate();
        let mut meant: Vec<(Ts, u32, EmployeeId)> = jobs
            .filter_map(|(n, job)| {
                let (who, start) = self.meant(facts, *job)?;
                // What should have begun begins now, with the same engineer.
                Some((start.max(area.origin), n as u32, who))
            })
            .collect();
        meant.sort_unstable();
        let all = meant.len();
        let mut plan = area.present();
        let Some(mut report) = check(&area.problem, &plan).ok().filter(|_| all > 0) else {
            return (None, all);
        };
        let mut taken = 0;
        for (start, job, who) in meant {
            let entry = area.entries.iter().position(|e| {
                facts.engineers[e.engineer].engineer.id == who && e.span.start <= start && start < e.span.end
            });
            let Some(entry) = entry.filter(|entry| area.problem.eligible(*entry, job as usize)) else {
                continue;
            };
            let mut tried = plan.clone();
            for items in &mut tried.routes {
                items.retain(|item| *item != Item::Job(job));
            }
            let start_s = sec_up(area.origin, start);
            // Others of the route may stand by a visit that was just taken out of it: their starts are looked up by what they are.
            let begins = |item: &Item| {
                let nth = plan.routes[entry].iter().position(|other| other == item)?;
                Some(report.starts[entry][nth])
            };
            let at =
                tried.routes[entry].iter().take_while(|i| begins(i).is_some_and(|s| s < start_s)).count();
            tried.routes[entry].insert(at, Item::Job(job));
            // What no longer fits is left to the search.
            if let Ok(holds) = check(&area.problem, &tried)
                && holds.left_out.len() <= report.left_out.len()
            {
                (plan, report, taken) = (tried, holds, taken + 1);
            }
        }
        ((taken > 0).then_some(plan), all - taken)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::tests::{at, engineer, facts, order, place, visit, window};
    use super::super::{Budget, plan_from};
    use super::*;
    use crate::rules::travel::GreatCircle;

    /// Twelve orders around four engineers, more than fit comfortably.
    fn busy() -> PlanFacts {
        let engineers = (1..=4).map(|n| engineer(n, place(n as f64 * 7.0, 0.0))).collect();
        let orders =
            (1..=12).map(|n| order(n, place((n * 5 % 13) as f64 * 3.0, (n % 4) as f64 * 4.0))).collect();
        let taken = visit(90, 1, window((11, 0), (13, 0)), order(50, place(3.0, 3.0)));
        facts(at(9, 0), engineers, orders, vec![taken])
    }

    fn from(facts: &PlanFacts, incumbent: &Incumbent, seed: u64) -> DayPlan {
        plan_from(facts, &GreatCircle, &Budget { used: &|| 0.0, rounds: 20, seed }, incumbent).unwrap()
    }

    #[test]
    fn p40_a_plan_asked_for_again_is_the_same_one_whatever_the_search_tries() {
        let mut now = busy();
        let first = from(&now, &Incumbent::default(), 1);
        let incumbent = Incumbent::of(&first);
        assert_eq!(incumbent.orders.len(), 12);
        for seed in 2..8 {
            // A minute passes between looks.
            now.now = now.now.plus(10 * Ts::SECOND);
            let again = Incumbent::of(&from(&now, &incumbent, seed));
            let who = |i: &Incumbent| i.orders.iter().map(|(id, (who, _))| (*id, *who)).collect::<Vec<_>>();
            let changed = who(&incumbent).iter().zip(who(&again)).filter(|(a, b)| **a != *b).count();
            assert_eq!(changed, 0, "seed {seed}: nothing happened, nobody changes");
        }
    }

    #[test]
    fn p40_what_happened_since_is_taken_in_and_what_no_longer_holds_falls_out() {
        let mut now = busy();
        let incumbent = Incumbent::of(&from(&now, &Incumbent::default(), 1));
        // Somebody left, one order was planned by hand, and a major fault came in.
        let gone = now.engineers.remove(3).engineer.id;
        now.orders.remove(0);
        let mut major = order(60, place(20.0, 4.0));
        major.severity = cases::Severity::Major;
        major.due_at = Some(at(12, 0));
        now.orders.insert(0, major);
        let plan = from(&now, &incumbent, 2);
        assert!(plan.proposals.iter().any(|p| p.work_order_id == now.orders[0].id && p.chosen.late_s == 0));
        assert!(plan.proposals.iter().all(|p| p.chosen.engineer_id != gone));
        let told = plan.proposals.len() + plan.left_out.len();
        assert_eq!(told, 12, "each order once");
    }

    #[test]
    fn p40_without_time_to_search_the_proposed_plan_is_the_answer() {
        let now = busy();
        let first = from(&now, &Incumbent::default(), 1);
        let asked = Cell::new(0);
        let none_left = || {
            asked.set(asked.get() + 1);
            1.0
        };
        let up = Budget { used: &none_left, rounds: 20, seed: 9 };
        let again = plan_from(&now, &GreatCircle, &up, &Incumbent::of(&first)).unwrap();
        assert_eq!(Incumbent::of(&again), Incumbent::of(&first));
        assert!(asked.get() > 0);
    }
}
