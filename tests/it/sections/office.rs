//! An office with inboxes, customers who write by mail, and a browser for each teammate.

use recado::auth::{Availability, Role, Viewer, sessions};
use recado::channels::email::Intake;
use recado::clock::DAY;
use recado::conversations::model::{MessageKind, Receipt, Written};
use recado::conversations::store::writing;
use recado::inboxes::{self, Access, Capabilities, MailSettings, NewInbox};
use recado::{accounts, db};

use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};

/// The inbox that everybody reads, connected by Ana.
pub const CONTACT: &str = "contato";
pub const HELENA: &str = "Helena Duarte <helena@bemviver.example>";
pub const BRUNO: &str = "Bruno Sá <bruno@sa.example>";

pub struct Office {
    pub app: App,
    /// The workspace's owner.
    pub ana: i64,
    pub inbox: i64,
    mails: std::cell::Cell<usize>,
}

impl Office {
    pub async fn open() -> Self {
        let app = App::start().await;
        let inbox = connect(&app, 1, CONTACT, Access::All, &[]).await;
        Self { app, ana: 1, inbox, mails: std::cell::Cell::new(0) }
    }

    pub async fn agent(&self, name: &str) -> i64 {
        self.app.user(name, Role::Agent).await
    }

    /// One more inbox.
    pub async fn connect(&self, owner: i64, name: &'static str, access: Access, members: &[i64]) -> i64 {
        connect(&self.app, owner, name, access, members).await
    }

    pub async fn browser(&self, user: i64) -> Browser {
        self.app.browser_of(user).await
    }

    pub async fn viewer(&self, user: i64) -> Viewer {
        viewer(&self.app, user).await
    }

    /// A new mail of somebody, in a conversation of its own.
    pub async fn mail(&self, from: &str, subject: &str, text: &str) -> Receipt {
        self.receive(self.inbox, &self.raw(from, subject, text, "")).await
    }

    /// One more mail to the first one of a subject.
    pub async fn reply(&self, from: &str, to: &str, text: &str) -> Receipt {
        self.receive(self.inbox, &self.raw(from, "Re", text, &format!("In-Reply-To: <{to}>\r\n"))).await
    }

    /// The mail as it is on the wire. Its Message-ID is `m1@x`, `m2@x` and so on.
    pub fn raw(&self, from: &str, subject: &str, text: &str, more: &str) -> Vec<u8> {
        let number = self.mails.get() + 1;
        self.mails.set(number);
        format!(
            "Message-ID: <m{number}@x>\r\n{more}From: {from}\r\nTo: contato@vereda.example\r\nSubject: {subject}\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        )
        .into_bytes()
    }

    pub async fn receive(&self, inbox: i64, raw: &[u8]) -> Receipt {
        let recado = &self.app.recado;
        let intake = Intake { db: recado.db.clone(), keys: recado.keys.clone(), max_bytes: 1 << 20 };
        let inbox = recado.db.read(move |connection| inboxes::store::get(connection, inbox)).await.expect("an inbox");
        intake.receive(&inbox, raw.to_vec()).await.expect("every mail is taken").0
    }

    /// What somebody writes.
    pub async fn write(&self, user: i64, conversation: i64, kind: MessageKind, text: &str) -> i64 {
        let by = self.viewer(user).await;
        let written = Written { kind, text: text.to_owned(), client_id: None, files: Vec::new() };
        let write = move |tx: &db::Tx<'_>| writing::write(tx, &by, conversation, &written);
        self.app.recado.db.write(write).await.expect("it is kept")
    }

    pub async fn availability(&self, user: i64, availability: Availability) {
        let who = self.viewer(user).await;
        let set = move |tx: &db::Tx<'_>| accounts::set_availability(tx, &who, availability);
        self.app.recado.db.write(set).await.expect("it is set");
    }

    pub async fn away(&self, user: i64) {
        self.availability(user, Availability::Unavailable).await;
    }

    /// One number of a row about `id`.
    pub async fn number(&self, sql: &'static str, id: i64) -> i64 {
        let read = move |connection: &db::Connection| {
            Ok(connection.query_row(sql, [id], |row| row.get::<_, Option<i64>>(0))?.unwrap_or_default())
        };
        self.app.recado.db.read(read).await.expect("a row")
    }

    /// Who handles a conversation; 0 is nobody.
    pub async fn assignee(&self, conversation: i64) -> i64 {
        self.number("SELECT coalesce(assignee_id, 0) FROM conversation WHERE id = ?1", conversation).await
    }

    /// Changes the world behind the product's back.
    pub async fn run(&self, sql: &'static str) {
        self.app.recado.db.write(move |tx| Ok(tx.execute_batch(sql)?)).await.expect("it runs");
    }
}

pub async fn connect(app: &App, owner: i64, name: &'static str, access: Access, members: &[i64]) -> i64 {
    let (keys, members) = (app.recado.keys.clone(), members.to_vec());
    let new = NewInbox {
        channel: "email",
        name: name.to_owned(),
        address: format!("{name}@vereda.example"),
        access,
        members,
        capabilities: Capabilities::email(),
        mail: MailSettings::default(),
        password: None,
    };
    app.recado.db.write(move |tx| inboxes::store::create(tx, Some(owner), &new, &keys)).await.expect("an inbox")
}

pub async fn viewer(app: &App, user: i64) -> Viewer {
    let db = &app.recado.db;
    let secret = db.write(move |tx| sessions::open(tx, user, "test", "127.0.0.1")).await.expect("a session");
    let now = db.clock().now();
    let found = db.read(move |connection| sessions::find(connection, &secret, now, DAY)).await.expect("it is found");
    found.expect("a viewer").0
}

/// Posts a form as htmx does.
pub async fn block(browser: &Browser, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = browser.token("/password-reset").await;
    let mut form = vec![("_method", method), ("_token", token.as_str())];
    form.extend(fields);
    let request = browser.request(reqwest::Method::POST, path).header("Sec-Fetch-Site", "same-origin");
    send(request.header("HX-Request", "true").header("HX-Request-Type", "partial").form(&form)).await
}

/// The ids of the conversations that a section shows, in their order.
pub async fn shown(browser: &Browser, section: &str) -> Vec<i64> {
    rows(&browser.get(&format!("/conversations/list?section={section}")).await)
}

/// The ids of the rows on a page, in their order.
pub fn rows(page: &Answer) -> Vec<i64> {
    let parts = page.body.split("id=\"row-").skip(1);
    parts.filter_map(|part| part.split('"').next()?.parse().ok()).collect()
}

/// The row of a conversation on a page.
pub fn row(page: &Answer, conversation: i64) -> String {
    let start = format!("id=\"row-{conversation}\"");
    let (_, rest) = page.body.split_once(&start).unwrap_or_else(|| panic!("no row {conversation}:\n{}", page.body));
    rest.split("</a>").next().unwrap_or_default().to_owned()
}
