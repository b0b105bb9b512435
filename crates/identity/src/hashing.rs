//! Argon2id (19 MiB, 2 passes, 1 lane: OWASP's minimum), off the async threads and never more at once than there are cores.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version};
use kit::{App, Failure, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of a password at most, before anything is hashed.
pub(crate) const MAX_BYTES: usize = 256;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Waiting longer than this for a core is worse than being told to come back.
const PATIENCE: Duration = Duration::from_secs(8);

static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get)))
});

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| anyhow::anyhow!("argon2: {e}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &[u8], salt: &[u8]) -> anyhow::Result<String> {
    let hashed =
        argon2()?.hash_password_with_salt(password, salt).map_err(|e| anyhow::anyhow!("argon2: {e}"))?;
    Ok(hashed.to_string())
}

/// Recovery codes hashed under the salt of their set, in hexadecimal digits: too few bits for a fast hash (ASVS 6.5.2).
///
/// # Errors
/// `overloaded` if no core comes free within seconds.
pub(crate) async fn recovery_hashes(codes: Vec<String>, salt: String) -> Result<Vec<String>, Failure> {
    let place = place().await?;
    let hashed = tokio::task::spawn_blocking(move || {
        let _place = place;
        let hashed = |code: &String| -> anyhow::Result<String> {
            let mut out = [0_u8; 32];
            let done = argon2()?.hash_password_into(code.as_bytes(), salt.as_bytes(), &mut out);
            done.map_err(|e| anyhow::anyhow!("argon2: {e}"))?;
            Ok(hex::encode(out))
        };
        codes.iter().map(hashed).collect::<anyhow::Result<Vec<String>>>()
    });
    Ok(hashed.await.map_err(anyhow::Error::from)??)
}

// For logins without an account: the same work, an answer that is always no. Its parameters are those of a true one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash(b"", b"nobody signs in").ok());

async fn place() -> Result<OwnedSemaphorePermit, Failure> {
    match tokio::time::timeout(PATIENCE, PLACES.clone().acquire_owned()).await {
        Ok(place) => Ok(place.map_err(anyhow::Error::from)?),
        Err(_) => {
            let mut refusal = Refusal::new(503, "overloaded");
            refusal.retry_after_s = Some(5);
            Err(refusal.into())
        }
    }
}

/// The hash of a password, as stored (PHC string). Check the password first ([`crate::check_password`]).
///
/// # Errors
/// `overloaded` if no core comes free within seconds.
pub async fn hash_password(app: &App, password: &str) -> Result<String, Failure> {
    let mut salt = [0_u8; 16];
    app.ids.fill(&mut salt);
    let password = password.as_bytes().to_vec();
    let place = place().await?;
    let hashed = tokio::task::spawn_blocking(move || {
        let _place = place;
        hash(&password, &salt)
    });
    Ok(hashed.await.map_err(anyhow::Error::from)??)
}

/// Whether `password` belongs to `stored`; without a stored hash the same work is done and the answer is no.
pub(crate) async fn verify(password: &str, stored: Option<String>) -> Result<bool, Failure> {
    // Longer ones are no account's, but cost the same as any other.
    let (password, stored) =
        if password.len() <= MAX_BYTES { (password.as_bytes().to_vec(), stored) } else { (Vec::new(), None) };
    let place = place().await?;
    let verified = tokio::task::spawn_blocking(move || -> anyhow::Result<bool> {
        let _place = place;
        let known = stored.as_deref().and_then(|s| PasswordHash::new(s).ok());
        if stored.is_some() && known.is_none() {
            tracing::error!(
                "a stored password hash can't be read; its account can't sign in until the password is reset"
            );
        }
        let real = known.is_some();
        let Some(hash) = known.or_else(|| NOBODY.as_deref().and_then(|s| PasswordHash::new(s).ok())) else {
            return Ok(false);
        };
        Ok(argon2()?.verify_password(&password, &hash).is_ok() && real)
    });
    Ok(verified.await.map_err(anyhow::Error::from)??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_names_its_parameters_and_fits_only_its_password() {
        let stored = hash("贴心 corner lamp".as_bytes(), &[7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("贴心 corner lamp", Some(stored.clone())).await.unwrap());
        assert!(!verify("贴心 corner lamb", Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_signs_in_without_a_hash() {
        assert!(!verify("", None).await.unwrap());
        assert!(!verify("nobody", Some("no hash at all".into())).await.unwrap());
    }

    #[tokio::test]
    async fn a_password_beyond_the_cap_is_never_cut_to_one_that_fits() {
        let cut = "x".repeat(MAX_BYTES);
        let stored = hash(cut.as_bytes(), &[7; 16]).unwrap();
        assert!(verify(&cut, Some(stored.clone())).await.unwrap());
        assert!(!verify(&format!("{cut}y"), Some(stored)).await.unwrap());
    }
}
