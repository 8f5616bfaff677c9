//! Makes the HTML of a mail harmless: an allow-list of elements, attributes and addresses. Nothing is loaded from
//! elsewhere, nothing runs, nothing leaves its place. The cleaned text is never edited afterwards.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use ammonia::{Builder, Url, UrlRelative};

use super::limits::Limits;
use super::{complexity, style};

/// Elements that may stay.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];
/// Elements that go with everything inside.
const EMPTIED: &[&str] = &[
    "applet", "audio", "canvas", "embed", "frameset", "head", "iframe", "math", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];
const EVERYWHERE: &[&str] = &["align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width"];
const OF_ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("font", &["color", "face", "size"]),
    ("img", &["alt", "border", "src"]),
    ("li", &["value"]),
    ("ol", &["start", "type"]),
    ("table", &["border", "cellpadding", "cellspacing"]),
    ("td", &["colspan", "nowrap", "rowspan"]),
    ("th", &["colspan", "nowrap", "rowspan", "scope"]),
    ("ul", &["type"]),
];
/// Schemes of links. `cid` and `data` are for pictures and refused in links by the filter.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "cid", "data"];
/// The largest picture written into the HTML itself, in bytes of its address.
const LONGEST_PICTURE: usize = 512 * 1024;
/// Where the frame of a mail finds its pictures, relative to its own address; a number follows.
const NUMBERED: &str = "images/";
/// Pictures of one mail that may be asked for.
const MOST_IMAGES: u32 = 300;
/// The longest address of a picture, in bytes.
const LONGEST_ADDRESS: usize = 4_096;
/// Rounds until cleaning changes nothing; what still changes is built to deceive.
const MOST_ROUNDS: usize = 5;

/// The harmless form of a mail's HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sanitized {
    /// A fragment for the body of a frame of its own; empty if `too_complex`.
    pub html: String,
    /// Where pictures would have been loaded from. The HTML names them by number: `images/0`.
    pub images: Vec<String>,
    /// Pictures that were left out, because nobody is meant to see them or they are on no web.
    pub dropped_images: usize,
    /// The HTML is too large, too deep or built to deceive: show the plain text.
    pub too_complex: bool,
}

/// Cleans the HTML of a mail. `cids` gives the address under which the product serves each inline picture, by its
/// `Content-ID` without angle brackets; pictures that are not in it are left out.
#[must_use]
pub fn sanitize<S: std::hash::BuildHasher>(
    html: &str,
    limits: &Limits,
    cids: &HashMap<String, String, S>,
) -> Sanitized {
    sanitize_after(html, limits, cids, 0)
}

/// The same for HTML that stands beside other HTML with `before` pictures of its own: its numbers go on after those.
#[must_use]
pub fn sanitize_after<S: std::hash::BuildHasher>(
    html: &str,
    limits: &Limits,
    cids: &HashMap<String, String, S>,
    before: usize,
) -> Sanitized {
    let refused = Sanitized { too_complex: true, ..Sanitized::default() };
    let Some(hidden) = complexity::measured(html, limits) else {
        return refused;
    };
    let remote = Arc::new(Mutex::new(Remote::default()));
    let served = cids.iter().map(|(id, url)| (id.to_ascii_lowercase(), url.clone())).collect();
    let builder = builder(Pictures { served, hidden, before, remote: Arc::clone(&remote) });
    let mut clean = builder.clean(html).to_string();
    let Remote { images, dropped: dropped_images } = remote.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for _ in 1..MOST_ROUNDS {
        if !complexity::fits(&clean, limits) {
            return refused;
        }
        let again = builder.clean(&clean).to_string();
        if again == clean {
            return Sanitized { html: clean, images, dropped_images, too_complex: false };
        }
        clean = again;
    }
    refused
}

/// Where pictures may come from.
struct Pictures {
    served: HashMap<String, String>,
    /// Sources that nobody is meant to see.
    hidden: HashSet<String>,
    before: usize,
    remote: Arc<Mutex<Remote>>,
}

/// Pictures on other servers.
#[derive(Debug, Clone, Default)]
struct Remote {
    images: Vec<String>,
    dropped: usize,
}

fn builder(pictures: Pictures) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(EMPTIED.iter().copied().collect())
        .generic_attributes(EVERYWHERE.iter().copied().collect())
        .tag_attributes(
            OF_ELEMENTS
                .iter()
                .map(|(element, names)| (*element, names.iter().copied().collect::<HashSet<_>>()))
                .collect(),
        )
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .set_tag_attribute_value("a", "target", "_blank")
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true)
        .attribute_filter(move |element, name, value| attribute(&pictures, element, name, value));
    builder
}

fn attribute<'v>(pictures: &Pictures, element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let kept = match name {
        "src" => return pictures.source(value),
        "href" => is_link(value),
        "style" => return style::keep(value).map(Cow::Owned),
        "bgcolor" | "color" => value.len() <= 24 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'),
        "width" | "height" => is_number(value.trim_end_matches('%'), 4_000),
        "colspan" | "rowspan" | "span" => is_number(value, 100),
        "border" | "cellpadding" | "cellspacing" => is_number(value, 200),
        "size" => is_number(value.trim_start_matches(['+', '-']), 7),
        "start" | "value" => is_number(value, 1_000_000),
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "target" | "rel" => element == "a",
        "title" | "alt" => true,
        _ => value.len() <= 60 && value.chars().all(|c| c.is_alphanumeric() || " ,-_'".contains(c)),
    };
    kept.then_some(Cow::Borrowed(value))
}

fn is_number(value: &str, most: u32) -> bool {
    value.len() <= 8 && value.bytes().all(|b| b.is_ascii_digit()) && value.parse::<u32>().is_ok_and(|n| n <= most)
}

/// An absolute address that a person may follow.
fn is_link(value: &str) -> bool {
    Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel"))
}

impl Pictures {
    fn source<'v>(&self, value: &'v str) -> Option<Cow<'v, str>> {
        let trimmed = value.trim();
        let lower = trimmed.get(..5).unwrap_or_default().to_ascii_lowercase();
        if lower.starts_with("cid:") {
            let id = trimmed[4..].to_ascii_lowercase();
            let url = self.served.get(&id).or_else(|| self.served.get(&unescaped(&id)));
            return url.cloned().map(Cow::Owned);
        }
        if lower == "data:" {
            return is_picture(trimmed).then_some(Cow::Borrowed(value));
        }
        if self.served.values().any(|url| url == value) {
            return Some(Cow::Borrowed(value));
        }
        let mut remote = self.remote.lock().unwrap_or_else(PoisonError::into_inner);
        // The second round sees the work of the first. Written by a sender it names a picture of the same mail or none.
        let number = value.strip_prefix(NUMBERED).filter(|number| is_number(number, 2 * MOST_IMAGES));
        if number.is_some_and(|number| number == "0" || !number.starts_with('0')) {
            return Some(Cow::Borrowed(value));
        }
        if trimmed.is_empty() {
            return None;
        }
        let url = web_address(trimmed).filter(|_| !self.hidden.contains(value));
        let place = url.and_then(|url| {
            let known = remote.images.iter().position(|known| *known == url);
            if known.is_none() && remote.images.len() < MOST_IMAGES as usize {
                remote.images.push(url);
                return Some(remote.images.len() - 1);
            }
            known
        });
        remote.dropped += usize::from(place.is_none());
        place.map(|place| Cow::Owned(format!("{NUMBERED}{}", self.before + place)))
    }
}

/// An address of the web in its usual form.
fn web_address(value: &str) -> Option<String> {
    let whole = if value.starts_with("//") { format!("https:{value}") } else { value.to_owned() };
    let url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let text = url.to_string();
    (text.len() <= LONGEST_ADDRESS).then_some(text)
}

/// A small raster picture inside the HTML.
fn is_picture(value: &str) -> bool {
    let Some((head, bytes)) = value.split_once(',') else {
        return false;
    };
    let kinds = [
        "data:image/png;base64",
        "data:image/jpeg;base64",
        "data:image/jpg;base64",
        "data:image/gif;base64",
        "data:image/webp;base64",
    ];
    value.len() <= LONGEST_PICTURE
        && kinds.iter().any(|kind| head.eq_ignore_ascii_case(kind))
        && bytes.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/= \r\n\t".contains(&b))
}

/// Percent codes in a `cid:` address, for which few writers care.
fn unescaped(id: &str) -> String {
    let coded: Vec<u8> = id.bytes().map(|b| if b == b'%' { b'=' } else { b }).collect();
    if id.contains('=') {
        id.to_owned()
    } else {
        String::from_utf8_lossy(&super::transfer::quoted_printable(&coded)).into_owned()
    }
}
