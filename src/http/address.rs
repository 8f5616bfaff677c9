//! Which network addresses are public, and where a name leads if it leads only to such addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::config::PrivateHosts;

/// Why a name leads nowhere that may be connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreachable {
    /// The name has no address; the system's own words.
    Unknown(String),
    /// At least one of its addresses is not on the public internet.
    Private,
}

impl std::fmt::Display for Unreachable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(words) => f.write_str(words),
            Self::Private => f.write_str("an address on a private network"),
        }
    }
}

impl std::error::Error for Unreachable {}

/// Whether `address` is on the public internet. Mapped and translated forms are judged by the address inside.
#[must_use]
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_global_v4(v4),
        IpAddr::V6(v6) => is_global_v6(v6),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let refused = matches!(a, 0 | 10 | 127 | 224..=255)
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100)))
        || (a == 203 && b == 0 && c == 113);
    !refused
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_global_v4(mapped);
    }
    let [first, second, ..] = address.segments();
    let refused = address.is_unspecified()
        || address.is_loopback()
        || address.is_multicast()
        || (first & 0xfe00) == 0xfc00
        || (first & 0xffc0) == 0xfe80
        || (first == 0x64 && second == 0xff9b)
        || first == 0x2002
        || (first == 0x2001 && second == 0xdb8)
        || address.segments()[..6] == [0; 6];
    !refused
}

/// Resolves `host` and answers only addresses that may be connected to. One private address among them refuses all,
/// because which of them is used is not ours to choose. Connect to what this answers and never to the name, which may
/// lead elsewhere a moment later.
///
/// # Errors
/// Why there is no such address.
pub async fn resolve(host: &str, port: u16, private: PrivateHosts) -> Result<Vec<SocketAddr>, Unreachable> {
    let found = tokio::net::lookup_host((host, port)).await;
    let addresses: Vec<_> = found.map_err(|error| Unreachable::Unknown(error.to_string()))?.collect();
    if addresses.is_empty() {
        return Err(Unreachable::Unknown(host.to_owned()));
    }
    if private == PrivateHosts::Refused && addresses.iter().any(|address| !is_global(address.ip())) {
        return Err(Unreachable::Private);
    }
    Ok(addresses)
}
