//! Asking somebody to join, and the page of who was asked.

use askama::Template;

use super::Zones;
use super::people::{Switch, TeamBox, role_name, switches, team_boxes};
use crate::accounts::model::{Invitation, Team};
use crate::accounts::routes::{AcceptForm, InviteForm};
use crate::auth::{Rights, Role};
use crate::error::Problems;
use crate::web::Cx;

/// The form that asks somebody.
pub struct InviteView {
    typed: InviteForm,
    problems: Problems,
    switches: Vec<Switch>,
    teams: Vec<TeamBox>,
    /// Whether the viewer may choose the role.
    appoints: bool,
    /// How long to wait before the next mail to this address.
    wait: Option<String>,
    /// Whether mail can leave at all.
    sends: Sends,
}

/// Whether the server can send mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sends {
    Mail,
    Nothing,
}

impl InviteView {
    pub fn new(cx: &Cx, teams: &[Team], typed: InviteForm, sends: Sends) -> Self {
        let is_owner = cx.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Owner);
        Self {
            switches: switches(cx, Rights::default(), |right| typed.has(right)),
            teams: team_boxes(teams, &typed.teams),
            problems: Problems::default(),
            appoints: is_owner,
            wait: None,
            typed,
            sends,
        }
    }

    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    pub fn with_wait(self, wait: String) -> Self {
        Self { wait: Some(wait), ..self }
    }

    fn can_send(&self) -> bool {
        self.sends == Sends::Mail
    }
}

#[derive(Template)]
#[template(path = "accounts/invite.html")]
pub struct InvitePage {
    pub cx: Cx,
    pub invite: InviteView,
}

#[derive(Template)]
#[template(path = "accounts/invite_dialog.html")]
pub struct InviteDialog {
    pub cx: Cx,
    pub invite: InviteView,
}

/// Where somebody becomes a user who was asked.
#[derive(Template)]
#[template(path = "accounts/accept.html")]
pub struct AcceptPage {
    cx: Cx,
    lead: String,
    email: String,
    typed: AcceptForm,
    zones: Zones,
    problems: Problems,
}

impl AcceptPage {
    pub fn new(cx: Cx, invitation: Invitation, workspace: String, typed: AcceptForm, problems: Problems) -> Self {
        let values = crate::web::i18n::args([
            ("by", invitation.by.1),
            ("workspace", workspace),
            ("role", role_name(&cx, invitation.role)),
        ]);
        let lead = cx.with("accept-lead", &values);
        Self { lead, email: invitation.email, zones: Zones::new(&typed.zone), typed, problems, cx }
    }
}

#[derive(Template)]
#[template(path = "accounts/accept_gone.html")]
pub struct AcceptGonePage {
    pub cx: Cx,
}
