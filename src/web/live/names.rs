//! Which blocks a fact concerns.

use crate::events::Event;

/// The names of the blocks, separated by spaces; empty when no block shows it.
pub(super) fn of(event: &Event) -> String {
    match event {
        Event::DeliveryChanged { conversation, .. } => format!("conversation-{conversation} list"),
        Event::ConversationRead { .. } => "list counters".to_owned(),
        Event::InboxCreated { .. }
        | Event::InboxChanged { .. }
        | Event::InboxMemberAdded { .. }
        | Event::InboxMemberRemoved { .. }
        | Event::InboxLost { .. }
        | Event::InboxRestored { .. } => "refresh".to_owned(),
        Event::UserChanged { .. } | Event::UserRightsChanged { .. } => "counters people".to_owned(),
        event if event.is_about_people() => "people".to_owned(),
        Event::SessionOpened { .. } | Event::SessionEnded { .. } | Event::ContactCreated { .. } => String::new(),
        event => event.conversation().map(|id| format!("conversation-{id} list counters")).unwrap_or_default(),
    }
}
