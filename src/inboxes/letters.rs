//! The mails that tell somebody about an inbox, in that person's language.

use super::model::Inbox;
use super::store::health;
use crate::accounts::{self, User};
use crate::config::Config;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::args;
use crate::web::times::Times;

/// Who hears of an inbox, if anybody is left.
fn guardian(tx: &Tx<'_>, inbox: i64) -> Result<Option<User>> {
    let Some(user) = health::guardian(tx, inbox)? else { return Ok(None) };
    match accounts::find(tx, user) {
        Err(Error::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

fn language(tx: &Tx<'_>, user: &User, config: &Config) -> Result<Lang> {
    let house = accounts::workspace(tx)?.map(|space| space.language);
    let tag = user.language.clone().or(house).unwrap_or_else(|| config.language.clone());
    Ok(Lang::parse(&tag).unwrap_or(Lang::PtBr))
}

/// It is lost.
pub(super) fn lost(tx: &Tx<'_>, config: &Config, inbox: &Inbox) -> Result<()> {
    let Some(user) = guardian(tx, inbox.id)? else { return Ok(()) };
    let (lang, health) = (language(tx, &user, config)?, health::of(tx, inbox.id)?);
    let problem = health.way_in.or(health.way_out);
    let times = Times::new(lang, &user.zone, tx.now());
    let since = problem.as_ref().and_then(|problem| problem.since).unwrap_or(tx.now());
    let reason = problem.map(|problem| reason(lang, &problem.key)).unwrap_or_default();
    let values = args([
        ("name", user.name.clone()),
        ("inbox", inbox.name.clone()),
        ("address", inbox.address.clone()),
        ("since", times.full(since)),
        ("reason", reason),
        ("link", config.link(&format!("/settings/inboxes/{}/health", inbox.id))),
    ]);
    let keys = ["inbox-mail-hello", "inbox-lost-mail-what", "inbox-lost-mail-effect", "inbox-mail-link"];
    send(tx, config, &user, lang.with("inbox-lost-mail-subject", &values), keys.map(|key| lang.with(key, &values)))
}

/// It works again.
pub(super) fn restored(tx: &Tx<'_>, config: &Config, inbox: &Inbox) -> Result<()> {
    brief(tx, config, inbox, "health", ["inbox-restored-mail-subject", "inbox-restored-mail-what"])
}

/// Its automatic answers were stopped.
pub(super) fn stopped(tx: &Tx<'_>, config: &Config, inbox: &Inbox) -> Result<()> {
    brief(tx, config, inbox, "answering", ["answers-stopped-mail-subject", "answers-stopped-mail-what"])
}

/// One sentence about an inbox, with a link to one of its pages.
fn brief(tx: &Tx<'_>, config: &Config, inbox: &Inbox, page: &str, [subject, what]: [&str; 2]) -> Result<()> {
    let Some(user) = guardian(tx, inbox.id)? else { return Ok(()) };
    let lang = language(tx, &user, config)?;
    let values = args([
        ("name", user.name.clone()),
        ("inbox", inbox.name.clone()),
        ("address", inbox.address.clone()),
        ("link", config.link(&format!("/settings/inboxes/{}/{page}", inbox.id))),
    ]);
    let keys = ["inbox-mail-hello", what, "inbox-mail-link"];
    send(tx, config, &user, lang.with(subject, &values), keys.map(|key| lang.with(key, &values)))
}

/// Somebody who manages it reads along now. They themselves need no mail about it.
pub(super) fn joined(tx: &Tx<'_>, config: &Config, inbox: i64, by: i64) -> Result<()> {
    let Some(user) = guardian(tx, inbox)?.filter(|user| user.id != by) else { return Ok(()) };
    let (lang, inbox) = (language(tx, &user, config)?, super::store::get(tx, inbox)?);
    let reader = accounts::person(tx, by)?.map(|person| person.name).unwrap_or_default();
    let values = args([
        ("name", user.name.clone()),
        ("inbox", inbox.name.clone()),
        ("reader", reader),
        ("link", config.link(&format!("/settings/inboxes/{}", inbox.id))),
    ]);
    let keys = ["inbox-mail-hello", "inbox-joined-mail-what", "inbox-mail-link"];
    let subject = lang.with("inbox-joined-mail-subject", &values);
    send(tx, config, &user, subject, keys.map(|key| lang.with(key, &values)))
}

fn reason(lang: Lang, key: &str) -> String {
    if lang.has(key) { lang.t(key) } else { lang.t("delivery-failed") }
}

fn send<const N: usize>(
    tx: &Tx<'_>,
    config: &Config,
    user: &User,
    subject: String,
    paragraphs: [String; N],
) -> Result<()> {
    let mail = SystemMail { to: user.email.clone(), subject, text: paragraphs.join("\n\n") + "\n" };
    system::queue(tx, &mail, &config.sender())
}
