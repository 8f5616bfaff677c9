//! The marks of rows and of the side menu, and the order of the list.

use recado::clock::MINUTE;
use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::office::{BRUNO, HELENA, Office, row, rows, shown};
use crate::support::browser::Browser;

async fn mark(browser: &Browser, id: i64) -> String {
    let list = browser.get("/conversations/list?section=unassigned").await;
    let row = row(&list, id);
    for (mark, words) in [("mark-new", " novas"), ("mark-new", " nova"), ("mark-wait", "lida, sem resposta")] {
        if row.contains(mark) {
            assert!(row.contains(words) || mark == "mark-new", "{mark} has hidden words: {row}");
            return mark.to_owned();
        }
    }
    "none".to_owned()
}

// proves: R9 R10 R11 R12 R13 R16 M13 P22
#[tokio::test]
async fn blue_is_not_read_grey_is_read_and_not_answered_and_nothing_is_answered() {
    let office = Office::open().await;
    let first = office.mail(HELENA, "Granito", "Quanto custa?").await;
    let (id, browser) = (first.conversation, office.browser(office.ana).await);
    assert_eq!(shown(&browser, "unassigned").await, [id], "open at once, without being accepted");
    assert_eq!(mark(&browser, id).await, "mark-new");
    let list = browser.get("/conversations/list?section=unassigned").await;
    assert!(row(&list, id).contains("data-state=\"new\"") && row(&list, id).contains("1<span class=\"vh\"> nova"));
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Quanto custa?");
    page.assert_says("id=\"write\"");
    browser.post_form(&format!("/conversations/{id}/read"), &[("message", &first.message.to_string())]).await;
    assert_eq!(mark(&browser, id).await, "mark-wait");
    office.write(office.ana, id, MessageKind::Note, "Vou ver").await;
    assert_eq!(mark(&browser, id).await, "mark-wait", "a note is no answer");
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    assert_eq!(mark(&browser, id).await, "none");
    office.reply(HELENA, "m1@x", "E o prazo?").await;
    assert_eq!(mark(&browser, id).await, "mark-new");
}

// proves: R67
#[tokio::test]
async fn what_is_new_is_so_for_each_person_and_what_waits_waits_for_all() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let first = office.mail(HELENA, "Granito", "Quanto custa?").await;
    let id = first.conversation;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    by_ana.post_form(&format!("/conversations/{id}/read"), &[("message", &first.message.to_string())]).await;
    assert_eq!((mark(&by_ana, id).await, mark(&by_diego, id).await), ("mark-wait".into(), "mark-new".into()));
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    assert_eq!((mark(&by_ana, id).await, mark(&by_diego, id).await), ("none".into(), "mark-new".into()));
    by_diego.post_form(&format!("/conversations/{id}/read"), &[("message", "999")]).await;
    assert_eq!(mark(&by_diego, id).await, "none");
    by_diego.post_form(&format!("/conversations/{id}/unread"), &[]).await;
    assert_eq!((mark(&by_ana, id).await, mark(&by_diego, id).await), ("none".into(), "mark-new".into()));
}

// proves: R14 R15 X14
#[tokio::test]
async fn the_red_mark_stands_in_the_menu_of_every_other_page_until_nothing_waits() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    browser.get("/signals").await.assert_says("data-alert=\"no\"");
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    for page in ["/account", "/settings/inboxes", "/settings/inboxes/new"] {
        let page = browser.get(page).await;
        page.assert_says("<span class=\"alert\" data-alert-dot hidden>");
        page.assert_says("hx-get=\"/signals\" hx-trigger=\"load, recado:counters from:body");
    }
    browser.get("/conversations").await.assert_silent("data-alert-dot");
    browser.get("/signals").await.assert_says("data-alert=\"yes\"");
    browser.get("/signals").await.assert_says("data-count=\"1\"");
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    browser.get("/signals").await.assert_says("data-alert=\"no\"");
    office.reply(HELENA, "m1@x", "E o prazo?").await;
    browser.get("/signals").await.assert_says("data-alert=\"yes\"");
    browser.post_form(&format!("/conversations/{id}/closure"), &[]).await;
    browser.get("/signals").await.assert_says("data-alert=\"no\"");
    let away = office.raw(HELENA, "Ausente", "Volto", "In-Reply-To: <m1@x>\r\nAuto-Submitted: auto-replied\r\n");
    office.receive(office.inbox, &away).await;
    browser.get("/signals").await.assert_says("data-alert=\"no\"");
}

// proves: M1 M10 M11 M14 M15 M16
#[tokio::test]
async fn the_newest_is_on_top_a_new_message_lifts_its_conversation_and_each_row_shows_its_channel() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let phone = office.connect(office.ana, "loja", Access::All, &[]).await;
    let mut ids = Vec::new();
    for (inbox, from, subject) in
        [(office.inbox, HELENA, "Um"), (phone, BRUNO, "Dois"), (office.inbox, "Eva <e@x.example>", "Três")]
    {
        ids.push(office.receive(inbox, &office.raw(from, subject, "Oi", "")).await.conversation);
        office.app.clock().advance(MINUTE);
    }
    let [one, two, three] = ids[..] else { panic!("three conversations") };
    assert_eq!(shown(&browser, "unassigned").await, [three, two, one]);
    office.reply(HELENA, "m1@x", "Alguém aí?").await;
    assert_eq!(shown(&browser, "unassigned").await, [one, three, two]);
    office.app.clock().advance(MINUTE);
    office.write(office.ana, two, MessageKind::Outgoing, "Pois não").await;
    assert_eq!(shown(&browser, "unassigned").await, [two, one, three], "what we write is activity too");
    office.run("UPDATE inbox SET channel = 'whatsapp' WHERE name = 'loja'").await;
    let list = browser.get("/conversations/list?section=unassigned").await;
    assert_eq!(rows(&list), [two, one, three]);
    assert!(row(&list, one).contains("#i-mail") && row(&list, two).contains("#i-brand-whatsapp"));
    browser.get(&format!("/conversations/{two}/side")).await.assert_says("<dd>loja</dd>");
}

// proves: M21 M28
#[tokio::test]
async fn every_conversation_has_an_address_that_opens_it_with_the_list_beside_it() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let path = format!("/conversations/{id}");
    let guest = office.app.browser();
    let sent = guest.get(&path).await;
    assert_eq!(sent.status, 303);
    assert!(sent.location().contains(&format!("next=%2Fconversations%2F{id}")), "{}", sent.location());
    let page = office.browser(office.ana).await.get(&path).await;
    assert_eq!(rows(&page), [id]);
    for part in ["id=\"timeline\"", "id=\"write\"", "id=\"side\"", "id=\"sections\""] {
        page.assert_says(part);
    }
}
