//! A signed-in connection: commands in, their answers out. Each command ends with the server's word on it; what a command
//! did not ask for is remembered or passed over.

use super::answer::{self, Response, Status, Value};
use super::connect::Dialer;
use super::folders::{Folder, Special};
use super::names;
use super::sign_in;
use super::trouble::Trouble;
use super::wire::Wire;
use super::{Mode, Opened, Server};
use crate::mailer::Reason;

/// Lines that are no responses before the other side is taken for something else than an IMAP server.
const PATIENCE_WITH_GARBAGE: usize = 20;
/// Folders that are listed at most.
const MOST_FOLDERS: usize = 10_000;
/// Bytes of literals in answers that carry no mail.
pub(super) const SMALL: usize = 1024 * 1024;

/// A connection to a mailbox.
pub struct Session {
    pub(super) wire: Wire,
    pub(super) capabilities: Vec<String>,
    /// Mails in the folder that is open, as far as the server told.
    pub(super) exists: u32,
    /// How often the server told of something new, and how often it had when the mails were listed last.
    told: u32,
    heeded: u32,
    tags: u32,
    goodbye: Option<String>,
}

/// A command: text, and literals where text does not do.
#[derive(Default)]
pub(super) struct Command(Vec<Vec<u8>>);

impl Command {
    pub(super) fn new(text: &str) -> Self {
        Self(vec![text.as_bytes().to_vec()])
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        if let Some(last) = self.0.last_mut() {
            last.extend_from_slice(text.as_bytes());
        }
        self
    }

    /// A value: between quotes, or as a literal if it holds what quotes cannot.
    pub(super) fn value(self, value: &str) -> Self {
        if value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            self.text(" \"").text(&escaped).text("\"")
        } else {
            self.literal(value.as_bytes().to_vec())
        }
    }

    pub(super) fn literal(mut self, bytes: Vec<u8>) -> Self {
        let mark = format!(" {{{}}}", bytes.len());
        self = self.text(&mark);
        self.0.push(bytes);
        self.0.push(Vec::new());
        self
    }
}

impl Session {
    /// Connects, protects the connection as wanted and signs in.
    ///
    /// # Errors
    /// Why not, as people read it.
    pub async fn open(server: &Server, dialer: &Dialer) -> Result<Self, Reason> {
        let _turn = dialer.turn(&server.host).await;
        let (wire, greeting) = sign_in::greeted(server, dialer).await.map_err(|trouble| match trouble {
            Trouble::Bye(words) => Reason::new("imap-refused", words),
            trouble => trouble.reason("imap-refused"),
        })?;
        let mut session =
            Self { wire, capabilities: Vec::new(), exists: 0, told: 0, heeded: 0, tags: 0, goodbye: None };
        sign_in::run(&mut session, server, dialer, &greeting).await?;
        Ok(session)
    }

    /// Whether the server says that it can do this.
    #[must_use]
    pub fn can(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|known| known.eq_ignore_ascii_case(capability))
    }

    /// All that it says it can do.
    #[must_use]
    pub fn capabilities(&self) -> &[String] {
        &self.capabilities
    }

    /// Whether the server has told of new mails since the last list.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.told != self.heeded
    }

    pub(super) fn heed_news(&mut self) {
        self.heeded = self.told;
    }

    pub(super) fn tag(&mut self) -> String {
        self.tags += 1;
        format!("r{}", self.tags)
    }

    /// The next response.
    pub(super) async fn next(&mut self) -> Result<Response, Trouble> {
        let pieces = self.wire.response().await.map_err(|trouble| match (trouble, self.goodbye.take()) {
            (Trouble::Lost(_), Some(words)) => Trouble::Bye(words),
            (trouble, _) => trouble,
        })?;
        let response = answer::read(pieces);
        match &response {
            Response::Status(status) if status.kind == "BYE" => {
                self.goodbye = Some(status.said());
                self.told = self.told.wrapping_add(1);
            }
            Response::Numbered(number, word, _) if word == "EXISTS" => {
                self.exists = *number;
                self.told = self.told.wrapping_add(1);
            }
            Response::Numbered(_, word, _) if word == "EXPUNGE" => self.exists = self.exists.saturating_sub(1),
            _ => {}
        }
        Ok(response)
    }

    /// Sends a command and gives each response before its end to `each`. `literals`: bytes of literals it may bring.
    pub(super) async fn run(
        &mut self,
        command: Command,
        literals: usize,
        mut each: impl FnMut(Response),
    ) -> Result<Status, Trouble> {
        let tag = self.tag();
        self.wire.allowance = literals;
        let parts = command.0;
        for (at, part) in parts.iter().enumerate() {
            let mut bytes = Vec::with_capacity(part.len() + 16);
            if at == 0 {
                bytes.extend_from_slice(tag.as_bytes());
                bytes.push(b' ');
            }
            bytes.extend_from_slice(part);
            let is_last = at + 1 == parts.len();
            // A literal is at an odd place; its line goes on without a break.
            if at % 2 == 0 {
                bytes.extend_from_slice(b"\r\n");
            }
            self.wire.send(&bytes).await?;
            if at % 2 == 0
                && !is_last
                && let Some(refused) = self.until(&tag, Until::Continue, &mut each).await?
            {
                return finished(refused);
            }
        }
        match self.until(&tag, Until::End, &mut each).await? {
            Some(status) => finished(status),
            None => Err(Trouble::Garbage("the server waits for more".to_owned())),
        }
    }

    /// Reads until the command ends, or (`None`) until the server waits for more.
    pub(super) async fn until(
        &mut self,
        tag: &str,
        until: Until,
        each: &mut impl FnMut(Response),
    ) -> Result<Option<Status>, Trouble> {
        let mut garbage = 0;
        loop {
            match self.next().await? {
                Response::Tagged { tag: ended, status } if ended == tag => return Ok(Some(status)),
                Response::Continue(_) if until == Until::Continue => return Ok(None),
                Response::Garbage(line) => {
                    garbage += 1;
                    if garbage > PATIENCE_WITH_GARBAGE {
                        return Err(Trouble::Garbage(line));
                    }
                }
                response => each(response),
            }
        }
    }

    /// Opens a folder by the name people read. A server that does not know it is asked for its list, because some want a
    /// prefix, or write names in another way than the rules say.
    ///
    /// # Errors
    /// [`Trouble::No`] when there is no such folder, or it cannot be opened.
    pub async fn enter(&mut self, folder: &str, mode: Mode) -> Result<Opened, Trouble> {
        let refused = match self.enter_raw(&names::encode(folder), mode).await {
            Err(refused @ Trouble::No { .. }) => refused,
            entered => return entered,
        };
        let inside = |known: &Folder| {
            let prefix = known.delimiter.map(|delimiter| format!("INBOX{delimiter}{folder}"));
            known.name == folder || prefix.is_some_and(|name| known.name.eq_ignore_ascii_case(&name))
        };
        match self.folders().await?.into_iter().find(|known| known.selectable && inside(known)) {
            Some(known) if known.raw != names::encode(folder) => self.enter_raw(&known.raw, mode).await,
            _ => Err(refused),
        }
    }

    /// The same by the name as the server writes it.
    ///
    /// # Errors
    /// As [`Session::enter`].
    pub async fn enter_raw(&mut self, raw: &str, mode: Mode) -> Result<Opened, Trouble> {
        let verb = match mode {
            Mode::Look => "EXAMINE",
            Mode::Change => "SELECT",
        };
        self.exists = 0;
        let (mut validity, mut next) = (0, 0);
        let note = |response: Response| {
            if let Response::Status(status) = response {
                let number = |name| status.coded(name).and_then(|value| value.parse().ok());
                validity = number("UIDVALIDITY").unwrap_or(validity);
                next = number("UIDNEXT").unwrap_or(next);
            }
        };
        self.run(Command::new(verb).value(raw), SMALL, note).await?;
        let mut opened = Opened { validity, next, exists: self.exists };
        if opened.next == 0 {
            opened.next = self.last_uid().await? + 1;
        }
        Ok(opened)
    }

    /// For servers that do not tell the next UID.
    async fn last_uid(&mut self) -> Result<u32, Trouble> {
        if self.exists == 0 {
            return Ok(0);
        }
        let mut last = 0;
        let note = |response: Response| {
            if let Some(uid) = uid_of(&response) {
                last = last.max(uid);
            }
        };
        self.run(Command::new("UID FETCH * (UID)"), SMALL, note).await?;
        Ok(last)
    }

    /// All folders.
    ///
    /// # Errors
    /// When the server does not list them.
    pub async fn folders(&mut self) -> Result<Vec<Folder>, Trouble> {
        if self.can("SPECIAL-USE") && self.can("LIST-EXTENDED") {
            let marked = self.list("LIST \"\" \"*\" RETURN (SPECIAL-USE)").await;
            if !matches!(marked, Err(Trouble::Bad(_) | Trouble::No { .. })) {
                return marked;
            }
        }
        self.list("LIST \"\" \"*\"").await
    }

    async fn list(&mut self, command: &str) -> Result<Vec<Folder>, Trouble> {
        let mut folders = Vec::new();
        let note = |response: Response| {
            if let Response::Named(word, values) = response
                && word == "LIST"
                && folders.len() < MOST_FOLDERS
            {
                folders.extend(folder(&values));
            }
        };
        self.run(Command::new(command), SMALL, note).await?;
        Ok(folders)
    }

    /// Makes sure that the connection lives; the server tells what is new.
    ///
    /// # Errors
    /// When it does not.
    pub async fn noop(&mut self) -> Result<(), Trouble> {
        self.run(Command::new("NOOP"), SMALL, |_| {}).await.map(|_| ())
    }

    /// Says goodbye; what the server makes of it does not matter.
    pub async fn close(mut self) {
        let _ = self.run(Command::new("LOGOUT"), SMALL, |_| {}).await;
    }
}

/// What ends the reading of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    End,
    Continue,
}

fn finished(status: Status) -> Result<Status, Trouble> {
    match status.kind.as_str() {
        "OK" => Ok(status),
        "NO" => Err(Trouble::No { code: status.code.clone(), words: status.said() }),
        _ => Err(Trouble::Bad(status.said())),
    }
}

fn folder(values: &[Value]) -> Option<Folder> {
    let [attributes, delimiter, name, ..] = values else { return None };
    let attributes: Vec<String> = attributes.list().iter().filter_map(Value::text).collect();
    let raw = match name {
        Value::Atom(name) => name.clone(),
        name => name.text()?,
    };
    let name = names::decode(&raw);
    let refused = |attribute: &String| {
        ["\\noselect", "\\nonexistent"].iter().any(|refused| attribute.eq_ignore_ascii_case(refused))
    };
    let special = if name.eq_ignore_ascii_case("INBOX") {
        Some(Special::Inbox)
    } else {
        attributes.iter().find_map(|attribute| Special::of_attribute(attribute))
    };
    Some(Folder {
        name,
        raw,
        delimiter: delimiter.text().and_then(|text| text.chars().next()),
        special,
        selectable: !attributes.iter().any(refused),
    })
}

/// The parts of a FETCH response, by name.
pub(super) fn fetched(response: &Response) -> impl Iterator<Item = (&Value, &Value)> {
    let parts = match response {
        Response::Numbered(_, word, values) if word == "FETCH" => values.first().map_or(&[][..], Value::list),
        _ => &[],
    };
    parts.as_chunks::<2>().0.iter().map(|[name, value]| (name, value))
}

pub(super) fn uid_of(response: &Response) -> Option<u32> {
    fetched(response).find(|(name, _)| is_named(name, "UID")).and_then(|(_, value)| value.number())
}

pub(super) fn is_named(value: &Value, name: &str) -> bool {
    matches!(value, Value::Atom(text) if text.eq_ignore_ascii_case(name))
}
