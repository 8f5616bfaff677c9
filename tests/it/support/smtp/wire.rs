//! The bytes of one connection: lines in, answers out, and what is wrong with the lines.

use std::sync::Arc;

use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;

use super::rules::{self, COMMAND_LINE, TEXT_LINE, shown};
use super::{Mode, Shared};

/// The connection is over.
pub struct End;

pub type Step<T = ()> = Result<T, End>;

pub struct Wire {
    stream: TcpStream,
    shared: Arc<Shared>,
    unread: Vec<u8>,
}

impl Wire {
    pub fn new(stream: TcpStream, shared: Arc<Shared>) -> Self {
        Self { stream, shared, unread: Vec::new() }
    }

    pub async fn say(&mut self, line: &str) -> Step {
        let text = format!("{line}\r\n");
        self.stream.write_all(text.as_bytes()).await.map_err(|_| End)
    }

    /// Says a line and reads the next.
    pub async fn ask(&mut self, question: &str) -> Step<String> {
        self.say(question).await?;
        self.command().await
    }

    /// A command line without its end.
    pub async fn command(&mut self) -> Step<String> {
        let line = self.line().await?;
        self.violations(rules::line(&line, COMMAND_LINE));
        let command = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        if !command.is_ascii() {
            self.violation(format!("a command with bytes outside ASCII: {command:?}"));
        }
        Ok(command)
    }

    /// The message up to the final dot, with the doubled dots taken back.
    pub async fn message(&mut self, eight_bit: Mode) -> Step<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            let line = self.line().await?;
            if line == b".\r\n" {
                break;
            }
            self.violations(rules::line(&line, TEXT_LINE + usize::from(line.starts_with(b"."))));
            if line.starts_with(b".") && !line.starts_with(b"..") {
                self.violation(format!("a dot that was not doubled: {}", shown(&line)));
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        if eight_bit == Mode::Off && !bytes.is_ascii() {
            self.violation(format!("a byte over 127 without BODY=8BITMIME in {}", shown(&bytes)));
        }
        Ok(bytes)
    }

    /// Whether the client waits for an answer.
    pub fn nothing_waits(&self) -> bool {
        self.unread.is_empty()
    }

    /// Says nothing until the test releases the connection or the client leaves.
    pub async fn hang(&mut self) {
        self.shared.note(|record| record.hanging += 1);
        let mut released = self.shared.released.subscribe();
        let mut ignored = [0; 4096];
        loop {
            rocket::tokio::select! {
                _ = released.wait_for(|released| *released) => break,
                read = self.stream.read(&mut ignored) => if matches!(read, Ok(0) | Err(_)) { break },
            }
        }
        self.shared.note(|record| record.hanging -= 1);
    }

    pub fn violation(&self, complaint: String) {
        self.violations(vec![complaint]);
    }

    fn violations(&self, complaints: Vec<String>) {
        self.shared.note(|record| record.violations.extend(complaints));
    }

    /// Bytes up to and with the next line feed.
    async fn line(&mut self) -> Step<Vec<u8>> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                return Ok(self.unread.drain(..=end).collect());
            }
            let read = self.stream.read_buf(&mut self.unread).await.map_err(|_| End)?;
            if read == 0 {
                return Err(End);
            }
        }
    }
}
