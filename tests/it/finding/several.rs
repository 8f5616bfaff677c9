//! Conditions with several values: any of them, or none of them.

use rocket::tokio;

use super::Desk;
use crate::sections::office::{block, rows};
use crate::support::wait::{DEADLINE, until};

/// Two teams, and a second tag.
async fn prepared() -> Desk {
    let desk = Desk::open().await;
    desk.office
        .run(
            "INSERT INTO team (id, name, created_at, updated_at) VALUES (5, 'Obras', 1, 1), (6, 'Vendas', 1, 1);
             INSERT INTO team_member (team_id, user_id) VALUES (5, 2), (6, 1);
             INSERT INTO tag (id, name, folded, tint, created_at) VALUES (70, 'Pedra', 'pedra', 1, 1);
             INSERT INTO tagging (conversation_id, tag_id, tagged_at) SELECT id, 70, 1 FROM conversation WHERE subject = 'Marmore'",
        )
        .await;
    desk
}

// proves: R66
#[tokio::test]
async fn any_of_several_values_lets_through_and_none_of_them_keeps_out() {
    let desk = prepared().await;
    let Desk { granite, marble, wood, glass, diego, tag, .. } = desk;
    let inbox = desk.office.inbox;
    for (query, expected) in [
        ("within=open&who=me&who=nobody".to_owned(), vec![marble, granite]),
        (format!("within=open&who=me&who={diego}&who={diego}&who=1"), vec![wood, marble]),
        ("within=everything&who=me&who=nobody&who-is=none".to_owned(), vec![glass, wood]),
        (format!("within=everything&who={diego}&who-is=none"), vec![marble, granite]),
        ("within=closed&within=open".to_owned(), vec![glass, wood, marble, granite]),
        ("within=closed&within=snoozed&within=spam".to_owned(), vec![glass]),
        ("within=everything&priority=urgent&priority=low".to_owned(), vec![marble]),
        ("within=everything&priority=high".to_owned(), vec![]),
        ("within=open&priority=urgent&priority=none".to_owned(), vec![wood, marble, granite]),
        (format!("within=everything&tag={tag}&tag=70"), vec![wood, marble]),
        (format!("within=everything&tag={tag}&tag=70&tag-is=none"), vec![glass, granite]),
        (format!("within=everything&tag={tag}&tag=999"), vec![wood]),
        ("within=everything&team=5&team=6".to_owned(), vec![glass, wood, marble]),
        ("within=everything&team=5&team-is=none".to_owned(), vec![marble, granite]),
        (format!("within=everything&inbox={inbox}&inbox=999"), vec![glass, wood, marble, granite]),
        (format!("within=everything&inbox={inbox}&inbox-is=none"), vec![]),
        ("within=open&channel=email&channel=telegram".to_owned(), vec![wood, marble, granite]),
        ("within=open&channel=telegram".to_owned(), vec![]),
        ("section=unassigned&who=me&who=nobody".to_owned(), vec![granite]),
        (format!("q=visita&tag=70&tag={tag}"), vec![marble]),
        ("within=everything&tag-is=none&who-is=none".to_owned(), vec![glass, wood, marble, granite]),
    ] {
        assert_eq!(desk.list(&query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn more_people_than_have_runs_of_their_own_are_found_too() {
    let desk = prepared().await;
    let Desk { granite, marble, wood, glass, diego, .. } = desk;
    let mut query = format!("who={diego}&who=me");
    for name in ["um", "dois", "tres", "quatro", "cinco"] {
        query.extend(["&who=".to_owned(), desk.office.agent(name).await.to_string()]);
    }
    assert_eq!(desk.list(&format!("within=everything&{query}")).await, [glass, wood, marble]);
    assert_eq!(desk.list(&format!("within=everything&{query}&who=nobody")).await, [glass, wood, marble, granite]);
    assert_eq!(desk.list(&format!("within=everything&{query}&who-is=none")).await, [granite]);
}

#[tokio::test]
async fn what_one_watches_is_found_and_what_others_watch_is_not() {
    let desk = prepared().await;
    let Desk { granite, wood, diego, .. } = desk;
    let diegos = desk.office.browser(diego).await;
    for (browser, id, level) in
        [(&desk.browser, wood, "watching"), (&desk.browser, granite, "muted"), (&diegos, granite, "watching")]
    {
        browser.change("put", &format!("/conversations/{id}/watch"), &[("level", level)]).await;
    }
    assert_eq!(desk.list("within=everything&watching=me").await, [wood]);
    assert_eq!(desk.list("within=everything&watching=me&tag=70").await, Vec::<i64>::new());
    assert_eq!(rows(&diegos.get("/conversations/list?within=everything&watching=me").await), [granite]);
    desk.browser.get("/commands").await.assert_says("Conversas que eu acompanho");
}

#[tokio::test]
async fn chips_say_several_values_and_the_form_has_them_ticked() {
    let desk = prepared().await;
    let tag = desk.tag;
    let query = format!("section=unassigned&within=everything&who=me&who=nobody&tag={tag}&tag=70&tag-is=none");
    let page = desk.browser.get(&format!("/conversations?{query}")).await;
    page.assert_says("Responsável: Você ou Sem dono");
    page.assert_says("Etiqueta: nenhuma destas: Obra ou Pedra");
    page.assert_says("Todas, menos spam");
    let without = format!("section=unassigned&within=everything&tag={tag}&tag=70&tag-is=none");
    page.assert_says(&format!("href=\"/conversations?{}\"", without.replace('&', "&#38;")));
    let form = desk.browser.get(&format!("/conversations/filter?{query}&team=999")).await;
    for ticked in [
        "name=\"who\" value=\"me\" checked",
        "name=\"who\" value=\"nobody\" checked",
        "name=\"tag\" value=\"70\" checked",
        "name=\"within\" value=\"closed\" checked",
        "name=\"team\" value=\"999\" checked",
        "<option value=\"none\" selected>",
        "nenhuma destas: Obra ou Pedra",
    ] {
        form.assert_says(ticked);
    }
    form.assert_silent("name=\"within\" value=\"spam\" checked");
    form.assert_silent("name=\"team\" value=\"5\" checked");
}

// proves: R66
#[tokio::test]
async fn saved_ones_count_several_values_and_those_of_before_say_what_they_said() {
    let desk = prepared().await;
    let (office, marble) = (&desk.office, desk.marble);
    office
        .run(
            "INSERT INTO saved_filter (id, owner_id, name, query, place, created_at, updated_at)
               VALUES (80, 1, 'De antes', 'section=unassigned&within=open&presses=high&who=me', 1, 1, 1)",
        )
        .await;
    let new = [("name", "De agora"), ("address", "section=mine&within=open&who=me&who=nobody")];
    assert_eq!(desk.browser.post_form("/filters", &new).await.status, 303);
    let counted = desk.browser.get("/filters").await;
    assert!(counted.body.contains("<b>1</b>") && counted.body.contains("<b>2</b>"), "{}", counted.body);
    assert_eq!(desk.list("section=unassigned&within=open&presses=high&who=me").await, [marble]);
    let list = desk.browser.get("/account/filters").await;
    list.assert_says("Prioridade: Urgente ou Alta");
    let long = (1000..1050).map(|id| format!("&inbox={id}0000000000000")).collect::<Vec<_>>().concat();
    let more =
        (1000..1020).map(|id| format!("&tag={id}00000000000000&team={id}00000000000000")).collect::<Vec<_>>().concat();
    let refused = desk.browser.post_form("/filters", &[("name", "Demais"), ("address", &(long + &more))]).await;
    assert_eq!(refused.status, 422);
    refused.assert_says("valores demais");
}

#[tokio::test]
async fn all_that_match_several_values_are_changed_and_no_others() {
    let desk = prepared().await;
    let Desk { granite, marble, wood, glass, .. } = desk;
    let address = "section=unassigned&within=open&who=me&who=nobody";
    let fields = [("verb", "close"), ("all", "yes"), ("address", address)];
    assert_eq!(block(&desk.browser, "post", "/bulk", &fields).await.status, 200);
    until("all of them to be closed", DEADLINE, async || desk.list("within=open").await == [wood]).await;
    assert_eq!(desk.list("within=closed").await, [glass, marble, granite]);
}

#[tokio::test]
async fn a_look_for_several_values_is_bounded_however_many_there_are() {
    let desk = prepared().await;
    desk.office
        .run(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
             INSERT INTO conversation (inbox_id, contact_id, state, last_activity_at, created_at, priority)
             SELECT 1, (SELECT min(id) FROM contact), 'open', 1795179600000 - i * 60000, 1, iif(i = 8990, 4, 1) FROM n;
             INSERT INTO tagging (conversation_id, tag_id, tagged_at) SELECT id, 70, 1 FROM conversation WHERE priority = 1",
        )
        .await;
    let query = format!("section=unassigned&tag=70&tag={}&tag-is=none", desk.tag);
    let page = desk.browser.get(&format!("/conversations/list?{query}")).await;
    assert_eq!(rows(&page), [desk.granite]);
    page.assert_says("Procurar antes de");
    let further = desk.browser.get(&format!("/conversations/list?{query}&looked=2")).await;
    assert_eq!(rows(&further).len(), 2, "the rare one below is found further down");
    let many = desk.browser.get("/conversations/list?section=unassigned&priority=low&priority=none").await;
    assert_eq!(rows(&many).len(), 50);
    many.assert_says("Mostrar mais");
}
