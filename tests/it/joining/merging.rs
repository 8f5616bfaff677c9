//! Two conversations become one.

use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use reqwest::Method;
use reqwest::multipart::Form;
use rocket::tokio;

use super::{assert_counted, left, letter, token_of};
use crate::sections::office::{BRUNO, HELENA, Office, block, row, shown};
use crate::support::browser::{Answer, Browser, send};
use crate::support::wait::{DEADLINE, until};

/// Merges as the form does: `stays` is one of the two.
pub async fn merge(browser: &Browser, id: i64, other: i64, stays: i64) -> Answer {
    let (other, stays) = (other.to_string(), stays.to_string());
    browser.post_form(&format!("/conversations/{id}/merger"), &[("other", &other), ("stays", &stays)]).await
}

/// The texts of a conversation's page, in their order.
fn order(page: &Answer, texts: &[&str]) -> Vec<usize> {
    let (_, timeline) = page.body.split_once("id=\"timeline\"").expect("messages");
    texts.iter().map(|text| timeline.find(text).unwrap_or_else(|| panic!("no {text}"))).collect()
}

#[tokio::test]
async fn what_was_said_in_both_stands_in_one_in_the_order_of_time() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let one = office.mail(HELENA, "Granito", "Primeira pergunta").await.conversation;
    office.app.clock().advance(recado::clock::MINUTE);
    let two = office.mail(HELENA, "Mármore", "Segunda pergunta").await.conversation;
    office.app.clock().advance(recado::clock::MINUTE);
    office.write(office.ana, one, MessageKind::Outgoing, "Terceira, nossa").await;
    office.app.clock().advance(recado::clock::MINUTE);
    office.write(diego, two, MessageKind::Note, "Quarta, veja @ana").await;
    let browser = office.browser(office.ana).await;
    for (id, tag) in [(one, "Obra"), (two, "Urgente"), (two, "Obra")] {
        browser.post_form(&format!("/conversations/{id}/tags"), &[("name", tag)]).await;
    }
    browser.change("put", &format!("/conversations/{two}/priority"), &[("priority", "high")]).await;
    let list = browser.get(&format!("/conversations/{one}/merger")).await;
    list.assert_says(&format!("merger?other={two}\""));
    let look = browser.get(&format!("/conversations/{one}/merger?other={two}")).await;
    for words in ["Qual das duas fica?", "Granito", "Mármore", "Dá para desfazer até"] {
        look.assert_says(words);
    }
    look.assert_silent("caixas diferentes");
    let done = merge(&browser, one, two, one).await;
    assert_eq!((done.status, done.location()), (303, format!("/conversations/{one}").as_str()));
    assert_counted(&office).await;
    let page = browser.get(&format!("/conversations/{one}")).await;
    let places = order(&page, &["Primeira pergunta</", "Segunda pergunta</", "Terceira, nossa</", "Quarta, veja"]);
    assert!(places.is_sorted(), "{places:?}");
    page.assert_says(&format!("Ana uniu a conversa nº {two} a esta"));
    for tag in ["Obra", "Urgente"] {
        page.assert_says(tag);
    }
    // One row, still to be answered, and nothing of the other anywhere.
    assert_eq!(shown(&browser, "unassigned").await, [one]);
    assert_eq!(shown(&browser, "closed").await, Vec::<i64>::new());
    assert_eq!(shown(&browser, "mentioned").await, [one]);
    for search in ["q=Segunda", "q=Helena", "q=&within=everything&presses=high", "within=closed"] {
        let found = browser.get(&format!("/conversations/list?{search}")).await;
        found.assert_silent(&format!("id=\"row-{two}\""));
    }
    browser.get("/conversations/list?q=Segunda").await.assert_says(&format!("id=\"row-{one}\""));
    let line = row(&browser.get("/conversations/list?section=unassigned").await, one);
    assert!(line.contains("Terceira, nossa"), "{line}");
    assert_eq!(office.number("SELECT unanswered FROM conversation WHERE id = ?1", one).await, 1);
    assert_eq!(office.number("SELECT priority FROM conversation WHERE id = ?1", one).await, 3);
    // What led to the other leads here.
    for path in ["", "/details"] {
        let there = browser.get(&format!("/conversations/{two}{path}")).await;
        assert_eq!((there.status, there.location()), (303, format!("/conversations/{one}").as_str()));
    }
    let open = browser.get(&format!("/conversations/{two}/deletion")).await;
    open.assert_says(&format!("Tudo o que foi dito está na conversa nº {one}"));
    for (method, what) in [("post", "closure"), ("post", "assignment"), ("post", "spam"), ("post", "snooze")] {
        let refused =
            block(&browser, method, &format!("/conversations/{two}/{what}"), &[("assignee", "1"), ("until", "answer")])
                .await;
        assert_eq!(refused.status, 404, "{what}");
    }
}

#[tokio::test]
async fn replies_to_either_come_into_the_one_that_stays_and_who_wrote_is_known_there() {
    let office = Office::open().await;
    let one = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let two = office.mail(BRUNO, "Granito da Helena", "E o prazo?").await.conversation;
    office.write(office.ana, two, MessageKind::Outgoing, "Dez dias.").await;
    let answer = left(&office, 1).await.remove(0);
    let browser = office.browser(office.ana).await;
    assert_eq!(merge(&browser, two, one, one).await.location(), format!("/conversations/{one}"));
    let by_token = office.receive(office.inbox, &letter("b1@x", BRUNO, &token_of(&answer), "")).await;
    let own = answer.message_id.clone().expect("an id");
    let by_reference = office.receive(office.inbox, &letter("b2@x", BRUNO, "contato@vereda.example", &own)).await;
    let hers = office.receive(office.inbox, &letter("b3@x", HELENA, "contato@vereda.example", "m1@x")).await;
    let stranger = office.receive(office.inbox, &letter("b4@x", "eva@fora.example", &token_of(&answer), "")).await;
    for receipt in [&by_token, &by_reference, &hers, &stranger] {
        assert_eq!(receipt.conversation, one);
    }
    let flags = "SELECT sum(unfamiliar) FROM message WHERE id = ?1";
    assert_eq!(office.number(flags, by_token.message).await, 0);
    assert_eq!(office.number(flags, stranger.message).await, 1);
    // The contact is the one of the conversation that stays; nobody gets what was not for them.
    assert_eq!(
        office.number("SELECT contact_id FROM conversation WHERE id = ?1", one).await,
        office.number("SELECT contact_id FROM message WHERE id = ?1", hers.message).await
    );
    office.write(office.ana, one, MessageKind::Outgoing, "Combinado, Helena.").await;
    let mail = left(&office, 2).await.remove(1);
    assert_eq!(mail.to[0].address, "helena@bemviver.example");
    assert!(mail.cc.is_empty(), "{:?}", mail.cc);
    assert_counted(&office).await;
}

#[tokio::test]
async fn what_was_unread_stays_unread_and_nothing_else() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let one = office.mail(HELENA, "Granito", "Um").await;
    let two = office.mail(HELENA, "Mármore", "Dois").await;
    office.reply(HELENA, "m2@x", "Três").await;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    for (browser, receipt) in [(&by_ana, &one), (&by_diego, &one), (&by_diego, &two)] {
        let path = format!("/conversations/{}/read", receipt.conversation);
        browser.post_form(&path, &[("message", &receipt.message.to_string())]).await;
    }
    merge(&by_ana, one.conversation, two.conversation, one.conversation).await;
    assert_counted(&office).await;
    let unread =
        "SELECT c.incoming_count - k.incoming_seen FROM conversation c JOIN read_mark k ON k.conversation_id = c.id
                   WHERE k.user_id = ?1 AND c.merged_into_id IS NULL";
    assert_eq!(office.number(unread, office.ana).await, 2);
    assert_eq!(office.number(unread, diego).await, 1);
    let newest = office.number("SELECT max(id) FROM message WHERE ?1 = ?1", 0).await.to_string();
    by_ana.post_form(&format!("/conversations/{}/read", one.conversation), &[("message", &newest)]).await;
    assert_eq!(office.number(unread, office.ana).await, 0);
    assert_counted(&office).await;
}

#[tokio::test]
async fn drafts_of_both_are_kept_and_what_is_still_written_there_arrives() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    let two = office.mail(HELENA, "Mármore", "Dois").await.conversation;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let draft = async |browser: &Browser, id: i64, text: &str, page: &str| {
        let fields = [("kind", "reply"), ("text", text), ("client_id", page)];
        browser.post_form(&format!("/conversations/{id}/drafts"), &fields).await.status
    };
    draft(&by_ana, one, "Rascunho da primeira", "p1").await;
    draft(&by_ana, two, "Rascunho da segunda", "p2").await;
    draft(&by_diego, two, "Rascunho do Diego", "p3").await;
    merge(&by_ana, one, two, one).await;
    let page = by_ana.get(&format!("/conversations/{one}")).await;
    page.assert_says("Rascunho da primeira");
    page.assert_says("Rascunho da segunda");
    by_diego.get(&format!("/conversations/{one}")).await.assert_says("Rascunho do Diego");
    // Diego's page is still the old one.
    assert_eq!(draft(&by_diego, two, "Rascunho do Diego, mais longo", "p3").await, 200);
    by_diego.get(&format!("/conversations/{one}")).await.assert_says("Rascunho do Diego, mais longo");
    let token = by_diego.token("/password-reset").await;
    let form = Form::new().text("_token", token).text("kind", "note").text("text", "Escrito na página antiga");
    let request = by_diego.request(Method::POST, &format!("/conversations/{two}/messages"));
    let written = send(request.header("Sec-Fetch-Site", "same-origin").multipart(form)).await;
    assert_eq!((written.status, written.location()), (303, format!("/conversations/{one}").as_str()));
    by_ana.get(&format!("/conversations/{one}")).await.assert_says("Escrito na página antiga");
    assert_counted(&office).await;
}

#[tokio::test]
async fn of_two_who_merge_at_once_the_second_is_told() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    let two = office.mail(HELENA, "Mármore", "Dois").await.conversation;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let (first, second) = tokio::join!(merge(&by_ana, one, two, one), merge(&by_diego, two, one, two));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let late = if first.status == 409 { first } else { second };
    late.assert_says("Alguém foi mais rápido");
    assert_eq!(office.number("SELECT count(*) FROM merger WHERE ?1 = ?1", 0).await, 1);
    assert_eq!(office.number("SELECT count(*) FROM conversation WHERE merged_into_id IS NULL AND ?1 = ?1", 0).await, 1);
    assert_counted(&office).await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_in_words_and_nobody_reaches_what_is_not_theirs() {
    let office = Office::open().await;
    let eva = office.agent("eva").await;
    let works = office.connect(office.ana, "obras", Access::Selected, &[office.ana]).await;
    let chat = office.connect(office.ana, "zap", Access::All, &[]).await;
    office.run("UPDATE inbox SET channel = 'whatsapp' WHERE name = 'zap'").await;
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    let spam = office.mail(HELENA, "Ganhe", "Spam").await.conversation;
    let hidden = office.receive(works, &office.raw(HELENA, "Segredo", "Marmorata", "")).await.conversation;
    let other = office.receive(office.inbox, &office.raw(HELENA, "Zap", "Oi", "")).await.conversation;
    let browser = office.browser(office.ana).await;
    browser.post_form(&format!("/conversations/{spam}/spam"), &[]).await;
    office.run("UPDATE conversation SET inbox_id = 3 WHERE subject = 'Zap'").await;
    assert_eq!(chat, 3);
    for (id, words) in
        [(one, "Escolha outra conversa"), (spam, "Uma das duas está no spam"), (other, "são de canais diferentes")]
    {
        let refused = merge(&browser, one, id, one).await;
        assert_eq!(refused.status, 409);
        refused.assert_says(words);
    }
    let by_eva = office.browser(eva).await;
    for (own, hidden, stays) in [(one, hidden, one), (one, hidden, hidden), (hidden, one, one), (one, 99_999, one)] {
        assert_eq!(merge(&by_eva, own, hidden, stays).await.status, 404);
    }
    assert_eq!(merge(&browser, one, spam, 99_999).await.status, 404, "one of the two stays");
    assert_eq!(by_eva.get(&format!("/conversations/{one}/merger?other={hidden}")).await.status, 404);
    let number = "SELECT t.number FROM conversation c JOIN contact t ON t.id = c.contact_id WHERE c.id = ?1";
    let contact = office.number(number, hidden).await;
    for query in [
        hidden.to_string(),
        format!("%23{hidden}"),
        contact.to_string(),
        "Marmorata".to_owned(),
        "Segredo".to_owned(),
        String::new(),
    ] {
        let path = format!("/conversations/{one}/merger?q={query}");
        by_eva.get(&path).await.assert_silent(&format!("other={hidden}\""));
        let found = browser.get(&path).await;
        found.assert_says(&format!("other={hidden}\""));
        found.assert_silent(&format!("other={other}\""));
        found.assert_silent(&format!("other={one}\""));
    }
    browser.get(&format!("/conversations/{one}/merger?q=xyzzy")).await.assert_says("Nada encontrado");
    assert_eq!(office.number("SELECT count(*) FROM merger WHERE ?1 = ?1", 0).await, 0);
    // From another inbox of the same kind it comes along, and only who reads this one sees it then.
    browser.get(&format!("/conversations/{one}/merger?other={hidden}")).await.assert_says("caixas diferentes");
    assert_eq!(merge(&browser, one, hidden, hidden).await.status, 303);
    assert_eq!(by_eva.get(&format!("/conversations/{one}")).await.status, 404);
    assert_eq!(shown(&by_eva, "unassigned").await, [other]);
    assert_counted(&office).await;
}

#[tokio::test]
async fn what_still_was_to_be_done_in_either_is_still_to_be_done() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    for (state, form) in [("closure", ("x", "")), ("snooze", ("until", "tomorrow"))] {
        let one = office.mail(HELENA, "Granito", "Um").await.conversation;
        let two = office.mail(HELENA, "Mármore", "Dois").await.conversation;
        browser.post_form(&format!("/conversations/{one}/{state}"), &[form]).await;
        merge(&browser, one, two, one).await;
        assert!(shown(&browser, "unassigned").await.contains(&one), "{state}");
        assert_counted(&office).await;
    }
}

#[tokio::test]
async fn who_was_told_of_the_other_finds_it_behind_the_bell_and_read_once() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    let two = office.mail(HELENA, "Mármore", "Dois").await.conversation;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    merge(&by_ana, one, two, one).await;
    let told = "SELECT count(*) FROM notification WHERE conversation_id = ?1 AND read_at IS NULL";
    until("the notices to follow", DEADLINE, async || office.number(told, one).await == 4).await;
    assert_eq!(office.number(told, two).await, 0);
    assert_counted(&office).await;
    let newest = office.number("SELECT max(id) FROM message WHERE ?1 = ?1", 0).await.to_string();
    by_diego.post_form(&format!("/conversations/{one}/read"), &[("message", &newest)]).await;
    let unread = "SELECT count(*) FROM notification WHERE user_id = ?1 AND read_at IS NULL";
    until("the notices to be read", DEADLINE, async || office.number(unread, diego).await == 0).await;
    assert_counted(&office).await;
}
