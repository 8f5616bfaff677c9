//! Mentions in notes.

use recado::accounts;
use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::{block_of, write};
use crate::sections::office::{BRUNO, HELENA, Office, row, rows, shown};

/// How often somebody was told of a mention.
const TOLD: &str = "SELECT count(*) FROM event WHERE kind = 'user.mentioned' AND user_id = ?1";

async fn team(office: &Office, name: &'static str, members: &[i64]) -> i64 {
    let members = members.to_vec();
    let ana = office.viewer(office.ana).await;
    let made = office.app.recado.db.write(move |tx| {
        let team = accounts::create_team(tx, Some(&ana), name, "")?;
        accounts::set_team_members(tx, Some(&ana), team, &members)?;
        Ok(team)
    });
    made.await.expect("a team")
}

// proves: M22
#[tokio::test]
async fn who_is_named_in_a_note_finds_the_conversation_under_mentions_until_they_open_it() {
    let office = Office::open().await;
    let (diego, caio) = (office.agent("diego").await, office.agent("caio").await);
    let (ana, by_diego, by_caio) =
        (office.browser(office.ana).await, office.browser(diego).await, office.browser(caio).await);
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    office.mail(BRUNO, "Mármore", "Oi").await;
    by_diego.get("/conversations").await.assert_silent("section-mentioned");
    let sent = write(&ana, id, "note", "Oi @diego, pode ver? <b>@Ana</b> me lembra").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = by_diego.get("/conversations").await;
    page.assert_says("Menções <b>1</b>");
    assert_eq!(shown(&by_diego, "mentioned").await, [id]);
    assert_eq!(office.number(TOLD, diego).await, 1);
    assert_eq!(office.number(TOLD, office.ana).await, 0, "nobody is told of what they wrote themselves");
    assert_eq!(office.number(TOLD, caio).await, 0);
    by_caio.get("/conversations").await.assert_silent("section-mentioned");
    let open = by_diego.get(&format!("/conversations/{id}")).await;
    open.assert_says("<span class=\"tag plain mention\">@diego</span>, pode ver? &#60;b&#62;@Ana");
    let last = office.number("SELECT max(id) FROM message WHERE conversation_id = ?1", id).await;
    let read = by_diego.post_form(&format!("/conversations/{id}/read"), &[("message", &last.to_string())]).await;
    assert_eq!(read.status, 204);
    let page = by_diego.get("/conversations?section=mentioned").await;
    page.assert_silent("Menções <b>");
    page.assert_says("id=\"section-mentioned\"");
    assert_eq!(rows(&page), [id], "it stays in the list");
}

// proves: M22
#[tokio::test]
async fn a_team_is_everybody_in_it_who_reads_the_inbox_each_told_once() {
    let office = Office::open().await;
    let (diego, caio, zoe) = (office.agent("diego").await, office.agent("caio").await, office.agent("zoe").await);
    let inbox = office.connect(office.ana, "obras", Access::Selected, &[diego, caio]).await;
    team(&office, "Obra Norte", &[office.ana, diego, caio, zoe]).await;
    let raw = office.raw(HELENA, "Granito", "Quanto custa?", "");
    let id = office.receive(inbox, &raw).await.conversation;
    let ana = office.browser(office.ana).await;
    assert_eq!(write(&ana, id, "note", "@obra norte e @Diego: vejam. @Obra Norte!").await.status, 303);
    for (person, told) in [(diego, 1), (caio, 1), (zoe, 0), (office.ana, 0)] {
        assert_eq!(office.number(TOLD, person).await, told, "{person}");
    }
    let via = "SELECT count(DISTINCT message_id) FROM mention WHERE user_id = ?1 AND team_id IS NOT NULL";
    assert_eq!(office.number(via, caio).await, 1);
    assert_eq!(office.number("SELECT count(*) FROM mention WHERE user_id = ?1 AND team_id IS NULL", diego).await, 1);
}

// proves: M22
#[tokio::test]
async fn who_does_not_read_the_inbox_is_named_in_a_refusal_that_keeps_the_text() {
    let office = Office::open().await;
    let (diego, caio, zoe) = (office.agent("diego").await, office.agent("caio").await, office.agent("zoe").await);
    let inbox = office.connect(office.ana, "obras", Access::Selected, &[diego]).await;
    team(&office, "Fora", &[caio, zoe]).await;
    let raw = office.raw(HELENA, "Granito", "Quanto custa?", "");
    let id = office.receive(inbox, &raw).await.conversation;
    let ana = office.browser(office.ana).await;
    for (text, said) in [
        ("Fala com @Caio sobre isso", "Caio não lê esta caixa de entrada"),
        ("@Zoe e @caio, olhem", "Zoe, Caio não leem esta caixa"),
        ("@fora, olhem", "Fora não lê esta caixa"),
    ] {
        let refused = write(&ana, id, "note", text).await;
        assert_eq!(refused.status, 422);
        refused.assert_says(said);
        refused.assert_says(text);
    }
    assert_eq!(office.number("SELECT count(*) FROM message WHERE kind = 'note' AND id > ?1", 0).await, 0);
    assert_eq!(office.number("SELECT count(*) FROM event WHERE kind = 'user.mentioned' AND id > ?1", 0).await, 0);
    assert_eq!(write(&ana, id, "note", "Escrevi para caio@vereda.example e @ninguem").await.status, 303);
    assert_eq!(write(&ana, id, "reply", "Pergunte ao @Caio").await.status, 303, "an answer names nobody");
    assert_eq!(office.number("SELECT count(*) FROM mention_place WHERE user_id > ?1", 0).await, 0);
}

// proves: M22 M23
#[tokio::test]
async fn the_list_behind_the_at_sign_has_readers_and_teams_only_and_a_note_never_leaves() {
    let office = Office::open().await;
    let (diego, caio, zoe) = (office.agent("diego").await, office.agent("caio").await, office.agent("zoe").await);
    let inbox = office.connect(office.ana, "obras", Access::Selected, &[diego, caio]).await;
    team(&office, "Diretoria", &[diego]).await;
    team(&office, "Depósito", &[zoe]).await;
    let raw = office.raw(HELENA, "Granito", "Quanto custa?", "");
    let id = office.receive(inbox, &raw).await.conversation;
    let ana = office.browser(office.ana).await;
    let offered = block_of(&ana, &format!("/conversations/{id}/people?q=D")).await;
    offered.assert_says("data-text=\"@Diego \"");
    offered.assert_says("data-text=\"@Diretoria \"");
    for other in ["Depósito", "Caio", "Zoe", "Ana"] {
        offered.assert_silent(other);
    }
    block_of(&ana, &format!("/conversations/{id}/people?q=")).await.assert_silent("@Ana");
    let by_zoe = office.browser(zoe).await;
    assert_eq!(block_of(&by_zoe, &format!("/conversations/{id}/people?q=")).await.status, 404);
    assert_eq!(write(&ana, id, "note", "Segredo para @Diretoria").await.status, 303);
    assert_eq!(write(&ana, id, "reply", "Custa 100.").await.status, 303);
    let left = office.app.letters(1).await;
    let all = left.iter().map(|letter| String::from_utf8_lossy(&letter.raw).into_owned()).collect::<String>();
    assert!(all.contains("Custa 100.") && !all.contains("Segredo") && !all.contains("Diretoria"), "{all}");
}

// proves: M22
#[tokio::test]
async fn mentions_go_with_the_access_and_with_the_conversation() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let inbox = office.connect(office.ana, "obras", Access::Selected, &[diego]).await;
    let raw = office.raw(HELENA, "Granito", "Quanto custa?", "");
    let hidden = office.receive(inbox, &raw).await.conversation;
    let open = office.mail(BRUNO, "Mármore", "Oi").await.conversation;
    for id in [hidden, open] {
        office.write(office.ana, id, MessageKind::Note, "@Diego, olha").await;
    }
    let browser = office.browser(diego).await;
    browser.get("/conversations").await.assert_says("Menções <b>2</b>");
    office.run("DELETE FROM inbox_member").await;
    browser.get("/conversations").await.assert_says("Menções <b>1</b>");
    assert_eq!(shown(&browser, "mentioned").await, [open]);
    let ana = office.browser(office.ana).await;
    let gone = ana.post_form(&format!("/conversations/{open}/deletion"), &[("sure", "yes")]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    browser.get("/conversations").await.assert_silent("section-mentioned");
    assert_eq!(office.number("SELECT count(*) FROM mention_counter WHERE places < ?1", 0).await, 0);
}

// proves: M22
#[tokio::test]
async fn the_list_of_mentions_is_read_page_by_page_newest_first() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let mut written = Vec::new();
    for n in 0..60 {
        let id = office.mail(HELENA, &format!("Pedra {n}"), "Oi").await.conversation;
        office.app.clock().advance(1_000);
        office.write(office.ana, id, MessageKind::Note, "@Diego").await;
        written.insert(0, id);
    }
    let browser = office.browser(diego).await;
    let first = browser.get("/conversations/list?section=mentioned").await;
    assert_eq!(rows(&first), written[..50]);
    assert!(!row(&first, written[0]).is_empty());
    let (_, next) = first.body.split_once("section=mentioned&amp;after=").expect("more");
    let next = next.split('"').next().unwrap_or_default();
    let second = browser.get(&format!("/conversations/list?section=mentioned&after={next}")).await;
    assert_eq!(rows(&second), written[50..]);
}
