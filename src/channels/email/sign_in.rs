//! What an inbox signs in with.

use crate::db::Db;
use crate::error::Result;
use crate::imap::{Login, Server};
use crate::inboxes::store::{self as inboxes, SecretKind};
use crate::inboxes::{Inbox, OwnMailbox};
use crate::keys::{Keys, Secret};
use crate::mailer::Reason;

/// The server of an inbox's mailbox with what it is signed in to with now.
///
/// # Errors
/// Database errors. The inner error says why nobody can sign in: nothing is stored, or what is stored is not valid any more.
pub async fn sign_in_of(db: &Db, keys: &Keys, inbox: &Inbox, mailbox: &OwnMailbox) -> Result<Result<Server, Reason>> {
    let (id, keys) = (inbox.id, keys.clone());
    let stored: Option<Secret> =
        db.read(move |connection| inboxes::secret(connection, id, SecretKind::Imap, &keys)).await?;
    let Some(secret) = stored else { return Ok(Err(Reason::new("imap-no-password", ""))) };
    let own = &mailbox.server;
    let username = own.username.clone().unwrap_or_else(|| inbox.address.clone());
    let login = Login::Password { username, secret };
    Ok(Ok(Server { host: own.host.clone(), port: own.port, security: own.security, login }))
}
