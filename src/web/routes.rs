//! Routes of no feature, and the table that says what every route asks of its caller.

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{Build, Rocket, Route, get, routes};
use std::io::Cursor;
use std::path::PathBuf;

use super::assets::{self, Asset};
use super::failure::Failure;
use crate::auth::{Guard, Public};
use crate::error::{Error, Result};

/// What each handler asks of its caller, by the handler's name.
pub type Guards = &'static [(&'static str, Guard)];

/// The handlers of this module.
pub const GUARDS: Guards = &[
    ("asset", Guard::Public),
    ("refused", Guard::Public),
    ("misdirected", Guard::Public),
    ("health", Guard::Public),
    ("stream", Guard::SignedIn),
];

pub(super) fn all() -> Vec<Route> {
    routes![asset, refused, misdirected, health]
}

/// Every mounted handler must stand in the tables, with exactly one guard: what nobody guarded does not start.
///
/// # Errors
/// Names the route.
pub fn check_guards(rocket: &Rocket<Build>, tables: &[Guards]) -> Result<()> {
    for route in rocket.routes() {
        guard_of(route, tables)?;
    }
    Ok(())
}

/// The guard of a route.
///
/// # Errors
/// When it has none.
pub fn guard_of(route: &Route, tables: &[Guards]) -> Result<Guard> {
    let name = route.name.as_deref().unwrap_or_default();
    let found = tables.iter().flat_map(|table| table.iter()).find(|(handler, _)| *handler == name);
    found.map(|(_, guard)| *guard).ok_or_else(|| Error::internal(format!("{} {} has no guard", name, route.uri)))
}

#[get("/static/<path..>")]
fn asset(path: PathBuf, _public: Public) -> Result<&'static Asset, Failure> {
    Ok(path.to_str().and_then(assets::find).ok_or(Error::NotFound)?)
}

impl<'r> Responder<'r, 'static> for &'static Asset {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let accepts = request.headers().get("Accept-Encoding").any(|value| value.contains("gzip"));
        let mut response = Response::build();
        response
            .raw_header("Content-Type", self.mime)
            .raw_header("Cache-Control", "public, max-age=31536000, immutable")
            .raw_header("Vary", "Accept-Encoding")
            .max_chunk_size(65_536);
        match &self.gzip {
            Some(packed) if accepts => {
                response
                    .raw_header("Content-Encoding", "gzip")
                    .sized_body(packed.len(), Cursor::new(packed.as_slice()));
            }
            _ => {
                response.sized_body(self.plain.len(), Cursor::new(self.plain.as_slice()));
            }
        }
        response.ok()
    }
}

/// Where a form from elsewhere is sent by the doorman, whatever it asked for.
#[get("/-/refused")]
fn refused(_public: Public) -> Failure {
    Failure::status(Status::Forbidden, "error-foreign-form")
}

/// Where a request for another host is sent.
#[get("/-/misdirected")]
fn misdirected(_public: Public) -> (Status, &'static str) {
    (Status::MisdirectedRequest, "421 Misdirected Request\n")
}

/// For the supervisor and the proxy: the server answers.
#[get("/healthz")]
fn health(_public: Public) -> &'static str {
    "ok\n"
}
