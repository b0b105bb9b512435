//! Pure decisions: how often codes are sent and tried, what a wished time may be, which nodes a case has, who is sent today.

use cases::StateName;
use kit::Ts;

use crate::errors::PortalError;
use crate::model::{LinkScope, Node, NodeCode, NodeState, TrackMay};

/// How long a one-time code can be used.
pub const CODE_LIVES_US: i64 = 10 * Ts::MINUTE;
/// Wrong tries after which a code is dead.
pub const CODE_TRIES: i64 = 5;
/// How long a browser stays verified for a number.
pub const CALLER_LIVES_US: i64 = 30 * Ts::DAY;
/// Between two codes for one number.
pub const CODE_PAUSE_US: i64 = Ts::MINUTE;
/// Codes for one number in a day.
pub const CODES_PER_NUMBER: i64 = 5;
/// Codes from one label in an hour.
pub const CODES_PER_LABEL: i64 = 20;
/// Codes from one address in an hour: a whole office stands behind one.
pub const CODES_PER_ADDRESS: i64 = 20;
/// Wrong tries for one number, over all its codes, after which it is locked.
pub const WRONG_PER_NUMBER: i64 = 10;
/// Wrong tries from one address after which it is locked.
pub const WRONG_PER_ADDRESS: i64 = 30;
/// How long wrong tries count, and a lock lasts.
pub const LOCK_US: i64 = 30 * Ts::MINUTE;
/// Between two chases of a case.
pub const CHASE_US: i64 = 30 * Ts::MINUTE;
/// Photos that a case takes from its customer.
pub const MOST_PHOTOS: i64 = 12;
/// Bytes of a customer's photo (decision 22).
pub const PHOTO_BYTES: u64 = 300 * 1024;
/// Characters of words at most.
pub const MOST_WORDS: usize = 1000;
/// How far ahead a visit can be wished.
const AHEAD_US: i64 = 30 * Ts::DAY;

/// Letters of a code: none that is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Random bytes as a word for a link or a label: five bits a letter, 16 bytes give 26 letters.
///
/// ```
/// assert_eq!(portal::rules::word(&[0; 16]), "0".repeat(26));
/// assert_eq!(portal::rules::word(&[0xff]), "zw");
/// ```
#[must_use]
pub fn word(random: &[u8]) -> String {
    let (mut held, mut bits, mut out) = (0_u32, 0_u32, String::new());
    for byte in random {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(letter(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(letter(held << (5 - bits)));
    }
    out
}

fn letter(of: u32) -> char {
    char::from(ALPHABET[(of & 31) as usize])
}

/// Six digits from random bytes.
#[must_use]
pub fn digits(random: [u8; 8]) -> String {
    format!("{:06}", u64::from_be_bytes(random) % 1_000_000)
}

/// What was sent and tried lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lately {
    /// When the number got its last code.
    pub last_at: Option<Ts>,
    /// Codes for the number within a day.
    pub to_number: i64,
    /// Codes from the label within an hour.
    pub from_label: i64,
    /// Codes from the address within an hour.
    pub from_address: i64,
    /// Wrong tries for the number while they count.
    pub wrong_number: i64,
    /// Wrong tries from the address while they count.
    pub wrong_address: i64,
}

fn minutes(us: i64) -> u64 {
    (us.max(1) as u64).div_ceil(Ts::MINUTE as u64)
}

/// Whether a code may be tried: neither number nor address is locked.
///
/// # Errors
/// `sms_locked` with the longest that it lasts.
pub fn may_try(lately: &Lately) -> Result<(), PortalError> {
    if lately.wrong_number >= WRONG_PER_NUMBER || lately.wrong_address >= WRONG_PER_ADDRESS {
        return Err(PortalError::Locked { minutes: minutes(LOCK_US) });
    }
    Ok(())
}

/// Whether another code may be sent: the same for a number that is known here and one that is not.
///
/// # Errors
/// `sms_locked`; `sms_too_many` with the minutes to wait.
pub fn may_send(lately: &Lately, now: Ts) -> Result<(), PortalError> {
    may_try(lately)?;
    let rested = lately.last_at.map_or(i64::MAX, |at| now.micros() - at.micros());
    let wait = if rested < CODE_PAUSE_US {
        CODE_PAUSE_US - rested
    } else if lately.to_number >= CODES_PER_NUMBER {
        Ts::DAY
    } else if lately.from_label >= CODES_PER_LABEL || lately.from_address >= CODES_PER_ADDRESS {
        Ts::HOUR
    } else {
        return Ok(());
    };
    Err(PortalError::TooManyCodes { minutes: minutes(wait) })
}

/// Words without spaces around them, if anything is left.
///
/// # Errors
/// `portal_text_too_long`.
pub fn words(text: Option<&str>) -> Result<Option<String>, PortalError> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    if text.chars().count() > MOST_WORDS {
        return Err(PortalError::TextTooLong { max: MOST_WORDS });
    }
    Ok(Some(text.to_owned()))
}

/// A wished time: half an hour to a day, not over, at most a month ahead.
///
/// # Errors
/// `portal_wish_invalid`.
pub fn wish(start: Ts, end: Ts, now: Ts) -> Result<(Ts, Ts), PortalError> {
    let long = end.micros().saturating_sub(start.micros());
    let fits = start >= now && end <= now.plus(AHEAD_US) && (30 * Ts::MINUTE..=Ts::DAY).contains(&long);
    if fits { Ok((start, end)) } else { Err(PortalError::WishInvalid) }
}

/// How the photo's upload may go on: `total` is the whole file's length.
///
/// # Errors
/// `file_too_large` above [`PHOTO_BYTES`].
pub fn photo_fits(total: u64) -> Result<(), kit::Refusal> {
    if total > PHOTO_BYTES {
        return Err(kit::Refusal::new(413, "file_too_large").value("max_mib", "0.3"));
    }
    Ok(())
}

/// What is known of a case's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// How the case stands.
    pub state: StateName,
    /// When it was reported.
    pub reported_at: Ts,
    /// When it was mended.
    pub resolved_at: Option<Ts>,
    /// Whether a visit is agreed, planned or was made.
    pub onsite: bool,
    /// When an engineer was told; none while nobody is, or another visit must follow.
    pub assigned_at: Option<Ts>,
    /// When they set out.
    pub departed_at: Option<Ts>,
    /// When they came.
    pub arrived_at: Option<Ts>,
    /// When work began.
    pub started_at: Option<Ts>,
    /// When the service order was shown.
    pub presented_at: Option<Ts>,
    /// When it was signed or refused.
    pub signed_at: Option<Ts>,
    /// Whether the customer has rated.
    pub rated: bool,
}

/// The nodes of a case with how each stands: what lies before the last one reached is done, the next is what is waited for.
#[must_use]
pub fn nodes(way: &Way) -> Vec<Node> {
    use NodeCode::{Arrived, Assigned, Departed, Done, InHand, Rated, Reported, ToSign, Working};
    let mended = matches!(way.state, StateName::FollowUp | StateName::Closed);
    let at = |code: NodeCode| match code {
        Reported => Some(way.reported_at),
        InHand => None,
        Assigned => way.assigned_at,
        Departed => way.departed_at,
        Arrived => way.arrived_at,
        Working => way.started_at,
        ToSign => way.presented_at,
        Done => way.resolved_at.filter(|_| mended),
        Rated => None,
    };
    let reached = |code: NodeCode| match code {
        InHand => way.state != StateName::New,
        // Shown is not signed: it is waited for until then.
        ToSign => way.signed_at.is_some(),
        Done => mended,
        Rated => way.rated,
        code => at(code).is_some(),
    };
    let codes: &[NodeCode] = if way.onsite {
        &[Reported, Assigned, Departed, Arrived, Working, ToSign, Done, Rated]
    } else {
        &[Reported, InHand, Done, Rated]
    };
    let last = codes.iter().rposition(|code| reached(*code)).unwrap_or(0);
    let over = matches!(way.state, StateName::Closed | StateName::Merged | StateName::Withdrawn);
    codes
        .iter()
        .enumerate()
        .map(|(place, code)| Node {
            code: *code,
            state: match place {
                place if place <= last => NodeState::Done,
                place if place == last + 1 && !over => NodeState::Now,
                _ => NodeState::Ahead,
            },
            at: at(*code),
        })
        .collect()
}

/// What decides what can be done on a case's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How much the link lets its holder do.
    pub scope: LinkScope,
    /// How the case stands.
    pub state: StateName,
    /// When it was chased last.
    pub chased_at: Option<Ts>,
    /// A visit is planned and nobody is on the way.
    pub movable: bool,
    /// A service order was shown and waits for the signature.
    pub to_sign: bool,
    /// An answer about the service is owed.
    pub owed: bool,
}

/// What can be done now.
#[must_use]
pub fn may(standing: &Standing, now: Ts) -> TrackMay {
    let full = standing.scope == LinkScope::Full;
    let open = standing.state.is_open();
    let mended = matches!(standing.state, StateName::FollowUp);
    TrackMay {
        chase: open && !mended && chase_again_at(standing.chased_at).is_none_or(|at| at <= now),
        move_visit: full && open && standing.movable,
        add: open,
        sign: full && standing.to_sign,
        rate: full && standing.owed,
        complain: full && !matches!(standing.state, StateName::Merged | StateName::Withdrawn),
    }
}

/// When a case can be chased again.
#[must_use]
pub fn chase_again_at(chased_at: Option<Ts>) -> Option<Ts> {
    chased_at.map(|at| at.plus(CHASE_US))
}

/// Until when a link to a case that ended can be used.
#[must_use]
pub fn link_ends_at(ended_at: Option<Ts>, link_days: i64) -> Option<Ts> {
    ended_at.map(|at| at.plus(link_days * Ts::DAY))
}

/// A name of which only the first character stands: `王**`, `J**`.
#[must_use]
pub fn masked_name(name: &str) -> String {
    name.chars().next().map(|first| format!("{first}**")).unwrap_or_default()
}

/// A window as a stranger may know it: whole hours around it.
#[must_use]
pub fn whole_hours(from: Ts, to: Ts) -> (Ts, Ts) {
    let down = from.micros().div_euclid(Ts::HOUR) * Ts::HOUR;
    let up = (to.micros() + Ts::HOUR - 1).div_euclid(Ts::HOUR) * Ts::HOUR;
    (Ts(down), Ts(up))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ts = Ts(1_000 * Ts::HOUR);

    #[test]
    fn a_code_is_long_enough_and_has_only_letters_that_can_be_read() {
        let made = word(&[0x5a; 16]);
        assert_eq!(made.len(), 26);
        assert!(made.bytes().all(|b| ALPHABET.contains(&b)));
        assert_ne!(word(&[1; 16]), word(&[2; 16]));
        assert_eq!(digits([0, 0, 0, 0, 0, 0, 0, 7]), "000007");
        assert_eq!(digits(1_234_567_u64.to_be_bytes()), "234567");
    }

    #[test]
    fn codes_are_limited_by_number_label_and_address_and_wrong_ones_lock() {
        let fresh = Lately::default();
        assert!(may_send(&fresh, NOW).is_ok());
        for (lately, code) in [
            (Lately { last_at: Some(NOW.plus(-59 * Ts::SECOND)), ..fresh }, "sms_too_many"),
            (Lately { to_number: CODES_PER_NUMBER, ..fresh }, "sms_too_many"),
            (Lately { from_label: CODES_PER_LABEL, ..fresh }, "sms_too_many"),
            (Lately { from_address: CODES_PER_ADDRESS, ..fresh }, "sms_too_many"),
            (Lately { wrong_number: WRONG_PER_NUMBER, ..fresh }, "sms_locked"),
            (Lately { wrong_address: WRONG_PER_ADDRESS, ..fresh }, "sms_locked"),
        ] {
            assert_eq!(may_send(&lately, NOW).unwrap_err().refusal().code, code, "{lately:?}");
        }
        assert!(may_send(&Lately { last_at: Some(NOW.plus(-Ts::MINUTE)), ..fresh }, NOW).is_ok());
        assert!(may_try(&Lately { to_number: 99, ..fresh }).is_ok());
    }

    #[test]
    fn a_wished_time_is_ahead_and_of_a_sensible_length() {
        assert!(wish(NOW, NOW.plus(2 * Ts::HOUR), NOW).is_ok());
        for (from, to) in [
            (-Ts::HOUR, Ts::HOUR),
            (Ts::HOUR, Ts::HOUR + 60 * Ts::SECOND),
            (0, 25 * Ts::HOUR),
            (40 * Ts::DAY, 40 * Ts::DAY + Ts::HOUR),
            (2 * Ts::HOUR, Ts::HOUR),
        ] {
            assert!(wish(NOW.plus(from), NOW.plus(to), NOW).is_err(), "{from} {to}");
        }
    }

    fn way(state: StateName) -> Way {
        Way {
            state,
            reported_at: NOW,
            resolved_at: None,
            onsite: false,
            assigned_at: None,
            departed_at: None,
            arrived_at: None,
            started_at: None,
            presented_at: None,
            signed_at: None,
            rated: false,
        }
    }

    fn said(way: &Way) -> String {
        nodes(way).iter().map(|n| format!("{}:{} ", n.code, n.state)).collect()
    }

    #[test]
    fn nodes_follow_the_case() {
        assert_eq!(said(&way(StateName::New)), "reported:done in_hand:now done:ahead rated:ahead ");
        let closed = Way { resolved_at: Some(NOW), rated: true, ..way(StateName::Closed) };
        assert_eq!(said(&closed), "reported:done in_hand:done done:done rated:done ");
        assert_eq!(
            said(&way(StateName::Withdrawn)),
            "reported:done in_hand:done done:ahead rated:ahead ",
            "nothing is waited for"
        );
        let shown = Way {
            onsite: true,
            assigned_at: Some(NOW),
            departed_at: Some(NOW),
            arrived_at: Some(NOW),
            started_at: Some(NOW),
            presented_at: Some(NOW),
            ..way(StateName::InField)
        };
        assert_eq!(
            said(&shown),
            "reported:done assigned:done departed:done arrived:done working:done to_sign:now done:ahead rated:ahead "
        );
        let agreed = Way { onsite: true, ..way(StateName::OnsiteAgreed) };
        assert!(said(&agreed).starts_with("reported:done assigned:now departed:ahead"));
    }

    #[test]
    fn what_a_link_lets_its_holder_do() {
        let at = |scope, state| Standing {
            scope,
            state,
            chased_at: None,
            movable: true,
            to_sign: true,
            owed: true,
        };
        let full = may(&at(LinkScope::Full, StateName::OnsiteAgreed), NOW);
        assert!(full.chase && full.move_visit && full.add && full.sign && full.rate && full.complain);
        let watch = may(&at(LinkScope::Watch, StateName::OnsiteAgreed), NOW);
        assert_eq!(watch, TrackMay { chase: true, add: true, ..TrackMay::default() });
        let closed = may(&Standing { owed: false, ..at(LinkScope::Full, StateName::Closed) }, NOW);
        assert!(!closed.chase && !closed.add && !closed.move_visit && closed.complain);
        let chased =
            Standing { chased_at: Some(NOW.plus(-29 * Ts::MINUTE)), ..at(LinkScope::Full, StateName::New) };
        assert!(!may(&chased, NOW).chase && may(&chased, NOW.plus(Ts::MINUTE)).chase);
        assert_eq!(link_ends_at(Some(NOW), 30), Some(NOW.plus(30 * Ts::DAY)));
    }

    #[test]
    fn p66_a_stranger_learns_whole_hours_only() {
        let (from, to) = whole_hours(Ts(90 * Ts::MINUTE), Ts(150 * Ts::MINUTE));
        assert_eq!((from, to), (Ts(Ts::HOUR), Ts(3 * Ts::HOUR)));
        assert_eq!(whole_hours(Ts(Ts::HOUR), Ts(2 * Ts::HOUR)), (Ts(Ts::HOUR), Ts(2 * Ts::HOUR)));
        assert_eq!((masked_name("王小明"), masked_name("")), ("王**".to_owned(), String::new()));
    }
}
