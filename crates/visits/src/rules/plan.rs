//! Time, place and symptom (P42), windows, and the place check of an arrival (P21).

use kit::Ts;

use crate::errors::VisitError;
use crate::inputs::OutsidePromise;
use crate::model::{LockEnd, PlaceCheck, Position, Window};

/// Minutes a job may be planned for.
pub const DURATION_MIN: std::ops::RangeInclusive<i64> = 15..=1440;
/// How far from the site an arrival is still "at the site", in metres, beside the phone's own uncertainty.
pub const AT_SITE_M: f64 = 500.0;
/// How far ahead a window may lie.
const AHEAD_US: i64 = 366 * Ts::DAY;
/// The longest window.
const LONGEST_US: i64 = 24 * Ts::HOUR;

/// What a work order needs before it can be dispatched (P42).
#[derive(Clone, Copy, Debug)]
pub struct Ready<'a> {
    /// When.
    pub window: Option<Window>,
    /// Where.
    pub place: Option<&'a str>,
    /// What happens there.
    pub symptom: Option<&'a str>,
    /// How long, in minutes.
    pub duration_min: i64,
}

/// Whether time, place and symptom stand (P42), and both make sense.
///
/// # Errors
/// `work_order_time_missing`, `work_order_place_missing`, `work_order_symptom_missing`: the one that is missing, by
/// name; `visit_window_invalid`, `work_order_duration_invalid`.
pub fn ready(plan: &Ready<'_>, now: Ts) -> Result<Window, VisitError> {
    let there = |text: Option<&str>| text.is_some_and(|t| !t.trim().is_empty());
    let Some(wish) = plan.window else { return Err(VisitError::TimeMissing) };
    if !there(plan.place) {
        return Err(VisitError::PlaceMissing);
    }
    if !there(plan.symptom) {
        return Err(VisitError::SymptomMissing);
    }
    if !DURATION_MIN.contains(&plan.duration_min) {
        return Err(VisitError::DurationInvalid { min: *DURATION_MIN.start(), max: *DURATION_MIN.end() });
    }
    if wish.end <= wish.start || wish.end <= now || wish.start > now.plus(AHEAD_US) {
        return Err(VisitError::WindowInvalid);
    }
    Ok(wish)
}

/// Whether somebody can be promised by `end` for a visit in this window: after it starts, a day later at most, and ahead. None if nothing
/// but the window was said.
///
/// # Errors
/// `visit_appointment_invalid`.
pub fn promised_end(window: &Window, end: Option<Ts>, now: Ts) -> Result<Option<Ts>, VisitError> {
    let Some(end) = end else { return Ok(None) };
    let lasts = end.micros().saturating_sub(window.start.micros());
    if lasts <= 0 || lasts > LONGEST_US || end <= now {
        return Err(VisitError::AppointmentInvalid);
    }
    Ok(Some(end))
}

/// The window in which the customer was promised somebody: from the visit's start to the end of the appointment. Where we moved a visit
/// behind what was promised, the window that stands.
#[must_use]
pub fn promised_window(window: &Window, appointment_end: Ts) -> Window {
    let end = if appointment_end > window.start { appointment_end } else { window.end };
    Window { start: window.start, end }
}

/// A visit that is planned or moved, as far as what the customer is promised goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promising {
    /// When they were promised somebody, if they were.
    pub promised: Option<Window>,
    /// The visit's window before, if it was planned before.
    pub before: Option<Window>,
    /// Its window now.
    pub now: Window,
    /// By when somebody is promised with it, if that was said.
    pub given: Option<Ts>,
    /// Whether the customer is told of it: nobody is promised a proposal.
    pub tells: bool,
    /// Whether the customer asked for another time.
    pub customers_wish: bool,
    /// What they said of a visit outside what they were promised.
    pub outside: Option<OutsidePromise>,
}

/// What the customer is promised from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The window that the work order keeps.
    pub window: Option<Window>,
    /// Its end, as the visit is held to it.
    pub end: Ts,
}

/// What the customer is promised once a visit is planned or moved (P8). A promise stands until they agree to another: a visit that
/// begins within it keeps the whole of it, at most a nearer end is promised besides. Outside of it somebody has to say what they
/// answered.
///
/// # Errors
/// The promise that stands, where nobody said what the customer answered.
pub fn promise_after(of: &Promising) -> Result<Promised, Window> {
    let Promising { promised, before, now, given, tells, customers_wish, outside } = *of;
    let anew = Window { start: now.start, end: given.unwrap_or(now.end) };
    let Some(stands) = promised else {
        return Ok(Promised { window: tells.then_some(anew), end: anew.end });
    };
    let kept = Promised { window: Some(stands), end: stands.end };
    // Somebody else at the same time is no other promise, whoever wished for it.
    let unmoved = given.is_none() && before == Some(now);
    let within =
        stands.start <= now.start && now.start <= stands.end && given.is_none_or(|g| g <= stands.end);
    if !tells {
        // A proposal within the promise is held to it; what is proposed outside is still to be agreed.
        return Ok(if within { kept } else { Promised { end: anew.end, ..kept } });
    }
    if !unmoved && (customers_wish || outside == Some(OutsidePromise::Agreed)) {
        return Ok(Promised { window: Some(anew), end: anew.end });
    }
    if within {
        let end = given.map_or(stands.end, |given| given.min(stands.end));
        return Ok(Promised { window: Some(Window { end, ..stands }), end });
    }
    if unmoved || outside == Some(OutsidePromise::Stands) {
        return Ok(kept);
    }
    Err(stands)
}

/// What a customer was promised of a work order: what it keeps, or, of a visit from before that was kept, what they were told.
#[must_use]
pub fn stands_promised(kept: Option<Window>, told: Option<(Window, Ts)>) -> Option<Window> {
    kept.or_else(|| told.map(|(window, end)| Window { start: window.start.min(end), end }))
}

/// How the lock of a visit ends that is moved: at the customer's wish, or because whoever moves it unlocks it. `None`: it holds, and the
/// visit is not moved.
#[must_use]
pub const fn lock_after(customers_wish: bool, unlock: bool) -> Option<LockEnd> {
    match (customers_wish, unlock) {
        (true, _) => Some(LockEnd::CustomersWish),
        (false, true) => Some(LockEnd::Moved),
        (false, false) => None,
    }
}

/// What became of the window in which the customer expects somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowChange {
    /// A work order is made for this window.
    Ordered {
        /// What the customer wishes.
        wish: Window,
        /// Whether they chose it over an earlier one.
        later: bool,
    },
    /// A visit is planned or moved.
    Moved {
        /// The window before: the visit's, or the work order's if the visit is new.
        before: Window,
        /// The window now.
        now: Window,
        /// Whether the customer asked for it.
        customers_wish: bool,
    },
    /// The work order is off: nobody waits for any window of it.
    CalledOff,
}

/// Until when the arrival clock rests after `change`, if it rested until `resting` before; `None`: it runs.
///
/// A later window at the customer's wish lets it rest until that window opens (decision 10). A window that we move later is no
/// reason to rest, and one that opens earlier ends the rest earlier.
#[must_use]
pub fn rests_until(resting: Option<Ts>, change: &WindowChange, now: Ts) -> Option<Ts> {
    let until = match change {
        WindowChange::Ordered { wish, later } => later.then_some(wish.start),
        WindowChange::Moved { before, now, customers_wish } => match resting {
            Some(_) if *customers_wish => Some(now.start),
            Some(until) => Some(until.min(now.start)),
            None => (*customers_wish && now.start > before.start).then_some(now.start),
        },
        WindowChange::CalledOff => None,
    };
    until.filter(|until| *until > now)
}

/// A step as its stamp keeps it: the server's time, and the phone's if it sent one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The server's time.
    pub at: Ts,
    /// The phone's.
    pub device_at: Option<Ts>,
}

/// How old a phone's time may be when the server hears of it.
const OLDEST_US: i64 = 3 * Ts::DAY;

/// When each step of a visit happened, in the order in which they were taken: at the phone's time if that makes sense (not ahead
/// of the server's, three days old at most), else at the server's, and never before the step before it. So nobody arrives before
/// they set out, whatever the phone's clock says (P44).
#[must_use]
pub fn happened(steps: &[Stamped]) -> Vec<Ts> {
    let mut before = Ts(i64::MIN);
    let when = |step: &Stamped| {
        let sensible = |device: &Ts| *device <= step.at && device.plus(OLDEST_US) >= step.at;
        before = before.max(step.device_at.filter(sensible).unwrap_or(step.at));
        before
    };
    steps.iter().map(when).collect()
}

/// Whether an appointment was kept (P8): whoever arrives at its very end is on time.
#[must_use]
pub fn kept(appointment_end: Ts, arrived_at: Ts) -> bool {
    arrived_at <= appointment_end
}

/// Whether a visit can be planned into this window: it ends after it starts, lasts a day at most and isn't over.
///
/// # Errors
/// `visit_window_invalid`.
pub fn window(window: Window, now: Ts) -> Result<Window, VisitError> {
    let lasts = window.end.micros().saturating_sub(window.start.micros());
    if lasts <= 0 || lasts > LONGEST_US || window.end <= now || window.start > now.plus(AHEAD_US) {
        return Err(VisitError::WindowInvalid);
    }
    Ok(window)
}

/// Whether a position lies on the globe and its uncertainty is a length.
///
/// # Errors
/// `visit_position_invalid`.
pub fn position(position: &Position) -> Result<(), VisitError> {
    let on_globe = (-180.0..=180.0).contains(&position.lon)
        && (-90.0..=90.0).contains(&position.lat)
        && (0.0..=1_000_000.0).contains(&position.accuracy_m);
    if on_globe { Ok(()) } else { Err(VisitError::PositionInvalid) }
}

/// What the phone's position says about being at the site: a warning, never a refusal (P21). Metres beside it.
#[must_use]
pub fn place_check(site: Option<(f64, f64)>, at: Option<&Position>) -> (PlaceCheck, Option<i64>) {
    let (Some((lon, lat)), Some(at)) = (site, at) else { return (PlaceCheck::Unknown, None) };
    let away = distance_m((lon, lat), (at.lon, at.lat));
    let check = if away - at.accuracy_m <= AT_SITE_M { PlaceCheck::AtSite } else { PlaceCheck::Away };
    #[allow(clippy::cast_possible_truncation)] // at most half the globe
    (check, Some(away.round() as i64))
}

/// Great-circle distance between two WGS-84 points (longitude, latitude) in metres, on a sphere.
#[must_use]
pub fn distance_m(from: (f64, f64), to: (f64, f64)) -> f64 {
    const EARTH_M: f64 = 6_371_008.8;
    let (lat_from, lat_to) = (from.1.to_radians(), to.1.to_radians());
    let north = ((lat_to - lat_from) / 2.0).sin();
    let east = ((to.0 - from.0).to_radians() / 2.0).sin();
    let chord = north * north + lat_from.cos() * lat_to.cos() * east * east;
    2.0 * EARTH_M * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    #[test]
    fn p8_a_promise_stands_until_the_customer_agrees_to_another() {
        let promise = Window { start: Ts(40), end: Ts(100) };
        let to = |from: i64, to: i64| Window { start: Ts(from), end: Ts(to) };
        let moved = |now: Window, given: Option<i64>| Promising {
            promised: Some(promise),
            before: Some(to(50, 60)),
            now,
            given: given.map(Ts),
            tells: true,
            customers_wish: false,
            outside: None,
        };
        let kept = |end: i64| Ok(Promised { window: Some(to(40, end)), end: Ts(end) });
        let unanswered = Err(promise);
        // Within it nobody has to be asked, whether earlier or later; a nearer end may be promised besides.
        for within in [to(40, 50), to(70, 80), to(100, 160)] {
            assert_eq!(promise_after(&moved(within, None)), kept(100), "{within:?}");
        }
        assert_eq!(promise_after(&moved(to(60, 70), Some(80))), kept(80));
        // Outside of it, or with a later end, it has to be said what the customer answered.
        for (now, given) in [(to(101, 160), None), (to(39, 60), None), (to(60, 70), Some(101))] {
            let asked = moved(now, given);
            assert_eq!(promise_after(&asked), unanswered, "{now:?} {given:?}");
            let stands = Promising { outside: Some(OutsidePromise::Stands), ..asked };
            assert_eq!(promise_after(&stands), kept(100), "{now:?} {given:?}");
            let end = Ts(given.unwrap_or(now.end.micros()));
            let anew = Ok(Promised { window: Some(Window { start: now.start, end }), end });
            let agreed = Promising { outside: Some(OutsidePromise::Agreed), ..asked };
            assert_eq!(promise_after(&agreed), anew, "{now:?} {given:?}");
            assert_eq!(
                promise_after(&Promising { customers_wish: true, ..asked }),
                anew,
                "{now:?} {given:?}"
            );
            // A proposal promises nothing yet.
            let proposed = promise_after(&Promising { tells: false, ..asked }).unwrap();
            assert_eq!(proposed, Promised { window: Some(promise), end }, "{now:?} {given:?}");
        }
        // Somebody else at the time that stands, even behind the promise, needs no answer and makes no new promise.
        let behind =
            Promising { before: Some(to(150, 160)), customers_wish: true, ..moved(to(150, 160), None) };
        assert_eq!(promise_after(&behind), kept(100));
    }

    #[test]
    fn p8_whoever_is_told_of_a_first_visit_is_promised_it() {
        let visit = Window { start: NOW.plus(10 * Ts::MINUTE), end: NOW.plus(55 * Ts::MINUTE) };
        let end = NOW.plus(2 * Ts::HOUR);
        let first = Promising {
            promised: None,
            before: None,
            now: visit,
            given: None,
            tells: true,
            customers_wish: false,
            outside: None,
        };
        assert_eq!(promise_after(&first), Ok(Promised { window: Some(visit), end: visit.end }));
        let longer = Promising { given: Some(end), ..first };
        assert_eq!(promise_after(&longer), Ok(Promised { window: Some(Window { end, ..visit }), end }));
        let proposed = Promising { tells: false, ..longer };
        assert_eq!(
            promise_after(&proposed),
            Ok(Promised { window: None, end }),
            "nobody was promised a proposal"
        );
        // What a visit of before kept by itself is a promise too.
        assert_eq!(stands_promised(None, Some((visit, end))), Some(Window { end, ..visit }));
        let moved_behind = stands_promised(None, Some((visit, NOW)));
        assert_eq!(moved_behind, Some(Window { start: NOW, end: NOW }));
        assert_eq!(stands_promised(Some(visit), Some((visit, end))), Some(visit));
        assert_eq!(stands_promised(None, None), None);
        assert!(kept(end, end), "whoever comes at its very end is on time");
        assert!(!kept(end, end.plus(1)));
    }

    #[test]
    fn p8_a_promised_end_lies_ahead_and_within_a_day_of_the_start() {
        let visit = Window { start: NOW.plus(10 * Ts::MINUTE), end: NOW.plus(55 * Ts::MINUTE) };
        let end = NOW.plus(2 * Ts::HOUR);
        assert_eq!(promised_end(&visit, Some(end), NOW), Ok(Some(end)));
        assert_eq!(promised_end(&visit, None, NOW), Ok(None));
        let day = visit.start.plus(Ts::DAY);
        assert_eq!(promised_end(&visit, Some(day), NOW), Ok(Some(day)));
        for wrong in [visit.start, visit.start.plus(-1), day.plus(1), Ts(i64::MIN)] {
            assert_eq!(
                promised_end(&visit, Some(wrong), NOW),
                Err(VisitError::AppointmentInvalid),
                "{wrong:?}"
            );
        }
        let begun = Window { start: NOW.plus(-Ts::HOUR), end };
        assert_eq!(promised_end(&begun, Some(NOW), NOW), Err(VisitError::AppointmentInvalid), "it is over");
        let later = Window { start: visit.start.plus(20 * Ts::MINUTE), end: visit.end.plus(20 * Ts::MINUTE) };
        assert_eq!(promised_window(&later, end), Window { start: later.start, end });
        assert_eq!(promised_window(&later, later.start), later, "moved behind what was promised");
    }

    #[test]
    fn p44_the_arrival_clock_rests_for_a_later_window_at_the_customers_wish_only() {
        let ordered = |later| WindowChange::Ordered { wish: hours(30, 32), later };
        let moved = |from: i64, to: i64, customers_wish| WindowChange::Moved {
            before: hours(from, from + 2),
            now: hours(to, to + 2),
            customers_wish,
        };
        let at = |hour: i64| Some(NOW.plus(hour * Ts::HOUR));
        for (resting, change, until) in [
            (None, ordered(true), at(30)),
            (None, ordered(false), None),
            // The order that paused it is gone, whatever comes instead.
            (at(30), WindowChange::CalledOff, None),
            (at(30), ordered(false), None),
            // Moved later: at the customer's wish it rests, by us it runs on.
            (None, moved(1, 30, true), at(30)),
            (None, moved(1, 30, false), None),
            (at(30), moved(30, 50, true), at(50)),
            (at(30), moved(30, 50, false), at(30)),
            // Moved earlier: it goes on when that window opens, at once if it is open.
            (at(30), moved(30, 5, true), at(5)),
            (at(30), moved(30, 5, false), at(5)),
            (at(30), moved(30, 0, true), None),
            (None, moved(30, 5, true), None),
        ] {
            assert_eq!(rests_until(resting, &change, NOW), until, "{resting:?} {change:?}");
        }
        let begun = WindowChange::Ordered { wish: hours(-1, 1), later: true };
        assert_eq!(rests_until(None, &begun, NOW), None);
    }

    #[test]
    fn p44_no_step_happens_before_the_one_before_it() {
        let step = |at: i64, device_at: Option<i64>| Stamped {
            at: NOW.plus(at * Ts::SECOND),
            device_at: device_at.map(|d| NOW.plus(d * Ts::SECOND)),
        };
        let at = |list: &[i64]| list.iter().map(|s| NOW.plus(s * Ts::SECOND)).collect::<Vec<_>>();
        // Made without a signal, told later, in their order.
        assert_eq!(happened(&[step(0, None), step(100, Some(10)), step(101, Some(40))]), at(&[0, 10, 40]));
        // A clock that was set back, or is slow: not before the step before.
        assert_eq!(happened(&[step(100, None), step(101, Some(95))]), at(&[100, 100]));
        assert_eq!(happened(&[step(0, None), step(100, Some(90)), step(200, Some(85))]), at(&[0, 90, 90]));
        // A clock that is fast, or that lies by more than days: the server's time.
        assert_eq!(happened(&[step(0, None), step(100, Some(110))]), at(&[0, 100]));
        let long_ago = NOW.plus(-4 * Ts::DAY);
        assert_eq!(happened(&[Stamped { at: NOW, device_at: Some(long_ago) }]), [NOW]);
    }

    use super::*;

    const NOW: Ts = Ts(1_000 * Ts::HOUR);

    fn hours(from: i64, to: i64) -> Window {
        Window { start: NOW.plus(from * Ts::HOUR), end: NOW.plus(to * Ts::HOUR) }
    }

    #[test]
    fn p42_time_place_and_symptom_are_each_asked_for_by_name() {
        let whole = Ready {
            window: Some(hours(1, 3)),
            place: Some("B2, gate 3"),
            symptom: Some("arm stays down"),
            duration_min: 60,
        };
        assert_eq!(ready(&whole, NOW), Ok(hours(1, 3)));
        let lacking = [
            (Ready { window: None, ..whole }, VisitError::TimeMissing),
            (Ready { place: None, ..whole }, VisitError::PlaceMissing),
            (Ready { place: Some("  "), ..whole }, VisitError::PlaceMissing),
            (Ready { symptom: None, ..whole }, VisitError::SymptomMissing),
            (Ready { symptom: Some(""), ..whole }, VisitError::SymptomMissing),
            (Ready { duration_min: 14, ..whole }, VisitError::DurationInvalid { min: 15, max: 1440 }),
            (Ready { window: Some(hours(3, 1)), ..whole }, VisitError::WindowInvalid),
            (Ready { window: Some(hours(-3, -1)), ..whole }, VisitError::WindowInvalid),
        ];
        for (plan, expected) in lacking {
            assert_eq!(ready(&plan, NOW), Err(expected));
        }
    }

    #[test]
    fn a_window_is_a_day_at_most_and_not_over() {
        assert_eq!(window(hours(-1, 1), NOW), Ok(hours(-1, 1)));
        for wrong in [hours(1, 1), hours(2, 1), hours(0, 25), hours(-2, 0), hours(9000, 9001)] {
            assert_eq!(window(wrong, NOW), Err(VisitError::WindowInvalid), "{wrong:?}");
        }
        assert!(hours(0, 2).overlaps(&hours(1, 3)));
        assert!(!hours(0, 2).overlaps(&hours(2, 3)), "the end is not included");
    }

    #[test]
    fn p21_the_place_check_warns_and_allows_for_the_phones_uncertainty() {
        let bell_tower = (108.947, 34.261);
        let at = |lon, accuracy_m| Position { lon, lat: 34.261, accuracy_m };
        assert_eq!(place_check(Some(bell_tower), Some(&at(108.947, 10.0))), (PlaceCheck::AtSite, Some(0)));
        let (check, away_m) = place_check(Some(bell_tower), Some(&at(108.957, 20.0)));
        assert_eq!(check, PlaceCheck::Away);
        assert!((915..=925).contains(&away_m.unwrap()), "{away_m:?}");
        assert_eq!(place_check(Some(bell_tower), Some(&at(108.957, 600.0))).0, PlaceCheck::AtSite);
        assert_eq!(place_check(None, Some(&at(108.947, 10.0))), (PlaceCheck::Unknown, None));
        assert_eq!(place_check(Some(bell_tower), None), (PlaceCheck::Unknown, None));
        assert_eq!(position(&at(181.0, 1.0)), Err(VisitError::PositionInvalid));
        assert_eq!(position(&at(180.0, f64::NAN)), Err(VisitError::PositionInvalid));
    }
}
