//! What somebody has begun to write stands in every browser of theirs, and in nobody else's.

use super::desk::{base, box_of, colleague, typed, types};
use crate::support::desk::Desk;
use crate::support::wait::{DEADLINE, until};

async fn asked() -> (Desk, i64) {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    (desk, id)
}

const DRAFTS: &str = "SELECT count(*) FROM draft";

#[rocket::async_test]
async fn a_draft_is_there_in_every_browser_of_its_writer_until_it_is_sent() {
    let (desk, id) = asked().await;
    let path = format!("/conversations/{id}");
    let saved = types(&desk.browser, id, &[("kind", "reply"), ("text", "Bom dia, Hel"), ("client_id", "one")]).await;
    saved.assert_says("Rascunho salvo");
    let other = desk.app.browser_of(1).await;
    assert_eq!(typed(&other.get(&path).await), "Bom dia, Hel");
    other.get("/conversations/list?section=unassigned").await.assert_says("rascunho");
    let (_, diego) = colleague(&desk.app, "diego").await;
    assert_eq!(typed(&diego.get(&path).await), "");
    diego.get("/conversations/list?section=unassigned").await.assert_silent("rascunho");
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Bom dia, Helena."), ("client_id", "one")]).await;
    assert_eq!(typed(&other.get(&path).await), "");
    assert_eq!(desk.number(DRAFTS).await, 0);
    // What was still on its way when the answer left comes too late.
    types(&desk.browser, id, &[("kind", "reply"), ("text", "Bom dia, Hele"), ("client_id", "one")]).await;
    assert_eq!(desk.number(DRAFTS).await, 0);
}

#[rocket::async_test]
async fn an_answer_and_a_note_are_drafts_of_their_own() {
    let (desk, id) = asked().await;
    types(&desk.browser, id, &[("kind", "reply"), ("text", "para fora"), ("client_id", "one")]).await;
    types(&desk.browser, id, &[("kind", "note"), ("text", "para dentro"), ("client_id", "one")]).await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    assert_eq!(typed(&page), "para fora");
    page.assert_says("data-other=\"para dentro\"");
    let note = desk.browser.get(&format!("/conversations/{id}?kind=note")).await;
    assert_eq!(typed(&note), "para dentro");
    box_of(&desk.browser, id, &[("kind", "note"), ("text", "para dentro"), ("client_id", "one")]).await;
    assert_eq!(typed(&desk.browser.get(&format!("/conversations/{id}")).await), "para fora");
    types(&desk.browser, id, &[("kind", "reply"), ("text", " "), ("client_id", "two"), ("base", "1")]).await;
    assert_eq!(desk.number(DRAFTS).await, 0, "an emptied box is no draft");
}

#[rocket::async_test]
async fn of_two_pages_the_newest_wins_and_the_other_text_is_kept() {
    let (desk, id) = asked().await;
    let one = [("kind", "reply"), ("client_id", "one")];
    let two = [("kind", "reply"), ("client_id", "two")];
    let first = types(&desk.browser, id, &[&one[..], &[("text", "Da primeira"), ("base", "0")]].concat()).await;
    first.assert_silent("Em outra janela");
    let known = base(&first);
    let second = types(&desk.browser, id, &[&two[..], &[("text", "Da segunda"), ("base", "0")]].concat()).await;
    second.assert_says("Em outra janela você tinha escrito:");
    second.assert_says("Da primeira");
    let path = format!("/conversations/{id}");
    assert_eq!(typed(&desk.browser.get(&path).await), "Da segunda");
    // The first goes on without having seen that.
    let third =
        types(&desk.browser, id, &[&one[..], &[("text", "Da primeira, mais"), ("base", &known)]].concat()).await;
    third.assert_says("Da segunda");
    third.assert_silent("data-aside-text>Da primeira");
    // Taken over, it is not kept beside the text any more.
    let known = base(&third);
    let both = [&one[..], &[("text", "Da primeira, mais\n\nDa segunda"), ("base", &known)]].concat();
    types(&desk.browser, id, &both).await.assert_silent("Em outra janela");
}

#[rocket::async_test]
async fn sending_from_one_page_leaves_what_another_wrote_as_the_draft() {
    let (desk, id) = asked().await;
    types(&desk.browser, id, &[("kind", "reply"), ("text", "Da primeira"), ("client_id", "one")]).await;
    types(&desk.browser, id, &[("kind", "reply"), ("text", "Da segunda"), ("client_id", "two")]).await;
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Da segunda"), ("client_id", "two")]).await;
    let path = format!("/conversations/{id}");
    assert_eq!(typed(&desk.browser.get(&path).await), "Da primeira");
    // One who sends without having seen the newest text does not take it away.
    types(&desk.browser, id, &[("kind", "reply"), ("text", "A mais nova"), ("client_id", "three")]).await;
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Outra coisa"), ("client_id", "four")]).await;
    assert_eq!(typed(&desk.browser.get(&path).await), "A mais nova");
    let dropped = types(
        &desk.browser,
        id,
        &[("kind", "reply"), ("text", "A mais nova"), ("client_id", "three"), ("aside", "drop")],
    );
    dropped.await.assert_silent("Em outra janela");
}

#[rocket::async_test]
async fn messages_that_came_while_somebody_wrote_are_counted_above_the_box() {
    let (desk, id) = asked().await;
    let path = format!("/conversations/{id}/passed");
    desk.browser.get(&path).await.assert_silent("mensage");
    types(&desk.browser, id, &[("kind", "reply"), ("text", "Bom dia"), ("client_id", "one")]).await;
    desk.browser.get(&path).await.assert_silent("desde que");
    let second = desk.says("m2@x", "m1@x", "E o mármore?").await;
    let (_, diego) = colleague(&desk.app, "diego").await;
    box_of(&diego, id, &[("kind", "reply"), ("text", "Deixa comigo.")]).await;
    box_of(&diego, id, &[("kind", "note"), ("text", "Respondi.")]).await;
    let page = desk.browser.get(&path).await;
    page.assert_says("2 mensagens novas desde que você começou a escrever");
    page.assert_says(&format!("#message-{}\"", second.message));
    diego.get(&path).await.assert_silent("desde que");
    // What was looked at is not told again, only what came after it.
    let told = desk.number("SELECT max(id) FROM message WHERE kind != 'note'").await.to_string();
    let looked = desk.browser.post_form(&path, &[("until", &told)]).await;
    looked.assert_silent("desde que");
    box_of(&diego, id, &[("kind", "reply"), ("text", "Chega na terça.")]).await;
    desk.browser.get(&path).await.assert_says("1 mensagem nova desde que você começou a escrever");
    // Sending is still possible, and then nothing has passed any more.
    let sent = box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Bom dia."), ("client_id", "one")]).await;
    assert_eq!(sent.status, 200);
    desk.browser.get(&path).await.assert_silent("desde que");
}

#[rocket::async_test]
async fn drafts_and_what_waits_are_gone_with_their_conversation() {
    let (desk, id) = asked().await;
    types(&desk.browser, id, &[("kind", "note"), ("text", "segredo"), ("client_id", "one")]).await;
    let file = Some(("a.txt", b"conteudo".to_vec()));
    let fields = [("kind", "reply"), ("text", "amanhã"), ("leaves", "tomorrow")];
    super::desk::with_file(&desk.browser, id, &fields, file).await;
    assert_eq!(desk.number(DRAFTS).await, 2);
    assert_eq!(desk.browser.post_form(&format!("/conversations/{id}/deletion"), &[("sure", "yes")]).await.status, 303);
    assert_eq!(desk.number(DRAFTS).await, 0);
    until("its file to be gone", DEADLINE, async || desk.number("SELECT count(*) FROM blob").await == 0).await;
    desk.app.clock().advance(recado::clock::DAY);
    desk.app.idle().await;
    assert_eq!(desk.app.outbox.letters().len(), 0);
}
