//! The form of an inbox: only what may be written, read into what the store takes.

use rocket::form::FromForm;

use super::desk::Known;
use crate::accounts;
use crate::config::Security;
use crate::error::Problems;
use crate::inboxes::{Access, Capabilities, MailSettings, NewInbox, OwnServer};
use crate::keys::Secret;

/// Longest name of a user at a mail server, and longest password, in bytes.
const SIGN_IN: usize = 500;

#[derive(FromForm, Clone, Default)]
pub struct InboxForm {
    #[field(default = "")]
    pub name: String,
    /// Read when an inbox is connected; it does not change afterwards.
    #[field(default = "")]
    pub address: String,
    #[field(default = "")]
    pub access: String,
    pub members: Vec<i64>,
    /// `house` or `own`.
    #[field(default = "")]
    pub way: String,
    #[field(default = "")]
    pub host: String,
    #[field(default = "")]
    pub port: String,
    #[field(default = "")]
    pub security: String,
    #[field(default = "")]
    pub username: String,
    /// Empty keeps the stored one.
    #[field(default = "")]
    password: String,
}

impl InboxForm {
    /// The form of an inbox that is not there yet.
    pub fn new_inbox() -> Self {
        let [all, house, tls] = ["all", "house", "tls"].map(str::to_owned);
        Self { access: all, way: house, security: tls, ..<Self as Default>::default() }
    }

    /// The form as an inbox is now.
    pub fn of(known: &Known) -> Self {
        let inbox = &known.inbox;
        let filled = Self {
            name: inbox.name.clone(),
            address: inbox.address.clone(),
            access: inbox.access.as_str().to_owned(),
            members: known.members.clone(),
            ..Self::new_inbox()
        };
        let Some(server) = &inbox.mail.smtp else {
            return filled;
        };
        Self {
            way: "own".to_owned(),
            host: server.host.clone(),
            port: server.port.to_string(),
            security: server.security.as_str().to_owned(),
            username: server.username.clone().unwrap_or_default(),
            ..filled
        }
    }

    /// What is to be stored, and what is wrong with it. `known` is the inbox as it is, if it is there already.
    pub fn read(&self, known: Option<&Known>) -> (NewInbox, Problems) {
        let mut problems = Problems::default();
        let name = accounts::clean_name(&self.name);
        accounts::check_name(&mut problems, "name", &name);
        let address = match known {
            Some(known) => known.inbox.address.clone(),
            None => accounts::clean_email(&self.address).unwrap_or_else(|| {
                problems.add("address", "email-wrong");
                String::new()
            }),
        };
        let access = Access::parse(&self.access).unwrap_or_else(|| {
            problems.add("access", "inbox-access-missing");
            Access::Owner
        });
        let smtp = self.server(known, &mut problems);
        let inbox = NewInbox {
            channel: "email",
            name,
            address,
            access,
            members: self.members.clone(),
            capabilities: Capabilities::email(),
            mail: MailSettings { smtp, ..MailSettings::default() },
            password: self.password(),
        };
        (inbox, problems)
    }

    /// The inbox's own server, if it is to have one.
    pub fn server(&self, known: Option<&Known>, problems: &mut Problems) -> Option<OwnServer> {
        if self.way != "own" {
            return None;
        }
        let security = Security::parse(&self.security).unwrap_or(Security::Tls);
        let server = OwnServer {
            host: self.host(problems),
            port: self.port(security, problems),
            security,
            username: self.username(problems),
        };
        let stored = known.filter(|known| known.has_password).and_then(|known| known.inbox.mail.smtp.as_ref());
        let is_missing = server.username.is_some() && self.password.is_empty();
        // A stored password goes only where it went before: whoever may change an inbox may not read it that way.
        if is_missing && stored != Some(&server) {
            problems.add("password", if stored.is_some() { "inbox-password-again" } else { "inbox-password-missing" });
        }
        if server.username.is_none() && !self.password.is_empty() {
            problems.add("username", "inbox-username-missing");
        }
        if self.password.len() > SIGN_IN {
            problems.add("password", "password-too-long");
        }
        Some(server)
    }

    /// The password that was typed.
    pub fn password(&self) -> Option<Secret> {
        (!self.password.is_empty()).then(|| Secret(self.password.clone()))
    }

    fn host(&self, problems: &mut Problems) -> String {
        let host = self.host.trim().to_lowercase();
        if host.is_empty() {
            problems.add("host", "inbox-host-missing");
        } else if host.len() > 253 || url::Host::parse(&host).is_err() {
            problems.add("host", "inbox-host-wrong");
        }
        host
    }

    fn port(&self, security: Security, problems: &mut Problems) -> u16 {
        let typed = self.port.trim();
        match typed.parse() {
            Ok(port) if port > 0 => port,
            _ => {
                if !typed.is_empty() {
                    problems.add("port", "inbox-port-wrong");
                }
                security.usual_port()
            }
        }
    }

    fn username(&self, problems: &mut Problems) -> Option<String> {
        let name = self.username.trim();
        if name.len() > SIGN_IN || name.contains(char::is_control) {
            problems.add("username", "inbox-username-wrong");
        }
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Whether this person was chosen to read the inbox.
    pub fn has_member(&self, user: i64) -> bool {
        self.members.contains(&user)
    }
}
