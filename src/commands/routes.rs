//! Every route with what it asks of its caller.

use std::net::SocketAddr;
use std::process::ExitCode;

use serde_json::json;

use super::Output;
use super::out::say;
use crate::auth::Guard;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Watch;
use crate::error::Result;
use crate::mailer::{Carrier, Outbox};
use crate::server::{self, App, GUARDS};
use crate::web;

/// One route.
struct Line {
    method: &'static str,
    path: String,
    handler: String,
    guard: String,
}

/// Prints them, sorted by path. No database of anybody is opened: the routes are those of a server in a temporary folder.
pub(super) fn run(output: Output) -> Result<ExitCode> {
    let mut lines = collect()?;
    lines.sort_by(|a, b| (&a.path, a.method).cmp(&(&b.path, b.method)));
    let widest = lines.iter().map(|line| line.path.len()).max().unwrap_or(0);
    for line in &lines {
        match output {
            Output::Json => {
                say(json!({ "method": line.method, "path": line.path, "handler": line.handler, "guard": line.guard }));
            }
            Output::Words => say(format_args!("{:6} {:widest$}  {}", line.method, line.path, line.guard)),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn collect() -> Result<Vec<Line>> {
    let folder = tempdir()?;
    let config = Config::simple(&folder, "http://127.0.0.1:8000", SocketAddr::from(([127, 0, 0, 1], 8000)))?;
    let app = App::open(config, &Clock::default(), Carrier::keeping(Outbox::default()), Watch::Nothing)?;
    let rocket = super::runtime()?.block_on(server::rocket(&app).ignite());
    app.db.close();
    std::fs::remove_dir_all(&folder)?;
    let rocket = rocket.map_err(crate::error::Error::internal)?;
    rocket.routes().map(line).collect()
}

fn line(route: &rocket::Route) -> Result<Line> {
    Ok(Line {
        method: route.method.as_str(),
        path: route.uri.to_string(),
        handler: route.name.as_deref().unwrap_or_default().to_owned(),
        guard: in_words(web::guard_of(route, GUARDS)?),
    })
}

fn in_words(guard: Guard) -> String {
    match guard {
        Guard::Public => "public".to_owned(),
        Guard::Setup => "setup".to_owned(),
        Guard::SignedIn => "signed in".to_owned(),
        Guard::May(right) => format!("right {}", right.as_str()),
        Guard::Admin => "admin".to_owned(),
        Guard::Owner => "owner".to_owned(),
        Guard::Enrolling => "enrolling".to_owned(),
        Guard::Demo => "demo".to_owned(),
    }
}

fn tempdir() -> Result<std::path::PathBuf> {
    let folder = std::env::temp_dir().join(format!("recado-{}", crate::keys::random_text::<8>()?));
    std::fs::create_dir(&folder)?;
    Ok(folder)
}
