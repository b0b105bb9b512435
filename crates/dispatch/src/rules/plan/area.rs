//! Which units are planned together: those that share work, directly or by others.

use std::collections::{BTreeMap, BTreeSet};

use organisation::UnitId;

use crate::model::plan::PlanFacts;

/// What is planned together, by number in the facts.
#[derive(Debug, Default)]
pub(super) struct Area {
    pub(super) engineers: Vec<usize>,
    pub(super) orders: Vec<usize>,
    pub(super) visits: Vec<usize>,
}

/// Sets of units, joined where they meet.
#[derive(Default)]
struct Joined {
    parent: BTreeMap<UnitId, UnitId>,
}

impl Joined {
    fn root(&mut self, unit: UnitId) -> UnitId {
        let mut at = unit;
        while let Some(&up) = self.parent.get(&at).filter(|up| **up != at) {
            at = up;
        }
        self.parent.insert(unit, at);
        at
    }

    fn join(&mut self, units: impl IntoIterator<Item = UnitId>) {
        let mut units = units.into_iter();
        let Some(first) = units.next() else { return };
        let first = self.root(first);
        for unit in units {
            let other = self.root(unit);
            self.parent.insert(other, first);
        }
    }
}

/// The areas of the facts that have any work, each engineer, order and visit in one of them. A visit goes with its engineer;
/// those of people who aren't among the engineers are in none.
pub(super) fn areas(facts: &PlanFacts) -> Vec<Area> {
    let mut joined = Joined::default();
    let unit_of: BTreeMap<_, _> =
        facts.engineers.iter().map(|e| (e.engineer.id, e.engineer.unit_id)).collect();
    for order in &facts.orders {
        joined.join(order.units.iter().copied());
    }
    for visit in &facts.visits {
        if let Some(&unit) = unit_of.get(&visit.engineer_id) {
            joined.join(visit.order.units.iter().copied().chain([unit]));
        }
    }
    // Facts are read one after the other: what was planned in between is a visit, and no order any more.
    let planned: BTreeSet<_> =
        facts.visits.iter().filter(|v| v.state.holds_window()).map(|v| v.order.id).collect();
    // By the first work of each, so that the most urgent comes first.
    let mut number: BTreeMap<UnitId, usize> = BTreeMap::new();
    let mut areas: Vec<Area> = Vec::new();
    let mut of = |root: Option<UnitId>, areas: &mut Vec<Area>| {
        let new = areas.len();
        let at = match root {
            Some(root) => *number.entry(root).or_insert(new),
            None => new,
        };
        if at == new {
            areas.push(Area::default());
        }
        at
    };
    for (n, order) in facts.orders.iter().enumerate().filter(|(_, o)| !planned.contains(&o.id)) {
        let root = order.units.first().map(|unit| joined.root(*unit));
        let at = of(root, &mut areas);
        areas[at].orders.push(n);
    }
    for (n, visit) in facts.visits.iter().enumerate() {
        let Some(&unit) = unit_of.get(&visit.engineer_id) else { continue };
        let root = joined.root(unit);
        let at = of(Some(root), &mut areas);
        areas[at].visits.push(n);
    }
    for (n, engineer) in facts.engineers.iter().enumerate() {
        let root = joined.root(engineer.engineer.unit_id);
        if let Some(&at) = number.get(&root) {
            areas[at].engineers.push(n);
        }
    }
    areas
}
