//! Subjects without what mail programs put before them.

const PREFIXES: &[&str] = &[
    "re", "res", "fw", "fwd", "enc", "aw", "wg", "rv", "sv", "vs", "tr", "rif", "antw", "odp", "r", "i", "回复", "答复",
];

/// What a subject is about, without `Re:`, `Fwd:`, `Enc:` and their kin in front.
#[must_use]
pub fn base(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((prefix, after)) = rest.split_once([':', '：']) {
        let word = prefix.trim().split(['[', '(']).next().unwrap_or_default().trim();
        if !PREFIXES.contains(&word.to_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// The subject of a mail that is passed on.
#[must_use]
pub fn forwarded(subject: &str) -> String {
    format!("Fwd: {}", base(subject)).trim_end().to_owned()
}
