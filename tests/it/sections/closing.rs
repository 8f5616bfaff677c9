//! Closing and reopening.

use recado::clock::MINUTE;
use recado::conversations::model::MessageKind;
use rocket::tokio;

use super::office::{BRUNO, HELENA, Office, block, rows, shown};

// proves: P31 P33 R44 R45 R46 X4
#[tokio::test]
async fn closing_is_at_the_top_right_and_a_closed_one_says_who_and_when() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let page = browser.get(&format!("/conversations/{id}")).await;
    let head = page.body.split("</header>").find(|part| part.contains("id=\"head-close\"")).expect("in the head");
    assert!(head.contains("Encerrar"));
    office.app.clock().advance(42 * MINUTE);
    let answer = block(&browser, "post", &format!("/conversations/{id}/closure"), &[]).await;
    answer.assert_says("Conversa encerrada");
    answer.assert_says("Desfazer");
    answer.assert_says("Reabrir");
    assert_eq!(shown(&browser, "closed").await, [id]);
    assert!(shown(&browser, "unassigned").await.is_empty());
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Encerrada por Ana");
    page.assert_says("encerrada por Ana em 20 de novembro de 2026, 10:42");
    page.assert_says("id=\"write\"");
}

// proves: P32 P34 X6
#[tokio::test]
async fn everybody_who_reads_the_inbox_sees_closes_and_reopens_and_nobody_else() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let zoe = office.agent("zoe").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let path = format!("/conversations/{id}/closure");
    assert_eq!(office.browser(office.ana).await.post_form(&path, &[]).await.status, 303);
    let other = office.browser(diego).await;
    assert_eq!(shown(&other, "closed").await, [id]);
    assert_eq!(other.change("delete", &path, &[]).await.status, 303);
    assert_eq!(other.post_form(&path, &[]).await.status, 303);
    office.run("UPDATE inbox SET access = 'selected'; INSERT INTO inbox_member SELECT id, 2 FROM inbox").await;
    let foreign = office.browser(zoe).await;
    assert!(shown(&foreign, "closed").await.is_empty());
    assert_eq!(foreign.get(&format!("/conversations/{id}")).await.status, 404);
    assert_eq!(foreign.change("delete", &path, &[]).await.status, 404);
}

// proves: P35 P36 R47 R48 R49 X23
#[tokio::test]
async fn it_reopens_by_its_button_by_an_answer_and_by_the_contact_but_not_by_automatic_mail() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/closure");
    let state = async || shown(&browser, "closed").await == [id];
    browser.post_form(&path, &[]).await;
    browser.change("delete", &path, &[]).await;
    assert!(!state().await, "by its button");
    browser.post_form(&path, &[]).await;
    office.write(office.ana, id, MessageKind::Note, "Anotado").await;
    assert!(state().await, "a note of ours is no answer");
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    assert!(!state().await, "by writing");
    browser.post_form(&path, &[]).await;
    let away = office.raw(HELENA, "Ausente", "Volto", "In-Reply-To: <m1@x>\r\nAuto-Submitted: auto-replied\r\n");
    office.receive(office.inbox, &away).await;
    assert!(state().await, "automatic mail is stored and reopens nothing");
    browser.get(&format!("/conversations/{id}")).await.assert_says("Volto");
    office.reply(HELENA, "m1@x", "Fechado").await;
    assert!(!state().await, "by the contact");
    let page = browser.get(&format!("/conversations/{id}")).await;
    for line in ["Encerrada por Ana", "Reaberta por Ana", "Reaberta por uma mensagem nova"] {
        page.assert_says(line);
    }
}

// proves: P32
#[tokio::test]
async fn of_two_who_close_at_once_one_does_and_the_other_is_told() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let path = format!("/conversations/{id}/closure");
    let (one, two) = (office.browser(office.ana).await, office.browser(diego).await);
    let (a, b) = rocket::futures::future::join(block(&one, "post", &path, &[]), block(&two, "post", &path, &[])).await;
    let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
    assert_eq!((won.status, lost.status), (200, 409));
    lost.assert_says("Outra pessoa já encerrou esta conversa.");
    lost.assert_silent("Desfazer");
    assert_eq!(office.number("SELECT count(*) FROM closure WHERE conversation_id = ?1", id).await, 1);
}

// proves: R52 R66
#[tokio::test]
async fn the_switch_between_open_and_closed_keeps_what_is_shown_while_messages_arrive() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    browser.post_form(&format!("/conversations/{id}/closure"), &[]).await;
    let page = browser.get(&format!("/conversations/{id}?section=closed")).await;
    page.assert_says("id=\"section-closed\" href=\"/conversations?section=closed\" aria-current=\"true\"");
    page.assert_says("hx-get=\"/conversations/list?section=closed\"");
    page.assert_says("hx-get=\"/conversations/sections?section=closed\"");
    assert_eq!(rows(&page), [id]);
    office.mail(BRUNO, "Mármore", "Oi").await;
    // What the open page asks for again: the same list, the same section.
    assert_eq!(shown(&browser, "closed").await, [id]);
    let sections = browser.get("/conversations/sections?section=closed").await;
    sections.assert_says("id=\"section-closed\" href=\"/conversations?section=closed\" aria-current=\"true\"");
    sections.assert_says("Sem dono <b>1</b>");
    let searched = browser.get("/conversations?section=closed&q=granito").await;
    searched.assert_says("hx-get=\"/conversations/list?section=closed&#38;q=granito\"");
}
