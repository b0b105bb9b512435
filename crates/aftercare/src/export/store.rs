//! The rows of an export, page by page from one snapshot.

use kit::{DbError, Row, Tx, Value, Where, params};

use super::tables::{Owner, Table};

/// Rows in memory at once.
const PAGE: i64 = 2_000;

/// The id of the customer with a number.
pub(super) async fn customer(tx: &mut Tx, number: &str) -> Result<Option<String>, DbError> {
    let row = tx.row("SELECT id FROM customer WHERE number = $1", params![number]).await?;
    row.map(|r| r.get("id")).transpose()
}

/// The schema step of the database.
pub(super) async fn schema_step(tx: &mut Tx) -> Result<i64, DbError> {
    tx.int("SELECT MAX(number) FROM schema_step", &[]).await
}

/// The page of a table behind a row's key, in the order of the key; empty when there is no more.
pub(super) async fn page(
    tx: &mut Tx,
    table: &Table,
    customer: Option<&str>,
    reveal: bool,
    after: Option<&[Value]>,
) -> Result<Vec<Row>, DbError> {
    let mut filter = Where::new();
    match (table.owner, customer) {
        (_, None) => {}
        (Owner::Nobody, Some(_)) => return Ok(Vec::new()),
        (Owner::Itself, Some(customer)) => {
            filter.and("t.id = ?", [customer.into()]);
        }
        (Owner::Column(column), Some(customer)) => {
            filter.and(&format!("t.{column} = ?"), [customer.into()]);
        }
        (Owner::Through(column, other, key, owner), Some(customer)) => {
            let through = format!("t.{column} IN (SELECT o.{key} FROM {other} o WHERE o.{owner} = ?)");
            filter.and(&through, [customer.into()]);
        }
    }
    let key: Vec<String> = table.key.iter().map(|k| format!("t.{k}")).collect();
    let key = key.join(", ");
    if let Some(after) = after {
        let marks = vec!["?"; after.len()].join(", ");
        filter.and(&format!("({key}) > ({marks})"), after.iter().cloned());
    }
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|c| match c.masked {
            Some((masked, whole)) => format!("t.{} AS {}", if reveal { whole } else { masked }, c.name),
            None => format!("t.{}", c.name),
        })
        .collect();
    let limit = filter.bind(PAGE);
    let sql = format!(
        "SELECT {} FROM {} t {} ORDER BY {key} LIMIT {limit}",
        columns.join(", "),
        table.from,
        filter.sql()
    );
    tx.rows(&sql, filter.params()).await
}
