//! Whether an appointment can still be kept (P8), from what is known while there is time to tell.

use kit::Ts;
use visits::VisitStateName;

/// The customer hears at least this many minutes before the promised end.
pub const LEAD_MIN: i64 = 15;
/// What a way takes whose ends are not on the map, in seconds.
pub const USUAL_S: i64 = 1_800;
/// An appointment that ended longer ago than this in µs is no news: a node that stood still tells nobody.
pub const STALE_US: i64 = Ts::HOUR;

/// How a visit stands against its appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Underway {
    /// Its state.
    pub state: VisitStateName,
    /// The end of the window to which the customer holds us.
    pub appointment_end: Ts,
    /// When the engineer set out, if so.
    pub departed_at: Option<Ts>,
    /// Seconds the way takes, if both ends are on the map.
    pub travel_s: Option<i64>,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing: nobody was promised anything, or it is decided.
    Nothing,
    /// It can still be kept; look again then.
    Again(Ts),
    /// It will be broken: tell. The instant is when the engineer will be there, if that is known.
    Late(Option<Ts>),
}

/// Judges an appointment at `now`.
///
/// Who has not set out is late once the way, or [`LEAD_MIN`] if that is more, takes longer than what is left. Who is on the way
/// is late if the way ends after the window; and, if it should have ended, once [`LEAD_MIN`] are left.
#[must_use]
pub fn look(visit: &Underway, now: Ts) -> Look {
    use VisitStateName::{Accepted, Confirmed, Dispatched, Travelling};
    let end = visit.appointment_end;
    if now > end.plus(STALE_US) {
        return Look::Nothing;
    }
    let way_us = visit.travel_s.unwrap_or(USUAL_S) * Ts::SECOND;
    let lead_us = LEAD_MIN * Ts::MINUTE;
    match (visit.state, visit.departed_at) {
        (Confirmed | Dispatched | Accepted, _) => {
            let last = end.plus(-way_us.max(lead_us));
            if now < last { Look::Again(last) } else { Look::Late(None) }
        }
        (Travelling, Some(departed_at)) => {
            let there = departed_at.plus(way_us);
            if there > end {
                return Look::Late(visit.travel_s.map(|_| there.max(now)));
            }
            // Predicted in time: looked at again when that is over, with enough time left to tell.
            let again = there.max(end.plus(-lead_us));
            if now < again { Look::Again(again) } else { Look::Late(None) }
        }
        _ => Look::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Ts = Ts(10 * Ts::HOUR);

    fn before(minutes: i64) -> Ts {
        END.plus(-minutes * Ts::MINUTE)
    }

    #[test]
    fn p8_lateness_is_foreseen_from_the_way_that_is_left() {
        use VisitStateName::{Accepted, Arrived, Dispatched, Proposed, Travelling};
        for (state, departed, travel_min, now, expected) in [
            // Not set out: the way counts, at least the lead.
            (Dispatched, None, Some(40), before(90), Look::Again(before(40))),
            (Dispatched, None, Some(40), before(41), Look::Again(before(40))),
            (Accepted, None, Some(40), before(40), Look::Late(None)),
            (Accepted, None, Some(5), before(40), Look::Again(before(15))),
            (Accepted, None, None, before(40), Look::Again(before(30))),
            // On the way.
            (Travelling, Some(before(60)), Some(40), before(60), Look::Again(before(15))),
            (Travelling, Some(before(50)), Some(45), before(50), Look::Again(before(5))),
            (Travelling, Some(before(30)), Some(40), before(30), Look::Late(Some(before(-10)))),
            (Travelling, Some(before(30)), Some(40), before(-20), Look::Late(Some(before(-20)))),
            (Travelling, Some(before(20)), None, before(20), Look::Late(None)),
            // Should be there and isn't.
            (Travelling, Some(before(60)), Some(40), before(15), Look::Late(None)),
            // Nobody was promised anything, it is decided, or it is long over.
            (Proposed, None, Some(40), before(1), Look::Nothing),
            (Arrived, Some(before(30)), Some(40), before(1), Look::Nothing),
            (Dispatched, None, Some(40), before(-61), Look::Nothing),
            (Dispatched, None, Some(40), before(-60), Look::Late(None)),
        ] {
            let travel_s = travel_min.map(|min: i64| min * 60);
            let visit = Underway { state, appointment_end: END, departed_at: departed, travel_s };
            assert_eq!(look(&visit, now), expected, "{visit:?} at {now:?}");
        }
    }
}
