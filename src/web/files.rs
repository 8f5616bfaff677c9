//! Stored content as a response: type from a fixed list, never shown as a page of ours, readable in ranges.

use rocket::futures::stream::{self, StreamExt};
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::AsyncRead;

use crate::blobs;
use crate::db::Db;

/// A content to be sent.
pub struct FileResponse {
    pub db: Db,
    pub blob: i64,
    /// Bytes.
    pub size: u64,
    pub name: String,
    pub mime: String,
    pub disposition: Disposition,
}

/// How the browser is to treat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// Shown in place if its type is safe to show, else saved.
    Show,
    Save,
}

/// Types that a browser may show from our origin: none of them can hold a script that runs here.
const SHOWN: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/pdf",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "audio/wav",
    "audio/webm",
    "video/mp4",
    "video/webm",
    "video/ogg",
];

impl FileResponse {
    fn served_type(&self) -> &'static str {
        SHOWN.iter().find(|shown| **shown == self.mime).copied().unwrap_or("application/octet-stream")
    }

    fn content_disposition(&self) -> String {
        let shown = self.disposition == Disposition::Show && SHOWN.contains(&self.mime.as_str());
        let kind = if shown { "inline" } else { "attachment" };
        let name: String = url::form_urlencoded::byte_serialize(self.name.as_bytes()).collect();
        format!("{kind}; filename*=UTF-8''{}", name.replace('+', "%20"))
    }

    /// First and last byte asked for (RFC 9110 section 14), if it is one range that can be met.
    fn range(&self, header: &str) -> Option<(u64, u64)> {
        let (from, to) = header.strip_prefix("bytes=")?.split_once('-')?;
        let last = self.size.checked_sub(1)?;
        let (from, to) = match (from.parse::<u64>(), to.parse::<u64>()) {
            (Ok(from), Ok(to)) => (from, to.min(last)),
            (Ok(from), Err(_)) if to.is_empty() => (from, last),
            (Err(_), Ok(tail)) if from.is_empty() && tail > 0 => (self.size.saturating_sub(tail), last),
            _ => return None,
        };
        (from <= to).then_some((from, to))
    }
}

impl<'r> Responder<'r, 'r> for FileResponse {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        let asked = request.headers().get_one("Range");
        let range = asked.and_then(|header| self.range(header));
        if asked.is_some_and(|header| header.starts_with("bytes=")) && range.is_none() {
            return Response::build()
                .status(Status::RangeNotSatisfiable)
                .raw_header("Content-Range", format!("bytes */{}", self.size))
                .ok();
        }
        let (from, to) = range.unwrap_or((0, self.size.saturating_sub(1)));
        let length = if self.size == 0 { 0 } else { to - from + 1 };
        let mut response = Response::build();
        response
            .raw_header("Content-Type", self.served_type())
            .raw_header("Content-Disposition", self.content_disposition())
            .raw_header("Content-Security-Policy", "sandbox; default-src 'none'")
            .raw_header("Cache-Control", "private, no-cache")
            .raw_header("Accept-Ranges", "bytes")
            .raw_header("Content-Length", length.to_string());
        if range.is_some() {
            response
                .status(Status::PartialContent)
                .raw_header("Content-Range", format!("bytes {from}-{to}/{}", self.size));
        }
        response.streamed_body(body(self.db, self.blob, from, length)).max_chunk_size(65_536);
        response.ok()
    }
}

/// What is left to send.
struct Rest {
    db: Db,
    blob: i64,
    seq: u64,
    skip: usize,
    left: usize,
}

/// The bytes from `from` on, `length` of them, chunk by chunk. A read that fails ends the body early, and the client sees
/// from the length that it is not whole.
fn body(db: Db, blob: i64, from: u64, length: u64) -> impl AsyncRead + Send + 'static {
    let chunk_size = blobs::CHUNK as u64;
    let skip = usize::try_from(from % chunk_size).unwrap_or(0);
    let rest = Rest { db, blob, seq: from / chunk_size, skip, left: usize::try_from(length).unwrap_or(usize::MAX) };
    ReaderStream::from(stream::unfold(rest, next).map(std::io::Cursor::new))
}

async fn next(mut rest: Rest) -> Option<(Vec<u8>, Rest)> {
    if rest.left == 0 {
        return None;
    }
    let (blob, seq) = (rest.blob, i64::try_from(rest.seq).unwrap_or(i64::MAX));
    let chunk = rest.db.read(move |connection| blobs::chunk(connection, blob, seq)).await.ok()??;
    let part = chunk.get(rest.skip..).unwrap_or_default();
    let part = part[..part.len().min(rest.left)].to_vec();
    rest.left -= part.len();
    rest.skip = 0;
    rest.seq += 1;
    Some((part, rest))
}
