//! Right and inbox: who has both sees and does everything there, who lacks one nothing.

use recado::accounts;
use recado::auth::{Right, Rights};
use recado::inboxes::Access;
use reqwest::Method;
use rocket::tokio;

use super::office::{HELENA, Office, block, shown};
use crate::support::browser::{Browser, send};

const WORD: &str = "Granitolisa";

/// What a person sees of one conversation, everywhere it could show.
async fn sees(office: &Office, browser: &Browser, id: i64) -> Vec<(&'static str, u16, bool)> {
    let mut seen = Vec::new();
    let read = move |connection: &recado::db::Connection| {
        Ok(connection.query_row("SELECT key FROM attachment", [], |row| row.get::<_, String>(0))?)
    };
    let attachment = office.app.recado.db.read(read).await.expect("an attachment");
    for (name, path) in [
        ("list", "/conversations/list?section=unassigned".to_owned()),
        ("search", format!("/conversations/list?q={WORD}")),
        ("search by name", "/conversations/list?q=Helena".to_owned()),
        ("counters", "/conversations/sections".to_owned()),
        ("page", format!("/conversations/{id}")),
        ("details", format!("/conversations/{id}/side")),
        ("messages", format!("/conversations/{id}/messages")),
        ("deletion", format!("/conversations/{id}/deletion")),
        ("file", format!("/attachments/{attachment}")),
        ("signals", "/signals".to_owned()),
    ] {
        let answer = browser.get(&path).await;
        let own = if path.contains("q=") { "" } else { WORD };
        let signs = [own, "id=\"row-", "Helena Duarte", "planta", "<b>1</b>", "data-alert=\"yes\""];
        let shows = signs.iter().any(|sign| !sign.is_empty() && answer.body.contains(sign));
        seen.push((name, answer.status, shows));
    }
    seen
}

fn with_file(office: &Office) -> Vec<u8> {
    let boundary = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
    let body = format!(
        "--b\r\n\r\n{WORD}\r\n--b\r\nContent-Type: text/plain; name=planta.txt\r\n\
         Content-Disposition: attachment; filename=planta.txt\r\n\r\nplanta\r\n--b--\r\n"
    );
    let plain = String::from_utf8(office.raw(HELENA, "Obra", "", "")).expect("text");
    let head = plain.split("MIME-Version").next().unwrap_or_default().to_owned();
    format!("{head}{boundary}\r\n{body}").into_bytes()
}

/// Tries everything a person can do to a conversation, and looks at the status of each.
async fn every_change_answers(browser: &Browser, id: i64, expected: &[u16]) {
    let changes = [
        ("post", "assignment", vec![("assignee", "")]),
        ("post", "closure", vec![]),
        ("delete", "closure", vec![]),
        ("post", "snooze", vec![("until", "answer")]),
        ("delete", "snooze", vec![]),
        ("post", "tags", vec![("name", "Obra")]),
        ("put", "priority", vec![("priority", "low")]),
        ("post", "read", vec![("message", "1")]),
    ];
    for (method, what, fields) in changes {
        let answer = block(browser, method, &format!("/conversations/{id}/{what}"), &fields).await;
        assert!(expected.contains(&answer.status), "{method} {what}: {} not in {expected:?}", answer.status);
        if answer.status == 403 {
            answer.assert_says("\"Conversas\"");
        }
    }
}

// proves: R2 R3 R4 R8 P24 X30
#[tokio::test]
async fn reading_and_writing_take_both_the_right_and_the_inbox() {
    let office = Office::open().await;
    let people = [
        office.agent("um").await,
        office.agent("dois").await,
        office.agent("tres").await,
        office.agent("quatro").await,
    ];
    let [both, only_right, only_inbox, none] = people;
    let works = office.connect(office.ana, "obras", Access::Selected, &[both, only_inbox]).await;
    let by = office.viewer(office.ana).await;
    for user in [only_inbox, none] {
        let (by, rights): (_, Rights) = (by.clone(), [Right::Contacts].into_iter().collect());
        let set = move |tx: &recado::db::Tx<'_>| accounts::set_rights(tx, &by, user, rights);
        office.app.recado.db.write(set).await.expect("the owner may");
    }
    let id = office.receive(works, &with_file(&office)).await.conversation;
    for user in [both, only_right, only_inbox, none] {
        let browser = office.browser(user).await;
        for (name, status, shows) in sees(&office, &browser, id).await {
            let about_it = !matches!(name, "list" | "search" | "search by name" | "counters" | "signals");
            let expected = match (user == both, user == only_right, about_it) {
                (true, ..) => (200, true),
                (_, true, true) => (404, false),
                (_, true, false) => (200, false),
                _ => (403, false),
            };
            assert_eq!((status, shows), expected, "{name} for {user}");
        }
        let expected: &[u16] = match user {
            _ if user == both => &[200, 204],
            _ if user == only_right => &[404],
            _ => &[403],
        };
        every_change_answers(&browser, id, expected).await;
    }
    for (user, expected) in [(both, 303), (only_right, 404), (only_inbox, 403), (none, 403)] {
        let browser = office.browser(user).await;
        let token = browser.token("/password-reset").await;
        let form = reqwest::multipart::Form::new().text("_token", token).text("kind", "reply").text("text", "Oi");
        let request = browser.request(Method::POST, &format!("/conversations/{id}/messages"));
        let answer = send(request.header("Sec-Fetch-Site", "same-origin").multipart(form)).await;
        assert_eq!(answer.status, expected, "writing as {user}");
    }
    assert_eq!(
        office.number("SELECT count(*) FROM message WHERE kind = 'outgoing' AND conversation_id = ?1", id).await,
        1
    );
}

// proves: R3 R4
#[tokio::test]
async fn all_chosen_or_only_the_owner_read_an_inbox_and_a_change_holds_at_once() {
    let office = Office::open().await;
    let (diego, eva) = (office.agent("diego").await, office.agent("eva").await);
    let own = office.connect(diego, "so diego", Access::Owner, &[]).await;
    let id = office.receive(own, &office.raw(HELENA, "Só", "Oi", "")).await.conversation;
    let readers = async || {
        let mut readers = Vec::new();
        for user in [office.ana, diego, eva] {
            if shown(&office.browser(user).await, "unassigned").await.contains(&id) {
                readers.push(user);
            }
        }
        readers
    };
    assert_eq!(readers().await, [diego]);
    office.run("UPDATE inbox SET access = 'all' WHERE name = 'so diego'").await;
    assert_eq!(readers().await, [office.ana, diego, eva]);
    office.run("UPDATE inbox SET access = 'selected' WHERE name = 'so diego'; INSERT INTO inbox_member SELECT id, 3 FROM inbox WHERE name = 'so diego'").await;
    assert_eq!(readers().await, [diego, eva], "who connected it reads it as well");
}
