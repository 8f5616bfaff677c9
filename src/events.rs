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
    #[serde(rename = "session.opened")]
    SessionOpened { user: i64 },
    #[serde(rename = "session.ended")]
    SessionEnded { user: i64 },
    /// A sign-in failed; many within a minute are one fact. `user` is whose account it was, if it is anybody's.
    #[serde(rename = "session.refused")]
    SessionRefused { user: Option<i64>, refusal: i64 },
    #[serde(rename = "password.changed")]
    PasswordChanged { user: i64, by: Option<i64> },
    #[serde(rename = "email.changed")]
    EmailChanged { user: i64, by: Option<i64> },
    #[serde(rename = "second_factor.enabled")]
    SecondFactorEnabled { user: i64, by: Option<i64> },
    #[serde(rename = "second_factor.disabled")]
    SecondFactorDisabled { user: i64, by: Option<i64> },
    /// Somebody else took it away; `by` is none on the command line.
    #[serde(rename = "second_factor.reset")]
    SecondFactorReset { user: i64, by: Option<i64> },
    #[serde(rename = "second_factor.used_recovery_code")]
    RecoveryCodeUsed { user: i64, by: Option<i64>, left: i64 },
    #[serde(rename = "second_factor.codes_renewed")]
    RecoveryCodesRenewed { user: i64, by: Option<i64> },
    /// `rule` is `optional` or `required`.
    #[serde(rename = "second_factor.rule_changed")]
    SecondFactorRuleChanged { rule: String, by: Option<i64> },
    #[serde(rename = "inbox.created")]
    InboxCreated { inbox: i64, by: Option<i64> },
    #[serde(rename = "inbox.changed")]
    InboxChanged { inbox: i64, by: Option<i64> },
    /// Mail cannot leave, or cannot be fetched.
    #[serde(rename = "inbox.lost")]
    InboxLost { inbox: i64 },
    #[serde(rename = "inbox.restored")]
    InboxRestored { inbox: i64 },
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
            | Self::SessionOpened { user }
            | Self::SessionEnded { user }
            | Self::PasswordChanged { user, .. }
            | Self::EmailChanged { user, .. }
            | Self::SecondFactorEnabled { user, .. }
            | Self::SecondFactorDisabled { user, .. }
            | Self::SecondFactorReset { user, .. }
            | Self::RecoveryCodeUsed { user, .. }
            | Self::RecoveryCodesRenewed { user, .. } => Some(*user),
            Self::SessionRefused { user, .. } => *user,
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
