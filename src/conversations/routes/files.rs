//! What a browser loads beside the pages: the frame of a mail, its files, its original.

use rocket::http::Header;
use rocket::{Responder, State, get};

use super::super::store::files::{self, Body};
use super::super::views::{FramePage, HeadersPage};
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::error::Error;
use crate::web::{Answer, Cx, Disposition, FileResponse, Html, Page};

/// Nothing of a mail runs or loads from elsewhere, whatever the sanitizer may have missed.
const FRAME_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; \
                            frame-ancestors 'self'; \
                            sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// A mail as it came.
#[derive(Responder)]
#[response(content_type = "application/octet-stream")]
pub struct Original {
    bytes: Vec<u8>,
    disposition: Header<'static>,
    policy: Header<'static>,
}

impl Original {
    /// To be saved under its number.
    pub fn new(bytes: Vec<u8>, id: i64) -> Self {
        Self {
            bytes,
            disposition: Header::new("Content-Disposition", format!("attachment; filename=\"{id}.eml\"")),
            policy: Header::new("Content-Security-Policy", "sandbox; default-src 'none'"),
        }
    }
}

/// A text that nothing is read into.
#[derive(Responder)]
#[response(content_type = "text/plain; charset=utf-8")]
pub struct WholeText {
    text: String,
    policy: Header<'static>,
}

#[get("/m/<id>/body")]
pub async fn show_body(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let body = db.read(move |connection| files::body(connection, &viewer, id)).await?;
    frame(&cx, &body, body.html.as_deref())
}

#[get("/m/<id>/quoted")]
pub async fn show_quoted(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let body = db.read(move |connection| files::body(connection, &viewer, id)).await?;
    frame(&cx, &body, body.quoted_html.as_deref())
}

fn frame(cx: &Cx, body: &Body, html: Option<&str>) -> Page {
    let html = html.ok_or(Error::NotFound)?.to_owned();
    let title = cx.t1("message-frame", "name", &body.sender_name);
    let page = Html::render(&FramePage::new(cx, title, html))?;
    Ok(page.with_header("Content-Security-Policy", FRAME_POLICY.to_owned()))
}

#[get("/attachments/<key>?<save>")]
pub async fn download_attachment(
    viewer: May<Conversations>,
    db: &State<Db>,
    key: String,
    save: Option<&str>,
) -> Answer<FileResponse> {
    let viewer = viewer.0.clone();
    let file = db.read(move |connection| files::attachment(connection, &viewer, &key)).await?;
    let disposition = if save.is_some() { Disposition::Save } else { Disposition::Show };
    Ok(FileResponse {
        db: db.inner().clone(),
        blob: file.blob,
        size: file.size,
        name: file.name,
        mime: file.mime,
        disposition,
    })
}

#[get("/messages/<id>/headers")]
pub async fn show_headers(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let (conversation, raw) = files::original(connection, &viewer, id)?;
        Html::render(&HeadersPage::new(cx, id, conversation, &raw))
    });
    Ok(html.await?)
}

#[get("/messages/<id>/original")]
pub async fn download_original(viewer: May<Conversations>, db: &State<Db>, id: i64) -> Answer<Original> {
    let viewer = viewer.0.clone();
    let (_, bytes) = db.read(move |connection| files::original(connection, &viewer, id)).await?;
    Ok(Original::new(bytes, id))
}

#[get("/messages/<id>/text")]
pub async fn show_text(viewer: May<Conversations>, db: &State<Db>, id: i64) -> Answer<WholeText> {
    let viewer = viewer.0.clone();
    let text = db.read(move |connection| files::text(connection, &viewer, id)).await?;
    Ok(WholeText { text, policy: Header::new("Content-Security-Policy", "sandbox; default-src 'none'") })
}
