//! The document inside the frame of a mail: what the sender wrote, cleaned when it came in, and a style sheet of its own.

use askama::Template;

use crate::web::Cx;

/// Looks of every mail. The margins at the ends belong to the bubble around the frame.
const STYLE: &str = "<style>\
    html{overflow-wrap:anywhere}\
    body{margin:0;padding:1px;font:15px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\
    body>:first-child,body>:first-child>:first-child{margin-top:0}\
    body>:last-child,body>:last-child>:last-child{margin-bottom:0}\
    img{max-width:100%;height:auto}\
    img:not([src]):not([alt]),img:not([src])[alt=''],img[src^='images/']:not([alt]){display:none}\
    table{max-width:100%}\
    pre{white-space:pre-wrap}\
    blockquote{margin:8px 0;padding-left:12px;border-left:2px solid #8d877b}\
    </style>";

/// A mail with colors or pictures of its own expects white paper under it, in the dark as well: its dark words and logos
/// would vanish. There the paper has a margin, as it has an edge.
const PAPER: &str = "<style>\
    :root{color-scheme:light}\
    body{color:#1d2420;background:#fff}\
    a{color:#0a5a40}\
    @media(prefers-color-scheme:dark){:root:not([data-theme=light]) body{padding:12px}}\
    :root[data-theme=dark] body{padding:12px}\
    </style>";

/// Words alone look like the rest of the page: ink on what lies under the frame.
const INK: &str = "<style>\
    :root{color-scheme:light;color:#1d2420}\
    a{color:#0a5a40}\
    @media(prefers-color-scheme:dark){\
    :root:not([data-theme=light]){color-scheme:dark;color:#ecebe5}\
    :root:not([data-theme=light]) a{color:#86d9b4}}\
    :root[data-theme=dark]{color-scheme:dark;color:#ecebe5}\
    :root[data-theme=dark] a{color:#86d9b4}\
    </style>";

/// What gives a mail looks of its own. A word that only mentions it costs nothing but white paper.
const OWN_LOOKS: [&str; 3] = ["color", "background", "<img"];

/// The document.
#[derive(Template)]
#[template(path = "conversations/_body.html")]
pub struct FramePage {
    lang: &'static str,
    theme: Option<&'static str>,
    title: String,
    style: &'static str,
    ground: &'static str,
    html: String,
}

impl FramePage {
    /// `html` is only ever what the sanitizer let through.
    pub fn new(cx: &Cx, title: String, html: String) -> Self {
        let ground = if OWN_LOOKS.iter().any(|look| html.contains(look)) { PAPER } else { INK };
        Self { lang: cx.lang.tag(), theme: cx.theme(), title, style: STYLE, ground, html }
    }
}
