//! How an inbox answers, and whom it believes: a page of its own.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use crate::accounts;
use crate::auth::{InboxesManage, May};
use crate::db::Db;
use crate::error::{Problems, Result};
use crate::inboxes::greeting::{COMPANY, NEXT_OPENING, Wording, knows_fields};
use crate::inboxes::store::{self, answering};
use crate::inboxes::views::{AnsweringPage, Preview};
use crate::inboxes::{Answering, SpamMarks};
use crate::web::{Answer, Cx, Html, Lang, Page, Posted, Reply, redirect};

/// Longest texts in Unicode scalar values.
const SIGNATURE: usize = 2_000;
const GREETING: usize = 5_000;
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
    pub greeting_pt: String,
    #[field(default = "")]
    pub greeting_en: String,
    #[field(default = "")]
    pub closed_pt: String,
    #[field(default = "")]
    pub closed_en: String,
    /// Set: the provider's filter is believed.
    pub spam: Option<String>,
    /// Empty: a conversation is always opened again.
    #[field(default = "")]
    pub days: String,
    /// Set: nothing is kept, the page shows what would leave now.
    pub look: Option<String>,
}

impl AnsweringForm {
    fn of(answering: &Answering) -> Self {
        Self {
            language: answering.language.clone().unwrap_or_default(),
            signature: answering.signature.clone(),
            greeting_pt: answering.greeting.pt_br.clone(),
            greeting_en: answering.greeting.en.clone(),
            closed_pt: answering.closed.pt_br.clone(),
            closed_en: answering.closed.en.clone(),
            spam: (answering.spam_marks == SpamMarks::Believed).then(|| "1".to_owned()),
            days: answering.new_after_days.map(|days| days.to_string()).unwrap_or_default(),
            look: None,
        }
    }

    /// The words that leave by themselves: name of the field, language, what is typed.
    pub fn greetings(&self) -> [(&'static str, Lang, &str); 2] {
        [("greeting_pt", Lang::PtBr, &self.greeting_pt), ("greeting_en", Lang::En, &self.greeting_en)]
    }

    /// The same for while the company is closed.
    pub fn closed(&self) -> [(&'static str, Lang, &str); 2] {
        [("closed_pt", Lang::PtBr, &self.closed_pt), ("closed_en", Lang::En, &self.closed_en)]
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
        let [(_, _, greeting_pt), (_, _, greeting_en)] = self.greetings();
        let [(_, _, closed_pt), (_, _, closed_en)] = self.closed();
        let greeting = Wording {
            pt_br: text("greeting_pt", greeting_pt, GREETING),
            en: text("greeting_en", greeting_en, GREETING),
        };
        let closed =
            Wording { pt_br: text("closed_pt", closed_pt, GREETING), en: text("closed_en", closed_en, GREETING) };
        for (field, _, words) in self.greetings() {
            if !knows_fields(words, &[COMPANY]) {
                problems.add(field, "greeting-field-wrong");
            }
        }
        for (field, _, words) in self.closed() {
            if !knows_fields(words, &[COMPANY, NEXT_OPENING]) {
                problems.add(field, "greeting-closed-field-wrong");
            }
        }
        let typed = self.days.trim();
        let new_after_days = typed.parse().ok().filter(|days| (1..=DAYS).contains(days));
        if new_after_days.is_none() && !typed.is_empty() {
            problems.add("days", "answering-days-wrong");
        }
        let spam_marks = if self.spam.is_some() { SpamMarks::Believed } else { SpamMarks::Ignored };
        (Answering { language, signature, greeting, closed, spam_marks, new_after_days }, problems)
    }
}

#[get("/settings/inboxes/<id>/answering")]
pub async fn show_answering(_viewer: May<InboxesManage>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let inbox = db.read(move |connection| store::get(connection, id)).await?;
    let answering = inbox.mail.answering.clone();
    let preview = preview(&cx, db, answering.clone()).await?;
    let typed = AnsweringForm::of(&answering);
    Ok(Html::render(&AnsweringPage { cx, inbox, typed, problems: Problems::default(), preview })?)
}

/// What would leave by itself now.
async fn preview(cx: &Cx, db: &Db, answering: Answering) -> Result<Preview> {
    let now = cx.times.now();
    let read = db.read(move |connection| {
        let leaves = |lang: Lang| answering::leaves_at(connection, &answering, Some(lang.tag()), now);
        let [first, second] = Lang::ALL;
        Ok((accounts::business_hours(connection)?, [leaves(first)?, leaves(second)?]))
    });
    let (hours, leaving) = read.await?;
    Ok(Preview::new(cx, &hours, leaving))
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
    if !problems.is_empty() || typed.look.is_some() {
        let status = if problems.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
        let preview = preview(&cx, db, answering).await?;
        let page = Html::render(&AnsweringPage { cx, inbox, typed, problems, preview })?;
        return Ok(Reply::Html(page.with_status(status)));
    }
    db.write(move |tx| answering::set(tx, &by, id, &answering)).await?;
    Ok(redirect(&format!("/settings/inboxes/{id}/answering"), "answering-saved"))
}
