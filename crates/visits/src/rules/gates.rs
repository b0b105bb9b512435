//! What must be there before a step: checklist, photo, quote, self-inspection (P20, P22, P23, P24, P26, P72, P73).

use crate::checklist::{Answer, Answered, Checklist, Item, Section};
use crate::errors::VisitError;

fn answer_of<'a>(answers: &'a [Answered], key: &str) -> Option<&'a Answer> {
    answers.iter().rev().find(|a| a.item == key).map(|a| &a.answer)
}

/// Whether `answer` to the step `key` may be recorded beside the answers so far (P24).
///
/// `sections`: which parts of the visit are open to answers now.
///
/// # Errors
/// `checklist_item_unknown`, `checklist_item_elsewhere`, `checklist_answer_reason_missing` for a skipped step without a
/// reason or a failed one without a note, `checklist_safety_not_skippable`, `checklist_safety_first` while an earlier
/// safety step of the section is not done.
pub fn may_answer(
    checklist: &Checklist,
    answers: &[Answered],
    sections: &[Section],
    key: &str,
    answer: &Answer,
) -> Result<Section, VisitError> {
    let Some(at) = checklist.items.iter().position(|item| item.key == key) else {
        return Err(VisitError::ItemUnknown { item: key.to_owned() });
    };
    let item = &checklist.items[at];
    if !sections.contains(&item.section) {
        return Err(VisitError::ItemElsewhere { item: key.to_owned() });
    }
    let words_missing = match answer {
        Answer::Done { .. } => false,
        Answer::Failed { note } => note.trim().is_empty(),
        Answer::Skipped { reason } => reason.trim().is_empty(),
    };
    if words_missing {
        return Err(VisitError::AnswerReasonMissing { item: key.to_owned() });
    }
    if item.safety && matches!(answer, Answer::Skipped { .. }) {
        return Err(VisitError::SafetyNotSkippable { item: key.to_owned() });
    }
    let open = checklist.items[..at].iter().find(|earlier| {
        earlier.section == item.section
            && earlier.safety
            && !matches!(answer_of(answers, &earlier.key), Some(Answer::Done { .. }))
    });
    match open {
        Some(earlier) => Err(VisitError::SafetyFirst { item: earlier.key.clone() }),
        None => Ok(item.section),
    }
}

/// The steps of these sections without an answer, in order.
pub fn open_items<'a>(
    checklist: &'a Checklist,
    answers: &'a [Answered],
    sections: &'a [Section],
) -> impl Iterator<Item = &'a Item> + 'a {
    checklist
        .items
        .iter()
        .filter(move |item| sections.contains(&item.section) && answer_of(answers, &item.key).is_none())
}

fn names<'a>(items: impl Iterator<Item = &'a Item>) -> String {
    items.map(|item| item.key.as_str()).collect::<Vec<_>>().join(", ")
}

/// Whether every step of these sections has an answer.
///
/// # Errors
/// `checklist_items_open` with the open steps by name.
pub fn answered(checklist: &Checklist, answers: &[Answered], sections: &[Section]) -> Result<(), VisitError> {
    let open = names(open_items(checklist, answers, sections));
    if open.is_empty() { Ok(()) } else { Err(VisitError::ItemsOpen { items: open }) }
}

/// Whether the engineer may set out: work clothes, badge and tools were looked at (P20).
///
/// # Errors
/// `checklist_items_open`.
pub fn may_depart(checklist: &Checklist, answers: &[Answered]) -> Result<(), VisitError> {
    answered(checklist, answers, &[Section::Departure])
}

/// Whether the self-inspection can be confirmed (P73): every step of work and self-inspection has an answer,
/// and none of the self-inspection failed.
///
/// # Errors
/// `checklist_items_open`, `self_inspection_failed`.
pub fn may_self_check(checklist: &Checklist, answers: &[Answered]) -> Result<(), VisitError> {
    answered(checklist, answers, &[Section::Work, Section::SelfInspection])?;
    let failed = names(checklist.items.iter().filter(|item| {
        item.section == Section::SelfInspection
            && matches!(answer_of(answers, &item.key), Some(Answer::Failed { .. }))
    }));
    if failed.is_empty() { Ok(()) } else { Err(VisitError::SelfInspectionFailed { items: failed }) }
}

/// What the customer pays as it stands, and what they have agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What the customer pays, in minor units; `None` while it is not decided who pays a line.
    pub customer_total_minor: Option<i64>,
    /// SHA-256 of the lines the customer pays, as they stand.
    pub hash: String,
    /// SHA-256 of the lines the customer agreed to, if they did.
    pub acknowledged: Option<String>,
}

impl Quote {
    /// Whether chargeable work may go on (P22, P72): the customer pays nothing, or agreed to exactly these lines.
    ///
    /// # Errors
    /// `visit_coverage_undecided`, `visit_quote_not_acknowledged`.
    pub fn settled(&self) -> Result<(), VisitError> {
        match self.customer_total_minor {
            None => Err(VisitError::CoverageUndecided),
            Some(0) => Ok(()),
            Some(_) if self.acknowledged.as_deref() == Some(self.hash.as_str()) => Ok(()),
            Some(total_minor) => Err(VisitError::QuoteNotAcknowledged { total_minor }),
        }
    }

    /// Whether the customer may agree to the lines with this hash now: findings were explained first (P22).
    ///
    /// # Errors
    /// `visit_finding_missing`, `visit_coverage_undecided`, `visit_nothing_to_acknowledge`, `visit_quote_hash_wrong`.
    pub fn may_acknowledge(&self, findings: usize, hash: &str) -> Result<(), VisitError> {
        match self.customer_total_minor {
            _ if findings == 0 => Err(VisitError::FindingMissing),
            None => Err(VisitError::CoverageUndecided),
            Some(0) => Err(VisitError::NothingToAcknowledge),
            Some(_) if hash != self.hash => Err(VisitError::QuoteHashWrong),
            Some(_) => Ok(()),
        }
    }
}

/// Whether a job with this quote can be taken off, and whether an invoice is owed then: what the customer agreed to pay on an
/// earlier visit is invoiced or paid by another, but never forgotten (P69). What nobody agreed to is owed by nobody (P22).
///
/// # Errors
/// `work_order_charges_stand` unless they are to be invoiced.
pub fn may_call_off(quote: &Quote, invoice: bool) -> Result<bool, VisitError> {
    match quote.customer_total_minor {
        Some(total_minor) if total_minor > 0 && quote.acknowledged.is_some() => {
            if invoice {
                Ok(true)
            } else {
                Err(VisitError::ChargesStand { total_minor })
            }
        }
        _ => Ok(false),
    }
}

/// Whether the service order can be shown to the customer: what was found and the clean site are on record
/// (P22, P23), it is decided who pays, and the customer agreed before chargeable work (P72).
///
/// # Errors
/// `visit_finding_missing`, `visit_after_photo_missing`, `visit_coverage_undecided`, `visit_quote_not_acknowledged`.
pub fn may_present(findings: usize, after_photos: usize, quote: &Quote) -> Result<(), VisitError> {
    if findings == 0 {
        return Err(VisitError::FindingMissing);
    }
    if after_photos == 0 {
        return Err(VisitError::AfterPhotoMissing);
    }
    quote.settled()
}

/// Whether a checklist can be used: every step has its own key and a Chinese text, and there is a self-inspection (P73).
///
/// # Errors
/// `checklist_invalid` with what is wrong.
pub fn valid(checklist: &Checklist) -> Result<(), VisitError> {
    let wrong = |what: String| Err(VisitError::ChecklistInvalid { what });
    if checklist.title.zh_cn.trim().is_empty() {
        return wrong("title".into());
    }
    if checklist.items.len() > 100 {
        return wrong("items > 100".into());
    }
    for (at, item) in checklist.items.iter().enumerate() {
        let key_fits = !item.key.is_empty()
            && item.key.len() <= 64
            && item.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !key_fits {
            return wrong(format!("items/{at}/key"));
        }
        if item.text.zh_cn.trim().is_empty() {
            return wrong(format!("items/{at}/text"));
        }
        if checklist.items[..at].iter().any(|earlier| earlier.key == item.key) {
            return wrong(format!("items/{at}/key = {}", item.key));
        }
    }
    if !checklist.items.iter().any(|item| item.section == Section::SelfInspection) {
        return wrong("self_inspection".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn p69_what_the_customer_agreed_to_pay_is_not_forgotten_with_the_job() {
        let quote = |total, agreed: bool| Quote {
            customer_total_minor: total,
            hash: "a".into(),
            acknowledged: agreed.then(|| "a".into()),
        };
        assert_eq!(
            may_call_off(&quote(Some(5_000), true), false),
            Err(VisitError::ChargesStand { total_minor: 5_000 })
        );
        assert_eq!(may_call_off(&quote(Some(5_000), true), true), Ok(true));
        for owed_by_nobody in [quote(Some(0), true), quote(None, false), quote(Some(5_000), false)] {
            assert_eq!(may_call_off(&owed_by_nobody, false), Ok(false));
            assert_eq!(may_call_off(&owed_by_nobody, true), Ok(false));
        }
    }

    use super::*;
    use crate::checklist::standard;
    use crate::model::WorkOrderKind;

    fn done(item: &str) -> Answered {
        Answered { item: item.into(), answer: Answer::Done { note: None } }
    }

    fn skipped(item: &str, reason: &str) -> Answered {
        Answered { item: item.into(), answer: Answer::Skipped { reason: reason.into() } }
    }

    fn failed(item: &str) -> Answered {
        Answered { item: item.into(), answer: Answer::Failed { note: "loose".into() } }
    }

    fn tries(answers: &[Answered], new: &Answered) -> Result<Section, VisitError> {
        let sections = [Section::Work, Section::SelfInspection];
        may_answer(&standard(WorkOrderKind::Repair), answers, &sections, &new.item, &new.answer)
    }

    #[test]
    fn p20_nobody_sets_out_without_clothes_badge_and_tools_answered() {
        let list = standard(WorkOrderKind::Repair);
        let some = [done("work_clothes"), done("badge")];
        assert_eq!(may_depart(&list, &some), Err(VisitError::ItemsOpen { items: "tools".into() }));
        let all = [done("work_clothes"), done("badge"), skipped("tools", "left in the site's locker")];
        assert_eq!(may_depart(&list, &all), Ok(()));
    }

    #[test]
    fn p24_a_skipped_step_needs_a_reason_and_a_safety_step_blocks_the_later_ones() {
        let item = |key: &str| VisitError::SafetyFirst { item: key.into() };
        assert_eq!(tries(&[], &done("cause_removed")), Err(item("power_off")));
        assert_eq!(tries(&[failed("power_off")], &done("cause_removed")), Err(item("power_off")));
        assert_eq!(tries(&[done("power_off")], &done("cause_removed")), Ok(Section::Work));
        assert_eq!(
            tries(&[done("power_off")], &skipped("cause_removed", " ")),
            Err(VisitError::AnswerReasonMissing { item: "cause_removed".into() })
        );
        assert_eq!(
            tries(&[done("power_off")], &skipped("cause_removed", "part is missing")),
            Ok(Section::Work)
        );
        assert_eq!(
            tries(&[], &skipped("power_off", "no time")),
            Err(VisitError::SafetyNotSkippable { item: "power_off".into() })
        );
        assert_eq!(tries(&[], &done("badge")), Err(VisitError::ItemElsewhere { item: "badge".into() }));
        assert_eq!(tries(&[], &done("dance")), Err(VisitError::ItemUnknown { item: "dance".into() }));
        // A safety step of the work doesn't hold up the self-inspection's own order.
        assert_eq!(tries(&[], &done("runs")), Ok(Section::SelfInspection));
    }

    #[test]
    fn p73_the_self_inspection_is_whole_and_nothing_in_it_failed() {
        let list = standard(WorkOrderKind::Repair);
        let mut answers =
            vec![done("power_off"), done("cause_removed"), done("runs"), done("safe"), done("clean")];
        assert_eq!(may_self_check(&list, &answers), Err(VisitError::ItemsOpen { items: "explained".into() }));
        answers.push(failed("explained"));
        assert_eq!(
            may_self_check(&list, &answers),
            Err(VisitError::SelfInspectionFailed { items: "explained".into() })
        );
        // The last answer to a step counts.
        answers.push(done("explained"));
        assert_eq!(may_self_check(&list, &answers), Ok(()));
    }

    fn quote(total: Option<i64>, acknowledged: Option<&str>) -> Quote {
        Quote { customer_total_minor: total, hash: "a".into(), acknowledged: acknowledged.map(Into::into) }
    }

    #[test]
    fn p22_p72_the_customer_agrees_to_these_very_lines_before_chargeable_work() {
        assert_eq!(quote(Some(0), None).settled(), Ok(()));
        let refused = Err(VisitError::QuoteNotAcknowledged { total_minor: 5_000 });
        assert_eq!(quote(Some(5_000), None).settled(), refused);
        assert_eq!(quote(Some(5_000), Some("older")).settled(), refused);
        assert_eq!(quote(Some(5_000), Some("a")).settled(), Ok(()));
        assert_eq!(quote(None, Some("a")).settled(), Err(VisitError::CoverageUndecided));

        assert_eq!(quote(Some(5_000), None).may_acknowledge(0, "a"), Err(VisitError::FindingMissing));
        assert_eq!(quote(Some(5_000), None).may_acknowledge(1, "b"), Err(VisitError::QuoteHashWrong));
        assert_eq!(quote(Some(0), None).may_acknowledge(1, "a"), Err(VisitError::NothingToAcknowledge));
        assert_eq!(quote(Some(5_000), None).may_acknowledge(1, "a"), Ok(()));
    }

    #[test]
    fn p23_an_after_photo_is_required() {
        let free = quote(Some(0), None);
        assert_eq!(may_present(1, 0, &free), Err(VisitError::AfterPhotoMissing));
        assert_eq!(may_present(0, 1, &free), Err(VisitError::FindingMissing));
        assert_eq!(may_present(1, 1, &free), Ok(()));
    }

    #[test]
    fn p24_a_checklist_has_keys_of_its_own_and_a_self_inspection() {
        for kind in WorkOrderKind::ALL {
            assert_eq!(valid(&standard(*kind)), Ok(()), "{kind}");
        }
        let mut twice = standard(WorkOrderKind::Repair);
        twice.items[1].key = "work_clothes".into();
        assert_eq!(
            valid(&twice),
            Err(VisitError::ChecklistInvalid { what: "items/1/key = work_clothes".into() })
        );
        let mut none = standard(WorkOrderKind::Repair);
        none.items.retain(|item| item.section != Section::SelfInspection);
        assert_eq!(valid(&none), Err(VisitError::ChecklistInvalid { what: "self_inspection".into() }));
    }
}
