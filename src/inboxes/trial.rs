//! A real mail through an inbox to whoever asks for it, to see whether it arrives.

use serde::{Deserialize, Serialize};

use super::store::{self, Way, trials};
use super::watch::Watch;
use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::jobs::{self, Job, NewJob, Outcome};
use crate::mailer::Attempt;
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::args;

/// The kind of these jobs.
pub const TEST: &str = "inbox_test";

#[derive(Serialize, Deserialize)]
struct Payload {
    inbox: i64,
    recipient: String,
    language: String,
}

/// Queues a mail to `by` through an inbox.
///
/// # Errors
/// [`Error::NotFound`] when there is no such inbox.
pub fn queue(tx: &Tx<'_>, by: &Viewer, lang: Lang, inbox: i64) -> Result<()> {
    store::get(tx, inbox)?;
    trials::begin(tx, inbox, by.id, &by.email)?;
    let payload = Payload { inbox, recipient: by.email.clone(), language: lang.tag().to_owned() };
    let key = format!("inbox-test-{inbox}");
    jobs::enqueue(tx, &NewJob { kind: TEST, key: Some(&key), lane: None, payload: &payload, run_at: tx.now() })
}

impl Watch {
    /// Sends the mail: one attempt, whose end is what was asked for.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn send_test(&self, job: Job) -> Result<Outcome> {
        let Payload { inbox: id, recipient, language } = job.payload()?;
        let inbox = match self.db.read(move |connection| store::get(connection, id)).await {
            Err(Error::NotFound) => return Ok(Outcome::Done),
            found => found?,
        };
        let lang = Lang::parse(&language).unwrap_or(Lang::PtBr);
        let values = args([("inbox", inbox.name.clone()), ("address", inbox.address.clone())]);
        let mail = SystemMail {
            to: recipient,
            subject: lang.with("inbox-test-mail-subject", &values),
            text: lang.with("inbox-test-mail-text", &values) + "\n",
        };
        let (envelope, raw) = system::letter((&inbox.name, &inbox.address), &mail, self.db.clock().now())?;
        let attempt = self.courier.deliver(&inbox, &envelope, &raw).await?;
        let claim = job.claim();
        self.db
            .write(move |tx| {
                trials::end(tx, id, &attempt)?;
                match &attempt {
                    Attempt::Sent => store::touch(tx, id, Way::Out, tx.now())?,
                    Attempt::Later(reason) if is_broken(reason.key) => {
                        store::set_problem(tx, id, Way::Out, reason.key, &reason.detail)?;
                    }
                    Attempt::Later(_) | Attempt::Refused(_) | Attempt::Unsure(_) => {}
                }
                jobs::settle(tx, claim, &Outcome::Done)?;
                Ok(Outcome::Done)
            })
            .await
    }
}

/// Whether an attempt that ended with this reason says that the way out does not work.
#[must_use]
pub fn is_broken(reason: &str) -> bool {
    !matches!(reason, "delivery-later" | super::courier::DISCONNECTED)
}
