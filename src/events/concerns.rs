//! Whom a fact concerns: the inbox, conversation, contact and person it tells of.

use super::Event;

impl Event {
    /// The inbox whose readers may know of it; `None` for facts outside the inboxes.
    #[must_use]
    pub fn inbox(&self) -> Option<i64> {
        match self {
            Self::MessageReceived { inbox, .. }
            | Self::MessageImported { inbox, .. }
            | Self::MessageChanged { inbox, .. }
            | Self::ConversationImported { inbox, .. }
            | Self::MessageWritten { inbox, .. }
            | Self::MessageForwarded { inbox, .. }
            | Self::AnswerHeld { inbox, .. }
            | Self::AnswerWithdrawn { inbox, .. }
            | Self::NoteWritten { inbox, .. }
            | Self::UserMentioned { inbox, .. }
            | Self::DeliveryChanged { inbox, .. }
            | Self::ConversationCreated { inbox, .. }
            | Self::ConversationAssigned { inbox, .. }
            | Self::ConversationClosed { inbox, .. }
            | Self::ConversationReopened { inbox, .. }
            | Self::ConversationDeleted { inbox, .. }
            | Self::ConversationExported { inbox, .. }
            | Self::MessagesExpired { inbox, .. }
            | Self::InboxKeepingChanged { inbox, .. }
            | Self::InboxAnsweringChanged { inbox, .. }
            | Self::ConversationSnoozed { inbox, .. }
            | Self::ConversationWoken { inbox, .. }
            | Self::ConversationTagged { inbox, .. }
            | Self::ConversationUntagged { inbox, .. }
            | Self::ConversationPrioritized { inbox, .. }
            | Self::ConversationMoved { inbox, .. }
            | Self::ConversationMovedAway { inbox, .. }
            | Self::ConversationMerged { inbox, .. }
            | Self::ConversationMergedInto { inbox, .. }
            | Self::ConversationParted { inbox, .. }
            | Self::ConversationReturned { inbox, .. }
            | Self::ConversationSplit { inbox, .. }
            | Self::ConversationSplitOff { inbox, .. }
            | Self::MacroRan { inbox, .. }
            | Self::WatchChanged { inbox, .. }
            | Self::ConversationRead { inbox, .. }
            | Self::SpamReceived { inbox, .. }
            | Self::SpamMarked { inbox, .. }
            | Self::SpamCleared { inbox, .. }
            | Self::ParticipantAccepted { inbox, .. }
            | Self::ImagesAllowed { inbox, .. }
            | Self::AnswersStopped { inbox }
            | Self::InboxCreated { inbox, .. }
            | Self::InboxChanged { inbox, .. }
            | Self::InboxMemberAdded { inbox, .. }
            | Self::InboxMemberRemoved { inbox, .. }
            | Self::InboxLost { inbox }
            | Self::InboxRestored { inbox }
            | Self::InboxDisconnected { inbox, .. }
            | Self::InboxJoined { inbox, .. }
            | Self::InboxTold { inbox }
            | Self::InboxChecked { inbox }
            | Self::InboxTested { inbox } => Some(*inbox),
            _ => None,
        }
    }

    /// Whether it tells of the people and teams of the workspace: whoever runs them sees it at once.
    #[must_use]
    pub fn is_about_people(&self) -> bool {
        matches!(
            self,
            Self::UserCreated { .. }
                | Self::UserChanged { .. }
                | Self::UserRoleChanged { .. }
                | Self::UserRightsChanged { .. }
                | Self::UserDisabled { .. }
                | Self::UserEnabled { .. }
                | Self::WorkspaceTransferred { .. }
                | Self::InvitationCreated { .. }
                | Self::InvitationSentAgain { .. }
                | Self::InvitationRevoked { .. }
                | Self::InvitationAccepted { .. }
                | Self::TeamCreated { .. }
                | Self::TeamChanged { .. }
                | Self::TeamDeleted { .. }
                | Self::TeamJoined { .. }
                | Self::TeamLeft { .. }
        )
    }

    /// Whether it tells of a tag itself, which everybody sees.
    #[must_use]
    pub fn is_about_tags(&self) -> bool {
        matches!(self, Self::TagChanged { .. } | Self::TagMerged { .. } | Self::TagDeleted { .. })
    }

    /// Whether it tells of an inbox and of nothing inside it.
    #[must_use]
    pub fn is_about_inbox(&self) -> bool {
        self.inbox().is_some() && self.conversation().is_none()
    }

    /// The conversation it tells of, if it tells of one.
    #[must_use]
    pub fn conversation(&self) -> Option<i64> {
        match self {
            Self::MessageReceived { conversation, .. }
            | Self::MessageImported { conversation, .. }
            | Self::MessageChanged { conversation, .. }
            | Self::ConversationImported { conversation, .. }
            | Self::MessageWritten { conversation, .. }
            | Self::MessageForwarded { conversation, .. }
            | Self::AnswerHeld { conversation, .. }
            | Self::AnswerWithdrawn { conversation, .. }
            | Self::NoteWritten { conversation, .. }
            | Self::UserMentioned { conversation, .. }
            | Self::DeliveryChanged { conversation, .. }
            | Self::ConversationCreated { conversation, .. }
            | Self::ConversationAssigned { conversation, .. }
            | Self::ConversationClosed { conversation, .. }
            | Self::ConversationReopened { conversation, .. }
            | Self::SpamReceived { conversation, .. }
            | Self::SpamMarked { conversation, .. }
            | Self::SpamCleared { conversation, .. }
            | Self::ParticipantAccepted { conversation, .. }
            | Self::ImagesAllowed { conversation, .. }
            | Self::ConversationDeleted { conversation, .. }
            | Self::ConversationExported { conversation, .. }
            | Self::MessagesExpired { conversation, .. }
            | Self::ConversationSnoozed { conversation, .. }
            | Self::ConversationWoken { conversation, .. }
            | Self::ConversationTagged { conversation, .. }
            | Self::ConversationUntagged { conversation, .. }
            | Self::ConversationPrioritized { conversation, .. }
            | Self::ConversationMoved { conversation, .. }
            | Self::ConversationMovedAway { conversation, .. }
            | Self::ConversationMerged { conversation, .. }
            | Self::ConversationMergedInto { conversation, .. }
            | Self::ConversationParted { conversation, .. }
            | Self::ConversationReturned { conversation, .. }
            | Self::ConversationSplit { conversation, .. }
            | Self::ConversationSplitOff { conversation, .. }
            | Self::MacroRan { conversation, .. }
            | Self::WatchChanged { conversation, .. }
            | Self::ConversationRead { conversation, .. } => Some(*conversation),
            _ => None,
        }
    }

    /// The contact it tells of by itself (conversations lead to theirs).
    #[must_use]
    pub fn contact(&self) -> Option<i64> {
        match self {
            Self::ConversationCreated { contact, .. }
            | Self::ConversationImported { contact, .. }
            | Self::ContactCreated { contact } => Some(*contact),
            _ => None,
        }
    }

    /// The user it concerns by itself: facts that only that person's browsers need.
    #[must_use]
    pub fn user(&self) -> Option<i64> {
        match self {
            Self::ConversationRead { user, .. }
            | Self::UserMentioned { user, .. }
            | Self::BulkProgressed { user, .. }
            | Self::UserCreated { user, .. }
            | Self::UserChanged { user, .. }
            | Self::UserRoleChanged { user, .. }
            | Self::UserRightsChanged { user, .. }
            | Self::UserDisabled { user, .. }
            | Self::UserEnabled { user, .. }
            | Self::PasswordResetSent { user, .. }
            | Self::UserSignedOut { user, .. }
            | Self::WorkspaceTransferred { user, .. }
            | Self::InvitationAccepted { user, .. }
            | Self::TeamJoined { user, .. }
            | Self::TeamLeft { user, .. }
            | Self::InboxMemberAdded { user, .. }
            | Self::InboxMemberRemoved { user, .. }
            | Self::PasswordChanged { user, .. }
            | Self::AvailabilityChanged { user, .. }
            | Self::SessionOpened { user }
            | Self::SessionEnded { user }
            | Self::EmailChanged { user, .. }
            | Self::SecondFactorEnabled { user, .. }
            | Self::SecondFactorDisabled { user, .. }
            | Self::SecondFactorReset { user, .. }
            | Self::RecoveryCodeUsed { user, .. }
            | Self::RecoveryCodesRenewed { user, .. } => Some(*user),
            Self::SessionRefused { user, .. } | Self::FilterChanged { owner: user, .. } => *user,
            _ => None,
        }
    }
}
