//! Pictures that mails want from elsewhere: fetched by the server, when somebody asked for them, so that no sender learns who
//! reads, from where or with what.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};
use rocket::form::FromForm;
use rocket::http::{ContentType, Header};
use rocket::{Responder, State, delete, get, post};
use url::Url;

use super::super::model::Images;
use super::super::store::images::{self, Picture};
use super::asked::Asked;
use super::messages::{Bare, messages};
use crate::auth::{Conversations, May, Viewer};
use crate::blobs;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::http::{Client, Limits};
use crate::web::{Answer, Cx, Htmx, Posted, Reply, redirect};

/// Pixels of a picture at most.
const PIXELS: u64 = 40_000_000;
/// A picture of so many pixels is there to be counted and not to be seen.
const TRACKER: u64 = 4;

/// A picture.
#[derive(Responder)]
pub struct Shown {
    bytes: Vec<u8>,
    kind: ContentType,
    policy: Header<'static>,
}

#[get("/m/<id>/images/<number>")]
pub async fn show_image(
    viewer: May<Conversations>,
    db: &State<Db>,
    http: &State<Client>,
    id: i64,
    number: i64,
) -> Answer<Shown> {
    let viewer = viewer.0.clone();
    let found = db.read(move |connection| {
        Ok(match images::find(connection, &viewer, id, number)? {
            Picture::Kept(blob, mime) => Ok((blobs::read(connection, blob)?, mime)),
            wanted => Err(wanted),
        })
    });
    let (bytes, mime) = match found.await? {
        Ok(kept) => kept,
        Err(Picture::Wanted(url)) => fetched(db, http, id, number, &url).await?,
        Err(_) => return Err(Error::NotFound.into()),
    };
    let kind = ContentType::parse_flexible(&mime).unwrap_or(ContentType::Binary);
    Ok(Shown { bytes, kind, policy: Header::new("Content-Security-Policy", "sandbox; default-src 'none'") })
}

/// Fetches a picture once and keeps it; what is none is not asked for again by itself.
async fn fetched(db: &Db, http: &Client, message: i64, number: i64, url: &str) -> Result<(Vec<u8>, String)> {
    let url = Url::parse(url).map_err(|_| Error::NotFound)?;
    let picture = match http.fetch(&url, Limits::default()).await {
        Ok(response) if response.status == 200 => judged(response.bytes).await?,
        Ok(_) => None,
        Err(fault) => {
            tracing::info!(message, number, %fault, "a picture of a mail could not be fetched");
            None
        }
    };
    let Some((bytes, mime)) = picture else {
        db.write(move |tx| images::keep(tx, message, number, None)).await?;
        return Err(Error::NotFound);
    };
    let blob = blobs::store(db, &bytes).await?.id;
    db.write(move |tx| images::keep(tx, message, number, Some((blob, mime)))).await?;
    Ok((bytes, mime.to_owned()))
}

/// The bytes with their type, if they begin as a picture that browsers show, of a size that they can hold.
async fn judged(bytes: Vec<u8>) -> Result<Option<(Vec<u8>, &'static str)>> {
    let judge = move || {
        let reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().ok()?;
        let mime = match reader.format()? {
            ImageFormat::Png => "image/png",
            ImageFormat::Jpeg => "image/jpeg",
            ImageFormat::Gif => "image/gif",
            ImageFormat::WebP => "image/webp",
            _ => return None,
        };
        let (width, height) = reader.into_dimensions().ok()?;
        let pixels = u64::from(width) * u64::from(height);
        (pixels > TRACKER && pixels <= PIXELS).then_some((bytes, mime))
    };
    rocket::tokio::task::spawn_blocking(judge).await.map_err(Error::internal)
}

#[derive(FromForm)]
pub struct ImagesForm {
    /// `message` or `sender`.
    #[field(default = "")]
    scope: String,
}

#[post("/messages/<id>/images?<asked..>", data = "<form>")]
pub async fn show_images(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    asked: Asked,
    form: Posted<ImagesForm>,
) -> Answer<Reply> {
    let images = if form.0.scope == "sender" { Images::Sender } else { Images::Message };
    Ok(set(viewer.0.clone(), cx, db, id, (asked, images)).await?)
}

#[delete("/messages/<id>/images?<asked..>", data = "<_form>")]
pub async fn hide_images(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    asked: Asked,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    Ok(set(viewer.0.clone(), cx, db, id, (asked, Images::Off)).await?)
}

async fn set(viewer: Viewer, cx: Cx, db: &Db, id: i64, (asked, images): (Asked, Images)) -> Result<Reply> {
    let by = viewer.clone();
    let conversation = db.write(move |tx| images::allow(tx, &by, id, images)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect(&format!("/conversations/{conversation}"), ""));
    }
    Ok(Reply::Html(messages(viewer, cx, db, conversation, asked).await?))
}
