//! The map of jurisdictions (P4): each county belongs to exactly one unit.
//!
//! It is stored per county and may be given in provinces, cities and counties. A narrower entry refines a wider one
//! only along one line of the tree (a branch holds the province, its region a city of it). The same county
//! reached twice at the same width, or by units that don't stand above one another, is an overlap; a county
//! that nobody reaches is a gap.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::divisions::Divisions;
use crate::model::UnitId;
use crate::rules::Tree;

/// What a unit holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The unit.
    pub unit_id: UnitId,
    /// Codes of 2, 4 or 6 digits.
    pub divisions: Vec<String>,
}

/// What is wrong with a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapFault {
    /// Nobody holds these (the widest codes that say so).
    Gap {
        /// Codes.
        divisions: Vec<String>,
    },
    /// Two units hold these.
    Overlap {
        /// Place of the second entry: index of the assignment, of the code in it.
        at: (usize, usize),
        /// Codes.
        divisions: Vec<String>,
        /// The two units.
        units: (UnitId, UnitId),
    },
    /// A code that is not on the list.
    Unknown {
        /// Place of the entry.
        at: (usize, usize),
        /// The code.
        division: String,
    },
    /// A unit that doesn't exist or is closed.
    UnitUnknown {
        /// Index of the assignment.
        at: usize,
    },
}

/// The map per county, or everything that is wrong with it.
///
/// # Errors
/// All faults: unknown entries, overlaps, then gaps.
pub fn check_map(
    divisions: &Divisions,
    tree: &Tree,
    assignments: &[Assignment],
) -> Result<BTreeMap<String, UnitId>, Vec<MapFault>> {
    let mut faults = Vec::new();
    // Wide entries first, so that narrower ones refine what stands.
    let mut entries: Vec<(usize, (usize, usize), &str, UnitId)> = Vec::new();
    for (i, assignment) in assignments.iter().enumerate() {
        if tree.get(assignment.unit_id).is_none_or(|u| !u.active) {
            faults.push(MapFault::UnitUnknown { at: i });
        }
        for (j, code) in assignment.divisions.iter().enumerate() {
            if divisions.get(code).is_some() {
                entries.push((code.len(), (i, j), code, assignment.unit_id));
            } else {
                faults.push(MapFault::Unknown { at: (i, j), division: code.clone() });
            }
        }
    }
    entries.sort_by_key(|(width, at, ..)| (*width, *at));
    let mut held: BTreeMap<&str, (usize, UnitId)> = BTreeMap::new();
    for (width, at, code, unit) in entries {
        let mut twice: BTreeMap<UnitId, BTreeSet<String>> = BTreeMap::new();
        for county in divisions.counties_of(code) {
            match held.get(county.code.as_str()) {
                Some((earlier_width, earlier))
                    if *earlier_width == width
                        || !(tree.is_within(unit, *earlier) || tree.is_within(*earlier, unit)) =>
                {
                    twice.entry(*earlier).or_default().insert(county.code.clone());
                }
                _ => {
                    held.insert(&county.code, (width, unit));
                }
            }
        }
        for (earlier, counties) in twice {
            let divisions = compress(divisions, &counties);
            faults.push(MapFault::Overlap { at, divisions, units: (earlier, unit) });
        }
    }
    let open: BTreeSet<String> = divisions
        .all()
        .iter()
        .filter(|d| d.level == crate::divisions::Level::County && !held.contains_key(d.code.as_str()))
        .map(|d| d.code.clone())
        .collect();
    if !open.is_empty() {
        faults.push(MapFault::Gap { divisions: compress(divisions, &open) });
    }
    if faults.is_empty() {
        Ok(held.into_iter().map(|(code, (_, unit))| (code.to_owned(), unit)).collect())
    } else {
        Err(faults)
    }
}

/// The fewest codes that name exactly these counties.
#[must_use]
pub fn compress(divisions: &Divisions, counties: &BTreeSet<String>) -> Vec<String> {
    let whole = |code: &str| divisions.counties_of(code).all(|c| counties.contains(&c.code));
    let mut codes = Vec::new();
    for province in divisions.children(None) {
        if !counties.range(province.code.clone()..).next().is_some_and(|c| c.starts_with(&province.code)) {
            continue;
        }
        if whole(&province.code) {
            codes.push(province.code.clone());
            continue;
        }
        for city in divisions.within(&province.code).iter().filter(|d| d.code.len() == 4) {
            if whole(&city.code) {
                codes.push(city.code.clone());
            } else {
                codes.extend(
                    divisions
                        .counties_of(&city.code)
                        .filter(|c| counties.contains(&c.code))
                        .map(|c| c.code.clone()),
                );
            }
        }
    }
    codes
}

/// Which counties go from which unit to which, between two maps.
#[must_use]
pub fn moves(
    before: &BTreeMap<String, UnitId>,
    after: &BTreeMap<String, UnitId>,
) -> BTreeMap<(Option<UnitId>, UnitId), BTreeSet<String>> {
    let mut moved: BTreeMap<(Option<UnitId>, UnitId), BTreeSet<String>> = BTreeMap::new();
    for (county, to) in after {
        let from = before.get(county).copied();
        if from != Some(*to) {
            moved.entry((from, *to)).or_default().insert(county.clone());
        }
    }
    moved
}

/// Names for a sentence: `陕西省 (61)、…`, at most twelve.
#[must_use]
pub fn named(divisions: &Divisions, codes: &[String]) -> String {
    let mut text = codes
        .iter()
        .take(12)
        .map(|c| format!("{} ({c})", divisions.full_name(c)))
        .collect::<Vec<_>>()
        .join(", ");
    if codes.len() > 12 {
        text.push_str(&format!(" … +{}", codes.len() - 12));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divisions::china;
    use crate::rules::tests::{company, unit};

    fn provinces_but(not: &[&str]) -> Vec<String> {
        china().children(None).map(|d| d.code.clone()).filter(|c| !not.contains(&c.as_str())).collect()
    }

    fn map(entries: &[(u128, Vec<String>)]) -> Result<BTreeMap<String, UnitId>, Vec<MapFault>> {
        let entries: Vec<_> =
            entries.iter().map(|(u, d)| Assignment { unit_id: unit(*u), divisions: d.clone() }).collect();
        check_map(china(), &company(), &entries)
    }

    fn codes(list: &[&str]) -> Vec<String> {
        list.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn p04_every_county_belongs_to_exactly_one_unit() {
        let map = map(&[(1, codes(&["61"])), (3, provinces_but(&["61"])), (4, codes(&["4403", "440106"]))])
            .unwrap();
        assert_eq!(map.len(), china().county_count());
        for (county, owner) in [("610113", 1), ("440303", 4), ("440106", 4), ("440103", 3), ("110105", 3)] {
            assert_eq!(map[county], unit(owner), "{county}");
        }
    }

    #[test]
    fn p04_a_gap_is_named_by_its_widest_codes() {
        let faults = map(&[(1, codes(&["6101"])), (3, provinces_but(&["61", "11"]))]).unwrap_err();
        let [MapFault::Gap { divisions }] = faults.as_slice() else { panic!("{faults:?}") };
        assert!(
            divisions.contains(&"11".to_owned()) && divisions.contains(&"6102".to_owned()),
            "{divisions:?}"
        );
        assert!(!divisions.contains(&"61".to_owned()) && !divisions.iter().any(|d| d.starts_with("6101")));
    }

    #[test]
    fn p04_an_overlap_is_refused_at_the_same_width_and_across_branches() {
        let all = provinces_but(&[]);
        for (second, division) in [(6, "61"), (6, "6101"), (6, "610113"), (3, "61")] {
            let faults = map(&[(3, all.clone()), (second, codes(&[division]))]).unwrap_err();
            let [MapFault::Overlap { at, divisions, units }] = faults.as_slice() else {
                panic!("{faults:?}")
            };
            assert_eq!((*at, divisions, *units), ((1, 0), &codes(&[division]), (unit(3), unit(second))));
        }
    }

    #[test]
    fn p04_unknown_codes_and_closed_units_are_refused() {
        let faults = map(&[(3, provinces_but(&[])), (9, codes(&["6x"]))]).unwrap_err();
        assert!(matches!(
            faults.as_slice(),
            [MapFault::UnitUnknown { at: 1 }, MapFault::Unknown { at: (1, 0), .. }]
        ));
    }

    #[test]
    fn p04_moving_a_county_names_from_and_to() {
        let before = map(&[(3, provinces_but(&["61"])), (6, codes(&["61"]))]).unwrap();
        let mut after = before.clone();
        after.insert("610113".into(), unit(3));
        let moved = moves(&before, &after);
        assert_eq!(moved.len(), 1);
        assert_eq!(moved[&(Some(unit(6)), unit(3))], BTreeSet::from(["610113".to_owned()]));
        assert_eq!(moves(&BTreeMap::new(), &before).len(), 2);
    }

    #[test]
    fn a_compressed_map_says_the_same() {
        let map = map(&[(3, provinces_but(&[])), (4, codes(&["4403", "440106"]))]).unwrap();
        let mut held: BTreeMap<UnitId, BTreeSet<String>> = BTreeMap::new();
        for (county, owner) in &map {
            held.entry(*owner).or_default().insert(county.clone());
        }
        let again: Vec<_> =
            held.iter().map(|(u, c)| Assignment { unit_id: *u, divisions: compress(china(), c) }).collect();
        assert_eq!(check_map(china(), &company(), &again).unwrap(), map);
    }
}
