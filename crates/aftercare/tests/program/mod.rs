//! The real program as a child process, and a small HTTP/1.1 client: for the tests that kill it and for the measurements.

#![allow(dead_code)] // tests and measurements each take what they need

use std::io::{self, BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Which data a program works on.
#[derive(Clone, Debug)]
pub struct Place {
    /// The data folder.
    pub data: PathBuf,
    /// PostgreSQL instead of SQLite.
    pub database: Option<String>,
}

impl Place {
    /// A verb of `binary` on this data; what the surroundings say about Aftercare doesn't count.
    pub fn command(&self, binary: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(binary);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AFTERCARE_")) {
            command.env_remove(name);
        }
        command.env("AFTERCARE_LOG", "warn").args(words).arg("--data").arg(&self.data).stdin(Stdio::null());
        if let Some(database) = &self.database {
            command.arg("--database").arg(database);
        }
        command
    }

    /// Runs a verb to its end; what it said, or what it said in anger.
    pub fn run(&self, binary: &Path, words: &[&str]) -> Result<String, String> {
        let answer =
            self.command(binary, words).output().map_err(|e| format!("{}: {e}", binary.display()))?;
        let said = String::from_utf8_lossy(&answer.stdout).into_owned();
        if answer.status.success() {
            return Ok(said);
        }
        Err(format!(
            "{words:?} ended with {}:\n{said}{}",
            answer.status,
            String::from_utf8_lossy(&answer.stderr)
        ))
    }
}

/// The program while it serves; killed when dropped.
pub struct Program {
    child: Child,
    /// Where it listens: a port of its own on loopback.
    pub address: SocketAddr,
    // Open as long as the program lives: it may say more.
    _said: BufReader<ChildStdout>,
}

impl Program {
    /// Starts `serve` with more `words` and waits until it says that it is ready.
    pub fn serve(binary: &Path, place: &Place, words: &[&str]) -> io::Result<Self> {
        let words: Vec<&str> =
            ["serve", "--listen", "127.0.0.1:0"].into_iter().chain(words.iter().copied()).collect();
        Self::start(place, place.command(binary, &words))
    }

    /// Starts what `command` says, in the end a program that serves this data, and waits until it says that it is ready.
    pub fn start(place: &Place, mut command: Command) -> io::Result<Self> {
        let log = place.data.join("server.log");
        std::fs::create_dir_all(&place.data)?;
        let log_file = std::fs::OpenOptions::new().create(true).append(true).open(&log)?;
        let mut child = command.stdout(Stdio::piped()).stderr(log_file).spawn()?;
        let mut said = BufReader::new(child.stdout.take().ok_or_else(|| io::Error::other("no output"))?);
        let mut line = String::new();
        loop {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                child.wait()?;
                let why = std::fs::read_to_string(&log).unwrap_or_default();
                return Err(io::Error::other(format!("the program ended before it was ready:\n{why}")));
            }
            let address =
                line.trim().strip_prefix("Aftercare is ready at http://").and_then(|a| a.parse().ok());
            if let Some(address) = address {
                return Ok(Self { child, address, _said: said });
            }
        }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills it without a word (SIGKILL) and waits until it is gone.
    pub fn kill(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer of the program.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Whether it is the kept answer of an earlier delivery.
    pub replayed: bool,
    /// The session's cookie, if one was given.
    pub cookie: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON, or null.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A connection that is kept open from request to request.
pub struct Http {
    stream: tokio::io::BufReader<TcpStream>,
    host: SocketAddr,
    /// `name=value` of the session.
    pub cookie: String,
}

impl Http {
    /// Connects, with the cookie of a session or none.
    pub async fn connect(address: SocketAddr, cookie: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: tokio::io::BufReader::new(stream), host: address, cookie: cookie.to_owned() })
    }

    /// Whom it talks to.
    pub fn address(&self) -> SocketAddr {
        self.host
    }

    /// Signs in; the session stays with this connection.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> io::Result<()> {
        let body = serde_json::json!({ "login": login, "password": password }).to_string();
        let reply = self
            .send("POST", "/api/session", &[("content-type", "application/json")], body.as_bytes())
            .await?;
        self.cookie = reply.cookie.ok_or_else(|| {
            io::Error::other(format!(
                "signing in answered {}: {}",
                reply.status,
                String::from_utf8_lossy(&reply.body)
            ))
        })?;
        Ok(())
    }

    /// Reads.
    pub async fn get(&mut self, path: &str) -> io::Result<Reply> {
        self.send("GET", path, &[], b"").await
    }

    /// A command with its id.
    pub async fn post(&mut self, path: &str, key: &str, body: &str) -> io::Result<Reply> {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send("POST", path, &headers, body.as_bytes()).await
    }

    /// Any request; the answer is read to its end.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Reply> {
        use std::fmt::Write as _;
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n", self.host, body.len());
        if !self.cookie.is_empty() {
            let _ = write!(head, "cookie: {}\r\n", self.cookie);
        }
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.stream.get_mut().write_all(&request).await?;
        self.reply().await
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    async fn reply(&mut self) -> io::Result<Reply> {
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, "no HTTP answer");
        let status = self.line().await?.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(wrong)?;
        let mut reply = Reply { status, replayed: false, cookie: None, body: Vec::new() };
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().map_err(|_| wrong())?,
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "idempotent-replayed" => reply.replayed = value == "true",
                "set-cookie" => reply.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        if chunked {
            loop {
                let size = self.line().await?;
                let size = usize::from_str_radix(size.split(';').next().unwrap_or_default(), 16)
                    .map_err(|_| wrong())?;
                let start = reply.body.len();
                reply.body.resize(start + size, 0);
                self.stream.read_exact(&mut reply.body[start..]).await?;
                self.line().await?;
                if size == 0 {
                    break;
                }
            }
        } else {
            reply.body.resize(length, 0);
            self.stream.read_exact(&mut reply.body).await?;
        }
        Ok(reply)
    }
}
