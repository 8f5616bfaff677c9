//! Days on which the company is closed.

use jiff::civil::Date;
use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, post};

use super::hours::{PAGE, TypedHours, page};
use crate::accounts::hours::{BRAZIL, Day};
use crate::accounts::model::{check_name, clean_name};
use crate::accounts::store::{hours, workspace};
use crate::auth::{May, Settings};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::web::{Answer, Cx, Lang, NoFields, Posted, Reply, redirect};

#[derive(FromForm, Clone, Default)]
pub struct HolidayForm {
    #[field(default = "")]
    pub holiday: String,
    #[field(default = "")]
    pub date: String,
    /// `yearly`, else once.
    #[field(default = "")]
    pub repeats: String,
}

impl HolidayForm {
    fn read(&self) -> (String, Day, Problems) {
        let mut problems = Problems::default();
        let name = clean_name(&self.holiday);
        check_name(&mut problems, "holiday", &name);
        // A year of a typing mistake would never come, or is long past.
        let date = self.date.trim().parse().ok().filter(|date: &Date| (2000..2200).contains(&date.year()));
        if date.is_none() {
            problems.add("date", "holiday-date-wrong");
        }
        let date = date.unwrap_or_default();
        let day = if self.repeats == "yearly" { Day::every_year(date) } else { Day::Once(date) };
        (name, day, problems)
    }
}

#[post("/settings/holidays", data = "<form>")]
pub async fn add_holiday(viewer: May<Settings>, cx: Cx, db: &State<Db>, form: Posted<HolidayForm>) -> Answer<Reply> {
    let (name, day, problems) = form.0.read();
    let added = match problems.into_result() {
        Ok(()) => db.write(move |tx| hours::add_holiday(tx, &viewer, &name, day)).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => Ok(redirect(PAGE, "holiday-added")),
        Err(Error::Invalid(holiday_problems)) => {
            let typed = TypedHours { holiday: form.0, holiday_problems, ..TypedHours::default() };
            let html = page(cx, db, typed).await?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Brazil's holidays, those that move included, in the language of the workspace.
#[post("/settings/holidays/brazil", data = "<_form>")]
pub async fn add_brazil(viewer: May<Settings>, db: &State<Db>, _form: Posted<NoFields>) -> Answer<Reply> {
    let added = db.write(move |tx| {
        let lang = Lang::parse(&workspace::company(tx)?.language).unwrap_or(Lang::PtBr);
        let holidays: Vec<(String, Day)> = BRAZIL.iter().map(|(key, day)| (lang.t(key), *day)).collect();
        hours::add_holidays(tx, &viewer, &holidays)
    });
    let said = if added.await? > 0 { "holidays-added" } else { "holidays-there" };
    Ok(redirect(PAGE, said))
}

#[delete("/settings/holidays/<id>", data = "<_form>")]
pub async fn remove_holiday(viewer: May<Settings>, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| hours::remove_holiday(tx, &viewer, id)).await?;
    Ok(redirect(PAGE, "holiday-removed"))
}
