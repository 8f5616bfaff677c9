//! Removes characters that deceive or break a line: controls, direction overrides, invisible ones, path separators.

/// Direction marks and overrides: with them `exe.fdp` is shown as `pdf.exe`.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// One line of text for a subject or a name: line breaks and runs of space become one space, controls and direction
/// marks vanish, at most `cap` characters stay. Joiners stay, since emoji and Indic scripts need them.
pub(super) fn line(text: &str, cap: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            gap = !out.is_empty();
        } else if !(c.is_control() || is_bidi(c) || c == '\u{feff}' || c == '\u{200b}') {
            if gap {
                out.push(' ');
                count += 1;
                gap = false;
            }
            if count >= cap {
                break;
            }
            out.push(c);
            count += 1;
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

/// The text of a body: line ends are `\n`, controls other than tab and line end vanish, trailing blank lines too.
pub(super) fn body(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            '\u{feff}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    let start = out.len() - out.trim_start_matches(['\n', '\u{200b}']).len();
    out.drain(..start);
    out
}

/// A name for a saved file, or `None` if nothing is left of it.
pub(super) fn file_name(name: &str) -> Option<String> {
    const LONGEST: usize = 180;
    let kept: String = name
        .chars()
        .filter(|&c| !(c.is_control() || is_bidi(c) || is_invisible(c)))
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            _ if c.is_whitespace() => ' ',
            _ => c,
        })
        .collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c == ' ');
    if kept.chars().all(|c| c == '-' || c == '.' || c == ' ') {
        return None;
    }
    if kept.len() <= LONGEST {
        return Some(kept.to_owned());
    }
    let ending = kept.rfind('.').map(|at| &kept[at..]).filter(|e| e.len() <= 16).unwrap_or_default();
    Some(format!("{}{ending}", cut(kept, LONGEST - ending.len())))
}

/// The longest beginning of `text` of at most `bytes` bytes that ends between characters.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_no_controls_and_no_direction_marks() {
        assert_eq!(line("  Oi\r\n tudo\u{202e} bem\u{0}\u{7}? ", 998), "Oi tudo bem?");
        assert_eq!(line(&"é".repeat(2000), 998).chars().count(), 998);
    }

    #[test]
    fn file_names_lose_paths_and_tricks_but_keep_their_ending() {
        assert_eq!(file_name("../../etc/passwd").as_deref(), Some("-..-etc-passwd"));
        assert_eq!(file_name("invoice\u{202e}fdp.exe\u{200b}").as_deref(), Some("invoicefdp.exe"));
        assert_eq!(file_name("\u{200b}/.. "), None);
        let long = file_name(&format!("{}.pdf", "ã".repeat(400))).expect("a name");
        assert!(long.len() <= 180 && std::path::Path::new(&long).extension().is_some_and(|e| e == "pdf"));
    }
}
