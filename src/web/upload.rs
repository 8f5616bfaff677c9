//! Multipart forms, streamed: fields are collected, files go straight into chunks of the database. The first field must be
//! the token; nothing of the body is kept before it was right.

use multer::{Constraints, Field, Multipart, SizeLimit};
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::http::Status;
use rocket::request::Request;
use rocket::tokio::io::AsyncReadExt;

use super::failure::Told;
use super::posted::{header_token_matches, token_matches};
use crate::blobs::{Blob, Staged};
use crate::db::Db;
use crate::error::Error;

/// Largest text field in bytes.
const FIELD: u64 = 2 * 1024 * 1024;
/// Fields and files of one form at most.
const PARTS: usize = 300;

/// How much a form may bring.
#[derive(Debug, Clone, Copy)]
pub struct UploadLimits {
    /// Bytes of one file.
    pub file: u64,
    /// Bytes of all files together.
    pub total: u64,
}

/// A multipart form with its files stored.
#[derive(Debug, Default)]
pub struct Upload {
    fields: Vec<(String, String)>,
    pub files: Vec<Part>,
    /// The limit that a file passed, if one did: it is not kept, the rest of the form is.
    pub too_large: Option<u64>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Part {
    pub name: String,
    pub mime: String,
    pub blob: Blob,
}

impl Upload {
    /// All values of a field.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a field; empty when it is missing.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let limits = request.rocket().state::<UploadLimits>().copied();
        let (Some(limits), Some(db)) = (limits, request.rocket().state::<Db>()) else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        match read(request, data, db, limits).await {
            Ok(upload) => Outcome::Success(upload),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

async fn read(request: &Request<'_>, data: Data<'_>, db: &Db, limits: UploadLimits) -> Result<Upload, Status> {
    let kind = request.headers().get_one("Content-Type").unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| Status::BadRequest)?;
    // A little over, so that a form over the limit is told apart from one that was cut.
    let stream = data.open((limits.total + 4 * FIELD).bytes());
    let constraints = Constraints::new().size_limit(SizeLimit::new().whole_stream(limits.total + 4 * FIELD));
    let chunks = futures_of(stream);
    let mut form = Multipart::with_constraints(chunks, boundary, constraints);
    let mut upload = Upload::default();
    let mut allowed = header_token_matches(request);
    let mut stored = 0;
    for _ in 0..PARTS {
        let Some(field) = form.next_field().await.map_err(|error| broken(&error))? else {
            return Ok(upload);
        };
        let is_file = field.file_name().is_some();
        if is_file && allowed {
            stored += file(field, db, &mut upload, limits, stored).await?;
        } else if is_file {
            return refused(request);
        } else {
            let name = field.name().unwrap_or_default().to_owned();
            let value = text(field).await?;
            allowed = allowed || name == "_token" && token_matches(request, &value);
            if !allowed && name != "_method" {
                return refused(request);
            }
            upload.fields.push((name, value));
        }
    }
    Err(Status::PayloadTooLarge)
}

fn refused(request: &Request<'_>) -> Result<Upload, Status> {
    request.local_cache(|| Told { key: "error-stale-form", ..Told::default() });
    Err(Status::Forbidden)
}

fn broken(error: &multer::Error) -> Status {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Status::PayloadTooLarge,
        _ => Status::BadRequest,
    }
}

async fn text(mut field: Field<'_>) -> Result<String, Status> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > FIELD {
            return Err(Status::PayloadTooLarge);
        }
    }
    // Browsers send line breaks in forms as CR LF.
    Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
}

/// Stores one file; answers its size. One that is too large is read to its end and not kept.
async fn file(
    mut field: Field<'_>,
    db: &Db,
    upload: &mut Upload,
    limits: UploadLimits,
    stored: u64,
) -> Result<u64, Status> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mime = field.content_type().map_or_else(|| "application/octet-stream".to_owned(), ToString::to_string);
    let mut staged = None;
    let mut refused = false;
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if refused || chunk.is_empty() {
            continue;
        }
        if staged.is_none() {
            staged =
                Some(Staged::begin(db, limits.file.min(limits.total - stored)).await.map_err(|error| status(&error))?);
        }
        if let Some(content) = &mut staged {
            match content.push(&chunk).await {
                Ok(()) => {}
                Err(Error::TooLarge(_)) => refused = true,
                Err(error) => return Err(status(&error)),
            }
        }
    }
    if refused {
        upload.too_large = Some(limits.file);
        if let Some(staged) = staged {
            staged.abandon().await.map_err(|error| status(&error))?;
        }
        return Ok(0);
    }
    let staged = match staged {
        Some(staged) => staged,
        // A file field that was left empty comes as a file without name and content.
        None if name.is_empty() => return Ok(0),
        None => Staged::begin(db, limits.file).await.map_err(|error| status(&error))?,
    };
    let blob = staged.finish().await.map_err(|error| status(&error))?;
    let size = blob.size;
    upload.files.push(Part { name, mime, blob });
    Ok(size)
}

fn status(error: &Error) -> Status {
    match error {
        Error::Full => Status::InsufficientStorage,
        Error::Busy => Status::ServiceUnavailable,
        _ => Status::InternalServerError,
    }
}

/// The body as a stream of chunks.
fn futures_of(
    stream: rocket::data::DataStream<'_>,
) -> impl rocket::futures::Stream<Item = Result<Vec<u8>, std::io::Error>> + '_ {
    rocket::futures::stream::unfold(stream, |mut stream| async move {
        let mut chunk = vec![0; 64 * 1024];
        match stream.read(&mut chunk).await {
            Ok(0) => None,
            Ok(read) => {
                chunk.truncate(read);
                Some((Ok(chunk), stream))
            }
            Err(error) => Some((Err(error), stream)),
        }
    })
}
