//! Secrets that must be known again (a second factor's): sealed in the database under a key that stands beside the files.
//!
//! Whoever has only the database, a dump of it or the portable archive can't read them. The key is made when it is first needed;
//! nodes share it as they share the files. ChaCha20-Poly1305 (RFC 8439) with a random nonce; what a secret is about is bound in,
//! so that one put into another row doesn't open.

use std::io::Write as _;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::Failure;
use crate::files::Files;
use crate::ids::Ids;

/// The key's name in the folder of files.
pub const FILE: &str = "sealing.key";
const KEY_BYTES: usize = 32;
const FORMAT: &str = "v1.";

/// The key of a data folder.
pub struct Key(LessSafeKey);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The key that stands beside `files`, if there is one. Blocks for a small read.
    ///
    /// # Errors
    /// If it can't be read or is no key.
    pub fn standing(files: &Files) -> Result<Option<Self>, Failure> {
        let path = path(files);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::read(&text).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&path, &error)),
        }
    }

    /// The key that stands beside `files`, made if there is none. Of two that make one at once, one is kept. Blocks for small
    /// reads and writes.
    ///
    /// # Errors
    /// If it can't be read or written, or is no key.
    pub fn of(files: &Files) -> Result<Self, Failure> {
        if let Some(key) = Self::standing(files)? {
            return Ok(key);
        }
        let path = path(files);
        let io = |error: std::io::Error| unreadable(&path, &error);
        let mut bytes = [0; KEY_BYTES];
        // Never from a seed: a key that repeats is none.
        getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system has no randomness: {e}"))?;
        let mut own = tempfile::Builder::new().prefix("key-").tempfile_in(files.root()).map_err(io)?;
        own.write_all(format!("{}\n", hex::encode(bytes)).as_bytes()).map_err(io)?;
        own.as_file().sync_all().map_err(io)?;
        match own.persist_noclobber(&path) {
            Ok(_) => {
                // The name must survive power loss too, or what is sealed by then never opens again.
                std::fs::File::open(files.root()).and_then(|folder| folder.sync_all()).map_err(io)?;
            }
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(io(error.error)),
        }
        Self::standing(files)?.ok_or_else(|| Failure::from(anyhow::anyhow!("{} is gone", path.display())))
    }

    fn read(text: &str) -> Result<Self, Failure> {
        let key = hex::decode(text.trim()).ok().filter(|bytes| bytes.len() == KEY_BYTES);
        key.and_then(|bytes| UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok())
            .map(|key| Self(LessSafeKey::new(key)))
            .ok_or_else(|| {
                anyhow::anyhow!("{FILE} beside the files is no key: put the right one back").into()
            })
    }

    /// Seals `secret`, which is about `about` (an id).
    ///
    /// # Errors
    /// Only for secrets beyond any size.
    pub fn seal(&self, ids: &Ids, about: &str, secret: &[u8]) -> Result<String, Failure> {
        let mut nonce = [0; NONCE_LEN];
        ids.fill(&mut nonce);
        let mut sealed = secret.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(about.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| anyhow::anyhow!("a secret could not be sealed"))?;
        Ok(format!("{FORMAT}{}", BASE64.encode([&nonce[..], &sealed].concat())))
    }

    /// What was sealed about `about`; `None` if it was sealed under another key, about something else, or was changed.
    #[must_use]
    pub fn open(&self, about: &str, sealed: &str) -> Option<Vec<u8>> {
        let mut bytes = BASE64.decode(sealed.strip_prefix(FORMAT)?).ok()?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let secret = self.0.open_in_place(nonce, Aad::from(about.as_bytes()), sealed).ok()?;
        Some(secret.to_vec())
    }
}

fn path(files: &Files) -> PathBuf {
    files.root().join(FILE)
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::Unavailable(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Files) {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&folder.path().join("files")).unwrap();
        (folder, files)
    }

    #[test]
    fn what_is_sealed_opens_under_its_key_for_its_subject_only() {
        let ((_one, files), (_two, others), ids) = (folder(), folder(), Ids::seeded(1));
        assert!(Key::standing(&files).unwrap().is_none(), "nothing is made to look");
        let key = Key::of(&files).unwrap();
        let sealed = key.seal(&ids, "account-1", b"a secret").unwrap();
        assert!(!sealed.contains("secret"));
        assert_ne!(sealed, key.seal(&ids, "account-1", b"a secret").unwrap());
        let again = Key::of(&files).unwrap();
        assert_eq!(again.open("account-1", &sealed).as_deref(), Some(&b"a secret"[..]));
        assert_eq!(again.open("account-2", &sealed), None);
        assert_eq!(Key::of(&others).unwrap().open("account-1", &sealed), None);
        for broken in ["", "v1.", "v1.AAAA", "v2.AAAA", &sealed[..sealed.len() - 4]] {
            assert_eq!(again.open("account-1", broken), None, "{broken}");
        }
    }

    #[test]
    fn the_key_is_made_once_read_by_its_owner_alone_and_a_broken_one_is_named() {
        let (_folder, files) = folder();
        std::thread::scope(|scope| {
            let made: Vec<_> = (0..8).map(|_| scope.spawn(|| Key::of(&files).unwrap())).collect();
            let keys: Vec<Key> = made.into_iter().map(|thread| thread.join().unwrap()).collect();
            let sealed = keys[0].seal(&Ids::seeded(1), "x", b"one").unwrap();
            assert!(keys.iter().all(|key| key.open("x", &sealed).is_some()));
        });
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(path(&files)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(path(&files), "no key").unwrap();
        assert!(Key::of(&files).unwrap_err().to_string().contains(FILE));
    }
}
