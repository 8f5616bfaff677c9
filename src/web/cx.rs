//! The context of a page: who sees it, in which language, and what its frame needs. Templates call its methods.

use std::sync::Arc;

use rocket::http::{Cookie, SameSite, Status};
use rocket::request::{FlashMessage, FromRequest, Outcome, Request};
use rocket::response::Flash;

use super::assets;
use super::house::{House, house};
use super::i18n::{Args, Lang, arg, args};
use super::page::{Away, Reply, redirect};
use super::showcase::Showcase;
use super::times::Times;
use crate::auth::{Enrollee, FormToken, Holder, Right, Role, Theme, Viewer, cookie_name, holder};
use crate::config::Config;
use crate::db::Db;
use crate::keys::{self, Keys};

/// What every template gets as `cx`.
pub struct Cx {
    pub lang: Lang,
    pub viewer: Option<Viewer>,
    /// Whoever is signed in and must set up a second factor first.
    pub enrollee: Option<Enrollee>,
    pub times: Times,
    /// The form token, masked for this page.
    pub token: String,
    /// The newest fact before the page's own queries: live updates begin after it.
    pub after: i64,
    /// What was done on the page before: kind and text.
    pub flash: Option<(String, String)>,
    /// Whether the connection is private; if not, a line says so.
    pub private: Privacy,
    /// How htmx asks, if it asks.
    pub htmx: Htmx,
    /// The workspace as strangers see it; only on pages of those who are not signed in.
    pub house: Option<House>,
    /// Only while the demo runs.
    pub showcase: Option<Showcase>,
    path: String,
    /// Path and query of the page that a block asks for, as the browser says it.
    page: Option<String>,
}

/// Whether others can read along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    Private,
    Open,
}

/// How the request was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Htmx {
    /// A browser opens a page.
    No,
    /// A block asks for itself.
    Partial,
    /// A link or form that changes the page's main part.
    Full,
}

impl Cx {
    /// The query of the page that a block asks for, if it is the page of this path.
    #[must_use]
    pub fn query_of(&self, path: &str) -> Option<&str> {
        let (there, query) = self.page.as_deref()?.split_once('?')?;
        (there == path).then_some(query)
    }

    /// The text `key`.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// The text `key` with one value.
    #[must_use]
    pub fn t1(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.lang.with(key, &arg(name, value.to_string()))
    }

    /// The text `key` with two values.
    #[must_use]
    pub fn t2(&self, key: &str, first: (&'static str, impl ToString), second: (&'static str, impl ToString)) -> String {
        self.lang.with(key, &args([(first.0, first.1.to_string()), (second.0, second.1.to_string())]))
    }

    /// The text `key` with a number `n` that decides singular and plural.
    #[must_use]
    pub fn count(&self, key: &str, n: impl Into<i64>) -> String {
        self.lang.count(key, n.into())
    }

    /// The text `key` with values.
    #[must_use]
    pub fn with(&self, key: &str, values: &Args) -> String {
        self.lang.with(key, values)
    }

    /// How long to wait, in words, after too many attempts.
    #[must_use]
    pub fn wait(&self, seconds: u64) -> String {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        match seconds {
            0..100 => self.count("error-429", number(seconds)),
            _ => self.count("error-429-minutes", number(seconds.div_ceil(60))),
        }
    }

    /// Whether the person who sees the page has this right.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.may(right))
    }

    /// Whether the person who sees the page is the owner or an admin.
    #[must_use]
    pub fn runs_team(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Admin)
    }

    /// Whether any page about the company is theirs to open: the menu has a heading for them.
    #[must_use]
    pub fn sees_company(&self) -> bool {
        let rights = [Right::Settings, Right::InboxesManage, Right::Audit, Right::Conversations];
        self.runs_team() || rights.into_iter().any(|right| self.may(right))
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of an icon in the sprite.
    #[must_use]
    pub fn icon(&self, name: &str) -> String {
        [assets::sprite(), "#i-", name].concat()
    }

    /// Key of the workspace's logo.
    #[must_use]
    pub fn logo(&self) -> Option<&str> {
        let own = self.viewer.as_ref().and_then(|viewer| viewer.house_logo.as_deref());
        own.or_else(|| self.house.as_ref()?.logo.as_deref())
    }

    /// Whose pages these are to a stranger: the workspace's name, or the product's before it has one.
    #[must_use]
    pub fn house_name(&self) -> String {
        self.house.as_ref().map_or_else(|| self.t("product"), |house| house.name.clone())
    }

    /// Whether a line must say that the connection is not private.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.private == Privacy::Open
    }

    /// `page` for the entry of the navigation that the page belongs to.
    #[must_use]
    pub fn is_in(&self, prefix: &str) -> bool {
        self.path.starts_with(prefix)
    }

    /// Says on another page what was done: by a redirect, or for htmx by asking it to open that page.
    #[must_use]
    pub fn done(&self, to: &str, key: &str) -> Reply {
        match self.htmx {
            Htmx::No => redirect(to, key),
            Htmx::Partial | Htmx::Full => Reply::Told(Box::new(Flash::success(Away(to.to_owned()), key))),
        }
    }

    /// The path of the request.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `None` where the device decides.
    #[must_use]
    pub fn theme(&self) -> Option<&'static str> {
        let own = self.viewer.as_ref().map(|viewer| viewer.theme);
        let theme = own.or(self.enrollee.as_ref().map(|enrollee| enrollee.theme)).map_or("auto", Theme::as_str);
        Some(theme).filter(|theme| *theme != "auto")
    }
}

/// The name of the cookie that forms of guests are bound to.
fn guest_cookie(config: &Config) -> &'static str {
    if config.is_https() { "__Host-g" } else { "g" }
}

/// The token that belongs to the cookies of a request, if there are any.
pub(super) fn form_token(request: &Request<'_>) -> Option<FormToken> {
    let config = request.rocket().state::<Arc<Config>>()?;
    let keys = request.rocket().state::<Keys>()?;
    let cookies = request.cookies();
    let cookie = cookies.get(cookie_name(config)).or_else(|| cookies.get(guest_cookie(config)))?;
    Some(FormToken::for_cookie(keys, cookie.value()))
}

/// The language of a request: the person's, else the browser's, else the workspace's, else the one of the settings.
pub(super) async fn language(request: &Request<'_>) -> Lang {
    let own = match holder(request).await {
        Some(Holder::Viewer(viewer)) => viewer.language.as_deref(),
        Some(Holder::Enrollee(enrollee)) => enrollee.language.as_deref(),
        None => None,
    };
    let own = own.and_then(Lang::parse);
    let asked = || request.headers().get_one("Accept-Language").and_then(Lang::accepted);
    if let Some(lang) = own.or_else(asked) {
        return lang;
    }
    let config = || request.rocket().state::<Arc<Config>>().and_then(|config| Lang::parse(&config.language));
    house(request).await.and_then(|house| house.lang).or_else(config).unwrap_or(Lang::PtBr)
}

impl Cx {
    /// The context of a request.
    ///
    /// # Errors
    /// When the server is not whole or has no randomness.
    pub(super) async fn of(request: &Request<'_>) -> crate::error::Result<Self> {
        let missing = || crate::error::Error::internal("the server is not whole");
        let config = request.rocket().state::<Arc<Config>>().ok_or_else(missing)?;
        let db = request.rocket().state::<Db>().ok_or_else(missing)?;
        let lang = language(request).await;
        let (viewer, enrollee) = match holder(request).await {
            Some(Holder::Viewer(viewer)) => (Some(viewer.clone()), None),
            Some(Holder::Enrollee(enrollee)) => (None, Some(enrollee.clone())),
            None => (None, None),
        };
        let house = if viewer.is_none() { house(request).await.cloned() } else { None };
        let strange = house.as_ref().map_or(config.zone.as_str(), |house| house.zone.as_str());
        let own = viewer.as_ref().map(|viewer| viewer.zone.as_str());
        let zone = own.or(enrollee.as_ref().map(|enrollee| enrollee.zone.as_str())).unwrap_or(strange);
        let times = Times::new(lang, zone, db.clock().now());
        let token = match form_token(request) {
            Some(token) => token.masked()?,
            None => new_guest(request, config)?.masked()?,
        };
        // A block that is fetched on its own has no place for it: it waits for the page.
        let flash = match htmx(request) {
            Htmx::Partial | Htmx::Full => None,
            Htmx::No => FlashMessage::from_request(request).await.succeeded(),
        };
        Ok(Self {
            lang,
            viewer,
            enrollee,
            times,
            token,
            after: db.told(),
            flash: flash.map(|flash| (flash.kind().to_owned(), lang.t(flash.message()))),
            private: if config.is_https() { Privacy::Private } else { Privacy::Open },
            htmx: htmx(request),
            house,
            showcase: request.rocket().state::<Showcase>().copied(),
            path: request.uri().path().as_str().to_owned(),
            page: page(request),
        })
    }
}

fn new_guest(request: &Request<'_>, config: &Config) -> crate::error::Result<FormToken> {
    let value = keys::random_text::<32>()?;
    let keys = request.rocket().state::<Keys>().ok_or_else(|| crate::error::Error::internal("no keys"))?;
    let token = FormToken::for_cookie(keys, &value);
    let cookie = Cookie::build((guest_cookie(config), value))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(config.is_https())
        .path("/");
    request.cookies().add(cookie);
    Ok(token)
}

/// Longest address of a page that is read, in bytes.
const LONGEST_PAGE: usize = 4096;

fn page(request: &Request<'_>) -> Option<String> {
    let address = request.headers().get_one("HX-Current-URL").filter(|address| address.len() <= LONGEST_PAGE)?;
    let (_, rest) = address.split_once("://")?;
    Some(rest[rest.find('/')?..].split('#').next()?.to_owned())
}

fn htmx(request: &Request<'_>) -> Htmx {
    match (request.headers().get_one("HX-Request"), request.headers().get_one("HX-Request-Type")) {
        (Some("true"), Some("partial")) => Htmx::Partial,
        (Some("true"), _) => Htmx::Full,
        _ => Htmx::No,
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Cx {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Self::of(request).await {
            Ok(cx) => Outcome::Success(cx),
            Err(error) => {
                tracing::error!(%error, "no page context");
                Outcome::Error((Status::InternalServerError, ()))
            }
        }
    }
}
