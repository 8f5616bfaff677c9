//! Trying the ways of an inbox before they are stored, and those that are stored.

use rocket::http::Status;
use rocket::{post, put};

use super::desk::{Desk, Known};
use super::form::InboxForm;
use super::pages::wrong;
use crate::auth::{InboxesManage, May};
use crate::error::{Problems, Result};
use crate::events::Event;
use crate::imap::{Login, Server};
use crate::inboxes::check::{self, Found, Trial, Way};
use crate::inboxes::store::{self, Way as Direction};
use crate::inboxes::views::{HealthBlock, HealthPage, HealthView, TrialBlock, TrialView};
use crate::inboxes::{Connected, Inbox, OwnMailbox, SignIn};
use crate::mailer::Reason;
use crate::web::{Answer, Cx, Html, Htmx, NoFields, Page, Posted};

#[post("/settings/inboxes/check", data = "<form>")]
pub async fn try_new_server(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, form: Posted<InboxForm>) -> Page {
    // The trial is large; it lives on the heap while it runs.
    Ok(Box::pin(attempt(cx, &desk, form.0, None)).await?)
}

#[put("/settings/inboxes/<id>/check", data = "<form>")]
pub async fn try_server(
    _viewer: May<InboxesManage>,
    cx: Cx,
    desk: Desk<'_>,
    id: i64,
    form: Posted<InboxForm>,
) -> Answer<Html> {
    let known = desk.known(id).await?;
    Ok(Box::pin(attempt(cx, &desk, form.0, Some(known))).await?)
}

/// Tries what is stored, and notes what was found.
#[post("/settings/inboxes/<id>/checks", data = "<_form>")]
pub async fn check_now(
    _viewer: May<InboxesManage>,
    cx: Cx,
    desk: Desk<'_>,
    id: i64,
    _form: Posted<NoFields>,
) -> Answer<Html> {
    let known = desk.known(id).await?;
    let dialer = desk.dialer()?;
    let found = Box::pin(check::stored(&known.inbox, desk.credentials, desk.carrier, &dialer)).await?;
    note(&desk, &known.inbox, &found).await?;
    let folder = known.inbox.mail.imap.map(|mailbox| mailbox.folder).unwrap_or_default();
    let trial = TrialView::new(&cx, &found, &folder);
    let health = HealthView::new(&cx, &desk.health(id).await?);
    if cx.htmx == Htmx::No {
        return Ok(Html::render(&HealthPage { cx, health, trial: Some(trial) })?);
    }
    Ok(Html::render(&TrialBlock { cx, trial, with_folders: false })?)
}

/// The block alone, for its own page.
pub(super) fn block(cx: Cx, health: HealthView) -> Result<Html> {
    Html::render(&HealthBlock { cx, health })
}

/// What was found is true for the inbox as well.
async fn note(desk: &Desk<'_>, inbox: &Inbox, found: &Found) -> Result<()> {
    if inbox.connected == Connected::No {
        return Ok(());
    }
    let (id, fetches) = (inbox.id, inbox.mail.imap.is_some());
    let (reason_in, reason_out) = (found.reason_in.clone(), found.reason_out.clone());
    desk.db
        .write(move |tx| {
            let ways = [(Direction::In, reason_in, fetches), (Direction::Out, reason_out, true)];
            for (way, reason, used) in ways {
                match reason {
                    _ if !used => {}
                    Some(reason) => store::set_problem(tx, id, way, reason.key, &reason.detail)?,
                    None => store::clear_problem(tx, id, way)?,
                }
            }
            tx.emit(Event::InboxChecked { inbox: id })
        })
        .await
}

async fn attempt(cx: Cx, desk: &Desk<'_>, form: InboxForm, known: Option<Known>) -> Result<Html> {
    let mut problems = Problems::default();
    if known.is_none() && form.account(None).is_empty() && form.fetches() {
        problems.add("address", "email-wrong");
    }
    let mail = form.mail(known.as_ref(), &mut problems);
    if !problems.is_empty() {
        if cx.htmx == Htmx::No {
            return wrong(cx, desk, form, known.as_ref(), problems).await;
        }
        let trial = TrialView::incomplete(&cx, problems.iter().map(|(_, key)| key));
        let block = TrialBlock { cx, trial, with_folders: false };
        return Ok(Html::render(&block)?.with_status(Status::UnprocessableEntity));
    }
    let way_in = match &mail.imap {
        None => Way::Unused,
        Some(mailbox) => typed_mailbox(desk, &form, mailbox, known.as_ref()).await?,
    };
    let way_out = match mail.smtp {
        Some(_) if mail.sign_in != SignIn::Password => Way::NotYet("check-consent-first"),
        Some(own) => {
            let password = match form.password() {
                None => stored(desk, known.as_ref(), store::SecretKind::Smtp).await?,
                typed => typed,
            };
            check::sending(desk.carrier, Some(own.with_password(password)))
        }
        None => check::sending(desk.carrier, None),
    };
    let folder = mail.imap.map(|mailbox| mailbox.folder).unwrap_or_default();
    let found = check::run(Trial { way_in, folder: folder.clone(), way_out }, &desk.dialer()?).await;
    let trial = TrialView::new(&cx, &found, &folder);
    if cx.htmx != Htmx::No {
        return Html::render(&TrialBlock { cx, trial, with_folders: true });
    }
    Html::render(&desk.form(cx, form, known.as_ref()).await?.with_trial(trial))
}

async fn typed_mailbox(
    desk: &Desk<'_>,
    form: &InboxForm,
    mailbox: &OwnMailbox,
    known: Option<&Known>,
) -> Result<Way<Server>> {
    if form.chosen_sign_in() != SignIn::Password {
        return Ok(Way::NotYet("check-consent-first"));
    }
    let password = match form.imap_password() {
        None => stored(desk, known, store::SecretKind::Imap).await?,
        typed => typed,
    };
    let Some(secret) = password else { return Ok(Way::Stopped(Reason::new("imap-no-password", ""))) };
    let username = mailbox.server.username.clone().unwrap_or_else(|| form.account(known));
    Ok(Way::Try(check::server(mailbox, Login::Password { username, secret })))
}

/// A stored password; the form has made sure that its server is the same as before.
async fn stored(
    desk: &Desk<'_>,
    known: Option<&Known>,
    kind: store::SecretKind,
) -> Result<Option<crate::keys::Secret>> {
    let Some(known) = known else { return Ok(None) };
    let (id, keys) = (known.inbox.id, desk.keys.clone());
    desk.db.read(move |connection| store::secret(connection, id, kind, &keys)).await
}
