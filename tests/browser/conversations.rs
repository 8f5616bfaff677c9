//! The main job: a mail arrives in an open browser, is answered, and the customer's answer comes back. All by keyboard.

use thirtyfour::Key;

use crate::hands::Way::{Back, Forth};
use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size};

const HELENA: &str = "helena@bemviver.com.br";

async fn the_loop(size: Size, scheme: Scheme, language: Language) {
    let reader = Reader { size, scheme, language };
    let house = House::demo().await;
    let (agent, customer) = (Browser::open(reader).await, Browser::open(reader).await);
    house.sign_in_by_tab(&agent, recado::demo::AGENT).await;
    agent.walk_and_enter(Forth, "#section-unassigned").await;
    shows(&agent, "location.search.includes('unassigned') && document.body.dataset.connected == 'yes'").await;
    let before = agent.eval::<u32>("document.querySelectorAll('#list .row').length").await;

    customer.goto(&format!("{}/demo/mailbox", house.url)).await;
    customer.walk_and_enter(Forth, "a[href*='helena']").await;
    shows(&customer, "document.querySelector('#as').value.startsWith('helena')").await;
    customer.walk(Forth, "#subject").await;
    customer.press("Tapete da recepção").await;
    customer.walk(Forth, "#text").await;
    customer.press("Qual tapete combina?").await;
    customer.screenshot("customer-writing").await;
    customer.walk_and_enter(Forth, "#write .btn-go").await;
    customer.find("[role=status]").await;

    shows(&agent, &format!("document.querySelectorAll('#list .row').length == {}", before + 1)).await;
    shows(&agent, "/^\\(\\d+\\)/.test(document.title)").await;
    shows(&agent, "document.querySelector('#announcer').textContent.includes('Helena Duarte')").await;
    agent.screenshot("arrived").await;
    agent.assert_fits().await;
    answers(&agent).await;

    shows(&customer, "document.querySelector('#letters').textContent.includes('O cinza-claro.')").await;
    replies(&customer).await;

    // Their mail, the greeting that went out by itself, our answer, their reply.
    shows(&agent, "document.querySelectorAll('#timeline .msg').length == 4").await;
    agent.screenshot("answered-back").await;
    agent.assert_fits().await;
    assert_mail_in_ink(&agent, scheme).await;
    if size == Size::Phone {
        there_and_back(&agent).await;
    }
    agent.close().await;
    customer.close().await;
    house.close().await;
}

/// The agent opens the newest conversation and answers it.
async fn answers(agent: &Browser) {
    agent.walk_and_enter(Forth, "#list .row").await;
    agent.find("#timeline .msg").await;
    agent.walk(Forth, "#write").await;
    agent.press("Bom dia, Helena").await;
    agent.chord(Key::Shift, Key::Enter).await;
    agent.press("O cinza-claro.").await;
    agent.screenshot("writing").await;
    agent.walk_and_enter(Forth, ".for-reply[data-send]").await;
    let last = "[...document.querySelectorAll('#timeline .msg-out')].at(-1)";
    shows(agent, &format!("{last} && {last}.textContent.includes('O cinza-claro.') && {last}.querySelector('.i-xs')"))
        .await;
    shows(agent, "document.querySelector('#write').value == ''").await;
    assert!(agent.eval::<bool>("document.querySelector('#composer').contains(document.activeElement)").await);
    agent.screenshot("answered").await;
    agent.assert_fits().await;
    assert_eq!(agent.eval::<u32>("document.querySelectorAll('#timeline .msg-out').length").await, 2);
}

/// A mail without colors of its own reads like the page around it, and its frame is as high as its words.
async fn assert_mail_in_ink(agent: &Browser, scheme: Scheme) {
    let page = "document.querySelector('#timeline .mail-frame').contentDocument";
    shows(agent, &format!("{page}.body && {page}.body.textContent.includes('tapete')")).await;
    let style = format!("getComputedStyle({page}.body)");
    let looks = agent.eval::<(String, String)>(&format!("[{style}.color, {style}.backgroundColor]")).await;
    let ink = if scheme == Scheme::Dark { "rgb(236, 235, 229)" } else { "rgb(29, 36, 32)" };
    assert_eq!(looks, (ink.to_owned(), "rgba(0, 0, 0, 0)".to_owned()));
    shows(agent, "document.querySelector('#timeline .mail-frame').offsetHeight <= 30").await;
}

/// The customer reads the answer, which came by itself, and answers it.
async fn replies(customer: &Browser) {
    customer.screenshot("mailbox").await;
    customer.assert_fits().await;
    customer.walk_and_enter(Forth, "#letters .letter .btn").await;
    shows(customer, "document.querySelector('#write [name=letter]')").await;
    let steps = customer.walk(Forth, "#text").await;
    assert!(steps <= 1, "the way from the mail to its answer takes {steps} steps");
    customer.press("Perfeito, obrigada.").await;
    customer.screenshot("replying").await;
    customer.walk_and_enter(Forth, "#write .btn-go").await;
    customer.find("[role=status]").await;
}

/// On a phone: to the details and back, and back to the list.
async fn there_and_back(agent: &Browser) {
    agent.walk_and_enter(Back, "#head-side").await;
    shows(agent, "document.body.dataset.show == 'side'").await;
    agent.screenshot("details").await;
    agent.assert_fits().await;
    agent.walk_and_enter(Forth, "#side-back").await;
    shows(agent, "document.body.dataset.show == 'talk' && document.querySelectorAll('#timeline .msg').length == 4")
        .await;
    agent.walk_and_enter(Forth, "#head-back").await;
    shows(agent, "document.body.dataset.show == 'list' && document.querySelector('#list .row')").await;
    agent.screenshot("back-in-the-list").await;
    agent.assert_fits().await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_at_a_desk_in_portuguese_and_light() {
    the_loop(Size::Desk, Scheme::Light, Language::Portuguese).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_at_a_desk_in_english_and_light() {
    the_loop(Size::Desk, Scheme::Light, Language::English).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_at_a_desk_in_portuguese_and_dark() {
    the_loop(Size::Desk, Scheme::Dark, Language::Portuguese).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_at_a_desk_in_english_and_dark() {
    the_loop(Size::Desk, Scheme::Dark, Language::English).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_on_a_phone_in_portuguese_and_light() {
    the_loop(Size::Phone, Scheme::Light, Language::Portuguese).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_on_a_phone_in_english_and_light() {
    the_loop(Size::Phone, Scheme::Light, Language::English).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_on_a_phone_in_portuguese_and_dark() {
    the_loop(Size::Phone, Scheme::Dark, Language::Portuguese).await;
}

#[rocket::async_test]
async fn the_whole_loop_by_keyboard_on_a_phone_in_english_and_dark() {
    the_loop(Size::Phone, Scheme::Dark, Language::English).await;
}

#[rocket::async_test]
async fn a_note_is_written_in_note_mode_and_closing_and_reopening_go_by_key() {
    let house = House::demo().await;
    let agent = Browser::open(Reader::default()).await;
    house.sign_in(&agent, recado::demo::AGENT).await;
    agent.find("#list .row").await.click().await.expect("opened");
    agent.find("#timeline .msg").await;
    let notes = agent.eval::<u32>("document.querySelectorAll('#timeline .msg-note').length").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("n").await;
    shows(&agent, "document.querySelector('#kind-note').checked && document.activeElement.id == 'write'").await;
    agent.press("só entre nós").await;
    agent.press(ENTER).await;
    shows(&agent, &format!("document.querySelectorAll('#timeline .msg-note').length == {}", notes + 1)).await;
    agent.screenshot("note").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("e").await;
    shows(&agent, "document.querySelector('#head-close input[name=_method]')").await;
    agent.screenshot("closed").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("e").await;
    shows(&agent, "!document.querySelector('#head-close input[name=_method]')").await;
    agent.press("?").await;
    shows(&agent, "document.querySelector('dialog#keys[open]')").await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn what_customers_write_does_nothing_but_stand_there() {
    let house = House::demo().await;
    let (agent, customer) = (Browser::open(Reader::default()).await, Browser::open(Reader::default()).await);
    let evil =
        "<img src=x onerror=alert(1)> <div hx-post='/evil' hx-trigger='load'>x</div> <script>fetch('/evil')</script>";
    house.customer_writes(&customer, HELENA, "<b hx-get='/evil' hx-trigger='load'>oi</b>", evil).await;
    house.sign_in(&agent, recado::demo::AGENT).await;
    agent.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    agent.find("#list .row").await.click().await.expect("opened");
    agent.find("#timeline .msg").await;
    shows(&agent, "document.querySelector('#head').textContent.includes('hx-get')").await;
    let asked = "performance.getEntriesByType('resource').some(entry => entry.name.includes('evil'))";
    assert!(!agent.eval::<bool>(asked).await, "a request was made by user text");
    assert_eq!(
        agent.eval::<u32>("document.querySelectorAll('[hx-post=\"/evil\"], [hx-get=\"/evil\"]').length").await,
        0
    );
    agent.screenshot("harmless").await;
    agent.close().await;
    customer.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_conversation_is_printed_by_a_button_as_a_phone_has_no_keys() {
    let house = House::demo().await;
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let (agent, id) = house.opened(reader, recado::demo::AGENT).await;
    agent.goto(&format!("{}/conversations/{id}/print", house.url)).await;
    agent.find("[data-print]:not([hidden])").await;
    agent.screenshot("transcript").await;
    agent.assert_fits().await;
    agent.eval::<Option<bool>>("void (window.print = () => { document.body.dataset.printed = 'yes'; })").await;
    agent.click("[data-print]").await;
    assert_eq!(agent.eval::<String>("document.body.dataset.printed").await, "yes");
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn every_page_fits_and_is_quiet_in_every_look() {
    let house = House::demo().await;
    for reader in [
        Reader::default(),
        Reader { size: Size::Desk, scheme: Scheme::Dark, language: Language::English },
        Reader { size: Size::Phone, scheme: Scheme::Light, language: Language::Portuguese },
        Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English },
    ] {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        let conversation = browser.eval::<String>("document.querySelector('#list .row').getAttribute('href')").await;
        let cut =
            "[...document.querySelectorAll('.nav > a, .tabbar > a')].filter(a => a.scrollWidth > a.clientWidth).length";
        assert_eq!(browser.eval::<u32>(cut).await, 0, "a word of the navigation is cut");
        let pages = [
            ("closed-list", "/conversations?section=closed"),
            ("nothing-found", "/conversations?q=inexistente"),
            ("conversation", conversation.as_str()),
            ("account", "/account"),
            ("settings", "/settings"),
            ("inboxes", "/settings/inboxes"),
            ("inbox-new", "/settings/inboxes/new"),
            ("not-found", "/conversations/999999"),
            ("customers", "/demo/mailbox"),
        ];
        for (name, path) in pages {
            browser.goto(&format!("{}{path}", house.url)).await;
            browser.find("main").await;
            browser.assert_fits().await;
            browser.screenshot(name).await;
        }
        browser.close().await;
    }
    house.close().await;
}
