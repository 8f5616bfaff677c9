//! What a page needs that tells the others who look at the same conversation.

use std::collections::HashSet;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::super::presence::{Other, Presence};
use crate::auth::Viewer;
use crate::db::Db;
use crate::web::live::Hub;

/// The database, and who is where.
pub struct Room {
    pub db: Db,
    presence: Presence,
    hub: Hub,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Room {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let rocket = request.rocket();
        match (rocket.state::<Db>(), rocket.state::<Presence>(), rocket.state::<Hub>()) {
            (Some(db), Some(presence), Some(hub)) => {
                Outcome::Success(Self { db: db.clone(), presence: presence.clone(), hub: hub.clone() })
            }
            _ => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}

impl Room {
    /// Somebody looks at a conversation that they may see. Answers who else does.
    pub fn looks(&self, conversation: i64, viewer: &Viewer, visit: &str) -> Vec<Other> {
        let now = self.db.clock().now();
        self.tell(conversation, self.presence.looks(conversation, viewer, visit, now));
        self.presence.others(conversation, viewer, now)
    }

    /// Somebody went elsewhere.
    pub fn leaves(&self, conversation: i64, viewer: &Viewer, visit: &str) {
        self.tell(conversation, self.presence.leaves(conversation, viewer, visit, self.db.clock().now()));
    }

    /// Somebody types in it.
    pub fn writes(&self, conversation: i64, viewer: &Viewer) {
        self.tell(conversation, self.presence.writes(conversation, viewer, self.db.clock().now()));
    }

    /// Somebody has sent what they typed.
    pub fn is_done(&self, conversation: i64, viewer: &Viewer) {
        self.tell(conversation, self.presence.is_done(conversation, viewer, self.db.clock().now()));
    }

    /// The row of a conversation says that somebody has begun to write, or that nothing is left of it: to them alone.
    pub fn marks(&self, viewer: &Viewer) {
        self.hub.whisper("list".to_owned(), HashSet::from([viewer.id]));
    }

    fn tell(&self, conversation: i64, audience: HashSet<i64>) {
        if !audience.is_empty() {
            self.hub.whisper(format!("presence-{conversation}"), audience);
        }
    }
}
