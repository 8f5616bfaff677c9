//! How an inbox hands out its conversations: a page of its own.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use crate::auth::{InboxesManage, May};
use crate::db::Db;
use crate::error::Problems;
use crate::inboxes::store::{self, assigning};
use crate::inboxes::views::AssigningPage;
use crate::inboxes::{Assigning, HandOut, Reopening};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

/// Most open conversations that a limit may name.
const MOST: u32 = 999;

#[derive(FromForm, Clone)]
pub struct AssigningForm {
    #[field(default = "")]
    pub way: String,
    /// Empty: no limit.
    #[field(default = "")]
    pub cap: String,
    #[field(default = "")]
    pub reopening: String,
}

impl AssigningForm {
    fn of(assigning: &Assigning) -> Self {
        Self {
            way: assigning.way.as_str().to_owned(),
            cap: assigning.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            reopening: assigning.reopening.as_str().to_owned(),
        }
    }

    fn read(&self) -> (Assigning, Problems) {
        let mut problems = Problems::default();
        let way = HandOut::parse(&self.way).unwrap_or_else(|| {
            problems.add("way", "assigning-way-missing");
            HandOut::Off
        });
        let typed = self.cap.trim();
        let cap = match typed.parse() {
            Ok(cap) if (1..=MOST).contains(&cap) => Some(cap),
            _ => {
                if !typed.is_empty() {
                    problems.add("cap", "assigning-cap-wrong");
                }
                None
            }
        };
        let reopening = Reopening::parse(&self.reopening).unwrap_or_default();
        (Assigning { way, cap, reopening }, problems)
    }
}

#[get("/settings/inboxes/<id>/assigning")]
pub async fn show_assigning(_viewer: May<InboxesManage>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let read = db.read(move |connection| Ok((store::get(connection, id)?, assigning::get(connection, id)?)));
    let (inbox, assigning) = read.await?;
    let typed = AssigningForm::of(&assigning);
    Ok(Html::render(&AssigningPage { cx, inbox, typed, problems: Problems::default() })?)
}

#[put("/settings/inboxes/<id>/assigning", data = "<form>")]
pub async fn save_assigning(
    viewer: May<InboxesManage>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<AssigningForm>,
) -> Answer<Reply> {
    let (typed, by) = (form.0, viewer.0.clone());
    let (assigning, problems) = typed.read();
    let inbox = db.read(move |connection| store::get(connection, id)).await?;
    if !problems.is_empty() {
        let page = Html::render(&AssigningPage { cx, inbox, typed, problems })?;
        return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
    }
    db.write(move |tx| assigning::set(tx, &by, id, &assigning)).await?;
    Ok(redirect(&format!("/settings/inboxes/{id}/assigning"), "assigning-saved"))
}
