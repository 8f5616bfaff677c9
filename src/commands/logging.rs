//! The log: lines on standard error, as text or (`RECADO_LOG_FORMAT=json`) as JSON. `RECADO_LOG` chooses what is said.

use tracing_subscriber::EnvFilter;

/// Starts logging. A second start is ignored.
pub(super) fn start() {
    let filter = EnvFilter::try_from_env("RECADO_LOG").unwrap_or_else(|_| EnvFilter::new("warn,recado=info"));
    let json = std::env::var("RECADO_LOG_FORMAT").is_ok_and(|format| format == "json");
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if json { builder.json().try_init() } else { builder.with_ansi(false).try_init() };
}
