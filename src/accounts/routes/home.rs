//! The start, and the settings' menu as a page of its own.

use rocket::{State, get};

use crate::accounts::store::users;
use crate::accounts::views::SettingsPage;
use crate::auth::{Public, Right, SignedIn};
use crate::db::Db;
use crate::web::{Answer, Cx, Html, Page, Reply, redirect};

/// Leads to where work begins, to the sign-in, or on a fresh server to the set-up.
#[get("/")]
pub async fn home(_public: Public, cx: Cx, db: &State<Db>) -> Answer<Reply> {
    let to = match &cx.viewer {
        Some(viewer) if viewer.may(Right::Conversations) => "/conversations",
        Some(_) => "/account",
        None if cx.enrollee.is_some() => "/second-factor",
        None if db.read(users::is_owned).await? => "/sign-in",
        None => "/setup",
    };
    Ok(redirect(to, ""))
}

#[get("/settings")]
pub fn settings(_viewer: SignedIn, cx: Cx) -> Page {
    Ok(Html::render(&SettingsPage { cx })?)
}
