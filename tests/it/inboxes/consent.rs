//! Mailboxes by consent (OAuth 2.0): to the provider and back, with a real IMAP server that believes its tokens.

use recado::auth::Role;
use recado::clock::HOUR;
use recado::config::{Config, PrivateHosts, Proof, Security, Smtp};
use recado::inboxes::store::{SecretKind, Way};
use recado::mailer::{Carrier, Outbox};
use rocket::tokio;

use super::{LIST, inbox};
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::dovecot::Dovecot;
use crate::support::provider::Provider;
use crate::support::smtp::{Abilities, Credentials, SmtpPeer};
use crate::support::wait::{DEADLINE, until};

const ADDRESS: &str = "contato@vereda.example";
const CONSENT: &str = "/settings/inboxes/1/consent";
const HEALTH: &str = "/settings/inboxes/1/health";

/// A provider, its mail server, and a product with an application registered there.
struct World {
    provider: Provider,
    dovecot: Dovecot,
    app: App,
    owner: Browser,
}

async fn world() -> World {
    sending_by(&[("way", "house")], None).await
}

/// The same with another way out; without a carrier what leaves stays in memory.
async fn sending_by(way_out: &[(&str, &str)], carrier: Option<Carrier>) -> World {
    let provider = Provider::start().await;
    let dovecot = Dovecot::trusting(&[ADDRESS, "outra@vereda.example"], &provider.token_info());
    let change = |config: &mut Config| {
        config.private_mail_hosts = PrivateHosts::Allowed;
        config.google = Some(provider.application(&config.origin()));
    };
    let app = match carrier {
        None => App::with(change).await,
        Some(carrier) => App::carried(change, carrier, Outbox::default()).await,
    };
    app.found().await;
    let owner = app.browser_of(1).await;
    let port = dovecot.port().to_string();
    let fields = [
        ("name", "Contato da loja"),
        ("address", ADDRESS),
        ("access", "all"),
        ("way_in", "mailbox"),
        ("sign_in", "google"),
        ("imap_host", "127.0.0.1"),
        ("imap_port", port.as_str()),
        ("imap_security", "none"),
        ("folder", "INBOX"),
    ];
    let connected = owner.post_form(LIST, &[&fields, way_out].concat()).await;
    assert_eq!(connected.location(), CONSENT, "{}", connected.body);
    World { provider, dovecot, app, owner }
}

/// The link to the provider on the page.
async fn link(browser: &Browser) -> String {
    let page = browser.get(CONSENT).await;
    page.assert_says("Continuar no Google");
    let (before, _) = page.body.split_once("\" rel=\"noreferrer\"").expect("a link");
    let href = before.rsplit("href=\"").next().expect("an address");
    href.replace("&#38;", "&").replace("&amp;", "&")
}

impl World {
    async fn consent(&self) {
        let back = self.provider.allow(&link(&self.owner).await, ADDRESS);
        let taken = self.owner.get(&back).await;
        assert_eq!(taken.location(), HEALTH, "{}", taken.body);
    }

    async fn has_tokens(&self) -> bool {
        let keys = self.app.recado.keys.clone();
        let read = self.app.recado.db.read(move |connection| {
            Ok(recado::inboxes::store::secret(connection, 1, SecretKind::OAuth, &keys)?.is_some())
        });
        read.await.expect("a database")
    }

    async fn arrived(&self, count: i64) {
        let read = async || {
            let read = self.app.recado.db.read(|connection| {
                Ok(connection.query_row("SELECT count(*) FROM message", [], |row| row.get::<_, i64>(0))?)
            });
            read.await.expect("a database") == count
        };
        until("the mail to arrive", DEADLINE, read).await;
    }

    /// Nothing that lets anybody in stands on a page or plainly in the database.
    async fn assert_discreet(&self) {
        for path in [HEALTH, CONSENT, LIST, "/settings/inboxes/1", "/settings/activity"] {
            let page = self.owner.get(path).await;
            for secret in self.provider.secrets() {
                page.assert_silent(&secret);
            }
        }
        let sealed = self.app.recado.db.read(|connection| {
            Ok(connection.query_row("SELECT sealed FROM inbox_secret WHERE kind = 'oauth'", [], |row| {
                row.get::<_, Vec<u8>>(0)
            })?)
        });
        let sealed = sealed.await.expect("tokens");
        assert!(!String::from_utf8_lossy(&sealed).contains("of-the-test-provider"));
    }
}

fn letter(number: usize) -> Vec<u8> {
    format!(
        "Message-ID: <{number}@cliente.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 -0300\r\nFrom: helena@cliente.example\r\n\
         To: {ADDRESS}\r\nSubject: Granito {number}\r\n\r\nQuanto custa?\r\n"
    )
    .into_bytes()
}

#[tokio::test]
async fn a_mailbox_by_consent_fetches_renews_loses_and_gets_its_permission_back() {
    let world = world().await;
    let before = world.owner.get(HEALTH).await;
    before.assert_silent("of-the-test-provider");
    world.consent().await;
    world.owner.get(HEALTH).await.assert_says("Consentimento recebido");
    assert_eq!(world.provider.counts(), (1, 0));
    let connected = async || world.owner.get(HEALTH).await.body.contains("Lido até");
    until("the mailbox to be read", DEADLINE, connected).await;
    world.dovecot.deliver(ADDRESS, &letter(1));
    world.arrived(1).await;
    world.assert_discreet().await;

    // The token ends: whoever needs it at the same moment, it is renewed once.
    world.app.clock().advance(2 * HOUR);
    let (credentials, known) = (world.app.recado.credentials.clone(), inbox(&world.app).await);
    let asked = (0..8).map(|_| {
        let (credentials, known) = (credentials.clone(), known.clone());
        tokio::spawn(async move { credentials.of(&known, Way::In).await.expect("a database").expect("a token") })
    });
    let mut given = Vec::new();
    for one in asked.collect::<Vec<_>>() {
        given.push(one.await.expect("no panic"));
    }
    given.dedup();
    assert_eq!(given.len(), 1, "all have the same token");
    assert_eq!(world.provider.counts(), (1, 1));
    let checked = world.owner.post_form("/settings/inboxes/1/checks", &[]).await;
    checked.assert_says("Tudo funciona");
    world.dovecot.deliver(ADDRESS, &letter(2));
    world.arrived(2).await;
    world.assert_discreet().await;

    // The consent is taken back: it is said, with the way on.
    world.provider.revoke();
    world.app.clock().advance(2 * HOUR);
    let refused = world.owner.post_form("/settings/inboxes/1/checks", &[]).await;
    refused.assert_says("Dê o consentimento de novo");
    let page = world.owner.get(HEALTH).await;
    page.assert_says("Dar o consentimento de novo");
    page.assert_says(&format!("href=\"{CONSENT}\""));
    assert_eq!(inbox(&world.app).await.problem_in.as_deref(), Some("mail-consent"));
    world.owner.get(LIST).await.assert_says("Com problema");

    world.consent().await;
    let works = async || inbox(&world.app).await.problem_in.is_none();
    until("it to work again", DEADLINE, works).await;
    world.dovecot.deliver(ADDRESS, &letter(3));
    world.arrived(3).await;
}

#[tokio::test]
async fn mail_leaves_with_the_token_and_one_that_the_server_refuses_is_renewed_once() {
    // The provider numbers what it gives: the token after the next one is the one that this server takes.
    let credentials = Credentials { user: ADDRESS.to_owned(), password: "access-4-of-the-test-provider".to_owned() };
    let peer = SmtpPeer::with(Abilities { credentials: Some(credentials), ..Abilities::default() }).await;
    let port = peer.port().to_string();
    let own = [("way", "own"), ("host", "127.0.0.1"), ("port", port.as_str()), ("security", "none")];
    let folder = tempfile::tempdir().expect("a folder");
    let listen = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::simple(folder.path(), "http://127.0.0.1", listen).expect("settings");
    config.private_mail_hosts = PrivateHosts::Allowed;
    config.smtp = Some(Smtp {
        host: "127.0.0.1".to_owned(),
        port: 1,
        security: Security::None,
        username: None,
        password: None,
        proof: Proof::Password,
    });
    let world = sending_by(&own, Some(Carrier::configured(&config, DEADLINE))).await;
    world.consent().await;
    assert_eq!(world.provider.counts(), (1, 0));
    world.owner.post_form("/settings/inboxes/1/tests", &[]).await;
    let received = peer.messages(1).await;
    assert_eq!(received[0].recipients, ["ana@vereda.example"]);
    assert_eq!(world.provider.counts(), (1, 1), "renewed once, before its time, because the server said no");
    let said = async || world.owner.get(HEALTH).await.body.contains("o servidor aceitou o e-mail de teste");
    until("the page to tell how the test ended", DEADLINE, said).await;
    assert!(inbox(&world.app).await.problem.is_none());
    peer.assert_polite();
}

#[tokio::test]
async fn answers_of_the_provider_count_once_for_the_session_that_asked_and_for_a_while() {
    let world = world().await;
    let bia = world.app.user("bia", Role::Admin).await;
    let other = world.app.browser_of(bia).await;
    let back = world.provider.allow(&link(&world.owner).await, ADDRESS);
    let stolen = other.get(&back).await;
    assert_eq!(stolen.status, 409, "another session");
    let forged = back.replace("state=1.", "state=2.");
    assert_ne!(forged, back);
    assert_eq!(world.owner.get(&forged).await.status, 409, "another inbox");
    for bare in ["", "?code=x", "?state=x&code=x", "?state=1.9999999999999.a.b&code=x"] {
        let answer = world.owner.get(&["/settings/inboxes/oauth/callback", bare].concat()).await;
        assert_eq!(answer.status, 409, "{bare}");
    }
    assert_eq!(world.provider.counts().0, 0, "nothing was asked of the provider");
    assert!(!world.has_tokens().await);
    let late = world.provider.allow(&link(&world.owner).await, ADDRESS);
    world.app.clock().advance(HOUR);
    assert_eq!(world.owner.get(&late).await.status, 409, "too old");
    let back = world.provider.allow(&link(&world.owner).await, ADDRESS);
    assert_eq!(world.owner.get(&back).await.location(), HEALTH);
    assert_eq!(world.owner.get(&back).await.status, 409, "a second time");
    assert_eq!(world.provider.counts().0, 1);
    // The same code with a state of its own: the provider knows it, and says no.
    let fresh = world.provider.allow(&link(&world.owner).await, ADDRESS);
    let code = |back: &str| back.split("code=").nth(1).and_then(|rest| rest.split('&').next()).map(str::to_owned);
    let (old, new) = (code(&back).expect("a code"), code(&fresh).expect("a code"));
    let replayed = world.owner.get(&fresh.replace(&new, &old)).await;
    assert_eq!(replayed.status, 422);
    replayed.assert_says("O provedor não aceitou a resposta");
    replayed.assert_silent(&old);
}

#[tokio::test]
async fn only_the_account_that_was_named_counts_and_a_refusal_is_said() {
    let world = world().await;
    let back = world.provider.allow(&link(&world.owner).await, "outra@vereda.example");
    let other = world.owner.get(&back).await;
    assert_eq!(other.status, 422, "{}", other.body);
    other.assert_says("A conta que consentiu não é contato@vereda.example");
    other.assert_says("Continuar no Google");
    assert!(!world.has_tokens().await);
    let link = link(&world.owner).await;
    let state = link.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state");
    let refused = format!("/settings/inboxes/oauth/callback?error=access_denied&state={state}");
    let page = world.owner.get(&refused).await;
    assert_eq!(page.status, 422);
    page.assert_says("O consentimento não foi dado");
    page.assert_says("access_denied");
}
