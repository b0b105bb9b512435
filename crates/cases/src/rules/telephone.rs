//! What a call is, from what the telephone system tells of it: the same whatever the order of the words, however often each
//! is told (P1).

use customers::phones::{self, E164, Line as Kind, PhoneFault};
use kit::Ts;

use crate::model::{CallDirection, CallOutcome, TelephoneNews};

/// One word about a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What happened.
    pub news: TelephoneNews,
    /// When.
    pub at: Ts,
    /// The phone in the house it is about.
    pub extension: Option<String>,
    /// Who sits before that phone.
    pub agent: Option<String>,
}

/// What is known of a call so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Who called whom.
    pub direction: CallDirection,
    /// The earliest instant that was told of it.
    pub started_at: Ts,
    /// When somebody took it first.
    pub answered_at: Option<Ts>,
    /// When it was over for everybody.
    pub ended_at: Option<Ts>,
    /// How it stands.
    pub outcome: CallOutcome,
    /// Whose it is.
    pub holder: Option<Holder>,
}

/// Whose a call is: the last who took it; before anybody did, the last at whose phone it rang.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// By taking it, not only by a ringing phone.
    pub took: bool,
    /// Since when.
    pub since: Ts,
    /// The phone.
    pub extension: Option<String>,
    /// Who sits before it.
    pub agent: Option<String>,
}

/// The first word about a call.
#[must_use]
pub fn first(direction: CallDirection, word: &Word) -> Heard {
    let silent = Heard {
        direction,
        started_at: word.at,
        answered_at: None,
        ended_at: None,
        outcome: CallOutcome::Ringing,
        holder: None,
    };
    hear(&silent, word)
}

/// A further word about a call. What a desk said of its outcome stays.
#[must_use]
pub fn hear(before: &Heard, word: &Word) -> Heard {
    let mut now = before.clone();
    now.started_at = now.started_at.min(word.at);
    match word.news {
        TelephoneNews::Ringing => {}
        TelephoneNews::Answered => {
            now.answered_at = Some(now.answered_at.map_or(word.at, |at| at.min(word.at)));
        }
        TelephoneNews::Ended => now.ended_at = Some(now.ended_at.map_or(word.at, |at| at.max(word.at))),
    }
    if word.extension.is_some() && word.news != TelephoneNews::Ended {
        let holder = Holder {
            took: word.news == TelephoneNews::Answered,
            since: word.at,
            extension: word.extension.clone(),
            agent: word.agent.clone(),
        };
        now.holder = now.holder.max(Some(holder));
    }
    now.outcome = outcome(&now);
    now
}

fn outcome(call: &Heard) -> CallOutcome {
    use CallOutcome::{Answered, Missed, NoConcern, Ringing};
    // Nobody is called back because of a call of ours that nobody took.
    let vain = if call.direction == CallDirection::Out { NoConcern } else { Missed };
    match call.outcome {
        Ringing | Missed => {}
        NoConcern if call.direction == CallDirection::Out => {}
        said => return said,
    }
    match (call.answered_at, call.ended_at) {
        (Some(_), _) => Answered,
        (None, Some(_)) => vain,
        (None, None) => call.outcome,
    }
}

/// The number on the other side; none if it was withheld or is no number. A local number without its area code is one of the
/// area of `ours`, the landline of ours that was called: exchanges leave the code out within a city.
#[must_use]
pub fn other_side(text: Option<&str>, ours: Option<&E164>) -> Option<E164> {
    let text = text?.trim();
    match phones::normalise(text) {
        Ok(number) => Some(number),
        Err(PhoneFault::AreaCodeMissing) => {
            let ours = ours.filter(|n| n.line() == Kind::Landline)?;
            let dialled = ours.dial();
            // 010 and 02x are the areas of three digits, zero and all; the others have four.
            let digits = if matches!(dialled.as_bytes().get(1), Some(b'1' | b'2')) { 3 } else { 4 };
            phones::normalise(&format!("{}{text}", dialled.get(..digits)?)).ok()
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CallOutcome::{Answered, CaseMade, Missed, NoConcern, Ringing};

    fn word(news: TelephoneNews, at: i64, extension: Option<&str>) -> Word {
        Word {
            news,
            at: Ts(at),
            extension: extension.map(str::to_owned),
            agent: extension.map(|e| format!("agent-{e}")),
        }
    }

    fn told(direction: CallDirection, words: &[Word]) -> Heard {
        let first = first(direction, &words[0]);
        words[1..].iter().fold(first, |before, word| hear(&before, word))
    }

    // Every order of the words.
    fn orders(words: &[Word]) -> Vec<Vec<Word>> {
        if words.len() <= 1 {
            return vec![words.to_vec()];
        }
        let mut all = Vec::new();
        for i in 0..words.len() {
            let mut rest = words.to_vec();
            let head = rest.remove(i);
            for mut tail in orders(&rest) {
                tail.insert(0, head.clone());
                all.push(tail);
            }
        }
        all
    }

    #[test]
    fn p01_words_in_any_order_and_repeated_give_the_same_call() {
        use TelephoneNews as News;
        let calls = [
            // Rings at two phones in turn, is taken at the second and passed on to a third.
            vec![
                word(News::Ringing, 10, None),
                word(News::Ringing, 11, Some("801")),
                word(News::Ringing, 20, Some("802")),
                word(News::Answered, 25, Some("802")),
                word(News::Answered, 60, Some("803")),
                word(News::Ended, 90, None),
            ],
            // Given up by the caller while it rang.
            vec![
                word(News::Ringing, 10, Some("801")),
                word(News::Ringing, 15, Some("802")),
                word(News::Ended, 30, Some("802")),
                word(News::Ended, 31, None),
            ],
            // A colleague's phone rings again while it is spoken on.
            vec![
                word(News::Answered, 12, Some("801")),
                word(News::Ringing, 20, Some("802")),
                word(News::Ended, 30, None),
            ],
        ];
        for words in calls {
            let expected = told(CallDirection::In, &words);
            for order in orders(&words) {
                assert_eq!(told(CallDirection::In, &order), expected, "{order:?}");
                let twice: Vec<Word> = order.iter().chain(order.iter().rev()).cloned().collect();
                assert_eq!(told(CallDirection::In, &twice), expected, "{twice:?}");
            }
        }
    }

    #[test]
    fn p01_a_call_that_nobody_took_is_missed_and_one_out_is_not() {
        use TelephoneNews as News;
        let rings = word(News::Ringing, 10, Some("801"));
        let ended = word(News::Ended, 30, None);
        let answered = word(News::Answered, 12, Some("801"));
        for (direction, words, outcome) in [
            (CallDirection::In, vec![rings.clone()], Ringing),
            (CallDirection::In, vec![rings.clone(), ended.clone()], Missed),
            (CallDirection::In, vec![ended.clone()], Missed),
            (CallDirection::In, vec![ended.clone(), answered.clone()], Answered),
            (CallDirection::Out, vec![rings.clone(), ended.clone()], NoConcern),
            (CallDirection::Out, vec![ended.clone(), answered.clone()], Answered),
        ] {
            assert_eq!(told(direction, &words).outcome, outcome, "{words:?}");
        }
        let mut said = told(CallDirection::In, &[rings]);
        said.outcome = CaseMade;
        assert_eq!(hear(&said, &ended).outcome, CaseMade, "what the desk said stays");
    }

    #[test]
    fn p01_a_local_number_is_one_of_the_dialled_area() {
        let ours = |text: &str| phones::normalise(text).ok();
        for (text, line, expected) in [
            (Some("13812341234"), "4008001234", Some("+8613812341234")),
            (Some("26531234"), "0755-88886666", Some("+8675526531234")),
            (Some("65321234"), "010-88886666", Some("+861065321234")),
            (Some("26531234"), "4008001234", None),
            (Some("075526531234"), "4008001234", Some("+8675526531234")),
            (Some("4008881234"), "4008001234", Some("+864008881234")),
            (Some("anonymous"), "4008001234", None),
            (Some(""), "4008001234", None),
            (None, "4008001234", None),
        ] {
            let found = other_side(text, ours(line).as_ref()).map(|n| n.as_str().to_owned());
            assert_eq!(found.as_deref(), expected, "{text:?} to {line}");
        }
        let switchboard = other_side(Some("0755-26531234转801"), None).unwrap();
        assert_eq!((switchboard.as_str(), switchboard.extension()), ("+8675526531234", Some("801")));
    }
}
