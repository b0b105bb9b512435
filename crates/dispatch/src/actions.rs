//! A plan is made off the async threads; what is accepted of it goes the way of every visit.

pub(crate) mod living;

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use kit::{Cx, Failure, Refusal, Ts, Tx};
use tokio::sync::Semaphore;
use visits::{OutsidePromise, PlanVisit, ReassignVisit, WorkOrderId};

use crate::errors::DispatchError;
use crate::model::living::PlanningMode;
use crate::model::plan::{AcceptPlan, AcceptedPlan, AcceptedVisit, DayPlan, PlanFacts, Quicker};
use crate::model::windows::OfferedWindows;
use crate::proposed::{Asker, Proposed, Start};
use crate::roads::{Found, Roads};
use crate::rules::plan::{self as planner, Budget, MOST_PLACES, TooLarge, plan_from};
use crate::rules::roads::KnownWays;
use crate::store::living::Latest;

/// A plan takes this long at most, on one core.
const BUDGET: Duration = Duration::from_millis(290);
/// Rounds of the search for each job: a small area is planned in less time.
const ROUNDS: u64 = 200;
/// Waiting longer than this for a core is worse than being told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// Visits and moves that are accepted at once, at most.
const MOST_ACCEPTED: usize = 200;

// Half of the cores: the rest answers everybody else.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Arc::new(Semaphore::new((cores / 2).max(1)))
});

/// The plan of everything in `facts`, going on from what `asker` was proposed last: that itself if nothing changed. Where the plan goes
/// on by itself, it goes on from the `published` one, and says whether it is that. It changes nothing.
///
/// # Errors
/// `plan_area_too_large`; `overloaded` if no core comes free within seconds.
pub(crate) async fn plan(
    facts: PlanFacts,
    roads: &Roads,
    proposed: &Proposed,
    asker: Asker,
    published: Option<&Latest>,
) -> Result<DayPlan, Failure> {
    let Found { ways, used } = roads.find(planner::needed(&facts)).await;
    let same = |facts: &PlanFacts, plan: &DayPlan| {
        let found = crate::rules::living::content(facts, plan, PlanningMode::Off);
        published.filter(|p| crate::rules::living::is_same(&p.content, facts, &found)).map(|p| p.number)
    };
    let (last, looks) = match proposed.start(&asker, &facts, used, published) {
        Start::Same(plan) => {
            let version = same(&facts, &plan);
            return Ok(DayPlan { version, ..DayPlan::clone(&plan) });
        }
        Start::From(last, looks) => (last, looks),
    };
    let search = move |budget: &Budget<'_>| {
        let budget = Budget { seed: budget.seed.wrapping_add(looks), ..*budget };
        Ok((plan_from(&facts, &ways, &budget, &last)?, facts))
    };
    let (plan, facts) = searched(search).await?;
    let version = same(&facts, &plan);
    let plan = Arc::new(DayPlan { roads: used, ..plan });
    proposed.keep(asker, facts, plan.clone(), looks.wrapping_add(1), published.map(|p| p.number));
    Ok(DayPlan { version, ..DayPlan::clone(&plan) })
}

/// Who would be at `order` sooner than at `before` if visits of theirs went to others. It changes nothing.
///
/// # Errors
/// As [`plan`].
pub(crate) async fn quicker(
    facts: PlanFacts,
    order: WorkOrderId,
    before: Option<Ts>,
    ways: KnownWays,
) -> Result<Vec<Quicker>, Failure> {
    searched(move |budget| planner::quicker(&facts, &ways, (order, before), budget)).await
}

/// Nothing, where an area is too large to be planned at once.
///
/// # Errors
/// Every other failure.
pub(crate) fn none_if_too_large<T: Default>(failure: Failure) -> Result<T, Failure> {
    match &failure {
        Failure::Refused(refusal) if refusal.code == "plan_area_too_large" => Ok(T::default()),
        _ => Err(failure),
    }
}

// Searches for as long as a plan may take.
async fn searched<T: Send + 'static>(
    work: impl FnOnce(&Budget<'_>) -> Result<T, TooLarge> + Send + 'static,
) -> Result<T, Failure> {
    let found = on_a_core(move || {
        let begun = Instant::now();
        let used = || begun.elapsed().as_secs_f64() / BUDGET.as_secs_f64();
        work(&Budget { used: &used, rounds: ROUNDS, seed: 1 })
    });
    found
        .await?
        .map_err(|large| DispatchError::PlanTooLarge { places: large.places, most: MOST_PLACES }.into())
}

// Off the async threads, as soon as a core is free.
async fn on_a_core<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let Ok(place) = tokio::time::timeout(PATIENCE, PLACES.clone().acquire_owned()).await else {
        let mut refusal = Refusal::new(503, "overloaded");
        refusal.retry_after_s = Some(5);
        return Err(refusal.into());
    };
    let place = place.map_err(anyhow::Error::from)?;
    let done = tokio::task::spawn_blocking(move || {
        let _place = place;
        work()
    });
    Ok(done.await.map_err(anyhow::Error::from)?)
}

/// The windows of `length_min` minutes that can be promised for the order of `facts`. It changes nothing.
///
/// # Errors
/// `overloaded` if no core comes free within seconds.
pub(crate) async fn windows(
    facts: PlanFacts,
    length_min: i64,
    roads: &Roads,
) -> Result<OfferedWindows, Failure> {
    let order = facts.orders.first().map(|order| order.id);
    let needed = order.map(|order| planner::needed_around(&facts, order)).unwrap_or_default();
    let Found { ways, used } = roads.find(needed).await;
    let found = on_a_core(move || {
        let (windows, none_because) = planner::windows(&facts, &ways, length_min);
        let order = facts.orders.first();
        OfferedWindows {
            now: facts.now,
            until: facts.until,
            zone: order.map(|o| o.zone.clone()).unwrap_or_default(),
            due_at: order.and_then(|o| o.due_at),
            length_min,
            windows,
            none_because,
            roads: used,
        }
    });
    found.await
}

/// Makes what a dispatcher accepts of a plan: the moves in their order, then the new visits, by the versions that were seen. All
/// of it happens, or nothing.
///
/// # Errors
/// `plan_nothing_accepted`, `plan_too_much_accepted`, `plan_version_unknown`; those of [`visits::reassign`] and [`visits::plan_visit`], with the place
/// of what was refused.
pub async fn accept(tx: &mut Tx, cx: &Cx, input: AcceptPlan) -> Result<AcceptedPlan, Failure> {
    let many = input.moves.len() + input.visits.len();
    if many == 0 {
        return Err(DispatchError::NothingAccepted.into());
    }
    if many > MOST_ACCEPTED {
        return Err(DispatchError::TooMuchAccepted { most: MOST_ACCEPTED }.into());
    }
    if let Some(of) = input.of {
        living::accepted(tx, cx, of).await?;
    }
    let mut accepted = AcceptedPlan { moved: Vec::new(), planned: Vec::new() };
    for (n, moved) in input.moves.into_iter().enumerate() {
        let to = ReassignVisit {
            engineer_id: moved.engineer_id,
            window_start: moved.window_start,
            window_end: moved.window_end,
            appointment_end: None,
            reason: input.reason.clone().unwrap_or_default(),
            at_customers_wish: false,
            // Accepting a plan asks no customer: what they were promised stands.
            outside_promise: Some(OutsidePromise::Stands),
            // No plan moves what a person locked.
            unlock: false,
        };
        let view = visits::reassign(tx, cx, moved.visit_id, Some(moved.version), to)
            .await
            .map_err(|failure| of("moves", n, failure))?;
        accepted.moved.push(AcceptedVisit {
            work_order_id: view.order.id,
            visit_id: moved.visit_id,
            version: view.visit.version,
        });
    }
    for (n, visit) in input.visits.into_iter().enumerate() {
        let plan = PlanVisit {
            engineer_id: visit.engineer_id,
            window_start: visit.window_start,
            window_end: visit.window_end,
            appointment_end: None,
            planned_as: input.planned_as,
            at_customers_wish: visit.at_customers_wish,
            outside_promise: Some(OutsidePromise::Stands),
        };
        let view = visits::plan_visit(tx, cx, visit.work_order_id, Some(visit.version), plan)
            .await
            .map_err(|failure| of("visits", n, failure))?;
        accepted.planned.push(AcceptedVisit {
            work_order_id: visit.work_order_id,
            visit_id: view.visit.id,
            version: view.visit.version,
        });
    }
    Ok(accepted)
}

// A refusal names which of the list it is about. A reason belongs to all moves.
fn of(list: &str, n: usize, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(mut refusal) if refusal.status < 500 => {
            for field in refusal.fields.iter_mut().filter(|f| f.pointer != "/reason") {
                field.pointer = format!("/{list}/{n}{}", field.pointer);
            }
            if refusal.fields.is_empty() {
                let code = refusal.code;
                *refusal = refusal.field(format!("/{list}/{n}"), code);
            }
            Failure::Refused(refusal)
        }
        other => other,
    }
}
