//! What would work and what would not, in words: settings, database, key, mail server.

use std::process::ExitCode;

use serde_json::json;

use super::out::say;
use super::{Output, exit, in_words, open, runtime};
use crate::channels::email;
use crate::config::Config;
use crate::error::Result;
use crate::inboxes::{Connected, check, store};
use crate::server::App;
use crate::web::Lang;
use crate::web::i18n::arg;

/// One thing looked at.
struct Finding {
    what: &'static str,
    state: State,
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// Works, but somebody should know.
    Mind,
    Bad,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Mind => "warning",
            Self::Bad => "error",
        }
    }
}

fn finding(what: &'static str, state: State, words: impl Into<String>) -> Finding {
    Finding { what, state, words: words.into() }
}

/// Looks and prints; fails if something is bad.
pub(super) fn run(config: Result<Config>, output: Output) -> Result<ExitCode> {
    let findings = match config {
        Err(error) => vec![finding("settings", State::Bad, in_words(&error))],
        Ok(config) => look(config)?,
    };
    for finding in &findings {
        match output {
            Output::Json => {
                say(json!({ "check": finding.what, "state": finding.state.as_str(), "text": finding.words }));
            }
            Output::Words => say(format_args!("{:9} {:8} {}", finding.what, finding.state.as_str(), finding.words)),
        }
    }
    let bad = findings.iter().any(|finding| finding.state == State::Bad);
    Ok(if bad { ExitCode::from(exit::CONFIG) } else { ExitCode::SUCCESS })
}

fn look(config: Config) -> Result<Vec<Finding>> {
    let mut findings = vec![settings(&config)];
    if !config.database().exists() {
        findings.push(finding("database", State::Mind, "there is none yet; the first start makes it"));
        return Ok(findings);
    }
    match open(config) {
        Err(error) => findings.push(finding("database", State::Bad, in_words(&error))),
        Ok(app) => {
            findings.extend(database(&app)?);
            findings.push(mail(&app)?);
            findings.extend(inboxes(&app)?);
            app.db.close();
        }
    }
    Ok(findings)
}

fn settings(config: &Config) -> Finding {
    if config.is_https() {
        finding("settings", State::Good, format!("people reach it at {}", config.origin()))
    } else {
        let words =
            format!("people reach it at {} without encryption; anybody on the way can read along", config.origin());
        finding("settings", State::Mind, words)
    }
}

fn database(app: &App) -> Result<Vec<Finding>> {
    let (verdict, waiting, dead) = app.db.read_blocking(|connection| {
        let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        let dead: i64 = connection.query_row("SELECT count(*) FROM job WHERE state = 'dead'", [], |row| row.get(0))?;
        Ok((verdict, email::waiting(connection)?, dead))
    })?;
    let sound = if verdict == "ok" { State::Good } else { State::Bad };
    let mut findings = vec![finding("database", sound, format!("{}: {verdict}", app.db.path().display()))];
    findings.push(finding("outbox", State::Good, format!("{waiting} answers wait to be sent")));
    if dead > 0 {
        findings.push(finding("jobs", State::Mind, format!("{dead} jobs were given up")));
    }
    Ok(findings)
}

/// Both ways of every inbox that is connected.
fn inboxes(app: &App) -> Result<Vec<Finding>> {
    let all = app.db.read_blocking(store::all)?;
    let connected = all.into_iter().filter(|inbox| inbox.connected == Connected::Yes);
    let runtime = runtime()?;
    connected
        .map(|inbox| {
            let found = check::stored(&inbox, &app.credentials, &app.carrier, &app.mailboxes);
            let found = runtime.block_on(found)?;
            let wrong: Vec<String> = found
                .receiving
                .iter()
                .chain(&found.sending)
                .filter(|one| one.state == check::State::Bad)
                .map(|one| {
                    let sentence = Lang::En.with(one.key, &arg("server", one.server.clone()));
                    if one.detail.is_empty() { sentence } else { format!("{sentence} ({})", one.detail) }
                })
                .collect();
            let only_receives = found.reason_out.as_ref().is_some_and(|reason| reason.key == "delivery-no-way");
            let state = match wrong.len() {
                0 => State::Good,
                1 if only_receives => State::Mind,
                _ => State::Bad,
            };
            let words = if wrong.is_empty() { "works".to_owned() } else { wrong.join(" ") };
            Ok(finding("inbox", state, format!("{} <{}>: {words}", inbox.name, inbox.address)))
        })
        .collect()
}

fn mail(app: &App) -> Result<Finding> {
    let Some(transport) = app.carrier.transport(None) else {
        return Ok(finding("mail", State::Mind, "RECADO_SMTP_HOST is not set: no mail can leave"));
    };
    Ok(match runtime()?.block_on(transport.check()) {
        Ok(()) => finding("mail", State::Good, "the mail server answers and lets us in"),
        Err(reason) => finding("mail", State::Bad, format!("{} ({})", Lang::En.t(reason.key), reason.detail)),
    })
}
