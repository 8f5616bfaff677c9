//! Conversations with people outside, and their messages. Notes stay with the team: nothing here can send one.

pub mod jobs;
pub mod model;
pub mod presence;
mod routes;
pub mod store;
mod views;

use rocket::fairing::AdHoc;

use crate::db::Tx;
use crate::error::Result;
use crate::events::{Event, Notice};
use crate::followers::{Follower, Step};

pub use routes::GUARDS;

/// What follows here from facts of others.
pub const FOLLOWERS: &[Follower] = &[
    Follower {
        name: "conversations.released",
        wants: |event| matches!(event, Event::UserDisabled { .. }),
        follow: release,
    },
    Follower {
        name: "conversations.hastened",
        wants: |event| matches!(event, Event::InboxRestored { .. } | Event::InboxChanged { .. }),
        follow: hasten,
    },
];

/// Who lost their access handles nothing any more.
fn release(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    match notice.event {
        Event::UserDisabled { user, by } => store::assignment::release(tx, user, by),
        _ => Ok(Step::Done),
    }
}

/// Answers that wait leave as soon as their inbox works again, and not at their next try.
fn hasten(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    if let Event::InboxRestored { inbox } | Event::InboxChanged { inbox, .. } = notice.event {
        store::writing::hasten(tx, inbox)?;
    }
    Ok(Step::Done)
}

/// Mounts the pages.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("conversations", |rocket| async {
        rocket.manage(presence::Presence::default()).mount("/", routes::all())
    })
}
