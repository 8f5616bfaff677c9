//! One listener on the bus for all streams: it asks who may hear of a fact and passes it on.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use rocket::Shutdown;
use rocket::tokio::select;
use rocket::tokio::sync::broadcast::{self, error::RecvError};

use super::{names, store};
use crate::db::Db;
use crate::events::Event;

/// A fact with its blocks and its audience.
pub(super) struct Told {
    /// Its place among the facts; none for what is true only for the moment.
    pub id: Option<i64>,
    pub names: String,
    audience: HashSet<i64>,
    ends: Option<i64>,
}

impl Told {
    /// Whether this person may hear of it and has a block for it.
    pub(super) fn is_for(&self, user: i64) -> bool {
        !self.names.is_empty() && self.audience.contains(&user)
    }

    /// Whether this person's streams must prove again who they are.
    pub(super) fn ends_streams_of(&self, user: i64) -> bool {
        self.ends == Some(user)
    }
}

/// Passes facts on to the streams.
#[derive(Clone)]
pub struct Hub {
    streams: broadcast::Sender<Arc<Told>>,
    seats: Arc<Mutex<HashMap<i64, usize>>>,
}

/// One open stream of a person; gone when dropped.
pub(super) struct Seat {
    user: i64,
    seats: Arc<Mutex<HashMap<i64, usize>>>,
}

impl Hub {
    pub(super) fn new() -> Self {
        Self { streams: broadcast::Sender::new(1024), seats: Arc::default() }
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Arc<Told>> {
        self.streams.subscribe()
    }

    /// Tells the open streams of these people something that is true only for the moment: it is no fact, and who is not
    /// there misses it.
    pub fn whisper(&self, names: String, audience: HashSet<i64>) {
        // An error only says that no stream is open.
        let _ = self.streams.send(Arc::new(Told { id: None, names, audience, ends: None }));
    }

    /// A place for one more stream of `user`, `None` when they hold `most` already.
    pub(super) fn sit_down(&self, user: i64, most: usize) -> Option<Seat> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(user).or_default();
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Seat { user, seats: self.seats.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.user) {
            *taken = taken.saturating_sub(1);
            if *taken == 0 {
                seats.remove(&self.user);
            }
        }
    }
}

/// Listens until the server stops.
pub(super) async fn run(db: Db, hub: Hub, mut shutdown: Shutdown) {
    let mut heard = db.bus().listen();
    loop {
        let notice = select! {
            () = &mut shutdown => return,
            notice = heard.recv() => notice,
        };
        match notice {
            Ok(notice) => {
                let told = told(&db, notice.id, notice.event.clone()).await;
                // An error only says that no stream is open.
                let _ = hub.streams.send(Arc::new(told));
            }
            Err(RecvError::Lagged(_)) => {
                let everybody = everybody(&db).await;
                let told = Told { id: Some(db.told()), names: "refresh".to_owned(), audience: everybody, ends: None };
                let _ = hub.streams.send(Arc::new(told));
            }
            Err(RecvError::Closed) => return,
        }
    }
}

async fn told(db: &Db, id: i64, event: Event) -> Told {
    let ends = match event {
        Event::SessionEnded { user }
        | Event::UserChanged { user, .. }
        | Event::UserRoleChanged { user, .. }
        | Event::UserRightsChanged { user, .. }
        | Event::UserDisabled { user, .. }
        | Event::UserSignedOut { user, .. }
        | Event::WorkspaceTransferred { user, .. } => Some(user),
        _ => None,
    };
    let names = names::of(&event);
    let audience = db.read(move |connection| store::audience(connection, &event)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the readers of a fact are unknown, so nobody hears of it");
        HashSet::new()
    });
    Told { id: Some(id), names, audience, ends }
}

async fn everybody(db: &Db) -> HashSet<i64> {
    db.read(store::everybody).await.unwrap_or_default()
}
