//! What signing in needs to know of a request: where it comes from, with which device, and the cookies it may change.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rocket::http::uri::Origin;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::time::Duration;

use crate::accounts::store::users;
use crate::auth::limits::{Attempt, Limiter};
use crate::auth::{ClientAddress, Viewer, cookie_name, sessions, viewer};
use crate::clock::SECOND;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};

/// A request that may become a session.
pub struct Visit<'r> {
    pub db: &'r Db,
    pub config: &'r Config,
    limiter: &'r Limiter,
    address: IpAddr,
    device: String,
    cookies: &'r CookieJar<'r>,
    /// Who this browser is signed in as already.
    pub earlier: Option<&'r Viewer>,
}

/// Whether the browser keeps the session when it is closed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Remember {
    Yes,
    No,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visit<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let rocket = request.rocket();
        let (Some(db), Some(config), Some(limiter)) =
            (rocket.state::<Db>(), rocket.state::<Arc<Config>>(), rocket.state::<Limiter>())
        else {
            return Outcome::Forward(Status::InternalServerError);
        };
        let address = ClientAddress::from_request(request).await.succeeded();
        Outcome::Success(Self {
            db,
            config,
            limiter,
            address: address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0),
            device: request.headers().get_one("User-Agent").unwrap_or_default().to_owned(),
            cookies: request.cookies(),
            earlier: viewer(request).await,
        })
    }
}

impl<'r> Visit<'r> {
    /// Lets a try to name a secret of `account` through. `Err` is how many seconds to wait.
    pub fn attempt(&self, account: &str) -> Result<std::result::Result<Attempt<'r>, u64>> {
        match self.limiter.attempt(account, self.address) {
            Ok(attempt) => Ok(Ok(attempt)),
            Err(Error::TooMany(wait)) => Ok(Err(wait)),
            Err(error) => Err(error),
        }
    }

    /// Signs somebody in whose password was just right; the session this browser had before ends.
    pub async fn sign_in(&self, user: i64, remember: Remember) -> Result<()> {
        let (earlier, device) = (self.earlier.cloned(), self.device.clone());
        let address = self.address.to_string();
        let opened = self.db.write(move |tx| users::sign_in(tx, user, earlier.as_ref(), &device, &address));
        self.keep(opened.await?, remember);
        Ok(())
    }

    /// Device and address, as sessions note them.
    pub fn origin(&self) -> (String, String) {
        (self.device.clone(), self.address.to_string())
    }

    /// Gives the browser the secret of its new session.
    pub fn keep(&self, secret: String, remember: Remember) {
        let mut cookie = self.cookie(secret);
        if remember == Remember::Yes {
            cookie.set_max_age(Duration::seconds(sessions::LIFETIME / SECOND));
        }
        self.cookies.add(cookie);
    }

    /// Takes the secret back.
    pub fn forget(&self) {
        self.cookies.remove(self.cookie(String::new()));
    }

    fn cookie(&self, secret: String) -> Cookie<'static> {
        Cookie::build((cookie_name(self.config), secret))
            .path("/")
            .http_only(true)
            .secure(self.config.is_https())
            .same_site(SameSite::Lax)
            .build()
    }
}

/// The page to go to next: only a path of ours, everything else leads to the start.
pub fn landing(next: &str) -> &str {
    let ours = next.starts_with('/') && !next[1..].starts_with(['/', '\\']) && !next.contains('\\');
    if ours && Origin::parse(next).is_ok() { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_gone_to() {
        for good in ["/", "/conversations/4?section=mine", "/account"] {
            assert_eq!(landing(good), good);
        }
        for bad in ["", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/a\\b", "/a\r\nb"]
        {
            assert_eq!(landing(bad), "/", "{bad:?}");
        }
    }
}
