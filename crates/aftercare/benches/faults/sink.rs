//! A mail server that fails on purpose, on loopback.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a mail that it has read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Takes it.
    Take,
    /// Ends the connection before it says that it was taken.
    Drop,
    /// Says nothing for so long, then takes it.
    Wait(Duration),
}

/// A mail as it came.
#[derive(Clone, Debug)]
pub struct Mail {
    /// `Message-ID`.
    pub id: String,
    /// When it had come whole.
    pub at: Instant,
}

/// The server.
#[derive(Clone)]
pub struct Sink {
    port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
    plan: Arc<dyn Fn(usize) -> Then + Send + Sync>,
}

impl Sink {
    /// Listens; `plan` says what becomes of the n-th delivery of a message, from 0.
    pub async fn start(plan: impl Fn(usize) -> Then + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let sink = Self { port: listener.local_addr()?.port(), mails: Arc::default(), plan: Arc::new(plan) };
        let serving = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.talk(stream).await });
            }
        });
        Ok(sink)
    }

    /// The settings that lead mail here.
    pub fn settings(&self) -> Value {
        json!({
            "smtp": { "host": "127.0.0.1", "port": self.port, "tls": "none", "from": "service@example.cn" },
            "allow_private": true,
        })
    }

    /// What has come of a message.
    pub fn mails(&self, id: &str) -> Vec<Mail> {
        let all = self.mails.lock().map(|mails| mails.clone()).unwrap_or_default();
        all.into_iter().filter(|mail| mail.id == id).collect()
    }

    /// Waits until so many deliveries of a message have come.
    pub async fn until(&self, id: &str, count: usize, within: Duration) -> Result<()> {
        let began = Instant::now();
        while self.mails(id).len() < count {
            if began.elapsed() > within {
                bail!("{} deliveries after {:.0} s, not {count}", self.mails(id).len(), within.as_secs_f64());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    // RFC 5321, as far as a client needs it. Who goes away in the middle is no mistake here.
    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 mail.test ESMTP\r\n").await.ok()?;
        while let Ok(Some(line)) = lines.next_line().await {
            let answer: &[u8] = match line.split(' ').next().unwrap_or_default().to_ascii_uppercase().as_str()
            {
                "EHLO" => b"250-mail.test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                "MAIL" | "RCPT" | "RSET" | "NOOP" => b"250 ok\r\n",
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    let mut id = String::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        if let Some(found) = line.strip_prefix("Message-ID: ") {
                            found.clone_into(&mut id);
                        }
                    }
                    let earlier = {
                        let mut mails = self.mails.lock().ok()?;
                        let earlier = mails.iter().filter(|mail| mail.id == id).count();
                        mails.push(Mail { id, at: Instant::now() });
                        earlier
                    };
                    match (self.plan)(earlier) {
                        Then::Drop => return None,
                        Then::Take => {}
                        Then::Wait(so_long) => tokio::time::sleep(so_long).await,
                    }
                    write.write_all(b"250 taken\r\n").await.ok()?;
                    continue;
                }
                "QUIT" => b"221 bye\r\n",
                _ => b"502 what\r\n",
            };
            write.write_all(answer).await.ok()?;
        }
        Some(())
    }
}
