//! Ways by road as a server with a map says them: pure tables, what is kept of them, and what is still to be asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::tz::TimeZone;
use kit::Ts;
use organisation::Point;

use super::travel::{GreatCircle, Hours, TravelTimes, Way, by_road, by_road_at};

/// Ways that are asked for at once, at most: an area of 500 places. What is larger is estimated.
pub const MOST_WAYS: usize = 250_000;

/// A place as it is asked about: ten-thousandths of a degree, some ten metres. Phones that lie still don't make new places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    lon: i32,
    lat: i32,
}

impl Spot {
    const STEPS: f64 = 10_000.0;

    /// Where a point lies.
    #[must_use]
    pub fn of(point: Point) -> Self {
        let steps = |degrees: f64| (degrees * Self::STEPS).round() as i32;
        Self { lon: steps(point.lon), lat: steps(point.lat) }
    }

    /// The point that is asked about.
    #[must_use]
    pub fn point(self) -> Point {
        Point { lon: f64::from(self.lon) / Self::STEPS, lat: f64::from(self.lat) / Self::STEPS }
    }
}

/// A way by road.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoadWay {
    /// Seconds on roads on which nobody is in the way.
    pub seconds: u32,
    /// Metres.
    pub metres: u32,
}

/// Ways of which the roads are known; all others are estimated.
#[derive(Clone, Debug, Default)]
pub struct KnownWays(Arc<HashMap<(Spot, Spot), RoadWay>>);

impl KnownWays {
    fn between(&self, from: Spot, to: Spot) -> Option<RoadWay> {
        if from == to && !self.0.is_empty() {
            return Some(RoadWay { seconds: 0, metres: 0 });
        }
        self.0.get(&(from, to)).copied()
    }

    /// Seconds, and metres, when setting out at `at`; none if the roads aren't known.
    #[must_use]
    pub fn at(&self, from: Point, to: Point, at: Ts, zone: &TimeZone) -> Option<(i64, i64)> {
        let way = self.between(Spot::of(from), Spot::of(to))?;
        Some((by_road_at(way, at, zone), i64::from(way.metres)))
    }
}

impl FromIterator<((Spot, Spot), RoadWay)> for KnownWays {
    fn from_iter<T: IntoIterator<Item = ((Spot, Spot), RoadWay)>>(ways: T) -> Self {
        Self(Arc::new(ways.into_iter().collect()))
    }
}

impl TravelTimes for KnownWays {
    fn fill(&self, points: &[Point], hours: Hours, seconds: &mut [i32]) {
        GreatCircle.fill(points, hours, seconds);
        if self.0.is_empty() {
            return;
        }
        let spots: Vec<Spot> = points.iter().map(|p| Spot::of(*p)).collect();
        for (a, from) in spots.iter().enumerate() {
            for (b, to) in spots.iter().enumerate().filter(|(b, _)| *b != a) {
                if let Some(way) = self.between(*from, *to) {
                    seconds[a * spots.len() + b] = by_road(way, hours);
                }
            }
        }
    }

    fn asked(&self, points: Vec<Point>, hours: Hours) -> Way {
        let spots: Vec<Spot> = points.iter().map(|p| Spot::of(*p)).collect();
        let (known, estimated) = (self.clone(), GreatCircle.asked(points, hours));
        Box::new(move |a, b| match known.between(spots[a], spots[b]) {
            Some(way) if a != b => by_road(way, hours),
            _ => estimated(a, b),
        })
    }
}

/// Ways that a question needs: from each of these places to each of those.
#[derive(Clone, Debug, Default)]
pub struct Needed {
    /// Where they begin.
    pub from: BTreeSet<Spot>,
    /// Where they end.
    pub to: BTreeSet<Spot>,
}

impl Needed {
    /// From each of the points to each.
    #[must_use]
    pub fn among(points: &[Point]) -> Self {
        let spots: BTreeSet<Spot> = points.iter().map(|p| Spot::of(*p)).collect();
        Self { from: spots.clone(), to: spots }
    }

    /// From each of the first to each of the second.
    pub fn between(from: impl IntoIterator<Item = Point>, to: impl IntoIterator<Item = Point>) -> Self {
        Self { from: from.into_iter().map(Spot::of).collect(), to: to.into_iter().map(Spot::of).collect() }
    }

    /// How many ways that are.
    #[must_use]
    pub fn many(&self) -> usize {
        self.from.len() * self.to.len() - self.from.intersection(&self.to).count()
    }

    /// Each way.
    pub fn ways(&self) -> impl Iterator<Item = (Spot, Spot)> + '_ {
        self.from.iter().flat_map(|a| self.to.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b)
    }

    /// The ways that aren't `known`, as few tables as that needs: a new place lacks all ways, the others lack those to it.
    pub fn missing(&self, mut known: impl FnMut(Spot, Spot) -> bool) -> Vec<Block> {
        let mut rows: BTreeMap<Vec<Spot>, Vec<Spot>> = BTreeMap::new();
        for from in &self.from {
            let mut lacks: Vec<Spot> =
                self.to.iter().copied().filter(|to| to != from && !known(*from, *to)).collect();
            if lacks.is_empty() {
                continue;
            }
            // Those who lack nearly everything lack the same but for themselves: one table.
            if lacks.len() * 2 >= self.to.len() {
                lacks = self.to.iter().copied().collect();
            }
            rows.entry(lacks).or_default().push(*from);
        }
        rows.into_iter().map(|(to, from)| Block { from, to }).collect()
    }
}

/// A table to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its rows.
    pub from: Vec<Spot>,
    /// Its columns.
    pub to: Vec<Spot>,
}

impl Block {
    /// Places that are named to ask for it.
    #[must_use]
    pub fn places(&self) -> usize {
        self.from.len() + self.to.len()
    }

    /// Two halves of it, across its longer side.
    ///
    /// # Errors
    /// The block, if it is a single way.
    pub fn halves(mut self) -> Result<[Self; 2], Self> {
        if self.from.len() >= self.to.len() && self.from.len() > 1 {
            let rest = self.from.split_off(self.from.len() / 2);
            let to = self.to.clone();
            Ok([self, Self { from: rest, to }])
        } else if self.to.len() > 1 {
            let rest = self.to.split_off(self.to.len() / 2);
            let from = self.from.clone();
            Ok([self, Self { from, to: rest }])
        } else {
            Err(self)
        }
    }
}

/// What a server said of a way: how long it is, or that there is none.
#[derive(Clone, Copy, Debug)]
struct Kept {
    way: Option<RoadWay>,
    /// Second at which it was said.
    at_s: u64,
}

/// The ways that were asked for lately: two halves, and what isn't looked at while one fills up is forgotten with the other.
#[derive(Debug)]
pub struct Cache {
    young: HashMap<(Spot, Spot), Kept>,
    old: HashMap<(Spot, Spot), Kept>,
    half: usize,
}

impl Cache {
    /// Roads change: after a day they are asked for again.
    const OLDEST_S: u64 = 24 * 3600;

    /// One that holds `most` ways at most.
    #[must_use]
    pub fn holding(most: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), half: (most / 2).max(1) }
    }

    /// What is known of a way at second `now_s`: that it is so long, or that there is none.
    pub fn get(&mut self, from: Spot, to: Spot, now_s: u64) -> Option<Option<RoadWay>> {
        let fresh = |kept: &Kept| now_s.saturating_sub(kept.at_s) < Self::OLDEST_S;
        if let Some(kept) = self.young.get(&(from, to)) {
            return fresh(kept).then_some(kept.way);
        }
        let kept = self.old.remove(&(from, to)).filter(fresh)?;
        self.keep((from, to), kept);
        Some(kept.way)
    }

    /// Keeps what was said at second `now_s`.
    pub fn put(&mut self, from: Spot, to: Spot, way: Option<RoadWay>, now_s: u64) {
        self.old.remove(&(from, to));
        self.keep((from, to), Kept { way, at_s: now_s });
    }

    fn keep(&mut self, key: (Spot, Spot), kept: Kept) {
        if self.young.len() >= self.half && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, kept);
    }

    /// How many ways it holds.
    #[must_use]
    pub fn many(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(n: i32) -> Spot {
        Spot { lon: 1_089_400 + n * 100, lat: 342_600 }
    }

    fn at(hour: i64) -> Ts {
        "2026-10-09T00:00:00+08:00".parse::<Ts>().unwrap().plus(hour * Ts::HOUR)
    }

    #[test]
    fn p40_known_ways_are_the_roads_and_all_others_are_estimated() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let points = [spot(0).point(), spot(10).point(), spot(20).point()];
        let noon = Hours::of([(at(11), at(13))], &zone);
        let estimated = |from: usize, to: usize| {
            let mut all = [0; 9];
            GreatCircle.fill(&points, noon, &mut all);
            all[from * 3 + to]
        };
        // There and back take their own time: a river without a bridge in between, and a one-way street.
        let ways: KnownWays = [
            ((spot(0), spot(1)), RoadWay { seconds: 1, metres: 1 }),
            ((spot(0), spot(10)), RoadWay { seconds: 3_000, metres: 30_000 }),
            ((spot(10), spot(0)), RoadWay { seconds: 3_600, metres: 34_000 }),
        ]
        .into_iter()
        .collect();
        let mut all = [-1; 9];
        ways.fill(&points, noon, &mut all);
        let asked = ways.asked(points.to_vec(), noon);
        let expected =
            [0, 3_300, estimated(0, 2), 3_900, 0, estimated(1, 2), estimated(2, 0), estimated(2, 1), 0];
        assert_eq!(all, expected, "five minutes at the door");
        for (n, seconds) in expected.iter().enumerate() {
            assert_eq!(asked(n / 3, n % 3), *seconds);
        }
        // A map knows no rush hour: what the estimate knows of it counts for the roads too.
        let single = |hour| ways.at(points[0], points[1], at(hour), &zone).unwrap();
        assert_eq!((single(12), single(3)), ((3_300, 30_000), (3_300, 30_000)));
        assert!((3_600..4_500).contains(&single(8).0), "{:?}", single(8));
        assert_eq!(ways.at(points[1], points[2], at(12), &zone), None);
        assert_eq!(ways.at(points[1], points[1], at(12), &zone), Some((300, 0)));
        // Nothing known: as without a map.
        let mut none = [-1; 9];
        KnownWays::default().fill(&points, noon, &mut none);
        assert_eq!(none[1], estimated(0, 1));
    }

    #[test]
    fn p40_only_what_is_missing_is_asked_for() {
        let needed = Needed { from: (0..5).map(spot).collect(), to: (0..5).map(spot).collect() };
        assert_eq!(needed.many(), 20);
        assert_eq!(needed.missing(|_, _| false).len(), 1, "one table of all");
        assert_eq!(needed.missing(|_, _| true), []);
        // One new place among known ones: the ways from it, and the ways to it.
        let news = needed.missing(|a, b| a != spot(4) && b != spot(4));
        let mut sizes: Vec<_> = news.iter().map(|b| (b.from.len(), b.to.len())).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [(1, 5), (4, 1)]);
        for (a, b) in needed.ways().filter(|(a, b)| *a == spot(4) || *b == spot(4)) {
            assert!(news.iter().any(|n| n.from.contains(&a) && n.to.contains(&b)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn p40_halves_hold_every_way_once() {
        let mut waiting = vec![Block { from: (0..7).map(spot).collect(), to: (10..15).map(spot).collect() }];
        let mut single = Vec::new();
        while let Some(block) = waiting.pop() {
            match block.halves() {
                Ok(halves) => waiting.extend(halves),
                Err(one) => single.push((one.from[0], one.to[0])),
            }
        }
        single.sort_unstable();
        single.dedup();
        assert_eq!(single.len(), 35);
    }

    #[test]
    fn p40_what_is_kept_is_bounded_and_forgotten_after_a_day() {
        let mut cache = Cache::holding(100);
        let way = |n: u32| Some(RoadWay { seconds: n, metres: n });
        cache.put(spot(0), spot(1), way(1), 0);
        cache.put(spot(1), spot(0), None, 0);
        assert_eq!(cache.get(spot(0), spot(1), 24 * 3600 - 1), Some(way(1)));
        assert_eq!(cache.get(spot(1), spot(0), 10), Some(None), "that there is no way is known too");
        assert_eq!(cache.get(spot(0), spot(1), 24 * 3600), None);
        for n in 0..1_000 {
            cache.put(spot(n), spot(5_000), way(7), 100);
            // What is looked at again and again stays.
            assert!(cache.get(spot(0), spot(5_000), 100).is_some(), "after {n}");
            assert!(cache.many() <= 100);
        }
        assert_eq!(cache.get(spot(1), spot(5_000), 100), None);
    }
}
