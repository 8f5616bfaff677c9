//! What an entry is, and which entries somebody wants to see.

use std::collections::HashMap;

use serde_json::Value;

use crate::accounts::Person;
use crate::clock::Millis;

/// One fact of the log.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: i64,
    /// `noun.past_tense`.
    pub kind: String,
    /// Who did it; none: the product itself, a command, or somebody who did not get in.
    pub actor: Option<i64>,
    /// Whom it concerns.
    pub user: Option<i64>,
    pub inbox: Option<i64>,
    pub conversation: Option<i64>,
    /// What a team, an invitation or a blocked sender is called today; empty: it is gone, or it is about none.
    pub about: String,
    /// All that was noted.
    pub payload: Value,
    pub at: Millis,
}

/// A group of kinds, as people filter by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Signing in and what guards it.
    Access,
    /// People, their roles and rights, teams.
    Team,
    Inboxes,
    Conversations,
    /// What holds for the whole workspace.
    Company,
    /// Copies, exports, what was erased.
    Records,
}

impl Area {
    /// All of them, in the order people see them.
    pub const ALL: [Self; 6] =
        [Self::Access, Self::Team, Self::Inboxes, Self::Conversations, Self::Company, Self::Records];

    /// As in an address, and in message keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Team => "team",
            Self::Inboxes => "inboxes",
            Self::Conversations => "conversations",
            Self::Company => "company",
            Self::Records => "records",
        }
    }

    /// The area named `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.as_str() == text)
    }

    /// The nouns of its kinds. Every noun of the log belongs to one area.
    #[must_use]
    pub fn nouns(self) -> &'static [&'static str] {
        match self {
            Self::Access => &["session", "second_factor", "password", "email"],
            Self::Team => &["user", "team", "invitation"],
            Self::Inboxes => &["inbox", "mailbox", "sender", "answers"],
            Self::Conversations => &["conversation", "message", "spam", "tag"],
            Self::Company => &["workspace"],
            Self::Records => &["activity", "database", "contact", "contacts"],
        }
    }
}

/// Whose entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Who {
    #[default]
    Anybody,
    /// What nobody who is signed in did: the product, the command line, refused sign-ins.
    Nobody,
    /// What this person did, or what was done to them.
    Person(i64),
}

/// Which entries somebody wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    pub who: Who,
    pub area: Option<Area>,
    /// From this moment on.
    pub from: Option<Millis>,
    /// Before this moment.
    pub until: Option<Millis>,
}

/// A place in the log; what comes after it is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub at: Millis,
    pub id: i64,
}

impl Place {
    /// Before the newest.
    pub const TOP: Self = Self { at: Millis::MAX, id: i64::MAX };

    /// As in an address.
    #[must_use]
    pub fn show(self) -> String {
        format!("{}-{}", self.at, self.id)
    }

    /// The place in an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('-')?;
        Some(Self { at: at.parse().ok()?, id: id.parse().ok()? })
    }
}

/// Names by id, as they are today.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub people: Vec<Person>,
    pub inboxes: HashMap<i64, String>,
}

impl Names {
    /// The person with this id, while there is one.
    #[must_use]
    pub fn person(&self, id: i64) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

impl Entry {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { at: self.at, id: self.id }
    }
}
