//! One connection: reads strictly, answers as the mailbox is, or as the tricks say.

use std::collections::HashSet;
use std::sync::Arc;

use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpListener, TcpStream};
use rocket::tokio::select;

use super::{Deed, Shared, answers};

/// The connection is over.
struct End;

type Step<T = ()> = Result<T, End>;

/// Longest command line that servers have to take.
const COMMAND_LINE: usize = 8192;

/// Takes connections until the peer is dropped.
pub async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        shared.note(|state| {
            state.connections += 1;
            state.open += 1;
            state.most_open = state.most_open.max(state.open);
        });
        let shared = Arc::clone(&shared);
        rocket::tokio::spawn(async move {
            let mut session = Session::new(stream, Arc::clone(&shared));
            // A client that leaves is no fault of the server.
            let _left = session.run().await;
            shared.note(|state| state.open -= 1);
        });
    }
}

/// How far the client is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Greeted,
    SignedIn,
    Looking,
    Changing,
}

struct Session {
    stream: TcpStream,
    shared: Arc<Shared>,
    unread: Vec<u8>,
    stage: Stage,
    tags: HashSet<String>,
    /// Mails that the client knows of.
    known: usize,
    /// Bytes until the connection ends.
    left: Option<usize>,
}

impl Session {
    fn new(stream: TcpStream, shared: Arc<Shared>) -> Self {
        Self { stream, shared, unread: Vec::new(), stage: Stage::Greeted, tags: HashSet::new(), known: 0, left: None }
    }

    async fn run(&mut self) -> Step {
        if self.trick("GREETING", "*").await? {
            return Err(End);
        }
        self.say(b"* OK peer.example ready\r\n").await?;
        loop {
            let line = self.line().await?;
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            if !self.tags.insert(tag.to_owned()) {
                self.violation(format!("the tag {tag} was used before"));
            }
            if !self.unread.is_empty() {
                self.violation(format!("more was sent before the answer to {command}"));
            }
            let verb = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let quiet = if matches!(verb.as_str(), "LOGIN" | "AUTHENTICATE") { verb.as_str() } else { command };
            self.shared.note(|state| state.commands.push(quiet.to_owned()));
            if !self.trick(command, tag).await? {
                self.answer(tag, &verb, command).await?;
            }
        }
    }

    /// Plays the first trick that fits; true if the command is answered by that.
    async fn trick(&mut self, command: &str, tag: &str) -> Step<bool> {
        let deed = self.shared.note(|state| {
            let at = state.tricks.iter().position(|trick| command.starts_with(trick.0))?;
            state.tricks.remove(at).map(|trick| trick.1)
        });
        let Some(deed) = deed else { return Ok(false) };
        match deed {
            Deed::No(words) => self.say(format!("{tag} NO {words}\r\n").as_bytes()).await.map(|()| true),
            Deed::Bad(words) => self.say(format!("{tag} BAD {words}\r\n").as_bytes()).await.map(|()| true),
            Deed::Nothing => self.say(format!("{tag} OK nothing\r\n").as_bytes()).await.map(|()| true),
            Deed::Say(bytes) => self.say(&bytes).await.map(|()| false),
            Deed::CutAfter(bytes) => {
                self.left = Some(bytes);
                self.say(b"").await.map(|()| false)
            }
            Deed::Bye(words) => {
                self.say(format!("* BYE {words}\r\n").as_bytes()).await?;
                Err(End)
            }
            Deed::Hang => {
                self.shared.note(|state| state.hanging += 1);
                let mut bytes = [0; 256];
                while self.stream.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
                Err(End)
            }
            Deed::Endless(bytes) => loop {
                self.say(bytes).await?;
            },
        }
    }

    async fn answer(&mut self, tag: &str, verb: &str, command: &str) -> Step {
        let rest = command.split_once(' ').map_or("", |(_, rest)| rest);
        match verb {
            "CAPABILITY" => {
                let abilities = self.shared.state().abilities.join(" ");
                self.say(format!("* CAPABILITY {abilities}\r\n").as_bytes()).await?;
            }
            "LOGIN" if self.stage == Stage::Greeted => self.stage = Stage::SignedIn,
            "NOOP" => self.tell_news().await?,
            "LOGOUT" => {
                self.say(format!("* BYE see you\r\n{tag} OK gone\r\n").as_bytes()).await?;
                return Err(End);
            }
            "LIST" if self.stage >= Stage::SignedIn => self.say(b"* LIST () \"/\" INBOX\r\n").await?,
            "EXAMINE" | "SELECT" if self.stage >= Stage::SignedIn => return self.open(tag, verb, rest).await,
            "IDLE" if self.stage >= Stage::Looking => return self.idle(tag).await,
            "UID" if self.stage >= Stage::Looking => return self.by_uid(tag, rest).await,
            _ => return self.refuse(tag, format!("not offered, or not now: {command:?}")).await,
        }
        self.say(format!("{tag} OK done\r\n").as_bytes()).await
    }

    async fn open(&mut self, tag: &str, verb: &str, folder: &str) -> Step {
        if folder.trim_matches('"') != "INBOX" {
            return self.say(format!("{tag} NO [NONEXISTENT] no such folder\r\n").as_bytes()).await;
        }
        self.stage = if verb == "SELECT" { Stage::Changing } else { Stage::Looking };
        let answer = {
            let state = self.shared.state();
            self.known = state.mails.len();
            answers::opened(&state)
        };
        self.say(format!("{answer}{tag} OK open\r\n").as_bytes()).await
    }

    async fn by_uid(&mut self, tag: &str, rest: &str) -> Step {
        let (what, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let (set, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let answered = match what {
            "FETCH" => self.shared.note(|state| answers::fetch(state, set, rest)),
            "STORE" if self.stage == Stage::Changing => self.mark(set, rest),
            _ => Err(format!("not offered, or not now: UID {what}")),
        };
        match answered {
            Ok(answer) => {
                self.say(&answer).await?;
                self.tell_news().await?;
                self.say(format!("{tag} OK done\r\n").as_bytes()).await
            }
            Err(complaint) => self.refuse(tag, complaint).await,
        }
    }

    fn mark(&self, set: &str, rest: &str) -> Result<Vec<u8>, String> {
        let flags = rest.strip_prefix("+FLAGS.SILENT (").and_then(|rest| rest.strip_suffix(')'));
        let flags = flags.ok_or_else(|| format!("no flags: {rest:?}"))?;
        self.shared.note(|state| {
            for at in answers::chosen(set, &state.mails)? {
                state.mails[at].flags.push(flags.to_owned());
            }
            Ok(Vec::new())
        })
    }

    /// Waits for DONE, and tells of new mails meanwhile.
    async fn idle(&mut self, tag: &str) -> Step {
        if !self.shared.state().abilities.contains(&"IDLE") {
            return self.refuse(tag, "IDLE is not offered".to_owned()).await;
        }
        self.say(b"+ idling\r\n").await?;
        let mut changes = self.shared.changes.subscribe();
        self.shared.note(|state| state.idling += 1);
        let ended = loop {
            if let Err(end) = self.tell_news().await {
                break Err(end);
            }
            match self.trick("IDLING", tag).await {
                Ok(_) => {}
                Err(end) => break Err(end),
            }
            select! {
                line = self.line() => break line,
                _ = changes.changed() => {}
            }
        };
        self.shared.note(|state| state.idling -= 1);
        match ended?.as_str() {
            "DONE" => self.say(format!("{tag} OK done\r\n").as_bytes()).await,
            other => self.refuse(tag, format!("{other:?} while waiting")).await,
        }
    }

    async fn tell_news(&mut self) -> Step {
        let mails = self.shared.state().mails.len();
        if mails == self.known || self.stage < Stage::Looking {
            return Ok(());
        }
        self.known = mails;
        self.say(format!("* {mails} EXISTS\r\n").as_bytes()).await
    }

    async fn refuse(&mut self, tag: &str, complaint: String) -> Step {
        self.violation(complaint);
        self.say(format!("{tag} BAD no\r\n").as_bytes()).await
    }

    fn violation(&self, complaint: String) {
        self.shared.note(|state| state.violations.push(complaint));
    }

    async fn say(&mut self, bytes: &[u8]) -> Step {
        let (now, ends) = match self.left {
            Some(left) if left <= bytes.len() => (&bytes[..left], true),
            _ => (bytes, false),
        };
        self.left = self.left.map(|left| left.saturating_sub(bytes.len()));
        let written = self.stream.write_all(now).await;
        if written.is_err() || ends { Err(End) } else { Ok(()) }
    }

    /// A command line without its end. Dropping it loses nothing.
    async fn line(&mut self) -> Step<String> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                if !line.ends_with(b"\r\n") || line.len() > COMMAND_LINE || line.contains(&0) || !line.is_ascii() {
                    self.violation(format!("not a line: {:?}", String::from_utf8_lossy(&line)));
                }
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            match self.stream.read_buf(&mut self.unread).await {
                Ok(read) if read > 0 => {}
                _ => return Err(End),
            }
        }
    }
}
