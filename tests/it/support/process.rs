//! The product as processes of its own, as it is installed: a server that can be killed, commands that pipe mail in.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

/// The settings of one installation.
#[derive(Clone)]
pub struct Settings(Vec<(&'static str, String)>);

impl Settings {
    /// For a database in `folder`, sending by a server on this machine.
    pub fn new(folder: &Path, smtp: Option<u16>) -> Self {
        let address = free_address();
        let mut settings = vec![
            ("RECADO_DATA_DIR", folder.display().to_string()),
            ("RECADO_PUBLIC_URL", format!("http://{address}")),
            ("RECADO_LISTEN", address.to_string()),
            ("RECADO_LOG", "error".to_owned()),
        ];
        if let Some(port) = smtp {
            settings.push(("RECADO_SMTP_HOST", "127.0.0.1".to_owned()));
            settings.push(("RECADO_SMTP_PORT", port.to_string()));
            settings.push(("RECADO_SMTP_SECURITY", "none".to_owned()));
            settings.push(("RECADO_MAIL_FROM", "recado@vereda.example".to_owned()));
        }
        Self(settings)
    }

    /// One more setting.
    pub fn and(mut self, name: &'static str, value: &str) -> Self {
        self.0.push((name, value.to_owned()));
        self
    }

    /// The value of a setting.
    ///
    /// # Panics
    /// When there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == name);
        &found.expect("a setting").1
    }

    /// The same with what is logged by default.
    pub fn telling(&self) -> Self {
        Self(self.0.iter().filter(|(name, _)| *name != "RECADO_LOG").cloned().collect())
    }

    /// A command with these settings and no others.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recado"));
        command.args(args).env_clear().envs(self.0.iter().cloned());
        command
    }

    /// A command given `input`: its exit code and what it printed.
    pub fn run(&self, args: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("its input");
        // A command that ends before it has read all is judged by its exit code.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}

/// A server process; killed when dropped.
pub struct ServerProcess(Child);

impl ServerProcess {
    /// Starts it and returns when it says that it serves.
    pub fn start(settings: &Settings) -> Self {
        Self::spawn(settings.command(&["serve"]))
    }

    /// The same, with its log in a file.
    pub fn start_logging(settings: &Settings, log: &Path) -> Self {
        let mut command = settings.command(&["serve"]);
        let file = std::fs::File::create(log).expect("a file");
        command.stderr(file);
        Self::spawn(command)
    }

    /// Starts it with an output that nobody reads (a closed pipe) and returns at once.
    pub fn start_unheard(settings: &Settings) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        Self(settings.command(&["serve"]).stdout(writer).spawn().expect("it starts"))
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = child.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("it says something");
        assert!(line.starts_with("Recado serves"), "{line}");
        Self(child)
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.0.kill().expect("it is killed");
        self.0.wait().expect("it is gone");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A free address on this machine, given once only: below the ports that connections leave from, so that no test running
/// beside takes it between this look and the server's start.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 100).unwrap_or_default() * 100;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 2_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return SocketAddr::from(([127, 0, 0, 1], port));
        }
    }
}

/// Looks into a database beside the product, as a person with the file would.
#[expect(clippy::disallowed_methods, reason = "a second pair of eyes on the file")]
pub fn open(file: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(file).expect("it opens")
}
