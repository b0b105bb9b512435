//! A service centre replayed event by event: faults arrive, a policy says who goes, engineers drive and work as chance has it.
//! Pure: the history, the span and the seed are passed in, and the same of them give the same [`Outcome`].
//!
//! - [`stream`] draws the faults from what the history shows: how many per hour and weekday, at which sites, how grave, of which
//!   skill, how long. Every policy meets the same faults, roads and surprises.
//! - [`run`] keeps the centre: who is where, what the customers were told. A [`Policy`] sees no more than the board would:
//!   the [`PlanFacts`] of that instant.
//! - [`PlainPolicy`] gives each fault at once to whom the plain rule ranks first; [`OptimiserPolicy`] asks the planner at every event.
//! - [`Report`] counts what came of it.
//!
//! What is the same for all policies, and simple: whoever set out arrives and finishes, past the end of the shift if need be; a
//! visit that can't end within an hour after the shift goes back to the dispatcher; one that can't begin in its window gets a
//! later one; whoever had nothing to do for two hours is back at the base. Each of these counts as a change of what was told.

mod centre;
mod policies;
mod report;
mod stream;

pub use centre::{Outcome, VisitMade, run};
pub use policies::{Decision, OptimiserPolicy, PlainPolicy, Policy, Sent, Telling};
pub use report::{Report, SeverityReport};
pub use stream::{Fault, PastFault, SimulatedSite, Targets, stream};

use kit::Ts;
use organisation::UnitId;

use crate::model::plan::PlanEngineer;

/// What the figures of a simulation are drawn from.
#[derive(Clone, Debug)]
pub struct History {
    /// From when to when was looked.
    pub observed: (Ts, Ts),
    /// Sites where faults may happen.
    pub sites: Vec<SimulatedSite>,
    /// Faults for which a visit was agreed.
    pub faults: Vec<PastFault>,
    /// Who can be sent.
    pub engineers: Vec<PlanEngineer>,
}

/// Engineers and faults that have to do with each other, by number: what shares no unit is simulated apart.
#[must_use]
pub fn parts(engineers: &[PlanEngineer], faults: &[Fault]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut groups: Vec<(std::collections::BTreeSet<UnitId>, Vec<usize>)> = Vec::new();
    for (n, fault) in faults.iter().enumerate() {
        let mut units: std::collections::BTreeSet<UnitId> = fault.order.units.iter().copied().collect();
        let mut numbers = vec![n];
        groups.retain_mut(|(theirs, of)| {
            let apart = theirs.is_disjoint(&units);
            if !apart {
                units.append(theirs);
                numbers.append(of);
            }
            apart
        });
        numbers.sort_unstable();
        groups.push((units, numbers));
    }
    groups.sort_by(|a, b| a.1.cmp(&b.1));
    let people = |units: &std::collections::BTreeSet<UnitId>| {
        (0..engineers.len()).filter(|e| units.contains(&engineers[*e].engineer.unit_id)).collect()
    };
    groups.into_iter().map(|(units, numbers)| (people(&units), numbers)).collect()
}

#[cfg(test)]
mod tests;
