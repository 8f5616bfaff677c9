//! The palette knows the places that a person may open, and no others.

use recado::accounts;
use recado::auth::{Right, Rights};
use recado::inboxes::Access;
use rocket::tokio;

use super::Desk;
use crate::sections::office::HELENA;

#[tokio::test]
async fn it_names_every_place_that_the_person_may_open_and_no_other() {
    let desk = Desk::open().await;
    let zoe = desk.office.agent("zoe").await;
    desk.office.connect(zoe, "segredo", Access::Owner, &[]).await;
    desk.browser.post_form("/filters", &[("name", "Sem resposta"), ("address", "waiting=yes")]).await;
    let palette = desk.browser.get("/commands").await;
    for place in
        ["Sem dono", "Encerradas", "contato", "Sem resposta", "/settings/people", "/settings/inboxes", "/account"]
    {
        palette.assert_says(place);
    }
    // Whoever manages inboxes comes to the settings of each, and to the conversations of those they read.
    palette.assert_says("Ajustes de segredo");
    palette.assert_silent(">segredo<");
    let zoes = desk.office.browser(zoe).await.get("/commands").await;
    zoes.assert_says(">segredo<");
    for place in ["/settings/people", "/settings/workspace", "Sem resposta", "Ajustes de"] {
        zoes.assert_silent(place);
    }
    let rita = desk.office.agent("rita").await;
    let owner = desk.office.viewer(desk.office.ana).await;
    let rights: Rights = std::iter::once(Right::Audit).collect();
    let set = move |tx: &recado::db::Tx<'_>| accounts::set_rights(tx, &owner, rita, rights);
    desk.office.app.recado.db.write(set).await.expect("the owner may");
    let ritas = desk.office.browser(rita).await;
    let palette = ritas.get("/commands").await;
    palette.assert_says("/settings/activity");
    palette.assert_silent("section=unassigned");
    assert_eq!(ritas.get("/commands/conversations?q=granito").await.status, 403);
}

#[tokio::test]
async fn conversations_are_found_by_words_and_names_where_the_person_reads() {
    let desk = Desk::open().await;
    let zoe = desk.office.agent("zoe").await;
    let private = desk.office.connect(zoe, "segredo", Access::Owner, &[]).await;
    let raw = desk.office.raw(HELENA, "Cofre", "granito secreto", "");
    let hidden = desk.office.receive(private, &raw).await.conversation;
    // What stands in a text opens there.
    for (query, at) in [("granito", "?message="), ("Helena", "\"")] {
        let found = desk.browser.get(&format!("/commands/conversations?q={query}")).await;
        found.assert_says(&format!("/conversations/{}{at}", desk.granite));
        found.assert_silent(&format!("/conversations/{hidden}"));
        found.assert_silent("Cofre");
    }
    desk.browser.get("/commands/conversations?q=").await.assert_silent("<a ");
}
