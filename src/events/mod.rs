//! Facts that happened, in the past tense, with ids and never with texts or names. A fact is stored in the same
//! transaction as the change it tells of; the bus hears of it after COMMIT and carries no duty: what must happen reads
//! the `event` table from a cursor.

mod concerns;
mod fact;

use std::sync::Arc;

use tokio::sync::broadcast;

pub use fact::{Change, Event, Waking, Why};

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
