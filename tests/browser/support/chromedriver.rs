//! One chromedriver for all tests of the binary; it and its browsers end when the binary ends, however that happens.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;
use thirtyfour::WebDriver;

struct Chromedriver {
    address: String,
    /// Its standard input stays open as long as this process lives; the shell around chromedriver waits for its end.
    _shell: Child,
}

/// Starts chromedriver on a port of its choice, and kills it and what it started once nobody holds the other end of the
/// standard input any more.
const SHELL: &str = r#"exec 2>/dev/null; "$0" --port=0 </dev/null & driver=$!; read -r _; kill "$driver"; wait "$driver"; kill -KILL 0"#;

/// Where chromedriver listens; the first call starts it.
///
/// # Panics
/// If it is missing; `bin/test` installs it.
pub fn address() -> &'static str {
    static RUNNING: OnceLock<Chromedriver> = OnceLock::new();
    &RUNNING.get_or_init(start).address
}

fn start() -> Chromedriver {
    let program = std::env::var("RECADO_TEST_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let mut shell = Command::new("sh")
        .args(["-c", SHELL, &program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .expect("a shell");
    let output = BufReader::new(shell.stdout.take().expect("its output is piped"));
    let port = output.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("successfully on port ")?;
        port.trim_end_matches('.').parse::<u16>().ok()
    });
    let port = port.expect("chromedriver starts; `bin/test` installs what the tests need");
    Chromedriver { address: format!("http://127.0.0.1:{port}"), _shell: shell }
}

/// Another Chromium than the one that chromedriver finds.
pub fn chromium() -> Option<String> {
    std::env::var("RECADO_TEST_CHROMIUM").ok()
}

/// A browser process and its profile; both go when this is dropped, so that a test that panics leaves nothing behind.
pub struct Running {
    process: Option<u64>,
    _profile: TempDir,
}

impl Running {
    pub fn new(driver: &WebDriver, profile: TempDir) -> Self {
        let process = driver.capabilities().get("goog:processID").and_then(serde_json::Value::as_u64);
        Self { process, _profile: profile }
    }

    /// The process went by itself; its number may belong to another by now.
    pub fn ended(&mut self) {
        self.process = None;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(process) = self.process {
            let _status = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
        }
    }
}
