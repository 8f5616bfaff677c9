//! What every handler here works with.

use std::convert::Infallible;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use crate::accounts::{self, Person};
use crate::db::Db;
use crate::error::Result;
use crate::inboxes::views::FormPage;
use crate::inboxes::{Inbox, store};
use crate::keys::Keys;
use crate::mailer::Carrier;
use crate::web::Cx;

use super::form::InboxForm;

/// Database, keys and the way mail leaves.
pub struct Desk<'r> {
    pub db: &'r Db,
    pub keys: &'r Keys,
    pub carrier: &'r Carrier,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Desk<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let rocket = request.rocket();
        let (Some(db), Some(keys), Some(carrier)) =
            (rocket.state::<Db>(), rocket.state::<Keys>(), rocket.state::<Carrier>())
        else {
            return Outcome::Forward(Status::InternalServerError);
        };
        Outcome::Success(Self { db, keys, carrier })
    }
}

/// An inbox with what its form shows besides.
pub struct Known {
    pub inbox: Inbox,
    pub members: Vec<i64>,
    pub has_password: bool,
}

impl Desk<'_> {
    /// The inbox with this id.
    pub async fn known(&self, id: i64) -> Result<Known> {
        let read = self.db.read(move |connection| {
            Ok(Known {
                inbox: store::get(connection, id)?,
                members: store::members(connection, id)?,
                has_password: store::has_secret(connection, id, store::SecretKind::Smtp)?,
            })
        });
        read.await
    }

    /// The form, of an inbox or of a new one.
    pub async fn form(&self, cx: Cx, typed: InboxForm, known: Option<&Known>) -> Result<FormPage> {
        let people: Vec<Person> = self.db.read(accounts::people).await?;
        Ok(FormPage::new(cx, typed, known, people))
    }
}
