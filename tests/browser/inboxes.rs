//! Connecting a mailbox and seeing how it is, in the settings.

use recado::inboxes::store::{self, Way};
use thirtyfour::By;

use crate::house::{House, shows};
use crate::support::{Browser, Language, Reader, Scheme, Size};

const READERS: [Reader; 3] = [
    Reader { size: Size::Desk, scheme: Scheme::Light, language: Language::Portuguese },
    Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English },
    Reader { size: Size::Desk, scheme: Scheme::Dark, language: Language::English },
];

#[rocket::async_test]
async fn a_mailbox_is_set_up_from_its_address_and_tested_before_it_is_stored() {
    let house = House::demo().await;
    for reader in READERS {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        browser.goto(&format!("{}/settings/inboxes/new", house.url)).await;
        browser.fill("#address", "loja@gmail.com").await;
        browser.assert_fits().await;
        browser.screenshot("inbox-start").await;
        browser.click("#inbox-start .btn-go").await;
        browser.find("#inbox-form").await;
        let host = browser.eval::<String>("document.querySelector('#imap_host').value").await;
        assert_eq!(host, "imap.gmail.com");
        assert!(!browser.is_shown("#username").await, "the same user name as for receiving");
        browser.click("#same").await;
        assert!(browser.is_shown("#username").await);
        browser.click("#same").await;
        browser.click("#in-pipe").await;
        assert!(!browser.is_shown("#imap_host").await);
        browser.click("#in-mailbox").await;
        // Nobody may reach into this machine's own network by the form; what was typed stays.
        browser.fill("#imap_host", "127.0.0.1").await;
        browser.fill("#imap_password", "senha de app").await;
        browser.click("[formaction$='/check']").await;
        browser.find("#inbox-trial .finding-bad").await;
        let password = browser.eval::<String>("document.querySelector('#imap_password').value").await;
        assert_eq!(password, "senha de app", "what was typed is kept");
        browser.find("#inbox-trial .finding-good").await;
        browser.assert_fits().await;
        browser.screenshot("inbox-check").await;
        browser.fill("#imap_host", "").await;
        browser.click("[formaction$='/check']").await;
        browser.gone("#inbox-trial .finding-bad").await;
        browser.find("#inbox-trial .notice-bad").await;
        browser.click("#inbox-form .actions .btn-go").await;
        let errors = browser.find("[data-errors]").await;
        assert!(errors.find(By::Css("a[href='#imap_host']")).await.is_ok());
        browser.screenshot("inbox-refused").await;
        browser.assert_no_complaints().await;
        browser.close().await;
    }
    house.close().await;
}

#[rocket::async_test]
async fn the_health_page_shows_by_itself_how_a_test_mail_ends() {
    let house = House::demo().await;
    for reader in READERS {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        browser.goto(&format!("{}/settings/inboxes", house.url)).await;
        browser.assert_fits().await;
        browser.screenshot("inboxes").await;
        browser.click(".listing h3 a").await;
        browser.find("#health-facts").await;
        browser.click("form[action$='/tests'] button").await;
        // Without loading the page again.
        shows(&browser, "document.querySelector('#health-tried.notice-good') !== null").await;
        browser.click("form[action$='/checks'] button").await;
        browser.find("#inbox-trial .finding-good").await;
        browser.assert_fits().await;
        browser.screenshot("inbox-health").await;
        browser.assert_no_complaints().await;
        browser.close().await;
    }
    house.close().await;
}

// proves: R42 R43
#[rocket::async_test]
async fn the_answer_box_closes_when_its_inbox_is_lost_and_opens_again_with_the_draft() {
    let house = House::demo().await;
    for reader in READERS {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        browser.goto(&format!("{}/conversations?section=mine", house.url)).await;
        let open = "document.querySelector('#list a[href*=\"/conversations/\"]').href";
        let conversation = browser.eval::<String>(open).await;
        browser.goto(&conversation).await;
        // The same person wrote here before: the draft came along.
        browser.fill("#write", "Segue o orçamento").await;
        let inbox = house.app.db.read(move |connection| {
            let id: i64 = conversation.split(['/', '?']).find_map(|part| part.parse().ok()).unwrap_or_default();
            Ok(connection.query_row("SELECT inbox_id FROM conversation WHERE id = ?1", [id], |row| row.get(0))?)
        });
        let inbox: i64 = inbox.await.expect("an inbox");
        let lose = move |tx: &recado::db::Tx<'_>| {
            store::set_problem(tx, inbox, Way::Out, "delivery-sign-in", "535 5.7.8")?;
            store::note_told(tx, inbox, Some(tx.now()))
        };
        house.app.db.write(lose).await.expect("it is lost");
        shows(&browser, "document.querySelector('#strip[data-blocked]') !== null").await;
        assert!(!browser.is_shown("#write").await, "nothing can be sent into the void");
        assert!(browser.is_shown("#strip a").await, "the way on is there");
        browser.assert_fits().await;
        browser.screenshot("inbox-lost").await;
        browser.click("label[for=kind-note]").await;
        assert!(browser.is_shown("#write").await, "notes stay possible");
        browser.click("label[for=kind-reply]").await;
        let mend = move |tx: &recado::db::Tx<'_>| {
            store::clear_problem(tx, inbox, Way::Out)?;
            store::note_told(tx, inbox, None)
        };
        house.app.db.write(mend).await.expect("it works again");
        shows(&browser, "document.querySelector('#strip[data-blocked]') === null").await;
        assert!(browser.is_shown("#write").await);
        let draft = browser.eval::<String>("document.querySelector('#write').value").await;
        assert_eq!(draft, "Segue o orçamento");
        browser.assert_no_complaints().await;
        browser.close().await;
    }
    house.close().await;
}
