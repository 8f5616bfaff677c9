//! The mail with the link for a new password. It is made by a job, so that an answer to the form takes the same time
//! whether anybody has the address or not.

use serde::{Deserialize, Serialize};

use super::store::{users, workspace};
use crate::auth::tokens::{self, Purpose};
use crate::clock::{MINUTE, Millis};
use crate::config::Config;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::jobs::{self, Job, NewJob, Outcome};
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::args;

/// The kind of these jobs.
pub const RESET: &str = "password_reset";

/// While a link is so new, no other is sent to the same person: nobody's mailbox is filled by pressing a button.
const PAUSE: Millis = 5 * MINUTE;

#[derive(Serialize, Deserialize)]
struct Payload {
    email: String,
}

/// Queues the mail for whoever has this address.
pub(super) fn request_reset(tx: &Tx<'_>, email: &str) -> Result<()> {
    let payload = Payload { email: email.to_owned() };
    jobs::enqueue(tx, &NewJob { kind: RESET, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Makes the link and queues its mail, if somebody has the address.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn send_reset(db: &Db, config: &Config, job: Job) -> Result<Outcome> {
    let email = job.payload::<Payload>()?.email;
    let (from, secret) = (sender(config), tokens::secret()?);
    let link = config.link(&["/password-reset/", &secret].concat());
    let house = config.language.clone();
    db.write(move |tx| {
        let Some(user) = users::find_by_email(tx, &email)? else { return Ok(Outcome::Done) };
        if tokens::has_recent(tx, Purpose::PasswordReset, user.id, tx.now() - PAUSE)? {
            return Ok(Outcome::Done);
        }
        tokens::store(tx, Purpose::PasswordReset, Some(user.id), &secret)?;
        let space = workspace::find(tx)?;
        let language = user.language.or_else(|| space.as_ref().map(|space| space.language.clone())).unwrap_or(house);
        let lang = Lang::parse(&language).unwrap_or(Lang::PtBr);
        let space = space.map(|space| space.name).unwrap_or_default();
        system::queue(tx, &letter(lang, user.email, &user.name, &space, &link), &from)?;
        Ok(Outcome::Done)
    })
    .await
}

/// Who our own mail is from.
pub(super) fn sender(config: &Config) -> String {
    config.mail_from.clone().unwrap_or_else(|| "Recado <recado@localhost>".to_owned())
}

fn letter(lang: Lang, to: String, name: &str, space: &str, link: &str) -> SystemMail {
    let values = args([("name", name.to_owned()), ("workspace", space.to_owned()), ("link", link.to_owned())]);
    let text = ["reset-mail-hello", "reset-mail-why", "reset-mail-link", "reset-mail-ignore"]
        .map(|key| lang.with(key, &values))
        .join("\n\n");
    SystemMail { to, subject: lang.with("reset-mail-subject", &values), text: text + "\n" }
}
