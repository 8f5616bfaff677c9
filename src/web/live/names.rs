//! Which blocks a fact concerns.

use crate::events::Event;

/// The names of the blocks, separated by spaces; empty when no block shows it.
pub(super) fn of(event: &Event) -> String {
    match event {
        Event::DeliveryChanged { conversation, .. } => format!("conversation-{conversation} list"),
        // What filters ask for, beyond sections: the numbers beside the saved ones follow.
        Event::WatchChanged { conversation, .. } | Event::ConversationPrioritized { conversation, .. } => {
            format!("conversation-{conversation} list filters")
        }
        Event::ConversationRead { .. } => "list counters".to_owned(),
        Event::UsersNotified { .. } => "bell".to_owned(),
        Event::InboxCreated { .. }
        | Event::InboxChanged { .. }
        | Event::InboxAnsweringChanged { .. }
        | Event::InboxMemberAdded { .. }
        | Event::InboxMemberRemoved { .. }
        | Event::InboxLost { .. }
        | Event::AnswersStopped { .. }
        | Event::InboxRestored { .. }
        | Event::InboxDisconnected { .. }
        | Event::InboxJoined { .. }
        | Event::InboxTold { .. } => "refresh".to_owned(),
        Event::FilterChanged { .. } => "filters".to_owned(),
        Event::BulkProgressed { bulk, .. } => format!("bulk-{bulk}"),
        Event::InboxTested { inbox } | Event::InboxChecked { inbox } => format!("inbox-{inbox}"),
        Event::UserChanged { .. } | Event::UserRightsChanged { .. } => "counters people".to_owned(),
        event if event.is_about_tags() => "refresh".to_owned(),
        event if event.is_about_people() => "people".to_owned(),
        // Every list of people to hand something to, and this person's own switch.
        Event::AvailabilityChanged { user, .. } => format!("availability availability-{user}"),
        Event::ConversationTagged { conversation, .. } | Event::ConversationUntagged { conversation, .. } => {
            format!("conversation-{conversation} list filters tags-{conversation}")
        }
        // Other messages stand in it, earlier ones too: what is shown of them is fetched as a whole.
        Event::ConversationMerged { conversation, .. }
        | Event::ConversationParted { conversation, .. }
        | Event::ConversationSplit { conversation, .. } => format!("joined-{conversation} list counters"),
        // Its blocks would find nothing; the page that shows it says what happened.
        Event::ConversationDeleted { conversation, .. }
        | Event::ConversationMergedInto { conversation, .. }
        | Event::ConversationMovedAway { conversation, .. } => format!("deleted-{conversation} list counters"),
        Event::InboxKeepingChanged { .. }
        | Event::ConversationExported { .. }
        | Event::SessionOpened { .. }
        | Event::SessionEnded { .. }
        | Event::ContactCreated { .. } => String::new(),
        event => event.conversation().map(|id| format!("conversation-{id} list counters")).unwrap_or_default(),
    }
}
