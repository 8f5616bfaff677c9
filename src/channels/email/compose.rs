//! Writes an outgoing mail. Every header value goes through lettre's types; a line break in one is refused, not
//! repaired, since only an attack or a fault puts it there.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox as LettreMailbox, Message, MessageBuilder, MultiPart, SinglePart};
use url::Host;

use super::clean;
use super::compose_body;
use super::mailbox::Mailbox;
use crate::conversations::model::subject::base;

/// References kept: the first, which names the conversation, and the newest.
const MOST_REFERENCES: usize = 20;
/// The longest Message-ID that is repeated, so that a folded line stays below 998 bytes.
const LONGEST_ID: usize = 900;
/// The longest subject in bytes, for the same reason.
const LONGEST_SUBJECT: usize = 800;

/// Who wrote an outgoing mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// A teammate: answers by machines are welcome.
    Person,
    /// The product itself: carries the marks that keep other machines silent.
    Automatic,
}

/// What an answer repeats of the mail it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// "On … wrote:" in the reader's language.
    pub introduction: String,
    /// The plain text of that mail.
    pub text: String,
}

/// A file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingFile {
    /// File name as shown to the reader.
    pub name: String,
    /// `type/subtype`; an invalid one is sent as `application/octet-stream`.
    pub mime: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A mail to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Name and address of the inbox.
    pub from: Mailbox,
    /// Recipients; at least one here or in `cc`.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// The signed address that answers go to (see `ReplyKey::reply_address`).
    pub reply_to: Option<String>,
    /// Without angle brackets (see `ReplyKey::message_id`). The same on every attempt to send.
    pub message_id: String,
    /// The mail that is answered, without angle brackets; with it the subject gets its `Re:`.
    pub in_reply_to: Option<String>,
    /// That mail's own references and then its Message-ID, without angle brackets, oldest first.
    pub references: Vec<String>,
    /// The latest subject of the conversation.
    pub subject: String,
    /// Milliseconds since 1970, UTC; not before 1970.
    pub sent_at_ms: i64,
    /// Outlook's mark of the conversation, echoed.
    pub outlook_index: Option<String>,
    /// The subject that Outlook groups by, echoed.
    pub outlook_topic: Option<String>,
    /// Who wrote it.
    pub writer: Writer,
    /// Plain text, signature included.
    pub text: String,
    /// What is repeated below the text.
    pub quoted: Option<Quoted>,
    /// Files in their order.
    pub attachments: Vec<OutgoingFile>,
}

/// Why a mail was not written.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A control character, such as a line break, in a header value.
    #[error("a line break or control character in {field}")]
    Control {
        /// The header field.
        field: &'static str,
    },
    /// An address that no mail server would accept.
    #[error("an invalid address in {field}")]
    Address {
        /// The header field.
        field: &'static str,
    },
    /// Neither `to` nor `cc` names anybody.
    #[error("no recipient")]
    NoRecipient,
    /// A date before 1970.
    #[error("a date before 1970")]
    Date,
    /// The mail could not be put together.
    #[error("the mail could not be built")]
    Build(#[from] lettre::error::Error),
}

/// Writes the bytes of a mail, with CRLF line ends.
///
/// # Errors
/// Control characters in a header value, an invalid address, no recipient, a date before 1970.
pub fn compose(draft: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    let text = SinglePart::plain(compose_body::plain(&draft.text, draft.quoted.as_ref()));
    let html = SinglePart::html(compose_body::html(&draft.text, draft.quoted.as_ref()));
    let body = MultiPart::alternative().singlepart(text).singlepart(html);
    let builder = headers(draft)?;
    let message = if draft.attachments.is_empty() {
        builder.multipart(body)?
    } else {
        let mut mixed = MultiPart::mixed().multipart(body);
        for file in &draft.attachments {
            mixed = mixed.singlepart(attachment(file));
        }
        builder.multipart(mixed)?
    };
    Ok(message.formatted())
}

/// A subject with one `Re:` in place of all the prefixes that mail programs put before it.
#[must_use]
pub fn reply_subject(subject: &str) -> String {
    format!("Re: {}", base(subject)).trim_end().to_owned()
}

fn headers(draft: &Outgoing) -> Result<MessageBuilder, ComposeError> {
    if draft.to.is_empty() && draft.cc.is_empty() {
        return Err(ComposeError::NoRecipient);
    }
    let sent = u64::try_from(draft.sent_at_ms).map_err(|_| ComposeError::Date)?;
    let sent = UNIX_EPOCH.checked_add(Duration::from_millis(sent)).filter(|_| sent < 253_402_300_800_000);
    let subject = value("Subject", &draft.subject)?;
    let subject = if draft.in_reply_to.is_some() { reply_subject(subject) } else { subject.trim().to_owned() };
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}>", own_id(&draft.message_id)?)))
        .date(sent.ok_or(ComposeError::Date)?)
        .from(mailbox("From", &draft.from)?)
        .subject(clean::cut(&subject, LONGEST_SUBJECT));
    for to in &draft.to {
        builder = builder.to(mailbox("To", to)?);
    }
    for cc in &draft.cc {
        builder = builder.cc(mailbox("Cc", cc)?);
    }
    if let Some(reply_to) = &draft.reply_to {
        let address = Mailbox { name: draft.from.name.clone(), address: reply_to.clone() };
        builder = builder.reply_to(mailbox("Reply-To", &address)?);
    }
    let builder = conversation(builder, draft)?;
    marks(builder, draft)
}

/// The headers by which other programs group a conversation.
fn conversation(mut builder: MessageBuilder, draft: &Outgoing) -> Result<MessageBuilder, ComposeError> {
    // An odd Message-ID of the other side must not stop the answer: it is left out.
    if let Some(answered) = &draft.in_reply_to
        && let Some(answered) = sound_id(value("In-Reply-To", answered)?)
    {
        builder = builder.in_reply_to(format!("<{answered}>"));
    }
    let references = trimmed(&draft.references);
    if !references.is_empty() {
        builder = builder.references(references.join(" "));
    }
    if let Some(index) = &draft.outlook_index {
        builder = extra(builder, "Thread-Index", index)?;
    }
    if let Some(topic) = &draft.outlook_topic {
        builder = extra(builder, "Thread-Topic", topic)?;
    }
    Ok(builder)
}

/// The headers that keep machines from answering each other.
fn marks(mut builder: MessageBuilder, draft: &Outgoing) -> Result<MessageBuilder, ComposeError> {
    builder = extra(builder, "X-Recado-Loop", &draft.from.address)?;
    if draft.writer == Writer::Automatic {
        for (name, value) in
            [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), ("Precedence", "bulk")]
        {
            builder = extra(builder, name, value)?;
        }
    }
    Ok(builder)
}

fn extra(builder: MessageBuilder, name: &'static str, text: &str) -> Result<MessageBuilder, ComposeError> {
    let text = clean::cut(value(name, text)?.trim(), LONGEST_SUBJECT).to_owned();
    Ok(builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), text)))
}

/// Refuses what could begin another header.
fn value<'t>(field: &'static str, text: &'t str) -> Result<&'t str, ComposeError> {
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(odd) { Err(ComposeError::Control { field }) } else { Ok(text) }
}

fn mailbox(field: &'static str, mailbox: &Mailbox) -> Result<LettreMailbox, ComposeError> {
    let name = value(field, &mailbox.name)?.trim();
    let (local, domain) = value(field, &mailbox.address)?.rsplit_once('@').ok_or(ComposeError::Address { field })?;
    // Names of domains travel in their ASCII form; a local part outside ASCII needs servers that few have.
    let domain = if domain.is_ascii() { domain.to_owned() } else { ascii_domain(field, domain)? };
    if !local.is_ascii() {
        return Err(ComposeError::Address { field });
    }
    let address = Address::new(local, domain).map_err(|_| ComposeError::Address { field })?;
    Ok(LettreMailbox::new(Some(name.to_owned()).filter(|n| !n.is_empty()), address))
}

fn ascii_domain(field: &'static str, domain: &str) -> Result<String, ComposeError> {
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) => Ok(ascii),
        _ => Err(ComposeError::Address { field }),
    }
}

fn sound_id(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['<', '>']);
    let sound = !text.is_empty()
        && text.len() <= LONGEST_ID
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>');
    sound.then_some(text)
}

fn own_id(text: &str) -> Result<&str, ComposeError> {
    let field = "Message-ID";
    sound_id(value(field, text)?).ok_or(ComposeError::Address { field })
}

/// References in angle brackets without the unusable and the doubled ones: the first and the newest.
fn trimmed(references: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for reference in references.iter().filter_map(|r| sound_id(r)) {
        let reference = format!("<{reference}>");
        if !kept.contains(&reference) {
            kept.push(reference);
        }
        if kept.len() > MOST_REFERENCES {
            kept.remove(1);
        }
    }
    kept
}

/// Files travel in base64, so that no server touches their line ends. A mail as a file would then break its own type's
/// rule (RFC 2046, section 5.2.1), so it is sent as plain bytes with its name.
fn attachment(file: &OutgoingFile) -> SinglePart {
    let kind = if file.mime.to_ascii_lowercase().starts_with("message/") { "" } else { file.mime.as_str() };
    let kind =
        Some(kind).filter(|k| k.is_ascii() && !k.contains(char::is_control)).and_then(|k| ContentType::parse(k).ok());
    let kind =
        kind.unwrap_or_else(|| ContentType::parse("application/octet-stream").unwrap_or(ContentType::TEXT_PLAIN));
    let name = clean::file_name(&file.name).unwrap_or_else(|| "file".to_owned());
    let body = Body::new_with_encoding(file.bytes.clone(), ContentTransferEncoding::Base64)
        .unwrap_or_else(|bytes| Body::dangerous_pre_encoded(bytes, ContentTransferEncoding::Binary));
    Attachment::new(name).body(body, kind)
}
