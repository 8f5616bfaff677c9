//! Who looks at a conversation now, and who writes in it: in memory only, by name only, forgotten by itself.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::Viewer;
use crate::clock::{Millis, SECOND};

/// Somebody who was not heard of for so long has gone. Open pages say every 20 seconds that they are there.
pub const GONE: Millis = 45 * SECOND;
/// Somebody who typed nothing for so long is not writing any more.
pub const STILL: Millis = 12 * SECOND;

/// Who is where.
#[derive(Clone, Default)]
pub struct Presence(Arc<Mutex<HashMap<i64, Seats>>>);

type Seats = HashMap<i64, Seen>;

#[derive(Debug)]
struct Seen {
    name: String,
    at: Millis,
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
    pub fn looks(&self, conversation: i64, viewer: &Viewer, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen, is_new| {
            seen.at = now;
            is_new
        })
    }

    /// Somebody types in it. Answers whom to tell, if they had not been writing.
    pub fn writes(&self, conversation: i64, viewer: &Viewer, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen, _| {
            let was_still = now - seen.wrote_at > STILL;
            (seen.at, seen.wrote_at) = (now, now);
            was_still
        })
    }

    /// Somebody has sent what they wrote, or took it back. Answers whom to tell, if they had been writing.
    pub fn is_done(&self, conversation: i64, viewer: &Viewer, now: Millis) -> HashSet<i64> {
        self.note(conversation, viewer, now, |seen, _| {
            let wrote = now - seen.wrote_at <= STILL;
            (seen.at, seen.wrote_at) = (now, 0);
            wrote
        })
    }

    /// Somebody went elsewhere. Answers whom to tell, if they had been here.
    pub fn leaves(&self, conversation: i64, viewer: &Viewer) -> HashSet<i64> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(seats) = rooms.get_mut(&conversation) else { return HashSet::new() };
        if seats.remove(&viewer.id).is_some() { seats.keys().copied().collect() } else { HashSet::new() }
    }

    /// The others, by name.
    #[must_use]
    pub fn others(&self, conversation: i64, viewer: &Viewer, now: Millis) -> Vec<Other> {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(seats) = rooms.get(&conversation) else { return Vec::new() };
        let here = seats.iter().filter(|(user, seen)| **user != viewer.id && now - seen.at <= GONE);
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
        change: impl FnOnce(&mut Seen, bool) -> bool,
    ) -> HashSet<i64> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has gone anywhere is forgotten, so that the memory holds only who is there.
        rooms.retain(|_, seats| {
            seats.retain(|_, seen| now - seen.at <= GONE);
            !seats.is_empty()
        });
        let seats = rooms.entry(conversation).or_default();
        let is_new = !seats.contains_key(&viewer.id);
        let seen = seats.entry(viewer.id).or_insert_with(|| Seen { name: viewer.name.clone(), at: now, wrote_at: 0 });
        if !change(seen, is_new) {
            return HashSet::new();
        }
        seats.keys().copied().filter(|user| *user != viewer.id).collect()
    }
}
