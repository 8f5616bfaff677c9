//! Running the team: somebody is invited and comes in, a right is switched off, two change the same person at once.

use mail_parser::MessageParser;

use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size};

const HELENA: &str = "helena.prado@vereda.example";

/// The link in the newest mail of the product's own.
async fn link(house: &House) -> String {
    let read = house.app.db.read(|connection| {
        let sql = "SELECT raw FROM system_mail WHERE recipient = ?1 ORDER BY id DESC LIMIT 1";
        Ok(connection.query_row(sql, [HELENA], |row| row.get::<_, Vec<u8>>(0))?)
    });
    let raw = read.await.expect("a mail to her");
    let message = MessageParser::default().parse(&raw).expect("a mail");
    let text = message.body_text(0).expect("a text").into_owned();
    text.split_whitespace().find(|word| word.starts_with(&house.url)).expect("a link").to_owned()
}

/// Opens somebody's dialog from the list, by keyboard.
async fn open(browser: &Browser, name: &str) {
    let row = format!("[...document.querySelectorAll('#people a.whole')].find(link => link.textContent == '{name}')");
    shows(browser, &row).await;
    browser.eval::<bool>(&format!("({row}.focus(), true)")).await;
    browser.press(ENTER).await;
    shows(browser, "document.querySelector('dialog#person[open]')").await;
}

async fn invited(reader: Reader) {
    let house = House::demo().await;
    let (owner, helena) = (Browser::open(reader).await, Browser::open(reader).await);
    house.sign_in(&owner, recado::demo::OWNER).await;
    owner.goto(&format!("{}/settings/people", house.url)).await;
    shows(&owner, "document.body.dataset.connected == 'yes'").await;
    owner.assert_fits().await;
    owner.find("a[href='/settings/invitations/new']").await.click().await.expect("asked for");
    shows(&owner, "document.activeElement.id == 'email'").await;
    owner.press("helena.prado@").await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelector('dialog#invite[open] [data-errors]') === document.activeElement").await;
    owner.screenshot("invite-refused").await;
    assert_eq!(owner.eval::<String>("document.querySelector('dialog #email').value").await, "helena.prado@");
    owner.fill("dialog #email", HELENA).await;
    owner.assert_fits().await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelector('#people').textContent.includes('helena.prado')").await;
    shows(&owner, "document.body.dataset.connected == 'yes'").await;

    helena.goto(&link(&house).await).await;
    for (field, value) in [("#name", "Helena Prado"), ("#password", "frase comprida da helena")] {
        helena.fill(field, value).await;
    }
    helena.screenshot("invitation").await;
    helena.assert_fits().await;
    helena.press(ENTER).await;
    helena.find("#list").await;

    // She stands in the open list without anybody loading it again.
    shows(&owner, "[...document.querySelectorAll('#people a.whole')].some(link => link.textContent == 'Helena Prado')")
        .await;
    open(&owner, "Helena Prado").await;
    shows(&owner, "document.querySelector('#readers-form')").await;
    owner.assert_fits().await;
    owner.screenshot("person").await;
    owner.find("#may-conversations").await.focus().await.expect("a switch");
    owner.press(" ").await;
    owner.find("#person-form .btn-go").await.click().await.expect("saved");
    shows(&owner, "!document.querySelector('dialog[open]') && document.querySelector('#toasts .toast')").await;
    owner.screenshot("person-saved").await;

    helena.goto(&format!("{}/conversations", house.url)).await;
    shows(&helena, "!document.querySelector('#list') && document.querySelector('h1')").await;
    assert!(!helena.eval::<bool>("!!document.querySelector('.nav a[href=\"/conversations\"]')").await);
    helena.screenshot("right-gone").await;
    owner.close().await;
    helena.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn an_invitation_is_accepted_and_a_right_switched_off_at_a_desk() {
    invited(Reader::default()).await;
}

#[rocket::async_test]
async fn an_invitation_is_accepted_and_a_right_switched_off_on_a_phone_in_english_and_dark() {
    invited(Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }).await;
}

#[rocket::async_test]
async fn what_was_changed_is_asked_for_before_it_is_lost_and_a_conflict_is_told_in_the_dialog() {
    let house = House::demo().await;
    let (owner, admin) = (Browser::open(Reader::default()).await, Browser::open(Reader::default()).await);
    for (browser, email) in [(&owner, recado::demo::OWNER), (&admin, "renata@vereda.arq.br")] {
        house.sign_in(browser, email).await;
        browser.goto(&format!("{}/settings/people", house.url)).await;
        open(browser, "Diego Martins").await;
    }
    owner.fill("dialog #name", "Diego M.").await;
    owner.find("dialog [data-close]").await.click().await.expect("closing");
    let question = owner.driver.get_alert_text().await.expect("a question");
    assert!(question.contains("Descartar"), "{question}");
    owner.driver.dismiss_alert().await.expect("no");
    assert!(owner.eval::<bool>("!!document.querySelector('dialog#person[open]')").await);

    admin.find("#may-reports").await.focus().await.expect("a switch");
    admin.press(" ").await;
    admin.find("#person-form .btn-go").await.click().await.expect("saved");
    shows(&admin, "document.querySelector('#toasts .toast')").await;
    owner.find("#person-form .btn-go").await.click().await.expect("saved late");
    shows(&owner, "document.querySelector('dialog#person[open] [data-errors]') === document.activeElement").await;
    assert_eq!(owner.eval::<String>("document.querySelector('dialog #name').value").await, "Diego M.");
    owner.screenshot("conflict").await;
    owner.find("#person-form .btn-go").await.click().await.expect("saved knowing it");
    shows(&owner, "document.querySelector('#people').textContent.includes('Diego M.')").await;
    owner.close().await;
    admin.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn every_page_of_the_team_fits_in_every_look() {
    let house = House::demo().await;
    for reader in [
        Reader::default(),
        Reader { size: Size::Desk, scheme: Scheme::Dark, language: Language::English },
        Reader { size: Size::Phone, scheme: Scheme::Light, language: Language::Portuguese },
        Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English },
    ] {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        for (name, path) in [
            ("people", "/settings/people"),
            ("person-page", "/settings/people/3"),
            ("person-owner", "/settings/people/1"),
            ("person-inboxes", "/settings/people/3/inboxes"),
            ("invite-page", "/settings/invitations/new"),
            ("teams", "/settings/teams"),
            ("team", "/settings/teams/1"),
            ("ownership", "/settings/ownership"),
            ("invitation-gone", "/invitations/unknown"),
        ] {
            browser.goto(&format!("{}{path}", house.url)).await;
            browser.find("main").await;
            browser.assert_fits().await;
            browser.screenshot(name).await;
        }
        browser.close().await;
    }
    house.close().await;
}
