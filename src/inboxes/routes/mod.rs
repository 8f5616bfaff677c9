//! HTTP in, one verb of the feature, an answer out.

mod answering;
mod assigning;
mod consent;
mod desk;
mod form;
mod health;
mod members;
mod pages;
mod servers;
mod trial;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

pub use answering::AnsweringForm;
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
    ("show_answering", MAY),
    ("save_answering", MAY),
    ("show_assigning", MAY),
    ("save_assigning", MAY),
    ("try_new_server", MAY),
    ("try_server", MAY),
    ("show_readers", Guard::Admin),
    ("change_readers", Guard::Admin),
    ("find_servers", MAY),
    ("check_now", MAY),
    ("show_health", MAY),
    ("send_test", MAY),
    ("disconnect_inbox", MAY),
    ("show_consent", MAY),
    ("receive_consent", MAY),
];

pub(super) fn all() -> Vec<Route> {
    routes![
        pages::list_inboxes,
        pages::new_inbox,
        pages::connect_inbox,
        pages::show_inbox,
        pages::change_inbox,
        answering::show_answering,
        answering::save_answering,
        assigning::show_assigning,
        assigning::save_assigning,
        trial::try_new_server,
        trial::try_server,
        members::show_readers,
        members::change_readers,
        trial::check_now,
        servers::find_servers,
        health::show_health,
        health::send_test,
        health::disconnect_inbox,
        consent::show_consent,
        consent::receive_consent,
    ]
}
