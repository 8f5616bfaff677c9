//! Prepared texts: their pages, and the list that opens in the answer box.

use rocket::http::Status;
use rocket::{State, delete, get, post};

use super::super::model::reply::{self, FILES, NewReply, SavedReply, Sharing, Values};
use super::super::store::replies::{self, NewFile};
use super::super::views::{
    RepliesPage, ReplyPage, Suggestion, SuggestionFile, Suggestions, SuggestionsPage, TypedReply,
};
use super::drafts::clean_name;
use super::mentions::{OFFERED, answers};
use super::messages::Bare;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Disposition, FileResponse, Html, Htmx, Page, Posted, Reply, Upload, redirect};

/// Those whose code or title begins with `q`, filled for this conversation.
#[get("/conversations/<id>/replies?<q>")]
pub async fn suggest_replies(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, q: Option<String>) -> Page {
    let (viewer, most) = (viewer.0.clone(), if cx.htmx == Htmx::No { usize::MAX } else { OFFERED });
    let wanted = q.unwrap_or_default().trim().to_lowercase();
    let read = db.read(move |connection| {
        let values = replies::values(connection, &viewer, id)?;
        let mut found = replies::all(connection, &viewer)?;
        found.retain(|one| one.code.starts_with(&wanted) || answers(&one.title, &wanted));
        found.sort_by_key(|one| !one.code.starts_with(&wanted));
        Ok(found.into_iter().take(most).map(|one| option(one, &values)).collect::<Vec<_>>())
    });
    let options = read.await?;
    if cx.htmx == Htmx::No {
        return Ok(Html::render(&SuggestionsPage { cx, id, options })?);
    }
    Ok(Html::render(&Suggestions { cx, options })?)
}

fn option(one: SavedReply, values: &Values) -> Suggestion {
    let file = |file: reply::ReplyFile| SuggestionFile { key: file.key, name: file.name, mime: file.mime };
    Suggestion {
        label: ["/", &one.code].concat(),
        text: reply::filled(&one.text, values),
        more: one.title,
        files: one.files.into_iter().map(file).collect(),
    }
}

#[get("/settings/replies")]
pub async fn list_replies(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    let viewer = viewer.0.clone();
    let all = db.read(move |connection| replies::all(connection, &viewer)).await?;
    Ok(Html::render(&RepliesPage::new(cx, all))?)
}

/// An empty form, or one with what we wrote in a message.
#[get("/settings/replies/new?<message>")]
pub async fn new_reply(viewer: May<Conversations>, cx: Cx, db: &State<Db>, message: Option<i64>) -> Page {
    let viewer = viewer.0.clone();
    let text = match message {
        Some(message) => {
            let reader = viewer.clone();
            db.read(move |connection| replies::written(connection, &reader, message)).await?
        }
        None => String::new(),
    };
    let typed = TypedReply { text, ..TypedReply::default() };
    let (may_share, problems) = (replies::may_share(&viewer), Problems::default());
    Ok(Html::render(&ReplyPage { cx, id: None, typed, files: Vec::new(), may_share, problems })?)
}

#[get("/settings/replies/<id>", rank = 2)]
pub async fn show_reply(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let may_share = replies::may_share(&viewer);
    let found = db.read(move |connection| replies::to_change(connection, &viewer, id)).await?;
    let is_shared = found.sharing == Sharing::Team;
    let typed = TypedReply { code: found.code, title: found.title, text: found.text, is_shared };
    let problems = Problems::default();
    Ok(Html::render(&ReplyPage { cx, id: Some(id), typed, files: found.files, may_share, problems })?)
}

/// A form as it came, judged.
struct Sent {
    typed: TypedReply,
    new: NewReply,
    kept: Vec<String>,
    added: Vec<NewFile>,
    problems: Problems,
}

impl Sent {
    fn of(form: Upload) -> Self {
        let typed = TypedReply {
            code: form.field("code").to_owned(),
            title: form.field("title").to_owned(),
            text: form.field("text").to_owned(),
            is_shared: form.field("sharing") == "team",
        };
        let code = reply::code(&typed.code);
        let new = NewReply {
            sharing: Sharing::parse(form.field("sharing")),
            code: code.clone().unwrap_or_default(),
            title: typed.title.split_whitespace().collect::<Vec<_>>().join(" "),
            text: typed.text.clone(),
        };
        let mut problems = replies::check(&new, code.as_deref());
        if form.too_large.is_some() {
            problems.add("files", "reply-file-too-large");
        } else if form.files.len() > FILES {
            problems.add("files", "reply-too-many-files");
        }
        let kept = form.values("keep").map(str::to_owned).collect();
        let file = |part: crate::web::Part| {
            let name = clean_name(&part.name);
            NewFile { name: if name.is_empty() { "-".to_owned() } else { name }, mime: part.mime, blob: part.blob }
        };
        let added = form.files.into_iter().map(file).collect();
        Self { typed, new, kept, added, problems }
    }
}

#[post("/settings/replies", data = "<form>")]
pub async fn create_reply(viewer: May<Conversations>, cx: Cx, db: &State<Db>, form: Upload) -> Answer<Reply> {
    let (viewer, sent) = (viewer.0.clone(), Sent::of(form));
    let done = match sent.problems.clone().into_result() {
        Ok(()) => {
            let (by, new, added) = (viewer.clone(), sent.new.clone(), sent.added.clone());
            db.write(move |tx| replies::create(tx, &by, &new, &added)).await.map(|_| ())
        }
        Err(error) => Err(error),
    };
    Ok(answer(cx, db, (viewer, None), sent, done).await?)
}

#[post("/settings/replies/<id>", data = "<form>")]
pub async fn change_reply(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, form: Upload) -> Answer<Reply> {
    let (viewer, sent) = (viewer.0.clone(), Sent::of(form));
    let by = viewer.clone();
    db.read(move |connection| replies::to_change(connection, &by, id).map(|_| ())).await?;
    let done = match sent.problems.clone().into_result() {
        Ok(()) => {
            let (by, new, kept, added) = (viewer.clone(), sent.new.clone(), sent.kept.clone(), sent.added.clone());
            db.write(move |tx| replies::change(tx, &by, id, (&new, &kept), &added)).await
        }
        Err(error) => Err(error),
    };
    Ok(answer(cx, db, (viewer, Some(id)), sent, done).await?)
}

/// The list again, or the form with what is wrong.
async fn answer(cx: Cx, db: &Db, (viewer, id): (Viewer, Option<i64>), sent: Sent, done: Result<()>) -> Result<Reply> {
    match done {
        Ok(()) => Ok(redirect("/settings/replies", "reply-saved")),
        Err(Error::Invalid(problems)) => {
            let may_share = replies::may_share(&viewer);
            let files = match id {
                Some(id) => db.read(move |connection| replies::get(connection, &viewer, id)).await?.files,
                None => Vec::new(),
            };
            let page = Html::render(&ReplyPage { cx, id, typed: sent.typed, files, may_share, problems })?;
            Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error),
    }
}

#[delete("/settings/replies/<id>", data = "<_form>")]
pub async fn delete_reply(viewer: May<Conversations>, db: &State<Db>, id: i64, _form: Posted<Bare>) -> Answer<Reply> {
    let by = viewer.0.clone();
    db.write(move |tx| replies::delete(tx, &by, id)).await?;
    Ok(redirect("/settings/replies", "reply-deleted"))
}

#[get("/settings/replies/files/<key>")]
pub async fn download_reply_file(viewer: May<Conversations>, db: &State<Db>, key: String) -> Answer<FileResponse> {
    let viewer = viewer.0.clone();
    let file = db.read(move |connection| replies::file(connection, &viewer, &key)).await?;
    Ok(FileResponse {
        db: db.inner().clone(),
        blob: file.blob,
        size: file.size,
        name: file.name,
        mime: file.mime,
        disposition: Disposition::Save,
    })
}
