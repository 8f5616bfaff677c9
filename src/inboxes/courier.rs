//! One attempt to send mail of an inbox, by its own server or the house's, with what it signs in with now.

use super::credentials::Credentials;
use super::model::{Connected, Inbox};
use crate::config::{Proof, Smtp};
use crate::error::Result;
use crate::mailer::{Attempt, Carrier, Envelope, Reason};

/// What an attempt is answered with while an inbox is disconnected: nothing is wrong, and nothing leaves.
pub const DISCONNECTED: &str = "inbox-is-disconnected";

/// Takes mail of inboxes to their servers.
#[derive(Clone)]
pub struct Courier {
    carrier: Carrier,
    credentials: Credentials,
}

impl Courier {
    #[must_use]
    pub fn new(carrier: Carrier, credentials: Credentials) -> Self {
        Self { carrier, credentials }
    }

    /// One attempt to hand `raw` over. A token that the server refuses is renewed once.
    ///
    /// # Errors
    /// Database errors.
    pub async fn deliver(&self, inbox: &Inbox, envelope: &Envelope, raw: &[u8]) -> Result<Attempt> {
        if inbox.connected == Connected::No {
            return Ok(Attempt::Later(Reason::new(DISCONNECTED, "")));
        }
        let server = match self.credentials.way_out(inbox).await? {
            Err(reason) => return Ok(Attempt::Later(reason)),
            Ok(server) => server,
        };
        let attempt = self.attempt(server.clone(), envelope, raw).await;
        if !matches!(&attempt, Attempt::Later(reason) if reason.key == "delivery-sign-in") {
            return Ok(attempt);
        }
        match self.with_another_token(inbox, server).await? {
            None => Ok(attempt),
            Some(Ok(server)) => Ok(self.attempt(Some(server), envelope, raw).await),
            Some(Err(reason)) => Ok(Attempt::Later(reason)),
        }
    }

    /// Whether the server of an inbox answers and lets us in.
    ///
    /// # Errors
    /// Database errors. The inner error says why not.
    pub async fn check(&self, inbox: &Inbox) -> Result<Result<(), Reason>> {
        let server = match self.credentials.way_out(inbox).await? {
            Err(reason) => return Ok(Err(reason)),
            Ok(server) => server,
        };
        let Some(transport) = self.carrier.transport(server.clone()) else {
            return Ok(Err(Reason::new("delivery-no-way", "")));
        };
        let Err(refused) = transport.check().await else { return Ok(Ok(())) };
        if refused.key != "delivery-sign-in" {
            return Ok(Err(refused));
        }
        match self.with_another_token(inbox, server).await? {
            None => Ok(Err(refused)),
            Some(Err(reason)) => Ok(Err(reason)),
            Some(Ok(server)) => match self.carrier.transport(Some(server)) {
                Some(transport) => Ok(transport.check().await),
                None => Ok(Err(refused)),
            },
        }
    }

    async fn attempt(&self, server: Option<Smtp>, envelope: &Envelope, raw: &[u8]) -> Attempt {
        match self.carrier.transport(server) {
            Some(transport) => transport.deliver(envelope, raw).await,
            None => Attempt::Refused(Reason::new("delivery-no-way", "")),
        }
    }

    /// The server with a new token in place of the one that was refused; `None` where no token is used.
    async fn with_another_token(&self, inbox: &Inbox, server: Option<Smtp>) -> Result<Option<Result<Smtp, Reason>>> {
        let Some(server) = server.filter(|server| server.proof == Proof::Bearer) else { return Ok(None) };
        let Some(refused) = &server.password else { return Ok(None) };
        let renewed = self.credentials.renewed(inbox, refused).await?;
        Ok(Some(renewed.map(|credential| Smtp { password: credential.map(|credential| credential.secret), ..server })))
    }
}
