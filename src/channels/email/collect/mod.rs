//! Mail is fetched from mailboxes: one task for each inbox that has one, so that a server that hangs delays nobody else.
//! What is fetched counts as fetched only after the COMMIT that stored it.

mod after;
mod cursor;
mod plan;
mod sent;
mod take;
mod visit;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

use super::receive::Intake;
use crate::db::Connection;
use crate::error::Result;
use crate::events::Event;
use crate::imap::Dialer;
use crate::inboxes::store as inboxes;
use crate::inboxes::{Credentials, Inbox, MailSettings};

pub use cursor::{Cursor, load};
pub use sent::{SENT_COPY, SentCopier, queue as queue_sent_copy};

/// How often the inboxes are looked at without having heard of a change.
const LOOK: Duration = Duration::from_secs(30);

/// Fetches mail for all inboxes.
#[derive(Clone)]
pub struct Collector {
    pub intake: Intake,
    pub dialer: Dialer,
    pub credentials: Credentials,
}

/// A task that fetches for one inbox; it ends when dropped.
struct Attendant {
    mail: MailSettings,
    address: String,
    task: JoinHandle<()>,
}

impl Drop for Attendant {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Collector {
    /// Runs until `stop`.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut told = self.intake.db.bus().listen();
        let mut attendants = HashMap::new();
        let mut changed = HashSet::new();
        tokio::pin!(stop);
        loop {
            if let Err(error) = self.reconcile(&mut attendants, &changed).await {
                tracing::error!(%error, "the inboxes could not be read; mail is fetched as before");
            }
            changed.clear();
            let pause = tokio::time::sleep(LOOK);
            tokio::pin!(pause);
            while changed.is_empty() {
                tokio::select! {
                    () = &mut stop => return,
                    () = &mut pause => break,
                    notice = told.recv() => match notice.map(|notice| notice.event.clone()) {
                        Ok(
                            Event::InboxChanged { inbox, .. }
                            | Event::InboxDisconnected { inbox, .. }
                            | Event::InboxChecked { inbox },
                        ) => {
                            changed.insert(inbox);
                        }
                        // The table says what is new or was missed; what is under way goes on.
                        Ok(Event::InboxCreated { .. }) | Err(RecvError::Lagged(_)) => break,
                        Ok(_) => {}
                        Err(RecvError::Closed) => return,
                    },
                }
            }
        }
    }

    /// Starts, restarts and ends tasks so that they fit the table.
    async fn reconcile(&self, attendants: &mut HashMap<i64, Attendant>, changed: &HashSet<i64>) -> Result<()> {
        let found = self.intake.db.read(with_mailbox).await?;
        attendants.retain(|id, attendant| {
            let inbox = found.iter().find(|inbox| inbox.id == *id);
            let same = inbox.is_some_and(|inbox| inbox.mail == attendant.mail && inbox.address == attendant.address);
            same && !changed.contains(id) && !attendant.task.is_finished()
        });
        for inbox in found {
            let id = inbox.id;
            attendants.entry(id).or_insert_with(|| Attendant {
                task: tokio::spawn(visit::attend(self.clone(), id)),
                mail: inbox.mail,
                address: inbox.address,
            });
        }
        Ok(())
    }
}

fn with_mailbox(connection: &Connection) -> Result<Vec<Inbox>> {
    let mut found = inboxes::active(connection, super::CHANNEL)?;
    found.retain(|inbox| inbox.mail.imap.is_some());
    Ok(found)
}
