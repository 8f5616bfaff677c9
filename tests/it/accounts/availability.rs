//! Whether new conversations may be handed to somebody.

use recado::accounts;
use recado::auth::Availability;
use reqwest::Method;
use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::send;

async fn availability(app: &App) -> Availability {
    let people = app.recado.db.read(accounts::people).await.expect("people");
    people[0].availability
}

#[tokio::test]
async fn without_script_the_page_comes_back_and_says_what_it_means() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let fields = [("availability", "unavailable"), ("next", "/settings")];
    let answer = browser.change("put", "/account/availability", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/settings"));
    browser.get("/settings").await.assert_says("Você está indisponível: não recebe conversas novas.");
    assert_eq!(availability(&app).await, Availability::Unavailable);
    let dot = "<span class=\"dot\"></span><span class=\"vh\"> Indisponível</span>";
    browser.get("/account").await.assert_says(dot);
    let own = browser.get("/account/availability?own=yes").await;
    own.assert_says(dot);
    own.assert_silent("id=\"availability\"");
    let foreign = [("availability", "available"), ("next", "//evil.example")];
    assert_eq!(browser.change("put", "/account/availability", &foreign).await.location(), "/");
    assert_eq!(availability(&app).await, Availability::Available);
}

#[tokio::test]
async fn with_script_only_the_button_changes() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let token = browser.token("/account").await;
    let request = browser.request(Method::POST, "/account/availability").header("Sec-Fetch-Site", "same-origin");
    let request = request.header("HX-Request", "true").header("HX-Request-Type", "partial");
    let answer = send(request.form(&[("_method", "put"), ("_token", &token), ("availability", "unavailable")])).await;
    assert_eq!(answer.status, 200);
    answer.assert_says("id=\"availability\"");
    answer.assert_says("Indisponível");
    answer.assert_says("<hx-partial hx-target=\"#toasts\"");
    answer.assert_silent("<html");
}
