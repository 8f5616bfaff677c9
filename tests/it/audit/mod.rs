//! The activity log: what it tells, how it is searched and taken along, and that nobody changes it.

mod export;
mod keeping;
mod page;

use recado::clock::{MINUTE, Millis};
use recado::events::Event;
use rusqlite::types::FromSql;

use crate::support::app::App;

/// Writes facts as the product does, a minute after each other.
async fn tell(app: &App, facts: Vec<Event>) {
    for fact in facts {
        app.clock().advance(MINUTE);
        app.recado.db.write(move |tx| tx.emit(fact)).await.expect("told");
    }
}

/// The inbox "Contato", connected by the owner.
async fn inbox(app: &App) {
    let fields = [("name", "Contato"), ("address", "contato@vereda.example"), ("access", "all"), ("way", "house")];
    assert_eq!(app.browser_of(1).await.post_form("/settings/inboxes", &fields).await.status, 303);
}

/// One value.
async fn value<T: FromSql + Send + 'static>(app: &App, sql: &'static str) -> T {
    app.recado.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).await.expect("a value")
}

/// Who exported what: a fact with a name that is easy to look for.
fn exported(by: Option<i64>, format: &str) -> Event {
    Event::ActivityExported { by, format: format.to_owned() }
}

/// The ids of the entries on a page, in their order.
fn entries(page: &str) -> Vec<i64> {
    let ids = page.split("id=\"entry-").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    ids.map(|id| id.parse().expect("a number")).collect()
}

/// Holds the clock.
fn hold(app: &App, at: Millis) {
    app.clock().hold(at);
}
