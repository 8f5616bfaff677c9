//! A new address: the password to ask for it, the link to confirm it, and the old address is told.

use recado::auth::Role;
use recado::clock::{HOUR, MINUTE};
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::{Answer, Browser};
use crate::support::letters::{link, text};

const NEW: &str = "ana.lima@vereda.example";

async fn ask(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.change("put", "/account/email", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn the_link_at_the_new_address_makes_it_count_ends_all_sessions_and_the_old_one_is_told() {
    let app = App::start().await;
    let (here, there) = (app.browser_of(1).await, app.browser_of(1).await);
    let asked = ask(&here, " Ana.Lima@VEREDA.example", PASSWORD).await;
    assert_eq!((asked.status, asked.location()), (303, "/account"));
    here.get("/account").await.assert_says("Esperando você abrir o link enviado para Ana.Lima@vereda.example.");
    let letters = app.letters(1).await;
    assert_eq!(letters[0].envelope.to, ["Ana.Lima@vereda.example"]);
    let link = link(&app, &letters[0]);
    // A mail scanner looks first; nothing counts before the button.
    for _ in 0..3 {
        app.browser().get(&link).await.assert_says("Ana.Lima@vereda.example");
    }
    assert_eq!(app.browser().sign_in(NEW, PASSWORD).await.status, 422);
    let done = here.post_form(&link, &[]).await;
    assert_eq!((done.status, done.location()), (303, "/sign-in"));
    for browser in [&here, &there] {
        assert_eq!(browser.get("/account").await.status, 303);
    }
    let told = app.letters(2).await;
    assert_eq!(told[1].envelope.to, [email("ana")]);
    assert!(text(&told[1]).contains("foi trocado para Ana.Lima@vereda.example"), "{}", text(&told[1]));
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 422);
    assert_eq!(app.browser().sign_in(NEW, PASSWORD).await.status, 303);
    let again = here.post_form(&link, &[]).await;
    assert_eq!(again.status, 404);
    again.assert_says("Este link não vale mais");
    let read = app.recado.db.read(|connection| {
        let sql = "SELECT payload FROM activity WHERE kind = 'email.changed'";
        Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?)
    });
    assert!(!read.await.expect("it is logged").contains('@'));
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_what_was_typed_stays() {
    let app = App::start().await;
    app.user("bia", Role::Agent).await;
    let browser = app.browser_of(1).await;
    for (typed, password, says) in [
        (NEW, "wrong", "Esta não é sua senha atual."),
        ("ana@", PASSWORD, "Este e-mail está incompleto"),
        ("bia@vereda.example", PASSWORD, "Este e-mail já tem uma conta."),
        ("ana@vereda.example", PASSWORD, "Este e-mail já tem uma conta."),
        ("a@b.example\r\nBcc: x@example.com", PASSWORD, "Este e-mail está incompleto"),
    ] {
        let answer = ask(&browser, typed, password).await;
        assert_eq!(answer.status, 422, "{typed}");
        answer.assert_says(says);
    }
    ask(&browser, NEW, "wrong").await.assert_says(&format!("value=\"{NEW}\""));
    app.idle().await;
    assert_eq!(app.outbox.letters().len(), 0);
    for _ in 0..6 {
        ask(&browser, NEW, "wrong").await;
    }
    let waiting = ask(&browser, NEW, PASSWORD).await;
    assert_eq!(waiting.status, 429);
    waiting.assert_says(&format!("value=\"{NEW}\""));
}

#[tokio::test]
async fn links_end_after_an_hour_with_a_newer_one_and_when_somebody_else_was_first() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    ask(&browser, NEW, PASSWORD).await;
    let first = link(&app, &app.letters(1).await[0]);
    ask(&browser, "outra@vereda.example", PASSWORD).await;
    let second = link(&app, &app.letters(2).await[1]);
    assert_eq!(browser.post_form(&first, &[]).await.status, 404);
    app.clock().advance(HOUR - MINUTE);
    assert_eq!(browser.get(&second).await.status, 200);
    app.clock().advance(MINUTE);
    assert_eq!(browser.post_form(&second, &[]).await.status, 404);
    ask(&browser, "bia@vereda.example", PASSWORD).await;
    let third = link(&app, &app.letters(3).await[2]);
    app.user("bia", Role::Agent).await;
    assert_eq!(browser.post_form(&third, &[]).await.status, 409);
    assert_eq!(browser.get("/account").await.status, 200);
    app.recado.db.write(|tx| Ok(tx.execute("UPDATE user SET state = 'disabled'", [])?)).await.expect("a write");
    assert_eq!(browser.get(&third).await.status, 404);
}

#[tokio::test]
async fn a_reset_link_that_went_to_the_old_address_ends_with_it() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    app.browser().post_form("/password-reset", &[("email", &email("ana"))]).await;
    let reset = link(&app, &app.letters(1).await[0]);
    ask(&browser, NEW, PASSWORD).await;
    let confirm = link(&app, &app.letters(2).await[1]);
    assert_eq!(browser.get(&reset).await.status, 200);
    assert_eq!(browser.post_form(&confirm, &[]).await.status, 303);
    assert_eq!(browser.get(&reset).await.status, 404);
}
