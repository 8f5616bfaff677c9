//! Which blocks a fact concerns.

use crate::events::Event;

/// The names of the blocks, separated by spaces; empty when no block shows it.
pub(super) fn of(event: &Event) -> String {
    match event {
        Event::DeliveryChanged { conversation, .. } => format!("conversation-{conversation} list"),
        Event::ConversationRead { .. } => "list counters".to_owned(),
        Event::InboxCreated { .. }
        | Event::InboxChanged { .. }
        | Event::InboxLost { .. }
        | Event::AnswersStopped { .. }
        | Event::InboxRestored { .. }
        | Event::InboxDisconnected { .. }
        | Event::InboxJoined { .. }
        | Event::InboxTold { .. } => "refresh".to_owned(),
        Event::InboxTested { inbox } | Event::InboxChecked { inbox } => format!("inbox-{inbox}"),
        Event::UserChanged { .. } => "counters".to_owned(),
        // Every list of people to hand something to, and this person's own switch.
        Event::AvailabilityChanged { user, .. } => format!("availability availability-{user}"),
        Event::ConversationTagged { conversation, .. } | Event::ConversationUntagged { conversation, .. } => {
            format!("conversation-{conversation} list tags-{conversation}")
        }
        Event::ConversationPrioritized { conversation, .. } => format!("conversation-{conversation} list"),
        // Its blocks would find nothing; the page that shows it says what happened.
        Event::ConversationDeleted { conversation, .. } => format!("deleted-{conversation} list counters"),
        Event::UserCreated { .. }
        | Event::SessionOpened { .. }
        | Event::SessionEnded { .. }
        | Event::ContactCreated { .. } => String::new(),
        event => event.conversation().map(|id| format!("conversation-{id} list counters")).unwrap_or_default(),
    }
}
