//! The interface's languages. Texts stand in `locales/`; both languages are complete, and a test compares them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

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

/// What is put together once and asked for often, by language as in [`Lang::ALL`].
type Kept<K, V> = LazyLock<[RwLock<HashMap<K, V>>; 2]>;

/// Texts without values: a page is mostly made of them.
static PLAIN: Kept<String, String> = LazyLock::new(Default::default);

/// Texts with a small number: rows ask for the same few over and over.
static COUNTED: Kept<String, HashMap<i64, String>> = LazyLock::new(Default::default);

/// Numbers up to here are remembered.
const SMALL: i64 = 99;

/// Texts that only have words put into them, taken apart once.
static SHAPES: Kept<&'static str, Arc<[Piece]>> = LazyLock::new(Default::default);

/// A part of such a text.
enum Piece {
    Text(String),
    /// The value with this number.
    Value(usize),
}

/// Stands around the number of a value while a text is taken apart.
const MARK: char = '\u{1}';

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

    /// The text `key` with a number `n` that decides singular and plural.
    #[must_use]
    pub fn count(self, key: &str, n: i64) -> String {
        let counted = &COUNTED[self as usize];
        if let Some(text) = counted.read().unwrap_or_else(PoisonError::into_inner).get(key).and_then(|by| by.get(&n)) {
            return text.clone();
        }
        let Some(text) = TEXTS.try_lookup_with_args(self.id(), key, &arg("n", n)) else { return missing(key) };
        if (0..=SMALL).contains(&n) {
            let mut counted = counted.write().unwrap_or_else(PoisonError::into_inner);
            counted.entry(key.to_owned()).or_default().insert(n, text.clone());
        }
        text
    }

    /// The text `key` with words in its places and nothing that depends on them: no plurals.
    #[must_use]
    pub fn fill<const N: usize>(self, key: &'static str, values: [(&'static str, &str); N]) -> String {
        let known = SHAPES[self as usize].read().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        let shape = known.unwrap_or_else(|| self.shape(key, values.map(|(name, _)| name)));
        let mut text = String::new();
        for piece in shape.iter() {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Value(number) => text.push_str(values.get(*number).map_or("", |(_, value)| value)),
            }
        }
        text
    }

    fn shape<const N: usize>(self, key: &'static str, names: [&'static str; N]) -> Arc<[Piece]> {
        let marked = names.iter().enumerate().map(|(number, name)| (*name, format!("{MARK}{number}{MARK}")));
        let text = self.with(key, &marked.map(|(name, value)| (Cow::Borrowed(name), value.into())).collect());
        // Between the marks stand, in turn, words and the number of a value.
        let piece = |(place, words): (usize, &str)| match words.parse() {
            Ok(number) if place % 2 == 1 => Piece::Value(number),
            _ => Piece::Text(words.to_owned()),
        };
        let shape: Arc<[Piece]> = text.split(MARK).enumerate().map(piece).collect();
        SHAPES[self as usize].write().unwrap_or_else(PoisonError::into_inner).insert(key, shape.clone());
        shape
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
