//! Live updates: server-sent events that carry names ("conversation-42"), never HTML or text. The open block with that name
//! refetches itself with its own viewer's rights. For each fact the readers are asked of the database once, and only
//! their streams hear of it.

mod hub;
mod names;
mod store;

use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::stream::{Event, EventStream};
use rocket::tokio::select;
use rocket::tokio::sync::broadcast::error::RecvError;
use rocket::tokio::time::interval;
use rocket::{Shutdown, State, get, routes};

use crate::auth::SignedIn;
use crate::db::Db;
use crate::web::{Answer, Failure};

pub use hub::Hub;

/// A sign of life for clients and proxies.
const BEAT: Duration = Duration::from_secs(25);
/// Streams one person may hold open.
const STREAMS: usize = 20;

/// Mounts the stream and starts the hub with the server.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("live updates", |rocket| async {
        let Some(db) = rocket.state::<Db>().cloned() else {
            return rocket;
        };
        let hub = Hub::new();
        let told = hub.clone();
        rocket
            .manage(hub)
            .attach(AdHoc::on_liftoff("live hub", move |rocket| {
                let shutdown = rocket.shutdown();
                Box::pin(async move {
                    rocket::tokio::spawn(hub::run(db, told, shutdown));
                })
            }))
            .mount("/", routes![stream])
    })
}

/// The fact after which a stream goes on: the browser's own memory, or what the page says.
struct After(Option<i64>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for After {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let header = request.headers().get_one("Last-Event-ID").and_then(|id| id.parse().ok());
        let query = || request.query_value::<i64>("after").and_then(Result::ok);
        Outcome::Success(Self(header.or_else(query)))
    }
}

#[get("/live")]
async fn stream<'r>(
    viewer: SignedIn,
    after: After,
    db: &State<Db>,
    hub: &State<Hub>,
    mut shutdown: Shutdown,
) -> Answer<EventStream<impl rocket::futures::Stream<Item = Event> + 'r>> {
    let user = viewer.id;
    let Some(seat) = hub.sit_down(user, STREAMS) else {
        return Err(Failure::status(Status::TooManyRequests, "error-too-many-streams"));
    };
    let mut told = hub.listen();
    let newest = db.told();
    let missed = match after.0 {
        Some(after) if after < newest => db.read(move |connection| store::missed(connection, user, after)).await?,
        _ => None,
    };
    Ok(EventStream! {
        let _seat = seat;
        yield Event::empty().event("beat").with_retry(Duration::from_secs(2));
        if let Some(names) = missed {
            yield Event::data(names).id(newest.to_string());
        }
        let mut last = newest;
        let mut beat = interval(BEAT);
        beat.tick().await;
        loop {
            select! {
                () = &mut shutdown => break,
                _ = beat.tick() => yield Event::empty().event("beat"),
                heard = told.recv() => match heard {
                    Ok(told) if told.id.is_some_and(|id| id <= last) => {}
                    Ok(told) => {
                        if told.ends_streams_of(user) {
                            break;
                        }
                        if told.is_for(user) {
                            last = told.id.unwrap_or(last);
                            yield Event::data(told.names.clone()).id(last.to_string());
                        }
                    }
                    Err(RecvError::Lagged(_)) => yield Event::data("refresh"),
                    Err(RecvError::Closed) => break,
                },
            }
        }
    })
}
