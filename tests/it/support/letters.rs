//! What a person reads of a mail that reached them.

use mail_parser::MessageParser;
use recado::mailer::Letter;

use super::app::App;

/// The subject.
pub fn subject(letter: &Letter) -> String {
    let message = MessageParser::default().parse(&letter.raw).expect("a mail");
    message.subject().unwrap_or_default().to_owned()
}

/// The text.
pub fn text(letter: &Letter) -> String {
    let message = MessageParser::default().parse(&letter.raw).expect("a mail");
    message.body_text(0).expect("a text").into_owned()
}

/// The path of the first link to us.
pub fn link(app: &App, letter: &Letter) -> String {
    let text = text(letter);
    let link = text.split_whitespace().find(|word| word.starts_with(&app.url)).expect("a link to us");
    link[app.url.len()..].to_owned()
}
