//! The files of a message.

use super::super::model::{Attachment, Message, is_picture};
use crate::web::Cx;

/// A file in words.
pub struct File {
    pub key: String,
    pub name: String,
    pub size: String,
    pub icon: &'static str,
    /// Width and height of its place on the page, in CSS pixels.
    pub place: Option<(u32, u32)>,
}

/// The height of a photo on the page at most, in CSS pixels.
const HEIGHT: u32 = 320;

/// The place of a picture of this size. A narrow page makes it smaller and keeps its ratio.
fn place((width, height): (u32, u32)) -> (u32, u32) {
    if height <= HEIGHT {
        return (width, height);
    }
    let narrowed = u64::from(width) * u64::from(HEIGHT) / u64::from(height);
    (u32::try_from(narrowed).unwrap_or(width).max(1), HEIGHT)
}

/// Pictures that browsers show, and everything else. What stands inside the mail's own HTML is not shown twice.
pub fn attached(cx: &Cx, message: &Message) -> (Vec<File>, Vec<File>) {
    // The calendar of an invitation stands in its box.
    let boxed = message.invitation.as_ref().and_then(|_| {
        message.attachments.iter().find(|file| matches!(file.mime.as_str(), "text/calendar" | "application/ics"))
    });
    let is_boxed = |file: &Attachment| boxed.is_some_and(|boxed| boxed.key == file.key);
    let shown = message.attachments.iter().filter(|file| !(file.inline && message.has_html || is_boxed(file)));
    let (photos, files): (Vec<&Attachment>, Vec<&Attachment>) = shown.partition(|file| is_picture(&file.mime));
    let in_words = |list: Vec<&Attachment>| list.into_iter().map(|attachment| file(cx, attachment)).collect();
    (in_words(photos), in_words(files))
}

fn file(cx: &Cx, attachment: &Attachment) -> File {
    File {
        key: attachment.key.clone(),
        name: if attachment.name.is_empty() { cx.t("file-nameless") } else { attachment.name.clone() },
        size: cx.times.size(attachment.size),
        place: attachment.edges.map(place),
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
