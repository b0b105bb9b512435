//! How long a way takes, without a map: great circle, detour, speed by length and hour; and tables of many ways at once.

use jiff::tz::TimeZone;
use kit::Ts;
use organisation::Point;

use super::roads::RoadWay;

/// Roads are this much longer than the great circle.
pub const DETOUR: f64 = 1.35;
/// Minutes for leaving, parking and finding the door.
const DOOR_S: f64 = 300.0;
/// Mean radius of the earth in metres.
const EARTH_M: f64 = 6_371_008.8;

/// Metres on the road between two points: the great circle with the detour.
#[must_use]
pub fn distance_m(from: Point, to: Point) -> i64 {
    let (a, b) = (from.lat.to_radians(), to.lat.to_radians());
    let (dlat, dlon) = (b - a, (to.lon - from.lon).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + a.cos() * b.cos() * (dlon / 2.0).sin().powi(2);
    let metres = 2.0 * EARTH_M * h.sqrt().min(1.0).asin() * DETOUR;
    #[allow(clippy::cast_possible_truncation)] // at most 27,000 km
    let metres = metres.round() as i64;
    metres
}

/// Seconds for `distance_m` metres on the road when setting out at `at`: slower in the city and at rush hour, faster on the
/// motorway and at night, and five minutes at the door.
#[must_use]
pub fn travel_s(distance_m: i64, at: Ts, zone: &TimeZone) -> i64 {
    #[allow(clippy::cast_precision_loss)] // metres on earth
    let metres = distance_m.max(0) as f64;
    #[allow(clippy::cast_possible_truncation)] // days at most
    let seconds = road_s(metres, Pace::at(at, zone)).ceil() as i64;
    seconds
}

/// How fast the roads are at an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Rush,
    Day,
    Night,
}

impl Pace {
    const ALL: [Self; 3] = [Self::Rush, Self::Day, Self::Night];

    fn at(at: Ts, zone: &TimeZone) -> Self {
        match at.timestamp().to_zoned(zone.clone()).hour() {
            7..=8 | 17..=18 => Self::Rush,
            22..=23 | 0..=5 => Self::Night,
            _ => Self::Day,
        }
    }
}

fn road_s(metres: f64, pace: Pace) -> f64 {
    // Length of the band in metres, km/h there, share of that speed at rush hour.
    const BANDS: [(f64, f64, f64); 4] =
        [(5_000.0, 22.0, 0.7), (15_000.0, 32.0, 0.7), (60_000.0, 55.0, 0.85), (f64::INFINITY, 80.0, 1.0)];
    let (mut left, mut seconds) = (metres, DOOR_S);
    // The first kilometres are city whatever follows, so that a longer way never takes less.
    for (length, kmh, at_rush) in BANDS {
        let part = left.min(length);
        let factor = match pace {
            Pace::Rush => at_rush,
            Pace::Day => 1.0,
            Pace::Night => 1.25,
        };
        seconds += part * 3.6 / (kmh * factor);
        left -= part;
        if left <= 0.0 {
            break;
        }
    }
    seconds
}

// How much longer a way of so many metres takes at a pace than when a map says it: a map knows no rush hour, and at night nobody
// drives faster than it says.
fn slower(metres: f64, pace: Pace) -> f64 {
    let by_day = road_s(metres, Pace::Day) - DOOR_S;
    if by_day <= 0.0 { 1.0 } else { ((road_s(metres, pace) - DOOR_S) / by_day).max(1.0) }
}

fn of_road(way: RoadWay, slower: f64) -> f64 {
    // A hair above a whole second is rounding, no second.
    (DOOR_S + f64::from(way.seconds) * slower - 1e-6).ceil()
}

/// Seconds for a way by road when setting out at `at`, with the door.
#[must_use]
pub(crate) fn by_road_at(way: RoadWay, at: Ts, zone: &TimeZone) -> i64 {
    of_road(way, slower(f64::from(way.metres), Pace::at(at, zone))) as i64
}

/// Seconds for a way by road, the mean over the hours, with the door.
#[must_use]
pub(crate) fn by_road(way: RoadWay, hours: Hours) -> i32 {
    let shares = Pace::ALL.into_iter().zip(hours.shares);
    of_road(way, shares.map(|(pace, share)| share * slower(f64::from(way.metres), pace)).sum()) as i32
}

/// How the time that is planned for is spread over rush hour, day and night. A table has one time per way, whatever the hour:
/// the mean over these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Shares in the order of the paces; their sum is 1.
    shares: [f64; 3],
}

impl Hours {
    /// Of stretches of time in a zone, by the hour; of none, daytime.
    pub fn of(spans: impl IntoIterator<Item = (Ts, Ts)>, zone: &TimeZone) -> Self {
        let mut micros = [0.0; 3];
        for (from, to) in spans {
            let mut at = from;
            while at < to {
                let next = at.plus(Ts::HOUR - at.micros().rem_euclid(Ts::HOUR)).min(to);
                // Zones that are off by half an hour are counted by the hour that begins.
                micros[Pace::at(at, zone) as usize] += (next.micros() - at.micros()) as f64;
                at = next;
            }
        }
        let sum: f64 = micros.iter().sum();
        Self { shares: if sum > 0.0 { micros.map(|m| m / sum) } else { [0.0, 1.0, 0.0] } }
    }
}

/// Where travel times of whole tables come from.
pub trait TravelTimes: Sync {
    /// Writes the seconds from each point to each into `seconds`: `points.len()` rows of as many entries, row = from. From a
    /// point to itself it takes no time.
    fn fill(&self, points: &[Point], hours: Hours, seconds: &mut [i32]);

    /// The same ways one by one, from and to by number: where few of all ways matter.
    fn asked(&self, points: Vec<Point>, hours: Hours) -> Way;
}

/// Seconds from one point to another, both by number.
pub type Way = Box<dyn Fn(usize, usize) -> i32 + Send + Sync>;

/// Without a map: the great circle with the detour, both ways alike; as [`travel_s`] says for each hour.
#[derive(Clone, Copy, Debug, Default)]
pub struct GreatCircle;

/// Points on the unit sphere: half the chord between two is the sine of half their angle.
fn on_sphere(points: &[Point]) -> Vec<[f64; 3]> {
    points
        .iter()
        .map(|p| {
            let (lon, lat) = (p.lon.to_radians(), p.lat.to_radians());
            [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
        })
        .collect()
}

fn mean_way(a: [f64; 3], b: [f64; 3], hours: Hours) -> i32 {
    let chord = ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt();
    let metres = (2.0 * EARTH_M * (chord / 2.0).min(1.0).asin() * DETOUR).round();
    let mean: f64 = Pace::ALL
        .into_iter()
        .zip(hours.shares)
        .filter(|(_, share)| *share > 0.0)
        .map(|(pace, share)| share * road_s(metres, pace))
        .sum();
    // A hair above a whole second is rounding of the sum, no second.
    (mean - 1e-6).ceil() as i32
}

impl TravelTimes for GreatCircle {
    fn fill(&self, points: &[Point], hours: Hours, seconds: &mut [i32]) {
        let unit = on_sphere(points);
        let side = points.len();
        for (a, here) in unit.iter().enumerate() {
            seconds[a * side + a] = 0;
            for (b, other) in unit.iter().enumerate().take(a) {
                let way = mean_way(*here, *other, hours);
                seconds[a * side + b] = way;
                seconds[b * side + a] = way;
            }
        }
    }

    fn asked(&self, points: Vec<Point>, hours: Hours) -> Way {
        let unit = on_sphere(&points);
        Box::new(move |a, b| if a == b { 0 } else { mean_way(unit[a], unit[b], hours) })
    }
}

/// A position older than this says nothing about when somebody will be there.
const FRESH_US: i64 = 20 * Ts::MINUTE;
/// Times on the way are told in steps of this many minutes.
const STEP_MIN: i64 = 5;

/// Minutes until somebody is there who was seen at `from` at `seen_at`: in steps of five, five at least. None if that is too long
/// ago.
#[must_use]
pub fn minutes_left(from: Point, to: Point, seen_at: Ts, now: Ts, zone: &TimeZone) -> Option<i64> {
    let ago_us = now.micros() - seen_at.micros();
    if ago_us > FRESH_US {
        return None;
    }
    let left_s = travel_s(distance_m(from, to), seen_at, zone) - ago_us.max(0) / Ts::SECOND;
    let steps = (left_s.max(1) + STEP_MIN * 60 - 1) / (STEP_MIN * 60);
    Some(steps * STEP_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XIAN: Point = Point { lon: 108.94, lat: 34.26 };

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn at(hour: i64) -> Ts {
        "2026-10-09T00:00:00+08:00".parse::<Ts>().unwrap().plus(hour * Ts::HOUR)
    }

    #[test]
    fn p21_minutes_left_go_down_in_steps_and_are_unknown_when_the_position_is_old() {
        let at = |text: &str| text.parse::<Ts>().unwrap();
        let seen = at("2026-10-09T02:00:00Z");
        let there = Point { lon: 109.02, lat: 34.26 };
        let left =
            |minutes: i64| minutes_left(XIAN, there, seen, seen.plus(minutes * Ts::MINUTE), &TimeZone::UTC);
        let first = left(0).unwrap();
        assert!((20..=40).contains(&first) && first % 5 == 0, "{first}");
        assert_eq!(left(10), Some(first - 10));
        assert_eq!(left(20).map(|m| m >= 5), Some(true));
        assert_eq!(left(21), None);
        assert_eq!(minutes_left(XIAN, XIAN, seen, seen.plus(15 * Ts::MINUTE), &TimeZone::UTC), Some(5));
    }

    #[test]
    fn p40_distance_is_the_great_circle_with_a_detour() {
        let beijing = Point { lon: 116.40, lat: 39.90 };
        let km = distance_m(XIAN, beijing) / 1000;
        assert!((1200..=1260).contains(&km), "910 km as the crow flies, {km} km");
        assert_eq!(distance_m(XIAN, XIAN), 0);
        assert_eq!(distance_m(XIAN, beijing), distance_m(beijing, XIAN));
    }

    #[test]
    fn p40_a_longer_way_takes_longer_and_rush_hour_longer_still() {
        for hour in [3, 8, 12] {
            let times: Vec<_> = (0..400).map(|km| travel_s(km * 1000, at(hour), &zone())).collect();
            assert!(times.is_sorted(), "at {hour}");
        }
        for km in [3, 15, 60] {
            let [night, noon, rush] = [3, 12, 8].map(|h| travel_s(km * 1000, at(h), &zone()));
            assert!(night < noon && noon < rush, "{km} km: {night} {noon} {rush}");
        }
        assert_eq!(travel_s(0, at(12), &zone()), 300, "the door");
        let half_hour = travel_s(10_000, at(12), &zone()) / 60;
        assert!((25..=35).contains(&half_hour), "10 km in the city: {half_hour} min");
    }

    #[test]
    fn p40_a_table_says_what_a_single_way_says_at_each_hour() {
        let points: Vec<Point> = (0..12)
            .map(|n| Point { lon: 108.6 + f64::from(n * n % 7) * 0.11, lat: 34.0 + f64::from(n) * 0.07 })
            .collect();
        for hour in [3, 8, 12] {
            let hours = Hours::of([(at(hour), at(hour).plus(30 * Ts::MINUTE))], &zone());
            let mut seconds = vec![-1; 144];
            GreatCircle.fill(&points, hours, &mut seconds);
            let asked = GreatCircle.asked(points.clone(), hours);
            for (a, from) in points.iter().enumerate() {
                for (b, to) in points.iter().enumerate() {
                    let alone = if a == b { 0 } else { travel_s(distance_m(*from, *to), at(hour), &zone()) };
                    let apart = i64::from(seconds[a * 12 + b]) - alone;
                    // Metres are rounded on two ways of reckoning: at most one apart.
                    assert!(apart.abs() <= 1, "{a} to {b} at {hour}: {apart} s apart");
                    assert_eq!(seconds[a * 12 + b], asked(a, b), "{a} to {b} at {hour}");
                }
            }
        }
    }

    #[test]
    fn p40_a_table_for_a_whole_day_lies_between_its_hours() {
        let points = [XIAN, Point { lon: 109.3, lat: 34.4 }];
        let of = |from: i64, to: i64| {
            let mut seconds = [0; 4];
            GreatCircle.fill(&points, Hours::of([(at(from), at(to))], &zone()), &mut seconds);
            seconds[1]
        };
        let (rush, noon, day) = (of(7, 9), of(10, 16), of(8, 18));
        assert!(noon < day && day < rush, "{noon} {day} {rush}");
        // 8 to 18: two hours of rush, eight of day.
        assert!((day - (2 * rush + 8 * noon) / 10).abs() <= 1, "{noon} {day} {rush}");
        assert_eq!(Hours::of([], &zone()), Hours::of([(at(10), at(11))], &zone()));
    }
}
