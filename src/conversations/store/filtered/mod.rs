//! Lists that a filter lets through, newest activity first, by keyset. No combination of conditions has an index of its own.
//! The look starts from the side where few conversations fit:
//!
//! * words: from what the search finds ([`MESSAGES`] messages at most);
//! * what one watches; tags, a contact, priorities that few have: from those few, each looked up by its id;
//! * everything else: from the sorted runs of the inboxes that are asked for (those of persons where some are named), row by
//!   row until a page is full.
//!
//! The last way is bounded: after [`LOOKED_AT`] rows the page says how far it has come, and "look further" goes on there.

mod queries;
mod starts;

use std::collections::HashSet;

use rusqlite::{Row as SqlRow, params};

use super::super::model::{Filter, Place, Priority, Section, Sieve, Standing, State};
use super::search;
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::contacts;
use crate::db::Connection;
use crate::error::Result;

pub use queries::queries;
use queries::{BY_ID, INBOXES, IS_WATCHED, PEOPLE_OF, TAGS_OF, TEAM};
use starts::Run;

/// Rows of the sorted runs that are looked at for one page.
pub const LOOKED_AT: usize = 4_000;
/// The same for a number beside a saved filter.
const COUNTED_AT: usize = 1_000;
/// A number beside a saved filter says no more than that there are more.
pub const COUNTED: usize = 100;
/// Messages that are looked at for words.
const MESSAGES: i64 = 4_000;
/// Rows read of a run at once.
const PIECE: usize = 64;
/// A condition that at most so many conversations meet is where the look starts.
const FEW: usize = 2_000;
/// Contacts that a part of a name leads to.
const CONTACTS: usize = 10_000;
/// The most of them that the look starts from, and whose companies' people are followed.
const FEW_CONTACTS: usize = 500;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    pub section: Section,
    /// Words to search for; empty: none.
    pub words: &'a str,
    pub filter: &'a Filter,
    pub now: Millis,
}

/// Which part of it.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    pub after: Place,
    /// How many are wanted.
    pub limit: usize,
    /// How many rows may be looked at.
    pub most: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub places: Vec<Place>,
    /// How far the look came, if it ended before it saw everything and before it found enough.
    pub reached: Option<Place>,
    /// Of words: the message they were found in, by conversation.
    pub messages: search::Messages,
}

/// The places of a stretch.
///
/// # Errors
/// Database errors.
pub fn places(connection: &Connection, viewer: &Viewer, query: &Query<'_>, stretch: Stretch) -> Result<Found> {
    let mut look = Look::new(connection, viewer, query)?;
    if let Some(few) = look.few(query)? {
        let found = look.among(&few, stretch)?;
        return Ok(Found { messages: look.messages, ..found });
    }
    look.along(stretch)
}

/// An inbox that somebody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable {
    pub id: i64,
    pub name: String,
    pub channel: String,
}

/// The inboxes that a person reads, by name.
///
/// # Errors
/// Database errors.
pub fn inboxes(connection: &Connection, viewer: &Viewer) -> Result<Vec<Readable>> {
    let mut select = connection.prepare_cached(INBOXES)?;
    let readable = select
        .query_map([viewer.id], |row| Ok(Readable { id: row.get(0)?, name: row.get(1)?, channel: row.get(2)? }))?;
    Ok(readable.collect::<rusqlite::Result<_>>()?)
}

/// How many there are, up to [`COUNTED`], and whether there may be more.
///
/// # Errors
/// Database errors.
pub fn count(connection: &Connection, viewer: &Viewer, query: &Query<'_>) -> Result<(usize, Sureness)> {
    let stretch = Stretch { after: Place::TOP, limit: COUNTED, most: COUNTED_AT };
    let found = places(connection, viewer, query, stretch)?;
    let sure = if found.reached.is_none() && found.places.len() < COUNTED { Sureness::All } else { Sureness::More };
    Ok((found.places.len(), sure))
}

/// Whether a number is all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    All,
    More,
}

/// One look through the list of a person.
struct Look<'a> {
    connection: &'a Connection,
    viewer: &'a Viewer,
    sieve: Sieve,
    /// Those the person reads and the filter asks for.
    inboxes: Vec<i64>,
    contacts: Option<HashSet<i64>>,
    /// The messages that words were found in, by conversation.
    messages: search::Messages,
}

impl<'a> Look<'a> {
    fn new(connection: &'a Connection, viewer: &'a Viewer, query: &Query<'_>) -> Result<Self> {
        let filter = query.filter;
        // What is searched for may stand in any section.
        let section = Some(query.section).filter(|_| query.words.is_empty());
        let mut sieve = Sieve::new(filter, section, viewer.id, &viewer.zone, query.now);
        let mut select = connection.prepare_cached(TEAM)?;
        for team in &filter.teams.of {
            for member in select.query_map([team], |row| row.get(0))? {
                sieve.team.push(member?);
            }
        }
        let mut readable = inboxes(connection, viewer)?;
        readable.retain(|inbox| {
            filter.inboxes.lets(|wanted| *wanted == inbox.id)
                && (filter.channels.is_empty() || filter.channels.contains(&inbox.channel))
        });
        let inboxes = readable.into_iter().map(|inbox| inbox.id).collect();
        let contacts = if filter.contact.is_empty() { None } else { Some(named(connection, &filter.contact)?) };
        Ok(Self { connection, viewer, sieve, inboxes, contacts, messages: search::Messages::new() })
    }

    fn lets(&self, one: &Standing) -> Result<bool> {
        let fits = self.inboxes.contains(&one.inbox)
            && self.contacts.as_ref().is_none_or(|contacts| contacts.contains(&one.contact))
            && self.sieve.lets(one);
        Ok(fits && self.is_tagged(one.id)? && self.is_watched(one.id)?)
    }

    /// What is asked about tags costs one query, however many are named.
    fn is_tagged(&self, id: i64) -> Result<bool> {
        let tags = &self.sieve.filter.tags;
        if tags.is_empty() {
            return Ok(true);
        }
        let mut select = self.connection.prepare_cached(TAGS_OF)?;
        let own = select.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        Ok(tags.lets(|tag| own.contains(tag)))
    }

    fn is_watched(&self, id: i64) -> Result<bool> {
        let is_asked = self.sieve.filter.watcher.is_some();
        Ok(!is_asked || self.connection.prepare_cached(IS_WATCHED)?.exists([self.viewer.id, id])?)
    }

    /// From a few ids.
    fn among(&self, ids: &[i64], stretch: Stretch) -> Result<Found> {
        let mut select = self.connection.prepare_cached(BY_ID)?;
        let mut places = Vec::new();
        for id in ids {
            for one in select.query_map([id], standing)? {
                let one = one?;
                let place = Place { at: one.last_activity_at, id: one.id };
                if (place.at, place.id) < (stretch.after.at, stretch.after.id) && self.lets(&one)? {
                    places.push(place);
                }
            }
        }
        sort(&mut places);
        places.truncate(stretch.limit);
        Ok(Found { places, ..Found::default() })
    }

    /// Along the sorted runs. The one that was read least far goes on, so that everything above the place where it stands
    /// is known.
    fn along(&mut self, stretch: Stretch) -> Result<Found> {
        let after = Place { at: stretch.after.at.min(self.sieve.before), ..stretch.after };
        // A day that ended leaves nothing of that very moment out.
        let after = if after.at < stretch.after.at { Place { id: i64::MIN, ..after } } else { after };
        let mut runs = self.runs(after);
        let (mut places, mut looked) = (Vec::new(), 0);
        loop {
            let front = runs.iter_mut().filter(|run| !run.is_over).max_by_key(|run| (run.place.at, run.place.id));
            let Some(run) = front else {
                sort(&mut places);
                places.truncate(stretch.limit);
                return Ok(Found { places, ..Found::default() });
            };
            let known = |place: &Place| (place.at, place.id) >= (run.place.at, run.place.id);
            let enough =
                places.len() >= stretch.limit && places.iter().filter(|place| known(place)).count() >= stretch.limit;
            if enough || looked >= stretch.most {
                let reached = Some(run.place).filter(|_| !enough);
                places.retain(known);
                sort(&mut places);
                places.truncate(stretch.limit);
                return Ok(Found { places, reached, ..Found::default() });
            }
            looked += self.read(run, &mut places)?;
        }
    }

    /// Reads a piece of a run, and answers how many rows that were.
    fn read(&self, run: &mut Run, places: &mut Vec<Place>) -> Result<usize> {
        let mut select = self.connection.prepare_cached(run.sql)?;
        let values = params![run.inbox, run.place.at, run.place.id, PIECE, run.person];
        let mut looked = 0;
        for one in select.query_map(values, standing)? {
            let one = one?;
            looked += 1;
            run.place = Place { at: one.last_activity_at, id: one.id };
            if one.last_activity_at < self.sieve.from {
                run.is_over = true;
                break;
            }
            if self.lets(&one)? {
                places.push(run.place);
            }
        }
        run.is_over |= looked < PIECE;
        Ok(looked)
    }
}

/// The contacts that are meant, and the people of such companies.
fn named(connection: &Connection, part: &str) -> Result<HashSet<i64>> {
    let mut contacts: HashSet<i64> = contacts::find(connection, part, CONTACTS)?.into_iter().collect();
    if contacts.len() <= FEW_CONTACTS {
        let mut select = connection.prepare_cached(PEOPLE_OF)?;
        for company in contacts.clone() {
            for person in select.query_map(params![company, FEW_CONTACTS], |row| row.get(0))? {
                contacts.insert(person?);
            }
        }
    }
    Ok(contacts)
}

fn sort(places: &mut [Place]) {
    places.sort_unstable_by_key(|place| std::cmp::Reverse((place.at, place.id)));
}

fn standing(row: &SqlRow<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        id: row.get(0)?,
        inbox: row.get(1)?,
        contact: row.get(2)?,
        state: State::parse(row.get_ref(3)?.as_str()?),
        is_spam: row.get(4)?,
        assignee: row.get(5)?,
        priority: Priority::of_number(row.get(6)?),
        unanswered: row.get(7)?,
        last_incoming_at: row.get(8)?,
        last_activity_at: row.get(9)?,
    })
}
