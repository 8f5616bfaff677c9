//! The mails that tell somebody what happened: one for each conversation, and one for all when many are due at once.

use std::sync::Arc;

use super::model::Told;
use super::store::mails::{self, Reader};
use super::words::{Words, language};
use crate::accounts::{self, User};
use crate::channels::email::{Staff, reply_key};
use crate::clock::DAY;
use crate::config::Config;
use crate::conversations::store::show;
use crate::db::{Db, Tx};
use crate::error::{Error, Result};
use crate::inboxes::store as inboxes;
use crate::inboxes::{Connected, Inbox};
use crate::jobs::{self, Job, Outcome};
use crate::keys::Keys;
use crate::mailer::Carrier;
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::{Args, args};
use crate::web::times::Times;

/// More conversations than this go into one mail.
const ONE_EACH: usize = 5;
/// Notifications that a mail tells in full.
const MOST: usize = 10;
/// Conversations that a mail about many names.
const NAMED: usize = 30;
/// An address for answers holds for so many days.
const ANSWERABLE_DAYS: i64 = 30;

/// Mails what people were told.
#[derive(Clone)]
pub struct Mailer {
    pub db: Db,
    pub keys: Keys,
    pub config: Arc<Config>,
    pub carrier: Carrier,
}

/// A letter to one person.
struct Letter<'a> {
    tx: &'a Tx<'a>,
    config: &'a Config,
    keys: &'a Keys,
    reader: User,
    lang: Lang,
    space: String,
}

impl Mailer {
    /// Mails what is due to a person.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn tell(&self, job: Job) -> Result<Outcome> {
        let Reader { user } = job.payload()?;
        let can_leave = self.carrier.transport(None).is_some();
        let (claim, config, keys) = (job.claim(), self.config.clone(), self.keys.clone());
        self.db
            .write(move |tx| {
                match accounts::find(tx, user) {
                    Ok(reader) if can_leave => Letter::to(tx, &config, &keys, reader)?.tell()?,
                    // Nobody to tell, or no way: a notification days late only confuses.
                    Ok(_) | Err(Error::NotFound) => mails::forget(tx, user, None)?,
                    Err(error) => return Err(error),
                }
                let next = mails::next_due(tx, user)?;
                let outcome = next.map_or(Outcome::Done, |at| Outcome::Later(at, "more is due then".to_owned()));
                jobs::settle(tx, claim, &outcome)?;
                Ok(outcome)
            })
            .await
    }
}

impl<'a> Letter<'a> {
    fn to(tx: &'a Tx<'a>, config: &'a Config, keys: &'a Keys, reader: User) -> Result<Self> {
        let space = accounts::workspace(tx)?;
        let house = space.as_ref().map(|space| space.language.as_str());
        let lang = language(reader.language.as_deref(), house, config);
        Ok(Self { tx, config, keys, reader, lang, space: space.map(|space| space.name).unwrap_or_default() })
    }

    fn tell(&self) -> Result<()> {
        let mut news = Vec::new();
        for conversation in mails::due(self.tx, self.reader.id, self.tx.now())? {
            let told = mails::untold(self.tx, self.reader.id, conversation)?;
            if told.is_empty() {
                mails::forget(self.tx, self.reader.id, Some(conversation))?;
            } else {
                mails::note_mailed(self.tx, self.reader.id, conversation)?;
                news.push(told);
            }
        }
        if news.len() > ONE_EACH {
            self.about_many(&news)
        } else {
            news.iter().try_for_each(|told| self.about_one(told))
        }
    }

    fn about_one(&self, told: &[Told]) -> Result<()> {
        let Some(newest) = told.last() else { return Ok(()) };
        let reply_to = self.reply_to(newest.conversation)?;
        let times = Times::new(self.lang, &self.reader.zone, self.tx.now());
        let words = Words { lang: self.lang };
        let mut values = self.values(&words.title(newest));
        values.extend(args([
            ("subject", newest.subject.clone()),
            ("link", self.config.link(&format!("/conversations/{}", newest.conversation))),
        ]));
        let mut parts = Vec::new();
        if reply_to.is_some() {
            parts.push(self.lang.t("notice-mail-above"));
        }
        parts.push(self.lang.with("notice-mail-hello", &values));
        parts.extend(told.iter().take(MOST).map(|told| words.paragraph(told, &times.full(told.at))));
        if told.len() > MOST {
            let more = i64::try_from(told.len() - MOST).unwrap_or(i64::MAX);
            parts.push(self.lang.count("notice-mail-more", more));
        }
        parts.push(self.lang.with("notice-mail-open", &values));
        if reply_to.is_some() {
            parts.push(self.lang.t(self.effect()));
        }
        parts.push(self.lang.with("notice-mail-settings", &values));
        let untitled = newest.subject.trim().is_empty();
        let subject = if untitled { "notice-mail-subject-plain" } else { "notice-mail-subject" };
        self.queue(self.lang.with(subject, &values), &parts, reply_to.as_deref())
    }

    fn about_many(&self, news: &[Vec<Told>]) -> Result<()> {
        let words = Words { lang: self.lang };
        let values = self.values("");
        let count = i64::try_from(news.len()).unwrap_or(i64::MAX);
        let lines = news.iter().take(NAMED).filter_map(|told| told.last()).map(|told| {
            let link = self.config.link(&format!("/conversations/{}", told.conversation));
            format!("{}: {}\n{link}", words.title(told), words.line(told))
        });
        let mut parts = vec![self.lang.with("notice-mail-hello", &values), self.lang.count("notice-mail-many", count)];
        parts.extend(lines);
        parts.push(self.lang.with("notice-mail-all", &values));
        parts.push(self.lang.with("notice-mail-settings", &values));
        self.queue(self.lang.count("notice-mail-many-subject", count), &parts, None)
    }

    fn values(&self, contact: &str) -> Args {
        args([
            ("name", self.reader.name.clone()),
            ("workspace", self.space.clone()),
            ("contact", contact.to_owned()),
            ("all", self.config.link("/notifications")),
            ("settings", self.config.link("/notifications/settings")),
        ])
    }

    /// What an answer to the mail does.
    fn effect(&self) -> &'static str {
        if self.config.mail_checked_by.is_some() { "notice-mail-answer" } else { "notice-mail-note" }
    }

    /// The address by which this person answers in a conversation, where its inbox can take mail.
    fn reply_to(&self, conversation: i64) -> Result<Option<String>> {
        let inbox = inboxes::get(self.tx, show::inbox_of(self.tx, conversation)?)?;
        if !takes_mail(&inbox) {
            return Ok(None);
        }
        let until_day = self.tx.now() / DAY + ANSWERABLE_DAYS;
        let staff = Staff { conversation, user: self.reader.id, until_day };
        Ok(reply_key(self.keys)?.staff_address(&inbox.address, staff).ok())
    }

    fn queue(&self, subject: String, parts: &[String], reply_to: Option<&str>) -> Result<()> {
        // Names and subjects come from outside.
        let subject: String = subject.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let mail = SystemMail { to: self.reader.email.clone(), subject, text: parts.join("\n\n") + "\n" };
        system::queue_answerable(self.tx, &mail, &self.config.sender(), reply_to)
    }
}

/// Whether mail to the address of an inbox reaches us: it fetches from a mailbox that works, or mail was handed over
/// before.
fn takes_mail(inbox: &Inbox) -> bool {
    inbox.channel == crate::channels::email::CHANNEL
        && inbox.connected == Connected::Yes
        && inbox.problem_in.is_none()
        && (inbox.mail.imap.is_some() || inbox.last_in_at.is_some())
}
