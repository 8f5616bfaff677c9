//! Signing in: who may, what the answer tells, how guessing is slowed down.

use recado::auth::Role;
use recado::clock::MINUTE;
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::Answer;

/// The page without what is different every time.
fn without_token(answer: &Answer) -> String {
    let mut rest = answer.body.as_str();
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once("name=\"_token\" value=\"") {
        plain.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[tokio::test]
async fn the_right_password_signs_in_and_leads_to_the_asked_page() {
    let app = App::start().await;
    let browser = app.browser();
    let asked = browser.get("/account").await;
    assert_eq!((asked.status, asked.location()), (303, "/sign-in?next=%2Faccount"));
    let form = browser.get(asked.location()).await;
    form.assert_says("name=\"next\" value=\"/account\"");
    let fields = [("email", "ANA@vereda.example"), ("password", PASSWORD), ("next", "/account")];
    let answer = browser.post_form("/session", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/account"));
    browser.get("/account").await.assert_says("Ana");
    assert_eq!(browser.get("/sign-in").await.location(), "/");
}

#[tokio::test]
async fn unknown_addresses_disabled_people_and_wrong_passwords_get_the_same_answer() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    app.recado
        .db
        .write(move |tx| Ok(tx.execute("UPDATE user SET state = 'disabled' WHERE id = ?1", [diego])?))
        .await
        .expect("a write");
    let mut pages = Vec::new();
    for (name, password) in [("ana", "wrong"), ("nobody", PASSWORD), ("diego", PASSWORD), ("ana", "")] {
        let browser = app.browser();
        let answer = browser.sign_in(&email(name), password).await;
        assert_eq!(answer.status, 422);
        assert!(answer.cookie("s").is_none());
        answer.assert_says(&format!("value=\"{}\"", email(name)));
        pages.push(without_token(&answer).replace(&email(name), "…"));
        assert_eq!(browser.get("/account").await.status, 303);
    }
    assert!(pages[0].contains("E-mail ou senha não conferem"));
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test]
async fn after_some_wrong_passwords_each_try_costs_more_time_but_not_elsewhere() {
    let app = App::start().await;
    let browser = app.browser();
    for _ in 0..6 {
        assert_eq!(browser.sign_in(&email("ana"), "wrong").await.status, 422);
    }
    let refused = browser.sign_in(&email("ana"), PASSWORD).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("Retry-After"), "2");
    refused.assert_says("Espere 2 segundos");
    refused.assert_says("value=\"ana@vereda.example\"");
    app.user("bia", Role::Agent).await;
    assert_eq!(app.browser().sign_in(&email("bia"), PASSWORD).await.status, 303);
    app.clock().advance(2000);
    assert_eq!(browser.sign_in(&email("ana"), PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_long_pause_is_said_in_minutes_and_ends() {
    let app = App::start().await;
    let browser = app.browser();
    for _ in 0..16 {
        app.clock().advance(10 * MINUTE);
        browser.sign_in(&email("ana"), "wrong").await;
    }
    let refused = browser.sign_in(&email("ana"), PASSWORD).await;
    assert_eq!(refused.status, 429);
    refused.assert_says("minutos e tente de novo");
    app.clock().advance(15 * MINUTE + 1);
    assert_eq!(browser.sign_in(&email("ana"), PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_forged_forwarding_header_does_not_reset_the_limit() {
    let app = App::start().await;
    let browser = app.browser();
    let mut last = 0;
    for n in 0..8 {
        let token = browser.token("/sign-in").await;
        let form = [("_token", token.as_str()), ("email", "ana@vereda.example"), ("password", "wrong")];
        let request = browser.request(reqwest::Method::POST, "/session").header("Sec-Fetch-Site", "same-origin");
        let request =
            request.header("X-Forwarded-For", format!("198.51.100.{n}")).header("X-Real-IP", format!("198.51.100.{n}"));
        last = crate::support::browser::send(request.form(&form)).await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn only_paths_of_ours_are_gone_to_after_signing_in() {
    let app = App::start().await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""] {
        let fields = [("email", "ana@vereda.example"), ("password", PASSWORD), ("next", next)];
        let answer = app.browser().post_form("/session", &fields).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{next:?}");
        let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        app.browser().get(&format!("/sign-in?next={query}")).await.assert_says("name=\"next\" value=\"/\"");
    }
}

#[tokio::test]
async fn a_password_hashed_long_ago_is_hashed_anew_when_it_is_right() {
    let app = App::start().await;
    let params = argon2::Params::new(64, 1, 1, None).expect("parameters");
    let weak = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let hash = argon2::PasswordHasher::hash_password(&weak, PASSWORD.as_bytes()).expect("a hash").to_string();
    let stored = hash.clone();
    app.recado
        .db
        .write(move |tx| Ok(tx.execute("UPDATE user SET password_hash = ?1", [stored])?))
        .await
        .expect("a write");
    let now = || async {
        let read = app.recado.db.read(|connection| {
            Ok(connection.query_row("SELECT password_hash FROM user", [], |row| row.get::<_, String>(0))?)
        });
        read.await.expect("a hash")
    };
    assert_eq!(app.browser().sign_in(&email("ana"), "wrong").await.status, 422);
    assert_eq!(now().await, hash);
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 303);
    assert!(now().await.contains("m=19456,t=2,p=1"));
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 303);
}
