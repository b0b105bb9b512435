//! The same fault on the same asset soon after a repair is free rework (P74); a person decides it.

use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use kit::Ts;
use serde::{Deserialize, Serialize};

use crate::model::CaseId;
use crate::names::names;

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

names! {
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
    /// The policy's rework period, in days.
    pub period_days: i64,
}

/// The newest earlier repair within `period_days` of `now` that fits, a known same fault before a possible one.
///
/// The day of the repair is not counted; the last day counts until 24:00 in `zone` (`promise.md`, dates).
#[must_use]
pub fn rework_of(
    repaired: &[Repaired],
    asset_id: &str,
    fault: Option<&str>,
    period_days: i64,
    now: Ts,
    zone: &TimeZone,
) -> Option<ReworkProposal> {
    let day = |at: Ts| at.timestamp().to_zoned(zone.clone()).date();
    let today = day(now);
    repaired
        .iter()
        .filter(|r| r.asset_id == asset_id && r.finished_at <= now)
        .filter_map(|r| {
            let last = day(r.finished_at).checked_add(period_days.days()).ok()?;
            let fits = match (r.fault.as_deref(), fault) {
                (Some(before), Some(reported)) if before == reported => ReworkMatch::SameFault,
                (Some(_), Some(_)) => return None,
                _ => ReworkMatch::SameAsset,
            };
            (today <= last).then_some((fits, r))
        })
        .min_by_key(|(fits, r)| (*fits, std::cmp::Reverse(r.finished_at)))
        .map(|(fits, r)| ReworkProposal {
            case_id: r.case_id,
            number: r.number.clone(),
            fits,
            finished_at: r.finished_at,
            days_since: i64::from(day(r.finished_at).until(today).map_or(0, |s| s.get_days())),
            period_days,
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
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        rework_of(repaired, asset, fault, 90, at(now), &zone)
    }

    #[test]
    fn p74_same_asset_and_fault_within_90_days_counts_to_the_last_minute_of_the_last_day() {
        // Done on 2026-07-01 at 10:00 in Shanghai: the period ends on 2026-09-29 at 24:00.
        let before = [repaired(1, Some("arm_stays_down"), "2026-07-01T02:00:00Z")];
        let same = Some("arm_stays_down");
        let found = find(&before, "gate", same, "2026-09-29T15:59:59Z").unwrap();
        assert_eq!((found.fits, found.days_since, found.number.as_str()), (ReworkMatch::SameFault, 90, "SQ1"));
        assert_eq!(find(&before, "gate", same, "2026-09-29T16:00:00Z"), None);
        assert_eq!(find(&before, "other", same, "2026-07-02T00:00:00Z"), None);
        assert_eq!(find(&before, "gate", Some("no_power"), "2026-07-02T00:00:00Z"), None);
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
