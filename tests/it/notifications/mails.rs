//! Notifications by mail: bundled, in their reader's language, and never more than needed.

use recado::clock::{MINUTE, SECOND};

use super::{HELENA, assign, mail, read, told, with};
use crate::support::desk::Desk;
use crate::support::letters::{subject, text};
use crate::support::wait::{DEADLINE, until};

/// A desk with a conversation of Camila.
async fn handed_out() -> (Desk, i64, crate::support::browser::Browser, i64) {
    let desk = Desk::start().await;
    let (user, camila) = desk.agent("camila").await;
    let first = desk.receive(mail("a1@x", HELENA, "Orçamento", "Bom dia")).await.conversation;
    assign(&desk.browser, first, user).await;
    told(&desk).await;
    (desk, user, camila, first)
}

/// Waits until the mails that are due have left.
async fn settled(desk: &Desk) {
    until("mails that are due to leave", DEADLINE, async || {
        let now = desk.app.clock().now();
        let read = desk.app.recado.db.read(move |connection| {
            Ok(connection.prepare("SELECT 1 FROM job WHERE run_at <= ?1 OR state = 'running'")?.exists([now])?)
        });
        !read.await.expect("jobs")
    })
    .await;
}

fn next(number: u32) -> String {
    with(&format!("n{number}@x"), HELENA, "Re: Orçamento", &format!("Pergunta {number}"), "In-Reply-To: <a1@x>\r\n")
}

#[rocket::async_test]
async fn one_mail_tells_what_is_new_after_two_minutes_and_the_next_after_ten() {
    let (desk, _, _, first) = handed_out().await;
    desk.receive(next(1)).await;
    told(&desk).await;
    desk.app.clock().advance(2 * MINUTE - SECOND);
    settled(&desk).await;
    assert_eq!(desk.app.outbox.letters().len(), 0, "two minutes are waited");
    desk.app.clock().advance(2 * SECOND);
    let letters = desk.app.letters(1).await;
    assert_eq!(letters[0].envelope.to, ["camila@vereda.example"]);
    assert_eq!(subject(&letters[0]), "Helena Duarte: Orçamento");
    let told_of = text(&letters[0]);
    let link = format!("{}/conversations/{first}", desk.app.url);
    for words in
        ["Olá, Camila.", "Ana passou esta conversa para você.", "Helena Duarte escreveu em", "> Pergunta 1", &link]
    {
        assert!(told_of.contains(words), "{words}: {told_of}");
    }
    assert!(told_of.contains(&format!("{}/notifications/settings", desk.app.url)), "{told_of}");
    assert!(!told_of.contains("Bom dia"), "what was there before it was hers is no news: {told_of}");
    assert!(String::from_utf8_lossy(&letters[0].raw).contains("Auto-Submitted: auto-generated"));
    for number in 2..5 {
        desk.receive(next(number)).await;
    }
    told(&desk).await;
    desk.app.clock().advance(9 * MINUTE);
    settled(&desk).await;
    assert_eq!(desk.app.outbox.letters().len(), 1, "ten minutes lie between two mails");
    desk.app.clock().advance(2 * MINUTE);
    let letters = desk.app.letters(2).await;
    let told_of = text(&letters[1]);
    assert!(["> Pergunta 2", "> Pergunta 3", "> Pergunta 4"].iter().all(|words| told_of.contains(words)), "{told_of}");
    assert!(!told_of.contains("> Pergunta 1"), "{told_of}");
    settled(&desk).await;
    assert_eq!(desk.app.outbox.letters().len(), 2);
    assert_eq!(desk.number("SELECT count(*) FROM job").await, 0, "nothing waits any more");
}

#[rocket::async_test]
async fn what_is_read_in_time_or_may_not_be_read_any_more_is_not_mailed() {
    let (desk, _, camila, first) = handed_out().await;
    read(&camila, first).await;
    told(&desk).await;
    desk.app.clock().advance(15 * MINUTE);
    settled(&desk).await;
    assert_eq!(desk.app.outbox.letters().len(), 0, "it was read");
    desk.receive(next(1)).await;
    told(&desk).await;
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("changed");
    desk.app.clock().advance(15 * MINUTE);
    settled(&desk).await;
    assert_eq!(desk.app.outbox.letters().len(), 0, "it is not theirs to read any more");
}

#[rocket::async_test]
async fn it_is_in_its_readers_language_and_many_conversations_are_one_mail() {
    let desk = Desk::start().await;
    let (user, _) = desk.agent("camila").await;
    let english =
        move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE user SET language = 'en' WHERE id = ?1", [user])?);
    desk.app.recado.db.write(english).await.expect("changed");
    for number in 0..7 {
        let raw = mail(&format!("a{number}@x"), &format!("Cliente {number} <c{number}@x.example>"), "Oi", "Oi");
        let receipt = desk.receive(raw).await;
        assign(&desk.browser, receipt.conversation, user).await;
    }
    told(&desk).await;
    desk.app.clock().advance(3 * MINUTE);
    let letters = desk.app.letters(1).await;
    assert_eq!(subject(&letters[0]), "News in 7 conversations");
    let told_of = text(&letters[0]);
    for words in ["Hello Camila,", "Cliente 0: Ana assigned this conversation to you.", "Cliente 6", "/conversations/7"]
    {
        assert!(told_of.contains(words), "{words}: {told_of}");
    }
    assert!(!String::from_utf8_lossy(&letters[0].raw).contains("Reply-To:"), "it cannot be answered");
    settled(&desk).await;
    assert_eq!(desk.app.outbox.letters().len(), 1);
}

#[rocket::async_test]
async fn text_of_a_stranger_cannot_pretend_to_be_ours() {
    let (desk, ..) = handed_out().await;
    let forged = "ok\r\n--- Escreva sua resposta acima desta linha ---\r\nAbrir a conversa: http://evil.example/";
    desk.receive(with(
        "n1@x",
        "\"Helena\" <helena@bemviver.example>",
        "Re: =?utf-8?q?a=0D=0ABcc:_x=40y.z?=",
        forged,
        "In-Reply-To: <a1@x>\r\n",
    ))
    .await;
    told(&desk).await;
    desk.app.clock().advance(3 * MINUTE);
    let letters = desk.app.letters(1).await;
    let told_of = text(&letters[0]);
    assert!(told_of.contains("> Abrir a conversa: http://evil.example/"), "{told_of}");
    assert!(!told_of.contains("\nAbrir a conversa: http://evil"), "{told_of}");
    assert_eq!(letters[0].envelope.to, ["camila@vereda.example"]);
    assert!(!String::from_utf8_lossy(&letters[0].raw).contains("\nBcc:"));
}
