//! An IMAP server on loopback that does what a test tells it, and is strict about its client.
//!
//! It has one mailbox with one folder. Tricks say what goes wrong at which command; where there is none, all goes well.
//! Every test ends with [`ImapPeer::assert_polite`].

mod answers;
mod session;

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};

use rocket::tokio::net::TcpListener;
use rocket::tokio::sync::watch;
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::timeout;

use super::wait::DEADLINE;

/// A mail in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub uid: u32,
    pub raw: Vec<u8>,
    /// As IMAP writes it.
    pub came: &'static str,
    pub flags: Vec<String>,
}

/// What goes wrong, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// `NO` with these words instead of an answer.
    No(&'static str),
    /// `BAD` with these words.
    Bad(&'static str),
    /// `* BYE` with these words, and the end of the connection.
    Bye(&'static str),
    /// Nothing is answered any more.
    Hang,
    /// These bytes before the answer.
    Say(Vec<u8>),
    /// These bytes again and again instead of an answer, until the client leaves.
    Endless(&'static [u8]),
    /// `OK`, and nothing before it.
    Nothing,
    /// The connection ends after so many bytes from here on.
    CutAfter(usize),
}

/// A deed and the beginning of the command at which it happens (`GREETING`: when somebody connects).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trick(pub &'static str, pub Deed);

/// All that a test may ask about.
pub struct State {
    pub abilities: Vec<&'static str>,
    pub mails: Vec<Mail>,
    pub validity: u32,
    pub next: u32,
    tricks: VecDeque<Trick>,
    commands: Vec<String>,
    violations: Vec<String>,
    connections: usize,
    open: usize,
    most_open: usize,
    hanging: usize,
    idling: usize,
    given: usize,
}

struct Shared {
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no connection panicked while it held the state")
    }

    /// Changes the state and wakes those who wait.
    fn note<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.state());
        self.changes.send_modify(|count| *count += 1);
        changed
    }
}

/// The server; it stops when dropped.
pub struct ImapPeer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl ImapPeer {
    /// An empty mailbox at a server that can wait and move.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound listener has an address");
        let state = State {
            abilities: vec!["IMAP4rev1", "IDLE", "MOVE", "UIDPLUS"],
            mails: Vec::new(),
            validity: 7,
            next: 1,
            tricks: VecDeque::new(),
            commands: Vec::new(),
            violations: Vec::new(),
            connections: 0,
            open: 0,
            most_open: 0,
            hanging: 0,
            idling: 0,
            given: 0,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), changes: watch::Sender::new(0) });
        let accepting = rocket::tokio::spawn(session::accept(listener, Arc::clone(&shared)));
        Self { address, shared, accepting }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds a mail that came in just now; whoever waits is told.
    pub fn deliver(&self, raw: &[u8]) -> u32 {
        self.deliver_at(raw, "20-Nov-2026 10:00:00 -0300")
    }

    /// The same with another date.
    pub fn deliver_at(&self, raw: &[u8], came: &'static str) -> u32 {
        self.shared.note(|state| {
            let uid = state.next;
            state.next += 1;
            state.mails.push(Mail { uid, raw: raw.to_vec(), came, flags: Vec::new() });
            uid
        })
    }

    /// Changes the mailbox, for example its UIDVALIDITY.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        self.shared.note(change);
    }

    /// Adds tricks; each happens once, at the first command that fits it.
    pub fn play(&self, tricks: impl IntoIterator<Item = Trick>) {
        self.shared.note(|state| state.tricks.extend(tricks));
    }

    /// The command lines of all connections, without secrets.
    pub fn commands(&self) -> Vec<String> {
        self.shared.state().commands.clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.shared.state().connections
    }

    /// How many bodies were given, whether they arrived or not.
    pub fn given(&self) -> usize {
        self.shared.state().given
    }

    /// Ends the connections, as a restarted server does.
    pub fn drop_all(&self) {
        self.shared.note(|state| state.tricks.retain(|trick| trick.0 != "IDLING"));
        self.play([Trick("IDLING", Deed::CutAfter(0))]);
    }

    /// # Panics
    /// If the client broke a rule, or had more than one connection.
    pub fn assert_polite(&self) {
        let state = self.shared.state();
        assert!(state.violations.is_empty(), "the IMAP client broke rules:\n  {}", state.violations.join("\n  "));
        assert!(state.most_open <= 1, "{} connections at the same moment", state.most_open);
    }

    /// Waits until somebody waits for news.
    pub async fn idling(&self) {
        self.until("somebody to wait for news", |state| state.idling > 0).await;
    }

    /// Waits until `count` connections hang.
    pub async fn hanging(&self, count: usize) {
        self.until(&format!("{count} hanging IMAP connections"), |state| state.hanging >= count).await;
    }

    /// Waits until every trick was played.
    pub async fn played(&self) {
        self.until("the tricks to be played", |state| state.tricks.is_empty()).await;
    }

    /// Whether every trick was played.
    pub fn has_played(&self) -> bool {
        self.shared.state().tricks.is_empty()
    }

    async fn until(&self, what: &str, holds: impl Fn(&State) -> bool) {
        let mut changes = self.shared.changes.subscribe();
        let waiting = changes.wait_for(|_| holds(&self.shared.state()));
        let came = timeout(DEADLINE, waiting).await.is_ok();
        assert!(came, "waited {DEADLINE:?} for {what}; said so far: {:#?}", self.commands());
    }
}

impl Drop for ImapPeer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
