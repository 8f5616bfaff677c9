//! Mail about sign-ins from browsers that a person never used before.

use recado::auth::Role;
use recado::config::Config;
use recado::mailer::{Carrier, Outbox};
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::{Answer, Browser};
use crate::support::letters::{subject, text};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn sign_in(browser: &Browser, name: &str) -> Answer {
    let page = if browser.get("/sign-in").await.status == 200 { "/sign-in" } else { "/account" };
    let token = browser.token(page).await;
    let fields = [("_token", token.as_str()), ("email", &email(name)), ("password", PASSWORD)];
    let request = browser.request(reqwest::Method::POST, "/session").header("Sec-Fetch-Site", "same-origin");
    let answer = crate::support::browser::send(request.header("User-Agent", FIREFOX).form(&fields)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer
}

async fn sign_out(browser: &Browser) {
    assert_eq!(browser.change("delete", "/session", &[]).await.status, 303);
}

#[tokio::test]
async fn the_first_browser_is_silent_and_a_new_one_is_told_with_what_to_do() {
    let app = App::start().await;
    let first = app.browser();
    sign_in(&first, "ana").await;
    sign_out(&first).await;
    sign_in(&first, "ana").await;
    app.idle().await;
    assert_eq!(app.outbox.letters().len(), 0, "a browser that was here before is nothing new");
    sign_in(&app.browser(), "ana").await;
    let letters = app.letters(1).await;
    assert_eq!(letters[0].envelope.to, [email("ana")]);
    let text = text(&letters[0]);
    assert_eq!(subject(&letters[0]), "Nova entrada na sua conta do Recado");
    for part in [
        "Olá, Ana.",
        "Vereda Arquitetura",
        "20 de novembro de 2026",
        "10:00",
        "Aparelho: Firefox em Linux",
        "Endereço de rede: 127.0.0.1",
        &format!("{}/password-reset", app.url),
        &format!("{}/account", app.url),
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains(FIREFOX));
    sign_in(&first, "ana").await;
    app.idle().await;
    assert_eq!(app.outbox.letters().len(), 1);
}

#[tokio::test]
async fn two_people_of_one_browser_are_each_told_of_their_own() {
    let app = App::start().await;
    app.user("bia", Role::Agent).await;
    app.recado
        .db
        .write(|tx| Ok(tx.execute("UPDATE user SET language = 'en' WHERE id = 2", [])?))
        .await
        .expect("a write");
    let (home, office) = (app.browser(), app.browser());
    sign_in(&home, "bia").await;
    let mark = sign_in(&office, "ana").await.cookie("d").expect("a mark");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(mark.contains(part), "{part}: {mark}");
    }
    sign_out(&office).await;
    let again = sign_in(&office, "bia").await.cookie("d").expect("a mark");
    assert_eq!(again, mark, "one browser has one mark");
    let letters = app.letters(1).await;
    assert_eq!(letters[0].envelope.to, [email("bia")]);
    let text = text(&letters[0]);
    assert_eq!(subject(&letters[0]), "New sign-in to your Recado account");
    assert!(text.contains("Device: Firefox on Linux") && text.contains("If it wasn't you"), "{text}");
    sign_out(&office).await;
    sign_in(&office, "ana").await;
    app.idle().await;
    assert_eq!(app.outbox.letters().len(), 1);
}

#[tokio::test]
async fn a_mark_that_somebody_planted_is_not_taken_over() {
    let app = App::start().await;
    sign_in(&app.browser(), "ana").await;
    let victim = app.browser();
    victim.set_cookie("d", "planted");
    let mark = sign_in(&victim, "ana").await.cookie("d").expect("a mark of its own");
    assert!(!mark.contains("planted") && mark.len() > 50, "{mark}");
    let thief = app.browser();
    thief.set_cookie("d", "planted");
    sign_in(&thief, "ana").await;
    app.letters(2).await;
}

#[tokio::test]
async fn after_a_new_password_every_other_browser_is_new_again() {
    let app = App::start().await;
    let (here, there) = (app.browser(), app.browser());
    sign_in(&here, "ana").await;
    sign_in(&there, "ana").await;
    app.letters(1).await;
    let new = "outra frase nada parecida";
    let changed = here.change("put", "/account/password", &[("current", PASSWORD), ("password", new)]).await;
    assert_eq!(changed.status, 303);
    for (browser, told) in [(&here, 1), (&there, 2)] {
        assert_eq!(browser.sign_in(&email("ana"), new).await.status, 303);
        app.idle().await;
        assert_eq!(app.outbox.letters().len(), told);
    }
}

#[tokio::test]
async fn where_no_mail_leaves_nothing_waits_to_frighten_later() {
    let listen = ([127, 0, 0, 1], 1).into();
    let config = Config::simple("unused".as_ref(), "http://127.0.0.1:1", listen).expect("settings");
    let carrier = Carrier::configured(&config, std::time::Duration::from_secs(1));
    let app = App::carried(|_| {}, carrier, Outbox::default()).await;
    app.found().await;
    sign_in(&app.browser(), "ana").await;
    sign_in(&app.browser(), "ana").await;
    app.idle().await;
    let queued = app.recado.db.read(|connection| {
        Ok(connection.query_row("SELECT count(*) FROM system_mail", [], |row| row.get::<_, i64>(0))?)
    });
    assert_eq!(queued.await.expect("a number"), 0);
}
