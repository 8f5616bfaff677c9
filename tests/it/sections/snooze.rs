//! Putting off: until a time or an answer.

use recado::clock::{HOUR, MINUTE};
use recado::conversations::model::MessageKind;
use rocket::tokio;

use super::office::{BRUNO, HELENA, Office, block, row, shown};
use crate::support::wait::{DEADLINE, until};

async fn sections(office: &Office, user: i64, id: i64) -> Vec<&'static str> {
    let browser = office.browser(user).await;
    let mut standing = Vec::new();
    for section in ["unassigned", "mine", "others", "closed", "snoozed"] {
        if shown(&browser, section).await.contains(&id) {
            standing.push(section);
        }
    }
    standing
}

// proves: X22
#[tokio::test]
async fn it_leaves_its_section_and_comes_back_on_top_of_it_at_its_time() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(diego).await;
    browser.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", &diego.to_string())]).await;
    let answer = block(&browser, "post", &format!("/conversations/{id}/snooze"), &[("until", "tomorrow")]).await;
    assert_eq!(answer.status, 200);
    answer.assert_says("A conversa volta amanhã, 09:00.");
    answer.assert_says("Desfazer");
    assert_eq!(sections(&office, diego, id).await, ["snoozed"]);
    assert_eq!(sections(&office, office.ana, id).await, ["snoozed"]);
    let other = office.browser(office.ana).await.get(&format!("/conversations/{id}")).await;
    other.assert_says("Esta conversa está com Diego.");
    let page = browser.get("/conversations?section=snoozed").await;
    assert!(row(&page, id).contains("Volta amanhã, 09:00"));
    page.assert_says("<b>1</b>");
    let other = office.mail(BRUNO, "Mármore", "Oi").await.conversation;
    browser.post_form(&format!("/conversations/{other}/assignment"), &[("assignee", &diego.to_string())]).await;
    office.app.clock().advance(22 * HOUR + 59 * MINUTE);
    office.app.recado.db.write(|_| Ok(())).await.expect("a moment later");
    assert_eq!(sections(&office, diego, id).await, ["snoozed"], "a minute before its time");
    office.app.clock().advance(MINUTE);
    until("it to be back", DEADLINE, async || sections(&office, diego, id).await == ["mine"]).await;
    assert_eq!(shown(&browser, "mine").await, [id, other], "on top");
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Diego deixou para depois, até");
    page.assert_says("Voltou na hora marcada");
    assert_eq!(office.number("SELECT count(*) FROM job WHERE kind = 'wake' AND id != ?1", 0).await, 0);
}

#[tokio::test]
async fn on_a_sunday_the_same_morning_is_offered_once() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let mut without_monday = 0;
    for _ in 0..7 {
        let page = browser.get(&format!("/conversations/{id}/snooze")).await;
        page.assert_says("Amanhã cedo");
        let talk = browser.get(&format!("/conversations/{id}")).await;
        let is_offered = page.body.contains("Segunda cedo");
        assert_eq!(talk.body.contains("name=\"leaves\" value=\"monday\""), is_offered);
        without_monday += u32::from(!is_offered);
        office.app.clock().advance(24 * HOUR);
    }
    assert_eq!(without_monday, 1);
}

// proves: X22
#[tokio::test]
async fn an_answer_brings_it_back_and_automatic_mail_does_not() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    browser.post_form(&format!("/conversations/{id}/snooze"), &[("until", "answer")]).await;
    assert_eq!(sections(&office, office.ana, id).await, ["snoozed"]);
    let list = browser.get("/conversations?section=snoozed").await;
    assert!(row(&list, id).contains("Até responderem"));
    let away =
        office.raw(HELENA, "Ausente", "Volto segunda", "In-Reply-To: <m1@x>\r\nAuto-Submitted: auto-replied\r\n");
    assert_eq!(office.receive(office.inbox, &away).await.conversation, id);
    assert_eq!(sections(&office, office.ana, id).await, ["snoozed"]);
    office.write(office.ana, id, MessageKind::Note, "Esperando a planta").await;
    assert_eq!(sections(&office, office.ana, id).await, ["snoozed"], "what we write does not bring it back");
    office.reply(HELENA, "m1@x", "Fechado").await;
    assert_eq!(sections(&office, office.ana, id).await, ["unassigned"]);
    browser.get(&format!("/conversations/{id}")).await.assert_says("Voltou porque o contato escreveu");
}

#[tokio::test]
async fn it_is_fetched_back_put_off_anew_or_closed_and_an_old_time_wakes_nothing() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/snooze");
    browser.post_form(&path, &[("until", "later")]).await;
    browser.post_form(&path, &[("until", "monday")]).await;
    assert_eq!(office.number("SELECT count(*) FROM job WHERE kind = 'wake' AND id != ?1", 0).await, 1);
    office.app.clock().advance(4 * HOUR);
    office.mail(BRUNO, "Mármore", "Oi").await;
    assert_eq!(sections(&office, office.ana, id).await, ["snoozed"], "the first time was replaced");
    let back = block(&browser, "delete", &path, &[]).await;
    back.assert_says("A conversa está de volta.");
    assert_eq!(sections(&office, office.ana, id).await, ["unassigned"]);
    assert_eq!(block(&browser, "delete", &path, &[]).await.status, 409);
    browser.post_form(&path, &[("until", "tomorrow")]).await;
    browser.post_form(&format!("/conversations/{id}/closure"), &[]).await;
    assert_eq!(sections(&office, office.ana, id).await, ["closed"]);
    assert_eq!(office.number("SELECT count(*) FROM job WHERE kind = 'wake' AND id != ?1", 0).await, 0);
    let closed = block(&browser, "post", &path, &[("until", "tomorrow")]).await;
    assert_eq!(closed.status, 409);
    closed.assert_says("Reabra antes de deixar para depois.");
}

#[tokio::test]
async fn a_time_of_ones_own_is_read_in_ones_zone_and_a_wrong_one_is_said() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/snooze");
    for (typed, said) in [
        ("2026-11-20T09:59", "Esta hora já passou."),
        ("quando der", "Escreva dia e hora."),
        ("2099-01-01T09:00", "Este dia está longe demais."),
    ] {
        for wrong in [
            browser.post_form(&path, &[("until", "at"), ("at", typed)]).await,
            block(&browser, "post", &path, &[("until", "at"), ("at", typed)]).await,
        ] {
            assert_eq!(wrong.status, 422);
            wrong.assert_says(said);
            wrong.assert_says(&format!("value=\"{typed}\""));
        }
    }
    assert_eq!(sections(&office, office.ana, id).await, ["unassigned"]);
    browser.post_form(&path, &[("until", "at"), ("at", "2026-11-20T16:30")]).await;
    let at = office.number("SELECT until_at FROM snooze WHERE conversation_id = ?1", id).await;
    assert_eq!(at, crate::support::app::START + 6 * HOUR + 30 * MINUTE);
    let page = browser.get(&path).await;
    for offer in ["Mais tarde hoje", "hoje, 13:00", "amanhã, 09:00", "segunda, 09:00", "Até responderem"] {
        page.assert_says(offer);
    }
}

#[tokio::test]
async fn what_is_put_off_is_counted_apart_and_waits_for_nobody() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    browser.get("/signals").await.assert_says("data-alert=\"yes\"");
    browser.get("/conversations/sections").await.assert_silent("section-snoozed");
    browser.post_form(&format!("/conversations/{id}/snooze"), &[("until", "tomorrow")]).await;
    browser.get("/signals").await.assert_says("data-alert=\"no\"");
    browser.get("/conversations/sections").await.assert_says("id=\"section-snoozed\"");
    let sums =
        "SELECT sum(open) * 100 + sum(snoozed) * 10 + sum(unanswered) FROM conversation_counter WHERE inbox_id = ?1";
    assert_eq!(office.number(sums, office.inbox).await, 10);
    browser.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", "1")]).await;
    assert_eq!(office.number(sums, office.inbox).await, 10);
    browser.change("delete", &format!("/conversations/{id}/snooze"), &[]).await;
    assert_eq!(office.number(sums, office.inbox).await, 101);
}
