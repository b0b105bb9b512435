//! Who decides: the plain rule, or the optimiser in one of its ways of telling customers.

use kit::Ts;
use organisation::EmployeeId;
use visits::Window;

use crate::model::plan::PlanFacts;
use crate::model::{Busy, Candidate, VisitProblem};
use crate::rules::Proposer as _;
use crate::rules::plain::PlainRule;
use crate::rules::plan::{Budget, Outline, outline};
use crate::rules::roads::KnownWays;
use crate::rules::travel::TravelTimes;

/// Somebody who is sent, and the customer told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Number in [`PlanFacts::orders`] or [`PlanFacts::visits`].
    pub number: usize,
    /// Who.
    pub engineer_id: EmployeeId,
    /// From when to when.
    pub window: Window,
}

/// What a policy decides at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Orders that get a visit.
    pub visits: Vec<Sent>,
    /// Planned visits that change hands.
    pub moves: Vec<Sent>,
    /// When to ask again, if nothing happens before.
    pub again_at: Option<Ts>,
}

/// Decides with what is known at an instant.
pub trait Policy {
    /// Who goes, as the facts stand.
    fn decide(&mut self, facts: &PlanFacts) -> Decision;
}

/// Each fault at once to whom the plain rule ranks first, in the first gap that holds it; nobody changes hands.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainPolicy;

impl Policy for PlainPolicy {
    fn decide(&mut self, facts: &PlanFacts) -> Decision {
        let mut candidates: Vec<Candidate> = facts
            .engineers
            .iter()
            .map(|e| Candidate {
                engineer: e.engineer.clone(),
                last_seen: e.last_seen,
                busy: facts
                    .visits
                    .iter()
                    .filter(|v| v.engineer_id == e.engineer.id)
                    .map(|v| Busy { visit: v.id, window: v.window, place: v.order.place, state: v.state })
                    .collect(),
            })
            .collect();
        let mut decision = Decision::default();
        for (number, order) in facts.orders.iter().enumerate() {
            let problem = VisitProblem {
                place: order.place,
                skill: order.skill.clone(),
                duration_min: order.duration_min,
                wish: order.wish,
                due_at: order.due_at,
                units: order.units.clone(),
                last_engineer: order.last_engineer,
                access: order.access.clone(),
                candidates,
                ways: KnownWays::default(),
            };
            let first = PlainRule.rank(&problem, facts.now).into_iter().find(|p| p.feasible);
            candidates = problem.candidates;
            let Some((id, window)) = first.and_then(|p| Some((p.engineer_id, p.window?))) else { continue };
            if let Some(who) = candidates.iter_mut().find(|c| c.engineer.id == id) {
                // Nobody planned it yet: its order stands for the visit.
                let visit = visits::VisitId(order.id.0);
                who.busy.push(Busy {
                    visit,
                    window,
                    place: order.place,
                    state: visits::VisitStateName::Dispatched,
                });
            }
            decision.visits.push(Sent { number, engineer_id: id, window });
        }
        decision
    }
}

/// When customers are told who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// As soon as the plan has somebody.
    AtOnce,
    /// This long before somebody has to set out: until then the plan may change as it likes.
    Before(i64),
}

/// The planner of the board, asked at every event.
pub struct OptimiserPolicy<'t> {
    /// Where travel times come from.
    pub travel: &'t dyn TravelTimes,
    /// When customers are told.
    pub telling: Telling,
    /// What a plan must save, in seconds on the road, before a planned visit changes hands for it.
    pub threshold: i64,
    /// Rounds of the search for each job.
    pub rounds: u64,
    /// Seed of the search.
    pub seed: u64,
}

impl OptimiserPolicy<'_> {
    fn outline(&self, facts: &PlanFacts) -> Outline {
        let budget = Budget { used: &|| 0.0, rounds: self.rounds, seed: self.seed };
        outline(facts, self.travel, &budget).unwrap_or_default()
    }

    // The plan, with changes of hands only where they save enough.
    fn worth_it(&self, facts: &PlanFacts) -> Outline {
        let free = self.outline(facts);
        if self.threshold == 0 || free.moves.is_empty() {
            return free;
        }
        let mut firm = facts.clone();
        for visit in &mut firm.visits {
            visit.pinned = true;
        }
        let firm = self.outline(&firm);
        if firm.cost - free.cost >= self.threshold { free } else { firm }
    }
}

impl Policy for OptimiserPolicy<'_> {
    fn decide(&mut self, facts: &PlanFacts) -> Decision {
        let plan = self.worth_it(facts);
        let mut decision = Decision::default();
        for moved in &plan.moves {
            decision.moves.push(Sent {
                number: moved.number,
                engineer_id: moved.engineer_id,
                window: moved.window,
            });
        }
        for visit in &plan.visits {
            let tell_at = match self.telling {
                Telling::AtOnce => facts.now,
                Telling::Before(lead_us) => visit.window.start.plus(-visit.way_s * Ts::SECOND - lead_us),
            };
            if tell_at <= facts.now {
                decision.visits.push(Sent {
                    number: visit.number,
                    engineer_id: visit.engineer_id,
                    window: visit.window,
                });
            } else {
                decision.again_at = Some(decision.again_at.map_or(tell_at, |at| at.min(tell_at)));
            }
        }
        decision
    }
}
