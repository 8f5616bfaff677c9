//! An inbox that loses its server: its owner hears of it, nobody writes into the void, and what waits leaves once it is
//! reconnected.

use recado::auth::Role;
use recado::channels::email::Intake;
use recado::clock::{HOUR, MINUTE};
use recado::config::{Config, PrivateHosts, Proof, Security, Smtp};
use recado::mailer::{Carrier, Outbox};
use reqwest::Method;
use reqwest::multipart::Form;
use rocket::tokio;

use super::{LIST, PLAIN, inbox};
use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};
use crate::support::smtp::{Abilities, Credentials, SmtpPeer};
use crate::support::wait::{DEADLINE, until};

/// Sends the answer box.
pub async fn write(browser: &Browser, conversation: i64, kind: &'static str, text: &'static str) -> Answer {
    let token = browser.token("/password-reset").await;
    let form = Form::new().text("_token", token).text("kind", kind).text("text", text);
    let request = browser.request(Method::POST, &format!("/conversations/{conversation}/messages"));
    send(request.header("Sec-Fetch-Site", "same-origin").header("Accept", "text/html").multipart(form)).await
}

/// A product whose own mail leaves by `house`; inboxes may be on this machine.
async fn app_with(house: &SmtpPeer) -> App {
    let port = house.port();
    let change = move |config: &mut Config| {
        config.private_mail_hosts = PrivateHosts::Allowed;
        config.mail_from = Some("Recado <recado@vereda.example>".to_owned());
        config.smtp = Some(Smtp {
            host: "127.0.0.1".to_owned(),
            port,
            security: Security::None,
            username: None,
            password: None,
            proof: Proof::Password,
        });
    };
    let folder = tempfile::tempdir().expect("a folder");
    let listen = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::simple(folder.path(), "http://127.0.0.1", listen).expect("settings");
    change(&mut config);
    let app = App::carried(change, Carrier::configured(&config, DEADLINE), Outbox::default()).await;
    app.found().await;
    app
}

async fn receive(app: &App) -> i64 {
    let intake = Intake {
        db: app.recado.db.clone(),
        keys: app.recado.keys.clone(),
        max_bytes: app.recado.config.max_mail_bytes,
    };
    let mail = b"Message-ID: <1@cliente.example>\r\nFrom: Helena <helena@cliente.example>\r\n\
                 To: contato@vereda.example\r\nSubject: Granito\r\n\r\nQuanto custa?\r\n";
    let (receipt, _) = intake.receive(&inbox(app).await, mail.to_vec()).await.expect("it is taken");
    receipt.conversation
}

/// The form of an inbox by a server on this machine.
fn by<'a>(port: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    let server = [("way", "own"), ("host", "127.0.0.1"), ("security", "none"), ("port", port), ("username", "loja")];
    [&PLAIN[..3], &server, &[("password", password)]].concat()
}

async fn number(app: &App, sql: &'static str) -> i64 {
    app.recado.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).await.expect("a row")
}

const NEXT_LOOK: &str = "SELECT coalesce(max(run_at), 0) FROM job WHERE kind = 'inbox_watch' AND state = 'ready'";

async fn strict_server() -> SmtpPeer {
    let credentials = Some(Credentials { user: "loja".to_owned(), password: "certa".to_owned() });
    SmtpPeer::with(Abilities { credentials, ..Abilities::default() }).await
}

/// Subject and text of a mail, as a person reads them.
fn words_of(mail: &[u8]) -> String {
    mail_parser::MessageParser::default()
        .parse(mail)
        .and_then(|mail| Some([mail.subject()?.to_owned(), mail.body_text(0)?.into_owned()].join("\n")))
        .expect("a mail with a subject and a text")
}

/// The owner finds the reason and the way to reconnect, an agent whom to ask; an answer is refused and kept.
async fn the_answer_box_says_why(owner: &Browser, agent: &Browser, conversation: i64) {
    let talk = format!("/conversations/{conversation}");
    let page = owner.get(&talk).await;
    for words in
        ["data-blocked", "está sem conexão desde", "usuário e a senha", "/settings/inboxes/1/health", "Reconectar"]
    {
        page.assert_says(words);
    }
    let page = agent.get(&talk).await;
    page.assert_says("Peça a Ana para reconectar");
    page.assert_silent("/settings/inboxes/1/health");
    let refused = write(agent, conversation, "reply", "E o granito?").await;
    assert_eq!(refused.status, 422);
    refused.assert_says("Não foi enviada. A caixa está sem conexão");
    refused.assert_says("E o granito?");
}

// proves: R7 R42 R43
#[tokio::test]
async fn a_lost_inbox_is_told_blocks_the_answer_box_and_sends_what_waits_once_it_is_reconnected() {
    let (house, own) = (SmtpPeer::start().await, strict_server().await);
    let app = app_with(&house).await;
    let diego = app.user("diego", Role::Agent).await;
    let (owner, agent) = (app.browser_of(1).await, app.browser_of(diego).await);
    let port = own.port().to_string();
    assert_eq!(owner.post_form(LIST, &by(&port, "errada")).await.status, 303);
    let conversation = receive(&app).await;
    let talk = format!("/conversations/{conversation}");

    assert_eq!(write(&agent, conversation, "reply", "Custa cem.").await.status, 303);
    // Whoever has looked looks again later.
    let looked = async || number(&app, NEXT_LOOK).await > app.clock().now();
    let broken = async || inbox(&app).await.problem.as_deref() == Some("delivery-sign-in");
    until("the refusal to be known", DEADLINE, broken).await;
    agent.get(&talk).await.assert_silent("data-blocked");
    app.clock().advance(5 * MINUTE);
    until("somebody to look", DEADLINE, looked).await;
    assert_eq!(house.received().len(), 0, "five minutes are nobody's business");

    app.clock().advance(6 * MINUTE);
    let told = house.messages(1).await.remove(0);
    assert_eq!(told.recipients, ["ana@vereda.example"]);
    let text = words_of(&told.bytes);
    for words in ["Contato da loja perdeu a conexão", "usuário e a senha", "/settings/inboxes/1/health"] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }

    the_answer_box_says_why(&owner, &agent, conversation).await;
    assert_eq!(number(&app, "SELECT count(*) FROM message WHERE kind = 'outgoing'").await, 1);
    assert_eq!(write(&agent, conversation, "note", "Sem conexão.").await.status, 303, "notes never leave");
    owner.get(LIST).await.assert_says("não aceitou o usuário e a senha");

    app.clock().advance(3 * HOUR);
    until("somebody to look again", DEADLINE, looked).await;
    assert_eq!(house.received().len(), 1, "told once");
    assert_eq!(own.received().len(), 0);

    assert_eq!(owner.change("put", "/settings/inboxes/1", &by(&port, "certa")).await.status, 303);
    let left = own.messages(1).await;
    assert_eq!(left.len(), 1);
    assert!(String::from_utf8_lossy(&left[0].bytes).contains("Custa cem."));
    let restored = house.messages(2).await.remove(1);
    assert!(words_of(&restored.bytes).contains("voltou a funcionar"));
    let open = async || !agent.get(&talk).await.body.contains("data-blocked");
    until("the answer box to open", DEADLINE, open).await;
    assert_eq!(write(&agent, conversation, "reply", "E o granito?").await.status, 303);
    own.messages(2).await;
    assert_eq!(house.received().len(), 2, "told once that it works again");
    let logged = number(&app, "SELECT count(*) FROM activity WHERE kind IN ('inbox.lost', 'inbox.restored')").await;
    assert_eq!(logged, 2);
}

#[tokio::test]
async fn a_hiccup_is_nobodys_business() {
    let (house, own) = (SmtpPeer::start().await, strict_server().await);
    let app = app_with(&house).await;
    let owner = app.browser_of(1).await;
    let port = own.port().to_string();
    owner.post_form(LIST, &by(&port, "errada")).await;
    let conversation = receive(&app).await;
    write(&owner, conversation, "reply", "Custa cem.").await;
    let broken = async || inbox(&app).await.problem.is_some();
    until("the refusal to be known", DEADLINE, broken).await;
    app.clock().advance(4 * MINUTE);
    owner.change("put", "/settings/inboxes/1", &by(&port, "certa")).await;
    own.messages(1).await;
    let works = async || inbox(&app).await.problem.is_none();
    until("it to work again", DEADLINE, works).await;
    app.clock().advance(HOUR);
    app.idle().await;
    assert_eq!(house.received().len(), 0);
    owner.get(&format!("/conversations/{conversation}")).await.assert_silent("data-blocked");
}

#[tokio::test]
async fn the_owner_of_the_workspace_hears_of_inboxes_whose_own_is_gone() {
    let (house, own) = (SmtpPeer::start().await, strict_server().await);
    let app = app_with(&house).await;
    let bia = app.user("bia", Role::Admin).await;
    let admin = app.browser_of(bia).await;
    let port = own.port().to_string();
    admin.post_form(LIST, &by(&port, "errada")).await;
    let owner = app.browser_of(1).await;
    owner.get("/settings/inboxes/1/health").await.assert_says("Bia");
    let disable =
        move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE user SET state = 'disabled' WHERE id = ?1", [bia])?);
    app.recado.db.write(disable).await.expect("it is done");
    let checked = owner.post_form("/settings/inboxes/1/checks", &[]).await;
    checked.assert_says("Algo ainda não funciona");
    let page = owner.get("/settings/inboxes/1/health").await;
    page.assert_says("Nenhum e-mail sai desde");
    page.assert_silent(">Bia<");
    app.clock().advance(11 * MINUTE);
    let told = house.messages(1).await.remove(0);
    assert_eq!(told.recipients, ["ana@vereda.example"]);
}
