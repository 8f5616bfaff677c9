//! Passwords: argon2id with 19 MiB, two passes, one lane; two at a time, so that sign-ins cannot eat the machine.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Shortest password in characters.
pub const MIN: usize = 12;
/// Longest password in bytes.
pub const MAX: usize = 1024;

static TURNS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// Compared with when nobody has the address, so that both answers take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> Result<String> {
    Ok(argon2().hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

/// What is wrong with a new password, as a message key. `about` are words of the person that make it easy to guess.
#[must_use]
pub fn weakness(password: &str, about: &[&str]) -> Option<&'static str> {
    if password.chars().count() < MIN {
        return Some("password-too-short");
    }
    if password.len() > MAX {
        return Some("password-too-long");
    }
    // The estimate costs more than linear time, and the first hundred characters decide.
    let head: String = password.chars().take(100).collect();
    if u8::from(zxcvbn::zxcvbn(&head, about).score()) < 3 { Some("password-too-weak") } else { None }
}

/// Hashes a new password into a PHC string.
///
/// # Errors
/// When the system has no randomness.
pub async fn hash(password: String) -> Result<String> {
    turn(move || hash_now(&password)).await?
}

/// [`hash`] for commands outside the async runtime.
///
/// # Errors
/// When the system has no randomness.
pub fn hash_blocking(password: &str) -> Result<String> {
    hash_now(password)
}

/// Whether `password` belongs to `stored`. With no stored hash it works as long and says no.
///
/// # Errors
/// When the work could not be done.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    compare(password, stored, Arc::default()).await
}

/// The same, counted where the work is done, so that a way around the work shows.
pub(super) async fn compare(password: String, stored: Option<String>, compared: Arc<AtomicU64>) -> Result<bool> {
    if password.len() > MAX {
        return Ok(false);
    }
    turn(move || {
        // Made at the first sign-in whoever signs in, so that making it tells nothing.
        let nobody = NOBODY.as_str();
        let known = stored.is_some();
        let phc = stored.unwrap_or_else(|| nobody.to_owned());
        let matches = PasswordHash::new(&phc).is_ok_and(|hash| {
            compared.fetch_add(1, Ordering::Relaxed);
            argon2().verify_password(password.as_bytes(), &hash).is_ok()
        });
        known && matches
    })
    .await
}

/// Whether `stored` was made with other parameters than today's; the next right password is hashed anew.
#[must_use]
pub fn is_outdated(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return true };
    let today = argon2();
    let params = Params::try_from(&hash).ok();
    let same = params.is_some_and(|params| {
        let wanted = today.params();
        (params.m_cost(), params.t_cost(), params.p_cost()) == (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
    });
    !same || hash.algorithm.as_str() != Algorithm::Argon2id.as_str()
}

async fn turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let permit = TURNS.clone().acquire_owned().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(Error::internal)
}
