//! People as those who run the team see them, their teams, and who was asked to join.

use crate::auth::{Availability, Rights, Role};
use crate::clock::{HOUR, Millis};

/// A user as the owner and admins see them.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: i64,
    pub name: String,
    pub email: String,
    /// Key of the photo, if there is one.
    pub photo: Option<String>,
    pub role: Role,
    pub rights: Rights,
    pub access: Access,
    pub availability: Availability,
    /// When they last used the product.
    pub seen_at: Option<Millis>,
    /// Counts what others changed about them.
    pub revision: i64,
    /// Names of their teams.
    pub teams: Vec<String>,
}

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Active,
    Disabled,
}

/// What others set about a person, all at once.
#[derive(Debug, Clone)]
pub struct Place {
    pub name: String,
    pub role: Role,
    pub rights: Rights,
    pub teams: Vec<i64>,
}

/// A part of the company that conversations can be handed to and that can be mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: i64,
    pub name: String,
    pub description: String,
    /// Those with access, by name: id and name.
    pub members: Vec<(i64, String)>,
}

/// Somebody to be asked to join.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub email: String,
    pub role: Role,
    pub rights: Rights,
    pub teams: Vec<i64>,
    /// Of the mail, and theirs at first.
    pub language: String,
}

/// Somebody who was asked and has not answered.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: i64,
    pub email: String,
    pub role: Role,
    pub rights: Rights,
    pub language: String,
    /// Who asked: id and name.
    pub by: (i64, String),
    pub sent_at: Millis,
}

/// A link of an invitation works for so long.
pub const INVITATION: Millis = 72 * HOUR;

/// Longest description of a team in characters.
pub const DESCRIPTION: usize = 500;

impl Access {
    /// The access stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "active" { Self::Active } else { Self::Disabled }
    }
}

impl Invitation {
    /// Whether its link ended.
    #[must_use]
    pub fn has_expired(&self, now: Millis) -> bool {
        now >= self.sent_at + INVITATION
    }
}

/// A name as it is compared in a search: small letters without accents.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(plain).collect()
}

fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_accents() {
        assert_eq!(folded("PATRÍCIA Conceição"), "patricia conceicao");
        assert!(folded("João").contains(&folded("joao")));
    }
}
