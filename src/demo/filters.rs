//! Filters that the company keeps under a name.

use crate::auth::Viewer;
use crate::conversations::model::Shared;
use crate::conversations::store::saved;
use crate::error::Result;
use crate::server::App;

/// Names and what they let through, as in an address.
const FILTERS: &[(&str, &str)] = &[
    ("Esperando há 1 dia", "section=unassigned&within=open&waiting=1d"),
    ("Urgentes", "section=unassigned&within=open&presses=urgent"),
];

/// Keeps them, for everybody.
pub(super) async fn keep(app: &App, owner: &Viewer) -> Result<()> {
    let owner = owner.clone();
    let keep = app.db.write(move |tx| {
        for (name, query) in FILTERS {
            saved::create(tx, &owner, name, query, Shared::Yes)?;
        }
        Ok(())
    });
    keep.await
}
