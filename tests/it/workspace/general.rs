use recado::accounts;
use recado::auth::Role;
use rocket::tokio;

use crate::support::app::App;

const PAGE: &str = "/settings/workspace";
const LOG: &str = "/settings/activity";

fn fields<'a>(name: &'a str, language: &'a str, days: &'a str) -> [(&'a str, &'a str); 4] {
    [("name", name), ("language", language), ("zone", "America/Manaus"), ("activity_days", days)]
}

#[tokio::test]
async fn what_is_saved_is_in_the_log_with_what_it_was_before() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let page = owner.get(PAGE).await;
    page.assert_says("value=\"Vereda Arquitetura\"");
    page.assert_says("Quem não usa o Recado por 7 dias precisa entrar de novo.");
    let saved = owner.change("put", PAGE, &fields("  Vereda \n Obras ", "en", "365")).await;
    assert_eq!((saved.status, saved.location()), (303, PAGE));
    let company = app.recado.db.read(accounts::company).await.expect("a workspace");
    assert_eq!((company.name.as_str(), company.language.as_str()), ("Vereda Obras", "en"));
    assert_eq!((company.zone.as_str(), company.activity_days), ("America/Manaus", 365));
    let log = owner.get(LOG).await;
    for words in [
        "<b>Ana</b> mudou os ajustes da empresa",
        "<del>Vereda Arquitetura</del>",
        "Vereda Obras",
        "<del>Português (Brasil)</del>",
        "<del>America/Sao_Paulo</del>",
        "<del>2 anos</del>",
        "1 ano",
    ] {
        log.assert_says(words);
    }
    owner.change("put", PAGE, &fields("Vereda Obras", "en", "365")).await;
    let again = owner.get(LOG).await;
    assert_eq!(again.body.matches("mudou os ajustes da empresa").count(), 1, "nothing was changed the second time");
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_at_its_field_and_keeps_what_was_typed() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let wrong = [("name", " "), ("language", "tlh"), ("zone", "Mars/Base"), ("activity_days", "12")];
    let page = owner.change("put", PAGE, &wrong).await;
    assert_eq!(page.status, 422);
    for key in ["error-name", "error-language", "error-zone", "error-activity_days"] {
        page.assert_says(&format!("id=\"{key}\""));
    }
    page.assert_says("value=\"12\" selected");
    let long = "a".repeat(101);
    owner.change("put", PAGE, &fields(&long, "en", "365")).await.assert_says(&long);
    for days in ["29", "3651", "-1", "x", "99999999999"] {
        assert_eq!(owner.change("put", PAGE, &fields("Vereda", "en", days)).await.status, 422, "{days}");
    }
    let company = app.recado.db.read(accounts::company).await.expect("a workspace");
    assert_eq!((company.name.as_str(), company.activity_days), ("Vereda Arquitetura", 730));
}

#[tokio::test]
async fn the_menu_shows_each_page_to_who_may_open_it() {
    let app = App::start().await;
    let (diego, bia) = (app.user("diego", Role::Agent).await, app.user("bia", Role::Admin).await);
    let agent = app.browser_of(diego).await;
    let menu = agent.get("/settings").await;
    menu.assert_says("href=\"/account\"");
    for hidden in [PAGE, "/settings/hours", "/settings/inboxes", LOG] {
        menu.assert_silent(hidden);
    }
    assert_eq!(agent.get(PAGE).await.status, 403);
    agent.get(PAGE).await.assert_says("a permissão \"Ajustes\"");
    let menu = app.browser_of(bia).await.get("/settings").await;
    for shown in [PAGE, "/settings/hours", "/settings/inboxes", LOG] {
        menu.assert_says(&format!("href=\"{shown}\""));
    }
}

#[tokio::test]
async fn pages_of_strangers_speak_the_workspaces_language_and_bear_its_name() {
    let app = App::start().await;
    let stranger = app.browser();
    stranger.get("/sign-in").await.assert_says("Entre na sua conta");
    app.browser_of(1).await.change("put", PAGE, &fields("Vereda & Filhos", "en", "365")).await;
    let page = stranger.get("/sign-in").await;
    page.assert_says("<html lang=\"en\"");
    page.assert_says("· Vereda &#38; Filhos</title>");
    let page = stranger.get_in("pt-BR,pt;q=0.9", "/password-reset").await;
    page.assert_says("<html lang=\"pt-BR\"");
    page.assert_says("· Vereda &#38; Filhos</title>");
    assert_eq!(stranger.get("/nothing-here").await.status, 404);
    stranger.get("/nothing-here").await.assert_says("<html lang=\"en\"");
}
