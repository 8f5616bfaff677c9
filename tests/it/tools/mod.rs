//! Tools of the answer box: mentions, saved replies, macros, tags kept in order.

mod macros;
mod mentions;
mod replies;
mod tag_order;

use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::support::browser::{Answer, Browser, send};

/// Sends the answer box as a browser without script does.
pub async fn write(browser: &Browser, conversation: i64, kind: &'static str, text: &str) -> Answer {
    let form = vec![("kind", kind), ("text", text)];
    multipart(browser, &format!("/conversations/{conversation}/messages"), &form, &[]).await
}

/// Sends a form that may bring files: name and content.
pub async fn multipart(
    browser: &Browser,
    path: &str,
    fields: &[(&'static str, &str)],
    files: &[(&str, &str)],
) -> Answer {
    let token = browser.token("/password-reset").await;
    let mut form = Form::new().text("_token", token);
    for (name, value) in fields {
        form = form.text(*name, (*value).to_owned());
    }
    for (name, content) in files {
        form = form.part("files", Part::text((*content).to_owned()).file_name((*name).to_owned()));
    }
    send(browser.request(Method::POST, path).header("Sec-Fetch-Site", "same-origin").multipart(form)).await
}

/// Asks for a block as a script does.
pub async fn block_of(browser: &Browser, path: &str) -> Answer {
    send(browser.request(Method::GET, path).header("HX-Request", "true").header("HX-Request-Type", "partial")).await
}

/// The number behind the last slash of where a redirect leads.
pub fn number(answer: &Answer) -> i64 {
    let place = answer.location().split(['#', '?']).next().unwrap_or_default();
    let last = place.rsplit('/').next().unwrap_or_default();
    last.parse().unwrap_or_else(|_| panic!("no number ({}): {}\n{}", answer.status, answer.location(), answer.body))
}
