//! What commands say on standard output.

use std::fmt::Display;
use std::io::Write;

/// One line. Whoever read it may be gone (a closed pipe): what the command does goes on all the same, and its exit code
/// still says how it went.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
