//! A running product to look at: the demo company, or a server that nobody owns yet.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use recado::clock::Clock;
use recado::config::{Config, PrivateHosts};
use recado::db::Watch;
use recado::keys::Keys;
use recado::mailer::{Carrier, Letter, Outbox};
use recado::{App, Running, demo};
use rocket::tokio::sync::OnceCell;
use tempfile::TempDir;

use crate::hands::Way::Forth;
use crate::support::{Browser, Reader};

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
        static COMPANY: OnceCell<Company> = OnceCell::const_new();
        let company = COMPANY.get_or_init(Company::build).await;
        let (app, outbox, folder) = open(mail_hosts, Some(company));
        Self::start(app, outbox, folder).await
    }

    /// A server that nobody owns, and the code that takes it.
    pub async fn unowned() -> (Self, String) {
        let (app, outbox, folder) = open(PrivateHosts::Refused, None);
        let house = Self::start(app, outbox, folder).await;
        let code = recado::accounts::setup_code(&house.app.db).await.expect("a code");
        (house, code.expect("nobody owns it"))
    }

    async fn start(app: App, outbox: Outbox, folder: TempDir) -> Self {
        let url = app.config.origin();
        let running = demo::start(&app, outbox).await.expect("it serves");
        Self { app, url, running, _folder: folder }
    }

    /// Signs a demo person in at once and waits for their list.
    pub async fn sign_in(&self, browser: &Browser, email: &str) {
        browser.goto(&format!("{}/sign-in", self.url)).await;
        let send = format!(
            "(() => {{ const form = document.querySelector('#email').form; form.email.value = {email:?};
                form.password.value = {:?}; form.requestSubmit(); }})()",
            demo::PASSWORD
        );
        browser.eval::<Option<bool>>(&send).await;
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

/// The demo company as it is built, once for all tests of the binary: the file, its key, and the mails that left.
struct Company {
    database: Vec<u8>,
    keys: Keys,
    letters: Vec<Letter>,
}

impl Company {
    async fn build() -> Self {
        let (app, outbox, _folder) = open(PrivateHosts::Refused, None);
        demo::build(&app).await.expect("the company is built");
        // Answers leave at once here; a test about the wait switches it on again with [`House::undo_on`].
        let sql = "INSERT INTO writing_choice (user_id, undo_seconds) SELECT id, 0 FROM user";
        app.db.write(move |tx| Ok(tx.execute(sql, [])?)).await.expect("a choice");
        app.db.close();
        let database = std::fs::read(app.config.database()).expect("a file");
        Self { database, keys: app.keys.clone(), letters: outbox.letters() }
    }
}

/// Opens an installation; with a company, a copy of it.
fn open(mail_hosts: PrivateHosts, company: Option<&Company>) -> (App, Outbox, TempDir) {
    let folder = TempDir::new().expect("a folder");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let listen: SocketAddr = listener.local_addr().expect("its address");
    drop(listener);
    let mut config = Config::simple(folder.path(), &format!("http://{listen}"), listen).expect("settings");
    // Pictures of mails stand on this machine here.
    config.private_web_hosts = PrivateHosts::Allowed;
    config.private_mail_hosts = mail_hosts;
    let outbox = company.map_or_else(Outbox::default, |company| Outbox::from(company.letters.clone()));
    if let Some(Company { database, keys, .. }) = company {
        std::fs::write(config.database(), database).expect("a copy");
        keys.save(&config.key_file()).expect("a copy");
    }
    let carrier = Carrier::keeping(outbox.clone());
    let app = App::open(config, &Clock::default(), carrier, Watch::OtherProcesses).expect("it opens");
    (app, outbox, folder)
}

/// Waits until an expression in the page is true.
pub async fn shows(browser: &Browser, expression: &str) {
    if !browser.waits(expression).await {
        browser.screenshot("waited-in-vain").await;
        panic!("waited in vain for {expression}");
    }
}
