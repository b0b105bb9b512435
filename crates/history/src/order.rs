//! The rows of a case in order.

use crate::mapping::OrderBy;
use crate::row::Row;

/// Rows in order, and what had to be said about it.
pub(crate) struct Ordered {
    pub rows: Vec<Row>,
    /// Lines of rows that stood behind one they belong before.
    pub moved: Vec<u64>,
    /// Lines of neighbours whose counter and time disagree.
    pub contradictions: Vec<(u64, u64)>,
}

fn key(row: &Row, order: &[OrderBy]) -> [i64; 2] {
    let mut key = [0; 2];
    for (slot, by) in key.iter_mut().zip(order) {
        *slot = match by {
            // Rows that don't count come first.
            OrderBy::Counter => row.counter.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX)),
            OrderBy::Time => row.at.as_microsecond(),
        };
    }
    key
}

/// Puts rows in order; those with the same key stay as they stand in the file.
pub(crate) fn put(mut rows: Vec<Row>, order: &[OrderBy]) -> Ordered {
    let mut moved = Vec::new();
    let mut latest = None;
    for row in &rows {
        let own = key(row, order);
        if latest.is_some_and(|latest| own < latest) {
            moved.push(row.line);
        } else {
            latest = Some(own);
        }
    }
    rows.sort_by_key(|row| key(row, order));
    let contradictions = rows
        .windows(2)
        .filter(|pair| {
            let counter_falls = pair[0].counter.zip(pair[1].counter).is_some_and(|(a, b)| b < a);
            counter_falls || pair[1].at < pair[0].at
        })
        .map(|pair| (pair[0].line, pair[1].line))
        .collect();
    Ordered { rows, moved, contradictions }
}
