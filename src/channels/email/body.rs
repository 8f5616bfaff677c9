//! Which leaves of a mail are its text and which are files.

use std::collections::HashSet;

use super::attachment::{self, Attachment};
use super::compose_body::lines_to_html;
use super::flowed::{self, BreakSpace};
use super::limits::Limits;
use super::structure::{Leaf, Structure};
use super::{calendar, clean, reaction};
use super::{charset, plain, transfer};
use crate::conversations::model::Invitation;

/// The content of a mail.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub text: String,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    pub cut: bool,
    /// `signed`, `encrypted`, or `sealed` (in one piece that only its own programs open).
    pub protection: Option<&'static str>,
    pub invitation: Option<Invitation>,
}

/// A stretch of the body in the forms that the mail gives it.
#[derive(Default)]
struct Stretch {
    alternative: Option<usize>,
    plain: Vec<String>,
    html: Vec<String>,
}

/// Reads texts and files in the order of the mail.
pub(super) fn assemble(structure: &Structure<'_>, limits: &Limits) -> Content {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut attachments = Vec::new();
    // Encoded text is up to three times as long as its bytes; what lies beyond would be cut off anyway.
    let mut budget = limits.text.max(limits.html).saturating_mul(4);
    let mut cut = false;
    for leaf in &structure.leaves {
        if is_body(leaf, structure.leaves.len()) {
            let bytes = &leaf.bytes[..leaf.bytes.len().min(budget)];
            cut |= bytes.len() < leaf.bytes.len();
            budget -= bytes.len();
            add(&mut stretches, leaf, bytes);
        } else if !is_variant(leaf) && !is_seal(leaf) && !reaction::is_gmail(leaf) {
            attachments.push(attachment::read(leaf, attachments.len() + 1));
        }
    }
    if stretches.iter().all(|s| s.plain.is_empty() && s.html.is_empty()) {
        let text = clean::body(&charset::decode(&structure.preamble[..structure.preamble.len().min(budget)], None));
        stretches.push(Stretch { plain: Vec::from([text]), ..Stretch::default() });
    }
    let html = joined_html(&stretches);
    if let Some(html) = &html {
        mark_inline(&mut attachments, html);
    }
    let texts: Vec<String> = stretches.iter().map(text_of).filter(|t| !t.is_empty()).collect();
    let text = texts.join("\n\n");
    let kept = clean::cut(&text, limits.text);
    let protection = protection(structure, kept);
    let invitation = structure.leaves.iter().filter(|leaf| is_calendar(leaf)).find_map(invitation);
    Content { cut: cut || kept.len() < text.len(), text: kept.to_owned(), html, attachments, protection, invitation }
}

fn is_calendar(leaf: &Leaf<'_>) -> bool {
    leaf.kind.is("text", "calendar") || leaf.kind.is("application", "ics")
}

fn invitation(leaf: &Leaf<'_>) -> Option<Invitation> {
    let bytes = transfer::decode(leaf.bytes, &leaf.fields.keyword("content-transfer-encoding"));
    calendar::read(&charset::decode(&bytes, leaf.kind.param("charset")))
}

/// What only a program that checks seals reads: the signature of a mail, the version of its encryption.
fn is_seal(leaf: &Leaf<'_>) -> bool {
    leaf.kind.main == "application"
        && matches!(leaf.kind.sub.as_str(), "pkcs7-signature" | "x-pkcs7-signature" | "pgp-signature" | "pgp-encrypted")
}

/// How a mail is protected (RFC 1847, 3156, 8551), or its text by itself (RFC 9580, section 7).
fn protection(structure: &Structure<'_>, text: &str) -> Option<&'static str> {
    let has = |test: &dyn Fn(&Leaf<'_>) -> bool| structure.leaves.iter().any(test);
    let is_pkcs7 = |leaf: &Leaf<'_>| leaf.kind.main == "application" && leaf.kind.sub.ends_with("pkcs7-mime");
    let is_signed = |leaf: &Leaf<'_>| leaf.kind.param("smime-type").is_some_and(|kind| kind.starts_with("signed"));
    if has(&|leaf| is_pkcs7(leaf) && is_signed(leaf)) {
        Some("sealed")
    } else if has(&|leaf| is_pkcs7(leaf) || leaf.kind.is("application", "pgp-encrypted"))
        || text.trim_start().starts_with("-----BEGIN PGP MESSAGE-----")
    {
        Some("encrypted")
    } else if has(&is_seal) || text.trim_start().starts_with("-----BEGIN PGP SIGNED MESSAGE-----") {
        Some("signed")
    } else {
        None
    }
}

fn is_body(leaf: &Leaf<'_>, leaves: usize) -> bool {
    const FAMILIES: &[&str] = &["application", "audio", "font", "image", "message", "model", "text", "video"];
    let disposition = leaf.fields.typed("content-disposition").map(|d| d.main).unwrap_or_default();
    let text = match leaf.kind.main.as_str() {
        "text" => matches!(leaf.kind.sub.as_str(), "" | "plain" | "html"),
        main => !FAMILIES.contains(&main),
    };
    if !text || disposition == "attachment" {
        return false;
    }
    leaves == 1 || attachment::file_name(leaf).is_none() || (leaf.alternative.is_some() && disposition.is_empty())
}

/// Other forms of a text that stands beside them; nothing a reader would miss.
fn is_variant(leaf: &Leaf<'_>) -> bool {
    leaf.alternative.is_some()
        && leaf.kind.main == "text"
        && matches!(leaf.kind.sub.as_str(), "x-amp-html" | "watch-html" | "enriched" | "richtext")
}

fn add(stretches: &mut Vec<Stretch>, leaf: &Leaf<'_>, bytes: &[u8]) {
    let encoding = leaf.fields.keyword("content-transfer-encoding");
    let bytes = transfer::decode(bytes, &encoding);
    let declared = leaf.kind.param("charset");
    let same = stretches.last().is_some_and(|s| s.alternative.is_some() && s.alternative == leaf.alternative);
    if !same {
        stretches.push(Stretch { alternative: leaf.alternative, ..Stretch::default() });
    }
    let Some(stretch) = stretches.last_mut() else { return };
    if leaf.kind.is("text", "html") {
        let label = declared.map(str::to_owned).or_else(|| charset::html_label(&bytes));
        let html = charset::decode(&bytes, label.as_deref());
        if !html.trim().is_empty() {
            stretch.html.push(html);
        }
    } else {
        let mut text = charset::decode(&bytes, declared);
        if leaf.kind.param("format").is_some_and(|f| f.eq_ignore_ascii_case("flowed")) {
            let added = leaf.kind.param("delsp").is_some_and(|d| d.eq_ignore_ascii_case("yes"));
            text = flowed::unfold(&text, if added { BreakSpace::Added } else { BreakSpace::Text });
        }
        let text = clean::body(&text);
        if !text.is_empty() {
            stretch.plain.push(text);
        }
    }
}

fn text_of(stretch: &Stretch) -> String {
    if !stretch.plain.is_empty() {
        return stretch.plain.join("\n\n");
    }
    let texts: Vec<String> = stretch.html.iter().map(|h| plain::to_text(h)).collect();
    texts.join("\n\n").trim().to_owned()
}

/// The HTML of all stretches, if any has one; those that are text only are escaped.
fn joined_html(stretches: &[Stretch]) -> Option<String> {
    if stretches.iter().all(|s| s.html.is_empty()) {
        return None;
    }
    let one = |s: &Stretch| {
        if s.html.is_empty() { lines_to_html(&s.plain.join("\n\n")) } else { s.html.join("\n<br>\n") }
    };
    Some(stretches.iter().map(one).collect::<Vec<_>>().join("\n<br>\n"))
}

/// Marks the files that the HTML shows by `cid:`.
fn mark_inline(attachments: &mut [Attachment], html: &str) {
    let shown: HashSet<String> = html
        .split("cid:")
        .skip(1)
        .take(10_000)
        .map(|rest| {
            let end = rest.find(['"', '\'', ' ', '>', ')', '\n', '\r']).unwrap_or(rest.len()).min(998);
            clean::cut(rest, end).to_ascii_lowercase()
        })
        .collect();
    for attachment in attachments {
        attachment.inline = attachment.content_id.as_ref().is_some_and(|id| shown.contains(&id.to_ascii_lowercase()));
    }
}
