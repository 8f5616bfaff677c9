//! Facts that happened, in the past tense, with ids and never with texts or names. A fact is stored in the same
//! transaction as the change it tells of; the bus hears of it after COMMIT and carries no duty: what must happen reads
//! the `event` table from a cursor.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

/// A fact. `kind` in the table is the `noun.past_tense` name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    #[serde(rename = "message.received")]
    MessageReceived { conversation: i64, inbox: i64, message: i64 },
    #[serde(rename = "message.written")]
    MessageWritten { conversation: i64, inbox: i64, message: i64, user: i64 },
    #[serde(rename = "note.written")]
    NoteWritten { conversation: i64, inbox: i64, message: i64, user: i64 },
    #[serde(rename = "message.delivery_changed")]
    DeliveryChanged { conversation: i64, inbox: i64, message: i64 },
    #[serde(rename = "conversation.created")]
    ConversationCreated { conversation: i64, inbox: i64, contact: i64 },
    #[serde(rename = "conversation.assigned")]
    ConversationAssigned { conversation: i64, inbox: i64, assignee: Option<i64>, by: Option<i64> },
    #[serde(rename = "conversation.closed")]
    ConversationClosed { conversation: i64, inbox: i64, by: Option<i64> },
    #[serde(rename = "conversation.reopened")]
    ConversationReopened { conversation: i64, inbox: i64, by: Option<i64> },
    #[serde(rename = "conversation.read")]
    ConversationRead { conversation: i64, inbox: i64, user: i64 },
    #[serde(rename = "contact.created")]
    ContactCreated { contact: i64 },
    #[serde(rename = "user.created")]
    UserCreated { user: i64, by: Option<i64> },
    #[serde(rename = "user.changed")]
    UserChanged { user: i64, by: Option<i64> },
    /// A new password: by the person, or by a command.
    #[serde(rename = "password.changed")]
    PasswordChanged { user: i64, by: Option<i64> },
    #[serde(rename = "session.opened")]
    SessionOpened { user: i64 },
    #[serde(rename = "session.ended")]
    SessionEnded { user: i64 },
    #[serde(rename = "inbox.created")]
    InboxCreated { inbox: i64, by: Option<i64> },
    #[serde(rename = "inbox.changed")]
    InboxChanged { inbox: i64, by: Option<i64> },
    /// Mail cannot leave, or cannot be fetched.
    #[serde(rename = "inbox.lost")]
    InboxLost { inbox: i64 },
    #[serde(rename = "inbox.restored")]
    InboxRestored { inbox: i64 },
    /// What the company says about itself, when it is open, or what holds for everybody.
    #[serde(rename = "workspace.changed")]
    WorkspaceChanged { by: Option<i64>, changes: Vec<Change> },
    #[serde(rename = "activity.exported")]
    ActivityExported { by: Option<i64>, format: String },
    /// Entries of the activity log that were older than the workspace keeps them.
    #[serde(rename = "activity.purged")]
    ActivityPurged { entries: i64 },
    #[serde(rename = "database.copied")]
    DatabaseCopied { by: Option<i64> },
    #[serde(rename = "database.restored")]
    DatabaseRestored { by: Option<i64> },
}

/// One value that was changed. The words are the product's own or a setting of the company: never a contact's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The name of the field.
    pub what: String,
    /// Empty: there was none.
    pub from: String,
    /// Empty: there is none any more.
    pub to: String,
}

impl Change {
    /// The change of a field, if it is one.
    #[must_use]
    pub fn between(what: &str, from: &str, to: &str) -> Option<Self> {
        (from != to).then(|| Self { what: what.to_owned(), from: from.to_owned(), to: to.to_owned() })
    }
}

impl Event {
    /// The inbox whose readers may know of it; `None` for facts outside the inboxes.
    #[must_use]
    pub fn inbox(&self) -> Option<i64> {
        match self {
            Self::MessageReceived { inbox, .. }
            | Self::MessageWritten { inbox, .. }
            | Self::NoteWritten { inbox, .. }
            | Self::DeliveryChanged { inbox, .. }
            | Self::ConversationCreated { inbox, .. }
            | Self::ConversationAssigned { inbox, .. }
            | Self::ConversationClosed { inbox, .. }
            | Self::ConversationReopened { inbox, .. }
            | Self::ConversationRead { inbox, .. }
            | Self::InboxCreated { inbox, .. }
            | Self::InboxChanged { inbox, .. }
            | Self::InboxLost { inbox }
            | Self::InboxRestored { inbox } => Some(*inbox),
            _ => None,
        }
    }

    /// The conversation it tells of, if it tells of one.
    #[must_use]
    pub fn conversation(&self) -> Option<i64> {
        match self {
            Self::MessageReceived { conversation, .. }
            | Self::MessageWritten { conversation, .. }
            | Self::NoteWritten { conversation, .. }
            | Self::DeliveryChanged { conversation, .. }
            | Self::ConversationCreated { conversation, .. }
            | Self::ConversationAssigned { conversation, .. }
            | Self::ConversationClosed { conversation, .. }
            | Self::ConversationReopened { conversation, .. }
            | Self::ConversationRead { conversation, .. } => Some(*conversation),
            _ => None,
        }
    }

    /// The contact it tells of by itself (conversations lead to theirs).
    #[must_use]
    pub fn contact(&self) -> Option<i64> {
        match self {
            Self::ConversationCreated { contact, .. } | Self::ContactCreated { contact } => Some(*contact),
            _ => None,
        }
    }

    /// The user it concerns by itself: facts that only that person's browsers need.
    #[must_use]
    pub fn user(&self) -> Option<i64> {
        match self {
            Self::ConversationRead { user, .. }
            | Self::UserCreated { user, .. }
            | Self::UserChanged { user, .. }
            | Self::PasswordChanged { user, .. }
            | Self::SessionOpened { user }
            | Self::SessionEnded { user } => Some(*user),
            _ => None,
        }
    }
}

/// A committed fact with its place in the order of all facts.
#[derive(Debug, Clone)]
pub struct Notice {
    pub id: i64,
    pub event: Event,
}

/// Tells whoever listens, in memory. A slow listener loses notices and is told that it did.
#[derive(Clone)]
pub struct Bus(broadcast::Sender<Arc<Notice>>);

impl Default for Bus {
    fn default() -> Self {
        Self(broadcast::Sender::new(1024))
    }
}

impl Bus {
    /// Tells everybody who listens now.
    pub fn publish(&self, notice: Notice) {
        // An error only says that nobody listens.
        let _ = self.0.send(Arc::new(notice));
    }

    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.0.subscribe()
    }
}
