//! Signing in to a mailbox by consent (OAuth 2.0, RFC 6749, with PKCE, RFC 7636): the link to the provider, what comes
//! back, tokens and their renewal. Nothing is stored before somebody consented: what was asked stands, signed, in the
//! state that travels with it, bound to the session that asked.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD as TEXT;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;

use super::model::{Inbox, SignIn};
use crate::clock::{MINUTE, Millis, SECOND};
use crate::config::{Application, Config};
use crate::error::Result;
use crate::http::{Client, Limits};
use crate::keys::{self, Keys, Secret, mac};
use crate::mailer::Reason;

/// Where the provider sends people back to; registered there exactly like this.
pub const CALLBACK: &str = "/settings/inboxes/oauth/callback";
/// A link to the provider is good for so long.
const GOOD_FOR: Millis = 15 * MINUTE;
/// A token that lasts no longer than this is renewed before it is used.
const MARGIN: Millis = 2 * MINUTE;
/// For the token endpoint.
const LIMITS: Limits = Limits { time: Duration::from_secs(20), bytes: 256 * 1024, redirects: 0 };

/// What a provider gave. It is stored sealed.
#[derive(Serialize, Deserialize)]
pub struct Tokens {
    access: String,
    refresh: String,
    expires_at: Millis,
}

impl Tokens {
    /// What servers take as proof.
    #[must_use]
    pub fn access(&self) -> Secret {
        Secret(self.access.clone())
    }

    /// Whether it is good for a while after `now`.
    #[must_use]
    pub fn is_fresh(&self, now: Millis) -> bool {
        self.expires_at - MARGIN > now
    }

    /// As it is sealed.
    ///
    /// # Errors
    /// Never in practice.
    pub fn to_secret(&self) -> Result<Secret> {
        Ok(Secret(serde_json::to_string(self)?))
    }

    /// What [`Tokens::to_secret`] made.
    #[must_use]
    pub fn parse(secret: &Secret) -> Option<Self> {
        serde_json::from_str(&secret.0).ok()
    }
}

/// What a state says, once it is known to be ours.
pub struct Asked {
    pub inbox: i64,
    /// Counts once.
    pub nonce: String,
    verifier: String,
}

/// Asks providers.
#[derive(Clone)]
pub struct Consents {
    http: Client,
    config: Arc<Config>,
    keys: Keys,
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<i64>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

impl Consents {
    #[must_use]
    pub fn new(http: Client, config: Arc<Config>, keys: Keys) -> Self {
        Self { http, config, keys }
    }

    /// The application registered for a way of signing in; `None` where the configuration names none.
    #[must_use]
    pub fn application(&self, sign_in: SignIn) -> Option<&Application> {
        match sign_in {
            SignIn::Password => None,
            SignIn::Google => self.config.google.as_ref(),
            SignIn::Microsoft => self.config.microsoft.as_ref(),
        }
    }

    /// The provider's page where the mailbox of `inbox` is consented to, for the person of `session`.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn link(&self, inbox: &Inbox, session: i64, now: Millis) -> Result<Option<Url>> {
        let sign_in = inbox.mail.sign_in;
        let Some(application) = self.application(sign_in) else { return Ok(None) };
        let nonce = keys::random_text::<20>()?;
        let state = self.state(inbox.id, session, now + GOOD_FOR, &nonce);
        let challenge = TEXT.encode(&Sha256::digest(self.verifier(session, &nonce)));
        let mut url = application.auth_url.clone();
        url.query_pairs_mut()
            .append_pair("client_id", &application.client_id)
            .append_pair("redirect_uri", &self.config.link(CALLBACK))
            .append_pair("response_type", "code")
            .append_pair("scope", scope(sign_in))
            .append_pair("state", &state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("login_hint", &inbox.address);
        if sign_in == SignIn::Google {
            // Without these Google gives no token to renew with when somebody consents again.
            url.query_pairs_mut().append_pair("access_type", "offline").append_pair("prompt", "consent");
        }
        Ok(Some(url))
    }

    fn state(&self, inbox: i64, session: i64, until: Millis, nonce: &str) -> String {
        let said = format!("{inbox}.{until}.{nonce}");
        let proof = mac(&self.keys.derive("consent state"), format!("{session}.{said}").as_bytes());
        format!("{said}.{}", TEXT.encode(&proof))
    }

    /// 43 letters that only this installation can make again.
    fn verifier(&self, session: i64, nonce: &str) -> String {
        TEXT.encode(&mac(&self.keys.derive("consent verifier"), format!("{session}.{nonce}").as_bytes()))
    }

    /// What a state that came back says, if it is ours, of this session, and not too old.
    #[must_use]
    pub fn open(&self, state: &str, session: i64, now: Millis) -> Option<Asked> {
        let mut parts = state.split('.');
        let (inbox, until, nonce) = (parts.next()?, parts.next()?, parts.next()?);
        let (inbox, until): (i64, Millis) = (inbox.parse().ok()?, until.parse().ok()?);
        let expected = self.state(inbox, session, until, nonce);
        let is_ours: bool = expected.as_bytes().ct_eq(state.as_bytes()).into();
        (is_ours && now < until).then(|| Asked {
            inbox,
            nonce: nonce.to_owned(),
            verifier: self.verifier(session, nonce),
        })
    }

    /// Exchanges a code for tokens.
    ///
    /// # Errors
    /// Why the provider gave none.
    pub async fn exchange(&self, sign_in: SignIn, code: &str, asked: &Asked, now: Millis) -> Result<Tokens, Reason> {
        let back = self.config.link(CALLBACK);
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &back),
            ("code_verifier", &asked.verifier),
        ];
        let given = self.ask(sign_in, &fields).await?;
        let refresh = given.refresh_token.clone().ok_or_else(|| Reason::new("mail-consent-short", ""))?;
        Ok(tokens(given, refresh, now))
    }

    /// New tokens for old ones. Providers may give another token to renew with each time, and then the old one is worth
    /// nothing.
    ///
    /// # Errors
    /// Why the provider gave none: `mail-consent` when somebody has to consent again.
    pub async fn renew(&self, sign_in: SignIn, old: &Tokens, now: Millis) -> Result<Tokens, Reason> {
        let fields =
            [("grant_type", "refresh_token"), ("refresh_token", old.refresh.as_str()), ("scope", scope(sign_in))];
        let given = self.ask(sign_in, &fields).await?;
        let refresh = given.refresh_token.clone().unwrap_or_else(|| old.refresh.clone());
        Ok(tokens(given, refresh, now))
    }

    async fn ask(&self, sign_in: SignIn, fields: &[(&str, &str)]) -> Result<Given, Reason> {
        let Some(application) = self.application(sign_in) else {
            return Err(Reason::new("mail-no-application", sign_in.provider()));
        };
        let who =
            [("client_id", application.client_id.as_str()), ("client_secret", application.client_secret.0.as_str())];
        let all: Vec<(&str, &str)> = who.iter().chain(fields).copied().collect();
        let answer = self.http.post_form(&application.token_url, &all, LIMITS).await;
        let answer = answer.map_err(|fault| Reason::new("mail-provider-later", fault))?;
        if answer.status == 200 {
            // Only the shape is told: the answer holds secrets.
            return serde_json::from_slice(&answer.bytes).map_err(|_| Reason::new("mail-provider-later", "HTTP 200"));
        }
        let refused: Option<Refused> = serde_json::from_slice(&answer.bytes).ok();
        let error = refused.map(|refused| refused.error).unwrap_or_default();
        let key = match (answer.status, error.as_str()) {
            (_, "invalid_grant" | "interaction_required" | "consent_required") => "mail-consent",
            (400..=499, "invalid_client" | "unauthorized_client" | "invalid_scope") => "mail-application",
            _ => "mail-provider-later",
        };
        Err(Reason::new(key, format!("HTTP {} {error}", answer.status)))
    }
}

fn tokens(given: Given, refresh: String, now: Millis) -> Tokens {
    let lasts = given.expires_in.unwrap_or(3600).clamp(0, 24 * 3600);
    Tokens { access: given.access_token, refresh, expires_at: now + lasts * SECOND }
}

fn scope(sign_in: SignIn) -> &'static str {
    match sign_in {
        SignIn::Google => "https://mail.google.com/",
        SignIn::Password | SignIn::Microsoft => {
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
        }
    }
}
