//! Trying the ways of an inbox step by step, and what was found, in words: reached, protected, signed in, folders, sending.

use std::time::Duration;

use super::credentials::Credentials;
use super::model::{Connected, Inbox, OwnMailbox};
use super::providers;
use super::store::Way as Direction;
use crate::config::{Proof, Security, Smtp};
use crate::error::Result;
use crate::imap::{self, Checked, Dialer, Folder, Login};
use crate::mailer::{Carrier, Reason, Transport};

/// How long one way may take: somebody waits before the page.
const PATIENCE: Duration = Duration::from_secs(25);

/// What one way is tried with.
pub enum Way<T> {
    /// This inbox does not use it.
    Unused,
    /// It cannot be tried yet, and why: a message key.
    NotYet(&'static str),
    /// Nobody can sign in now.
    Stopped(Reason),
    Try(T),
}

/// What is to be tried.
pub struct Trial {
    pub way_in: Way<imap::Server>,
    /// The folder that mail is to be fetched from.
    pub folder: String,
    pub way_out: Outgoing,
}

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub state: State,
    /// Message key; it may name `{ $server }`.
    pub key: &'static str,
    pub server: String,
    /// The other side's own words.
    pub detail: String,
    /// Message key of what to do.
    pub hint: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Good,
    Bad,
    /// Not tried, or good to know.
    Open,
}

/// All that was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub receiving: Vec<Finding>,
    pub sending: Vec<Finding>,
    /// The folders of the mailbox that can hold mail.
    pub folders: Vec<Folder>,
    pub reason_in: Option<Reason>,
    pub reason_out: Option<Reason>,
}

impl Found {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn works(&self) -> bool {
        self.receiving.iter().chain(&self.sending).all(|finding| finding.state != State::Bad)
    }
}

/// How mail is to leave: the way, and the inbox's own server if it has one.
pub type Outgoing = Way<(Transport, Option<(String, Security)>)>;

/// Tries the ways of an inbox as they are stored.
///
/// # Errors
/// Database errors.
pub async fn stored(inbox: &Inbox, credentials: &Credentials, carrier: &Carrier, dialer: &Dialer) -> Result<Found> {
    if inbox.connected == Connected::No {
        let way_in = Way::NotYet("check-disconnected");
        return Ok(run(Trial { way_in, folder: String::new(), way_out: Way::Unused }, dialer).await);
    }
    let way_in = match &inbox.mail.imap {
        None => Way::Unused,
        Some(mailbox) => match credentials.of(inbox, Direction::In).await? {
            Err(reason) => Way::Stopped(reason),
            Ok(None) => Way::Stopped(Reason::new("imap-no-password", "")),
            Ok(Some(credential)) => {
                let username = mailbox.server.username.clone().unwrap_or_else(|| inbox.address.clone());
                let login = match credential.proof {
                    Proof::Password => Login::Password { username, secret: credential.secret },
                    Proof::Bearer => Login::Bearer { username, token: credential.secret },
                };
                Way::Try(server(mailbox, login))
            }
        },
    };
    let way_out = match credentials.way_out(inbox).await? {
        Err(reason) => Way::Stopped(reason),
        Ok(server) => sending(carrier, server),
    };
    let folder = inbox.mail.imap.as_ref().map(|mailbox| mailbox.folder.clone()).unwrap_or_default();
    Ok(run(Trial { way_in, folder, way_out }, dialer).await)
}

/// The server of a mailbox.
#[must_use]
pub fn server(mailbox: &OwnMailbox, login: Login) -> imap::Server {
    let own = &mailbox.server;
    imap::Server { host: own.host.clone(), port: own.port, security: own.security, login }
}

/// The way out by this server, or by the house's.
#[must_use]
pub fn sending(carrier: &Carrier, own: Option<Smtp>) -> Outgoing {
    let place = own.as_ref().map(|server| (server.host.clone(), server.security));
    match carrier.transport(own) {
        None => Way::Stopped(Reason::new("delivery-no-way", "")),
        Some(transport) => Way::Try((transport, place)),
    }
}

/// Tries both ways at once.
pub async fn run(trial: Trial, dialer: &Dialer) -> Found {
    let Trial { way_in, folder, way_out } = trial;
    let (receiving, sending) = tokio::join!(receive(way_in, &folder, dialer), send(way_out));
    let (mut found, (sending, reason_out)) = (receiving, sending);
    found.sending = sending;
    found.reason_out = reason_out;
    found
}

fn good(key: &'static str, server: &str) -> Finding {
    Finding { state: State::Good, key, server: server.to_owned(), detail: String::new(), hint: None }
}

fn open(key: &'static str) -> Finding {
    Finding { state: State::Open, ..good(key, "") }
}

async fn receive(way: Way<imap::Server>, folder: &str, dialer: &Dialer) -> Found {
    let server = match way {
        Way::Unused => return Found { receiving: vec![open("check-in-unused")], ..Found::default() },
        Way::NotYet(key) => return Found { receiving: vec![open(key)], ..Found::default() },
        Way::Stopped(reason) => {
            let finding = bad(Stage::SignIn, &reason, "");
            return Found { receiving: vec![finding], reason_in: Some(reason), ..Found::default() };
        }
        Way::Try(server) => server,
    };
    let checked = tokio::time::timeout(PATIENCE, imap::check(&server, dialer)).await;
    let checked = checked.unwrap_or_else(|_| Err(Reason::new("imap-no-answer", "")));
    match checked {
        Err(reason) => {
            let stage = stage_of(reason.key);
            let mut receiving = before(stage, &server.host, server.security);
            receiving.push(bad(stage, &reason, &server.host));
            Found { receiving, reason_in: Some(reason), ..Found::default() }
        }
        Ok(Checked { folders, .. }) => folders_of(folders, folder, &server),
    }
}

fn folders_of(folders: Vec<Folder>, wanted: &str, server: &imap::Server) -> Found {
    let mut receiving = before(Stage::Folder, &server.host, server.security);
    let folders: Vec<Folder> = folders.into_iter().filter(|folder| folder.selectable).collect();
    let is_there = folders.iter().any(|folder| same_folder(&folder.name, wanted));
    let reason = (!is_there).then(|| Reason::new("imap-no-folder", wanted));
    receiving.push(match &reason {
        None => good("check-folder", wanted),
        Some(reason) => bad(Stage::Folder, reason, &server.host),
    });
    Found { receiving, folders, reason_in: reason, ..Found::default() }
}

/// INBOX is written in any case (RFC 3501 section 5.1), other names as they are.
fn same_folder(one: &str, other: &str) -> bool {
    one == other || (one.eq_ignore_ascii_case("inbox") && other.eq_ignore_ascii_case("inbox"))
}

type Sending = (Vec<Finding>, Option<Reason>);

async fn send(way: Outgoing) -> Sending {
    let (transport, server) = match way {
        Way::Unused => return (vec![open("check-out-unused")], None),
        Way::NotYet(key) => return (vec![open(key)], None),
        Way::Stopped(reason) => return (vec![bad(Stage::SignIn, &reason, "")], Some(reason)),
        Way::Try(way) => way,
    };
    let checked = tokio::time::timeout(PATIENCE, transport.check()).await;
    let checked = checked.unwrap_or_else(|_| Err(Reason::new("delivery-no-server", "")));
    let (host, security) = server.unwrap_or((String::new(), Security::None));
    match checked {
        Ok(()) if host.is_empty() => (vec![good("inbox-check-works", "")], None),
        Ok(()) => {
            let mut findings = before(Stage::Folder, &host, security);
            findings.push(good("check-sending", &host));
            (findings, None)
        }
        Err(reason) => {
            let stage = stage_of(reason.key);
            let mut findings = if host.is_empty() { Vec::new() } else { before(stage, &host, security) };
            findings.push(bad(stage, &reason, &host));
            (findings, Some(reason))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Reach,
    Protect,
    SignIn,
    Folder,
}

/// How far it came, by what it failed with.
fn stage_of(key: &str) -> Stage {
    match key {
        "imap-no-starttls"
        | "imap-tls"
        | "imap-certificate"
        | "delivery-tls"
        | "delivery-no-starttls"
        | "delivery-certificate" => Stage::Protect,
        "imap-password" | "imap-token" | "imap-login-disabled" | "imap-no-password" | "delivery-sign-in" => {
            Stage::SignIn
        }
        "imap-unavailable" | "imap-no-folder" => Stage::Folder,
        key if key.starts_with("mail-") => Stage::SignIn,
        _ => Stage::Reach,
    }
}

/// What worked before this stage.
fn before(stage: Stage, host: &str, security: Security) -> Vec<Finding> {
    let protected = match security {
        Security::Tls | Security::Starttls => good("check-protected", host),
        Security::None => open("check-unprotected"),
    };
    let all = [
        (Stage::Reach, good("check-reached", host)),
        (Stage::Protect, protected),
        (Stage::SignIn, good("check-signed-in", host)),
    ];
    all.into_iter().filter(|(done, _)| *done < stage).map(|(_, finding)| finding).collect()
}

fn bad(stage: Stage, reason: &Reason, host: &str) -> Finding {
    let provider = providers::of_host(host);
    let hint = match (stage, reason.key) {
        (_, "imap-certificate" | "delivery-certificate" | "delivery-tls") => Some("check-hint-certificate"),
        (_, "imap-private-server" | "delivery-private-server") | (Stage::Folder, _) => None,
        (Stage::Reach | Stage::Protect, _) => Some("check-hint-reach"),
        (Stage::SignIn, key) if key.starts_with("mail-") => None,
        (Stage::SignIn, _) => Some(provider.and_then(|provider| provider.hint).unwrap_or("check-hint-sign-in")),
    };
    Finding { state: State::Bad, key: reason.key, server: host.to_owned(), detail: reason.detail.clone(), hint }
}
