//! A greeting while the company is open and other words while it is closed, in the language of who gets it.

use recado::clock::{DAY, HOUR};

use crate::support::desk::{CONTATO, Desk};

const GREETING: &str = r#"{"pt-BR": "Oi, aqui é a {company}.", "en": "Hello from {company}."}"#;
const CLOSED: &str =
    r#"{"pt-BR": "Fechado. Voltamos {next_opening}.", "en": "Closed. Back {next_opening}. {company}"}"#;

/// A desk of a company that works from 9 to 18, Monday to Friday. It is Friday, 10:00.
async fn desk() -> Desk {
    let desk = Desk::start().await;
    let mut week = vec![("mode", "week")];
    week.extend(["hours", "hours", "hours", "hours", "hours", "closed", "closed"].map(|state| ("state", state)));
    week.extend(
        ["1", "2", "3", "4", "5"].into_iter().flat_map(|day| [("day", day), ("opens", "09:00"), ("closes", "18:00")]),
    );
    assert_eq!(desk.browser.change("put", "/settings/hours", &week).await.status, 303);
    desk.set(desk.inbox.id, "$.answering.greeting", GREETING).await;
    desk.set(desk.inbox.id, "$.answering.closed", CLOSED).await;
    desk
}

/// Somebody writes; `to` is the id of a mail before.
async fn writes(desk: &Desk, id: &str, from: &str, to: &str) -> i64 {
    let reply = if to.is_empty() { String::new() } else { format!("In-Reply-To: <{to}>\r\n") };
    let raw = format!("Message-ID: <{id}>\r\n{reply}From: {from}\r\nTo: {CONTATO}\r\nSubject: Oi\r\n\r\nOi\r\n");
    desk.receive(raw).await.conversation
}

/// What left by itself, oldest first.
async fn left(desk: &Desk) -> Vec<String> {
    let all =
        desk.text("SELECT group_concat(text, '|') FROM (SELECT text FROM message WHERE way = 'automatic' ORDER BY id)");
    all.await.split('|').filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

// proves: X31
#[rocket::async_test]
async fn who_writes_is_greeted_in_hours_and_told_outside_of_them_when_somebody_is_back() {
    let desk = desk().await;
    let first = writes(&desk, "a1@x", "ana@x.example", "").await;
    assert_eq!(left(&desk).await, ["Oi, aqui é a Vereda Arquitetura."]);
    desk.app.clock().advance(9 * HOUR);
    writes(&desk, "b1@x", "bia@x.example", "").await;
    // Sunday.
    desk.app.clock().advance(2 * DAY);
    writes(&desk, "c1@x", "caio@x.example", "").await;
    // Tuesday, 7:00.
    desk.app.clock().advance(36 * HOUR);
    writes(&desk, "d1@x", "davi@x.example", "").await;
    assert_eq!(
        left(&desk).await[1..],
        [
            "Fechado. Voltamos segunda, às 09:00.",
            "Fechado. Voltamos amanhã às 09:00.",
            "Fechado. Voltamos hoje às 09:00."
        ]
    );
    let letters = desk.left(4).await;
    let found = letters.iter().find(|(envelope, ..)| *envelope == ["bia@x.example"]);
    let (_, mail, raw) = found.expect("a letter to Bia");
    assert_eq!(mail.text, "Fechado. Voltamos segunda, às 09:00.");
    assert!(raw.contains("Auto-Submitted: auto-replied"));
    let page = desk.app.browser_of(1).await.get(&format!("/conversations/{first}")).await;
    page.assert_says("Resposta automática");
    assert_eq!(
        desk.number("SELECT count(*) FROM conversation WHERE unanswered = 1").await,
        4,
        "all of them wait still"
    );
}

#[rocket::async_test]
async fn on_a_holiday_the_company_is_closed_and_always_open_means_always_greeted() {
    let desk = desk().await;
    let run = async |sql: &'static str| {
        desk.app.recado.db.write(move |tx| Ok(tx.execute(sql, [])?)).await.expect("it runs");
    };
    run("INSERT INTO holiday (name, repeats, date, created_at) VALUES ('Zumbi', 'once', '2026-11-20', 0)").await;
    writes(&desk, "a1@x", "ana@x.example", "").await;
    run("UPDATE workspace SET hours = 'always'").await;
    writes(&desk, "b1@x", "bia@x.example", "").await;
    run("UPDATE workspace SET hours = 'week'").await;
    run("DELETE FROM business_hour").await;
    writes(&desk, "c1@x", "caio@x.example", "").await;
    let expected =
        ["Fechado. Voltamos segunda, às 09:00.", "Oi, aqui é a Vereda Arquitetura.", "Fechado. Voltamos em breve."];
    assert_eq!(left(&desk).await, expected);
}

// proves: X31
#[rocket::async_test]
async fn the_language_is_the_contacts_else_the_inboxes_else_the_workspaces() {
    let desk = desk().await;
    desk.set(desk.inbox.id, "$.answering.language", "\"en\"").await;
    writes(&desk, "a1@x", "ana@x.example", "").await;
    let speaks = "UPDATE contact SET language = 'pt-BR'";
    desk.app.recado.db.write(move |tx| Ok(tx.execute(speaks, [])?)).await.expect("a language");
    desk.app.clock().advance(33 * HOUR);
    writes(&desk, "a2@x", "ana@x.example", "").await;
    writes(&desk, "b1@x", "bia@x.example", "").await;
    // Words in another language are better than none.
    desk.set(desk.inbox.id, "$.answering.closed", r#"{"pt-BR": "Fechado."}"#).await;
    writes(&desk, "c1@x", "caio@x.example", "").await;
    assert_eq!(
        left(&desk).await,
        [
            "Hello from Vereda Arquitetura.",
            "Fechado. Voltamos segunda, às 09:00.",
            "Closed. Back Monday, at 09:00. Vereda Arquitetura",
            "Fechado.",
        ]
    );
}

#[rocket::async_test]
async fn a_conversation_gets_one_such_answer_and_a_sender_one_of_each_kind_a_day() {
    let desk = desk().await;
    let first = writes(&desk, "a1@x", "ana@x.example", "").await;
    assert_eq!(writes(&desk, "a2@x", "ana@x.example", "a1@x").await, first);
    desk.app.clock().advance(9 * HOUR);
    // It is one conversation, open or opened again.
    assert_eq!(writes(&desk, "a3@x", "ana@x.example", "a1@x").await, first);
    let close = async |id: i64| {
        let browser = desk.app.browser_of(1).await;
        assert_eq!(browser.post_form(&format!("/conversations/{id}/closure"), &[]).await.status, 303);
    };
    close(first).await;
    assert_eq!(writes(&desk, "a4@x", "ana@x.example", "a1@x").await, first);
    assert_eq!(left(&desk).await.len(), 1);
    // Another one is told that nobody is there, once.
    writes(&desk, "b1@x", "ana@x.example", "").await;
    writes(&desk, "b2@x", "ana@x.example", "").await;
    assert_eq!(left(&desk).await.len(), 2);
    // One that was never greeted hears it when it opens again.
    desk.set(desk.inbox.id, "$.answering.closed", r#"{"pt-BR": "", "en": ""}"#).await;
    desk.set(desk.inbox.id, "$.answering.greeting", r#"{"pt-BR": "", "en": ""}"#).await;
    let silent = writes(&desk, "c1@x", "caio@x.example", "").await;
    desk.set(desk.inbox.id, "$.answering.closed", CLOSED).await;
    close(silent).await;
    assert_eq!(writes(&desk, "c2@x", "caio@x.example", "c1@x").await, silent);
    assert_eq!(left(&desk).await.len(), 3);
    // A greeting belongs to a beginning.
    desk.set(desk.inbox.id, "$.answering.closed", r#"{"pt-BR": "", "en": ""}"#).await;
    let other = writes(&desk, "d1@x", "davi@x.example", "").await;
    desk.set(desk.inbox.id, "$.answering.greeting", GREETING).await;
    close(other).await;
    assert_eq!(writes(&desk, "d2@x", "davi@x.example", "d1@x").await, other);
    assert_eq!(left(&desk).await.len(), 3);
    writes(&desk, "e1@x", "eva@x.example", "").await;
    assert_eq!(left(&desk).await[3], "Oi, aqui é a Vereda Arquitetura.", "with no words for it, the greeting goes out");
}

#[rocket::async_test]
async fn machines_and_blocked_senders_hear_nothing_out_of_hours_either() {
    let desk = desk().await;
    desk.app.clock().advance(9 * HOUR);
    let eva = writes(&desk, "e1@x", "eva@oferta.example", "").await;
    let browser = desk.app.browser_of(1).await;
    browser.post_form(&format!("/conversations/{eva}/blocks"), &[("what", "domain")]).await;
    assert_eq!(left(&desk).await.len(), 1);
    writes(&desk, "e2@x", "outra@oferta.example", "").await;
    for (number, more) in ["Auto-Submitted: auto-replied", "List-Id: <l.x>", "X-Spam-Flag: YES", "Return-Path: <>"]
        .into_iter()
        .enumerate()
    {
        let raw =
            format!("Message-ID: <n{number}@x>\r\nFrom: n{number}@x.example\r\nTo: {CONTATO}\r\n{more}\r\n\r\nOi\r\n");
        desk.receive(raw).await;
    }
    assert_eq!(left(&desk).await.len(), 1);
}

#[rocket::async_test]
async fn the_page_shows_what_would_leave_now_before_anything_is_kept() {
    let desk = desk().await;
    let page = format!("/settings/inboxes/{}/answering", desk.inbox.id);
    let shown = desk.browser.get(&page).await;
    shown.assert_says("Aberto agora, até 18:00.");
    shown.assert_says("hx-ignore>Oi, aqui é a Vereda Arquitetura.</div>");
    shown.assert_says("hx-ignore>Hello from Vereda Arquitetura.</div>");
    shown.assert_silent("hx-ignore>Fechado");
    desk.app.clock().advance(9 * HOUR);
    let browser = desk.app.browser_of(1).await;
    let typed = [("greeting_pt", "Olá"), ("closed_en", "Back {next_opening} <b>"), ("spam", "1"), ("look", "1")];
    let looked = browser.change("put", &page, &typed).await;
    assert_eq!(looked.status, 200);
    looked.assert_says("Fechado agora. Abre segunda, às 09:00.");
    looked.assert_says("lang=\"en\" hx-ignore>Back Monday, at 09:00 &#60;b&#62;</div>");
    looked.assert_says("Back {next_opening} &#60;b&#62;</textarea>");
    let kept = "SELECT settings ->> '$.answering.greeting.\"pt-BR\"' FROM inbox";
    assert_eq!(desk.text(kept).await, "Oi, aqui é a {company}.", "nothing was kept");
    assert_eq!(browser.change("put", &page, &[("greeting_pt", "Olá"), ("spam", "1")]).await.status, 303);
    assert_eq!(desk.text(kept).await, "Olá");
    let log = browser.get("/settings/activity").await;
    for words in ["mudou como a caixa Contato responde", "Saudação em português", "Oi, aqui é a {company}.", "Olá"]
    {
        log.assert_says(words);
    }
    log.assert_silent("Filtro de spam do provedor");
    let entries = desk.number("SELECT count(*) FROM activity").await;
    assert_eq!(browser.change("put", &page, &[("greeting_pt", "Olá"), ("spam", "1")]).await.status, 303);
    assert_eq!(desk.number("SELECT count(*) FROM activity").await, entries, "nothing changed, nothing is noted");
}

#[rocket::async_test]
async fn fields_that_nobody_knows_are_refused_with_the_words_kept() {
    let desk = desk().await;
    let page = format!("/settings/inboxes/{}/answering", desk.inbox.id);
    for (field, words, says) in [
        ("greeting_en", "Hi {agent}", "a saudação conhece só {company}"),
        ("greeting_pt", "Voltamos {next_opening}", "a saudação conhece só {company}"),
        ("closed_pt", "Voltamos {next}", "esta resposta conhece só {company} e {next_opening}"),
    ] {
        let refused = desk.browser.change("put", &page, &[(field, words)]).await;
        assert_eq!(refused.status, 422, "{words}");
        refused.assert_says(says);
        refused.assert_says(&format!("{words}</textarea>"));
    }
    assert!(desk.text("SELECT settings FROM inbox").await.contains("Oi, aqui é a {company}."), "and the old ones hold");
}

#[rocket::async_test]
async fn the_one_text_of_before_becomes_the_greeting_in_the_language_of_its_inbox() {
    let desk = Desk::start().await;
    let other = desk.inbox("Outra", "outra@vereda.example").await;
    let migration = include_str!("../../../migrations/0023_arriving.sql").split(";\n").next().expect("a statement");
    let before = "UPDATE inbox SET settings = json_set(json_remove(settings, '$.answering.greeting'), '$.answering.acknowledgement',
                                                       'Recebemos.', '$.answering.language', iif(id = 1, NULL, 'en'))";
    let redo = move |tx: &recado::db::Tx<'_>| {
        tx.execute(before, [])?;
        Ok(tx.execute(migration, [])?)
    };
    assert_eq!(desk.app.recado.db.write(redo).await.expect("it runs"), 2);
    writes(&desk, "a1@x", "ana@x.example", "").await;
    assert_eq!(left(&desk).await, ["Recebemos."]);
    for (inbox, field) in [(desk.inbox.id, "greeting_pt"), (other.id, "greeting_en")] {
        let page = desk.browser.get(&format!("/settings/inboxes/{inbox}/answering")).await;
        let (_, area) = page.body.split_once(&format!("name=\"{field}\"")).expect("a field");
        assert!(area.split("</textarea>").next().is_some_and(|area| area.contains("Recebemos.")), "{field}");
    }
}
