//! Setting up a second factor and signing in with it, as people do: by keyboard, on a desk and on a phone.

use recado::clock::Clock;
use totp_rs::{Builder, Secret, Totp};

use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size, TAB};

/// Types the key from the page into an app.
async fn authenticator(browser: &Browser) -> Totp {
    let key: String = browser.text("#secret").await.split_whitespace().collect();
    let secret = Secret::try_from_base32(key).expect("a key");
    Builder::new().with_secret(secret).build().expect("160 bits")
}

/// The code of a step: of now, or of the next, which counts already.
fn code(app: &Totp, clock: &Clock, steps: u64) -> String {
    let seconds = u64::try_from(clock.now() / 1000).expect("after 1970");
    app.generate(seconds + 30 * steps).to_string()
}

/// Types e-mail and password into the sign-in page.
async fn password(browser: &Browser, house: &House, email: &str) {
    browser.goto(&format!("{}/sign-in?next=/account", house.url)).await;
    browser.find("#email").await.focus().await.expect("a field");
    browser.press(email).await;
    browser.press(format!("{TAB}{}", recado::demo::PASSWORD)).await;
    browser.press(ENTER).await;
}

#[rocket::async_test]
async fn a_second_factor_is_set_up_and_asked_for() {
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        let house = House::demo().await;
        let browser = Browser::open(reader).await;
        password(&browser, &house, recado::demo::AGENT).await;
        shows(&browser, "location.pathname == '/account'").await;
        browser.goto(&format!("{}/account/second-factor", house.url)).await;
        browser.screenshot("second-factor-off").await;
        browser.find("#password").await.focus().await.expect("a field");
        browser.press(recado::demo::PASSWORD).await;
        browser.press(ENTER).await;
        browser.find("#secret").await;
        let drawn =
            "(() => { const qr = document.querySelector('.qr'); return qr.complete && qr.naturalWidth > 200; })()";
        shows(&browser, drawn).await;
        browser.screenshot("second-factor-draft").await;
        browser.assert_fits().await;
        let app = authenticator(&browser).await;
        let field = browser.find("#code").await;
        field.send_keys("000000").await.expect("typed");
        browser.press(ENTER).await;
        browser.find("[data-errors]").await;
        browser.screenshot("second-factor-wrong").await;
        browser.find("#code").await.focus().await.expect("a field");
        browser.press(code(&app, house.app.clock(), 0)).await;
        browser.press(ENTER).await;
        browser.find("#codes").await;
        browser.click("[data-copy]:not([hidden])").await;
        shows(
            &browser,
            "document.querySelector('[data-copy]').textContent == document.querySelector('[data-copy]').dataset.done",
        )
        .await;
        browser.screenshot("recovery-codes").await;
        browser.assert_fits().await;
        let recovery = browser.text("#codes li").await;
        let file = browser.find("a[download]").await.attr("href").await.expect("an attribute").unwrap_or_default();
        assert!(file.starts_with("data:text/plain"), "{file}");
        browser.find(".btn-go").await.click().await.expect("kept");
        shows(&browser, "location.pathname == '/account/second-factor'").await;
        browser.screenshot("second-factor-on").await;
        browser.assert_fits().await;

        // The sign-in asks for the code, keeps where one was going, and takes a recovery code in the same field.
        for (turn, typed) in [code(&app, house.app.clock(), 1), recovery].into_iter().enumerate() {
            browser.goto(&format!("{}/account", house.url)).await;
            browser.find("form[action='/session'] button").await.click().await.expect("signed out");
            shows(&browser, "location.pathname == '/sign-in'").await;
            password(&browser, &house, recado::demo::AGENT).await;
            shows(&browser, "location.pathname == '/sign-in/code' && document.activeElement.id == 'code'").await;
            if turn == 0 {
                browser.screenshot("sign-in-code").await;
                browser.assert_fits().await;
            }
            browser.press(typed).await;
            browser.press(ENTER).await;
            shows(&browser, "location.pathname == '/account'").await;
        }
        browser.close().await;
        house.close().await;
    }
}

#[rocket::async_test]
async fn who_must_have_one_is_led_to_it_and_goes_on_where_they_wanted() {
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        let house = House::demo().await;
        let browser = Browser::open(reader).await;
        password(&browser, &house, recado::demo::OWNER).await;
        shows(&browser, "location.pathname == '/account'").await;
        browser.goto(&format!("{}/settings/second-factor", house.url)).await;
        browser.find("[name=required]").await.click().await.expect("switched");
        browser.screenshot("second-factor-rule").await;
        browser.assert_fits().await;
        browser.find(".btn-go").await.click().await.expect("saved");
        // Whoever made the rule has none either.
        shows(&browser, "location.pathname == '/second-factor'").await;
        browser.screenshot("enrolment").await;
        browser.assert_fits().await;
        browser.goto(&format!("{}/account", house.url)).await;
        shows(&browser, "location.pathname == '/second-factor'").await;
        browser.find(".btn-go").await.click().await.expect("begun");
        browser.find("#secret").await;
        browser.screenshot("enrolment-draft").await;
        browser.assert_fits().await;
        let app = authenticator(&browser).await;
        browser.find("#code").await.send_keys(code(&app, house.app.clock(), 0)).await.expect("typed");
        browser.press(ENTER).await;
        browser.find("#codes").await;
        browser.find(".btn-go").await.click().await.expect("kept");
        shows(&browser, "location.pathname == '/account'").await;
        browser.close().await;
        house.close().await;
    }
}
