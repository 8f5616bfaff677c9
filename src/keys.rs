//! The key file: one random key beside the database, never inside it. From it come the keys for secrets of inboxes, for
//! form tokens and for reply tokens. Secrets are XChaCha20-Poly1305 with the place they stand in as associated data, so
//! that a secret copied to another row does not open.

use std::fs;
use std::io::Write;
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::{Error, Result};

/// Bytes of the key file.
pub const KEY: usize = 32;
const NONCE: usize = 24;
const SALT: usize = 16;
/// First byte of every secret: which key and which algorithm.
const VERSION: u8 = 1;

/// The keys of this installation.
#[derive(Clone)]
pub struct Keys([u8; KEY]);

/// A text that must not show up in logs or error messages.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Keys {
    /// Reads the key file, or makes it (mode 0600) if there is none.
    ///
    /// # Errors
    /// When the file has another length or cannot be read or written.
    pub fn load_or_create(path: &Path) -> Result<Self> {
        match fs::read(path) {
            Ok(bytes) => <[u8; KEY]>::try_from(bytes.as_slice())
                .map(Self)
                .map_err(|_| Error::Config(format!("{}: a key file has {KEY} bytes", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(error.into()),
        }
    }

    /// Keys that last as long as the process (demo, tests).
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn fleeting() -> Result<Self> {
        Ok(Self(random()?))
    }

    /// Wraps the key with a passphrase: argon2id, then XChaCha20-Poly1305. 16 bytes of salt stand in front.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn wrap(&self, passphrase: &Secret) -> Result<Vec<u8>> {
        let salt: [u8; SALT] = random()?;
        let text = Secret(data_encoding::HEXLOWER.encode(&self.0));
        let sealed = Self(stretch(passphrase, &salt)?).seal("wrapped key", &text)?;
        Ok([salt.as_slice(), &sealed].concat())
    }

    /// The key that [`Keys::wrap`] wrapped; `None` for another passphrase.
    #[must_use]
    pub fn unwrap(wrapped: &[u8], passphrase: &Secret) -> Option<Self> {
        let (salt, sealed) = wrapped.split_at_checked(SALT)?;
        let text = Self(stretch(passphrase, salt).ok()?).open("wrapped key", sealed)?;
        let bytes = data_encoding::HEXLOWER.decode(text.0.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// Writes the key file; one that is there gets the ending `.before`.
    ///
    /// # Errors
    /// File errors.
    pub fn save(&self, path: &Path) -> Result<()> {
        if path.exists() {
            fs::rename(path, path.with_extension("key.before"))?;
        }
        self.write(path)
    }

    fn create(path: &Path) -> Result<Self> {
        let keys = Self(random()?);
        keys.write(path)?;
        Ok(keys)
    }

    fn write(&self, path: &Path) -> Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&self.0)?;
        file.sync_all()?;
        Ok(())
    }

    /// A key for one use.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        mac(&self.0, purpose.as_bytes())
    }

    /// Encrypts `secret` for the place `place` (table, row, column).
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn seal(&self, place: &str, secret: &Secret) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: secret.0.as_bytes(), aad: place.as_bytes() };
        let sealed = self
            .cipher()
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| Error::internal("a secret could not be encrypted"))?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Keys::seal`] made for the same place; `None` with another key or at another place.
    #[must_use]
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<Secret> {
        let (head, rest) = sealed.split_first()?;
        if *head != VERSION || rest.len() < NONCE {
            return None;
        }
        let (nonce, text) = rest.split_at(NONCE);
        let payload = Payload { msg: text, aad: place.as_bytes() };
        let plain = self.cipher().decrypt(XNonce::from_slice(nonce), payload).ok()?;
        String::from_utf8(plain).ok().map(Secret)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive("secrets").into())
    }
}

fn stretch(passphrase: &Secret, salt: &[u8]) -> Result<[u8; KEY]> {
    let mut key = [0; KEY];
    argon2::Argon2::default().hash_password_into(passphrase.0.as_bytes(), salt, &mut key).map_err(Error::internal)?;
    Ok(key)
}

/// Random bytes of the operating system.
///
/// # Errors
/// When it has none.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// A random text of `N` bytes in base32 without padding, lower case: fits in an address and in a mail header.
///
/// # Errors
/// When the system has no randomness.
pub fn random_text<const N: usize>() -> Result<String> {
    Ok(data_encoding::BASE32_NOPAD.encode(&random::<N>()?).to_lowercase())
}

/// HMAC-SHA-256.
#[must_use]
pub fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of every length, so there is no error to tell.
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).unwrap_or_else(|_| unreachable!());
    mac.update(text);
    mac.finalize().into_bytes().into()
}
