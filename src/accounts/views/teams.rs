//! Teams, and one of them.

use askama::Template;

use crate::accounts::model::{Person, Team};
use crate::accounts::routes::TeamForm;
use crate::error::Problems;
use crate::web::Cx;

#[derive(Template)]
#[template(path = "accounts/teams.html")]
pub struct TeamsPage {
    pub cx: Cx,
    pub teams: Vec<Team>,
}

/// Members whose names are shown.
const SHOWN: usize = 6;

impl TeamsPage {
    /// The first names of who is in a team, as many as fit.
    fn names(&self, team: &Team) -> String {
        let first = team.members.iter().take(SHOWN).map(|(_, name)| name.split(' ').next().unwrap_or(name));
        let first = first.collect::<Vec<_>>().join(", ");
        match team.members.len() {
            0 => self.cx.t("team-nobody"),
            all if all <= SHOWN => first,
            all => self.cx.t2("team-more", ("names", first), ("n", all - SHOWN)),
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/team.html")]
pub struct TeamPage {
    cx: Cx,
    typed: TeamForm,
    problems: Problems,
    people: Vec<Person>,
    /// Id and name where it is there already.
    known: Option<(i64, String)>,
}

impl TeamPage {
    pub fn new(cx: Cx, typed: TeamForm, people: Vec<Person>, known: Option<(i64, String)>) -> Self {
        Self { cx, typed, problems: Problems::default(), people, known }
    }

    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        match &self.known {
            Some((id, _)) => format!("/settings/teams/{id}"),
            None => "/settings/teams".to_owned(),
        }
    }
}

/// Handing the workspace on.
#[derive(Template)]
#[template(path = "accounts/ownership.html")]
pub struct OwnershipPage {
    pub cx: Cx,
    pub people: Vec<Person>,
    pub chosen: i64,
    pub problems: Problems,
    pub wait: Option<String>,
}

impl OwnershipPage {
    fn is_chosen(&self, person: i64) -> bool {
        self.chosen == person
    }
}
