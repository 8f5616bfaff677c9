//! The document inside the frame of a mail: what the sender wrote, cleaned when it came in, and a style sheet of its own.

use askama::Template;

/// A mail expects white paper under it, in the dark as well; the frame around it gives it that.
const STYLE: &str = "<style>\
    :root{color-scheme:light}\
    html{overflow-wrap:anywhere}\
    body{margin:0;padding:1px;font:15px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#1d2420;background:#fff}\
    a{color:#0a5a40}\
    img{max-width:100%;height:auto}\
    img:not([src]):not([alt]),img:not([src])[alt='']{display:none}\
    table{max-width:100%}\
    pre{white-space:pre-wrap}\
    blockquote{margin:8px 0;padding-left:12px;border-left:2px solid #8d877b}\
    </style>";

/// The document.
#[derive(Template)]
#[template(path = "conversations/_body.html")]
pub struct FramePage {
    lang: &'static str,
    title: String,
    style: &'static str,
    html: String,
}

impl FramePage {
    /// `html` is only ever what the sanitizer let through.
    pub fn new(lang: &'static str, title: String, html: String) -> Self {
        Self { lang, title, style: STYLE, html }
    }
}
