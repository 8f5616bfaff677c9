//! Teams: parts of the company with members.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post, put};

use crate::accounts::model::{self, DESCRIPTION, Team};
use crate::accounts::store::{people, teams};
use crate::accounts::views::{TeamPage, TeamsPage};
use crate::auth::Admin;
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, NoFields, Page, Posted, Reply, redirect};

/// A team as it is written.
#[derive(FromForm, Clone, Default)]
pub struct TeamForm {
    #[field(default = "")]
    pub name: String,
    #[field(default = "")]
    pub description: String,
    pub members: Vec<i64>,
}

impl TeamForm {
    fn of(team: &Team) -> Self {
        let members = team.members.iter().map(|(id, _)| *id).collect();
        Self { name: team.name.clone(), description: team.description.clone(), members }
    }

    /// Whether this person was chosen.
    pub fn has(&self, user: i64) -> bool {
        self.members.contains(&user)
    }

    fn check(&self) -> (String, String, Problems) {
        let mut problems = Problems::default();
        let name = model::clean_name(&self.name);
        model::check_name(&mut problems, "name", &name);
        let description = model::clean_name(&self.description);
        if description.chars().count() > DESCRIPTION {
            problems.add("description", "team-description-too-long");
        }
        (name, description, problems)
    }
}

#[get("/settings/teams")]
pub async fn list_teams(_viewer: Admin, cx: Cx, db: &State<Db>) -> Page {
    let teams = db.read(teams::teams).await?;
    Ok(Html::render(&TeamsPage { cx, teams })?)
}

#[get("/settings/teams/new")]
pub async fn new_team(_viewer: Admin, cx: Cx, db: &State<Db>) -> Page {
    Ok(Html::render(&page(cx, db, <TeamForm as Default>::default(), None).await?)?)
}

#[post("/settings/teams", data = "<form>")]
pub async fn create_team(viewer: Admin, cx: Cx, db: &State<Db>, form: Posted<TeamForm>) -> Answer<Reply> {
    let form = form.0;
    let (name, description, problems) = form.check();
    let members = form.members.clone();
    let done = match problems.into_result() {
        Ok(()) => {
            let create = move |tx: &crate::db::Tx<'_>| {
                let team = teams::create_team(tx, Some(&viewer), &name, &description)?;
                teams::set_members(tx, Some(&viewer), team, &members)
            };
            db.write(create).await
        }
        Err(error) => Err(error),
    };
    Ok(answer(cx, db, (form, None), done).await?)
}

#[get("/settings/teams/<id>")]
pub async fn show_team(_viewer: Admin, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let team = db.read(move |connection| teams::team(connection, id)).await?;
    Ok(Html::render(&page(cx, db, TeamForm::of(&team), Some((id, team.name))).await?)?)
}

#[put("/settings/teams/<id>", data = "<form>")]
pub async fn change_team(viewer: Admin, cx: Cx, db: &State<Db>, id: i64, form: Posted<TeamForm>) -> Answer<Reply> {
    let form = form.0;
    let team = db.read(move |connection| teams::team(connection, id)).await?;
    let (name, description, problems) = form.check();
    let members = form.members.clone();
    let done = match problems.into_result() {
        Ok(()) => {
            let change = move |tx: &crate::db::Tx<'_>| {
                teams::change_team(tx, &viewer, id, &name, &description)?;
                teams::set_members(tx, Some(&viewer), id, &members)
            };
            db.write(change).await
        }
        Err(error) => Err(error),
    };
    Ok(answer(cx, db, (form, Some((id, team.name))), done).await?)
}

#[delete("/settings/teams/<id>", data = "<_form>")]
pub async fn delete_team(viewer: Admin, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| teams::delete_team(tx, &viewer, id)).await?;
    Ok(redirect("/settings/teams", "team-deleted"))
}

async fn page(cx: Cx, db: &Db, typed: TeamForm, known: Option<(i64, String)>) -> Result<TeamPage> {
    let people = db.read(people::people).await?;
    Ok(TeamPage::new(cx, typed, people, known))
}

/// The list again, or the form with what is wrong.
async fn answer(cx: Cx, db: &Db, (form, known): (TeamForm, Option<(i64, String)>), done: Result<()>) -> Result<Reply> {
    match done {
        Ok(()) => Ok(redirect("/settings/teams", "team-saved")),
        Err(Error::Invalid(problems)) => {
            let page = page(cx, db, form, known).await?.with_problems(problems);
            Ok(Reply::Html(Html::render(&page)?.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error),
    }
}
