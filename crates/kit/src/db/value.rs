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
            fn from_value(cell: Cell<'_>) -> Option<Self> {
                match cell { Cell::Int(i) => Self::try_from(i).ok(), _ => None }
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

/// What a column of a row holds, as long as the row is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'r> {
    /// SQL null.
    Null,
    /// A whole number, a truth value, an instant.
    Int(i64),
    /// A fraction.
    Real(f64),
    /// A text, an id, JSON.
    Text(&'r str),
    /// Bytes.
    Bytes(&'r [u8]),
}

impl Value {
    /// The same, borrowed.
    #[must_use]
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Self::Null => Cell::Null,
            Self::Int(i) => Cell::Int(*i),
            Self::Real(r) => Cell::Real(*r),
            Self::Text(t) => Cell::Text(t),
            Self::Bytes(b) => Cell::Bytes(b),
        }
    }
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// `None` if the column holds something else.
    fn from_value(cell: Cell<'_>) -> Option<Self>;
}

impl FromValue for bool {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Int(i) => Some(i != 0),
            _ => None,
        }
    }
}
impl FromValue for f64 {
    #[allow(clippy::cast_precision_loss)] // SQLite hands whole reals back as integers
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Real(r) => Some(r),
            Cell::Int(i) => Some(i as f64),
            _ => None,
        }
    }
}
impl FromValue for String {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(t) => Some(t.to_owned()),
            _ => None,
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bytes(b) => Some(b.to_vec()),
            _ => None,
        }
    }
}
impl FromValue for Ts {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Int(i) => Some(Self(i)),
            _ => None,
        }
    }
}
impl FromValue for uuid::Uuid {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(t) => t.parse().ok(),
            _ => None,
        }
    }
}
impl FromValue for jiff::civil::Date {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(t) => t.parse().ok(),
            _ => None,
        }
    }
}
impl FromValue for Value {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        Some(match cell {
            Cell::Null => Self::Null,
            Cell::Int(i) => Self::Int(i),
            Cell::Real(r) => Self::Real(r),
            Cell::Text(t) => Self::Text(t.to_owned()),
            Cell::Bytes(b) => Self::Bytes(b.to_vec()),
        })
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// The columns of an answer by name, and how its rows are read.
#[derive(Debug)]
pub(super) struct Names {
    list: Called,
    /// Behind which column stands the one that was read after it, in the row before: rows are read alike, one after another.
    next: Vec<AtomicU16>,
}

#[derive(Debug)]
enum Called {
    Own(Vec<String>),
    /// As the statement calls them.
    Asked(tokio_postgres::Statement),
}

impl Called {
    fn len(&self) -> usize {
        match self {
            Self::Own(list) => list.len(),
            Self::Asked(statement) => statement.columns().len(),
        }
    }

    fn at(&self, at: usize) -> Option<&str> {
        match self {
            Self::Own(list) => list.get(at).map(String::as_str),
            Self::Asked(statement) => statement.columns().get(at).map(tokio_postgres::Column::name),
        }
    }
}

impl Names {
    pub(super) fn new(list: impl IntoIterator<Item = impl Into<String>>) -> Arc<Self> {
        Self::called(Called::Own(list.into_iter().map(Into::into).collect()))
    }

    pub(super) fn of(statement: &tokio_postgres::Statement) -> Arc<Self> {
        Self::called(Called::Asked(statement.clone()))
    }

    fn called(list: Called) -> Arc<Self> {
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
        if self.list.at(guess).is_some_and(|n| n == name) {
            return Some(guess);
        }
        let at = (0..self.list.len()).find(|at| self.list.at(*at) == Some(name))?;
        hint.store(u16::try_from(at).unwrap_or(u16::MAX), Relaxed);
        Some(at)
    }
}

/// All rows of an answer. What they hold stands in three pieces of memory, however many they are: a piece per text was a
/// fifth of what a page cost.
#[derive(Debug)]
pub(super) struct Answer {
    names: Arc<Names>,
    cells: Vec<Kept>,
    texts: String,
    bytes: Vec<u8>,
}

/// A cell, its text or bytes by place.
#[derive(Clone, Copy, Debug)]
enum Kept {
    Null,
    Int(i64),
    Real(f64),
    Text(Piece),
    Bytes(Piece),
}

/// From where to where.
#[derive(Clone, Copy, Debug)]
struct Piece(u32, u32);

impl Piece {
    fn new(from: usize, to: usize) -> Result<Self, DbError> {
        let short =
            |n: usize| u32::try_from(n).map_err(|_| DbError::Other("an answer of more than 4 GiB".into()));
        Ok(Self(short(from)?, short(to)?))
    }

    fn range(self) -> std::ops::Range<usize> {
        self.0 as usize..self.1 as usize
    }
}

impl Answer {
    /// No row yet; memory for `rows` of them.
    pub(super) fn new(names: Arc<Names>, rows: usize) -> Self {
        Self { cells: Vec::with_capacity(rows * names.len()), names, texts: String::new(), bytes: Vec::new() }
    }

    /// Adds the next cell of the row.
    ///
    /// # Errors
    /// [`DbError::Other`] above 4 GiB.
    pub(super) fn push(&mut self, cell: Cell<'_>) -> Result<(), DbError> {
        self.cells.push(match cell {
            Cell::Null => Kept::Null,
            Cell::Int(i) => Kept::Int(i),
            Cell::Real(r) => Kept::Real(r),
            Cell::Text(text) => {
                let from = self.texts.len();
                self.texts.push_str(text);
                Kept::Text(Piece::new(from, self.texts.len())?)
            }
            Cell::Bytes(bytes) => {
                let from = self.bytes.len();
                self.bytes.extend_from_slice(bytes);
                Kept::Bytes(Piece::new(from, self.bytes.len())?)
            }
        });
        Ok(())
    }

    /// The rows.
    pub(super) fn rows(self) -> Vec<Row> {
        let wide = self.names.len();
        let many = self.cells.len().checked_div(wide).unwrap_or(0);
        let answer = Arc::new(self);
        (0..many).map(|n| Row { answer: answer.clone(), first: n * wide, last: AtomicU16::new(0) }).collect()
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        match self.cells[at] {
            Kept::Null => Cell::Null,
            Kept::Int(i) => Cell::Int(i),
            Kept::Real(r) => Cell::Real(r),
            Kept::Text(piece) => Cell::Text(&self.texts[piece.range()]),
            Kept::Bytes(piece) => Cell::Bytes(&self.bytes[piece.range()]),
        }
    }
}

/// One row: its columns are read by name.
#[derive(Debug)]
pub struct Row {
    answer: Arc<Answer>,
    /// Where its cells begin.
    first: usize,
    last: AtomicU16,
}

impl Clone for Row {
    fn clone(&self) -> Self {
        Self { answer: self.answer.clone(), first: self.first, last: AtomicU16::new(0) }
    }
}

impl Row {
    /// A row that is not read from a table.
    ///
    /// # Errors
    /// [`DbError::Other`] above 4 GiB.
    pub(crate) fn of(names: &[String], values: &[Value]) -> Result<Self, DbError> {
        let mut answer = Answer::new(Names::new(names), 1);
        for value in values {
            answer.push(value.cell())?;
        }
        answer.rows().pop().ok_or(DbError::Column { name: "first".into() })
    }

    /// The column `name` as `T`.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column or it holds another type: a fault of the query.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T, DbError> {
        T::from_value(self.cell(name)?).ok_or_else(|| DbError::Column { name: name.to_owned() })
    }

    /// What it holds, column by column.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.answer.names.len()).map(|at| self.answer.cell(self.first + at))
    }

    /// What these columns hold.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column.
    pub fn values(&self, columns: &[String]) -> Result<Vec<Value>, DbError> {
        columns.iter().map(|name| self.get(name)).collect()
    }

    /// Whether the column `name` holds nothing.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column.
    pub fn is_null(&self, name: &str) -> Result<bool, DbError> {
        Ok(self.cell(name)? == Cell::Null)
    }

    /// The first column.
    pub(super) fn first(&self) -> Cell<'_> {
        self.answer.cell(self.first)
    }

    fn cell(&self, name: &str) -> Result<Cell<'_>, DbError> {
        let at = self.answer.names.find(self.last.load(Relaxed), name);
        let at = at.ok_or_else(|| DbError::Column { name: name.to_owned() })?;
        self.last.store(u16::try_from(at + 1).unwrap_or(0), Relaxed);
        Ok(self.answer.cell(self.first + at))
    }

    /// The text of the column `name`, where it stands.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no such column or it holds no text.
    pub fn text(&self, name: &str) -> Result<&str, DbError> {
        match self.cell(name)? {
            Cell::Text(text) => Ok(text),
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

/// A cell of SQLite into an answer.
pub(super) fn from_sqlite(value: ValueRef<'_>, into: &mut Answer) -> Result<(), DbError> {
    match value {
        ValueRef::Null => into.push(Cell::Null),
        ValueRef::Integer(i) => into.push(Cell::Int(i)),
        ValueRef::Real(r) => into.push(Cell::Real(r)),
        // Checked at once; the slow way is for a text that something else has spoilt.
        ValueRef::Text(t) => match std::str::from_utf8(t) {
            Ok(text) => into.push(Cell::Text(text)),
            Err(_) => into.push(Cell::Text(&String::from_utf8_lossy(t))),
        },
        ValueRef::Blob(b) => into.push(Cell::Bytes(b)),
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

/// A cell of PostgreSQL into an answer.
pub(super) fn from_postgres(
    row: &tokio_postgres::Row,
    at: usize,
    ty: &Type,
    into: &mut Answer,
) -> Result<(), DbError> {
    fn of<'r, T: tokio_postgres::types::FromSql<'r>>(
        row: &'r tokio_postgres::Row,
        at: usize,
        make: impl FnOnce(T) -> Cell<'r>,
    ) -> Result<Cell<'r>, DbError> {
        Ok(row.try_get::<_, Option<T>>(at)?.map_or(Cell::Null, make))
    }
    let cell = match *ty {
        Type::INT8 => of(row, at, Cell::Int),
        Type::INT4 => of::<i32>(row, at, |v| Cell::Int(v.into())),
        Type::INT2 => of::<i16>(row, at, |v| Cell::Int(v.into())),
        Type::BOOL => of::<bool>(row, at, |v| Cell::Int(v.into())),
        Type::FLOAT8 => of(row, at, Cell::Real),
        Type::FLOAT4 => of::<f32>(row, at, |v| Cell::Real(v.into())),
        Type::BYTEA => of(row, at, Cell::Bytes),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN => of(row, at, Cell::Text),
        _ => Err(DbError::Column { name: format!("{} of type {ty}: cast it", row.columns()[at].name()) }),
    };
    into.push(cell?)
}
