//! Whose turn it is, without a database.

use crate::auth::Availability;
use crate::inboxes::{Assigning, HandOut};

/// Somebody who reads the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub user: i64,
    pub availability: Availability,
    /// Open conversations they have, in all inboxes.
    pub open: i64,
    /// When it was their turn here last: the higher, the later; 0: never.
    pub turn: i64,
}

/// Who gets a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Somebody(i64),
    NobodyAvailable,
    EverybodyFull,
}

/// The available one whose turn is longest ago, or with the fewest open conversations; nobody above the limit.
#[must_use]
pub fn choose(assigning: &Assigning, candidates: &[Candidate]) -> Choice {
    let available = || candidates.iter().filter(|one| one.availability == Availability::Available);
    let room = available().filter(|one| assigning.cap.is_none_or(|cap| one.open < i64::from(cap)));
    let next = match assigning.way {
        HandOut::FewestOpen => room.min_by_key(|one| (one.open, one.turn, one.user)),
        HandOut::RoundRobin | HandOut::Off => room.min_by_key(|one| (one.turn, one.user)),
    };
    match next {
        Some(one) => Choice::Somebody(one.user),
        None if available().next().is_some() => Choice::EverybodyFull,
        None => Choice::NobodyAvailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(user: i64, open: i64, turn: i64) -> Candidate {
        Candidate { user, availability: Availability::Available, open, turn }
    }

    fn by(way: HandOut, cap: Option<u32>) -> Assigning {
        Assigning { way, cap, ..Assigning::default() }
    }

    #[test]
    fn the_one_who_waited_longest_or_has_least_is_next() {
        let people = [one(1, 0, 7), one(2, 5, 3), one(3, 2, 9)];
        assert_eq!(choose(&by(HandOut::RoundRobin, None), &people), Choice::Somebody(2));
        assert_eq!(choose(&by(HandOut::FewestOpen, None), &people), Choice::Somebody(1));
        assert_eq!(choose(&by(HandOut::RoundRobin, Some(5)), &people), Choice::Somebody(1), "2 has five already");
    }

    #[test]
    fn the_unavailable_and_the_full_get_nothing() {
        let away = |user| Candidate { availability: Availability::Unavailable, ..one(user, 0, 0) };
        let round = by(HandOut::RoundRobin, Some(2));
        assert_eq!(choose(&round, &[]), Choice::NobodyAvailable);
        assert_eq!(choose(&round, &[away(1)]), Choice::NobodyAvailable);
        assert_eq!(choose(&round, &[away(1), one(2, 2, 0)]), Choice::EverybodyFull);
        assert_eq!(choose(&round, &[away(1), one(2, 1, 9)]), Choice::Somebody(2));
    }
}
