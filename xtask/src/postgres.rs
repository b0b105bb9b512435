//! A private PostgreSQL for the tests: in a temporary folder, on a free loopback port, gone at the end.
//!
//! PostgreSQL refuses to run as root, so root starts it as the user `postgres` (decision 26). `fsync`
//! stays on: what the tests prove about durability must hold.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::process::{guard, release};
use crate::tools::{self, Need};

/// Where the tests find PostgreSQL; dropping it stops a cluster that was started.
pub struct Postgres {
    /// `postgres://USER@HOST:PORT/`: a test appends the name of the database it makes.
    pub url: String,
    guard: Option<Child>,
}

/// Waits for the pipe's end, then stops the server of that folder by its pid (fast, then at once) and
/// removes the folder. Without the folder, a server that came up too late ends by itself.
const STOP_CLUSTER: &str = r#"
trap '' HUP INT TERM
read -r _
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -INT "$pid" 2>/dev/null
  n=0
  while kill -0 "$pid" 2>/dev/null; do
    n=$((n + 1))
    if [ "$n" -eq 150 ]; then kill -QUIT "$pid" 2>/dev/null; fi
    if [ "$n" -gt 200 ]; then break; fi
    sleep 0.1
  done
fi
rm -rf -- "$1"
"#;

impl Postgres {
    /// The server named by `AFTERCARE_TEST_POSTGRES`, or a cluster of our own.
    ///
    /// # Errors
    /// One sentence that says what is missing, or what PostgreSQL said when it didn't start.
    pub fn obtain() -> Result<Self, String> {
        if let Ok(url) = std::env::var("AFTERCARE_TEST_POSTGRES") {
            let url = if url.ends_with('/') { url } else { format!("{url}/") };
            return Ok(Self { url, guard: None });
        }
        tools::ensure(&[Need::Postgres])?;
        let programs = tools::postgres_bin().ok_or("PostgreSQL's server programs are missing.")?;
        let account = Account::choose()?;
        let folder = account.temporary_folder()?;
        let arguments = [folder.to_string_lossy().into_owned()];
        let guard = guard(STOP_CLUSTER, &[&arguments[0]]).ok_or(
            "PostgreSQL can't be started for the tests without a POSIX shell; set AFTERCARE_TEST_POSTGRES.",
        )?;
        // From here on, whatever happens ends in the guard.
        let mut cluster = Self { url: String::new(), guard: Some(guard) };
        let data = folder.join("data");
        account
            .run(&programs.join("initdb"), &folder)
            .arg("-D")
            .arg(&data)
            .args([
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-instructions",
            ])
            .said("initdb")?;
        let mut refusal = String::new();
        // Between choosing a free port and taking it, somebody else may take it.
        for _ in 0..5 {
            let port = free_port()?;
            configure(&data, &folder, port)?;
            let log = folder.join("log");
            let started = account
                .run(&programs.join("pg_ctl"), &folder)
                .args(["-w", "-t", "60", "-D"])
                .arg(&data)
                .arg("-l")
                .arg(&log)
                .arg("start")
                .said("pg_ctl start");
            match started {
                Ok(()) => {
                    cluster.url = format!("postgres://postgres@127.0.0.1:{port}/");
                    return Ok(cluster);
                }
                Err(error) => {
                    let log = std::fs::read_to_string(&log).unwrap_or_default();
                    refusal = format!("{error}\n{log}");
                }
            }
        }
        Err(format!("PostgreSQL did not start: {refusal}"))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(guard) = self.guard.take() {
            release(guard);
        }
    }
}

fn free_port() -> Result<u16, String> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("No free port on 127.0.0.1: {error}"))
}

/// The later line wins in PostgreSQL's configuration, so each attempt appends.
fn configure(data: &Path, socket: &Path, port: u16) -> Result<(), String> {
    use std::io::Write;
    let settings = format!(
        "\nport = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\n\
         max_connections = 300\nfsync = on\nlog_min_messages = warning\n",
        socket.display()
    );
    let file = data.join("postgresql.conf");
    std::fs::OpenOptions::new()
        .append(true)
        .open(&file)
        .and_then(|mut file| file.write_all(settings.as_bytes()))
        .map_err(|error| format!("{} can't be written: {error}", file.display()))
}

/// Under whose name the server's programs run.
enum Account {
    /// This process's own.
    Own,
    /// The words in front of a command that make root run it as `postgres`.
    Postgres(&'static [&'static str]),
}

impl Account {
    fn choose() -> Result<Self, String> {
        if !tools::is_root() {
            return Ok(Self::Own);
        }
        let known = Command::new("id").args(["-u", "postgres"]).output();
        if !known.is_ok_and(|answer| answer.status.success()) {
            return Err("PostgreSQL refuses to run as root and there is no user `postgres`: \
                        create one (useradd --system postgres) or run the tests as another user."
                .into());
        }
        if tools::find("runuser").is_some() {
            return Ok(Self::Postgres(&["runuser", "-u", "postgres", "--"]));
        }
        if tools::find("setpriv").is_some() {
            return Ok(Self::Postgres(&[
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--",
            ]));
        }
        Err("PostgreSQL refuses to run as root, and neither runuser nor setpriv is here to start it as \
             `postgres`: install util-linux or run the tests as another user."
            .into())
    }

    fn run(&self, program: &Path, folder: &Path) -> Said {
        let mut command = match self {
            Self::Own => Command::new(program),
            Self::Postgres(words) => {
                let mut command = Command::new(words[0]);
                command.args(&words[1..]).arg(program);
                command
            }
        };
        command.current_dir(folder).stdin(Stdio::null());
        Said(command)
    }

    /// A folder that belongs to the account, readable by nobody else.
    fn temporary_folder(&self) -> Result<PathBuf, String> {
        let pattern = std::env::temp_dir().join("aftercare-postgres.XXXXXXXX");
        let mut command = self.run(Path::new("mktemp"), Path::new("/"));
        command.0.arg("-d").arg(&pattern);
        let answer = command.0.output().map_err(|error| format!("mktemp can't be started: {error}"))?;
        if !answer.status.success() {
            let why = String::from_utf8_lossy(&answer.stderr);
            return Err(format!("No folder for PostgreSQL like {}: {}", pattern.display(), why.trim()));
        }
        Ok(PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()))
    }
}

/// A command whose words are shown only when it fails.
struct Said(Command);

impl Said {
    fn arg(mut self, argument: impl AsRef<std::ffi::OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    fn args(mut self, arguments: impl IntoIterator<Item = &'static str>) -> Self {
        self.0.args(arguments);
        self
    }

    fn said(mut self, name: &str) -> Result<(), String> {
        let answer = self.0.output().map_err(|error| format!("{name} can't be started: {error}"))?;
        if answer.status.success() {
            return Ok(());
        }
        let words = [answer.stdout, answer.stderr].concat();
        Err(format!("{name} failed: {}", String::from_utf8_lossy(&words).trim()))
    }
}
