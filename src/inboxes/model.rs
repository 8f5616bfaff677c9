//! What an inbox is.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::config::{Security, Smtp};
use crate::keys::Secret;

/// A connected account.
#[derive(Debug, Clone)]
pub struct Inbox {
    pub id: i64,
    pub channel: String,
    pub name: String,
    /// What customers write to.
    pub address: String,
    pub access: Access,
    pub owner: Option<i64>,
    pub capabilities: Capabilities,
    pub outgoing: Outgoing,
    /// Message key of what is wrong with it.
    pub problem: Option<String>,
    pub last_in_at: Option<Millis>,
    pub last_out_at: Option<Millis>,
}

/// Who reads an inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody with the right to conversations.
    All,
    /// Its members and its owner.
    Selected,
    /// Only who connected it.
    Owner,
}

impl Access {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 3] = [Self::All, Self::Selected, Self::Owner];

    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Selected => "selected",
            Self::Owner => "owner",
        }
    }

    /// The access stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.as_str() == text)
    }
}

/// What can be sent through an inbox. The channel writes it when it connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Unicode scalar values of one message; `None`: as long as a person can write.
    pub text_limit: Option<u32>,
    /// Bytes of one file.
    pub file_limit: u64,
    /// Whether messages have a subject.
    pub subject: bool,
}

impl Capabilities {
    /// E-mail.
    #[must_use]
    pub fn email() -> Self {
        Self { text_limit: None, file_limit: 25 * 1024 * 1024, subject: true }
    }
}

/// How mail of an inbox leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// `None`: by the server of the configuration.
    pub smtp: Option<OwnServer>,
}

/// A mail server of the inbox's own; its password stands encrypted in a column of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: Option<String>,
}

impl OwnServer {
    /// With its password.
    #[must_use]
    pub fn with_password(&self, password: Option<Secret>) -> Smtp {
        Smtp {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            username: self.username.clone(),
            password,
        }
    }
}

/// An inbox to be connected.
#[derive(Debug, Clone)]
pub struct NewInbox {
    pub channel: &'static str,
    pub name: String,
    pub address: String,
    pub access: Access,
    pub members: Vec<i64>,
    pub capabilities: Capabilities,
    pub outgoing: Outgoing,
    pub password: Option<Secret>,
}
