//! The product running on loopback with a folder, a clock and a mailbox of its own; all is gone when the test ends.

use std::sync::LazyLock;

use recado::accounts::{self, NewUser, Workspace};
use recado::auth::{Role, passwords, sessions};
use recado::clock::{Clock, Millis};
use recado::config::Config;
use recado::db::Watch;
use recado::mailer::{Carrier, Letter, Outbox};
use recado::notifications;
use rocket::tokio::time::timeout;
use tempfile::TempDir;

use super::browser::Browser;
use super::process::free_address;
use super::undo;
use super::wait::{DEADLINE, until};

/// 20 November 2026, 10:00 in São Paulo: where the clock is held.
pub const START: Millis = 1_795_179_600_000;

/// The password of everybody whom [`App::user`] creates.
pub const PASSWORD: &str = "quatro palavras bem compridas";

static HASH: LazyLock<String> = LazyLock::new(|| passwords::hash_blocking(PASSWORD).expect("randomness"));

/// A running server. Its clock stands still until a test moves it.
pub struct App {
    pub url: String,
    pub recado: recado::App,
    pub outbox: Outbox,
    _running: recado::Running,
    _folder: TempDir,
}

impl App {
    /// A server that nobody owns yet.
    pub async fn fresh() -> Self {
        Self::with(|_| {}).await
    }

    /// A server with a workspace and an owner, `ana@vereda.example`, who has id 1.
    pub async fn start() -> Self {
        let app = Self::fresh().await;
        app.found().await;
        app
    }

    /// A server that nobody owns, with other settings than usual.
    pub async fn with(change: impl Fn(&mut Config)) -> Self {
        let outbox = Outbox::default();
        let carrier = Carrier::keeping(outbox.clone());
        Self::carried(change, carrier, outbox).await
    }

    /// The same with mail leaving by `carrier`.
    pub async fn carried(change: impl Fn(&mut Config), carrier: Carrier, outbox: Outbox) -> Self {
        // Between finding a free port and listening on it another test may take it.
        for _ in 0..20 {
            let folder = TempDir::new().expect("a folder");
            let listen = free_address();
            let url = format!("http://{listen}");
            let mut config = Config::simple(folder.path(), &url, listen).expect("settings");
            change(&mut config);
            let clock = Clock::default();
            clock.hold(START);
            let recado = recado::App::open(config, &clock, carrier.clone(), Watch::Nothing).expect("a database");
            undo::off(&recado.db).await;
            if let Ok(running) = recado::Running::start(&recado).await {
                return Self { url, recado, outbox, _running: running, _folder: folder };
            }
        }
        panic!("twenty ports were taken");
    }

    pub fn clock(&self) -> &Clock {
        self.recado.clock()
    }

    /// The workspace "Vereda Arquitetura" and Ana, who owns it.
    pub async fn found(&self) -> i64 {
        let space = Workspace {
            name: "Vereda Arquitetura".to_owned(),
            language: "pt-BR".to_owned(),
            zone: "America/Sao_Paulo".to_owned(),
        };
        self.recado.db.write(move |tx| accounts::create_workspace(tx, &space)).await.expect("a workspace");
        self.user("ana", Role::Owner).await
    }

    /// A user with the usual rights; `diego` is Diego with `diego@vereda.example`.
    pub async fn user(&self, name: &str, role: Role) -> i64 {
        let mut letters = name.chars();
        let first: String = letters.by_ref().take(1).flat_map(char::to_uppercase).collect();
        let new = NewUser {
            name: first + letters.as_str(),
            email: email(name),
            role,
            password_hash: Some(HASH.clone()),
            language: Some("pt-BR".to_owned()),
            zone: "America/Sao_Paulo".to_owned(),
        };
        self.recado.db.write(move |tx| accounts::create_user(tx, None, &new)).await.expect("a user")
    }

    /// A browser that was never here.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// A browser in which this user is signed in.
    pub async fn browser_of(&self, user: i64) -> Browser {
        let secret = self.recado.db.write(move |tx| sessions::open(tx, user, "Firefox on Linux", "192.0.2.7"));
        let browser = self.browser();
        browser.set_cookie("s", &secret.await.expect("a session"));
        browser
    }

    /// Returns when all queued work is done, but mails that tell of news: those wait for people to look by themselves.
    pub async fn idle(&self) {
        let done = async || {
            let read = self.recado.db.read(|connection| {
                Ok(connection
                    .prepare("SELECT 1 FROM job WHERE kind != ?1")?
                    .exists([notifications::store::mails::MAIL])?)
            });
            !read.await.expect("a database")
        };
        until("the queued work to be done", DEADLINE, done).await;
    }

    /// The mails that left, once there are `count`.
    pub async fn letters(&self, count: usize) -> Vec<Letter> {
        let mut left = self.outbox.count();
        let enough = timeout(DEADLINE, left.wait_for(|left| *left >= count)).await;
        assert!(enough.is_ok(), "waited {DEADLINE:?} for {count} mails, {} left", self.outbox.letters().len());
        self.outbox.letters()
    }
}

/// The address of a user of [`App::user`].
pub fn email(name: &str) -> String {
    format!("{name}@vereda.example")
}
