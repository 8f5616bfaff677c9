//! From an error to a status and a page. The policy in words stands at [`crate::error::Error`]; here it is code, once.

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};

use crate::auth::{Refusal, Right, Role};
use crate::error::Error;

/// An error on its way to a person. The catcher of its status shows the page.
pub struct Failure {
    status: Status,
    told: Told,
    refusal: Refusal,
}

/// What a handler answers.
pub type Answer<T> = Result<T, Failure>;

/// What the page says, kept with the request for the catcher.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// Message key of a sentence; the status has one of its own where this is empty.
    pub key: &'static str,
    /// Seconds to wait.
    pub wait: Option<u64>,
    /// The limit in bytes.
    pub limit: Option<u64>,
}

impl Failure {
    /// A status with a sentence of its own.
    #[must_use]
    pub fn status(status: Status, key: &'static str) -> Self {
        Self { status, told: Told { key, ..Told::default() }, refusal: Refusal::None }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let plain = |status| Self::status(status, "");
        match error {
            Error::NotFound => plain(Status::NotFound),
            Error::Forbidden(what) => {
                let role = || Refusal::Role(Role::parse(what));
                Self { refusal: Right::parse(what).map_or_else(role, Refusal::Right), ..plain(Status::Forbidden) }
            }
            Error::Invalid(problems) => {
                Self::status(Status::UnprocessableEntity, problems.iter().next().map_or("", |(_, key)| key))
            }
            Error::Conflict(key) => Self::status(Status::Conflict, key),
            Error::TooMany(wait) => {
                Self { told: Told { wait: Some(wait), ..Told::default() }, ..plain(Status::TooManyRequests) }
            }
            Error::TooLarge(limit) => {
                Self { told: Told { limit: Some(limit), ..Told::default() }, ..plain(Status::PayloadTooLarge) }
            }
            Error::Busy => plain(Status::ServiceUnavailable),
            Error::Full => plain(Status::InsufficientStorage),
            other => {
                tracing::error!(error = %other, "a request failed");
                plain(Status::InternalServerError)
            }
        }
    }
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if self.refusal != Refusal::None {
            request.local_cache(|| self.refusal);
        }
        request.local_cache(|| self.told);
        Err(self.status)
    }
}
