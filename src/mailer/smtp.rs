//! One SMTP conversation, step by step, so that a lost connection can be judged: before the message was given nothing
//! happened, after it only the server knows.

use std::future::Future;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use super::{Attempt, Envelope, Reason, Unreachable, resolve};
use crate::config::{PrivateHosts, Proof, Security, Smtp};

/// Why a step before the message was given did not succeed.
enum Stop {
    Later(Reason),
    Refused(Reason),
}

/// How a server is reached.
pub(super) struct Door<'a> {
    pub private: PrivateHosts,
    pub patience: Duration,
    pub ca: Option<&'a str>,
}

pub(super) async fn deliver(server: &Smtp, door: &Door<'_>, envelope: &Envelope, raw: &[u8]) -> Attempt {
    let patience = door.patience;
    let mut connection = match open(server, door).await {
        Ok(connection) => connection,
        Err(reason) => return Attempt::Later(reason),
    };
    let attempt = match announce(&mut connection, patience, envelope).await {
        Ok(()) => hand_over(&mut connection, patience, raw).await,
        Err(Stop::Later(reason)) => Attempt::Later(reason),
        Err(Stop::Refused(reason)) => Attempt::Refused(reason),
    };
    // The message is judged already; a goodbye that fails changes nothing.
    let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
    attempt
}

pub(super) async fn check(server: &Smtp, door: &Door<'_>) -> Result<(), Reason> {
    let mut connection = open(server, door).await?;
    let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
    Ok(())
}

/// Connects, protects the connection as configured and signs in.
async fn open(server: &Smtp, door: &Door<'_>) -> Result<AsyncSmtpConnection, Reason> {
    let patience = door.patience;
    let addresses =
        resolve(&server.host, server.port, door.private).await.map_err(|unreachable| match unreachable {
            Unreachable::Unknown(words) => Reason::new("delivery-no-server", words),
            Unreachable::Private => Reason::new("delivery-private-server", &server.host),
        })?;
    let hello = ClientId::default();
    let tls = || protection(&server.host, door.ca).map_err(|error| Reason::new("delivery-tls", error));
    let wrapped = if server.security == Security::Tls { Some(tls()?) } else { None };
    let connect = AsyncSmtpConnection::connect_tokio1(addresses.as_slice(), Some(patience), &hello, wrapped, None);
    let mut connection = within(patience, connect).await.map_err(|fault| fault.reason("delivery-no-server"))?;
    if server.security == Security::Starttls {
        if !connection.can_starttls() {
            return Err(Reason::new("delivery-no-starttls", &server.host));
        }
        within(patience, connection.starttls(tls()?, &hello)).await.map_err(|fault| fault.reason("delivery-tls"))?;
    }
    if let (Some(user), Some(password)) = (&server.username, &server.password) {
        let credentials = Credentials::new(user.clone(), password.0.clone());
        let mechanisms: &[Mechanism] = match server.proof {
            Proof::Password => &[Mechanism::Plain, Mechanism::Login],
            Proof::Bearer => &[Mechanism::Xoauth2],
        };
        within(patience, connection.auth(mechanisms, &credentials))
            .await
            .map_err(|fault| fault.reason("delivery-sign-in"))?;
    }
    Ok(connection)
}

fn protection(host: &str, ca: Option<&str>) -> Result<TlsParameters, Error> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = ca {
        tls = tls.add_root_certificate(Certificate::from_pem(pem.as_bytes())?);
    }
    tls.build_rustls()
}

/// MAIL FROM, RCPT TO for everybody, DATA. One address that is refused stops all: half a delivery helps nobody.
async fn announce(connection: &mut AsyncSmtpConnection, patience: Duration, envelope: &Envelope) -> Result<(), Stop> {
    let address =
        |text: &str| text.parse::<Address>().map_err(|_| Stop::Refused(Reason::new("delivery-refused-address", text)));
    let mut parameters = Vec::new();
    let international = envelope.to.iter().chain([&envelope.from]).any(|text| !text.is_ascii());
    if international {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Stop::Refused(Reason::new("delivery-no-utf8", envelope.to.join(", "))));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let mail = Mail::new(Some(address(&envelope.from)?), parameters);
    within(patience, connection.command(mail)).await.map_err(|fault| fault.stop("delivery-refused-sender", ""))?;
    for recipient in &envelope.to {
        let rcpt = Rcpt::new(address(recipient)?, Vec::new());
        within(patience, connection.command(rcpt))
            .await
            .map_err(|fault| fault.stop("delivery-refused-address", recipient))?;
    }
    within(patience, connection.command(Data)).await.map_err(|fault| fault.stop("delivery-refused", ""))?;
    Ok(())
}

/// From the first byte of the message on, silence means that only the server knows.
async fn hand_over(connection: &mut AsyncSmtpConnection, patience: Duration, raw: &[u8]) -> Attempt {
    // The end mark of DATA brings the line break that closes the last line.
    let body = raw.strip_suffix(b"\r\n").unwrap_or(raw);
    match within(patience.max(Duration::from_millis(1)) * 2, connection.message(body)).await {
        Ok(_) => Attempt::Sent,
        Err(Fault::Answer { permanent: true, words }) => Attempt::Refused(Reason::new("delivery-refused", words)),
        Err(Fault::Answer { permanent: false, words }) => Attempt::Later(Reason::new("delivery-later", words)),
        Err(Fault::Silence(words)) => Attempt::Unsure(Reason::new("delivery-unsure", words)),
    }
}

/// What went wrong in one step.
enum Fault {
    /// The server said no.
    Answer { permanent: bool, words: String },
    /// It said nothing, or the connection broke.
    Silence(String),
}

impl Fault {
    fn words(&self) -> &str {
        match self {
            Self::Answer { words, .. } | Self::Silence(words) => words,
        }
    }

    fn reason(&self, key: &'static str) -> Reason {
        Reason::new(key, self.words())
    }

    fn stop(&self, key: &'static str, about: &str) -> Stop {
        let words = if about.is_empty() { self.words().to_owned() } else { format!("{about}: {}", self.words()) };
        match self {
            Self::Answer { permanent: true, .. } => Stop::Refused(Reason::new(key, words)),
            Self::Answer { permanent: false, .. } => Stop::Later(Reason::new("delivery-later", words)),
            Self::Silence(_) => Stop::Later(Reason::new("delivery-no-answer", words)),
        }
    }
}

async fn within<T>(patience: Duration, step: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
    match tokio::time::timeout(patience, step).await {
        Err(_) => Err(Fault::Silence(format!("no answer within {} s", patience.as_secs()))),
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) if error.is_permanent() => Err(Fault::Answer { permanent: true, words: error.to_string() }),
        Ok(Err(error)) if error.is_transient() => Err(Fault::Answer { permanent: false, words: error.to_string() }),
        Ok(Err(error)) => Err(Fault::Silence(error.to_string())),
    }
}
