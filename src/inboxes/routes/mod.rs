//! HTTP in, one verb of the feature, an answer out.

mod assigning;
mod desk;
mod form;
mod pages;
mod trial;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

pub use assigning::AssigningForm;
pub use desk::Known;
pub use form::InboxForm;

const MAY: Guard = Guard::May(Right::InboxesManage);

/// What each handler asks of its caller.
pub const GUARDS: Guards = &[
    ("list_inboxes", MAY),
    ("new_inbox", MAY),
    ("connect_inbox", MAY),
    ("show_inbox", MAY),
    ("change_inbox", MAY),
    ("show_assigning", MAY),
    ("save_assigning", MAY),
    ("try_new_server", MAY),
    ("try_server", MAY),
];

pub(super) fn all() -> Vec<Route> {
    routes![
        pages::list_inboxes,
        pages::new_inbox,
        pages::connect_inbox,
        pages::show_inbox,
        pages::change_inbox,
        assigning::show_assigning,
        assigning::save_assigning,
        trial::try_new_server,
        trial::try_server,
    ]
}
