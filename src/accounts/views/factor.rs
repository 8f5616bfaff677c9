//! Pages of second factors.

use askama::Template;

use crate::accounts::model::Person;
use crate::accounts::picture::Picture;
use crate::accounts::store::factor_rule::Requirement;
use crate::accounts::store::second_factor::{Held, Standing};
use crate::auth::Role;
use crate::error::Problems;
use crate::keys::Secret;
use crate::web::Cx;

/// Why a form was not taken.
#[derive(Default)]
pub struct Refused {
    pub problems: Problems,
    /// How long to wait, in words and in seconds.
    pub wait: Option<String>,
    pub seconds: Option<u64>,
    /// What was chosen to be done.
    pub what: String,
}

impl Refused {
    pub fn wait(cx: &Cx, seconds: u64) -> Self {
        Self { wait: Some(cx.wait(seconds)), seconds: Some(seconds), ..Self::default() }
    }
}

/// A secret that waits for its first code.
pub struct Drafted {
    pub picture: Picture,
    /// In groups, to be typed.
    pub secret: String,
    /// Opens an app on the same phone.
    pub address: String,
}

impl Drafted {
    pub fn new(picture: Picture, secret: &Secret, address: Secret) -> Self {
        let letters: Vec<char> = secret.0.chars().collect();
        let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
        Self { picture, secret: groups.collect::<Vec<_>>().join(" "), address: address.0 }
    }
}

/// Where somebody is with their second factor.
pub enum Step {
    Off,
    Confirm(Drafted),
    On(Standing),
}

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
pub struct FactorPage {
    pub cx: Cx,
    pub step: Step,
    pub required: bool,
    pub refused: Refused,
}

/// Whether the password was typed lately enough.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    Fresh,
    Old,
}

#[derive(Template)]
#[template(path = "accounts/enrolment.html")]
pub struct EnrolmentPage {
    pub cx: Cx,
    pub email: String,
    pub next: String,
    pub step: Step,
    pub freshness: Freshness,
    pub refused: Refused,
}

/// The recovery codes, shown once.
#[derive(Template)]
#[template(path = "accounts/codes.html")]
pub struct CodesPage {
    cx: Cx,
    codes: Vec<String>,
    /// All of them as a file in an address.
    file: String,
    next: String,
}

impl CodesPage {
    pub fn new(cx: Cx, codes: Vec<String>, next: &str) -> Self {
        let text = [&cx.t("codes-file-head"), "\r\n\r\n", &codes.join("\r\n"), "\r\n"].concat();
        let file = ["data:text/plain;charset=utf-8;base64,", &data_encoding::BASE64.encode(text.as_bytes())].concat();
        Self { cx, codes, file, next: next.to_owned() }
    }
}

#[derive(Template)]
#[template(path = "accounts/code.html")]
pub struct CodePage {
    pub cx: Cx,
    pub refusal: Option<String>,
    pub keyboard: Keyboard,
}

/// What a phone offers to type with: some keyboards for digits have no letters, which recovery codes need.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keyboard {
    Digits,
    Letters,
}

impl Keyboard {
    pub fn asked(recovery: Option<&str>) -> Self {
        if recovery.is_some() { Self::Letters } else { Self::Digits }
    }
}

#[derive(Template)]
#[template(path = "accounts/factor_rule.html")]
pub struct FactorRulePage {
    cx: Cx,
    required: bool,
    roll: Vec<Entry>,
}

/// Somebody and their second factor.
struct Entry {
    held: Held,
    /// Whether the person who looks may take it away.
    may_reset: bool,
}

impl FactorRulePage {
    pub fn new(cx: Cx, asker: Role, requirement: Requirement, holders: Vec<Held>) -> Self {
        let entry = |held: Held| {
            let below = held.role == Role::Agent || (held.role == Role::Admin && asker == Role::Owner);
            Entry { may_reset: below && held.since.is_some(), held }
        };
        Self { cx, required: requirement == Requirement::Required, roll: holders.into_iter().map(entry).collect() }
    }
}

#[derive(Template)]
#[template(path = "accounts/factor_reset.html")]
pub struct FactorResetPage {
    pub cx: Cx,
    pub person: Person,
    pub refused: Refused,
}
