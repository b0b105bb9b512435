//! Free words as they may be kept: private numbers and chat accounts masked wherever they are typed (P68).

use kit::{Cx, Failure, Tx};

use super::event;
use crate::case::Case;
use crate::rules;

/// `text` with private phone numbers and chat accounts masked.
#[must_use]
pub fn masked(text: String) -> String {
    Masker::default().words(text)
}

/// Masks the words of one command and counts what it hid.
#[derive(Debug, Default)]
pub(crate) struct Masker {
    phones: usize,
    accounts: usize,
}

impl Masker {
    pub(crate) fn words(&mut self, text: String) -> String {
        let Some(masked) = rules::mask_private(&text) else { return text };
        self.phones += masked.phones;
        self.accounts += masked.accounts;
        masked.text
    }

    pub(crate) fn some(&mut self, text: Option<String>) -> Option<String> {
        text.map(|text| self.words(text))
    }

    /// An event that says so, if something was masked: whoever typed it sees why their words changed.
    pub(crate) async fn tell(self, tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
        if self.phones + self.accounts == 0 {
            return Ok(());
        }
        let body = serde_json::json!({ "phones": self.phones, "accounts": self.accounts });
        kit::events::append(tx, cx, event(case, "case.private_contact_masked").body(&body))
            .await
            .map_err(Failure::from)
    }
}
