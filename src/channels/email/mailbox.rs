//! Names and addresses of people in headers.

use mail_parser::parsers::MessageStream;

use super::clean;
use super::fields::{Fields, ended, guarded};

/// The most addresses read from one mail's field.
pub(super) const MOST: usize = 1_000;

/// A person or list as a header names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name on one line, without controls; may be empty. Chosen by the sender: never an identity.
    pub name: String,
    /// `local@domain` with the domain in lower case; empty if the mail names none that could exist.
    pub address: String,
}

/// Reads a list of addresses whose encoded words are already in one piece each.
pub(super) fn read(value: &[u8]) -> Vec<Mailbox> {
    let line = ended(value.to_vec());
    let Some(parsed) = guarded(|| MessageStream::new(&line).parse_address()) else {
        return Vec::new();
    };
    let Some(list) = parsed.as_address() else {
        return Vec::new();
    };
    list.iter()
        .take(MOST)
        .map(|a| {
            let address = address(a.address().unwrap_or_default());
            let name = a.name().or(if address.is_empty() { a.address() } else { None }).unwrap_or_default();
            Mailbox { name: unquoted(&clean::line(name, 200)).to_owned(), address }
        })
        .filter(|m| !(m.name.is_empty() && m.address.is_empty()))
        .collect()
}

/// A name without the quotes that some writers put around it twice.
fn unquoted(name: &str) -> &str {
    let pair = |quote: char| name.strip_prefix(quote).and_then(|n| n.strip_suffix(quote));
    pair('"').or_else(|| pair('\'')).unwrap_or(name).trim()
}

/// An address in its compared form, or nothing if it is none: one `@` with something on both sides, no space.
pub(super) fn address(text: &str) -> String {
    let text = text.trim().trim_matches(['<', '>']);
    let Some((local, domain)) = text.rsplit_once('@') else {
        return String::new();
    };
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';');
    if local.is_empty() || domain.is_empty() || text.len() > 320 || (text.contains(odd) && !local.starts_with('"')) {
        return String::new();
    }
    if domain.contains(odd) || text.chars().any(char::is_control) {
        return String::new();
    }
    format!("{local}@{}", domain.trim_end_matches('.').to_lowercase())
}

/// Who wrote: `From`; behind a group that rewrites it, the original; if missing, `Reply-To`, `Sender`, `Return-Path`.
pub(super) fn sender(fields: &Fields<'_>) -> Mailbox {
    let from = fields.mailboxes("from");
    let named = from.first().cloned().unwrap_or_default();
    if rewritten(fields, &named) {
        let original = ["x-original-from", "x-original-sender"]
            .iter()
            .flat_map(|f| fields.mailboxes(f))
            .find(|m| !m.address.is_empty());
        if let Some(original) = original {
            let name = if original.name.is_empty() { via_name(&named.name) } else { original.name };
            return Mailbox { name, address: original.address };
        }
    }
    if let Some(found) = from.into_iter().find(|m| !m.address.is_empty()) {
        return found;
    }
    let other =
        ["reply-to", "sender", "return-path"].iter().flat_map(|f| fields.mailboxes(f)).find(|m| !m.address.is_empty());
    match other {
        Some(other) if named.name.is_empty() => other,
        Some(other) => Mailbox { name: named.name, address: other.address },
        None => named,
    }
}

/// Groups write "Ana via Suporte" into `From` and mark themselves as a list.
fn rewritten(fields: &Fields<'_>, from: &Mailbox) -> bool {
    let list = ["list-id", "x-google-group-id", "list-post", "mailing-list"].iter().any(|f| fields.has(f));
    list && from.name.contains(" via ")
}

fn via_name(name: &str) -> String {
    name.split(" via ").next().unwrap_or_default().trim_matches(['\'', '"', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(raw: &str) -> Mailbox {
        let raw = format!("{raw}\n\n");
        let (fields, _) = Fields::split(raw.as_bytes(), 100);
        sender(&fields)
    }

    #[test]
    fn the_sender_is_who_from_names() {
        let ana = from("From: \"Ana, da Silva\" <Ana.Silva@EXAMPLE.com>\nReply-To: x@y.z");
        assert_eq!(ana, Mailbox { name: "Ana, da Silva".into(), address: "Ana.Silva@example.com".into() });
        assert_eq!(from("From: =?utf-8?B?Sm/Dow==?= =?utf-8?B?bw==?= <j@x.br>").name, "João");
        assert_eq!(from("From: a@b.c (Ana)").address, "a@b.c");
        assert_eq!(from("From: undisclosed-recipients:;").address, "");
        assert_eq!(from("From: José <jose@x.br>\n").name, "José");
    }

    #[test]
    fn a_missing_sender_is_looked_for_elsewhere() {
        assert_eq!(from("Subject: x\nReply-To: r@x.y\nSender: s@x.y").address, "r@x.y");
        assert_eq!(from("Subject: x\nReturn-Path: <p@x.y>").address, "p@x.y");
        assert_eq!(from("Subject: x"), Mailbox::default());
        let named = from("From: Ana\nSender: s@x.y");
        assert_eq!((named.name.as_str(), named.address.as_str()), ("Ana", "s@x.y"));
    }

    #[test]
    fn behind_a_group_stands_the_original_sender() {
        let raw = "From: 'Ana' via Suporte <suporte@g.com>\nList-ID: <s.g.com>\nX-Original-Sender: ana@x.br";
        assert_eq!(from(raw), Mailbox { name: "Ana".into(), address: "ana@x.br".into() });
        assert_eq!(from("From: Bob <bob@x.y>\nX-Original-Sender: eve@x.y").address, "bob@x.y");
    }
}
