//! The demo company as data to measure on: who signs in, what they report, how words go into an address.

use std::path::Path;

use serde_json::{Value, json};

use super::database::open;
use super::program::{Http, Place, Program};

/// The demo's password, and what it said about its logins.
pub struct Demo {
    password: String,
    said: String,
}

impl Demo {
    /// Makes the demo on an empty place.
    pub fn make(binary: &Path, place: &Place) -> Self {
        let said = place.run(binary, &["demo", "--no-serve", "--listen", "127.0.0.1:0"]).unwrap();
        Self::again(said)
    }

    /// One that stands already, by what it said when it was made.
    pub fn again(said: String) -> Self {
        Self { password: word(&said, "password"), said }
    }

    /// What it said of its logins.
    #[allow(dead_code)] // only a measurement that keeps its data asks
    pub fn said(&self) -> &str {
        &self.said
    }

    /// A session of this login.
    pub async fn session(&self, program: &Program, login: &str) -> std::io::Result<String> {
        let mut http = Http::connect(program.address, "").await?;
        http.sign_in(login, &self.password).await?;
        Ok(http.cookie)
    }

    /// Signs so many clients in with the login of a role; the cookies of their sessions.
    pub async fn sign_in(&self, program: &Program, role: &str, clients: usize) -> Vec<String> {
        self.sign_in_as(program, &word(&self.said, role), clients).await
    }

    /// The same for a login.
    pub async fn sign_in_as(&self, program: &Program, login: &str, clients: usize) -> Vec<String> {
        let mut cookies = Vec::new();
        for _ in 0..clients {
            cookies.push(self.session(program, login).await.unwrap());
        }
        cookies
    }
}

fn word(said: &str, name: &str) -> String {
    let line = said.lines().find_map(|l| l.trim().strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next())
        .unwrap_or_else(|| panic!("no {name} in:\n{said}"))
        .to_owned()
}

/// Reports of faults on so many assets, the newest first.
pub async fn reports(place: &Place, most: usize) -> Vec<Value> {
    let mut tx = open(place).await.reader().await.unwrap();
    let sql = format!(
        "SELECT a.id AS asset_id, a.site_id AS site_id, MIN(c.id) AS contact_id FROM asset a \
         JOIN contact c ON c.site_id = a.site_id GROUP BY a.id, a.site_id ORDER BY a.id DESC LIMIT {most}"
    );
    let rows = tx.rows(&sql, &[]).await.unwrap();
    let word = |row: &kit::db::Row, name: &str| row.get::<String>(name).unwrap();
    rows.iter()
        .map(|row| {
            json!({
                "channel": "phone", "site_id": word(row, "site_id"), "asset_id": word(row, "asset_id"),
                "contact": { "id": word(row, "contact_id") }, "symptom": "道闸不抬杆,车辆无法出场", "effects": { "can_pass": false },
            })
        })
        .collect()
}

/// A column of a statement's rows.
pub async fn column(place: &Place, sql: &str) -> Vec<String> {
    let mut tx = open(place).await.reader().await.unwrap();
    tx.rows(sql, &[]).await.unwrap().iter().map(|row| row.get("said").unwrap()).collect()
}

/// A text as it stands in an address.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
