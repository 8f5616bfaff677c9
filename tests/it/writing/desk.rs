//! A desk at which people write: forms as a browser with and without script sends them, and channels with limits.

use recado::clock::Millis;
use recado::conversations::model::Receipt;
use recado::inboxes::{Capabilities, Unit};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};
use crate::support::desk::Desk;

pub const HELENA: &str = "Helena Duarte <helena@bemviver.example>";

/// Counted in scalar values, as most chats do.
pub fn chat(limit: u32) -> Capabilities {
    Capabilities { text_limit: Some(limit), subject: false, file_limit: 1000, ..Capabilities::email() }
}

/// The same counted in something else.
pub fn counted(limit: u32, unit: Unit) -> Capabilities {
    Capabilities { unit, ..chat(limit) }
}

/// The same that takes answers only so long.
pub fn within(window: Millis) -> Capabilities {
    Capabilities { window: Some(window), outside: Some("https://chat.example/vereda".to_owned()), ..chat(1000) }
}

impl Desk {
    /// The inbox can do from now on only what this channel can.
    pub async fn becomes(&self, capabilities: &Capabilities) {
        let json = serde_json::to_string(capabilities).expect("a text");
        let change = move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE inbox SET capabilities = ?1", [json])?);
        self.app.recado.db.write(change).await.expect("a channel");
    }

    /// Helena asks something.
    pub async fn asked(&self, id: &str) -> Receipt {
        self.says(id, "", "Quanto custa?").await
    }

    /// Helena writes; `to` is the id of a mail before.
    pub async fn says(&self, id: &str, to: &str, text: &str) -> Receipt {
        let reply = if to.is_empty() { String::new() } else { format!("In-Reply-To: <{to}>\r\n") };
        self.receive(format!(
            "Message-ID: <{id}>\r\n{reply}From: {HELENA}\r\nTo: contato@vereda.example\r\nSubject: Granito\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        ))
        .await
    }

    /// How many messages of ours there are.
    pub async fn written(&self) -> i64 {
        self.number("SELECT count(*) FROM message WHERE kind = 'outgoing'").await
    }

    /// How many answers wait.
    pub async fn waiting(&self) -> i64 {
        self.number("SELECT count(*) FROM draft WHERE leaves_at IS NOT NULL").await
    }

    /// The one that waits.
    pub async fn waits(&self) -> String {
        self.number("SELECT id FROM draft WHERE leaves_at IS NOT NULL").await.to_string()
    }
}

/// Sends the answer box of a browser, as htmx does.
pub async fn box_of(browser: &Browser, conversation: i64, fields: &[(&'static str, &str)]) -> Answer {
    with_file(browser, conversation, fields, None).await
}

/// The same with a file.
pub async fn with_file(
    browser: &Browser,
    conversation: i64,
    fields: &[(&'static str, &str)],
    file: Option<(&'static str, Vec<u8>)>,
) -> Answer {
    let token = browser.token("/password-reset").await;
    let mut form = Form::new().text("_token", token);
    for (name, value) in fields {
        form = form.text(*name, (*value).to_owned());
    }
    if let Some((name, bytes)) = file {
        form = form.part("files", Part::bytes(bytes).file_name(name));
    }
    let request = browser.request(Method::POST, &format!("/conversations/{conversation}/messages"));
    let request = request.header("Sec-Fetch-Site", "same-origin").header("HX-Request", "true");
    send(request.header("HX-Request-Type", "partial").multipart(form)).await
}

/// A form of a block, as htmx sends it.
pub async fn block(browser: &Browser, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = browser.token("/password-reset").await;
    let mut form = vec![("_method", method), ("_token", token.as_str())];
    form.extend(fields);
    let request = browser.request(Method::POST, path).header("Sec-Fetch-Site", "same-origin");
    send(request.header("HX-Request", "true").header("HX-Request-Type", "partial").form(&form)).await
}

/// What somebody's browser saves while they type.
pub async fn types(browser: &Browser, conversation: i64, fields: &[(&str, &str)]) -> Answer {
    block(browser, "post", &format!("/conversations/{conversation}/drafts"), fields).await
}

/// The version that a page knows from now on.
pub fn base(answer: &Answer) -> String {
    let (_, rest) = answer.body.split_once("name=\"base\" value=\"").expect("a version");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// What the answer box of a page holds.
pub fn typed(answer: &Answer) -> String {
    let (_, rest) = answer.body.split_once("id=\"write\"").expect("an answer box");
    let (_, rest) = rest.split_once('>').expect("a field");
    rest.split("</textarea>").next().unwrap_or_default().trim_start_matches('\n').to_owned()
}

/// Somebody else with a browser.
pub async fn colleague(app: &App, name: &str) -> (i64, Browser) {
    let user = app.user(name, recado::auth::Role::Agent).await;
    (user, app.browser_of(user).await)
}
