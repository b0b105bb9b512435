//! Templates of notes: what people write again and again, once in both languages, so that everybody finds all of them.

use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::errors::CaseError;

kit::id_type!(
    /// Id of a template of a note.
    NoteTemplateId
);

/// Characters of a name at most.
const MAX_NAME: usize = 60;
/// Characters of the words at most.
const MAX_WORDS: usize = 2000;

/// All that can be changed of a template.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteTemplateInput {
    /// What it is found by, 1 to 60 characters; the English one may be empty.
    pub name: Both,
    /// The words, 1 to 2000 characters; the English ones may be empty.
    pub text: Both,
    /// Its place in the list, smallest first.
    pub ordinal: i64,
    /// Whether it can be chosen.
    pub active: bool,
}

/// A template of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteTemplateView {
    /// Its id.
    pub id: NoteTemplateId,
    /// What it is found by.
    pub name: Both,
    /// The words.
    pub text: Both,
    /// Its place in the list.
    pub ordinal: i64,
    /// Whether it can be chosen.
    pub active: bool,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// The fields without spaces around them.
///
/// # Errors
/// `note_template_name_invalid`, `note_template_text_invalid`.
pub(crate) fn input(input: NoteTemplateInput) -> Result<NoteTemplateInput, CaseError> {
    let whole = |both: &Both, most: usize| {
        let trimmed = Both::new(both.zh_cn.trim(), both.en.trim());
        let fits = !trimmed.zh_cn.is_empty()
            && trimmed.zh_cn.chars().count() <= most
            && trimmed.en.chars().count() <= most;
        fits.then_some(trimmed)
    };
    Ok(NoteTemplateInput {
        name: whole(&input.name, MAX_NAME).ok_or(CaseError::NoteTemplateNameInvalid)?,
        text: whole(&input.text, MAX_WORDS).ok_or(CaseError::NoteTemplateTextInvalid)?,
        ordinal: input.ordinal.clamp(0, 1_000_000),
        active: input.active,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_a_name_and_words_of_a_readable_length() {
        let some = |name: &str, text: &str| NoteTemplateInput {
            name: Both::new(name, " en "),
            text: Both::new(text, ""),
            ordinal: -1,
            active: true,
        };
        let fine = input(some(" 断电重启 ", " 已断电重启 ")).unwrap();
        assert_eq!((fine.name, fine.text), (Both::new("断电重启", "en"), Both::new("已断电重启", "")));
        assert_eq!(fine.ordinal, 0);
        assert_eq!(input(some(" ", "x")).unwrap_err(), CaseError::NoteTemplateNameInvalid);
        assert_eq!(input(some(&"名".repeat(61), "x")).unwrap_err(), CaseError::NoteTemplateNameInvalid);
        assert_eq!(input(some("x", "")).unwrap_err(), CaseError::NoteTemplateTextInvalid);
        assert_eq!(input(some("x", &"字".repeat(2001))).unwrap_err(), CaseError::NoteTemplateTextInvalid);
    }
}
