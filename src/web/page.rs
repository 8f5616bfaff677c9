//! Pages as answers: rendered, compressed lightly, sent in large chunks.

use std::io::Cursor;

use askama::Template;
use flate2::Compression;
use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Flash, Redirect, Responder, Response};

use super::assets::gzip;
use crate::error::{Error, Result};

/// Texts below this many bytes are sent as they are.
const WORTH_PACKING: usize = 1024;
/// A fifth smaller than the quickest level makes it, for a tenth of a millisecond; higher ones gain little.
const PACKING: u32 = 2;

/// A rendered page or block.
pub struct Html {
    status: Status,
    body: String,
    headers: Vec<Header<'static>>,
}

/// A page or a block: what a handler that shows something answers.
pub type Page = Result<Html, super::Failure>;

impl Html {
    /// Renders a template. Blocking work: small blocks are fine on the async threads, pages with many rows are
    /// rendered where their rows are read.
    ///
    /// # Errors
    /// When the template fails, which only a formatter of ours can cause.
    pub fn render(template: &impl Template) -> Result<Self> {
        let body = template.render().map_err(Error::internal)?;
        Ok(Self { status: Status::Ok, body, headers: Vec::new() })
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// The same as the answer to too many attempts; the next may come after `wait` seconds.
    #[must_use]
    pub fn too_many(self, wait: u64) -> Self {
        self.with_status(Status::TooManyRequests).with_header("Retry-After", wait.to_string())
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push(Header::new(name, value));
        self
    }

    /// The same with something behind it: a toast beside a block.
    #[must_use]
    pub fn followed_by(mut self, other: &Self) -> Self {
        self.body.push_str(&other.body);
        self
    }
}

impl<'r> Responder<'r, 'static> for Html {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let accepts = request.headers().get("Accept-Encoding").any(|value| value.contains("gzip"));
        let mut response = Response::build();
        response
            .status(self.status)
            .raw_header("Content-Type", "text/html; charset=utf-8")
            .raw_header("Vary", "Accept-Encoding, HX-Request, HX-Request-Type")
            .max_chunk_size(65_536);
        for header in self.headers {
            response.header(header);
        }
        let packed = if accepts && self.body.len() > WORTH_PACKING {
            gzip(self.body.as_bytes(), Compression::new(PACKING))
        } else {
            None
        };
        match packed {
            Some(packed) => {
                response.raw_header("Content-Encoding", "gzip").sized_body(packed.len(), Cursor::new(packed));
            }
            None => {
                response.sized_body(self.body.len(), Cursor::new(self.body));
            }
        }
        response.ok()
    }
}

/// What a handler that changes something answers: a block to htmx, a redirect to a browser.
pub enum Reply {
    Html(Html),
    /// See there what was done.
    See(Box<Flash<Redirect>>),
    /// See there; nothing needs to be said.
    Go(Box<Redirect>),
    /// Done; nothing to show.
    Nothing,
    /// A whole new page for a client that runs htmx.
    Away(String),
    /// The same, and it says what was done.
    Told(Box<Flash<Away>>),
}

/// A page that htmx is asked to open.
pub struct Away(pub String);

impl<'r> Responder<'r, 'static> for Away {
    fn respond_to(self, _request: &'r Request<'_>) -> response::Result<'static> {
        Response::build().raw_header("HX-Redirect", self.0).ok()
    }
}

/// A redirect that says what was done, or says nothing when `key` is empty.
#[must_use]
pub fn redirect(to: &str, key: &str) -> Reply {
    let to = Redirect::to(to.to_owned());
    if key.is_empty() { Reply::Go(Box::new(to)) } else { Reply::See(Box::new(Flash::success(to, key))) }
}

impl<'r> Responder<'r, 'static> for Reply {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Self::Html(html) => html.respond_to(request),
            Self::See(flash) => flash.respond_to(request),
            Self::Go(redirect) => redirect.respond_to(request),
            Self::Nothing => Response::build().status(Status::NoContent).ok(),
            Self::Away(to) => Away(to).respond_to(request),
            Self::Told(flash) => flash.respond_to(request),
        }
    }
}
