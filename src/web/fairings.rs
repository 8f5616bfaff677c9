//! What happens to every request and response: who is let in (host, origin of forms), which headers leave, what is logged.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Instant;

use rocket::data::Data;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::http::{Header, Method, Status};
use rocket::request::Request;
use rocket::response::Response;

use crate::auth::ClientAddress;
use crate::config::Config;
use crate::keys;

/// Names a request in the log and on error pages.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub String);

impl Default for RequestId {
    fn default() -> Self {
        Self(keys::random_text::<5>().unwrap_or_default())
    }
}

struct Started(Instant);

/// Turns away what comes for another host, and forms that other sites send.
pub(super) struct Doorman;

#[rocket::async_trait]
impl Fairing for Doorman {
    fn info(&self) -> Info {
        Info { name: "doorman", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _data: &mut Data<'_>) {
        request.local_cache(|| Started(Instant::now()));
        let Some(config) = request.rocket().state::<Arc<Config>>().cloned() else {
            return;
        };
        if !is_our_host(request, &config) {
            reroute(request, "/-/misdirected");
        } else if changes_state(request.method()) && !is_same_origin(request, &config) {
            reroute(request, "/-/refused");
        }
    }
}

fn reroute(request: &mut Request<'_>, to: &'static str) {
    request.set_method(Method::Get);
    if let Ok(uri) = Origin::parse(to) {
        request.set_uri(uri);
    }
}

/// The `Host` header must name the public URL's host; nothing else is ever made of it.
fn is_our_host(request: &Request<'_>, config: &Config) -> bool {
    let Some(sent) = request.headers().get_one("Host") else {
        return true;
    };
    let Some(host) = config.public_url.host_str() else {
        return false;
    };
    if let Some(port) = config.public_url.port() {
        return sent.eq_ignore_ascii_case(&format!("{host}:{port}"));
    }
    let usual = if config.is_https() { ":443" } else { ":80" };
    sent.strip_suffix(usual).unwrap_or(sent).eq_ignore_ascii_case(host)
}

fn changes_state(method: Method) -> bool {
    !matches!(method, Method::Get | Method::Head | Method::Options)
}

fn is_same_origin(request: &Request<'_>, config: &Config) -> bool {
    match request.headers().get_one("Sec-Fetch-Site") {
        Some(site) => site == "same-origin",
        None => request.headers().get_one("Origin").is_some_and(|origin| origin == config.origin()),
    }
}

/// The headers of security.
pub(super) struct SecurityHeaders;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                   media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
                   worker-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
                   frame-ancestors 'none'";

const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

#[rocket::async_trait]
impl Fairing for SecurityHeaders {
    fn info(&self) -> Info {
        Info { name: "security headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let headers = [
            ("Content-Security-Policy", CSP),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ];
        for (name, value) in headers {
            if !response.headers().contains(name) {
                response.set_header(Header::new(name, value));
            }
        }
        response.remove_header("X-Frame-Options");
        // Rocket sets one of its own.
        response.set_header(Header::new("Permissions-Policy", PERMISSIONS));
        if request.rocket().state::<Arc<Config>>().is_some_and(|config| config.is_https()) {
            response.set_header(Header::new("Strict-Transport-Security", "max-age=31536000"));
        }
        if response.status() == Status::NotModified || response.status() == Status::NoContent {
            response.set_sized_body(0, Cursor::new(Vec::new()));
        }
    }
}

/// One line for each request: no bodies, no query strings, no tokens.
pub(super) struct RequestLog;

#[rocket::async_trait]
impl Fairing for RequestLog {
    fn info(&self) -> Info {
        Info { name: "request log", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        use rocket::request::FromRequest;
        let id = request.local_cache(RequestId::default).0.as_str();
        let ms = request.local_cache(|| Started(Instant::now())).0.elapsed().as_millis();
        // The pattern of the route instead of the path: paths may hold keys.
        let route = request.route().map_or("-".to_owned(), |route| route.uri.to_string());
        let address = ClientAddress::from_request(request).await.succeeded().map(|address| masked(address.0));
        let (method, status) = (request.method().as_str(), response.status().code);
        tracing::info!(id, method, route, status, ms, address, "request");
        response.set_header(Header::new("X-Request-Id", id.to_owned()));
    }
}

/// Enough of an address to tell networks apart.
fn masked(address: std::net::IpAddr) -> String {
    match address {
        std::net::IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.x")
        }
        std::net::IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::x")
        }
    }
}
