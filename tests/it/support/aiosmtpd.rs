//! aiosmtpd, an SMTP server that is not ours, as a child process on loopback.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

use super::wait::{DEADLINE, until};

/// The running server; it stops when dropped.
pub struct Aiosmtpd {
    child: Child,
    port: u16,
    folder: TempDir,
}

/// What the server was told before the message.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Envelope {
    pub sender: String,
    pub recipients: Vec<String>,
    /// Such as `SIZE=1234` and `BODY=8BITMIME`.
    pub parameters: Vec<String>,
    /// The name the client gave.
    pub helo: String,
}

/// One message, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

impl Aiosmtpd {
    /// Starts the server on a free port; returns once it listens.
    ///
    /// # Panics
    /// If there is no Python with aiosmtpd; the message says how to get it.
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/smtp_sink.py");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new(python())
            .arg(script)
            .arg("0")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts; `bin/test` installs what the tests need");
        let mut first = String::new();
        let output = child.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut first).expect("its output can be read");
        let Ok(port) = first.trim().parse() else {
            let status = child.wait();
            panic!("aiosmtpd did not start ({status:?}); run `bin/test` once, it installs tests/requirements.txt");
        };
        Self { child, port, folder }
    }

    /// On 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// All messages so far, in the order they came in.
    pub fn kept(&self) -> Vec<Kept> {
        let mut envelopes: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .expect("the folder is there")
            .map(|entry| entry.expect("a readable folder").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect();
        envelopes.sort();
        envelopes.iter().map(|path| read(path)).collect()
    }

    /// Waits for at least `count` messages and returns all.
    pub async fn messages(&self, count: usize) -> Vec<Kept> {
        until(&format!("{count} messages at aiosmtpd"), DEADLINE, async || self.kept().len() >= count).await;
        self.kept()
    }
}

impl Drop for Aiosmtpd {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}

fn read(envelope: &Path) -> Kept {
    let json = std::fs::read(envelope).expect("a finished envelope can be read");
    Kept {
        envelope: serde_json::from_slice(&json).expect("the sink writes this JSON"),
        bytes: std::fs::read(envelope.with_extension("eml")).expect("the message was written first"),
    }
}

/// The Python of `bin/test`, whether it runs this test or not.
fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("RECADO_TEST_PYTHON") {
        return python.into();
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let installed = target.join("test-tools/python/bin/python");
    if installed.exists() { installed } else { "python3".into() }
}
