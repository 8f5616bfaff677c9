//! Who is told, how, and when.

mod answers;
mod choices;
mod install;
mod list;
mod mails;
mod push;
mod service;
mod watching;

use recado::conversations::model::MessageKind;
use recado::events::Event;

use crate::support::browser::Browser;
use crate::support::desk::{CONTATO, Desk};
use crate::support::wait::{DEADLINE, until};

pub const HELENA: &str = "Helena Duarte <helena@bemviver.example>";

/// A plain mail of somebody.
pub fn mail(id: &str, from: &str, subject: &str, text: &str) -> String {
    with(id, from, subject, text, "")
}

/// The same with more header fields.
pub fn with(id: &str, from: &str, subject: &str, text: &str, more: &str) -> String {
    format!(
        "Message-ID: <{id}>\r\n{more}From: {from}\r\nTo: {CONTATO}\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
}

/// Hands a conversation to somebody, as its form does.
pub async fn assign(browser: &Browser, conversation: i64, user: i64) {
    let (path, user) = (format!("/conversations/{conversation}/assignment"), user.to_string());
    let answer = browser.post_form(&path, &[("assignee", &user), ("holder", "")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// Opens a conversation as a browser with script does.
pub async fn read(browser: &Browser, conversation: i64) {
    let answer = browser.post_form(&format!("/conversations/{conversation}/read"), &[("message", "999999")]).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
}

/// Waits until everything that happened was told.
pub async fn told(desk: &Desk) {
    until("the facts to be told", DEADLINE, async || {
        let sql = "SELECT count(*) FROM event e
                    WHERE e.id > (SELECT event_id FROM event_cursor WHERE name = 'notifications.told')
                      AND e.kind IN ('message.received', 'conversation.assigned', 'user.mentioned', 'note.written',
                                   'conversation.read')";
        desk.number(sql).await == 0
    })
    .await;
}

/// Who was told why, in the order in which it happened.
pub async fn causes(desk: &Desk) -> String {
    told(desk).await;
    desk.text("SELECT group_concat(user_id || ' ' || cause, ', ') FROM (SELECT * FROM notification ORDER BY id)").await
}

/// A note of Ana that names somebody, as its form will write it.
pub async fn mention(desk: &Desk, conversation: i64, user: i64, text: &str) {
    let sent = desk.write(conversation, &[("kind", MessageKind::Note.as_str()), ("text", text)]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let inbox = desk.inbox.id;
    let write = move |tx: &recado::db::Tx<'_>| {
        let message = tx.query_row("SELECT max(id) FROM message", [], |row| row.get(0))?;
        tx.emit(Event::UserMentioned { conversation, inbox, message, user })
    };
    desk.app.recado.db.write(write).await.expect("told");
}
