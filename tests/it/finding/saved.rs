//! Filters under a name.

use recado::auth::Role;
use recado::inboxes::Access;
use rocket::tokio;

use super::Desk;
use crate::sections::office::{HELENA, rows};

const WAITING: &str = "section=unassigned&waiting=yes";

async fn save(desk: &Desk, fields: &[(&str, &str)]) -> i64 {
    let answer = desk.browser.post_form("/filters", fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    desk.office.number("SELECT max(id) FROM saved_filter WHERE id != ?1", 0).await
}

#[tokio::test]
async fn a_filter_is_kept_under_a_name_with_a_live_number_and_opened_again() {
    let desk = Desk::open().await;
    let id = save(&desk, &[("name", "  Sem   resposta "), ("address", &format!("{WAITING}&evil=1"))]).await;
    let page = desk.browser.get(&format!("/conversations?{WAITING}&saved={id}")).await;
    page.assert_says("Sem resposta");
    page.assert_says(&format!(
        "id=\"saved-{id}\" href=\"/conversations?{}&#38;saved={id}\" aria-current",
        WAITING.replace('&', "&#38;")
    ));
    page.assert_silent("evil");
    page.assert_silent("id=\"filter-save\"");
    page.assert_says("id=\"section-mine\" href=\"/conversations?section=mine\"");
    let changed = desk.browser.get(&format!("/conversations?{WAITING}&contact=helena&saved={id}")).await;
    changed.assert_says("id=\"filter-save\"");
    let count = async || desk.browser.get("/filters").await;
    count().await.assert_says("<b>1</b>");
    desk.office.mail(HELENA, "Escada", "Mais uma").await;
    count().await.assert_says("<b>2</b>");
    desk.browser.post_form(&format!("/conversations/{}/closure", desk.granite), &[]).await;
    count().await.assert_says("<b>1</b>");
    desk.office
        .run(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
             INSERT INTO conversation (inbox_id, contact_id, state, last_activity_at, created_at, unanswered, last_incoming_at)
             SELECT 1, (SELECT min(id) FROM contact), 'open', 1, 1, 1, 1 FROM n",
        )
        .await;
    count().await.assert_says("<b>99+</b>");
}

// proves: R2
#[tokio::test]
async fn a_shared_one_counts_for_each_what_they_read_and_a_private_one_is_nobody_elses() {
    let desk = Desk::open().await;
    let zoe = desk.office.agent("zoe").await;
    let private = desk.office.connect(zoe, "zoe", Access::Owner, &[]).await;
    let raw = desk.office.raw(HELENA, "Segredo", "granito", "");
    desk.office.receive(private, &raw).await;
    let own = save(&desk, &[("name", "Meu"), ("address", WAITING)]).await;
    let shared = save(&desk, &[("name", "Nosso"), ("address", WAITING), ("shared", "yes")]).await;
    let zoes = desk.office.browser(zoe).await;
    let list = zoes.get("/filters").await;
    list.assert_says("Nosso");
    list.assert_says("de Ana");
    list.assert_says("<b>2</b>");
    list.assert_silent("Meu");
    desk.browser.get("/filters").await.assert_says("<b>1</b>");
    assert_eq!(rows(&zoes.get(&format!("/conversations?{WAITING}&saved={shared}")).await).len(), 2);
    for id in [own, shared] {
        for method in ["put", "delete"] {
            assert_eq!(zoes.change(method, &format!("/filters/{id}"), &[("name", "x")]).await.status, 404);
        }
        assert_eq!(zoes.post_form(&format!("/filters/{id}/place"), &[("to", "up")]).await.status, 404);
    }
    let bia = desk.office.app.user("bia", Role::Admin).await;
    let bias = desk.office.browser(bia).await;
    assert_eq!(bias.change("put", &format!("/filters/{own}"), &[("name", "x")]).await.status, 404);
    assert_eq!(
        bias.change("put", &format!("/filters/{shared}"), &[("name", "De todos"), ("shared", "yes")]).await.status,
        303
    );
    zoes.get("/filters").await.assert_says("De todos");
}

#[tokio::test]
async fn it_is_renamed_moved_replaced_and_deleted_and_a_wrong_name_is_said_and_kept() {
    let desk = Desk::open().await;
    let one = save(&desk, &[("name", "Um"), ("address", WAITING)]).await;
    let two = save(&desk, &[("name", "Dois"), ("address", "section=mine&presses=high")]).await;
    let order = async || {
        let page = desk.browser.get("/account/filters").await;
        let (first, second) = (page.body.find("id=\"filter-1\""), page.body.find("id=\"filter-2\""));
        first < second
    };
    assert!(order().await);
    assert_eq!(desk.browser.post_form(&format!("/filters/{two}/place"), &[("to", "up")]).await.status, 303);
    assert!(!order().await);
    let page = desk.browser.get("/account/filters").await;
    page.assert_says("Minhas · Prioridade: Urgente ou Alta");
    assert_eq!(desk.browser.change("put", &format!("/filters/{one}"), &[("name", "Primeiro")]).await.status, 303);
    save(&desk, &[("name", ""), ("address", "section=closed&who=me"), ("replace", &one.to_string())]).await;
    let listed = desk.browser.get("/filters").await;
    listed.assert_says("Primeiro");
    listed.assert_says("section=closed&#38;who=me");
    let long = "a".repeat(61);
    for (name, about) in [("  ", "/filters"), (long.as_str(), "/filters")] {
        let wrong = desk.browser.post_form(about, &[("name", name), ("address", WAITING)]).await;
        assert_eq!(wrong.status, 422);
        wrong.assert_says("Escreva um nome de até 60 caracteres.");
        wrong.assert_says(&format!("value=\"{name}\""));
        wrong.assert_says("waiting=yes");
    }
    let wrong = desk.browser.change("put", &format!("/filters/{one}"), &[("name", &long)]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says(&long);
    assert_eq!(desk.browser.change("delete", &format!("/filters/{one}"), &[]).await.status, 303);
    desk.browser.get("/filters").await.assert_silent("Primeiro");
    assert_eq!(desk.list("within=everything").await.len(), 4, "no conversation went with it");
    for n in 0..29 {
        save(&desk, &[("name", &format!("f{n}")), ("address", WAITING)]).await;
    }
    let full = desk.browser.post_form("/filters", &[("name", "mais um"), ("address", WAITING)]).await;
    assert_eq!(full.status, 422);
    full.assert_says("Cabem 30 filtros");
}
