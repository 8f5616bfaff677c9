//! The files of a message.

use super::super::model::{Attachment, Message};
use crate::web::Cx;

/// A file in words.
pub struct File {
    pub key: String,
    pub name: String,
    pub size: String,
    pub icon: &'static str,
}

/// Pictures that browsers show, and everything else. What stands inside the mail's own HTML is not shown twice.
pub fn attached(cx: &Cx, message: &Message) -> (Vec<File>, Vec<File>) {
    // The calendar of an invitation stands in its box.
    let boxed = message.invitation.as_ref().and_then(|_| {
        message.attachments.iter().find(|file| matches!(file.mime.as_str(), "text/calendar" | "application/ics"))
    });
    let is_boxed = |file: &Attachment| boxed.is_some_and(|boxed| boxed.key == file.key);
    let shown = message.attachments.iter().filter(|file| !(file.inline && message.has_html || is_boxed(file)));
    let (photos, files): (Vec<&Attachment>, Vec<&Attachment>) = shown.partition(|file| is_photo(&file.mime));
    let in_words = |list: Vec<&Attachment>| list.into_iter().map(|attachment| file(cx, attachment)).collect();
    (in_words(photos), in_words(files))
}

fn is_photo(mime: &str) -> bool {
    matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

fn file(cx: &Cx, attachment: &Attachment) -> File {
    File {
        key: attachment.key.clone(),
        name: if attachment.name.is_empty() { cx.t("file-nameless") } else { attachment.name.clone() },
        size: cx.times.size(attachment.size),
        icon: match attachment.mime.as_str() {
            "application/pdf" => "file-type-pdf",
            mime if mime.starts_with("image/") => "photo",
            mime if mime.starts_with("text/") => "file-text",
            "message/rfc822" => "mail",
            "text/calendar" => "calendar-event",
            _ => "file",
        },
    }
}
