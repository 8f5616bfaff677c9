//! Who is told, how, and when: a list behind a bell, notices on the screen, mail that can be answered, and messages to
//! devices on which no page is open. A follower turns facts into rows, each person's once; what they see of them goes by
//! what they may read at that moment.

mod answers;
mod letters;
pub mod model;
pub mod push;
mod routes;
pub mod store;
mod views;
mod words;

use rocket::fairing::AdHoc;

use crate::db::{Cursor, Db, Tx};
use crate::error::Result;
use crate::events::{Event, Notice};
use crate::followers::{Follower, Followers, Step};
use crate::keys::Keys;
use store::following;
use store::mails;
use store::telling::{self, Fact};

pub use answers::Answers;
pub use letters::Mailer;
pub use routes::GUARDS;

/// What follows here from facts of others.
pub const FOLLOWERS: &[Follower] = &[Follower { name: TOLD, wants, follow: tell }];

const TOLD: &str = "notifications.told";

fn wants(event: &Event) -> bool {
    matches!(
        event,
        Event::MessageReceived { .. }
            | Event::ConversationAssigned { assignee: Some(_), .. }
            | Event::UserMentioned { .. }
            | Event::ConversationMerged { .. }
            | Event::ConversationParted { .. }
            | Event::ConversationSplit { .. }
            | Event::ConversationRead { .. }
            | Event::MessageWritten { .. }
            | Event::MessageForwarded { .. }
            | Event::NoteWritten { .. }
    )
}

fn tell(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    let event = notice.id;
    match notice.event {
        Event::MessageReceived { conversation, message, .. } => {
            telling::received(tx, Fact { event, conversation, message: Some(message), by: None })?;
        }
        Event::ConversationAssigned { conversation, assignee: Some(user), by, .. } => {
            telling::assigned(tx, Fact { event, conversation, message: None, by }, user)?;
        }
        Event::UserMentioned { conversation, message, user, .. } => {
            telling::mentioned(tx, Fact { event, conversation, message: Some(message), by: None }, user)?;
        }
        Event::ConversationMerged { conversation, other, .. } => following::follow(tx, other, conversation)?,
        Event::ConversationParted { conversation, other, .. } => following::follow(tx, conversation, other)?,
        Event::ConversationSplit { conversation, into, .. } => following::follow(tx, conversation, into)?,
        // Who writes has read.
        Event::NoteWritten { conversation, message, user, .. } => {
            telling::seen(tx, user, conversation)?;
            telling::noted(tx, Fact { event, conversation, message: Some(message), by: Some(user) })?;
        }
        Event::ConversationRead { conversation, user, .. }
        | Event::MessageWritten { conversation, user, .. }
        | Event::MessageForwarded { conversation, user, .. } => telling::seen(tx, user, conversation)?,
        _ => {}
    }
    Ok(Step::Done)
}

/// Mounts the pages, and makes the key pair of a first start.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::try_on_ignite("notifications", |rocket| async {
        let (Some(db), Some(keys)) = (rocket.state::<Db>().cloned(), rocket.state::<Keys>().cloned()) else {
            return Err(rocket);
        };
        match push::ServerKey::load_or_create(&db, &keys).await {
            Ok(key) => Ok(rocket.manage(key).mount("/", routes::all())),
            Err(error) => {
                tracing::error!(%error, "the server does not start: no key pair for push services");
                Err(rocket)
            }
        }
    })
}

/// What happened so far concerns nobody.
///
/// # Errors
/// Database errors.
pub async fn pass_over(db: &Db) -> Result<()> {
    let newest = db.told();
    db.write(move |tx| Cursor(TOLD).advance(tx, newest)).await
}

/// Tells what happened so far, and mails nothing of it: for a past that is built.
///
/// # Errors
/// Database errors.
pub async fn tell_quietly(db: &Db) -> Result<()> {
    Followers::new(db.clone(), &[FOLLOWERS]).catch_up().await?;
    db.write(mails::forget_all).await
}

/// Removes notifications that are older than they are kept.
///
/// # Errors
/// Database errors; what was removed before stays removed.
pub async fn purge(db: &Db) -> Result<()> {
    while db.write(telling::purge).await? > 0 {}
    Ok(())
}
