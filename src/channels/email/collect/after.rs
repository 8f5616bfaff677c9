//! What becomes of mails in the mailbox once they are stored here: nothing, a mark, another folder. Only after the COMMIT,
//! and again as long as it did not succeed.

use super::cursor::{self, Side};
use super::take::Round;
use super::visit::Fault;
use crate::error::Result;
use crate::imap::{Deleted, Session, Trouble};
use crate::inboxes::AfterReading;

/// Mails of one command.
const AT_ONCE: usize = 100;

impl Round<'_> {
    /// Marks or moves what was stored since the last time. A server that refuses does not keep mail from coming in.
    pub(super) async fn settle(&mut self, session: &mut Session) -> Result<(), Fault> {
        let (from, to) = (self.cursor.settled_uid.max(self.cursor.history_uid), self.cursor.last_uid);
        if self.mailbox.after == AfterReading::Leave || from >= to {
            return Ok(());
        }
        let listed = session.list_from(from + 1).await?;
        let stored = listed.iter().filter(|mail| mail.uid <= to && mail.deleted == Deleted::No);
        let uids: Vec<u32> = stored.map(|mail| mail.uid).collect();
        for uids in uids.chunks(AT_ONCE) {
            match self.apply(session, uids).await {
                Ok(()) => self.settled(uids.last().copied().unwrap_or(to), None).await?,
                Err(trouble) if trouble.is_answer() => {
                    tracing::warn!(inbox = self.inbox.id, ?trouble, "mails could not be marked or moved");
                    return Ok(self.settled(self.cursor.settled_uid, Some("imap-after-failed")).await?);
                }
                Err(trouble) => return Err(trouble.into()),
            }
        }
        Ok(self.settled(to, None).await?)
    }

    async fn apply(&self, session: &mut Session, uids: &[u32]) -> Result<(), Trouble> {
        match &self.mailbox.after {
            AfterReading::Leave => Ok(()),
            AfterReading::MarkSeen => session.mark_seen(uids).await,
            AfterReading::Move(folder) => match session.shift(uids, folder).await {
                Err(Trouble::No { code, .. }) if code.eq_ignore_ascii_case("TRYCREATE") => {
                    session.create(folder).await?;
                    session.shift(uids, folder).await
                }
                shifted => shifted,
            },
        }
    }

    async fn settled(&mut self, uid: u32, problem: Option<&'static str>) -> Result<()> {
        self.cursor.settled_uid = uid;
        let (id, folder, cursor) = (self.inbox.id, self.mailbox.folder.clone(), self.cursor.clone());
        self.collector
            .intake
            .db
            .write(move |tx| {
                cursor::save(tx, id, &folder, &cursor)?;
                cursor::note(tx, id, Side::After, problem)
            })
            .await
    }
}
