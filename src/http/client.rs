//! Requests, step by step.

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use rustls::{ClientConfig, RootCertStore};
use url::{Host, Url};

use super::address::{Unreachable, is_global, resolve};
use super::{Fault, Limits, Response};
use crate::config::PrivateHosts;
use crate::error::{Error, Result};

/// Asks addresses of the web.
#[derive(Clone)]
pub struct Client {
    /// For addresses that come from outside.
    guarded: reqwest::Client,
    /// For addresses in the configuration, which belongs to whoever runs the machine.
    configured: reqwest::Client,
    private: PrivateHosts,
}

impl Client {
    /// `private` says whether addresses from outside may lead to private networks and unusual ports.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(private: PrivateHosts) -> Result<Self> {
        Ok(Self { guarded: build(private)?, configured: build(PrivateHosts::Allowed)?, private })
    }

    /// Fetches an address that somebody outside chose. What it answers is for the program, not for people's eyes.
    ///
    /// # Errors
    /// Why there is no answer; every status is one.
    pub async fn fetch(&self, url: &Url, limits: Limits) -> Result<Response, Fault> {
        let whole = self.follow(url.clone(), limits);
        tokio::time::timeout(limits.time, whole).await.unwrap_or(Err(Fault::TooSlow))
    }

    /// Posts a form to an address of the configuration. Redirects are not followed.
    ///
    /// # Errors
    /// Why there is no answer; every status is one.
    pub async fn post_form(&self, url: &Url, fields: &[(&str, &str)], limits: Limits) -> Result<Response, Fault> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .configured
            .post(url.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(reqwest::header::ACCEPT, "application/json")
            .body(body);
        let whole = async { read(request.send().await.map_err(fault)?, limits.bytes).await };
        tokio::time::timeout(limits.time, whole).await.unwrap_or(Err(Fault::TooSlow))
    }

    /// Posts `body` to an address that somebody outside chose. Redirects are not followed.
    ///
    /// # Errors
    /// Why there is no answer; every status is one.
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        body: Vec<u8>,
        limits: Limits,
    ) -> Result<Response, Fault> {
        self.judge(url)?;
        let request = self.guarded.post(url.clone()).body(body);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let whole = async { read(request.send().await.map_err(fault)?, limits.bytes).await };
        tokio::time::timeout(limits.time, whole).await.unwrap_or(Err(Fault::TooSlow))
    }

    async fn follow(&self, mut url: Url, limits: Limits) -> Result<Response, Fault> {
        for _ in 0..=limits.redirects {
            self.judge(&url)?;
            let response = self.guarded.get(url.clone()).send().await.map_err(fault)?;
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return read(response, limits.bytes).await;
            }
            let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            url = to.and_then(|to| url.join(to).ok()).ok_or(Fault::Redirects)?;
        }
        Err(Fault::Redirects)
    }

    /// What can be said before the name is resolved. Addresses written as numbers never reach the resolver.
    fn judge(&self, url: &Url) -> Result<(), Fault> {
        let is_web = matches!(url.scheme(), "http" | "https");
        let named = url.username().is_empty() && url.password().is_none();
        let usual = matches!(url.port_or_known_default(), Some(80 | 443));
        if !is_web || !named || !(usual || self.private == PrivateHosts::Allowed) {
            return Err(Fault::Url);
        }
        let number = match url.host() {
            None => return Err(Fault::Url),
            Some(Host::Domain(_)) => None,
            Some(Host::Ipv4(v4)) => Some(v4.into()),
            Some(Host::Ipv6(v6)) => Some(v6.into()),
        };
        match number {
            Some(number) if self.private == PrivateHosts::Refused && !is_global(number) => Err(Fault::Private),
            _ => Ok(()),
        }
    }
}

/// Connects only to what [`resolve`] answers.
struct Guarded(PrivateHosts);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.0;
        Box::pin(async move {
            // The port of the address is set by the client.
            let addresses: Vec<SocketAddr> = resolve(name.as_str(), 0, private).await?;
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the client is built")]
fn build(private: PrivateHosts) -> Result<reqwest::Client> {
    let provider = rustls::crypto::ring::default_provider();
    // For whoever names none. Somebody may have been first; it is the only one there is.
    let _ = provider.clone().install_default();
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(Guarded(private))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        // The limit of size is for what is read; nothing is unpacked.
        .no_gzip()
        .user_agent("Recado")
        .build()
        .map_err(Error::internal)
}

async fn read(mut response: reqwest::Response, limit: usize) -> Result<Response, Fault> {
    let status = response.status().as_u16();
    let mime = response.headers().get(CONTENT_TYPE).and_then(|mime| mime.to_str().ok()).unwrap_or_default();
    let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(fault)? {
        if bytes.len() + chunk.len() > limit {
            return Err(Fault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Response { status, mime, bytes })
}

/// The cause behind an error of the library, without the address: it may hold what nobody else should read.
fn fault(error: reqwest::Error) -> Fault {
    let error = error.without_url();
    let mut cause = error.source();
    let mut words = error.to_string();
    while let Some(inner) = cause {
        match inner.downcast_ref::<Unreachable>() {
            Some(Unreachable::Private) => return Fault::Private,
            _ => words = inner.to_string(),
        }
        cause = inner.source();
    }
    Fault::Unreachable(words)
}
