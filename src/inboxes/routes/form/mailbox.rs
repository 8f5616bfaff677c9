//! The part of the form that says where mail is fetched.

use super::InboxForm;
use super::server::{SIGN_IN, host, port, username};
use crate::config::Security;
use crate::error::Problems;
use crate::inboxes::providers::Place;
use crate::inboxes::routes::desk::Known;
use crate::inboxes::{AfterReading, History, Inbox, OwnMailbox, OwnServer, SentCopy, SignIn};
use crate::keys::Secret;

/// Longest name of a folder in characters.
const FOLDER: usize = 250;

impl InboxForm {
    /// Whether mail is fetched from a mailbox.
    pub fn fetches(&self) -> bool {
        self.way_in == "mailbox"
    }

    /// How the mailbox is signed in to.
    pub fn chosen_sign_in(&self) -> SignIn {
        if self.fetches() { SignIn::parse(&self.sign_in) } else { SignIn::Password }
    }

    /// Filled with the mailbox of an inbox.
    pub(super) fn with_mailbox(self, inbox: &Inbox) -> Self {
        let Some(mailbox) = &inbox.mail.imap else {
            return Self { way_in: "pipe".to_owned(), same: false, ..self };
        };
        let (after, after_folder) = match &mailbox.after {
            AfterReading::Leave => ("leave", String::new()),
            AfterReading::MarkSeen => ("seen", String::new()),
            AfterReading::Move(folder) => ("move", folder.clone()),
        };
        let history = match mailbox.history {
            History::None => "none",
            History::Month => "month",
            History::All => "all",
        };
        let sent = if mailbox.sent == SentCopy::Provider { "provider" } else { "append" };
        Self {
            sign_in: inbox.mail.sign_in.as_str().to_owned(),
            imap_host: mailbox.server.host.clone(),
            imap_port: mailbox.server.port.to_string(),
            imap_security: mailbox.server.security.as_str().to_owned(),
            imap_username: mailbox.server.username.clone().unwrap_or_default(),
            folder: mailbox.folder.clone(),
            history: history.to_owned(),
            after: after.to_owned(),
            after_folder,
            sent: sent.to_owned(),
            ..self
        }
    }

    /// Filled with a place to fetch from.
    pub fn fetching_at(self, place: &Place) -> Self {
        Self {
            imap_host: place.host.clone(),
            imap_port: place.port.to_string(),
            imap_security: place.security.as_str().to_owned(),
            ..self
        }
    }

    /// The mailbox, if mail is to be fetched from one.
    pub fn mailbox(&self, known: Option<&Known>, problems: &mut Problems) -> Option<OwnMailbox> {
        if !self.fetches() {
            return None;
        }
        let security = Security::parse(&self.imap_security).unwrap_or(Security::Tls);
        let usual = if security == Security::Tls { 993 } else { 143 };
        let server = OwnServer {
            host: host("imap_host", &self.imap_host, problems),
            port: port("imap_port", &self.imap_port, usual, problems),
            security,
            username: username("imap_username", &self.imap_username, problems),
        };
        if self.chosen_sign_in() == SignIn::Password {
            self.require_password(known, &server, problems);
        }
        Some(OwnMailbox {
            server,
            folder: folder("folder", &self.folder, problems).unwrap_or_else(|| "INBOX".to_owned()),
            history: match self.history.as_str() {
                "month" => History::Month,
                "all" => History::All,
                _ => History::None,
            },
            after: self.after_reading(problems),
            sent: if self.sent == "provider" { SentCopy::Provider } else { SentCopy::Append },
        })
    }

    /// A stored password goes only where it went before: whoever may change an inbox may not read it that way.
    fn require_password(&self, known: Option<&Known>, server: &OwnServer, problems: &mut Problems) {
        let stored = known.filter(|known| known.has_imap_password);
        let stored = stored.and_then(|known| known.inbox.mail.imap.as_ref()).map(|mailbox| &mailbox.server);
        if self.imap_password.len() > SIGN_IN {
            problems.add("imap_password", "password-too-long");
        } else if self.imap_password.is_empty() && stored != Some(server) {
            let key = if stored.is_some() { "inbox-password-again" } else { "inbox-password-missing" };
            problems.add("imap_password", key);
        }
    }

    fn after_reading(&self, problems: &mut Problems) -> AfterReading {
        match self.after.as_str() {
            "seen" => AfterReading::MarkSeen,
            "move" => {
                let folder = folder("after_folder", &self.after_folder, problems);
                if folder.is_none() {
                    problems.add("after_folder", "inbox-folder-missing");
                }
                folder.map_or(AfterReading::Leave, AfterReading::Move)
            }
            _ => AfterReading::Leave,
        }
    }

    /// The password of the mailbox that was typed.
    pub fn imap_password(&self) -> Option<Secret> {
        let typed = self.fetches() && !self.imap_password.is_empty();
        typed.then(|| Secret(self.imap_password.clone()))
    }
}

fn folder(field: &'static str, typed: &str, problems: &mut Problems) -> Option<String> {
    let name = typed.trim();
    if name.chars().count() > FOLDER || name.contains(char::is_control) {
        problems.add(field, "inbox-folder-wrong");
    }
    (!name.is_empty()).then(|| name.to_owned())
}
