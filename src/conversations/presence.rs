//! Who looks at a conversation now, and who writes in it: in memory only, by name only, forgotten by itself.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::Viewer;
use crate::clock::{Millis, SECOND};

/// Somebody who was not heard of for so long has gone. Open pages say every 20 seconds that they are there.
pub const GONE: Millis = 45 * SECOND;
/// Somebody who typed nothing for so long is not writing any more.
pub const STILL: Millis = 12 * SECOND;
/// What a page asked before it was left may be answered after that, but not later than this.
const LATE: Millis = 10 * SECOND;
/// The most open pages of one person at one conversation that are told apart.
const MOST_VISITS: usize = 32;

/// Who is where.
#[derive(Clone, Default)]
pub struct Presence(Arc<Mutex<HashMap<i64, Seats>>>);

type Seats = HashMap<i64, Seen>;

/// One person at one conversation. A visit is what one page calls its stay there.
#[derive(Debug, Default)]
struct Seen {
    name: String,
    /// When a visit was last heard of.
    visits: HashMap<String, Millis>,
    /// When a visit ended.
    left: HashMap<String, Millis>,
    /// When they last typed; 0: not.
    wrote_at: Millis,
}

/// Somebody else at the same conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub name: String,
    pub writes: bool,
}

impl Presence {
    /// Somebody looks at a conversation that they may see. Answers whom to tell, if that is new.
    pub fn looks(&self, conversation: i64, viewer: &Viewer, visit: &str, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen| {
            if seen.left.contains_key(visit) {
                return false;
            }
            let is_new = seen.visits.is_empty();
            if seen.visits.len() < MOST_VISITS || seen.visits.contains_key(visit) {
                seen.visits.insert(visit.to_owned(), now);
            }
            is_new
        })
    }

    /// Somebody types in it. Answers whom to tell, if they had not been writing.
    pub fn writes(&self, conversation: i64, viewer: &Viewer, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen| {
            let was_still = now - seen.wrote_at > STILL;
            seen.wrote_at = now;
            was_still
        })
    }

    /// Somebody has sent what they wrote, or took it back. Answers whom to tell, if they had been writing.
    pub fn is_done(&self, conversation: i64, viewer: &Viewer, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen| {
            let wrote = now - seen.wrote_at <= STILL;
            seen.wrote_at = 0;
            wrote
        })
    }

    /// A visit ends: somebody went elsewhere. Answers whom to tell, if it was their last one.
    pub fn leaves(&self, conversation: i64, viewer: &Viewer, visit: &str, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen| {
            let was_here = seen.visits.remove(visit).is_some();
            if seen.left.len() < MOST_VISITS {
                seen.left.insert(visit.to_owned(), now);
            }
            let has_gone = was_here && seen.visits.is_empty();
            if has_gone {
                seen.wrote_at = 0;
            }
            has_gone
        })
    }

    /// The others, by name.
    #[must_use]
    pub fn others(&self, conversation: i64, viewer: &Viewer, now: Millis) -> Vec<Other> {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(seats) = rooms.get(&conversation) else { return Vec::new() };
        let is_here = |seen: &Seen| seen.visits.values().any(|at| now - at <= GONE);
        let here = seats.iter().filter(|(user, seen)| **user != viewer.id && is_here(seen));
        let mut others: Vec<Other> =
            here.map(|(_, seen)| Other { name: seen.name.clone(), writes: now - seen.wrote_at <= STILL }).collect();
        others.sort_by(|one, other| one.name.cmp(&other.name));
        others
    }

    /// Notes something of one person; `change` says whether the others should hear of it.
    fn note(
        &self,
        conversation: i64,
        viewer: &Viewer,
        now: Millis,
        change: impl FnOnce(&mut Seen) -> bool,
    ) -> HashSet<i64> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has gone anywhere is forgotten, so that the memory holds only who is there.
        rooms.retain(|_, seats| {
            seats.retain(|_, seen| {
                seen.visits.retain(|_, at| now - *at <= GONE);
                seen.left.retain(|_, at| now - *at <= LATE);
                !seen.visits.is_empty() || !seen.left.is_empty() || now - seen.wrote_at <= STILL
            });
            !seats.is_empty()
        });
        let seats = rooms.entry(conversation).or_default();
        let seen = seats.entry(viewer.id).or_default();
        seen.name.clone_from(&viewer.name);
        if !change(seen) {
            return HashSet::new();
        }
        let others = seats.iter().filter(|(user, seen)| **user != viewer.id && !seen.visits.is_empty());
        others.map(|(user, _)| *user).collect()
    }
}
