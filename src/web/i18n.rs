//! The interface's languages. Texts stand in `locales/`; both languages are complete, and a test compares them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "en",
        // The marks around values show up as boxes in titles and mails.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static PT_BR: LanguageIdentifier = langid!("pt-BR");
static EN: LanguageIdentifier = langid!("en");

/// Texts without values, put together once: a page is mostly made of them. By language, as in [`Lang::ALL`].
static PLAIN: LazyLock<[RwLock<HashMap<String, String>>; 2]> = LazyLock::new(Default::default);

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    PtBr,
    En,
}

/// Values of a text, by name.
pub type Args = HashMap<Cow<'static, str>, FluentValue<'static>>;

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::PtBr, Self::En];

    /// The tag as stored and as written into `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::PtBr => "pt-BR",
            Self::En => "en",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        match tag.split('-').next() {
            Some("pt") => Some(Self::PtBr),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }

    /// What a browser asks for first among the languages there are (`Accept-Language`, RFC 9110 section 12.5.4).
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for part in header.split(',').take(20) {
            let mut pieces = part.split(';');
            let Some(lang) = pieces.next().and_then(Self::parse) else {
                continue;
            };
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
            if weight > 0.0 && best.is_none_or(|(_, found)| weight > found) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::PtBr => &PT_BR,
            Self::En => &EN,
        }
    }

    /// The text `key`. A missing one shows its key, which tests refuse.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        self.plain(key).unwrap_or_else(|| missing(key))
    }

    /// The text `key` with values.
    #[must_use]
    pub fn with(self, key: &str, args: &Args) -> String {
        self.find(key, args).unwrap_or_else(|| missing(key))
    }

    /// The text `key` with values, if there is one.
    #[must_use]
    pub fn find(self, key: &str, args: &Args) -> Option<String> {
        TEXTS.try_lookup_with_args(self.id(), key, args)
    }

    /// Whether there is a text `key`.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        self.plain(key).is_some()
    }

    /// The text `key`, if there is one. Only texts that exist are remembered, so there is an end to them.
    fn plain(self, key: &str) -> Option<String> {
        let texts = &PLAIN[self as usize];
        if let Some(text) = texts.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return Some(text.clone());
        }
        let text = TEXTS.try_lookup(self.id(), key)?;
        texts.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), text.clone());
        Some(text)
    }
}

fn missing(key: &str) -> String {
    tracing::error!(key, "a text is missing");
    format!("[{key}]")
}

/// One named value.
#[must_use]
pub fn arg(name: &'static str, value: impl Into<FluentValue<'static>>) -> Args {
    let mut args = Args::new();
    args.insert(Cow::Borrowed(name), value.into());
    args
}

/// Several named texts.
#[must_use]
pub fn args<const N: usize>(pairs: [(&'static str, String); N]) -> Args {
    pairs.into_iter().map(|(name, value)| (Cow::Borrowed(name), FluentValue::from(value))).collect()
}
