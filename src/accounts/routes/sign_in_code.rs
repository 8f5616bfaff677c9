//! The second step of signing in: a code of the app, or a recovery code, within five minutes of the password and in the
//! same browser.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{get, post};

use super::visit::{Remember, Visit, landing};
use crate::accounts::store::arrivals::{self, Opened};
use crate::accounts::store::second_factor::{self, Verdict};
use crate::accounts::views::{CodePage, Keyboard};
use crate::auth::Public;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct CodeForm {
    pub code: String,
}

#[get("/sign-in/code?<recovery>")]
pub async fn show_code(_public: Public, cx: Cx, visit: Visit<'_>, recovery: Option<&str>) -> Answer<Reply> {
    let Some(user) = whose(&visit).await? else { return Ok(late()) };
    let keys = visit.keys.clone();
    let opens = visit.db.read(move |connection| second_factor::opens(connection, &keys, user)).await?;
    let refusal = (!opens).then(|| cx.t("code-key-lost"));
    let keyboard = Keyboard::asked(recovery);
    Ok(Reply::Html(Html::render(&CodePage { cx, refusal, keyboard })?))
}

/// How a try ended.
enum Ended {
    In(Opened, Remember, String),
    Not(Verdict),
    Late,
}

#[post("/sign-in/code?<recovery>", data = "<form>")]
pub async fn check_code(
    _public: Public,
    cx: Cx,
    visit: Visit<'_>,
    recovery: Option<&str>,
    form: Posted<CodeForm>,
) -> Answer<Reply> {
    let keyboard = Keyboard::asked(recovery);
    let (Some(secret), Some(user)) = (visit.pending(), whose(&visit).await?) else { return Ok(late()) };
    let attempt = match visit.attempt(&name(user))? {
        Ok(attempt) => attempt,
        Err(wait) => return Ok(Reply::Html(wait_page(cx, wait, keyboard)?)),
    };
    let (keys, origin, code) = (visit.keys.clone(), visit.arrival(), form.0.code);
    let ended = visit.db.write(move |tx| {
        let Some(pending) = arrivals::pending(tx, &secret, tx.now())? else { return Ok(Ended::Late) };
        match second_factor::compare(tx, &keys, pending.user, &code) {
            Ok(Verdict::Right) => {
                let opened = arrivals::complete(tx, &secret, &origin)?;
                Ok(Ended::In(opened, pending.remember, pending.next))
            }
            Ok(verdict) => Ok(Ended::Not(verdict)),
            Err(Error::NotFound) => Ok(Ended::Late),
            Err(error) => Err(error),
        }
    });
    match ended.await? {
        Ended::In(opened, remember, next) => {
            attempt.succeeded();
            visit.keep_opened(opened, remember);
            Ok(redirect(landing(&next), ""))
        }
        Ended::Late => Ok(late()),
        Ended::Not(Verdict::Wait(wait)) => Ok(Reply::Html(wait_page(cx, wait, keyboard)?)),
        Ended::Not(verdict) => {
            attempt.failed();
            visit.refused(Some(user)).await;
            let key = if verdict == Verdict::KeyLost { "code-key-lost" } else { "code-wrong" };
            let refusal = Some(cx.t(key));
            let html = Html::render(&CodePage { cx, refusal, keyboard })?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
    }
}

/// Under which name the limit counts tries at somebody's codes.
pub(super) fn name(user: i64) -> String {
    format!("second factor of {user}")
}

async fn whose(visit: &Visit<'_>) -> Result<Option<i64>> {
    let Some(secret) = visit.pending() else { return Ok(None) };
    let now = visit.db.clock().now();
    let pending = visit.db.read(move |connection| arrivals::pending(connection, &secret, now)).await?;
    Ok(pending.map(|pending| pending.user))
}

fn late() -> Reply {
    redirect("/sign-in", "code-late")
}

fn wait_page(cx: Cx, wait: u64, keyboard: Keyboard) -> Result<Html> {
    let refusal = Some([&cx.wait(wait), " ", &cx.t("code-wait-recovery")].concat());
    Ok(Html::render(&CodePage { cx, refusal, keyboard })?.too_many(wait))
}
