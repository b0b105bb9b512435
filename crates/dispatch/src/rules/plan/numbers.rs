//! What a plan is about, by number: places, skills, territories.

use std::collections::BTreeMap;

use cases::Severity;
use dispatch_optimiser as fsp;
use organisation::Point;

use crate::model::plan::PlanOrder;
use crate::rules::plain::UNKNOWN_TRAVEL_S;
use crate::rules::travel::{Hours, TravelTimes};

/// Places by number: those with a point first, then those without, then the end of every day.
#[derive(Default)]
pub(super) struct Places {
    known: Vec<Point>,
    number: BTreeMap<(u64, u64), u32>,
    unknown: u32,
}

/// A place before all are counted.
#[derive(Clone, Copy)]
pub(super) enum At {
    Known(u32),
    Unknown(u32),
}

impl Places {
    pub(super) fn of(&mut self, point: Option<Point>) -> At {
        let Some(point) = point else {
            self.unknown += 1;
            return At::Unknown(self.unknown - 1);
        };
        let next = self.known.len() as u32;
        let number = *self.number.entry((point.lon.to_bits(), point.lat.to_bits())).or_insert(next);
        if number == next {
            self.known.push(point);
        }
        At::Known(number)
    }

    /// Those with a point.
    pub(super) fn known(&self) -> &[Point] {
        &self.known
    }

    pub(super) fn len(&self) -> usize {
        self.known.len() + self.unknown as usize
    }

    pub(super) fn location(&self, at: At) -> u32 {
        match at {
            At::Known(n) => n,
            At::Unknown(n) => self.known.len() as u32 + n,
        }
    }

    /// As [`Self::table`], each way when it is asked for.
    pub(super) fn asked(&self, travel: &dyn TravelTimes, hours: Hours) -> fsp::Travel {
        let (known, end) = (self.known.len(), self.len() as u32);
        let way = travel.asked(self.known.clone(), hours);
        let seconds = move |from: u32, to: u32| match (from as usize, to as usize) {
            _ if from == to || to == end => 0,
            (from, to) if from < known && to < known => (way(from, to).max(0) + 59) / 60 * 60,
            _ => UNKNOWN_TRAVEL_S as i32,
        };
        fsp::Travel::Asked { locations: self.len() + 1, ways: fsp::Ways(std::sync::Arc::new(seconds)) }
    }

    /// All ways in whole minutes. To the end of the day it takes no time: where somebody goes after work is theirs.
    pub(super) fn table(&self, travel: &dyn TravelTimes, hours: Hours) -> fsp::Travel {
        let known = self.known.len();
        let mut given = vec![0; known * known];
        travel.fill(&self.known, hours, &mut given);
        let side = self.len() + 1;
        let mut seconds = vec![UNKNOWN_TRAVEL_S as i32; side * side];
        for (a, row) in seconds.chunks_exact_mut(side).enumerate() {
            if a < known {
                for (way, given) in row.iter_mut().zip(&given[a * known..][..known]) {
                    *way = (given.max(&0) + 59) / 60 * 60;
                }
            }
            row[a] = 0;
            row[side - 1] = 0;
        }
        fsp::Travel::Matrix { side, seconds }
    }
}

/// Names to numbers: skills, and sets of units as territories.
#[derive(Default)]
pub(super) struct Numbers<'f> {
    pub(super) skills: BTreeMap<&'f str, u32>,
    pub(super) territories: BTreeMap<&'f [organisation::UnitId], u32>,
}

impl<'f> Numbers<'f> {
    pub(super) fn learn(&mut self, order: &'f PlanOrder) {
        if let Some(skill) = &order.skill {
            let next = self.skills.len() as u32;
            self.skills.entry(skill).or_insert(next);
        }
        let next = self.territories.len() as u32;
        self.territories.entry(&order.units).or_insert(next);
    }

    /// The number that stands for regular hours: whoever is only on call lacks it.
    pub(super) fn regular(&self) -> u32 {
        self.skills.len() as u32
    }

    pub(super) fn needs(&self, order: &PlanOrder) -> Vec<u32> {
        let mut needs: Vec<u32> =
            order.skill.iter().filter_map(|s| self.skills.get(s.as_str()).copied()).collect();
        if order.severity != Severity::Major {
            needs.push(self.regular());
        }
        needs
    }

    pub(super) fn territory(&self, order: &PlanOrder) -> Option<u32> {
        self.territories.get(order.units.as_slice()).copied()
    }
}
