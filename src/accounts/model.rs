//! Users and what may be said about them, without a database.

mod people;

use crate::auth::{Availability, Role};
use crate::error::Problems;

pub use people::{Access, DESCRIPTION, INVITATION, Invitation, Member, NewInvitation, Place, Team, folded};

/// The installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    pub name: String,
    pub language: String,
    pub zone: String,
}

/// A person who signs in, as their own account shows them.
#[derive(Debug, Clone)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// `None`: as the browser asks.
    pub language: Option<String>,
    pub zone: String,
}

/// A user as colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
    /// Key of the photo, if there is one.
    pub photo: Option<String>,
    pub availability: Availability,
}

/// A user to be created.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// A PHC string; `None` until they choose a password.
    pub password_hash: Option<String>,
    /// `None`: as the browser asks.
    pub language: Option<String>,
    pub zone: String,
}

/// What a person changes about themselves.
#[derive(Debug, Clone)]
pub struct Profile {
    pub name: String,
    pub language: Option<String>,
    pub zone: String,
    pub theme: crate::auth::Theme,
    pub shortcuts: crate::auth::Shortcuts,
}

/// Longest name in characters.
pub const NAME: usize = 100;
/// Longest address in bytes (RFC 5321 section 4.5.3.1.3, without the angle brackets).
const EMAIL: usize = 254;

/// A name as it is kept: no line breaks or other control characters, one space between words.
#[must_use]
pub fn clean_name(typed: &str) -> String {
    typed
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// An address as it is kept: the domain in lower case. `None` if it is none.
#[must_use]
pub fn clean_email(typed: &str) -> Option<String> {
    let address: lettre::Address = typed.trim().parse().ok()?;
    let text = [address.user(), "@", &address.domain().to_lowercase()].concat();
    (text.len() <= EMAIL).then_some(text)
}

/// Notes what is wrong with a name.
pub fn check_name(problems: &mut Problems, field: &'static str, name: &str) {
    if name.is_empty() {
        problems.add(field, "name-missing");
    } else if name.chars().count() > NAME {
        problems.add(field, "name-too-long");
    }
}

/// Notes what is wrong with a language or a zone that a form sent.
pub fn check_place(problems: &mut Problems, language: Option<&str>, zone: &str) {
    if language.is_some_and(|language| !matches!(language, "pt-BR" | "en")) {
        problems.add("language", "language-unknown");
    }
    if jiff::tz::TimeZone::get(zone).is_err() {
        problems.add("zone", "zone-unknown");
    }
}

/// A code in groups of four, easier to read from a terminal.
#[must_use]
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code as typed, with whatever stands between its groups, as it was stored.
#[must_use]
pub fn ungrouped(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Browser and system of a `User-Agent` header, as far as they are known by name.
#[must_use]
pub fn device(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    // Most claim to be several others; the one that is not claimed by the rest comes first.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

/// The zones most people here choose, west of them last, with the key of their name.
pub const BRAZIL: [(&str, &str); 6] = [
    ("America/Sao_Paulo", "zone-sao-paulo"),
    ("America/Fortaleza", "zone-fortaleza"),
    ("America/Manaus", "zone-manaus"),
    ("America/Cuiaba", "zone-cuiaba"),
    ("America/Rio_Branco", "zone-rio-branco"),
    ("America/Noronha", "zone-noronha"),
];

/// The other zones by their names: places only, not the historic aliases without one.
#[must_use]
pub fn zones() -> &'static [String] {
    static ZONES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        const AREAS: [&str; 11] = [
            "Africa/",
            "America/",
            "Antarctica/",
            "Arctic/",
            "Asia/",
            "Atlantic/",
            "Australia/",
            "Europe/",
            "Indian/",
            "Pacific/",
            "Etc/UTC",
        ];
        let places = jiff::tz::db().available().map(|name| name.as_str().to_owned());
        let mut places: Vec<String> = places.filter(|name| AREAS.iter().any(|area| name.starts_with(area))).collect();
        places.retain(|name| BRAZIL.iter().all(|(brazilian, _)| brazilian != name));
        places.sort();
        places.dedup();
        places
    });
    &ZONES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_its_own_name_and_not_by_those_it_claims() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(device(edge), (Some("Edge"), Some("Windows")));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 CriOS/130.0 Safari/604.1";
        assert_eq!(device(phone), (Some("Chrome"), Some("iPhone")));
        assert_eq!(device("curl/8"), (None, None));
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        assert_eq!(grouped("abcdefgh23"), "abcd-efgh-23");
        assert_eq!(ungrouped(" ABCD efgh-23\n"), "abcdefgh23");
    }

    #[test]
    fn names_and_addresses_are_kept_clean() {
        assert_eq!(clean_name("  Ana\r\nMaria\u{0}  "), "Ana Maria");
        assert_eq!(clean_email(" Ana@Example.COM "), Some("Ana@example.com".to_owned()));
        assert_eq!(clean_email("ana@example.com\r\nBcc: x@example.com"), None);
        assert_eq!(clean_email("ana"), None);
    }
}
