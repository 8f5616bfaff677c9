//! The header fields of a mail or of a part: split without copying, read on demand.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::parsers::MessageStream;

use super::mailbox::{self, Mailbox};
use super::{charset, clean, words};

/// The longest value that is read of one field, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;
/// The most Message-IDs read from one field.
const MOST_IDS: usize = 200;
/// Fields that are kept, once each, when a header block exceeds its cap.
const NEEDED: &[&str] = &[
    "auto-submitted",
    "cc",
    "content-disposition",
    "content-id",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "from",
    "in-reply-to",
    "list-id",
    "list-unsubscribe",
    "message-id",
    "precedence",
    "references",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
    "x-original-to",
    "x-ms-exchange-organization-scl",
    "x-recado-loop",
    "x-spam-flag",
    "x-spam-status",
];

/// Header fields in their order, names in lower case.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    list: Vec<(String, &'a [u8])>,
}

/// A value of the form `type/subtype; name=value` or `disposition; name=value`.
#[derive(Debug, Default, Clone)]
pub(super) struct Typed {
    /// The first word, in lower case: `text`, `attachment`.
    pub main: String,
    /// What follows the slash, in lower case.
    pub sub: String,
    params: Vec<(String, String)>,
}

impl Typed {
    /// What a part is that does not say it.
    pub fn text() -> Self {
        Self { main: "text".to_owned(), sub: "plain".to_owned(), params: Vec::new() }
    }

    /// What a part of a digest is that does not say it.
    pub fn mail() -> Self {
        Self { main: "message".to_owned(), sub: "rfc822".to_owned(), params: Vec::new() }
    }

    pub fn is(&self, main: &str, sub: &str) -> bool {
        self.main == main && self.sub == sub
    }

    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }
}

impl<'a> Fields<'a> {
    /// Splits the header block at the beginning of a mail, keeping at most `most` fields and afterwards only the needed
    /// ones. Gives the fields and where the body begins. Lines that are no header are skipped if the block goes on
    /// after them and begin the body otherwise; a line that begins with `--` always ends the block.
    pub fn split(raw: &'a [u8], most: usize) -> (Self, usize) {
        Self::split_from(raw, leading_blank(raw), most)
    }

    /// The same for a part, where a blank first line means that it has no header block.
    pub fn split_part(raw: &'a [u8], most: usize) -> (Self, usize) {
        Self::split_from(raw, 0, most)
    }

    fn split_from(raw: &'a [u8], mut at: usize, most: usize) -> (Self, usize) {
        let mut fields = Self::default();
        let mut extra = HashSet::new();
        let mut open: Option<(String, usize, usize)> = None;
        while at < raw.len() {
            let next = line_end(raw, at);
            let line = trim_end(&raw[at..next]);
            if line.is_empty() {
                at = next;
                break;
            }
            if line[0] == b' ' || line[0] == b'\t' {
                if let Some((_, _, end)) = open.as_mut() {
                    *end = at + line.len();
                }
            } else if let Some((name, skip)) = field_name(line) {
                fields.keep(raw, open.take(), most, &mut extra);
                open = Some((name, at + skip, at + line.len()));
            } else if line.starts_with(b"--") || (open.is_none() && !is_envelope(line)) || !goes_on(raw, next, line) {
                break;
            }
            at = next;
        }
        fields.keep(raw, open, most, &mut extra);
        (fields, at)
    }

    fn keep(&mut self, raw: &'a [u8], open: Option<(String, usize, usize)>, most: usize, extra: &mut HashSet<String>) {
        let Some((name, start, end)) = open else { return };
        let wanted = self.list.len() < most
            || NEEDED.contains(&name.as_str()) && self.raw(&name).is_none() && extra.insert(name.clone());
        if wanted {
            let end = end.min(start + LONGEST_VALUE);
            self.list.push((name, &raw[start..end]));
        }
    }

    /// The first value of a field as it stands in the mail.
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.all_raw(name).next()
    }

    fn all_raw<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a [u8]> + 's {
        self.list.iter().filter(move |(n, _)| n == name).map(|(_, v)| *v)
    }

    /// The first value of a field as one decoded line of at most 998 characters; `None` if absent or blank.
    pub fn text(&self, name: &str) -> Option<String> {
        self.texts(name).next()
    }

    /// All values of a field as decoded lines.
    pub fn texts<'s>(&'s self, name: &'s str) -> impl Iterator<Item = String> + 's {
        self.all_raw(name).map(|raw| clean::line(&words::decode(raw), 998)).filter(|text| !text.is_empty())
    }

    /// The first value in lower case, without comments after the first word's end; for fields that hold a keyword.
    pub fn keyword(&self, name: &str) -> String {
        let text = self.text(name).unwrap_or_default().to_ascii_lowercase();
        text.split([';', '(', ' ', ',']).find(|w| !w.is_empty()).unwrap_or_default().trim_matches('"').to_owned()
    }

    pub fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    /// The addresses of all fields of that name.
    pub fn mailboxes(&self, name: &str) -> Vec<Mailbox> {
        self.all_raw(name).flat_map(|raw| mailbox::read(&words::normalize(raw))).take(mailbox::MOST).collect()
    }

    /// The Message-IDs in a field, without angle brackets.
    pub fn ids(&self, name: &str) -> Vec<String> {
        self.all_raw(name).flat_map(|raw| ids(&String::from_utf8_lossy(raw))).take(MOST_IDS).collect()
    }

    /// A date field in milliseconds since 1970, UTC; `None` if it cannot be read or lies outside 1970 to 2100.
    pub fn date_ms(&self, name: &str) -> Option<i64> {
        const YEAR_2100: i64 = 4_102_444_800;
        let line = ended(self.raw(name)?.to_vec());
        let value = guarded(|| MessageStream::new(&line).parse_date())?;
        let date = value.as_datetime().filter(|d| d.is_valid())?;
        let seconds = guarded(|| date.to_timestamp())?;
        (1..YEAR_2100).contains(&seconds).then_some(seconds * 1000)
    }

    /// `Content-Type` or `Content-Disposition`.
    pub fn typed(&self, name: &str) -> Option<Typed> {
        let raw = self.raw(name)?;
        let line = ended(charset::decode(raw, None).into_bytes());
        let value = guarded(|| MessageStream::new(&line).parse_content_type())?;
        let value = value.as_content_type()?;
        let params = value.attributes().unwrap_or_default().iter().take(64).map(|a| {
            let text = if a.value.contains("=?") { words::decode(a.value.as_bytes()) } else { a.value.to_string() };
            (a.name.to_ascii_lowercase(), text)
        });
        Some(Typed {
            main: value.ctype().trim().to_ascii_lowercase(),
            sub: value.subtype().unwrap_or_default().trim().to_ascii_lowercase(),
            params: params.collect(),
        })
    }
}

/// Runs a reader of another library; a panic there counts as unreadable.
pub(super) fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

/// The field readers expect a line end.
pub(super) fn ended(mut line: Vec<u8>) -> Vec<u8> {
    line.retain(|&b| b != 0);
    line.push(b'\n');
    line
}

/// Message-IDs in angle brackets; words with an `@` where a writer forgot the brackets.
pub(super) fn ids(text: &str) -> Vec<String> {
    let tidy = |id: &str| -> Option<String> {
        let id: String =
            id.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>')).collect();
        (!id.is_empty() && id.len() <= 998).then_some(id)
    };
    let bracketed: Vec<String> = text
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').and_then(|(id, _)| tidy(id)))
        .take(MOST_IDS)
        .collect();
    if !bracketed.is_empty() {
        return bracketed;
    }
    text.split([' ', '\t', '\r', '\n', ',']).filter(|word| word.contains('@')).filter_map(tidy).take(MOST_IDS).collect()
}

/// Skips a byte order mark, blank lines and the `From ` line of mailbox files.
fn leading_blank(raw: &[u8]) -> usize {
    let mut at = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    while at < raw.len() {
        let next = line_end(raw, at);
        let line = trim_end(&raw[at..next]);
        if !line.iter().all(u8::is_ascii_whitespace) && !is_envelope(line) {
            break;
        }
        at = next;
    }
    at
}

/// Where the line that begins at `at` ends, its line break included.
pub(super) fn line_end(raw: &[u8], at: usize) -> usize {
    raw[at..].iter().position(|&b| b == b'\n').map_or(raw.len(), |found| at + found + 1)
}

/// A line without its break.
pub(super) fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The name of a header field in lower case and the bytes up to its value.
fn field_name(line: &[u8]) -> Option<(String, usize)> {
    let colon = line.iter().take(200).position(|&b| b == b':')?;
    let name = line[..colon].trim_ascii_end();
    if name.is_empty() || !name.iter().all(|b| (33..=126).contains(b)) {
        return None;
    }
    Some((String::from_utf8_lossy(name).to_ascii_lowercase(), colon + 1))
}

/// The first line of a mail in mailbox files.
fn is_envelope(line: &[u8]) -> bool {
    line.starts_with(b">From ") || line.starts_with(b"From ")
}

/// Whether the header block goes on after a line that is no header field.
fn goes_on(raw: &[u8], next: usize, line: &[u8]) -> bool {
    let after = trim_end(&raw[next..line_end(raw, next)]);
    let continued = after.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
    is_envelope(line) || continued || field_name(after).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_survives_odd_lines() {
        let raw = b"From x@y Mon\nSubject : a\n b\nbroken line\nTo: c@d\nHello there\n\nmore";
        let (fields, body) = Fields::split(raw, 100);
        assert_eq!(fields.text("subject").as_deref(), Some("a b"));
        assert_eq!(fields.mailboxes("to")[0].address, "c@d");
        assert_eq!(&raw[body..], b"Hello there\n\nmore");
    }

    #[test]
    fn text_without_headers_is_all_body() {
        let (fields, body) = Fields::split(b"Hello\nSubject: x\n", 100);
        assert!(fields.list.is_empty());
        assert_eq!(body, 0);
    }

    #[test]
    fn a_flood_of_fields_keeps_the_needed_ones() {
        let raw = format!("{}Subject: kept\n\nbody", "X-A: b\n".repeat(5000));
        let (fields, _) = Fields::split(raw.as_bytes(), 100);
        assert_eq!(fields.list.len(), 101);
        assert_eq!(fields.text("subject").as_deref(), Some("kept"));
    }

    #[test]
    fn message_ids_are_read_with_and_without_brackets() {
        assert_eq!(ids("<a@b> junk <c d@e>"), ["a@b", "cd@e"]);
        assert_eq!(ids("a@b, c@d"), ["a@b", "c@d"]);
        assert!(ids("your mail of Monday").is_empty());
    }

    #[test]
    fn names_of_files_are_decoded_in_every_style() {
        let read = |line: &str| {
            let raw = format!("Content-Disposition: {line}\n\n");
            let (fields, _) = Fields::split(raw.as_bytes(), 10);
            fields.typed("content-disposition").and_then(|t| t.param("filename").map(str::to_owned)).unwrap_or_default()
        };
        assert_eq!(read("attachment; filename*=utf-8''or%C3%A7amento.pdf"), "orçamento.pdf");
        assert_eq!(read("attachment; filename*0*=utf-8''or%C3%A7a; filename*1=mento.pdf"), "orçamento.pdf");
        assert_eq!(read("attachment; filename=\"=?utf-8?Q?or=C3=A7amento.pdf?=\""), "orçamento.pdf");
        assert_eq!(read("attachment; filename=plain name.pdf"), "plain name.pdf");
        assert_eq!(read("attachment; filename=\"orçamento.pdf\""), "orçamento.pdf");
    }
}
