//! Photos of people: the own one is stored and removed here, everybody's are shown to those who are signed in.

use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{State, delete, get, post};

use super::account::page;
use super::visit::Visit;
use crate::accounts::photo::{self, Photo, UPLOAD};
use crate::accounts::store::photos;
use crate::accounts::views::Typed;
use crate::auth::{SignedIn, Viewer};
use crate::blobs;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::keys;
use crate::web::{Answer, Cx, Disposition, FileResponse, NoFields, Posted, Reply, Upload, redirect};

#[post("/account/photo", data = "<upload>")]
pub async fn save_photo(viewer: SignedIn, cx: Cx, visit: Visit<'_>, upload: Upload) -> Answer<Reply> {
    match store(visit.db, &viewer, &upload).await {
        Ok(()) => Ok(redirect("/account", "photo-saved")),
        Err(Error::Invalid(photo_problems)) => {
            let typed = Typed { photo_problems, ..Typed::default() };
            let html = page(cx, &viewer, &visit, typed).await?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn store(db: &Db, viewer: &Viewer, upload: &Upload) -> Result<()> {
    let (key, made) = made_anew(db, upload, "photo", photo::make).await?;
    let viewer = viewer.clone();
    db.write(move |tx| photos::set(tx, &viewer, &key, &made.bytes)).await
}

/// The picture of an upload as `make` makes it anew, with a new key for its address.
pub(super) async fn made_anew(
    db: &Db,
    upload: &Upload,
    field: &'static str,
    make: impl AsyncFnOnce(Vec<u8>) -> Result<Photo> + Send,
) -> Result<(String, Photo)> {
    let Some(part) = upload.files.first() else {
        let key = if upload.too_large.is_some() { "photo-too-large" } else { "photo-missing" };
        return Err(Error::field(field, key));
    };
    let original = part.blob.id;
    let anew = if part.blob.size > UPLOAD {
        Err(Error::field(field, "photo-too-large"))
    } else {
        make(db.read(move |connection| blobs::read(connection, original)).await?).await
    };
    // What was sent is not kept, whether it could be read or not: it may say where it was taken.
    db.write(move |tx| blobs::discard(tx, original)).await?;
    let photo = anew?;
    Ok(([&keys::random_text::<15>()?, photo.ending].concat(), photo))
}

#[delete("/account/photo", data = "<_form>")]
pub async fn remove_photo(viewer: SignedIn, db: &State<Db>, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| photos::remove(tx, &viewer)).await?;
    Ok(redirect("/account", "photo-removed"))
}

/// A file whose address changes with its content.
pub struct Unchanging(FileResponse);

impl<'r> Responder<'r, 'r> for Unchanging {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        let kept = Header::new("Cache-Control", "private, max-age=2592000, immutable");
        Response::build_from(self.0.respond_to(request)?).header(kept).ok()
    }
}

#[get("/photos/<key>")]
pub async fn show_photo(_viewer: SignedIn, db: &State<Db>, key: &str) -> Answer<Unchanging> {
    let (wanted, mime) = (key.to_owned(), photo::mime(key));
    let found = db.read(move |connection| photos::find(connection, &wanted)).await?;
    Ok(Unchanging(FileResponse {
        db: db.inner().clone(),
        blob: found.blob,
        size: found.size,
        name: key.to_owned(),
        mime: mime.to_owned(),
        disposition: Disposition::Show,
    }))
}
