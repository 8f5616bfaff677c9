//! Which of the mails in a folder are taken, as what, and in which order. No network, no database.

use std::collections::{BTreeSet, VecDeque};

use super::cursor::Cursor;
use crate::clock::{DAY, HOUR, Millis};
use crate::conversations::model::Arrival;
use crate::imap::{Deleted, Listed, Opened};
use crate::inboxes::History;

/// How far back mails are looked at again when the server has numbered them anew.
const LOOK_BACK: Millis = 60 * DAY;
/// How wrong the clock of a server may be: one mail too many is better than one that is lost.
const CLOCKS: Millis = HOUR;
/// How far back [`History::Month`] reaches.
const MONTH: Millis = 30 * DAY;
/// Mails that are fetched and stored together, at most.
const GROUP: usize = 25;
/// Their bytes, unless one alone is larger.
const GROUP_BYTES: u64 = 4 * 1024 * 1024;

/// Where reading a folder begins for the first time.
pub(super) fn first(opened: &Opened, history: History, now: Millis) -> Cursor {
    let before = opened.next.saturating_sub(1);
    let last_uid = if history == History::None { before } else { 0 };
    Cursor {
        validity: opened.validity,
        last_uid,
        history_uid: before,
        history_from: (history == History::Month).then_some(now - MONTH),
        settled_uid: before,
        connected_at: Some(now),
        ..Cursor::default()
    }
}

/// Where it begins when the server has numbered its mails anew: everything of the last time is looked at again. What is
/// here already is known by its content; what is not, and came after the last look, is new.
pub(super) fn renumbered(old: &Cursor, opened: &Opened, history: History, now: Millis) -> Cursor {
    let connected = old.connected_at.unwrap_or(now);
    let since = match history {
        History::None => connected - CLOCKS,
        History::Month => connected - MONTH,
        History::All => Millis::MIN,
    };
    let before = opened.next.saturating_sub(1);
    Cursor {
        validity: opened.validity,
        last_uid: 0,
        history_uid: before,
        history_from: Some(since.max(now - LOOK_BACK)),
        live_from: Some((old.checked_at.unwrap_or(connected) - DAY).max(connected - CLOCKS)),
        settled_uid: before,
        history_total: 0,
        history_taken: 0,
        ..old.clone()
    }
}

/// A mail to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub uid: u32,
    /// Bytes, as the server believes.
    pub size: Option<u64>,
    pub arrival: Arrival,
}

/// What is to be done with a list of mails: new ones first, then those of before, by their dates.
#[derive(Debug, Default)]
pub(super) struct Plan {
    queue: VecDeque<Wanted>,
    /// Mails of the list that are not done yet.
    open: BTreeSet<u32>,
    /// The last of the list.
    top: u32,
}

impl Plan {
    /// `done`: mails behind the cursor that were taken before those in front of them.
    pub(super) fn of(listed: &[Listed], cursor: &Cursor, done: &BTreeSet<u32>, now: Millis) -> Self {
        let mut wanted: Vec<(Millis, Wanted)> = Vec::new();
        for mail in listed.iter().filter(|mail| mail.deleted == Deleted::No && !done.contains(&mail.uid)) {
            let arrived = mail.arrived.unwrap_or(now);
            let size = mail.size.map(u64::from);
            if let Some(arrival) = arrival(mail.uid, arrived, cursor) {
                let order = if arrival.is_silent() { arrived } else { Millis::MIN };
                wanted.push((order, Wanted { uid: mail.uid, size, arrival }));
            }
        }
        wanted.sort_by_key(|(order, mail)| (*order, mail.uid));
        let queue: VecDeque<Wanted> = wanted.into_iter().map(|(_, mail)| mail).collect();
        let open = queue.iter().map(|mail| mail.uid).collect();
        Self { queue, open, top: listed.last().map_or(0, |mail| mail.uid) }
    }

    /// Mails of before that are still to be taken.
    pub(super) fn silent(&self) -> u32 {
        u32::try_from(self.queue.iter().filter(|mail| mail.arrival.is_silent()).count()).unwrap_or(u32::MAX)
    }

    /// The next mail.
    pub(super) fn next(&self) -> Option<u32> {
        self.queue.front().map(|mail| mail.uid)
    }

    /// The next mails that fit into one group.
    pub(super) fn group(&mut self, size: Group) -> Vec<Wanted> {
        let mut group = Vec::new();
        let mut bytes = 0;
        while let Some(next) = self.queue.front() {
            bytes += next.size.unwrap_or(GROUP_BYTES);
            let fits = group.len() < GROUP && bytes <= GROUP_BYTES && size == Group::Usual;
            if !group.is_empty() && !fits {
                break;
            }
            group.extend(self.queue.pop_front());
        }
        group
    }

    /// These are done; answers up to which mail everything is.
    pub(super) fn finish(&mut self, uids: impl Iterator<Item = u32>) -> u32 {
        for uid in uids {
            self.open.remove(&uid);
        }
        self.open.first().map_or(self.top, |uid| uid - 1)
    }

    /// Whether nothing is left to take.
    pub(super) fn is_done(&self) -> bool {
        self.queue.is_empty()
    }
}

/// How many mails are fetched together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Usual,
    /// Something went wrong with the one at hand.
    Alone,
}

/// As what a mail comes in; `None`: it is not taken.
fn arrival(uid: u32, arrived: Millis, cursor: &Cursor) -> Option<Arrival> {
    if uid > cursor.history_uid {
        return Some(Arrival::Now);
    }
    if cursor.history_from.is_some_and(|from| arrived < from) {
        return None;
    }
    match cursor.live_from {
        Some(from) if arrived >= from => Some(Arrival::Now),
        _ => Some(Arrival::Before(arrived)),
    }
}
