//! Mails about the team: an invitation, a new owner. Each in its reader's language.

use super::model::{Invitation, Member};
use super::store::workspace;
use crate::config::Config;
use crate::db::Tx;
use crate::error::Result;
use crate::mailer::system::{self, SystemMail};
use crate::web::Lang;
use crate::web::i18n::{Args, args};

/// Who mails of ours are from, and how links in them begin.
#[derive(Clone)]
pub(super) struct Sender {
    from: String,
    origin: String,
    /// Of who has none of their own.
    language: String,
}

impl Sender {
    pub(super) fn new(config: &Config) -> Self {
        let from = config.mail_from.clone().unwrap_or_else(|| "Recado <recado@localhost>".to_owned());
        Self { from, origin: config.origin(), language: config.language.clone() }
    }

    /// The language of somebody who chose `own`.
    fn lang(&self, tx: &Tx<'_>, own: Option<String>) -> Result<Lang> {
        let house = || -> Result<Option<String>> { Ok(workspace::find(tx)?.map(|space| space.language)) };
        let language = match own {
            Some(own) => own,
            None => house()?.unwrap_or_else(|| self.language.clone()),
        };
        Ok(Lang::parse(&language).unwrap_or(Lang::PtBr))
    }

    fn queue(&self, tx: &Tx<'_>, to: &str, lang: Lang, texts: (&str, &[&str]), values: &Args) -> Result<()> {
        let (subject, paragraphs) = texts;
        let text = paragraphs.iter().map(|key| lang.with(key, values)).collect::<Vec<_>>().join("\n\n");
        let mail = SystemMail { to: to.to_owned(), subject: lang.with(subject, values), text: text + "\n" };
        system::queue(tx, &mail, &self.from)
    }

    /// The mail with the link of an invitation.
    pub(super) fn invite(&self, tx: &Tx<'_>, invitation: &Invitation, by: &str, secret: &str) -> Result<()> {
        let space = workspace::find(tx)?.map(|space| space.name).unwrap_or_default();
        let lang = self.lang(tx, Some(invitation.language.clone()))?;
        let link = [&self.origin, "/invitations/", secret].concat();
        let values = args([("by", by.to_owned()), ("workspace", space), ("link", link)]);
        let paragraphs =
            ["invitation-mail-hello", "invitation-mail-why", "invitation-mail-link", "invitation-mail-end"];
        self.queue(tx, &invitation.email, lang, ("invitation-mail-subject", &paragraphs), &values)
    }

    /// Tells both that the workspace has a new owner.
    pub(super) fn tell_transfer(&self, tx: &Tx<'_>, from: &Member, to: &Member) -> Result<()> {
        let space = workspace::find(tx)?.map(|space| space.name).unwrap_or_default();
        for (reader, key) in [(from, "transfer-mail-from"), (to, "transfer-mail-to")] {
            let values = args([
                ("name", reader.name.clone()),
                ("from", from.name.clone()),
                ("to", to.name.clone()),
                ("workspace", space.clone()),
            ]);
            let lang = self.lang(tx, language_of(tx, reader.id)?)?;
            let paragraphs = ["transfer-mail-hello", key, "transfer-mail-unasked"];
            self.queue(tx, &reader.email, lang, ("transfer-mail-subject", &paragraphs), &values)?;
        }
        Ok(())
    }
}

fn language_of(tx: &Tx<'_>, user: i64) -> Result<Option<String>> {
    Ok(super::store::users::find(tx, user)?.language)
}
