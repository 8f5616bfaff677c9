//! Request guards. A handler's signature says who may call it; a handler without a guard does not pass the start.

use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::rights::{Right, RightType, Role};
use super::sessions::{self, Stale};
use super::viewer::{Enrollee, Holder, Viewer};
use crate::clock::DAY;
use crate::config::Config;
use crate::db::Db;

/// What a route asks of its caller, as listed by `recado routes` and walked by the role matrix test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    Public,
    /// That the workspace has no owner yet.
    Setup,
    /// A session.
    SignedIn,
    /// A session of somebody with this right.
    May(Right),
    /// A session of an admin or the owner.
    Admin,
    /// A session of the owner.
    Owner,
    /// A session of somebody who must set up a second factor first.
    Enrolling,
    /// That the demo runs.
    Demo,
}

/// Why a guard said no; the page that tells it reads it from the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    None,
    Right(Right),
    Role(Role),
}

/// The name of the session cookie: with the strictest prefix where the connection is private.
#[must_use]
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-s" } else { "s" }
}

/// The signed-in person of a request, looked up once. Nobody while their second factor is missing.
pub async fn viewer<'r>(request: &'r Request<'_>) -> Option<&'r Viewer> {
    match holder(request).await? {
        Holder::Viewer(viewer) => Some(viewer),
        Holder::Enrollee(_) => None,
    }
}

/// Whoever the session of a request belongs to.
pub async fn holder<'r>(request: &'r Request<'_>) -> Option<&'r Holder> {
    request.local_cache_async(look_up(request)).await.as_ref()
}

async fn look_up(request: &Request<'_>) -> Option<Holder> {
    let config = request.rocket().state::<Arc<Config>>()?;
    let db = request.rocket().state::<Db>()?;
    let secret = request.cookies().get(cookie_name(config))?.value().to_owned();
    let now = db.clock().now();
    let idle = i64::from(config.session_idle_days) * DAY;
    let found = db.read(move |connection| sessions::holder(connection, &secret, now, idle)).await;
    let (holder, stale) = match found {
        Ok(found) => found?,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            return None;
        }
    };
    if stale == Stale::Yes {
        let session = holder.seat().session;
        // Only a note for the person's list of devices: a full disk must not sign anybody out.
        if let Err(error) = db.write(move |tx| sessions::seen(tx, session)).await {
            tracing::warn!(%error, "last seen was not written");
        }
    }
    Some(holder)
}

/// Anybody.
pub struct Public;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Public {
    type Error = ();

    async fn from_request(_request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(Self)
    }
}

/// A signed-in person.
pub struct SignedIn(pub Viewer);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match viewer(request).await {
            Some(viewer) => Outcome::Success(Self(viewer.clone())),
            None => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

/// A signed-in person with the right `R`.
pub struct May<R>(pub Viewer, PhantomData<R>);

#[rocket::async_trait]
impl<'r, R: RightType> FromRequest<'r> for May<R> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match viewer(request).await {
            Some(viewer) if viewer.may(R::RIGHT) => Outcome::Success(Self(viewer.clone(), PhantomData)),
            Some(_) => {
                request.local_cache(|| Refusal::Right(R::RIGHT));
                Outcome::Error((Status::Forbidden, ()))
            }
            None => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

/// An admin or the owner.
pub struct Admin(pub Viewer);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        at_least(request, Role::Admin).await.map(Self)
    }
}

/// The owner.
pub struct Owner(pub Viewer);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Owner {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        at_least(request, Role::Owner).await.map(Self)
    }
}

async fn at_least(request: &Request<'_>, role: Role) -> Outcome<Viewer, ()> {
    match viewer(request).await {
        Some(viewer) if viewer.role >= role => Outcome::Success(viewer.clone()),
        Some(_) => {
            request.local_cache(|| Refusal::Role(role));
            Outcome::Error((Status::Forbidden, ()))
        }
        None => Outcome::Error((Status::Unauthorized, ())),
    }
}

/// Somebody who must set up a second factor before anything else. For everybody else the routes do not exist.
pub struct Enrolling(pub Enrollee);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Enrolling {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match holder(request).await {
            Some(Holder::Enrollee(enrollee)) => Outcome::Success(Self(enrollee.clone())),
            Some(Holder::Viewer(_)) => Outcome::Error((Status::NotFound, ())),
            None => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

/// A server that nobody owns yet. Once somebody does, its routes do not exist.
pub struct Setup;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Setup {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(db) = request.rocket().state::<Db>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        let owned = db
            .read(|connection| Ok(connection.prepare_cached("SELECT 1 FROM user WHERE role = 'owner'")?.exists([])?))
            .await;
        match owned {
            Ok(false) => Outcome::Success(Self),
            Ok(true) => Outcome::Error((Status::NotFound, ())),
            Err(_) => Outcome::Error((Status::ServiceUnavailable, ())),
        }
    }
}

impl Deref for SignedIn {
    type Target = Viewer;

    fn deref(&self) -> &Viewer {
        &self.0
    }
}

impl<R> Deref for May<R> {
    type Target = Viewer;

    fn deref(&self) -> &Viewer {
        &self.0
    }
}

impl Deref for Admin {
    type Target = Viewer;

    fn deref(&self) -> &Viewer {
        &self.0
    }
}

impl Deref for Owner {
    type Target = Viewer;

    fn deref(&self) -> &Viewer {
        &self.0
    }
}

impl Deref for Enrolling {
    type Target = Enrollee;

    fn deref(&self) -> &Enrollee {
        &self.0
    }
}
