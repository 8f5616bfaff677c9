//! The activity log: who did what and when, to be asked about later. Facts enter it in the transaction in which they
//! happen, by a trigger of the schema (`audited_kind` lists their kinds); here they are read, filtered, exported, and
//! purged when they are older than the workspace keeps them. Nothing changes an entry.
//!
//! Entries hold ids. Names are looked up when they are shown, so that whoever was erased is nobody here too.

mod export;
mod jobs;
mod model;
mod routes;
mod store;
mod views;
mod words;

use rocket::fairing::AdHoc;

pub use jobs::purge;
pub use model::{Area, Entry, Filter, Place, Who};
pub use routes::GUARDS;
pub use store::{kinds, page, run_queries};
pub use words::sentence_key;

/// Mounts the pages.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("audit", |rocket| async { rocket.mount("/", routes::all()) })
}
