//! Files by content hash: photos, signatures, documents. They never pass through the database.
//!
//! A file is sent with `PUT /api/files/{sha256}`, whole or in ranges that resume after a dead zone; it exists once its digest
//! matches. Names of senders never become paths.

use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::clock::Ts;
use crate::db::{DbError, Dialect, Tx};
use crate::error::{Failure, Refusal};
use crate::params;

/// The largest file taken.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// The folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
}

/// What has arrived of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bytes so far; the next range starts here.
    Partial(u64),
    /// All of it, digest checked.
    Whole(u64),
}

impl Files {
    /// Uses (and makes) `root`.
    ///
    /// # Errors
    /// If the folder can't be made.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(root.join("arriving"))?;
        Ok(Self { root: root.to_owned() })
    }

    /// Where the folder is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether `digest` is a SHA-256 in lower-case hexadecimal digits.
    #[must_use]
    pub fn is_digest(digest: &str) -> bool {
        digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    }

    fn path(&self, digest: &str) -> Result<PathBuf, Failure> {
        if !Self::is_digest(digest) {
            return Err(Refusal::new(404, "file_unknown").into());
        }
        Ok(self.root.join(&digest[..2]).join(digest))
    }

    /// How much of a file has arrived.
    ///
    /// # Errors
    /// `file_unknown` for something that is no digest.
    pub fn progress(&self, digest: &str) -> Result<Progress, Failure> {
        if let Ok(meta) = std::fs::metadata(self.path(digest)?) {
            return Ok(Progress::Whole(meta.len()));
        }
        let arriving = self.root.join("arriving").join(digest);
        Ok(Progress::Partial(std::fs::metadata(arriving).map_or(0, |m| m.len())))
    }

    /// Takes bytes from `offset` on; `total` is the length of the whole file.
    ///
    /// # Errors
    /// `file_too_large`, `file_range_wrong` (with the right offset in `current`), `file_digest_wrong`.
    pub fn take(&self, digest: &str, offset: u64, total: u64, bytes: &[u8]) -> Result<Progress, Failure> {
        let path = self.path(digest)?;
        if total > MAX_BYTES || offset.saturating_add(bytes.len() as u64) > total {
            return Err(Refusal::new(413, "file_too_large").value("max_mib", MAX_BYTES / 1024 / 1024).into());
        }
        let so_far = match self.progress(digest)? {
            whole @ Progress::Whole(_) => return Ok(whole),
            Progress::Partial(so_far) => so_far,
        };
        if offset > so_far {
            return Err(Refusal::new(416, "file_range_wrong").value("offset", so_far).current(so_far).into());
        }
        let io = |e: std::io::Error| Failure::Unavailable(e.to_string());
        if bytes.len() as u64 == total {
            return self.prove(&mut &bytes[..], total, digest, &path);
        }
        let arriving = self.root.join("arriving").join(digest);
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&arriving)
            .map_err(io)?;
        file.seek(SeekFrom::Start(offset)).map_err(io)?;
        file.write_all(bytes).map_err(io)?;
        let end = so_far.max(offset + bytes.len() as u64);
        if end < total {
            return Ok(Progress::Partial(end));
        }
        file.rewind().map_err(io)?;
        let proved = self.prove(&mut file, total, digest, &path);
        // Right or wrong, the pieces are no longer needed; whoever has them open writes into nothing.
        let _ = std::fs::remove_file(&arriving);
        proved
    }

    // Ranges of one file may come from several senders at once, and one that was late could still write into what another has
    // proved. So the bytes that were hashed are the bytes that are kept: in a file of this sender alone.
    fn prove(
        &self,
        from: &mut impl std::io::Read,
        total: u64,
        digest: &str,
        path: &Path,
    ) -> Result<Progress, Failure> {
        let io = |e: std::io::Error| Failure::Unavailable(e.to_string());
        let mut own =
            tempfile::Builder::new().prefix("whole-").tempfile_in(self.root.join("arriving")).map_err(io)?;
        let mut hash = Sha256::new();
        let mut buffer = [0_u8; 64 * 1024];
        let mut left = from.take(total);
        loop {
            let n = left.read(&mut buffer).map_err(io)?;
            if n == 0 {
                break;
            }
            hash.update(&buffer[..n]);
            own.write_all(&buffer[..n]).map_err(io)?;
        }
        if left.limit() > 0 || hex::encode(hash.finalize()) != digest {
            return Err(Refusal::new(422, "file_digest_wrong").into());
        }
        own.as_file().sync_all().map_err(io)?;
        self.settle(path, |path| own.persist(path).map(drop).map_err(|e| e.error)).map_err(io)?;
        Ok(Progress::Whole(total))
    }

    // The name must survive power loss too, not only the bytes: the folder's, and the root's if the folder is new.
    fn settle(&self, path: &Path, rename: impl FnOnce(&Path) -> std::io::Result<()>) -> std::io::Result<()> {
        let Some(folder) = path.parent() else { return Ok(()) };
        match std::fs::create_dir(folder) {
            Ok(()) => std::fs::File::open(&self.root)?.sync_all()?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        rename(path)?;
        std::fs::File::open(folder)?.sync_all()
    }

    /// Stores bytes made by the program itself and returns their digest.
    ///
    /// # Errors
    /// As [`Files::take`].
    pub fn store(&self, bytes: &[u8]) -> Result<String, Failure> {
        let digest = hex::encode(Sha256::digest(bytes));
        self.take(&digest, 0, bytes.len() as u64, bytes)?;
        Ok(digest)
    }

    /// A folder on the disk of the files, gone when dropped: for what is proved before it is adopted.
    ///
    /// # Errors
    /// If it can't be made.
    pub(crate) fn staging(&self) -> std::io::Result<tempfile::TempDir> {
        tempfile::Builder::new().prefix("restore-").tempdir_in(self.root.join("arriving"))
    }

    /// Moves a proved file from the staging folder into its place; `false` if it was there already.
    ///
    /// # Errors
    /// `file_unknown` for something that is no digest; if the disk refuses.
    pub(crate) fn adopt(&self, from: &Path, digest: &str) -> Result<bool, Failure> {
        let path = self.path(digest)?;
        if path.exists() {
            return Ok(false);
        }
        let io = |e: std::io::Error| Failure::Unavailable(e.to_string());
        self.settle(&path, |path| std::fs::rename(from, path)).map_err(io)?;
        Ok(true)
    }

    /// Takes a file away that was adopted and is needed by nothing.
    pub(crate) fn discard(&self, digest: &str) {
        if let Ok(path) = self.path(digest) {
            let _ = std::fs::remove_file(path);
        }
    }

    /// Removes uploads of which nothing has arrived for `quiet`, and what a restore that was killed left behind.
    /// Returns how many.
    ///
    /// # Errors
    /// If the folder can't be read.
    pub fn forget_arriving(&self, quiet: Duration) -> std::io::Result<u64> {
        let mut removed = 0;
        for entry in std::fs::read_dir(self.root.join("arriving"))? {
            let entry = entry?;
            let meta = entry.metadata()?;
            // The disk's own time, not the node's clock: that one may be the demo's.
            if meta.modified()?.elapsed().is_ok_and(|rested| rested >= quiet) {
                let gone = if meta.is_dir() {
                    std::fs::remove_dir_all(entry.path())
                } else {
                    std::fs::remove_file(entry.path())
                };
                removed += u64::from(gone.is_ok());
            }
        }
        Ok(removed)
    }

    /// Removes the bytes of a file that is on no record any more. One that isn't there is removed already.
    ///
    /// # Errors
    /// `file_unknown` for something that is no digest; as the disk says.
    pub fn remove(&self, digest: &str) -> Result<(), Failure> {
        match std::fs::remove_file(self.path(digest)?) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Failure::Unavailable(e.to_string())),
            _ => Ok(()),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// `file_unknown`.
    pub fn read(&self, digest: &str) -> Result<Vec<u8>, Failure> {
        std::fs::read(self.path(digest)?).map_err(|_| Refusal::new(404, "file_unknown").into())
    }

    /// How a file begins: enough for [`media_type`].
    ///
    /// # Errors
    /// `file_unknown`.
    pub fn beginning(&self, digest: &str) -> Result<Vec<u8>, Failure> {
        let unknown = |_| Failure::from(Refusal::new(404, "file_unknown"));
        let mut first = Vec::with_capacity(16);
        let file = std::fs::File::open(self.path(digest)?).map_err(unknown)?;
        file.take(16).read_to_end(&mut first).map_err(unknown)?;
        Ok(first)
    }

    /// Whether these bytes stand in a file from `offset` on; the file is not read into memory for it.
    ///
    /// # Errors
    /// `file_unknown`.
    pub fn holds(&self, digest: &str, offset: u64, bytes: &[u8]) -> Result<bool, Failure> {
        let unknown = |_| Failure::from(Refusal::new(404, "file_unknown"));
        let mut file = std::fs::File::open(self.path(digest)?).map_err(unknown)?;
        file.seek(SeekFrom::Start(offset)).map_err(unknown)?;
        let mut buffer = [0_u8; 64 * 1024];
        for piece in bytes.chunks(buffer.len()) {
            let there = &mut buffer[..piece.len()];
            if file.read_exact(there).is_err() || there != piece {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the stored bytes still match their name.
    ///
    /// # Errors
    /// `file_unknown`.
    pub fn intact(&self, digest: &str) -> Result<bool, Failure> {
        let path = self.path(digest)?;
        digest_of(&path).map(|d| d == digest).map_err(|_| Refusal::new(404, "file_unknown").into())
    }
}

/// Holds a file until the transaction ends: nobody removes it meanwhile. Whoever records one, or lets a record refer to it, holds it
/// first and then looks whether it is there.
///
/// # Errors
/// As the database says.
pub async fn hold(tx: &mut Tx, digest: &str) -> Result<(), DbError> {
    if tx.dialect() == Dialect::Postgres {
        let sql = "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0)) IS NULL AS held";
        tx.row(sql, params![digest]).await?;
    }
    Ok(())
}

/// Whether nobody holds a file ([`hold`]), and nobody can until the transaction ends. Never waits.
///
/// # Errors
/// As the database says.
pub async fn alone(tx: &mut Tx, digest: &str) -> Result<bool, DbError> {
    match tx.dialect() {
        // There is one writer, and this is it.
        Dialect::Sqlite => Ok(true),
        Dialect::Postgres => {
            let sql = "SELECT CASE WHEN pg_try_advisory_xact_lock(hashtextextended($1, 0)) THEN 1 ELSE 0 END AS free";
            tx.row(sql, params![digest]).await?.map_or(Ok(false), |row| row.get("free"))
        }
    }
}

/// The digests of every file that was recorded.
///
/// # Errors
/// As the database says.
pub async fn recorded(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    tx.rows("SELECT sha256 FROM file ORDER BY sha256", &[]).await?.iter().map(|r| r.get("sha256")).collect()
}

/// Records that a file is here: who sent it, when, what it is.
///
/// # Errors
/// As the database says.
pub async fn record(
    app: &App,
    digest: String,
    bytes: u64,
    media_type: &'static str,
    by: String,
) -> Result<(), Failure> {
    let now = app.clock.now();
    app.db
        .write(move |tx| Box::pin(async move { record_in(tx, &digest, bytes, media_type, &by, now).await }))
        .await
}

/// The same within a transaction.
///
/// # Errors
/// As the database says.
pub async fn record_in(
    tx: &mut Tx,
    digest: &str,
    bytes: u64,
    media_type: &'static str,
    by: &str,
    now: Ts,
) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO file (sha256, bytes, media_type, stored_at, stored_by) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (sha256) DO NOTHING",
        params![digest, i64::try_from(bytes).unwrap_or(i64::MAX), media_type, now, by],
    )
    .await?;
    Ok(())
}

/// The media type by magic bytes; only these kinds are taken.
#[must_use]
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

fn digest_of(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = [0_u8; 64 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&buffer[..n]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_resumes_and_exists_only_when_its_digest_matches() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let bytes = b"a photo of a broken seal".to_vec();
        let digest = hex::encode(Sha256::digest(&bytes));
        let total = bytes.len() as u64;
        assert_eq!(files.take(&digest, 0, total, &bytes[..5]).unwrap(), Progress::Partial(5));
        let gap = files.take(&digest, 9, total, &bytes[9..]).unwrap_err();
        assert!(gap.to_string().contains("file_range_wrong offset=5"), "{gap}");
        assert_eq!(files.take(&digest, 3, total, &bytes[3..]).unwrap(), Progress::Whole(total));
        assert_eq!(files.read(&digest).unwrap(), bytes);
        assert!(files.intact(&digest).unwrap());
        assert_eq!(files.beginning(&digest).unwrap(), bytes[..16]);
        assert!(files.holds(&digest, 0, &bytes).unwrap() && files.holds(&digest, 7, &bytes[7..]).unwrap());
        assert!(!files.holds(&digest, 6, &bytes[7..]).unwrap() && !files.holds(&digest, 9, &bytes).unwrap());
        assert!(files.holds(&"0".repeat(64), 0, b"").is_err());

        // Both proved files stand under their digest and nothing is left of how they came.
        assert_eq!(std::fs::read_dir(folder.path().join("arriving")).unwrap().count(), 0);

        let wrong = "0".repeat(64);
        let refused = files.take(&wrong, 0, 3, b"abc").unwrap_err();
        assert!(refused.to_string().contains("file_digest_wrong"), "{refused}");
        assert_eq!(files.progress(&wrong).unwrap(), Progress::Partial(0));
        assert!(files.read("../../etc/passwd").is_err());
    }
    #[test]
    fn a_second_sender_of_other_bytes_changes_nothing_that_was_proved() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let good = b"the evidence as it was photographed".to_vec();
        let digest = hex::encode(Sha256::digest(&good));
        let total = good.len() as u64;
        for _ in 0..50 {
            // The good sender in two ranges; another, who had opened the same pieces before, writes later.
            files.take(&digest, 0, total, &good[..9]).unwrap();
            let pieces = folder.path().join("arriving").join(&digest);
            let mut late = std::fs::OpenOptions::new().write(true).open(pieces).unwrap();
            assert_eq!(files.take(&digest, 9, total, &good[9..]).unwrap(), Progress::Whole(total));
            late.write_all(b"something else").unwrap();
            late.set_len(total + 5).unwrap();
            assert_eq!(files.read(&digest).unwrap(), good);
            assert!(files.intact(&digest).unwrap());
            files.discard(&digest);
        }
        // At the same time: whoever sends the right bytes whole is never told that they are wrong.
        std::thread::scope(|scope| {
            for _ in 0..200 {
                let other = scope.spawn(|| files.take(&digest, 0, total, &vec![7; good.len()]));
                let whole = files.take(&digest, 0, total, &good).unwrap();
                assert_eq!(whole, Progress::Whole(total));
                let _ = other.join().unwrap();
                assert!(files.intact(&digest).unwrap());
                files.discard(&digest);
            }
        });
    }
}
