//! The settings: a file (`recado.toml`) and `RECADO_…` variables, the variables winning. Checked once at start; an error
//! names the setting, what is wrong, and an example.

mod applications;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use ipnet::IpNet;
use serde::Deserialize;
use url::Url;

use crate::error::{Error, Result};
use crate::keys::Secret;

pub use applications::Application;

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// `RECADO_DATA_DIR`: the folder of the database and the key file.
    pub data_dir: PathBuf,
    /// `RECADO_PUBLIC_URL`: the address people type, without a path. Links, cookies and the check of forms use it.
    pub public_url: Url,
    /// `RECADO_LISTEN`: where the server listens.
    pub listen: SocketAddr,
    /// `RECADO_TRUSTED_PROXIES`: networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// `RECADO_LANGUAGE`: language of a new workspace.
    pub language: String,
    /// `RECADO_TIME_ZONE`: zone of a new workspace.
    pub zone: String,
    /// `RECADO_SMTP_*`: the server for mail the product itself sends, and for inboxes without one of their own.
    pub smtp: Option<Smtp>,
    /// `RECADO_MAIL_FROM`: sender of mail the product itself sends.
    pub mail_from: Option<String>,
    /// `RECADO_ALLOW_PRIVATE_MAIL_HOSTS`: mail servers of inboxes may be on private networks.
    pub private_mail_hosts: PrivateHosts,
    /// `RECADO_MAIL_CA`: a file with certificates (PEM) that are believed of mail servers beside the public ones.
    pub mail_ca: Option<String>,
    /// `RECADO_ALLOW_PRIVATE_WEB_HOSTS`: addresses that come in mails may be fetched from private networks.
    pub private_web_hosts: PrivateHosts,
    /// `RECADO_GOOGLE_*`: the application that people consent to for Gmail and Google Workspace.
    pub google: Option<Application>,
    /// `RECADO_MICROSOFT_*`: the same for Outlook and Microsoft 365.
    pub microsoft: Option<Application>,
    /// `RECADO_MAIL_CHECKED_BY`: the name by which the own mail server writes `Authentication-Results` (RFC 8601). What
    /// somebody of the team answers by mail leaves only if that server found it to be theirs.
    pub mail_checked_by: Option<String>,
    /// `RECADO_SESSION_IDLE_DAYS`: a session unused for so many days ends.
    pub session_idle_days: u32,
    /// `RECADO_MAX_MAIL_BYTES`: larger mails keep envelope, text and a line with the size.
    pub max_mail_bytes: usize,
    /// `RECADO_MAX_UPLOAD_BYTES`: the largest file in an answer.
    pub max_upload_bytes: u64,
    /// `RECADO_MAX_DATABASE_PAGES`: limit of the file in pages of 4 KiB.
    pub max_database_pages: Option<u32>,
}

/// Whether servers may be on private networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateHosts {
    Allowed,
    Refused,
}

impl PrivateHosts {
    fn of(setting: Option<bool>) -> Self {
        if setting == Some(true) { Self::Allowed } else { Self::Refused }
    }
}

/// An SMTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: Option<String>,
    pub password: Option<Secret>,
    /// What stands in `password`.
    pub proof: Proof,
}

/// What a mail server is given to prove who asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Proof {
    #[default]
    Password,
    /// A token of OAuth 2.0, sent as XOAUTH2.
    Bearer,
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// Upgraded before anything is said (port 587).
    Starttls,
    /// Not protected: only for a server on the same machine or network.
    None,
}

impl Security {
    /// As a form offers it and as the settings name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Starttls => "starttls",
            Self::None => "none",
        }
    }

    /// The security named `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Tls, Self::Starttls, Self::None].into_iter().find(|security| security.as_str() == text)
    }

    /// The port mail servers usually have for it.
    #[must_use]
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::Starttls => 587,
            Self::None => 25,
        }
    }
}

/// The settings as written, before they are checked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    data_dir: Option<PathBuf>,
    public_url: Option<String>,
    listen: Option<String>,
    trusted_proxies: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    smtp_host: Option<String>,
    smtp_port: Option<u16>,
    smtp_security: Option<Security>,
    smtp_username: Option<String>,
    smtp_password: Option<String>,
    mail_from: Option<String>,
    allow_private_mail_hosts: Option<bool>,
    mail_ca: Option<PathBuf>,
    allow_private_web_hosts: Option<bool>,
    google_client_id: Option<String>,
    google_client_secret: Option<String>,
    google_auth_url: Option<String>,
    google_token_url: Option<String>,
    microsoft_client_id: Option<String>,
    microsoft_client_secret: Option<String>,
    microsoft_tenant: Option<String>,
    microsoft_auth_url: Option<String>,
    microsoft_token_url: Option<String>,
    mail_checked_by: Option<String>,
    session_idle_days: Option<u32>,
    max_mail_bytes: Option<usize>,
    max_upload_bytes: Option<u64>,
    max_database_pages: Option<u32>,
}

impl Config {
    /// Reads and checks the settings.
    ///
    /// # Errors
    /// [`Error::Config`] with the name of the setting, what is wrong and an example.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        let file = file.map_or_else(|| PathBuf::from("recado.toml"), Path::to_owned);
        let figment = Figment::new()
            .merge(Toml::file(file))
            .merge(Env::prefixed("RECADO_").filter(|key| !is_elsewhere(key.as_str())));
        let raw: Raw = figment.extract().map_err(|error| Error::Config(error.to_string()))?;
        Self::check(raw)
    }

    /// Settings that need no file: the given folder and address, everything else as it comes.
    ///
    /// # Errors
    /// [`Error::Config`] when the address is none.
    pub fn simple(data_dir: &Path, public_url: &str, listen: SocketAddr) -> Result<Self> {
        let raw = Raw {
            data_dir: Some(data_dir.to_owned()),
            public_url: Some(public_url.to_owned()),
            listen: Some(listen.to_string()),
            ..Raw::default()
        };
        Self::check(raw)
    }

    fn check(raw: Raw) -> Result<Self> {
        let (smtp, google, microsoft) = (smtp(&raw)?, applications::google(&raw)?, applications::microsoft(&raw)?);
        Ok(Self {
            data_dir: raw.data_dir.unwrap_or_else(|| PathBuf::from("data")),
            public_url: public_url(raw.public_url.as_deref())?,
            listen: parsed("RECADO_LISTEN", raw.listen.as_deref().unwrap_or("127.0.0.1:8000"), "127.0.0.1:8000")?,
            trusted_proxies: proxies(raw.trusted_proxies.as_deref().unwrap_or_default())?,
            language: language(raw.language)?,
            zone: zone(raw.time_zone)?,
            smtp,
            mail_from: raw.mail_from,
            private_mail_hosts: PrivateHosts::of(raw.allow_private_mail_hosts),
            private_web_hosts: PrivateHosts::of(raw.allow_private_web_hosts),
            google,
            microsoft,
            mail_ca: raw.mail_ca.as_deref().map(mail_ca).transpose()?,
            mail_checked_by: raw.mail_checked_by.filter(|name| !name.trim().is_empty()),
            session_idle_days: raw.session_idle_days.unwrap_or(7).clamp(1, 30),
            max_mail_bytes: raw.max_mail_bytes.unwrap_or(40 * 1024 * 1024),
            max_upload_bytes: raw.max_upload_bytes.unwrap_or(25 * 1024 * 1024),
            max_database_pages: raw.max_database_pages,
        })
    }

    /// Where the database lies.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data_dir.join("recado.sqlite")
    }

    /// Where the key lies.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.data_dir.join("recado.key")
    }

    /// Whether people reach the product over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The origin of the public URL, as browsers write it.
    #[must_use]
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// Who mail of the product itself is from.
    #[must_use]
    pub fn sender(&self) -> String {
        self.mail_from.clone().unwrap_or_else(|| "Recado <recado@localhost>".to_owned())
    }

    /// An absolute link to `path` (which begins with `/`).
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }
}

/// Variables that are read by others: the command line, the log, the back-up, the tests.
fn is_elsewhere(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with("test_") || matches!(key.as_str(), "config" | "log" | "log_format" | "backup_passphrase")
}

fn wrong(setting: &str, what: &str, example: &str) -> Error {
    Error::Config(format!("{setting}: {what}. Example: {setting}={example}"))
}

fn parsed<T: std::str::FromStr>(setting: &str, text: &str, example: &str) -> Result<T> {
    text.parse().map_err(|_| wrong(setting, &format!("\"{text}\" cannot be read"), example))
}

fn public_url(text: Option<&str>) -> Result<Url> {
    const NAME: &str = "RECADO_PUBLIC_URL";
    const EXAMPLE: &str = "https://recado.example.com";
    let text = text.ok_or_else(|| wrong(NAME, "is missing; it is the address people type", EXAMPLE))?;
    let url: Url = parsed(NAME, text, EXAMPLE)?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong(NAME, "must begin with https:// or http:// and name a host", EXAMPLE));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err(wrong(NAME, "must have no path, query or user", EXAMPLE));
    }
    Ok(url)
}

fn mail_ca(file: &Path) -> Result<String> {
    const NAME: &str = "RECADO_MAIL_CA";
    const EXAMPLE: &str = "/etc/ssl/company.pem";
    let pem = std::fs::read_to_string(file)
        .map_err(|error| wrong(NAME, &format!("\"{}\" cannot be read: {error}", file.display()), EXAMPLE))?;
    if pem.contains("-----BEGIN CERTIFICATE-----") {
        Ok(pem)
    } else {
        Err(wrong(NAME, "holds no certificate in the PEM form", EXAMPLE))
    }
}

fn proxies(text: &str) -> Result<Vec<IpNet>> {
    const NAME: &str = "RECADO_TRUSTED_PROXIES";
    let each = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    each.map(|part| match part.parse::<std::net::IpAddr>() {
        Ok(address) => Ok(IpNet::from(address)),
        Err(_) => parsed(NAME, part, "127.0.0.1,10.0.0.0/8"),
    })
    .collect()
}

fn language(text: Option<String>) -> Result<String> {
    match text {
        None => Ok("pt-BR".to_owned()),
        Some(text) if matches!(text.as_str(), "pt-BR" | "en") => Ok(text),
        Some(text) => Err(wrong("RECADO_LANGUAGE", &format!("\"{text}\" is not one of pt-BR, en"), "pt-BR")),
    }
}

fn zone(text: Option<String>) -> Result<String> {
    let text = text.unwrap_or_else(|| "America/Sao_Paulo".to_owned());
    match jiff::tz::TimeZone::get(&text) {
        Ok(_) => Ok(text),
        Err(_) => Err(wrong("RECADO_TIME_ZONE", &format!("\"{text}\" is not a time zone"), "America/Sao_Paulo")),
    }
}

fn smtp(raw: &Raw) -> Result<Option<Smtp>> {
    let Some(host) = raw.smtp_host.clone() else {
        return Ok(None);
    };
    let security = raw.smtp_security.unwrap_or(Security::Tls);
    if raw.smtp_username.is_some() != raw.smtp_password.is_some() {
        return Err(wrong("RECADO_SMTP_PASSWORD", "user name and password go together", "…"));
    }
    if raw.mail_from.is_none() {
        return Err(wrong("RECADO_MAIL_FROM", "is missing; mail needs a sender", "recado@example.com"));
    }
    Ok(Some(Smtp {
        host,
        port: raw.smtp_port.unwrap_or(security.usual_port()),
        security,
        username: raw.smtp_username.clone(),
        password: raw.smtp_password.clone().map(Secret),
        proof: Proof::Password,
    }))
}
