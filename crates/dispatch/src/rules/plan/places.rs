//! Where everything of an area is, and which ways that asks for.

use organisation::Point;
use visits::{VisitStateName, WorkOrderId};

use super::MOST_PLACES;
use super::area::{Area, areas as together};
use super::numbers::{At, Places};
use crate::model::plan::PlanFacts;
use crate::rules::plain::SEEN_US;
use crate::rules::roads::Needed;

/// Where somebody sets out from who is at work now: where they were seen last if that is fresh, else where they were last, else
/// at their base.
fn sets_out(facts: &PlanFacts, area: &Area, engineer: usize) -> Option<Point> {
    let who = &facts.engineers[engineer];
    let fresh = who.last_seen.filter(|s| s.at <= facts.now && s.at.plus(SEEN_US) >= facts.now);
    let left = area
        .visits
        .iter()
        .map(|v| &facts.visits[*v])
        .filter(|v| v.engineer_id == who.engineer.id && v.state == VisitStateName::Left)
        .filter(|v| v.window.end.plus(SEEN_US) >= facts.now)
        .max_by_key(|v| (v.window.end, v.id));
    fresh.map(|s| s.place).or(left.and_then(|v| v.order.place)).or(who.engineer.base)
}

/// Where everything of an area is.
pub(super) struct Located {
    pub(super) places: Places,
    pub(super) order_at: Vec<At>,
    pub(super) visit_at: Vec<At>,
    /// Of each engineer: the base, and where they set out from.
    pub(super) base_at: Vec<(At, At)>,
}

pub(super) fn located(facts: &PlanFacts, area: &Area) -> Located {
    let mut places = Places::default();
    let order_at: Vec<At> = area.orders.iter().map(|n| places.of(facts.orders[*n].place)).collect();
    let visit_at: Vec<At> = area.visits.iter().map(|n| places.of(facts.visits[*n].order.place)).collect();
    let base_at: Vec<(At, At)> = area
        .engineers
        .iter()
        .map(|n| {
            let base = places.of(facts.engineers[*n].engineer.base);
            let from = sets_out(facts, area, *n);
            (base, if from.is_some() { places.of(from) } else { base })
        })
        .collect();
    Located { places, order_at, visit_at, base_at }
}

/// The ways that a plan of `facts` asks for, area by area; those of areas too large to be planned are left away.
#[must_use]
pub fn needed(facts: &PlanFacts) -> Vec<Needed> {
    let areas = together(facts);
    let places = areas.iter().map(|area| located(facts, area).places);
    places.filter(|p| p.len() <= MOST_PLACES).map(|p| Needed::among(p.known())).collect()
}

/// The ways that windows for the first order of `facts`, and who is fastest to it, ask for.
#[must_use]
pub fn needed_around(facts: &PlanFacts, order: WorkOrderId) -> Vec<Needed> {
    let areas = together(facts);
    let area = areas.iter().find(|area| area.orders.iter().any(|n| facts.orders[*n].id == order));
    area.map(|area| Needed::among(located(facts, area).places.known())).into_iter().collect()
}
