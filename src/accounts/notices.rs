//! Mail to a person about their own account: a browser never used before, changes of what proves who they are. Queued in
//! the transaction of the fact, made and sent by jobs, in the language of the person.

use serde::{Deserialize, Serialize};

use super::jobs::sender;
use super::model::{self, User};
use super::store::{email, users, workspace};
use crate::auth::tokens;
use crate::clock::Millis;
use crate::config::Config;
use crate::db::{Db, Tx};
use crate::error::{Error, Result};
use crate::jobs::{self, Job, NewJob, Outcome};
use crate::mailer::Carrier;
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::{Args, arg, args};
use crate::web::times::Times;

/// The kind of these jobs.
pub const NOTICE: &str = "account_notice";

/// What a person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// In a browser they never used here.
    SignedIn {
        device: String,
        address: String,
    },
    /// The password was right and the codes were not, several times.
    WrongCodes,
    FactorEnabled,
    FactorDisabled,
    /// By somebody else.
    FactorReset,
    RecoveryCodeUsed {
        left: i64,
    },
    /// To the new address, with the link.
    ConfirmEmail,
    /// To the address they had before.
    EmailChanged {
        before: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Payload {
    user: i64,
    fact: Fact,
    at: Millis,
}

/// Queues a notice to `user`.
///
/// # Errors
/// Database errors.
pub(super) fn queue(tx: &Tx<'_>, user: i64, fact: Fact) -> Result<()> {
    let payload = Payload { user, fact, at: tx.now() };
    jobs::enqueue(tx, &NewJob { kind: NOTICE, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Makes the mail of a notice. Where no mail can leave, nobody is told: a notice a day late only frightens.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn send_notice(db: &Db, config: &Config, carrier: &Carrier, job: Job) -> Result<Outcome> {
    if carrier.transport(None).is_none() {
        return Ok(Outcome::Done);
    }
    let Payload { user, fact, at } = job.payload()?;
    let (from, secret) = (sender(config), tokens::secret()?);
    let links = Links::of(config, &secret);
    let house = config.language.clone();
    db.write(move |tx| {
        // Somebody who lost their access meanwhile is told nothing.
        let user = match users::find(tx, user) {
            Ok(user) => user,
            Err(Error::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error),
        };
        let to = match &fact {
            Fact::ConfirmEmail => match email::give_link(tx, user.id, &secret)? {
                Some(to) => to,
                None => return Ok(Outcome::Done),
            },
            Fact::EmailChanged { before } => before.clone(),
            _ => user.email.clone(),
        };
        let space = workspace::find(tx)?;
        let language = user.language.clone().or_else(|| space.as_ref().map(|space| space.language.clone()));
        let lang = Lang::parse(&language.unwrap_or(house)).unwrap_or(Lang::PtBr);
        let space = space.map(|space| space.name).unwrap_or_default();
        let when = Times::new(lang, &user.zone, at).full(at);
        let letter = Letter { lang, user: &user, space: &space, when: &when, links: &links };
        system::queue(tx, &letter.about(&fact, to), &from)?;
        Ok(Outcome::Done)
    })
    .await
}

/// Addresses of ours that a letter names.
struct Links {
    account: String,
    reset: String,
    confirm: String,
}

impl Links {
    fn of(config: &Config, secret: &str) -> Self {
        Self {
            account: config.link("/account"),
            reset: config.link("/password-reset"),
            confirm: config.link(&["/email/", secret].concat()),
        }
    }
}

/// A letter to somebody.
struct Letter<'a> {
    lang: Lang,
    user: &'a User,
    space: &'a str,
    when: &'a str,
    links: &'a Links,
}

impl Letter<'_> {
    fn about(&self, fact: &Fact, to: String) -> SystemMail {
        let (subject, parts): (_, &[_]) = match fact {
            Fact::SignedIn { .. } => {
                ("mail-signed-in-subject", &["mail-signed-in", "mail-signed-in-facts", "mail-was-you", "mail-not-you"])
            }
            Fact::WrongCodes => ("mail-wrong-codes-subject", &["mail-wrong-codes", "mail-wrong-codes-do"]),
            Fact::FactorEnabled => ("mail-factor-on-subject", &["mail-factor-on", "mail-was-you", "mail-not-you"]),
            Fact::FactorDisabled => ("mail-factor-off-subject", &["mail-factor-off", "mail-was-you", "mail-not-you"]),
            Fact::FactorReset => ("mail-factor-reset-subject", &["mail-factor-reset", "mail-factor-reset-do"]),
            Fact::RecoveryCodeUsed { .. } => {
                ("mail-recovery-subject", &["mail-recovery", "mail-recovery-left", "mail-was-you", "mail-not-you"])
            }
            Fact::ConfirmEmail => {
                ("mail-email-confirm-subject", &["mail-email-confirm", "mail-email-link", "mail-email-ignore"])
            }
            Fact::EmailChanged { .. } => {
                ("mail-email-changed-subject", &["mail-email-changed", "mail-email-changed-do"])
            }
        };
        let values = self.values(fact);
        let hello = std::iter::once(&"mail-hello");
        let text = hello.chain(parts).map(|key| self.lang.with(key, &values)).collect::<Vec<_>>().join("\n\n");
        SystemMail { to, subject: self.lang.with(subject, &values), text: text + "\n" }
    }

    fn values(&self, fact: &Fact) -> Args {
        let mut values = args([
            ("name", self.user.name.clone()),
            ("workspace", self.space.to_owned()),
            ("when", self.when.to_owned()),
            ("email", self.user.email.clone()),
            ("account", self.links.account.clone()),
            ("reset", self.links.reset.clone()),
            ("link", self.links.confirm.clone()),
        ]);
        match fact {
            Fact::SignedIn { device, address } => {
                values.extend(args([("device", device_words(self.lang, device)), ("address", address.clone())]));
            }
            Fact::RecoveryCodeUsed { left } => values.extend(arg("left", *left)),
            _ => {}
        }
        values
    }
}

/// A device by its `User-Agent`, in words.
#[must_use]
pub fn device_words(lang: Lang, agent: &str) -> String {
    match model::device(agent) {
        (Some(browser), Some(system)) => {
            let values = args([("browser", browser.to_owned()), ("system", system.to_owned())]);
            lang.with("device-both", &values)
        }
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => lang.t("device-unknown"),
    }
}
