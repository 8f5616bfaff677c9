//! Handing the workspace on to somebody else.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{get, put};

use super::visit::{Remember, Visit};
use crate::accounts::letters::Sender;
use crate::accounts::model::Person;
use crate::accounts::store::{ownership, people, users};
use crate::accounts::views::OwnershipPage;
use crate::auth::{Owner, passwords};
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct OwnershipForm {
    #[field(default = 0)]
    to: i64,
    #[field(default = "")]
    current: String,
}

#[get("/settings/ownership")]
pub async fn show_ownership(viewer: Owner, cx: Cx, visit: Visit<'_>) -> Page {
    let people = heirs(&viewer, &visit).await?;
    Ok(Html::render(&OwnershipPage { cx, people, chosen: 0, problems: Problems::default(), wait: None })?)
}

#[put("/settings/ownership", data = "<form>")]
pub async fn transfer_ownership(viewer: Owner, cx: Cx, visit: Visit<'_>, form: Posted<OwnershipForm>) -> Answer<Reply> {
    let (people, OwnershipForm { to, current }) = (heirs(&viewer, &visit).await?, form.0);
    let attempt = match visit.attempt(&viewer.email)? {
        Ok(attempt) => attempt,
        Err(wait) => {
            let sentence = Some(cx.wait(wait));
            let page = OwnershipPage { cx, people, chosen: to, problems: Problems::default(), wait: sentence };
            return Ok(Reply::Html(Html::render(&page)?.too_many(wait)));
        }
    };
    let email = viewer.email.clone();
    let stored = visit.db.read(move |connection| users::credentials(connection, &email)).await?;
    let mut problems = Problems::default();
    if !people.iter().any(|person| person.id == to) {
        problems.add("to", "ownership-to-missing");
    }
    if passwords::verify(current, stored.and_then(|stored| stored.password_hash)).await? {
        attempt.succeeded();
    } else {
        attempt.failed();
        problems.add("current", "password-wrong");
    }
    if !problems.is_empty() {
        let page = OwnershipPage { cx, people, chosen: to, problems, wait: None };
        return Ok(Reply::Html(Html::render(&page)?.with_status(Status::UnprocessableEntity)));
    }
    let (by, sender, (device, address)) = (viewer.0, Sender::new(visit.config), visit.origin());
    let transfer = move |tx: &crate::db::Tx<'_>| {
        let secret = ownership::transfer(tx, &by, to, &device, &address)?;
        sender.tell_transfer(tx, &people::member(tx, by.id)?, &people::member(tx, to)?)?;
        Ok::<String, Error>(secret)
    };
    visit.keep(visit.db.write(transfer).await?, Remember::Yes);
    Ok(redirect("/settings/people", "ownership-transferred"))
}

/// Who may own the workspace next.
async fn heirs(viewer: &Owner, visit: &Visit<'_>) -> Result<Vec<Person>> {
    let own = viewer.id;
    let people = visit.db.read(people::people).await?;
    Ok(people.into_iter().filter(|person| person.id != own).collect())
}
