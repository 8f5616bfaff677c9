//! The facts, each with the ids it tells of.

use serde::{Deserialize, Serialize};

/// A fact. `kind` in the table is the `noun.past_tense` name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    #[serde(rename = "message.received")]
    MessageReceived { conversation: i64, inbox: i64, message: i64 },
    /// Who sent or got it did something to it: a reaction, other words, taking it back.
    #[serde(rename = "message.changed")]
    MessageChanged { conversation: i64, inbox: i64, message: i64 },
    /// A message of before the inbox was connected was taken in: nobody is told, nothing follows from it.
    #[serde(rename = "message.imported")]
    MessageImported { conversation: i64, inbox: i64, message: i64 },
    #[serde(rename = "message.written")]
    MessageWritten { conversation: i64, inbox: i64, message: i64, user: i64 },
    /// A message of the conversation went on to somebody else; nobody was answered.
    #[serde(rename = "message.forwarded")]
    MessageForwarded { conversation: i64, inbox: i64, message: i64, user: i64 },
    /// An answer waits for its time. It is no message before.
    #[serde(rename = "answer.held")]
    AnswerHeld { conversation: i64, inbox: i64, user: i64 },
    /// It does not leave: somebody took it back.
    #[serde(rename = "answer.withdrawn")]
    AnswerWithdrawn { conversation: i64, inbox: i64, by: i64 },
    #[serde(rename = "note.written")]
    NoteWritten { conversation: i64, inbox: i64, message: i64, user: i64 },
    /// A note named somebody who may read it, alone or with a team.
    #[serde(rename = "user.mentioned")]
    UserMentioned { conversation: i64, inbox: i64, message: i64, user: i64 },
    /// What stands behind the bells of these people changed.
    #[serde(rename = "user.notified")]
    UsersNotified { users: Vec<i64> },
    #[serde(rename = "message.delivery_changed")]
    DeliveryChanged { conversation: i64, inbox: i64, message: i64 },
    #[serde(rename = "conversation.created")]
    ConversationCreated { conversation: i64, inbox: i64, contact: i64 },
    /// The same for a conversation; it is closed from the start.
    #[serde(rename = "conversation.imported")]
    ConversationImported { conversation: i64, inbox: i64, contact: i64 },
    #[serde(rename = "conversation.assigned")]
    ConversationAssigned {
        conversation: i64,
        inbox: i64,
        assignee: Option<i64>,
        by: Option<i64>,
        /// Why, when nobody chose this conversation by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Why>,
    },
    #[serde(rename = "conversation.closed")]
    ConversationClosed { conversation: i64, inbox: i64, by: Option<i64> },
    #[serde(rename = "conversation.reopened")]
    ConversationReopened { conversation: i64, inbox: i64, by: Option<i64> },
    /// A mail that the provider's filter marked: nobody is told, nothing follows.
    #[serde(rename = "spam.received")]
    SpamReceived { conversation: i64, inbox: i64, message: i64 },
    #[serde(rename = "spam.marked")]
    SpamMarked { conversation: i64, inbox: i64, by: Option<i64> },
    #[serde(rename = "spam.cleared")]
    SpamCleared { conversation: i64, inbox: i64, by: Option<i64> },
    #[serde(rename = "sender.blocked")]
    SenderBlocked { block: i64, by: i64 },
    #[serde(rename = "sender.unblocked")]
    SenderUnblocked { block: i64, by: i64 },
    #[serde(rename = "participant.accepted")]
    ParticipantAccepted { conversation: i64, inbox: i64, message: i64, by: i64 },
    #[serde(rename = "images.allowed")]
    ImagesAllowed { conversation: i64, inbox: i64, message: i64, by: i64 },
    /// Too many automatic answers left in an hour; none leaves for a day.
    #[serde(rename = "answers.stopped")]
    AnswersStopped { inbox: i64 },
    /// It and all of its history are gone; only ids are left of it.
    #[serde(rename = "conversation.exported")]
    ConversationExported { conversation: i64, inbox: i64, by: Option<i64>, format: String },
    /// The oldest messages went, because the inbox keeps fewer.
    #[serde(rename = "message.expired")]
    MessagesExpired { conversation: i64, inbox: i64 },
    /// How long it keeps what was said.
    #[serde(rename = "inbox.keeping_changed")]
    InboxKeepingChanged { inbox: i64, by: Option<i64>, changes: Vec<Change> },
    /// What leaves by itself, what stands below answers, whom it believes.
    #[serde(rename = "inbox.answering_changed")]
    InboxAnsweringChanged { inbox: i64, by: Option<i64>, changes: Vec<Change> },
    #[serde(rename = "conversation.deleted")]
    ConversationDeleted { conversation: i64, inbox: i64, by: Option<i64> },
    /// Out of the sections until this time, or until somebody writes.
    #[serde(rename = "conversation.snoozed")]
    ConversationSnoozed { conversation: i64, inbox: i64, until: Option<i64>, by: Option<i64> },
    #[serde(rename = "conversation.woken")]
    ConversationWoken { conversation: i64, inbox: i64, why: Waking, by: Option<i64> },
    #[serde(rename = "conversation.tagged")]
    ConversationTagged { conversation: i64, inbox: i64, tag: i64, by: Option<i64> },
    #[serde(rename = "conversation.untagged")]
    ConversationUntagged { conversation: i64, inbox: i64, tag: i64, by: Option<i64> },
    /// It stands in this inbox now; before in `from`.
    #[serde(rename = "conversation.moved")]
    ConversationMoved { conversation: i64, inbox: i64, from: i64, by: i64 },
    /// The same, for who reads the inbox that it left.
    #[serde(rename = "conversation.moved_away")]
    ConversationMovedAway { conversation: i64, inbox: i64, by: i64 },
    /// What was said in `other` stands in it now.
    #[serde(rename = "conversation.merged")]
    ConversationMerged { conversation: i64, inbox: i64, other: i64, merger: i64, by: i64 },
    /// It leads to `into` from now on.
    #[serde(rename = "conversation.merged_into")]
    ConversationMergedInto { conversation: i64, inbox: i64, into: i64, by: i64 },
    /// Its merger with `other` was undone.
    #[serde(rename = "conversation.parted")]
    ConversationParted { conversation: i64, inbox: i64, other: i64, by: i64 },
    /// The same for the one that had come into `from`: it stands by itself again.
    #[serde(rename = "conversation.returned")]
    ConversationReturned { conversation: i64, inbox: i64, from: i64, by: i64 },
    /// Messages of it stand in `into` now.
    #[serde(rename = "conversation.split")]
    ConversationSplit { conversation: i64, inbox: i64, into: i64, by: i64 },
    /// It was made of messages of `from`.
    #[serde(rename = "conversation.split_off")]
    ConversationSplitOff { conversation: i64, inbox: i64, from: i64, by: i64 },
    /// From 0 (none) to 4 (urgent).
    #[serde(rename = "conversation.prioritized")]
    ConversationPrioritized { conversation: i64, inbox: i64, priority: i64, by: Option<i64> },
    /// Actions in a row were run on it; which and how they ended is in the run.
    #[serde(rename = "macro.ran")]
    MacroRan { conversation: i64, inbox: i64, run: i64, by: i64 },
    /// Another name or color.
    #[serde(rename = "tag.changed")]
    TagChanged { tag: i64, by: Option<i64>, changes: Vec<Change> },
    /// What had it has another one.
    #[serde(rename = "tag.merged")]
    TagMerged { tag: i64, by: Option<i64>, changes: Vec<Change> },
    #[serde(rename = "tag.deleted")]
    TagDeleted { tag: i64, by: Option<i64>, changes: Vec<Change> },
    /// What `user` wants to hear of it is another than before: their own choice, or a colleague let them watch it.
    #[serde(rename = "watch.changed")]
    WatchChanged { conversation: i64, inbox: i64, user: i64, by: i64 },
    #[serde(rename = "conversation.read")]
    ConversationRead { conversation: i64, inbox: i64, user: i64 },
    /// A saved filter is there, gone or different; `owner` where nobody else finds it.
    #[serde(rename = "filter.changed")]
    FilterChanged { filter: i64, owner: Option<i64> },
    /// A change of many conversations that `user` began has come further.
    #[serde(rename = "bulk.progressed")]
    BulkProgressed { bulk: i64, user: i64 },
    #[serde(rename = "contact.created")]
    ContactCreated { contact: i64 },
    #[serde(rename = "user.created")]
    UserCreated { user: i64, by: Option<i64> },
    #[serde(rename = "user.changed")]
    UserChanged { user: i64, by: Option<i64> },
    #[serde(rename = "user.role_changed")]
    UserRoleChanged { user: i64, by: Option<i64>, from: String, to: String },
    #[serde(rename = "user.rights_changed")]
    UserRightsChanged { user: i64, by: Option<i64>, added: Vec<String>, removed: Vec<String> },
    #[serde(rename = "user.disabled")]
    UserDisabled { user: i64, by: Option<i64> },
    #[serde(rename = "user.enabled")]
    UserEnabled { user: i64, by: Option<i64> },
    #[serde(rename = "user.password_reset_sent")]
    PasswordResetSent { user: i64, by: Option<i64> },
    /// Somebody else ended all sessions of a person.
    #[serde(rename = "user.signed_out")]
    UserSignedOut { user: i64, by: Option<i64> },
    /// `user` owns the workspace from now on, in place of `by` (of `from`, when a command did it).
    #[serde(rename = "workspace.transferred")]
    WorkspaceTransferred { user: i64, from: i64, by: Option<i64> },
    #[serde(rename = "invitation.created")]
    InvitationCreated { invitation: i64, by: Option<i64>, role: String },
    #[serde(rename = "invitation.sent_again")]
    InvitationSentAgain { invitation: i64, by: Option<i64> },
    #[serde(rename = "invitation.revoked")]
    InvitationRevoked { invitation: i64, by: Option<i64> },
    /// The person who was invited is `user` now.
    #[serde(rename = "invitation.accepted")]
    InvitationAccepted { invitation: i64, user: i64, by: Option<i64> },
    #[serde(rename = "team.created")]
    TeamCreated { team: i64, by: Option<i64> },
    /// Name or description.
    #[serde(rename = "team.changed")]
    TeamChanged { team: i64, by: Option<i64> },
    #[serde(rename = "team.deleted")]
    TeamDeleted { team: i64, by: Option<i64> },
    #[serde(rename = "team.joined")]
    TeamJoined { team: i64, user: i64, by: Option<i64> },
    #[serde(rename = "team.left")]
    TeamLeft { team: i64, user: i64, by: Option<i64> },
    /// A new password: by the person, or by a command.
    #[serde(rename = "password.changed")]
    PasswordChanged { user: i64, by: Option<i64> },
    /// Whether new conversations may be handed to this person; what they have now is in their row.
    #[serde(rename = "user.availability_changed")]
    AvailabilityChanged { user: i64, by: Option<i64> },
    #[serde(rename = "session.opened")]
    SessionOpened { user: i64 },
    #[serde(rename = "session.ended")]
    SessionEnded { user: i64 },
    /// A sign-in failed; many within a minute are one fact. `user` is whose account it was, if it is anybody's.
    #[serde(rename = "session.refused")]
    SessionRefused { user: Option<i64>, refusal: i64 },
    /// The person signs in with another address.
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
    /// `user` reads an inbox of chosen people from now on.
    #[serde(rename = "inbox.member_added")]
    InboxMemberAdded { inbox: i64, user: i64, by: Option<i64> },
    #[serde(rename = "inbox.member_removed")]
    InboxMemberRemoved { inbox: i64, user: i64, by: Option<i64> },
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
    /// No mail comes or goes any more; what came stays.
    #[serde(rename = "inbox.disconnected")]
    InboxDisconnected { inbox: i64, by: Option<i64> },
    /// Somebody who manages an inbox made themselves its reader.
    #[serde(rename = "inbox.joined")]
    InboxJoined { inbox: i64, by: i64 },
    /// It counts as lost now, or works again: its owner was told.
    #[serde(rename = "inbox.told")]
    InboxTold { inbox: i64 },
    /// Somebody tried its ways by hand.
    #[serde(rename = "inbox.checked")]
    InboxChecked { inbox: i64 },
    /// What became of a mail that tried it.
    #[serde(rename = "inbox.tested")]
    InboxTested { inbox: i64 },
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

/// Why something happened to a conversation that nobody chose by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// This person handled it and has no access any more.
    Disabled(i64),
    /// The inbox hands out by itself.
    HandedOut,
    /// It hands out by itself, and nobody who reads it is available.
    NobodyAvailable,
    /// It hands out by itself, and everybody available has as many as they may have.
    EverybodyFull,
    /// It was moved to an inbox that this person, who handled it, does not read.
    OutOfReach(i64),
    /// The contact wrote again, and the inbox gives such conversations back to nobody.
    WrittenAgain,
}

/// What brought a conversation back that was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waking {
    Time,
    Message,
    Person,
}
