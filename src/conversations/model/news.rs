//! What came in, in a line.

/// What came in while a page was open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// The newest message there is.
    pub newest: i64,
    pub count: usize,
    /// Whether one contact wrote all of them.
    pub is_of_one: bool,
    /// Who wrote the last.
    pub last: String,
}

/// One line of a text for lists, without what steers a terminal or a log.
#[must_use]
pub fn preview(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
        if line.chars().count() > 140 {
            return line.chars().take(139).chain(['…']).collect();
        }
    }
    line
}
