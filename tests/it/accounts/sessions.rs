//! Devices somebody is signed in on: how the cookie is kept, how access ends.

use std::net::SocketAddr;

use recado::auth::Role;
use recado::clock::{DAY, HOUR};
use reqwest::Method;
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::send;

#[tokio::test]
async fn over_http_the_cookie_is_kept_from_scripts_and_other_sites() {
    let app = App::start().await;
    let cookie = app.browser().sign_in(&email("ana"), PASSWORD).await.cookie("s").expect("a session");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
    let fields = [("email", "ana@vereda.example"), ("password", PASSWORD)];
    let forgotten = app.browser().post_form("/session", &fields).await.cookie("s").expect("a session");
    assert!(!forgotten.contains("Max-Age") && !forgotten.contains("Expires"), "{forgotten}");
}

#[tokio::test]
async fn over_https_the_cookie_has_the_strictest_prefix() {
    let app = App::with(|config| config.public_url = "https://recado.example".parse().expect("an address")).await;
    app.found().await;
    let browser = app.browser();
    let ask = |method, path: &str| browser.request(method, path).header("Host", "recado.example");
    let form = send(ask(Method::GET, "/sign-in")).await;
    let guest = form.cookie("__Host-g").expect("a cookie for the form");
    assert!(guest.contains("Secure"), "{guest}");
    let (_, after) = form.body.split_once("name=\"_token\" value=\"").expect("a form");
    let token = after.split('"').next().unwrap_or_default();
    let fields = [("_token", token), ("email", "ana@vereda.example"), ("password", PASSWORD)];
    let request = ask(Method::POST, "/session").header("Sec-Fetch-Site", "same-origin");
    let guest = guest.split(';').next().unwrap_or_default().to_owned();
    let answer = send(request.header("Cookie", guest).form(&fields)).await;
    assert_eq!(answer.status, 303);
    let cookie = answer.cookie("__Host-s").expect("a session");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(answer.header("Strict-Transport-Security"), "max-age=31536000");
}

#[tokio::test]
async fn signing_in_again_gives_a_new_secret_and_ends_the_earlier_session() {
    let app = App::start().await;
    let browser = app.browser();
    let secret = |line: String| line.split([';', '=']).nth(1).unwrap_or_default().to_owned();
    let first = secret(browser.sign_in(&email("ana"), PASSWORD).await.cookie("s").expect("a session"));
    let second = secret(browser.sign_in(&email("ana"), PASSWORD).await.cookie("s").expect("a session"));
    assert!(first.len() >= 50 && first != second);
    let thief = app.browser();
    thief.set_cookie("s", &first);
    assert_eq!(thief.get("/account").await.status, 303);
    assert_eq!(browser.get("/account").await.status, 200);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_too() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let copy = app.browser();
    copy.set_cookie("s", browser.cookies().trim_start_matches("s="));
    assert_eq!(copy.get("/account").await.status, 200);
    let answer = browser.change("delete", "/session", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in"));
    assert_eq!(browser.get("/").await.location(), "/sign-in");
    assert_eq!(copy.get("/account").await.status, 303);
}

#[tokio::test]
async fn an_ended_device_is_out_at_once_and_only_that_one() {
    let app = App::start().await;
    let (here, there) = (app.browser_of(1).await, app.browser_of(1).await);
    let page = here.get("/account").await;
    page.assert_says("Firefox em Linux");
    page.assert_says("192.0.2.7");
    page.assert_says("Este aparelho");
    assert_eq!(there.get("/account").await.status, 200);
    let answer = here.change("delete", "/account/sessions/2", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/account"));
    assert_eq!(there.get("/account").await.status, 303);
    let page = here.get("/account").await;
    page.assert_says("Aparelho desconectado");
    page.assert_silent("session-2");
}

#[tokio::test]
async fn everywhere_else_ends_with_one_button() {
    let app = App::start().await;
    let (here, there, yonder) = (app.browser_of(1).await, app.browser_of(1).await, app.browser_of(1).await);
    assert_eq!(here.change("delete", "/account/sessions", &[]).await.status, 303);
    assert_eq!(here.get("/account").await.status, 200);
    assert_eq!((there.get("/account").await.status, yonder.get("/account").await.status), (303, 303));
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let (ana, diego) = (app.browser_of(1).await, app.browser_of(diego).await);
    assert_eq!(diego.change("delete", "/account/sessions/1", &[]).await.status, 404);
    assert_eq!(diego.change("delete", "/account/sessions/99", &[]).await.status, 404);
    assert_eq!(ana.get("/account").await.status, 200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_at_the_latest_after_thirty_days() {
    let app = App::start().await;
    let (idle, used) = (app.browser_of(1).await, app.browser_of(1).await);
    for _ in 0..29 {
        app.clock().advance(DAY);
        assert_eq!(used.get("/account").await.status, 200);
    }
    assert_eq!(idle.get("/account").await.status, 303);
    used.get("/account").await.assert_silent("session-1\"");
    app.clock().advance(DAY + HOUR);
    assert_eq!(used.get("/account").await.status, 303);
}

#[tokio::test]
async fn the_client_address_comes_from_the_trusted_proxy_only() {
    let local: SocketAddr = ([127, 0, 0, 1], 0).into();
    let app = App::with(|config| config.trusted_proxies = vec![local.ip().into()]).await;
    app.found().await;
    let sign_in = async |forwarded: &str| {
        let browser = app.browser();
        let token = browser.token("/sign-in").await;
        let fields = [("_token", token.as_str()), ("email", "ana@vereda.example"), ("password", PASSWORD)];
        let request = browser.request(Method::POST, "/session").header("Sec-Fetch-Site", "same-origin");
        assert_eq!(send(request.header("X-Forwarded-For", forwarded).form(&fields)).await.status, 303);
        browser.get("/account").await
    };
    sign_in("6.6.6.6, 203.0.113.9").await.assert_says("203.0.113.9");
    let untrusted = App::start().await;
    let browser = untrusted.browser();
    browser.sign_in(&email("ana"), PASSWORD).await;
    let page = send(browser.request(Method::GET, "/account").header("X-Forwarded-For", "203.0.113.9")).await;
    page.assert_says("127.0.0.1");
    page.assert_silent("203.0.113.9");
}
