//! The company's settings: the menu, the editor of business hours, the activity log.

use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size, TAB};

const READERS: [Reader; 2] = [
    Reader { size: Size::Desk, scheme: Scheme::Light, language: Language::Portuguese },
    Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English },
];

/// Puts the focus on an element, as Tab would.
async fn focus(browser: &Browser, css: &str) {
    browser.find(css).await.focus().await.expect("it takes the focus");
}

/// Writes a time into a field for times, however this browser orders its parts.
async fn write_time(browser: &Browser, css: &str, time: &str) {
    browser.find(css).await;
    browser.eval::<bool>(&format!("(document.querySelector('{css}').value = '{time}') == '{time}'")).await;
}

#[rocket::async_test]
async fn business_hours_are_edited_by_keyboard_and_said_in_words() {
    let house = House::demo().await;
    for reader in READERS {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        browser.goto(&format!("{}/settings/hours", house.url)).await;
        focus(&browser, "#mode-week").await;
        browser.press(" ").await;
        shows(&browser, "document.querySelector('#state-1').getClientRects().length > 0").await;
        for day in 1..=7 {
            browser.eval::<bool>(&format!("(document.querySelector('#state-{day}').value = 'hours') == 'hours'")).await;
            write_time(&browser, &format!("#day-{day} [name=opens]"), "00:00").await;
            write_time(&browser, &format!("#day-{day} [name=closes]"), "12:00").await;
        }
        browser.screenshot("hours-editor").await;
        browser.assert_fits().await;

        // One more interval: the form comes back with it, and with the focus in it. By the space bar, because chromedriver
        // presses Enter once more on the page that comes, and Enter in a field saves.
        let before = browser.eval::<u32>("document.querySelectorAll('#day-1 [name=opens]').length").await;
        focus(&browser, "#day-1 [name=add]").await;
        browser.press(" ").await;
        shows(&browser, &format!("document.querySelectorAll('#day-1 [name=opens]').length == {}", before + 1)).await;
        shows(&browser, "document.activeElement.name == 'opens'").await;
        write_time(&browser, "#day-1 .interval:last-of-type [name=opens]", "11:00").await;
        write_time(&browser, "#day-1 .interval:last-of-type [name=closes]", "13:00").await;
        // Enter in a field saves; what crosses is refused at its day, and nothing typed is lost.
        focus(&browser, "#day-1 [name=closes]").await;
        browser.press(ENTER).await;
        shows(&browser, "document.querySelector('#error-day-1')").await;
        shows(&browser, "document.activeElement.hasAttribute('data-errors')").await;
        browser.screenshot("hours-refused").await;
        browser.assert_fits().await;
        write_time(&browser, "#day-1 .interval:last-of-type [name=opens]", "12:00").await;
        write_time(&browser, "#day-1 .interval:last-of-type [name=closes]", "00:00").await;
        focus(&browser, "#week .btn-go").await;
        browser.press(ENTER).await;
        shows(&browser, "document.querySelector('.toast')").await;
        shows(&browser, "document.querySelector('#state-1').value == 'all'").await;

        focus(&browser, "form[action$='/brazil'] button").await;
        browser.press(ENTER).await;
        shows(&browser, "document.querySelectorAll('.listing-3 > li').length == 13").await;
        shows(&browser, "document.querySelector('#hours-now').textContent.trim() != ''").await;
        browser.screenshot("hours").await;
        browser.assert_fits().await;
        // The next reader begins where this one did.
        house
            .app
            .db
            .write(|tx| {
                tx.execute_batch(
                    "DELETE FROM holiday; DELETE FROM business_hour; UPDATE workspace SET hours = 'always'",
                )?;
                Ok(())
            })
            .await
            .expect("emptied");
        browser.close().await;
    }
    house.close().await;
}

#[rocket::async_test]
async fn the_activity_log_is_filtered_by_keyboard_and_the_filter_stays() {
    let house = House::demo().await;
    for reader in READERS {
        let browser = Browser::open(reader).await;
        house.sign_in(&browser, recado::demo::OWNER).await;
        browser.goto(&format!("{}/settings/activity", house.url)).await;
        let all = browser.eval::<u32>("document.querySelectorAll('.log > li').length").await;
        browser.screenshot("activity").await;
        browser.assert_fits().await;
        focus(&browser, "#area").await;
        browser.eval::<bool>("(document.querySelector('#area').value = 'inboxes') == 'inboxes'").await;
        for _ in 0..12 {
            browser.press(TAB).await;
            if browser.eval::<bool>("document.activeElement.matches('.filters .btn')").await {
                break;
            }
        }
        browser.press(ENTER).await;
        shows(&browser, "location.search.includes('area=inboxes')").await;
        shows(&browser, "document.querySelector('#area').value == 'inboxes'").await;
        let some = browser.eval::<u32>("document.querySelectorAll('.log > li').length").await;
        assert!(0 < some && some < all, "{some} of {all}");
        browser.screenshot("activity-filtered").await;
        browser.assert_fits().await;
        browser.close().await;
    }
    house.close().await;
}

#[rocket::async_test]
async fn the_settings_begin_with_their_first_page_where_the_menu_stands_beside_it() {
    let house = House::demo().await;
    let desk = Browser::open(READERS[0]).await;
    house.sign_in(&desk, recado::demo::OWNER).await;
    desk.goto(&format!("{}/settings", house.url)).await;
    shows(&desk, "location.pathname == '/account'").await;
    shows(&desk, "document.querySelector('.menu [aria-current]').pathname == '/account'").await;
    desk.close().await;
    let phone = Browser::open(READERS[1]).await;
    house.sign_in(&phone, recado::demo::OWNER).await;
    phone.goto(&format!("{}/settings", house.url)).await;
    shows(&phone, "document.querySelector('.menu a[href=\"/settings/activity\"]').getClientRects().length > 0").await;
    assert_eq!(phone.eval::<String>("location.pathname").await, "/settings");
    phone.screenshot("settings-menu").await;
    phone.find(".menu a[href='/settings/workspace']").await.click().await.expect("opened");
    shows(&phone, "document.querySelector('#activity_days')").await;
    phone.screenshot("general").await;
    phone.assert_fits().await;
    phone.close().await;
    house.close().await;
}
