//! IMAP (RFC 3501 and what servers add to it), spoken step by step: one connection to one mailbox, every wait limited, every
//! answer bounded, every end of a command told apart from the end of the connection. It knows no inbox and stores nothing;
//! what is fetched, and when it counts as fetched, is its caller's matter.

mod answer;
mod connect;
mod folders;
mod idle;
mod mails;
mod names;
mod session;
mod sign_in;
mod trouble;
mod wire;

use crate::clock::Millis;
use crate::config::Security;
use crate::keys::Secret;
use crate::mailer::Reason;

pub use connect::Dialer;
pub use folders::{Folder, Special, sent};
pub use idle::Idle;
pub use mails::Body;
pub use names::{decode, encode};
pub use session::Session;
pub use trouble::Trouble;

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

/// Whether a folder may be changed while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Look,
    Change,
}

/// A folder that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// UIDs of another validity mean other mails. 0: the server tells none.
    pub validity: u32,
    /// The UID that the next mail will have, or a smaller one.
    pub next: u32,
    /// Mails in it.
    pub exists: u32,
}

/// A mail in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    pub uid: u32,
    /// Bytes, as the server believes.
    pub size: Option<u32>,
    /// When it came into the folder.
    pub arrived: Option<Millis>,
    pub deleted: Deleted,
}

/// Whether somebody marked a mail for removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    Yes,
    No,
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
    let mut session = Session::open(server, dialer).await?;
    let folders = session.folders().await.map_err(|trouble| trouble.reason("imap-unavailable"))?;
    let capabilities = session.capabilities().to_vec();
    session.close().await;
    Ok(Checked { folders, capabilities })
}
