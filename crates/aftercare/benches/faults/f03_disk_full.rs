//! F3: the disk is full, and later it isn't.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::ground::{Stage, copy_folder, key};
use crate::journal::{self, Tally, Writers};
use crate::program::{Http, Place, Program};

const MIB: u64 = 1024 * 1024;
/// What is left when writers begin to fill the rest.
const LEFT: u64 = 3 * MIB;
/// Answers while nothing more can be written: refused, and nothing changed. Never 500.
const REFUSED: &[u16] = &[503, 507];

/// On a small file system of its own where mounting is allowed, else under a limit on the size of files.
pub async fn run(stage: Stage, dice: Dice, budget: Duration) -> Result<String> {
    match Disk::mount(&stage) {
        Ok(disk) => on_a_small_disk(&stage, &disk, dice, budget).await,
        Err(why) => Ok(format!("{why:#}; instead: {}", under_a_limit(&stage, dice).await?)),
    }
}

/// A tmpfs with the data on it; unmounted when dropped.
struct Disk {
    folder: PathBuf,
    place: Place,
}

impl Disk {
    fn mount(stage: &Stage) -> Result<Self> {
        let folder = stage.beside("disk");
        std::fs::create_dir_all(&folder)?;
        let size = size_of(&stage.place.data)? + 24 * MIB;
        let said = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(&folder)
            .output()
            .context("mount is missing (package mount)")?;
        ensure!(said.status.success(), "no small disk can be mounted here (run as root to have one)");
        let place = Place { data: folder.join("data"), database: None };
        let disk = Self { folder, place };
        copy_folder(&stage.place.data, &disk.place.data)?;
        Ok(disk)
    }

    /// Makes the disk larger: what was refused finds room when it is sent again, however much a quick program refused.
    fn enlarge(&self) -> Result<()> {
        let said = Command::new("mount").args(["-o", "remount,size=1g"]).arg(&self.folder).output()?;
        ensure!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        Ok(())
    }

    /// Fills the disk but for `left` bytes with a file of no use.
    fn fill(&self, left: u64) -> Result<PathBuf> {
        let path = self.folder.join("filler");
        let mut file = std::fs::File::create(&path)?;
        let mut written = 0;
        while file.write_all(&[7; 64 * 1024]).is_ok() {
            written += 64 * 1024;
        }
        file.set_len(written - left.min(written))?;
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.folder).status();
    }
}

fn size_of(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { size_of(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}

async fn on_a_small_disk(stage: &Stage, disk: &Disk, mut dice: Dice, budget: Duration) -> Result<String> {
    let began = Instant::now();
    let program = Program::serve(&stage.shared.binary, &disk.place, &[])?;
    let (folder, mut tally, mut rounds) = (stage.beside("journal"), Tally::default(), 0);
    while rounds == 0 || (rounds < 4 && began.elapsed() < budget / 2) {
        let filler = disk.fill(LEFT)?;
        let writers =
            Writers::start(stage, &[program.address], 8, &mut dice, (&folder, rounds), REFUSED).await?;
        // Until it is really full, and then for a while.
        let full = Instant::now();
        while full.elapsed() < Duration::from_secs(12) {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if refuses(stage, &program).await? {
                break;
            }
        }
        reads_go_on(stage, &program).await?;
        pictures_are_refused(stage, &program).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = writers.stop().await?;
        ensure!(!now.refused.is_empty(), "the disk never became full: {} writes", now.acknowledged);
        tally.add(&now);
        // Room again: the same program goes on.
        std::fs::remove_file(filler)?;
        let back = Instant::now();
        while refuses(stage, &program).await? {
            ensure!(back.elapsed() < Duration::from_secs(10), "still refused 10 s after there was room");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        rounds += 1;
    }
    disk.enlarge()?;
    let mut entries = journal::read(&folder, "")?;
    journal::settle(stage, program.address, &mut entries).await?;
    program.kill()?;
    let log = std::fs::read_to_string(disk.place.data.join("server.log")).unwrap_or_default();
    ensure!(!log.contains("panicked"), "the program panicked:\n{log}");
    whole(stage, &disk.place, &entries).await?;
    Ok(format!(
        "{rounds} times full under 8 writers on a file system of its own: {} refused with {:?}, {} acknowledged and all there \
         once, reads went on, written again without a restart",
        tally.refused.values().sum::<u64>(),
        tally.refused.keys().collect::<Vec<_>>(),
        tally.acknowledged
    ))
}

/// Where nothing can be mounted: no file may grow beyond what the database has now.
async fn under_a_limit(stage: &Stage, mut dice: Dice) -> Result<String> {
    // A write beyond the limit ends a program by a signal unless that is ignored, which a shell can ask for before it starts it.
    let binary = stage.shared.binary.display().to_string();
    let words = ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", &binary, "serve", "--listen", "127.0.0.1:0"];
    let program = Program::start(&stage.place, stage.place.command(Path::new("sh"), &words))?;
    let pid = i32::try_from(program.pid()).ok().and_then(Pid::from_raw).context("no process id")?;
    let limit = |bytes| prlimit(Some(pid), Resource::Fsize, Rlimit { current: bytes, maximum: None });
    let folder = stage.beside("journal");
    limit(Some(256 * 1024))?;
    let writers = Writers::start(stage, &[program.address], 8, &mut dice, (&folder, 0), REFUSED).await?;
    let began = Instant::now();
    while !refuses(stage, &program).await? {
        ensure!(began.elapsed() < Duration::from_secs(15), "nothing was refused under the limit");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    reads_go_on(stage, &program).await?;
    let tally = writers.stop().await?;
    limit(None)?;
    let back = Instant::now();
    while refuses(stage, &program).await? {
        ensure!(back.elapsed() < Duration::from_secs(10), "still refused 10 s after the limit was lifted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut entries = journal::read(&folder, "")?;
    journal::settle(stage, program.address, &mut entries).await?;
    program.kill()?;
    whole(stage, &stage.place, &entries).await?;
    Ok(format!(
        "a limit on the size of files: {:?} refused, {} acknowledged and there",
        tally.refused, tally.acknowledged
    ))
}

/// Whether a change is refused now; anything but a 2xx or a refusal that says so is wrong.
async fn refuses(stage: &Stage, program: &Program) -> Result<bool> {
    let mut http = stage.connect(program, "hotline_agent").await?;
    // Some pages, so that it doesn't fit in what is left of one.
    let mut report = stage.shared.reports[0].clone();
    report["reachable_when"] = "下午 ".repeat(40).into();
    let reply = http.post("/api/cases", &key(), &report.to_string()).await?;
    let told = String::from_utf8_lossy(&reply.body);
    ensure!(
        reply.status == 201 || REFUSED.contains(&reply.status),
        "a change answered {}: {told}",
        reply.status
    );
    Ok(reply.status != 201)
}

async fn reads_go_on(stage: &Stage, program: &Program) -> Result<()> {
    let mut http = stage.connect(program, "hotline_agent").await?;
    for path in ["/api/cases?view=open", "/api/setup", "/healthz"] {
        let reply = http.get(path).await?;
        ensure!(
            reply.status == 200,
            "{path} answered {}: {}",
            reply.status,
            String::from_utf8_lossy(&reply.body)
        );
    }
    Ok(())
}

async fn pictures_are_refused(stage: &Stage, program: &Program) -> Result<()> {
    use sha2::Digest as _;
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(8 * 1024 * 1024, 1);
    let path = format!("/api/files/{}", hex::encode(sha2::Sha256::digest(&bytes)));
    let mut http = Http::connect(program.address, stage.cookie("hotline_agent")).await?;
    let reply = http.send("PUT", &path, &[("content-type", "application/octet-stream")], &bytes).await?;
    ensure!(REFUSED.contains(&reply.status), "8 MiB on a full disk answered {}", reply.status);
    Ok(())
}

async fn whole(stage: &Stage, place: &Place, entries: &[journal::Entry]) -> Result<()> {
    let raw = rusqlite::Connection::open(place.data.join("aftercare.db"))?;
    let sound: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "the database is not sound: {sound}");
    drop(raw);
    journal::stands_once_in(place, entries).await?;
    crate::ground::check(&stage.shared.binary, place)
}
