//! Keyset paging: a cursor is the sort key of the last row, never an offset.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::{Deserialize, Serialize};

use crate::db::Value;
use crate::error::Refusal;

/// Rows on a page unless the caller says otherwise, and at most.
pub const DEFAULT_LIMIT: i64 = 50;
/// Rows on a page at most.
pub const MAX_LIMIT: i64 = 200;

/// What a list route takes: `?limit=50&after=…`.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl Paging {
    /// The number of rows to show, 1 to [`MAX_LIMIT`].
    #[must_use]
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT)
    }

    /// The sort key after which the page starts; `keys` says what each of its values must be.
    ///
    /// A cursor comes from outside: what the columns could not hold never reaches the database.
    ///
    /// # Errors
    /// `cursor_invalid` if the cursor was not made by [`cursor`] for a list with these keys.
    pub fn after<const N: usize>(&self, keys: [Key; N]) -> Result<Option<[Value; N]>, Refusal> {
        let Some(text) = &self.after else { return Ok(None) };
        decoded(text, keys).map(Some).ok_or_else(|| Refusal::new(422, "cursor_invalid"))
    }
}

/// What a value of a sort key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A whole number: a version, a position.
    Int,
    /// An instant in microseconds.
    Time,
    /// A day, `2026-10-09`.
    Day,
    /// The id of a record.
    Id,
    /// A name, a serial.
    Text,
}

impl Key {
    fn read(self, value: &serde_json::Value) -> Option<Value> {
        let text = || value.as_str().filter(|t| !t.contains('\0'));
        match self {
            Self::Int => value.as_i64().map(Value::Int),
            Self::Time => {
                value.as_i64().filter(|at| jiff::Timestamp::from_microsecond(*at).is_ok()).map(Value::Int)
            }
            Self::Day => Some(text()?.parse::<jiff::civil::Date>().ok()?.into()),
            Self::Id => Some(text()?.parse::<uuid::Uuid>().ok()?.into()),
            Self::Text => text().map(Value::from),
        }
    }
}

fn decoded<const N: usize>(text: &str, keys: [Key; N]) -> Option<[Value; N]> {
    let values: Vec<serde_json::Value> = serde_json::from_slice(&BASE64.decode(text).ok()?).ok()?;
    if values.len() != N {
        return None;
    }
    let key: Option<Vec<Value>> = keys.iter().zip(&values).map(|(key, value)| key.read(value)).collect();
    key?.try_into().ok()
}

/// The cursor for a sort key.
#[must_use]
pub fn cursor(key: &[Value]) -> String {
    let values: Vec<serde_json::Value> = key
        .iter()
        .map(|v| match v {
            Value::Int(i) => (*i).into(),
            Value::Text(t) => t.clone().into(),
            _ => serde_json::Value::Null,
        })
        .collect();
    BASE64.encode(serde_json::Value::from(values).to_string())
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page from `limit + 1` rows that were asked for; `key` gives a row's sort key.
    #[must_use]
    pub fn from_rows(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> Vec<Value>) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = more.then(|| rows.last().map(|row| cursor(&key(row)))).flatten();
        Self { items: rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_and_a_forged_one_is_refused() {
        let key = [Value::Int(7), Value::Text("x".into())];
        let paging = Paging { limit: Some(999), after: Some(cursor(&key)) };
        assert_eq!(paging.limit(), MAX_LIMIT);
        assert_eq!(paging.after([Key::Int, Key::Text]).unwrap().unwrap(), key);
        assert_eq!(paging.after([Key::Int]).unwrap_err().code, "cursor_invalid");
        for forged in ["x", "W10", "bnVsbA", "e30"] {
            let paging = Paging { limit: None, after: Some(forged.into()) };
            let refused = paging.after([Key::Int, Key::Text]).unwrap_err();
            assert_eq!((refused.status, refused.code), (422, "cursor_invalid"), "{forged}");
        }
    }

    #[test]
    fn a_value_of_another_kind_does_not_pass() {
        let id = "0199c5b1-1c00-7000-8000-000000000001";
        let (text, number) = (|t: &str| Value::Text(t.into()), Value::Int(7));
        for (key, fits, others) in [
            (Key::Int, number.clone(), vec![text("7"), text(id), Value::Null]),
            (Key::Time, number.clone(), vec![text("2026-10-09T08:40:00Z"), Value::Int(i64::MAX)]),
            (Key::Day, text("2026-10-09"), vec![number.clone(), text("2026-13-01"), text("")]),
            (Key::Id, text(id), vec![number.clone(), text("x"), Value::Null]),
            (Key::Text, text("道闸"), vec![number, text("a\0b"), Value::Null]),
        ] {
            let after =
                |v: &Value| Paging { limit: None, after: Some(cursor(std::slice::from_ref(v))) }.after([key]);
            assert_eq!(after(&fits).unwrap(), Some([fits]), "{key:?}");
            for other in others {
                assert!(after(&other).is_err(), "{key:?} took {other:?}");
            }
        }
    }

    #[test]
    fn a_page_knows_whether_more_follows() {
        let page = Page::from_rows(vec![1_i64, 2, 3], 2, |n| vec![Value::Int(*n)]);
        assert_eq!((page.items.len(), page.next.is_some()), (2, true));
        assert!(Page::from_rows(vec![1_i64], 2, |n| vec![Value::Int(*n)]).next.is_none());
    }
}
