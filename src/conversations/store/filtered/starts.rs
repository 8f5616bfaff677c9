//! Where a look starts: from few conversations where a condition leaves few, else along the sorted runs that hold all that
//! could fit.

use std::collections::BTreeSet;

use rusqlite::params;

use super::super::super::model::{Place, Priority, Section, Within};
use super::super::search;
use super::queries::{
    ASSIGNED, CLOSED, CLOSED_OF, MENTIONED, OF_CONTACT, OPEN_OF, PRESSING, SNOOZED, SPAM, TAGGED, UNASSIGNED, WATCHED,
};
use super::{FEW, FEW_CONTACTS, Look, MESSAGES, Query};
use crate::error::Result;

/// So many persons have runs of their own; of more the runs of everybody are read.
const PERSONS: usize = 5;

/// A sorted run of one inbox.
pub(super) struct Run {
    pub sql: &'static str,
    pub inbox: i64,
    pub person: Option<i64>,
    /// How far it was read.
    pub place: Place,
    pub is_over: bool,
}

impl Look<'_> {
    /// The ids of all that could fit, where a condition leaves few.
    pub(super) fn few(&mut self, query: &Query<'_>) -> Result<Option<Vec<i64>>> {
        // Where somebody is named more often than that, the rest is not looked at.
        if self.sieve.section == Some(Section::Mentioned) {
            return Ok(Some(self.ids(MENTIONED, self.viewer.id, FEW)?));
        }
        if !query.words.is_empty() {
            let found = search::places(self.connection, self.viewer, query.words, MESSAGES)?;
            self.messages = search::messages(&found);
            return Ok(Some(found.into_keys().map(|(_, id)| id).collect()));
        }
        let filter = query.filter;
        if filter.watcher.is_some()
            && let Some(few) = self.few_of(WATCHED, &[self.viewer.id])?
        {
            return Ok(Some(few));
        }
        if let Some(few) = self.few_of(TAGGED, filter.tags.any())? {
            return Ok(Some(few));
        }
        if let Some(contacts) = self.contacts.as_ref().filter(|contacts| contacts.len() <= FEW_CONTACTS) {
            // Nobody is called that: nothing fits.
            let contacts: Vec<i64> = contacts.iter().copied().collect();
            if contacts.is_empty() {
                return Ok(Some(Vec::new()));
            }
            if let Some(few) = self.few_of(OF_CONTACT, &contacts)? {
                return Ok(Some(few));
            }
        }
        match filter.priorities.iter().min() {
            None | Some(Priority::None) => Ok(None),
            Some(least) => self.few_of(PRESSING, &[least.number()]),
        }
    }

    /// All that belong to one of these, each once, if they are few.
    fn few_of(&self, sql: &str, all: &[i64]) -> Result<Option<Vec<i64>>> {
        let mut found = BTreeSet::new();
        for one in all {
            found.extend(self.ids(sql, *one, FEW + 1)?);
            if found.len() > FEW {
                return Ok(None);
            }
        }
        Ok((!all.is_empty()).then(|| found.into_iter().collect()))
    }

    fn ids(&self, sql: &str, of: i64, most: usize) -> Result<Vec<i64>> {
        let mut select = self.connection.prepare_cached(sql)?;
        Ok(select.query_map(params![of, most], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The runs that hold all that could fit.
    pub(super) fn runs(&self, after: Place) -> Vec<Run> {
        let kinds = self.kinds();
        let run = |inbox: i64, (sql, person): (&'static str, Option<i64>)| Run {
            sql,
            inbox,
            person,
            place: after,
            is_over: false,
        };
        self.inboxes.iter().flat_map(|inbox| kinds.iter().map(|kind| run(*inbox, *kind)).collect::<Vec<_>>()).collect()
    }

    fn kinds(&self) -> Vec<(&'static str, Option<i64>)> {
        match (self.sieve.filter.within.as_slice(), self.sieve.section) {
            ([], Some(Section::Unassigned)) => vec![(UNASSIGNED, None)],
            ([], Some(Section::Mine)) => vec![(OPEN_OF, Some(self.viewer.id))],
            ([], Some(Section::Others)) => vec![(ASSIGNED, None)],
            ([], Some(Section::Closed)) => self.parts(&[Within::Closed]),
            ([], Some(Section::Snoozed)) => self.parts(&[Within::Snoozed]),
            ([], Some(Section::Spam)) => self.parts(&[Within::Spam]),
            ([], None | Some(Section::Mentioned)) => self.parts(&[Within::Open, Within::Snoozed, Within::Closed]),
            (within, _) => self.parts(within),
        }
    }

    fn parts(&self, within: &[Within]) -> Vec<(&'static str, Option<i64>)> {
        let one = |within: &Within| match within {
            Within::Open => self.open(),
            Within::Snoozed => vec![(SNOOZED, None)],
            Within::Closed => self.closed(),
            Within::Spam => vec![(SPAM, None)],
        };
        within.iter().flat_map(one).collect()
    }

    fn open(&self) -> Vec<(&'static str, Option<i64>)> {
        let handlers = self.sieve.handlers();
        let is_of_nobody = handlers.contains(&None);
        let persons: Vec<(&str, Option<i64>)> =
            handlers.iter().filter(|who| who.is_some()).map(|person| (OPEN_OF, *person)).collect();
        let theirs = match persons.len() {
            0 if !handlers.is_empty() => Vec::new(),
            1..=PERSONS => persons,
            _ => vec![(ASSIGNED, None)],
        };
        let anybody = handlers.is_empty() && self.sieve.filter.teams.any().is_empty();
        let nobodys = if is_of_nobody || anybody { vec![(UNASSIGNED, None)] } else { Vec::new() };
        [nobodys, theirs].concat()
    }

    fn closed(&self) -> Vec<(&'static str, Option<i64>)> {
        let handlers = self.sieve.handlers();
        if (1..=PERSONS).contains(&handlers.len()) && !handlers.contains(&None) {
            return handlers.into_iter().map(|person| (CLOSED_OF, person)).collect();
        }
        vec![(CLOSED, None)]
    }
}
