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
        | Event::InboxRestored { .. }
        | Event::InboxDisconnected { .. }
        | Event::InboxJoined { .. }
        | Event::InboxTold { .. } => "refresh".to_owned(),
        Event::InboxTested { inbox } | Event::InboxChecked { inbox } => format!("inbox-{inbox}"),
        Event::UserChanged { .. } => "counters".to_owned(),
        Event::UserCreated { .. }
        | Event::SessionOpened { .. }
        | Event::SessionEnded { .. }
        | Event::ContactCreated { .. } => String::new(),
        event => event.conversation().map(|id| format!("conversation-{id} list counters")).unwrap_or_default(),
    }
}
