//! Pure decisions about follow-up calls: what is asked, who may call, what a result needs, what the scores say.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kit::texts::both;
use kit::{Both, Ts};

use crate::errors::CareError;
use crate::model::{
    FollowUp, FollowUpState, How, Question, QuestionKind, RecordFollowUp, SatisfactionMonth, SatisfactionRow,
};

/// Attempts without an answer after which a follow-up may be given up.
pub const MAX_UNREACHED: i64 = 3;
/// The highest score that opens a complaint by itself (P65): the customer is answered, whether they ask for it or not.
pub const LOW_SCORE: i64 = 2;
/// Answers below which a score says too little (experience 1.9).
pub const SMALL_SAMPLE: i64 = 20;
/// How long somebody who began to call keeps others from calling.
const CALLING_US: i64 = 30 * Ts::MINUTE;
/// How far ahead the next attempt may lie.
const AHEAD_US: i64 = 30 * Ts::DAY;
/// Characters of a comment at most; it becomes the reason of a reopening.
pub(crate) const MAX_COMMENT: usize = 500;

/// What is asked after a service: solved (P13) and satisfaction (P7) always; on time (P8), uniform and badge (P20) and
/// integrity (P27) after a visit.
#[must_use]
pub fn script(how: How) -> Vec<Question> {
    let ask = |code: &str, kind, concern_if| Question {
        code: code.to_owned(),
        kind,
        text: both(&format!("reasons.care.ask.{code}"), &[]),
        concern_if,
    };
    let yes_no = QuestionKind::YesNo;
    let mut script = vec![ask("solved", yes_no, None)];
    if how == How::Onsite {
        script.extend([
            ask("on_time", yes_no, None),
            ask("uniform_badge", yes_no, Some(false)),
            ask("integrity", yes_no, Some(true)),
        ]);
    }
    script.push(ask("satisfaction", QuestionKind::Score, None));
    script
}

/// Whether `person` may call: not who did the work, and nobody else is calling (P13).
///
/// # Errors
/// `follow_up_done`, `follow_up_cancelled`, `follow_up_own_work`, `follow_up_taken`.
pub fn may_call(follow_up: &FollowUp, person: &str, now: Ts) -> Result<(), CareError> {
    match follow_up.state {
        FollowUpState::Done => return Err(CareError::Done),
        FollowUpState::Cancelled => return Err(CareError::Cancelled),
        FollowUpState::Due | FollowUpState::Calling => {}
    }
    if follow_up.served_by.as_deref() == Some(person) {
        return Err(CareError::OwnWork);
    }
    match (&follow_up.caller_id, follow_up.started_at) {
        (Some(caller), Some(since)) if caller != person && now.micros() - since.micros() < CALLING_US => {
            Err(CareError::Taken { by: caller.clone() })
        }
        _ => Ok(()),
    }
}

/// What a call led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is solved: the case is closed.
    Solved {
        /// The score.
        rating: i64,
        /// Questions whose answer a branch manager must look at.
        concerns: Vec<String>,
    },
    /// It is not: the case is opened again, with this reason.
    NotSolved {
        /// The score.
        rating: i64,
        /// The customer's words.
        reason: String,
        /// Questions whose answer a branch manager must look at.
        concerns: Vec<String>,
    },
    /// Nobody answered: again then.
    Again {
        /// When.
        at: Ts,
    },
    /// Nobody answered for the last time.
    GivenUp,
}

/// What a record says, if it is whole.
///
/// # Errors
/// The refusals of the fields, each by name; `follow_up_too_early_to_give_up` before the third attempt.
pub fn verdict(follow_up: &FollowUp, record: &RecordFollowUp, now: Ts) -> Result<Verdict, CareError> {
    let comment = record.comment.as_deref().map(str::trim).unwrap_or_default();
    if comment.chars().count() > MAX_COMMENT {
        return Err(CareError::CommentTooLong { max: MAX_COMMENT });
    }
    if !record.reached {
        return unreached(follow_up, record, now);
    }
    let solved = record.solved.ok_or(CareError::SolvedMissing)?;
    let rating = record.rating.ok_or(CareError::RatingMissing)?;
    if !(1..=5).contains(&rating) {
        return Err(CareError::RatingRange);
    }
    // Solved and satisfaction are fields of their own.
    let asked: Vec<&Question> =
        follow_up.script.iter().filter(|q| q.kind == QuestionKind::YesNo && q.code != "solved").collect();
    if let Some(code) = record.answers.keys().find(|code| !asked.iter().any(|q| q.code == **code)) {
        return Err(CareError::AnswerUnknown { question: code.clone() });
    }
    let mut concerns = Vec::new();
    for question in asked {
        match record.answers.get(&question.code) {
            None => return Err(CareError::AnswerMissing { question: question.code.clone() }),
            Some(answer) if question.concern_if == Some(*answer) => concerns.push(question.code.clone()),
            Some(_) => {}
        }
    }
    if solved {
        return Ok(Verdict::Solved { rating, concerns });
    }
    if comment.is_empty() {
        return Err(CareError::CommentMissing);
    }
    Ok(Verdict::NotSolved { rating, reason: comment.to_owned(), concerns })
}

fn unreached(follow_up: &FollowUp, record: &RecordFollowUp, now: Ts) -> Result<Verdict, CareError> {
    if record.solved.is_some() || record.rating.is_some() || !record.answers.is_empty() {
        return Err(CareError::NotReachedAnswers);
    }
    if record.give_up {
        let attempts = follow_up.attempts + 1;
        return if attempts >= MAX_UNREACHED {
            Ok(Verdict::GivenUp)
        } else {
            Err(CareError::TooEarlyToGiveUp { attempts, needed: MAX_UNREACHED })
        };
    }
    let at = record.next_attempt_at.ok_or(CareError::NextMissing)?;
    if at <= now || at > now.plus(AHEAD_US) {
        return Err(CareError::NextRange);
    }
    Ok(Verdict::Again { at })
}

/// One score with what it counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The engineer or unit.
    pub id: Option<String>,
    /// Their name.
    pub name: Option<Both>,
    /// 1 to 5.
    pub rating: i64,
    /// When it was given.
    pub at: Ts,
}

/// Scores put together: all, then each group, most answers first (P7). Months are those of `zone`.
#[must_use]
pub fn satisfaction(rated: &[Rated], zone: &TimeZone) -> (SatisfactionRow, Vec<SatisfactionRow>) {
    let mut groups: BTreeMap<Option<&str>, Vec<&Rated>> = BTreeMap::new();
    for one in rated {
        groups.entry(one.id.as_deref()).or_default().push(one);
    }
    let mut rows: Vec<_> = groups
        .into_iter()
        .map(|(id, of)| SatisfactionRow {
            id: id.map(str::to_owned),
            name: of.first().and_then(|r| r.name.clone()),
            ..row(&of, zone)
        })
        .collect();
    rows.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.id.cmp(&b.id)));
    (row(&rated.iter().collect::<Vec<_>>(), zone), rows)
}

fn row(of: &[&Rated], zone: &TimeZone) -> SatisfactionRow {
    let mut counts = vec![0; 5];
    let mut months: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for one in of {
        if let Some(count) = usize::try_from(one.rating - 1).ok().and_then(|i| counts.get_mut(i)) {
            *count += 1;
        }
        let month = one.at.timestamp().to_zoned(zone.clone()).strftime("%Y-%m").to_string();
        let (n, sum) = months.entry(month).or_default();
        *n += 1;
        *sum += one.rating;
    }
    let n = i64::try_from(of.len()).unwrap_or(i64::MAX);
    SatisfactionRow {
        id: None,
        name: None,
        n,
        score: mean(of.iter().map(|r| r.rating).sum(), n),
        small_sample: n < SMALL_SAMPLE,
        counts,
        months: months
            .into_iter()
            .map(|(month, (n, sum))| SatisfactionMonth {
                month,
                n,
                score: mean(sum, n),
                small_sample: n < SMALL_SAMPLE,
            })
            .collect(),
    }
}

// Rounded half up to hundredths, in integers.
fn mean(sum: i64, n: i64) -> Option<f64> {
    if n == 0 {
        return None;
    }
    let hundredths = (sum * 200 + n) / (2 * n);
    #[allow(clippy::cast_precision_loss)] // at most 500
    Some(hundredths as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::uuid::Uuid;

    const NOW: Ts = Ts(1_000 * Ts::HOUR);

    fn follow_up() -> FollowUp {
        let id = Uuid::from_u128(1);
        FollowUp {
            id: id.into(),
            number: "HF20261009-0001".into(),
            case_id: id.into(),
            customer_id: id.into(),
            site_id: id.into(),
            contact_id: None,
            unit_id: id.into(),
            second_unit_id: None,
            division_code: None,
            served_by: Some("engineer".into()),
            how: How::Onsite,
            state: FollowUpState::Due,
            script: script(How::Onsite),
            due_at: NOW,
            next_at: NOW,
            attempts: 0,
            caller_id: None,
            started_at: None,
            result: None,
            rating: None,
            answers: BTreeMap::new(),
            comment: None,
            concern: false,
            complaint_case_id: None,
            created_at: NOW,
            done_at: None,
            version: 1,
        }
    }

    fn answers(on_time: bool, uniform_badge: bool, integrity: bool) -> BTreeMap<String, bool> {
        [("on_time", on_time), ("uniform_badge", uniform_badge), ("integrity", integrity)]
            .map(|(code, answer)| (code.to_owned(), answer))
            .into()
    }

    fn reached(solved: bool, rating: i64) -> RecordFollowUp {
        RecordFollowUp {
            reached: true,
            solved: Some(solved),
            rating: Some(rating),
            answers: answers(true, true, false),
            ..RecordFollowUp::default()
        }
    }

    #[test]
    fn p13_who_did_the_work_does_not_ask_how_it_was() {
        let due = follow_up();
        assert_eq!(may_call(&due, "engineer", NOW), Err(CareError::OwnWork));
        assert_eq!(may_call(&due, "agent", NOW), Ok(()));
        let calling = FollowUp {
            state: FollowUpState::Calling,
            caller_id: Some("agent".into()),
            started_at: Some(NOW),
            ..follow_up()
        };
        assert_eq!(may_call(&calling, "agent", NOW), Ok(()));
        assert_eq!(may_call(&calling, "other", NOW), Err(CareError::Taken { by: "agent".into() }));
        assert_eq!(
            may_call(&calling, "other", NOW.plus(CALLING_US)),
            Ok(()),
            "forgotten calls free themselves"
        );
        assert_eq!(
            may_call(&FollowUp { state: FollowUpState::Done, ..follow_up() }, "agent", NOW),
            Err(CareError::Done)
        );
    }

    #[test]
    fn p13_solved_closes_not_solved_reopens_with_the_customers_words() {
        let due = follow_up();
        assert_eq!(
            verdict(&due, &reached(true, 5), NOW),
            Ok(Verdict::Solved { rating: 5, concerns: vec![] })
        );
        assert_eq!(verdict(&due, &reached(false, 2), NOW), Err(CareError::CommentMissing));
        let said = RecordFollowUp { comment: Some(" gate stuck again ".into()), ..reached(false, 2) };
        let expected = Verdict::NotSolved { rating: 2, reason: "gate stuck again".into(), concerns: vec![] };
        assert_eq!(verdict(&due, &said, NOW), Ok(expected));
    }

    #[test]
    fn p07_a_reached_customer_gives_one_score_from_one_to_five() {
        let due = follow_up();
        for (rating, refused) in [
            (None, CareError::RatingMissing),
            (Some(0), CareError::RatingRange),
            (Some(6), CareError::RatingRange),
        ] {
            assert_eq!(verdict(&due, &RecordFollowUp { rating, ..reached(true, 5) }, NOW), Err(refused));
        }
        let unsaid = RecordFollowUp { solved: None, ..reached(true, 5) };
        assert_eq!(verdict(&due, &unsaid, NOW), Err(CareError::SolvedMissing));
    }

    #[test]
    fn p20_p27_every_question_is_answered_and_a_bad_answer_is_a_concern() {
        let due = follow_up();
        let mut lacking = reached(true, 4);
        lacking.answers.remove("integrity");
        let missing = CareError::AnswerMissing { question: "integrity".into() };
        assert_eq!(verdict(&due, &lacking, NOW), Err(missing));
        lacking.answers.insert("weather".into(), true);
        let unknown = CareError::AnswerUnknown { question: "weather".into() };
        assert_eq!(verdict(&due, &lacking, NOW), Err(unknown));
        let bad = RecordFollowUp { answers: answers(false, false, true), ..reached(true, 3) };
        let concerns = vec!["uniform_badge".to_owned(), "integrity".to_owned()];
        assert_eq!(verdict(&due, &bad, NOW), Ok(Verdict::Solved { rating: 3, concerns }));
        let codes = |how| script(how).into_iter().map(|q| q.code).collect::<Vec<_>>();
        assert_eq!(codes(How::Remote), ["solved", "satisfaction"], "nobody was there");
        assert_eq!(codes(How::Onsite), ["solved", "on_time", "uniform_badge", "integrity", "satisfaction"]);
    }

    #[test]
    fn p13_nobody_reached_is_called_again_and_given_up_after_the_third_time() {
        let due = follow_up();
        let none = RecordFollowUp::default();
        assert_eq!(verdict(&due, &none, NOW), Err(CareError::NextMissing));
        for (at, expected) in [
            (NOW, Err(CareError::NextRange)),
            (NOW.plus(31 * Ts::DAY), Err(CareError::NextRange)),
            (NOW.plus(Ts::HOUR), Ok(Verdict::Again { at: NOW.plus(Ts::HOUR) })),
        ] {
            let record = RecordFollowUp { next_attempt_at: Some(at), ..none.clone() };
            assert_eq!(verdict(&due, &record, NOW), expected);
        }
        let give_up = RecordFollowUp { give_up: true, ..none.clone() };
        let early = CareError::TooEarlyToGiveUp { attempts: 1, needed: 3 };
        assert_eq!(verdict(&due, &give_up, NOW), Err(early));
        assert_eq!(verdict(&FollowUp { attempts: 2, ..follow_up() }, &give_up, NOW), Ok(Verdict::GivenUp));
        let invented = RecordFollowUp { rating: Some(5), ..none };
        assert_eq!(verdict(&due, &invented, NOW), Err(CareError::NotReachedAnswers));
    }

    #[test]
    fn p07_scores_by_engineer_say_how_many_and_when_the_sample_is_small() {
        let at = |text: &str| text.parse::<Ts>().unwrap();
        let one = |id: &str, rating, at| Rated { id: Some(id.into()), name: None, rating, at };
        let october = at("2026-10-31T15:59:59Z");
        // The last second of October in Shanghai, and the first of November.
        let mut rated =
            vec![one("li", 5, october), one("li", 4, october.plus(Ts::SECOND)), one("wang", 1, october)];
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let (total, rows) = satisfaction(&rated, &zone);
        assert_eq!((total.n, total.score, total.small_sample), (3, Some(3.33), true));
        assert_eq!(total.counts, [1, 0, 0, 1, 1]);
        assert_eq!(
            rows.iter().map(|r| (r.id.as_deref(), r.n, r.score)).collect::<Vec<_>>(),
            [(Some("li"), 2, Some(4.5)), (Some("wang"), 1, Some(1.0))]
        );
        let months: Vec<_> = rows[0].months.iter().map(|m| (m.month.as_str(), m.n, m.score)).collect();
        assert_eq!(months, [("2026-10", 1, Some(5.0)), ("2026-11", 1, Some(4.0))]);
        rated.extend((0..18).map(|_| one("li", 5, october)));
        let (total, rows) = satisfaction(&rated, &zone);
        assert_eq!((total.small_sample, rows[0].n, rows[0].small_sample), (false, 20, false));
        assert_eq!(satisfaction(&[], &zone).0.score, None);
    }
}
