//! What every fault starts from: the demo company on SQLite and PostgreSQL, copied anew for each, and people signed in to it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use kit::Db;
use kit::db::Hooks;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Http, Place, Program};

/// A database that faults are done on, with a company that is copied for each.
pub struct Engine {
    /// For the table.
    pub name: &'static str,
    template: Place,
    server: Option<String>,
    shared: Arc<Shared>,
    _folder: TempDir,
}

/// What all stages of an engine know.
pub struct Shared {
    /// The program.
    pub binary: PathBuf,
    /// The session of one account per role.
    cookies: HashMap<String, String>,
    /// The logins of the demo's people by role, and the password of all.
    people: HashMap<String, String>,
    /// Reports of faults that can be made: site, asset and contact that belong together.
    pub reports: Vec<Value>,
}

/// A copy of the company for one fault; gone when dropped.
pub struct Stage {
    /// Where its data is.
    pub place: Place,
    /// What it has in common with the others.
    pub shared: Arc<Shared>,
    folder: TempDir,
    database: Option<(String, String)>,
}

impl Engine {
    /// The company in a file.
    pub async fn sqlite(binary: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let template = Place { data: folder.path().join("template"), database: None };
        Self::make("SQLite", binary, template, folder).await
    }

    /// The same company on a server, by backup and restore: quicker than to make it again.
    pub async fn postgres(binary: &Path, server: &str, from: &Self) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let name = fresh_name();
        admin(server, &format!("CREATE DATABASE {name}")).await?;
        let template =
            Place { data: folder.path().join("template"), database: Some(database_url(server, &name)) };
        let archive = folder.path().join("company.tar.gz").display().to_string();
        from.template.run(binary, &["backup", "--out", &archive]).map_err(anyhow::Error::msg)?;
        template.run(binary, &["restore", &archive]).map_err(anyhow::Error::msg)?;
        let people = from.shared.people.clone();
        Self::sign_in("PostgreSQL", binary, template, Some(server.to_owned()), folder, people).await
    }

    async fn make(name: &'static str, binary: &Path, template: Place, folder: TempDir) -> Result<Self> {
        let said = template
            .run(binary, &["demo", "--no-serve", "--listen", "127.0.0.1:0"])
            .map_err(anyhow::Error::msg)?;
        let words = |line: &str| -> Option<(String, String)> {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        };
        let people = said.lines().filter_map(words).collect();
        Self::sign_in(name, binary, template, None, folder, people).await
    }

    async fn sign_in(
        name: &'static str,
        binary: &Path,
        template: Place,
        server: Option<String>,
        folder: TempDir,
        people: HashMap<String, String>,
    ) -> Result<Self> {
        let password = people.get("password").context("the demo named no password")?;
        let program = Program::serve(binary, &template, &[])?;
        let mut cookies = HashMap::new();
        for role in ["hotline_agent", "dispatcher", "branch_manager", "engineer", "system_admin"] {
            let login = people.get(role).with_context(|| format!("the demo named no {role}"))?;
            let mut http = Http::connect(program.address, "").await?;
            http.sign_in(login, password).await?;
            cookies.insert(role.to_owned(), http.cookie);
        }
        let reports = reports(&template).await?;
        let shared = Shared { binary: binary.to_owned(), cookies, people, reports };
        program.kill()?;
        Ok(Self { name, template, server, shared: Arc::new(shared), _folder: folder })
    }

    /// Whether the data is a file.
    pub fn is_sqlite(&self) -> bool {
        self.server.is_none()
    }

    /// A copy for one fault.
    pub async fn stage(&self) -> Result<Stage> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        copy_folder(&self.template.data, &data)?;
        let (mut database, mut url) = (None, None);
        if let (Some(server), Some(template)) = (&self.server, &self.template.database) {
            let name = fresh_name();
            let from = template.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default();
            // Copying needs the template to be unused: connections of who was killed take a moment to end.
            let copy = format!("CREATE DATABASE {name} TEMPLATE {from}");
            let began = Instant::now();
            while let Err(error) = admin(server, &copy).await {
                ensure!(began.elapsed() < Duration::from_secs(10), "{error:#}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            url = Some(database_url(server, &name));
            database = Some((server.clone(), name));
        }
        let place = Place { data, database: url };
        Ok(Stage { place, shared: self.shared.clone(), folder, database })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let (Some(server), Some(url)) = (&self.server, &self.template.database) {
            let name = url.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default();
            drop_database(server.clone(), name.to_owned());
        }
    }
}

impl Stage {
    /// A program on it.
    pub fn serve(&self) -> Result<Program> {
        Ok(Program::serve(&self.shared.binary, &self.place, &[])?)
    }

    /// A program that `words` start, e.g. `demo --clock …`.
    pub fn start(&self, words: &[&str]) -> Result<Program> {
        let words: Vec<&str> = words.iter().copied().chain(["--listen", "127.0.0.1:0"]).collect();
        Ok(Program::start(&self.place, self.place.command(&self.shared.binary, &words))?)
    }

    /// The session of that role.
    pub fn cookie(&self, role: &str) -> &str {
        self.shared.cookies.get(role).map_or("", String::as_str)
    }

    /// The login of that role.
    pub fn login(&self, role: &str) -> &str {
        self.shared.people.get(role).map_or("", String::as_str)
    }

    /// The password of all.
    pub fn password(&self) -> &str {
        self.login("password")
    }

    /// A connection as that role.
    pub async fn connect(&self, program: &Program, role: &str) -> Result<Http> {
        Ok(Http::connect(program.address, self.cookie(role)).await?)
    }

    /// A folder beside the data, for journals and the like.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Looks into the database beside the program.
    pub async fn open(&self) -> Result<Db> {
        open(&self.place).await
    }

    /// One number out of the database.
    pub async fn count(&self, sql: &str) -> Result<i64> {
        Ok(self.open().await?.reader().await?.int(sql, &[]).await?)
    }

    /// Proves the invariants as the operator would.
    pub fn check(&self) -> Result<()> {
        check(&self.shared.binary, &self.place)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some((server, name)) = self.database.take() {
            drop_database(server, name);
        }
    }
}

/// `aftercare check` on a place.
pub fn check(binary: &Path, place: &Place) -> Result<()> {
    let proof = place.run(binary, &["check"]).map_err(anyhow::Error::msg)?;
    ensure!(proof.contains("every invariant holds"), "{proof}");
    Ok(())
}

/// Opens the data of a place.
pub async fn open(place: &Place) -> Result<Db> {
    Ok(match &place.database {
        Some(url) => Db::open_postgres(url, 2).await?,
        None => Db::open_sqlite(&place.data.join("aftercare.db"), Hooks::default())?,
    })
}

/// A statement on the server's own database.
async fn admin(server: &str, sql: &str) -> Result<()> {
    let (client, connection) =
        tokio_postgres::connect(&database_url(server, "postgres"), tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    let done = client.batch_execute(sql).await;
    connection.abort();
    Ok(done?)
}

fn drop_database(server: String, name: String) {
    // Dropping is no place to wait in: a thread of its own does it, and is waited for.
    let dropping = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        runtime.block_on(admin(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).ok()
    });
    drop(dropping.join());
}

fn fresh_name() -> String {
    format!("faults_{}", kit::Ids::system().next(kit::Clock::system().now()).simple())
}

fn database_url(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, String::new()), |(b, q)| (b, format!("?{q}")));
    let start = base.find("://").map_or(0, |at| at + 3);
    let host = base[start..].find('/').map_or(base, |at| &base[..start + at]);
    format!("{host}/{name}{query}")
}

/// Copies what stands in a folder, and in folders below it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Reports of faults that can be made on a place.
pub async fn reports(place: &Place) -> Result<Vec<Value>> {
    let db = open(place).await?;
    let sql = "SELECT a.id AS asset_id, a.site_id AS site_id, c.id AS contact_id FROM asset a \
               JOIN contact c ON c.site_id = a.site_id ORDER BY a.id LIMIT 500";
    let rows = db.reader().await?.rows(sql, &[]).await?;
    let mut reports = Vec::new();
    for row in &rows {
        reports.push(json!({
            "channel": "phone", "site_id": row.get::<String>("site_id")?, "asset_id": row.get::<String>("asset_id")?,
            "contact": { "id": row.get::<String>("contact_id")? }, "symptom": "道闸不抬杆", "effects": { "can_pass": false },
        }));
    }
    ensure!(!reports.is_empty(), "the demo has nothing that can be reported");
    Ok(reports)
}

/// A fresh id for a command.
pub fn key() -> String {
    kit::Ids::system().next(kit::Clock::system().now()).to_string()
}

/// As many open files as the system lets us have, for us and what we start.
pub fn raise_limits() {
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
}

/// Sends a signal to a program that we started.
pub fn signal(program: &Program, signal: Signal) -> Result<()> {
    let pid = i32::try_from(program.pid()).ok().and_then(Pid::from_raw).context("no process id")?;
    Ok(kill_process(pid, signal)?)
}

/// Whether a program stands on this machine.
pub fn is_here(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("command -v {program} >/dev/null")])
        .status()
        .is_ok_and(|s| s.success())
}

/// Resident memory of a process in megabytes.
pub fn resident_mb(program: &Program) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.pid()))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1024.0 / 1e6)
}
