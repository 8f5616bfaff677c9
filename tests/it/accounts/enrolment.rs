//! Where everybody needs a second factor: who has none sets it up first and reaches nothing else.

use recado::auth::Role;
use recado::clock::MINUTE;
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::authenticator::{Authenticator, recovery_codes, set_up};
use crate::support::browser::Browser;
use crate::support::wait::{DEADLINE, until};

async fn require(browser: &Browser) {
    let saved = browser.change("put", "/settings/second-factor", &[("required", "1")]).await;
    assert_eq!((saved.status, saved.location()), (303, "/settings/second-factor"));
}

#[tokio::test]
async fn who_has_none_is_led_to_it_right_after_signing_in_and_goes_on_to_the_asked_page() {
    let app = App::start().await;
    app.user("diego", Role::Agent).await;
    let ana = app.browser_of(1).await;
    set_up(&app, &ana).await;
    require(&ana).await;
    let browser = app.browser();
    let fields = [("email", "diego@vereda.example"), ("password", PASSWORD), ("next", "/account")];
    assert_eq!(browser.post_form("/session", &fields).await.location(), "/account");
    let led = browser.get("/account").await;
    assert_eq!((led.status, led.location()), (303, "/second-factor?next=%2Faccount"));
    let page = browser.get(led.location()).await;
    page.assert_says("Proteja sua conta");
    page.assert_silent("type=\"password\"");
    assert_eq!(browser.get("/").await.location(), "/second-factor");
    assert_eq!(browser.get("/conversations").await.location(), "/second-factor?next=%2Fconversations");
    let begun = browser.post_form("/second-factor", &[("next", "/account")]).await;
    assert_eq!((begun.status, begun.location()), (303, "/second-factor?next=%2Faccount"));
    let authenticator = Authenticator::typed(&browser.get(begun.location()).await);
    let wrong = authenticator.wrong(&app);
    let refused = browser.post_form("/second-factor/confirmation", &[("code", &wrong), ("next", "/account")]).await;
    assert_eq!(refused.status, 422);
    refused.assert_says("name=\"next\" value=\"/account\"");
    assert_eq!(browser.get("/account").await.status, 303);
    let code = authenticator.code(&app, 0);
    let done = browser.post_form("/second-factor/confirmation", &[("code", &code), ("next", "/account")]).await;
    assert_eq!((done.status, recovery_codes(&done).len()), (200, 10));
    done.assert_says("href=\"/account\"");
    assert_eq!(browser.get("/account").await.status, 200);
    assert_eq!(browser.get("/second-factor").await.status, 404, "it is over");
    browser.get("/account/second-factor").await.assert_silent("value=\"off\"");
    let off = [("what", "off"), ("password", PASSWORD), ("code", &recovery_codes(&done)[0])];
    assert_eq!(browser.change("put", "/account/second-factor", &off).await.status, 409);
}

#[tokio::test]
async fn the_rule_counts_at_once_for_who_is_signed_in_and_asks_them_for_their_password() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let (ana, agent) = (app.browser_of(1).await, app.browser_of(diego).await);
    set_up(&app, &ana).await;
    app.clock().advance(20 * MINUTE);
    assert_eq!(agent.get("/account").await.status, 200);
    require(&ana).await;
    assert_eq!(ana.get("/account").await.status, 200);
    assert_eq!(agent.get("/account").await.location(), "/second-factor?next=%2Faccount");
    agent.get("/second-factor").await.assert_says("type=\"password\"");
    assert_eq!(agent.post_form("/second-factor", &[("next", "/")]).await.status, 422);
    let wrong = agent.post_form("/second-factor", &[("next", "/"), ("password", "wrong")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(agent.post_form("/second-factor", &[("next", "/"), ("password", PASSWORD)]).await.status, 303);
    agent.get("/second-factor").await.assert_says("id=\"secret\"");
    let out = agent.change("delete", "/session", &[]).await;
    assert_eq!(out.location(), "/sign-in");
    assert_eq!(agent.get("/account").await.location(), "/sign-in?next=%2Faccount");
}

#[tokio::test]
async fn a_reset_where_it_is_required_leads_back_to_setting_it_up() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let ana = app.browser_of(1).await;
    set_up(&app, &ana).await;
    set_up(&app, &app.browser_of(diego).await).await;
    require(&ana).await;
    let path = format!("/settings/second-factor/{diego}");
    assert_eq!(ana.change("delete", &path, &[("password", PASSWORD)]).await.status, 303);
    let browser = app.browser();
    assert_eq!(browser.sign_in(&email("diego"), PASSWORD).await.location(), "/");
    assert_eq!(browser.get("/").await.location(), "/second-factor");
}

#[tokio::test]
async fn agents_make_no_rule_and_lifting_it_lets_everybody_in_again() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let (ana, agent) = (app.browser_of(1).await, app.browser_of(diego).await);
    assert_eq!(agent.change("put", "/settings/second-factor", &[("required", "1")]).await.status, 403);
    assert_eq!(agent.get("/settings/second-factor").await.status, 403);
    set_up(&app, &ana).await;
    require(&ana).await;
    assert_eq!(agent.get("/account").await.status, 303);
    assert_eq!(ana.change("put", "/settings/second-factor", &[]).await.status, 303);
    assert_eq!(agent.get("/account").await.status, 200);
}

#[tokio::test]
async fn live_updates_end_at_once_for_who_must_set_it_up() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let (ana, agent) = (app.browser_of(1).await, app.browser_of(diego).await);
    set_up(&app, &ana).await;
    let mut stream = agent.request(reqwest::Method::GET, "/live").send().await.expect("a stream");
    assert_eq!(stream.status(), 200);
    require(&ana).await;
    let ended = async { while stream.chunk().await.expect("a whole stream").is_some() {} };
    tokio::time::timeout(DEADLINE, ended).await.expect("the stream ends");
    until("the next stream to be refused", DEADLINE, async || {
        let request = agent.request(reqwest::Method::GET, "/live").header("Accept", "text/event-stream");
        request.send().await.is_ok_and(|answer| answer.status() == 401)
    })
    .await;
}
