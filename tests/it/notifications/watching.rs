//! Watching a conversation of somebody else, and muting one.

use recado::accounts;
use recado::auth::{Right, Rights, Viewer};
use recado::db::Tx;
use recado::error::Result;
use recado::inboxes::store::{members, set_members};

use super::{HELENA, assign, causes, mail, with};
use crate::sections::office::viewer;
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::tools::write;

fn again(id: &str, text: &str) -> String {
    with(id, HELENA, "Re: Obra", text, "In-Reply-To: <a1@x>\r\n")
}

async fn watch(browser: &Browser, conversation: i64, level: &str) {
    let answer = browser.change("put", &format!("/conversations/{conversation}/watch"), &[("level", level)]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

async fn add(browser: &Browser, conversation: i64, user: i64) -> u16 {
    let path = format!("/conversations/{conversation}/watchers");
    browser.post_form(&path, &[("user", &user.to_string())]).await.status
}

/// Who was told why after so many, in the order of their names.
async fn new(desk: &Desk, seen: &mut usize) -> Vec<String> {
    let all: Vec<String> = causes(desk).await.split(", ").map(str::to_owned).collect();
    let mut new: Vec<String> = all.iter().skip(*seen).filter(|one| !one.is_empty()).cloned().collect();
    *seen = all.len();
    new.sort();
    new
}

// proves: P5 M22
#[rocket::async_test]
async fn who_watches_hears_of_messages_and_notes_as_of_their_own_and_once_of_each() {
    let desk = Desk::start().await;
    let ((caio, camila), (dora, diego)) = (desk.agent("camila").await, desk.agent("diego").await);
    let id = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    assign(&desk.browser, id, dora).await;
    let mut seen = 0;
    new(&desk, &mut seen).await;
    desk.receive(again("a2@x", "Antes")).await;
    assert_eq!(new(&desk, &mut seen).await, [format!("{dora} mine")], "it is nobody else's");
    watch(&camila, id, "watching").await;
    desk.receive(again("a3@x", "Alguma novidade?")).await;
    assert_eq!(new(&desk, &mut seen).await, [format!("{caio} watched"), format!("{dora} mine")]);
    assert_eq!(write(&desk.browser, id, "note", "Medir a porta").await.status, 303);
    assert_eq!(new(&desk, &mut seen).await, [format!("{caio} note")]);
    assert_eq!(write(&diego, id, "note", "@Camila, pode ir?").await.status, 303);
    assert_eq!(new(&desk, &mut seen).await, [format!("{caio} mention")], "one notice of one note");
    camila.get("/notifications/list").await.assert_says("Diego mencionou você");
    let fresh = camila.get("/notifications/fresh?after=0").await;
    fresh.assert_says("Anotação de Ana: Medir a porta");
    fresh.assert_says("Alguma novidade?");
    assert_eq!(write(&camila, id, "note", "Vou amanhã").await.status, 303);
    assert_eq!(new(&desk, &mut seen).await, Vec::<String>::new(), "nobody hears of their own acts");
    watch(&camila, id, "usual").await;
    desk.receive(again("a4@x", "Oi")).await;
    assert_eq!(new(&desk, &mut seen).await, [format!("{dora} mine")]);
}

#[rocket::async_test]
async fn what_they_chose_for_their_own_conversations_holds_for_those_they_watch() {
    let desk = Desk::start().await;
    let ((caio, camila), (dora, _)) = (desk.agent("camila").await, desk.agent("diego").await);
    let id = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    assign(&desk.browser, id, dora).await;
    watch(&camila, id, "watching").await;
    let mut seen = 0;
    new(&desk, &mut seen).await;
    camila.get("/notifications/settings").await.assert_says("das conversas que você acompanha");
    camila.change("put", "/notifications/settings", &[("desktop", "unassigned")]).await;
    desk.receive(again("a2@x", "Oi")).await;
    write(&desk.browser, id, "note", "Medir a porta").await;
    assert_eq!(new(&desk, &mut seen).await, [format!("{dora} mine")]);
    camila.change("put", "/notifications/settings", &[("email", "mine")]).await;
    desk.receive(again("a3@x", "Oi")).await;
    write(&desk.browser, id, "note", "@Camila, e a janela?").await;
    let told = [format!("{caio} note"), format!("{caio} watched"), format!("{dora} mine")];
    assert_eq!(new(&desk, &mut seen).await, told, "named, but not to be told of that: a note like any other");
}

#[rocket::async_test]
async fn of_a_muted_conversation_nothing_is_told_until_it_is_handed_over() {
    let desk = Desk::start().await;
    let (caio, camila) = desk.agent("camila").await;
    let id = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    let mut seen = 0;
    assert_eq!(new(&desk, &mut seen).await, ["1 unassigned".to_owned(), format!("{caio} unassigned")]);
    watch(&camila, id, "muted").await;
    desk.receive(again("a2@x", "Oi")).await;
    write(&desk.browser, id, "note", "@Camila, veja").await;
    assert_eq!(new(&desk, &mut seen).await, ["1 unassigned"]);
    let page = camila.get(&format!("/conversations/{id}")).await;
    page.assert_says("Silenciada para você");
    page.assert_says("Deixar de silenciar");
    desk.browser.get(&format!("/conversations/{id}")).await.assert_silent("Silenciada para você");
    assign(&desk.browser, id, caio).await;
    assert_eq!(new(&desk, &mut seen).await, [format!("{caio} assigned")]);
    watch(&camila, id, "usual").await;
    desk.receive(again("a3@x", "Oi")).await;
    assert_eq!(new(&desk, &mut seen).await, [format!("{caio} mine")]);
}

#[rocket::async_test]
async fn colleagues_who_read_it_are_added_and_everybody_sees_who_watches() {
    let desk = Desk::start().await;
    let ((caio, camila), (dora, diego)) = (desk.agent("camila").await, desk.agent("diego").await);
    let id = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    let path = format!("/conversations/{id}");
    desk.browser.get(&path).await.assert_says(&format!("id=\"side-watcher-{caio}\""));
    assert_eq!(add(&desk.browser, id, caio).await, 303);
    assert_eq!(add(&desk.browser, id, caio).await, 303, "twice is once");
    let page = diego.get(&path).await;
    page.assert_says("title=\"Camila\"");
    page.assert_silent(&format!("id=\"side-watcher-{caio}\""));
    camila.get(&path).await.assert_says("Deixar de acompanhar");
    watch(&diego, id, "muted").await;
    assert_eq!(add(&desk.browser, id, dora).await, 409, "their own word holds");
    assert_eq!(add(&desk.browser, id, 999).await, 404);
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("changed");
    assert_eq!(add(&desk.browser, id, dora).await, 404, "who does not read it does not watch it");
    assert_eq!(add(&camila, id, 1).await, 404);
    assert_eq!(desk.number("SELECT count(*) FROM watch").await, 0);
}

#[rocket::async_test]
async fn who_is_named_in_a_note_is_offered_to_watch() {
    let desk = Desk::start().await;
    let (_, camila) = desk.agent("camila").await;
    let id = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    let path = format!("/conversations/{id}");
    camila.get(&path).await.assert_silent("Uma anotação menciona você");
    write(&desk.browser, id, "note", "@Camila, veja").await;
    camila.get(&path).await.assert_says("Uma anotação menciona você. Acompanhe para saber do que vier.");
    desk.browser.get(&path).await.assert_silent("Uma anotação menciona você");
    watch(&camila, id, "watching").await;
    camila.get(&path).await.assert_silent("Uma anotação menciona você");
}

/// Does something as the owner, and answers who watches still, asked in the same transaction.
async fn left(desk: &Desk, change: impl FnOnce(&Tx<'_>, &Viewer) -> Result<()> + Send + 'static) -> String {
    let by = viewer(&desk.app, 1).await;
    let write = move |tx: &Tx<'_>| {
        change(tx, &by)?;
        let sql = "SELECT coalesce(group_concat(user_id, ' '), '') FROM (SELECT user_id FROM watch ORDER BY user_id)";
        Ok(tx.query_row(sql, [], |row| row.get(0))?)
    };
    desk.app.recado.db.write(write).await.expect("it is changed")
}

// proves: R2 P24
#[rocket::async_test]
async fn a_watch_ends_with_the_access_in_the_same_transaction() {
    let desk = Desk::start().await;
    let id = desk.receive(mail("a1@x", HELENA, "Obra", "Bom dia")).await.conversation;
    let inbox = desk.inbox.id;
    let mut people = Vec::new();
    for name in ["um", "dois", "tres", "quatro"] {
        let (user, browser) = desk.agent(name).await;
        watch(&browser, id, "watching").await;
        people.push(user);
    }
    let [one, two, three, four] = people[..] else { panic!("four people") };
    let said = |users: &[i64]| users.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
    let chosen = left(&desk, move |tx, _| {
        set_members(tx, inbox, &[one, two, three, four])?;
        tx.execute("UPDATE inbox SET access = 'selected' WHERE id = ?1", [inbox])?;
        Ok(())
    });
    assert_eq!(chosen.await, said(&[one, two, three, four]), "they read it still");
    assert_eq!(left(&desk, move |tx, _| set_members(tx, inbox, &[two, three, four])).await, said(&[two, three, four]));
    assert_eq!(left(&desk, move |tx, by| members::set_of_person(tx, by, two, &[])).await, said(&[three, four]));
    let rights = |rights: &[Right]| rights.iter().copied().collect::<Rights>();
    let more = rights(&[Right::Conversations, Right::Contacts]);
    assert_eq!(left(&desk, move |tx, by| accounts::set_rights(tx, by, three, more)).await, said(&[three, four]));
    let none = rights(&[Right::Contacts]);
    assert_eq!(left(&desk, move |tx, by| accounts::set_rights(tx, by, three, none)).await, said(&[four]));
    assert_eq!(left(&desk, move |tx, by| accounts::disable(tx, by, four)).await, "");
    let back = left(&desk, move |tx, by| {
        accounts::enable(tx, by, four)?;
        set_members(tx, inbox, &[one, two, three, four])
    });
    assert_eq!(back.await, "", "it does not come back by itself");
    let all = left(&desk, move |tx, _| {
        tx.execute("INSERT INTO watch VALUES (?1, ?2, 'watching', ?1, 0)", [one, id])?;
        tx.execute("UPDATE inbox SET access = 'owner' WHERE id = ?1", [inbox])?;
        Ok(())
    });
    assert_eq!(all.await, "");
}
