//! What the pages of inboxes stand on.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::form::InboxForm;
use crate::accounts::{self, Person};
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::imap::Dialer;
use crate::inboxes::Inbox;
use crate::inboxes::credentials::Credentials;
use crate::inboxes::store::health::{self, Health};
use crate::inboxes::store::{self, SecretKind};
use crate::inboxes::views::FormPage;
use crate::keys::Keys;
use crate::mailer::Carrier;
use crate::web::Cx;

/// For each answer of a server while somebody waits before the page.
const PATIENCE: Duration = Duration::from_secs(8);

/// Database, keys, settings, and the ways mail takes.
pub struct Desk<'r> {
    pub db: &'r Db,
    pub keys: &'r Keys,
    pub carrier: &'r Carrier,
    pub config: &'r Arc<Config>,
    pub credentials: &'r Credentials,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Desk<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let rocket = request.rocket();
        let whole = || {
            Some(Self {
                db: rocket.state()?,
                keys: rocket.state()?,
                carrier: rocket.state()?,
                config: rocket.state()?,
                credentials: rocket.state()?,
            })
        };
        match whole() {
            Some(desk) => Outcome::Success(desk),
            None => Outcome::Forward(Status::InternalServerError),
        }
    }
}

/// An inbox with what its form shows besides.
pub struct Known {
    pub inbox: Inbox,
    pub members: Vec<i64>,
    pub has_password: bool,
    pub has_imap_password: bool,
}

impl Desk<'_> {
    /// The inbox with this id.
    pub async fn known(&self, id: i64) -> Result<Known> {
        let read = self.db.read(move |connection| {
            Ok(Known {
                inbox: store::get(connection, id)?,
                members: store::members(connection, id)?,
                has_password: store::has_secret(connection, id, SecretKind::Smtp)?,
                has_imap_password: store::has_secret(connection, id, SecretKind::Imap)?,
            })
        });
        read.await
    }

    /// How the inbox with this id is.
    pub async fn health(&self, id: i64) -> Result<Health> {
        self.db.read(move |connection| health::of(connection, id)).await
    }

    /// The form, of an inbox or of a new one.
    pub async fn form(&self, cx: Cx, typed: InboxForm, known: Option<&Known>) -> Result<FormPage> {
        let people: Vec<Person> = self.db.read(accounts::people).await?;
        Ok(FormPage::new(cx, typed, known, people, self.credentials.consents()))
    }

    /// Reaches mailboxes while somebody waits.
    pub fn dialer(&self) -> Result<Dialer> {
        Dialer::configured(self.config, PATIENCE).map_err(Error::internal)
    }
}
