//! The one door to the web. It resolves first and refuses addresses that are not on the public internet, looks at every
//! redirect again, and has a time-out and a limit of size. No cookies, no proxies, nothing of an answer in an error.

mod address;
mod client;

use std::fmt;
use std::time::Duration;

pub use address::{Unreachable, is_global, knock, resolve};
pub use client::Client;

/// How much of an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For the whole exchange, redirects included.
    pub time: Duration,
    /// Of the body.
    pub bytes: usize,
    /// Redirects that are followed.
    pub redirects: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(10), bytes: 5 * 1024 * 1024, redirects: 3 }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// Its media type in lower case without parameters; empty when none was named.
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not an address of the web that is asked: another scheme or port, or with a password in it.
    Url,
    /// It leads to a private network.
    Private,
    /// Nobody answers, or not in this language; the library's own words without the address.
    Unreachable(String),
    /// Larger than the limit.
    TooLarge,
    /// Not within the time.
    TooSlow,
    /// Redirected too often, or to nowhere.
    Redirects,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => f.write_str("not an address that is asked"),
            Self::Private => f.write_str("an address on a private network"),
            Self::Unreachable(words) => f.write_str(words),
            Self::TooLarge => f.write_str("the answer is too large"),
            Self::TooSlow => f.write_str("no answer in time"),
            Self::Redirects => f.write_str("redirected too often"),
        }
    }
}

impl std::error::Error for Fault {}
