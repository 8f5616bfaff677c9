//! What people outside do to a message after it was sent, whatever the channel: reactions, other words, taking it back.

use crate::clock::Millis;

/// Longest reaction in bytes: a few emoji.
const LONGEST: usize = 64;

/// What a piece that came in is. Messages that it is about are named by the id that the channel gave them in this inbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Nature {
    /// Somebody wrote.
    #[default]
    Message,
    /// Somebody put an emoji under a message, theirs or ours, in place of the one they had there; none: it is withdrawn.
    Reaction { to: String, emoji: Option<String> },
    /// Who wrote it gave a message other words.
    Edit { of: String, text: String },
    /// Who wrote it took a message back.
    Deletion { of: String },
    /// A message of a kind that nobody here knows, by the channel's name for it. It is shown as such and waits for an answer
    /// like any other.
    Unknown { kind: String },
}

impl Nature {
    /// The message it is about, if it is about one that was sent before.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        match self {
            Self::Reaction { to: about, .. } | Self::Edit { of: about, .. } | Self::Deletion { of: about } => {
                Some(about)
            }
            Self::Message | Self::Unknown { .. } => None,
        }
    }

    /// The channel's name of an unknown kind, in a length that a line has room for.
    #[must_use]
    pub fn unknown(&self) -> Option<String> {
        match self {
            Self::Unknown { kind } => Some(kind.chars().filter(|letter| !letter.is_control()).take(60).collect()),
            _ => None,
        }
    }
}

/// An emoji, or several, as a reaction has them; `None` for anything that reads as words or steers the text around it.
#[must_use]
pub fn emoji(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_picture = |letter: char| match letter {
        '\u{a9}' | '\u{ae}' | '\u{1f000}'..='\u{1fbff}' | '\u{e0020}'..='\u{e007f}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' => false,
        letter => letter >= '\u{203c}' && !letter.is_alphabetic(),
    };
    // Keycaps are digits that a picture follows; the joiner makes one picture of several.
    let is_part = |letter: char| matches!(letter, ' ' | '0'..='9' | '#' | '*' | '\u{200d}');
    let fits = text.len() <= LONGEST && text.contains(is_picture);
    (fits && text.chars().all(|letter| is_picture(letter) || is_part(letter))).then_some(text)
}

/// Why a message has no words to show in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wordless {
    /// Who wrote it took it back.
    Withdrawn,
    /// It is of a kind that nobody here knows.
    Unknown,
}

impl Wordless {
    /// The reason stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "withdrawn" { Self::Withdrawn } else { Self::Unknown }
    }
}

/// What became of a message.
#[derive(Debug, Clone, Default)]
pub struct Sequel {
    /// The newest of each person, in the order of their times.
    pub reactions: Vec<Reaction>,
    /// What it said before, oldest first.
    pub earlier: Vec<Earlier>,
    pub edited_at: Option<Millis>,
    /// Its text and files are not shown any more.
    pub withdrawn_at: Option<Millis>,
}

/// An emoji under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    pub emoji: String,
    /// Name or address of who put it there.
    pub name: String,
    pub at: Millis,
}

/// Words that were replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub text: String,
    /// When they were replaced.
    pub until: Millis,
}

/// A stored turn.
#[derive(Debug, Clone)]
pub struct Turn {
    pub kind: TurnKind,
    pub contact: i64,
    pub name: String,
    /// The emoji, or the words; an empty emoji is a withdrawn one.
    pub text: String,
    pub at: Millis,
}

/// What a turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnKind {
    Reaction,
    /// What it said at first, kept when it was edited.
    Original,
    Edit,
    Deletion,
}

impl TurnKind {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reaction => "reaction",
            Self::Original => "original",
            Self::Edit => "edit",
            Self::Deletion => "deletion",
        }
    }

    /// The kind stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let all = [Self::Reaction, Self::Original, Self::Edit];
        all.into_iter().find(|kind| kind.as_str() == text).unwrap_or(Self::Deletion)
    }
}

impl Sequel {
    /// What stored turns amount to, given in the order of their times.
    #[must_use]
    pub fn of(turns: Vec<Turn>) -> Self {
        let mut sequel = Self::default();
        let mut reactions: Vec<(i64, Reaction)> = Vec::new();
        let mut said: Option<String> = None;
        for turn in turns {
            match turn.kind {
                TurnKind::Reaction => {
                    reactions.retain(|(contact, _)| *contact != turn.contact);
                    reactions.push((turn.contact, Reaction { emoji: turn.text, name: turn.name, at: turn.at }));
                }
                TurnKind::Original => said = Some(turn.text),
                TurnKind::Edit => {
                    let earlier = said.replace(turn.text).map(|text| Earlier { text, until: turn.at });
                    sequel.earlier.extend(earlier);
                    sequel.edited_at = Some(turn.at);
                }
                TurnKind::Deletion => sequel.withdrawn_at = Some(turn.at),
            }
        }
        reactions.retain(|(_, reaction)| !reaction.emoji.is_empty());
        sequel.reactions = reactions.into_iter().map(|(_, reaction)| reaction).collect();
        sequel
    }

    /// Whether nothing became of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reactions.is_empty() && self.edited_at.is_none() && self.withdrawn_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::emoji;

    #[test]
    fn emoji_are_told_from_words() {
        for (text, taken) in [("👍", "👍"), (" ❤️ \r\n", "❤️"), ("👍🏽 🎉", "👍🏽 🎉"), ("1️⃣", "1️⃣"), ("👨‍👩‍👧", "👨‍👩‍👧")]
        {
            assert_eq!(emoji(text).as_deref(), Some(taken));
        }
        for text in ["", "ok", "👍 obrigado", "<b>👍", "1", "👍\u{202e}", &"👍".repeat(17)] {
            assert_eq!(emoji(text), None, "{text}");
        }
    }
}
