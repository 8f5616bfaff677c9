//! The customers' page, as types.

use askama::Template;

use crate::inboxes::Inbox;
use crate::web::Cx;

/// Somebody who can be played.
pub(super) struct Person {
    pub name: String,
    pub address: String,
}

/// A mail as its receiver sees it.
pub(super) struct Letter {
    /// Its place in the order of sending.
    pub place: usize,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub files: Vec<String>,
    pub time: String,
}

/// The page.
#[derive(Template)]
#[template(path = "demo/mailbox.html")]
pub(super) struct MailboxPage {
    pub cx: Cx,
    pub people: Vec<Person>,
    pub inboxes: Vec<Inbox>,
    pub letters: Vec<Letter>,
    /// Whom the visitor plays.
    pub chosen: String,
    pub name: String,
    /// The mail that is answered: its place and subject.
    pub answering: Option<(usize, String)>,
}

/// The mails alone, for the block that asks for itself.
#[derive(Template)]
#[template(path = "demo/letters.html")]
pub(super) struct LettersBlock {
    pub cx: Cx,
    pub letters: Vec<Letter>,
    pub chosen: String,
}
