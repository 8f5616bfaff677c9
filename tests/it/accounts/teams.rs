//! Teams: made, named, filled and deleted by who runs the people, with a fact for each.

use recado::accounts;
use recado::auth::Role;
use rocket::tokio;

use super::people::activity;
use crate::support::app::App;

#[tokio::test]
async fn a_team_is_made_renamed_filled_and_deleted() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await.to_string();
    let owner = app.browser_of(1).await;
    owner.get("/settings/teams").await.assert_says("Nenhuma equipe ainda.");
    let fields = [("name", " Obras "), ("description", "Prazos e visitas"), ("members", &diego), ("members", "1")];
    assert_eq!(owner.post_form("/settings/teams", &fields).await.location(), "/settings/teams");
    let list = owner.get("/settings/teams").await;
    for words in ["Obras", "Prazos e visitas", "Ana, Diego", "Equipe salva"] {
        list.assert_says(words);
    }
    let page = owner.get("/settings/teams/1").await;
    assert_eq!(page.body.matches(" checked>").count(), 2);
    let fields = [("name", "Canteiro"), ("members", diego.as_str())];
    assert_eq!(owner.change("put", "/settings/teams/1", &fields).await.status, 303);
    let teams = app.recado.db.read(accounts::teams).await.expect("teams");
    assert_eq!((teams[0].name.as_str(), teams[0].members.len()), ("Canteiro", 1));
    assert_eq!(activity(&app, "team.left").await[0].1, Some(1));
    assert_eq!(activity(&app, "team.joined").await.len(), 2);
    // Saving the same again says nothing.
    assert_eq!(owner.change("put", "/settings/teams/1", &fields).await.status, 303);
    assert_eq!(activity(&app, "team.changed").await.len(), 1);
    assert_eq!(owner.change("delete", "/settings/teams/1", &[]).await.status, 303);
    owner.get("/settings/teams").await.assert_says("Equipe apagada");
    assert_eq!(owner.get("/settings/teams/1").await.status, 404);
    assert_eq!(activity(&app, "team.deleted").await[0].0, Some(1));
    owner.get("/settings/people").await.assert_says("Diego");
}

#[tokio::test]
async fn two_teams_never_have_the_same_name_and_what_was_typed_stays() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner.post_form("/settings/teams", &[("name", "Obras")]).await;
    owner.post_form("/settings/teams", &[("name", "Loja")]).await;
    let twice = [("name", "OBRAS"), ("description", "outra"), ("members", "1")];
    for answer in
        [owner.post_form("/settings/teams", &twice).await, owner.change("put", "/settings/teams/2", &twice).await]
    {
        assert_eq!(answer.status, 422);
        answer.assert_says("Já há uma equipe com este nome.");
        answer.assert_says("value=\"outra\"");
        answer.assert_says(" checked>");
    }
    let long = "x".repeat(501);
    let refused = owner.post_form("/settings/teams", &[("name", "Nova"), ("description", &long)]).await;
    assert_eq!(refused.status, 422);
    refused.assert_says("cabe em 500 caracteres");
    assert_eq!(app.recado.db.read(accounts::teams).await.expect("teams").len(), 2);
}

#[tokio::test]
async fn who_has_no_access_is_in_no_list_of_members_and_comes_back_into_their_teams() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let owner = app.browser_of(1).await;
    let member = diego.to_string();
    owner.post_form("/settings/teams", &[("name", "Obras"), ("members", &member)]).await;
    let access = format!("/settings/people/{diego}/access");
    assert_eq!(owner.change("delete", &access, &[]).await.status, 303);
    owner.get("/settings/teams").await.assert_says("Ninguém ainda");
    // A form that was open before, or one that leaves them out, neither puts them in nor takes them out.
    assert_eq!(owner.change("put", "/settings/teams/1", &[("name", "Obras")]).await.status, 303);
    assert_eq!(owner.post_form(&access, &[]).await.status, 303);
    owner.get("/settings/teams").await.assert_says("Diego");
}
