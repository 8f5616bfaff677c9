//! Answers that wait ten seconds, so that they can be taken back.

use recado::auth::{Viewer, sessions};
use recado::clock::{DAY, SECOND};
use recado::conversations::store::waiting;
use recado::error::Error;
use rocket::futures::future::join;
use rocket::tokio;

use super::desk::{block, box_of, colleague, typed, with_file};
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::undo;
use crate::support::wait::{DEADLINE, until};

/// Somebody, signed in.
pub async fn viewer(desk: &Desk, user: i64) -> Viewer {
    let find = desk.app.recado.db.write(move |tx| {
        let secret = sessions::open(tx, user, "test", "127.0.0.1")?;
        Ok(sessions::find(tx, &secret, tx.now(), DAY)?.map(|(viewer, _)| viewer))
    });
    find.await.expect("a database").expect("a viewer")
}

/// A desk at which answers wait, a question of Helena, and an answer to it that waits.
async fn answered(fields: &[(&'static str, &str)]) -> (Desk, i64) {
    let desk = Desk::start().await;
    undo::on(&desk.app.recado.db, 1).await;
    let id = desk.asked("m1@x").await.conversation;
    let sent = box_of(&desk.browser, id, fields).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    (desk, id)
}

const ANSWER: [(&str, &str); 2] = [("kind", "reply"), ("text", "Custa 100 reais.")];

async fn take_back(desk: &Desk, id: i64) -> crate::support::browser::Answer {
    let answer = desk.waits().await;
    block(&desk.browser, "delete", &format!("/conversations/{id}/waiting"), &[("answer", &answer)]).await
}

#[rocket::async_test]
async fn an_answer_leaves_after_ten_seconds_and_not_before() {
    let (desk, id) = answered(&ANSWER).await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Sai em instantes");
    page.assert_says("data-key=\"z\" title=\"Desfazer (z)\"");
    let (_, diego) = colleague(&desk.app, "diego").await;
    diego.get(&format!("/conversations/{id}")).await.assert_says("Sai em instantes, por Ana");
    assert_eq!((desk.written().await, desk.waiting().await), (0, 1));
    desk.app.clock().advance(10 * SECOND - 1);
    assert_eq!(desk.app.outbox.letters().len(), 0);
    assert_eq!(desk.waiting().await, 1, "a moment before it can still be taken back");
    desk.app.clock().advance(1);
    let (to, mail, _) = desk.left(1).await.remove(0);
    assert_eq!(to, ["helena@bemviver.example"]);
    assert!(mail.text.starts_with("Custa 100 reais."), "{}", mail.text);
    assert_eq!((desk.written().await, desk.waiting().await), (1, 0));
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_silent("Sai em instantes");
    page.assert_says("Custa 100 reais.");
}

#[rocket::async_test]
async fn while_it_can_be_undone_the_list_shows_it_as_being_answered() {
    let (desk, id) = answered(&ANSWER).await;
    let (_, camila) = colleague(&desk.app, "camila").await;
    let list = async |browser: &Browser| {
        block(browser, "post", &format!("/conversations/{id}/read"), &[("message", "999")]).await;
        browser.get("/conversations/list?section=unassigned").await
    };
    for browser in [&desk.browser, &camila] {
        let page = list(browser).await;
        page.assert_says("data-state=\"answered\"");
        page.assert_says("sendo respondida:");
        page.assert_silent("lida, sem resposta");
    }
    assert_eq!(take_back(&desk, id).await.status, 200);
    for browser in [&desk.browser, &camila] {
        let page = list(browser).await;
        page.assert_says("data-state=\"waiting\"");
        page.assert_says("lida, sem resposta");
        page.assert_silent("sendo respondida:");
    }
    box_of(&desk.browser, id, &ANSWER).await;
    desk.app.clock().advance(10 * SECOND);
    desk.left(1).await;
    list(&desk.browser).await.assert_silent("sendo respondida:");
}

#[rocket::async_test]
async fn undone_it_gives_text_files_and_people_back_to_the_box_and_never_leaves() {
    let desk = Desk::start().await;
    undo::on(&desk.app.recado.db, 1).await;
    let id = desk.asked("m1@x").await.conversation;
    let fields = [
        ("kind", "reply"),
        ("text", "Segue a planta."),
        ("addressed", "1"),
        ("scope", "all"),
        ("to", "helena@bemviver.example"),
        ("bcc", "arquivo@vereda.org"),
    ];
    let sent = with_file(&desk.browser, id, &fields, Some(("planta.txt", b"medidas".to_vec()))).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    let undone = take_back(&desk, id).await;
    assert_eq!(undone.status, 200, "{}", undone.body);
    undone.assert_says("Nada foi enviado: o texto voltou para onde você escreve.");
    // Also after the page is opened again, and in another browser of the same person.
    for page in [undone, desk.app.browser_of(1).await.get(&format!("/conversations/{id}")).await] {
        assert_eq!(typed(&page), "Segue a planta.");
        page.assert_says("planta.txt");
        page.assert_says("value=\"arquivo@vereda.org\"");
        page.assert_silent("Sai em instantes");
    }
    desk.app.clock().advance(DAY);
    desk.app.idle().await;
    assert_eq!((desk.app.outbox.letters().len(), desk.written().await), (0, 0));

    let key = desk.text("SELECT key FROM draft_file").await;
    let again = [&fields[..], &[("kept", key.as_str())]].concat();
    assert_eq!(box_of(&desk.browser, id, &again).await.status, 200);
    desk.app.clock().advance(10 * SECOND);
    let (mut to, mail, _) = desk.left(1).await.remove(0);
    to.sort();
    assert_eq!(to, ["arquivo@vereda.org", "helena@bemviver.example"]);
    assert_eq!(mail.attachments.len(), 1, "the file left with it");
    desk.app.idle().await;
    assert_eq!(desk.number("SELECT count(*) FROM draft").await, 0, "no draft is left of it");
}

#[rocket::async_test]
async fn what_was_begun_meanwhile_is_not_lost_when_an_answer_comes_back() {
    let (desk, id) = answered(&ANSWER).await;
    super::desk::types(&desk.browser, id, &[("kind", "reply"), ("text", "E mais uma coisa"), ("client_id", "two")])
        .await;
    let undone = take_back(&desk, id).await;
    assert_eq!(typed(&undone), "Custa 100 reais.");
    undone.assert_says("Em outra janela você tinha escrito:");
    undone.assert_says("E mais uma coisa");
}

#[rocket::async_test]
async fn only_its_writer_takes_it_back_and_who_comes_too_late_is_told() {
    let (desk, id) = answered(&ANSWER).await;
    let (_, diego) = colleague(&desk.app, "diego").await;
    let answer = desk.waits().await;
    let path = format!("/conversations/{id}/waiting");
    let page = diego.get(&format!("/conversations/{id}")).await;
    page.assert_says("Sai em instantes");
    page.assert_silent("data-key=\"z\" title");
    assert_eq!(block(&diego, "delete", &path, &[("answer", &answer)]).await.status, 409);
    assert_eq!(desk.waiting().await, 1);
    desk.app.clock().advance(10 * SECOND);
    desk.left(1).await;
    let late = block(&desk.browser, "delete", &path, &[("answer", &answer)]).await;
    assert_eq!(late.status, 409);
    late.assert_says("Esta resposta já saiu, ou alguém a desfez.");
    assert_eq!(desk.written().await, 1);
}

#[rocket::async_test]
async fn it_is_never_both_taken_back_and_sent() {
    let desk = Desk::start().await;
    undo::on(&desk.app.recado.db, 1).await;
    let id = desk.asked("m1@x").await.conversation;
    let by = viewer(&desk, 1).await;
    let (mut back, mut gone) = (0, 0);
    for round in 0..20 {
        box_of(&desk.browser, id, &[("kind", "reply"), ("text", &format!("Resposta {round}"))]).await;
        let answer: i64 = desk.waits().await.parse().expect("a number");
        let (by, db) = (by.clone(), desk.app.recado.db.clone());
        // The clock and the hand at once: who is first in the line of writes wins.
        let turn = async {
            if round % 2 == 0 {
                tokio::task::yield_now().await;
            }
            desk.app.clock().advance(10 * SECOND);
        };
        let (undone, ()) = join(db.write(move |tx| waiting::take_back(tx, &by, id, answer)), turn).await;
        match undone {
            Ok(_) => back += 1,
            Err(Error::Conflict("conflict-waiting-gone")) => gone += 1,
            other => panic!("{other:?}"),
        }
        desk.app.idle().await;
        assert_eq!(desk.waiting().await, 0);
        assert_eq!(desk.written().await, gone, "round {round}");
        desk.app.recado.db.write(|tx| Ok(tx.execute("DELETE FROM draft", [])?)).await.expect("an empty box");
    }
    assert_eq!(back + gone, 20);
    assert_eq!(desk.app.outbox.letters().len(), usize::try_from(gone).unwrap_or_default());
}

#[rocket::async_test]
async fn a_page_that_asks_twice_sends_once_and_closing_right_after_stays_closed() {
    let (desk, id) = answered(&[("kind", "reply"), ("text", "Custa 100 reais."), ("client_id", "one")]).await;
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Custa 100 reais."), ("client_id", "one")]).await;
    assert_eq!(desk.waiting().await, 1);
    desk.app.clock().advance(SECOND);
    block(&desk.browser, "post", &format!("/conversations/{id}/closure"), &[]).await;
    desk.app.clock().advance(9 * SECOND);
    desk.left(1).await;
    desk.app.idle().await;
    assert_eq!(desk.text("SELECT state FROM conversation").await, "closed", "the answer was written before");
    assert_eq!(desk.number("SELECT unanswered FROM conversation").await, 0);
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Custa 100 reais."), ("client_id", "one")]).await;
    assert_eq!((desk.waiting().await, desk.written().await), (0, 1));
    // A later answer opens it again, as always.
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "E 10 de frete.")]).await;
    desk.app.clock().advance(10 * SECOND);
    until("it to be open", DEADLINE, async || desk.text("SELECT state FROM conversation").await == "open").await;
}

#[rocket::async_test]
async fn everybody_chooses_for_themselves_and_notes_never_wait() {
    let (desk, id) = answered(&[("kind", "note"), ("text", "Só entre nós")]).await;
    assert_eq!((desk.waiting().await, desk.number("SELECT count(*) FROM message WHERE kind = 'note'").await), (0, 1));
    let page = desk.browser.get("/account/signature").await;
    page.assert_says("As respostas esperam 10 segundos antes de sair");
    page.assert_says("name=\"undo\" value=\"1\" checked");
    assert_eq!(desk.browser.change("put", "/account/undo", &[]).await.status, 303);
    desk.browser.get("/account/signature").await.assert_silent("name=\"undo\" value=\"1\" checked");
    box_of(&desk.browser, id, &ANSWER).await;
    assert_eq!((desk.waiting().await, desk.written().await), (0, 1), "off: it leaves at once");
    assert_eq!(desk.browser.change("put", "/account/undo", &[("undo", "1")]).await.status, 303);
    box_of(&desk.browser, id, &ANSWER).await;
    assert_eq!(desk.waiting().await, 1);
}
