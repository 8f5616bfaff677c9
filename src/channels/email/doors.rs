//! Servers that cannot be reached are asked once a minute, however much mail waits for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::{MINUTE, Millis};
use crate::inboxes::Inbox;
use crate::mailer::{Attempt, Reason};

/// Which servers could not be reached, until when they are left alone, and why.
#[derive(Clone, Default)]
pub struct Doors(Arc<Mutex<HashMap<String, Closed>>>);

struct Closed {
    until: Millis,
    reason: Reason,
}

impl Doors {
    /// Why the server of an inbox is not asked now. Once its time is over, one caller may, and the others wait for that one.
    #[must_use]
    pub fn closed(&self, inbox: &Inbox, now: Millis) -> Option<Reason> {
        let mut closed = self.closed_doors();
        let door = closed.get_mut(&server(inbox))?;
        // A clock that was set back closes no door for long.
        if (door.until - MINUTE..door.until).contains(&now) {
            return Some(door.reason.clone());
        }
        door.until = now + MINUTE;
        None
    }

    /// What an attempt says of the server.
    pub fn note(&self, inbox: &Inbox, attempt: &Attempt, now: Millis) {
        let mut closed = self.closed_doors();
        match attempt {
            Attempt::Later(reason) if is_the_servers(reason) => {
                closed.insert(server(inbox), Closed { until: now + MINUTE, reason: reason.clone() });
            }
            _ => {
                closed.remove(&server(inbox));
            }
        }
    }

    fn closed_doors(&self) -> MutexGuard<'_, HashMap<String, Closed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server of the inbox's own, or (empty) that of the house.
fn server(inbox: &Inbox) -> String {
    inbox.mail.smtp.as_ref().map(|own| format!("{}:{}", own.host, own.port)).unwrap_or_default()
}

/// Whether nobody could send there now. What is wrong with one inbox's password is nothing for the others.
fn is_the_servers(reason: &Reason) -> bool {
    matches!(reason.key, "delivery-no-server" | "delivery-no-answer" | "delivery-no-starttls" | "delivery-tls")
}
