//! Connected accounts: what a channel can do there, who reads it, whether it works. An inbox knows no message; what its
//! channel can and cannot do is plain data on its row.

mod model;
mod routes;
pub mod store;
mod views;

use rocket::fairing::AdHoc;

pub use model::{
    Access, AfterReading, Answering, Capabilities, History, Inbox, MailSettings, NewInbox, OwnMailbox, OwnServer,
    SentCopy, SignIn, SpamMarks,
};
pub use routes::GUARDS;

/// Mounts the pages.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("inboxes", |rocket| async { rocket.mount("/", routes::all()) })
}
