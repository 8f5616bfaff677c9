//! One message in words.

use super::super::model::{Images, Mailbox, Message, MessageKind, Recipients, Way};
use super::files::{File, attached};
use super::invitation::Invited;
use super::spoken::{Piece, pieces};
use super::state::Progress;
use super::{After, Avatar, When, sequel};
use crate::web::{Cx, i18n};

/// Bytes of a text that a page shows; the rest is behind a link, so that no page grows without end.
const SHOWN: usize = 60_000;

/// A message as its template shows it.
#[expect(clippy::struct_excessive_bools, reason = "each is a part that its template shows or not")]
pub struct Card {
    pub id: i64,
    pub class: String,
    pub label: String,
    /// What stands above a note.
    pub note: String,
    /// Who wrote it, for mail.
    pub head: Option<Writer>,
    pub when: When,
    text: String,
    quoted: String,
    mentions: Vec<String>,
    pub has_frame: bool,
    pub has_quoted_frame: bool,
    pub frame_title: String,
    /// Icon and sentence.
    pub marks: Vec<(&'static str, String)>,
    pub after: After,
    pub files: Vec<File>,
    pub photos: Vec<File>,
    /// Whether its original is offered beside the files.
    pub offers_original: bool,
    /// Set where the subject is another than before.
    pub subject: String,
    pub menu: Option<Menu>,
    pub invitation: Option<Invited>,
    /// Pictures on other servers: none are wanted, or whether they are shown.
    pub images: Option<Images>,
    /// Pictures that could not be fetched, in words; empty: all are there.
    pub missing: String,
    missing_count: i64,
    /// Whether its sender may be let into the conversation.
    pub may_accept: bool,
    /// Where its whole text is, if only the beginning is here.
    pub whole: Option<String>,
    pub progress: Option<Progress>,
}

/// Who wrote a mail, to whom.
pub struct Writer {
    pub avatar: Avatar,
    pub name: String,
    pub line: String,
}

/// What can be done with a mail.
pub struct Menu {
    pub label: String,
    pub answers_all: bool,
    pub has_original: bool,
    /// Whether its text may become a prepared one.
    pub keeps: bool,
}

impl Card {
    pub fn new(cx: &Cx, message: &Message, channel: &str) -> Self {
        let name = writer_name(cx, message);
        let is_note = message.kind == MessageKind::Note;
        let progress = message.delivery.map(|delivery| Progress::new(cx, message, delivery, message.created_at));
        let (photos, files) = attached(cx, message);
        Self {
            id: message.id,
            class: class(message, channel, progress.as_ref()),
            label: cx.t2("message-label", ("name", &name), ("time", cx.times.clock(message.written_at))),
            note: if is_note { cx.t1("note-by", "name", &name) } else { String::new() },
            head: is_mail(message, channel).then(|| Writer {
                avatar: Avatar::new(message.author, &name),
                line: line(cx, message),
                name: name.clone(),
            }),
            when: When::clock(cx, message.written_at),
            text: shown(text(message)).to_owned(),
            quoted: shown(quoted(message)).to_owned(),
            mentions: message.mentions.clone(),
            has_frame: message.has_html,
            has_quoted_frame: message.has_quoted_html,
            frame_title: cx.t1("message-frame", "name", &name),
            marks: marks(cx, message),
            after: After::new(cx, &message.sequel),
            files,
            photos,
            subject: String::new(),
            menu: is_mail(message, channel).then(|| Menu {
                label: cx.t1("message-menu", "name", &name),
                answers_all: message.recipients.to.len() + message.recipients.cc.len() > 1,
                has_original: message.has_original && message.sequel.withdrawn_at.is_none(),
                keeps: message.kind == MessageKind::Outgoing
                    && !message.text.is_empty()
                    && message.sequel.withdrawn_at.is_none(),
            }),
            invitation: message.invitation.as_ref().map(|invitation| Invited::new(cx, invitation, message)),
            images: (message.remote_images > 0).then_some(message.images),
            missing: missing(cx, message),
            missing_count: message.missing_images,
            may_accept: message.unfamiliar && !message.sender_address.is_empty(),
            offers_original: message.kind == MessageKind::Incoming
                && message.has_original
                && message.sequel.withdrawn_at.is_none()
                && (message.unreadable || message.oversize.is_some()),
            whole: is_cut(message).then(|| format!("/messages/{}/text", message.id)),
            progress,
        }
    }

    pub fn text(&self) -> Vec<Piece<'_>> {
        pieces(&self.text, &self.mentions)
    }

    pub fn quoted(&self) -> Vec<Piece<'_>> {
        pieces(&self.quoted, &self.mentions)
    }

    pub fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    pub fn has_files(&self) -> bool {
        !self.files.is_empty() || !self.photos.is_empty() || self.offers_original || self.whole.is_some()
    }

    pub fn has_quoted(&self) -> bool {
        self.has_quoted_frame || !self.quoted.is_empty()
    }

    /// Whether the pictures on other servers are shown.
    pub fn shows_images(&self) -> bool {
        self.images.is_some_and(|images| images != Images::Off)
    }

    /// The address of its frame says which pictures it was made with: a frame is fetched anew when they are tried again.
    pub fn frame(&self) -> String {
        let place = format!("/m/{}/body", self.id);
        match (self.shows_images(), self.missing_count) {
            (false, _) => place,
            (true, 0) => [&place, "?images=1"].concat(),
            (true, missing) => format!("{place}?images=1&missing={missing}"),
        }
    }

    /// Whether they could be shown.
    pub fn offers_images(&self) -> bool {
        self.images == Some(Images::Off)
    }

    /// Whether they are shown for all mails of the sender.
    pub fn trusts_sender(&self) -> bool {
        self.images == Some(Images::Sender)
    }

    /// Whether the time stands below it.
    pub fn has_time_below(&self) -> bool {
        self.head.is_none() && self.progress.is_none()
    }
}

/// The text that is not in a frame.
fn text(message: &Message) -> &str {
    if message.has_html || message.unreadable { "" } else { &message.text }
}

fn quoted(message: &Message) -> &str {
    if message.has_quoted_html { "" } else { &message.quoted }
}

fn is_cut(message: &Message) -> bool {
    text(message).len() > SHOWN || quoted(message).len() > SHOWN
}

fn shown(text: &str) -> &str {
    &text[..text.floor_char_boundary(SHOWN)]
}

/// Notes have no envelope, whatever the channel.
fn is_mail(message: &Message, channel: &str) -> bool {
    channel == "email" && message.kind != MessageKind::Note
}

fn writer_name(cx: &Cx, message: &Message) -> String {
    let known = [&message.sender_name, &message.sender_address].into_iter().find(|text| !text.is_empty());
    known.cloned().unwrap_or_else(|| cx.t("contact-nameless"))
}

fn class(message: &Message, channel: &str, progress: Option<&Progress>) -> String {
    let mut class = "msg".to_owned();
    match message.kind {
        MessageKind::Incoming => {}
        MessageKind::Outgoing => class.push_str(" msg-out"),
        MessageKind::Note => class.push_str(" msg-note"),
    }
    if is_mail(message, channel) {
        class.push_str(" mail");
    }
    if progress.is_some_and(Progress::is_failed) {
        class.push_str(" msg-failed");
    }
    class
}

fn addresses(mailboxes: &[Mailbox]) -> String {
    let addresses: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.address.as_str()).collect();
    addresses.join(", ")
}

/// From which address to whom, with copies.
fn line(cx: &Cx, message: &Message) -> String {
    let to = addresses(&message.recipients.to);
    let cc = addresses(&message.recipients.cc);
    let bcc = addresses(&message.recipients.bcc);
    let way = match (to.is_empty(), cc.is_empty()) {
        (true, true) => String::new(),
        (false, true) => cx.t1("message-to", "to", to),
        (true, false) => cx.t1("message-copy", "cc", cc),
        (false, false) => cx.t2("message-to-copy", ("to", to), ("cc", cc)),
    };
    let way = if bcc.is_empty() { way } else { cx.t2("message-hidden-copy", ("way", way), ("bcc", bcc)) };
    if message.sender_name.is_empty() || message.sender_address.is_empty() {
        way
    } else if way.is_empty() {
        message.sender_address.clone()
    } else {
        cx.t2("message-from", ("from", &message.sender_address), ("way", way))
    }
}

fn missing(cx: &Cx, message: &Message) -> String {
    if message.missing_images == 0 || message.images == Images::Off {
        return String::new();
    }
    cx.count("images-missing", message.missing_images)
}

fn all(recipients: &Recipients) -> String {
    recipients.everybody().map(|mailbox| mailbox.address.as_str()).collect::<Vec<_>>().join(", ")
}

fn marks(cx: &Cx, message: &Message) -> Vec<(&'static str, String)> {
    let mut marks = sequel::marks(cx, &message.sequel, message.unknown.as_deref());
    if let Some(why) = &message.automatic {
        let key = match why.as_str() {
            "auto-reply" => "automatic-auto-reply",
            "bulk" => "automatic-bulk",
            "list" => "automatic-list",
            "bounce" => "automatic-bounce",
            "loop" => "automatic-loop",
            _ => "automatic-other",
        };
        marks.push(("robot", cx.t(key)));
    }
    match message.way {
        Way::Forward => marks.push(("arrow-right", cx.t1("message-forwarded", "to", all(&message.recipients)))),
        Way::Automatic => marks.push(("robot", cx.t("message-automatic-answer"))),
        Way::Reply => {}
    }
    match message.protection.as_deref() {
        Some("signed") => marks.push(("lock", cx.t("message-signed"))),
        Some("encrypted") => marks.push(("lock", cx.t("message-encrypted"))),
        Some(_) => marks.push(("lock", cx.t("message-sealed"))),
        None => {}
    }
    if message.spam {
        marks.push(("hand-stop", cx.t("message-spam")));
    }
    if message.unfamiliar {
        marks.push(("help", cx.t1("message-unfamiliar", "address", &message.sender_address)));
    }
    if message.unreadable {
        marks.push(("file", cx.t("message-unreadable")));
    }
    if let Some(size) = message.oversize {
        let size = cx.times.size(u64::try_from(size).unwrap_or_default());
        marks.push(("file", cx.t1("message-oversize", "size", size)));
    }
    if is_cut(message) {
        let size = cx.times.size((text(message).len() + quoted(message).len()) as u64);
        marks.push(("file-text", cx.t1("message-long", "size", size)));
    }
    if message.remote_images > 0 && message.images == Images::Off {
        marks.push(("photo", cx.with("message-remote-images", &i18n::arg("n", message.remote_images))));
    }
    if message.resent {
        marks.push(("refresh", cx.t("message-resent")));
    }
    marks
}
