//! Users from the command line, for whoever runs the machine.

use std::io::BufRead;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::out::say;
use super::{Output, OutputArgs};
use crate::accounts::commands::{
    Access, Change, Member, NewOwner, change, create_owner, list, reset_password, reset_second_factor,
};
use crate::auth::Role;
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
    ResetPassword(Whom),
    /// List all users with role and access.
    List(OutputArgs),
    /// Take a user's access away: signed out everywhere, their open conversations unassigned.
    Disable(Whom),
    /// Give a user's access back.
    Enable(Whom),
    /// Make a user an admin or an agent, with the usual permissions; all their sessions end.
    SetRole {
        #[command(flatten)]
        whom: Whom,
        #[arg(long)]
        role: RoleName,
    },
    /// Take the second factor of a user away who lost it: they sign in with the password alone until they set up another.
    ResetSecondFactor {
        /// The address they sign in with.
        email: String,
    },
}

/// The user something is done to.
#[derive(Args)]
pub(super) struct Whom {
    #[arg(long)]
    email: String,
}

/// A role that can be given here.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum RoleName {
    Admin,
    Agent,
}

/// Does it.
pub(super) fn run(app: &App, command: UserCommand) -> Result<ExitCode> {
    match command {
        UserCommand::Create { owner: _, name, email, workspace } => {
            let (language, zone) = (app.config.language.as_str(), app.config.zone.as_str());
            let password = password()?;
            let owner =
                NewOwner { workspace: &workspace, name: &name, email: &email, password: &password, language, zone };
            create_owner(&app.db, &owner)?;
            say(format_args!("{email} owns this server now."));
        }
        UserCommand::ResetPassword(Whom { email }) => {
            reset_password(&app.db, &email, &password()?)?;
            say(format_args!("{email} has a new password."));
        }
        UserCommand::List(output) => print(&list(&app.db)?, output.kind()),
        UserCommand::Disable(Whom { email }) => {
            change(&app.db, &email, Change::Access(Access::Disabled)).map_err(|error| named(error, &email))?;
            say(format_args!("{email} has no access any more."));
        }
        UserCommand::Enable(Whom { email }) => {
            change(&app.db, &email, Change::Access(Access::Active)).map_err(|error| named(error, &email))?;
            say(format_args!("{email} has access."));
        }
        UserCommand::SetRole { whom: Whom { email }, role } => {
            let role = match role {
                RoleName::Admin => Role::Admin,
                RoleName::Agent => Role::Agent,
            };
            change(&app.db, &email, Change::Role(role)).map_err(|error| named(error, &email))?;
            say(format_args!("{email} is an {} now.", role.as_str()));
        }
        UserCommand::ResetSecondFactor { email } => {
            reset_second_factor(&app.db, &email)?;
            say(format_args!("{email} signs in with the password alone until they set up another second factor."));
        }
    }
    app.db.close();
    Ok(ExitCode::SUCCESS)
}

/// Says whose address nobody has.
fn named(error: Error, email: &str) -> Error {
    match error {
        Error::NotFound => Error::Config(format!("nobody here has the address {email}; `recado user list` shows all")),
        other => other,
    }
}

fn print(members: &[Member], output: Output) {
    let widest = members.iter().map(|member| member.email.len()).max().unwrap_or(0);
    for member in members {
        let access = if member.access == Access::Active { "active" } else { "disabled" };
        let (email, role, name) = (&member.email, member.role.as_str(), &member.name);
        match output {
            Output::Json => say(json!({ "email": email, "name": name, "role": role, "access": access })),
            Output::Words => say(format_args!("{email:widest$}  {role:5}  {access:8}  {name}")),
        }
    }
}

/// The first line of standard input: arguments show up in lists of processes.
fn password() -> Result<String> {
    eprintln!("Password:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() { Err(Error::field("password", "password-too-short")) } else { Ok(password) }
}
