//! Refusals and failures: every refusal is a named variant with a status, values, a code and a cure.
//!
//! A domain declares its refusals with [`errors!`](crate::errors); the texts stand in the catalogue
//! (`texts/<language>/errors*.json`: `<code>.title`, `<code>.detail`, `<code>.cure`), so that the answer
//! (RFC 9457) and `docs/errors.md` come from one place.

use serde::Serialize;

use crate::db::DbError;

/// A fault of one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// JSON pointer to the field, e.g. `/site_id`.
    pub pointer: String,
    /// The code of the fault; its text is `errors.<code>.title`.
    pub code: String,
    /// Values for the text.
    #[serde(skip)]
    pub values: Vec<(&'static str, String)>,
}

/// A refusal on its way to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status (decision 7): 422 the input's own fault; 409 state or guard; 412 `If-Match`; 404 out of scope or absent.
    pub status: u16,
    /// Stable code in snake_case.
    pub code: &'static str,
    /// Values for the text, by placeholder.
    pub values: Vec<(&'static str, String)>,
    /// Which fields are at fault.
    pub fields: Vec<FieldFault>,
    /// What stands now, where that helps to decide (409, 412).
    pub current: Option<serde_json::Value>,
    /// Seconds after which a retry makes sense.
    pub retry_after_s: Option<u64>,
}

impl Refusal {
    /// A refusal with a status and a code.
    #[must_use]
    pub fn new(status: u16, code: &'static str) -> Self {
        Self { status, code, values: Vec::new(), fields: Vec::new(), current: None, retry_after_s: None }
    }

    /// Adds a value for the text.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Names a field at fault by JSON pointer, with the code of its own text.
    #[must_use]
    pub fn field(mut self, pointer: impl Into<String>, code: impl Into<String>) -> Self {
        self.fields.push(FieldFault { pointer: pointer.into(), code: code.into(), values: Vec::new() });
        self
    }

    /// Adds what stands now.
    #[must_use]
    pub fn current(mut self, current: impl Serialize) -> Self {
        self.current = serde_json::to_value(current).ok();
        self
    }
}

/// Why a use did not happen: refused with a reason, or the program failed.
#[derive(Debug)]
pub enum Failure {
    /// The caller can mend it.
    Refused(Box<Refusal>),
    /// The caller can't; logged with an id, answered without details.
    Internal(anyhow::Error),
    /// Storage is away for a moment; nothing was changed.
    Unavailable(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => {
                write!(f, "refused ({}): {}", refusal.status, refusal.code)?;
                for (name, value) in &refusal.values {
                    write!(f, " {name}={value}")?;
                }
                for field in &refusal.fields {
                    write!(f, " {}:{}", field.pointer, field.code)?;
                }
                Ok(())
            }
            Self::Internal(error) => write!(f, "{error:#}"),
            Self::Unavailable(why) => write!(f, "not available: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// The code of a command that the database broke off because it and another waited for each other: nothing was changed.
pub(crate) const CHANGES_MET: &str = "changes_met";

impl Failure {
    /// Another command at the same time was first; the same again sees what that one did.
    #[must_use]
    pub fn met_another() -> Self {
        let mut refusal = Refusal::new(503, CHANGES_MET);
        refusal.retry_after_s = Some(1);
        refusal.into()
    }

    /// Whether the same command, tried again at once, may go through.
    #[must_use]
    pub fn changes_met(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.code == CHANGES_MET)
    }

    /// `refusal` in place of the answer to a broken unique constraint, if it is this one that broke: for two commands at the same
    /// time, of which only one may insert. `name` is the constraint's (PostgreSQL), `column` is `table.column` (SQLite).
    #[must_use]
    pub fn instead_of_twice(error: DbError, name: &str, column: &str, refusal: impl Into<Self>) -> Self {
        match error {
            DbError::Unique(what) if what.starts_with(name) || what.contains(column) => refusal.into(),
            other => other.into(),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(why) => Self::Unavailable(why),
            DbError::Unique(what) => {
                // The driver's words name tables and keys: they belong in the log, the caller gets ours.
                tracing::info!(what, "a unique constraint refused");
                Refusal::new(409, "already_exists").into()
            }
            DbError::Conflict(why) => {
                tracing::info!(why, "two changes met");
                Self::met_another()
            }
            other => Self::Internal(other.into()),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// One refusal a domain can make, for `docs/errors.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The code.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
}

/// Declares the refusals of a domain as a closed enum.
///
/// ```
/// kit::errors! {
///     /// Why a thing can't be done.
///     pub enum ThingError {
///         /// There is no such thing, or it is out of the caller's reach.
///         NotFound => 404 "thing_not_found",
///         /// The thing is in a state that forbids the step.
///         WrongState { state: String } => 409 "thing_wrong_state",
///         /// The name is missing.
///         NameMissing => 422 "thing_name_missing" at "/name",
///     }
/// }
/// let failure: kit::Failure = ThingError::WrongState { state: "closed".into() }.into();
/// assert_eq!(failure.to_string(), "refused (409): thing_wrong_state state=closed");
/// ```
#[macro_export]
macro_rules! errors {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $( $(#[$vdoc:meta])* $variant:ident $({ $($field:ident : $ty:ty),+ $(,)? })? => $status:literal $code:literal $(at $pointer:literal)? ),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $( $(#[$vdoc])* $variant $({ $($field: $ty),+ })? ),+
        }
        impl $name {
            /// Every refusal of this domain, for the generated list.
            pub const ALL: &'static [$crate::ErrorEntry] = &[
                $( $crate::ErrorEntry { code: $code, status: $status } ),+
            ];
            /// The refusal as it is answered.
            #[must_use]
            pub fn refusal(self) -> $crate::Refusal {
                match self {
                    $( Self::$variant $({ $($field),+ })? => {
                        #[allow(unused_mut)] // only variants with values or a field change it
                        let mut refusal = $crate::Refusal::new($status, $code);
                        $( $( refusal = refusal.value(stringify!($field), $field); )+ )?
                        $( refusal = refusal.field($pointer, $code); )?
                        refusal
                    } ),+
                }
            }
        }
        impl From<$name> for $crate::Refusal {
            fn from(error: $name) -> Self { error.refusal() }
        }
        impl From<$name> for $crate::Failure {
            fn from(error: $name) -> Self { error.refusal().into() }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", $crate::Failure::from(self.clone()))
            }
        }
    };
}

/// The refusals of the kit itself.
pub const ALL: &[ErrorEntry] = &[
    ErrorEntry { code: "already_applied", status: 409 },
    ErrorEntry { code: "already_exists", status: 409 },
    ErrorEntry { code: CHANGES_MET, status: 503 },
    ErrorEntry { code: "command_key_invalid", status: 400 },
    ErrorEntry { code: "command_key_missing", status: 400 },
    ErrorEntry { code: "command_key_reused", status: 422 },
    ErrorEntry { code: "command_in_flight", status: 409 },
    ErrorEntry { code: "content_type_wrong", status: 415 },
    ErrorEntry { code: "cursor_invalid", status: 422 },
    ErrorEntry { code: "field_invalid", status: 422 },
    ErrorEntry { code: "file_digest_wrong", status: 422 },
    ErrorEntry { code: "file_range_invalid", status: 400 },
    ErrorEntry { code: "file_range_wrong", status: 416 },
    ErrorEntry { code: "file_too_large", status: 413 },
    ErrorEntry { code: "file_type_wrong", status: 415 },
    ErrorEntry { code: "file_unknown", status: 404 },
    ErrorEntry { code: "if_match_invalid", status: 400 },
    ErrorEntry { code: "if_match_missing", status: 428 },
    ErrorEntry { code: "internal", status: 500 },
    ErrorEntry { code: "json_invalid", status: 400 },
    ErrorEntry { code: "method_not_allowed", status: 405 },
    ErrorEntry { code: "origin_refused", status: 403 },
    ErrorEntry { code: "overloaded", status: 503 },
    ErrorEntry { code: "payload_too_large", status: 413 },
    ErrorEntry { code: "query_invalid", status: 400 },
    ErrorEntry { code: "route_unknown", status: 404 },
    ErrorEntry { code: "storage_unavailable", status: 503 },
    ErrorEntry { code: "timed_out", status: 408 },
    ErrorEntry { code: "version_changed", status: 412 },
];
