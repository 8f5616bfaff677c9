//! A conversation goes to another inbox.

use recado::auth::Right;
use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::{assert_counted, left, letter, token_of};
use crate::sections::office::{BRUNO, HELENA, Office, block, shown};
use crate::support::browser::{Answer, Browser, send};
use crate::support::undo;

const HELENA_AT: &str = "helena@bemviver.example";

async fn move_to(browser: &Browser, id: i64, inbox: i64) -> Answer {
    browser.post_form(&format!("/conversations/{id}/inbox"), &[("inbox", &inbox.to_string())]).await
}

// proves: M18
#[tokio::test]
async fn answers_leave_by_the_new_inbox_and_replies_to_earlier_mails_still_find_the_conversation() {
    let office = Office::open().await;
    let sales = office.connect(office.ana, "vendas", Access::All, &[]).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    let first = left(&office, 1).await.remove(0);
    assert_eq!(first.from.address, "contato@vereda.example");
    let browser = office.browser(office.ana).await;
    let page = browser.get(&format!("/conversations/{id}/inbox")).await;
    page.assert_says("vendas@vereda.example");
    page.assert_silent("value=\"1\"");
    let moved = move_to(&browser, id, sales).await;
    assert_eq!((moved.status, moved.location()), (303, format!("/conversations/{id}").as_str()));
    assert_counted(&office).await;
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Ana moveu de contato para vendas");
    office.write(office.ana, id, MessageKind::Outgoing, "Com frete, 120.").await;
    let second = left(&office, 2).await.remove(1);
    assert_eq!(second.from.address, "vendas@vereda.example");
    assert!(token_of(&second).starts_with("vendas+r"), "{}", token_of(&second));
    assert_eq!(second.in_reply_to, ["m1@x"]);
    // By the address of before, at the inbox of before: a known sender.
    let known = office.receive(office.inbox, &letter("a1@x", HELENA, &token_of(&first), "")).await;
    assert_eq!(known.conversation, id);
    // Whoever is not known is marked, and answers do not go to them.
    let unknown = office.receive(office.inbox, &letter("a2@x", BRUNO, &token_of(&first), "")).await;
    assert_eq!(unknown.conversation, id);
    let unfamiliar = "SELECT group_concat(unfamiliar) FROM message WHERE conversation_id = ?1 AND kind = 'incoming'";
    let marks = move |c: &recado::db::Connection| Ok(c.query_row(unfamiliar, [id], |row| row.get::<_, String>(0))?);
    assert_eq!(office.app.recado.db.read(marks).await.expect("marks"), "0,0,1");
    // By the mail that is answered alone: only who is known.
    let own = first.message_id.clone().expect("an id");
    assert_eq!(
        office.receive(office.inbox, &letter("a3@x", HELENA, "contato@vereda.example", &own)).await.conversation,
        id
    );
    let stranger =
        office.receive(office.inbox, &letter("a4@x", "eva@fora.example", "contato@vereda.example", &own)).await;
    assert_ne!(stranger.conversation, id);
    // An address that was made for another inbox than those it stood in is no token.
    let third = office.connect(office.ana, "obras", Access::All, &[]).await;
    let elsewhere = office.receive(third, &letter("a5@x", HELENA, &token_of(&second), "")).await;
    assert_ne!(elsewhere.conversation, id);
    assert_counted(&office).await;
}

// proves: R2 R4
#[tokio::test]
async fn what_was_said_is_read_by_who_reads_the_new_inbox_and_by_nobody_else() {
    let office = Office::open().await;
    let (diego, eva) = (office.agent("diego").await, office.agent("eva").await);
    let works = office.connect(office.ana, "obras", Access::Selected, &[office.ana, diego]).await;
    let sales = office.connect(office.ana, "vendas", Access::Selected, &[office.ana, eva]).await;
    let raw = office.raw(HELENA, "Granitolisa", "Quanto custa a Marmorata?", "");
    let receipt = office.receive(works, &raw).await;
    let id = receipt.conversation;
    let (by_diego, by_eva) = (office.browser(diego).await, office.browser(eva).await);
    let by_ana = office.browser(office.ana).await;
    for (browser, status) in [(&by_diego, 200), (&by_eva, 404)] {
        assert_eq!(browser.get(&format!("/conversations/{id}")).await.status, status);
    }
    assert_eq!(move_to(&by_diego, id, sales).await.status, 404, "he does not read it");
    assert_eq!(move_to(&by_eva, id, sales).await.status, 404, "it is not hers yet");
    assert_eq!(move_to(&by_ana, id, sales).await.status, 303);
    for (browser, status, rows) in [(&by_diego, 404, vec![]), (&by_eva, 200, vec![id])] {
        for path in ["", "/side", "/messages", "/details"] {
            assert_eq!(browser.get(&format!("/conversations/{id}{path}")).await.status, status, "{path}");
        }
        for path in ["original", "text", "headers"] {
            assert_eq!(browser.get(&format!("/messages/{}/{path}", receipt.message)).await.status, status, "{path}");
        }
        assert_eq!(shown(browser, "unassigned").await, rows);
        for found in ["/conversations/list?q=Marmorata", "/conversations/list?q=Helena"] {
            assert_eq!(browser.get(found).await.body.contains(&format!("row-{id}")), status == 200, "{found}");
        }
        let signals = browser.get("/signals").await;
        assert_eq!(signals.body.contains("data-alert=\"yes\""), status == 200);
    }
    // On the page that Diego still has open, the reason stands.
    let open = by_diego.get(&format!("/conversations/{id}/deletion")).await;
    open.assert_says("Ana moveu em");
    open.assert_silent("Marmorata");
    assert_eq!(
        office.browser(office.agent("bia").await).await.get(&format!("/conversations/{id}/deletion")).await.status,
        404
    );
    assert_counted(&office).await;
}

#[tokio::test]
async fn what_hangs_on_it_goes_along_and_who_cannot_read_it_there_handles_it_no_more() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let sales = office.connect(office.ana, "vendas", Access::Selected, &[office.ana]).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let by_ana = office.browser(office.ana).await;
    let by_diego = office.browser(diego).await;
    by_ana.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", &diego.to_string())]).await;
    by_ana.post_form(&format!("/conversations/{id}/tags"), &[("name", "Obra")]).await;
    by_ana.post_form(&format!("/conversations/{id}/snooze"), &[("until", "tomorrow")]).await;
    by_ana
        .post_form(
            &format!("/conversations/{id}/drafts"),
            &[("kind", "reply"), ("text", "Bom dia, Helena"), ("client_id", "p1")],
        )
        .await;
    office.write(diego, id, MessageKind::Note, "Veja, @ana").await;
    by_ana.get(&format!("/conversations/{id}/inbox")).await.assert_says("Diego não tem acesso a esta caixa");
    assert_eq!(move_to(&by_ana, id, sales).await.status, 303);
    assert_eq!(office.assignee(id).await, 0);
    assert_eq!(shown(&by_ana, "snoozed").await, [id]);
    assert_eq!(shown(&by_ana, "mentioned").await, [id]);
    assert_eq!(shown(&by_diego, "snoozed").await, Vec::<i64>::new());
    let page = by_ana.get(&format!("/conversations/{id}")).await;
    for words in ["Ficou sem dono: Diego não tem acesso a esta caixa", "Bom dia, Helena", "Obra", "Veja, "] {
        page.assert_says(words);
    }
    assert_counted(&office).await;
    office.app.clock().advance(2 * recado::clock::DAY);
    office.app.idle().await;
    assert_eq!(shown(&by_ana, "unassigned").await, [id], "it comes back there at its time");
    assert_counted(&office).await;
}

#[tokio::test]
async fn an_inbox_that_cannot_take_it_is_refused_in_words() {
    let office = Office::open().await;
    let lost = office.connect(office.ana, "perdida", Access::All, &[]).await;
    let off = office.connect(office.ana, "parada", Access::All, &[]).await;
    let chat = office.connect(office.ana, "zap", Access::All, &[]).await;
    let hidden = office.connect(office.agent("zoe").await, "so zoe", Access::Owner, &[]).await;
    office
        .run(
            "UPDATE inbox SET told_at = 1, problem = 'delivery-no-way', problem_at = 1 WHERE name = 'perdida';
             UPDATE inbox SET state = 'disabled' WHERE name = 'parada';
             UPDATE inbox SET channel = 'whatsapp' WHERE name = 'zap';",
        )
        .await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    for (inbox, words) in [
        (lost, "Esta caixa está sem conexão agora"),
        (off, "Esta caixa está desconectada"),
        (chat, "Esta caixa é de outro canal"),
    ] {
        let plain = move_to(&browser, id, inbox).await;
        assert_eq!(plain.status, 409);
        plain.assert_says(words);
        let path = format!("/conversations/{id}/inbox");
        let refused = block(&browser, "post", &path, &[("inbox", &inbox.to_string())]).await;
        assert_eq!(refused.status, 409);
        refused.assert_says("data-errors");
        refused.assert_says(words);
    }
    browser.get(&format!("/conversations/{id}/inbox")).await.assert_silent("so zoe");
    assert_eq!(move_to(&browser, id, hidden).await.status, 404);
    assert_eq!(office.number("SELECT inbox_id FROM conversation WHERE id = ?1", id).await, office.inbox);
    assert_eq!(office.number("SELECT count(*) FROM relocation WHERE conversation_id = ?1", id).await, 0);
}

#[tokio::test]
async fn an_answer_that_waits_leaves_by_the_new_inbox() {
    let office = Office::open().await;
    let sales = office.connect(office.ana, "vendas", Access::All, &[]).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    undo::on(&office.app.recado.db, office.ana).await;
    let token = browser.token("/password-reset").await;
    let form =
        reqwest::multipart::Form::new().text("_token", token).text("kind", "reply").text("text", "Amanhã eu digo");
    let request = browser.request(reqwest::Method::POST, &format!("/conversations/{id}/messages"));
    send(request.header("Sec-Fetch-Site", "same-origin").multipart(form)).await;
    assert_eq!(
        office.number("SELECT count(*) FROM draft WHERE conversation_id = ?1 AND leaves_at IS NOT NULL", id).await,
        1
    );
    move_to(&browser, id, sales).await;
    office.app.clock().advance(recado::clock::MINUTE);
    let mail = left(&office, 1).await.remove(0);
    assert_eq!(mail.from.address, "vendas@vereda.example");
    assert_eq!(mail.to[0].address, HELENA_AT);
    assert_counted(&office).await;
}

// proves: R8
#[tokio::test]
async fn moving_takes_the_right_to_conversations() {
    let office = Office::open().await;
    let eva = office.agent("eva").await;
    let sales = office.connect(office.ana, "vendas", Access::All, &[]).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let (by, rights) = (office.viewer(office.ana).await, [Right::Contacts].into_iter().collect());
    let set = move |tx: &recado::db::Tx<'_>| recado::accounts::set_rights(tx, &by, eva, rights);
    office.app.recado.db.write(set).await.expect("the owner may");
    let refused = move_to(&office.browser(eva).await, id, sales).await;
    assert_eq!(refused.status, 403);
    refused.assert_says("\"Conversas\"");
    assert_eq!(office.number("SELECT inbox_id FROM conversation WHERE id = ?1", id).await, office.inbox);
}
