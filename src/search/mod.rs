//! The palette: every place and every conversation by name, with the rights of who asks. It changes nothing by itself.

mod routes;
mod views;

use rocket::fairing::AdHoc;

pub use routes::GUARDS;

/// Mounts it.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("search", |rocket| async { rocket.mount("/", routes::all()) })
}
