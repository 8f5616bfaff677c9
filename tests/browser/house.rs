//! A running product to look at: the demo company, or a server that nobody owns yet.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use recado::clock::Clock;
use recado::config::{Config, PrivateHosts};
use recado::db::Watch;
use recado::mailer::{Carrier, Outbox};
use recado::{App, Running, demo};
use rocket::tokio::time::{Instant, interval};
use tempfile::TempDir;

use crate::hands::Way::Forth;
use crate::support::{Browser, ENTER, Reader, TAB};

/// How long something may take to show up on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// One installation that serves.
pub struct House {
    pub app: App,
    pub url: String,
    running: Running,
    _folder: TempDir,
}

impl House {
    /// The demo company with its mailbox page.
    pub async fn demo() -> Self {
        Self::company(PrivateHosts::Refused).await
    }

    /// The same, which may reach a mail server on this machine.
    pub async fn with_a_mail_server() -> Self {
        Self::company(PrivateHosts::Allowed).await
    }

    async fn company(mail_hosts: PrivateHosts) -> Self {
        let (app, outbox, folder) = open(mail_hosts);
        demo::build(&app).await.expect("the company is built");
        undo_off(&app).await;
        Self::start(app, outbox, folder).await
    }

    /// A server that nobody owns, and the code that takes it.
    pub async fn unowned() -> (Self, String) {
        let (app, outbox, folder) = open(PrivateHosts::Refused);
        let house = Self::start(app, outbox, folder).await;
        let code = recado::accounts::setup_code(&house.app.db).await.expect("a code");
        (house, code.expect("nobody owns it"))
    }

    async fn start(app: App, outbox: Outbox, folder: TempDir) -> Self {
        let url = app.config.origin();
        let running = demo::start(&app, outbox).await.expect("it serves");
        Self { app, url, running, _folder: folder }
    }

    /// Signs a demo person in by keyboard and waits for their list.
    pub async fn sign_in(&self, browser: &Browser, email: &str) {
        browser.goto(&format!("{}/sign-in", self.url)).await;
        browser.find("#email").await.focus().await.expect("a field");
        browser.press(email).await;
        browser.press(format!("{TAB}{}", demo::PASSWORD)).await;
        browser.press(ENTER).await;
        browser.find("#list").await;
        shows(browser, "document.body.dataset.connected == 'yes'").await;
    }

    /// Signs a demo person in without a mouse.
    pub async fn sign_in_by_tab(&self, browser: &Browser, email: &str) {
        browser.goto(&format!("{}/sign-in", self.url)).await;
        browser.walk(Forth, "#email").await;
        browser.press(email).await;
        browser.walk(Forth, "#password").await;
        browser.press(demo::PASSWORD).await;
        browser.walk_and_enter(Forth, "main .btn-go").await;
        browser.find("#list").await;
        shows(browser, "document.body.dataset.connected == 'yes'").await;
    }

    /// Signs a demo person in and opens the newest conversation of nobody; answers its number, too.
    pub async fn opened(&self, reader: Reader, email: &str) -> (Browser, String) {
        let browser = Browser::open(reader).await;
        self.sign_in(&browser, email).await;
        browser.goto(&format!("{}/conversations?section=unassigned", self.url)).await;
        shows(&browser, "document.body.dataset.connected == 'yes'").await;
        browser.eval::<Option<bool>>("document.querySelector('#list .row').click()").await;
        shows(&browser, "document.querySelector('#work').dataset.conversation").await;
        let id = browser.eval::<String>("document.querySelector('#work').dataset.conversation").await;
        (browser, id)
    }

    /// Writes as a customer of the demo, on the customers' page.
    pub async fn customer_writes(&self, browser: &Browser, address: &str, subject: &str, text: &str) {
        browser.goto(&format!("{}/demo/mailbox?as_={address}", self.url)).await;
        browser.find("#subject").await.send_keys(subject).await.expect("typed");
        browser.find("#text").await.send_keys(text).await.expect("typed");
        browser.find("#write .btn-go").await.click().await.expect("sent");
        browser.find("[role=status]").await;
    }

    /// Everybody's answers wait 10 seconds, as they do unless somebody chose otherwise.
    pub async fn undo_on(&self) {
        self.app.db.write(|tx| Ok(tx.execute("DELETE FROM writing_choice", [])?)).await.expect("a choice");
    }

    pub async fn close(self) {
        self.running.stop().await.expect("it ends well");
    }
}

/// Answers leave at once here; a test about the wait switches it on again with [`House::undo_on`].
async fn undo_off(app: &App) {
    let sql = "INSERT INTO writing_choice (user_id, undo_seconds) SELECT id, 0 FROM user";
    app.db.write(move |tx| Ok(tx.execute(sql, [])?)).await.expect("a choice");
}

fn open(mail_hosts: PrivateHosts) -> (App, Outbox, TempDir) {
    let folder = TempDir::new().expect("a folder");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let listen: SocketAddr = listener.local_addr().expect("its address");
    drop(listener);
    let mut config = Config::simple(folder.path(), &format!("http://{listen}"), listen).expect("settings");
    // Pictures of mails stand on this machine here.
    config.private_web_hosts = PrivateHosts::Allowed;
    config.private_mail_hosts = mail_hosts;
    let outbox = Outbox::default();
    let carrier = Carrier::keeping(outbox.clone());
    let app = App::open(config, &Clock::default(), carrier, Watch::OtherProcesses).expect("it opens");
    (app, outbox, folder)
}

/// Waits until an expression in the page is true.
pub async fn shows(browser: &Browser, expression: &str) {
    let end = Instant::now() + DEADLINE;
    let mut looks = interval(Duration::from_millis(50));
    loop {
        looks.tick().await;
        if browser.eval::<bool>(&format!("!!({expression})")).await {
            return;
        }
        if Instant::now() > end {
            browser.screenshot("waited-in-vain").await;
            panic!("waited in vain for {expression}");
        }
    }
}
