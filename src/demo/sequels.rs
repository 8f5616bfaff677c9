//! What customers of the demo do to messages. Mail knows only the first of it; the connectors of chats bring the rest.

use super::story::Step;
use crate::blobs;
use crate::channels::email::CHANNEL;
use crate::conversations::model::{Incoming, Mailbox, Nature};
use crate::conversations::store::inbound;
use crate::error::Result;
use crate::server::App;

/// Somebody does it to the message that was the last one.
pub(super) async fn happen(
    app: &App,
    inbox: i64,
    (name, address): (&str, &str),
    (message, step): (i64, &Step),
) -> Result<()> {
    let read = app.db.read(move |connection| {
        let sql = "SELECT external_id FROM message WHERE id = ?1";
        Ok(connection.query_row(sql, [message], |row| row.get::<_, Option<String>>(0))?)
    });
    let about = read.await?.unwrap_or_default();
    let nature = match step {
        Step::Reacts(emoji) => Nature::Reaction { to: about, emoji: Some((*emoji).to_owned()) },
        Step::Edits(text) => Nature::Edit { of: about, text: (*text).to_owned() },
        _ => Nature::Deletion { of: about },
    };
    let incoming = Incoming {
        key: format!("sequel of {message}"),
        nature,
        sender: Mailbox { name: name.to_owned(), address: address.to_owned() },
        ..Incoming::default()
    };
    let taken = app.db.write(move |tx| {
        let raw = blobs::store_in(tx, incoming.key.as_bytes())?.id;
        inbound::receive(tx, inbox, CHANNEL, &incoming, raw)
    });
    taken.await.map(|_| ())
}
