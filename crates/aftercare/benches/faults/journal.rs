//! Writers that put everything into a journal before it counts, and the checker that holds the journal against the program.

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use crate::ground::Stage;
use crate::program::{Http, Place, Reply};

/// Throws for seeds and ids.
const WIDE: i64 = 1 << 62;

/// A request that changes something, and what was answered: nothing if nothing came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The command's id; for a picture its digest.
    pub key: String,
    /// Where it goes.
    pub path: String,
    /// What it says, in hexadecimal for a picture.
    pub body: String,
    /// SHA-256 of the request's body.
    pub request: String,
    /// Status and SHA-256 of the answer.
    pub answer: Option<(u16, String)>,
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// An id from the dice.
pub fn random_id(dice: &mut Dice) -> String {
    let mut half = || u128::from(dice.between(0, WIDE).unsigned_abs());
    uuid::Builder::from_random_bytes((half() << 65 | half() << 3).to_be_bytes()).into_uuid().to_string()
}

impl Entry {
    fn command(dice: &mut Dice, path: String, body: &Value) -> Self {
        let body = body.to_string();
        Self { key: random_id(dice), path, request: digest(body.as_bytes()), body, answer: None }
    }

    /// A small picture: its name is its digest, so that it can be sent again.
    fn picture(dice: &mut Dice) -> Self {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.extend(random_id(dice).into_bytes());
        let key = digest(&bytes);
        Self {
            path: format!("/api/files/{key}"),
            request: key.clone(),
            key,
            body: hex::encode(&bytes),
            answer: None,
        }
    }

    fn is_picture(&self) -> bool {
        self.path.starts_with("/api/files/")
    }

    /// Sends it.
    pub async fn send(&self, http: &mut Http) -> Result<Reply> {
        Ok(if self.is_picture() {
            http.send(
                "PUT",
                &self.path,
                &[("content-type", "application/octet-stream")],
                &hex::decode(&self.body)?,
            )
            .await?
        } else {
            http.post(&self.path, &self.key, &self.body).await?
        })
    }

    fn answered(&mut self, reply: &Reply) {
        self.answer = Some((reply.status, digest(&reply.body)));
    }
}

/// What writers did.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Answered with a 2xx, and in the journal.
    pub acknowledged: u64,
    /// Refused with one of the tolerated statuses.
    pub refused: BTreeMap<u16, u64>,
    /// Sent, and nothing came back.
    pub unknown: u64,
}

impl Tally {
    /// Adds another's.
    pub fn add(&mut self, other: &Self) {
        self.acknowledged += other.acknowledged;
        self.unknown += other.unknown;
        for (status, count) in &other.refused {
            *self.refused.entry(*status).or_default() += count;
        }
    }
}

#[derive(Default)]
struct Swing {
    enough: AtomicBool,
    answered: AtomicU64,
}

/// Writers under way.
pub struct Writers {
    hands: JoinSet<Result<Tally>>,
    swing: Arc<Swing>,
}

impl Writers {
    /// Lets so many write, spread over the nodes; journals are `ROUND-WRITER.jsonl` in `folder`.
    pub async fn start(
        stage: &Stage,
        nodes: &[SocketAddr],
        count: usize,
        dice: &mut Dice,
        (folder, round): (&Path, usize),
        tolerated: &'static [u16],
    ) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let swing = Arc::<Swing>::default();
        let mut hands = JoinSet::new();
        for at in 0..count {
            let http = Http::connect(nodes[at % nodes.len()], stage.cookie("hotline_agent")).await?;
            let writer = Writer {
                http,
                journal: std::fs::File::create(folder.join(format!("{round}-{at}.jsonl")))?,
                report: stage.shared.reports[at % stage.shared.reports.len()].clone(),
                dice: Dice::new(dice.between(0, WIDE).unsigned_abs()),
                swing: swing.clone(),
                tolerated,
            };
            hands.spawn(writer.write());
        }
        Ok(Self { hands, swing })
    }

    /// Answers so far.
    pub fn answered(&self) -> u64 {
        self.swing.answered.load(Ordering::Relaxed)
    }

    /// Waits until so many answers came.
    pub async fn until(&self, answers: u64) -> Result<()> {
        for _ in 0..1500 {
            if self.answered() >= answers {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bail!("only {} answers in 15 s", self.answered())
    }

    /// Lets them come to their end: because the program is gone, or now.
    pub async fn stop(mut self) -> Result<Tally> {
        self.swing.enough.store(true, Ordering::Relaxed);
        let mut tally = Tally::default();
        while let Some(hand) = self.hands.join_next().await {
            tally.add(&hand??);
        }
        Ok(tally)
    }
}

struct Writer {
    http: Http,
    journal: std::fs::File,
    report: Value,
    dice: Dice,
    swing: Arc<Swing>,
    tolerated: &'static [u16],
}

impl Writer {
    /// Reports faults, writes notes on them, sends pictures.
    async fn write(mut self) -> Result<Tally> {
        let mut tally = Tally::default();
        let mut case: Option<String> = None;
        let mut number = 0;
        while !self.swing.enough.load(Ordering::Relaxed) {
            number += 1;
            let mut entry = match (&case, self.dice.between(1, 10)) {
                (Some(case), 1..=5) => {
                    let note = json!({ "text": format!("writer says {number}") });
                    Entry::command(&mut self.dice, format!("/api/cases/{case}/note"), &note)
                }
                (_, 6) => Entry::picture(&mut self.dice),
                _ => Entry::command(&mut self.dice, "/api/cases".into(), &self.report),
            };
            writeln!(self.journal, "{}", serde_json::to_string(&entry)?)?;
            let Ok(reply) = entry.send(&mut self.http).await else {
                tally.unknown += 1;
                break;
            };
            if !(200..300).contains(&reply.status) {
                let told = String::from_utf8_lossy(&reply.body);
                ensure!(
                    self.tolerated.contains(&reply.status),
                    "{} answered {}: {told}",
                    entry.path,
                    reply.status
                );
                *tally.refused.entry(reply.status).or_default() += 1;
                self.swing.answered.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
            ensure!(!reply.replayed, "a fresh key can't have an earlier answer");
            if reply.status == 201 {
                case = reply.json()["id"].as_str().map(str::to_owned);
            }
            entry.answered(&reply);
            writeln!(self.journal, "{}", serde_json::to_string(&entry)?)?;
            self.journal.sync_data()?;
            tally.acknowledged += 1;
            self.swing.answered.fetch_add(1, Ordering::Relaxed);
        }
        Ok(tally)
    }
}

/// Everything in the journals of a folder whose names begin with `prefix`; what was said last of an entry counts.
pub fn read(folder: &Path, prefix: &str) -> Result<Vec<Entry>> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    files.sort();
    for path in files {
        let name = path.file_name().and_then(|n| n.to_str()).context("a journal without a name")?;
        if !name.starts_with(prefix) {
            continue;
        }
        for line in std::io::BufReader::new(std::fs::File::open(&path)?).lines() {
            let entry: Entry = serde_json::from_str(&line?)?;
            entries.insert(entry.key.clone(), entry);
        }
    }
    Ok(entries.into_values().collect())
}

/// Sends every entry again: what was acknowledged answers as it did, what was not is settled now, once.
pub async fn settle(stage: &Stage, node: SocketAddr, entries: &mut [Entry]) -> Result<()> {
    let share = entries.len().div_ceil(8).max(1);
    let mut hands = JoinSet::new();
    for (part, entries) in entries.chunks(share).enumerate() {
        let mut http = Http::connect(node, stage.cookie("hotline_agent")).await?;
        let mut entries = entries.to_vec();
        hands.spawn(async move {
            for entry in &mut entries {
                settle_one(entry, &mut http).await?;
            }
            Ok::<_, anyhow::Error>((part, entries))
        });
    }
    while let Some(done) = hands.join_next().await {
        let (part, settled) = done??;
        for (entry, settled) in entries[part * share..].iter_mut().zip(settled) {
            *entry = settled;
        }
    }
    Ok(())
}

async fn settle_one(entry: &mut Entry, http: &mut Http) -> Result<()> {
    let mut reply = entry.send(http).await?;
    // PostgreSQL notices late that the program behind a command is gone: the command is still under way.
    for _ in 0..100 {
        if !(reply.status == 409 && reply.json()["code"] == "command_in_flight") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        reply = entry.send(http).await?;
    }
    let told = String::from_utf8_lossy(&reply.body).into_owned();
    ensure!((200..300).contains(&reply.status), "{} answered {}: {told}", entry.path, reply.status);
    match &entry.answer {
        Some((status, body)) => {
            ensure!(
                (reply.status, digest(&reply.body).as_str()) == (*status, body.as_str()),
                "{} {} was answered {status} before, now {}: {told}",
                entry.path,
                entry.key,
                reply.status
            );
            ensure!(reply.replayed || entry.is_picture(), "{} was acknowledged and lost", entry.key);
        }
        None => entry.answered(&reply),
    }
    Ok(())
}

/// Every settled command stands once, and every picture.
pub async fn stands_once(stage: &Stage, entries: &[Entry]) -> Result<()> {
    stands_once_in(&stage.place, entries).await
}

/// The same in a place of its own.
pub async fn stands_once_in(place: &Place, entries: &[Entry]) -> Result<()> {
    let db = crate::ground::open(place).await?;
    let mut tx = db.reader().await?;
    let mut found = BTreeMap::<String, i64>::new();
    for row in tx.rows("SELECT command_id FROM event WHERE step = 0", &[]).await? {
        *found.entry(row.get("command_id")?).or_default() += 1;
    }
    for entry in entries.iter().filter(|entry| entry.answer.is_some()) {
        let times = if entry.is_picture() {
            tx.int("SELECT COUNT(*) FROM file WHERE sha256 = $1", kit::params![&entry.key]).await?
        } else {
            found.get(&entry.key).copied().unwrap_or(0)
        };
        ensure!(times == 1, "{} {} stands {times} times", entry.path, entry.key);
    }
    Ok(())
}
