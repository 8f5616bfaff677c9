//! Live updates: a thousand open streams of fifty people, and how long until an assignment made by a click is known to
//! all of them. The clock starts when the click is sent, so it includes the request and its commit.

use std::time::{Duration, Instant};

use recado::auth::FormToken;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::Result;
use crate::figures::{Figure, median, share};
use crate::http::{Connection, listen, post};
use crate::product::Server;
use crate::world::{Person, World};

/// Streams of each person.
const STREAMS: usize = 20;
const EVENTS: usize = 40;
const PATIENCE: Duration = Duration::from_secs(10);

/// What a stream tells: that it is open, or that an event came.
enum Heard {
    Open,
    Event(Instant),
    Ended(String),
}

pub async fn measure(server: &Server, world: &World, everybody: &[Person], conversation: i64) -> Result<Vec<Figure>> {
    let (tell, mut heard) = unbounded_channel();
    let before = server.memory()?.0;
    let mut tasks = Vec::new();
    for person in everybody {
        for _ in 0..STREAMS {
            let stream = listen(server.address, &person.secret).await?;
            tasks.push(tokio::spawn(follow(stream, tell.clone())));
        }
    }
    let all = tasks.len();
    for _ in 0..all {
        match timeout(PATIENCE, heard.recv()).await? {
            Some(Heard::Open) => {}
            Some(Heard::Ended(why)) => return Err(format!("a stream ended: {why}").into()),
            _ => return Err("an event came too early".into()),
        }
    }
    let after = server.memory()?.0;
    let (mut each, mut last) = (Vec::new(), Vec::new());
    let mut clicks = Clicks::of(server, world, &everybody[0], conversation).await?;
    for number in 0..EVENTS {
        let assignee = &everybody[number % 2];
        let times = told(&mut clicks, assignee.viewer.id, &mut heard, all).await?;
        last.push(share(&times, 1.0));
        each.extend(times);
    }
    for task in &tasks {
        task.abort();
    }
    #[expect(clippy::cast_precision_loss, reason = "a thousand")]
    let kilobytes = (after - before) * 1024.0 / all as f64;
    Ok(vec![
        Figure::new("live, 1,000 streams: an event is there, p50", median(&each), "ms"),
        Figure::new("live, 1,000 streams: an event is there, p99", share(&each, 0.99), "ms").below(150.0),
        Figure::new("live, 1,000 streams: all have it, middle event", median(&last), "ms"),
        Figure::new("live, 1,000 streams: all have it, slowest event", share(&last, 1.0), "ms"),
        Figure::new("live, memory of a stream", kilobytes, "KB").below(45.0),
    ])
}

/// Somebody who assigns a conversation, now to one, now to another.
struct Clicks {
    connection: Connection,
    path: String,
    token: String,
    secret: String,
    address: std::net::SocketAddr,
}

impl Clicks {
    async fn of(server: &Server, world: &World, who: &Person, conversation: i64) -> Result<Self> {
        Ok(Self {
            connection: Connection::open(server.address).await?,
            path: format!("/conversations/{conversation}/assignment"),
            token: FormToken::for_cookie(&world.keys()?, &who.secret).masked()?,
            secret: who.secret.clone(),
            address: server.address,
        })
    }

    async fn assign(&mut self, assignee: i64) -> Result<()> {
        let form = format!("assignee={assignee}");
        let answer = self.connection.ask(&post(self.address, &self.path, &self.secret, &self.token, &form)).await?;
        if answer.status >= 400 {
            return Err(format!("the assignment was refused: {}", answer.head).into());
        }
        Ok(())
    }
}

/// Milliseconds until each of the streams had it.
async fn told(
    clicks: &mut Clicks,
    assignee: i64,
    heard: &mut UnboundedReceiver<Heard>,
    all: usize,
) -> Result<Vec<f64>> {
    let sent = Instant::now();
    clicks.assign(assignee).await?;
    let mut times = Vec::with_capacity(all);
    while times.len() < all {
        match timeout(PATIENCE, heard.recv()).await {
            Ok(Some(Heard::Event(at))) => times.push(at.duration_since(sent).as_secs_f64() * 1000.0),
            Ok(Some(Heard::Ended(why))) => return Err(format!("a stream ended: {why}").into()),
            Ok(Some(Heard::Open)) => {}
            _ => return Err(format!("only {} of {all} streams heard of it", times.len()).into()),
        }
    }
    Ok(times)
}

async fn follow(mut stream: TcpStream, tell: UnboundedSender<Heard>) {
    let mut buffer = [0; 1024];
    let mut open = false;
    let mut seen = String::new();
    loop {
        let read = match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => {
                let _ = tell.send(Heard::Ended(seen));
                return;
            }
            Ok(read) => read,
        };
        let at = Instant::now();
        seen.push_str(&String::from_utf8_lossy(&buffer[..read]));
        if !open && seen.contains("event:beat") {
            open = true;
            let _ = tell.send(Heard::Open);
            seen.clear();
        }
        // Line by line: between the lines of events stand those of the chunks they come in.
        while let Some(end) = seen.find('\n').filter(|_| open) {
            if seen[..end].starts_with("data:conversation") {
                let _ = tell.send(Heard::Event(at));
            }
            seen.drain(..=end);
        }
    }
}
