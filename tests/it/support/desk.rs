//! A running server with one e-mail inbox, and forms of the answer box as a browser sends them.

use recado::auth::Role;
use recado::channels::email::{Intake, Limits, Mail, parse};
use recado::config::Config;
use recado::conversations::model::Receipt;
use recado::inboxes::{self, Access, Capabilities, Inbox, MailSettings, NewInbox};
use reqwest::Method;
use reqwest::multipart::Form;

use super::app::App;
use super::browser::{Answer, Browser, send};

/// What customers write to.
pub const CONTATO: &str = "contato@vereda.example";

/// A server, its inbox, and its owner's browser.
pub struct Desk {
    pub app: App,
    pub inbox: Inbox,
    pub browser: Browser,
}

impl Desk {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings than usual.
    pub async fn with(change: impl Fn(&mut Config)) -> Self {
        let app = App::with(change).await;
        app.found().await;
        let inbox = connect(&app, "Contato", CONTATO).await;
        let browser = app.browser_of(1).await;
        Self { app, inbox, browser }
    }

    /// Takes a mail into the inbox.
    pub async fn receive(&self, raw: impl AsRef<[u8]>) -> Receipt {
        self.receive_in(&self.inbox, raw).await
    }

    pub async fn receive_in(&self, inbox: &Inbox, raw: impl AsRef<[u8]>) -> Receipt {
        let app = &self.app.recado;
        let intake = Intake { db: app.db.clone(), keys: app.keys.clone(), max_bytes: app.config.max_mail_bytes };
        intake.receive(inbox, raw.as_ref().to_vec()).await.expect("every mail is taken").0
    }

    /// One more inbox that everybody reads.
    pub async fn inbox(&self, name: &str, address: &str) -> Inbox {
        connect(&self.app, name, address).await
    }

    /// A setting of how the inbox answers.
    pub async fn set(&self, inbox: i64, path: &'static str, value: &'static str) {
        let sql = "UPDATE inbox SET settings = json_set(settings, ?1, json(?2)) WHERE id = ?3";
        let change = move |tx: &recado::db::Tx<'_>| Ok(tx.execute(sql, rusqlite::params![path, value, inbox])?);
        self.app.recado.db.write(change).await.expect("a setting");
    }

    /// An agent's browser.
    pub async fn agent(&self, name: &str) -> (i64, Browser) {
        let user = self.app.user(name, Role::Agent).await;
        (user, self.app.browser_of(user).await)
    }

    /// Sends the answer box.
    pub async fn write(&self, conversation: i64, fields: &[(&'static str, &str)]) -> Answer {
        let token = self.browser.token("/password-reset").await;
        let form = fields
            .iter()
            .fold(Form::new().text("_token", token), |form, (name, value)| form.text(*name, (*value).to_owned()));
        let request = self.browser.request(Method::POST, &format!("/conversations/{conversation}/messages"));
        send(request.header("Sec-Fetch-Site", "same-origin").multipart(form)).await
    }

    /// The mails that left, once there are so many: whom they went to on the wire, and what they say.
    pub async fn left(&self, count: usize) -> Vec<(Vec<String>, Mail, String)> {
        let letters = self.app.letters(count).await.into_iter();
        let read = |raw: Vec<u8>| (parse(&raw, &Limits::default()), String::from_utf8_lossy(&raw).into_owned());
        letters
            .map(|letter| {
                let (mail, raw) = read(letter.raw);
                (letter.envelope.to, mail, raw)
            })
            .collect()
    }

    pub async fn number(&self, sql: &'static str) -> i64 {
        let read = self.app.recado.db.read(move |c| Ok(c.query_row(sql, [], |row| row.get(0))?));
        read.await.expect("a number")
    }

    pub async fn text(&self, sql: &'static str) -> String {
        let read = self.app.recado.db.read(move |c| Ok(c.query_row(sql, [], |row| row.get::<_, Option<String>>(0))?));
        read.await.expect("a text").unwrap_or_default()
    }
}

async fn connect(app: &App, name: &str, address: &str) -> Inbox {
    let new = NewInbox {
        channel: "email",
        name: name.to_owned(),
        address: address.to_owned(),
        access: Access::All,
        members: Vec::new(),
        capabilities: Capabilities::email(),
        mail: MailSettings::default(),
        password: None,
    };
    let keys = app.recado.keys.clone();
    let made = app.recado.db.write(move |tx| {
        let id = inboxes::store::create(tx, Some(1), &new, &keys)?;
        inboxes::store::get(tx, id)
    });
    made.await.expect("an inbox")
}
