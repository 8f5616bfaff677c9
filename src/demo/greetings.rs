//! What leaves by itself in the demo: set at the end, and heard by one customer who writes then.

use super::{letters, mailbox};
use crate::auth::Viewer;
use crate::channels::email::{Intake, Mailbox, Outgoing, compose};
use crate::clock::{MINUTE, Millis};
use crate::error::{Error, Result};
use crate::inboxes::store::answering;
use crate::inboxes::{Answering, Inbox, Wording};
use crate::server::App;

/// The greeting, and the words for when nobody is there: Portuguese, English.
const GREETING: (&str, &str) = (
    "Oi, aqui é a {company}. Recebemos sua mensagem e respondemos hoje mesmo.",
    "Hello, this is {company}. We have your message and answer it today.",
);
const CLOSED: (&str, &str) = (
    "Oi, aqui é a {company}. Agora estamos fechados e voltamos {next_opening}.",
    "Hello, this is {company}. We are closed now and back {next_opening}.",
);

/// Sets the words of an inbox, and lets somebody write to it.
pub(super) async fn set(app: &App, owner: &Viewer, inbox: &Inbox, now: Millis) -> Result<()> {
    app.clock().hold(now - MINUTE);
    let words = |(pt, en): (&str, &str)| Wording { pt_br: pt.to_owned(), en: en.to_owned() };
    let answering = Answering { greeting: words(GREETING), closed: words(CLOSED), ..inbox.mail.answering.clone() };
    let (by, id) = (owner.clone(), inbox.id);
    app.db.write(move |tx| answering::set(tx, &by, id, &answering)).await?;
    let raw = compose(&Outgoing {
        from: Mailbox { name: "Emily Carter".to_owned(), address: "emily.carter@correio.com.br".to_owned() },
        to: vec![Mailbox { name: String::new(), address: inbox.address.clone() }],
        message_id: "emily.carter.1@correio.com.br".to_owned(),
        subject: "Small office in Lourdes".to_owned(),
        sent_at_ms: app.clock().now(),
        ..mailbox::letter("Hi, do you also plan small offices? Ours is 48 m² and a bit dark.")
    });
    let intake = Intake { db: app.db.clone(), keys: app.keys.clone(), max_bytes: app.config.max_mail_bytes };
    let (receipt, _) = intake.receive(inbox, raw.map_err(Error::internal)?).await?;
    let read = app.db.read(move |connection| {
        let sql = "SELECT id FROM message WHERE conversation_id = ?1 AND way = 'automatic'";
        Ok(connection.query_row(sql, [receipt.conversation], |row| row.get::<_, i64>(0))?)
    });
    letters::sent(app, read.await?).await
}
