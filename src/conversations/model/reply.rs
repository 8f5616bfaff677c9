//! Prepared texts with fields from a closed list.

use crate::clock::Millis;
use crate::inboxes::greeting::COMPANY;

/// Longest code, title and text in Unicode scalar values.
pub const CODE: usize = 30;
pub const TITLE: usize = 100;
pub const TEXT: usize = 20_000;
/// Files of one prepared text at most.
pub const FILES: usize = 10;

/// The fields, as they stand between double braces. `{{name|words}}` has words for when there is no value.
pub const FIELDS: [&str; 6] =
    ["contact.name", "contact.first_name", "agent.name", "inbox.name", "conversation.number", "workspace.name"];

/// Whose a prepared text or a macro is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Only who made it sees it.
    Own,
    /// Everybody who works on conversations.
    Team,
}

impl Sharing {
    /// From a form; anything unknown stays with its maker.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "team" { Self::Team } else { Self::Own }
    }
}

/// A prepared text.
#[derive(Debug, Clone)]
pub struct SavedReply {
    pub id: i64,
    pub sharing: Sharing,
    pub code: String,
    pub title: String,
    pub text: String,
    pub updated_at: Millis,
    pub files: Vec<ReplyFile>,
}

/// A file that goes along.
#[derive(Debug, Clone)]
pub struct ReplyFile {
    pub key: String,
    pub name: String,
    pub mime: String,
    pub blob: i64,
    pub size: u64,
}

/// One that is to be kept.
#[derive(Debug, Clone)]
pub struct NewReply {
    pub sharing: Sharing,
    pub code: String,
    pub title: String,
    pub text: String,
}

/// What the fields stand for in one conversation.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub contact: String,
    pub agent: String,
    pub inbox: String,
    pub conversation: i64,
    pub workspace: String,
}

impl Values {
    fn of(&self, field: &str) -> Option<String> {
        let first = || self.contact.split_whitespace().next().unwrap_or_default().to_owned();
        let value = match field {
            "contact.name" => self.contact.clone(),
            // An address is no name to greet with.
            "contact.first_name" if self.contact.contains('@') => String::new(),
            "contact.first_name" => first(),
            "agent.name" => self.agent.clone(),
            "inbox.name" => self.inbox.clone(),
            "conversation.number" => self.conversation.to_string(),
            "workspace.name" => self.workspace.clone(),
            _ => return None,
        };
        Some(value.split(char::is_control).collect::<Vec<_>>().join(" ").trim().to_owned())
    }
}

/// A piece of a prepared text.
enum Piece<'t> {
    Words(&'t str),
    /// Its name and what stands there when it has no value.
    Field(&'t str, &'t str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let inside = &rest[start + 2..];
        let end = inside.find("}}").filter(|end| !inside[..*end].contains(['\n', '{']));
        let Some(end) = end else {
            pieces.push(Piece::Words(&rest[..start + 2]));
            rest = inside;
            continue;
        };
        let (name, fallback) = inside[..end].split_once('|').unwrap_or((&inside[..end], ""));
        pieces.push(Piece::Words(&rest[..start]));
        pieces.push(Piece::Field(name.trim(), fallback.trim()));
        rest = &inside[end + 2..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// Whether every field of a text is one of the list, between two braces.
#[must_use]
pub fn knows_fields(text: &str) -> bool {
    pieces(text).iter().all(|piece| match piece {
        Piece::Words(words) => !words.split('{').skip(1).any(is_half_braced),
        Piece::Field(name, _) => FIELDS.contains(name),
    })
}

/// Whether what follows a single brace means a field: its customer would read the braces.
fn is_half_braced(after: &str) -> bool {
    let Some((inside, _)) = after.split_once('}') else { return false };
    let name = inside.split('|').next().unwrap_or_default().trim();
    let of = |field: &&str| field.split('.').next() == name.split('.').next();
    FIELDS.iter().any(of) || ["{", inside, "}"].concat() == COMPANY
}

/// The text with values in place of its fields. Values are words and nothing else: a field in one is not filled again.
#[must_use]
pub fn filled(text: &str, values: &Values) -> String {
    let mut out = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Field(name, fallback) => {
                let value = values.of(name).unwrap_or_default();
                out.push_str(if value.is_empty() { fallback } else { &value });
            }
        }
    }
    out
}

/// A code as it is kept: lower case, letters, digits, `-` and `_`; `None` when it is none.
#[must_use]
pub fn code(typed: &str) -> Option<String> {
    let code = typed.trim().trim_start_matches('/').to_lowercase();
    let fits = (1..=CODE).contains(&code.chars().count());
    (fits && code.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter))).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_filled_once_and_empty_ones_have_other_words() {
        let values = Values { contact: "Helena Duarte".into(), agent: "{{inbox.name}}".into(), ..Values::default() };
        let text = "Oi {{contact.first_name|cliente}}, {{ agent.name }} da {{workspace.name|loja}} {{inbox.name}}.";
        assert_eq!(filled(text, &values), "Oi Helena, {{inbox.name}} da loja .");
        let nameless = Values { contact: "helena@example.com".into(), ..Values::default() };
        assert_eq!(filled("Oi {{contact.first_name|tudo bem}}", &nameless), "Oi tudo bem");
        let lines = Values { contact: "A\r\nBcc: b".into(), ..Values::default() };
        assert_eq!(filled("{{contact.name}}", &lines), "A  Bcc: b");
    }

    #[test]
    fn only_fields_of_the_list_are_known_and_braces_that_are_none_stay() {
        assert!(knows_fields("{{contact.name}} {a} {{ not\nclosed }} {{"));
        for text in [
            "{{contact.email}}",
            "{{}}",
            "{{ password | x }}",
            "Oi {contact.first_name}",
            "{ contact.name | x }",
            "{agent}",
            "{company}",
        ] {
            assert!(!knows_fields(text), "{text}");
        }
        assert_eq!(filled("{{a\n}} {{ {", &Values::default()), "{{a\n}} {{ {");
    }

    #[test]
    fn a_code_is_one_word() {
        assert_eq!(code(" /Prazo-2 "), Some("prazo-2".to_owned()));
        for typed in ["", "/", "duas palavras", "a/b", "<b>", &"a".repeat(31)] {
            assert_eq!(code(typed), None, "{typed}");
        }
    }
}
