//! A fresh server belongs to whoever reads what it prints, once.

use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::Browser;

async fn set_up(browser: &Browser, code: &str, password: &str) -> crate::support::browser::Answer {
    let fields = [
        ("code", code),
        ("workspace", "Padaria Sol"),
        ("language", "pt-BR"),
        ("zone", "America/Recife"),
        ("name", "Rita <Lima>"),
        ("email", "rita@Padaria.example"),
        ("password", password),
    ];
    browser.post_form("/setup", &fields).await
}

async fn code(app: &App) -> String {
    let code = recado::accounts::setup_code(&app.recado.db).await.expect("a database");
    code.expect("nobody owns the server")
}

#[tokio::test]
async fn the_printed_code_makes_the_owner_who_is_signed_in_at_once() {
    let app = App::fresh().await;
    let browser = app.browser();
    assert_eq!(browser.get("/").await.location(), "/setup");
    assert_eq!(browser.get("/sign-in").await.location(), "/setup");
    assert_eq!(browser.get("/setup").await.status, 200);
    let code = code(&app).await;
    let answer = set_up(&browser, &code.to_uppercase().replace('-', " "), "uma frase que ninguém adivinha").await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
    assert_eq!(browser.get("/").await.location(), "/conversations");
    let account = browser.get("/account").await;
    account.assert_says("rita@padaria.example");
    account.assert_says("Proprietário(a)");
    account.assert_silent("<Lima>");
    app.browser().get("/sign-in").await.assert_says("Padaria Sol");
}

#[tokio::test]
async fn once_there_is_an_owner_the_first_run_does_not_exist() {
    let app = App::fresh().await;
    let code = code(&app).await;
    let guest = app.browser();
    let token = guest.token("/setup").await;
    app.found().await;
    assert_eq!(guest.get("/setup").await.status, 404);
    let late = guest.request(reqwest::Method::POST, "/setup").header("Sec-Fetch-Site", "same-origin");
    let late = crate::support::browser::send(late.form(&[("_token", token.as_str()), ("code", &code)])).await;
    assert_eq!(late.status, 404);
    assert_eq!(recado::accounts::setup_code(&app.recado.db).await.expect("a database"), None);
    assert_eq!(guest.get("/").await.location(), "/sign-in");
}

#[tokio::test]
async fn a_wrong_or_old_code_takes_nothing_and_keeps_what_was_typed() {
    let app = App::fresh().await;
    let old = code(&app).await;
    let new = code(&app).await;
    let browser = app.browser();
    for wrong in ["", "aaaa-bbbb", old.as_str()] {
        let answer = set_up(&browser, wrong, "uma frase que ninguém adivinha").await;
        assert_eq!(answer.status, 422);
        answer.assert_says("Este código não confere");
        answer.assert_says("value=\"Padaria Sol\"");
        answer.assert_silent("ninguém adivinha");
    }
    assert_eq!(set_up(&browser, &new, "senha12345678").await.status, 422);
    assert_eq!(browser.get("/").await.location(), "/setup");
    assert_eq!(set_up(&browser, &new, "uma frase que ninguém adivinha").await.status, 303);
}

#[tokio::test]
async fn guessing_the_code_is_slowed_down() {
    let app = App::fresh().await;
    let browser = app.browser();
    let mut answers = Vec::new();
    for _ in 0..8 {
        answers.push(set_up(&browser, "aaaa", "uma frase que ninguém adivinha").await.status);
    }
    assert_eq!(answers[..5], [422; 5]);
    assert_eq!(answers[7], 429);
    let code = code(&app).await;
    assert_eq!(set_up(&browser, &code, "uma frase que ninguém adivinha").await.status, 429);
    app.clock().advance(15 * recado::clock::MINUTE + 1);
    assert_eq!(set_up(&browser, &code, "uma frase que ninguém adivinha").await.status, 303);
}
