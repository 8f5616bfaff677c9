//! Who may hear of a fact, and what somebody missed.

use std::collections::{BTreeSet, HashSet};

use rusqlite::params;

use super::names;
use crate::clock::DAY;
use crate::db::{self, Connection};
use crate::error::Result;
use crate::events::Event;

/// More missed facts than this are one "refresh".
const MISSED: u32 = 500;

/// Everybody with access.
pub(super) fn everybody(connection: &Connection) -> Result<HashSet<i64>> {
    let mut select = connection.prepare_cached("SELECT id FROM user WHERE state = 'active'")?;
    let users = select.query_map([], |row| row.get(0))?;
    Ok(users.collect::<rusqlite::Result<_>>()?)
}

/// Who may hear of a fact: the readers of its inbox, of facts about the inbox itself also who manages inboxes, and for a
/// fact about one person only that person; of the people of the workspace who runs them hears as well. Whether
/// somebody is available concerns everybody who could hand them something, and a shared filter everybody.
pub(super) fn audience(connection: &Connection, event: &Event) -> Result<HashSet<i64>> {
    if event.is_about_people() {
        let mut select =
            connection.prepare_cached("SELECT id FROM user WHERE state = 'active' AND role IN ('owner', 'admin')")?;
        let users = select.query_map([], |row| row.get(0))?;
        let mut users = users.collect::<rusqlite::Result<HashSet<i64>>>()?;
        users.extend(event.user());
        return Ok(users);
    }
    if event.is_about_tags()
        || matches!(event, Event::AvailabilityChanged { .. } | Event::FilterChanged { owner: None, .. })
    {
        return everybody(connection);
    }
    if let Event::UsersNotified { users } = event {
        return Ok(users.iter().copied().collect());
    }
    if let Some(user) = event.user() {
        return Ok(HashSet::from([user]));
    }
    let Some(inbox) = event.inbox() else {
        return Ok(HashSet::new());
    };
    let mut select = connection.prepare_cached(
        "SELECT user_id FROM inbox_reader WHERE inbox_id = ?1
         UNION SELECT user_id FROM user_right WHERE name = 'inboxes.manage' AND ?2",
    )?;
    let users = select.query_map(params![inbox, event.is_about_inbox()], |row| row.get(0))?;
    Ok(users.collect::<rusqlite::Result<_>>()?)
}

/// The names of all blocks that changed for `user` after the fact `after`, each once. `refresh` when it is too long ago
/// or too much; `None` when nothing concerns them.
pub(super) fn missed(connection: &Connection, user: i64, after: i64) -> Result<Option<String>> {
    let facts = db::since(connection, after, MISSED + 1)?;
    let too_many = facts.len() > MISSED as usize;
    let too_old: bool = connection
        .prepare_cached(
            "SELECT coalesce((SELECT created_at FROM event WHERE id > ?1 ORDER BY id LIMIT 1)
                             < (SELECT created_at FROM event ORDER BY id DESC LIMIT 1) - ?2, 0)",
        )?
        .query_row([after, DAY], |row| row.get(0))?;
    if too_many || too_old {
        return Ok(Some("refresh".to_owned()));
    }
    let mut changed = BTreeSet::new();
    for fact in facts {
        if audience(connection, &fact.event)?.contains(&user) {
            changed.extend(names::of(&fact.event).split(' ').map(str::to_owned));
        }
    }
    changed.remove("");
    Ok((!changed.is_empty()).then(|| changed.into_iter().collect::<Vec<_>>().join(" ")))
}
