//! Asking somebody to join, asking again, taking it back.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post};

use super::people::role;
use super::visit::Visit;
use crate::accounts::letters::Sender;
use crate::accounts::model::{self, NewInvitation};
use crate::accounts::store::{invitations, teams};
use crate::accounts::views::{InviteDialog, InvitePage, InviteView, Sends};
use crate::auth::{Admin, Right, Role, tokens};
use crate::error::{Error, Problems, Result};
use crate::mailer::Carrier;
use crate::web::{Answer, Cx, Html, Htmx, NoFields, Page, Posted, Reply, redirect};

/// Who is asked, and what they will be.
#[derive(FromForm, Clone, Default)]
pub struct InviteForm {
    #[field(default = "")]
    pub email: String,
    #[field(default = "")]
    pub role: String,
    #[field(default = "")]
    pub language: String,
    pub rights: Vec<String>,
    pub teams: Vec<i64>,
}

impl InviteForm {
    /// An agent with the usual rights.
    fn fresh(language: &str) -> Self {
        let rights = Role::Agent.usual_rights().iter().map(|right| right.as_str().to_owned()).collect();
        let (role, language) = (Role::Agent.as_str().to_owned(), language.to_owned());
        Self { email: String::new(), role, language, rights, teams: Vec::new() }
    }

    /// Whether this right is switched on.
    pub fn has(&self, right: Right) -> bool {
        self.rights.iter().any(|name| name == right.as_str())
    }

    fn read(&self) -> (NewInvitation, Problems) {
        let mut problems = Problems::default();
        let email = model::clean_email(&self.email).unwrap_or_else(|| {
            problems.add("email", "email-wrong");
            String::new()
        });
        let role = role(&self.role).unwrap_or_else(|| {
            problems.add("role", "role-missing");
            Role::Agent
        });
        if !matches!(self.language.as_str(), "pt-BR" | "en") {
            problems.add("language", "language-unknown");
        }
        let mut rights = self.rights.iter().filter_map(|name| Right::parse(name)).collect();
        // An admin has all rights unless somebody chose otherwise.
        if role == Role::Admin && rights == Role::Agent.usual_rights() {
            rights = role.usual_rights();
        }
        let (language, teams) = (self.language.clone(), self.teams.clone());
        (NewInvitation { email, role, rights, teams, language }, problems)
    }
}

#[get("/settings/invitations/new")]
pub async fn new_invitation(_viewer: Admin, cx: Cx, visit: Visit<'_>, carrier: &State<Carrier>) -> Page {
    let language = cx.lang.tag();
    let invite = view(&cx, &visit, carrier, InviteForm::fresh(language)).await?;
    Ok(show(cx, invite)?)
}

#[post("/settings/invitations", data = "<form>")]
pub async fn invite(
    viewer: Admin,
    cx: Cx,
    visit: Visit<'_>,
    carrier: &State<Carrier>,
    form: Posted<InviteForm>,
) -> Answer<Reply> {
    let form = form.0;
    let (new, problems) = form.read();
    let attempt = match visit.attempt(&["invitation to ", &new.email].concat())? {
        Ok(attempt) => attempt,
        Err(wait) => {
            let sentence = cx.wait(wait);
            let invite = view(&cx, &visit, carrier, form).await?.with_wait(sentence);
            return Ok(Reply::Html(show(cx, invite)?.too_many(wait)));
        }
    };
    let (by, secret, sender) = (viewer.0, tokens::secret()?, Sender::new(visit.config));
    let done = match problems.into_result() {
        Ok(()) => {
            let invite = move |tx: &crate::db::Tx<'_>| {
                let invitation = invitations::create(tx, &by, &new, &secret)?;
                sender.invite(tx, &invitation, &by.name, &secret)
            };
            visit.db.write(invite).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            // Asking many people is work, not guessing; asking one again and again is held up below.
            attempt.succeeded();
            Ok(cx.done("/settings/people", "invitation-sent"))
        }
        Err(Error::Invalid(problems)) => {
            let invite = view(&cx, &visit, carrier, form).await?.with_problems(problems);
            Ok(Reply::Html(show(cx, invite)?.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

#[post("/settings/invitations/<id>/mail", data = "<_form>")]
pub async fn invite_again(viewer: Admin, visit: Visit<'_>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    let waiting = visit.db.read(move |connection| invitations::find(connection, id)).await?;
    // Every mail counts: nobody's mailbox is filled from here.
    visit.attempt(&["invitation again to ", &waiting.email].concat())?.map_err(Error::TooMany)?.failed();
    let (by, secret, sender) = (viewer.0, tokens::secret()?, Sender::new(visit.config));
    let send = move |tx: &crate::db::Tx<'_>| {
        let invitation = invitations::send_again(tx, &by, id, &secret)?;
        sender.invite(tx, &invitation, &by.name, &secret)
    };
    visit.db.write(send).await?;
    Ok(redirect("/settings/people", "invitation-sent"))
}

#[delete("/settings/invitations/<id>", data = "<_form>")]
pub async fn revoke_invitation(viewer: Admin, visit: Visit<'_>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    visit.db.write(move |tx| invitations::revoke(tx, &viewer, id)).await?;
    Ok(redirect("/settings/people", "invitation-revoked"))
}

async fn view(cx: &Cx, visit: &Visit<'_>, carrier: &Carrier, typed: InviteForm) -> Result<InviteView> {
    let teams = visit.db.read(teams::teams).await?;
    let sends = if carrier.transport(None).is_some() { Sends::Mail } else { Sends::Nothing };
    Ok(InviteView::new(cx, &teams, typed, sends))
}

/// A dialog for htmx, a page for a browser without script.
fn show(cx: Cx, invite: InviteView) -> Result<Html> {
    match cx.htmx {
        Htmx::No => Html::render(&InvitePage { cx, invite }),
        Htmx::Partial | Htmx::Full => Html::render(&InviteDialog { cx, invite }),
    }
}
