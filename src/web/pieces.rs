//! A file that is written while it is sent.

use std::io::{Cursor, Error as IoError};
use std::pin::Pin;
use std::task::{Context, Poll};

use rocket::futures::stream::Stream;
use rocket::request::Request;
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::{AsyncRead, ReadBuf};

/// A part of the file; a broken one ends the connection, so that nobody takes half a file for a whole one.
pub enum Piece {
    Bytes(Cursor<Vec<u8>>),
    Broken,
}

impl Piece {
    /// These bytes.
    #[must_use]
    pub fn of(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Bytes(Cursor::new(bytes.into()))
    }
}

impl AsyncRead for Piece {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<(), IoError>> {
        match self.get_mut() {
            Self::Bytes(bytes) => Pin::new(bytes).poll_read(cx, buffer),
            Self::Broken => Poll::Ready(Err(IoError::other("the rest could not be read"))),
        }
    }
}

/// A download of pieces.
pub struct Written<S> {
    /// The name under which it is saved: ASCII without quotes.
    pub name: String,
    pub mime: &'static str,
    pub pieces: S,
}

impl<'r, S: Stream<Item = Piece> + Send + 'static> Responder<'r, 'static> for Written<S> {
    fn respond_to(self, _request: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .raw_header("Content-Type", self.mime)
            .raw_header("Content-Disposition", format!("attachment; filename=\"{}\"", self.name))
            .raw_header("Content-Security-Policy", "sandbox; default-src 'none'")
            .streamed_body(ReaderStream::from(self.pieces))
            .ok()
    }
}
