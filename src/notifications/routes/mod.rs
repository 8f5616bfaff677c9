//! HTTP in, one verb of the feature, an answer out.

mod devices;
mod install;
mod list;
mod settings;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

const MAY: Guard = Guard::May(Right::Conversations);

/// What each handler asks of its caller.
pub const GUARDS: Guards = &[
    ("list_notifications", MAY),
    ("refetch_notifications", MAY),
    ("show_bell", MAY),
    ("list_fresh", MAY),
    ("read_notifications", MAY),
    ("read_notifications_of", MAY),
    ("show_choices", MAY),
    ("save_choices", MAY),
    ("list_devices", MAY),
    ("add_device", MAY),
    ("remove_device", MAY),
    ("test_device", MAY),
    ("show_manifest", Guard::Public),
    ("show_icon", Guard::Public),
    ("show_worker", Guard::Public),
    ("show_offline", Guard::Public),
];

pub(super) fn all() -> Vec<Route> {
    routes![
        list::list_notifications,
        list::refetch_notifications,
        list::show_bell,
        list::list_fresh,
        list::read_notifications,
        list::read_notifications_of,
        settings::show_choices,
        settings::save_choices,
        devices::list_devices,
        devices::add_device,
        devices::remove_device,
        devices::test_device,
        install::show_manifest,
        install::show_icon,
        install::show_worker,
        install::show_offline,
    ]
}
