//! Users from the command line, for whoever runs the machine.

use std::io::BufRead;
use std::process::ExitCode;

use clap::Subcommand;

use crate::accounts::commands::{NewOwner, create_owner, reset_password, reset_second_factor};
use crate::error::{Error, Result};
use crate::server::App;

/// What can be done.
#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Create the owner of a server that has none. The password is read from standard input.
    Create {
        /// The only kind of user that can be created here.
        #[arg(long, required = true)]
        owner: bool,
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: String,
        /// Name of the workspace.
        #[arg(long, default_value = "Recado")]
        workspace: String,
    },
    /// Give a user a new password, read from standard input; all their sessions end.
    ResetPassword {
        #[arg(long)]
        email: String,
    },
    /// Take the second factor of a user away who lost it: they sign in with the password alone until they set up another.
    ResetSecondFactor {
        /// The address they sign in with.
        email: String,
    },
}

/// Does it.
pub(super) fn run(app: &App, command: UserCommand) -> Result<ExitCode> {
    match command {
        UserCommand::Create { owner: _, name, email, workspace } => {
            let password = password()?;
            let (language, zone) = (app.config.language.as_str(), app.config.zone.as_str());
            let owner =
                NewOwner { workspace: &workspace, name: &name, email: &email, password: &password, language, zone };
            create_owner(&app.db, &owner)?;
            println!("{email} owns this server now.");
        }
        UserCommand::ResetPassword { email } => {
            let password = password()?;
            reset_password(&app.db, &email, &password)?;
            println!("{email} has a new password.");
        }
        UserCommand::ResetSecondFactor { email } => {
            reset_second_factor(&app.db, &email)?;
            println!("{email} signs in with the password alone until they set up another second factor.");
        }
    }
    app.db.close();
    Ok(ExitCode::SUCCESS)
}

/// The first line of standard input: arguments show up in lists of processes.
fn password() -> Result<String> {
    eprintln!("Password:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() { Err(Error::field("password", "password-too-short")) } else { Ok(password) }
}
