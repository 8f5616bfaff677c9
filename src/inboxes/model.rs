//! What an inbox is.

use serde::{Deserialize, Serialize};

use super::greeting::Wording;
use crate::clock::Millis;
use crate::config::{Proof, Security, Smtp};
use crate::events::Change;
use crate::keys::Secret;

/// Letters of a text that the activity log keeps.
const LOGGED: usize = 500;

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
    pub mail: MailSettings,
    /// Message key of what is wrong with the way out.
    pub problem: Option<String>,
    /// Message key of what is wrong with the way in.
    pub problem_in: Option<String>,
    pub last_in_at: Option<Millis>,
    pub last_out_at: Option<Millis>,
    pub connected: Connected,
    /// A way has been broken for so long that its owner was told and answers are held back.
    pub lost: bool,
}

/// Whether mail comes and goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connected {
    Yes,
    /// Somebody disconnected it. What came stays.
    No,
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
    /// The longest text of one message, in `unit`; `None`: as long as a person can write.
    pub text_limit: Option<u32>,
    #[serde(default)]
    pub unit: Unit,
    /// Bytes of one file.
    pub file_limit: u64,
    /// Whether messages have a subject.
    pub subject: bool,
    /// How long after the contact last wrote an answer is taken, to the millisecond; `None`: always.
    #[serde(default)]
    pub window: Option<Millis>,
    /// Where the conversation can go on outside while answers are not taken: an address with `https`.
    #[serde(default)]
    pub outside: Option<String>,
}

/// What a channel counts texts in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Unicode scalar values.
    #[default]
    Characters,
    /// Of UTF-8.
    Bytes,
    /// Code units of UTF-16.
    Utf16,
}

impl Unit {
    /// How long a text is.
    #[must_use]
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Characters => text.chars().count(),
            Self::Bytes => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }

    /// As stored, and as pages name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
            Self::Utf16 => "utf16",
        }
    }
}

impl Capabilities {
    /// E-mail.
    #[must_use]
    pub fn email() -> Self {
        Self {
            text_limit: None,
            unit: Unit::Characters,
            file_limit: 25 * 1024 * 1024,
            subject: true,
            window: None,
            outside: None,
        }
    }
}

/// How mail of an inbox comes and goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailSettings {
    /// `None`: mail leaves by the server of the configuration.
    pub smtp: Option<OwnServer>,
    /// `None`: mail is handed over by `recado mail-in`.
    pub imap: Option<OwnMailbox>,
    /// How both servers are signed in to.
    pub sign_in: SignIn,
    pub answering: Answering,
}

/// How an inbox answers, and whom it believes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answering {
    /// Of the words that we put into mails (`pt-BR`, `en`) where the contact has none of its own; `None`: the
    /// workspace's.
    pub language: Option<String>,
    /// Below answers of people who have no signature of their own; `{agent}` and `{company}` stand for their names.
    pub signature: String,
    /// Leaves once by itself when a conversation begins; empty: nothing does.
    pub greeting: Wording,
    /// The same while the company is closed; empty: the greeting.
    pub closed: Wording,
    pub spam_marks: SpamMarks,
    /// A mail to a conversation that was closed longer ago than so many days begins a new one, linked to it; `None`: it
    /// always opens the old one.
    pub new_after_days: Option<u32>,
}

impl Answering {
    /// Whether nothing ever leaves by itself.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.greeting.is_empty() && self.closed.is_empty()
    }

    /// What would be different, for the log.
    #[must_use]
    pub fn changes_to(&self, new: &Self) -> Vec<Change> {
        let days = |days: Option<u32>| days.map(|days| days.to_string()).unwrap_or_default();
        let language = |language: &Option<String>| language.clone().unwrap_or_default();
        let marks = |marks: SpamMarks| if marks == SpamMarks::Believed { "believed" } else { "ignored" };
        let short = |text: &str| text.chars().take(LOGGED).collect::<String>();
        let text = |what: &str, from: &str, to: &str| {
            if from == to { None } else { Some(Change { what: what.to_owned(), from: short(from), to: short(to) }) }
        };
        let all = [
            text("signature", &self.signature, &new.signature),
            Change::between("language", &language(&self.language), &language(&new.language)),
            text("greeting-pt-BR", &self.greeting.pt_br, &new.greeting.pt_br),
            text("greeting-en", &self.greeting.en, &new.greeting.en),
            text("closed-pt-BR", &self.closed.pt_br, &new.closed.pt_br),
            text("closed-en", &self.closed.en, &new.closed.en),
            Change::between("spam-marks", marks(self.spam_marks), marks(new.spam_marks)),
            Change::between("new-after-days", &days(self.new_after_days), &days(new.new_after_days)),
        ];
        all.into_iter().flatten().collect()
    }
}

/// Whether the provider's filter is believed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpamMarks {
    #[default]
    Believed,
    Ignored,
}

/// What an inbox signs in with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignIn {
    #[default]
    Password,
    /// A token that the provider gave after somebody consented there (OAuth 2.0, sent as XOAUTH2).
    Google,
    Microsoft,
}

/// A mailbox that mail is fetched from (IMAP).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMailbox {
    pub server: OwnServer,
    /// As the server writes it (decoded from modified UTF-7).
    pub folder: String,
    pub history: History,
    pub after: AfterReading,
    pub sent: SentCopy,
}

/// How much of what was in the mailbox before is taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum History {
    #[default]
    None,
    /// The last 30 days.
    Month,
    All,
}

/// What becomes of a mail in the mailbox once it is stored here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AfterReading {
    /// Nothing: the mailbox is never changed.
    #[default]
    Leave,
    MarkSeen,
    /// Into this folder.
    Move(String),
}

/// Whether answers are put into the mailbox's folder of sent mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SentCopy {
    #[default]
    Append,
    /// The provider does it by itself.
    Provider,
}

/// A mail server of the inbox's own; its password stands encrypted in a table of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: Option<String>,
}

impl SignIn {
    /// As a form and the database name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Google => "google",
            Self::Microsoft => "microsoft",
        }
    }

    /// What is named `text`; anything unknown is a password.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "google" => Self::Google,
            "microsoft" => Self::Microsoft,
            _ => Self::Password,
        }
    }

    /// What people call the provider.
    #[must_use]
    pub fn provider(self) -> &'static str {
        match self {
            Self::Password => "",
            Self::Google => "Google",
            Self::Microsoft => "Microsoft",
        }
    }
}

impl OwnServer {
    /// With what it is signed in to with.
    #[must_use]
    pub fn with_password(&self, password: Option<Secret>) -> Smtp {
        Smtp {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            username: self.username.clone(),
            password,
            proof: Proof::Password,
        }
    }

    /// With what the inbox `address` signs in with now.
    #[must_use]
    pub fn with_credential(&self, address: &str, credential: Option<Credential>) -> Smtp {
        let proof = credential.as_ref().map(|credential| credential.proof).unwrap_or_default();
        let mut server = self.with_password(credential.map(|credential| credential.secret));
        if proof == Proof::Bearer {
            server.username = self.username.clone().or_else(|| Some(address.to_owned()));
        }
        Smtp { proof, ..server }
    }
}

/// What an inbox proves itself with at its servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub secret: Secret,
    pub proof: Proof,
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
    pub mail: MailSettings,
    pub password: Option<Secret>,
}
