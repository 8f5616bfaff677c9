//! Mails of the folder that is open: which there are, their bytes, their marks.

use jiff::civil::Date;

use super::answer::{Response, Value};
use super::session::{Command, SMALL, Session, fetched, is_named, uid_of};
use super::trouble::Trouble;
use super::{Deleted, Listed};
use crate::clock::Millis;

/// Mails that one list holds at most; of more, those with the smallest UIDs are kept.
const MOST_LISTED: usize = 200_000;

/// A mail, or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub uid: u32,
    pub bytes: Vec<u8>,
}

impl Session {
    /// The mails from `first` on, in the order of their UIDs. A server that does not tell sizes and dates is asked without.
    ///
    /// # Errors
    /// As every command.
    pub async fn list_from(&mut self, first: u32) -> Result<Vec<Listed>, Trouble> {
        self.heed_news();
        if self.exists == 0 {
            return Ok(Vec::new());
        }
        let full = format!("UID FETCH {first}:* (UID FLAGS RFC822.SIZE INTERNALDATE)");
        match self.list_by(&full, first).await {
            Err(Trouble::Bad(_)) => self.list_by(&format!("UID FETCH {first}:* (UID FLAGS)"), first).await,
            listed => listed,
        }
    }

    /// "n:*" is never empty: the last mail comes again when there is nothing from `n` on.
    async fn list_by(&mut self, command: &str, first: u32) -> Result<Vec<Listed>, Trouble> {
        let mut found: Vec<Listed> = Vec::new();
        let note = |response: Response| {
            if let Some(mail) = listed(&response).filter(|mail| mail.uid >= first) {
                found.push(mail);
                if found.len() >= 2 * MOST_LISTED {
                    found.sort_unstable_by_key(|mail| mail.uid);
                    found.truncate(MOST_LISTED);
                }
            }
        };
        self.run(Command::new(command), SMALL, note).await?;
        found.sort_unstable_by_key(|mail| mail.uid);
        found.dedup_by_key(|mail| mail.uid);
        found.truncate(MOST_LISTED);
        Ok(found)
    }

    /// The bytes of mails, as far as they are still there. `most`: bytes of all together.
    ///
    /// # Errors
    /// [`Trouble::TooLarge`] when more is announced; the connection is of no use then.
    pub async fn bodies(&mut self, uids: &[u32], most: usize) -> Result<Vec<Body>, Trouble> {
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        self.fetch_bodies(&format!("UID FETCH {set} (UID BODY.PEEK[])"), uids, most).await
    }

    /// `size` bytes of a mail from `from` on; fewer at its end, none behind it.
    ///
    /// # Errors
    /// As [`Session::bodies`].
    pub async fn stretch(&mut self, uid: u32, from: usize, size: usize) -> Result<Option<Vec<u8>>, Trouble> {
        let command = format!("UID FETCH {uid} (UID BODY.PEEK[]<{from}.{size}>)");
        let found = self.fetch_bodies(&command, &[uid], size).await?;
        Ok(found.into_iter().next().map(|body| body.bytes))
    }

    /// The header of a mail, if it is there.
    ///
    /// # Errors
    /// As every command.
    pub async fn header(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Trouble> {
        let command = format!("UID FETCH {uid} (UID BODY.PEEK[HEADER])");
        let found = self.fetch_bodies(&command, &[uid], SMALL).await?;
        Ok(found.into_iter().next().map(|body| body.bytes))
    }

    async fn fetch_bodies(&mut self, command: &str, uids: &[u32], most: usize) -> Result<Vec<Body>, Trouble> {
        let mut found: Vec<Body> = Vec::new();
        let note = |response: Response| {
            if let Some(body) = body(response).filter(|body| uids.contains(&body.uid)) {
                found.push(body);
            }
        };
        self.run(Command::new(command), most, note).await?;
        Ok(found)
    }

    /// Whether a mail is still there.
    ///
    /// # Errors
    /// As every command.
    pub async fn has(&mut self, uid: u32) -> Result<bool, Trouble> {
        let mut found = false;
        let note = |response: Response| found |= uid_of(&response) == Some(uid);
        self.run(Command::new(&format!("UID FETCH {uid} (UID)")), SMALL, note).await?;
        Ok(found)
    }

    /// Marks mails as seen.
    ///
    /// # Errors
    /// As every command.
    pub async fn mark_seen(&mut self, uids: &[u32]) -> Result<(), Trouble> {
        self.store(uids, "\\Seen").await
    }

    async fn store(&mut self, uids: &[u32], flag: &str) -> Result<(), Trouble> {
        let command = format!("UID STORE {} +FLAGS.SILENT ({flag})", set(uids));
        self.run(Command::new(&command), SMALL, |_| {}).await.map(|_| ())
    }

    /// Moves mails to a folder. Without MOVE they are copied and marked as deleted, and only they are removed: where the
    /// server cannot remove single mails they stay, marked.
    ///
    /// # Errors
    /// [`Trouble::No`] with the code `TRYCREATE` when there is no such folder.
    pub async fn shift(&mut self, uids: &[u32], folder: &str) -> Result<(), Trouble> {
        let name = super::names::encode(folder);
        if self.can("MOVE") {
            let command = Command::new(&format!("UID MOVE {}", set(uids))).value(&name);
            return self.run(command, SMALL, |_| {}).await.map(|_| ());
        }
        let command = Command::new(&format!("UID COPY {}", set(uids))).value(&name);
        self.run(command, SMALL, |_| {}).await?;
        self.store(uids, "\\Deleted").await?;
        if self.can("UIDPLUS") {
            self.run(Command::new(&format!("UID EXPUNGE {}", set(uids))), SMALL, |_| {}).await?;
        }
        Ok(())
    }

    /// Makes a folder.
    ///
    /// # Errors
    /// As every command.
    pub async fn create(&mut self, folder: &str) -> Result<(), Trouble> {
        self.run(Command::new("CREATE").value(&super::names::encode(folder)), SMALL, |_| {}).await.map(|_| ())
    }

    /// Whether the folder that is open holds a mail with this Message-ID. A server that cannot search is asked for the ids
    /// of the last mails.
    ///
    /// # Errors
    /// As every command.
    pub async fn holds(&mut self, message_id: &str) -> Result<bool, Trouble> {
        if self.exists == 0 {
            return Ok(false);
        }
        let mut found = false;
        let note = |response: Response| {
            if let Response::Named(word, values) = response {
                found |= word == "SEARCH" && values.iter().any(|value| value.number().is_some());
            }
        };
        let command = Command::new("UID SEARCH HEADER Message-ID").value(&format!("<{message_id}>"));
        match self.run(command, SMALL, note).await {
            Err(trouble) if trouble.is_answer() => self.ends_with(message_id).await,
            Err(trouble) => Err(trouble),
            Ok(_) => Ok(found),
        }
    }

    async fn ends_with(&mut self, message_id: &str) -> Result<bool, Trouble> {
        let first = self.exists.saturating_sub(50).max(1);
        let mut found = false;
        let note = |response: Response| {
            let mut texts = fetched(&response).filter_map(|(_, value)| value.text());
            found |= texts.any(|text| text.contains(message_id));
        };
        let command = format!("FETCH {first}:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
        self.run(Command::new(&command), SMALL, note).await?;
        Ok(found)
    }

    /// Adds a mail to a folder (as the server writes its name), marked as seen.
    ///
    /// # Errors
    /// [`Trouble::No`] with the code `TRYCREATE` when there is no such folder.
    pub async fn append(&mut self, raw_folder: &str, raw: Vec<u8>) -> Result<(), Trouble> {
        let command = Command::new("APPEND").value(raw_folder).text(" (\\Seen)").literal(raw);
        self.run(command, SMALL, |_| {}).await.map(|_| ())
    }
}

fn listed(response: &Response) -> Option<Listed> {
    let uid = uid_of(response)?;
    let mut mail = Listed { uid, size: None, arrived: None, deleted: Deleted::No };
    for (name, value) in fetched(response) {
        if is_named(name, "RFC822.SIZE") {
            mail.size = value.number();
        } else if is_named(name, "INTERNALDATE") {
            mail.arrived = value.text().and_then(|text| date(&text));
        } else if is_named(name, "FLAGS") {
            let is_deleted = |flag: &Value| is_named(flag, "\\Deleted");
            mail.deleted = if value.list().iter().any(is_deleted) { Deleted::Yes } else { Deleted::No };
        }
    }
    Some(mail)
}

fn body(response: Response) -> Option<Body> {
    let uid = uid_of(&response)?;
    let Response::Numbered(_, _, values) = response else { return None };
    let Some(Value::List(parts)) = values.into_iter().next() else { return None };
    let mut parts = parts.into_iter();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        let is_body = matches!(&name, Value::Atom(name) if name.to_ascii_uppercase().starts_with("BODY["));
        if let (true, Value::Text(bytes)) = (is_body, value) {
            return Some(Body { uid, bytes });
        }
    }
    None
}

/// UIDs as IMAP writes them, runs as `3:9`. They must be sorted.
fn set(uids: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for uid in uids {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*uid) => *last = *uid,
            _ => runs.push((*uid, *uid)),
        }
    }
    let written =
        runs.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}:{last}") });
    written.collect::<Vec<_>>().join(",")
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// ` 7-Jul-2026 02:44:25 -0300`.
fn date(text: &str) -> Option<Millis> {
    let mut words = text.trim().split(' ');
    let (day, time, zone) = (words.next()?, words.next()?, words.next()?);
    let mut parts = day.split('-');
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?.parse().ok()?);
    let month = MONTHS.iter().position(|known| month.eq_ignore_ascii_case(known))? + 1;
    let mut parts = time.split(':').map(str::parse::<i8>);
    let (hour, minute, second) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let date = Date::new(year, i8::try_from(month).ok()?, day).ok()?;
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let offset: i64 = zone.trim_start_matches(['+', '-']).parse().ok()?;
    let offset = sign * (offset / 100 * 60 + offset % 100) * 60;
    let instant =
        jiff::civil::DateTime::from_parts(date, jiff::civil::Time::new(hour, minute, second.min(59), 0).ok()?);
    let utc = instant.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some(utc - offset * 1000)
}

#[cfg(test)]
mod tests {
    use super::{date, set};

    #[test]
    fn dates_and_sets_are_read_and_written() {
        assert_eq!(date(" 1-Jan-1970 00:00:01 +0000"), Some(1000));
        assert_eq!(date("20-nov-2026 10:00:00 -0300"), Some(1_795_179_600_000));
        for bad in ["", "1-Foo-2026 10:00:00 +0000", "31-Feb-2026 10:00:00 +0000", "1-Jan-2026 10:00", "x"] {
            assert_eq!(date(bad), None, "{bad}");
        }
        assert_eq!(set(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        assert_eq!(set(&[u32::MAX]), "4294967295");
    }
}
