//! The people of the workspace, and what others set about one of them.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post, put};

use crate::accounts::jobs;
use crate::accounts::model::{self, Access, Place};
use crate::accounts::store::{invitations, people, rights, teams};
use crate::accounts::views::{Asked, PeoplePage, PersonDialog, PersonPage, PersonParts, PersonView};
use crate::auth::{Admin, Right, Role};
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Htmx, NoFields, Page, Posted, Reply, redirect};

/// What others set about a person.
#[derive(FromForm, Clone, Default)]
pub struct PersonForm {
    /// Which state of the person the form was made from.
    #[field(default = 0)]
    pub revision: i64,
    #[field(default = "")]
    pub name: String,
    #[field(default = "")]
    pub role: String,
    pub rights: Vec<String>,
    pub teams: Vec<i64>,
}

impl PersonForm {
    /// Whether this right is switched on.
    pub fn has(&self, right: Right) -> bool {
        self.rights.iter().any(|name| name == right.as_str())
    }

    fn place(&self) -> (Place, Problems) {
        let mut problems = Problems::default();
        let name = model::clean_name(&self.name);
        model::check_name(&mut problems, "name", &name);
        let role = role(&self.role).unwrap_or_else(|| {
            problems.add("role", "role-missing");
            Role::Agent
        });
        let rights = self.rights.iter().filter_map(|name| Right::parse(name)).collect();
        (Place { name, role, rights, teams: self.teams.clone() }, problems)
    }
}

/// A role that a form can give.
pub(super) fn role(name: &str) -> Option<Role> {
    [Role::Agent, Role::Admin].into_iter().find(|role| role.as_str() == name)
}

#[get("/settings/people?<q>&<after>")]
pub async fn list_people(_viewer: Admin, cx: Cx, db: &State<Db>, q: Option<String>, after: Option<i64>) -> Page {
    let (search, now) = (q.unwrap_or_default(), db.clock().now());
    let wanted = search.clone();
    let found = db
        .read(move |connection| Ok((people::members(connection, &wanted, after)?, invitations::waiting(connection)?)));
    let (listed, waiting) = found.await?;
    let asked = Asked { search, after, now };
    Ok(Html::render(&PeoplePage::new(cx, listed, waiting, asked))?)
}

#[get("/settings/people/<id>")]
pub async fn show_person(_viewer: Admin, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let person = PersonView::new(&cx, parts(db, id).await?, None);
    Ok(show(cx, person)?)
}

/// The person as a dialog for htmx, as a page for a browser without script.
fn show(cx: Cx, person: PersonView) -> Result<Html> {
    match cx.htmx {
        Htmx::No => Html::render(&PersonPage { cx, person }),
        Htmx::Partial | Htmx::Full => Html::render(&PersonDialog { cx, person }),
    }
}

async fn parts(db: &Db, id: i64) -> Result<PersonParts> {
    let read = db.read(move |connection| {
        Ok(PersonParts {
            member: people::member(connection, id)?,
            teams: teams::teams(connection)?,
            own_teams: teams::teams_of(connection, id)?,
        })
    });
    read.await
}

#[put("/settings/people/<id>", data = "<form>")]
pub async fn change_person(viewer: Admin, cx: Cx, db: &State<Db>, id: i64, form: Posted<PersonForm>) -> Answer<Reply> {
    let form = form.0;
    let before = parts(db, id).await?;
    let (place, problems) = form.place();
    let (by, revision) = (viewer.0, form.revision);
    let done = match problems.into_result() {
        Ok(()) => db.write(move |tx| rights::place(tx, &by, id, revision, &place)).await,
        Err(error) => Err(error),
    };
    let (status, problems) = match done {
        Ok(()) => return Ok(cx.done("/settings/people", "person-saved")),
        Err(Error::Invalid(problems)) => (Status::UnprocessableEntity, problems),
        Err(Error::Conflict("person-changed")) => (Status::Conflict, Problems::default()),
        Err(error) => return Err(error.into()),
    };
    // What stands now, read after the refusal: with a conflict it is not what this person saw.
    let now = if status == Status::Conflict { parts(db, id).await? } else { before };
    let mut person = PersonView::new(&cx, now, Some(form)).with_problems(problems);
    if status == Status::Conflict {
        person = person.with_conflict(&cx);
    }
    Ok(Reply::Html(show(cx, person)?.with_status(status)))
}

#[delete("/settings/people/<id>/access", data = "<_form>")]
pub async fn disable_person(viewer: Admin, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| rights::disable(tx, &viewer, id)).await?;
    Ok(redirect("/settings/people", "person-disabled"))
}

#[post("/settings/people/<id>/access", data = "<_form>")]
pub async fn enable_person(viewer: Admin, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| rights::enable(tx, &viewer, id)).await?;
    Ok(redirect("/settings/people", "person-enabled"))
}

#[delete("/settings/people/<id>/sessions", data = "<_form>")]
pub async fn sign_person_out(viewer: Admin, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| rights::sign_out(tx, &viewer, id)).await?;
    Ok(redirect("/settings/people", "person-signed-out"))
}

#[post("/settings/people/<id>/password-reset", data = "<_form>")]
pub async fn send_person_reset(viewer: Admin, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    let queue = move |tx: &crate::db::Tx<'_>| {
        let (member, _) = rights::may_change(tx, &viewer, id)?;
        if member.access == Access::Disabled {
            return Err(Error::Conflict("person-without-access"));
        }
        rights::note_reset(tx, &viewer, id)?;
        jobs::request_reset(tx, &member.email)
    };
    db.write(queue).await?;
    Ok(redirect("/settings/people", "person-reset-sent"))
}
