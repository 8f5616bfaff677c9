//! The bytes of one connection: responses in, commands out, every wait and every size limited.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::trouble::Trouble;

/// A connection, protected or not.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Text of one response, literals not counted. A search may name many mails in one line.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// Bytes that are read at once, and that are written before the server must have taken them.
const MOUTHFUL: usize = 64 * 1024;

/// A part of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Vec<u8>),
    Literal(Vec<u8>),
}

pub(super) struct Wire {
    stream: Box<dyn Duplex>,
    patience: Duration,
    unread: Vec<u8>,
    /// Where in `unread` the next response begins.
    at: usize,
    /// Bytes of literals that the command at hand may still bring.
    pub(super) allowance: usize,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Duplex>, patience: Duration) -> Self {
        Self { stream, patience, unread: Vec::new(), at: 0, allowance: 0 }
    }

    /// The connection itself, to be protected. What came before belongs to nobody who can be believed.
    pub(super) fn into_stream(self) -> Result<Box<dyn Duplex>, Trouble> {
        if self.at < self.unread.len() {
            return Err(Trouble::Garbage("more was said before the connection was protected".to_owned()));
        }
        Ok(self.stream)
    }

    /// Whether something waits to be read.
    pub(super) fn has_more(&self) -> bool {
        self.at < self.unread.len()
    }

    /// Reads what the server sends next, however long that takes. Nothing is lost when it is dropped.
    pub(super) async fn listen(&mut self) -> Result<(), Trouble> {
        if self.at > 0 {
            self.unread.drain(..self.at);
            self.at = 0;
        }
        self.unread.reserve(MOUTHFUL);
        let read = self.stream.read_buf(&mut self.unread).await.map_err(Trouble::lost)?;
        if read == 0 { Err(Trouble::Lost("it was closed".to_owned())) } else { Ok(()) }
    }

    async fn fill(&mut self) -> Result<(), Trouble> {
        let patience = self.patience;
        timeout(patience, self.listen()).await.map_err(|_| Trouble::Silence(patience))?
    }

    /// One whole response: a line, and as many literals with lines after them as it announces.
    pub(super) async fn response(&mut self) -> Result<Vec<Piece>, Trouble> {
        let mut pieces = Vec::new();
        let mut text_left = MOST_TEXT;
        loop {
            let mut line = self.line(text_left).await?;
            text_left -= line.len();
            let Some((size, mark)) = announced(&line) else {
                pieces.push(Piece::Text(line));
                return Ok(pieces);
            };
            line.truncate(mark);
            pieces.push(Piece::Text(line));
            if size > self.allowance {
                return Err(Trouble::TooLarge(size));
            }
            self.allowance -= size;
            pieces.push(Piece::Literal(self.exact(size).await?));
        }
    }

    /// A line without its end. A bare line feed ends one too: some servers send no other.
    async fn line(&mut self, most: usize) -> Result<Vec<u8>, Trouble> {
        let mut looked = 0;
        loop {
            let rest = &self.unread[self.at..];
            if let Some(end) = rest[looked..].iter().position(|byte| *byte == b'\n').map(|end| looked + end) {
                let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]).to_vec();
                self.at += end + 1;
                return Ok(line);
            }
            looked = rest.len();
            if looked > most {
                return Err(Trouble::Garbage("a line without an end".to_owned()));
            }
            self.fill().await?;
        }
    }

    async fn exact(&mut self, size: usize) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        while bytes.len() < size {
            if !self.has_more() {
                self.fill().await?;
            }
            let rest = &self.unread[self.at..];
            let taken = rest.len().min(size - bytes.len());
            bytes.extend_from_slice(&rest[..taken]);
            self.at += taken;
        }
        Ok(bytes)
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let patience = self.patience;
        for mouthful in bytes.chunks(MOUTHFUL) {
            let written = timeout(patience, self.stream.write_all(mouthful)).await;
            written.map_err(|_| Trouble::Silence(patience))?.map_err(Trouble::lost)?;
        }
        let flushed = timeout(patience, self.stream.flush()).await;
        flushed.map_err(|_| Trouble::Silence(patience))?.map_err(Trouble::lost)
    }
}

/// The size of the literal that a line ends with, and where its mark begins.
fn announced(line: &[u8]) -> Option<(usize, usize)> {
    let open = line.iter().rposition(|byte| *byte == b'{')?;
    let digits = line[open + 1..].strip_suffix(b"}")?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = std::str::from_utf8(digits).ok()?.parse().unwrap_or(usize::MAX);
    let mark = if open > 0 && line[open - 1] == b'~' { open - 1 } else { open };
    Some((size, mark))
}

impl Trouble {
    pub(super) fn lost(error: io::Error) -> Self {
        Self::Lost(error.to_string())
    }
}
