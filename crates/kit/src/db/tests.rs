use super::*;

static STEPS: &[Migration] = &[
    Migration {
        number: 1,
        name: "the table of steps",
        sql: "CREATE TABLE schema_step (number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);",
    },
    Migration {
        number: 2,
        name: "things",
        sql: "CREATE TABLE thing (pos {serial}, name TEXT NOT NULL UNIQUE, body {bytes}, weight DOUBLE PRECISION);",
    },
];

async fn fresh(hooks: Hooks) -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_sqlite(&folder.path().join("a.db"), hooks).unwrap();
    db.migrate(STEPS, crate::clock::Ts(1)).await.unwrap();
    (folder, db)
}

async fn insert(db: &Db, name: String, fail: bool) -> Result<(), DbError> {
    db.write(move |tx| {
        Box::pin(async move {
            tx.execute("INSERT INTO thing (name, weight) VALUES ($1, $2)", params![&name, 1.5]).await?;
            if fail { Err(DbError::Other("no".into())) } else { Ok(()) }
        })
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_failed_command_leaves_no_trace_in_its_group() {
    let (_folder, db) = fresh(Hooks { sync_delay: Some(Duration::from_millis(3)) }).await;
    let tasks: Vec<_> = (0..64)
        .map(|i| {
            let db = db.clone();
            tokio::spawn(async move { insert(&db, format!("n{i}"), i % 4 == 0).await.is_ok() })
        })
        .collect();
    let mut kept = 0;
    for task in tasks {
        kept += i64::from(task.await.unwrap());
    }
    assert_eq!(kept, 48);
    let mut reader = db.reader().await.unwrap();
    assert_eq!(reader.int("SELECT COUNT(*) FROM thing", &[]).await.unwrap(), 48);
    let counts = db.writer_counts();
    assert!(counts.commits < 30, "commands shared a sync: {counts:?}");
}

#[tokio::test]
async fn a_second_of_its_name_is_refused_by_name() {
    let (_folder, db) = fresh(Hooks::default()).await;
    insert(&db, "x".into(), false).await.unwrap();
    let refused = insert(&db, "x".into(), false).await.unwrap_err();
    assert!(matches!(refused, DbError::Unique(ref what) if what.contains("thing.name")), "{refused}");
}

#[tokio::test]
async fn a_panicking_command_is_answered_and_the_writer_lives() {
    let (_folder, db) = fresh(Hooks::default()).await;
    let answer: Result<(), DbError> = db.write(|_| Box::pin(async { panic!("a fault in a command") })).await;
    assert!(answer.is_err());
    insert(&db, "after".into(), false).await.unwrap();
}

#[tokio::test]
async fn a_database_newer_than_the_program_is_refused() {
    let (_folder, db) = fresh(Hooks::default()).await;
    let refused = db.pending(&STEPS[..1]).await.unwrap_err().to_string();
    assert!(refused.contains("schema step 2"), "{refused}");
    assert_eq!(db.pending(STEPS).await.unwrap(), vec![]);
}

#[tokio::test]
async fn parameters_are_numbered_not_ordered() {
    let (_folder, db) = fresh(Hooks::default()).await;
    let mut reader = db.reader().await.unwrap();
    let row = reader.row("SELECT CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a", params!["one", "two"]).await;
    let row = row.unwrap().unwrap();
    assert_eq!(row.get::<String>("a").unwrap(), "one");
    assert_eq!(row.get::<String>("b").unwrap(), "two");
}

#[test]
fn a_where_clause_numbers_its_parts() {
    let mut filter = Where::new();
    filter.and("state = ?", [Value::from("new")]).any("unit_id", ["a", "b"]).any("x", Vec::<String>::new());
    assert_eq!(filter.sql(), "WHERE (state = $1) AND (unit_id IN ($2, $3)) AND (1 = 0)");
    assert_eq!(filter.params().len(), 3);
}

#[test]
fn rows_leave_in_pieces_that_share_few_statements() {
    let sizes = |rows: usize, columns: usize| -> Vec<usize> {
        let rows = vec![vec![Value::Null; columns]; rows];
        chunks(&rows, &vec!["c"; columns]).map(<[_]>::len).collect()
    };
    assert_eq!(sizes(0, 3), Vec::<usize>::new());
    assert_eq!(sizes(13, 3), [8, 4, 1]);
    assert_eq!(sizes(1300, 3), [512, 512, 256, 16, 4]);
    assert_eq!(sizes(300, 100), [128, 128, 32, 8, 4], "16,000 values at most");
    assert_eq!(inserting("t", &["a", "b"], 2), "INSERT INTO t (a, b) VALUES ($1,$2), ($3,$4)");
}

#[tokio::test]
async fn many_rows_are_inserted_or_none_and_those_that_stand_are_left_out() {
    let (_folder, db) = fresh(Hooks::default()).await;
    let rows = |names: std::ops::Range<usize>| -> Vec<Vec<Value>> {
        names.map(|n| vec![Value::from(format!("n{n}")), Value::from(0.5)]).collect()
    };
    let many = async |rows: Vec<Vec<Value>>| -> Result<(), DbError> {
        db.write(move |tx| Box::pin(async move { tx.insert_many("thing", &["name", "weight"], &rows).await }))
            .await
    };
    many(rows(0..700)).await.unwrap();
    assert!(matches!(many(rows(699..720)).await, Err(DbError::Unique(_))));
    let new: Result<u64, DbError> = db
        .write(move |tx| {
            Box::pin(async move { tx.insert_new("thing", &["name", "weight"], &rows(690..710)).await })
        })
        .await;
    assert_eq!(new.unwrap(), 10);
    assert_eq!(db.reader().await.unwrap().int("SELECT COUNT(*) FROM thing", &[]).await.unwrap(), 710);
}

#[test]
fn lists_of_similar_length_share_a_statement() {
    let of = |n: i64| {
        let mut filter = Where::new();
        filter.any("id", 0..n);
        (filter.sql(), filter.params().to_vec())
    };
    assert_eq!(of(8).1.len(), 8);
    let (nine, values) = of(9);
    assert_eq!(nine, of(16).0);
    assert_eq!(values.len(), 16);
    assert!(values[9..].iter().all(|v| *v == Value::from(8_i64)), "{values:?}");
}

#[test]
fn columns_are_read_by_name_in_any_order() {
    let mut answer = value::Answer::new(value::Names::new(["a", "b", "a", "c"]), 3);
    for n in 0..3 {
        for cell in [Cell::Int(n), Cell::Text("b"), Cell::Int(9), Cell::Null] {
            answer.push(cell).unwrap();
        }
    }
    let rows = answer.rows();
    assert_eq!(rows.len(), 3);
    for (n, row) in (0..3).zip(&rows) {
        for _ in 0..2 {
            assert_eq!(row.get::<i64>("a").unwrap(), n);
            assert_eq!(row.get::<String>("b").unwrap(), "b");
            assert_eq!(row.get::<i64>("a").unwrap(), n, "the first of its name");
            assert!(row.is_null("c").unwrap() && !row.is_null("b").unwrap());
        }
        assert!(row.get::<i64>("d").is_err());
        assert_eq!(row.text("b").unwrap(), "b");
        assert!(row.text("a").is_err());
        assert_eq!(row.get::<Option<String>>("c").unwrap(), None);
    }
}
