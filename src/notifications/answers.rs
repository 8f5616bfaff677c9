//! Answers of the team by mail. Whoever answers must be who the address was signed for, write from their own address, and
//! may do by mail what they may do on the page. It leaves only where a server of ours found the sender to be real;
//! elsewhere it stays with the team as a note. What is refused is told, with the text, so that nothing is lost.

use std::sync::Arc;

use super::words::language;
use crate::accounts::{self, User};
use crate::auth::{Viewer, sessions};
use crate::channels::email::{Intake, StaffMark, TeamMail, is_proven};
use crate::clock::DAY;
use crate::config::Config;
use crate::conversations::model::{Addressed, Incoming, MessageKind, Nature, Written};
use crate::conversations::store::joining::signposts;
use crate::conversations::store::team::{self, Piece};
use crate::conversations::store::writing;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::inboxes::store as inboxes;
use crate::jobs::{self, Job, Outcome};
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::args;

/// Letters of their text that a person gets back.
const GIVEN_BACK: usize = 20_000;

/// Takes answers that came by mail.
#[derive(Clone)]
pub struct Answers {
    pub intake: Intake,
    pub config: Arc<Config>,
}

/// What becomes of one.
enum Verdict {
    /// It is written by this person, to the customer or for the team.
    Write(Box<Viewer>, i64, MessageKind),
    /// Not taken; who is told, and why (a message key).
    Refuse(User, &'static str),
    /// Nobody of the team would know what this is about.
    Ignore(&'static str),
}

impl Answers {
    /// Judges one mail.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn take(&self, job: Job) -> Result<Outcome> {
        let Piece { piece } = job.payload()?;
        let read = self.intake.db.read(move |connection| {
            let Some(waiting) = team::waiting(connection, piece)? else { return Ok(None) };
            Ok(Some((inboxes::get(connection, waiting.inbox)?, waiting.raw)))
        });
        let Some((inbox, raw)) = read.await? else { return Ok(Outcome::Done) };
        let mail = self.intake.read_team_mail(inbox.address, raw).await?;
        let (claim, config) = (job.claim(), self.config.clone());
        self.intake
            .db
            .write(move |tx| {
                take(tx, &config, piece, mail)?;
                jobs::settle(tx, claim, &Outcome::Done)?;
                Ok(Outcome::Done)
            })
            .await
    }
}

fn take(tx: &Tx<'_>, config: &Config, piece: i64, mail: TeamMail) -> Result<()> {
    let verdict = judge(tx, config, &mail)?;
    let incoming = mail.incoming;
    match verdict {
        Verdict::Ignore(why) => {
            tracing::info!(piece, why, "a mail to an address of the team was not taken");
            Ok(())
        }
        Verdict::Refuse(reader, key) => tell(tx, config, &reader, key, &incoming),
        Verdict::Write(viewer, conversation, kind) => {
            let is_held = kind == MessageKind::Note && config.mail_checked_by.is_some();
            let written = Written {
                kind,
                text: own_words(&incoming.text),
                client_id: Some(format!("mail-{piece}")),
                files: incoming.files.clone(),
            };
            let done = tx.attempt(|tx| writing::send(tx, &viewer, conversation, &written, &Addressed::default()));
            let reader = accounts::find(tx, viewer.id)?;
            match done {
                Ok(message) => {
                    team::became(tx, piece, message)?;
                    if is_held { tell(tx, config, &reader, "team-mail-held", &incoming) } else { Ok(()) }
                }
                Err(Error::NotFound) => tell(tx, config, &reader, "team-mail-no-access", &incoming),
                Err(Error::Invalid(problems)) => {
                    let key = problems.iter().next().map_or("team-mail-no-access", |(_, key)| key);
                    tell(tx, config, &reader, key, &incoming)
                }
                Err(error) => Err(error),
            }
        }
    }
}

fn judge(tx: &Tx<'_>, config: &Config, mail: &TeamMail) -> Result<Verdict> {
    let incoming = &mail.incoming;
    if incoming.automatic.is_some() || incoming.bounce.is_some() {
        return Ok(Verdict::Ignore("a machine wrote it"));
    }
    // The words of such a mail are those of its program, and nobody means to send them to a customer.
    if incoming.nature != Nature::Message {
        return Ok(Verdict::Ignore("a reaction to a notice"));
    }
    let today = tx.now() / DAY;
    let staff = match mail.mark {
        Some(StaffMark::Signed(staff)) if staff.until_day >= today => staff,
        Some(StaffMark::Signed(staff)) => return refuse_to(tx, staff.user, incoming, "team-mail-expired"),
        Some(StaffMark::Forged) => {
            // Whoever is nobody of the team gets no answer: the address may be anybody's.
            let sender = accounts::find_by_email(tx, &incoming.sender.address)?;
            return Ok(sender.map_or(Verdict::Ignore("a forged address, and nobody of the team"), |user| {
                Verdict::Refuse(user, "team-mail-forged")
            }));
        }
        None => return Ok(Verdict::Ignore("it is addressed to nobody of the team")),
    };
    let Some(viewer) = sessions::stand_in(tx, staff.user)? else {
        return Ok(Verdict::Ignore("its person has no access any more"));
    };
    if !viewer.email.eq_ignore_ascii_case(incoming.sender.address.trim()) {
        return refuse_to(tx, staff.user, incoming, "team-mail-other-address");
    }
    let is_proven = config.mail_checked_by.as_ref().is_some_and(|name| is_proven(&mail.results, name));
    let kind = if is_proven { MessageKind::Outgoing } else { MessageKind::Note };
    Ok(Verdict::Write(Box::new(viewer), signposts::standing(tx, staff.conversation)?, kind))
}

/// Tells the person whom the address was signed for, at their own address.
fn refuse_to(tx: &Tx<'_>, user: i64, incoming: &Incoming, key: &'static str) -> Result<Verdict> {
    match accounts::find(tx, user) {
        Ok(user) => Ok(Verdict::Refuse(user, key)),
        Err(Error::NotFound) => {
            tracing::info!(sender_length = incoming.sender.address.len(), "an answer for somebody without access");
            Ok(Verdict::Ignore("its person has no access any more"))
        }
        Err(error) => Err(error),
    }
}

/// What stands above our line, in whatever language it was.
fn own_words(text: &str) -> String {
    let marks = Lang::ALL.map(|lang| lang.t("notice-mail-above"));
    let own = text.lines().take_while(|line| !marks.iter().any(|mark| line.contains(mark.as_str())));
    own.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn tell(tx: &Tx<'_>, config: &Config, reader: &User, key: &str, incoming: &Incoming) -> Result<()> {
    let house = accounts::workspace(tx)?.map(|space| space.language);
    let lang = language(reader.language.as_deref(), house.as_deref(), config);
    let values = args([
        ("name", reader.name.clone()),
        ("sender", incoming.sender.address.clone()),
        ("link", config.link("/conversations")),
    ]);
    let (subject, opening) = if key == "team-mail-held" {
        ("team-mail-held-subject", Vec::new())
    } else {
        ("team-mail-refused-subject", vec![lang.t("team-mail-refused")])
    };
    let mut parts = vec![lang.with("notice-mail-hello", &values)];
    parts.extend(opening);
    parts.push(lang.with(key, &values));
    parts.push(lang.with("team-mail-open", &values));
    let own: String = own_words(&incoming.text).chars().take(GIVEN_BACK).collect();
    if !own.is_empty() {
        parts.push(lang.t("team-mail-text"));
        parts.push(own);
    }
    let mail = SystemMail { to: reader.email.clone(), subject: lang.t(subject), text: parts.join("\n\n") + "\n" };
    system::queue(tx, &mail, &config.sender())
}
