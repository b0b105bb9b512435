use std::path::Path;

use super::*;

fn usual(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection
}

fn fresh() -> (tempfile::TempDir, std::path::PathBuf, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let connection = open(&path).unwrap();
    connection.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)").unwrap();
    (folder, path, connection)
}

fn fill(connection: &Connection, rows: usize) {
    let mut insert = connection.prepare_cached("INSERT INTO t (body) VALUES (randomblob(3000))").unwrap();
    for _ in 0..rows {
        insert.execute([]).unwrap();
    }
}

fn count(connection: &Connection) -> i64 {
    connection.query_row("SELECT COUNT(body) FROM t", [], |row| row.get(0)).unwrap()
}

fn whole(connection: &Connection) {
    let said: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(said, "ok");
}

// Ways to the system by which this thread has written so far.
#[cfg(target_os = "linux")]
fn writes() -> u64 {
    let io = std::fs::read_to_string("/proc/thread-self/io").unwrap();
    io.lines().find_map(|line| line.strip_prefix("syscw: ")).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_commit_of_many_pages_is_one_write() {
    let (_folder, path, ours) = fresh();
    let cost = |connection: &Connection| {
        let before = writes();
        connection.execute_batch("BEGIN").unwrap();
        fill(connection, 40);
        connection.execute_batch("COMMIT").unwrap();
        writes() - before
    };
    assert!(cost(&ours) <= 3, "the pages left together");
    assert!(cost(&usual(&path)) > 60, "what it is compared with");
}

#[test]
fn what_is_committed_stands_in_the_file() {
    let (folder, path, ours) = fresh();
    for rows in [1, 30, 200] {
        ours.execute_batch("BEGIN").unwrap();
        fill(&ours, rows);
        ours.execute_batch("COMMIT").unwrap();
        // What a crash would leave: the files as they are now.
        let copy = folder.path().join(format!("copy-{rows}.db"));
        for end in ["", "-wal"] {
            let name = |path: &Path| format!("{}{end}", path.display());
            std::fs::copy(name(&path), name(&copy)).unwrap();
        }
        let copy = usual(&copy);
        assert_eq!(count(&copy), count(&ours));
        whole(&copy);
    }
}

#[test]
fn a_transaction_larger_than_the_cache_is_read_back_rolled_back_and_committed() {
    let (_folder, path, ours) = fresh();
    ours.pragma_update(None, "cache_size", 10).unwrap();
    fill(&ours, 5);
    let other = usual(&path);
    ours.execute_batch("BEGIN").unwrap();
    fill(&ours, 500);
    assert_eq!(count(&ours), 505, "changed pages stay, however many");
    assert_eq!(count(&other), 5);
    ours.execute_batch("SAVEPOINT part").unwrap();
    ours.execute_batch("UPDATE t SET body = randomblob(2000)").unwrap();
    fill(&ours, 300);
    ours.execute_batch("ROLLBACK TO part").unwrap();
    assert_eq!(count(&ours), 505);
    ours.execute_batch("ROLLBACK").unwrap();
    assert_eq!(count(&ours), 5);
    ours.execute_batch("BEGIN").unwrap();
    fill(&ours, 500);
    ours.execute_batch("UPDATE t SET body = randomblob(2500)").unwrap();
    ours.execute_batch("COMMIT").unwrap();
    assert_eq!((count(&ours), count(&other)), (505, 505));
    whole(&other);
    drop(ours);
    whole(&open(&path).unwrap());
}

#[test]
fn what_was_taken_back_is_never_written_over_what_another_committed() {
    let (_folder, path, ours) = fresh();
    fill(&ours, 300);
    ours.pragma_update(None, "cache_size", 10).unwrap();
    ours.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).unwrap();
    let other = usual(&path);
    ours.execute_batch("BEGIN IMMEDIATE; UPDATE t SET body = zeroblob(3000) WHERE id < 60; ROLLBACK")
        .unwrap();
    other.execute_batch("UPDATE t SET body = zeroblob(2999) WHERE id > 200").unwrap();
    let of = |connection: &Connection, bytes: i64| -> i64 {
        let sql = "SELECT COUNT(*) FROM t WHERE body = zeroblob(?1)";
        connection.query_row(sql, [bytes], |row| row.get(0)).unwrap()
    };
    for connection in [&ours, &other, &usual(&path)] {
        assert_eq!((of(connection, 3000), of(connection, 2999)), (0, 100));
        whole(connection);
    }
    drop(ours);
    let again = usual(&path);
    assert_eq!((of(&again, 3000), of(&again, 2999)), (0, 100));
    whole(&again);
}

#[test]
fn writers_take_turns_whatever_file_system_they_use_and_the_log_is_copied_back() {
    let (_folder, path, ours) = fresh();
    let other = usual(&path);
    for connection in [&ours, &other] {
        connection.pragma_update(None, "wal_autocheckpoint", 20).unwrap();
    }
    for turn in 0..60 {
        let (writer, reader) = if turn % 3 == 0 { (&other, &ours) } else { (&ours, &other) };
        writer.execute_batch("BEGIN IMMEDIATE").unwrap();
        fill(writer, 7);
        writer.execute_batch("COMMIT").unwrap();
        assert_eq!(count(reader), (turn + 1) * 7);
    }
    ours.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).unwrap();
    whole(&ours);
    drop((ours, other));
    assert!(!path.with_extension("db-wal").exists(), "the last to close takes the log away");
    assert_eq!(count(&usual(&path)), 420);
}
