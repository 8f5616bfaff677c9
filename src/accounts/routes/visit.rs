//! What signing in needs to know of a request: where it comes from, with which device, and the cookies it may change.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rocket::http::uri::Origin as Uri;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::time::Duration;

use crate::accounts::store::arrivals::{self, KNOWN, Opened, Origin, PENDING};
use crate::accounts::store::{refusals, users};
use crate::auth::limits::{Attempt, Limiter};
use crate::auth::{ClientAddress, Enrollee, Holder, Seat, Viewer, cookie_name, holder, sessions};
use crate::clock::{Millis, SECOND};
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::keys::Keys;

pub use crate::auth::sessions::Remember;

/// A request that may become a session.
pub struct Visit<'r> {
    pub db: &'r Db,
    pub config: &'r Config,
    pub keys: &'r Keys,
    limiter: &'r Limiter,
    address: IpAddr,
    device: String,
    cookies: &'r CookieJar<'r>,
    /// Who this browser is signed in as already.
    pub earlier: Option<&'r Viewer>,
    /// Who it is signed in as, and misses a second factor.
    enrollee: Option<&'r Enrollee>,
}

/// How somebody stands who typed the password of an account that is signed in already.
pub enum Checked {
    Right,
    Wrong,
    /// Seconds to wait.
    Wait(u64),
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visit<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let rocket = request.rocket();
        let (Some(db), Some(config), Some(limiter), Some(keys)) =
            (rocket.state::<Db>(), rocket.state::<Arc<Config>>(), rocket.state::<Limiter>(), rocket.state::<Keys>())
        else {
            return Outcome::Forward(Status::InternalServerError);
        };
        let address = ClientAddress::from_request(request).await.succeeded();
        let (earlier, enrollee) = match holder(request).await {
            Some(Holder::Viewer(viewer)) => (Some(viewer), None),
            Some(Holder::Enrollee(enrollee)) => (None, Some(enrollee)),
            None => (None, None),
        };
        Outcome::Success(Self {
            db,
            config,
            keys,
            limiter,
            address: address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0),
            device: request.headers().get_one("User-Agent").unwrap_or_default().to_owned(),
            cookies: request.cookies(),
            earlier,
            enrollee,
        })
    }
}

impl<'r> Visit<'r> {
    /// Lets a try to name a secret of `account` through. `Err` is how many seconds to wait.
    pub fn attempt(&self, account: &str) -> Result<std::result::Result<Attempt<'r>, u64>> {
        waiting(self.limiter.attempt(account, self.address))
    }

    /// The same for a sign-in: a browser in which this person signed in before waits for no stranger.
    pub async fn attempt_sign_in(&self, email: &str) -> Result<std::result::Result<Attempt<'r>, u64>> {
        let (named, mark, now) = (email.to_owned(), self.mark(), self.db.clock().now());
        let asker = self.db.read(move |connection| arrivals::asker(connection, &named, mark.as_deref(), now)).await?;
        waiting(self.limiter.attempt_sign_in(email, self.address, asker))
    }

    /// Compares the password of somebody who is signed in, before something weighty.
    pub async fn check_password(&self, email: &str, password: String) -> Result<Checked> {
        let attempt = match self.attempt(email)? {
            Ok(attempt) => attempt,
            Err(wait) => return Ok(Checked::Wait(wait)),
        };
        let email = email.to_owned();
        let stored = self.db.read(move |connection| users::credentials(connection, &email)).await?;
        if attempt.compare(password, stored.and_then(|stored| stored.password_hash)).await? {
            attempt.succeeded();
            return Ok(Checked::Right);
        }
        attempt.failed();
        Ok(Checked::Wrong)
    }

    /// Writes down that somebody did not get in. What cannot be written changes no answer.
    pub async fn refused(&self, user: Option<i64>) {
        let address = self.address.to_string();
        if let Err(error) = self.db.write(move |tx| refusals::note(tx, user, &address)).await {
            tracing::warn!(%error, "a refused sign-in was not written down");
        }
    }

    /// The session this browser has already, also one that is not complete.
    pub fn seat(&self) -> Option<Seat> {
        self.earlier.map(Viewer::seat).or(self.enrollee.map(Enrollee::seat))
    }

    /// Device and address, as sessions note them.
    pub fn origin(&self) -> (String, String) {
        (self.device.clone(), self.address.to_string())
    }

    /// Where somebody who signs in comes from.
    pub fn arrival(&self) -> Origin {
        let (device, address) = self.origin();
        Origin { device, address, mark: self.mark(), earlier: self.seat() }
    }

    /// The cookie by which this browser is known.
    pub fn mark(&self) -> Option<String> {
        self.cookies.get(self.name("__Host-d", "d")).map(|cookie| cookie.value().to_owned())
    }

    /// Gives the browser its new session, and the cookie it is known by.
    pub fn keep_opened(&self, opened: Opened, remember: Remember) {
        self.keep(opened.secret, remember);
        self.add(self.name("__Host-d", "d"), opened.mark, Some(KNOWN));
        self.forget_pending();
    }

    /// Gives the browser the secret of its session.
    pub fn keep(&self, secret: String, remember: Remember) {
        let age = (remember == Remember::Yes).then_some(sessions::LIFETIME);
        self.add(cookie_name(self.config), secret, age);
    }

    /// Takes the secret back.
    pub fn forget(&self) {
        self.cookies.remove(self.cookie(cookie_name(self.config), String::new()));
    }

    /// The sign-in of this browser that lacks its code.
    pub fn pending(&self) -> Option<String> {
        self.cookies.get(self.name("__Host-p", "p")).map(|cookie| cookie.value().to_owned())
    }

    /// Gives the browser a sign-in that lacks its code.
    pub fn keep_pending(&self, secret: String) {
        self.add(self.name("__Host-p", "p"), secret, Some(PENDING));
    }

    fn forget_pending(&self) {
        if self.pending().is_some() {
            self.cookies.remove(self.cookie(self.name("__Host-p", "p"), String::new()));
        }
    }

    fn name(&self, private: &'static str, open: &'static str) -> &'static str {
        if self.config.is_https() { private } else { open }
    }

    fn add(&self, name: &'static str, value: String, age: Option<Millis>) {
        let mut cookie = self.cookie(name, value);
        if let Some(age) = age {
            cookie.set_max_age(Duration::seconds(age / SECOND));
        }
        self.cookies.add(cookie);
    }

    fn cookie(&self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .secure(self.config.is_https())
            .same_site(SameSite::Lax)
            .build()
    }
}

fn waiting(attempt: Result<Attempt<'_>>) -> Result<std::result::Result<Attempt<'_>, u64>> {
    match attempt {
        Ok(attempt) => Ok(Ok(attempt)),
        Err(Error::TooMany(wait)) => Ok(Err(wait)),
        Err(error) => Err(error),
    }
}

/// The page to go to next: only a path of ours, everything else leads to the start.
pub fn landing(next: &str) -> &str {
    let ours = next.starts_with('/') && !next[1..].starts_with(['/', '\\']) && !next.contains('\\');
    if ours && next.len() <= 2000 && Uri::parse(next).is_ok() { next } else { "/" }
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
