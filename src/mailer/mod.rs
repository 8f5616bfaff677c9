//! How mail leaves: an SMTP server, or memory (the demo and tests read it there). One call is one attempt; what an attempt
//! means for a message is its caller's matter. Nothing here tries again.

mod smtp;
pub mod system;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::config::{Config, PrivateHosts, Smtp};

pub use crate::http::{Unreachable, resolve};

/// Who a mail is from and to on the wire; the headers may say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub from: String,
    pub to: Vec<String>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The server has taken it.
    Sent,
    /// Not now: refused for a while, or nobody answered before the message was given.
    Later(Reason),
    /// Never like this.
    Refused(Reason),
    /// The message was given, but the answer was lost: it may have been taken.
    Unsure(Reason),
}

/// Why an attempt did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Message key of a sentence for people.
    pub key: &'static str,
    /// The other side's own words.
    pub detail: String,
}

impl Reason {
    /// A reason with the other side's words, cut to a length that fits a page.
    #[must_use]
    pub fn new(key: &'static str, detail: impl ToString) -> Self {
        let detail = detail.to_string().chars().filter(|c| !c.is_control()).take(500).collect();
        Self { key, detail }
    }
}

/// A way for mail to leave.
#[derive(Clone)]
pub enum Transport {
    Smtp {
        server: Smtp,
        /// Servers that people enter in a form may not be on private networks unless the configuration allows it.
        private: PrivateHosts,
        /// For each answer of the server.
        patience: Duration,
        /// Certificates that are believed beside the public ones (PEM).
        ca: Option<Arc<str>>,
    },
    Memory(Outbox),
}

/// Which way mail takes: the server of an inbox, else the house's; the demo keeps everything in memory.
#[derive(Clone)]
pub struct Carrier {
    house: Option<Transport>,
    kept: Option<Outbox>,
    private: PrivateHosts,
    patience: Duration,
    /// Certificates that are believed beside the public ones (PEM).
    ca: Option<Arc<str>>,
}

impl Carrier {
    /// As configured. `patience` is how long each answer of a server is waited for.
    #[must_use]
    pub fn configured(config: &Config, patience: Duration) -> Self {
        // The configuration belongs to whoever runs the machine, so its server may be anywhere.
        let ca: Option<Arc<str>> = config.mail_ca.as_deref().map(Arc::from);
        let of_house = |server| Transport::Smtp { server, private: PrivateHosts::Allowed, patience, ca: ca.clone() };
        let house = config.smtp.clone().map(of_house);
        Self { house, kept: None, private: config.private_mail_hosts, patience, ca }
    }

    /// Everything into memory.
    #[must_use]
    pub fn keeping(outbox: Outbox) -> Self {
        let kept = Some(outbox.clone());
        Self {
            house: Some(Transport::Memory(outbox)),
            kept,
            private: PrivateHosts::Refused,
            patience: PATIENCE,
            ca: None,
        }
    }

    /// How long an answer of a server is waited for.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// The way for mail of an inbox with this server of its own, if it has one; `None` when there is no way at all.
    #[must_use]
    pub fn transport(&self, own: Option<Smtp>) -> Option<Transport> {
        match (&self.kept, own) {
            (Some(outbox), _) => Some(Transport::Memory(outbox.clone())),
            (None, Some(server)) => {
                let ca = self.ca.clone();
                Some(Transport::Smtp { server, private: self.private, patience: self.patience, ca })
            }
            (None, None) => self.house.clone(),
        }
    }
}

/// How long an answer of a server is waited for.
pub const PATIENCE: Duration = Duration::from_mins(1);

impl Transport {
    /// One attempt to hand `raw` (CRLF lines) over.
    pub async fn deliver(&self, envelope: &Envelope, raw: &[u8]) -> Attempt {
        match self {
            Self::Smtp { server, private, patience, ca } => {
                let door = smtp::Door { private: *private, patience: *patience, ca: ca.as_deref() };
                smtp::deliver(server, &door, envelope, raw).await
            }
            Self::Memory(outbox) => {
                outbox.add(Letter { envelope: envelope.clone(), raw: raw.to_vec() });
                Attempt::Sent
            }
        }
    }

    /// Connects, signs in and says goodbye: does this server work?
    ///
    /// # Errors
    /// Why not.
    pub async fn check(&self) -> Result<(), Reason> {
        match self {
            Self::Smtp { server, private, patience, ca } => {
                let door = smtp::Door { private: *private, patience: *patience, ca: ca.as_deref() };
                smtp::check(server, &door).await
            }
            Self::Memory(_) => Ok(()),
        }
    }
}

/// Mail kept in memory.
#[derive(Clone)]
pub struct Outbox(Arc<Kept>);

struct Kept {
    letters: Mutex<Vec<Letter>>,
    count: watch::Sender<usize>,
}

/// A mail as it left.
#[derive(Debug, Clone)]
pub struct Letter {
    pub envelope: Envelope,
    pub raw: Vec<u8>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl From<Vec<Letter>> for Outbox {
    fn from(letters: Vec<Letter>) -> Self {
        let count = watch::Sender::new(letters.len());
        Self(Arc::new(Kept { letters: Mutex::new(letters), count }))
    }
}

impl Outbox {
    fn add(&self, letter: Letter) {
        let mut letters = self.0.letters.lock().unwrap_or_else(PoisonError::into_inner);
        letters.push(letter);
        self.0.count.send_replace(letters.len());
    }

    /// Everything that left, oldest first.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.0.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells the number of mails whenever it changes.
    #[must_use]
    pub fn count(&self) -> watch::Receiver<usize> {
        self.0.count.subscribe()
    }
}
