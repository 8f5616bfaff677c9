//! Conversations with people outside, and their messages. Notes stay with the team: nothing here can send one.

pub mod jobs;
pub mod model;
mod routes;
pub mod store;
mod views;

use rocket::fairing::AdHoc;

pub use routes::GUARDS;

/// Mounts the pages.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("conversations", |rocket| async { rocket.mount("/", routes::all()) })
}
