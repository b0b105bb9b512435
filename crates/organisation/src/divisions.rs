//! The administrative divisions of China: 31 provinces, 342 cities, 2,978 counties as of 2023-06-30 (decision 27).
//!
//! Codes are GB/T 2260: 2 digits province, 4 city, 6 county. Points are to 0.01° for placing a site roughly; a county
//! without a point of its own has its city's.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::Point;

/// The level of a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 省级
    Province,
    /// 地级
    City,
    /// 县级
    County,
}

/// A division.
#[derive(Clone, Debug, PartialEq)]
pub struct Division {
    /// 2, 4 or 6 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// A point in it, if known.
    pub point: Option<Point>,
}

impl Division {
    /// The code of the division above; none for a province.
    #[must_use]
    pub fn parent(&self) -> Option<&str> {
        match self.level {
            Level::Province => None,
            Level::City => self.code.get(..2),
            Level::County => self.code.get(..4),
        }
    }
}

/// All divisions.
#[derive(Debug)]
pub struct Divisions {
    as_of: String,
    all: Vec<Division>,
    at: HashMap<String, usize>,
    counties: usize,
}

#[derive(Deserialize)]
struct File {
    as_of: String,
    provinces: Vec<Entry>,
    cities: Vec<Entry>,
    counties: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Placed(String, String, f64, f64),
    Named(String, String),
}

static CHINA: LazyLock<Divisions> = LazyLock::new(|| {
    #[allow(clippy::expect_used)] // the file is part of the program; a test reads it
    let file: File = serde_json::from_str(include_str!("../data/divisions-cn-2023-06-30.json"))
        .expect("the list of divisions is readable");
    Divisions::new(file)
});

/// The divisions of China.
#[must_use]
pub fn china() -> &'static Divisions {
    &CHINA
}

/// Names of levels between province and county that say nothing to a reader.
fn says_nothing(name: &str) -> bool {
    name == "市辖区" || name == "县" || name.contains("直辖")
}

impl Divisions {
    fn new(file: File) -> Self {
        let levels =
            [(Level::Province, file.provinces), (Level::City, file.cities), (Level::County, file.counties)];
        let mut all: Vec<Division> = levels
            .into_iter()
            .flat_map(|(level, entries)| {
                entries.into_iter().map(move |entry| match entry {
                    Entry::Named(code, name) => Division { code, name, level, point: None },
                    Entry::Placed(code, name, lon, lat) => {
                        Division { code, name, level, point: Some(Point { lon, lat }) }
                    }
                })
            })
            .collect();
        // In order of code a province stands before its cities, a city before its counties.
        all.sort_by(|a, b| a.code.cmp(&b.code));
        let at = all.iter().enumerate().map(|(i, d)| (d.code.clone(), i)).collect();
        let counties = all.iter().filter(|d| d.level == Level::County).count();
        Self { as_of: file.as_of, all, at, counties }
    }

    /// The day the list speaks of.
    #[must_use]
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// How many counties there are.
    #[must_use]
    pub fn county_count(&self) -> usize {
        self.counties
    }

    /// All divisions in order of code.
    #[must_use]
    pub fn all(&self) -> &[Division] {
        &self.all
    }

    /// The division with this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Division> {
        self.at.get(code).and_then(|i| self.all.get(*i))
    }

    /// The divisions directly below `parent`; the provinces for none.
    pub fn children<'a>(&'a self, parent: Option<&'a str>) -> impl Iterator<Item = &'a Division> {
        self.all.iter().filter(move |d| d.parent() == parent)
    }

    /// A division and all below it, in order of code.
    #[must_use]
    pub fn within(&self, code: &str) -> &[Division] {
        let from = self.all.partition_point(|d| d.code.as_str() < code);
        let len = self.all[from..].partition_point(|d| d.code.starts_with(code));
        &self.all[from..from + len]
    }

    /// The counties of a province or city, or the county itself.
    pub fn counties_of<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a Division> {
        self.within(code).iter().filter(|d| d.level == Level::County)
    }

    /// 省市县 in one line, e.g. `陕西省西安市雁塔区`; the code itself if it is unknown.
    #[must_use]
    pub fn full_name(&self, code: &str) -> String {
        let mut name = String::new();
        for length in [2, 4, 6] {
            let Some(part) = code.get(..length).and_then(|c| self.get(c)) else { continue };
            let hidden = part.level == Level::City && says_nothing(&part.name);
            // 东莞市 has no counties: its one entry repeats the city's name.
            if !hidden && !name.ends_with(&part.name) {
                name.push_str(&part.name);
            }
        }
        if name.is_empty() { code.to_owned() } else { name }
    }

    /// A point of a division: its own, or its city's.
    #[must_use]
    pub fn point(&self, code: &str) -> Option<Point> {
        [6, 4].iter().find_map(|n| code.get(..*n).and_then(|c| self.get(c)).and_then(|d| d.point))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_every_county_has_a_city_and_a_province() {
        let all = china();
        assert_eq!(all.county_count(), 2978);
        assert_eq!(all.children(None).count(), 31);
        assert_eq!(all.all().iter().filter(|d| d.level == Level::City).count(), 342);
        for division in all.all() {
            assert!(division.parent().is_none_or(|p| all.get(p).is_some()), "{}", division.code);
            if division.level == Level::County {
                assert!(all.point(&division.code).is_some(), "{} has no point", division.code);
            }
        }
    }

    #[test]
    fn names_leave_out_what_says_nothing() {
        for (code, name) in [
            ("610113", "陕西省西安市雁塔区"),
            ("110105", "北京市朝阳区"),
            ("500230", "重庆市丰都县"),
            ("419001", "河南省济源市"),
            ("441900", "广东省东莞市"),
            ("61", "陕西省"),
            ("990000", "990000"),
        ] {
            assert_eq!(china().full_name(code), name);
        }
    }

    #[test]
    fn a_province_expands_to_its_counties_only() {
        assert_eq!(china().counties_of("4419").count(), 1);
        assert!(china().counties_of("61").all(|d| d.code.starts_with("61") && d.code.len() == 6));
        assert_eq!(china().counties_of("99").count(), 0);
    }
}
