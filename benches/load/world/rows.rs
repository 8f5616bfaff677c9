//! The rows of the world. Conversations that are alive at the same time are written together, message by message in turn,
//! so that the rows of one lie as far apart as in real life.

use recado::clock::DAY;
use recado::conversations::model::preview;
use recado::db::{Db, Tx};
use recado::error::Result;
use recado::events::Event;
use rusqlite::params;

use super::people::People;
use super::story::{MESSAGES, Story};
use crate::words::{Dice, Words};

/// Conversations alive at the same time: 5,000 messages in one transaction.
const ALIVE: usize = 500;

/// Writes all conversations, from `start` until now.
pub async fn fill(db: &Db, people: People, conversations: usize, start: i64) -> crate::Result<()> {
    let words = std::sync::Arc::new(Words::new(30_000));
    // Row by row the full text would be written a million times; once at the end it takes seconds.
    let trigger: String = db.write(take_trigger).await?;
    let span = 729 * DAY / i64::try_from(conversations.div_ceil(ALIVE))?;
    for (number, first) in (0..conversations).step_by(ALIVE).enumerate() {
        let (words, people) = (words.clone(), people.clone());
        let told = tokio::task::spawn_blocking(move || {
            let mut dice = Dice::new(first as u64);
            let count = ALIVE.min(conversations - first);
            let age = first * 100 / conversations;
            (0..count).map(|_| Story::new(&mut dice, &words, &people, age)).collect::<Vec<_>>()
        })
        .await?;
        let from = start + span * i64::try_from(number)?;
        db.write(move |tx| Batch { tx, from, span, first: i64::try_from(first).unwrap_or(0) }.write(&told)).await?;
    }
    db.write(move |tx| Ok(tx.execute_batch(&[trigger.as_str(), INDEX].join(";"))?)).await?;
    Ok(())
}

/// Fills the full text in large pieces, with memory that the product does not take for itself.
const INDEX: &str = "
PRAGMA cache_size = -524288;
INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 67108864);
INSERT INTO message_fts (message_fts) VALUES ('rebuild');
INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 1048576);";

/// Removes the trigger that fills the full text and answers the statement that makes it again.
fn take_trigger(tx: &Tx<'_>) -> Result<String> {
    let made = tx.query_row("SELECT sql FROM sqlite_schema WHERE name = 'message_fts_insert'", [], |row| row.get(0))?;
    tx.execute_batch("DROP TRIGGER message_fts_insert")?;
    Ok(made)
}

struct Batch<'a, 'c> {
    tx: &'a Tx<'c>,
    /// Time of the first message, and time from it to the last.
    from: i64,
    span: i64,
    /// Conversations before this batch.
    first: i64,
}

impl Batch<'_, '_> {
    fn write(&self, told: &[Story]) -> Result<()> {
        for (place, story) in told.iter().enumerate() {
            self.conversation(place, told.len(), story)?;
        }
        let mut last = vec![0; told.len()];
        for turn in 0..MESSAGES {
            for (place, story) in told.iter().enumerate() {
                last[place] = self.message(place, told.len(), story, turn)?;
            }
        }
        for (place, story) in told.iter().enumerate() {
            self.ends(place, told.len(), story, last[place])?;
        }
        Ok(())
    }

    fn id(&self, place: usize) -> i64 {
        self.first + i64::try_from(place).unwrap_or(0) + 1
    }

    /// The time of a turn of a conversation.
    fn at(&self, place: usize, of: usize, turn: usize) -> i64 {
        let step = |n: usize| i64::try_from(n).unwrap_or(0);
        self.from + self.span * (step(turn) * step(of) + step(place)) / (step(MESSAGES + 1) * step(of))
    }

    fn conversation(&self, place: usize, of: usize, story: &Story) -> Result<()> {
        let (begun, last_at) = (self.at(place, of, 0), self.at(place, of, MESSAGES - 1));
        let last = &story.messages[MESSAGES - 1];
        let last_in = story.messages.iter().rposition(|said| said.kind == "incoming").unwrap_or(0);
        self.tx
            .prepare_cached(
                "INSERT INTO conversation (id, inbox_id, contact_id, subject, state, assignee_id, preview, last_kind,
                                           last_delivery, last_activity_at, incoming_count, last_incoming_at, unanswered,
                                           created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                self.id(place),
                story.inbox,
                story.contact,
                story.subject,
                if story.closed { "closed" } else { "open" },
                story.assignee,
                preview(&last.text),
                last.kind,
                (last.kind == "outgoing").then_some("sent"),
                last_at,
                story.received(),
                self.at(place, of, last_in),
                story.waits(),
                begun
            ])?;
        self.tx
            .prepare_cached("INSERT INTO participant (conversation_id, address) VALUES (?1, ?2)")?
            .execute(params![self.id(place), story.address])?;
        let (conversation, inbox) = (self.id(place), story.inbox);
        let contact = i64::try_from(story.contact).unwrap_or(0);
        self.tell(&Event::ConversationCreated { conversation, inbox, contact }, begun)
    }

    fn message(&self, place: usize, of: usize, story: &Story, turn: usize) -> Result<i64> {
        let (said, at, conversation, inbox) =
            (&story.messages[turn], self.at(place, of, turn), self.id(place), story.inbox);
        let incoming = said.kind == "incoming";
        let recipients = if incoming {
            serde_json::json!({ "to": [{ "name": "", "address": "caixa@vereda.example" }] })
        } else {
            serde_json::json!({ "to": [{ "name": story.name, "address": story.address }] })
        };
        let message = self
            .tx
            .prepare_cached(
                "INSERT INTO message (conversation_id, inbox_id, kind, user_id, contact_id, sender_name, sender_address,
                                      subject, text, recipients, external_id, delivery, sent_at, written_at, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
            )?
            .insert(params![
                conversation,
                inbox,
                said.kind,
                said.by,
                incoming.then_some(story.contact),
                if incoming { story.name.as_str() } else { "Equipe" },
                if incoming { story.address.as_str() } else { "" },
                if incoming { story.subject.as_str() } else { "" },
                said.text,
                recipients.to_string(),
                (said.kind != "note").then(|| format!("{conversation}.{turn}@vereda.example")),
                (said.kind == "outgoing").then_some("sent"),
                (said.kind == "outgoing").then_some(at),
                at
            ])?;
        let fact = match (said.kind, said.by) {
            ("outgoing", Some(user)) => Event::MessageWritten { conversation, inbox, message, user },
            ("note", Some(user)) => Event::NoteWritten { conversation, inbox, message, user },
            _ => Event::MessageReceived { conversation, inbox, message },
        };
        self.tell(&fact, at)?;
        Ok(message)
    }

    /// Who took it, who closed it, who has read it.
    fn ends(&self, place: usize, of: usize, story: &Story, last: i64) -> Result<()> {
        let (conversation, inbox, at) = (self.id(place), story.inbox, self.at(place, of, MESSAGES));
        if let Some(user) = story.assignee {
            self.tx
                .prepare_cached(
                    "INSERT INTO assignment (conversation_id, assignee_id, assigned_by, assigned_at) VALUES (?1, ?2, ?2, ?3)",
                )?
                .execute([conversation, user, at])?;
            let assignee = Some(user);
            self.tell(&Event::ConversationAssigned { conversation, inbox, assignee, by: assignee, why: None }, at)?;
        }
        if story.closed {
            self.tx
                .prepare_cached("INSERT INTO closure (conversation_id, closed_by, closed_at) VALUES (?1, ?2, ?3)")?
                .execute(params![conversation, story.assignee, at])?;
            self.tell(&Event::ConversationClosed { conversation, inbox, by: story.assignee }, at)?;
        }
        for (user, seen) in &story.seen {
            self.tx
                .prepare_cached(
                    "INSERT INTO read_mark (user_id, conversation_id, incoming_seen, message_id, read_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![user, conversation, seen, last, at])?;
        }
        Ok(())
    }

    /// Stores a fact with the time it happened.
    fn tell(&self, event: &Event, at: i64) -> Result<()> {
        let payload = serde_json::to_value(event)?;
        self.tx
            .prepare_cached(
                "INSERT INTO event (kind, payload, inbox_id, conversation_id, contact_id, user_id, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                payload["kind"].as_str(),
                payload.to_string(),
                event.inbox(),
                event.conversation(),
                event.contact(),
                event.user(),
                at
            ])?;
        Ok(())
    }
}
