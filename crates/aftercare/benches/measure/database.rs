//! A database to measure on, and the machine's words about itself.

use std::path::PathBuf;

use kit::db::Hooks;
use kit::{Clock, Db, Ids};

use super::program::Place;

/// A database of its own on a PostgreSQL server.
pub struct Database {
    server: String,
    name: String,
    /// Its address.
    pub url: String,
}

impl Database {
    /// Makes it on the server that `url` names.
    pub async fn make(server: &str) -> Self {
        let name = format!("bench_{}", Ids::system().next(Clock::system().now()).simple());
        let (base, query) =
            server.split_once('?').map_or((server, String::new()), |(b, q)| (b, format!("?{q}")));
        let start = base.find("://").map_or(0, |at| at + 3);
        let host = base[start..].find('/').map_or(base, |at| &base[..start + at]);
        let database =
            Self { server: format!("{host}/postgres{query}"), url: format!("{host}/{name}{query}"), name };
        connect(&database.server)
            .await
            .batch_execute(&format!("CREATE DATABASE {}", database.name))
            .await
            .unwrap();
        database
    }

    /// Removes it, whoever is still connected.
    pub async fn remove(self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        connect(&self.server).await.batch_execute(&drop).await.unwrap();
    }
}

/// A connection to a server or one of its databases.
pub async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The program to measure: the one cargo built beside the measurement, or `AFTERCARE_BIN`.
pub fn binary() -> PathBuf {
    std::env::var_os("AFTERCARE_BIN")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_aftercare")), PathBuf::from)
}

/// Opens the data beside the program.
pub async fn open(place: &Place) -> Db {
    match &place.database {
        Some(url) => Db::open_postgres(url, 4).await.unwrap(),
        None => Db::open_sqlite(&place.data.join("aftercare.db"), Hooks::default()).unwrap(),
    }
}
