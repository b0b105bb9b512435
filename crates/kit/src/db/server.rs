//! Whether a PostgreSQL server can be used, and if not: what is wrong and how to mend it, in one sentence.
//!
//! No sentence repeats the URL: it may hold a password.

use std::error::Error as _;

use tokio_postgres::config::Host;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, Error, NoTls, SimpleQueryMessage};

use super::DbError;
use super::postgres::{tls, tls_wanted};

/// The oldest server: what the tests run on.
const OLDEST: i64 = 15;

/// Reads the URL of a database.
pub(super) fn config(url: &str) -> Result<Config, DbError> {
    // What the parser says may quote a part of the password.
    url.parse().map_err(|_| {
        DbError::Unusable(
            "the URL given as --database (AFTERCARE_DATABASE) can't be read: it looks like \
             postgres://user:password@host:5432/database, with @ : / # ? of the password written as %40 %3A %2F %23 %3F"
                .into(),
        )
    })
}

/// Connects once and looks at version and settings.
///
/// An acknowledged commit must survive power loss (G1): a server set to lose it is refused.
pub(super) async fn look(config: &Config) -> Result<(), DbError> {
    let unusable = |error: Error| DbError::Unusable(sentence(config, &error));
    let asked = if tls_wanted(config) {
        let (client, connection) = config.connect(tls()?).await.map_err(unusable)?;
        let connection = tokio::spawn(connection);
        let asked = ask(&client).await;
        connection.abort();
        asked
    } else {
        let (client, connection) = config.connect(NoTls).await.map_err(unusable)?;
        let connection = tokio::spawn(connection);
        let asked = ask(&client).await;
        connection.abort();
        asked
    };
    let (version, off) = asked.map_err(unusable)?;
    if version / 10_000 < OLDEST {
        return Err(DbError::Unusable(format!(
            "{} runs version {}, and Aftercare needs {OLDEST} or newer: upgrade the server, or name another in --database",
            place(config),
            spoken(version)
        )));
    }
    match off {
        None => Ok(()),
        Some(setting) => Err(DbError::Unusable(format!(
            "PostgreSQL runs with {setting} = off and could lose acknowledged commits; set it to on"
        ))),
    }
}

/// The version as a number (150004 is 15.4), and a setting that is off and mustn't be.
async fn ask(client: &Client) -> Result<(i64, Option<&'static str>), Error> {
    let version = show(client, "server_version_num").await?.parse().unwrap_or_default();
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        if show(client, setting).await? == "off" {
            return Ok((version, Some(setting)));
        }
    }
    Ok((version, None))
}

// Of the simple kind: every version of the server understands it.
async fn show(client: &Client, setting: &str) -> Result<String, Error> {
    let rows = client.simple_query(&format!("SHOW {setting}")).await?;
    let value = rows.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    Ok(value.unwrap_or_default().to_owned())
}

// Before 10 a version had three parts: 90624 is 9.6.24.
fn spoken(version: i64) -> String {
    if version < 100_000 {
        format!("{}.{}", version / 10_000, version / 100 % 100)
    } else {
        format!("{}", version / 10_000)
    }
}

/// What is wrong with the connection and how to mend it.
fn sentence(config: &Config, error: &Error) -> String {
    let place = place(config);
    let user = config.get_user().unwrap_or_default();
    let database = config.get_dbname().unwrap_or(user);
    let why = causes(error);
    let Some(said) = error.as_db_error() else {
        return if why.contains("password missing") {
            format!(
                "{place} wants a password for user {user:?} and --database (AFTERCARE_DATABASE) has none: write \
                 postgres://{user}:password@host:5432/{database}"
            )
        } else if why.to_lowercase().contains("tls") || why.contains("certificate") {
            format!(
                "{place} can't be reached over TLS ({why}): give the server a certificate of a public authority, or add \
                 ?sslmode=disable to --database if the network between is yours alone"
            )
        } else {
            format!(
                "{place} doesn't answer ({why}): start the server, or correct host and port in --database (AFTERCARE_DATABASE)"
            )
        };
    };
    let says = said.message();
    match *said.code() {
        SqlState::INVALID_PASSWORD => format!(
            "{place} refuses the password of user {user:?}: correct user and password in --database (AFTERCARE_DATABASE)"
        ),
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => format!(
            "{place} doesn't let user {user:?} in ({says}): make the role with CREATE ROLE, or allow it in the server's pg_hba.conf"
        ),
        SqlState::INVALID_CATALOG_NAME => format!(
            "{place} has no database {database:?}: make it with CREATE DATABASE {database} OWNER {user}, or correct the name in \
             --database (AFTERCARE_DATABASE)"
        ),
        SqlState::INSUFFICIENT_PRIVILEGE => format!(
            "user {user:?} may not use database {database:?} of {place} ({says}): make it the owner with ALTER DATABASE"
        ),
        SqlState::TOO_MANY_CONNECTIONS => format!(
            "{place} has no connection left ({says}): raise max_connections there, or lower --database-connections"
        ),
        SqlState::CANNOT_CONNECT_NOW | SqlState::ADMIN_SHUTDOWN => {
            format!("{place} starts or stops at this moment ({says}): try again shortly")
        }
        _ => format!("{place} refuses the connection: {says}"),
    }
}

/// `PostgreSQL at db.example.cn:5432`.
fn place(config: &Config) -> String {
    let ports = config.get_ports();
    let port = |at: usize| ports.get(at).or(ports.first()).copied().unwrap_or(5432);
    let hosts: Vec<_> = config
        .get_hosts()
        .iter()
        .enumerate()
        .map(|(at, host)| match host {
            Host::Tcp(name) => format!("{name}:{}", port(at)),
            Host::Unix(folder) => folder.join(format!(".s.PGSQL.{}", port(at))).display().to_string(),
        })
        .collect();
    format!("PostgreSQL at {}", hosts.join(", "))
}

/// The innermost cause says it best: `Connection refused (os error 111)`.
fn causes(error: &Error) -> String {
    let mut innermost = error.source();
    while let Some(deeper) = innermost.and_then(|cause| cause.source()) {
        innermost = Some(deeper);
    }
    innermost.map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_cannot_be_read_is_not_repeated() {
        for url in ["postgres://u:geheim@h:port/d", "mysql://u:geheim@h/d", "geheim"] {
            let refused = config(url).unwrap_err().to_string();
            assert!(refused.contains("--database") && !refused.contains("heim"), "{url}: {refused}");
        }
    }

    #[test]
    fn versions_and_places_are_said_as_people_say_them() {
        for (version, said) in [(90_624, "9.6"), (140_011, "14"), (150_004, "15")] {
            assert_eq!(spoken(version), said);
        }
        for (url, said) in [
            ("postgres://u:p@db.example.cn/d", "PostgreSQL at db.example.cn:5432"),
            ("postgres://u:p@a:1,b:2/d", "PostgreSQL at a:1, b:2"),
            ("host=/run/postgresql user=u", "PostgreSQL at /run/postgresql/.s.PGSQL.5432"),
        ] {
            assert_eq!(place(&config(url).unwrap()), said, "{url}");
        }
    }
}
