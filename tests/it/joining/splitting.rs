//! Messages are split off into a conversation of their own.

use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::merging::merge;
use super::{assert_counted, left, letter, token_of};
use crate::sections::office::{BRUNO, HELENA, Office, shown};
use crate::support::browser::{Answer, Browser};

async fn split(browser: &Browser, message: i64, extent: &str) -> Answer {
    browser.post_form(&format!("/messages/{message}/split"), &[("extent", extent)]).await
}

/// The conversation that a page leads to.
fn there(answer: &Answer) -> i64 {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().rsplit('/').next().and_then(|id| id.parse().ok()).expect("a conversation")
}

async fn messages(office: &Office, id: i64) -> Vec<i64> {
    let read = move |c: &recado::db::Connection| {
        let mut select = c.prepare("SELECT id FROM message WHERE conversation_id = ?1 ORDER BY id")?;
        Ok(select.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?)
    };
    office.app.recado.db.read(read).await.expect("messages")
}

#[tokio::test]
async fn one_message_or_all_after_it_go_into_a_conversation_with_who_wrote_it() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let first = office.mail(HELENA, "Granito", "Quanto custa?").await;
    let id = first.conversation;
    let browser = office.browser(office.ana).await;
    browser.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", "1")]).await;
    let answer = office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    let second = office.reply(HELENA, "m1@x", "E a pia, quando chega?").await;
    let note = office.write(diego, id, MessageKind::Note, "Ver com @ana").await;
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says(&format!("id=\"split-{}\"", second.message));
    page.assert_silent(&format!("id=\"split-{note}\""));
    let look = browser.get(&format!("/messages/{}/split", second.message)).await;
    for words in [
        "Mensagem de Helena Duarte",
        "E a pia, quando chega?",
        "Separar só esta mensagem",
        "esta e a mensagem depois dela",
    ] {
        look.assert_says(words);
    }
    let new = there(&split(&browser, second.message, "rest").await);
    assert_counted(&office).await;
    assert_eq!(messages(&office, id).await, [first.message, answer]);
    assert_eq!(messages(&office, new).await, [second.message, note]);
    // The one that was answered is answered, the other waits; both are Ana's.
    assert_eq!(office.number("SELECT unanswered FROM conversation WHERE id = ?1", id).await, 0);
    assert_eq!(office.number("SELECT unanswered FROM conversation WHERE id = ?1", new).await, 1);
    let mut mine = shown(&browser, "mine").await;
    mine.sort_unstable();
    assert_eq!(mine, [id, new]);
    assert_eq!(shown(&browser, "mentioned").await, [new]);
    let old_page = browser.get(&format!("/conversations/{id}")).await;
    old_page.assert_says(&format!("Ana separou mensagens na conversa nº {new}"));
    old_page.assert_says(&format!("href=\"/conversations/{new}\""));
    old_page.assert_silent("E a pia, quando chega?</");
    let new_page = browser.get(&format!("/conversations/{new}")).await;
    new_page.assert_says(&format!("Ana separou esta conversa da conversa nº {id}"));
    new_page.assert_says("Helena Duarte");
    // A merger brings them back.
    assert_eq!(merge(&browser, new, id, id).await.status, 303);
    assert_eq!(messages(&office, id).await, [first.message, answer, second.message, note]);
    assert_counted(&office).await;
}

#[tokio::test]
async fn replies_to_what_was_split_off_come_there_whatever_address_they_go_to() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let kept = office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    let moved = office.write(office.ana, id, MessageKind::Outgoing, "Sobre a pia: dez dias.").await;
    let mails = left(&office, 2).await;
    office.app.idle().await;
    let browser = office.browser(office.ana).await;
    let new = there(&split(&browser, moved, "one").await);
    assert_eq!(token_of(&mails[0]), token_of(&mails[1]), "both were sent from one conversation");
    let ids: Vec<String> = mails.iter().map(|mail| mail.message_id.clone().expect("an id")).collect();
    let by_token = office.receive(office.inbox, &letter("d1@x", HELENA, &token_of(&mails[1]), &ids[1])).await;
    let by_reference = office.receive(office.inbox, &letter("d2@x", HELENA, "contato@vereda.example", &ids[1])).await;
    let of_kept = office.receive(office.inbox, &letter("d3@x", HELENA, &token_of(&mails[0]), &ids[0])).await;
    let of_none = office.receive(office.inbox, &letter("d4@x", HELENA, &token_of(&mails[0]), "")).await;
    assert_eq!([by_token.conversation, by_reference.conversation], [new, new]);
    assert_eq!([of_kept.conversation, of_none.conversation], [id, id]);
    let stranger = office.receive(office.inbox, &letter("d5@x", BRUNO, &token_of(&mails[1]), &ids[1])).await;
    assert_eq!(stranger.conversation, new);
    assert_eq!(office.number("SELECT unfamiliar FROM message WHERE id = ?1", stranger.message).await, 1);
    // A token is none for another conversation.
    let foreign = office.mail(BRUNO, "Outra", "Outra").await;
    let forged = office.receive(office.inbox, &letter("d6@x", BRUNO, &token_of(&mails[0]), "m2@x")).await;
    assert_ne!(forged.conversation, foreign.conversation);
    assert_eq!(messages(&office, id).await[1], kept);
    assert_counted(&office).await;
}

#[tokio::test]
async fn what_somebody_else_wrote_becomes_a_conversation_with_them() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    let token = token_of(&left(&office, 1).await[0]);
    let his = office.receive(office.inbox, &letter("e1@x", BRUNO, &token, "")).await;
    assert_eq!(his.conversation, id);
    let browser = office.browser(office.ana).await;
    let new = there(&split(&browser, his.message, "one").await);
    let page = browser.get(&format!("/conversations/{new}")).await;
    page.assert_says("Para bruno@sa.example");
    page.assert_silent("helena@bemviver.example");
    assert_eq!(office.number("SELECT unfamiliar FROM message WHERE id = ?1", his.message).await, 0);
    let takes_part =
        "SELECT count(*) FROM participant WHERE conversation_id = ?1 AND address = 'helena@bemviver.example'";
    assert_eq!(office.number(takes_part, new).await, 0);
    assert_eq!(office.number(takes_part, id).await, 1);
    assert_counted(&office).await;
}

#[tokio::test]
async fn something_has_to_stay_and_notes_and_what_is_not_theirs_are_not_split() {
    let office = Office::open().await;
    let eva = office.agent("eva").await;
    let works = office.connect(office.ana, "obras", Access::Selected, &[office.ana]).await;
    let first = office.receive(works, &office.raw(HELENA, "Obra", "Quando?", "")).await;
    let note = office.write(office.ana, first.conversation, MessageKind::Note, "Só nossa").await;
    let browser = office.browser(office.ana).await;
    for extent in ["one", "rest"] {
        let refused = split(&browser, first.message, extent).await;
        assert_eq!(refused.status, 409);
        refused.assert_says("Pelo menos uma mensagem precisa ficar");
    }
    assert_eq!(split(&browser, note, "one").await.status, 404);
    assert_eq!(split(&browser, first.message, "everything").await.status, 404);
    let by_eva = office.browser(eva).await;
    assert_eq!(split(&by_eva, first.message, "one").await.status, 404);
    assert_eq!(by_eva.get(&format!("/messages/{}/split", first.message)).await.status, 404);
    let second = office.receive(works, &office.raw(HELENA, "Re: Obra", "Então?", "In-Reply-To: <m1@x>\r\n")).await;
    browser.post_form(&format!("/conversations/{}/spam", first.conversation), &[]).await;
    let refused = split(&browser, second.message, "one").await;
    assert_eq!(refused.status, 409);
    refused.assert_says("Esta conversa está no spam");
    assert_eq!(office.number("SELECT count(*) FROM conversation WHERE ?1 = ?1", 0).await, 1);
    assert_counted(&office).await;
}
