//! Connected accounts: what a channel can do there, who reads it, whether it works. An inbox knows no message; what its
//! channel can and cannot do is plain data on its row.

mod assigning;
pub mod check;
pub mod consent;
mod courier;
mod credentials;
mod discover;
pub mod greeting;
mod letters;
mod model;
pub mod providers;
mod routes;
pub mod store;
mod trial;
mod views;
pub mod watch;

use rocket::fairing::AdHoc;

use crate::db::Tx;
use crate::error::Result;
use crate::events::{Event, Notice};
use crate::followers::{Follower, Step};

pub use assigning::{Assigning, HandOut, Reopening};
pub use courier::{Courier, DISCONNECTED};
pub use credentials::Credentials;
pub use greeting::{Greeting, Occasion, Wording};
pub use model::{
    Access, AfterReading, Answering, Capabilities, Connected, Credential, History, Inbox, MailSettings, NewInbox,
    OwnMailbox, OwnServer, SentCopy, SignIn, SpamMarks, Unit,
};
pub use routes::GUARDS;
pub use trial::{TEST, is_broken};
pub use watch::Watch;

/// What follows here from facts of others.
pub const FOLLOWERS: &[Follower] = &[Follower {
    name: "inboxes.inherited",
    wants: |event| matches!(event, Event::UserDisabled { .. }),
    follow: inherit,
}];

/// The inboxes of who lost their access belong to the owner of the workspace.
fn inherit(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    if let Event::UserDisabled { user, by } = notice.event {
        store::members::inherit(tx, user, by)?;
    }
    Ok(Step::Done)
}

/// Mounts the pages.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("inboxes", |rocket| async { rocket.mount("/", routes::all()) })
}
