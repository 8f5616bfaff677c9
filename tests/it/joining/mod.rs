//! Moving conversations to another inbox, merging two, splitting messages off.

mod merging;
mod moving;
mod splitting;
mod undoing;

use recado::channels::email::{Limits, Mail, parse};
use recado::db::Connection;

use crate::sections::office::Office;

/// Everything that is kept and not counted says what counting says.
pub async fn assert_counted(office: &Office) {
    let wrong = "SELECT 'open of ' || c.inbox_id || ' by ' || c.who
           FROM (SELECT inbox_id, coalesce(assignee_id, 0) AS who, sum(state = 'open') AS open,
                        sum(state = 'open' AND unanswered) AS unanswered, sum(state = 'snoozed') AS snoozed
                   FROM conversation GROUP BY 1, 2) c
           LEFT JOIN conversation_counter n ON n.inbox_id = c.inbox_id AND n.assignee_id = c.who
          WHERE (coalesce(n.open, 0), coalesce(n.unanswered, 0), coalesce(n.snoozed, 0))
             IS NOT (c.open, c.unanswered, c.snoozed)
         UNION ALL
         SELECT 'too many of ' || n.inbox_id FROM conversation_counter n
          WHERE n.open + n.snoozed > 0
            AND NOT EXISTS (SELECT 1 FROM conversation c
                             WHERE c.inbox_id = n.inbox_id AND coalesce(c.assignee_id, 0) = n.assignee_id)
         UNION ALL
         SELECT 'received in ' || c.id FROM conversation c
          WHERE c.merged_into_id IS NULL
            AND c.incoming_count != (SELECT count(*) FROM message m
                                      WHERE m.conversation_id = c.id AND m.kind = 'incoming' AND m.imported = 0)
         UNION ALL
         SELECT 'read of ' || k.conversation_id FROM read_mark k JOIN conversation c ON c.id = k.conversation_id
          WHERE c.merged_into_id IS NULL AND k.incoming_seen NOT BETWEEN 0 AND c.incoming_count
         UNION ALL
         SELECT 'mentions of ' || n.user_id FROM mention_counter n
          WHERE (n.places, n.unread) IS NOT (SELECT count(*), coalesce(sum(p.unread), 0) FROM mention_place p
                                              WHERE p.user_id = n.user_id AND p.inbox_id = n.inbox_id)
         UNION ALL
         SELECT 'told of ' || l.conversation_id FROM notification_line l
          WHERE l.unread != (SELECT count(*) FROM notification n
                              WHERE n.user_id = l.user_id AND n.conversation_id = l.conversation_id AND n.read_at IS NULL)";
    let read = move |connection: &Connection| {
        let mut select = connection.prepare(wrong)?;
        let found = select.query_map([], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<Vec<String>>>()?)
    };
    let found = office.app.recado.db.read(read).await.expect("the numbers");
    assert_eq!(found, Vec::<String>::new());
}

/// The answers that left, once there are so many.
pub async fn left(office: &Office, count: usize) -> Vec<Mail> {
    office.app.letters(count).await.into_iter().map(|letter| parse(&letter.raw, &Limits::default())).collect()
}

/// The address that answers to a mail of ours go to.
pub fn token_of(mail: &Mail) -> String {
    mail.reply_to.first().map(|to| to.address.clone()).expect("an address for answers")
}

/// A mail to an address, to an earlier one (empty: to none).
pub fn letter(id: &str, from: &str, to: &str, about: &str) -> Vec<u8> {
    let reply = if about.is_empty() { String::new() } else { format!("In-Reply-To: <{about}>\r\n") };
    format!(
        "Message-ID: <{id}>\r\n{reply}From: {from}\r\nTo: {to}\r\nSubject: Re: Granito\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nResposta {id}\r\n"
    )
    .into_bytes()
}
