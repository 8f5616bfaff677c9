//! A copy back in place.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::backup::{needs_passphrase, passphrase};
use super::out::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Watch, backup};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes;
use crate::keys::Keys;
use crate::mailer::{Carrier, PATIENCE};
use crate::server::App;

/// Where from.
#[derive(Args)]
pub(super) struct RestoreArgs {
    /// The copy that `recado backup` wrote.
    file: PathBuf,
}

/// Checks the copy, keeps what is there now under another name, and puts the copy in place.
pub(super) fn run(config: &Config, args: &RestoreArgs) -> Result<ExitCode> {
    backup::check(&args.file)?;
    fs::create_dir_all(&config.data_dir)?;
    let lock = fs::File::create(config.data_dir.join("recado.lock"))?;
    lock.try_lock().map_err(|_| Error::Config("the server runs; stop it first".to_owned()))?;
    let unwrapped = match backup::wrapped_key(&args.file)? {
        Some(wrapped) => {
            Some(passphrase().and_then(|passphrase| Keys::unwrap(&wrapped, &passphrase)).ok_or_else(needs_passphrase)?)
        }
        None => None,
    };
    set_aside(config)?;
    backup::put_in_place(&args.file, &config.database())?;
    let has_key = unwrapped.is_some() || config.key_file().exists();
    if let Some(keys) = unwrapped {
        keys.save(&config.key_file())?;
    }
    let carrier = Carrier::configured(config, PATIENCE);
    let app = App::open(config.clone(), &Clock::default(), carrier, Watch::Nothing)?;
    let keys = app.keys.clone();
    let lost = app.db.write_blocking(move |tx| {
        tx.emit(Event::DatabaseRestored { by: None })?;
        inboxes::store::mark_lost_secrets(tx, &keys)
    })?;
    app.db.close();
    say(format_args!("Restored {}.", args.file.display()));
    if !has_key {
        say("The copy came without a key, so a new one was made.");
    }
    if lost > 0 {
        say(format_args!("{lost} inboxes need their password entered again (Settings, Inboxes)."));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is there now gets another name, with its write-ahead log.
fn set_aside(config: &Config) -> Result<()> {
    let database = config.database();
    let stamp = Clock::default().now();
    for ending in ["", "-wal", "-shm"] {
        let mut from = database.as_os_str().to_owned();
        from.push(ending);
        let from = PathBuf::from(from);
        if from.exists() {
            let mut to = database.as_os_str().to_owned();
            to.push(format!(".before-restore-{stamp}{ending}"));
            fs::rename(&from, PathBuf::from(to))?;
        }
    }
    Ok(())
}
