//! What a person does with an authenticator app: reads the key from the page, and shows codes by the clock.

use totp_rs::{Builder, Secret, Totp};

use super::app::{App, PASSWORD};
use super::browser::{Answer, Browser};

/// An app that holds one account.
pub struct Authenticator(Totp);

impl Authenticator {
    /// Types the key from a page.
    pub fn typed(page: &Answer) -> Self {
        let (_, after) = page.body.split_once("id=\"secret\">").expect("a key on the page");
        let key: String = after.split('<').next().unwrap_or_default().split_whitespace().collect();
        let secret = Secret::try_from_base32(key).expect("a key in base32");
        Self(Builder::new().with_secret(secret).build().expect("a key of 160 bits"))
    }

    /// The code that it shows now, or `steps` later (earlier, when negative).
    pub fn code(&self, app: &App, steps: i64) -> String {
        let seconds = app.clock().now() / 1000 + steps * 30;
        self.0.generate(u64::try_from(seconds).expect("after 1970")).to_string()
    }

    /// Six digits that are no code of this time.
    pub fn wrong(&self, app: &App) -> String {
        let near: Vec<String> = (-2..=2).map(|steps| self.code(app, steps)).collect();
        let guess = (0..10).map(|n| format!("{n:06}")).find(|guess| !near.contains(guess));
        guess.unwrap_or_default()
    }
}

/// The recovery codes on a page.
pub fn recovery_codes(page: &Answer) -> Vec<String> {
    let (_, after) = page.body.split_once("id=\"codes\">").expect("codes on the page");
    let list = after.split("</ul>").next().unwrap_or_default();
    list.split("<li>").skip(1).map(|line| line.split('<').next().unwrap_or_default().to_owned()).collect()
}

/// Sets up a second factor in a signed-in browser; the app and the recovery codes. The code's step is over afterwards.
pub async fn set_up(app: &App, browser: &Browser) -> (Authenticator, Vec<String>) {
    let begun = browser.post_form("/account/second-factor", &[("password", PASSWORD)]).await;
    assert_eq!((begun.status, begun.location()), (303, "/account/second-factor"), "{}", begun.body);
    let authenticator = Authenticator::typed(&browser.get("/account/second-factor").await);
    let code = authenticator.code(app, 0);
    let done = browser.post_form("/account/second-factor/confirmation", &[("code", &code)]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    app.clock().advance(30_000);
    (authenticator, recovery_codes(&done))
}
