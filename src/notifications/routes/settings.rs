//! What somebody wants to be told of. Nothing changes before it is saved.

use rocket::form::FromForm;
use rocket::{State, get, put};

use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::mailer::Carrier;
use crate::notifications::model::{Cause, Media};
use crate::notifications::store::choices;
use crate::notifications::views::{Choice, ChoicesDialog, ChoicesPage, ChoicesView};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, redirect};

const PAGE: &str = "/notifications/settings";

/// The causes that are switched on, for each way.
#[derive(FromForm)]
pub struct ChoicesForm {
    desktop: Vec<String>,
    email: Vec<String>,
}

#[get("/notifications/settings")]
pub async fn show_choices(viewer: May<Conversations>, cx: Cx, db: &State<Db>, carrier: &State<Carrier>) -> Page {
    let viewer = viewer.0.clone();
    let chosen = db.read(move |connection| choices::of(connection, &viewer)).await?;
    let view = ChoicesView { choices: Choice::all(&cx, &chosen), mails: carrier.transport(None).is_some() };
    Ok(match cx.htmx {
        Htmx::No => Html::render(&ChoicesPage { cx, view })?,
        Htmx::Partial | Htmx::Full => Html::render(&ChoicesDialog { cx, view })?,
    })
}

#[put("/notifications/settings", data = "<form>")]
pub async fn save_choices(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    form: Posted<ChoicesForm>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let chosen = Cause::ALL.map(|cause| {
        let has = |names: &[String]| names.iter().any(|name| name == cause.as_str());
        (cause, Media { desktop: has(&form.0.desktop), email: has(&form.0.email) })
    });
    db.write(move |tx| choices::save(tx, &viewer, &chosen)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect(PAGE, "notices-saved"));
    }
    Ok(Reply::Html(Html::render(&crate::notifications::views::Said { text: cx.t("notices-saved") })?))
}
