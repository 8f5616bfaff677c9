//! To the provider and back.

use rocket::form::FromForm;
use rocket::get;
use rocket::http::Status;

use super::desk::Desk;
use crate::auth::{InboxesManage, May, Viewer};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::imap::{self, Login, Server};
use crate::inboxes::consent::{Asked, Tokens};
use crate::inboxes::store::{self, SecretKind, Way, consents};
use crate::inboxes::views::ConsentPage;
use crate::inboxes::{Inbox, SignIn, watch};
use crate::mailer::Reason;
use crate::web::{Answer, Cx, Html, Reply, redirect};

#[get("/settings/inboxes/<id>/consent")]
pub async fn show_consent(viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, id: i64) -> Answer<Reply> {
    let inbox = desk.known(id).await?.inbox;
    if inbox.mail.sign_in == SignIn::Password {
        return Ok(redirect(&format!("/settings/inboxes/{id}"), ""));
    }
    Ok(Reply::Html(page(cx, &desk, &viewer, inbox, None)?))
}

fn page(cx: Cx, desk: &Desk<'_>, viewer: &Viewer, inbox: Inbox, refused: Option<Reason>) -> Result<Html> {
    let link = desk.credentials.consents().link(&inbox, viewer.session, desk.db.clock().now())?;
    let refused = refused.map(|reason| (cx.t1(reason.key, "address", &inbox.address), reason.detail));
    let status = if refused.is_some() { Status::UnprocessableEntity } else { Status::Ok };
    let page = ConsentPage { cx, inbox, link: link.map(String::from), refused };
    Ok(Html::render(&page)?.with_status(status))
}

/// What the provider sends back.
#[derive(FromForm)]
pub struct Back {
    #[field(default = "")]
    state: String,
    #[field(default = "")]
    code: String,
    #[field(default = "")]
    error: String,
}

#[get("/settings/inboxes/oauth/callback?<back..>")]
pub async fn receive_consent(viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, back: Back) -> Answer<Reply> {
    let now = desk.db.clock().now();
    let asked = desk.credentials.consents().open(&back.state, viewer.session, now);
    // Not ours, of another session, or too old: nothing is asked of the provider.
    let asked = asked.ok_or(Error::Conflict("consent-stale"))?;
    let nonce = asked.nonce.clone();
    if !desk.db.write(move |tx| consents::take(tx, &nonce)).await? {
        return Err(Error::Conflict("consent-stale").into());
    }
    let inbox = desk.known(asked.inbox).await?.inbox;
    match consented(&desk, &inbox, &asked, &back).await? {
        Err(reason) => Ok(Reply::Html(page(cx, &desk, &viewer, inbox, Some(reason))?)),
        Ok(tokens) => {
            keep(&desk, &viewer, inbox.id, &tokens).await?;
            Ok(redirect(&format!("/settings/inboxes/{}/health", inbox.id), "consent-given"))
        }
    }
}

async fn consented(desk: &Desk<'_>, inbox: &Inbox, asked: &Asked, back: &Back) -> Result<Result<Tokens, Reason>> {
    let sign_in = inbox.mail.sign_in;
    if back.code.is_empty() || sign_in == SignIn::Password {
        // The word is from a short list of the standard, but anybody can write an address.
        let word: String = back.error.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
        return Ok(Err(Reason::new("consent-refused", word)));
    }
    let exchanged = desk.credentials.consents().exchange(sign_in, &back.code, asked, desk.db.clock().now()).await;
    let tokens = match exchanged {
        Err(reason) if reason.key == "mail-consent" => return Ok(Err(Reason::new("consent-code", reason.detail))),
        Err(reason) => return Ok(Err(reason)),
        Ok(tokens) => tokens,
    };
    Ok(verified(desk, inbox, &tokens).await?.map(|()| tokens))
}

/// Whoever consented must be the mailbox that was named: its server lets them in under that name, or not.
async fn verified(desk: &Desk<'_>, inbox: &Inbox, tokens: &Tokens) -> Result<Result<(), Reason>> {
    let Some(mailbox) = &inbox.mail.imap else { return Ok(Err(Reason::new("imap-no-folder", ""))) };
    let own = &mailbox.server;
    let username = own.username.clone().unwrap_or_else(|| inbox.address.clone());
    let login = Login::Bearer { username, token: tokens.access() };
    let server = Server { host: own.host.clone(), port: own.port, security: own.security, login };
    Ok(match imap::check(&server, &desk.dialer()?).await {
        Ok(_) => Ok(()),
        Err(reason) if matches!(reason.key, "imap-token" | "imap-password") => {
            Err(Reason::new("consent-other-account", reason.detail))
        }
        Err(reason) => Err(reason),
    })
}

async fn keep(desk: &Desk<'_>, viewer: &Viewer, id: i64, tokens: &Tokens) -> Result<()> {
    let (secret, keys, by) = (tokens.to_secret()?, desk.keys.clone(), viewer.id);
    desk.db
        .write(move |tx| {
            store::set_secret(tx, id, SecretKind::OAuth, Some(&secret), &keys)?;
            store::clear_problem(tx, id, Way::In)?;
            watch::try_anew(tx, id)?;
            tx.emit(Event::InboxChanged { inbox: id, by: Some(by) })
        })
        .await
}
