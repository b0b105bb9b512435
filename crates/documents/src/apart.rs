//! Drawing in a process of its own: the same program, started for one paper with the paper's data and nothing else.
//!
//! What typst touches and allocates (fonts, tables, caches) goes with it, so the node stays as small as before its first
//! paper; one that takes too long, too much memory, or falls over is ended without a trace in the node.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use kit::Ts;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

use crate::press::Drawn;
use crate::sheet::{Paper, Picture, Sheet};
use crate::world::{Fault, Printed, draw};

/// The verb that draws: `aftercare documents draw`.
const VERB: [&str; 2] = ["documents", "draw"];
/// Bytes of an order at most: 480 labels with their codes, or a signature as a picture.
const MAX_ORDER: u64 = 64 << 20;
/// Bytes of an answer at most.
const MAX_ANSWER: u64 = 64 << 20;
/// Bytes kept of what a drawing that fell over said.
const MAX_LAST_WORDS: u64 = 4096;
/// Bytes of address space a drawing may take. The allocator keeps 1 GiB of it in reserve from the start; the largest paper, 480 labels,
/// needs half of the rest.
#[cfg(unix)]
const MAX_MEMORY: u64 = 2 << 30;
/// Seconds of processor time it may take; its starter ends it earlier.
#[cfg(unix)]
const MAX_CPU_S: u64 = 15;

#[derive(Serialize, Deserialize)]
struct Order {
    paper: String,
    data: serde_json::Value,
    /// Hexadecimal.
    picture: Option<String>,
    ident: String,
    made_at: Ts,
    template: String,
}

#[derive(Serialize, Deserialize)]
enum Outcome {
    /// Its bytes follow the line.
    Pages(usize),
    Fault(Fault),
}

/// Has `program` draw a sheet, for at most `limit`.
///
/// # Errors
/// If it can't be started.
pub(crate) async fn draw_apart(
    program: &Path,
    sheet: &Sheet,
    template: &str,
    limit: Duration,
) -> anyhow::Result<Drawn> {
    let order = serde_json::to_vec(&Order {
        paper: sheet.paper.name().to_owned(),
        data: sheet.data.clone(),
        picture: sheet.picture.as_ref().map(|Picture(bytes)| hex::encode(bytes)),
        ident: sheet.ident.clone(),
        made_at: sheet.made_at,
        template: template.to_owned(),
    })?;
    let mut child = Command::new(program)
        .args(VERB)
        .env_clear()
        // One thread: papers are small, and each thread would bring an arena of its own.
        .env("RAYON_NUM_THREADS", "1")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| anyhow::anyhow!("{} can't be started to draw a paper: {e}", program.display()))?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let talk = async {
        let tell = async {
            if let Some(mut stdin) = stdin {
                // Whoever fell over before it had heard all is known by its answer.
                let _ = stdin.write_all(&order).await;
            }
        };
        let (_, answer, last_words) =
            tokio::join!(tell, all(stdout, MAX_ANSWER), all(stderr, MAX_LAST_WORDS));
        (answer, last_words)
    };
    let Ok((answer, last_words)) = tokio::time::timeout(limit, talk).await else { return Ok(Drawn::Slowly) };
    // It has closed its mouth, so it is over or about to be; what isn't is killed when `child` goes.
    let _ = tokio::time::timeout(Duration::from_secs(1), child.wait()).await;
    Ok(read(answer).unwrap_or_else(|| {
        let words = String::from_utf8_lossy(&last_words);
        let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        Drawn::Badly(Fault::whole(format!("drawing it ended before there was a paper: {}", line.trim())))
    }))
}

async fn all(from: Option<impl AsyncRead + Unpin>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        // What came before a broken pipe is judged as it is.
        let _ = from.take(most).read_to_end(&mut bytes).await;
    }
    bytes
}

fn read(mut answer: Vec<u8>) -> Option<Drawn> {
    let line = answer.iter().position(|byte| *byte == b'\n')?;
    let outcome: Outcome = serde_json::from_slice(&answer[..line]).ok()?;
    Some(match outcome {
        Outcome::Fault(fault) => Drawn::Badly(fault),
        Outcome::Pages(pages) => {
            answer.drain(..=line);
            if !answer.trim_ascii_end().ends_with(b"%%EOF") {
                return None;
            }
            Drawn::Well(Printed { pdf: answer, pages })
        }
    })
}

/// Draws the one paper that is ordered on `input` and answers on `output`: the other side of [`draw_apart`].
///
/// # Errors
/// If the order can't be read or the answer not written.
pub fn draw_one(input: impl Read, mut output: impl Write) -> io::Result<()> {
    limit();
    let order: Order = serde_json::from_reader(input.take(MAX_ORDER))?;
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let paper: Paper = order.paper.parse().map_err(|()| wrong("no such paper"))?;
    let picture =
        order.picture.map(hex::decode).transpose().map_err(|_| wrong("the picture is not hexadecimal"))?;
    let sheet = Sheet {
        paper,
        data: order.data,
        picture: picture.map(Picture),
        ident: order.ident,
        made_at: order.made_at,
    };
    let (outcome, pdf) = match draw(&sheet, &order.template) {
        Ok(printed) => (Outcome::Pages(printed.pages), printed.pdf),
        Err(fault) => (Outcome::Fault(fault), Vec::new()),
    };
    serde_json::to_writer(&mut output, &outcome)?;
    output.write_all(b"\n")?;
    output.write_all(&pdf)?;
    output.flush()
}

// What a drawing may not exceed, whatever a template asks for: memory, time, files.
// (No priority: a hardened unit forbids that call, on pain of death.)
#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [
        (Resource::As, MAX_MEMORY),
        (Resource::Cpu, MAX_CPU_S),
        (Resource::Fsize, 0),
        // What stands in memory is a customer's.
        (Resource::Core, 0),
    ] {
        // A stricter limit of the system stays; there is nothing to do about a refusal.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn limit() {}
