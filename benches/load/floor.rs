//! The floor of the pages: a bare Rocket server with the product's own database threads that fetches the very same rows
//! and writes them as plain HTML. No session, no language, no layout, no counters, no compression, no security headers,
//! no log. What is lost above it is what the product adds for people.

use std::fmt::Write;
use std::path::Path;

use recado::auth::Viewer;
use recado::conversations::model::{Place, Section, Waits};
use recado::conversations::store::timeline::Window;
use recado::conversations::store::{list, show, timeline};
use recado::db::Db;
use recado::error::{Error, Result};
use rocket::config::{Ident, LogLevel};
use rocket::fairing::AdHoc;
use rocket::response::content::RawHtml;
use rocket::{State, get, routes};

use crate::world;

/// Rows of a list, as in the product.
const ROWS: u32 = 50;

/// Serves until it is killed; prints its address first.
pub async fn serve(folder: &Path, secret: &str) -> crate::Result<()> {
    let db = world::open(folder)?;
    let viewer = world::viewer(&db, secret).await?;
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let config = rocket::Config {
        port: 0,
        // As many as the product has.
        workers: (2 * cores).max(8),
        ident: Ident::none(),
        log_level: LogLevel::Off,
        cli_colors: false,
        ..rocket::Config::default()
    };
    let say = AdHoc::on_liftoff("address", |rocket| {
        println!("{}:{}", rocket.config().address, rocket.config().port);
        Box::pin(async {})
    });
    let rocket = rocket::custom(config).manage(db).manage(viewer).attach(say).mount("/", routes![rows, conversation]);
    rocket.launch().await.map_err(|error| error.to_string())?;
    Ok(())
}

/// One section of the list.
#[get("/rows/<section>")]
async fn rows(db: &State<Db>, viewer: &State<Viewer>, section: &str) -> Option<RawHtml<String>> {
    let (viewer, section) = (Viewer::clone(viewer), Section::parse(section)?);
    let html = db.read(move |connection| {
        let mut html = String::from("<!doctype html><title>Floor</title><ul>");
        for row in list::rows(connection, &viewer, section, Place::TOP, ROWS)? {
            write!(
                html,
                "<li class=\"{:?} {:?}\"><a href=\"/conversation/{}\"><b>{}</b> {} <i>{}</i> <time>{}</time> {} {}</a></li>",
                row.state,
                row.last_kind,
                row.id,
                escaped(&row.name),
                escaped(&row.subject),
                escaped(&row.preview),
                row.last_activity_at,
                row.unread,
                row.waits == Waits::Yes,
            )
            .map_err(Error::internal)?;
        }
        html.push_str("</ul>");
        Ok(html)
    });
    html.await.ok().map(RawHtml)
}

/// One conversation: what the page's main part shows, without the list beside it.
#[get("/conversation/<id>")]
async fn conversation(db: &State<Db>, viewer: &State<Viewer>, id: i64) -> Option<RawHtml<String>> {
    let viewer = Viewer::clone(viewer);
    let html = db.read(move |connection| {
        let found = show::get(connection, &viewer, id)?;
        let said = timeline::read(connection, &viewer, id, Window::Latest)?;
        let mut html = String::from("<!doctype html><title>Floor</title>");
        write!(html, "<h1>{} {}</h1>", escaped(&found.contact_name), escaped(&found.subject))
            .map_err(Error::internal)?;
        for message in &said.messages {
            write!(
                html,
                "<article class=\"{:?}\"><b>{}</b> <time>{}</time><p>{}</p></article>",
                message.kind,
                escaped(&message.sender_name),
                message.created_at,
                escaped(&message.text),
            )
            .map_err(Error::internal)?;
        }
        for fact in &said.facts {
            write!(html, "<p>{:?} {}</p>", fact.what, fact.at).map_err(Error::internal)?;
        }
        Result::Ok(html)
    });
    html.await.ok().map(RawHtml)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
