//! Statements whose answer nobody needs, as one text for PostgreSQL.
//!
//! Sent one by one, each is answered by itself, and each answer wakes the command that waits for the last of them. As one text
//! they have one answer. The server knows them prepared all the same: a text says which, and with what (decision 41).

use std::fmt::Write as _;

use hashlink::LruCache;

use super::value::Value;

/// Statements a session remembers for texts; the one that was used longest ago is forgotten.
const KNOWN: usize = 512;

/// A statement whose answer nobody needs but for its failure.
pub(super) enum Waiting {
    Begin,
    Put(String, Vec<Value>),
}

/// What a session has prepared for texts, by statement.
pub(super) struct Prepared {
    names: LruCache<Box<str>, u64>,
    /// The next name: none is given twice, whatever became of the text that was to prepare it.
    next: u64,
}

/// Statements on their way.
pub(super) struct Batch {
    pub(super) text: String,
    /// Something is prepared or forgotten in it: where it fails, nobody knows which of that the server did.
    pub(super) teaches: bool,
}

impl Prepared {
    pub(super) fn new() -> Self {
        Self { names: LruCache::new_unbounded(), next: 0 }
    }

    /// The text of what waits, in its order.
    pub(super) fn batch(&mut self, waiting: impl Iterator<Item = Waiting>) -> Batch {
        let mut batch = Batch { text: String::new(), teaches: false };
        for one in waiting {
            match one {
                Waiting::Begin => batch.text.push_str("BEGIN;"),
                Waiting::Put(sql, params) => {
                    let name = self.name(&sql, &mut batch);
                    batch.text.push_str("EXECUTE ");
                    push_name(&mut batch.text, name);
                    for (at, value) in params.iter().enumerate() {
                        batch.text.push(if at == 0 { '(' } else { ',' });
                        push_literal(&mut batch.text, value);
                    }
                    batch.text.push_str(if params.is_empty() { ";" } else { ");" });
                }
            }
        }
        batch
    }

    fn name(&mut self, sql: &str, batch: &mut Batch) -> u64 {
        if let Some(name) = self.names.get(sql) {
            return *name;
        }
        batch.teaches = true;
        if self.names.len() >= KNOWN
            && let Some((_, oldest)) = self.names.remove_lru()
        {
            batch.text.push_str("DEALLOCATE ");
            push_name(&mut batch.text, oldest);
            batch.text.push(';');
        }
        let name = self.next;
        self.next += 1;
        batch.text.push_str("PREPARE ");
        push_name(&mut batch.text, name);
        batch.text.push_str(" AS ");
        batch.text.push_str(sql);
        batch.text.push(';');
        self.names.insert(sql.into(), name);
        name
    }
}

fn push_name(text: &mut String, name: u64) {
    let written = write!(text, "put_{name}");
    debug_assert!(written.is_ok(), "a text grows");
}

// A quoted literal takes the type of the parameter that it is for. Sessions read backslashes as they stand
// (`standard_conforming_strings`), so the quote alone must be doubled.
fn push_literal(text: &mut String, value: &Value) {
    let written = match value {
        Value::Null => {
            text.push_str("NULL");
            return;
        }
        Value::Int(i) => write!(text, "'{i}'"),
        Value::Real(r) => write!(text, "'{r:?}'"),
        Value::Text(t) => {
            text.push('\'');
            for (at, part) in t.split('\'').enumerate() {
                if at > 0 {
                    text.push_str("''");
                }
                text.push_str(part);
            }
            text.push('\'');
            return;
        }
        Value::Bytes(bytes) => {
            text.push_str("'\\x");
            for byte in bytes {
                text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
                text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
            }
            text.push('\'');
            return;
        }
    };
    debug_assert!(written.is_ok(), "a text grows");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params;

    fn put(sql: &str, params: &[Value]) -> Waiting {
        Waiting::Put(sql.to_owned(), params.to_vec())
    }

    #[test]
    fn a_statement_is_prepared_once_and_run_by_its_name() {
        let mut prepared = Prepared::new();
        let first = prepared.batch(
            [
                Waiting::Begin,
                put("INSERT INTO t VALUES ($1, $2)", params![1, "a"]),
                put("DELETE FROM t", &[]),
                put("INSERT INTO t VALUES ($1, $2)", params![-2, Value::Null]),
            ]
            .into_iter(),
        );
        assert_eq!(
            first.text,
            "BEGIN;PREPARE put_0 AS INSERT INTO t VALUES ($1, $2);EXECUTE put_0('1','a');\
             PREPARE put_1 AS DELETE FROM t;EXECUTE put_1;EXECUTE put_0('-2',NULL);"
        );
        assert!(first.teaches);
        let second = prepared.batch([put("DELETE FROM t", &[])].into_iter());
        assert_eq!((second.text.as_str(), second.teaches), ("EXECUTE put_1;", false));
    }

    #[test]
    fn the_statement_used_longest_ago_is_forgotten() {
        let mut prepared = Prepared::new();
        for n in 0..KNOWN {
            prepared.batch([put(&format!("DELETE FROM t{n}"), &[])].into_iter());
        }
        prepared.batch([put("DELETE FROM t0", &[])].into_iter());
        let one_more = prepared.batch([put("DELETE FROM u", &[])].into_iter());
        assert!(one_more.text.starts_with("DEALLOCATE put_1;PREPARE put_512 AS "), "{}", one_more.text);
        let again = prepared.batch([put("DELETE FROM t1", &[])].into_iter());
        assert!(again.teaches && again.text.contains("PREPARE put_513 AS DELETE FROM t1;"), "{}", again.text);
    }

    #[test]
    fn values_are_quoted() {
        let written = |value: Value| {
            let mut text = String::new();
            push_literal(&mut text, &value);
            text
        };
        for (value, literal) in [
            (Value::Null, "NULL"),
            (Value::Int(i64::MIN), "'-9223372036854775808'"),
            (Value::Real(0.1), "'0.1'"),
            (Value::Real(f64::INFINITY), "'inf'"),
            (Value::Text("O'Neil'; DROP TABLE t; --".into()), "'O''Neil''; DROP TABLE t; --'"),
            (Value::Text("''\\'".into()), "'''''\\'''"),
            (Value::Bytes(vec![0, 0x5c, 0x27, 0xff]), "'\\x005c27ff'"),
        ] {
            assert_eq!(written(value.clone()), literal, "{value:?}");
        }
    }
}
