//! Applications registered with Google and Microsoft, which let people consent to their mailbox being read (OAuth 2.0).

use url::Url;

use super::{Raw, wrong};
use crate::error::Result;
use crate::keys::Secret;

/// An application registered with a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    pub client_id: String,
    pub client_secret: Secret,
    /// The page where people consent.
    pub auth_url: Url,
    /// Where codes and tokens are exchanged.
    pub token_url: Url,
}

pub(super) fn google(raw: &Raw) -> Result<Option<Application>> {
    let (id, secret) = (raw.google_client_id.as_deref(), raw.google_client_secret.as_deref());
    let Some((client_id, client_secret)) = pair("RECADO_GOOGLE_CLIENT_SECRET", id, secret)? else {
        return Ok(None);
    };
    let auth = raw.google_auth_url.as_deref().unwrap_or("https://accounts.google.com/o/oauth2/v2/auth");
    let token = raw.google_token_url.as_deref().unwrap_or("https://oauth2.googleapis.com/token");
    let (auth_url, token_url) = (address("RECADO_GOOGLE_AUTH_URL", auth)?, address("RECADO_GOOGLE_TOKEN_URL", token)?);
    Ok(Some(Application { client_id, client_secret, auth_url, token_url }))
}

pub(super) fn microsoft(raw: &Raw) -> Result<Option<Application>> {
    const TENANT: &str = "RECADO_MICROSOFT_TENANT";
    let (id, secret) = (raw.microsoft_client_id.as_deref(), raw.microsoft_client_secret.as_deref());
    let Some((client_id, client_secret)) = pair("RECADO_MICROSOFT_CLIENT_SECRET", id, secret)? else {
        return Ok(None);
    };
    let tenant = raw.microsoft_tenant.as_deref().unwrap_or("organizations");
    if tenant.is_empty() || tenant.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')) {
        return Err(wrong(TENANT, "is a name or an id of Microsoft Entra", "contoso.onmicrosoft.com"));
    }
    let usual = |end: &str| ["https://login.microsoftonline.com/", tenant, "/oauth2/v2.0/", end].concat();
    let auth = raw.microsoft_auth_url.clone().unwrap_or_else(|| usual("authorize"));
    let token = raw.microsoft_token_url.clone().unwrap_or_else(|| usual("token"));
    let auth_url = address("RECADO_MICROSOFT_AUTH_URL", &auth)?;
    Ok(Some(Application {
        client_id,
        client_secret,
        auth_url,
        token_url: address("RECADO_MICROSOFT_TOKEN_URL", &token)?,
    }))
}

fn pair(setting: &str, id: Option<&str>, secret: Option<&str>) -> Result<Option<(String, Secret)>> {
    match (id.filter(|id| !id.is_empty()), secret.filter(|secret| !secret.is_empty())) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => Ok(Some((id.to_owned(), Secret(secret.to_owned())))),
        _ => Err(wrong(setting, "client id and client secret go together", "…")),
    }
}

fn address(setting: &str, text: &str) -> Result<Url> {
    const EXAMPLE: &str = "https://login.example.com/authorize";
    let url: Url = super::parsed(setting, text, EXAMPLE)?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        return Ok(url);
    }
    Err(wrong(setting, "must begin with https:// or http:// and name a host", EXAMPLE))
}
