//! Whom a note can name, and why one is not kept that names somebody who cannot read it.

use rocket::{State, get};

use super::super::model::MessageKind;
use super::super::model::mentions::{Nameable, Named};
use super::super::store::mentions::{self, Refusal};
use super::super::views::{Suggestion, Suggestions};
use super::drafts::Draft;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::Result;
use crate::web::{Cx, Html, Page};

/// How many are offered at once.
pub(super) const OFFERED: usize = 8;

/// People and teams whose name has a word that begins with `q`.
#[get("/conversations/<id>/people?<q>")]
pub async fn suggest_people(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, q: Option<String>) -> Page {
    let viewer = viewer.0.clone();
    let names = db.read(move |connection| mentions::offered(connection, &viewer, id)).await?;
    let wanted = q.unwrap_or_default().trim().to_lowercase();
    let options = names.iter().filter(|one| answers(&one.name, &wanted)).take(OFFERED);
    let options = options.map(|one| option(&cx, one)).collect();
    Ok(Html::render(&Suggestions { cx, options })?)
}

/// Whether a name, or a word of it, begins with what was typed in lower case.
pub(super) fn answers(name: &str, wanted: &str) -> bool {
    let name = name.to_lowercase();
    let mut ends = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
    name.starts_with(wanted) || ends.any(|rest| rest.starts_with(wanted))
}

fn option(cx: &Cx, one: &Nameable) -> Suggestion {
    let more = if matches!(one.who, Named::Team(_)) { cx.t("mention-team") } else { String::new() };
    Suggestion { label: one.name.clone(), more, text: ["@", &one.name, " "].concat(), files: Vec::new() }
}

/// Says in the box by name who is named and cannot read it. The store judges again when the note is kept.
pub(super) async fn check(cx: &Cx, db: &Db, (viewer, id): (&Viewer, i64), draft: &mut Draft) -> Result<()> {
    if draft.written.kind != MessageKind::Note || !draft.written.text.contains('@') {
        return Ok(());
    }
    let (viewer, text) = (viewer.clone(), draft.written.text.clone());
    match db.read(move |connection| mentions::refusal(connection, &viewer, id, &text)).await? {
        Some(Refusal::NoAccess(names)) => {
            let key = if names.len() > 1 { "mention-no-access-many" } else { "mention-no-access-one" };
            draft.typed.error = cx.t1(key, "names", names.join(", "));
        }
        Some(Refusal::Unclear(name)) => draft.typed.error = cx.t1("mention-unclear-name", "name", name),
        None => {}
    }
    Ok(())
}
