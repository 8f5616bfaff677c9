//! What an inbox signs in with.

use crate::config::Proof;
use crate::error::Result;
use crate::imap::{Login, Server};
use crate::inboxes::store::Way;
use crate::inboxes::{Credentials, Inbox, OwnMailbox};
use crate::mailer::Reason;

/// The server of an inbox's mailbox with what it is signed in to with now.
///
/// # Errors
/// Database errors. The inner error says why nobody can sign in: nothing is stored, or what is stored is not valid any more.
pub async fn sign_in_of(
    credentials: &Credentials,
    inbox: &Inbox,
    mailbox: &OwnMailbox,
) -> Result<Result<Server, Reason>> {
    let credential = match credentials.of(inbox, Way::In).await? {
        Err(reason) => return Ok(Err(reason)),
        Ok(None) => return Ok(Err(Reason::new("imap-no-password", ""))),
        Ok(Some(credential)) => credential,
    };
    let own = &mailbox.server;
    let username = own.username.clone().unwrap_or_else(|| inbox.address.clone());
    let login = match credential.proof {
        Proof::Password => Login::Password { username, secret: credential.secret },
        Proof::Bearer => Login::Bearer { username, token: credential.secret },
    };
    Ok(Ok(Server { host: own.host.clone(), port: own.port, security: own.security, login }))
}
