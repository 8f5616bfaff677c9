//! The product in one process: a database in a folder of its own, an owner, an inbox, a clock that can be moved. Mail comes
//! in by the intake and leaves by the job runner, as in the server.

use std::net::SocketAddr;
use std::time::Duration;

use recado::accounts::{self, NewUser};
use recado::auth::{Role, Viewer, sessions};
use recado::channels::email::Intake;
use recado::clock::{Clock, DAY};
use recado::config::{Config, Proof, Security, Smtp};
use recado::conversations::model::{Incoming, MessageKind, Receipt, Written};
use recado::conversations::store::timeline::{Timeline, Window};
use recado::conversations::store::{timeline, writing};
use recado::db::Watch;
use recado::imap::Dialer;
use recado::inboxes::{self, Access, Capabilities, Inbox, MailSettings, NewInbox};
use recado::mailer::{Carrier, Outbox};
use recado::{App, Running};
use tempfile::TempDir;

use super::browser::Browser;
use super::process::free_address;
use super::undo;
use super::wait::{DEADLINE, until};

/// The inbox every house has.
pub const ADDRESS: &str = "contato@vereda.example";

/// One installation.
pub struct House {
    pub app: App,
    pub inbox: Inbox,
    pub owner: i64,
    pub folder: TempDir,
    running: Option<Running>,
}

/// Where the house's mail goes.
pub enum Way {
    /// Nowhere: it stays in memory.
    Memory(Outbox),
    /// To a server on this machine.
    Server(u16),
}

impl House {
    /// A house whose mail stays in memory, not serving yet.
    pub async fn quiet() -> (Self, Outbox) {
        let outbox = Outbox::default();
        (Self::with(Way::Memory(outbox.clone()), |_| {}).await, outbox)
    }

    /// A house that sends by a server on this machine.
    pub async fn sending_by(port: u16) -> Self {
        Self::with(Way::Server(port), |_| {}).await
    }

    /// A house with changed settings.
    pub async fn with(way: Way, change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().expect("a folder");
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut config = Config::simple(folder.path(), "http://127.0.0.1:8000", listen).expect("settings");
        if let Way::Server(port) = &way {
            let host = "127.0.0.1".to_owned();
            config.smtp = Some(Smtp {
                host,
                port: *port,
                security: Security::None,
                username: None,
                password: None,
                proof: Proof::Password,
            });
        }
        change(&mut config);
        let carrier = match way {
            Way::Memory(outbox) => Carrier::keeping(outbox),
            Way::Server(_) => Carrier::configured(&config, Duration::from_secs(2)),
        };
        let app = open(config, carrier);
        undo::off(&app.db).await;
        let (owner, inbox) = furnish(&app).await;
        Self { app, inbox, owner, folder, running: None }
    }

    /// A house that serves, and a browser in which the owner is signed in.
    pub async fn served() -> (Self, Browser) {
        let address = free_address();
        let url = format!("http://{address}");
        let here = url.parse().expect("an address");
        let place = |config: &mut Config| (config.listen, config.public_url) = (address, here);
        let mut house = Self::with(Way::Memory(Outbox::default()), place).await;
        house.serve().await;
        let (browser, owner) = (Browser::new(&url), house.owner);
        let open = house.app.db.write(move |tx| sessions::open(tx, owner, "Firefox", "127.0.0.1"));
        browser.set_cookie("s", &open.await.expect("a session"));
        (house, browser)
    }

    /// Starts the server, and with it the jobs.
    pub async fn serve(&mut self) -> SocketAddr {
        let running = Running::start(&self.app).await.expect("it serves");
        let address = running.address;
        self.running = Some(running);
        address
    }

    /// Ends the server and opens the house again, not serving yet.
    pub async fn pause(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await.expect("it ends well");
        }
        self.app = open((*self.app.config).clone(), self.app.carrier.clone());
    }

    /// Takes a mail into the inbox.
    pub async fn receive(&self, raw: &[u8]) -> (Receipt, Incoming) {
        self.intake().receive(&self.inbox, raw.to_vec()).await.expect("every mail is taken")
    }

    pub fn intake(&self) -> Intake {
        let max_bytes = self.app.config.max_mail_bytes;
        Intake { db: self.app.db.clone(), keys: self.app.keys.clone(), max_bytes }
    }

    /// The owner, signed in on one more device.
    pub async fn owner(&self) -> Viewer {
        self.viewer(self.owner).await
    }

    /// Somebody, signed in.
    pub async fn viewer(&self, user: i64) -> Viewer {
        let db = &self.app.db;
        let secret = db.write(move |tx| sessions::open(tx, user, "test", "127.0.0.1")).await.expect("a session");
        let now = db.clock().now();
        let found =
            db.read(move |connection| sessions::find(connection, &secret, now, DAY)).await.expect("it is found");
        found.expect("a viewer").0
    }

    /// One more teammate.
    pub async fn add_user(&self, name: &str, role: Role) -> i64 {
        let email = format!("{}@vereda.example", name.to_lowercase());
        let user = NewUser {
            name: name.to_owned(),
            email,
            role,
            password_hash: None,
            language: None,
            zone: "America/Sao_Paulo".to_owned(),
        };
        self.app.db.write(move |tx| accounts::create_user(tx, None, &user)).await.expect("a user")
    }

    /// Writes an answer or a note as the owner.
    pub async fn write(&self, conversation: i64, kind: MessageKind, text: &str) -> i64 {
        let by = self.owner().await;
        let written = Written { kind, text: text.to_owned(), client_id: None, files: Vec::new() };
        let write = move |tx: &recado::db::Tx<'_>| writing::write(tx, &by, conversation, &written);
        self.app.db.write(write).await.expect("it is kept")
    }

    /// The newest part of a conversation, as the owner sees it.
    pub async fn timeline(&self, conversation: i64) -> Timeline {
        let viewer = self.owner().await;
        let read = move |connection: &recado::db::Connection| {
            timeline::read(connection, &viewer, conversation, Window::Latest)
        };
        self.app.db.read(read).await.expect("it is there")
    }

    /// Waits until a message is in a delivery state.
    pub async fn delivery(&self, message: i64, state: &str) {
        until(&format!("message {message} to be {state}"), DEADLINE, || async {
            self.text("SELECT delivery FROM message WHERE id = ?1", message).await == state
        })
        .await;
    }

    /// One text of a row.
    pub async fn text(&self, sql: &'static str, id: i64) -> String {
        let read = move |connection: &recado::db::Connection| {
            let value = connection.query_row(sql, [id], |row| row.get::<_, Option<String>>(0))?;
            Ok(value.unwrap_or_default())
        };
        self.app.db.read(read).await.expect("a row")
    }

    /// One number.
    pub async fn number(&self, sql: &'static str) -> i64 {
        self.app.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).await.expect("a row")
    }

    /// Ends the server in order.
    pub async fn close(mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await.expect("it ends well");
        }
    }
}

/// How long a mailbox's server is waited for: long enough for a busy machine, short enough for one that hangs.
const PATIENCE: Duration = Duration::from_secs(4);

fn open(config: Config, carrier: Carrier) -> App {
    let mailboxes = Dialer::configured(&config, PATIENCE).expect("certificates");
    let app = App::open(config, &Clock::default(), carrier, Watch::OtherProcesses).expect("it opens");
    App { mailboxes, ..app }
}

async fn furnish(app: &App) -> (i64, Inbox) {
    let keys = app.keys.clone();
    app.db
        .write(move |tx| {
            let zone = "America/Sao_Paulo".to_owned();
            let user = NewUser {
                name: "Patrícia Lima".into(),
                email: "patricia@vereda.example".into(),
                role: Role::Owner,
                password_hash: None,
                language: Some("pt-BR".into()),
                zone,
            };
            let owner = accounts::create_user(tx, None, &user)?;
            let inbox = NewInbox {
                channel: "email",
                name: "Contato da loja".into(),
                address: ADDRESS.into(),
                access: Access::All,
                members: Vec::new(),
                capabilities: Capabilities::email(),
                mail: MailSettings::default(),
                password: None,
            };
            let id = inboxes::store::create(tx, Some(owner), &inbox, &keys)?;
            Ok((owner, inboxes::store::get(tx, id)?))
        })
        .await
        .expect("a furnished house")
}

/// A plain mail.
pub fn mail(id: &str, from: &str, subject: &str, text: &str) -> Vec<u8> {
    format!(
        "Message-ID: <{id}>\r\nDate: Fri, 20 Nov 2026 10:00:00 -0300\r\nFrom: {from}\r\nTo: {ADDRESS}\r\n\
         Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}
