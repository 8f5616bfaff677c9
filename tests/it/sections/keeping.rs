//! How long an inbox keeps what was said in it.

use recado::auth::Role;
use recado::clock::{DAY, HOUR};
use recado::conversations::model::{MessageKind, Outcome};
use recado::inboxes::Access;
use rocket::tokio;

use super::office::{HELENA, Office, block, shown};
use crate::support::wait::{DEADLINE, until};

const COUNT: &str = "SELECT count(*) FROM message WHERE conversation_id = ?1";
const PAGE: &str = "/settings/inboxes/1/keeping";

/// Lets the first inbox keep only so much.
async fn keep(office: &Office, messages: &str, days: &str) {
    let owner = office.browser(office.ana).await;
    let fields = [("messages", messages), ("days", days), ("sure", "yes")];
    assert_eq!(owner.change("put", PAGE, &fields).await.location(), PAGE);
    office.app.idle().await;
}

// proves: R33 X2
#[tokio::test]
async fn everything_is_kept_unless_an_inbox_keeps_five_hundred_then_the_next_one_pushes_out_the_oldest() {
    let office = Office::open().await;
    let first = office.raw(HELENA, "Granito", "Primeira: Xilofone7Quartzo", "");
    let id = office.receive(office.inbox, &first).await.conversation;
    for number in 2..=499 {
        office.write(office.ana, id, MessageKind::Note, &format!("nota {number}")).await;
    }
    keep(&office, "500", "").await;
    office.reply(HELENA, "m1@x", "a de número 500").await;
    assert_eq!(office.number(COUNT, id).await, 500, "500 are kept");
    let browser = office.browser(office.ana).await;
    browser.get(&format!("/conversations/{id}")).await.assert_says("Xilofone7Quartzo");
    let (unread, waiting) = (office.number("SELECT incoming_count FROM conversation WHERE id = ?1", id).await, id);

    office.reply(HELENA, "m1@x", "a de número 501").await;
    assert_eq!(office.number(COUNT, id).await, 500);
    let page = browser.get(&format!("/conversations/{waiting}")).await;
    page.assert_silent("Xilofone7Quartzo");
    page.assert_says("nota 2");
    page.assert_says("a de número 501");
    browser.get("/conversations/list?q=Xilofone7Quartzo").await.assert_says("list-empty");
    let counted = office.number("SELECT incoming_count FROM conversation WHERE id = ?1", id).await;
    assert_eq!(counted, unread + 1, "what was received stays counted, so that what is new stays told");
    // What went does not come back, and what is new to the same conversation finds it.
    assert_eq!(office.receive(office.inbox, &first).await.outcome, Outcome::Deleted);
    assert_eq!(office.number(COUNT, id).await, 500);
    assert_eq!(office.reply(HELENA, "m2@x", "ainda a mesma").await.conversation, id);
}

#[tokio::test]
async fn a_new_limit_reaches_what_was_there_before_and_other_inboxes_keep_all() {
    let office = Office::open().await;
    let other = office.connect(office.ana, "obras", Access::All, &[]).await;
    let long = office.mail(HELENA, "Granito", "um").await.conversation;
    let kept = office.receive(other, &office.raw(HELENA, "Obra", "um", "")).await.conversation;
    let short = office.mail("Rui <rui@outro.example>", "Mármore", "um").await.conversation;
    for number in 0..60 {
        office.write(office.ana, long, MessageKind::Note, &format!("nota {number}")).await;
        office.write(office.ana, kept, MessageKind::Note, &format!("nota {number}")).await;
    }
    keep(&office, "50", "").await;
    for (conversation, left) in [(long, 50), (kept, 61), (short, 1)] {
        assert_eq!(office.number(COUNT, conversation).await, left);
    }
    keep(&office, "", "").await;
    office.write(office.ana, long, MessageKind::Note, "mais uma").await;
    assert_eq!(office.number(COUNT, long).await, 51, "without a limit all is kept");
}

#[tokio::test]
async fn what_has_not_left_yet_is_not_pushed_out() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "um").await.conversation;
    let waits = office.write(office.ana, id, MessageKind::Outgoing, "Custa cem.").await;
    office.app.letters(1).await;
    office.app.idle().await;
    office.run("UPDATE message SET delivery = 'sending' WHERE kind = 'outgoing'").await;
    keep(&office, "50", "").await;
    for number in 0..60 {
        office.write(office.ana, id, MessageKind::Note, &format!("nota {number}")).await;
    }
    assert_eq!(office.number("SELECT count(*) FROM message WHERE id = ?1", waits).await, 1);
    office.run("UPDATE message SET delivery = 'sent' WHERE kind = 'outgoing'").await;
    office.write(office.ana, id, MessageKind::Note, "a última").await;
    assert_eq!(office.number("SELECT count(*) FROM message WHERE id = ?1", waits).await, 0);
    assert_eq!(office.number(COUNT, id).await, 50);
}

#[tokio::test]
async fn closed_conversations_go_when_their_time_is_over_and_open_ones_stay() {
    let office = Office::open().await;
    let closed = office.mail(HELENA, "Granito", "Quanto?").await.conversation;
    let open = office.mail("Rui <rui@outro.example>", "Mármore", "Quanto?").await.conversation;
    let browser = office.browser(office.ana).await;
    assert_eq!(block(&browser, "post", &format!("/conversations/{closed}/closure"), &[]).await.status, 200);
    office.app.clock().advance(29 * DAY);
    let later = office.mail("Eva <eva@outro.example>", "Ardósia", "Quanto?").await.conversation;
    let browser = office.browser(office.ana).await;
    assert_eq!(block(&browser, "post", &format!("/conversations/{later}/closure"), &[]).await.status, 200);
    keep(&office, "", "30").await;
    assert_eq!(office.number(COUNT, closed).await, 1, "not yet");

    office.app.clock().advance(DAY + HOUR);
    let gone = async || office.number(COUNT, closed).await == 0;
    until("the old conversation to go", DEADLINE, gone).await;
    let browser = office.browser(office.ana).await;
    assert_eq!(shown(&browser, "closed").await, [later]);
    assert_eq!(shown(&browser, "unassigned").await, [open]);
    browser.get("/settings/activity").await.assert_says(&format!("conversa {closed}"));
    assert_eq!(browser.get(&format!("/conversations/{closed}")).await.status, 404);
}

#[tokio::test]
async fn only_who_may_delete_sets_it_knowing_what_it_means_and_the_log_says_what_it_was() {
    let office = Office::open().await;
    let bia = office.app.user("bia", Role::Admin).await;
    let admin = office.browser(bia).await;
    let fields = [("messages", "100"), ("days", ""), ("sure", "yes")];
    let refused = admin.change("put", PAGE, &fields).await;
    assert_eq!(refused.status, 403);
    refused.assert_says("Só quem conectou a caixa de entrada");
    admin.get(PAGE).await.assert_silent("class=\"btn btn-go\"");

    let owner = office.browser(office.ana).await;
    for (messages, days, sure, words) in [
        ("49", "", "yes", "de 50 a 100000"),
        ("100001", "", "yes", "de 50 a 100000"),
        ("muitas", "", "yes", "de 50 a 100000"),
        ("", "29", "yes", "de 30 a 36500"),
        ("", "-1", "yes", "de 30 a 36500"),
        ("100", "40", "no", "o que é apagado não volta"),
    ] {
        let answer = owner.change("put", PAGE, &[("messages", messages), ("days", days), ("sure", sure)]).await;
        assert_eq!(answer.status, 422, "{messages} {days} {sure}");
        answer.assert_says(words);
        answer.assert_says(&format!("value=\"{}\"", if messages.is_empty() { days } else { messages }));
    }
    assert_eq!(office.number("SELECT count(*) FROM inbox_keeping WHERE inbox_id = ?1", 1).await, 0);
    keep(&office, "100", "40").await;
    keep(&office, "200", "40").await;
    let log = owner.get("/settings/activity").await;
    log.assert_says("mudou quanto tempo a caixa contato guarda conversas");
    let page = owner.get(PAGE).await;
    page.assert_says("value=\"200\"");
    page.assert_says("value=\"40\"");
}
