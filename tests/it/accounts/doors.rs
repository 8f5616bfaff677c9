//! Forms from elsewhere, requests for another host, forged tokens: nothing is changed.

use reqwest::Method;
use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};

/// Makes Ana's theme dark, with these headers and this token; answers what came back.
async fn send_profile(browser: &Browser, headers: &[(&'static str, &str)], token: &str) -> Answer {
    let mut request = browser.request(Method::POST, "/account").header("Accept", "text/html");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let fields = [
        ("_method", "put"),
        ("_token", token),
        ("name", "Ana"),
        ("language", "pt-BR"),
        ("zone", "America/Sao_Paulo"),
        ("theme", "dark"),
    ];
    send(request.form(&fields)).await
}

async fn is_dark(browser: &Browser) -> bool {
    browser.get("/account").await.body.contains("data-theme=\"dark\"")
}

#[tokio::test]
async fn a_form_without_its_token_or_with_another_changes_nothing() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let foreign = app.browser_of(1).await.token("/account").await;
    let guest = app.browser().token("/sign-in").await;
    let own = [("Sec-Fetch-Site", "same-origin")];
    for token in ["", "AAAA", &foreign, &guest] {
        let answer = send_profile(&browser, &own, token).await;
        assert_eq!(answer.status, 403);
        answer.assert_says("Este formulário ficou velho");
    }
    assert!(!is_dark(&browser).await);
    let token = browser.token("/account").await;
    assert_eq!(send_profile(&browser, &own, &token).await.status, 303);
    assert!(is_dark(&browser).await);
}

#[tokio::test]
async fn every_page_has_the_token_in_another_mask_and_all_of_them_hold() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let (first, second) = (browser.token("/account").await, browser.token("/account").await);
    assert_ne!(first, second);
    for token in [first, second] {
        assert_eq!(send_profile(&browser, &[("Sec-Fetch-Site", "same-origin")], &token).await.status, 303);
    }
}

#[tokio::test]
async fn the_header_of_htmx_is_as_good_as_the_field() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let token = browser.token("/account").await;
    let headers = [("Sec-Fetch-Site", "same-origin"), ("X-CSRF-Token", token.as_str())];
    assert_eq!(send_profile(&browser, &headers, "").await.status, 303);
}

#[tokio::test]
async fn a_form_that_another_site_sends_is_refused_even_with_the_right_token() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let token = browser.token("/account").await;
    let foreign: [&[(&str, &str)]; 7] = [
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Sec-Fetch-Site", "none")],
        &[("Sec-Fetch-Site", "cross-site"), ("Origin", &app.url)],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
        &[],
    ];
    for headers in foreign {
        let answer = send_profile(&browser, headers, &token).await;
        assert_eq!(answer.status, 403, "{headers:?}");
        answer.assert_says("veio de outro site");
    }
    assert!(!is_dark(&browser).await);
    assert_eq!(send_profile(&browser, &[("Origin", &app.url)], &token).await.status, 303);
}

#[tokio::test]
async fn another_host_gets_nothing_and_our_links_are_never_made_of_it() {
    let app = App::start().await;
    for host in ["evil.example", "127.0.0.1", "localhost:80", "127.0.0.1:1"] {
        let answer = send(app.browser().request(Method::GET, "/sign-in").header("Host", host)).await;
        assert_eq!(answer.status, 421, "{host}");
        answer.assert_silent("form");
    }
    let request = app.browser().request(Method::GET, "/sign-in").header("X-Forwarded-Host", "evil.example");
    send(request).await.assert_silent("evil.example");
}

#[tokio::test]
async fn reading_a_page_changes_nothing() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    for path in ["/account/sessions/1?_method=delete", "/account/photo", "/session", "/account/password"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    assert_eq!(browser.get("/account").await.status, 200);
}
