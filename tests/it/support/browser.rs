//! What a browser without script does: keeps cookies, reads pages, sends their forms with their token.

use std::sync::Arc;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};

/// A browser with cookies of its own. It follows no redirect: where one leads is what a test asks.
pub struct Browser {
    client: Client,
    jar: Arc<Jar>,
    url: Url,
    /// The address that a trusted proxy would name.
    from: Option<std::net::IpAddr>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
    pub body: String,
}

impl Browser {
    #[expect(clippy::disallowed_methods, reason = "tests talk to loopback only")]
    pub fn new(url: &str) -> Self {
        let _or_was_there = rustls::crypto::ring::default_provider().install_default();
        let jar = Arc::new(Jar::default());
        let client = Client::builder().cookie_provider(jar.clone()).redirect(Policy::none()).no_proxy();
        let client = client.build().expect("a client");
        Self { client, jar, url: url.parse().expect("an address"), from: None }
    }

    /// The same browser behind a proxy that says where it stands.
    pub fn from(mut self, address: impl Into<std::net::IpAddr>) -> Self {
        self.from = Some(address.into());
        self
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar.add_cookie_str(&format!("{name}={value}; Path=/"), &self.url);
    }

    /// The cookies that are sent, as one header.
    pub fn cookies(&self) -> String {
        let cookies = self.jar.cookies(&self.url);
        cookies.and_then(|cookies| cookies.to_str().map(str::to_owned).ok()).unwrap_or_default()
    }

    /// A request as it comes, to be changed before it is sent with [`send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, self.url.join(path).expect("a path"));
        match self.from {
            Some(address) => request.header("X-Forwarded-For", address.to_string()),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path).header("Accept", "text/html")).await
    }

    /// The same in another language than the browser's usual one.
    pub async fn get_in(&self, language: &str, path: &str) -> Answer {
        send(self.request(Method::GET, path).header("Accept", "text/html").header("Accept-Language", language)).await
    }

    /// The token of the forms on a page.
    ///
    /// # Panics
    /// If the page has no form.
    pub async fn token(&self, page: &str) -> String {
        let page = self.get(page).await;
        let (_, after) = page
            .body
            .split_once("name=\"_token\" value=\"")
            .unwrap_or_else(|| panic!("no form on the page ({}):\n{}", page.status, page.body));
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends a form as its page would: with its token (every page of a browser has one that fits), from the same origin.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token("/password-reset").await;
        let mut form = fields.to_vec();
        let place = usize::from(form.first().is_some_and(|(name, _)| *name == "_method"));
        form.insert(place, ("_token", &token));
        send(self.request(Method::POST, path).header("Sec-Fetch-Site", "same-origin").form(&form)).await
    }

    /// A form whose method is `put` or `delete`.
    pub async fn change(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_form(path, &[&[("_method", method)], fields].concat()).await
    }

    /// Sends a file in the field `field`.
    pub async fn upload(&self, path: &str, field: &'static str, name: &str, bytes: Vec<u8>) -> Answer {
        let file = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let token = self.token("/password-reset").await;
        let form = reqwest::multipart::Form::new().text("_token", token).part(field, file);
        send(self.request(Method::POST, path).header("Sec-Fetch-Site", "same-origin").multipart(form)).await
    }

    /// Signs in by the form.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post_form("/session", &[("email", email), ("password", password), ("remember", "1")]).await
    }
}

/// Sends a request and reads its answer to the end.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("a whole answer").to_vec();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status, headers, bytes, body }
}

impl Answer {
    /// A header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("Location")
    }

    /// The `Set-Cookie` line of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("Set-Cookie").iter().filter_map(|line| line.to_str().ok());
        lines.map(str::to_owned).find(|line| line.starts_with(&format!("{name}=")))
    }

    /// # Panics
    /// Unless the page says this (as a person reads it: entities of quotes are quotes).
    pub fn assert_says(&self, words: &str) {
        let read = self.body.replace("&#34;", "\"").replace("&#39;", "'");
        assert!(read.contains(words), "{words:?} is not on the page ({}):\n{read}", self.status);
    }

    /// # Panics
    /// If the page says this.
    pub fn assert_silent(&self, words: &str) {
        assert!(!self.body.contains(words), "{words:?} is on the page:\n{}", self.body);
    }
}
