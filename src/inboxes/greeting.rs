//! What leaves by itself when somebody writes: a greeting while the company is open, other words while it is closed, in the
//! language of who gets it. Pure: what is set, when it is and for whom goes in, words come out.

use serde::{Deserialize, Serialize};

use super::Answering;
use crate::accounts::hours::{Hours, Words};
use crate::clock::Millis;
use crate::web::Lang;

/// Stands for the company's name.
pub const COMPANY: &str = "{company}";
/// Stands for when the company opens next, in words.
pub const NEXT_OPENING: &str = "{next_opening}";

/// Words in each language; empty: none in that one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    #[serde(rename = "pt-BR")]
    pub pt_br: String,
    pub en: String,
}

impl Wording {
    /// The words in one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::PtBr => &self.pt_br,
            Lang::En => &self.en,
        }
        .trim()
    }

    /// Whether there are none in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Lang::ALL.into_iter().all(|lang| self.of(lang).is_empty())
    }

    /// The words in the first of these languages that has some, else in any: somebody who reads another language learns
    /// more from them than from silence.
    fn choose(&self, wanted: &[Lang]) -> Option<(Lang, &str)> {
        let langs = wanted.iter().copied().chain(Lang::ALL);
        langs.map(|lang| (lang, self.of(lang))).find(|(_, words)| !words.is_empty())
    }
}

/// Why something leaves by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody began a conversation.
    Greeting,
    /// The company is closed.
    Closed,
}

impl Occasion {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Closed => "closed",
        }
    }
}

/// What leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    pub occasion: Occasion,
    pub lang: Lang,
    pub text: String,
}

/// What leaves at the moment `at` to somebody who reads `wanted`, the dearest language first. While the company is closed
/// and there are no words for that, the greeting leaves then as well.
#[must_use]
pub fn greeting(
    answering: &Answering,
    (company, hours): (&str, &Hours),
    at: Millis,
    wanted: &[Lang],
) -> Option<Greeting> {
    let is_closed = !hours.is_open(at) && !answering.closed.is_empty();
    let (occasion, wording) =
        if is_closed { (Occasion::Closed, &answering.closed) } else { (Occasion::Greeting, &answering.greeting) };
    let (lang, words) = wording.choose(wanted)?;
    let opening = || Words::new(lang, hours, at).next_opening().unwrap_or_else(|| lang.t("greeting-soon"));
    let opening = if words.contains(NEXT_OPENING) { opening() } else { String::new() };
    Some(Greeting { occasion, lang, text: filled(words, &[(COMPANY, company), (NEXT_OPENING, &opening)]) })
}

/// Words with values in place of their fields. Braces that are no field stay as they are, and a value with a field in it is
/// not filled again.
#[must_use]
pub fn filled(words: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = words.trim();
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (taken, value) = values.iter().find(|(field, _)| rest.starts_with(field)).unwrap_or(&("{", "{"));
        out.push_str(value);
        rest = &rest[taken.len()..];
    }
    out.push_str(rest);
    out
}

/// Whether every word in braces is one of these fields.
#[must_use]
pub fn knows_fields(words: &str, fields: &[&str]) -> bool {
    let mut after_braces = words.split('{').skip(1);
    after_braces.all(|rest| {
        let Some((name, _)) = rest.split_once('}') else { return true };
        let is_field = !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        !is_field || fields.iter().any(|field| field.trim_matches(['{', '}']) == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_fields_of_the_list_are_filled_and_once() {
        let values = [("{agent}", "{company}"), ("{company}", "Vereda")];
        assert_eq!(filled("{agent} {token} { {company", &values), "{company} {token} { {company");
        assert_eq!(filled("  ", &values), "");
    }

    #[test]
    fn words_in_braces_are_known_or_refused() {
        for fits in ["{company}", "a { b } c", "{", "{ }", "}{", "{a b}"] {
            assert!(knows_fields(fits, &[COMPANY]), "{fits}");
        }
        for wrong in ["{agent}", "{next_opening}", "{company} {Company}"] {
            assert!(!knows_fields(wrong, &[COMPANY]), "{wrong}");
        }
    }
}
