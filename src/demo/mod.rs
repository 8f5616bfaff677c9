//! The demo: a made-up company in a temporary database, and a page on which the visitor plays its customers. Mail goes the
//! same way as in the product; only the mailbox at the other end is in memory.

mod filters;
mod greetings;
mod letters;
mod mailbox;
mod people;
mod script;
mod sequels;
mod story;
mod tools;
mod world;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::clock::Clock;
use crate::commands::say;
use crate::config::Config;
use crate::db::Watch;
use crate::error::{Error, Result};
use crate::keys;
use crate::mailer::{Carrier, Outbox};
use crate::server::{self, App, Running};
use crate::web::Showcase;

pub use mailbox::GUARDS;
pub use world::{AGENT, OWNER, PASSWORD, build};

/// Where the demo runs.
#[derive(Debug, Default)]
pub struct Place {
    /// Without one, the first free port from 8000 on.
    pub port: Option<u16>,
    /// Without one, a temporary folder that is removed at the end.
    pub folder: Option<PathBuf>,
}

/// How the demo introduces itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    Words,
    Json,
}

/// Runs until a signal ends it.
///
/// # Errors
/// When the folder or the port is not to be had.
pub async fn run(place: Place, greeting: Greeting) -> Result<()> {
    let port = place.port.map_or_else(free_port, Ok)?;
    let temporary = place.folder.is_none();
    let folder = place.folder.map_or_else(temporary_folder, Ok)?;
    let outcome = serve(&folder, port, greeting).await;
    if temporary {
        std::fs::remove_dir_all(&folder)?;
    }
    outcome
}

async fn serve(folder: &Path, port: u16, greeting: Greeting) -> Result<()> {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let config = Config::simple(folder, &format!("http://{listen}"), listen)?;
    let outbox = Outbox::default();
    let carrier = Carrier::keeping(outbox.clone());
    let app = App::open(config, &Clock::default(), carrier, Watch::OtherProcesses)?;
    if app.db.read(crate::accounts::workspace).await?.is_none() {
        build(&app).await?;
    }
    let running = start(&app, outbox).await?;
    greet(&app.config, greeting);
    running.wait().await
}

/// Starts the server of a demo world with its mailbox page.
///
/// # Errors
/// As [`Running::start`].
pub async fn start(app: &App, outbox: Outbox) -> Result<Running> {
    let showcase = Showcase { owner: OWNER, agent: AGENT, password: PASSWORD, mailbox: mailbox::PATH };
    let rocket = server::rocket(app).attach(mailbox::stage(app, outbox)).manage(showcase);
    Running::launch(rocket, app).await
}

fn greet(config: &Config, greeting: Greeting) {
    let (url, mailbox) = (config.origin(), config.link(mailbox::PATH));
    match greeting {
        Greeting::Json => {
            let person = |email: &str| json!({ "email": email, "password": PASSWORD });
            say(json!({ "url": url, "owner": person(OWNER), "agent": person(AGENT), "mailbox": mailbox }));
        }
        Greeting::Words => {
            say(format_args!("Recado    {url}"));
            say(format_args!("Owner     {OWNER}   password: {PASSWORD}"));
            say(format_args!("Agent     {AGENT}     password: {PASSWORD}"));
            say(format_args!("Customers {mailbox}   (write and answer as one of them)"));
            say("Nothing leaves this machine. Ctrl-C ends the demo.");
        }
    }
}

fn free_port() -> Result<u16> {
    let free = (8000..8100).find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    free.ok_or_else(|| Error::Config("--port: no port from 8000 to 8099 is free. Example: --port 9000".to_owned()))
}

fn temporary_folder() -> Result<PathBuf> {
    Ok(std::env::temp_dir().join(format!("recado-demo-{}", keys::random_text::<8>()?)))
}
