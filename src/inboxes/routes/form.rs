//! The form of an inbox: only what may be written, read into what the store takes.

mod mailbox;
mod server;

use rocket::form::FromForm;

use super::desk::Known;
use crate::accounts;
use crate::error::Problems;
use crate::inboxes::{Access, Capabilities, MailSettings, NewInbox, SignIn};

#[derive(FromForm, Clone, Default)]
pub struct InboxForm {
    #[field(default = "")]
    pub name: String,
    /// Read when an inbox is connected; it does not change afterwards.
    #[field(default = "")]
    pub address: String,
    /// Key of the provider; empty: by the address.
    #[field(default = "")]
    pub provider: String,
    #[field(default = "")]
    pub access: String,
    pub members: Vec<i64>,
    /// `mailbox` or `pipe`.
    #[field(default = "")]
    pub way_in: String,
    /// `password`, `google` or `microsoft`.
    #[field(default = "")]
    pub sign_in: String,
    #[field(default = "")]
    pub imap_host: String,
    #[field(default = "")]
    pub imap_port: String,
    #[field(default = "")]
    pub imap_security: String,
    /// Empty: the address.
    #[field(default = "")]
    pub imap_username: String,
    /// Empty keeps the stored one.
    #[field(default = "")]
    imap_password: String,
    #[field(default = "")]
    pub folder: String,
    #[field(default = "")]
    pub history: String,
    /// `leave`, `seen` or `move`.
    #[field(default = "")]
    pub after: String,
    #[field(default = "")]
    pub after_folder: String,
    #[field(default = "")]
    pub sent: String,
    /// `house` or `own`.
    #[field(default = "")]
    pub way: String,
    /// Signed in to as the mailbox is.
    pub same: bool,
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
    /// The form of an inbox that is not there yet, before anything is known of it.
    pub fn new_inbox() -> Self {
        let [all, mailbox, own, tls] = ["all", "mailbox", "own", "tls"].map(str::to_owned);
        Self {
            access: all,
            way_in: mailbox,
            way: own,
            same: true,
            security: tls.clone(),
            imap_security: tls,
            sign_in: SignIn::Password.as_str().to_owned(),
            folder: "INBOX".to_owned(),
            history: "none".to_owned(),
            after: "leave".to_owned(),
            sent: "append".to_owned(),
            ..<Self as Default>::default()
        }
    }

    /// The form of an inbox that is not there yet, with this address.
    pub fn about(address: &str, name: String) -> Self {
        Self { address: address.to_owned(), name, ..Self::new_inbox() }
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
        filled.with_mailbox(inbox).with_server(inbox)
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
        let mail = self.mail(known, &mut problems);
        let access = Access::parse(&self.access).unwrap_or_else(|| {
            problems.add("access", "inbox-access-missing");
            Access::Owner
        });
        let inbox = NewInbox {
            channel: "email",
            name,
            address,
            access,
            members: self.members.clone(),
            capabilities: Capabilities::email(),
            mail,
            password: self.password(),
        };
        (inbox, problems)
    }

    /// How mail is to come and go; what this form does not show stays as it is.
    pub fn mail(&self, known: Option<&Known>, problems: &mut Problems) -> MailSettings {
        let mut mail = known.map(|known| known.inbox.mail.clone()).unwrap_or_default();
        mail.imap = self.mailbox(known, problems);
        mail.smtp = self.server(known, problems);
        mail.sign_in = if mail.imap.is_some() { self.chosen_sign_in() } else { SignIn::Password };
        mail
    }

    /// The address of the inbox, typed or as it is.
    pub fn account(&self, known: Option<&Known>) -> String {
        let typed = || accounts::clean_email(&self.address).unwrap_or_default();
        known.map_or_else(typed, |known| known.inbox.address.clone())
    }

    /// Whether this person was chosen to read the inbox.
    pub fn has_member(&self, user: i64) -> bool {
        self.members.contains(&user)
    }
}
