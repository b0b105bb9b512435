//! Pure decisions about the tree, routing (P3), hotline numbers (P1) and what an employee may hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::errors::OrganisationError;
use crate::model::{
    Certificate, DepartmentKind, Point, RouteKind, RouteReason, Routed, Skill, UnitId, UnitKind,
};

/// A unit as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The unit.
    pub id: UnitId,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above.
    pub parent_id: Option<UnitId>,
    /// Whether it works.
    pub active: bool,
}

/// The tree of units.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: BTreeMap<UnitId, Node>,
}

impl Tree {
    /// A tree of these units.
    #[must_use]
    pub fn new(nodes: impl IntoIterator<Item = Node>) -> Self {
        Self { nodes: nodes.into_iter().map(|n| (n.id, n)).collect() }
    }

    /// A unit.
    #[must_use]
    pub fn get(&self, id: UnitId) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// The unit and those above it, the unit first.
    pub fn line(&self, id: UnitId) -> impl Iterator<Item = &Node> {
        let mut next = self.nodes.get(&id);
        // A broken tree (a cycle made by hand) still ends.
        let mut left = self.nodes.len();
        std::iter::from_fn(move || {
            let node = next?;
            next = if left == 0 { None } else { node.parent_id.and_then(|p| self.nodes.get(&p)) };
            left = left.saturating_sub(1);
            Some(node)
        })
    }

    /// Whether `below` is `above` or stands somewhere below it.
    #[must_use]
    pub fn is_within(&self, below: UnitId, above: UnitId) -> bool {
        self.line(below).any(|n| n.id == above)
    }

    /// Headquarters.
    #[must_use]
    pub fn headquarters(&self) -> Option<UnitId> {
        self.nodes.values().find(|n| n.kind == UnitKind::Headquarters).map(|n| n.id)
    }
}

/// Where somebody works: their unit, and within headquarters their department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit_id: UnitId,
    /// The department, if they belong to one.
    pub department: Option<DepartmentKind>,
}

/// Whether `other` works in the line of `person` (P9): below the same branch, technical centre or region that stands right below
/// headquarters; for somebody of headquarters itself, there in the same department.
#[must_use]
pub fn same_line(tree: &Tree, person: Place, other: Place) -> bool {
    let top = tree.line(person.unit_id).take_while(|n| n.kind != UnitKind::Headquarters).last();
    match top {
        Some(top) => tree.is_within(other.unit_id, top.id),
        None => other.unit_id == person.unit_id && other.department == person.department,
    }
}

/// Whether a unit of `kind` may stand below `parent` (P3): branches and technical centres below headquarters, regions
/// below any of the three, headquarters below nothing and only once.
///
/// # Errors
/// `headquarters_twice`, `unit_parent_unknown`, `unit_place_wrong`, `unit_tree_cycle`.
pub fn may_stand(
    tree: &Tree,
    moving: Option<UnitId>,
    kind: UnitKind,
    parent_id: Option<UnitId>,
) -> Result<(), OrganisationError> {
    let wrong =
        |parent: &str| OrganisationError::PlaceWrong { kind: kind.name().into(), parent: parent.into() };
    let Some(parent_id) = parent_id else {
        return match (kind, tree.headquarters()) {
            (UnitKind::Headquarters, Some(there)) if Some(there) != moving => {
                Err(OrganisationError::HeadquartersTwice)
            }
            (UnitKind::Headquarters, _) => Ok(()),
            _ => Err(wrong("—")),
        };
    };
    let parent = tree.get(parent_id).filter(|p| p.active).ok_or(OrganisationError::ParentUnknown)?;
    if moving.is_some_and(|unit| tree.is_within(parent_id, unit)) {
        return Err(OrganisationError::TreeCycle);
    }
    let fits = match kind {
        UnitKind::Headquarters => false,
        UnitKind::Branch | UnitKind::TechnicalCentre => parent.kind == UnitKind::Headquarters,
        UnitKind::Region => parent.kind != UnitKind::Region,
    };
    if fits { Ok(()) } else { Err(wrong(parent.kind.name())) }
}

/// Where work at a place goes (P3), given the unit that holds its county.
///
/// Headquarters' own region is what headquarters, or a region directly below it, holds. There installations go to
/// Engineering and repairs to After-sales; elsewhere the owning unit does both; escalations go to Technical Service.
///
/// # Errors
/// `headquarters_missing` if the tree has no root.
pub fn route(tree: &Tree, owner: UnitId, kind: RouteKind) -> Result<Routed, OrganisationError> {
    let headquarters = tree.headquarters().ok_or(OrganisationError::HeadquartersMissing)?;
    if kind == RouteKind::Escalation {
        return Ok(Routed {
            unit_id: headquarters,
            department: Some(DepartmentKind::TechnicalService),
            reason: RouteReason::Escalation,
        });
    }
    let own_region = tree.line(owner).all(|n| matches!(n.kind, UnitKind::Headquarters | UnitKind::Region));
    let department = own_region.then_some(match kind {
        RouteKind::Install => DepartmentKind::Engineering,
        RouteKind::Repair | RouteKind::Escalation => DepartmentKind::AfterSales,
    });
    let reason = if own_region { RouteReason::OwnRegion } else { RouteReason::OwningUnit };
    Ok(Routed { unit_id: owner, department, reason })
}

/// A hotline number as E.164. Takes what people write: `029-8888 1234`, `400-800-1234`, `95001`, `+86 …`, `0086…`.
///
/// # Errors
/// `hotline_number_invalid`.
pub fn e164(text: &str) -> Result<String, OrganisationError> {
    let invalid = || OrganisationError::NumberInvalid { number: text.trim().to_owned() };
    let plus = text.trim_start().starts_with(['+', '＋']);
    let mut digits = String::new();
    for c in text.trim().trim_start_matches(['+', '＋']).chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '(' | ')' | '（' | '）' | '.' | '\u{2011}' | '\u{2013}' => {}
            _ => return Err(invalid()),
        }
    }
    let international = if plus {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        let national = digits.strip_prefix('0').unwrap_or(&digits);
        let area = digits.starts_with('0') && (9..=11).contains(&national.len());
        let service = matches!(digits.get(..3), Some("400" | "800")) && digits.len() == 10;
        let short = digits.starts_with("95") && (5..=8).contains(&digits.len());
        let mobile = digits.starts_with('1') && digits.len() == 11;
        if !(area || service || short || mobile) {
            return Err(invalid());
        }
        format!("86{national}")
    };
    let fits = (7..=15).contains(&international.len()) && !international.starts_with('0');
    if fits { Ok(format!("+{international}")) } else { Err(invalid()) }
}

/// Skills with a code, each once, at a level from 1 to 3.
///
/// # Errors
/// `skill_invalid` at the first that is not.
pub fn check_skills(skills: &[Skill]) -> Result<(), kit::Refusal> {
    let mut seen = BTreeSet::new();
    for (i, skill) in skills.iter().enumerate() {
        if skill.code.trim().is_empty() || !(1..=3).contains(&skill.level) || !seen.insert(&skill.code) {
            return Err(OrganisationError::SkillInvalid
                .refusal()
                .field(format!("/skills/{i}"), "skill_invalid"));
        }
    }
    Ok(())
}

/// Certificates with code and number, each once, that end after they begin.
///
/// # Errors
/// `certificate_invalid` at the first that is not.
pub fn check_certificates(certificates: &[Certificate]) -> Result<(), kit::Refusal> {
    let mut seen = BTreeSet::new();
    for (i, c) in certificates.iter().enumerate() {
        let named = !c.code.trim().is_empty() && !c.number.trim().is_empty();
        if !named || c.expires_on.is_some_and(|e| e < c.issued_on) || !seen.insert((&c.code, &c.number)) {
            let refusal = OrganisationError::CertificateInvalid.refusal();
            return Err(refusal.field(format!("/certificates/{i}"), "certificate_invalid"));
        }
    }
    Ok(())
}

/// A point on the earth.
///
/// # Errors
/// `base_point_invalid`.
pub fn check_point(point: Point) -> Result<(), OrganisationError> {
    if (-180.0..=180.0).contains(&point.lon) && (-90.0..=90.0).contains(&point.lat) {
        Ok(())
    } else {
        Err(OrganisationError::PointInvalid)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use kit::uuid::Uuid;

    pub(crate) fn unit(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    /// 1 headquarters; 2 its region; 3 a branch, 4 its region; 5 a technical centre; 6 another branch.
    pub(crate) fn company() -> Tree {
        let node = |n, kind, parent: Option<u128>| Node {
            id: unit(n),
            kind,
            parent_id: parent.map(unit),
            active: n != 9,
        };
        Tree::new([
            node(1, UnitKind::Headquarters, None),
            node(2, UnitKind::Region, Some(1)),
            node(3, UnitKind::Branch, Some(1)),
            node(4, UnitKind::Region, Some(3)),
            node(5, UnitKind::TechnicalCentre, Some(1)),
            node(6, UnitKind::Branch, Some(1)),
            node(9, UnitKind::Branch, Some(1)),
        ])
    }

    #[test]
    fn p09_a_line_is_what_stands_below_one_branch_and_a_department_within_headquarters() {
        use DepartmentKind::{AfterSales, TechnicalService};
        let tree = company();
        let at = |n, department| Place { unit_id: unit(n), department };
        for (person, other, same) in [
            (at(4, None), at(4, None), true),
            (at(4, None), at(3, None), true),
            (at(3, None), at(4, None), true),
            (at(4, None), at(6, None), false),
            (at(4, None), at(1, Some(AfterSales)), false),
            (at(4, None), at(1, None), false),
            (at(2, None), at(1, Some(AfterSales)), false),
            (at(1, Some(AfterSales)), at(1, Some(AfterSales)), true),
            (at(1, Some(AfterSales)), at(1, Some(TechnicalService)), false),
            (at(1, None), at(1, None), true),
            (at(1, Some(AfterSales)), at(2, None), false),
        ] {
            assert_eq!(same_line(&tree, person, other), same, "{person:?} {other:?}");
        }
    }

    #[test]
    fn p03_routes_by_owner_and_kind_of_work() {
        use DepartmentKind::{AfterSales, Engineering, TechnicalService};
        use RouteKind::{Escalation, Install, Repair};
        let tree = company();
        for (owner, kind, to, department) in [
            (1, Install, 1, Some(Engineering)),
            (1, Repair, 1, Some(AfterSales)),
            (2, Install, 2, Some(Engineering)),
            (2, Repair, 2, Some(AfterSales)),
            (3, Install, 3, None),
            (3, Repair, 3, None),
            (4, Install, 4, None),
            (4, Repair, 4, None),
            (5, Repair, 5, None),
            (1, Escalation, 1, Some(TechnicalService)),
            (2, Escalation, 1, Some(TechnicalService)),
            (4, Escalation, 1, Some(TechnicalService)),
        ] {
            let routed = route(&tree, unit(owner), kind).unwrap();
            assert_eq!((routed.unit_id, routed.department), (unit(to), department), "{owner} {kind:?}");
        }
        assert_eq!(route(&Tree::default(), unit(3), Repair), Err(OrganisationError::HeadquartersMissing));
    }

    #[test]
    fn p03_the_tree_keeps_its_shape() {
        use UnitKind::{Branch, Headquarters, Region, TechnicalCentre};
        let tree = company();
        let at = |moving: Option<u128>, kind, parent: Option<u128>| {
            may_stand(&tree, moving.map(unit), kind, parent.map(unit)).err().map(|e| e.refusal().code)
        };
        assert_eq!(at(None, Branch, Some(1)), None);
        assert_eq!(at(None, TechnicalCentre, Some(1)), None);
        assert_eq!(at(None, Region, Some(5)), None);
        assert_eq!(at(Some(4), Region, Some(6)), None);
        assert_eq!(at(Some(1), Headquarters, None), None);
        assert_eq!(at(None, Headquarters, None), Some("headquarters_twice"));
        assert_eq!(at(None, Branch, None), Some("unit_place_wrong"));
        assert_eq!(at(None, Branch, Some(3)), Some("unit_place_wrong"));
        assert_eq!(at(None, Region, Some(4)), Some("unit_place_wrong"));
        assert_eq!(at(None, Region, Some(77)), Some("unit_parent_unknown"));
        assert_eq!(at(None, Region, Some(9)), Some("unit_parent_unknown"));
        assert_eq!(at(Some(3), Branch, Some(4)), Some("unit_tree_cycle"));
        assert_eq!(at(Some(3), Branch, Some(3)), Some("unit_tree_cycle"));
    }

    #[test]
    fn p01_hotline_numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("029-8888 1234", "+862988881234"),
            ("(010) 6500-0000", "+861065000000"),
            ("400-800-1234", "+864008001234"),
            ("95001", "+8695001"),
            ("+86 29 8888 1234", "+862988881234"),
            ("0086 400 800 1234", "+864008001234"),
            ("13800138000", "+8613800138000"),
            ("+44 20 7946 0000", "+442079460000"),
        ] {
            assert_eq!(e164(text).as_deref(), Ok(number), "{text}");
        }
        for text in ["", "12", "8888 1234", "029-8888x", "+0123456789", "+86", "1234567890123456"] {
            assert!(e164(text).is_err(), "{text}");
        }
    }
}
