//! What an inbox signs in with now: its password, or a token that is renewed before it ends. One renewal of an inbox runs
//! at a time; who waits gets what it brought.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Mutex as Turn;

use super::consent::{Consents, Tokens};
use super::model::{Credential, Inbox, SignIn};
use super::store::{self, SecretKind, Way};
use crate::config::{Proof, Smtp};
use crate::db::Db;
use crate::error::Result;
use crate::keys::{Keys, Secret};
use crate::mailer::Reason;

/// Knows what inboxes sign in with.
#[derive(Clone)]
pub struct Credentials {
    db: Db,
    keys: Keys,
    consents: Consents,
    turns: Arc<Mutex<HashMap<i64, Arc<Turn<()>>>>>,
}

impl Credentials {
    #[must_use]
    pub fn new(db: Db, keys: Keys, consents: Consents) -> Self {
        Self { db, keys, consents, turns: Arc::default() }
    }

    /// The asking of providers itself.
    #[must_use]
    pub fn consents(&self) -> &Consents {
        &self.consents
    }

    /// What `inbox` signs in with for one way. `None`: with nothing. The inner error says why nobody can sign in now.
    ///
    /// # Errors
    /// Database errors.
    pub async fn of(&self, inbox: &Inbox, way: Way) -> Result<Result<Option<Credential>, Reason>> {
        if inbox.mail.sign_in != SignIn::Password {
            return Ok(self.token(inbox, None).await?.map(Some));
        }
        let kind = match way {
            Way::In => SecretKind::Imap,
            Way::Out => SecretKind::Smtp,
        };
        let secret = self.stored(inbox.id, kind).await?;
        Ok(Ok(secret.map(|secret| Credential { secret, proof: Proof::Password })))
    }

    /// The same after a server refused `refused`, which may have ended before its time. A password is what it is.
    ///
    /// # Errors
    /// Database errors.
    pub async fn renewed(&self, inbox: &Inbox, refused: &Secret) -> Result<Result<Option<Credential>, Reason>> {
        if inbox.mail.sign_in == SignIn::Password {
            return Ok(Ok(None));
        }
        Ok(self.token(inbox, Some(refused)).await?.map(Some))
    }

    /// The server of its own that an inbox sends by, with what it is signed in to with now. `None`: it has none.
    ///
    /// # Errors
    /// Database errors.
    pub async fn way_out(&self, inbox: &Inbox) -> Result<Result<Option<Smtp>, Reason>> {
        let Some(server) = &inbox.mail.smtp else { return Ok(Ok(None)) };
        let credential = self.of(inbox, Way::Out).await?;
        Ok(credential.map(|credential| Some(server.with_credential(&inbox.address, credential))))
    }

    async fn stored(&self, inbox: i64, kind: SecretKind) -> Result<Option<Secret>> {
        let keys = self.keys.clone();
        self.db.read(move |connection| store::secret(connection, inbox, kind, &keys)).await
    }

    async fn token(&self, inbox: &Inbox, refused: Option<&Secret>) -> Result<Result<Credential, Reason>> {
        let turn = self.turn(inbox.id);
        let _alone = turn.lock().await;
        let stored = self.stored(inbox.id, SecretKind::OAuth).await?;
        let Some(tokens) = stored.as_ref().and_then(Tokens::parse) else {
            return Ok(Err(Reason::new("mail-consent", "")));
        };
        let now = self.db.clock().now();
        let bearer = |tokens: &Tokens| Credential { secret: tokens.access(), proof: Proof::Bearer };
        if tokens.is_fresh(now) && refused != Some(&tokens.access()) {
            return Ok(Ok(bearer(&tokens)));
        }
        match self.consents.renew(inbox.mail.sign_in, &tokens, now).await {
            Err(reason) => Ok(Err(reason)),
            Ok(renewed) => {
                self.keep(inbox.id, &renewed).await?;
                Ok(Ok(bearer(&renewed)))
            }
        }
    }

    /// Stores tokens.
    ///
    /// # Errors
    /// Database errors.
    pub async fn keep(&self, inbox: i64, tokens: &Tokens) -> Result<()> {
        let (secret, keys) = (tokens.to_secret()?, self.keys.clone());
        self.db.write(move |tx| store::set_secret(tx, inbox, SecretKind::OAuth, Some(&secret), &keys)).await
    }

    fn turn(&self, inbox: i64) -> Arc<Turn<()>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).entry(inbox).or_default().clone()
    }
}
