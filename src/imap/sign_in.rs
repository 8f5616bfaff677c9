//! The greeting, the protection and the proof.

use data_encoding::BASE64;

use super::answer::{self, Response, Status, Value};
use super::connect::Dialer;
use super::session::{Command, SMALL, Session};
use super::trouble::Trouble;
use super::wire::Wire;
use super::{Login, Server};
use crate::config::Security;
use crate::keys::Secret;
use crate::mailer::Reason;

/// Codes (RFC 5530 and older) by which a server says that it is not about the password.
const FOR_A_WHILE: &[&str] = &["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "THROTTLED"];
/// The same in words, from servers without codes.
const FOR_A_WHILE_IN_WORDS: &[&str] =
    &["too many", "temporar", "try again later", "simultaneous connections", "throttl"];

/// Connects and reads the greeting.
pub(super) async fn greeted(server: &Server, dialer: &Dialer) -> Result<(Wire, Status), Trouble> {
    let mut stream = dialer.connect(&server.host, server.port).await?;
    if server.security == Security::Tls {
        stream = dialer.protect(&server.host, stream).await?;
    }
    let mut wire = dialer.wire(stream);
    match answer::read(wire.response().await?) {
        Response::Status(status) if matches!(status.kind.as_str(), "OK" | "PREAUTH") => Ok((wire, status)),
        Response::Status(status) if status.kind == "BYE" => Err(Trouble::Bye(status.said())),
        Response::Garbage(line) => Err(Trouble::Garbage(line)),
        other => Err(Trouble::Garbage(format!("{other:?}"))),
    }
}

/// Protects the connection if that is still to be done, and signs in.
pub(super) async fn run(
    session: &mut Session,
    server: &Server,
    dialer: &Dialer,
    greeting: &Status,
) -> Result<(), Reason> {
    session.capabilities = coded_capabilities(greeting).unwrap_or_default();
    if server.security == Security::Starttls {
        starttls(session, server, dialer, greeting).await?;
    }
    if session.capabilities.is_empty() {
        capabilities(session).await.map_err(|trouble| trouble.reason("imap-refused"))?;
    }
    if greeting.kind != "PREAUTH" {
        prove(session, server).await?;
    }
    if session.can("ID") {
        // A few providers open no folder for who does not say a name.
        let said = session.run(Command::new("ID (\"name\" \"Recado\")"), SMALL, |_| {}).await;
        said.map(|_| ()).or_else(harmless).map_err(|trouble| trouble.reason("imap-refused"))?;
    }
    Ok(())
}

/// What a server answers to a command that is not necessary does not matter, as long as it answers.
fn harmless(trouble: Trouble) -> Result<(), Trouble> {
    if trouble.is_answer() { Ok(()) } else { Err(trouble) }
}

/// A greeting of PREAUTH would skip the protection; capabilities from before it are forgotten.
async fn starttls(session: &mut Session, server: &Server, dialer: &Dialer, greeting: &Status) -> Result<(), Reason> {
    let refused = |trouble: Trouble| trouble.reason("imap-no-starttls");
    if session.capabilities.is_empty() {
        capabilities(session).await.map_err(refused)?;
    }
    if greeting.kind == "PREAUTH" || !session.can("STARTTLS") {
        return Err(Reason::new("imap-no-starttls", &server.host));
    }
    session.run(Command::new("STARTTLS"), SMALL, |_| {}).await.map_err(refused)?;
    let placeholder = dialer.wire(Box::new(tokio::io::empty()));
    let stream = std::mem::replace(&mut session.wire, placeholder).into_stream().map_err(refused)?;
    session.wire = dialer.wire(dialer.protect(&server.host, stream).await.map_err(refused)?);
    capabilities(session).await.map_err(refused)
}

async fn capabilities(session: &mut Session) -> Result<(), Trouble> {
    let mut found = Vec::new();
    let note = |response: Response| note_capabilities(&response, &mut found);
    session.run(Command::new("CAPABILITY"), SMALL, note).await?;
    session.capabilities = found;
    Ok(())
}

fn note_capabilities(response: &Response, found: &mut Vec<String>) {
    match response {
        Response::Named(word, values) if word == "CAPABILITY" => {
            *found = values.iter().filter_map(Value::text).map(|name| name.to_ascii_uppercase()).collect();
        }
        Response::Status(status) => *found = coded_capabilities(status).unwrap_or_else(|| std::mem::take(found)),
        _ => {}
    }
}

fn coded_capabilities(status: &Status) -> Option<Vec<String>> {
    Some(status.coded("CAPABILITY")?.split(' ').map(str::to_ascii_uppercase).collect())
}

async fn prove(session: &mut Session, server: &Server) -> Result<(), Reason> {
    let refusal = match &server.login {
        Login::Password { .. } => "imap-password",
        Login::Bearer { .. } => "imap-token",
    };
    let proved = match &server.login {
        Login::Password { username, secret } => with_password(session, username, secret).await,
        Login::Bearer { username, token } => with_token(session, server, username, token).await,
    };
    match proved {
        Ok(found) if found.is_empty() => capabilities(session).await.map_err(|trouble| trouble.reason("imap-refused")),
        Ok(found) => {
            session.capabilities = found;
            Ok(())
        }
        Err(Trouble::No { code, words }) if is_for_a_while(&code, &words) => {
            Err(Reason::new("imap-unavailable", words))
        }
        Err(trouble) => Err(trouble.reason(refusal)),
    }
}

fn is_for_a_while(code: &str, words: &str) -> bool {
    let first = code.split(' ').next().unwrap_or_default();
    let words = words.to_lowercase();
    FOR_A_WHILE.iter().any(|known| known.eq_ignore_ascii_case(first))
        || (first.is_empty() || first.eq_ignore_ascii_case("ALERT"))
            && FOR_A_WHILE_IN_WORDS.iter().any(|known| words.contains(known))
}

async fn with_password(session: &mut Session, username: &str, secret: &Secret) -> Result<Vec<String>, Trouble> {
    if session.can("AUTH=PLAIN") {
        let proof = format!("\0{username}\0{}", secret.0);
        match authenticate(session, "PLAIN", proof.as_bytes()).await {
            Err(Trouble::Bad(_)) => {}
            proved => return proved,
        }
    }
    if session.can("LOGINDISABLED") {
        return Err(Trouble::Stopped(Reason::new("imap-login-disabled", "")));
    }
    let mut found = Vec::new();
    let command = Command::new("LOGIN").value(username).value(&secret.0);
    let status = session.run(command, SMALL, |response| note_capabilities(&response, &mut found)).await?;
    Ok(coded_capabilities(&status).unwrap_or(found))
}

async fn with_token(
    session: &mut Session,
    server: &Server,
    username: &str,
    token: &Secret,
) -> Result<Vec<String>, Trouble> {
    if !session.can("AUTH=XOAUTH2") && session.can("AUTH=OAUTHBEARER") {
        let (host, port) = (&server.host, server.port);
        let proof = format!("n,a={username},\u{1}host={host}\u{1}port={port}\u{1}auth=Bearer {}\u{1}\u{1}", token.0);
        return authenticate(session, "OAUTHBEARER", proof.as_bytes()).await;
    }
    let proof = format!("user={username}\u{1}auth=Bearer {}\u{1}\u{1}", token.0);
    authenticate(session, "XOAUTH2", proof.as_bytes()).await
}

/// AUTHENTICATE with one proof. A server that refuses a token says why in a question first, which is answered with nothing.
async fn authenticate(session: &mut Session, mechanism: &str, proof: &[u8]) -> Result<Vec<String>, Trouble> {
    let tag = session.tag();
    let proof = BASE64.encode(proof);
    let at_once = session.can("SASL-IR");
    let command = if at_once {
        format!("{tag} AUTHENTICATE {mechanism} {proof}\r\n")
    } else {
        format!("{tag} AUTHENTICATE {mechanism}\r\n")
    };
    session.wire.allowance = SMALL;
    session.wire.send(command.as_bytes()).await?;
    let mut waiting = (!at_once).then_some(proof);
    let (mut found, mut why) = (Vec::new(), String::new());
    loop {
        match session.next().await? {
            Response::Continue(question) => {
                let answer = waiting.take().unwrap_or_default();
                if answer.is_empty() {
                    why = decoded(&question);
                }
                session.wire.send(format!("{answer}\r\n").as_bytes()).await?;
            }
            Response::Tagged { tag: ended, status } if ended == tag => match status.kind.as_str() {
                "OK" => return Ok(coded_capabilities(&status).unwrap_or(found)),
                "NO" => {
                    let words = [status.said(), why].join(" ").trim().to_owned();
                    return Err(Trouble::No { code: status.code, words });
                }
                _ => return Err(Trouble::Bad(status.said())),
            },
            Response::Garbage(line) => return Err(Trouble::Garbage(line)),
            other => note_capabilities(&other, &mut found),
        }
    }
}

fn decoded(question: &str) -> String {
    let bytes = BASE64.decode(question.trim().as_bytes()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
