//! What makes the pages an application of their own: a manifest, a service worker, a page for when there is no network.

use rocket::http::{ContentType, Header};
use rocket::response::Responder;
use rocket::{State, get};
use serde_json::json;

use crate::accounts;
use crate::accounts::icon::{self, Shape};
use crate::auth::Public;
use crate::db::Db;
use crate::notifications::views::OfflinePage;
use crate::web::{Answer, Cx, Html, Page, assets};

/// The worker's code; what it keeps is put in front of it.
const WORKER: &str = include_str!("../../../static/notices/worker.js");
/// What the page without a network needs.
const KEPT: [&str; 4] = ["app.css", "fonts/recado-text.woff2", "favicon.svg", "notices/icon-192.png"];
/// Of the frame around the pages, as `--paper` and `--go` are in the light theme.
const PAPER: &str = "#f4f1ea";
const GO: &str = "#0a6a4a";

#[get("/manifest.webmanifest")]
pub async fn show_manifest(_public: Public, cx: Cx, db: &State<Db>) -> Answer<(ContentType, String)> {
    let space = db.read(accounts::workspace).await?;
    let name = space.map_or_else(|| cx.t("product"), |space| space.name);
    let logo = cx.logo();
    let icon = |(place, (shape, edge)): (usize, (Shape, u32))| {
        let src = match (logo, shape) {
            (Some(key), _) => format!("/icons/{key}/{place}"),
            (None, Shape::Any) => assets::address(&format!("notices/icon-{edge}.png")),
            (None, Shape::Maskable) => assets::address(&format!("notices/maskable-{edge}.png")),
        };
        json!({ "src": src, "sizes": format!("{edge}x{edge}"), "type": "image/png", "purpose": shape.as_str() })
    };
    let icons: Vec<_> = icon::ICONS.into_iter().enumerate().map(icon).collect();
    let manifest = json!({
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": cx.lang.tag(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": GO,
        "icons": icons,
    });
    Ok((ContentType::new("application", "manifest+json"), manifest.to_string()))
}

/// A picture whose address changes with it.
#[derive(Responder)]
pub struct Icon {
    bytes: Vec<u8>,
    kind: ContentType,
    cache: Header<'static>,
}

/// The workspace's logo as an icon.
#[get("/icons/<key>/<place>")]
pub async fn show_icon(_public: Public, db: &State<Db>, key: &str, place: usize) -> Answer<Icon> {
    let bytes = icon::icon(db, key, place).await?.to_vec();
    let cache = Header::new("Cache-Control", "public, max-age=2592000, immutable");
    Ok(Icon { bytes, kind: ContentType::PNG, cache })
}

/// The service worker. Browsers ask for it anew at each visit and compare it byte by byte, so it names what it keeps by
/// their hashes.
#[derive(Responder)]
pub struct Worker {
    code: String,
    kind: ContentType,
    cache: Header<'static>,
}

#[get("/worker.js")]
pub fn show_worker(_public: Public) -> Worker {
    let kept: Vec<String> = KEPT.iter().map(|name| assets::address(name)).collect();
    let (icon, badge) = (assets::address("notices/icon-192.png"), assets::address("favicon.svg"));
    let given = json!({ "kept": kept, "icon": icon, "badge": badge, "offline": "/offline" });
    Worker {
        code: format!("const GIVEN = {given};\n{WORKER}"),
        kind: ContentType::JavaScript,
        cache: Header::new("Cache-Control", "no-cache"),
    }
}

/// The same for everybody: it is kept in the browser.
#[get("/offline")]
pub fn show_offline(_public: Public, cx: Cx) -> Page {
    Ok(Html::render(&OfflinePage { cx })?)
}
