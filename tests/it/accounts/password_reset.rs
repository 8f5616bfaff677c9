//! A new password by mail: the whole way through the mailbox, and all the ways it must not go.

use std::fmt::Write;

use mail_parser::MessageParser;
use recado::auth::Role;
use recado::auth::tokens::{self, Purpose};
use recado::clock::{HOUR, MINUTE};
use recado::mailer::Letter;
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::Browser;

const NEW: &str = "outra frase nada parecida";

async fn ask(browser: &Browser, email: &str) {
    let answer = browser.post_form("/password-reset", &[("email", email)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/password-reset?sent=1"));
}

fn text(letter: &Letter) -> String {
    let message = MessageParser::default().parse(&letter.raw).expect("a mail");
    message.body_text(0).expect("a text").into_owned()
}

/// The path of the link in a mail.
fn link(app: &App, letter: &Letter) -> String {
    let text = text(letter);
    let link = text.split_whitespace().find(|word| word.starts_with(&app.url)).expect("a link to us");
    link[app.url.len()..].to_owned()
}

async fn choose(browser: &Browser, link: &str, password: &str) -> crate::support::browser::Answer {
    browser.post_form(link, &[("password", password)]).await
}

#[tokio::test]
async fn the_link_in_the_mail_sets_a_new_password_and_ends_all_sessions() {
    let app = App::start().await;
    let elsewhere = app.browser_of(1).await;
    let browser = app.browser();
    ask(&browser, "Ana@VEREDA.example").await;
    browser.get("/password-reset?sent=1").await.assert_says("Se este endereço tem uma conta aqui");
    let letters = app.letters(1).await;
    assert_eq!(letters[0].envelope.to, [email("ana")]);
    let message = MessageParser::default().parse(&letters[0].raw).expect("a mail");
    assert_eq!(message.subject(), Some("Sua senha nova no Recado"));
    assert!(text(&letters[0]).contains("Olá, Ana.") && text(&letters[0]).contains("Vereda Arquitetura"));
    let link = link(&app, &letters[0]);
    // A mail scanner follows the link first.
    for _ in 0..3 {
        assert_eq!(app.browser().get(&link).await.status, 200);
    }
    let weak = choose(&browser, &link, "curta").await;
    assert_eq!(weak.status, 422);
    weak.assert_says("pelo menos 12 caracteres");
    let done = choose(&browser, &link, NEW).await;
    assert_eq!((done.status, done.location()), (303, "/sign-in"));
    browser.get("/sign-in").await.assert_says("Senha trocada. Entre com a nova.");
    assert_eq!(elsewhere.get("/account").await.status, 303);
    assert_eq!(browser.sign_in(&email("ana"), PASSWORD).await.status, 422);
    assert_eq!(browser.sign_in(&email("ana"), NEW).await.status, 303);
}

#[tokio::test]
async fn a_link_works_once_and_for_an_hour() {
    let app = App::start().await;
    let browser = app.browser();
    ask(&browser, &email("ana")).await;
    let used = link(&app, &app.letters(1).await[0]);
    assert_eq!(choose(&browser, &used, NEW).await.status, 303);
    let again = choose(&browser, &used, "e mais uma frase diferente").await;
    assert_eq!(again.status, 404);
    again.assert_says("Este link não vale mais");
    ask(&browser, &email("ana")).await;
    let expired = link(&app, &app.letters(2).await[1]);
    app.clock().advance(HOUR);
    assert_eq!(browser.get(&expired).await.status, 404);
    assert_eq!(choose(&browser, &expired, PASSWORD).await.status, 404);
    assert_eq!(app.browser().sign_in(&email("ana"), NEW).await.status, 303);
}

#[tokio::test]
async fn a_newer_link_ends_the_older_one() {
    let app = App::start().await;
    let browser = app.browser();
    ask(&browser, &email("ana")).await;
    app.letters(1).await;
    app.clock().advance(10 * MINUTE);
    ask(&browser, &email("ana")).await;
    let letters = app.letters(2).await;
    assert_eq!(browser.get(&link(&app, &letters[0])).await.status, 404);
    assert_eq!(browser.get(&link(&app, &letters[1])).await.status, 200);
}

#[tokio::test]
async fn empty_wrong_and_foreign_secrets_open_nothing() {
    let app = App::fresh().await;
    let setup = recado::accounts::setup_code(&app.recado.db).await.expect("a database").expect("a code");
    app.found().await;
    // A token of another purpose that is still there, and one of nobody.
    app.recado.db.write(|tx| tokens::store(tx, Purpose::Setup, None, "setupsetupsetup")).await.expect("a write");
    for secret in [setup.replace('-', "").as_str(), "setupsetupsetup", "%20", "x", "%00", "' OR 1=1"] {
        let browser = app.browser();
        let path = format!("/password-reset/{}", secret.replace(' ', "%20"));
        assert_eq!(browser.get(&path).await.status, 404, "{secret:?}");
        assert_eq!(choose(&browser, &path, NEW).await.status, 404, "{secret:?}");
    }
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer_and_no_mail() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    app.recado
        .db
        .write(move |tx| Ok(tx.execute("UPDATE user SET state = 'disabled' WHERE id = ?1", [diego])?))
        .await
        .expect("a write");
    for name in ["nobody", "diego", "ana"] {
        ask(&app.browser(), &email(name)).await;
    }
    app.idle().await;
    let letters = app.letters(1).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].envelope.to, [email("ana")]);
    let wrong = app.browser().post_form("/password-reset", &[("email", "ana@")]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("value=\"ana@\"");
}

#[tokio::test]
async fn asking_often_fills_nobodys_mailbox() {
    let app = App::start().await;
    for _ in 0..3 {
        ask(&app.browser(), &email("ana")).await;
    }
    app.user("bia", Role::Agent).await;
    ask(&app.browser(), &email("bia")).await;
    app.idle().await;
    let letters = app.letters(2).await;
    let to: Vec<&str> = letters.iter().map(|letter| letter.envelope.to[0].as_str()).collect();
    assert_eq!(to, [email("ana"), email("bia")]);
    let mut seen = String::new();
    for _ in 0..4 {
        let answer = app.browser().post_form("/password-reset", &[("email", "ana@vereda.example")]).await;
        write!(seen, "{} ", answer.status).expect("memory");
    }
    assert_eq!(seen, "303 303 303 429 ");
}

#[tokio::test]
async fn the_mail_speaks_the_language_of_its_reader_and_names_the_public_address() {
    let app = App::start().await;
    app.recado.db.write(|tx| Ok(tx.execute("UPDATE user SET language = 'en'", [])?)).await.expect("a write");
    ask(&app.browser(), &email("ana")).await;
    let letter = app.letters(1).await.remove(0);
    let raw = String::from_utf8(letter.raw.clone()).expect("a mail of ours is text");
    assert!(raw.contains("Subject: Your new password in Recado\r\n"), "{raw}");
    assert!(raw.contains("Auto-Submitted: auto-generated\r\n") && raw.contains("Message-ID: <"), "{raw}");
    assert!(text(&letter).contains("Hello Ana,"));
}
