//! Live streams: what each was told, and what a replay tells.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// What a stream was told.
#[derive(Debug, Default)]
pub struct Told {
    /// The numbers of the events, in the order in which they came.
    pub seqs: Vec<i64>,
    /// The server ended it.
    pub ended: bool,
}

/// An open stream.
pub struct Stream {
    /// Whose.
    pub login: String,
    /// Their session.
    pub cookie: String,
    /// From which event on.
    pub start: i64,
    told: Arc<Mutex<Told>>,
    task: JoinHandle<()>,
}

/// Sends the request and waits until the stream stands; its lines, and from which event on.
async fn connect(address: SocketAddr, cookie: &str, after: Option<i64>) -> (BufReader<TcpStream>, i64) {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut stream = BufReader::new(stream);
    let after = after.map(|seq| format!("?after={seq}")).unwrap_or_default();
    let request = format!(
        "GET /api/live{after} HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\ncookie: {cookie}\r\n\r\n"
    );
    stream.get_mut().write_all(request.as_bytes()).await.unwrap();
    let mut line = String::new();
    loop {
        line.clear();
        assert!(stream.read_line(&mut line).await.unwrap() > 0, "the stream was refused");
        assert!(!line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.1 200"), "{line}");
        if let Some(seq) = line.trim().strip_prefix("id: ").and_then(|seq| seq.parse().ok()) {
            return (stream, seq);
        }
    }
}

impl Stream {
    /// Opens one and lets it run.
    pub async fn open(address: SocketAddr, login: &str, cookie: &str) -> Self {
        let (mut stream, start) = connect(address, cookie, None).await;
        let told = Arc::new(Mutex::new(Told::default()));
        let kept = told.clone();
        let task = tokio::spawn(async move {
            let mut line = String::new();
            loop {
                line.clear();
                match stream.read_line(&mut line).await {
                    Ok(1..) => {
                        if let Some(seq) = line.trim().strip_prefix("id: ").and_then(|seq| seq.parse().ok()) {
                            kept.lock().unwrap().seqs.push(seq);
                        }
                    }
                    _ => {
                        kept.lock().unwrap().ended = true;
                        return;
                    }
                }
            }
        });
        Self { login: login.to_owned(), cookie: cookie.to_owned(), start, told, task }
    }

    /// Hangs up; what it was told.
    pub async fn end(self) -> Told {
        self.task.abort();
        let _ = self.task.await;
        std::mem::take(&mut *self.told.lock().unwrap())
    }
}

/// What a stream that begins after `from` is told up to `upto`.
pub async fn replay(address: SocketAddr, cookie: &str, from: i64, upto: i64) -> Vec<i64> {
    let (mut stream, _) = connect(address, cookie, Some(from)).await;
    let mut seqs = Vec::new();
    let mut line = String::new();
    loop {
        line.clear();
        // Quiet for a second: it has caught up.
        match tokio::time::timeout(Duration::from_secs(1), stream.read_line(&mut line)).await {
            Ok(Ok(1..)) => {
                if let Some(seq) = line.trim().strip_prefix("id: ").and_then(|seq| seq.parse().ok()) {
                    if seq >= upto {
                        if seq == upto {
                            seqs.push(seq);
                        }
                        return seqs;
                    }
                    seqs.push(seq);
                }
            }
            _ => return seqs,
        }
    }
}
