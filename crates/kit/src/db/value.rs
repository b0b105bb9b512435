//! Values and rows as both databases understand them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type};

use super::DbError;
use crate::clock::Ts;

/// A parameter or a column: what both databases have in common.
///
/// Truth values are `Int(0 | 1)`, instants are microseconds in `Int`, ids and JSON are `Text`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL null.
    Null,
    /// `BIGINT`.
    Int(i64),
    /// `DOUBLE PRECISION`.
    Real(f64),
    /// `TEXT`.
    Text(String),
    /// `BLOB` or `BYTEA`.
    Bytes(Vec<u8>),
}

macro_rules! int_values {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Value {
            fn from(v: $ty) -> Self { Self::Int(i64::from(v)) }
        }
        impl FromValue for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                match value { Value::Int(i) => Self::try_from(*i).ok(), _ => None }
            }
        }
    )*};
}
int_values!(i64, i32, u32, u16, i16, u8);

impl From<usize> for Value {
    fn from(v: usize) -> Self {
        Self::Int(i64::try_from(v).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Value {
    fn from(v: bool) -> Self {
        Self::Int(i64::from(v))
    }
}
impl From<f64> for Value {
    fn from(v: f64) -> Self {
        Self::Real(v)
    }
}
impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Self::Text(v.to_owned())
    }
}
impl From<String> for Value {
    fn from(v: String) -> Self {
        Self::Text(v)
    }
}
impl From<&String> for Value {
    fn from(v: &String) -> Self {
        Self::Text(v.clone())
    }
}
impl From<Vec<u8>> for Value {
    fn from(v: Vec<u8>) -> Self {
        Self::Bytes(v)
    }
}
impl From<Ts> for Value {
    fn from(v: Ts) -> Self {
        Self::Int(v.0)
    }
}
impl From<uuid::Uuid> for Value {
    fn from(v: uuid::Uuid) -> Self {
        Self::Text(v.to_string())
    }
}
impl From<jiff::civil::Date> for Value {
    fn from(v: jiff::civil::Date) -> Self {
        Self::Text(v.to_string())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// `None` if the column holds something else.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(i) => Some(*i != 0),
            _ => None,
        }
    }
}
impl FromValue for f64 {
    #[allow(clippy::cast_precision_loss)] // SQLite hands whole reals back as integers
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Real(r) => Some(*r),
            Value::Int(i) => Some(*i as f64),
            _ => None,
        }
    }
}
impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(t) => Some(t.clone()),
            _ => None,
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(b) => Some(b.clone()),
            _ => None,
        }
    }
}
impl FromValue for Ts {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(i) => Some(Self(*i)),
            _ => None,
        }
    }
}
impl FromValue for uuid::Uuid {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(t) => t.parse().ok(),
            _ => None,
        }
    }
}
impl FromValue for jiff::civil::Date {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(t) => t.parse().ok(),
            _ => None,
        }
    }
}
impl FromValue for Value {
    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// The columns of an answer by name, and how its rows are read.
#[derive(Debug)]
pub(super) struct Names {
    list: Vec<String>,
    /// Behind which column stands the one that was read after it, in the row before: rows are read alike, one after another.
    next: Vec<AtomicU16>,
}

impl Names {
    pub(super) fn new(list: impl IntoIterator<Item = impl Into<String>>) -> Arc<Self> {
        let list: Vec<String> = list.into_iter().map(Into::into).collect();
        let next = (0..=list.len()).map(|_| AtomicU16::new(u16::MAX)).collect();
        Arc::new(Self { list, next })
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    // `last` is one more than the column read before, 0 at the start of a row. Of two columns of one name, the first counts.
    fn find(&self, last: u16, name: &str) -> Option<usize> {
        let hint = self.next.get(usize::from(last))?;
        let guess = usize::from(hint.load(Relaxed));
        if self.list.get(guess).is_some_and(|n| n == name) {
            return Some(guess);
        }
        let at = self.list.iter().position(|n| n == name)?;
        hint.store(u16::try_from(at).unwrap_or(u16::MAX), Relaxed);
        Some(at)
    }
}

/// One row: its columns are read by name.
#[derive(Debug)]
pub struct Row {
    pub(super) names: Arc<Names>,
    pub(super) values: Vec<Value>,
    last: AtomicU16,
}

impl Clone for Row {
    fn clone(&self) -> Self {
        Self::new(self.names.clone(), self.values.clone())
    }
}

impl Row {
    /// A row that is not read from a table.
    pub(crate) fn of(names: &[String], values: Vec<Value>) -> Self {
        Self::new(Names::new(names), values)
    }

    pub(super) fn new(names: Arc<Names>, values: Vec<Value>) -> Self {
        Self { names, values, last: AtomicU16::new(0) }
    }

    /// The column `name` as `T`.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column or it holds another type: a fault of the query.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T, DbError> {
        T::from_value(self.value(name)?).ok_or_else(|| DbError::Column { name: name.to_owned() })
    }

    /// The text of the column `name`, moved out of the row: it can be read once.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column or it holds no text.
    pub fn take(&mut self, name: &str) -> Result<String, DbError> {
        self.take_if(name)?.ok_or_else(|| DbError::Column { name: name.to_owned() })
    }

    /// Like [`Self::take`], for a column that may be null.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column or it holds something else.
    pub fn take_if(&mut self, name: &str) -> Result<Option<String>, DbError> {
        let at = self.at(name)?;
        match std::mem::replace(&mut self.values[at], Value::Null) {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            _ => Err(DbError::Column { name: name.to_owned() }),
        }
    }

    /// Whether the column `name` holds nothing.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column.
    pub fn is_null(&self, name: &str) -> Result<bool, DbError> {
        Ok(self.value(name)? == &Value::Null)
    }

    fn at(&self, name: &str) -> Result<usize, DbError> {
        let at = self.names.find(self.last.load(Relaxed), name);
        let at = at.ok_or_else(|| DbError::Column { name: name.to_owned() })?;
        self.last.store(u16::try_from(at + 1).unwrap_or(0), Relaxed);
        Ok(at)
    }

    fn value(&self, name: &str) -> Result<&Value, DbError> {
        Ok(&self.values[self.at(name)?])
    }

    fn text(&self, name: &str) -> Result<&str, DbError> {
        match self.value(name)? {
            Value::Text(text) => Ok(text),
            _ => Err(DbError::Column { name: name.to_owned() }),
        }
    }

    /// A JSON column as `T`.
    ///
    /// # Errors
    /// [`DbError::Column`] if the text doesn't hold a `T`.
    pub fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, DbError> {
        serde_json::from_str(self.text(name)?).map_err(|_| DbError::Column { name: name.to_owned() })
    }

    /// A text column that holds the name of a `T` (states, kinds), by its `FromStr`.
    ///
    /// # Errors
    /// [`DbError::Column`] if the text is no name of a `T`.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Result<T, DbError> {
        self.text(name)?.parse().map_err(|_| DbError::Column { name: name.to_owned() })
    }

    /// The names of the columns in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names.list
    }

    /// The values in order.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(i) => ValueRef::Integer(*i),
            Self::Real(r) => ValueRef::Real(*r),
            Self::Text(t) => ValueRef::Text(t.as_bytes()),
            Self::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

pub(super) fn from_sqlite(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(i) => Value::Int(i),
        ValueRef::Real(r) => Value::Real(r),
        // Checked at once; the slow way is for a text that something else has spoilt.
        ValueRef::Text(t) => Value::Text(
            std::str::from_utf8(t).map_or_else(|_| String::from_utf8_lossy(t).into_owned(), str::to_owned),
        ),
        ValueRef::Blob(b) => Value::Bytes(b.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(i) => match *ty {
                Type::INT4 => i32::try_from(*i)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(*i)?.to_sql(ty, out),
                Type::BOOL => (*i != 0).to_sql(ty, out),
                #[allow(clippy::cast_precision_loss)] // the column is a float
                Type::FLOAT8 => (*i as f64).to_sql(ty, out),
                Type::INT8 => i.to_sql(ty, out),
                _ => Err(format!("an integer can't be bound to {ty}: cast the parameter").into()),
            },
            Self::Real(r) => r.to_sql(ty, out),
            Self::Text(t) => t.to_sql(ty, out),
            Self::Bytes(b) => b.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

pub(super) fn from_postgres(row: &tokio_postgres::Row, at: usize, ty: &Type) -> Result<Value, DbError> {
    fn of<'r, T: tokio_postgres::types::FromSql<'r>>(
        row: &'r tokio_postgres::Row,
        at: usize,
        make: impl FnOnce(T) -> Value,
    ) -> Result<Value, DbError> {
        Ok(row.try_get::<_, Option<T>>(at)?.map_or(Value::Null, make))
    }
    match *ty {
        Type::INT8 => of(row, at, Value::Int),
        Type::INT4 => of::<i32>(row, at, |v| Value::Int(v.into())),
        Type::INT2 => of::<i16>(row, at, |v| Value::Int(v.into())),
        Type::BOOL => of::<bool>(row, at, |v| Value::Int(v.into())),
        Type::FLOAT8 => of(row, at, Value::Real),
        Type::FLOAT4 => of::<f32>(row, at, |v| Value::Real(v.into())),
        Type::BYTEA => of(row, at, Value::Bytes),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN => of(row, at, Value::Text),
        _ => Err(DbError::Column { name: format!("{} of type {ty}: cast it", row.columns()[at].name()) }),
    }
}
