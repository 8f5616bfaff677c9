//! Deleting a conversation for good.

use recado::auth::Role;
use recado::conversations::model::{MessageKind, Outcome};
use recado::inboxes::Access;
use rocket::tokio;

use super::office::{HELENA, Office, block, shown};

const SECRET: &str = "Xilofone7Quartzo";
const SURE: &[(&str, &str)] = &[("sure", "yes")];

// proves: P38
#[tokio::test]
async fn only_who_connected_the_inbox_and_the_workspaces_owner_delete() {
    let office = Office::open().await;
    let (diego, eva) = (office.agent("diego").await, office.agent("eva").await);
    let bia = office.app.user("bia", Role::Admin).await;
    let works = office.connect(diego, "obras", Access::All, &[]).await;
    let id = office.receive(works, &office.raw(HELENA, "Obra", "Quando?", "")).await.conversation;
    let path = format!("/conversations/{id}/deletion");
    for user in [eva, bia] {
        let browser = office.browser(user).await;
        for refused in [browser.post_form(&path, SURE).await, block(&browser, "post", &path, SURE).await] {
            assert_eq!(refused.status, 403);
            refused.assert_says("Só quem conectou a caixa de entrada");
        }
        let page = browser.get(&format!("/conversations/{id}")).await;
        page.assert_silent("data-dialog=\"delete-conversation\"");
        browser.get(&path).await.assert_says("Só quem conectou a caixa de entrada");
    }
    assert_eq!(office.number("SELECT count(*) FROM conversation WHERE id = ?1", id).await, 1);
    let own = office.browser(diego).await;
    assert_eq!(own.post_form(&path, SURE).await.location(), "/conversations");
    let other = office.receive(works, &office.raw(HELENA, "Obra 2", "Quando?", "")).await.conversation;
    let owner = office.browser(office.ana).await;
    assert_eq!(owner.post_form(&format!("/conversations/{other}/deletion"), SURE).await.status, 303);
    // The owner of the workspace reads only what is theirs to read.
    let closed = office.connect(diego, "so diego", Access::Owner, &[]).await;
    let hidden = office.receive(closed, &office.raw(HELENA, "Só eu", "Oi", "")).await.conversation;
    let path = format!("/conversations/{hidden}/deletion");
    assert_eq!(owner.post_form(&path, SURE).await.status, 404);
    assert_eq!(owner.get(&path).await.status, 404);
}

// proves: P39 P41 P42
#[tokio::test]
async fn the_way_goes_through_the_contacts_menu_and_a_question_that_says_what_stays() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let page = browser.get(&format!("/conversations/{id}/details")).await;
    let (_, menu) = page.body.split_once("id=\"side-menu\"").expect("the contact's menu");
    assert!(menu.split("</details>").next().unwrap_or_default().contains("Apagar conversa"));
    page.assert_says("<dialog class=\"dialog\" id=\"delete-conversation\"");
    for words in ["Apagar a conversa com Helena Duarte?", "Na caixa de e-mail contato@vereda.example ele continua"] {
        page.assert_says(words);
        browser.get(&format!("/conversations/{id}/deletion")).await.assert_says(words);
    }
    let unsure = browser.post_form(&format!("/conversations/{id}/deletion"), &[]).await;
    assert_eq!(unsure.status, 422, "without the button that says so nothing is deleted");
    unsure.assert_says("Apagar a conversa com Helena Duarte?");
    assert_eq!(browser.get(&format!("/conversations/{id}")).await.status, 200);
}

// proves: P40 P43
#[tokio::test]
async fn the_history_is_gone_for_good_and_only_new_mails_make_the_conversation_visible_again() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let raw = office.raw(HELENA, "Granito", &format!("Segredo: {SECRET}"), "");
    let first = office.receive(office.inbox, &raw).await;
    let id = first.conversation;
    let answer = office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    office.write(diego, id, MessageKind::Note, "Cliente antiga").await;
    office.app.letters(1).await;
    office.app.idle().await;
    let sent: String = {
        let read = move |connection: &recado::db::Connection| {
            Ok(connection.query_row("SELECT external_id FROM message WHERE id = ?1", [answer], |row| row.get(0))?)
        };
        office.app.recado.db.read(read).await.expect("it was sent")
    };
    let browser = office.browser(diego).await;
    browser.get(&format!("/conversations/{id}")).await.assert_says(SECRET);
    let done = block(&office.browser(office.ana).await, "post", &format!("/conversations/{id}/deletion"), SURE).await;
    assert_eq!(done.status, 200);
    done.assert_says("Conversa apagada.");
    done.assert_says("Ana apagou em");
    for path in ["", "/details", "/messages", "/head", "/side", "/strip", "/tags"] {
        assert_eq!(browser.get(&format!("/conversations/{id}{path}")).await.status, 404, "{path}");
    }
    browser.get(&format!("/conversations/list?q={SECRET}")).await.assert_says("list-empty");
    assert!(shown(&browser, "unassigned").await.is_empty());
    // The same mail once more, by any way, and a copy of our own answer.
    assert_eq!(office.receive(office.inbox, &raw).await.outcome, Outcome::Deleted);
    let copy =
        format!("Message-ID: <{sent}>\r\nFrom: contato@vereda.example\r\nTo: {HELENA}\r\n\r\nCusta 100 reais.\r\n");
    assert_eq!(office.receive(office.inbox, copy.as_bytes()).await.outcome, Outcome::Deleted);
    assert_eq!(office.number("SELECT count(*) FROM message WHERE conversation_id = ?1", id).await, 0);
    assert!(shown(&browser, "unassigned").await.is_empty());
    let again = office.reply(HELENA, "m1@x", "E o prazo?").await;
    assert_ne!(again.conversation, id, "a number is never given twice");
    assert!(again.message > answer);
    assert_eq!(shown(&browser, "unassigned").await, [again.conversation]);
    let page = browser.get(&format!("/conversations/{}", again.conversation)).await;
    page.assert_says("E o prazo?");
    for old in [SECRET, "Custa 100 reais.", "Cliente antiga"] {
        page.assert_silent(old);
    }
}

#[tokio::test]
async fn an_address_of_a_deleted_conversation_leads_into_no_other() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    let letter = office.app.letters(1).await.remove(0);
    office.app.idle().await;
    let sent = recado::channels::email::parse(&letter.raw, &recado::channels::email::Limits::default());
    let token = sent.reply_to[0].address.clone();
    office.browser(office.ana).await.post_form(&format!("/conversations/{id}/deletion"), SURE).await;
    let other = office.mail("Rui <rui@outro.example>", "Outra coisa", "Oi").await.conversation;
    let late = format!("Message-ID: <late@x>\r\nFrom: {HELENA}\r\nTo: {token}\r\nSubject: Re\r\n\r\nFechado.\r\n");
    let joined = office.receive(office.inbox, late.as_bytes()).await;
    assert!(joined.conversation != other && joined.conversation != id, "{joined:?}");
}

// proves: P40
#[tokio::test]
async fn nothing_of_it_is_left_in_the_file() {
    let office = Office::open().await;
    let attachment = "Violoncelo9Basalto".repeat(20_000);
    let raw = format!(
        "Message-ID: <m@x>\r\nFrom: {HELENA}\r\nTo: contato@vereda.example\r\nSubject: {SECRET}assunto\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{SECRET} corpo {SECRET}palavra\r\n--b\r\n\
         Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename={SECRET}.txt\r\n\r\n\
         {attachment}\r\n--b--\r\n"
    );
    let id = office.receive(office.inbox, raw.as_bytes()).await.conversation;
    office.write(office.ana, id, MessageKind::Note, &format!("{SECRET}anotado")).await;
    office.mail("Rui <rui@outro.example>", "Outra coisa", "Fica aqui: Acordeon5Marmore").await;
    let browser = office.browser(office.ana).await;
    assert_eq!(browser.post_form(&format!("/conversations/{id}/deletion"), SURE).await.status, 303);
    office.app.idle().await;
    let path = office.app.recado.db.path().to_owned();
    let rows = office.number("SELECT count(*) FROM blob WHERE size > 100000 AND id != ?1", 0).await;
    assert_eq!(rows, 0, "its files are gone");
    assert_eq!(office.number("SELECT count(*) FROM attachment WHERE id != ?1", 0).await, 0);
    office.app.recado.db.close();
    let bytes = std::fs::read(&path).expect("the file");
    let holds = |words: &str| bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()));
    assert!(holds("Acordeon5Marmore"), "what is not deleted is there");
    for words in [SECRET, "Violoncelo9Basalto", "corpo Xilo", "anotado"] {
        assert!(!holds(words), "{words} is still in the file");
    }
    assert!(
        !path.with_extension("db-wal").exists()
            || std::fs::metadata(path.with_extension("db-wal")).is_ok_and(|wal| wal.len() == 0)
    );
}

// proves: P40
#[tokio::test]
async fn it_is_written_down_who_deleted_what_by_numbers_only() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", SECRET).await.conversation;
    let browser = office.browser(office.ana).await;
    browser.post_form(&format!("/conversations/{id}/deletion"), SURE).await;
    let read = move |connection: &recado::db::Connection| {
        let sql = "SELECT actor_id, payload FROM activity WHERE kind = 'conversation.deleted' AND conversation_id = ?1";
        Ok(connection.query_row(sql, [id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?)
    };
    let (actor, payload) = office.app.recado.db.read(read).await.expect("it is in the log");
    assert_eq!(actor, office.ana);
    assert!(!payload.contains(SECRET) && !payload.contains("Helena"), "{payload}");
    let gone = browser.get(&format!("/conversations/{id}/deletion")).await;
    assert_eq!(gone.status, 200);
    gone.assert_says("Ana apagou em");
}
