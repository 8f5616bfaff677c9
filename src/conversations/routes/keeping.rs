//! How long an inbox keeps what was said in it: a page of its settings.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use super::super::model::Keeping;
use super::super::store::keeping;
use super::super::views::KeepingPage;
use crate::auth::{InboxesManage, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::inboxes;
use crate::web::{Answer, Cx, Failure, Html, Page, Posted, Reply, redirect};

#[derive(FromForm, Clone)]
pub struct KeepingForm {
    /// Empty: all messages.
    #[field(default = "")]
    pub messages: String,
    /// Empty: for ever.
    #[field(default = "")]
    pub days: String,
    /// Set by the box that says that it cannot be undone.
    pub sure: Option<String>,
}

impl KeepingForm {
    fn of(keeping: Keeping) -> Self {
        let text = |limit: Option<u32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        Self { messages: text(keeping.messages), days: text(keeping.days), sure: None }
    }

    fn read(&self) -> (Keeping, Problems) {
        let mut problems = Problems::default();
        let mut limit = |typed: &str, range: std::ops::RangeInclusive<u32>, field, key| match typed.trim() {
            "" => None,
            typed => {
                let number = typed.parse().ok().filter(|number| range.contains(number));
                if number.is_none() {
                    problems.add(field, key);
                }
                number
            }
        };
        let messages = limit(&self.messages, Keeping::MESSAGES, "messages", "keeping-messages-wrong");
        let days = limit(&self.days, Keeping::DAYS, "days", "keeping-days-wrong");
        let keeping = Keeping { messages, days };
        if problems.is_empty() && keeping != Keeping::default() && self.sure.as_deref() != Some("yes") {
            problems.add("sure", "keeping-sure-missing");
        }
        (keeping, problems)
    }
}

/// The page with what was typed, and how much would go.
async fn page(
    viewer: &Viewer,
    cx: Cx,
    db: &Db,
    id: i64,
    typed: Option<(KeepingForm, Keeping, Problems)>,
) -> Result<Html> {
    let (by, now) = (viewer.clone(), cx.times.now());
    let asked = typed.as_ref().and_then(|(_, wanted, _)| wanted.days);
    let read = db.read(move |connection| {
        let inbox = inboxes::store::get(connection, id)?;
        let kept = keeping::get(connection, id)?;
        let ended = asked.or(kept.days).map(|days| keeping::ended(connection, id, days, now)).transpose()?;
        Ok((inbox, kept, keeping::may_set(connection, &by, id)?, ended))
    });
    let (inbox, kept, may, ended) = read.await?;
    let (typed, problems) = match typed {
        Some((typed, _, problems)) => (typed, problems),
        None => (KeepingForm::of(kept), Problems::default()),
    };
    Html::render(&KeepingPage { cx, inbox, typed, problems, may, ended: ended.unwrap_or_default() })
}

#[get("/settings/inboxes/<id>/keeping")]
pub async fn show_keeping(viewer: May<InboxesManage>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    Ok(page(&viewer.0, cx, db, id, None).await?)
}

#[put("/settings/inboxes/<id>/keeping", data = "<form>")]
pub async fn save_keeping(
    viewer: May<InboxesManage>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<KeepingForm>,
) -> Answer<Reply> {
    let (wanted, problems) = form.0.read();
    if !problems.is_empty() {
        let page = page(&viewer.0, cx, db, id, Some((form.0, wanted, problems))).await?;
        return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
    }
    let by = viewer.0.clone();
    match db.write(move |tx| keeping::set(tx, &by, id, wanted)).await {
        Ok(()) => Ok(redirect(&format!("/settings/inboxes/{id}/keeping"), "keeping-saved")),
        Err(Error::Forbidden(_)) => Err(Failure::status(Status::Forbidden, "keeping-forbidden")),
        Err(error) => Err(error.into()),
    }
}
