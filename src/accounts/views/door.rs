//! Pages of those who are not signed in.

use askama::Template;

use super::Zones;
use crate::accounts::routes::SetupForm;
use crate::error::Problems;
use crate::web::Cx;

#[derive(Template)]
#[template(path = "accounts/setup.html")]
pub struct SetupPage {
    pub cx: Cx,
    pub typed: SetupForm,
    pub zones: Zones,
    pub problems: Problems,
    pub wait: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
pub struct SignInPage {
    pub cx: Cx,
    pub workspace: String,
    pub email: String,
    pub next: String,
    pub remember: bool,
    pub refusal: Option<String>,
}

/// Where somebody is who forgot their password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Ask,
    Sent,
    NoMail,
}

#[derive(Template)]
#[template(path = "accounts/reset_request.html")]
pub struct ResetRequestPage {
    pub cx: Cx,
    pub stage: Stage,
    pub email: String,
    pub problems: Problems,
    pub wait: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
pub struct ResetPage {
    pub cx: Cx,
    pub problems: Problems,
}

#[derive(Template)]
#[template(path = "accounts/reset_gone.html")]
pub struct ResetGonePage {
    pub cx: Cx,
}

#[derive(Template)]
#[template(path = "accounts/email.html")]
pub struct EmailPage {
    pub cx: Cx,
    pub email: String,
}

#[derive(Template)]
#[template(path = "accounts/email_gone.html")]
pub struct EmailGonePage {
    pub cx: Cx,
}
