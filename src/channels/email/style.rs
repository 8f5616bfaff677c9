//! The few style declarations that may stay on an element: looks, never places and never addresses.

/// The longest style attribute that is read.
const LONGEST: usize = 4_096;

/// Keeps the declarations whose property and value are both known; `None` if nothing stays.
pub(super) fn keep(style: &str) -> Option<String> {
    if style.len() > LONGEST || style.contains(['\\', '{', '}', '<', '@']) || style.contains("/*") {
        return None;
    }
    let kept: Vec<String> = style.split(';').take(100).filter_map(declaration).collect();
    if kept.is_empty() { None } else { Some(kept.join(";")) }
}

fn declaration(text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.to_ascii_lowercase();
    let value = value.strip_suffix("!important").unwrap_or(&value).trim();
    if value.is_empty() || value.len() > 120 {
        return None;
    }
    let fits: fn(&str) -> bool = match property.as_str() {
        "color" | "background-color" => is_color,
        "font-weight" | "font-style" | "text-align" | "text-decoration" | "vertical-align" => are_words,
        "font-size" | "width" | "height" | "max-width" => is_length,
        "border" | "border-top" | "border-right" | "border-bottom" | "border-left" => is_border,
        _ if is_box(&property) => are_lengths,
        _ => return None,
    };
    let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    fits(&value).then(|| format!("{property}:{value}"))
}

fn is_box(property: &str) -> bool {
    let side = property.strip_prefix("padding").or_else(|| property.strip_prefix("margin"));
    side.is_some_and(|s| matches!(s, "" | "-top" | "-right" | "-bottom" | "-left"))
}

fn are_words(value: &str) -> bool {
    value.split(' ').all(|word| word.len() <= 16 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// A name, a hash code, `rgb()` or `rgba()`.
fn is_color(value: &str) -> bool {
    if let Some(hex) = value.strip_prefix('#') {
        return matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit());
    }
    let inner = value.strip_prefix("rgba(").or_else(|| value.strip_prefix("rgb(")).and_then(|v| v.strip_suffix(')'));
    if let Some(inner) = inner {
        return inner.bytes().all(|b| b.is_ascii_digit() || b" ,.%".contains(&b));
    }
    value.len() <= 24 && !value.is_empty() && value.bytes().all(|b| b.is_ascii_lowercase())
}

/// A number up to 4,000 with a plain unit, `auto`, or a size by name. No negative ones: they move text over text.
fn is_length(value: &str) -> bool {
    if matches!(
        value,
        "auto" | "small" | "medium" | "large" | "x-small" | "xx-small" | "x-large" | "xx-large" | "smaller" | "larger"
    ) {
        return true;
    }
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &value[..value.len() - unit.len()];
    matches!(unit, "" | "px" | "pt" | "em" | "rem" | "ex" | "%" | "in" | "cm" | "mm")
        && number.len() <= 12
        && number.parse::<f64>().is_ok_and(|n| (0.0..=4_000.0).contains(&n))
}

fn are_lengths(value: &str) -> bool {
    value.split(' ').count() <= 4 && value.split(' ').all(is_length)
}

fn is_border(value: &str) -> bool {
    value.split(' ').count() <= 3 && value.split(' ').all(|part| is_length(part) || is_color(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_looks_stay_in_one_form() {
        assert_eq!(
            keep("COLOR: #FFF ; border:1px  solid rgb(1,2,3); margin:0 auto;position:fixed").as_deref(),
            Some("color:#fff;border:1px solid rgb(1,2,3);margin:0 auto")
        );
        let once = keep("font-weight: bold !important; padding: 1px 2%").expect("a style");
        assert_eq!(keep(&once).as_deref(), Some(once.as_str()));
    }

    #[test]
    fn nothing_that_loads_moves_or_hides_stays() {
        for style in [
            "background:url(http://x)",
            "background-color:url(http://x)",
            "color:var(--a)",
            "width:expression(alert(1))",
            "position:fixed",
            "margin:-100px",
            "color:r\\65 d",
            "color:red/**/",
            "color:red;}body{x:y",
            "border-image:url(x)",
            "width:calc(1px)",
            "width:99999px",
            "color:rgb(url(x))",
            "filter:url(#a)",
            "behavior:url(x)",
            "display:none",
        ] {
            let kept = keep(style);
            assert!(kept.as_deref().is_none_or(|k| k == "color:red"), "{style} -> {kept:?}");
        }
    }
}
