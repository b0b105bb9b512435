//! How long a way takes, without a map: great circle, detour, speed by length and hour.

use jiff::tz::TimeZone;
use kit::Ts;
use organisation::Point;

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
    let hour = at.timestamp().to_zoned(zone.clone()).hour();
    // Length of the band in metres, km/h there, share of that speed at rush hour.
    const BANDS: [(f64, f64, f64); 4] =
        [(5_000.0, 22.0, 0.7), (15_000.0, 32.0, 0.7), (60_000.0, 55.0, 0.85), (f64::INFINITY, 80.0, 1.0)];
    let rush = matches!(hour, 7..=8 | 17..=18);
    let night = matches!(hour, 22..=23 | 0..=5);
    #[allow(clippy::cast_precision_loss)] // metres on earth
    let mut left = distance_m.max(0) as f64;
    let mut seconds = DOOR_S;
    // The first kilometres are city whatever follows, so that a longer way never takes less.
    for (length, kmh, at_rush) in BANDS {
        let part = left.min(length);
        let factor = if rush {
            at_rush
        } else if night {
            1.25
        } else {
            1.0
        };
        seconds += part * 3.6 / (kmh * factor);
        left -= part;
    }
    #[allow(clippy::cast_possible_truncation)] // days at most
    let seconds = seconds.ceil() as i64;
    seconds
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
}
