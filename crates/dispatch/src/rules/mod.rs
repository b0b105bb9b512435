//! Pure decisions of dispatch.

pub(crate) mod effect;
pub mod lateness;
pub(crate) mod living;
pub mod plain;
pub mod plan;
pub mod roads;
pub mod simulate;
pub mod travel;

use std::collections::BTreeSet;

use kit::Ts;
use organisation::{Tree, UnitId, UnitKind};

use crate::model::{Proposal, VisitProblem};

/// Ranks engineers for one visit. Pure: the same problem and instant give the same answer.
///
/// The list holds every candidate once: those who can go, the best first, then those who can't, each with the reasons.
pub trait Proposer {
    /// Ranks the candidates of `problem` as seen at `now`.
    fn rank(&self, problem: &VisitProblem, now: Ts) -> Vec<Proposal>;
}

/// The units whose engineers are responsible for work that `owner` holds (P3, P4): the branch or centre it stands in with
/// everything below; for headquarters' own region, headquarters itself and that region; the unit it was raised to besides.
#[must_use]
pub fn responsible(tree: &Tree, all: &[UnitId], owner: UnitId, second: Option<UnitId>) -> Vec<UnitId> {
    let kind = |unit: UnitId| tree.get(unit).map(|n| n.kind);
    let root = tree
        .line(owner)
        .find(|n| matches!(n.kind, UnitKind::Branch | UnitKind::TechnicalCentre))
        .map_or(owner, |n| n.id);
    let mut units: BTreeSet<UnitId> = BTreeSet::new();
    if kind(root) == Some(UnitKind::Headquarters) {
        // Headquarters reaches everything: only its own people and its own regions serve its own region.
        let own = |u: &UnitId| {
            tree.get(*u).is_some_and(|n| n.parent_id == Some(root) && n.kind == UnitKind::Region)
        };
        units.extend(all.iter().copied().filter(own));
        units.insert(root);
    } else {
        units.extend(all.iter().copied().filter(|u| tree.is_within(*u, root)));
        if kind(root) == Some(UnitKind::Region) {
            units.extend(tree.headquarters());
        }
    }
    units.insert(root);
    units.extend(second);
    units.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::uuid::Uuid;
    use organisation::Node;

    #[test]
    fn p04_a_branch_serves_its_regions_and_headquarters_its_own() {
        let id = |n: u128| UnitId(Uuid::from_u128(n));
        let node =
            |n, kind, parent: Option<u128>| Node { id: id(n), kind, parent_id: parent.map(id), active: true };
        let tree = Tree::new([
            node(1, UnitKind::Headquarters, None),
            node(2, UnitKind::Branch, Some(1)),
            node(3, UnitKind::Region, Some(2)),
            node(4, UnitKind::Region, Some(2)),
            node(5, UnitKind::Branch, Some(1)),
            node(6, UnitKind::Region, Some(1)),
        ]);
        let all: Vec<_> = (1..=6).map(id).collect();
        let units = |owner, second: Option<u128>| {
            responsible(&tree, &all, id(owner), second.map(id))
                .iter()
                .map(|u| u.0.as_u128())
                .collect::<Vec<_>>()
        };
        assert_eq!(units(3, None), [2, 3, 4], "the whole branch");
        assert_eq!(units(2, None), [2, 3, 4]);
        assert_eq!(units(5, Some(1)), [1, 5], "raised to headquarters");
        assert_eq!(units(6, None), [1, 6], "headquarters' own region");
        assert_eq!(units(1, None), [1, 6]);
    }
}
