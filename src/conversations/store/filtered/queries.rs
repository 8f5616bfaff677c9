//! The queries of a look through a filtered list. The sorted runs of one inbox take: ?1 the inbox, ?2 and ?3 the place
//! before, ?4 how many, ?5 the person, where it is a person's run.

pub(super) const UNASSIGNED: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation
     WHERE inbox_id = ?1 AND state = 'open' AND assignee_id IS NULL AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
pub(super) const ASSIGNED: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation INDEXED BY conversation_assigned
     WHERE inbox_id = ?1 AND state = 'open' AND assignee_id IS NOT NULL AND (last_activity_at, id) < (?2, ?3)
       AND ?5 IS NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
pub(super) const OPEN_OF: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation
     WHERE inbox_id = ?1 AND state = 'open' AND assignee_id = ?5 AND assignee_id IS NOT NULL
       AND (last_activity_at, id) < (?2, ?3)
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
pub(super) const CLOSED: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation INDEXED BY conversation_closed
     WHERE inbox_id = ?1 AND state = 'closed' AND spam = 0 AND merged_into_id IS NULL
       AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
pub(super) const CLOSED_OF: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation INDEXED BY conversation_closed_of
     WHERE inbox_id = ?1 AND state = 'closed' AND spam = 0 AND assignee_id = ?5 AND assignee_id IS NOT NULL
       AND merged_into_id IS NULL AND (last_activity_at, id) < (?2, ?3)
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
pub(super) const SNOOZED: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation
     WHERE inbox_id = ?1 AND state = 'snoozed' AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
pub(super) const SPAM: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation
     WHERE inbox_id = ?1 AND spam = 1 AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";

pub(super) const BY_ID: &str =
    "SELECT id, inbox_id, contact_id, state, spam, assignee_id, priority, unanswered, last_incoming_at,
            last_activity_at FROM conversation
     WHERE id = ?1 AND merged_into_id IS NULL";
pub(super) const TAGGED: &str = "SELECT conversation_id FROM tagging WHERE tag_id = ?1 LIMIT ?2";
pub(super) const PRESSING: &str = "SELECT id FROM conversation INDEXED BY conversation_pressing
     WHERE priority >= ?1 AND priority > 0 LIMIT ?2";
pub(super) const OF_CONTACT: &str = "SELECT id FROM conversation WHERE contact_id = ?1 LIMIT ?2";
pub(super) const MENTIONED: &str = "SELECT conversation_id FROM mention_place WHERE user_id = ?1 LIMIT ?2";
pub(super) const PEOPLE_OF: &str = "SELECT id FROM contact WHERE company_id = ?1 LIMIT ?2";
pub(super) const TAGS_OF: &str = "SELECT tag_id FROM tagging WHERE conversation_id = ?1";
pub(super) const WATCHED: &str = "SELECT conversation_id FROM watch WHERE user_id = ?1 AND level = 'watching' LIMIT ?2";
pub(super) const IS_WATCHED: &str =
    "SELECT 1 FROM watch WHERE user_id = ?1 AND conversation_id = ?2 AND level = 'watching'";
pub(super) const INBOXES: &str =
    "SELECT i.id, i.name, i.channel FROM inbox_reader r JOIN inbox i ON i.id = r.inbox_id WHERE r.user_id = ?1
     ORDER BY i.name COLLATE NOCASE";
pub(super) const TEAM: &str = "SELECT user_id FROM team_member WHERE team_id = ?1";

/// Every query of a look, with a name for a test.
#[must_use]
pub fn queries() -> [(&'static str, &'static str); 17] {
    [
        ("filtered: nobody's", UNASSIGNED),
        ("filtered: somebody's", ASSIGNED),
        ("filtered: a person's", OPEN_OF),
        ("filtered: closed", CLOSED),
        ("filtered: closed of a person", CLOSED_OF),
        ("filtered: put off", SNOOZED),
        ("filtered: spam", SPAM),
        ("filtered: one", BY_ID),
        ("filtered: tagged", TAGGED),
        ("filtered: pressing", PRESSING),
        ("filtered: of a contact", OF_CONTACT),
        ("filtered: mentioned", MENTIONED),
        ("filtered: people of a company", PEOPLE_OF),
        ("filtered: tags of one", TAGS_OF),
        ("filtered: watched", WATCHED),
        ("filtered: one is watched", IS_WATCHED),
        ("filtered: a team", TEAM),
    ]
}
