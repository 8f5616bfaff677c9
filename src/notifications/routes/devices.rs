//! The devices on which somebody is told while no page is open.

use std::sync::Arc;

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post};

use crate::auth::{Conversations, May};
use crate::config::Config;
use crate::db::Db;
use crate::notifications::push::{self, ServerKey};
use crate::notifications::store::push as devices;
use crate::notifications::views::DevicesPage;
use crate::web::{Answer, Cx, Failure, Html, NoFields, Page, Posted, Reply, redirect};

const PAGE: &str = "/notifications/devices";

/// What a browser gives us, as it writes it.
#[derive(FromForm)]
pub struct DeviceForm {
    #[field(default = "")]
    endpoint: String,
    #[field(default = "")]
    p256dh: String,
    #[field(default = "")]
    auth: String,
}

#[get("/notifications/devices")]
pub async fn list_devices(viewer: May<Conversations>, cx: Cx, db: &State<Db>, key: &State<ServerKey>) -> Page {
    let viewer = viewer.0.clone();
    let found = db.read(move |connection| devices::devices(connection, &viewer)).await?;
    Ok(Html::render(&DevicesPage::new(cx, &found, key.public()))?)
}

#[post("/notifications/devices", data = "<form>")]
pub async fn add_device(
    viewer: May<Conversations>,
    db: &State<Db>,
    config: &State<Arc<Config>>,
    form: Posted<DeviceForm>,
) -> Answer<Reply> {
    let DeviceForm { endpoint, p256dh, auth } = form.0;
    let Some(subscription) = push::read(&endpoint, &p256dh, &auth, config.private_web_hosts) else {
        return Err(Failure::status(Status::UnprocessableEntity, "device-wrong"));
    };
    let seat = viewer.seat();
    db.write(move |tx| devices::subscribe(tx, seat, &subscription)).await?;
    Ok(Reply::Nothing)
}

#[delete("/notifications/devices/<id>", data = "<_form>")]
pub async fn remove_device(
    viewer: May<Conversations>,
    db: &State<Db>,
    id: i64,
    _form: Posted<NoFields>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    db.write(move |tx| devices::remove(tx, &viewer, id)).await?;
    Ok(redirect(PAGE, "device-removed"))
}

/// Tells this device something. One that is not told while no page is open answers 409: its page shows the test itself.
#[post("/notifications/test", data = "<_form>")]
pub async fn test_device(viewer: May<Conversations>, db: &State<Db>, _form: Posted<NoFields>) -> Answer<Reply> {
    let seat = viewer.seat();
    let is_told = db.write(move |tx| devices::queue_test(tx, seat)).await?;
    if is_told { Ok(Reply::Nothing) } else { Err(Failure::status(Status::Conflict, "device-not-told")) }
}
