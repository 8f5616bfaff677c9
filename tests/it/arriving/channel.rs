//! A channel that has what mail lacks: reactions, edits, messages taken back, kinds that nobody here knows.

use recado::blobs;
use recado::clock::Millis;
use recado::conversations::model::{Incoming, Mailbox, Nature, Receipt};
use recado::conversations::store::inbound;

use crate::support::app::START;
use crate::support::desk::Desk;

pub const HELENA: &str = "helena@bemviver.example";
pub const BRUNO: &str = "bruno@sa.example";

impl Desk {
    /// A desk whose inbox is one of that channel.
    pub async fn on_a_channel() -> Self {
        let desk = Self::start().await;
        let change = |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE inbox SET channel = 'other'", [])?);
        desk.app.recado.db.write(change).await.expect("a channel");
        desk
    }

    /// Takes a piece as a connector of the channel does: the original and what it means, in one transaction.
    pub async fn take(&self, incoming: Incoming) -> Receipt {
        let inbox = self.inbox.id;
        let take = move |tx: &recado::db::Tx<'_>| {
            let raw = blobs::store_in(tx, format!("Subject: raw {}\r\n\r\nraw\r\n", incoming.key).as_bytes())?.id;
            inbound::receive(tx, inbox, "other", &incoming, raw)
        };
        self.app.recado.db.write(take).await.expect("every piece is taken")
    }
}

/// Somebody writes; their first message begins a conversation, later ones go on in it.
pub fn says(from: &str, id: &str, text: &str) -> Incoming {
    Incoming {
        key: id.to_owned(),
        external_id: Some(id.to_owned()),
        sender: person(from),
        text: text.to_owned(),
        references: Vec::from(["w1".to_owned()]),
        ..Incoming::default()
    }
}

/// Somebody does something, so many minutes after the start.
pub fn does(from: &str, key: &str, minutes: Millis, nature: Nature) -> Incoming {
    Incoming {
        key: key.to_owned(),
        nature,
        sender: person(from),
        written_at: Some(START + minutes * 60_000),
        ..Incoming::default()
    }
}

pub fn reacts(to: &str, emoji: &str) -> Nature {
    Nature::Reaction { to: to.to_owned(), emoji: Some(emoji.to_owned()).filter(|emoji| !emoji.is_empty()) }
}

pub fn edits(of: &str, text: &str) -> Nature {
    Nature::Edit { of: of.to_owned(), text: text.to_owned() }
}

pub fn deletes(of: &str) -> Nature {
    Nature::Deletion { of: of.to_owned() }
}

fn person(address: &str) -> Mailbox {
    let name = if address == HELENA { "Helena Duarte" } else { "" };
    Mailbox { name: name.to_owned(), address: address.to_owned() }
}
