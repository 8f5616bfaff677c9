//! Every form of every page, with what nobody expects in each of its fields: answered in words, never by a fault; what was
//! typed is kept; nothing of it acts on a page.

use std::collections::BTreeMap;

use reqwest::Client;
use rocket::tokio;

use super::world::{Caller, Whose, World};
use super::{Call, Flaw, calls, client};
use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};

const SCRIPT: &str = "<script>alert(1)</script>'\"><b hx-post='/evil' hx-trigger='load'>x</b>";

/// What is put into a field, and whether a person could have typed it there.
struct Odd {
    name: &'static str,
    bytes: Vec<u8>,
    is_typed: bool,
}

fn odd() -> Vec<Odd> {
    let typed = |name, text: String| Odd { name, bytes: text.into_bytes(), is_typed: true };
    let forged = |name, bytes: &[u8]| Odd { name, bytes: bytes.to_vec(), is_typed: false };
    vec![
        typed("1 MB of text", "palavra ".repeat(1024 * 1024 / 8).trim().to_owned()),
        typed("1 MB without a space", "x".repeat(1024 * 1024)),
        typed("emoji", "👩‍👩‍👧‍👦🇧🇷".repeat(3_000)),
        typed("right to left", "שלום \u{202e}عالم\u{202c}".repeat(500)),
        typed("a script", SCRIPT.to_owned()),
        forged("a NUL", b"a\0b"),
        forged("half a character", b"a\xed\xa0\x80b\xff"),
        forged("lines of a header", b"a\r\nBcc: evil@example.com\r\n\r\nb"),
        forged("nothing", b""),
    ]
}

/// A form as a page shows it.
#[derive(Clone)]
struct Form {
    action: String,
    is_multipart: bool,
    /// Names and values in their order, the method first; the token is left out.
    fields: Vec<(String, String)>,
    /// The names of those whose text stands on the page again after a refusal.
    kept: Vec<String>,
    /// The page it was found on.
    page: String,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next().unwrap_or_default();
    Some(value.replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&").replace("&#38;", "&"))
}

/// The forms of a page that change something.
fn forms(page: &str, html: &str) -> Vec<Form> {
    let mut found = Vec::new();
    for part in html.split("<form ").skip(1) {
        let part = part.split("</form>").next().unwrap_or_default();
        let head = [" ", part.split('>').next().unwrap_or_default()].concat();
        if attribute(&head, "method").as_deref() != Some("post") {
            continue;
        }
        let is_multipart = head.contains("multipart/form-data");
        let (mut fields, mut kept) = (Vec::new(), Vec::new());
        for tag in part
            .split('<')
            .filter(|tag| ["input ", "textarea ", "select ", "button "].iter().any(|t| tag.starts_with(t)))
        {
            let tag = tag.split('>').next().unwrap_or_default();
            let (Some(name), kind) = (attribute(tag, "name"), attribute(tag, "type").unwrap_or_default()) else {
                continue;
            };
            let is_written = !tag.contains(" readonly") && !tag.contains(" hidden");
            let checked = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
            if name == "_token" || kind == "file" || !checked {
                continue;
            }
            let is_text = tag.starts_with("textarea")
                || matches!(kind.as_str(), "" | "text" | "email") && tag.starts_with("input");
            if is_text && is_written {
                kept.push(name.clone());
            }
            let value = if tag.starts_with("select") { selected(part, &name) } else { attribute(tag, "value") };
            // An inbox with a server of its own reads more of its fields.
            let value = if name == "way" { Some("own".to_owned()) } else { value };
            fields.push((name, value.unwrap_or_default()));
        }
        let form = Form {
            action: attribute(&head, "action").unwrap_or_default(),
            is_multipart,
            fields,
            kept,
            page: page.to_owned(),
        };
        let other = part.split(" formaction=\"").nth(1).and_then(|rest| rest.split('"').next());
        found.extend(other.map(|action| Form { action: action.to_owned(), kept: Vec::new(), ..form.clone() }));
        found.push(form);
    }
    found
}

fn selected(form: &str, name: &str) -> Option<String> {
    let options = form.split(&format!(" name=\"{name}\"")).nth(1)?.split("</select>").next()?;
    let chosen = options.split("<option").skip(1).find(|option| option.contains(" selected"));
    attribute(chosen.or_else(|| options.split("<option").nth(1))?, "value")
}

impl Form {
    /// The same form of another object is the same form.
    fn key(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        let action = self.action.split('?').next().unwrap_or_default();
        format!("{} {names:?}", action.replace(|c: char| c.is_ascii_digit(), ""))
    }

    fn request(&self, client: &Client, url: &str, token: &str, odd: (&str, &[u8])) -> reqwest::RequestBuilder {
        let value = |name: &str, value: &str| if name == odd.0 { odd.1.to_vec() } else { value.as_bytes().to_vec() };
        let mut fields: Vec<(&str, Vec<u8>)> =
            self.fields.iter().map(|(name, text)| (name.as_str(), value(name, text))).collect();
        let place = usize::from(fields.first().is_some_and(|(name, _)| *name == "_method"));
        fields.insert(place, ("_token", token.as_bytes().to_vec()));
        let request = client.post([url, &self.action].concat()).header("Sec-Fetch-Site", "same-origin");
        let request = request.header("Accept", "text/html").header("Accept-Language", "pt-BR");
        if self.is_multipart {
            let form = reqwest::multipart::Form::new();
            return request.multipart(
                fields.into_iter().fold(form, |form, (name, bytes)| {
                    form.part(name.to_owned(), reqwest::multipart::Part::bytes(bytes))
                }),
            );
        }
        let pair = |(name, bytes): &(&str, Vec<u8>)| {
            let encoded: String = url::form_urlencoded::byte_serialize(bytes).collect();
            format!("{name}={encoded}")
        };
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        request.header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }
}

/// As a template writes a text.
fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}

fn assert_harmless(answer: &Answer, what: &str) {
    for word in ["<script>alert", "<b hx-post"] {
        assert!(!answer.body.contains(word), "{what}: {word} stands on the page");
    }
}

/// One field of one form with every odd value.
async fn put_all(world: &World, client: &Client, caller: Caller, form: &Form, field: &str) {
    let url = &world.app.url;
    for odd in odd() {
        let (cookie, token) = world.cookie(caller).await;
        let what = format!("{} with {} in {field}", form.action, odd.name);
        let request = form.request(client, url, &token, (field, &odd.bytes));
        let answer = send(request.header("Cookie", &cookie)).await;
        assert!(
            matches!(answer.status, 200 | 204 | 303 | 400 | 403 | 404 | 409 | 413 | 422 | 429),
            "{what}: {}",
            answer.status
        );
        assert!(answer.body.len() <= 400_000 + 7 * odd.bytes.len(), "{what}: {} bytes", answer.body.len());
        assert_harmless(&answer, &what);
        if answer.status == 422 && odd.is_typed && form.kept.iter().any(|kept| kept == field) {
            let text = escaped(&String::from_utf8_lossy(&odd.bytes));
            assert!(
                answer.body.contains(&text),
                "{what} is lost:\n{}",
                answer.body.chars().take(4_000).collect::<String>()
            );
        }
        let page = send(
            client.get([url, form.page.as_str()].concat()).header("Cookie", &cookie).header("Accept", "text/html"),
        )
        .await;
        assert!(page.status < 400, "{what}: the page answers {} afterwards", page.status);
        assert_harmless(&page, &what);
    }
}

/// The forms of all pages, each once.
async fn all_forms(world: &World, client: &Client, calls: &[Call], caller: Caller) -> BTreeMap<String, Form> {
    let mut found = BTreeMap::new();
    for call in calls.iter().filter(|call| !call.changes() && call.handler != "stream") {
        let id = world.id(call.names, Whose::Own, caller).await;
        let address = call.address(id.as_deref());
        let (cookie, token) = world.cookie(caller).await;
        let request = call.request(world, client, &address, Flaw::None, &token).header("Cookie", &cookie);
        let page = send(request.header("Accept", "text/html")).await;
        if page.status == 200 && page.header("Content-Type").starts_with("text/html") {
            found.extend(forms(&address, &page.body).into_iter().map(|form| (form.key(), form)));
        }
    }
    found
}

#[tokio::test]
async fn odd_text_in_any_field_of_any_form_is_refused_in_words_or_kept() {
    let world = World::build().await;
    let (calls, client) = (calls(&world).await, client());
    let owner = *world.callers.last().expect("callers");
    let mut tried = 0;
    for caller in [owner, Caller::SignedOut] {
        for form in all_forms(&world, &client, &calls, caller).await.into_values() {
            for (field, _) in form.fields.iter().filter(|(name, _)| name != "_method") {
                put_all(&world, &client, caller, &form, field).await;
                world.app.clock().advance(recado::clock::MINUTE * 20);
                tried += 1;
            }
        }
    }
    assert!(tried >= 30, "only {tried} fields were found");
}

#[tokio::test]
async fn odd_text_does_not_take_a_fresh_server_nor_break_its_first_page() {
    let app = App::fresh().await;
    let browser = app.browser();
    let found = forms("/setup", &browser.get("/setup").await.body);
    let [form] = found.as_slice() else { panic!("one form on the first page") };
    for odd in odd() {
        for (field, _) in &form.fields {
            let answer = first_page(&browser, &app, form, field, &odd).await;
            let what = format!("{} in {field}", odd.name);
            assert!(matches!(answer.status, 400 | 422 | 429), "{what}: {}", answer.status);
            assert_harmless(&answer, &what);
        }
        app.clock().advance(recado::clock::MINUTE * 20);
    }
    assert_eq!(browser.get("/setup").await.status, 200, "still nobody's");
}

async fn first_page(browser: &Browser, app: &App, form: &Form, field: &str, odd: &Odd) -> Answer {
    let token = browser.token("/setup").await;
    let cookies = browser.cookies();
    send(form.request(&client(), &app.url, &token, (field, &odd.bytes)).header("Cookie", cookies)).await
}

#[tokio::test]
async fn a_form_over_the_limit_is_refused_in_words() {
    let app = App::start().await;
    let browser = app.browser();
    let answer = browser.post_form("/session", &[("email", &"x".repeat(5 * 1024 * 1024)), ("password", "x")]).await;
    assert_eq!(answer.status, 413);
    answer.assert_says("grande demais");
}
