//! Who watches a conversation, and what the person who looks wants to hear of it.

use super::super::model::{Reader, Watch, Watches};
use super::Avatar;
use crate::auth::Viewer;
use crate::web::Cx;

/// The buttons and faces.
pub struct Watching {
    pub id: i64,
    pub is_on: bool,
    pub is_muted: bool,
    /// A note names them, and they have said nothing about it yet.
    pub is_offered: bool,
    /// Everybody who watches it.
    pub faces: Vec<Face>,
    /// Who else reads it and could.
    pub others: Vec<Face>,
}

/// Somebody who reads it.
pub struct Face {
    pub id: i64,
    pub avatar: Avatar,
    pub name: String,
}

impl Watching {
    /// `people` are all who read it.
    pub fn new(cx: &Cx, id: i64, watches: &Watches, people: &[Reader], viewer: &Viewer) -> Self {
        let own = watches.of(viewer.id);
        let faces = |wanted: &dyn Fn(i64) -> bool| {
            let found = people.iter().map(|reader| &reader.person).filter(|person| wanted(person.id));
            let name = |id: i64, name: &str| if id == viewer.id { cx.t("assign-me") } else { name.to_owned() };
            let face = |id: i64, own: &str| Face { id, avatar: Avatar::new(id, own), name: name(id, own) };
            found.map(|person| face(person.id, &person.name)).collect::<Vec<_>>()
        };
        Self {
            id,
            is_on: own == Some(Watch::Watching),
            is_muted: own == Some(Watch::Muted),
            is_offered: own.is_none() && watches.is_named,
            faces: faces(&|user| watches.of(user) == Some(Watch::Watching)),
            others: faces(&|user| user != viewer.id && watches.of(user).is_none()),
        }
    }
}
