//! The command line: one binary that serves, takes mail in, backs up and restores, looks after users, and says what it
//! would do.

mod backup;
mod check;
mod logging;
mod mail_in;
mod out;
mod restore;
mod routes;
mod serve;
mod user;

pub(crate) use out::say;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Watch;
use crate::demo::{self, Greeting, Place};
use crate::error::{Error, Result};
use crate::mailer::{Carrier, PATIENCE};
use crate::server::App;

/// Exit codes that mail servers know (sysexits.h): they try again after 75 and give up after the others.
mod exit {
    pub const USAGE: u8 = 64;
    pub const NO_INBOX: u8 = 67;
    pub const INTERNAL: u8 = 70;
    pub const TRY_AGAIN: u8 = 75;
    pub const CONFIG: u8 = 78;
}

/// One shared place for a small team's customer communication.
#[derive(Parser)]
#[command(name = "recado", version, max_term_width = 100)]
struct Cli {
    /// Settings file; RECADO_… variables win over it.
    #[arg(long, global = true, value_name = "FILE", env = "RECADO_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (also without any command).
    Serve,
    /// Run a made-up company in a temporary database, with a page to play its customers.
    Demo(DemoArgs),
    /// Create the owner; list users, give them passwords, roles and access.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Write a checked copy of the database; goes on while the server runs.
    Backup(backup::BackupArgs),
    /// Put a copy in place of the database. The server must not run.
    Restore(restore::RestoreArgs),
    /// Take one mail from standard input into an inbox: for a mail server's pipe.
    MailIn(mail_in::MailInArgs),
    /// List every route with what it asks of its caller.
    Routes(OutputArgs),
    /// Check settings, database and mail server, and say in words what was found.
    Check(OutputArgs),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    Words,
    /// One JSON object a line.
    Json,
}

#[derive(Args)]
struct OutputArgs {
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
}

impl OutputArgs {
    fn kind(&self) -> Output {
        if self.json { Output::Json } else { Output::Words }
    }
}

#[derive(Args)]
struct DemoArgs {
    #[command(flatten)]
    output: OutputArgs,
    /// Port on this machine; without it the first free one from 8000 on.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Keep the database in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Runs the command line and answers the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no errors.
            let code = if error.use_stderr() { exit::USAGE } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    logging::start();
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("recado: {}", in_words(&error));
            ExitCode::from(code_of(&error))
        }
    }
}

fn dispatch(cli: Cli) -> Result<ExitCode> {
    let config = || Config::load(cli.config.as_deref());
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config()?),
        Command::Demo(args) => run_demo(args),
        Command::User(command) => user::run(&open(config()?)?, command),
        Command::Backup(args) => backup::run(&open(config()?)?, &args),
        Command::Restore(args) => restore::run(&config()?, &args),
        Command::MailIn(args) => mail_in::run(&open(config()?)?, &args),
        Command::Routes(args) => routes::run(args.kind()),
        Command::Check(args) => check::run(config(), args.kind()),
    }
}

fn run_demo(args: DemoArgs) -> Result<ExitCode> {
    let greeting = match args.output.kind() {
        Output::Words => Greeting::Words,
        Output::Json => Greeting::Json,
    };
    runtime()?.block_on(demo::run(Place { port: args.port, folder: args.dir }, greeting))?;
    Ok(ExitCode::SUCCESS)
}

/// The database for a command that works beside the server.
fn open(config: Config) -> Result<App> {
    let carrier = Carrier::configured(&config, PATIENCE);
    App::open(config, &Clock::default(), carrier, Watch::Nothing)
}

/// A runtime for commands that wait for something.
fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(8).enable_all().build()?)
}

fn code_of(error: &Error) -> u8 {
    match error {
        Error::Config(_) => exit::CONFIG,
        Error::Busy | Error::Full | Error::Io(_) => exit::TRY_AGAIN,
        Error::Invalid(_) | Error::Conflict(_) => exit::USAGE,
        _ => exit::INTERNAL,
    }
}

/// Messages with keys are told in English here: the command line has no reader's language.
fn in_words(error: &Error) -> String {
    use crate::web::Lang;
    match error {
        Error::Invalid(problems) => {
            let each = problems.iter().map(|(field, key)| format!("{field}: {}", Lang::En.t(key)));
            each.collect::<Vec<_>>().join("; ")
        }
        Error::Conflict(key) => Lang::En.t(key),
        Error::Busy => "the database is locked by another process; try again".to_owned(),
        Error::Full => "the database cannot grow: the disk or its limit is full".to_owned(),
        Error::NewerSchema { .. } => format!("{error}: install the newer version again, or restore a copy"),
        other => other.to_string(),
    }
}
