//! The load: plain HTTP/1.1 over connections that stay open, to this machine only. As little work as possible for each
//! request, because it shares the cores with what it measures.

#![expect(clippy::disallowed_methods, reason = "the load goes to a server on this machine, by address")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Result;
use crate::words::Dice;

/// What a browser asks and says of itself.
const BROWSER: &str = "Accept: text/html\r\nAccept-Language: pt-BR\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n";

/// A GET as bytes. `secret` is that of a session, if somebody asks.
pub fn get(address: SocketAddr, path: &str, secret: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\n{BROWSER}Accept-Encoding: gzip, br\r\nCookie: s={secret}\r\n\r\n"
    )
    .into_bytes()
}

/// A form as bytes, as htmx sends it.
pub fn post(address: SocketAddr, path: &str, secret: &str, token: &str, form: &str) -> Vec<u8> {
    let length = form.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\n{BROWSER}Cookie: s={secret}\r\nOrigin: http://{address}\r\n\
         HX-Request: true\r\nX-CSRF-Token: {token}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{form}"
    )
    .into_bytes()
}

/// One answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
    /// Head and body on the wire.
    pub bytes: usize,
}

/// A connection that stays open.
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(128 * 1024) })
    }

    /// Asks and reads the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        let (status, head, whole) = self.exchange(request).await?;
        let text = String::from_utf8_lossy(&self.read[..head]).into_owned();
        Ok(Answer { status, head: text, body: self.read[head..whole].to_vec(), bytes: whole })
    }

    /// Asks and reads the whole answer without keeping it: the status and the bytes on the wire.
    async fn ask_only(&mut self, request: &[u8]) -> Result<(u16, usize)> {
        let (status, _, whole) = self.exchange(request).await?;
        Ok((status, whole))
    }

    /// Status, length of the head, length of all.
    async fn exchange(&mut self, request: &[u8]) -> Result<(u16, usize, usize)> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let head = loop {
            self.more().await?;
            if let Some(end) = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = std::str::from_utf8(&self.read[..head])?;
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status")?;
        let whole = head + length(text).ok_or_else(|| format!("an answer without a length: {text}"))?;
        while self.read.len() < whole {
            self.more().await?;
        }
        Ok((status, head, whole))
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            return Err("the server hung up".into());
        }
        Ok(())
    }
}

fn length(head: &str) -> Option<usize> {
    let line = head.lines().find(|line| line.len() > 15 && line[..15].eq_ignore_ascii_case("content-length:"));
    match line {
        Some(line) => line[15..].trim().parse().ok(),
        None => (head.contains(" 204 ") || head.contains(" 304 ")).then_some(0),
    }
}

/// A stream of events: a connection on which the server goes on.
pub async fn listen(address: SocketAddr, secret: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "GET /live HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\nCookie: s={secret}\r\n\
         User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    Ok(stream)
}

/// One run of load.
#[derive(Debug, Default)]
pub struct Run {
    /// Answers per second.
    pub rate: f64,
    /// Milliseconds of each answer.
    pub latencies: Vec<f64>,
    /// Mean bytes of an answer on the wire.
    pub bytes: f64,
}

/// Asks `requests` at random on so many connections for so long.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub async fn load(
    address: SocketAddr,
    requests: &Arc<Vec<Vec<u8>>>,
    connections: usize,
    time: Duration,
) -> Result<Run> {
    let started = Instant::now();
    let mut tasks = Vec::new();
    for number in 0..connections {
        let requests = requests.clone();
        tasks.push(tokio::spawn(async move { one(address, &requests, number, started + time).await }));
    }
    let (mut latencies, mut bytes) = (Vec::new(), 0);
    for task in tasks {
        let (own, read) = task.await??;
        latencies.extend(own);
        bytes += read;
    }
    let count = latencies.len() as f64;
    Ok(Run { rate: count / started.elapsed().as_secs_f64(), bytes: bytes as f64 / count.max(1.0), latencies })
}

async fn one(address: SocketAddr, requests: &[Vec<u8>], number: usize, until: Instant) -> Result<(Vec<f64>, usize)> {
    let mut dice = Dice::new(number as u64);
    let mut connection = Connection::open(address).await?;
    let (mut latencies, mut bytes) = (Vec::new(), 0);
    while Instant::now() < until {
        let request = dice.one_of(requests);
        let asked = Instant::now();
        let (status, read) = connection.ask_only(request).await?;
        if status != 200 {
            let line = String::from_utf8_lossy(request).lines().next().unwrap_or_default().to_owned();
            return Err(format!("{status} for {line}").into());
        }
        latencies.push(asked.elapsed().as_secs_f64() * 1000.0);
        bytes += read;
    }
    Ok((latencies, bytes))
}
