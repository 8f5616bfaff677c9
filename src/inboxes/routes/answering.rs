//! How an inbox answers, and whom it believes: a page of its own.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use crate::auth::{InboxesManage, May};
use crate::db::Db;
use crate::error::Problems;
use crate::inboxes::store::{self, answering};
use crate::inboxes::views::AnsweringPage;
use crate::inboxes::{Answering, SpamMarks};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

/// Longest texts in Unicode scalar values.
const SIGNATURE: usize = 2_000;
const ACKNOWLEDGEMENT: usize = 5_000;
/// Most days that a conversation may stay closed and still be opened again.
const DAYS: u32 = 3_650;

#[derive(FromForm, Clone)]
pub struct AnsweringForm {
    /// Empty: the workspace's.
    #[field(default = "")]
    pub language: String,
    #[field(default = "")]
    pub signature: String,
    #[field(default = "")]
    pub acknowledgement: String,
    /// Set: the provider's filter is believed.
    pub spam: Option<String>,
    /// Empty: a conversation is always opened again.
    #[field(default = "")]
    pub days: String,
}

impl AnsweringForm {
    fn of(answering: &Answering) -> Self {
        Self {
            language: answering.language.clone().unwrap_or_default(),
            signature: answering.signature.clone(),
            acknowledgement: answering.acknowledgement.clone(),
            spam: (answering.spam_marks == SpamMarks::Believed).then(|| "1".to_owned()),
            days: answering.new_after_days.map(|days| days.to_string()).unwrap_or_default(),
        }
    }

    fn read(&self) -> (Answering, Problems) {
        let mut problems = Problems::default();
        let language = Some(self.language.clone()).filter(|language| !language.is_empty());
        if language.as_ref().is_some_and(|language| !matches!(language.as_str(), "pt-BR" | "en")) {
            problems.add("language", "language-unknown");
        }
        let mut text = |field, typed: &str, longest| {
            let text = typed.replace("\r\n", "\n").trim().to_owned();
            if text.chars().count() > longest {
                problems.add(field, "answering-too-long");
            }
            text
        };
        let signature = text("signature", &self.signature, SIGNATURE);
        let acknowledgement = text("acknowledgement", &self.acknowledgement, ACKNOWLEDGEMENT);
        let typed = self.days.trim();
        let new_after_days = typed.parse().ok().filter(|days| (1..=DAYS).contains(days));
        if new_after_days.is_none() && !typed.is_empty() {
            problems.add("days", "answering-days-wrong");
        }
        let spam_marks = if self.spam.is_some() { SpamMarks::Believed } else { SpamMarks::Ignored };
        (Answering { language, signature, acknowledgement, spam_marks, new_after_days }, problems)
    }
}

#[get("/settings/inboxes/<id>/answering")]
pub async fn show_answering(_viewer: May<InboxesManage>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let inbox = db.read(move |connection| store::get(connection, id)).await?;
    let typed = AnsweringForm::of(&inbox.mail.answering);
    Ok(Html::render(&AnsweringPage { cx, inbox, typed, problems: Problems::default() })?)
}

#[put("/settings/inboxes/<id>/answering", data = "<form>")]
pub async fn save_answering(
    viewer: May<InboxesManage>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<AnsweringForm>,
) -> Answer<Reply> {
    let (typed, by) = (form.0, viewer.0.clone());
    let (answering, problems) = typed.read();
    let inbox = db.read(move |connection| store::get(connection, id)).await?;
    if !problems.is_empty() {
        let page = Html::render(&AnsweringPage { cx, inbox, typed, problems })?;
        return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
    }
    db.write(move |tx| answering::set(tx, &by, id, &answering)).await?;
    Ok(redirect(&format!("/settings/inboxes/{id}/answering"), "answering-saved"))
}
