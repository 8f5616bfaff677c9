//! Filters in the list: each condition, all together, in the address, within the rights of who asks.

use recado::clock::{DAY, HOUR};
use recado::inboxes::Access;
use rocket::tokio;

use super::Desk;
use crate::sections::office::{HELENA, rows};

// proves: R66 M16
#[tokio::test]
async fn each_condition_lets_through_what_it_says_and_nothing_else() {
    let desk = Desk::open().await;
    let Desk { granite, marble, wood, glass, diego, tag, .. } = desk;
    let inbox = desk.office.inbox;
    for (query, expected) in [
        ("within=open".to_owned(), vec![wood, marble, granite]),
        ("within=closed".to_owned(), vec![glass]),
        ("within=everything".to_owned(), vec![glass, wood, marble, granite]),
        ("within=open&who=nobody".to_owned(), vec![granite]),
        ("within=open&who=me".to_owned(), vec![marble]),
        (format!("within=everything&who={diego}"), vec![glass, wood]),
        (format!("within=everything&tag={tag}"), vec![wood]),
        ("within=everything&presses=high".to_owned(), vec![marble]),
        ("within=everything&presses=none".to_owned(), vec![glass, wood, granite]),
        ("within=everything&waiting=yes".to_owned(), vec![wood, marble, granite]),
        ("within=everything&waiting=1h".to_owned(), vec![granite]),
        ("within=everything&waiting=1d".to_owned(), vec![]),
        ("within=everything&contact=helena".to_owned(), vec![wood, granite]),
        ("within=everything&contact=sa.exam".to_owned(), vec![glass, marble]),
        (format!("within=everything&inbox={inbox}&channel=email"), vec![glass, wood, marble, granite]),
        ("within=everything&channel=telegram".to_owned(), vec![]),
        ("within=everything&inbox=999".to_owned(), vec![]),
        ("q=visita".to_owned(), vec![glass, marble]),
        ("q=visita&within=open".to_owned(), vec![marble]),
        ("q=visita&presses=urgent".to_owned(), vec![marble]),
        ("section=unassigned&waiting=yes".to_owned(), vec![granite]),
        ("section=others&waiting=yes".to_owned(), vec![wood]),
        ("section=closed&contact=bruno".to_owned(), vec![glass]),
        ("section=mine&contact=helena".to_owned(), vec![]),
    ] {
        assert_eq!(desk.list(&query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn teams_companies_and_days_are_conditions_too() {
    let desk = Desk::open().await;
    let Desk { granite, marble, wood, glass, .. } = desk;
    desk.office
        .run(
            "INSERT INTO team (id, name, created_at, updated_at) VALUES (5, 'Obras', 1, 1);
             INSERT INTO team_member (team_id, user_id) VALUES (5, 2);
             INSERT INTO contact (id, number, kind, name, created_at, updated_at)
               VALUES (900, 9000, 'company', 'Construtora Aurora', 1, 1);
             UPDATE contact SET company_id = 900 WHERE name LIKE 'Bruno%'",
        )
        .await;
    assert_eq!(desk.list("within=everything&team=5").await, [glass, wood]);
    assert_eq!(desk.list("within=open&team=5").await, [wood]);
    assert_eq!(desk.list("within=everything&contact=aurora").await, [glass, marble]);
    // The clock of the office began on 20 November 2026.
    assert_eq!(desk.list("within=everything&since=2026-11-20&until=2026-11-20").await, [glass, wood, marble, granite]);
    assert!(desk.list("within=everything&until=2026-11-19").await.is_empty());
    assert!(desk.list("within=everything&since=2026-11-21").await.is_empty());
}

// proves: R66 R52
#[tokio::test]
async fn the_address_holds_the_filter_and_every_link_of_the_list_keeps_it() {
    let desk = Desk::open().await;
    let page = desk.browser.get("/conversations?section=unassigned&waiting=yes&contact=helena").await;
    page.assert_says("Sem resposta");
    page.assert_says("Contato ou empresa: helena");
    // A chip leads to the same without it.
    page.assert_says("href=\"/conversations?section=unassigned&#38;contact=helena\"");
    page.assert_says("href=\"/conversations?section=unassigned&#38;waiting=yes\"");
    // The switch between open and closed keeps it, and so does the block that refetches itself.
    page.assert_says("href=\"/conversations?section=closed&#38;waiting=yes&#38;contact=helena\"");
    page.assert_says("hx-get=\"/conversations/list?section=unassigned&#38;waiting=yes&#38;contact=helena\"");
    page.assert_says(&format!("/conversations/{}?section=unassigned&#38;waiting=yes&#38;contact=helena", desk.granite));
    let sections = desk.browser.get("/conversations/sections?section=closed&contact=helena").await;
    sections.assert_says("href=\"/conversations?section=mine&#38;contact=helena\"");
    // While messages arrive.
    desk.office.mail(HELENA, "Escada", "Mais uma").await;
    assert_eq!(desk.list("section=unassigned&waiting=1h&contact=helena").await, [desk.granite]);
    let open = desk.browser.get(&format!("/conversations/{}?section=unassigned&waiting=1h", desk.granite)).await;
    assert_eq!(rows(&open), [desk.granite]);
}

#[tokio::test]
async fn the_form_says_what_is_chosen_and_an_empty_answer_how_to_go_on() {
    let desk = Desk::open().await;
    let form = desk.browser.get("/conversations/filter?section=mine&who=nobody&waiting=1d&contact=bruno").await;
    for chosen in ["value=\"nobody\" checked", "value=\"1d\" selected", "value=\"bruno\"", "Obra", "Diego"] {
        form.assert_says(chosen);
    }
    form.assert_silent("value=\"me\" checked");
    let empty = desk.browser.get("/conversations?section=mine&waiting=7d").await;
    empty.assert_says("Nenhuma conversa com este filtro.");
    empty.assert_says("Limpar filtro");
    let odd =
        desk.browser.get("/conversations/list?section=mine&who=1%20OR%201&tag=x&since=ontem&contact=%22%29").await;
    assert_eq!(odd.status, 200);
}

// proves: R2
#[tokio::test]
async fn a_filter_shows_only_what_its_person_reads() {
    let desk = Desk::open().await;
    let zoe = desk.office.agent("zoe").await;
    let private = desk.office.connect(zoe, "zoe", Access::Owner, &[]).await;
    let raw = desk.office.raw(HELENA, "Segredo", "granito secreto", "");
    let hidden = desk.office.receive(private, &raw).await.conversation;
    let zoes = desk.office.browser(zoe).await;
    for query in [
        "within=everything",
        "within=everything&contact=helena",
        "q=granito&within=open",
        "section=unassigned&waiting=yes",
    ] {
        let path = format!("/conversations/list?{query}");
        assert!(rows(&zoes.get(&path).await).contains(&hidden), "{query}");
        assert!(!desk.list(query).await.contains(&hidden), "{query}");
    }
    assert!(desk.list(&format!("within=everything&inbox={private}")).await.is_empty());
    desk.browser.get(&format!("/conversations?within=everything&inbox={private}")).await.assert_silent("zoe@");
}

#[tokio::test]
async fn a_long_list_is_paged_and_a_rare_thing_in_it_is_looked_for_further() {
    let desk = Desk::open().await;
    desk.office
        .run(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
             INSERT INTO conversation (inbox_id, contact_id, state, last_activity_at, created_at, unanswered, last_incoming_at)
             SELECT 1, (SELECT min(id) FROM contact), 'open', 1795179600000 - i * 60000, 1, i = 8990, 1 FROM n",
        )
        .await;
    let first = desk.browser.get("/conversations/list?section=unassigned&presses=none").await;
    assert_eq!(rows(&first).len(), 50);
    first.assert_says("Mostrar mais");
    let next = after(&first.body);
    let second = desk.browser.get(&format!("/conversations/list?section=unassigned&presses=none&after={next}")).await;
    assert_eq!(rows(&second).len(), 50);
    assert!(rows(&first).iter().all(|id| !rows(&second).contains(id)), "no row stands on two pages");

    let mut page = desk.browser.get("/conversations/list?section=unassigned&waiting=7d").await;
    let mut looks = 0;
    while rows(&page).is_empty() {
        page.assert_says("Procurar antes de");
        looks += 1;
        assert!(looks < 9, "it is found some day");
        let place = after(&page.body);
        page = desk
            .browser
            .get(&format!("/conversations/list?section=unassigned&waiting=7d&after={place}&looked=1"))
            .await;
    }
    assert!(looks >= 2, "one look is bounded");
    let whole = desk.browser.get(&format!("/conversations/list?section=unassigned&waiting=7d&looked={looks}")).await;
    assert_eq!(rows(&whole), rows(&page), "a refetch looks as far");
}

fn after(body: &str) -> String {
    let (_, rest) = body.split_once("after=").expect("it goes on");
    rest.split(['"', '&']).next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_waits_is_measured_from_the_last_message_of_the_contact() {
    let desk = Desk::open().await;
    desk.office.app.clock().advance(DAY);
    desk.office.reply(HELENA, "m1@x", "Alguém?").await;
    assert!(!desk.list("section=unassigned&waiting=1h").await.contains(&desk.granite));
    desk.office.app.clock().advance(2 * HOUR);
    assert_eq!(desk.list("section=unassigned&waiting=1h").await, [desk.granite]);
}
