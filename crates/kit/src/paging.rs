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

    /// The sort key after which the page starts; `keys` is how many values it has.
    ///
    /// # Errors
    /// `cursor_invalid` if the cursor was not made by [`cursor`] for a key of this length.
    pub fn after(&self, keys: usize) -> Result<Option<Vec<Value>>, Refusal> {
        let Some(text) = &self.after else { return Ok(None) };
        let invalid = || Refusal::new(400, "cursor_invalid");
        let bytes = BASE64.decode(text).map_err(|_| invalid())?;
        let values: Vec<serde_json::Value> = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if values.len() != keys {
            return Err(invalid());
        }
        values
            .into_iter()
            .map(|v| match v {
                serde_json::Value::Number(n) => n.as_i64().map(Value::Int).ok_or_else(invalid),
                serde_json::Value::String(s) if !s.contains('\0') => Ok(Value::Text(s)),
                _ => Err(invalid()),
            })
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
    }
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
        assert_eq!(paging.after(2).unwrap().unwrap(), key);
        assert_eq!(paging.after(1).unwrap_err().code, "cursor_invalid");
        for forged in ["x", "W10", "bnVsbA", "e30"] {
            let paging = Paging { limit: None, after: Some(forged.into()) };
            assert_eq!(paging.after(2).unwrap_err().code, "cursor_invalid", "{forged}");
        }
    }

    #[test]
    fn a_page_knows_whether_more_follows() {
        let page = Page::from_rows(vec![1_i64, 2, 3], 2, |n| vec![Value::Int(*n)]);
        assert_eq!((page.items.len(), page.next.is_some()), (2, true));
        assert!(Page::from_rows(vec![1_i64], 2, |n| vec![Value::Int(*n)]).next.is_none());
    }
}
