//! From an address to the form with its servers.

use rocket::post;

use super::desk::Desk;
use super::form::InboxForm;
use super::pages::start;
use crate::accounts;
use crate::auth::{InboxesManage, May};
use crate::error::Problems;
use crate::inboxes::SentCopy;
use crate::inboxes::discover::{self, Found};
use crate::inboxes::providers;
use crate::inboxes::store;
use crate::inboxes::views::Search;
use crate::web::{Cx, Html, Page, Posted};

#[post("/settings/inboxes/servers", data = "<form>")]
pub async fn find_servers(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, form: Posted<InboxForm>) -> Page {
    let form = form.0;
    let mut problems = Problems::default();
    let address = accounts::clean_email(&form.address).unwrap_or_default();
    let wanted = address.clone();
    let is_taken = desk.db.read(move |connection| store::is_taken(connection, &wanted)).await?;
    let Some((local, domain)) = address.rsplit_once('@').filter(|_| !is_taken) else {
        problems.add("address", if is_taken { "inbox-address-taken" } else { "email-wrong" });
        return Ok(start(cx, form, problems)?);
    };
    let found = match providers::named(&form.provider) {
        Some(provider) => Found::at(provider),
        None => discover::servers(domain, desk.config.private_mail_hosts).await,
    };
    let fresh = InboxForm::about(&address, name_of(local, domain));
    let filled = fill(fresh, &found, &desk);
    let search = match (found.provider, &found.imap, &found.smtp) {
        (Some(provider), ..) => Search::At(provider),
        (None, Some(_), Some(_)) => Search::ByName,
        (None, None, None) => Search::Nothing,
        _ => Search::Half,
    };
    Ok(Html::render(&desk.form(cx, filled, None).await?.after_search(search))?)
}

fn fill(form: InboxForm, found: &Found, desk: &Desk<'_>) -> InboxForm {
    let mut filled = form;
    if let Some(place) = &found.imap {
        filled = filled.fetching_at(place);
    }
    if let Some(place) = &found.smtp {
        filled = filled.sending_by(place);
    }
    let Some(provider) = found.provider else { return filled };
    if desk.credentials.consents().application(provider.sign_in).is_some() {
        provider.sign_in.as_str().clone_into(&mut filled.sign_in);
    }
    if provider.sent == SentCopy::Provider {
        "provider".clone_into(&mut filled.sent);
    }
    filled
}

/// A first idea of a name: what stands before the at sign, or the domain where that says nothing.
fn name_of(local: &str, domain: &str) -> String {
    let says_nothing = matches!(local, "contato" | "contact" | "info" | "hello" | "mail" | "atendimento");
    let word = if says_nothing { domain.split('.').next().unwrap_or(domain) } else { local };
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
