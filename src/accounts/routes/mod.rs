//! HTTP in, one verb of the feature, an answer out.

mod account;
mod holidays;
mod home;
mod hours;
mod password_reset;
mod photo;
mod sessions;
mod setup;
mod sign_in;
mod visit;
mod workspace;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

pub use account::ProfileForm;
pub use holidays::HolidayForm;
pub use hours::{HoursForm, TypedHours};
pub use setup::SetupForm;
pub use workspace::CompanyForm;

/// The settings of the whole workspace.
const SETTINGS: Guard = Guard::May(Right::Settings);

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
    ("show_workspace", SETTINGS),
    ("save_workspace", SETTINGS),
    ("save_logo", SETTINGS),
    ("remove_logo", SETTINGS),
    ("show_logo", Guard::Public),
    ("show_hours", SETTINGS),
    ("save_hours", SETTINGS),
    ("add_holiday", SETTINGS),
    ("add_brazil", SETTINGS),
    ("remove_holiday", SETTINGS),
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
        workspace::show_workspace,
        workspace::save_workspace,
        workspace::save_logo,
        workspace::remove_logo,
        workspace::show_logo,
        hours::show_hours,
        hours::save_hours,
        holidays::add_holiday,
        holidays::add_brazil,
        holidays::remove_holiday,
    ]
}
