//! Pages of one's own account.

use askama::Template;

use super::Zones;
use crate::accounts::model;
use crate::accounts::notices::device_words;
use crate::accounts::routes::ProfileForm;
use crate::accounts::store::second_factor::Standing as Factor;
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
    pub email: Option<String>,
    pub email_problems: Problems,
    pub email_wait: Option<String>,
}

/// What the page shows of one's account beside the profile.
pub struct Standing {
    pub sessions: Vec<Session>,
    pub factor: Option<Factor>,
    /// A new address that waits to be confirmed.
    pub waiting: Option<String>,
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
    factor: Option<Factor>,
    email: String,
    email_problems: Problems,
    email_wait: Option<String>,
    waiting: Option<String>,
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
    pub fn new(cx: Cx, viewer: &Viewer, standing: Standing, typed: Typed) -> Self {
        let profile = typed.profile.unwrap_or_else(|| ProfileForm {
            name: viewer.name.clone(),
            language: viewer.language.clone().unwrap_or_default(),
            zone: viewer.zone.clone(),
            theme: viewer.theme.as_str().to_owned(),
            keys: (viewer.shortcuts == Shortcuts::On).then(String::new),
        });
        let devices = standing.sessions.into_iter().map(|session| device(&cx, viewer, session)).collect();
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
            factor: standing.factor,
            email: typed.email.unwrap_or_default(),
            email_problems: typed.email_problems,
            email_wait: typed.email_wait,
            waiting: standing.waiting,
            cx,
        }
    }
}

fn device(cx: &Cx, viewer: &Viewer, session: Session) -> Device {
    let words = device_words(cx.lang, &session.device);
    let (_, system) = model::device(&session.device);
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

/// The dot that says the same on every page.
#[derive(Template)]
#[template(path = "accounts/_own.html")]
pub struct OwnDot {
    pub cx: Cx,
}

/// The form that says whether one takes new conversations, and a sentence about what that means, if it was just changed.
#[derive(Template)]
#[template(path = "accounts/availability.html")]
pub struct AvailabilityBlock {
    pub cx: Cx,
    pub said: &'static str,
}
