//! The server.

use std::fs::File;
use std::process::ExitCode;

use super::out::say;
use super::runtime;
use crate::accounts;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Watch;
use crate::error::{Error, Result};
use crate::mailer::{Carrier, PATIENCE};
use crate::server::{App, Running};

/// Serves until a signal ends it.
pub(super) fn run(config: Config) -> Result<ExitCode> {
    raise_file_limit();
    let carrier = Carrier::configured(&config, PATIENCE);
    let app = App::open(config, &Clock::default(), carrier, Watch::OtherProcesses)?;
    let _lock = lock(&app.config)?;
    runtime()?.block_on(async {
        let running = Running::start(&app).await?;
        say(format_args!("Recado serves {} (listening on {})", app.config.origin(), running.address));
        if let Some(code) = accounts::setup_code(&app.db).await? {
            say(format_args!(
                "Nobody owns this server yet. Open {} and enter the code {code}",
                app.config.link("/setup")
            ));
        }
        running.wait().await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// One server for one database: a second one would send everything twice.
fn lock(config: &Config) -> Result<File> {
    let path = config.data_dir.join("recado.lock");
    let file = File::create(&path)?;
    file.try_lock().map_err(|_| Error::Config(format!("another server uses {} already", config.data_dir.display())))?;
    Ok(file)
}

/// Each open browser holds a connection.
fn raise_file_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(65_536) {
        tracing::warn!(%error, "the limit of open files could not be raised");
    }
}
