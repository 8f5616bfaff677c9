//! Macros in the settings: each change of an action is a form of its own, so that all of it works without script.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post, put};

use super::super::model::macros::{Action, Counts, Kind, NAME, NewMacro, Refusal, Shift};
use super::super::model::reply::Sharing;
use super::super::store::{macros, replies, tags};
use super::super::views::{MacroPage, MacrosPage, Offers, StepForm, TypedMacro};
use super::messages::Bare;
use crate::auth::{Conversations, May, Viewer};
use crate::db::{Connection, Db};
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[derive(FromForm, Clone)]
pub struct MacroForm {
    #[field(default = "")]
    name: String,
    #[field(default = "")]
    sharing: String,
    #[field(default = "")]
    refusal: String,
}

impl MacroForm {
    fn typed(&self) -> TypedMacro {
        let is_shared = Sharing::parse(&self.sharing) == Sharing::Team;
        TypedMacro { name: self.name.clone(), is_shared, refusal: Refusal::parse(&self.refusal) }
    }

    fn check(&self) -> Result<NewMacro> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !(1..=NAME).contains(&name.chars().count()) || name.contains(char::is_control) {
            return Err(Error::field("name", "macro-name-wrong"));
        }
        Ok(NewMacro { name, sharing: Sharing::parse(&self.sharing), refusal: Refusal::parse(&self.refusal) })
    }
}

#[get("/settings/macros")]
pub async fn list_macros(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    let viewer = viewer.0.clone();
    let all = db.read(move |connection| macros::all(connection, &viewer)).await?;
    Ok(Html::render(&MacrosPage::new(cx, all))?)
}

#[get("/settings/macros/new")]
pub fn new_macro(viewer: May<Conversations>, cx: Cx) -> Page {
    Ok(Html::render(&empty(cx, &viewer, TypedMacro::default(), Problems::default()))?)
}

fn empty(cx: Cx, viewer: &Viewer, typed: TypedMacro, problems: Problems) -> MacroPage {
    let may_share = replies::may_share(viewer);
    MacroPage { cx, id: None, typed, steps: Vec::new(), form: None, offers: Offers::default(), may_share, problems }
}

#[post("/settings/macros", data = "<form>")]
pub async fn create_macro(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    form: Posted<MacroForm>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let new = match form.check() {
        Ok(new) => new,
        Err(Error::Invalid(problems)) => {
            let page = Html::render(&empty(cx, &viewer, form.typed(), problems))?;
            return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
        }
        Err(error) => return Err(error.into()),
    };
    let id = db.write(move |tx| macros::create(tx, &viewer, &new)).await?;
    Ok(redirect(&format!("/settings/macros/{id}"), "macro-created"))
}

/// `add` is the kind of action whose form is open, `edit` the action that is being changed.
#[get("/settings/macros/<id>?<add>&<edit>", rank = 2)]
pub async fn show_macro(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    add: Option<String>,
    edit: Option<i64>,
) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let mut page = page(connection, cx, &viewer, id)?;
        let added = add.as_deref().and_then(Kind::parse).map(StepForm::new);
        let edited = edit.and_then(|step| page.steps.iter().find(|one| one.id == step)).map(StepForm::of);
        page.form = edited.or(added);
        Html::render(&page)
    });
    Ok(html.await?)
}

fn page(connection: &Connection, cx: Cx, viewer: &Viewer, id: i64) -> Result<MacroPage> {
    let found = macros::to_change(connection, viewer, id)?;
    let label = |reply: &super::super::model::reply::SavedReply| ["/", &reply.code, " · ", &reply.title].concat();
    let usable = replies::all(connection, viewer)?;
    let usable = usable.iter().filter(|reply| found.sharing == Sharing::Own || reply.sharing == Sharing::Team);
    let offers = Offers {
        people: macros::people(connection)?,
        tags: tags::all(connection)?.into_iter().map(|tag| tag.name).collect(),
        replies: usable.map(|reply| (reply.id, label(reply))).collect(),
    };
    Ok(MacroPage {
        cx,
        id: Some(id),
        typed: TypedMacro::of(&found),
        steps: found.steps,
        form: None,
        offers,
        may_share: replies::may_share(viewer),
        problems: Problems::default(),
    })
}

#[put("/settings/macros/<id>", data = "<form>")]
pub async fn change_macro(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<MacroForm>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let by = viewer.clone();
    let done = match form.check() {
        Ok(new) => db.write(move |tx| macros::change(tx, &by, id, &new)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(redirect(&format!("/settings/macros/{id}"), "macro-saved")),
        Err(Error::Invalid(problems)) => {
            let read = db.read(move |connection| {
                let mut page = page(connection, cx, &viewer, id)?;
                (page.typed, page.problems) = (form.typed(), problems);
                Html::render(&page)
            });
            Ok(Reply::Html(read.await?.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

#[delete("/settings/macros/<id>", data = "<_form>")]
pub async fn delete_macro(viewer: May<Conversations>, db: &State<Db>, id: i64, _form: Posted<Bare>) -> Answer<Reply> {
    let by = viewer.0.clone();
    db.write(move |tx| macros::delete(tx, &by, id)).await?;
    Ok(redirect("/settings/macros", "macro-deleted"))
}

#[derive(FromForm, Clone)]
pub struct StepFields {
    #[field(default = "")]
    kind: String,
    #[field(default = "")]
    value: String,
    /// `yes`: its answer counts as one.
    #[field(default = "")]
    counts: String,
}

impl StepFields {
    fn counts(&self) -> Counts {
        if self.counts == "yes" { Counts::Yes } else { Counts::No }
    }

    fn value(&self) -> String {
        self.value.replace("\r\n", "\n")
    }
}

#[post("/settings/macros/<id>/steps", data = "<form>")]
pub async fn add_step(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<StepFields>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let kind = Kind::parse(&form.kind).unwrap_or(Kind::Note);
    let action = Action { kind, value: form.value(), counts: form.counts() };
    let (by, new) = (viewer.clone(), action.clone());
    let done = db.write(move |tx| macros::add(tx, &by, id, &new)).await;
    let form = StepForm { id: None, action };
    Ok(stepped(cx, db, (viewer, id), form, done.map(|step| (id, step))).await?)
}

#[put("/settings/macro-steps/<id>", data = "<form>")]
pub async fn change_step(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<StepFields>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let by = viewer.clone();
    let found = db.read(move |connection| macros::of_step(connection, &by, id)).await?;
    let kind = found.steps.iter().find(|step| step.id == id).ok_or(Error::NotFound)?.action.kind;
    let (by, value, counts) = (viewer.clone(), form.value(), form.counts());
    let done = db.write(move |tx| macros::change_step(tx, &by, id, &value, counts)).await;
    let form = StepForm { id: Some(id), action: Action { kind, value: form.value(), counts } };
    Ok(stepped(cx, db, (viewer, found.id), form, done.map(|one| (one, id))).await?)
}

/// The macro with its action in view, or the form of the action with what is wrong.
async fn stepped(
    cx: Cx,
    db: &Db,
    (viewer, id): (Viewer, i64),
    form: StepForm,
    done: Result<(i64, i64)>,
) -> Result<Reply> {
    match done {
        Ok((one, step)) => Ok(redirect(&format!("/settings/macros/{one}#step-{step}"), "")),
        Err(Error::Invalid(problems)) => {
            let read = db.read(move |connection| {
                let mut page = page(connection, cx, &viewer, id)?;
                (page.form, page.problems) = (Some(form), problems);
                Html::render(&page)
            });
            Ok(Reply::Html(read.await?.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error),
    }
}

#[derive(FromForm)]
pub struct ShiftForm {
    /// `up` or `down`.
    #[field(default = "")]
    to: String,
}

#[post("/settings/macro-steps/<id>/place", data = "<form>")]
pub async fn move_step(viewer: May<Conversations>, db: &State<Db>, id: i64, form: Posted<ShiftForm>) -> Answer<Reply> {
    let (by, shift) = (viewer.0.clone(), if form.0.to == "up" { Shift::Up } else { Shift::Down });
    let one = db.write(move |tx| macros::shift(tx, &by, id, shift)).await?;
    Ok(redirect(&format!("/settings/macros/{one}#step-{id}"), ""))
}

#[delete("/settings/macro-steps/<id>", data = "<_form>")]
pub async fn remove_step(viewer: May<Conversations>, db: &State<Db>, id: i64, _form: Posted<Bare>) -> Answer<Reply> {
    let by = viewer.0.clone();
    let one = db.write(move |tx| macros::remove(tx, &by, id)).await?;
    Ok(redirect(&format!("/settings/macros/{one}#steps"), ""))
}
