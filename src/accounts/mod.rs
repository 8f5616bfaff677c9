//! The people who sign in: the first owner, sign-in and sign-out, forgotten passwords, one's own account (name, photo,
//! language, zone, look), the devices one is signed in on, availability, roles and rights.
//!
//! Nouns: [`User`], [`Person`] (a user as others see them), [`Workspace`]. Sessions and one-time secrets are `auth`'s.
//! It knows nothing of inboxes or conversations: what those need to know of a person they ask here.

pub mod commands;
mod company;
pub mod hours;
pub mod icon;
mod jobs;
mod letters;
mod model;
mod notices;
mod photo;
mod picture;
mod routes;
mod store;
mod views;

use rocket::fairing::AdHoc;

use crate::auth::tokens::{self, Purpose};
use crate::db::Db;
use crate::error::Result;
use crate::keys;

pub use company::Company;
pub use jobs::{RESET, send_reset};
pub use model::{NewInvitation, NewUser, Person, Team, User, Workspace, check_name, clean_email, clean_name};
pub use notices::{NOTICE, device_words, send_notice};
pub use routes::GUARDS;
pub use store::factor_rule::{Requirement, require_second_factor, second_factor as required_factor};
pub use store::hours::hours as business_hours;
pub use store::invitations::create as invite;
pub use store::people::{everybody, people, person};
pub use store::profile::set_availability;
pub use store::refusals::sweep;
pub use store::rights::{disable, enable, reset_second_factor, set_rights, set_role};
pub use store::second_factor::{Verdict, compare as compare_code};
pub use store::teams::{create_team, set_members as set_team_members, teams, teams_of};
pub use store::users::{create_user, find, find_by_email};
pub use store::workspace::{company, create as create_workspace, find as workspace};

/// Mounts the pages.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("accounts", |rocket| async { rocket.mount("/", routes::all()) })
}

/// A new code that takes this server, for whoever can read what the server prints; `None` once somebody owns it. Codes
/// of earlier starts end.
///
/// # Errors
/// Database errors.
pub async fn setup_code(db: &Db) -> Result<Option<String>> {
    db.write(|tx| {
        if store::users::is_owned(tx)? {
            return Ok(None);
        }
        let code = keys::random_text::<15>()?;
        tokens::store(tx, Purpose::Setup, None, &code)?;
        Ok(Some(model::grouped(&code)))
    })
    .await
}
