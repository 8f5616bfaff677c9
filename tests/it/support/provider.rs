//! A provider of mailboxes that lets people consent: an authorization server (RFC 6749, RFC 7636) on loopback that is as
//! strict as the big ones. Codes count once, renewal tokens change with each use, everything is compared exactly.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use data_encoding::BASE64URL_NOPAD;
use recado::config::Application;
use recado::keys::Secret;
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpListener, TcpStream};
use rocket::tokio::task::JoinHandle;
use sha2::{Digest, Sha256};
use url::Url;

const CLIENT: &str = "recado-test.apps.example";
const SECRET: &str = "client-secret-of-the-test";

/// The server; it stops when dropped.
pub struct Provider {
    address: SocketAddr,
    books: Arc<Mutex<Books>>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Books {
    /// Where people may be sent back to, exactly.
    redirect: String,
    number: u32,
    codes: HashMap<String, Code>,
    /// Access tokens and whose they are.
    access: HashMap<String, String>,
    /// Renewal tokens and whose they are.
    refresh: HashMap<String, String>,
    exchanges: usize,
    renewals: usize,
}

struct Code {
    account: String,
    challenge: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Provider {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let books = Arc::<Mutex<Books>>::default();
        let shared = books.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { address, books, accepting }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().expect("nobody panicked")
    }

    fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().expect("an address")
    }

    /// As its console would show it, for a server at `origin`.
    pub fn application(&self, origin: &str) -> Application {
        self.books().redirect = format!("{origin}/settings/inboxes/oauth/callback");
        Application {
            client_id: CLIENT.to_owned(),
            client_secret: Secret(SECRET.to_owned()),
            auth_url: self.url("/authorize"),
            token_url: self.url("/token"),
        }
    }

    /// Where a mail server asks whose a token is; the token follows.
    pub fn token_info(&self) -> String {
        format!("http://{}/tokeninfo?access_token=", self.address)
    }

    /// Somebody signs in as `account` and allows what the link asks for; where they are sent.
    ///
    /// # Panics
    /// If the link is not as the standard and the registration want it.
    pub fn allow(&self, link: &str, account: &str) -> String {
        let link: Url = link.parse().expect("a link");
        let asked: HashMap<String, String> = link.query_pairs().into_owned().collect();
        let of = |name: &str| asked.get(name).map_or("", String::as_str);
        assert_eq!(link.path(), "/authorize");
        assert_eq!(of("client_id"), CLIENT);
        assert_eq!(of("response_type"), "code");
        assert_eq!(of("code_challenge_method"), "S256");
        assert_eq!(of("code_challenge").len(), 43, "{link}");
        assert!(of("state").len() >= 43 && !of("scope").is_empty(), "{link}");
        assert!(!link.as_str().contains(SECRET));
        let mut books = self.books();
        assert_eq!(of("redirect_uri"), books.redirect, "exactly as registered");
        let code = books.fresh("code");
        let kept = Code { account: account.to_owned(), challenge: of("code_challenge").to_owned() };
        books.codes.insert(code.clone(), kept);
        let mut back: Url = books.redirect.parse().expect("an address");
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", of("state"));
        format!("{}?{}", back.path(), back.query().unwrap_or_default())
    }

    /// The consent is taken back.
    pub fn revoke(&self) {
        let mut books = self.books();
        books.access.clear();
        books.refresh.clear();
    }

    /// How often a code and how often a renewal token was exchanged well.
    pub fn counts(&self) -> (usize, usize) {
        let books = self.books();
        (books.exchanges, books.renewals)
    }

    /// Everything that must stand on no page and in no log.
    pub fn secrets(&self) -> Vec<String> {
        let books = self.books();
        let tokens = books.access.keys().chain(books.refresh.keys()).cloned();
        tokens.chain([SECRET.to_owned()]).collect()
    }
}

impl Books {
    fn fresh(&mut self, kind: &str) -> String {
        self.number += 1;
        format!("{kind}-{}-of-the-test-provider", self.number)
    }

    /// Tokens for an account, as JSON.
    fn give(&mut self, account: &str) -> String {
        let (access, refresh) = (self.fresh("access"), self.fresh("refresh"));
        self.access.insert(access.clone(), account.to_owned());
        self.refresh.insert(refresh.clone(), account.to_owned());
        serde_json::json!({
            "access_token": access, "refresh_token": refresh, "expires_in": 3600, "token_type": "Bearer",
        })
        .to_string()
    }

    fn token(&mut self, form: &HashMap<String, String>) -> (u16, String) {
        let of = |name: &str| form.get(name).map_or("", String::as_str);
        let refused = |error: &str| (400, serde_json::json!({ "error": error }).to_string());
        if of("client_id") != CLIENT || of("client_secret") != SECRET {
            return (401, serde_json::json!({ "error": "invalid_client" }).to_string());
        }
        match of("grant_type") {
            "authorization_code" => {
                let Some(code) = self.codes.remove(of("code")) else { return refused("invalid_grant") };
                let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(of("code_verifier")));
                if of("redirect_uri") != self.redirect || challenge != code.challenge {
                    return refused("invalid_grant");
                }
                self.exchanges += 1;
                (200, self.give(&code.account))
            }
            "refresh_token" => {
                let Some(account) = self.refresh.remove(of("refresh_token")) else {
                    return refused("invalid_grant");
                };
                self.renewals += 1;
                (200, self.give(&account))
            }
            _ => refused("unsupported_grant_type"),
        }
    }

    /// Whose a token is.
    fn info(&self, path: &str) -> (u16, String) {
        let token = path.split_once("access_token=").map_or("", |(_, token)| token);
        match self.access.get(token) {
            Some(account) => (200, serde_json::json!({ "email": account, "active": true }).to_string()),
            None => (401, serde_json::json!({ "error": "invalid_token" }).to_string()),
        }
    }
}

async fn serve(mut stream: TcpStream, books: Arc<Mutex<Books>>) {
    let Some((head, body)) = request(&mut stream).await else { return };
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let (status, answer) = {
        let mut books = books.lock().expect("nobody panicked");
        match path.split('?').next().unwrap_or_default() {
            "/token" if head.starts_with("POST ") => {
                books.token(&url::form_urlencoded::parse(body.as_bytes()).into_owned().collect())
            }
            "/tokeninfo" => books.info(&path),
            _ => (404, String::new()),
        }
    };
    let answer = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
        answer.len()
    );
    let _gone = stream.write_all(answer.as_bytes()).await;
    let _gone = stream.shutdown().await;
}

/// The head and the body of a request.
async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.ok()?;
        if read == 0 {
            return None;
        }
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
        if body.len() >= length.unwrap_or(0usize) {
            return Some((head.to_owned(), body.to_owned()));
        }
    }
}
