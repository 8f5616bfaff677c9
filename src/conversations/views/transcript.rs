//! A conversation on paper, and as a file.

use askama::Template;
use data_encoding::BASE64;
use lettre::message::header::{Headers, Subject};
use serde_json::{Value, json};

use super::super::model::Conversation;
use super::super::store::export::{Notes, Said};
use super::{contact_name, sequel};
use crate::web::Cx;
use crate::web::times::Times;

/// The page that is printed.
#[derive(Template)]
#[template(path = "conversations/transcript.html")]
pub struct TranscriptPage {
    pub cx: Cx,
    pub conversation: Conversation,
    pub said: Vec<Said>,
    pub notes: Notes,
    /// The last message of this part, when there are more.
    pub next: Option<i64>,
}

impl TranscriptPage {
    fn contact(&self) -> String {
        contact_name(&self.cx, &self.conversation)
    }

    fn with_notes(&self) -> bool {
        self.notes == Notes::Included
    }

    fn who(&self, said: &Said) -> String {
        match (said.name.as_str(), said.address.as_str()) {
            ("", "") => self.contact(),
            ("", address) => address.to_owned(),
            (name, "") => name.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }

    fn after(&self, said: &Said) -> Vec<String> {
        after(&self.cx, said)
    }

    fn files(&self, said: &Said) -> Vec<String> {
        said.files.iter().map(|(name, _, size)| format!("{name} ({})", self.cx.times.size(*size))).collect()
    }
}

/// What became of a message, line by line.
fn after(cx: &Cx, said: &Said) -> Vec<String> {
    let marks = sequel::marks(cx, &said.sequel, said.unknown.as_deref()).into_iter().map(|(_, words)| words);
    let earlier = sequel::earlier(cx, &said.sequel).into_iter().map(|(until, text)| [until, text].join(" "));
    marks.chain(earlier).chain(sequel::reactions(cx, &said.sequel)).collect()
}

/// What stands before the messages of a JSON file.
pub fn json_beginning(conversation: &Conversation) -> String {
    let about = json!({
        "id": conversation.id,
        "subject": conversation.subject,
        "inbox": { "name": conversation.inbox_name, "channel": conversation.channel, "address": conversation.inbox_address },
        "contact": { "id": conversation.contact, "name": conversation.contact_name },
        "state": conversation.state.as_str(),
        "assignee": conversation.assignee.as_ref().map(|person| person.name.clone()),
        "tags": conversation.tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>(),
    });
    format!("{{\"format\":\"recado.conversation.1\",\"conversation\":{about},\"messages\":[")
}

/// One message in it.
pub fn json_message(times: &Times, said: &Said) -> Value {
    json!({
        "id": said.id,
        "kind": said.kind.as_str(),
        "at": times.stamp(said.written_at),
        "from": { "name": said.name, "address": said.address },
        "recipients": said.recipients,
        "subject": said.subject,
        "text": said.text,
        "quoted": said.quoted,
        "delivery": said.delivery,
        "unknown_kind": said.unknown,
        "edited_at": said.sequel.edited_at.map(|at| times.stamp(at)),
        "deleted_at": said.sequel.withdrawn_at.map(|at| times.stamp(at)),
        "earlier": said.sequel.earlier.iter()
            .map(|earlier| json!({ "text": earlier.text, "until": times.stamp(earlier.until) }))
            .collect::<Vec<_>>(),
        "reactions": said.sequel.reactions.iter()
            .map(|reaction| json!({ "emoji": reaction.emoji, "name": reaction.name, "at": times.stamp(reaction.at) }))
            .collect::<Vec<_>>(),
        "files": said.files.iter()
            .map(|(name, mime, size)| json!({ "name": name, "type": mime, "bytes": size }))
            .collect::<Vec<_>>(),
    })
}

/// The head of a mail (RFC 5322) that carries the mails of a conversation (as `message/rfc822`, RFC 2046 section 5.2.1),
/// up to the first of them.
pub fn mail_beginning(cx: &Cx, conversation: &Conversation, boundary: &str) -> String {
    let title = cx.t1("transcript-mail", "name", contact_name(cx, conversation));
    let lines = [title.as_str(), &conversation.subject, &conversation.inbox_name, &cx.times.full(cx.times.now())];
    let mut subject = Headers::new();
    subject.set(Subject::from(title.clone()));
    format!(
        "{subject}Date: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n{}",
        cx.times.mail(cx.times.now()),
        words_part(boundary, &lines.join("\r\n")),
    )
}

/// Words between the mails.
fn words_part(boundary: &str, words: &str) -> String {
    let text = BASE64.encode(words.as_bytes());
    let text: Vec<&str> = text.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    let text = text.join("\r\n");
    format!(
        "--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}\r\n"
    )
}

/// What became of a message, as a part behind its mail; empty when nothing did.
pub fn after_part(cx: &Cx, boundary: &str, said: &Said) -> String {
    let lines = after(cx, said);
    if lines.is_empty() {
        return String::new();
    }
    let about = cx.t2("transcript-about", ("name", &said.name), ("when", cx.times.full(said.written_at)));
    words_part(boundary, &[&[about], lines.as_slice()].concat().join("\r\n"))
}

/// What stands before one of its mails.
pub fn mail_part(boundary: &str, id: i64) -> String {
    format!(
        "--{boundary}\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\
         Content-Disposition: attachment; filename=\"{id}.eml\"\r\n\r\n"
    )
}
