//! What a person sees (decisions 1, 2): role + unit (subtree) + customer relation, filtered in this one place.
//!
//! Rows carry the owning unit; an escalated row carries a second one. `unit_reach` lists, for each unit, itself and
//! everything below it. An engineer sees what was shared with them: `shared_with` is set and cleared by the crate that
//! sends them somewhere.

use crate::clock::Ts;
use crate::db::{DbError, Tx, Value, Where};
use crate::params;

/// How far somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Headquarters, the system itself.
    Everything,
    /// A unit and everything below it.
    Unit(String),
    /// What was shared with this employee.
    Person(String),
    /// One customer's own records.
    Customer(String),
    /// Nothing: administrators of the system see no business data.
    Nothing,
}

/// Where a table keeps what the filter needs.
#[derive(Clone, Copy, Debug)]
pub struct ScopeColumns {
    /// The subject type under which rows are shared with engineers.
    pub subject: &'static str,
    /// The id column, e.g. `c.id`.
    pub id: &'static str,
    /// The owning unit's column.
    pub unit: &'static str,
    /// The second unit's column, if the table has one.
    pub second_unit: Option<&'static str>,
    /// The customer's column, if the table has one.
    pub customer: Option<&'static str>,
}

impl Reach {
    /// Narrows `filter` to the rows this reach may see.
    pub fn narrow(&self, filter: &mut Where, columns: &ScopeColumns) {
        match self {
            Self::Everything => {}
            Self::Unit(root) => {
                let within =
                    |column: &str| format!("{column} IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)");
                match columns.second_unit {
                    None => filter.and(&within(columns.unit), [Value::from(root)]),
                    Some(second) => filter.and(
                        &format!("{} OR {}", within(columns.unit), within(second)),
                        [Value::from(root), Value::from(root)],
                    ),
                };
            }
            Self::Person(person) => {
                filter.and(
                    &format!(
                        "EXISTS (SELECT 1 FROM shared_with WHERE shared_with.person_id = ? AND shared_with.subject_type = ? \
                         AND shared_with.subject_id = {})",
                        columns.id
                    ),
                    [Value::from(person), Value::from(columns.subject)],
                );
            }
            Self::Customer(customer) => {
                match columns.customer {
                    Some(column) => filter.and(&format!("{column} = ?"), [Value::from(customer)]),
                    None => filter.and("1 = 0", []),
                };
            }
            Self::Nothing => {
                filter.and("1 = 0", []);
            }
        }
    }
}

/// Lets an employee see one record from now on.
///
/// # Errors
/// As the database says.
pub async fn share(
    tx: &mut Tx,
    person_id: &str,
    subject_type: &str,
    subject_id: &str,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO shared_with (person_id, subject_type, subject_id, since) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, subject_type, subject_id) DO NOTHING",
        params![person_id, subject_type, subject_id, now],
    )
    .await?;
    Ok(())
}

/// Ends what [`share`] began.
///
/// # Errors
/// As the database says.
pub async fn unshare(
    tx: &mut Tx,
    person_id: &str,
    subject_type: &str,
    subject_id: &str,
) -> Result<(), DbError> {
    tx.execute(
        "DELETE FROM shared_with WHERE person_id = $1 AND subject_type = $2 AND subject_id = $3",
        params![person_id, subject_type, subject_id],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reach_narrows_and_nothing_sees_nothing() {
        let columns = ScopeColumns {
            subject: "case",
            id: "c.id",
            unit: "c.unit_id",
            second_unit: Some("c.second_unit_id"),
            customer: Some("c.customer_id"),
        };
        for (reach, part, params) in [
            (Reach::Everything, "", 0),
            (Reach::Unit("u".into()), "c.second_unit_id IN", 2),
            (Reach::Person("p".into()), "shared_with.subject_id = c.id", 2),
            (Reach::Customer("k".into()), "c.customer_id = $1", 1),
            (Reach::Nothing, "1 = 0", 0),
        ] {
            let mut filter = Where::new();
            reach.narrow(&mut filter, &columns);
            assert!(filter.sql().contains(part), "{reach:?}: {}", filter.sql());
            assert_eq!(filter.params().len(), params, "{reach:?}");
        }
    }
}
