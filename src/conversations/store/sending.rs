//! What a person sends from an answer box: at once, after a moment, or at a time; and their draft is done.

use super::super::model::{Addressed, Hold, MessageKind, Slot, Typing, Undo, Written};
use super::{choices, drafts, waiting, writing};
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::db::Tx;
use crate::error::Result;

/// All that a box sends.
#[derive(Debug, Clone)]
pub struct Sending {
    pub written: Written,
    pub addressed: Addressed,
    /// Files of the draft that go with it, by their keys.
    pub kept: Vec<String>,
    /// The version of the draft that the box knows.
    pub base: i64,
    /// When it leaves, where somebody chose.
    pub at: Option<Millis>,
}

/// Keeps a note, sends an answer, or lets it wait.
///
/// # Errors
/// As [`writing::send`].
pub fn put(tx: &Tx<'_>, by: &Viewer, conversation: i64, sending: &Sending) -> Result<()> {
    let mut written = sending.written.clone();
    let kept = drafts::chosen(tx, by.id, conversation, &sending.kept)?;
    written.files.splice(0..0, kept);
    let both = (&written, &sending.addressed);
    match (written.kind, sending.at) {
        (MessageKind::Outgoing, Some(at)) => waiting::hold(tx, by, conversation, both, (Hold::Schedule, at))?,
        (MessageKind::Outgoing, None) if choices::undo(tx, by.id)? == Undo::On => {
            waiting::hold(tx, by, conversation, both, (Hold::Undo, tx.now() + Undo::PAUSE))?;
        }
        _ => {
            writing::send(tx, by, conversation, &written, &sending.addressed)?;
        }
    }
    drafts::sent(tx, by.id, conversation, &sending.typing())
}

impl Sending {
    fn typing(&self) -> Typing {
        Typing {
            slot: Slot::of(self.written.kind, self.addressed.scope, self.addressed.about),
            text: self.written.text.clone(),
            page: self.written.client_id.clone().unwrap_or_default(),
            base: self.base,
        }
    }
}
