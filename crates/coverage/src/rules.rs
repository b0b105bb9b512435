//! What coverage decides beside the engine: badges, what a finding lacks, where an agreement stands, its targets.

use coverage_rules::{
    ClauseKey, CoverageKind, Decision, DesignatedParty, EvidenceKind, ExclusionDefinition, OutsideWork,
    ProposalNeed, RequestKind, Verdict, was_designated,
};
use jiff::civil::Date;
use kit::Both;
use kit::texts::{self, both_of};
use policy::{BySeverity, Target, Targets};

use crate::errors::CoverageError;
use crate::model::{AgreementState, AgreementTargets, AgreementView, DesignatedInput, OutsideWorkAnswer};
use crate::view::{CoverageBadge, both, provisional_years};

/// Days before its end in which an agreement is expiring (P29).
pub const EXPIRING_DAYS: i32 = 90;

fn said(badge: &str, day: Option<Date>) -> Both {
    let day = day.map(|day| ("day", day.to_string()));
    texts::both(&format!("reasons.coverage.badge.{badge}"), day.as_slice())
}

/// The verdict in one line; `verdict` is the one that holds.
#[must_use]
pub fn badge(decision: &Decision, verdict: Verdict) -> CoverageBadge {
    let overruled = verdict != decision.verdict;
    let until = match verdict {
        Verdict::Covered => decision.asset_covered_until().or(decision.period.as_ref().map(|p| p.end)),
        Verdict::Chargeable => {
            decision.period.as_ref().map(|p| p.end).filter(|end| *end < decision.reported_on)
        }
        Verdict::Undecided => None,
    };
    let text = match (verdict, until) {
        _ if overruled && verdict == Verdict::Covered => said("overruled_covered", None),
        _ if overruled => said("overruled_chargeable", None),
        (Verdict::Covered, Some(day)) => said("covered_until", Some(day)),
        (Verdict::Covered, None) => said("covered", None),
        (Verdict::Chargeable, _) if decision.coverage == Some(CoverageKind::Excluded) => {
            said("excluded", None)
        }
        (Verdict::Chargeable, Some(day)) => said("ended", Some(day)),
        (Verdict::Chargeable, None) => said("chargeable", None),
        (Verdict::Undecided, _) => match decision.missing.first() {
            Some(missing) => {
                let how = both(&missing.how);
                both_of("reasons.coverage.badge.undecided_because", |lang| vec![("how", how.in_lang(lang))])
            }
            None => said("undecided", None),
        },
    };
    CoverageBadge {
        verdict,
        until: if overruled { None } else { until },
        layer: decision.layer,
        text,
        provisional: !provisional_years(decision).is_empty(),
    }
}

/// The clause that decided; `None` while undecided.
#[must_use]
pub fn deciding_clause(decision: &Decision) -> Option<ClauseKey> {
    if decision.verdict == Verdict::Undecided {
        return None;
    }
    if let Some(layer) = decision.layer {
        return Some(layer.clause_key());
    }
    match decision.coverage? {
        CoverageKind::Excluded | CoverageKind::OutOfPeriod => {
            Some(decision.exclusions.first().map_or(ClauseKey::OutOfPeriod, |code| code.clause_key()))
        }
        CoverageKind::PartSale => Some(ClauseKey::PartSale),
        CoverageKind::Training => Some(ClauseKey::TrainingFree),
        CoverageKind::Patch => Some(ClauseKey::PatchIncluded),
        CoverageKind::Upgrade => Some(ClauseKey::UpgradeQuoted),
        CoverageKind::Rework => Some(ClauseKey::Rework),
        CoverageKind::AcceptanceYear => Some(ClauseKey::AcceptanceYear),
        CoverageKind::Agreement => Some(ClauseKey::Agreement),
        CoverageKind::RepairedPart => Some(ClauseKey::RepairedPart),
        CoverageKind::SoldPart => Some(ClauseKey::SoldPart),
    }
}

/// What is there to prove an exclusion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proven {
    /// A photo.
    pub photo: bool,
    /// Words.
    pub text: bool,
    /// The explanation was shown to the customer.
    pub explained: bool,
    /// The customer signed or refused.
    pub acknowledged: bool,
}

/// What an exclusion takes by its definition (P31).
#[must_use]
pub fn asked_for(definition: &ExclusionDefinition) -> Vec<ProposalNeed> {
    lacks(definition, Proven::default())
}

/// What is still lacking before a person may decide that an exclusion applies (P31).
#[must_use]
pub fn lacks(definition: &ExclusionDefinition, there: Proven) -> Vec<ProposalNeed> {
    let mut needs = Vec::new();
    if definition.evidence.contains(&EvidenceKind::Photo) && !there.photo {
        needs.push(ProposalNeed::Photo);
    }
    if definition.evidence.contains(&EvidenceKind::Text) && !there.text {
        needs.push(ProposalNeed::Text);
    }
    if definition.needs_explanation && !there.explained {
        needs.push(ProposalNeed::Explanation);
    }
    if definition.needs_acknowledgement && !there.acknowledged {
        needs.push(ProposalNeed::Acknowledgement);
    }
    needs
}

/// Where an agreement stands on a day (`domain.md`): what was done to it, and else its dates.
#[must_use]
pub fn agreement_state(agreement: &AgreementView, status: &str, today: Date) -> AgreementState {
    if status == "draft" {
        return AgreementState::Draft;
    }
    if agreement.terminated_from.is_some_and(|from| from <= today) {
        return AgreementState::Terminated;
    }
    if today > agreement.covered_to {
        return if agreement.renewed_by_id.is_some() {
            AgreementState::Renewed
        } else {
            AgreementState::Expired
        };
    }
    if agreement.suspensions.iter().any(|one| one.holds(today)) {
        return AgreementState::Suspended;
    }
    if today < agreement.covered_from {
        return AgreementState::Signed;
    }
    let left = agreement.covered_to.since(today).map_or(i32::MAX, |span| span.get_days());
    if left <= EXPIRING_DAYS { AgreementState::Expiring } else { AgreementState::Active }
}

/// The name of a state on screen.
#[must_use]
pub fn state_in_words(state: AgreementState) -> Both {
    texts::both(&format!("reasons.coverage.agreement.{}", state.name()), &[])
}

/// The targets under an agreement: the warranty's own, unless the agreement names another (P29, "the same fast service").
#[must_use]
pub fn targets_of(own: AgreementTargets, warranty: Targets) -> Targets {
    let minutes =
        |target: Option<Target>, own: Option<i64>| match (own.and_then(|m| u32::try_from(m).ok()), target) {
            (Some(minutes), Some(target)) => Some(Target { minutes, ..target }),
            (_, target) => target,
        };
    Targets {
        respond_fault: BySeverity {
            major: minutes(warranty.respond_fault.major, own.respond_min),
            normal: minutes(warranty.respond_fault.normal, own.respond_min),
        },
        arrive: BySeverity {
            major: minutes(warranty.arrive.major, own.arrive_major_min),
            normal: minutes(warranty.arrive.normal, own.arrive_normal_min),
        },
        ..warranty
    }
}

/// Whether an agreement's own targets are usable: between a minute and thirty days.
#[must_use]
pub fn targets_usable(own: &AgreementTargets) -> bool {
    [own.respond_min, own.arrive_major_min, own.arrive_normal_min]
        .into_iter()
        .flatten()
        .all(|minutes| (1..=30 * 24 * 60).contains(&minutes))
}

/// A name as it is compared: without case, width, spaces and marks around words.
#[must_use]
pub fn party_key(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// An entry of the list of designated persons and firms, checked, without spaces around its words (P33).
///
/// # Errors
/// `designated_name_invalid`, `designated_dates`.
pub fn designated(input: DesignatedInput) -> Result<DesignatedInput, CoverageError> {
    let name = input.name.trim().to_owned();
    let remark = input.remark.trim().to_owned();
    if party_key(&name).is_empty() || name.chars().count() > 120 || remark.chars().count() > 200 {
        return Err(CoverageError::DesignatedNameInvalid);
    }
    if input.valid_to.is_some_and(|to| to < input.valid_from) {
        return Err(CoverageError::DesignatedDates);
    }
    Ok(DesignatedInput { name, remark, ..input })
}

/// What was answered about work by others, checked: each with a name and a day that has come, at most twenty.
///
/// # Errors
/// `outside_work_invalid`.
pub fn outside_work(
    answers: Vec<OutsideWorkAnswer>,
    today: Date,
) -> Result<Vec<OutsideWorkAnswer>, CoverageError> {
    let fine = |w: &OutsideWorkAnswer| {
        !party_key(&w.name).is_empty() && w.name.chars().count() <= 120 && w.done_on <= today
    };
    if answers.len() > 20 || !answers.iter().all(fine) {
        return Err(CoverageError::OutsideWorkInvalid);
    }
    let trimmed = |w: OutsideWorkAnswer| OutsideWorkAnswer { name: w.name.trim().to_owned(), ..w };
    Ok(answers.into_iter().map(trimmed).collect())
}

/// Work by others against the list of designated persons and firms of those days (P33).
#[must_use]
pub fn weighed(answers: &[OutsideWorkAnswer], list: &[DesignatedParty]) -> Vec<OutsideWork> {
    let one = |w: &OutsideWorkAnswer| OutsideWork {
        party_id: w.name.clone(),
        done_on: w.done_on,
        designated: was_designated(list, &party_key(&w.name), w.done_on),
    };
    answers.iter().map(one).collect()
}

/// Whether exclusions can be decided on such a request.
#[must_use]
pub fn excludable(request: RequestKind) -> bool {
    request == RequestKind::Repair
}

/// A reason without the ids of the promises it rests on, which say nothing to those who read it: `（P35）`, ` (P28, P30)`. The
/// kept decision names them.
#[must_use]
pub fn without_ids(reason: &str) -> String {
    let mut said = String::with_capacity(reason.len());
    let mut rest = reason;
    while let Some(open) = rest.find(['(', '（']) {
        let inner = rest[open..].trim_start_matches(['(', '（']);
        let close = inner.find([')', '）']);
        let id = |part: &str| {
            part.strip_prefix('P').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        };
        match close {
            Some(close) if inner[..close].split([',', '，', '、', '-']).all(|part| id(part.trim())) => {
                said.push_str(rest[..open].trim_end());
                rest = inner[close..].trim_start_matches([')', '）']);
            }
            _ => {
                let seen = rest.len() - inner.len();
                said.push_str(&rest[..seen]);
                rest = inner;
            }
        }
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use coverage_rules::{Acceptance, CoverageFacts, CoveragePolicy, ExclusionCode, Verdict, decide};
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use service_calendar::HolidayYears;

    use super::*;
    use crate::model::{AgreementId, Suspension};

    fn decided(accepted_on: Option<Date>, reported: &str) -> Decision {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let mut facts = CoverageFacts::new("asset", reported.parse().unwrap(), zone);
        facts.acceptance = accepted_on.map(|day| Acceptance {
            certificate_id: "YS-1".into(),
            accepted_on: Some(day),
            signed_by_customer: true,
        });
        decide(&facts, &CoveragePolicy::default(), &HolidayYears::built_in())
    }

    #[test]
    fn a_reason_is_shown_without_the_ids_of_promises() {
        for (stored, printed) in [
            ("按价格表收费（P35）。", "按价格表收费。"),
            ("Charged by the price list (P35).", "Charged by the price list."),
            ("免责（P31、P34）待判定（见凭证）", "免责待判定（见凭证）"),
            (
                "验收（验收单 YS20250329-0001），免费保修 1 年",
                "验收（验收单 YS20250329-0001），免费保修 1 年",
            ),
            ("(Panel) of (P", "(Panel) of (P"),
        ] {
            assert_eq!(without_ids(stored), printed);
        }
    }

    #[test]
    fn p28_the_badge_says_until_when_and_what_is_missing() {
        let covered = decided(Some(date(2025, 3, 1)), "2026-03-02T23:59:00+08:00");
        let shown = badge(&covered, covered.verdict);
        assert_eq!((shown.verdict, shown.until), (Verdict::Covered, Some(date(2026, 3, 2))));
        assert_eq!(shown.text.en, "Covered until 2026-03-02");
        assert_eq!(deciding_clause(&covered), Some(ClauseKey::AcceptanceYear));

        let over = decided(Some(date(2025, 3, 1)), "2026-03-03T00:00:00+08:00");
        let shown = badge(&over, over.verdict);
        assert_eq!(shown.text.zh_cn, "收费，保障已于 2026-03-02 届满");
        assert_eq!(deciding_clause(&over), Some(ClauseKey::OutOfPeriod));

        let unknown = decided(None, "2026-03-03T00:00:00+08:00");
        let shown = badge(&unknown, unknown.verdict);
        assert_eq!((shown.verdict, shown.until), (Verdict::Undecided, None));
        assert!(shown.text.zh_cn.starts_with("待定：") && shown.text.zh_cn.len() > "待定：".len());
        assert_eq!(deciding_clause(&unknown), None);

        let ruled = badge(&over, Verdict::Covered);
        assert_eq!((ruled.text.en.as_str(), ruled.until), ("Covered (overruled)", None));
    }

    #[test]
    fn p33_a_party_is_designated_on_its_days_whatever_the_spelling() {
        assert_eq!(party_key(" Ｎorth-Star  安装 Co. "), party_key("north star安装CO"));
        let list = [DesignatedParty {
            party_id: party_key("北星安装有限公司"),
            valid_from: date(2026, 1, 1),
            valid_to: Some(date(2026, 6, 30)),
        }];
        let said = |day| OutsideWorkAnswer { name: "北星 安装有限公司".into(), done_on: day };
        for (day, designated) in [
            (date(2025, 12, 31), false),
            (date(2026, 1, 1), true),
            (date(2026, 6, 30), true),
            (date(2026, 7, 1), false),
        ] {
            assert_eq!(weighed(&[said(day)], &list)[0].designated, designated, "{day}");
        }
        let today = date(2026, 5, 1);
        assert!(outside_work(vec![said(today)], today).is_ok());
        assert_eq!(outside_work(vec![said(date(2026, 5, 2))], today), Err(CoverageError::OutsideWorkInvalid));
        let nobody = OutsideWorkAnswer { name: "…".into(), done_on: today };
        assert_eq!(outside_work(vec![nobody], today), Err(CoverageError::OutsideWorkInvalid));
    }

    #[test]
    fn p31_an_exclusion_needs_evidence_explanation_and_the_customers_answer() {
        use ProposalNeed::{Acknowledgement, Explanation, Photo, Text};
        let policy = CoveragePolicy::default();
        for code in [
            ExclusionCode::AbnormalOperation,
            ExclusionCode::SelfDismantled,
            ExclusionCode::NonDesignated,
            ExclusionCode::MixedSystem,
        ] {
            let definition = policy.exclusion(code).unwrap();
            assert_eq!(asked_for(definition), [Photo, Text, Explanation, Acknowledgement], "{code:?}");
            let there = Proven { photo: true, text: true, ..Proven::default() };
            assert_eq!(lacks(definition, there), [Explanation, Acknowledgement]);
            let all = Proven { photo: true, text: true, explained: true, acknowledged: true };
            assert_eq!(lacks(definition, all), []);
        }
        let mut words_only = policy.exclusion(ExclusionCode::SelfDismantled).unwrap().clone();
        words_only.evidence = [EvidenceKind::Text].into();
        words_only.needs_acknowledgement = false;
        assert_eq!(asked_for(&words_only), [Text, Explanation]);
    }

    fn agreement() -> AgreementView {
        AgreementView {
            id: AgreementId(kit::uuid::Uuid::nil()),
            number: "XY20260101-0001".into(),
            customer_id: "k".into(),
            customer_name: "k".into(),
            asset_ids: vec!["a".into()],
            level: "standard".into(),
            covered_from: date(2026, 1, 1),
            covered_to: date(2026, 12, 31),
            price_minor: 0,
            currency: "CNY".into(),
            targets: AgreementTargets::default(),
            state: AgreementState::Draft,
            signed_on: Some(date(2025, 12, 1)),
            suspensions: Vec::new(),
            terminated_from: None,
            terminated_reason: None,
            renews_id: None,
            renewed_by_id: None,
            version: 1,
        }
    }

    #[test]
    fn p29_the_default_targets_of_an_agreement_are_the_warrantys() {
        let warranty = policy::PolicyContent::default().targets;
        assert_eq!(targets_of(AgreementTargets::default(), warranty), warranty);
        let quicker = AgreementTargets { arrive_major_min: Some(120), ..AgreementTargets::default() };
        let own = targets_of(quicker, warranty);
        assert_eq!(own.arrive.major.unwrap().minutes, 120);
        assert_eq!(own.arrive.normal, warranty.arrive.normal);
        assert_eq!(own.respond_fault, warranty.respond_fault);
        assert!(targets_usable(&quicker));
        assert!(!targets_usable(&AgreementTargets { respond_min: Some(0), ..quicker }));
    }

    #[test]
    fn p29_an_agreement_stands_where_its_days_put_it() {
        let on = |of: &AgreementView, day| agreement_state(of, "signed", day);
        let plain = agreement();
        assert_eq!(agreement_state(&plain, "draft", date(2026, 6, 1)), AgreementState::Draft);
        for (day, state) in [
            (date(2025, 12, 31), AgreementState::Signed),
            (date(2026, 1, 1), AgreementState::Active),
            (date(2026, 10, 1), AgreementState::Active),
            (date(2026, 10, 2), AgreementState::Expiring),
            (date(2026, 12, 31), AgreementState::Expiring),
            (date(2027, 1, 1), AgreementState::Expired),
        ] {
            assert_eq!(on(&plain, day), state, "{day}");
        }
        let renewed = AgreementView { renewed_by_id: Some(plain.id), ..agreement() };
        assert_eq!(on(&renewed, date(2027, 1, 1)), AgreementState::Renewed);
        let days = |from, until| Suspension { from, until, reason: None };
        let suspended = AgreementView {
            suspensions: vec![days(date(2026, 3, 1), Some(date(2026, 3, 31))), days(date(2026, 5, 1), None)],
            ..agreement()
        };
        for (day, state) in [
            (date(2026, 3, 31), AgreementState::Suspended),
            (date(2026, 4, 1), AgreementState::Active),
            (date(2026, 4, 30), AgreementState::Active),
            (date(2026, 5, 1), AgreementState::Suspended),
        ] {
            assert_eq!(on(&suspended, day), state, "{day}");
        }
        let terminated = AgreementView { terminated_from: Some(date(2026, 5, 1)), ..agreement() };
        assert_eq!(on(&terminated, date(2026, 4, 30)), AgreementState::Active);
        assert_eq!(on(&terminated, date(2026, 5, 1)), AgreementState::Terminated);
    }
}
