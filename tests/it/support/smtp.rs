//! An SMTP server on loopback that does what a test tells it, and is as strict about its client as a provider would be.
//!
//! A script says what happens to each delivery attempt; when it is used up, everything is accepted.
//! Every test ends with [`SmtpPeer::assert_polite`].

mod rules;
mod session;
mod wire;

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};

use rocket::tokio::net::TcpListener;
use rocket::tokio::sync::watch;
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::timeout;

use super::wait::DEADLINE;

/// What the server says it can do.
#[derive(Clone, Debug)]
pub struct Abilities {
    /// `SIZE` with this many bytes; `None` leaves the line out and accepts any size.
    pub size: Option<usize>,
    /// `8BITMIME`: without it a byte over 127 is a violation.
    pub eight_bit: Mode,
    /// `PIPELINING`: without it a command sent before the last answer is a violation.
    pub pipelining: Mode,
    /// Refuses mail before a sign-in with exactly these words.
    pub credentials: Option<Credentials>,
}

/// A switch of [`Abilities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    On,
    Off,
}

/// What `AUTH PLAIN` and `AUTH LOGIN` must carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl Default for Abilities {
    fn default() -> Self {
        Self { size: Some(50 * 1024 * 1024), eight_bit: Mode::On, pipelining: Mode::On, credentials: None }
    }
}

/// What happens to one delivery attempt. The first three end a connection before anything is said or in its middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The connection closes at once.
    Drop,
    /// `421`, then the connection closes.
    Unavailable,
    /// Nothing is answered any more, from this moment on, until [`SmtpPeer::release`] or the client leaves.
    Hang(Moment),
    /// `451` to each recipient: come back later.
    Greylist,
    /// This line to each recipient, for example `550 5.1.1 no such user`.
    RefuseRecipient(String),
    /// This line after the final dot, for example `554 5.7.1 spam`.
    RefuseMessage(String),
    /// The message is taken and recorded, then the connection closes without a word.
    DropAfterMessage,
    /// The message is taken and acknowledged with `250`.
    Accept,
}

/// Where [`Act::Hang`] begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Greeting,
    Mail,
    Recipient,
    Message,
}

/// One message as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Between the angle brackets of `MAIL FROM`; empty for a bounce.
    pub sender: String,
    /// Between the angle brackets of each accepted `RCPT TO`, in order.
    pub recipients: Vec<String>,
    /// Every byte after dot-unstuffing, with the line end before the final dot.
    pub bytes: Vec<u8>,
    /// False if the client never heard the `250`.
    pub acknowledged: bool,
}

/// All that a test may ask about.
#[derive(Default)]
pub struct Record {
    script: VecDeque<Act>,
    received: Vec<Received>,
    violations: Vec<String>,
    commands: Vec<String>,
    connections: usize,
    hanging: usize,
}

/// What the connections share.
struct Shared {
    abilities: Abilities,
    record: Mutex<Record>,
    changes: watch::Sender<u64>,
    released: watch::Sender<bool>,
}

impl Shared {
    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().expect("no connection panicked while it held the record")
    }

    /// Changes the record and wakes those who wait.
    fn note(&self, change: impl FnOnce(&mut Record)) {
        change(&mut self.record());
        self.changes.send_modify(|count| *count += 1);
    }
}

/// The server; it stops when dropped.
pub struct SmtpPeer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl SmtpPeer {
    /// A server with the usual abilities that accepts everything.
    pub async fn start() -> Self {
        Self::with(Abilities::default()).await
    }

    /// A server with these abilities.
    pub async fn with(abilities: Abilities) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            abilities,
            record: Mutex::default(),
            changes: watch::Sender::new(0),
            released: watch::Sender::new(false),
        });
        let accepting = rocket::tokio::spawn(session::accept(listener, Arc::clone(&shared)));
        Self { address, shared, accepting }
    }

    /// Always on loopback.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds acts for the next delivery attempts, one each.
    pub fn script(&self, acts: impl IntoIterator<Item = Act>) {
        self.shared.note(|record| record.script.extend(acts));
    }

    /// Takes back the acts that are left: everything is accepted again.
    pub fn forget_script(&self) {
        self.shared.note(|record| record.script.clear());
    }

    /// Adds `451` for the next `times` delivery attempts.
    pub fn greylist(&self, times: usize) {
        self.script(vec![Act::Greylist; times]);
    }

    /// Forgets the rest of the script: from now on everything is accepted.
    pub fn recover(&self) {
        self.shared.note(|record| record.script.clear());
    }

    /// Closes the connections that hang.
    pub fn release(&self) {
        self.shared.released.send_replace(true);
    }

    /// All messages so far, in the order of their final dots, unacknowledged ones included.
    pub fn received(&self) -> Vec<Received> {
        self.shared.record().received.clone()
    }

    /// The command lines of all connections, without secrets and message bytes.
    pub fn commands(&self) -> Vec<String> {
        self.shared.record().commands.clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.shared.record().connections
    }

    /// What the client did wrong, in words.
    pub fn violations(&self) -> Vec<String> {
        self.shared.record().violations.clone()
    }

    /// # Panics
    /// If the client broke a rule of RFC 5321 that providers enforce.
    pub fn assert_polite(&self) {
        let violations = self.violations();
        assert!(violations.is_empty(), "the SMTP client broke rules:\n  {}", violations.join("\n  "));
    }

    /// Waits for at least `count` messages and returns all.
    pub async fn messages(&self, count: usize) -> Vec<Received> {
        self.until(&format!("{count} messages at the SMTP server"), |record| record.received.len() >= count).await;
        self.received()
    }

    /// Waits until `count` connections hang.
    pub async fn hanging(&self, count: usize) {
        self.until(&format!("{count} hanging SMTP connections"), |record| record.hanging >= count).await;
    }

    /// Waits until every act of the script was used.
    pub async fn script_used_up(&self) {
        self.until("the SMTP script to be used up", |record| record.script.is_empty()).await;
    }

    async fn until(&self, what: &str, holds: impl Fn(&Record) -> bool) {
        let mut changes = self.shared.changes.subscribe();
        let waiting = changes.wait_for(|_| holds(&self.shared.record()));
        assert!(
            timeout(DEADLINE, waiting).await.is_ok(),
            "waited {DEADLINE:?} for {what}; said so far: {:#?}",
            self.commands()
        );
    }
}

impl Drop for SmtpPeer {
    fn drop(&mut self) {
        self.accepting.abort();
        self.release();
    }
}
