//! Pages of one's own account.

use askama::Template;

use super::Zones;
use crate::accounts::model;
use crate::accounts::routes::ProfileForm;
use crate::auth::sessions::Session;
use crate::auth::{Shortcuts, Viewer};
use crate::clock::Millis;
use crate::error::Problems;
use crate::web::Cx;

#[derive(Template)]
#[template(path = "accounts/settings.html")]
pub struct SettingsPage {
    pub cx: Cx,
}

/// What was typed into one of the forms, and what is wrong with it.
#[derive(Default)]
pub struct Typed {
    pub profile: Option<ProfileForm>,
    pub profile_problems: Problems,
    pub photo_problems: Problems,
    pub password_problems: Problems,
    /// How long to wait before the next try of a password.
    pub wait: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
pub struct AccountPage {
    cx: Cx,
    viewer: Viewer,
    role_key: String,
    typed: ProfileForm,
    zones: Zones,
    profile_problems: Problems,
    photo_problems: Problems,
    password_problems: Problems,
    wait: Option<String>,
    devices: Vec<Device>,
}

/// A device somebody is signed in on, in words.
struct Device {
    id: i64,
    words: String,
    /// When and from which address it was last seen.
    seen: String,
    seen_at: Millis,
    is_this: bool,
    is_phone: bool,
}

impl Device {
    fn icon(&self) -> &'static str {
        if self.is_phone { "phone" } else { "device-desktop" }
    }
}

impl AccountPage {
    pub fn new(cx: Cx, viewer: &Viewer, sessions: Vec<Session>, typed: Typed) -> Self {
        let profile = typed.profile.unwrap_or_else(|| ProfileForm {
            name: viewer.name.clone(),
            language: viewer.language.clone().unwrap_or_default(),
            zone: viewer.zone.clone(),
            theme: viewer.theme.as_str().to_owned(),
            keys: (viewer.shortcuts == Shortcuts::On).then(String::new),
        });
        let devices = sessions.into_iter().map(|session| device(&cx, viewer, session)).collect();
        Self {
            viewer: viewer.clone(),
            role_key: ["role-", viewer.role.as_str()].concat(),
            zones: Zones::new(&profile.zone),
            typed: profile,
            profile_problems: typed.profile_problems,
            photo_problems: typed.photo_problems,
            password_problems: typed.password_problems,
            wait: typed.wait,
            devices,
            cx,
        }
    }
}

fn device(cx: &Cx, viewer: &Viewer, session: Session) -> Device {
    let (browser, system) = model::device(&session.device);
    let words = match (browser, system) {
        (Some(browser), Some(system)) => cx.t2("device-both", ("browser", browser), ("system", system)),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => cx.t("device-unknown"),
    };
    let when = cx.times.short(session.seen_at);
    Device {
        id: session.id,
        words,
        seen: cx.t2("sessions-seen", ("when", when), ("address", session.address)),
        seen_at: session.seen_at,
        is_this: session.id == viewer.session,
        is_phone: matches!(system, Some("iPhone" | "iPad" | "Android")),
    }
}

/// The form that says whether one takes new conversations, and a sentence about what that means, if it was just changed.
#[derive(Template)]
#[template(path = "accounts/availability.html")]
pub struct AvailabilityBlock {
    pub cx: Cx,
    pub said: &'static str,
}
