//! Pure decisions over the promise: is a version whole, what is a fault's severity, which terms hold, when is something due.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use kit::{FieldFault, Ts};
use service_calendar::{
    ClockTermsSpec, CompiledCalendar, HolidayYears, PauseReason, PauseReasons, RestDays, working_days_after,
};

use crate::errors::PolicyError;
use crate::model::{
    BySeverity, CalendarKey, EffectAnswers, PolicyContent, Promise, RequestClass, Severity, SeverityReason,
    SeverityVerdict, Targets,
};

/// The longest promise in minutes: ten years.
const LONGEST_MINUTES: u32 = 10 * 366 * 24 * 60;

fn fault(pointer: impl Into<String>, code: &str) -> FieldFault {
    FieldFault { pointer: pointer.into(), code: code.into(), values: Vec::new() }
}

/// Everything that keeps a content from coming into force, each with its field.
#[must_use]
pub fn check(content: &PolicyContent) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for key in CalendarKey::ALL {
        if content.calendars.get(*key).id() != key.name() {
            faults.push(fault(format!("/content/calendars/{}/id", key.name()), "policy_calendar_id_fixed"));
        }
    }
    let targets = &content.targets;
    for (name, by) in [
        ("respond_fault", targets.respond_fault),
        ("respond_consultation", targets.respond_consultation),
        ("arrive", targets.arrive),
        ("restore", targets.restore),
    ] {
        check_target(name, by, &mut faults);
    }
    for (severity, target) in [("major", targets.arrive.major), ("normal", targets.arrive.normal)] {
        if target.is_none() {
            faults.push(fault(format!("/content/targets/arrive/{severity}"), "policy_arrive_missing"));
        }
    }
    let percents = &content.warn_percents;
    let rising = percents.windows(2).all(|pair| pair[0] < pair[1]);
    if !rising || percents.len() > 8 || percents.iter().any(|p| !(1..=99).contains(p)) {
        faults.push(fault("/content/warn_percents", "policy_warn_percents_wrong"));
    }
    if content.pauses.arrive.contains(&PauseReason::WaitingParts) {
        faults.push(fault("/content/pauses/arrive", "policy_arrive_pauses_for_parts"));
    }
    if !(1..=30).contains(&content.follow_up_working_days) {
        faults.push(fault("/content/follow_up_working_days", "policy_number_out_of_range"));
    }
    if !(1..=30).contains(&content.complaint_working_days) {
        faults.push(fault("/content/complaint_working_days", "policy_number_out_of_range"));
    }
    if !(1..=20).contains(&content.hand_over_limit) {
        faults.push(fault("/content/hand_over_limit", "policy_number_out_of_range"));
    }
    if !(5..=60 * 24 * 7).contains(&content.hand_over_answer_minutes) {
        faults.push(fault("/content/hand_over_answer_minutes", "policy_number_out_of_range"));
    }
    if !(5..=60 * 24 * 30).contains(&content.idle_minutes) {
        faults.push(fault("/content/idle_minutes", "policy_number_out_of_range"));
    }
    if !(30..=720).contains(&content.window_minutes) {
        faults.push(fault("/content/window_minutes", "policy_number_out_of_range"));
    }
    if !(1..=1000).contains(&content.reveals_per_day) {
        faults.push(fault("/content/reveals_per_day", "policy_number_out_of_range"));
    }
    check_questions(content, &mut faults);
    if let Err(problems) = content.coverage.check() {
        for problem in problems {
            faults.push(coverage_fault(&problem));
        }
    }
    faults
}

fn check_target(name: &str, by: BySeverity, faults: &mut Vec<FieldFault>) {
    for (severity, target) in [("major", by.major), ("normal", by.normal)] {
        if target.is_some_and(|t| !(1..=LONGEST_MINUTES).contains(&t.minutes)) {
            faults.push(fault(format!("/content/targets/{name}/{severity}/minutes"), "policy_minutes_wrong"));
        }
    }
    // A graver fault is never served later on the same calendar (P44, P45).
    if let (Some(major), Some(normal)) = (by.major, by.normal)
        && major.calendar == normal.calendar
        && major.minutes > normal.minutes
    {
        faults.push(fault(format!("/content/targets/{name}/major/minutes"), "policy_major_slower"));
    }
}

fn check_questions(content: &PolicyContent, faults: &mut Vec<FieldFault>) {
    if content.effect_questions.is_empty() {
        faults.push(fault("/content/effect_questions", "policy_questions_missing"));
    }
    let mut seen = BTreeSet::new();
    for (i, q) in content.effect_questions.iter().enumerate() {
        let code_ok = !q.code.is_empty()
            && q.code.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
        if !code_ok || !seen.insert(&q.code) {
            faults.push(fault(format!("/content/effect_questions/{i}/code"), "policy_question_code_wrong"));
        }
        for (field, text) in [("question", &q.question), ("reason", &q.reason)] {
            if text.zh_cn.trim().is_empty() {
                faults.push(fault(
                    format!("/content/effect_questions/{i}/{field}/zh_cn"),
                    "policy_text_missing",
                ));
            }
        }
    }
}

// The engine names its problem in its own form; here it gets the field it stands in.
fn coverage_fault(problem: &coverage_rules::PolicyProblem) -> FieldFault {
    use coverage_rules::PolicyProblem as P;
    let at = |field: &str| format!("/content/coverage/{field}");
    let named = serde_json::to_value(problem).unwrap_or_default();
    let part = |key: &str| {
        named
            .get(key)
            .and_then(|v| v.as_str().map(str::to_owned).or_else(|| v.as_i64().map(|n| n.to_string())))
            .unwrap_or_default()
    };
    let pointer = match problem {
        P::IdMissing => at("id"),
        P::VersionZero => at("version"),
        P::TermZero { .. } | P::TermTooLong { .. } => at(match part("layer").as_str() {
            "rework" => "rework_term",
            "repaired_part" => "repaired_part_term",
            "sold_part" => "sold_part_term",
            _ => "acceptance_term",
        }),
        P::ExclusionMissing { .. }
        | P::ExclusionTwice { .. }
        | P::ExclusionDecider { .. }
        | P::ExclusionWithoutEvidence { .. } => at("exclusions"),
        P::ChargeRuleMissing { .. } | P::TrainingNotFree | P::UpgradeNotQuoted => {
            let kind = match problem {
                P::TrainingNotFree => "training".to_owned(),
                P::UpgradeNotQuoted => "upgrade".to_owned(),
                _ => part("kind"),
            };
            at(&format!("charge_rules/{kind}"))
        }
        P::PayerMissing { .. } | P::CoverWorseThanNone { .. } => {
            at(&format!("payer_matrix/{}/{}", part("kind"), part("coverage")))
        }
        P::PayerRowUnused { .. } => at(&format!("payer_matrix/{}", part("kind"))),
        P::LevelMissing | P::LevelTwice { .. } => at("agreement_levels"),
        P::LevelUnnamed { index } => at(&format!("agreement_levels/{index}")),
        P::ClauseMissing { .. } | P::ClausePromiseMissing { .. } | P::ClauseTextMissing { .. } => {
            at(&format!("clauses/{}", part("key")))
        }
    };
    fault(pointer, &format!("coverage_{}", part("problem")))
}

/// The severity that the answers give (P45): major if one of them makes it so, and why.
///
/// # Errors
/// `effect_question_unknown` for an answer to a question that isn't asked.
pub fn severity(content: &PolicyContent, answers: &EffectAnswers) -> Result<SeverityVerdict, PolicyError> {
    if let Some(code) = answers.keys().find(|c| !content.effect_questions.iter().any(|q| q.code == **c)) {
        return Err(PolicyError::QuestionUnknown { question: code.clone() });
    }
    let mut reasons = Vec::new();
    let mut unanswered = Vec::new();
    for q in &content.effect_questions {
        match answers.get(&q.code) {
            Some(answer) if *answer == q.major_if => {
                reasons.push(SeverityReason { question: Some(q.code.clone()), text: q.reason.clone() });
            }
            Some(_) => {}
            None => unanswered.push(q.code.clone()),
        }
    }
    let severity = if reasons.is_empty() { Severity::Normal } else { Severity::Major };
    if reasons.is_empty() {
        let text = kit::texts::both("reasons.policy.no_grave_effect", &[]);
        reasons.push(SeverityReason { question: None, text });
    }
    Ok(SeverityVerdict { severity, reasons, unanswered })
}

/// The terms of a promise under a content; `None` if it promises nothing. Follow-ups and complaints are promised in working days,
/// see [`day_terms`].
#[must_use]
pub fn terms(
    content: &PolicyContent,
    promise: Promise,
    class: RequestClass,
    severity: Severity,
) -> Option<ClockTermsSpec> {
    terms_by(content, &content.targets, promise, class, severity)
}

/// The same with targets other than the version's: an agreement names its own (P29).
#[must_use]
pub fn terms_by(
    content: &PolicyContent,
    targets: &Targets,
    promise: Promise,
    class: RequestClass,
    severity: Severity,
) -> Option<ClockTermsSpec> {
    let (by, pauses) = match (promise, class) {
        (Promise::Respond, RequestClass::Fault) => (targets.respond_fault, &content.pauses.respond),
        (Promise::Respond, RequestClass::Consultation) => {
            (targets.respond_consultation, &content.pauses.respond)
        }
        (Promise::Arrive, _) => (targets.arrive, &content.pauses.arrive),
        (Promise::Restore, _) => (targets.restore, &content.pauses.restore),
        (Promise::FollowUp | Promise::AnswerComplaint | Promise::DepotTurnaround, _) => return None,
    };
    let target = by.get(severity)?;
    Some(ClockTermsSpec {
        calendar: target.calendar.name().to_owned(),
        target_s: target.minutes.saturating_mul(60),
        warn_percents: content.warn_percents.clone(),
        pauses_on: pauses.iter().copied().collect::<PauseReasons>(),
    })
}

/// The working days of a promise that is given in them (P13, P65); `None` for one that is not.
#[must_use]
pub fn working_days(content: &PolicyContent, promise: Promise) -> Option<u16> {
    match promise {
        Promise::FollowUp => Some(content.follow_up_working_days),
        Promise::AnswerComplaint => Some(content.complaint_working_days),
        Promise::Respond | Promise::Arrive | Promise::Restore | Promise::DepotTurnaround => None,
    }
}

/// The terms of a promise of `days` working days that begins at `start` (P13, P65): due at the close of business of the last of
/// them, told as working time of the 5×8 calendar, so that a later holiday list moves it by whole days.
///
/// # Errors
/// `clock_outside_calendar` beyond the years the calendar answers for.
pub fn day_terms(
    content: &PolicyContent,
    days: u16,
    start: Ts,
    calendar: &CompiledCalendar,
    holidays: &HolidayYears,
) -> Result<ClockTermsSpec, PolicyError> {
    let outside = |_| PolicyError::OutsideCalendar;
    let zone: &TimeZone = calendar.zone();
    let today = start.timestamp().to_zoned(zone.clone()).date();
    let rest = RestDays::new(holidays, content.coverage.rest_days.counted);
    let end = working_days_after(today, days, &rest)
        .and_then(|end| end.end_instant(zone))
        .map_err(|_| PolicyError::OutsideCalendar)?;
    let working_us = calendar.working_us(start.timestamp(), end).map_err(outside)?.value;
    Ok(ClockTermsSpec {
        calendar: CalendarKey::FiveByEight.name().to_owned(),
        target_s: u32::try_from(working_us / Ts::SECOND).unwrap_or(u32::MAX).max(60),
        warn_percents: content.warn_percents.clone(),
        pauses_on: PauseReasons::NONE,
    })
}

/// Where the arrival clock begins under a content (decision 10): at the agreement to a visit, or at the report.
#[must_use]
pub fn arrival_start(content: &PolicyContent, reported_at: Ts, onsite_agreed_at: Ts) -> Ts {
    match content.arrival_start {
        crate::model::ArrivalStart::OnsiteAgreed => onsite_agreed_at,
        crate::model::ArrivalStart::Reported => reported_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use service_calendar::Period;

    fn answers(list: &[(&str, bool)]) -> EffectAnswers {
        list.iter().map(|(c, a)| ((*c).to_owned(), *a)).collect()
    }

    #[test]
    fn the_company_s_own_promise_is_whole() {
        let content = PolicyContent::default();
        assert_eq!(check(&content), []);
        let text = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<PolicyContent>(&text).unwrap(), content);
    }

    #[test]
    fn p45_severity_follows_from_the_effect_with_reasons() {
        let content = PolicyContent::default();
        for (given, severity, because, open) in [
            (vec![("can_pass", false)], Severity::Major, Some("can_pass"), 3),
            (vec![("can_pass", true), ("safety_risk", true)], Severity::Major, Some("safety_risk"), 2),
            (vec![("all_lanes", true)], Severity::Major, Some("all_lanes"), 3),
            (
                vec![
                    ("can_pass", true),
                    ("all_lanes", false),
                    ("safety_risk", false),
                    ("takings_stopped", false),
                ],
                Severity::Normal,
                None,
                0,
            ),
            (vec![], Severity::Normal, None, 4),
        ] {
            let verdict = super::severity(&content, &answers(&given)).unwrap();
            assert_eq!(verdict.severity, severity, "{given:?}");
            assert_eq!(verdict.reasons[0].question.as_deref(), because, "{given:?}");
            assert_eq!(verdict.unanswered.len(), open, "{given:?}");
            assert!(verdict.reasons.iter().all(|r| !r.text.zh_cn.is_empty() && !r.text.en.is_empty()));
        }
        let unknown = super::severity(&content, &answers(&[("weather", true)])).unwrap_err();
        assert_eq!(unknown.refusal().code, "effect_question_unknown");
    }

    #[test]
    fn p37_p39_p44_p45_terms_are_the_promised_ones() {
        let content = PolicyContent::default();
        use RequestClass::{Consultation, Fault};
        use Severity::{Major, Normal};
        for (promise, class, severity, calendar, target_s) in [
            (Promise::Respond, Fault, Major, "round_the_clock", 15 * 60),
            (Promise::Respond, Fault, Normal, "round_the_clock", 15 * 60),
            (Promise::Respond, Consultation, Normal, "five_by_eight", 30 * 60),
            (Promise::Arrive, Fault, Major, "round_the_clock", 4 * 3600),
            (Promise::Arrive, Fault, Normal, "round_the_clock", 24 * 3600),
        ] {
            let terms = terms(&content, promise, class, severity).unwrap();
            assert_eq!((terms.calendar.as_str(), terms.target_s), (calendar, target_s), "{promise:?}");
            assert_eq!(terms.warn_percents, [50, 75, 90]);
            assert!(!terms.pauses_on.contains(PauseReason::WaitingParts));
        }
        assert_eq!(terms(&content, Promise::Restore, Fault, Major), None);
        let arrive = terms(&content, Promise::Arrive, Fault, Major).unwrap().pauses_on;
        assert!(arrive.contains(PauseReason::LaterWindow) && !arrive.contains(PauseReason::WaitingCustomer));
    }

    #[test]
    fn p13_a_follow_up_is_due_three_working_days_later_at_close_of_business() {
        let content = PolicyContent::default();
        let holidays = HolidayYears::built_in();
        let calendar = CompiledCalendar::compile(&content.calendars.five_by_eight, &holidays).unwrap();
        for (done, due) in [
            // A Monday; a Friday over a weekend; the evening before the National Day week of 2026.
            ("2026-10-12T10:00:00+08:00", "2026-10-15T18:00:00+08:00"),
            ("2026-10-16T17:59:00+08:00", "2026-10-21T18:00:00+08:00"),
            ("2026-09-30T20:00:00+08:00", "2026-10-10T18:00:00+08:00"),
        ] {
            let (done, due): (Ts, Ts) = (done.parse().unwrap(), due.parse().unwrap());
            let terms =
                day_terms(&content, content.follow_up_working_days, done, &calendar, &holidays).unwrap();
            let counted = calendar.due_at(done.timestamp(), i64::from(terms.target_s) * Ts::SECOND).unwrap();
            assert_eq!(Ts::from(counted.value), due, "{done}");
        }
    }

    #[test]
    fn a_broken_content_names_its_fields() {
        let mut content = PolicyContent::default();
        content.targets.arrive.major =
            Some(crate::model::Target { minutes: 0, calendar: CalendarKey::RoundTheClock });
        content.targets.restore.major =
            Some(crate::model::Target { minutes: 600, calendar: CalendarKey::RoundTheClock });
        content.targets.restore.normal =
            Some(crate::model::Target { minutes: 60, calendar: CalendarKey::RoundTheClock });
        content.targets.arrive.normal = None;
        content.warn_percents = vec![90, 50];
        content.pauses.arrive.push(PauseReason::WaitingParts);
        content.follow_up_working_days = 0;
        content.effect_questions[1].code = "can_pass".into();
        content.effect_questions[2].question.zh_cn = " ".into();
        content.coverage.rework_term = Period::Days(0);
        let found: Vec<_> = check(&content).into_iter().map(|f| f.pointer).collect();
        assert_eq!(
            found,
            [
                "/content/targets/arrive/major/minutes",
                "/content/targets/restore/major/minutes",
                "/content/targets/arrive/normal",
                "/content/warn_percents",
                "/content/pauses/arrive",
                "/content/follow_up_working_days",
                "/content/effect_questions/1/code",
                "/content/effect_questions/2/question/zh_cn",
                "/content/coverage/rework_term",
            ]
        );
    }

    #[test]
    fn every_fault_of_a_content_has_its_words_in_both_languages() {
        use coverage_rules::PolicyProblem as P;
        use coverage_rules::{ChargeKind, ClauseKey, CoverageKind, ExclusionCode, Layer};
        let (code, kind, coverage) = (ExclusionCode::ALL[0], ChargeKind::Labour, CoverageKind::ALL[0]);
        let key = ClauseKey::ALL[0];
        let coverage_faults = [
            (P::IdMissing, "id"),
            (P::VersionZero, "version"),
            (P::TermZero { layer: Layer::SoldPart }, "sold_part_term"),
            (P::TermTooLong { layer: Layer::AcceptanceYear }, "acceptance_term"),
            (P::ExclusionMissing { code }, "exclusions"),
            (P::ExclusionTwice { code }, "exclusions"),
            (P::ExclusionDecider { code }, "exclusions"),
            (P::ExclusionWithoutEvidence { code }, "exclusions"),
            (P::ChargeRuleMissing { kind }, "charge_rules/labour"),
            (P::PayerMissing { kind, coverage }, "payer_matrix/labour/"),
            (P::PayerRowUnused { kind }, "payer_matrix/labour"),
            (P::CoverWorseThanNone { kind, coverage }, "payer_matrix/labour/"),
            (P::TrainingNotFree, "charge_rules/training"),
            (P::UpgradeNotQuoted, "charge_rules/upgrade"),
            (P::LevelMissing, "agreement_levels"),
            (P::LevelUnnamed { index: 1 }, "agreement_levels/1"),
            (P::LevelTwice { code: "x".into() }, "agreement_levels"),
            (P::ClauseMissing { key }, "clauses/"),
            (P::ClausePromiseMissing { key }, "clauses/"),
            (P::ClauseTextMissing { key }, "clauses/"),
        ]
        .map(|(problem, pointer)| {
            let fault = coverage_fault(&problem);
            assert!(fault.pointer.starts_with(&format!("/content/coverage/{pointer}")), "{}", fault.pointer);
            assert!(!pointer.ends_with('/') || !fault.pointer.ends_with('/'), "{}", fault.pointer);
            fault.code
        });
        let own = [
            "policy_calendar_id_fixed",
            "policy_arrive_missing",
            "policy_warn_percents_wrong",
            "policy_arrive_pauses_for_parts",
            "policy_number_out_of_range",
            "policy_minutes_wrong",
            "policy_major_slower",
            "policy_questions_missing",
            "policy_question_code_wrong",
            "policy_text_missing",
        ];
        for code in coverage_faults.iter().map(String::as_str).chain(own) {
            for lang in kit::Lang::ALL {
                assert!(
                    kit::texts::text(lang, &format!("errors.{code}.title"), &[]).is_some(),
                    "{code} {}",
                    lang.tag()
                );
            }
        }
    }
}
