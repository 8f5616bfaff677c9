//! Who else looks at a conversation, and who writes in it.

use recado::clock::SECOND;

use super::desk::{box_of, colleague, types};
use crate::support::desk::Desk;

#[rocket::async_test]
async fn others_are_named_while_they_look_and_while_they_write() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let path = format!("/conversations/{id}/presence");
    let (_, diego) = colleague(&desk.app, "diego").await;
    desk.browser.get(&path).await.assert_silent("vendo");
    diego.get(&path).await.assert_says("Ana também está vendo esta conversa");
    let own = desk.browser.get(&path).await;
    own.assert_says("Diego também está vendo esta conversa");
    own.assert_silent("Ana");
    types(&diego, id, &[("kind", "reply"), ("text", "segredo"), ("client_id", "one")]).await;
    let page = desk.browser.get(&path).await;
    page.assert_says("Diego está escrevendo aqui agora");
    page.assert_silent("segredo");
    box_of(&diego, id, &[("kind", "note"), ("text", "pronto"), ("client_id", "one")]).await;
    desk.browser.get(&path).await.assert_says("Diego também está vendo esta conversa");
    types(&diego, id, &[("kind", "reply"), ("text", "mais"), ("client_id", "two")]).await;
    desk.app.clock().advance(13 * SECOND);
    desk.browser.get(&path).await.assert_says("Diego também está vendo esta conversa");
    desk.app.clock().advance(46 * SECOND);
    desk.browser.get(&path).await.assert_silent("Diego");
    diego.get(&path).await;
    desk.browser.get(&path).await.assert_says("Diego também está vendo esta conversa");
    assert_eq!(diego.change("delete", &path, &[]).await.status, 204);
    desk.browser.get(&path).await.assert_silent("Diego");
}

#[rocket::async_test]
async fn only_who_reads_the_inbox_sees_or_is_seen() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let path = format!("/conversations/{id}/presence");
    let (_, zoe) = colleague(&desk.app, "zoe").await;
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("a door");
    assert_eq!(zoe.get(&path).await.status, 404);
    assert_eq!(types(&zoe, id, &[("kind", "note"), ("text", "oi"), ("client_id", "one")]).await.status, 404);
    desk.browser.get(&path).await.assert_silent("Zoe");
}

#[rocket::async_test]
async fn a_page_that_was_left_is_not_taken_for_open_and_another_window_stays() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let (_, diego) = colleague(&desk.app, "diego").await;
    let path = format!("/conversations/{id}/presence");
    let (one, other) = (format!("{path}?visit=one"), format!("{path}?visit=other"));
    for page in [&one, &other] {
        diego.get(page).await;
    }
    diego.change("delete", &one, &[]).await;
    desk.browser.get(&path).await.assert_says("Diego também está vendo esta conversa");
    diego.change("delete", &other, &[]).await;
    desk.browser.get(&path).await.assert_silent("Diego");
    // What the pages asked and saved before they were left is served after that.
    diego.get(&other).await;
    types(&diego, id, &[("kind", "reply"), ("text", "até"), ("client_id", "one")]).await;
    desk.browser.get(&path).await.assert_silent("Diego");
    diego.get(&format!("{path}?visit=third")).await;
    desk.browser.get(&path).await.assert_says("Diego");
}
