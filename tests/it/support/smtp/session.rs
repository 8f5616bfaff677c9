//! One connection: reads strictly, answers as the script says.

use std::sync::Arc;

use rocket::tokio::net::{TcpListener, TcpStream};

use super::rules;
use super::wire::{End, Step, Wire};
use super::{Act, Credentials, Mode, Moment, Received, Shared};

/// Takes connections until the peer is dropped.
pub async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        shared.note(|record| record.connections += 1);
        let shared = Arc::clone(&shared);
        rocket::tokio::spawn(async move {
            let mut session = Session::new(stream, shared);
            // A client that leaves is no fault of the server.
            let _left = session.run().await;
        });
    }
}

struct Session {
    wire: Wire,
    shared: Arc<Shared>,
    greeted: bool,
    authenticated: bool,
    /// The act and the envelope of the mail that is being handed over.
    mail: Option<Mail>,
}

struct Mail {
    act: Act,
    sender: String,
    recipients: Vec<String>,
    eight_bit: Mode,
}

impl Session {
    fn new(stream: TcpStream, shared: Arc<Shared>) -> Self {
        let authenticated = shared.abilities.credentials.is_none();
        Self { wire: Wire::new(stream, Arc::clone(&shared)), shared, greeted: false, authenticated, mail: None }
    }

    async fn run(&mut self) -> Step {
        let first = self.shared.record().script.front().cloned();
        if matches!(first, Some(Act::Drop | Act::Unavailable | Act::Hang(Moment::Greeting))) {
            let act = self.next_act();
            return self.end_by(&act).await;
        }
        self.wire.say("220 peer.example ESMTP").await?;
        loop {
            let command = self.wire.command().await?;
            self.heed_pipelining(&command);
            self.answer(&command).await?;
        }
    }

    async fn answer(&mut self, command: &str) -> Step {
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let quiet = if verb == "AUTH" { "AUTH …" } else { command };
        self.shared.note(|record| record.commands.push(quiet.to_owned()));
        match verb.as_str() {
            "EHLO" | "HELO" => self.hello(&verb, command).await,
            "AUTH" => self.auth(command).await,
            "MAIL" => self.mail_from(command).await,
            "RCPT" => self.recipient(command).await,
            "DATA" => self.message(command).await,
            "RSET" => {
                self.mail = None;
                self.wire.say("250 reset").await
            }
            "NOOP" => self.wire.say("250 still here").await,
            "QUIT" => {
                self.wire.say("221 goodbye").await?;
                Err(End)
            }
            _ => self.refuse("502 not offered", format!("a command that is not offered: {command:?}")).await,
        }
    }

    async fn hello(&mut self, verb: &str, command: &str) -> Step {
        let name = command.split_once(' ').map_or("", |(_, name)| name);
        if name.is_empty() || name.contains(' ') {
            return self.refuse("501 say your name", format!("no name in {command:?}")).await;
        }
        (self.greeted, self.mail) = (true, None);
        if verb == "HELO" {
            return self.wire.say("250 peer.example").await;
        }
        let abilities = &self.shared.abilities;
        let mut lines = vec!["peer.example".to_owned()];
        lines.extend(abilities.size.map(|size| format!("SIZE {size}")));
        lines.extend((abilities.eight_bit == Mode::On).then(|| "8BITMIME".to_owned()));
        lines.extend((abilities.pipelining == Mode::On).then(|| "PIPELINING".to_owned()));
        lines.extend(abilities.credentials.is_some().then(|| "AUTH PLAIN LOGIN XOAUTH2".to_owned()));
        let last = lines.len() - 1;
        let text: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| format!("250{}{line}", if at == last { ' ' } else { '-' }))
            .collect();
        self.wire.say(&text.join("\r\n")).await
    }

    async fn auth(&mut self, command: &str) -> Step {
        let Some(wanted) = self.shared.abilities.credentials.clone() else {
            return self.refuse("502 not offered", "AUTH although it is not offered".to_owned()).await;
        };
        let words: Vec<&str> = command.split(' ').collect();
        let given = match words.as_slice() {
            [_, kind, first] if kind.eq_ignore_ascii_case("PLAIN") => plain(first),
            [_, kind] if kind.eq_ignore_ascii_case("PLAIN") => plain(&self.wire.ask("334 ").await?),
            [_, kind, first @ ..] if kind.eq_ignore_ascii_case("LOGIN") => {
                let user = match first {
                    [] => self.wire.ask("334 VXNlcm5hbWU6").await?,
                    [user, ..] => (*user).to_owned(),
                };
                let password = self.wire.ask("334 UGFzc3dvcmQ6").await?;
                decoded(&user).zip(decoded(&password)).map(|(user, password)| Credentials { user, password })
            }
            [_, kind, first] if kind.eq_ignore_ascii_case("XOAUTH2") => bearer(first),
            _ => {
                return self.refuse("504 unknown mechanism", format!("AUTH with {:?}", words.get(1))).await;
            }
        };
        if given.as_ref() == Some(&wanted) {
            self.authenticated = true;
            self.wire.say("235 welcome").await
        } else {
            self.wire.say("535 5.7.8 user or password is wrong").await
        }
    }

    async fn mail_from(&mut self, command: &str) -> Step {
        if !self.greeted || self.mail.is_some() {
            return self.refuse("503 bad order", format!("MAIL before EHLO or inside another mail: {command:?}")).await;
        }
        if !self.authenticated {
            return self.wire.say("530 5.7.0 sign in first").await;
        }
        let (sender, parameters) = match rules::path(command, "MAIL FROM:") {
            Ok(parts) => parts,
            Err(complaint) => return self.refuse("501 bad address", complaint).await,
        };
        let mut mail =
            Mail { act: Act::Accept, sender: sender.to_owned(), recipients: Vec::new(), eight_bit: Mode::Off };
        for parameter in parameters {
            match (parameter.split_once('='), &self.shared.abilities) {
                (Some(("SIZE", size)), abilities) if abilities.size.is_some() => {
                    if size.parse().ok().zip(abilities.size).is_none_or(|(size, most): (usize, usize)| size > most) {
                        return self.wire.say("552 5.3.4 too large").await;
                    }
                }
                (Some(("BODY", body)), abilities) if abilities.eight_bit == Mode::On => {
                    mail.eight_bit = if body == "8BITMIME" { Mode::On } else { Mode::Off }
                }
                _ => {
                    return self.refuse("555 unknown parameter", format!("{parameter:?} is not offered")).await;
                }
            }
        }
        mail.act = self.next_act();
        match &mail.act {
            Act::Drop | Act::Unavailable | Act::Hang(Moment::Greeting | Moment::Mail) => self.end_by(&mail.act).await,
            _ => {
                self.mail = Some(mail);
                self.wire.say("250 sender fine").await
            }
        }
    }

    async fn recipient(&mut self, command: &str) -> Step {
        let Some(mail) = &mut self.mail else {
            return self.refuse("503 bad order", format!("RCPT before MAIL: {command:?}")).await;
        };
        let recipient = match rules::path(command, "RCPT TO:") {
            Ok((recipient, parameters)) if parameters.is_empty() => recipient.to_owned(),
            Ok((_, parameters)) => {
                let complaint = format!("{parameters:?} are not offered");
                return self.refuse("555 unknown parameter", complaint).await;
            }
            Err(complaint) => return self.refuse("501 bad address", complaint).await,
        };
        match mail.act.clone() {
            Act::Greylist => self.wire.say("451 4.7.1 come back later").await,
            Act::RefuseRecipient(line) => self.wire.say(&line).await,
            act @ Act::Hang(Moment::Recipient) => self.end_by(&act).await,
            _ => {
                mail.recipients.push(recipient);
                self.wire.say("250 recipient fine").await
            }
        }
    }

    async fn message(&mut self, command: &str) -> Step {
        if !command.eq_ignore_ascii_case("DATA") {
            return self.refuse("501 DATA stands alone", format!("{command:?}")).await;
        }
        let Some(mail) = self.mail.take() else {
            return self.refuse("503 bad order", "DATA before MAIL".to_owned()).await;
        };
        if mail.recipients.is_empty() {
            // A pipelining client cannot know that all were refused, so this is no violation.
            return self.wire.say("554 5.5.1 no recipient").await;
        }
        self.wire.say("354 go on").await?;
        let bytes = self.wire.message(mail.eight_bit).await?;
        if self.shared.abilities.size.is_some_and(|most| bytes.len() > most) {
            return self.wire.say("552 5.3.4 too large").await;
        }
        match &mail.act {
            Act::RefuseMessage(line) => return self.wire.say(line).await,
            Act::Hang(Moment::Message) => return self.end_by(&mail.act).await,
            _ => {}
        }
        let acknowledged = mail.act != Act::DropAfterMessage;
        let (sender, recipients) = (mail.sender, mail.recipients);
        self.shared.note(|record| {
            record.received.push(Received { sender, recipients, bytes, acknowledged });
        });
        if !acknowledged {
            return Err(End);
        }
        self.wire.say("250 2.0.0 taken").await
    }

    /// Ends the connection as the act says.
    async fn end_by(&mut self, act: &Act) -> Step {
        match act {
            Act::Unavailable => self.wire.say("421 4.3.2 not now").await?,
            Act::Hang(_) => self.wire.hang().await,
            _ => {}
        }
        Err(End)
    }

    fn next_act(&self) -> Act {
        let mut next = Act::Accept;
        self.shared.note(|record| next = record.script.pop_front().unwrap_or(Act::Accept));
        next
    }

    /// Without PIPELINING, and after DATA, EHLO and AUTH always, a client waits for the answer.
    fn heed_pipelining(&self, command: &str) {
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let alone = matches!(verb.as_str(), "DATA" | "EHLO" | "HELO" | "AUTH" | "QUIT" | "NOOP");
        if !self.wire.nothing_waits() && (alone || self.shared.abilities.pipelining == Mode::Off) {
            self.wire.violation(format!("more was sent before the answer to {verb}"));
        }
    }

    async fn refuse(&mut self, answer: &str, complaint: String) -> Step {
        self.wire.violation(complaint);
        self.wire.say(answer).await
    }
}

/// The words of `AUTH PLAIN`: nothing (or the user again), the user, the password, with NULs between.
fn plain(base64: &str) -> Option<Credentials> {
    let text = decoded(base64)?;
    let [_, user, password] = text.split('\0').collect::<Vec<_>>().try_into().ok()?;
    Some(Credentials { user: user.to_owned(), password: password.to_owned() })
}

/// The words of `AUTH XOAUTH2`: the token counts as the password.
fn bearer(base64: &str) -> Option<Credentials> {
    let text = decoded(base64)?;
    let (user, rest) = text.strip_prefix("user=")?.split_once('\u{1}')?;
    let token = rest.strip_prefix("auth=Bearer ")?.strip_suffix("\u{1}\u{1}")?;
    Some(Credentials { user: user.to_owned(), password: token.to_owned() })
}

fn decoded(base64: &str) -> Option<String> {
    String::from_utf8(data_encoding::BASE64.decode(base64.as_bytes()).ok()?).ok()
}
