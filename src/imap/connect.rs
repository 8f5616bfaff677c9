//! From a name to a connection that may be spoken on: resolved, refused if it is private, protected, its certificate checked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::trouble::Trouble;
use super::wire::{Duplex, Wire};
use crate::config::{Config, PrivateHosts};
use crate::error::{Error, Result};
use crate::http::{Unreachable, resolve};
use crate::mailer::Reason;

/// Sign-ins at one host at the same moment. Providers count them.
const AT_ONE_HOST: usize = 2;

/// How servers are reached: which of them may be, whose certificates are believed, how long an answer is waited for.
#[derive(Clone)]
pub struct Dialer {
    private: PrivateHosts,
    patience: Duration,
    tls: TlsConnector,
    doors: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
}

impl Dialer {
    /// As configured. `patience` is how long each answer of a server is waited for.
    ///
    /// # Errors
    /// When the certificates of the configuration cannot be read.
    pub fn configured(config: &Config, patience: Duration) -> Result<Self> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(pem) = &config.mail_ca {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                roots.add(certificate.map_err(Error::internal)?).map_err(Error::internal)?;
            }
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Error::internal)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let tls = TlsConnector::from(Arc::new(tls));
        Ok(Self { private: config.private_mail_hosts, patience, tls, doors: Arc::default() })
    }

    /// How long an answer is waited for.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Waits for a turn at a host. It is held while connecting and signing in, and each of these steps ends by itself.
    pub(super) async fn turn(&self, host: &str) -> Option<OwnedSemaphorePermit> {
        let door = {
            let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
            doors.entry(host.to_lowercase()).or_insert_with(|| Arc::new(Semaphore::new(AT_ONE_HOST))).clone()
        };
        door.acquire_owned().await.ok()
    }

    #[expect(clippy::disallowed_methods, reason = "the door for IMAP: resolved first, private addresses refused")]
    pub(super) async fn connect(&self, host: &str, port: u16) -> Result<Box<dyn Duplex>, Trouble> {
        let silent = |_| Trouble::Silence(self.patience);
        let found = timeout(self.patience, resolve(host, port, self.private)).await.map_err(silent)?;
        let addresses = found.map_err(|unreachable| {
            Trouble::Stopped(match unreachable {
                Unreachable::Unknown(words) => Reason::new("imap-no-server", words),
                Unreachable::Private => Reason::new("imap-private-server", host),
            })
        })?;
        let connected = timeout(self.patience, TcpStream::connect(addresses.as_slice())).await.map_err(silent)?;
        let stream = connected.map_err(|error| Trouble::Stopped(Reason::new("imap-no-server", error)))?;
        stream.set_nodelay(true).map_err(Trouble::lost)?;
        Ok(Box::new(stream))
    }

    /// Protects a connection.
    pub(super) async fn protect(&self, host: &str, stream: Box<dyn Duplex>) -> Result<Box<dyn Duplex>, Trouble> {
        let stopped = |key, words: String| Trouble::Stopped(Reason::new(key, words));
        let name = ServerName::try_from(host.to_owned()).map_err(|error| stopped("imap-tls", error.to_string()))?;
        let shaken = timeout(self.patience, self.tls.connect(name, stream)).await;
        let shaken = shaken.map_err(|_| Trouble::Silence(self.patience))?;
        let protected = shaken.map_err(|error| {
            let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>());
            let key = match cause {
                Some(rustls::Error::InvalidCertificate(_)) => "imap-certificate",
                _ => "imap-tls",
            };
            stopped(key, error.to_string())
        })?;
        Ok(Box::new(protected))
    }

    pub(super) fn wire(&self, stream: Box<dyn Duplex>) -> Wire {
        Wire::new(stream, self.patience)
    }
}
