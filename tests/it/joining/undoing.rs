//! A merger is undone, while nobody has written since.

use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::merging::merge;
use super::{assert_counted, left, letter, token_of};
use crate::sections::office::{BRUNO, HELENA, Office, block, shown};
use crate::support::browser::{Answer, Browser};

async fn undo(browser: &Browser, id: i64, merger: i64) -> Answer {
    browser.change("delete", &format!("/conversations/{id}/merger"), &[("merger", &merger.to_string())]).await
}

/// All that a person sees of a conversation, as a few numbers and words.
async fn state(office: &Office, id: i64) -> String {
    let sql = "SELECT json_array(state, unanswered, priority, preview, last_kind, incoming_count, last_activity_at,
                      last_incoming_at, coalesce(assignee_id, 0), subject, contact_id,
                      (SELECT group_concat(id) FROM message WHERE conversation_id = c.id),
                      (SELECT group_concat(address) FROM participant WHERE conversation_id = c.id),
                      (SELECT group_concat(tag_id) FROM tagging WHERE conversation_id = c.id),
                      (SELECT group_concat(u.id || ':' || (c.incoming_count - coalesce(k.incoming_seen, 0)))
                         FROM user u LEFT JOIN read_mark k ON k.user_id = u.id AND k.conversation_id = c.id),
                      (SELECT group_concat(user_id || ':' || unread || ':' || message_id) FROM mention_place
                        WHERE conversation_id = c.id),
                      (SELECT group_concat(text || ':' || slot) FROM draft WHERE conversation_id = c.id))
                 FROM conversation c WHERE id = ?1";
    let read = move |c: &recado::db::Connection| Ok(c.query_row(sql, [id], |row| row.get::<_, String>(0))?);
    office.app.recado.db.read(read).await.expect("a conversation")
}

#[tokio::test]
async fn both_are_as_they_were_in_either_direction() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    office.app.clock().advance(recado::clock::MINUTE);
    let two = office.mail(BRUNO, "Mármore", "Dois").await.conversation;
    office.app.clock().advance(recado::clock::MINUTE);
    office.write(office.ana, two, MessageKind::Outgoing, "Nossa resposta").await;
    office.write(diego, two, MessageKind::Note, "Veja, @ana").await;
    by_ana.post_form(&format!("/conversations/{one}/tags"), &[("name", "Obra")]).await;
    by_ana.post_form(&format!("/conversations/{two}/tags"), &[("name", "Urgente")]).await;
    by_ana.change("put", &format!("/conversations/{two}/priority"), &[("priority", "high")]).await;
    by_diego
        .post_form(
            &format!("/conversations/{two}/drafts"),
            &[("kind", "reply"), ("text", "Rascunho"), ("client_id", "p")],
        )
        .await;
    by_diego.post_form(&format!("/conversations/{two}/read"), &[("message", "9999")]).await;
    left(&office, 1).await;
    let before = [state(&office, one).await, state(&office, two).await];
    for (merger, (kept, merged)) in [(one, two), (two, one)].into_iter().enumerate() {
        let merger = i64::try_from(merger).expect("small") + 1;
        merge(&by_ana, kept, merged, kept).await;
        let page = by_diego.get(&format!("/conversations/{kept}")).await;
        page.assert_says("Desfazer a união");
        page.assert_says(&format!("id=\"undo-merger-{merger}\""));
        let undone = undo(&by_diego, kept, merger).await;
        assert_eq!((undone.status, undone.location()), (303, format!("/conversations/{kept}").as_str()));
        assert_counted(&office).await;
        assert_eq!([state(&office, one).await, state(&office, two).await], before);
        let page = by_ana.get(&format!("/conversations/{kept}")).await;
        page.assert_silent("Desfazer a união");
        page.assert_says(&format!("Diego desfez a união com a conversa nº {merged}"));
        assert_eq!(by_ana.get(&format!("/conversations/{merged}")).await.status, 200);
        let twice = undo(&by_ana, kept, merger).await;
        assert_eq!(twice.status, 409);
        twice.assert_says("Esta união já foi desfeita");
    }
}

#[tokio::test]
async fn it_ends_when_a_message_comes_or_leaves_and_says_why() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let mut merger = 0;
    for way in ["in", "out"] {
        let one = office.mail(HELENA, "Granito", "Um").await.conversation;
        let two = office.mail(BRUNO, "Mármore", "Dois").await.conversation;
        office.write(office.ana, two, MessageKind::Outgoing, "Nossa").await;
        merge(&browser, one, two, one).await;
        merger += 1;
        office.write(office.ana, one, MessageKind::Note, "Uma anotação não conta").await;
        browser.get(&format!("/conversations/{one}")).await.assert_says("Desfazer a união");
        if way == "in" {
            let answer = left(&office, 1).await.remove(0);
            office.receive(office.inbox, &letter("c1@x", BRUNO, &token_of(&answer), "")).await;
        } else {
            office.write(office.ana, one, MessageKind::Outgoing, "Uma resposta").await;
        }
        browser.get(&format!("/conversations/{one}")).await.assert_silent("Desfazer a união");
        let late =
            block(&browser, "delete", &format!("/conversations/{one}/merger"), &[("merger", &merger.to_string())])
                .await;
        assert_eq!(late.status, 409, "{way}");
        late.assert_says("Já chegou ou saiu uma mensagem depois da união");
        assert_eq!(browser.get(&format!("/conversations/{two}")).await.status, 303);
        assert_counted(&office).await;
    }
}

#[tokio::test]
async fn only_who_reads_both_inboxes_undoes_it() {
    let office = Office::open().await;
    let eva = office.agent("eva").await;
    let works = office.connect(office.ana, "obras", Access::Selected, &[office.ana]).await;
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    let two = office.receive(works, &office.raw(HELENA, "Obra", "Dois", "")).await.conversation;
    let (by_ana, by_eva) = (office.browser(office.ana).await, office.browser(eva).await);
    merge(&by_ana, one, two, one).await;
    let page = by_eva.get(&format!("/conversations/{one}")).await;
    page.assert_says("Dois");
    page.assert_silent("Desfazer a união");
    assert_eq!(undo(&by_eva, one, 1).await.status, 404);
    assert_eq!(undo(&by_eva, two, 1).await.status, 404);
    assert_eq!(undo(&by_ana, one, 1).await.status, 303);
    assert_eq!(by_eva.get(&format!("/conversations/{two}")).await.status, 404);
    assert_eq!(shown(&by_eva, "unassigned").await, [one]);
    assert_counted(&office).await;
}

#[tokio::test]
async fn deleting_the_one_that_stays_deletes_what_came_into_it() {
    let office = Office::open().await;
    let one = office.mail(HELENA, "Granito", "Um").await.conversation;
    let two = office.mail(BRUNO, "Mármore", "Xilofone7Quartzo").await.conversation;
    let browser = office.browser(office.ana).await;
    merge(&browser, one, two, one).await;
    assert_eq!(browser.post_form(&format!("/conversations/{one}/deletion"), &[("sure", "yes")]).await.status, 303);
    for table in ["SELECT count(*) FROM conversation WHERE ?1 = ?1", "SELECT count(*) FROM message WHERE ?1 = ?1"] {
        assert_eq!(office.number(table, 0).await, 0, "{table}");
    }
    assert_eq!(browser.get(&format!("/conversations/{two}")).await.status, 404);
    let again = office.receive(office.inbox, &office.raw(HELENA, "Nova", "Oi", "")).await.conversation;
    assert!(again > two, "no number is given twice");
    assert_counted(&office).await;
}
