//! HTTP in, one verb of the feature, an answer out.

mod acceptance;
mod account;
mod email;
mod enrolment;
mod factor_rule;
mod holidays;
mod home;
mod hours;
mod invitations;
mod ownership;
mod password_reset;
mod people;
mod photo;
mod second_factor;
mod sessions;
mod setup;
mod sign_in;
mod sign_in_code;
mod teams;
mod visit;
mod workspace;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

pub use acceptance::AcceptForm;
pub use account::ProfileForm;
pub use holidays::HolidayForm;
pub use hours::{HoursForm, TypedHours};
pub use invitations::InviteForm;
pub use people::PersonForm;
pub use setup::SetupForm;
pub use teams::TeamForm;
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
    ("show_code", Guard::Public),
    ("check_code", Guard::Public),
    ("show_second_factor", Guard::SignedIn),
    ("begin_second_factor", Guard::SignedIn),
    ("change_second_factor", Guard::SignedIn),
    ("confirm_second_factor", Guard::SignedIn),
    ("give_up_second_factor", Guard::SignedIn),
    ("show_enrolment", Guard::Enrolling),
    ("begin_enrolment", Guard::Enrolling),
    ("confirm_enrolment", Guard::Enrolling),
    ("show_factor_rule", Guard::Admin),
    ("save_factor_rule", Guard::Admin),
    ("show_factor_reset", Guard::Admin),
    ("reset_second_factor", Guard::Admin),
    ("change_email", Guard::SignedIn),
    ("show_email_change", Guard::Public),
    ("confirm_email_change", Guard::Public),
    ("end_session", Guard::SignedIn),
    ("end_other_sessions", Guard::SignedIn),
    ("list_people", Guard::Admin),
    ("show_person", Guard::Admin),
    ("change_person", Guard::Admin),
    ("disable_person", Guard::Admin),
    ("enable_person", Guard::Admin),
    ("sign_person_out", Guard::Admin),
    ("send_person_reset", Guard::Admin),
    ("new_invitation", Guard::Admin),
    ("invite", Guard::Admin),
    ("invite_again", Guard::Admin),
    ("revoke_invitation", Guard::Admin),
    ("show_invitation", Guard::Public),
    ("accept_invitation", Guard::Public),
    ("list_teams", Guard::Admin),
    ("new_team", Guard::Admin),
    ("create_team", Guard::Admin),
    ("show_team", Guard::Admin),
    ("change_team", Guard::Admin),
    ("delete_team", Guard::Admin),
    ("show_ownership", Guard::Owner),
    ("transfer_ownership", Guard::Owner),
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
    [own(), members(), company()].concat()
}

/// The doors, and what a person keeps for themselves.
fn own() -> Vec<Route> {
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
        sign_in_code::show_code,
        sign_in_code::check_code,
        second_factor::show_second_factor,
        second_factor::begin_second_factor,
        second_factor::change_second_factor,
        second_factor::confirm_second_factor,
        second_factor::give_up_second_factor,
        enrolment::show_enrolment,
        enrolment::begin_enrolment,
        enrolment::confirm_enrolment,
        factor_rule::show_factor_rule,
        factor_rule::save_factor_rule,
        factor_rule::show_factor_reset,
        factor_rule::reset_second_factor,
        email::change_email,
        email::show_email_change,
        email::confirm_email_change,
        sessions::end_session,
        sessions::end_other_sessions,
    ]
}

/// Who works here, and with what rights.
fn members() -> Vec<Route> {
    routes![
        people::list_people,
        people::show_person,
        people::change_person,
        people::disable_person,
        people::enable_person,
        people::sign_person_out,
        people::send_person_reset,
        invitations::new_invitation,
        invitations::invite,
        invitations::invite_again,
        invitations::revoke_invitation,
        acceptance::show_invitation,
        acceptance::accept_invitation,
        teams::list_teams,
        teams::new_team,
        teams::create_team,
        teams::show_team,
        teams::change_team,
        teams::delete_team,
        ownership::show_ownership,
        ownership::transfer_ownership,
    ]
}

/// The company: name, logo, hours and holidays.
fn company() -> Vec<Route> {
    routes![
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
