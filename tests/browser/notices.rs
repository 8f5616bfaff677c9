//! The bell: choosing what one is told of, the list behind it in two browsers, the page for when there is no network.

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, ESCAPE, Language, Reader, Scheme, Size};

const CUSTOMER: &str = "helena@bemviver.com.br";

/// Opens the window of settings by keyboard.
async fn open_settings(browser: &Browser) {
    // Until the bell has shown itself, its link leads to a page of its own.
    shows(browser, "document.querySelector('#bell-open[hx-get]')").await;
    browser.walk_and_enter(Forth, "#bell-open").await;
    shows(browser, "document.querySelector('dialog#notices[open]')").await;
    browser.walk_and_enter(Forth, "#notices-settings").await;
    shows(browser, "document.querySelector('dialog#notice-settings[open]')").await;
    shows(browser, "document.activeElement.id == 'desktop-mine'").await;
}

fn is_on(switch: &str) -> String {
    format!("document.getElementById('{switch}').checked")
}

// proves: P10 P12
#[rocket::async_test]
async fn the_window_behind_the_bell_saves_only_by_its_button() {
    let house = House::demo().await;
    let browser = Browser::open(Reader::default()).await;
    house.sign_in(&browser, recado::demo::AGENT).await;
    open_settings(&browser).await;
    browser.screenshot("notice-settings").await;
    assert!(browser.eval::<bool>(&is_on("email-mine")).await && !browser.eval::<bool>(&is_on("desktop-others")).await);
    browser.walk(Forth, "#email-mine").await;
    browser.press(" ").await;
    browser.press(ESCAPE).await;
    browser.driver.get_alert_text().await.expect("what was changed is not lost without a question");
    browser.driver.accept_alert().await.expect("discarded");
    shows(&browser, "!document.querySelector('dialog#notice-settings[open]')").await;
    browser.find("#talk, .empty").await;
    browser.goto(&format!("{}/conversations", house.url)).await;
    open_settings(&browser).await;
    assert!(browser.eval::<bool>(&is_on("email-mine")).await, "what was discarded holds on");
    browser.walk(Forth, "#email-mine").await;
    browser.press(" ").await;
    browser.walk_and_enter(Forth, "#notices-form .btn-go").await;
    shows(&browser, "document.querySelector('#toasts').textContent.includes('Avisos salvos')").await;
    shows(&browser, "!document.querySelector('dialog#notice-settings[open]')").await;
    open_settings(&browser).await;
    assert!(!browser.eval::<bool>(&is_on("email-mine")).await, "what was saved is there");
    browser.assert_no_complaints().await;
    browser.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_new_message_shows_at_the_bell_and_in_its_list_at_once_and_reading_clears_both_browsers() {
    let house = House::demo().await;
    let (one, two, customer) = (
        Browser::open(Reader::default()).await,
        Browser::open(Reader::default()).await,
        Browser::open(Reader::default()).await,
    );
    house.sign_in(&one, recado::demo::AGENT).await;
    house.sign_in(&two, recado::demo::AGENT).await;
    one.find("#bell-open").await.click().await.expect("opened");
    shows(&one, "document.querySelector('dialog#notices[open]')").await;
    house.customer_writes(&customer, CUSTOMER, "Prazo da recepção", "Quando fica pronto?").await;
    shows(&one, "document.querySelector('#notice-list').textContent.includes('Quando fica pronto?')").await;
    shows(&two, "document.querySelector('#bell .mark-new')").await;
    one.screenshot("notice-list").await;
    one.assert_fits().await;
    let row = "[...document.querySelectorAll('#notice-list .row')].find(row => row.textContent.includes('Quando'))";
    let link = two.eval::<u32>("document.querySelectorAll('#bell .mark-new').length").await;
    assert_eq!(link, 1);
    one.eval::<bool>(&format!("({row}.click(), true)")).await;
    shows(&one, "document.querySelector('#work') && document.querySelector('#work').dataset.conversation").await;
    let id = one.eval::<String>("document.querySelector('#work').dataset.conversation").await;
    let is_read = format!("!(document.querySelector('#bell').dataset.unread || '').split(' ').includes('{id}')");
    shows(&one, &is_read).await;
    shows(&two, &is_read).await;
    for browser in [one, two, customer] {
        browser.assert_no_complaints().await;
        browser.close().await;
    }
    house.close().await;
}

// proves: X18
#[rocket::async_test]
async fn without_a_network_a_page_of_ours_says_so() {
    let house = House::demo().await;
    let browser = Browser::open(Reader::default()).await;
    house.sign_in(&browser, recado::demo::AGENT).await;
    shows(&browser, "navigator.serviceWorker.controller").await;
    let url = format!("{}/conversations", house.url);
    house.close().await;
    browser.goto(&url).await;
    shows(&browser, "document.body.textContent.includes('Sem internet')").await;
    assert!(browser.eval::<bool>("document.querySelector('h1').getBoundingClientRect().height > 0").await);
    assert!(
        browser.eval::<bool>("getComputedStyle(document.querySelector('.btn-go')).borderRadius != '0px'").await,
        "styled"
    );
    browser.screenshot("offline").await;
    browser.close().await;
}

#[rocket::async_test]
async fn choosing_fits_on_a_phone_in_english_and_dark() {
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let house = House::demo().await;
    let browser = Browser::open(reader).await;
    house.sign_in(&browser, recado::demo::AGENT).await;
    browser.find("#bell-open").await.click().await.expect("tapped");
    shows(&browser, "document.querySelector('dialog#notices[open]')").await;
    browser.assert_fits().await;
    browser.screenshot("notice-list-phone").await;
    browser.find("#notices-settings").await.click().await.expect("tapped");
    shows(&browser, "document.querySelector('dialog#notice-settings[open]')").await;
    browser.assert_fits().await;
    browser.screenshot("notice-settings-phone").await;
    for path in ["/notifications", "/notifications/settings", "/notifications/devices"] {
        browser.goto(&format!("{}{path}", house.url)).await;
        browser.find("h1").await;
        browser.assert_fits().await;
        browser.screenshot(&format!("notices{}", path.replace('/', "-"))).await;
    }
    shows(&browser, "!document.querySelector('[data-when=none]:not([hidden])')").await;
    browser.assert_no_complaints().await;
    browser.close().await;
    house.close().await;
}
