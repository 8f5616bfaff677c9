//! HTTP in, one verb of the feature, an answer out.

mod account;
mod home;
mod password_reset;
mod photo;
mod sessions;
mod setup;
mod sign_in;
mod visit;

use rocket::{Route, routes};

use crate::auth::Guard;
use crate::web::Guards;

pub use account::ProfileForm;
pub use setup::SetupForm;

/// What each handler asks of its caller.
pub const GUARDS: Guards = &[
    ("home", Guard::Public),
    ("settings", Guard::SignedIn),
    ("show_setup", Guard::Setup),
    ("set_up", Guard::Setup),
    ("show_sign_in", Guard::Public),
    ("sign_in", Guard::Public),
    ("sign_out", Guard::Public),
    ("show_reset_request", Guard::Public),
    ("request_reset", Guard::Public),
    ("show_reset", Guard::Public),
    ("reset_password", Guard::Public),
    ("show_account", Guard::SignedIn),
    ("save_profile", Guard::SignedIn),
    ("change_password", Guard::SignedIn),
    ("show_availability", Guard::SignedIn),
    ("set_availability", Guard::SignedIn),
    ("save_photo", Guard::SignedIn),
    ("remove_photo", Guard::SignedIn),
    ("show_photo", Guard::SignedIn),
    ("end_session", Guard::SignedIn),
    ("end_other_sessions", Guard::SignedIn),
];

pub(super) fn all() -> Vec<Route> {
    routes![
        home::home,
        home::settings,
        setup::show_setup,
        setup::set_up,
        sign_in::show_sign_in,
        sign_in::sign_in,
        sign_in::sign_out,
        password_reset::show_reset_request,
        password_reset::request_reset,
        password_reset::show_reset,
        password_reset::reset_password,
        account::show_account,
        account::save_profile,
        account::change_password,
        account::show_availability,
        account::set_availability,
        photo::save_photo,
        photo::remove_photo,
        photo::show_photo,
        sessions::end_session,
        sessions::end_other_sessions,
    ]
}
