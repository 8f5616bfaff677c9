//! Conversations that we begin.

use recado::clock::SECOND;
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use super::desk::colleague;
use crate::support::browser::{Answer, Browser, send};
use crate::support::desk::Desk;
use crate::support::undo;

async fn begins(browser: &Browser, fields: &[(&'static str, &str)]) -> Answer {
    let token = browser.token("/password-reset").await;
    let mut form = Form::new().text("_token", token);
    for (name, value) in fields {
        form = form.text(*name, (*value).to_owned());
    }
    form = form.part("files", Part::bytes(b"medidas".to_vec()).file_name("planta.txt"));
    let request = browser.request(Method::POST, "/conversations").header("Sec-Fetch-Site", "same-origin");
    send(request.multipart(form)).await
}

// proves: R34
#[rocket::async_test]
async fn a_conversation_begins_with_an_address_that_nobody_knew() {
    let desk = Desk::start().await;
    let inbox = desk.inbox.id.to_string();
    desk.browser.get("/conversations").await.assert_says("href=\"/conversations/new\"");
    desk.browser.get("/conversations/new").await.assert_says("contato@vereda.example");
    let offered = desk.browser.get("/conversations/new?q=rita%2Bobra@prado.example").await;
    offered.assert_says("Escrever para rita+obra@prado.example");
    let to = "/conversations/new?to=rita%2Bobra%40prado.example";
    offered.assert_says(&format!("href=\"{to}\""));
    desk.browser.get(to).await.assert_says("name=\"to\" value=\"rita+obra@prado.example\"");
    let fields = [
        ("client_id", "one"),
        ("inbox", inbox.as_str()),
        ("to", "Rita Prado <rita@prado.example>"),
        ("subject", "Sua visita"),
        ("text", "Podemos na terça?"),
    ];
    let begun = begins(&desk.browser, &fields).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let (to, mail, _) = desk.left(1).await.remove(0);
    assert_eq!(to, ["rita@prado.example"]);
    assert_eq!((mail.subject.as_str(), mail.attachments.len()), ("Sua visita", 1));
    assert!(mail.text.starts_with("Podemos na terça?"));
    let page = desk.browser.get(begun.location()).await;
    page.assert_says("Rita Prado");
    page.assert_says("Podemos na terça?");
    page.assert_says("Com você");
    assert_eq!(begins(&desk.browser, &fields).await.location(), begun.location(), "asked twice, begun once");
    assert_eq!(desk.number("SELECT count(*) FROM conversation").await, 1);
    // Her answer lands in the same conversation.
    let id = mail.message_id.expect("an id");
    let reply = format!(
        "Message-ID: <r1@prado>\r\nIn-Reply-To: <{id}>\r\nFrom: Rita Prado <rita@prado.example>\r\n\
         To: contato@vereda.example\r\nSubject: Re: Sua visita\r\n\r\nPode ser.\r\n"
    );
    let receipt = desk.receive(reply).await;
    assert_eq!(format!("/conversations/{}", receipt.conversation), begun.location());
}

// proves: R34
#[rocket::async_test]
async fn a_known_contact_is_found_and_written_to_though_there_was_never_a_conversation() {
    let desk = Desk::start().await;
    desk.asked("m1@x").await;
    let found = desk.browser.get("/conversations/new?q=Helena").await;
    found.assert_says("Helena Duarte</span>");
    let contact = desk.number("SELECT id FROM contact").await;
    let page = desk.browser.get(&format!("/conversations/new?contact={contact}")).await;
    page.assert_says("Helena Duarte");
    page.assert_says("helena@bemviver.example");
    desk.browser.get("/conversations/new?q=ninguem").await.assert_says("Nada encontrado");
    let (_, zoe) = colleague(&desk.app, "zoe").await;
    desk.app
        .recado
        .db
        .write(|tx| Ok(tx.execute("DELETE FROM user_right WHERE name = 'contacts' AND user_id != 1", [])?))
        .await
        .expect("a right less");
    let page = zoe.get(&format!("/conversations/new?contact={contact}&q=Helena")).await;
    page.assert_silent("Helena");
}

// proves: R34 R8
#[rocket::async_test]
async fn it_begins_only_from_an_inbox_that_one_may_write_from_and_keeps_what_was_typed() {
    let desk = Desk::start().await;
    let inbox = desk.inbox.id.to_string();
    let (_, zoe) = colleague(&desk.app, "zoe").await;
    let fields = [("inbox", inbox.as_str()), ("to", "rita@prado.example"), ("text", "Oi")];
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("a door");
    assert_eq!(begins(&zoe, &fields).await.status, 404);
    zoe.get("/conversations/new").await.assert_silent("contato@vereda.example");
    let wrong = [("inbox", inbox.as_str()), ("to", "rita"), ("subject", "Visita"), ("text", "Podemos?")];
    let refused = begins(&desk.browser, &wrong).await;
    assert_eq!(refused.status, 422);
    for words in ["value=\"rita\"", "value=\"Visita\"", "Podemos?", "Escreva o endereço de quem recebe."] {
        refused.assert_says(words);
    }
    let ourselves = [("inbox", inbox.as_str()), ("to", "contato@vereda.example"), ("text", "Oi")];
    assert_eq!(begins(&desk.browser, &ourselves).await.status, 422);
    assert_eq!(desk.number("SELECT count(*) FROM conversation").await, 0, "nothing stands half");
    assert_eq!(desk.number("SELECT count(*) FROM contact").await, 0);
}

#[rocket::async_test]
async fn its_first_message_waits_as_every_answer_does() {
    let desk = Desk::start().await;
    undo::on(&desk.app.recado.db, 1).await;
    let inbox = desk.inbox.id.to_string();
    let fields = [
        ("inbox", inbox.as_str()),
        ("to", "rita@prado.example"),
        ("subject", "Sua visita"),
        ("text", "Podemos na terça?"),
    ];
    let begun = begins(&desk.browser, &fields).await;
    desk.browser.get(begun.location()).await.assert_says("Sai em instantes");
    desk.browser.get("/conversations?section=mine").await.assert_says("<span class=\"cut\">Sua visita</span>");
    assert_eq!(desk.app.outbox.letters().len(), 0);
    desk.app.clock().advance(10 * SECOND);
    desk.left(1).await;
}
