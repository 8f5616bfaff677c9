//! A real Chromium for each test, driven through one chromedriver, and strict about what the page does in it.

mod chromedriver;

use std::path::PathBuf;
use std::time::Duration;

use rocket::tokio::time::{Instant, interval};
use serde_json::json;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, ChromiumLikeCapabilities, LoggingPrefsLogLevel};

/// Keys with a place of their own in the protocol (W3C WebDriver, section 17.4.2).
pub const ENTER: &str = "\u{e007}";
pub const TAB: &str = "\u{e004}";
pub const ESCAPE: &str = "\u{e00c}";
pub const DOWN: &str = "\u{e015}";

/// How long something may take to show up on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);
/// The time between two questions to the browser; within a question, the page looks by itself.
const LOOK: Duration = Duration::from_millis(50);

/// How much of a page is seen, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 1280 × 900, a mouse.
    Desk,
    /// 360 × 780, a finger.
    Phone,
}

/// What the system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// What the browser asks for in `Accept-Language`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Portuguese,
    English,
}

/// The reader that a browser stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    pub size: Size,
    pub scheme: Scheme,
    pub language: Language,
}

impl Default for Reader {
    fn default() -> Self {
        Self { size: Size::Desk, scheme: Scheme::Light, language: Language::Portuguese }
    }
}

impl Reader {
    /// As in a file name: `desk-light-pt`.
    pub fn name(self) -> String {
        let size = if self.size == Size::Desk { "desk" } else { "phone" };
        let scheme = if self.scheme == Scheme::Light { "light" } else { "dark" };
        let language = if self.language == Language::Portuguese { "pt" } else { "en" };
        format!("{size}-{scheme}-{language}")
    }
}

/// A browser with a profile of its own. End each test with [`Browser::close`]; a test that panics ends it too.
pub struct Browser {
    /// For everything that this file has no words for.
    pub driver: WebDriver,
    reader: Reader,
    running: chromedriver::Running,
}

impl Browser {
    /// # Panics
    /// If Chromium or chromedriver are missing; `bin/test` installs them.
    pub async fn open(reader: Reader) -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let _or_was_there = rustls::crypto::ring::default_provider().install_default();
        let driver = WebDriver::new(chromedriver::address(), capabilities(reader, profile.path()))
            .await
            .expect("Chromium starts");
        let running = chromedriver::Running::new(&driver, profile);
        let browser = Self { driver, reader, running };
        browser.resize(reader.size).await;
        browser.prefer(reader.scheme).await;
        browser
    }

    /// Goes on with another size.
    pub async fn resize(&self, size: Size) {
        let (width, height) = if size == Size::Desk { (1280, 900) } else { (360, 780) };
        let phone = size == Size::Phone;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({"enabled": phone})).await;
    }

    /// Goes on with another preference of the system.
    pub async fn prefer(&self, scheme: Scheme) {
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    pub async fn goto(&self, url: &str) {
        self.driver.goto(url).await.expect("the page answers");
    }

    /// The first element that matches, as soon as there is one.
    pub async fn find(&self, css: &str) -> WebElement {
        self.waits(&format!("document.querySelector({css:?})")).await;
        let found = self.driver.find(By::Css(css)).await;
        found.unwrap_or_else(|error| panic!("no {css}: {error}"))
    }

    /// The visible text of the first element that matches, as soon as there is one.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.expect("an element has a text")
    }

    /// Waits until no element matches.
    pub async fn gone(&self, css: &str) {
        let gone = self.waits(&format!("!document.querySelector({css:?})")).await;
        assert!(gone, "{css} is still there");
    }

    /// Types into a field in place of what it holds.
    pub async fn fill(&self, css: &str, value: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("emptied");
        field.send_keys(value).await.expect("typed");
    }

    /// Presses the first element that matches; one that the page puts in its place meanwhile, as a person would.
    pub async fn click(&self, css: &str) {
        let end = Instant::now() + DEADLINE;
        loop {
            match self.find(css).await.click().await {
                Err(error) if is_replaced(&error) && Instant::now() < end => {}
                pressed => return pressed.expect("it can be pressed"),
            }
        }
    }

    /// Whether an element takes up room.
    pub async fn is_shown(&self, css: &str) -> bool {
        self.eval(&format!("document.querySelector({css:?}).getClientRects().length > 0")).await
    }

    /// Types into whatever has the focus, as a person without a mouse would.
    pub async fn press(&self, keys: impl AsRef<str>) {
        let typing = self.driver.action_chain().send_keys(keys.as_ref());
        typing.perform().await.expect("keys can be pressed");
    }

    /// Presses one key while another is held.
    pub async fn chord(&self, held: Key, key: impl Into<char>) {
        let (held, key) = (char::from(held), key.into());
        let typing = self.driver.action_chain().key_down(held).key_down(key).key_up(key).key_up(held);
        typing.perform().await.expect("keys can be pressed");
    }

    /// Waits until an expression in the page is true, also while pages come and go; says whether it became so in time. The
    /// page itself looks, so that waiting costs nothing on a busy machine.
    pub async fn waits(&self, expression: &str) -> bool {
        let script = format!(
            "const [done, end] = [arguments[0], Date.now() + 4000];
             (function look() {{
               let holds = false;
               try {{ holds = !!({expression}); }} catch (_) {{ /* not yet */ }}
               if (holds || Date.now() > end) done(holds);
               else setTimeout(look, 25);
             }})();"
        );
        let end = Instant::now() + DEADLINE;
        let mut questions = interval(LOOK);
        while Instant::now() < end {
            questions.tick().await;
            // A page that goes away meanwhile answers with an error.
            let answer = self.driver.execute_async(script.as_str(), Vec::new()).await;
            if answer.is_ok_and(|answer| answer.convert::<bool>().is_ok_and(|holds| holds)) {
                return true;
            }
        }
        false
    }

    /// The value of an expression in the page.
    pub async fn eval<T: serde::de::DeserializeOwned>(&self, expression: &str) -> T {
        let script = format!("return ({expression});");
        let answer = self.driver.execute(script, Vec::new()).await.expect("the expression has a value");
        answer.convert().expect("the value has the wanted type")
    }

    /// # Panics
    /// If the page can be scrolled sideways.
    pub async fn assert_fits(&self) {
        let widths: (u32, u32) =
            self.eval("[document.documentElement.scrollWidth, document.documentElement.clientWidth]").await;
        assert!(widths.0 <= widths.1, "the page is {} px wide, {} px are there", widths.0, widths.1);
    }

    /// Writes what is seen to `screenshots/<name>-<reader>.png` in the target folder and returns the path.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("the target folder can be written");
        let path = folder.join(format!("{name}-{}.png", self.reader.name()));
        self.driver.screenshot(&path).await.expect("a picture can be taken");
        path
    }

    /// What the page did wrong since the last call: scripts that failed, what the content security policy refused,
    /// files of the product that did not come. A status such as 422 is an answer and no fault.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.expect("Chromium keeps a log");
        let faults = log.into_iter().filter(is_fault);
        faults.map(|entry| entry.message).collect()
    }

    /// # Panics
    /// If the page did something wrong.
    pub async fn assert_no_complaints(&self) {
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "the browser complains:\n  {}", complaints.join("\n  "));
    }

    /// Ends the browser.
    ///
    /// # Panics
    /// If the page did something wrong meanwhile.
    pub async fn close(mut self) {
        self.assert_no_complaints().await;
        self.driver.clone().quit().await.expect("Chromium ends");
        self.running.ended();
    }

    async fn devtools(&self, method: &str, parameters: serde_json::Value) {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"));
    }
}

impl Drop for Browser {
    /// After a panic the library would wait for an orderly end on the thread that has to bring it about; the browser is
    /// killed instead.
    fn drop(&mut self) {
        std::mem::forget(self.driver.clone());
    }
}

fn is_replaced(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}

fn is_fault(entry: &BrowserLogEntry) -> bool {
    let ours = entry.message.contains("/static/");
    let policy = entry.message.contains("Content Security Policy");
    let network = entry.source.as_deref() == Some("network");
    policy || (entry.level == "SEVERE" && (!network || ours))
}

fn capabilities(reader: Reader, profile: &std::path::Path) -> thirtyfour::ChromeCapabilities {
    let language = if reader.language == Language::Portuguese { "pt-BR" } else { "en-US" };
    let mut capabilities = DesiredCapabilities::chrome();
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
        "--disable-default-apps",
        "--password-store=basic",
        &format!("--user-data-dir={}", profile.display()),
        &format!("--lang={language}"),
        &format!("--accept-lang={language}"),
    ];
    for argument in arguments {
        capabilities.add_arg(argument).expect("an argument is a text");
    }
    if let Some(binary) = chromedriver::chromium() {
        capabilities.set_binary(&binary).expect("a path is a text");
    }
    let level = LoggingPrefsLogLevel::All;
    capabilities.set_browser_log_level(level).expect("a level is a text");
    capabilities
}

fn target() -> PathBuf {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(default, PathBuf::from)
}
