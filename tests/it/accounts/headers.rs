//! What every answer carries, errors included, and how errors are told in both languages.

use reqwest::Method;
use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::{Answer, send};

fn assert_guarded(answer: &Answer, cache: &str) {
    let policy = answer.header("Content-Security-Policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{policy}");
    assert!(policy.ends_with("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
    let wanted = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", cache),
    ];
    for (name, value) in wanted {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(answer.header("Permissions-Policy").contains("camera=()"));
    assert_eq!(answer.header("Strict-Transport-Security"), "", "not over http");
    assert_eq!(answer.header("Server"), "");
}

#[tokio::test]
async fn pages_redirects_and_errors_carry_the_headers_of_security() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    for path in ["/", "/account", "/settings", "/nothing-here", "/password-reset/wrong", "/photos/none.jpg"] {
        assert_guarded(&browser.get(path).await, "no-store");
    }
    assert_guarded(&app.browser().get("/sign-in").await, "no-store");
    let refused = send(browser.request(Method::POST, "/account").header("Origin", "null")).await;
    assert_eq!(refused.status, 403);
    assert_guarded(&refused, "no-store");
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_language_of_the_browser() {
    let app = App::start().await;
    let guest = app.browser();
    let pt = guest.get_in("pt-BR,pt;q=0.9", "/nothing").await;
    let en = guest.get_in("en-US,en;q=0.9,pt;q=0.1", "/nothing").await;
    assert_eq!((pt.status, en.status), (404, 404));
    pt.assert_says("Esta página não existe ou não está liberada para você.");
    pt.assert_says("lang=\"pt-BR\"");
    en.assert_says("This page doesn't exist, or you may not see it.");
    en.assert_says("lang=\"en\"");
    guest.get_in("fr", "/nothing").await.assert_says("lang=\"pt-BR\"");
}

#[tokio::test]
async fn an_error_has_a_number_and_a_way_on() {
    let app = App::start().await;
    let answer = app.browser().get("/nothing").await;
    let number = answer.header("X-Request-Id").to_owned();
    assert_eq!(number.len(), 8);
    answer.assert_says(&number);
    answer.assert_says("href=\"/\"");
}

#[tokio::test]
async fn blocks_and_programs_are_told_of_a_missing_session_their_way() {
    let app = App::start().await;
    let block = app.browser().request(Method::GET, "/account").header("HX-Request", "true");
    let block = send(block).await;
    assert_eq!((block.status, block.header("HX-Redirect")), (401, "/sign-in"));
    let program = send(app.browser().request(Method::GET, "/account").header("Accept", "application/json")).await;
    assert_eq!((program.status, program.location()), (401, ""));
}
