//! Text written with `format=flowed` (RFC 3676): paragraphs whose lines were broken for the journey.

/// What the space before such a break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakSpace {
    /// A space of the text.
    Text,
    /// Added by the writer together with the break (`delsp=yes`).
    Added,
}

/// Joins the lines that were broken for the journey. Quoted lines stay as they are, since marks of quotes depend on
/// line beginnings.
pub(super) fn unfold(text: &str, space: BreakSpace) -> String {
    let mut out = String::with_capacity(text.len());
    let mut flowing = false;
    for (number, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let quoted = line.starts_with('>');
        let line = if quoted { line } else { line.strip_prefix(' ').unwrap_or(line) };
        if number > 0 && (!flowing || quoted) {
            out.push('\n');
        }
        flowing = !quoted && line.ends_with(' ') && line != "-- ";
        let kept = if flowing && space == BreakSpace::Added { &line[..line.len() - 1] } else { line };
        out.push_str(kept);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_broken_lines_are_joined() {
        assert_eq!(
            unfold("Um \ndois\nTrês\n> a \n> b\n-- \nAna\n", BreakSpace::Text),
            "Um dois\nTrês\n> a \n> b\n-- \nAna\n"
        );
        assert_eq!(unfold("日 \r\n本", BreakSpace::Added), "日本");
    }
}
