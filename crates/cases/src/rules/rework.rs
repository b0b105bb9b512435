//! The same fault on the same asset soon after a repair is free rework (P74); a person decides it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::Ts;
use serde::{Deserialize, Serialize};
use service_calendar::{HolidayYears, Period, RestDayRule, RestDays, period_end};

use crate::model::CaseId;
/// An earlier repair of the asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// Its case.
    pub case_id: CaseId,
    /// That case's number.
    pub number: String,
    /// The repaired asset.
    pub asset_id: String,
    /// The fault found, or the class of the symptom reported.
    pub fault: Option<String>,
    /// When the work was done.
    pub finished_at: Ts,
}

kit::names! {
    /// How well an earlier repair fits.
    ReworkMatch {
        /// Same asset, same fault.
        SameFault = "same_fault",
        /// Same asset; on one side the fault has no class yet.
        SameAsset = "same_asset",
    }
}

/// An earlier repair that this report may be the rework of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReworkProposal {
    /// The earlier case.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// How well it fits.
    pub fits: ReworkMatch,
    /// When the work was done.
    pub finished_at: Ts,
    /// Calendar days since then.
    pub days_since: i64,
    /// The last day of free rework, until 24:00.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

/// How long the same fault is rework (P74).
#[derive(Clone, Copy, Debug)]
pub struct ReworkTerm<'a> {
    /// From completion: 90 days by default.
    pub period: Period,
    /// A last day that is a rest day moves on to the next that is none (decision 11).
    pub holidays: &'a HolidayYears,
    /// What the policy counts as a rest day there: none if it extends no rework.
    pub rest_days: RestDayRule,
    /// The site's zone.
    pub zone: &'a TimeZone,
}

/// Days that surely hold the period: how far back earlier repairs are looked for.
#[must_use]
pub fn days_at_most(period: Period) -> i64 {
    // A Spring Festival and the weekends around it extend a period by less than a month.
    31 + match period {
        Period::Years(n) => i64::from(n) * 366,
        Period::Months(n) => i64::from(n) * 31,
        Period::Days(n) => i64::from(n),
    }
}

/// The newest earlier repair that fits and whose period holds at `now`; a known same fault goes before a possible one.
///
/// The day of the repair is not counted; the last day counts until 24:00 in the site's zone (`promise.md`, dates).
#[must_use]
pub fn rework_of(
    repaired: &[Repaired],
    asset_id: &str,
    fault: Option<&str>,
    term: &ReworkTerm<'_>,
    now: Ts,
) -> Option<ReworkProposal> {
    let day = |at: Ts| at.timestamp().to_zoned(term.zone.clone()).date();
    let rest = RestDays::new(term.holidays, term.rest_days);
    let today = day(now);
    repaired
        .iter()
        .filter(|r| r.asset_id == asset_id && r.finished_at <= now)
        .filter_map(|r| {
            let until = period_end(day(r.finished_at), term.period, &rest).ok()?.end_date;
            let fits = match (r.fault.as_deref(), fault) {
                (Some(before), Some(reported)) if before == reported => ReworkMatch::SameFault,
                (Some(_), Some(_)) => return None,
                _ => ReworkMatch::SameAsset,
            };
            (today <= until).then_some((fits, r, until))
        })
        .min_by_key(|(fits, r, _)| (*fits, std::cmp::Reverse(r.finished_at)))
        .map(|(fits, r, until)| ReworkProposal {
            case_id: r.case_id,
            number: r.number.clone(),
            fits,
            finished_at: r.finished_at,
            days_since: day(r.finished_at).until(today).map_or(0, |s| i64::from(s.get_days())),
            until,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Ts {
        text.parse().unwrap()
    }

    fn repaired(number: u128, fault: Option<&str>, finished_at: &str) -> Repaired {
        Repaired {
            case_id: CaseId(kit::uuid::Uuid::from_u128(number)),
            number: format!("SQ{number}"),
            asset_id: "gate".into(),
            fault: fault.map(Into::into),
            finished_at: at(finished_at),
        }
    }

    fn find(repaired: &[Repaired], asset: &str, fault: Option<&str>, now: &str) -> Option<ReworkProposal> {
        find_by(RestDayRule::default(), repaired, asset, fault, now)
    }

    fn find_by(
        rest_days: RestDayRule,
        repaired: &[Repaired],
        asset: &str,
        fault: Option<&str>,
        now: &str,
    ) -> Option<ReworkProposal> {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let holidays = HolidayYears::built_in();
        let term = ReworkTerm { period: Period::Days(90), holidays: &holidays, rest_days, zone: &zone };
        rework_of(repaired, asset, fault, &term, at(now))
    }

    #[test]
    fn p74_same_asset_and_fault_within_90_days_counts_to_the_last_minute_of_the_last_day() {
        // Done on 2026-07-01 at 10:00 in Shanghai: the period ends on 2026-09-29 at 24:00.
        let before = [repaired(1, Some("arm_stays_down"), "2026-07-01T02:00:00Z")];
        let same = Some("arm_stays_down");
        let found = find(&before, "gate", same, "2026-09-29T15:59:59Z").unwrap();
        assert_eq!(
            (found.fits, found.days_since, found.number.as_str()),
            (ReworkMatch::SameFault, 90, "SQ1")
        );
        assert_eq!(find(&before, "gate", same, "2026-09-29T16:00:00Z"), None);
        assert_eq!(find(&before, "other", same, "2026-07-02T00:00:00Z"), None);
        assert_eq!(find(&before, "gate", Some("no_power"), "2026-07-02T00:00:00Z"), None);
    }

    #[test]
    fn p74_a_period_that_ends_on_a_rest_day_goes_on_to_the_next_working_day() {
        // 90 days from 2026-07-03 end on National Day; the first working day after it is 2026-10-08.
        let before = [repaired(1, None, "2026-07-03T02:00:00Z")];
        let found = find(&before, "gate", None, "2026-10-08T15:59:59Z").unwrap();
        assert_eq!(found.until.to_string(), "2026-10-08");
        assert_eq!(find(&before, "gate", None, "2026-10-08T16:00:00Z"), None);
        // A policy that extends nothing: the last day is the first of October, as the verdict says (decision 11).
        let found = find_by(RestDayRule::NONE, &before, "gate", None, "2026-10-01T15:59:59Z").unwrap();
        assert_eq!(found.until.to_string(), "2026-10-01");
        assert_eq!(find_by(RestDayRule::NONE, &before, "gate", None, "2026-10-01T16:00:00Z"), None);
    }

    #[test]
    fn p74_an_unknown_fault_is_only_proposed_and_the_same_fault_goes_first() {
        let before = [
            repaired(1, Some("arm_stays_down"), "2026-07-01T02:00:00Z"),
            repaired(2, None, "2026-08-01T02:00:00Z"),
        ];
        let found = find(&before, "gate", None, "2026-08-02T02:00:00Z").unwrap();
        assert_eq!((found.fits, found.number.as_str()), (ReworkMatch::SameAsset, "SQ2"));
        let found = find(&before, "gate", Some("arm_stays_down"), "2026-08-02T02:00:00Z").unwrap();
        assert_eq!((found.fits, found.number.as_str()), (ReworkMatch::SameFault, "SQ1"));
    }

    #[test]
    fn p74_a_repair_after_the_report_is_no_earlier_repair() {
        let later = [repaired(1, None, "2026-08-03T02:00:00Z")];
        assert_eq!(find(&later, "gate", None, "2026-08-02T02:00:00Z"), None);
    }
}
