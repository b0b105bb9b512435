//! Who is on call: a primary and a backup for every minute, from a pattern of weeks and its exceptions (P11).
//!
//! Minutes are those of the unit's local days. A turn may reach into the next day. An exception goes before the pattern of its
//! minutes and tier: a swap, a holiday. Who is absent, or has left, is not on call.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use kit::Ts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::errors::OrganisationError;
use crate::model::EmployeeId;

/// How far ahead the rota has to be without a gap (P11).
pub const HORIZON_DAYS: i64 = 30;
/// Weeks of a pattern at most.
const MAX_WEEKS: i64 = 8;
/// Turns of a rota at most.
const MAX_TURNS: usize = 400;

/// Who is called first, and who if the first doesn't answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 主班
    Primary,
    /// 备班
    Backup,
}

impl Tier {
    /// The stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Backup => "backup",
        }
    }
}

impl std::str::FromStr for Tier {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "primary" => Ok(Self::Primary),
            "backup" => Ok(Self::Backup),
            _ => Err(()),
        }
    }
}

/// Somebody's turn: of the pattern (`week` and `weekday`), or on one date instead of the pattern (`on_date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// First or backup.
    pub tier: Tier,
    /// Who.
    pub employee_id: EmployeeId,
    /// Which week of the pattern, from 1.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 8)]
    pub week: Option<i64>,
    /// 1 Monday to 7 Sunday.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: Option<i64>,
    /// The day of an exception.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on_date: Option<Date>,
    /// First minute of the day, 0 to 1439.
    #[schema(minimum = 0, maximum = 1439)]
    pub from_min: i64,
    /// First minute that is over, up to 2880: beyond 1440 it reaches into the next day.
    #[schema(minimum = 1, maximum = 2880)]
    pub to_min: i64,
}

/// A unit's rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rota {
    /// After how many weeks the pattern begins again, 1 to 8.
    #[schema(minimum = 1, maximum = 8)]
    pub cycle_weeks: i64,
    /// The Monday of a first week.
    #[schema(value_type = String, format = Date)]
    pub starts_on: Date,
    /// Minutes without an answer after which the backup is told too, 1 to 240.
    #[schema(minimum = 1, maximum = 240)]
    pub backup_after_min: i64,
    /// The turns.
    pub turns: Vec<Turn>,
}

/// When somebody can't be on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Who.
    pub employee_id: EmployeeId,
    /// From when.
    pub from: Ts,
    /// Until when.
    pub to: Ts,
}

/// Who is on call for a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OnCallDuty)]
pub struct Duty {
    /// From when.
    pub from: Ts,
    /// Until when.
    pub to: Ts,
    /// Who is called first.
    pub primary: Option<EmployeeId>,
    /// Who is called if the first doesn't answer.
    pub backup: Option<EmployeeId>,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nobody is called first.
    Primary,
    /// Nobody stands behind.
    Backup,
    /// Neither.
    Both,
    /// The same person is both.
    SamePerson,
}

/// A stretch that is not covered twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Gap {
    /// From when.
    pub from: Ts,
    /// Until when.
    pub to: Ts,
    /// What is missing.
    pub missing: Missing,
}

/// A rota whose turns are whole and don't stand twice in one place.
///
/// # Errors
/// `rota_invalid`, `rota_turn_invalid` at the first turn that is not.
pub fn check(rota: &Rota) -> Result<(), kit::Refusal> {
    let whole = (1..=MAX_WEEKS).contains(&rota.cycle_weeks)
        && rota.starts_on.weekday() == Weekday::Monday
        && (1..=240).contains(&rota.backup_after_min)
        && rota.turns.len() <= MAX_TURNS;
    if !whole {
        return Err(OrganisationError::RotaInvalid.refusal());
    }
    for (i, turn) in rota.turns.iter().enumerate() {
        let pattern = turn.week.is_some_and(|w| (1..=rota.cycle_weeks).contains(&w))
            && turn.weekday.is_some_and(|d| (1..=7).contains(&d))
            && turn.on_date.is_none();
        let exception = turn.week.is_none() && turn.weekday.is_none() && turn.on_date.is_some();
        let minutes =
            (0..1440).contains(&turn.from_min) && turn.from_min < turn.to_min && turn.to_min <= 2880;
        let twice = rota.turns[..i].iter().any(|o| {
            (o.tier, o.week, o.weekday, o.on_date) == (turn.tier, turn.week, turn.weekday, turn.on_date)
                && o.from_min < turn.to_min
                && turn.from_min < o.to_min
        });
        if !(pattern || exception) || !minutes || twice {
            let refusal = OrganisationError::RotaTurnInvalid.refusal();
            return Err(refusal.field(format!("/rota/turns/{i}"), "rota_turn_invalid"));
        }
    }
    Ok(())
}

struct Stretch {
    // When the turn began, also where that is before what was asked for.
    began: Ts,
    from: Ts,
    to: Ts,
    tier: Tier,
    exception: bool,
    employee_id: EmployeeId,
}

fn stretches(rota: &Rota, zone: &TimeZone, from: Ts, to: Ts) -> Vec<Stretch> {
    let mut found = Vec::new();
    // A turn of the day before may reach into the first.
    let Ok(first) = from.timestamp().to_zoned(zone.clone()).date().checked_sub(1.day()) else { return found };
    let last = to.timestamp().to_zoned(zone.clone()).date();
    for day in first.series(1.day()).take_while(|d| *d <= last) {
        let instant = |minute: i64| {
            let wall = day.at(0, 0, 0, 0).checked_add(minute.minutes()).ok()?;
            zone.to_ambiguous_zoned(wall).compatible().ok().map(|z| Ts::from(z.timestamp()))
        };
        let since = i64::from((day - rota.starts_on).get_days());
        let week = since.div_euclid(7).rem_euclid(rota.cycle_weeks) + 1;
        let weekday = i64::from(day.weekday().to_monday_one_offset());
        for turn in &rota.turns {
            let today = match turn.on_date {
                Some(date) => date == day,
                None => turn.week == Some(week) && turn.weekday == Some(weekday),
            };
            if !today {
                continue;
            }
            if let (Some(began), Some(b)) = (instant(turn.from_min), instant(turn.to_min)) {
                let (a, b) = (began.max(from), b.min(to));
                if a < b {
                    found.push(Stretch {
                        began,
                        from: a,
                        to: b,
                        tier: turn.tier,
                        exception: turn.on_date.is_some(),
                        employee_id: turn.employee_id,
                    });
                }
            }
        }
    }
    found
}

/// Who is on call between `from` and `to`: stretches in order, without a hole between them, neighbours different.
///
/// Of several turns of one tier at a minute an exception goes before the pattern, then the one that began last: whoever relieves
/// is on call.
#[must_use]
pub fn duty(rota: &Rota, zone: &TimeZone, absent: &[Absence], from: Ts, to: Ts) -> Vec<Duty> {
    let turns = stretches(rota, zone, from, to);
    let mut edges: Vec<Ts> = vec![from, to];
    edges.extend(turns.iter().flat_map(|t| [t.from, t.to]));
    edges.extend(absent.iter().flat_map(|a| [a.from, a.to]).filter(|at| from < *at && *at < to));
    edges.sort_unstable();
    edges.dedup();
    let mut duties: Vec<Duty> = Vec::new();
    for pair in edges.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let who = |tier: Tier| {
            turns
                .iter()
                .filter(|t| t.tier == tier && t.from <= a && b <= t.to)
                .max_by_key(|t| (t.exception, t.began, t.employee_id))
                .map(|t| t.employee_id)
                .filter(|id| !absent.iter().any(|x| x.employee_id == *id && x.from <= a && b <= x.to))
        };
        let next = Duty { from: a, to: b, primary: who(Tier::Primary), backup: who(Tier::Backup) };
        match duties.last_mut() {
            Some(d) if (d.primary, d.backup) == (next.primary, next.backup) => d.to = b,
            _ => duties.push(next),
        }
    }
    duties
}

/// What is missing in a stretch.
#[must_use]
pub fn missing(duty: &Duty) -> Option<Missing> {
    match (duty.primary, duty.backup) {
        (None, None) => Some(Missing::Both),
        (None, Some(_)) => Some(Missing::Primary),
        (Some(_), None) => Some(Missing::Backup),
        (Some(a), Some(b)) if a == b => Some(Missing::SamePerson),
        (Some(_), Some(_)) => None,
    }
}

/// The stretches that don't have a primary and somebody else as backup.
#[must_use]
pub fn gaps(duties: &[Duty]) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::new();
    for duty in duties {
        let Some(what) = missing(duty) else { continue };
        match found.last_mut() {
            Some(gap) if gap.to == duty.from && gap.missing == what => gap.to = duty.to,
            _ => found.push(Gap { from: duty.from, to: duty.to, missing: what }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn at(text: &str) -> Ts {
        format!("{text}:00+08:00").parse().unwrap()
    }

    fn who(n: u128) -> EmployeeId {
        EmployeeId::from(uuid::Uuid::from_u128(n))
    }

    fn weekly(tier: Tier, n: u128, week: i64, weekday: i64, from_min: i64, to_min: i64) -> Turn {
        Turn {
            tier,
            employee_id: who(n),
            week: Some(week),
            weekday: Some(weekday),
            on_date: None,
            from_min,
            to_min,
        }
    }

    // Two people by turns, week by week, a whole day each.
    fn whole() -> Rota {
        let turns = (1..=2)
            .flat_map(|week| (1..=7).map(move |day| (week, day)))
            .flat_map(|(week, day)| {
                let (first, second) = if week == 1 { (1, 2) } else { (2, 1) };
                [
                    weekly(Tier::Primary, first, week, day, 480, 1920),
                    weekly(Tier::Backup, second, week, day, 480, 1920),
                ]
            })
            .collect();
        Rota { cycle_weeks: 2, starts_on: date(2026, 10, 5), backup_after_min: 15, turns }
    }

    #[test]
    fn p11_a_pattern_of_weeks_covers_every_minute_of_thirty_days() {
        let from = at("2026-10-09T16:40");
        let to = from.plus(HORIZON_DAYS * Ts::DAY);
        let duties = duty(&whole(), &zone(), &[], from, to);
        assert_eq!(gaps(&duties), []);
        assert_eq!((duties[0].from, duties.last().map(|d| d.to)), (from, Some(to)));
        // The relief is Monday at eight.
        assert_eq!((duties[0].to, duties[1].primary), (at("2026-10-12T08:00"), Some(who(2))));
    }

    #[test]
    fn p11_exceptions_and_absences_are_seen_before_they_hurt() {
        let from = at("2026-10-09T00:00");
        let to = at("2026-10-12T00:00");
        let mut rota = whole();
        rota.turns.push(Turn {
            tier: Tier::Primary,
            employee_id: who(3),
            week: None,
            weekday: None,
            on_date: Some(date(2026, 10, 10)),
            from_min: 600,
            to_min: 720,
        });
        let duties = duty(&rota, &zone(), &[], from, to);
        assert_eq!(gaps(&duties), []);
        let swapped = duties.iter().find(|d| d.primary == Some(who(3))).unwrap();
        assert_eq!((swapped.from, swapped.to), (at("2026-10-10T10:00"), at("2026-10-10T12:00")));
        let away = Absence { employee_id: who(3), from: at("2026-10-10T11:00"), to: at("2026-10-11T00:00") };
        let hole =
            Gap { from: at("2026-10-10T11:00"), to: at("2026-10-10T12:00"), missing: Missing::Primary };
        assert_eq!(gaps(&duty(&rota, &zone(), &[away], from, to)), [hole]);
        // The backup swaps in as primary: nobody stands behind any more.
        rota.turns.last_mut().unwrap().employee_id = who(2);
        let found = gaps(&duty(&rota, &zone(), &[], from, to));
        assert_eq!(found.iter().map(|g| g.missing).collect::<Vec<_>>(), [Missing::SamePerson]);
        let none = Rota { turns: Vec::new(), ..rota };
        assert_eq!(gaps(&duty(&none, &zone(), &[], from, to)), [Gap { from, to, missing: Missing::Both }]);
    }

    #[test]
    fn p11_broken_turns_are_refused_by_place() {
        let good = weekly(Tier::Primary, 1, 1, 1, 0, 1440);
        let on_date = Some(date(2026, 10, 10));
        for bad in [
            weekly(Tier::Primary, 1, 3, 1, 0, 1440),
            weekly(Tier::Primary, 1, 1, 8, 0, 1440),
            weekly(Tier::Primary, 1, 1, 2, 600, 600),
            weekly(Tier::Primary, 1, 1, 2, 0, 2881),
            weekly(Tier::Primary, 2, 1, 1, 100, 200),
            Turn { on_date, ..good },
            Turn { week: None, weekday: None, ..good },
        ] {
            let refusal = check(&Rota { turns: vec![good, bad], ..whole() }).unwrap_err();
            assert_eq!(refusal.fields[0].pointer, "/rota/turns/1", "{bad:?}");
        }
        assert_eq!(check(&whole()), Ok(()));
        assert!(check(&Rota { starts_on: date(2026, 10, 6), ..whole() }).is_err());
        assert!(check(&Rota { cycle_weeks: 0, ..whole() }).is_err());
    }

    // A generator of its own, so that a failing case can be run again by its seed.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: u64) -> i64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((self.0 >> 33) % n).unwrap()
        }

        fn rota(&mut self) -> Rota {
            let cycle_weeks = 1 + self.below(3);
            let turns = (0..self.below(24))
                .map(|_| {
                    let pattern = self.below(4) > 0;
                    let from_min = self.below(1440);
                    Turn {
                        tier: if self.below(2) == 0 { Tier::Primary } else { Tier::Backup },
                        employee_id: who(1 + u128::try_from(self.below(4)).unwrap()),
                        week: pattern.then(|| 1 + self.below(u64::try_from(cycle_weeks).unwrap())),
                        weekday: pattern.then(|| 1 + self.below(7)),
                        on_date: (!pattern).then(|| date(2026, 10, 9).saturating_add(self.below(10).days())),
                        from_min,
                        to_min: from_min + 1 + self.below(u64::try_from(2880 - from_min).unwrap()),
                    }
                })
                .collect();
            Rota { cycle_weeks, starts_on: date(2026, 10, 5), backup_after_min: 15, turns }
        }
    }

    // Minute by minute, straight from the words above.
    fn slow(rota: &Rota, absent: &[Absence], minute: Ts, tier: Tier) -> Option<EmployeeId> {
        let mut best: Option<((bool, Ts, EmployeeId), EmployeeId)> = None;
        for back in 0..=2 {
            let day = minute.timestamp().to_zoned(zone()).date().saturating_sub(back.days());
            let midnight = Ts::from(day.to_zoned(zone()).unwrap().timestamp());
            let week =
                i64::from((day - date(2026, 10, 5)).get_days()).div_euclid(7).rem_euclid(rota.cycle_weeks)
                    + 1;
            for turn in rota.turns.iter().filter(|t| t.tier == tier) {
                let today = turn.on_date == Some(day)
                    || (turn.week == Some(week)
                        && turn.weekday == Some(i64::from(day.weekday().to_monday_one_offset())));
                let from = midnight.plus(turn.from_min * Ts::MINUTE);
                if today && from <= minute && minute < midnight.plus(turn.to_min * Ts::MINUTE) {
                    let key = (turn.on_date.is_some(), from, turn.employee_id);
                    if best.is_none_or(|(k, _)| key > k) {
                        best = Some((key, turn.employee_id));
                    }
                }
            }
        }
        best.map(|(_, id)| id)
            .filter(|id| !absent.iter().any(|a| a.employee_id == *id && a.from <= minute && minute < a.to))
    }

    #[test]
    fn p11_every_minute_agrees_with_a_slow_reckoning() {
        let from = at("2026-10-10T00:00");
        let to = from.plus(8 * Ts::DAY);
        for seed in 0..60 {
            let mut dice = Dice(seed);
            let rota = dice.rota();
            let absent: Vec<Absence> = (0..dice.below(3))
                .map(|_| {
                    let start = from.plus(dice.below(8 * 1440) * Ts::MINUTE);
                    let employee_id = who(1 + u128::try_from(dice.below(4)).unwrap());
                    Absence { employee_id, from: start, to: start.plus((1 + dice.below(2000)) * Ts::MINUTE) }
                })
                .collect();
            let duties = duty(&rota, &zone(), &absent, from, to);
            assert_eq!((duties[0].from, duties[duties.len() - 1].to), (from, to));
            assert!(duties.windows(2).all(|d| d[0].to == d[1].from), "seed {seed}: without a hole");
            let found = gaps(&duties);
            let mut minute = from;
            while minute < to {
                let (primary, backup) =
                    (slow(&rota, &absent, minute, Tier::Primary), slow(&rota, &absent, minute, Tier::Backup));
                let here = duties.iter().find(|d| d.from <= minute && minute < d.to).unwrap();
                assert_eq!((here.primary, here.backup), (primary, backup), "seed {seed} at {minute}");
                let whole = primary.is_some() && backup.is_some() && primary != backup;
                let gap = found.iter().any(|g| g.from <= minute && minute < g.to);
                assert_eq!(gap, !whole, "seed {seed} at {minute}");
                minute = minute.plus(7 * Ts::MINUTE);
            }
        }
    }
}
