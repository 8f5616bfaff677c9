//! Mail of blocked senders: nowhere to be seen, and found again by whoever looks for it while it is kept.

use recado::clock::{DAY, HOUR};
use recado::conversations::jobs;
use recado::conversations::model::{Nature, Outcome};
use recado::inboxes::Access;

use super::channel::{does, reacts, says};
use crate::sections::office::Office;
use crate::support::desk::Desk;

const EVA: &str = "Eva <eva@oferta.example>";

/// Refused mail in the order of the list, newest first.
fn kept(page: &str) -> Vec<String> {
    let parts = page.split("/settings/blocked/mails/").skip(1);
    parts.filter_map(|part| Some(part.split('"').next()?.to_owned())).collect()
}

#[rocket::async_test]
async fn refused_mail_makes_no_conversation_and_no_notice_and_is_kept_whole_for_a_month() {
    let office = Office::open().await;
    let first = office.mail(EVA, "Oferta", "Compre").await;
    let ana = office.browser(office.ana).await;
    ana.post_form(&format!("/conversations/{}/blocks", first.conversation), &[("what", "domain")]).await;
    office
        .run("UPDATE inbox SET settings = json_set(settings, '$.answering.greeting', json('{\"pt-BR\":\"Oi\"}'))")
        .await;
    let told =
        "SELECT count(*) FROM event WHERE kind IN ('message.received', 'spam.received', 'conversation.created') AND ?1";
    let before = office.number(told, 1).await;
    let raw = office.raw("Outra <outra@OFERTA.example>", "Última <chance>", "Só hoje", "");
    assert_eq!(office.receive(office.inbox, &raw).await.outcome, Outcome::Blocked);
    assert_eq!(office.number(told, 1).await, before, "nobody hears of anything");
    assert_eq!(office.number("SELECT count(*) FROM conversation WHERE ?1", 1).await, 1);
    assert_eq!(office.number("SELECT count(*) FROM message WHERE way = 'automatic' AND ?1", 1).await, 0);
    let page = ana.get("/settings/blocked").await;
    page.assert_says("1 e-mail recusado em 20 de novembro de 2026, 10:00");
    page.assert_says("outra@oferta.example, para contato");
    page.assert_says("Última &#60;chance&#62;");
    let pieces = kept(&page.body);
    let original = ana.get(&format!("/settings/blocked/mails/{}", pieces[0])).await;
    assert_eq!(original.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    assert_eq!((original.status, original.bytes), (200, raw), "as it came, byte for byte");
    // The block is gone; what was refused before is kept as long all the same.
    let block = office.number("SELECT id FROM blocked_sender WHERE ?1", 1).await;
    assert_eq!(ana.change("delete", &format!("/settings/blocked/{block}"), &[]).await.status, 303);
    assert_eq!(office.mail(EVA, "Voltei", "Oi").await.outcome, Outcome::New);
    office.app.clock().advance(29 * DAY);
    office.app.recado.db.write(jobs::sweep).await.expect("swept");
    let ana = office.browser(office.ana).await;
    assert_eq!(kept(&ana.get("/settings/blocked").await.body), pieces);
    office.app.clock().advance(DAY + HOUR);
    office.app.recado.db.write(jobs::sweep).await.expect("swept");
    let ana = office.browser(office.ana).await;
    assert_eq!(ana.get(&format!("/settings/blocked/mails/{}", pieces[0])).await.status, 404);
    ana.get("/settings/blocked").await.assert_silent("outra@oferta.example");
}

#[rocket::async_test]
async fn refused_mail_is_for_readers_of_its_inbox() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let own = office.connect(diego, "so diego", Access::Owner, &[]).await;
    let first = office.mail(EVA, "Oferta", "Compre").await;
    let ana = office.browser(office.ana).await;
    ana.post_form(&format!("/conversations/{}/blocks", first.conversation), &[("what", "address")]).await;
    office.receive(own, &office.raw(EVA, "Particular", "Só para Diego", "")).await;
    let diegos = office.browser(diego).await.get("/settings/blocked").await;
    diegos.assert_says("Particular");
    let piece = kept(&diegos.body).remove(0);
    ana.get("/settings/blocked").await.assert_silent("Particular");
    assert_eq!(ana.get(&format!("/settings/blocked/mails/{piece}")).await.status, 404);
    assert_eq!(ana.get(&format!("/settings/blocked/mails/{}", first.message)).await.status, 404, "nor any other piece");
}

#[rocket::async_test]
async fn a_conversation_says_that_its_sender_is_blocked_and_lets_them_in_again() {
    let office = Office::open().await;
    let first = office.mail(EVA, "Oferta", "Compre").await;
    let ana = office.browser(office.ana).await;
    let page = format!("/conversations/{}", first.conversation);
    ana.post_form(&format!("{page}/blocks"), &[("what", "domain")]).await;
    let blocked = ana.get(&page).await;
    blocked.assert_says("Desbloquear @oferta.example");
    blocked.assert_silent("Bloquear eva@oferta.example");
    let block = office.number("SELECT id FROM blocked_sender WHERE ?1", 1).await;
    let unblock = format!("/settings/blocked/{block}?conversation={}", first.conversation);
    assert_eq!(ana.change("delete", &unblock, &[]).await.status, 303);
    let free = ana.get(&page).await;
    free.assert_says("Bloquear eva@oferta.example");
    free.assert_silent("Desbloquear");
    assert_eq!(office.mail(EVA, "Voltei", "Oi").await.outcome, Outcome::New);
}

#[rocket::async_test]
async fn a_blocked_sender_reacts_to_nothing() {
    let desk = Desk::on_a_channel().await;
    let said = desk.take(says("eva@oferta.example", "w1", "Compre")).await;
    let blocks = format!("/conversations/{}/blocks", said.conversation);
    desk.browser.post_form(&blocks, &[("what", "address")]).await;
    for nature in [reacts("w1", "👍"), Nature::Unknown { kind: "order".to_owned() }] {
        let key = format!("{nature:?}");
        assert_eq!(desk.take(does("eva@oferta.example", &key, 5, nature)).await.outcome, Outcome::Blocked);
    }
    assert_eq!(desk.number("SELECT count(*) FROM sequel").await, 0);
    assert_eq!(desk.number("SELECT refused FROM blocked_sender").await, 2);
}
