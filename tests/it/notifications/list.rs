//! What stands behind the bell.

use recado::conversations::model::Arrival;
use recado::followers::Followers;

use super::{HELENA, assign, causes, mail, mention, read, told, with};
use crate::support::desk::Desk;
use crate::support::wait::{DEADLINE, until};

const LIST: &str = "/notifications/list";
const BELL: &str = "/notifications/bell";
const OTHERS: &[(&str, &str)] =
    &[("desktop", "mine"), ("desktop", "others"), ("desktop", "unassigned"), ("desktop", "assigned")];

fn answer_to(id: &str, to: &str) -> String {
    with(id, HELENA, "Re: Obra", "Mais uma coisa", &format!("In-Reply-To: <{to}>\r\n"))
}

// proves: P5 P6 P7 P8 P27
#[rocket::async_test]
async fn each_event_reaches_whom_it_concerns_and_nobody_hears_of_their_own_acts() {
    let desk = Desk::start().await;
    let (user, camila) = desk.agent("camila").await;
    desk.browser.change("put", "/notifications/settings", OTHERS).await;
    let first = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    assert_eq!(causes(&desk).await, format!("1 unassigned, {user} unassigned"));
    assign(&desk.browser, first, user).await;
    assert_eq!(causes(&desk).await, format!("1 unassigned, {user} unassigned, {user} assigned"), "Ana did it herself");
    desk.receive(answer_to("a2@x", "a1@x")).await;
    let all = format!("1 unassigned, {user} unassigned, {user} assigned, 1 others, {user} mine");
    assert_eq!(causes(&desk).await, all);
    mention(&desk, first, user, "Camila, veja isto").await;
    mention(&desk, first, 1, "Eu mesma").await;
    assert_eq!(causes(&desk).await, format!("{all}, {user} mention"));
    let page = camila.get(LIST).await;
    page.assert_says("Helena Duarte");
    page.assert_says("Ana mencionou você: Camila, veja isto");
    page.assert_says("<span class=\"mark-new\">4<span");
    camila.get(BELL).await.assert_says("Avisos: 1 conversa com novidade");
    let taken = desk.receive(mail("b1@x", HELENA, "Outra", "Oi")).await.conversation;
    assign(&camila, taken, user).await;
    told(&desk).await;
    let own = "SELECT count(*) FROM notification n JOIN conversation c ON c.id = n.conversation_id
                WHERE c.subject = 'Outra' AND n.cause = 'assigned'";
    assert_eq!(desk.number(own).await, 0, "taking a conversation oneself is no news");
}

#[rocket::async_test]
async fn machines_spam_blocked_senders_and_mail_of_before_are_no_news() {
    let desk = Desk::start().await;
    desk.receive(with("a1@x", "a@x.example", "Férias", "Estou fora", "Auto-Submitted: auto-replied\r\n")).await;
    desk.receive(with("a2@x", "b@x.example", "Oferta", "Compre", "X-Spam-Flag: YES\r\n")).await;
    let unwanted = desk.receive(mail("a3@x", "c@x.example", "Insistente", "Oi")).await.conversation;
    told(&desk).await;
    let blocked = desk.browser.post_form(&format!("/conversations/{unwanted}/blocks"), &[("what", "address")]).await;
    assert_eq!(blocked.status, 303, "{}", blocked.body);
    let before = desk.number("SELECT count(*) FROM notification").await;
    assert_eq!(before, 1, "only the mail of a person");
    desk.receive(mail("a4@x", "c@x.example", "Insistente", "Oi de novo")).await;
    let app = &desk.app.recado;
    let intake = recado::channels::email::Intake { db: app.db.clone(), keys: app.keys.clone(), max_bytes: 1 << 20 };
    let mut old = intake
        .prepare(desk.inbox.address.clone(), mail("a5@x", HELENA, "De antes", "Oi").into_bytes())
        .await
        .expect("read");
    old.incoming.arrival = Arrival::Before(1);
    let inbox = desk.inbox.id;
    app.db.write(move |tx| old.store(tx, inbox)).await.expect("stored");
    desk.receive(mail("a6@x", HELENA, "De agora", "Oi")).await;
    told(&desk).await;
    assert_eq!(desk.number("SELECT count(*) FROM notification").await, before + 1, "{}", causes(&desk).await);
    let page = desk.browser.get(LIST).await;
    for words in ["Estou fora", "Compre", "Oi de novo", "De antes"] {
        page.assert_silent(words);
    }
}

#[rocket::async_test]
async fn a_fact_is_told_once_however_often_it_is_read() {
    let desk = Desk::start().await;
    let (user, _) = desk.agent("camila").await;
    let first = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    assign(&desk.browser, first, user).await;
    let before = causes(&desk).await;
    let db = desk.app.recado.db.clone();
    db.write(|tx| Ok(tx.execute("UPDATE event_cursor SET event_id = 0 WHERE name = 'notifications.told'", [])?))
        .await
        .expect("from the beginning");
    Followers::new(db, recado::FOLLOWERS).catch_up().await.expect("read again");
    assert_eq!(causes(&desk).await, before);
    assert_eq!(desk.number("SELECT sum(unread) FROM notification_line").await, 3);
}

#[rocket::async_test]
async fn opening_a_conversation_and_the_button_mark_as_read() {
    let desk = Desk::start().await;
    let (user, camila) = desk.agent("camila").await;
    let first = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    let second = desk.receive(mail("a2@x", "Bruno <bruno@x.example>", "Piso", "Boa tarde")).await.conversation;
    assign(&desk.browser, second, user).await;
    told(&desk).await;
    camila.get(BELL).await.assert_says(&format!("data-unread=\"{second} {first}\""));
    read(&camila, first).await;
    until("the first to be read", DEADLINE, async || {
        camila.get(BELL).await.body.contains(&format!("data-unread=\"{second}\""))
    })
    .await;
    desk.browser.get(BELL).await.assert_says(&format!("data-unread=\"{second} {first}\""));
    let looked = camila.post_form(&format!("/notifications/{second}/read"), &[]).await;
    assert_eq!(looked.status, 204);
    camila.get(BELL).await.assert_says("data-unread=\"\"");
    let all = desk.browser.post_form("/notifications/read", &[]).await;
    assert_eq!((all.status, all.location()), (303, "/notifications"));
    desk.browser.get(BELL).await.assert_says("data-unread=\"\"");
    desk.browser.get("/notifications").await.assert_silent("mark-new");
}

#[rocket::async_test]
async fn who_may_not_read_a_conversation_any_more_finds_nothing_of_it() {
    let desk = Desk::start().await;
    let (user, camila) = desk.agent("camila").await;
    let first = desk.receive(mail("a1@x", HELENA, "Obra secreta", "Bom dia")).await.conversation;
    assign(&desk.browser, first, user).await;
    told(&desk).await;
    camila.get(LIST).await.assert_says("Helena Duarte");
    let fresh = camila.get("/notifications/fresh?after=0").await;
    fresh.assert_says("Helena Duarte");
    let sql = "UPDATE inbox SET access = 'owner'";
    desk.app.recado.db.write(move |tx| Ok(tx.execute(sql, [])?)).await.expect("changed");
    camila.get(LIST).await.assert_silent("Helena");
    camila.get(BELL).await.assert_says("data-unread=\"\"");
    camila.get("/notifications/fresh?after=0").await.assert_silent("Helena");
    assert_eq!(camila.post_form(&format!("/notifications/{first}/read"), &[]).await.status, 404);
    desk.browser.get(LIST).await.assert_says("Helena Duarte");
    let by = desk.app.recado.db.write(move |tx| {
        tx.execute("UPDATE inbox SET access = 'all'", [])?;
        Ok(tx.execute("DELETE FROM user_right WHERE user_id = ?1 AND name = 'conversations'", [user])?)
    });
    assert_eq!(by.await.expect("changed"), 1);
    assert_eq!(camila.get(LIST).await.status, 403);
}

#[rocket::async_test]
async fn a_long_list_is_paged_by_key_newest_first() {
    let desk = Desk::start().await;
    for number in 0..25 {
        desk.receive(mail(&format!("a{number}@x"), &format!("Cliente {number:02} <c{number}@x.example>"), "Oi", "Oi"))
            .await;
    }
    told(&desk).await;
    let first = desk.browser.get("/notifications").await;
    first.assert_says("Cliente 24");
    first.assert_silent("Cliente 04");
    let (_, next) = first.body.split_once("href=\"/notifications?before=").expect("a next page");
    let next = format!("/notifications?before={}", next.split('"').next().expect("a place"));
    desk.receive(mail("b1@x", "Novo <n@x.example>", "Oi", "Oi")).await;
    told(&desk).await;
    let second = desk.browser.get(&next).await;
    second.assert_says("Cliente 04");
    second.assert_says("Cliente 00");
    second.assert_silent("Cliente 05");
    second.assert_silent("Novo");
    second.assert_silent("rel=\"next\"");
}
