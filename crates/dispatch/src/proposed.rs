//! What was proposed last: asked again with nothing changed it is the answer, else it is where the next search starts.

use std::sync::{Arc, Mutex, PoisonError};

use kit::{Reach, Ts};
use organisation::UnitId;

use crate::model::RoadsUsed;
use crate::model::plan::{DayPlan, PlanFacts};
use crate::rules::plan::Incumbent;
use crate::store::living::Latest;

/// Plans are remembered for so many reaches and units, the latest ones.
const REMEMBERED: usize = 32;
/// Rows of facts that are remembered with the answers made of them: some ten megabytes. What is older is where a search starts, no more.
const MOST_ROWS: usize = 10_000;

/// Whose plan: the reach, and the unit that was asked for.
pub(crate) type Asker = (Reach, Option<UnitId>);

/// What was proposed last on this node, by reach and unit. A node that starts begins anew, and another one has its own: it is a hint
/// to the search, and an answer only while the database says the same as then.
#[derive(Clone, Debug, Default)]
pub struct Proposed(Arc<Mutex<Vec<Last>>>);

/// A plan that was proposed.
#[derive(Debug)]
struct Last {
    asker: Asker,
    incumbent: Arc<Incumbent>,
    /// How many plans there were before it: each search goes on where the last one ended, and draws anew.
    looks: u64,
    /// The whole answer, and what it was made of.
    answer: Option<(PlanFacts, Arc<DayPlan>)>,
    /// The published version that it went on from.
    version: Option<i64>,
}

/// Where a plan comes from.
pub(crate) enum Start {
    /// Nothing happened since this one was made.
    Same(Arc<DayPlan>),
    /// A search goes on from here, the so-manyth.
    From(Arc<Incumbent>, u64),
}

impl Proposed {
    /// What `asker` was proposed last, as an answer if it is made of the same `facts` by the same `roads`. Where another version was
    /// `published` since, or nothing is remembered here, the search goes on from that: so do all nodes.
    pub(crate) fn start(
        &self,
        asker: &Asker,
        facts: &PlanFacts,
        roads: RoadsUsed,
        published: Option<&Latest>,
    ) -> Start {
        let from = |looks| {
            let incumbent = published.map(|p| Incumbent::published(&p.content)).unwrap_or_default();
            Start::From(Arc::new(incumbent), looks)
        };
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(last) = all.iter().find(|last| last.asker == *asker) else { return from(0) };
        if published.is_some_and(|p| last.version != Some(p.number)) {
            return from(last.looks);
        }
        match &last.answer {
            Some((before, plan)) if plan.roads == roads && same(before, facts) => Start::Same(plan.clone()),
            _ => Start::From(last.incumbent.clone(), last.looks),
        }
    }

    /// Remembers what `asker` is proposed, made of these `facts`.
    pub(crate) fn keep(
        &self,
        asker: Asker,
        facts: PlanFacts,
        plan: Arc<DayPlan>,
        looks: u64,
        version: Option<i64>,
    ) {
        let incumbent = Arc::new(Incumbent::of(&plan));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|last| last.asker != asker);
        all.insert(0, Last { asker, incumbent, looks, answer: Some((facts, plan)), version });
        all.truncate(REMEMBERED);
        let mut rows = 0;
        for last in all.iter_mut() {
            rows += last.answer.as_ref().map_or(0, |(facts, _)| rows_of(facts));
            if rows > MOST_ROWS {
                last.answer = None;
            }
        }
    }
}

fn rows_of(facts: &PlanFacts) -> usize {
    facts.engineers.len() + facts.orders.len() + facts.visits.len()
}

/// Whether a plan made of `before` is still the plan of `now`. A problem begins with a whole minute: until that has come nobody's
/// way has got shorter.
fn same(before: &PlanFacts, now: &PlanFacts) -> bool {
    let minute = |at: Ts| (at.micros() + Ts::MINUTE - 1).div_euclid(Ts::MINUTE);
    let far = |facts: &PlanFacts| facts.until.micros() - facts.now.micros();
    minute(before.now) == minute(now.now)
        && (before.until == now.until || far(before) == far(now))
        && before.orders == now.orders
        && before.visits == now.visits
        && before.engineers == now.engineers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::plan::tests::{at, engineer, facts, order, place};
    use crate::rules::plan::{Budget, plan_of};
    use crate::rules::travel::GreatCircle;

    fn whole() -> Asker {
        (Reach::Everything, None)
    }

    fn picture(orders: u128) -> PlanFacts {
        let orders = (1..=orders).map(|n| order(n, place(n as f64, 0.0))).collect();
        facts(at(9, 0), vec![engineer(1, place(0.0, 0.0))], orders, Vec::new())
    }

    fn planned(facts: &PlanFacts) -> Arc<DayPlan> {
        let budget = Budget { used: &|| 0.0, rounds: 20, seed: 1 };
        Arc::new(plan_of(facts, &GreatCircle, &budget).unwrap())
    }

    fn later(facts: &PlanFacts, by: i64) -> PlanFacts {
        PlanFacts { now: facts.now.plus(by), until: facts.until.plus(by), ..facts.clone() }
    }

    #[test]
    fn p40_the_last_answer_stands_while_nothing_changed_and_its_minute_lasts() {
        let (proposed, mut then) = (Proposed::default(), picture(3));
        then = later(&then, Ts::SECOND);
        let plan = planned(&then);
        let roads = plan.roads;
        let asked = |facts: &PlanFacts| match proposed.start(&whole(), facts, roads, None) {
            Start::Same(answer) => Ok(answer),
            Start::From(incumbent, looks) => Err((incumbent, looks)),
        };
        assert_eq!(asked(&then).unwrap_err(), (Arc::default(), 0), "nobody asked yet");
        proposed.keep(whole(), then.clone(), plan.clone(), 1, None);
        assert_eq!(asked(&then).unwrap(), plan);
        assert_eq!(asked(&later(&then, 59 * Ts::SECOND)).unwrap(), plan);
        let from = (Arc::new(Incumbent::of(&plan)), 1);
        assert_eq!(asked(&later(&then, 60 * Ts::SECOND)).unwrap_err(), from, "its minute is over");
        let mut other = then.clone();
        other.orders[1].version += 1;
        assert_eq!(asked(&other).unwrap_err(), from, "an order changed");
        let mut other = then.clone();
        other.engineers[0].last_seen = Some(crate::model::LastSeen { place: place(9.0, 9.0), at: then.now });
        assert_eq!(asked(&other).unwrap_err(), from, "somebody was seen elsewhere");
        let other = PlanFacts { until: then.until.plus(Ts::HOUR), ..then.clone() };
        assert_eq!(asked(&other).unwrap_err(), from, "further ahead");
        let estimated = RoadsUsed { estimated: roads.estimated + 1, ..roads };
        assert!(matches!(proposed.start(&whole(), &then, estimated, None), Start::From(..)), "other roads");
        let elsewhere = (Reach::Nothing, None);
        assert!(
            matches!(proposed.start(&elsewhere, &then, roads, None), Start::From(_, 0)),
            "nobody sees another's plan"
        );
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let proposed = Proposed::default();
        let mut large = picture(1);
        let plan = planned(&large);
        large.orders = vec![large.orders[0].clone(); MOST_ROWS / 2];
        let asker = |n: usize| (Reach::Unit(n.to_string()), None);
        for n in 0..REMEMBERED + 3 {
            proposed.keep(asker(n), large.clone(), plan.clone(), 1, None);
        }
        let all = proposed.0.lock().unwrap();
        assert_eq!(all.len(), REMEMBERED);
        assert_eq!(all[0].asker, asker(REMEMBERED + 2));
        assert_eq!(all.iter().filter(|last| last.answer.is_some()).count(), 1, "two are more than the bound");
        assert!(all.iter().all(|last| last.incumbent == Arc::new(Incumbent::of(&plan))), "a start at least");
    }
}
