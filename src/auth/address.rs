//! Where a request comes from: the connection's own address, or, behind a trusted proxy, the last address in
//! `X-Forwarded-For` that is not a trusted proxy.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use ipnet::IpNet;
use rocket::request::{FromRequest, Outcome, Request};

use crate::config::Config;

/// The client's address.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ClientAddress {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let peer = request.remote().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |remote| remote.ip().to_canonical());
        let trusted = request.rocket().state::<Arc<Config>>().map_or(&[][..], |config| &config.trusted_proxies);
        let forwarded = request.headers().get("X-Forwarded-For").collect::<Vec<_>>().join(",");
        Outcome::Success(Self(client(peer, &forwarded, trusted)))
    }
}

/// Counts from the right: each hop is believed only while the one that reported it is trusted.
fn client(peer: IpAddr, forwarded: &str, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer;
    for hop in forwarded.split(',').rev().map(str::trim) {
        if !is_trusted(&client) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed_about_the_client() {
        let trusted: Vec<IpNet> = ["10.0.0.0/8".parse(), "127.0.0.1/32".parse()].into_iter().flatten().collect();
        let address = |text: &str| text.parse::<IpAddr>().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let from = |peer: &str, forwarded: &str| client(address(peer), forwarded, &trusted).to_string();
        assert_eq!(from("203.0.113.7", "198.51.100.1"), "203.0.113.7");
        assert_eq!(from("127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(from("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.1.1"), "198.51.100.1");
        assert_eq!(from("127.0.0.1", "6.6.6.6, nonsense"), "127.0.0.1");
        assert_eq!(from("127.0.0.1", ""), "127.0.0.1");
    }
}
