//! The servers of an address: of the provider its domain belongs to, else the usual names of the domain, if something
//! answers there.

use std::time::Duration;

use super::providers::{self, Place, Provider};
use crate::config::PrivateHosts;
use crate::config::Security::{self, Starttls, Tls};
use crate::http;

/// For each try.
const PATIENCE: Duration = Duration::from_secs(5);

/// In the order they are preferred: what stands before the domain, port, security. Plain connections are never found by
/// themselves: somebody has to want them.
const IMAP: &[(&str, u16, Security)] =
    &[("imap.", 993, Tls), ("mail.", 993, Tls), ("", 993, Tls), ("imap.", 143, Starttls), ("mail.", 143, Starttls)];
const SMTP: &[(&str, u16, Security)] =
    &[("smtp.", 465, Tls), ("mail.", 465, Tls), ("smtp.", 587, Starttls), ("mail.", 587, Starttls), ("", 465, Tls)];

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub provider: Option<&'static Provider>,
    pub imap: Option<Place>,
    pub smtp: Option<Place>,
}

impl Found {
    /// Of a provider.
    #[must_use]
    pub fn at(provider: &'static Provider) -> Self {
        Self { imap: Some(provider.imap()), smtp: Some(provider.smtp()), provider: Some(provider) }
    }
}

/// The servers of `domain`.
pub async fn servers(domain: &str, private: PrivateHosts) -> Found {
    if let Some(provider) = providers::of_domain(domain) {
        return Found::at(provider);
    }
    let (imap, smtp) = tokio::join!(first(IMAP, domain, private), first(SMTP, domain, private));
    Found { provider: None, imap, smtp }
}

/// The most preferred place where something listens. All are tried at once.
async fn first(places: &'static [(&str, u16, Security)], domain: &str, private: PrivateHosts) -> Option<Place> {
    let mut tries = Vec::new();
    for (before, port, security) in places {
        let place = Place { host: format!("{before}{domain}"), port: *port, security: *security };
        tries.push(tokio::spawn(async move {
            let answers = http::knock(&place.host, place.port, private, PATIENCE).await.is_ok();
            answers.then_some(place)
        }));
    }
    for attempt in tries {
        if let Ok(Some(place)) = attempt.await {
            return Some(place);
        }
    }
    None
}
