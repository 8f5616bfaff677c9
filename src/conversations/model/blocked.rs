//! Senders whose mail is not wanted.

use crate::clock::Millis;

/// Domains that many strangers share: blocking one would shut out customers.
const SHARED: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "outlook.com.br",
    "hotmail.com",
    "hotmail.com.br",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.com.br",
    "ymail.com",
    "icloud.com",
    "me.com",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
    "ig.com.br",
    "globo.com",
    "globomail.com",
    "proton.me",
    "protonmail.com",
    "gmx.com",
    "gmx.de",
    "aol.com",
    "zoho.com",
];

/// How much of an address is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    Address,
    Domain,
}

impl Pattern {
    /// As stored: the address, or its domain with the `@`. `None` for a domain that many share.
    #[must_use]
    pub fn of(self, address: &str) -> Option<String> {
        match self {
            Self::Address => Some(address.to_owned()),
            Self::Domain => {
                let (_, domain) = address.rsplit_once('@')?;
                (!SHARED.contains(&domain)).then(|| ["@", domain].concat())
            }
        }
    }
}

/// A mail that was refused and is kept still.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Its place in the journal.
    pub piece: i64,
    pub address: String,
    pub subject: String,
    /// The name of the inbox that it came to.
    pub inbox: String,
    pub at: Millis,
}

/// A blocked sender as the settings show it.
#[derive(Debug, Clone)]
pub struct Blocked {
    pub id: i64,
    /// An address, or a domain with its `@`.
    pub pattern: String,
    /// Mails that were refused since.
    pub refused: i64,
    pub refused_at: Option<Millis>,
    pub by: String,
    pub at: Millis,
}
