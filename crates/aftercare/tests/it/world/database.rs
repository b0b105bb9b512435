//! A database of its own for each test, copied from one that was migrated once.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kit::Db;
use kit::db::Hooks;
use tokio::sync::OnceCell;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A database of the private cluster.
    Postgres,
}

/// A database and its folder, gone when dropped.
pub struct Database {
    folder: tempfile::TempDir,
    url: Option<String>,
}

const TEMPLATE: &str = "aftercare_template";
static SQLITE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES: OnceCell<String> = OnceCell::const_new();

impl Database {
    pub async fn fresh(backend: Backend) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match backend {
            Backend::Sqlite => {
                let template = SQLITE.get_or_init(sqlite_template).await;
                std::fs::copy(template, folder.path().join("aftercare.db")).unwrap();
                None
            }
            Backend::Postgres => {
                let server = POSTGRES.get_or_init(postgres_template).await;
                let name = format!("t_{}", uuid::Builder::from_random_bytes(random()).into_uuid().simple());
                let admin = connect(server, "postgres").await;
                // Copying needs the template to be unused for a moment: others wait their turn.
                let copy = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}");
                let mut tries = 0;
                while let Err(error) = admin.batch_execute(&copy).await {
                    tries += 1;
                    assert!(tries < 100, "{error}");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
                Some(database_url(server, &name))
            }
        };
        Self { folder, url }
    }

    /// A database of PostgreSQL that sorts as a language does, not by bytes.
    pub async fn in_language(locale: &str) -> Self {
        let server = POSTGRES.get_or_init(postgres_template).await;
        let name = format!("t_{}", uuid::Builder::from_random_bytes(random()).into_uuid().simple());
        let create = format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE '{locale}'"
        );
        connect(server, "postgres").await.batch_execute(&create).await.unwrap();
        let database = Self { folder: tempfile::tempdir().unwrap(), url: Some(database_url(server, &name)) };
        database.open().await.migrate(aftercare::migrations::ALL, kit::Ts(0)).await.unwrap();
        database
    }

    /// A database of PostgreSQL with nothing in it, not even the schema.
    pub async fn empty() -> Self {
        let server = POSTGRES.get_or_init(postgres_template).await;
        let name = format!("t_{}", uuid::Builder::from_random_bytes(random()).into_uuid().simple());
        connect(server, "postgres").await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Self { folder: tempfile::tempdir().unwrap(), url: Some(database_url(server, &name)) }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of a database of this name on the server of the tests, made or not.
    pub fn named(name: &str) -> String {
        database_url(&server(), name)
    }

    /// Its address, if it is no file.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    pub async fn open(&self) -> Db {
        match &self.url {
            None => Db::open_sqlite(&self.folder.path().join("aftercare.db"), Hooks::default()).unwrap(),
            Some(url) => Db::open_postgres(url, 6).await.unwrap(),
        }
    }
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    kit::Ids::system().fill(&mut bytes);
    bytes
}

async fn sqlite_template() -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().unwrap());
    let path = folder.path().join("template.db");
    let db = Db::open_sqlite(&path, Hooks::default()).unwrap();
    db.migrate(aftercare::migrations::ALL, kit::Ts(0)).await.unwrap();
    // A snapshot is one file: what the log still holds is in it.
    let copy = folder.path().join("copy.db");
    db.snapshot_sqlite(&copy).unwrap();
    copy
}

fn server() -> String {
    std::env::var("AFTERCARE_TEST_POSTGRES").expect(
        "AFTERCARE_TEST_POSTGRES names no server: run the tests with `cargo xtask test`, which starts a private one",
    )
}

async fn postgres_template() -> String {
    let server = server();
    let admin = connect(&server, "postgres").await;
    admin.batch_execute(&format!("DROP DATABASE IF EXISTS {TEMPLATE}")).await.unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {TEMPLATE}")).await.unwrap();
    let db = Db::open_postgres(&database_url(&server, TEMPLATE), 2).await.unwrap();
    db.migrate(aftercare::migrations::ALL, kit::Ts(0)).await.unwrap();
    drop(db);
    // The listener of the closed pool must let go before the template can be copied.
    admin
        .batch_execute(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{TEMPLATE}'; \
             ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false"
        ))
        .await
        .unwrap();
    server
}

fn database_url(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let scheme = base.find("://").map_or(0, |at| at + 3);
    let host_end = base[scheme..].find('/').map_or(base.len(), |at| scheme + at);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{}/{name}{query}", &base[..host_end])
}

async fn connect(server: &str, name: &str) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::connect(&database_url(server, name), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
