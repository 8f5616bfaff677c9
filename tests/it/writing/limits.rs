//! What a channel takes: texts up to its limit in its own unit, files up to a size, answers within a time.

use recado::clock::{DAY, HOUR, SECOND};
use recado::conversations::store::writing;
use recado::inboxes::Unit;

use super::desk::{block, box_of, chat, counted, typed, with_file, within};
use crate::support::desk::Desk;

// proves: R32 X1
#[rocket::async_test]
async fn a_thousand_characters_pass_and_one_more_is_refused_with_the_text_kept() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    desk.becomes(&chat(1000)).await;
    let fits = "ã".repeat(1000);
    assert_eq!(box_of(&desk.browser, id, &[("kind", "reply"), ("text", &fits)]).await.status, 200);
    assert_eq!(desk.written().await, 1);
    let over = "ã".repeat(1001);
    let refused = box_of(&desk.browser, id, &[("kind", "reply"), ("text", &over)]).await;
    assert_eq!(refused.status, 422);
    refused.assert_says("O texto tem 1.001 caracteres; cabem 1.000.");
    assert_eq!(typed(&refused), over);
    let page = desk.write(id, &[("kind", "reply"), ("text", &over)]).await;
    assert_eq!((page.status, typed(&page)), (422, over.clone()), "without script as well");
    assert_eq!(desk.written().await, 1, "and nothing left");
    assert_eq!(box_of(&desk.browser, id, &[("kind", "note"), ("text", &over)]).await.status, 200, "a note stays here");
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("data-limit=\"1000\"");
    page.assert_says("data-unit=\"characters\"");
}

// proves: R32 M29 X1
#[rocket::async_test]
async fn the_limit_counts_what_the_channel_counts() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    for (unit, fits, over) in [
        (Unit::Bytes, "é".repeat(500), "é".repeat(500) + "e"),
        (Unit::Utf16, "🙂".repeat(500), "🙂".repeat(500) + "e"),
        (Unit::Characters, "🙂".repeat(1000), "🙂".repeat(1000) + "e"),
    ] {
        desk.becomes(&counted(1000, unit)).await;
        let before = desk.written().await;
        assert_eq!(box_of(&desk.browser, id, &[("kind", "reply"), ("text", &fits)]).await.status, 200, "{unit:?}");
        let refused = box_of(&desk.browser, id, &[("kind", "reply"), ("text", &over)]).await;
        assert_eq!((refused.status, typed(&refused)), (422, over), "{unit:?}");
        assert_eq!(desk.written().await, before + 1, "{unit:?}");
    }
}

// proves: M29 X1
#[rocket::async_test]
async fn a_mail_may_be_long_and_a_file_is_measured_by_its_channel() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let long = "Muito a dizer. ".repeat(5_000);
    assert_eq!(box_of(&desk.browser, id, &[("kind", "reply"), ("text", &long)]).await.status, 200);
    let (_, mail, _) = desk.left(1).await.remove(0);
    assert!(mail.text.contains(long.trim()), "all of it arrives");
    desk.becomes(&chat(1000)).await;
    let fields = [("kind", "reply"), ("text", "Segue")];
    let fits = with_file(&desk.browser, id, &fields, Some(("planta.txt", vec![b'x'; 1000]))).await;
    assert_eq!(fits.status, 200);
    let refused = with_file(&desk.browser, id, &fields, Some(("planta.txt", vec![b'y'; 1001]))).await;
    assert_eq!((refused.status, typed(&refused).as_str()), (422, "Segue"));
    refused.assert_says("Um arquivo é grande demais para esta caixa.");
    assert_eq!(desk.written().await, 2);
}

/// Seven days as a channel has them that lets people answer longer.
const WEEK: i64 = 7 * DAY;

// proves: R39 R40 R50 R51 X3
#[rocket::async_test]
async fn an_answer_is_taken_up_to_the_last_moment_and_then_the_box_says_why_not() {
    for (window, words) in [(24 * HOUR, "Passaram mais de 24 horas"), (WEEK, "Passaram mais de 168 horas")] {
        let desk = Desk::start().await;
        let id = desk.asked("m1@x").await.conversation;
        desk.becomes(&within(window)).await;
        let answer = [("kind", "reply"), ("text", "Custa 100 reais.")];
        desk.app.clock().advance(window);
        // So long a time ends a session.
        let browser = desk.app.browser_of(1).await;
        let page = browser.get(&format!("/conversations/{id}")).await;
        page.assert_silent("data-blocked");
        assert_eq!(box_of(&browser, id, &answer).await.status, 200, "exactly then it passes");
        desk.app.clock().advance(SECOND);
        let page = browser.get(&format!("/conversations/{id}")).await;
        page.assert_says("id=\"strip\" data-blocked");
        page.assert_says(words);
        page.assert_says("href=\"https://chat.example/vereda\"");
        let refused = box_of(&browser, id, &answer).await;
        assert_eq!((refused.status, typed(&refused).as_str()), (422, "Custa 100 reais."), "also past the page");
        refused.assert_says("Faz tempo demais que o contato escreveu");
        assert_eq!(desk.written().await, 1);
        assert_eq!(box_of(&browser, id, &[("kind", "note"), ("text", "Ligar")]).await.status, 200);
    }
}

// proves: R41 R50
#[rocket::async_test]
async fn the_box_opens_again_when_they_write() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    desk.becomes(&within(24 * HOUR)).await;
    desk.app.clock().advance(24 * HOUR + 1);
    desk.browser.get(&format!("/conversations/{id}/strip")).await.assert_says("data-blocked");
    assert_eq!(desk.says("m2@x", "m1@x", "Alguém?").await.conversation, id);
    desk.browser.get(&format!("/conversations/{id}/strip")).await.assert_silent("data-blocked");
    assert_eq!(box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Aqui.")]).await.status, 200);
}

// proves: R50 M30
#[rocket::async_test]
async fn what_failed_is_not_sent_again_past_the_window() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Custa 100 reais.")]).await;
    desk.left(1).await;
    desk.app.idle().await;
    desk.app
        .recado
        .db
        .write(|tx| Ok(tx.execute("UPDATE message SET delivery = 'failed' WHERE kind = 'outgoing'", [])?))
        .await
        .expect("a failure");
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Não foi entregue.");
    page.assert_says("Tentar de novo");
    desk.becomes(&within(24 * HOUR)).await;
    desk.app.clock().advance(25 * HOUR);
    let message = desk.number("SELECT id FROM message WHERE kind = 'outgoing'").await;
    let refused = block(&desk.browser, "post", &format!("/messages/{message}/attempts"), &[]).await;
    assert_eq!(refused.status, 409);
    refused.assert_says("Faz tempo demais");
    desk.becomes(&chat(1000)).await;
    let by = super::undo::viewer(&desk, 1).await;
    desk.app.recado.db.write(move |tx| writing::retry(tx, &by, message)).await.expect("it goes again");
    assert_eq!(desk.left(2).await.len(), 2, "and arrives");
}
