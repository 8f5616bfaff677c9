//! The people of the workspace, and one of them.

use askama::Template;

use crate::accounts::model::{Access, INVITATION, Invitation, Member, Team};
use crate::accounts::routes::PersonForm;
use crate::accounts::store::people::Listed;
use crate::auth::{Availability, Right, Rights, Role};
use crate::clock::Millis;
use crate::error::Problems;
use crate::web::Cx;

/// What part of the list was asked for, and when.
pub struct Asked {
    pub search: String,
    pub after: Option<i64>,
    pub now: Millis,
}

/// A person of the list, in words.
struct Row {
    id: i64,
    name: String,
    email: String,
    photo: Option<String>,
    role: String,
    teams: String,
    dot: &'static str,
    state: String,
    seen: String,
    is_out: bool,
}

/// An invitation that waits, in words.
struct Waiting {
    id: i64,
    email: String,
    role: String,
    story: String,
    has_expired: bool,
}

#[derive(Template)]
#[template(path = "accounts/people.html")]
pub struct PeoplePage {
    cx: Cx,
    rows: Vec<Row>,
    waiting: Vec<Waiting>,
    search: String,
    is_first: bool,
    /// The page behind this one, if there is one.
    next: Option<String>,
    /// This page.
    address: String,
}

impl PeoplePage {
    pub fn new(cx: Cx, listed: Listed, invitations: Vec<Invitation>, asked: Asked) -> Self {
        let search = asked.search.trim().to_owned();
        let next = listed.members.last().filter(|_| listed.more).map(|last| address(&search, Some(last.id)));
        let rows = listed.members.into_iter().map(|member| row(&cx, member)).collect();
        let is_first = asked.after.is_none();
        let shown = is_first && search.is_empty();
        let invitations = if shown { invitations } else { Vec::new() };
        let waiting = invitations.into_iter().map(|invitation| waiting(&cx, invitation, asked.now)).collect();
        let address = address(&search, asked.after);
        Self { cx, rows, waiting, search: asked.search, is_first, next, address }
    }
}

/// The list of who is found by `search`, behind the person `after`.
fn address(search: &str, after: Option<i64>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !search.is_empty() {
        query.append_pair("q", search);
    }
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    ["/settings/people?", &query.finish()].concat()
}

fn row(cx: &Cx, member: Member) -> Row {
    let (dot, state) = standing(cx, &member);
    Row {
        id: member.id,
        role: role_name(cx, member.role),
        teams: member.teams.join(", "),
        seen: seen(cx, &member),
        is_out: member.access == Access::Disabled,
        name: member.name,
        email: member.email,
        photo: member.photo,
        dot,
        state,
    }
}

/// The class of the mark and the word beside it.
fn standing(cx: &Cx, member: &Member) -> (&'static str, String) {
    match (member.access, member.availability) {
        (Access::Disabled, _) => ("", cx.t("person-no-access")),
        (Access::Active, Availability::Available) => ("dot-on", cx.t("availability-available")),
        (Access::Active, Availability::Unavailable) => ("", cx.t("availability-unavailable")),
    }
}

fn seen(cx: &Cx, member: &Member) -> String {
    match member.seen_at {
        Some(at) => cx.t1("person-seen", "when", cx.times.short(at)),
        None => cx.t("person-never-seen"),
    }
}

pub(super) fn role_name(cx: &Cx, role: Role) -> String {
    cx.t(&["role-", role.as_str()].concat())
}

pub(super) fn right_name(cx: &Cx, right: Right) -> String {
    cx.t(&["right-", &right.as_str().replace('.', "-")].concat())
}

fn waiting(cx: &Cx, invitation: Invitation, now: Millis) -> Waiting {
    let has_expired = invitation.has_expired(now);
    let story = if has_expired {
        cx.t1("invitation-ended", "when", cx.times.full(invitation.sent_at + INVITATION))
    } else {
        let until = ("until", cx.times.full(invitation.sent_at + INVITATION));
        cx.t2("invitation-story", ("by", &invitation.by.1), until)
    };
    Waiting { id: invitation.id, role: role_name(cx, invitation.role), email: invitation.email, story, has_expired }
}

/// A right as a switch with what it allows.
pub struct Switch {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub is_on: bool,
    /// Whether the viewer may move it.
    pub is_fixed: bool,
}

/// The rights as switches. `before` are those the person has: they may be taken away by who could not give them.
pub fn switches(cx: &Cx, before: Rights, is_on: impl Fn(Right) -> bool) -> Vec<Switch> {
    let Some(viewer) = &cx.viewer else { return Vec::new() };
    let switch = |right: Right| Switch {
        name: right.as_str(),
        label: right_name(cx, right),
        hint: cx.t(&["right-", &right.as_str().replace('.', "-"), "-hint"].concat()),
        is_on: is_on(right),
        is_fixed: viewer.role != Role::Owner && !viewer.may(right) && !before.has(right),
    };
    Right::ALL.into_iter().map(switch).collect()
}

/// A team as a box to tick.
pub struct TeamBox {
    pub id: i64,
    pub name: String,
    pub is_on: bool,
}

/// Teams as boxes.
pub fn team_boxes(teams: &[Team], chosen: &[i64]) -> Vec<TeamBox> {
    let team = |team: &Team| TeamBox { id: team.id, name: team.name.clone(), is_on: chosen.contains(&team.id) };
    teams.iter().map(team).collect()
}

/// What the form of a person is made of.
pub struct PersonParts {
    pub member: Member,
    pub teams: Vec<Team>,
    pub own_teams: Vec<i64>,
}

/// A person with the form about them.
pub struct PersonView {
    member: Member,
    typed: PersonForm,
    problems: Problems,
    switches: Vec<Switch>,
    teams: Vec<TeamBox>,
    role: String,
    standing: String,
    seen: String,
    /// Why the viewer may not change them: a message key.
    locked: Option<&'static str>,
    /// Whether the viewer may choose the role.
    appoints: bool,
    /// What stands now, where somebody else was first.
    conflict: Vec<String>,
    own_teams: Vec<i64>,
}

impl PersonView {
    pub fn new(cx: &Cx, parts: PersonParts, typed: Option<PersonForm>) -> Self {
        let member = parts.member;
        let mut typed = typed.unwrap_or_else(|| PersonForm {
            revision: member.revision,
            name: member.name.clone(),
            role: member.role.as_str().to_owned(),
            rights: member.rights.iter().map(|right| right.as_str().to_owned()).collect(),
            teams: parts.own_teams.clone(),
        });
        // Saving again after a conflict takes what stands now into account.
        typed.revision = member.revision;
        let is_owner = cx.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Owner);
        let locked = match member.role {
            Role::Owner => Some("person-is-owner"),
            Role::Admin if !is_owner => Some("person-is-admin"),
            Role::Admin | Role::Agent => None,
        };
        Self {
            switches: switches(cx, member.rights, |right| typed.has(right)),
            teams: team_boxes(&parts.teams, &typed.teams),
            role: role_name(cx, member.role),
            standing: standing(cx, &member).1,
            seen: seen(cx, &member),
            problems: Problems::default(),
            locked,
            appoints: is_owner,
            conflict: Vec::new(),
            own_teams: parts.own_teams,
            member,
            typed,
        }
    }

    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    /// Tells what somebody else changed meanwhile, where it differs from what was chosen.
    pub fn with_conflict(self, cx: &Cx) -> Self {
        let mut now = Vec::new();
        if self.typed.name != self.member.name {
            now.push(cx.t1("person-now-name", "name", &self.member.name));
        }
        if self.typed.role != self.member.role.as_str() {
            now.push(cx.t1("person-now-role", "role", &self.role));
        }
        let differs = |right: &Right| self.typed.has(*right) != self.member.rights.has(*right);
        for right in Right::ALL.into_iter().filter(differs) {
            let key = if self.member.rights.has(right) { "person-now-right-on" } else { "person-now-right-off" };
            now.push(cx.t1(key, "right", right_name(cx, right)));
        }
        let differs = |team: &&TeamBox| team.is_on != self.own_teams.contains(&team.id);
        for team in self.teams.iter().filter(differs) {
            let key = if team.is_on { "person-now-team-off" } else { "person-now-team-on" };
            now.push(cx.t1(key, "team", &team.name));
        }
        if now.is_empty() {
            now.push(cx.t("person-now-same"));
        }
        Self { conflict: now, ..self }
    }

    fn has_access(&self) -> bool {
        self.member.access == Access::Active
    }

    fn is_owner(&self) -> bool {
        self.member.role == Role::Owner
    }
}

#[derive(Template)]
#[template(path = "accounts/person.html")]
pub struct PersonPage {
    pub cx: Cx,
    pub person: PersonView,
}

#[derive(Template)]
#[template(path = "accounts/person_dialog.html")]
pub struct PersonDialog {
    pub cx: Cx,
    pub person: PersonView,
}
