//! Codes of faults and causes: the words that the desk and engineers choose from, so that the same fault has the same name (P22, P74).

use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::errors::AssetsError;

/// What a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FaultCodeKind {
    /// What is wrong.
    Fault,
    /// Why it is.
    Cause,
}

impl FaultCodeKind {
    /// The stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Cause => "cause",
        }
    }
}

impl std::str::FromStr for FaultCodeKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "fault" => Ok(Self::Fault),
            "cause" => Ok(Self::Cause),
            _ => Err(()),
        }
    }
}

/// A new code.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFaultCode {
    /// What it names.
    pub kind: FaultCodeKind,
    /// The code, lower-case letters, digits and underscores; it never changes.
    #[schema(pattern = "^[a-z0-9_]{1,40}$")]
    pub code: String,
    /// All that can be changed.
    pub content: FaultCodeInput,
}

/// All that can be changed of a code.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultCodeInput {
    /// Its name in both languages, 1 to 60 characters.
    pub name: Both,
    /// The kind of product it is for (a skill code); left out for every kind.
    pub product_kind: Option<String>,
    /// Its place in the list, smallest first.
    pub ordinal: i64,
    /// Whether it can be chosen; one that can't keeps its name on what was recorded before.
    pub active: bool,
}

/// A code of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FaultCodeView {
    /// What it names.
    pub kind: FaultCodeKind,
    /// The code.
    pub code: String,
    /// Its name.
    pub name: Both,
    /// The kind of product it is for; absent for every kind.
    pub product_kind: Option<String>,
    /// Its place in the list.
    pub ordinal: i64,
    /// Whether it can be chosen.
    pub active: bool,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

fn word(text: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    !text.is_empty() && text.len() <= 40 && text.bytes().all(letters)
}

/// A new code, checked.
///
/// # Errors
/// `fault_code_invalid`, and as [`input`].
pub(crate) fn new(code: NewFaultCode) -> Result<NewFaultCode, AssetsError> {
    let trimmed = code.code.trim().to_owned();
    if !word(&trimmed) {
        return Err(AssetsError::FaultCodeInvalid);
    }
    Ok(NewFaultCode { kind: code.kind, code: trimmed, content: input(code.content)? })
}

/// The fields without spaces around them.
///
/// # Errors
/// `fault_code_name_invalid`, `fault_code_product_kind_invalid`.
pub(crate) fn input(input: FaultCodeInput) -> Result<FaultCodeInput, AssetsError> {
    let name = Both::new(input.name.zh_cn.trim(), input.name.en.trim());
    if name.zh_cn.is_empty() || name.zh_cn.chars().count() > 60 || name.en.chars().count() > 60 {
        return Err(AssetsError::FaultCodeNameInvalid);
    }
    let product_kind = input.product_kind.map(|k| k.trim().to_owned()).filter(|k| !k.is_empty());
    if product_kind.as_deref().is_some_and(|kind| !word(kind)) {
        return Err(AssetsError::FaultCodeProductKindInvalid);
    }
    Ok(FaultCodeInput {
        name,
        product_kind,
        ordinal: input.ordinal.clamp(0, 1_000_000),
        active: input.active,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(name: &str, product_kind: Option<&str>) -> FaultCodeInput {
        FaultCodeInput {
            name: Both::new(name, ""),
            product_kind: product_kind.map(str::to_owned),
            ordinal: -3,
            active: true,
        }
    }

    #[test]
    fn a_code_is_a_word_and_its_name_is_there() {
        let made = |code: &str| {
            new(NewFaultCode {
                kind: FaultCodeKind::Fault,
                code: code.to_owned(),
                content: some("抬杆无力", Some(" barrier ")),
            })
        };
        let fine = made(" arm_weak ").unwrap();
        assert_eq!(fine.code, "arm_weak");
        assert_eq!((fine.content.product_kind.as_deref(), fine.content.ordinal), (Some("barrier"), 0));
        for wrong in ["", "Arm weak", "臂", &"x".repeat(41)] {
            assert_eq!(made(wrong).unwrap_err(), AssetsError::FaultCodeInvalid, "{wrong}");
        }
        assert_eq!(input(some(" ", None)).unwrap_err(), AssetsError::FaultCodeNameInvalid);
        assert_eq!(input(some("x", Some("A B"))).unwrap_err(), AssetsError::FaultCodeProductKindInvalid);
        assert_eq!(input(some("x", Some(" "))).unwrap().product_kind, None);
    }
}
