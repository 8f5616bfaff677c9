//! The header block of a mail, as it came.

use askama::Template;

use crate::web::Cx;

/// The most that is shown, in bytes; the original holds all.
const MOST: usize = 64 * 1024;

/// The page.
#[derive(Template)]
#[template(path = "conversations/headers.html")]
pub struct HeadersPage {
    cx: Cx,
    message: i64,
    conversation: i64,
    text: String,
}

impl HeadersPage {
    pub fn new(cx: Cx, message: i64, conversation: i64, raw: &[u8]) -> Self {
        Self { cx, message, conversation, text: block(raw) }
    }
}

/// Everything up to the first blank line.
fn block(raw: &[u8]) -> String {
    let raw = &raw[..raw.len().min(MOST)];
    let end = |mark: &[u8]| raw.windows(mark.len()).position(|window| window == mark);
    let end = [end(b"\r\n\r\n"), end(b"\n\n")].into_iter().flatten().min().unwrap_or(raw.len());
    String::from_utf8_lossy(&raw[..end])
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}
