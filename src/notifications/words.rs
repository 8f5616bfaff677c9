//! Notifications in words.

use super::model::{Cause, Told};
use crate::config::Config;
use crate::web::Lang;
use crate::web::i18n::{Args, args};

/// Letters of a line.
const SHORT: usize = 140;

/// The language of somebody: their own, else the workspace's, else the one of the configuration.
#[must_use]
pub fn language(own: Option<&str>, house: Option<&str>, config: &Config) -> Lang {
    let wanted = [own, house, Some(config.language.as_str())];
    wanted.into_iter().flatten().find_map(Lang::parse).unwrap_or(Lang::PtBr)
}

/// Tells notifications in one language.
pub struct Words {
    pub lang: Lang,
}

impl Words {
    /// Whom it is about.
    #[must_use]
    pub fn title(&self, told: &Told) -> String {
        if told.contact_name.is_empty() { self.lang.t("contact-nameless") } else { told.contact_name.clone() }
    }

    /// What happened, in a line: a message in its own words.
    #[must_use]
    pub fn line(&self, told: &Told) -> String {
        let text = short(&told.text);
        match told.cause {
            Cause::Mine | Cause::Others | Cause::Unassigned | Cause::Watched if text.is_empty() => {
                self.lang.t("notice-no-text")
            }
            Cause::Mine | Cause::Others | Cause::Unassigned | Cause::Watched => text,
            Cause::Assigned if told.by.is_empty() => self.lang.t("notice-assigned-itself"),
            Cause::Assigned => self.lang.with("notice-assigned-by", &self.values(told, "")),
            Cause::Mention => self.lang.with("notice-mention-by", &self.values(told, &text)),
            Cause::Note => self.lang.with("notice-note-by", &self.values(told, &text)),
        }
    }

    /// What happened, in a mail: a sentence, and what was written below it.
    #[must_use]
    pub fn paragraph(&self, told: &Told, when: &str) -> String {
        let mut values = self.values(told, "");
        values.extend(args([("when", when.to_owned())]));
        let said = match told.cause {
            Cause::Mine | Cause::Others | Cause::Unassigned | Cause::Watched => {
                self.lang.with("notice-mail-wrote", &values)
            }
            Cause::Assigned if told.by.is_empty() => return self.lang.t("notice-assigned-itself"),
            Cause::Assigned => return self.lang.with("notice-assigned-by", &values),
            Cause::Mention => self.lang.with("notice-mail-mention", &values),
            Cause::Note => self.lang.with("notice-mail-note-by", &values),
        };
        let text = excerpt(&told.text);
        if text.is_empty() { said } else { [said, text].join("\n") }
    }

    fn values(&self, told: &Told, text: &str) -> Args {
        let sender = if told.sender.is_empty() { self.title(told) } else { told.sender.clone() };
        args([("by", told.by.clone()), ("sender", sender), ("text", text.to_owned())])
    }
}

/// The beginning of a text in one line.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHORT {
        return line;
    }
    line.chars().take(SHORT - 1).chain(['…']).collect()
}

/// Lines and letters of what a mail shows of a message.
const LINES: usize = 20;
const LETTERS: usize = 1500;

/// A text as a quotation. It comes from outside: nothing in it may look like a line of ours.
fn excerpt(text: &str) -> String {
    let clipped: String =
        text.trim().chars().filter(|letter| !letter.is_control() || *letter == '\n').take(LETTERS).collect();
    let is_cut = clipped.chars().count() >= LETTERS || clipped.lines().count() > LINES;
    let mut lines: Vec<String> = clipped.lines().take(LINES).map(|line| ["> ", line].concat()).collect();
    if is_cut {
        lines.push("> …".to_owned());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_quoted() {
        assert_eq!(short("a\n b\t c"), "a b c");
        assert_eq!(short(&"á".repeat(141)).chars().count(), SHORT);
        assert!(short(&"á".repeat(141)).ends_with('…'));
        assert_eq!(excerpt(" um\r\ndois\u{7}\n"), "> um\n> dois");
        assert!(excerpt(&"x\n".repeat(50)).ends_with("\n> …"));
        assert!(excerpt(&"x".repeat(3000)).ends_with("\n> …"));
        assert_eq!(excerpt("  "), "");
    }
}
