//! The part of the form that says by which server answers leave.

use super::InboxForm;
use crate::config::Security;
use crate::error::Problems;
use crate::inboxes::providers::Place;
use crate::inboxes::routes::desk::Known;
use crate::inboxes::{Inbox, OwnServer, SignIn};
use crate::keys::Secret;

/// Longest name of a user at a mail server, and longest password, in bytes.
pub(super) const SIGN_IN: usize = 500;

impl InboxForm {
    /// Whether the server for answers is signed in to as the mailbox is.
    pub fn is_same(&self) -> bool {
        self.fetches() && self.same
    }

    /// Filled with the server of an inbox.
    pub(super) fn with_server(self, inbox: &Inbox) -> Self {
        let Some(server) = &inbox.mail.smtp else {
            return Self { way: "house".to_owned(), ..self };
        };
        let account = |name: Option<&String>| name.cloned().unwrap_or_else(|| inbox.address.clone());
        let mailbox = inbox.mail.imap.as_ref().map(|mailbox| account(mailbox.server.username.as_ref()));
        Self {
            way: "own".to_owned(),
            same: server.username.is_some() && server.username == mailbox,
            host: server.host.clone(),
            port: server.port.to_string(),
            security: server.security.as_str().to_owned(),
            username: server.username.clone().unwrap_or_default(),
            ..self
        }
    }

    /// Filled with a place to send by.
    pub fn sending_by(self, place: &Place) -> Self {
        Self {
            way: "own".to_owned(),
            host: place.host.clone(),
            port: place.port.to_string(),
            security: place.security.as_str().to_owned(),
            ..self
        }
    }

    /// The inbox's own server, if it is to have one.
    pub fn server(&self, known: Option<&Known>, problems: &mut Problems) -> Option<OwnServer> {
        if self.way != "own" {
            return None;
        }
        let security = Security::parse(&self.security).unwrap_or(Security::Tls);
        let by_consent = self.chosen_sign_in() != SignIn::Password;
        let server = OwnServer {
            host: host("host", &self.host, problems),
            port: port("port", &self.port, security.usual_port(), problems),
            security,
            username: if by_consent || self.is_same() {
                Some(self.mailbox_user(known))
            } else {
                username("username", &self.username, problems)
            },
        };
        if !by_consent {
            self.require_sending_password(known, &server, problems);
        }
        Some(server)
    }

    /// Who signs in to the mailbox.
    fn mailbox_user(&self, known: Option<&Known>) -> String {
        let typed = self.imap_username.trim();
        if typed.is_empty() { self.account(known) } else { typed.to_owned() }
    }

    /// A stored password goes only where it went before: whoever may change an inbox may not read it that way.
    fn require_sending_password(&self, known: Option<&Known>, server: &OwnServer, problems: &mut Problems) {
        let stored = known.filter(|known| known.has_password).and_then(|known| known.inbox.mail.smtp.as_ref());
        let typed = self.password();
        let is_missing = server.username.is_some() && typed.is_none() && stored != Some(server);
        let again = if stored.is_some() { "inbox-password-again" } else { "inbox-password-missing" };
        if self.is_same() {
            if is_missing && problems.of("imap_password").is_none() {
                problems.add("imap_password", again);
            }
            return;
        }
        if is_missing {
            problems.add("password", again);
        }
        if server.username.is_none() && typed.is_some() {
            problems.add("username", "inbox-username-missing");
        }
        if self.password.len() > SIGN_IN {
            problems.add("password", "password-too-long");
        }
    }

    /// The password for sending that was typed.
    pub fn password(&self) -> Option<Secret> {
        if self.chosen_sign_in() != SignIn::Password {
            return None;
        }
        if self.is_same() {
            return self.imap_password();
        }
        (!self.password.is_empty()).then(|| Secret(self.password.clone()))
    }
}

pub(super) fn host(field: &'static str, typed: &str, problems: &mut Problems) -> String {
    let host = typed.trim().to_lowercase();
    if host.is_empty() {
        problems.add(field, "inbox-host-missing");
    } else if host.len() > 253 || url::Host::parse(&host).is_err() {
        problems.add(field, "inbox-host-wrong");
    }
    host
}

pub(super) fn port(field: &'static str, typed: &str, usual: u16, problems: &mut Problems) -> u16 {
    let typed = typed.trim();
    match typed.parse() {
        Ok(port) if port > 0 => port,
        _ => {
            if !typed.is_empty() {
                problems.add(field, "inbox-port-wrong");
            }
            usual
        }
    }
}

pub(super) fn username(field: &'static str, typed: &str, problems: &mut Problems) -> Option<String> {
    let name = typed.trim();
    if name.len() > SIGN_IN || name.contains(char::is_control) {
        problems.add(field, "inbox-username-wrong");
    }
    (!name.is_empty()).then(|| name.to_owned())
}
