//! How much of a mail is read. Every limit protects time or memory; what lies beyond stays in the stored raw mail.

/// Caps for one mail. The defaults let every ordinary mail pass whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the raw mail. Beyond it only the headers and the first text are read.
    pub size: usize,
    /// Header fields kept per header block; beyond it only the fields that matter, once each.
    pub fields: usize,
    /// Levels of multipart inside multipart.
    pub depth: usize,
    /// Leaves (bodies and attachments) kept; the rest is counted.
    pub parts: usize,
    /// Bytes of the visible text kept.
    pub text: usize,
    /// Bytes of HTML that are still cleaned; beyond it plain text is shown.
    pub html: usize,
    /// Levels of elements inside elements that are still cleaned.
    pub html_depth: usize,
    /// Elements and texts of the parsed HTML that are still cleaned.
    pub html_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 40 * 1024 * 1024,
            fields: 2_000,
            depth: 50,
            parts: 1_000,
            text: 1024 * 1024,
            html: 2 * 1024 * 1024,
            html_depth: 256,
            html_nodes: 120_000,
        }
    }
}
