//! Which network addresses are public, and where a name leads if it leads only to such addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpStream;

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

/// Whether `address` is on the public internet. Addresses that carry another one inside (mapped, translated, tunneled) are
/// not: where they lead is decided elsewhere.
#[must_use]
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_global_v4(v4),
        IpAddr::V6(v6) => is_global_v6(v6),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let refused = match address.octets() {
        [0 | 10 | 127 | 224..=255, ..] => true,
        [100, b, ..] => (64..128).contains(&b),
        [169, b, ..] => b == 254,
        [172, b, ..] => (16..32).contains(&b),
        [192, b, c, _] => b == 168 || (b == 0 && matches!(c, 0 | 2)) || (b == 88 && c == 99),
        [198, b, c, _] => matches!(b, 18 | 19) || (b == 51 && c == 100),
        [203, b, c, _] => b == 0 && c == 113,
        _ => false,
    };
    !refused
}

/// Only `2000::/3` is given out; within it, what carries an IPv4 address or belongs to protocols and documents is refused.
fn is_global_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let protocols = first == 0x2001 && (second < 0x200 || second == 0xdb8);
    let documents = first == 0x3fff && second < 0x1000;
    first & 0xe000 == 0x2000 && first != 0x2002 && !protocols && !documents
}

/// Resolves `host` and answers only addresses that may be connected to. One private address among them refuses all,
/// because which of them is used is not ours to choose. Connect to what this answers and never to the name, which may
/// lead elsewhere a moment later.
///
/// # Errors
/// Why there is no such address.
pub async fn resolve(host: &str, port: u16, private: PrivateHosts) -> Result<Vec<SocketAddr>, Unreachable> {
    let found = tokio::net::lookup_host((host, port)).await;
    permitted(host, found.map_err(|error| Unreachable::Unknown(error.to_string()))?.collect(), private)
}

fn permitted(host: &str, addresses: Vec<SocketAddr>, private: PrivateHosts) -> Result<Vec<SocketAddr>, Unreachable> {
    if addresses.is_empty() {
        return Err(Unreachable::Unknown(host.to_owned()));
    }
    if private == PrivateHosts::Refused && addresses.iter().any(|address| !is_global(address.ip())) {
        return Err(Unreachable::Private);
    }
    Ok(addresses)
}

/// Whether something listens there: connects within `patience` and says nothing.
///
/// # Errors
/// Why not.
#[expect(clippy::disallowed_methods, reason = "resolved first, private addresses refused, nothing is sent")]
pub async fn knock(host: &str, port: u16, private: PrivateHosts, patience: Duration) -> Result<(), Unreachable> {
    let attempt = async {
        let addresses = resolve(host, port, private).await?;
        let connected = TcpStream::connect(addresses.as_slice()).await;
        connected.map(drop).map_err(|error| Unreachable::Unknown(error.to_string()))
    };
    let silence = Err(Unreachable::Unknown("no answer".to_owned()));
    tokio::time::timeout(patience, attempt).await.unwrap_or(silence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_inside_a_network_is_public() {
        for inside in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:7f00:1::",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_global(inside.parse().expect("an address")), "{inside}");
        }
    }

    #[test]
    fn addresses_beside_them_are() {
        for outside in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.0.0.1",
            "128.0.0.1",
            "169.253.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.0.1",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2804:14c::1",
            "3ffe::1",
        ] {
            assert!(is_global(outside.parse().expect("an address")), "{outside}");
        }
    }

    #[test]
    fn a_name_that_leads_outside_and_inside_is_refused_whole() {
        let at = |address: &str| SocketAddr::new(address.parse().expect("an address"), 25);
        let refuse = |found: Vec<SocketAddr>| permitted("mx.example", found, PrivateHosts::Refused);
        assert!(refuse(vec![at("8.8.8.8"), at("2606:4700::1111")]).is_ok());
        for inside in ["127.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "169.254.169.254"] {
            for found in [vec![at("8.8.8.8"), at(inside)], vec![at(inside), at("8.8.8.8")], vec![at(inside)]] {
                assert_eq!(refuse(found), Err(Unreachable::Private), "{inside}");
            }
        }
        assert_eq!(refuse(Vec::new()), Err(Unreachable::Unknown("mx.example".to_owned())));
        assert!(
            permitted("mx.example", vec![at("10.0.0.1")], PrivateHosts::Allowed).is_ok(),
            "where the settings say so"
        );
    }

    #[tokio::test]
    async fn numbers_and_names_of_this_machine_are_refused() {
        for host in ["127.0.0.1", "localhost", "0.0.0.0", "::1", "0x7f.1", "2130706433", "127.1"] {
            assert!(resolve(host, 25, PrivateHosts::Refused).await.is_err(), "{host}");
        }
    }
}
