//! One's own account: name, language, look, zone, password.

use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::{Answer, Browser};

const NEW: &str = "outra frase nada parecida";

async fn save(browser: &Browser, change: (&'static str, &str)) -> Answer {
    let usual =
        [("name", "Ana"), ("language", "pt-BR"), ("zone", "America/Sao_Paulo"), ("theme", "auto"), ("keys", "1")];
    let fields: Vec<_> = usual.map(|field| if field.0 == change.0 { change } else { field }).into_iter().collect();
    let fields: Vec<_> = fields.into_iter().filter(|(_, value)| *value != "(off)").collect();
    browser.change("put", "/account", &fields).await
}

#[tokio::test]
async fn look_language_keys_and_zone_follow_the_account() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let before = browser.get("/account").await;
    before.assert_silent("data-theme");
    before.assert_says("data-keys=\"on\"");
    assert_eq!(save(&browser, ("theme", "dark")).await.location(), "/account");
    let dark = browser.get("/account").await;
    dark.assert_says("<html lang=\"pt-BR\" data-theme=\"dark\">");
    dark.assert_says("Perfil salvo");
    save(&browser, ("language", "en")).await;
    let english = browser.get_in("pt-BR", "/account").await;
    english.assert_says("<html lang=\"en\">");
    english.assert_says("Profile saved");
    english.assert_says("Your account");
    save(&browser, ("keys", "(off)")).await;
    browser.get("/account").await.assert_says("data-keys=\"off\"");
    // The session was opened at 10:00 in São Paulo.
    browser.get("/account").await.assert_says("Visto 10:00");
    save(&browser, ("zone", "Asia/Tokyo")).await;
    browser.get("/account").await.assert_says("Visto 22:00");
    save(&browser, ("language", "")).await;
    browser.get_in("en", "/account").await.assert_says("<html lang=\"en\">");
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_and_the_rest_stays_typed() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let long = "á".repeat(101);
    let wrong = [
        (("name", " \u{7}  "), "Escreva um nome."),
        (("name", long.as_str()), "O nome cabe em 100 caracteres."),
        (("zone", "Mars/Olympus"), "Escolha um fuso da lista."),
        (("language", "tlh"), "Escolha um idioma da lista."),
    ];
    for (change, says) in wrong {
        let answer = save(&browser, change).await;
        assert_eq!(answer.status, 422, "{change:?}");
        answer.assert_says(says);
        answer.assert_says("Falta acertar um campo");
    }
    save(&browser, ("name", &long)).await.assert_says(&long);
    assert_eq!(save(&browser, ("name", &"á".repeat(100))).await.status, 303);
}

#[tokio::test]
async fn a_name_is_shown_as_it_was_typed_and_never_as_html() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let name = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)>";
    assert_eq!(save(&browser, ("name", name)).await.status, 303);
    let page = browser.get("/account").await;
    page.assert_silent("<script>alert");
    page.assert_silent("<img src=x");
    page.assert_says("&#60;script&#62;alert(1)");
}

#[tokio::test]
async fn a_new_password_needs_the_current_one_and_signs_other_devices_out() {
    let app = App::start().await;
    let (here, there) = (app.browser_of(1).await, app.browser_of(1).await);
    let change = async |current: &str, password: &str| {
        here.change("put", "/account/password", &[("current", current), ("password", password)]).await
    };
    let wrong = change("wrong", NEW).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Esta não é sua senha atual.");
    wrong.assert_silent(NEW);
    change(PASSWORD, "curta").await.assert_says("pelo menos 12 caracteres");
    change(PASSWORD, "ana@vereda.example").await.assert_says("fácil de adivinhar");
    assert_eq!(there.get("/account").await.status, 200);
    assert_eq!(change(PASSWORD, NEW).await.location(), "/account");
    here.get("/account").await.assert_says("Seus outros aparelhos saíram");
    assert_eq!(there.get("/account").await.status, 303);
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 422);
    assert_eq!(app.browser().sign_in(&email("ana"), NEW).await.status, 303);
}

#[tokio::test]
async fn guessing_the_current_password_in_an_open_session_is_slowed_down() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let mut last = 0;
    for _ in 0..7 {
        let fields = [("current", "wrong"), ("password", NEW)];
        last = browser.change("put", "/account/password", &fields).await.status;
    }
    assert_eq!(last, 429);
    let right = browser.change("put", "/account/password", &[("current", PASSWORD), ("password", NEW)]).await;
    assert_eq!(right.status, 429);
    right.assert_says("Foram muitas tentativas");
    // The sign-in counts the same failures.
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 429);
}
