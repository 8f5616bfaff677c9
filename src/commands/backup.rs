//! A copy of everything in one file.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::out::say;
use crate::db::backup;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::keys::Secret;
use crate::server::App;

/// The variable that holds the passphrase.
pub(super) const PASSPHRASE: &str = "RECADO_BACKUP_PASSPHRASE";

/// Where to.
#[derive(Args)]
pub(super) struct BackupArgs {
    /// The copy to write; must not exist.
    file: PathBuf,
}

/// Writes the copy, with the key inside if there is a passphrase to wrap it with.
pub(super) fn run(app: &App, args: &BackupArgs) -> Result<ExitCode> {
    let target = std::path::absolute(&args.file)?;
    let wrapped = match passphrase() {
        Some(passphrase) => Some(app.keys.wrap(&passphrase)?),
        None => None,
    };
    backup::write_copy_of(app.db.path(), &target, wrapped.as_ref())?;
    // The copy is there and whole; a database that cannot grow must not make it look failed.
    if let Err(error) = app.db.write_blocking(|tx| tx.emit(Event::DatabaseCopied { by: None })) {
        eprintln!("recado: the copy could not be noted in the activity log: {error}");
    }
    app.db.close();
    say(format_args!("Copied to {}.", target.display()));
    if wrapped.is_none() {
        say(format_args!(
            "The key file {} is not in the copy: keep it apart from it, or set {PASSPHRASE} to put it in.",
            app.config.key_file().display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The passphrase, if one is set.
pub(super) fn passphrase() -> Option<Secret> {
    std::env::var(PASSPHRASE).ok().filter(|text| !text.is_empty()).map(Secret)
}

/// What a missing passphrase means for a copy that needs one.
pub(super) fn needs_passphrase() -> Error {
    Error::Config(format!(
        "{PASSPHRASE}: the passphrase is missing or wrong. Example: {PASSPHRASE}='four plain words here'"
    ))
}
