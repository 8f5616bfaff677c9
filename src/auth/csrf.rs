//! The form token: bound to the cookie of the session (or of a guest), masked anew in every page so that compression tells
//! nothing about it (BREACH).

use subtle::ConstantTimeEq;

use crate::error::Result;
use crate::keys::{self, Keys};

const SIZE: usize = 32;

/// What a page's forms must send back.
#[derive(Clone)]
pub struct FormToken([u8; SIZE]);

impl FormToken {
    /// The token that belongs to a cookie.
    #[must_use]
    pub fn for_cookie(keys: &Keys, cookie: &str) -> Self {
        Self(keys::mac(&keys.derive("form token"), cookie.as_bytes()))
    }

    /// The token as written into a page; different every time.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn masked(&self) -> Result<String> {
        let mask: [u8; SIZE] = keys::random()?;
        let hidden: Vec<u8> = mask.iter().zip(self.0).map(|(mask, byte)| mask ^ byte).collect();
        Ok(data_encoding::BASE64URL_NOPAD.encode(&[mask.as_slice(), &hidden].concat()))
    }

    /// Whether `sent` is this token under some mask.
    #[must_use]
    pub fn matches(&self, sent: &str) -> bool {
        let Ok(bytes) = data_encoding::BASE64URL_NOPAD.decode(sent.as_bytes()) else {
            return false;
        };
        if bytes.len() != 2 * SIZE {
            return false;
        }
        let (mask, hidden) = bytes.split_at(SIZE);
        let token: Vec<u8> = mask.iter().zip(hidden).map(|(mask, byte)| mask ^ byte).collect();
        token.ct_eq(&self.0).into()
    }
}
