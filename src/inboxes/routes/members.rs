//! Which inboxes a person reads: a part of the page about that person, and a page of its own without script.

use std::sync::Arc;

use rocket::form::FromForm;
use rocket::{State, get, put};

use crate::accounts;
use crate::auth::{Admin, Viewer};
use crate::config::Config;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::inboxes::store::members::{self, Membership};
use crate::inboxes::views::{ReadersBlock, ReadersPage, ReadersView};
use crate::mailer::system::{self, SystemMail};
use crate::web::i18n::args;
use crate::web::{Answer, Cx, Html, Htmx, Lang, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct ReadersForm {
    inboxes: Vec<i64>,
}

#[get("/settings/people/<user>/inboxes")]
pub async fn show_readers(_viewer: Admin, cx: Cx, db: &State<Db>, user: i64) -> Page {
    Ok(show(cx, db, user, "").await?)
}

async fn show(cx: Cx, db: &Db, user: i64, said: &'static str) -> Result<Html> {
    let (name, places) = db.read(move |connection| members::of_person(connection, user)).await?;
    let readers = ReadersView::new(&cx, user, name, places, said);
    match cx.htmx {
        Htmx::No => Html::render(&ReadersPage { cx, readers }),
        Htmx::Partial | Htmx::Full => Html::render(&ReadersBlock { cx, readers }),
    }
}

#[put("/settings/people/<user>/inboxes", data = "<form>")]
pub async fn change_readers(
    viewer: Admin,
    cx: Cx,
    db: &State<Db>,
    config: &State<Arc<Config>>,
    user: i64,
    form: Posted<ReadersForm>,
) -> Answer<Reply> {
    let (by, wanted, config) = (viewer.0, form.0.inboxes, config.inner().clone());
    let change = move |tx: &Tx<'_>| {
        for place in members::set_of_person(tx, &by, user, &wanted)? {
            if user == by.id {
                tell_owner(tx, &config, &by, &place)?;
            }
        }
        Ok(())
    };
    db.write(change).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect(&format!("/settings/people/{user}"), "readers-saved"));
    }
    Ok(Reply::Html(show(cx, db, user, "readers-saved").await?))
}

/// Whoever owns an inbox hears that somebody let themselves in.
fn tell_owner(tx: &Tx<'_>, config: &Config, by: &Viewer, place: &Membership) -> Result<()> {
    let Some((owner, _)) = place.owner.as_ref().filter(|(owner, _)| *owner != by.id) else { return Ok(()) };
    let owner = accounts::find(tx, *owner)?;
    let lang = owner.language.as_deref().and_then(Lang::parse).or_else(|| Lang::parse(&config.language));
    let lang = lang.unwrap_or(Lang::PtBr);
    let values = args([("name", owner.name), ("by", by.name.clone()), ("inbox", place.name.clone())]);
    let text = ["readers-mail-hello", "readers-mail-why"].map(|key| lang.with(key, &values)).join("\n\n");
    let mail = SystemMail { to: owner.email, subject: lang.with("readers-mail-subject", &values), text: text + "\n" };
    let from = config.mail_from.clone().unwrap_or_else(|| "Recado <recado@localhost>".to_owned());
    system::queue(tx, &mail, &from)
}
