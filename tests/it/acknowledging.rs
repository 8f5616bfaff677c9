//! Answers that leave by themselves: never to machines, never twice, and never in a circle.

use recado::channels::email::Mail;
use recado::clock::{DAY, HOUR};

use crate::support::desk::{CONTATO, Desk};

const TEXT: &str = r#"{"pt-BR": "Recebemos sua mensagem."}"#;

/// A desk whose inbox answers by itself.
async fn desk() -> Desk {
    let desk = Desk::start().await;
    desk.set(desk.inbox.id, "$.answering.greeting", TEXT).await;
    desk
}

fn mail(id: &str, from: &str, more: &str) -> String {
    format!("Message-ID: <{id}>\r\nFrom: {from}\r\nTo: {CONTATO}\r\nSubject: Oi\r\n{more}\r\nOi\r\n")
}

/// Answers that were made so far.
async fn made(desk: &Desk) -> i64 {
    desk.number("SELECT count(*) FROM message WHERE way = 'automatic'").await
}

// proves: X31
#[rocket::async_test]
async fn a_new_conversation_is_acknowledged_once_a_day_with_the_marks_of_a_machine() {
    let desk = desk().await;
    let first = desk.receive(mail("a1@x", "Ana <ana@x.example>", "")).await;
    let (envelope, sent, raw) = desk.left(1).await.remove(0);
    assert_eq!(envelope, ["ana@x.example"]);
    assert_eq!(sent.subject, "Re: Oi");
    assert_eq!(sent.in_reply_to, ["a1@x"]);
    for mark in ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk"] {
        assert!(raw.contains(mark), "{mark}");
    }
    assert!(sent.automatic.is_some(), "another product of ours knows it for a machine's");
    let page = desk.browser.get(&format!("/conversations/{}", first.conversation)).await;
    page.assert_says("Resposta automática");
    assert_eq!(desk.number("SELECT unanswered FROM conversation").await, 1, "a person still has to answer");
    desk.receive(mail("a2@x", "ANA@x.example", "")).await;
    desk.receive(mail("a3@x", "outra@x.example", "Reply-To: ana@x.example\r\n")).await;
    assert_eq!(made(&desk).await, 1, "once a day, also by a detour");
    desk.app.clock().advance(DAY + HOUR);
    desk.receive(mail("a4@x", "ana@x.example", "")).await;
    assert_eq!(made(&desk).await, 2);
}

// proves: X23
#[rocket::async_test]
async fn machines_lists_reports_spam_and_ourselves_get_no_answer() {
    let desk = desk().await;
    let other = desk.inbox("Outra", "outra@vereda.example").await;
    desk.set(other.id, "$.answering.greeting", TEXT).await;
    for (number, (from, more)) in [
        ("a@x.example", "Auto-Submitted: auto-replied\r\n"),
        ("b@x.example", "Precedence: bulk\r\n"),
        ("c@x.example", "List-Id: <l.x>\r\n"),
        ("d@x.example", "X-Auto-Response-Suppress: All\r\n"),
        ("e@x.example", "Return-Path: <>\r\n"),
        ("f@x.example", "X-Spam-Flag: YES\r\n"),
        ("g@x.example", "X-Loop: yes\r\n"),
        ("h@x.example", "X-Recado-Loop: contato@vereda.example\r\n"),
        ("MAILER-DAEMON@x.example", ""),
        ("noreply@x.example", ""),
        ("i@x.example", "Reply-To: no-reply@x.example\r\n"),
        ("outra@vereda.example", ""),
        ("j@x.example", "Reply-To: outra+r5@vereda.example\r\n"),
        ("", ""),
    ]
    .into_iter()
    .enumerate()
    {
        desk.receive(mail(&format!("n{number}@x"), from, more)).await;
        assert_eq!(made(&desk).await, 0, "{from} {more}");
    }
    // A mail to two of our inboxes is answered by both, and neither answers the other.
    let both = mail("both@x", "ana@x.example", "Cc: outra@vereda.example\r\n");
    desk.receive(&both).await;
    desk.receive_in(&other, &both).await;
    for (envelope, _, raw) in desk.left(2).await {
        assert_eq!(envelope, ["ana@x.example"]);
        desk.receive(&raw).await;
        desk.receive_in(&other, &raw).await;
    }
    assert_eq!(made(&desk).await, 2);
    // An answer in a conversation is no new conversation.
    desk.receive(mail("re@x", "ana@x.example", "In-Reply-To: <both@x>\r\n")).await;
    assert_eq!(made(&desk).await, 2);
}

/// What a machine without manners answers: no mark of a machine, no reference, always another id.
fn rude(sent: &Mail, number: usize) -> String {
    mail(&format!("rude{number}@robo.example"), "robo@robo.example", &format!("X-Was: {}\r\n", sent.subject))
}

#[rocket::async_test]
async fn two_machines_facing_each_other_end() {
    let desk = desk().await;
    desk.receive(mail("r0@x", "robo@robo.example", "")).await;
    for number in 1..50 {
        let sent = desk.left(1).await.remove(0).1;
        desk.receive(rude(&sent, number)).await;
        desk.app.clock().advance(recado::clock::MINUTE);
    }
    assert_eq!(made(&desk).await, 1, "fifty mails of a machine that knows no marks get one answer");
}

#[rocket::async_test]
async fn over_a_hundred_an_hour_all_stop_and_the_owner_is_told_once() {
    let desk = desk().await;
    for number in 0..105 {
        desk.receive(mail(&format!("f{number}@x"), &format!("p{number}@x.example"), "")).await;
    }
    assert_eq!(made(&desk).await, 100);
    desk.app.idle().await;
    let told: Vec<_> = desk.left(101).await.into_iter().filter(|(to, ..)| *to == ["ana@vereda.example"]).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].1.text.contains("Mais de 100 respostas automáticas"), "{}", told[0].1.text);
    desk.app.clock().advance(2 * HOUR);
    desk.receive(mail("later@x", "later@x.example", "")).await;
    assert_eq!(made(&desk).await, 100, "for a day");
    desk.app.clock().advance(DAY);
    desk.receive(mail("next@x", "next@x.example", "")).await;
    assert_eq!(made(&desk).await, 101);
    assert_eq!(desk.number("SELECT count(*) FROM activity WHERE kind = 'answers.stopped'").await, 1);
}

// proves: X23
#[rocket::async_test]
async fn after_so_many_days_a_mail_begins_a_new_conversation_that_is_linked() {
    let desk = Desk::start().await;
    desk.set(desk.inbox.id, "$.answering.new_after_days", "7").await;
    let first = desk.receive(mail("d1@x", "ana@x.example", "")).await;
    let close = async || {
        assert_eq!(
            desk.browser.post_form(&format!("/conversations/{}/closure", first.conversation), &[]).await.status,
            303
        );
    };
    close().await;
    desk.app.clock().advance(6 * DAY);
    let soon = desk.receive(mail("d2@x", "ana@x.example", "In-Reply-To: <d1@x>\r\n")).await;
    assert_eq!(soon.conversation, first.conversation, "within the days it opens again");
    let browser = desk.app.browser_of(1).await;
    let closed = browser.post_form(&format!("/conversations/{}/closure", first.conversation), &[]).await;
    assert_eq!(closed.status, 303);
    desk.app.clock().advance(8 * DAY);
    let away =
        desk.receive(mail("d3@x", "ana@x.example", "In-Reply-To: <d1@x>\r\nAuto-Submitted: auto-replied\r\n")).await;
    assert_eq!(away.conversation, first.conversation, "a machine begins nothing");
    let late = desk.receive(mail("d4@x", "ana@x.example", "In-Reply-To: <d1@x>\r\n")).await;
    assert_ne!(late.conversation, first.conversation);
    let page = desk.app.browser_of(1).await.get(&format!("/conversations/{}", late.conversation)).await;
    page.assert_says(&format!("href=\"/conversations/{}\"", first.conversation));
    assert_eq!(desk.number("SELECT count(*) FROM closure WHERE reopened_at IS NULL").await, 1);
}

#[rocket::async_test]
async fn the_page_of_an_inbox_says_how_it_answers_and_keeps_what_was_typed_wrong() {
    let desk = Desk::start().await;
    let page = format!("/settings/inboxes/{}/answering", desk.inbox.id);
    let wrong = desk.browser.change("put", &page, &[("signature", "Vereda"), ("days", "sempre")]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("de 1 a 3.650");
    wrong.assert_says("sempre");
    let form = [("signature", "{agent}"), ("language", "en"), ("greeting_pt", "Oi"), ("spam", "1"), ("days", "30")];
    assert_eq!(desk.browser.change("put", &page, &form).await.status, 303);
    let shown = desk.browser.get(&page).await;
    for words in ["{agent}", "value=\"30\"", "value=\"en\" selected"] {
        shown.assert_says(words);
    }
    // Saving the rest of the inbox changes none of it.
    let inbox = format!("/settings/inboxes/{}", desk.inbox.id);
    let saved = desk.browser.change("put", &inbox, &[("name", "Loja"), ("access", "all"), ("way", "house")]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    desk.browser.get(&page).await.assert_says("value=\"30\"");
}
