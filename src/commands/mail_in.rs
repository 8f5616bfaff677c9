//! One mail from standard input into an inbox, for a mail server's pipe. The exit code tells the server whether to try
//! again; 0 is said only when the mail is on the disk.

use std::io::Read;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::out::say;
use super::{Output, OutputArgs, exit, runtime};
use crate::channels::email::Intake;
use crate::conversations::model::{Incoming, Mailbox, Receipt};
use crate::error::Result;
use crate::inboxes::{self, Connected, Inbox};
use crate::server::App;

/// Which inbox.
#[derive(Args)]
pub(super) struct MailInArgs {
    /// Name or address of the inbox.
    #[arg(long, value_name = "NAME")]
    inbox: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// Takes the mail in.
pub(super) fn run(app: &App, args: &MailInArgs) -> Result<ExitCode> {
    let name = args.inbox.clone();
    let Some(inbox) = app.db.read_blocking(move |connection| inboxes::store::find(connection, &name))? else {
        eprintln!("recado: there is no inbox {:?}", args.inbox);
        return Ok(ExitCode::from(exit::NO_INBOX));
    };
    if inbox.connected == Connected::No {
        eprintln!("recado: the inbox {} is disconnected", inbox.name);
        return Ok(ExitCode::from(exit::NO_INBOX));
    }
    let mut raw = Vec::new();
    std::io::stdin().lock().read_to_end(&mut raw)?;
    let intake = Intake { db: app.db.clone(), keys: app.keys.clone(), max_bytes: app.config.max_mail_bytes };
    let (receipt, incoming) = runtime()?.block_on(intake.receive(&inbox, raw))?;
    app.db.close();
    match args.output.kind() {
        Output::Json => say(as_json(&inbox, &receipt, &incoming)),
        Output::Words => say(format_args!(
            "{}: message {} in conversation {} of {}",
            receipt.outcome.as_str(),
            receipt.message,
            receipt.conversation,
            inbox.name
        )),
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(inbox: &Inbox, receipt: &Receipt, incoming: &Incoming) -> serde_json::Value {
    let mailbox = |mailbox: &Mailbox| json!({ "address": mailbox.address, "name": mailbox.name });
    let files = incoming.files.iter().map(|file| {
        json!({
            "name": file.name,
            "type": file.mime,
            "size": file.blob.size,
            "sha256": data_encoding::HEXLOWER.encode(&file.blob.sha256),
        })
    });
    json!({
        "inbox": inbox.id,
        "conversation": receipt.conversation,
        "message": receipt.message,
        "outcome": receipt.outcome.as_str(),
        "from": mailbox(&incoming.sender),
        "subject": incoming.subject,
        "to": incoming.recipients.to.iter().map(mailbox).collect::<Vec<_>>(),
        "cc": incoming.recipients.cc.iter().map(mailbox).collect::<Vec<_>>(),
        "attachments": files.collect::<Vec<_>>(),
    })
}
