//! Reads a raw mail. Never fails and never panics: what cannot be read is left out and marked.

use std::panic::{AssertUnwindSafe, catch_unwind};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::attachment::Attachment;
use super::bounce::{self, Bounce};
use super::detect::{self, Automatic};
use super::fields::Fields;
use super::limits::Limits;
use super::mailbox::{self, Mailbox};
use super::{body, reaction, structure};
use crate::conversations::model::Invitation;

/// How much of an oversize mail is looked at.
pub(super) const OVERSIZE_SAMPLE: usize = 1024 * 1024;

/// A mail as it was written, decoded. Texts and names come from the sender: escape them, clean the HTML.
#[derive(Debug, Clone, Default)]
pub struct Mail {
    /// Without angle brackets; `None` if the mail has none (see [`synthetic_id`]).
    pub message_id: Option<String>,
    /// Message-IDs of the mails that this one answers.
    pub in_reply_to: Vec<String>,
    /// Message-IDs of the conversation so far, oldest first.
    pub references: Vec<String>,
    /// One line of at most 998 characters.
    pub subject: String,
    /// Who wrote it: the only field that may be matched with a contact.
    pub from: Mailbox,
    /// Where answers go; never an identity.
    pub reply_to: Vec<Mailbox>,
    /// Addressed people and lists.
    pub to: Vec<Mailbox>,
    /// People and lists that get a copy.
    pub cc: Vec<Mailbox>,
    /// Addresses that the mail was delivered to, as servers on the way noted them.
    pub delivered_to: Vec<String>,
    /// The time that the mail itself names, in milliseconds since 1970 (UTC).
    pub sent_at_ms: Option<i64>,
    /// The readable text, from the plain part or else from the HTML; quotes included.
    pub text: String,
    /// The HTML as the sender wrote it: **unsafe**. It is shown only after `sanitize`.
    pub html: Option<String>,
    /// Files in the order of the mail.
    pub attachments: Vec<Attachment>,
    /// Parts beyond the cap, which only the raw mail holds.
    pub omitted_parts: usize,
    /// Whether the text was longer than the cap, so that only the raw mail holds all of it.
    pub text_cut: bool,
    /// Why no automatic answer may be sent; `None` if a person wrote it.
    pub automatic: Option<Automatic>,
    /// Addresses of inboxes that this mail was sent from by an installation of the product.
    pub loop_marks: Vec<String>,
    /// What a report of failed delivery says.
    pub bounce: Option<Bounce>,
    /// Whether a filter before us marked it as spam.
    pub spam: bool,
    /// `Authentication-Results` values, newest first. Only those written by an own server may be trusted.
    pub authentication_results: Vec<String>,
    /// Outlook's marks of a conversation, to be echoed in answers.
    pub outlook_index: Option<String>,
    /// The subject that Outlook groups by.
    pub outlook_topic: Option<String>,
    /// How it is protected: `signed`, `encrypted`, or `sealed`. Nothing of it was checked.
    pub protection: Option<&'static str>,
    /// The meeting that it invites to or tells of.
    pub invitation: Option<Invitation>,
    /// The emoji that it puts under the first of the mails that it answers.
    pub reaction: Option<String>,
    /// The size in bytes of a mail beyond the cap, of which only headers and the first text were read.
    pub oversize: Option<u64>,
    /// Nothing in it looks like a mail, or reading it failed: show the raw mail as a file.
    pub unreadable: bool,
}

impl Mail {
    /// Whether a mail of this very inbox came back to it. Mail between two installations carries the other's mark and
    /// is ordinary mail.
    #[must_use]
    pub fn came_back_to(&self, inbox_address: &str) -> bool {
        self.loop_marks.iter().any(|mark| mark.eq_ignore_ascii_case(inbox_address.trim()))
    }
}

/// Reads a mail.
#[must_use]
pub fn parse(raw: &[u8], limits: &Limits) -> Mail {
    catch_unwind(AssertUnwindSafe(|| read(raw, limits)))
        .unwrap_or_else(|_| catch_unwind(AssertUnwindSafe(|| salvage(raw, limits))).unwrap_or_else(|_| unreadable()))
}

/// A Message-ID for a mail that has none: always the same for the same bytes.
#[must_use]
pub fn synthetic_id(raw: &[u8]) -> String {
    let digest = Sha256::digest(raw);
    format!("{}@missing.invalid", HEXLOWER.encode(&digest[..20]))
}

fn read(raw: &[u8], limits: &Limits) -> Mail {
    let oversize = raw.len() > limits.size;
    let seen = if oversize { &raw[..OVERSIZE_SAMPLE.min(limits.size)] } else { raw };
    let unix = old_line_ends(seen);
    let seen = unix.as_deref().unwrap_or(seen);
    let (fields, start) = Fields::split(seen, limits.fields);
    let mut mail = envelope(&fields);
    mail.unreadable = !looks_like_mail(&fields);
    let hints = bounce::Hints::of(&fields);
    let structure = structure::walk(seen, fields, start, limits);
    let content = body::assemble(&structure, limits);
    mail.bounce = bounce::read(&mail, hints, &structure, &content.text);
    if mail.bounce.is_some() && mail.automatic != Some(Automatic::Loop) {
        mail.automatic = Some(Automatic::Bounce);
    }
    mail.text = content.text;
    mail.text_cut = content.cut;
    mail.protection = content.protection;
    mail.invitation = content.invitation;
    mail.reaction = reaction::read(&structure);
    mail.omitted_parts = structure.omitted;
    if oversize {
        mail.oversize = u64::try_from(raw.len()).ok();
    } else {
        mail.html = content.html;
        mail.attachments = content.attachments;
    }
    mail
}

/// Everything that the header block says.
fn envelope(fields: &Fields<'_>) -> Mail {
    let from = mailbox::sender(fields);
    let delivered = ["delivered-to", "x-original-to", "x-forwarded-to", "envelope-to", "x-envelope-to"];
    let addresses = delivered.iter().flat_map(|name| fields.mailboxes(name)).map(|m| m.address);
    Mail {
        message_id: fields.ids("message-id").into_iter().next().or_else(|| bare_id(fields)),
        in_reply_to: fields.ids("in-reply-to"),
        references: fields.ids("references"),
        subject: fields.text("subject").unwrap_or_default(),
        reply_to: fields.mailboxes("reply-to"),
        to: fields.mailboxes("to"),
        cc: fields.mailboxes("cc"),
        delivered_to: addresses.filter(|a| !a.is_empty()).take(mailbox::MOST).collect(),
        sent_at_ms: fields.date_ms("date"),
        automatic: detect::automatic(fields, &from),
        loop_marks: fields.mailboxes("x-recado-loop").into_iter().map(|m| m.address).collect(),
        spam: detect::is_spam(fields),
        authentication_results: fields.texts("authentication-results").take(20).collect(),
        outlook_index: fields.text("thread-index"),
        outlook_topic: fields.text("thread-topic"),
        from,
        ..Mail::default()
    }
}

/// A Message-ID without brackets and `@` is still one if it is a single word.
fn bare_id(fields: &Fields<'_>) -> Option<String> {
    fields.text("message-id").filter(|id| !id.contains([' ', '<', '>']))
}

fn looks_like_mail(fields: &Fields<'_>) -> bool {
    let known = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
        "reply-to",
        "sender",
        "content-type",
    ];
    known.iter().any(|name| fields.has(name))
}

/// Mails with the line ends of old Macintosh systems: a lone carriage return.
fn old_line_ends(raw: &[u8]) -> Option<Vec<u8>> {
    let head = &raw[..raw.len().min(16 * 1024)];
    if head.contains(&b'\n') || !head.contains(&b'\r') {
        return None;
    }
    Some(raw.iter().map(|&b| if b == b'\r' { b'\n' } else { b }).collect())
}

/// What is left when reading failed: the header block alone.
fn salvage(raw: &[u8], limits: &Limits) -> Mail {
    let (fields, _) = Fields::split(&raw[..raw.len().min(OVERSIZE_SAMPLE)], limits.fields);
    Mail { unreadable: true, ..envelope(&fields) }
}

fn unreadable() -> Mail {
    Mail { unreadable: true, ..Mail::default() }
}
