//! How an inbox is: its page, a mail that tries it, its end and its return, and who hears that somebody reads along.

use recado::auth::Role;
use recado::channels::email::Intake;
use recado::clock::MINUTE;
use rocket::tokio;

use super::{LIST, PLAIN, inbox};
use crate::support::app::App;
use crate::support::wait::{DEADLINE, until};

const HEALTH: &str = "/settings/inboxes/1/health";

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

#[tokio::test]
async fn the_page_tells_how_the_inbox_is_and_sends_a_mail_that_tries_it() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner.post_form(LIST, &PLAIN).await;
    let page = owner.get(HEALTH).await;
    for words in
        ["Funcionando", "Último recebido", "nunca", "Esperando para sair", "nada", "entregue pelo seu servidor"]
    {
        page.assert_says(words);
    }
    page.assert_says("Avisado se ela parar");
    receive(&app).await;
    owner.get(HEALTH).await.assert_says("20 de novembro de 2026");
    let begun = owner.post_form("/settings/inboxes/1/tests", &[]).await;
    assert_eq!(begun.location(), HEALTH);
    let letter = app.letters(1).await.remove(0);
    assert_eq!(letter.envelope.from, "contato@vereda.example");
    assert_eq!(letter.envelope.to, ["ana@vereda.example"]);
    let said = async || owner.get(HEALTH).await.body.contains("o servidor aceitou o e-mail de teste");
    until("the page to tell how the test ended", DEADLINE, said).await;
    let checked = owner.post_form("/settings/inboxes/1/checks", &[]).await;
    checked.assert_says("O servidor de e-mail respondeu e aceitou a conexão");
    owner.get("/settings/inboxes/7/health").await.assert_says("404");
}

// proves: R6 M31
#[tokio::test]
async fn a_disconnected_inbox_keeps_what_came_takes_nothing_new_and_can_come_back() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner
        .post_form(
            LIST,
            &[
                &PLAIN[..3],
                &[
                    ("way", "own"),
                    ("host", "smtp.vereda.example"),
                    ("security", "tls"),
                    ("username", "loja"),
                    ("password", "uma senha guardada"),
                ],
            ]
            .concat(),
        )
        .await;
    let conversation = receive(&app).await;
    let ended = owner.change("delete", "/settings/inboxes/1/connection", &[]).await;
    assert_eq!(ended.location(), LIST);
    let list = owner.get(LIST).await;
    list.assert_says("Desconectada");
    list.assert_says("O histórico continua guardado");
    let page = owner.get(&format!("/conversations/{conversation}")).await;
    page.assert_says("Quanto custa?");
    page.assert_says("A caixa Contato da loja está desconectada");
    assert_eq!(super::way_out(&app).await.and_then(|server| server.password), None, "nothing is kept that signs in");
    let answer = super::lost::write(&owner, conversation, "reply", "Custa cem.").await;
    assert_eq!(answer.status, 422);
    answer.assert_says("Não foi enviada. A caixa está desconectada");
    answer.assert_says("Custa cem.");
    assert_eq!(app.outbox.letters().len(), 0);
    let again = owner.get("/settings/inboxes/1").await;
    again.assert_says("Conectar de novo");
    again.assert_silent("A senha está guardada");
    assert_eq!(owner.change("put", "/settings/inboxes/1", &PLAIN).await.status, 303);
    let answer = super::lost::write(&owner, conversation, "reply", "Custa cem.").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    app.letters(1).await;
    let log = app.recado.db.read(|connection| {
        let mut select = connection.prepare("SELECT kind FROM activity WHERE inbox_id = 1 ORDER BY id")?;
        Ok(select.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?)
    });
    let log = log.await.expect("a database");
    assert_eq!(log, ["inbox.created", "inbox.disconnected", "inbox.changed"]);
}

#[tokio::test]
async fn who_makes_themselves_a_reader_is_in_the_log_and_the_owner_hears_of_it() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let owner = app.browser_of(1).await;
    let mine = [&PLAIN[..2], &[("access", "owner"), ("way", "house")]].concat();
    owner.post_form(LIST, &mine).await;
    let admin = app.browser_of(bia).await;
    let renamed = [&[("name", "Loja"), ("access", "owner"), ("way", "house")][..]].concat();
    admin.change("put", "/settings/inboxes/1", &renamed).await;
    let member = bia.to_string();
    let joined = [("name", "Loja"), ("access", "selected"), ("way", "house"), ("members", member.as_str())];
    assert_eq!(admin.change("put", "/settings/inboxes/1", &joined).await.status, 303);
    let letters = app.letters(1).await;
    let text = String::from_utf8_lossy(&letters[0].raw).into_owned();
    assert_eq!(letters[0].envelope.to, ["ana@vereda.example"]);
    assert!(text.contains("Bia") && text.contains("/settings/inboxes/1"), "{text}");
    admin.change("put", "/settings/inboxes/1", &joined).await;
    owner.change("put", "/settings/inboxes/1", &joined).await;
    app.clock().advance(MINUTE);
    app.idle().await;
    assert_eq!(app.outbox.letters().len(), 1, "told once, and the owner is not told about themselves");
    let who = app.recado.db.read(|connection| {
        Ok(connection.query_row("SELECT actor_id FROM activity WHERE kind = 'inbox.joined'", [], |row| row.get(0))?)
    });
    assert_eq!(who.await.ok(), Some(bia));
}
