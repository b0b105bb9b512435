//! Tables that people bring from another system, read into rows: pure rules, no database, no network, no wall clock.
//!
//! 1. [`read`] takes the bytes of a CSV (UTF-8, UTF-16 or GB18030; commas, semicolons or tabs) or XLSX file and [`Field`]s with the
//!    headings that each may have. It finds the columns in any order, names those it doesn't know, and gives the rows.
//! 2. A cell that a spreadsheet has damaged (a serial shown as 1.38E+10, a serial turned into a day) is named as a [`Fault`] with row,
//!    column and value. It is never guessed what it was before.
//! 3. What could exhaust the machine is refused before or while it is read ([`Limits`], [`TableError`]): archives that unpack to a
//!    multiple, parts that overlap, deep XML, entities, too many rows. Parts are unpacked as a stream, never as a whole.
//!
//! XLSX is read by rules of our own, not by a library: a library hands a number on as a float, and then nobody knows any more whether the
//! digits in the file were those that somebody typed.

mod cell;
mod decode;
mod error;
mod field;
mod limits;
mod read;
mod text;
mod xlsx;

pub use cell::CellFault;
pub use error::{Fault, TableError};
pub use field::{Field, FieldKind, fold_heading};
pub use limits::Limits;
pub use read::{Format, Record, Table, read};
