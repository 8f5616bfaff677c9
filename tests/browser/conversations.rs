//! The main job: a mail arrives in an open browser, is answered by keyboard, and the customer's answer comes back.

use thirtyfour::Key;

use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size};

const HELENA: &str = "helena@bemviver.com.br";

async fn the_loop(reader: Reader) {
    let house = House::demo().await;
    let (agent, customer) = (Browser::open(reader).await, Browser::open(Reader::default()).await);
    house.sign_in(&agent, recado::demo::AGENT).await;
    agent.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    shows(&agent, "document.body.dataset.connected == 'yes'").await;
    let before = agent.eval::<u32>("document.querySelectorAll('#list .row').length").await;

    house.customer_writes(&customer, HELENA, "Tapete da recepção", "Qual tapete combina?").await;
    shows(&agent, &format!("document.querySelectorAll('#list .row').length == {}", before + 1)).await;
    shows(&agent, "/^\\(\\d+\\)/.test(document.title)").await;
    agent.screenshot("arrived").await;
    agent.assert_fits().await;

    agent.find("#list .row").await.focus().await.expect("a row");
    agent.press(ENTER).await;
    agent.find("#timeline .msg").await;
    agent.find("#write").await.focus().await.expect("the answer box");
    agent.press("Bom dia, Helena").await;
    agent.chord(Key::Shift, Key::Enter).await;
    agent.press("O cinza-claro.").await;
    agent.screenshot("writing").await;
    agent.chord(Key::Control, Key::Enter).await;
    shows(&agent, "document.querySelector('#timeline .msg-out .i-xs')").await;
    shows(&agent, "document.querySelector('#write').value == ''").await;
    agent.screenshot("answered").await;
    agent.assert_fits().await;
    assert_eq!(agent.eval::<u32>("document.querySelectorAll('#timeline .msg-out').length").await, 1);

    shows_letter(&house, &customer, "O cinza-claro.").await;
    customer.screenshot("mailbox").await;
    customer.find("#letters .letter .btn").await.click().await.expect("answering");
    customer.find("#text").await.send_keys("Perfeito, obrigada.").await.expect("typed");
    customer.find("#write .btn-go").await.click().await.expect("sent");
    shows(&agent, "document.querySelectorAll('#timeline .msg').length == 3").await;
    agent.screenshot("answered-back").await;
    agent.close().await;
    customer.close().await;
    house.close().await;
}

async fn shows_letter(house: &House, customer: &Browser, text: &str) {
    customer.goto(&format!("{}/demo/mailbox?as_={HELENA}", house.url)).await;
    shows(customer, &format!("document.querySelector('#letters').textContent.includes('{text}')")).await;
}

#[rocket::async_test]
async fn the_whole_loop_at_a_desk_in_portuguese_and_light() {
    the_loop(Reader::default()).await;
}

#[rocket::async_test]
async fn the_whole_loop_on_a_phone_in_english_and_dark() {
    the_loop(Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }).await;
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
    shows(&agent, "document.querySelector('dialog#keys').open").await;
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
