//! Answers that leave at a time somebody chose.

use recado::clock::{DAY, HOUR, MINUTE};

use super::desk::{block, box_of, chat, colleague, typed, within};
use crate::support::desk::Desk;
use crate::support::undo;
use crate::support::wait::{DEADLINE, until};

/// A question of Helena and an answer that leaves tomorrow at nine. It is Friday, ten in the morning.
async fn scheduled() -> (Desk, i64) {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let fields = [("kind", "reply"), ("text", "Bom dia, custa 100 reais."), ("leaves", "tomorrow")];
    assert_eq!(box_of(&desk.browser, id, &fields).await.status, 200);
    (desk, id)
}

#[rocket::async_test]
async fn it_stands_in_the_conversation_with_its_time_and_leaves_then() {
    let (desk, id) = scheduled().await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Sai amanhã, 09:00");
    page.assert_says("Enviar agora");
    let (_, diego) = colleague(&desk.app, "diego").await;
    diego.get(&format!("/conversations/{id}")).await.assert_says("Sai amanhã, 09:00, por Ana");
    assert_eq!(desk.number("SELECT unanswered FROM conversation").await, 1, "nobody has answered yet");
    // What is sent now does not wait for it.
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Já vejo.")]).await;
    assert_eq!(desk.left(1).await.len(), 1);
    desk.app.clock().advance(23 * HOUR - 1);
    assert_eq!((desk.app.outbox.letters().len(), desk.waiting().await), (1, 1));
    desk.app.clock().advance(1);
    let (_, mail, _) = desk.left(2).await.remove(1);
    assert!(mail.text.starts_with("Bom dia, custa 100 reais."));
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    let (first, second) = (page.body.rfind("Já vejo."), page.body.rfind("Bom dia, custa"));
    assert!(first < second && first.is_some(), "it stands where it left");
}

#[rocket::async_test]
async fn a_time_of_ones_own_is_taken_and_one_that_does_not_do_keeps_the_text() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let late = [("kind", "reply"), ("text", "Até já"), ("leaves", "at"), ("at", "2026-11-20T09:00")];
    let refused = box_of(&desk.browser, id, &late).await;
    assert_eq!((refused.status, typed(&refused).as_str()), (422, "Até já"));
    refused.assert_says("Esta hora já passou.");
    assert_eq!(desk.waiting().await, 0);
    let fine = [("kind", "reply"), ("text", "Até já"), ("leaves", "at"), ("at", "2026-11-20T10:30")];
    assert_eq!(box_of(&desk.browser, id, &fine).await.status, 200);
    desk.browser.get(&format!("/conversations/{id}")).await.assert_says("Sai hoje, 10:30");
    desk.app.clock().advance(30 * MINUTE);
    desk.left(1).await;
}

#[rocket::async_test]
async fn it_is_changed_canceled_or_sent_now_by_whoever_reads_the_conversation() {
    let (desk, id) = scheduled().await;
    let (_, diego) = colleague(&desk.app, "diego").await;
    let (path, answer) = (format!("/conversations/{id}/waiting"), desk.waits().await);
    let changed = block(&diego, "delete", &path, &[("answer", &answer)]).await;
    assert_eq!(typed(&changed), "Bom dia, custa 100 reais.", "in the box of who changes it");
    assert_eq!(desk.waiting().await, 0);
    let again = [("kind", "reply"), ("text", "Bom dia, custa 90 reais."), ("leaves", "monday")];
    assert_eq!(box_of(&diego, id, &again).await.status, 200);
    let (path, answer) = (format!("/conversations/{id}/departure"), desk.waits().await);
    assert_eq!(block(&desk.browser, "delete", &path, &[("answer", &answer)]).await.status, 200);
    desk.app.clock().advance(3 * DAY);
    desk.app.idle().await;
    assert_eq!((desk.app.outbox.letters().len(), desk.waiting().await), (0, 0), "canceled");
    let page = diego.get(&format!("/conversations/{id}")).await;
    assert_eq!(typed(&page), "Bom dia, custa 90 reais.", "and kept as a draft of who wrote it");
    assert_eq!(box_of(&diego, id, &again).await.status, 200);
    let answer = desk.waits().await;
    assert_eq!(block(&desk.browser, "post", &path, &[("answer", &answer)]).await.status, 200);
    let (_, mail, _) = desk.left(1).await.remove(0);
    assert!(mail.text.starts_with("Bom dia, custa 90 reais."));
    assert_eq!(desk.text("SELECT sender_name FROM message WHERE kind = 'outgoing'").await, "Diego");
    desk.app.clock().advance(7 * DAY);
    desk.app.idle().await;
    assert_eq!(desk.written().await, 1, "once");
}

#[rocket::async_test]
async fn when_they_write_meanwhile_it_is_kept_and_marked() {
    let (desk, id) = scheduled().await;
    desk.says("m2@x", "m1@x", "Esqueça, já comprei.").await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Escreveram depois disto. Veja se ainda serve.");
    page.assert_says("Sai amanhã, 09:00");
    assert_eq!(desk.waiting().await, 1);
}

#[rocket::async_test]
async fn closing_cancels_nothing_and_is_not_undone_by_it() {
    let (desk, id) = scheduled().await;
    desk.app.clock().advance(MINUTE);
    block(&desk.browser, "post", &format!("/conversations/{id}/closure"), &[]).await;
    desk.browser.get(&format!("/conversations/{id}")).await.assert_says("Sai amanhã, 09:00");
    desk.app.clock().advance(DAY);
    desk.left(1).await;
    desk.app.idle().await;
    assert_eq!(desk.text("SELECT state FROM conversation").await, "closed");
}

#[rocket::async_test]
async fn what_cannot_leave_at_its_time_says_why_and_can_be_sent_later() {
    let (desk, id) = scheduled().await;
    desk.becomes(&within(2 * HOUR)).await;
    desk.app.clock().advance(DAY);
    desk.app.idle().await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Não saiu.");
    page.assert_says("Faz tempo demais que o contato escreveu");
    assert_eq!((desk.app.outbox.letters().len(), desk.waiting().await), (0, 1));
    let (path, answer) = (format!("/conversations/{id}/departure"), desk.waits().await);
    let still = block(&desk.browser, "post", &path, &[("answer", &answer)]).await;
    assert_eq!(still.status, 409);
    still.assert_says("Faz tempo demais que o contato escreveu");
    assert_eq!(desk.waiting().await, 1, "nothing is lost");
    desk.becomes(&chat(1000)).await;
    assert_eq!(block(&desk.browser, "post", &path, &[("answer", &answer)]).await.status, 200);
    desk.left(1).await;
}

#[rocket::async_test]
async fn an_answer_of_who_lost_their_access_waits_for_a_colleague() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let (diego, browser) = colleague(&desk.app, "diego").await;
    box_of(&browser, id, &[("kind", "reply"), ("text", "Até amanhã"), ("leaves", "tomorrow")]).await;
    let owner = super::undo::viewer(&desk, 1).await;
    let disable = desk.app.recado.db.write(move |tx| recado::accounts::disable(tx, &owner, diego));
    disable.await.expect("the owner may");
    desk.app.clock().advance(DAY);
    until("the reason to show", DEADLINE, async || !desk.text("SELECT problem FROM draft").await.is_empty()).await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Quem escreveu não tem mais acesso.");
    assert_eq!(desk.written().await, 0);
    let (path, answer) = (format!("/conversations/{id}/departure"), desk.waits().await);
    assert_eq!(block(&desk.browser, "post", &path, &[("answer", &answer)]).await.status, 200);
    assert!(desk.left(1).await[0].1.text.starts_with("Até amanhã"));
    assert_eq!(desk.text("SELECT sender_name FROM message WHERE kind = 'outgoing'").await, "Ana");
}

#[rocket::async_test]
async fn who_does_not_read_the_inbox_sees_and_touches_nothing_that_waits() {
    let (desk, id) = scheduled().await;
    let (_, zoe) = colleague(&desk.app, "zoe").await;
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("a door");
    undo::on(&desk.app.recado.db, 1).await;
    let answer = desk.waits().await;
    for (method, path) in [("delete", "waiting"), ("delete", "departure"), ("post", "departure")] {
        let path = format!("/conversations/{id}/{path}");
        assert_eq!(block(&zoe, method, &path, &[("answer", &answer)]).await.status, 404, "{method} {path}");
    }
    for path in ["passed", "presence", "composer"] {
        assert_eq!(zoe.get(&format!("/conversations/{id}/{path}")).await.status, 404, "{path}");
    }
    assert_eq!(desk.waiting().await, 1);
}
