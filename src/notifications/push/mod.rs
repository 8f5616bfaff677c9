//! Telling a device while no page is open: Web Push (RFC 8030), encrypted for that browser alone (RFC 8291), signed with
//! this server's own key (RFC 8292). The address comes from a browser, so it is asked by the guarded door to the web.

mod deliver;
mod seal;
mod vapid;

pub use deliver::Pusher;
pub use vapid::ServerKey;

use url::Url;

use super::model::Subscription;
use crate::config::PrivateHosts;

/// Bytes of an uncompressed point on P-256, and of the secret of both sides.
const POINT: usize = 65;
const AUTH: usize = 16;

/// Reads what a browser sent. Push services are asked over TLS only, unless addresses may be on private networks.
#[must_use]
pub fn read(endpoint: &str, p256dh: &str, auth: &str, private: PrivateHosts) -> Option<Subscription> {
    let url = Url::parse(endpoint).ok().filter(|_| (10..=2000).contains(&endpoint.len()))?;
    let is_tls = url.scheme() == "https" || (private == PrivateHosts::Allowed && url.scheme() == "http");
    let named = url.host_str().is_some() && url.username().is_empty() && url.password().is_none();
    let decode = |text: &str| data_encoding::BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).ok();
    let p256dh = decode(p256dh).filter(|key| key.len() == POINT && key[0] == 4)?;
    let auth = decode(auth).filter(|auth| auth.len() == AUTH)?;
    (is_tls && named).then(|| Subscription { endpoint: url.into(), p256dh, auth })
}
