//! Taking a fresh server, and signing in.

use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size, TAB};

#[rocket::async_test]
async fn the_first_visitor_with_the_code_takes_a_fresh_server() {
    let (house, code) = House::unowned().await;
    let browser = Browser::open(Reader::default()).await;
    browser.goto(&house.url).await;
    assert!(browser.eval::<String>("location.pathname").await.ends_with("/setup"));
    for (field, value) in [
        ("#code", "wrong-code"),
        ("#workspace", "Vereda <script>alert(1)</script>"),
        ("#name", "Patrícia Lima"),
        ("#email", "patricia@vereda.arq.br"),
        ("#password", "recado na mesa azul"),
    ] {
        browser.fill(field, value).await;
    }
    browser.screenshot("setup").await;
    browser.press(ENTER).await;
    browser.find("[data-errors]").await;
    assert_eq!(browser.eval::<String>("document.querySelector('#name').value").await, "Patrícia Lima", "typed is kept");
    browser.fill("#code", &code).await;
    browser.fill("#password", "recado na mesa azul").await;
    browser.press(ENTER).await;
    browser.find(".app").await;
    browser.screenshot("first-page").await;
    browser.goto(&format!("{}/setup", house.url)).await;
    shows(&browser, "!document.querySelector('#code')").await;
    browser.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_wrong_password_is_said_and_the_right_one_opens_the_list_by_keyboard() {
    let house = House::demo().await;
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        let browser = Browser::open(reader).await;
        browser.goto(&format!("{}/conversations", house.url)).await;
        browser.find("#email").await.focus().await.expect("a field");
        browser.press(recado::demo::AGENT).await;
        browser.press(format!("{TAB}not the password")).await;
        browser.press(ENTER).await;
        browser.find("[data-errors]").await;
        browser.screenshot("sign-in-refused").await;
        browser.assert_fits().await;
        let kept = browser.eval::<String>("document.querySelector('#email').value").await;
        assert_eq!(kept, recado::demo::AGENT);
        house.sign_in(&browser, recado::demo::AGENT).await;
        browser.assert_fits().await;
        browser.screenshot("list").await;
        let dark = browser.eval::<String>("getComputedStyle(document.querySelector('#main')).backgroundColor").await;
        let expected = if reader.scheme == Scheme::Dark { "rgb(27, 31, 28)" } else { "rgb(255, 255, 255)" };
        assert_eq!(dark, expected, "the page follows the system");
        browser.close().await;
    }
    house.close().await;
}
