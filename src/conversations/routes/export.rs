//! A conversation on paper, and as a file.

use rocket::form::FromForm;
use rocket::futures::stream::{self, BoxStream, StreamExt as _};
use rocket::http::Status;
use rocket::{State, get, post};

use super::super::model::Conversation;
use super::super::store::export::{self, Notes, Said};
use super::super::store::{files, show};
use super::super::views::{TranscriptPage, transcript};
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::Result;
use crate::keys;
use crate::web::{Answer, Cx, Failure, Html, Page, Piece, Posted, Written};

/// Messages of one page, and of one piece of a file.
const PAGE: usize = 500;
const PIECE: usize = 100;

/// Whether notes go along is asked for in so many words: paper is given away.
fn notes(asked: Option<&str>) -> Notes {
    if asked == Some("yes") { Notes::Included } else { Notes::LeftOut }
}

#[get("/conversations/<id>/print?<after>&<notes>")]
pub async fn print_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    after: Option<i64>,
    notes: Option<&str>,
) -> Page {
    let (viewer, notes) = (viewer.0.clone(), self::notes(notes));
    let read = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let said = export::after(connection, &viewer, id, (after.unwrap_or_default(), PAGE + 1), notes)?;
        Ok((conversation, said))
    });
    let (conversation, mut said) = read.await?;
    let more = said.len() > PAGE;
    said.truncate(PAGE);
    let next = said.last().filter(|_| more).map(|last| last.id);
    Ok(Html::render(&TranscriptPage { cx, conversation, said, notes, next })?)
}

#[derive(FromForm)]
pub struct ExportForm {
    format: String,
    notes: Option<String>,
}

/// How a conversation leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    /// A mail that carries the mails of the conversation.
    Mail,
}

impl Format {
    fn parse(text: &str) -> Option<Self> {
        [Self::Json, Self::Mail].into_iter().find(|format| format.as_str() == text)
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Mail => "eml",
        }
    }

    fn mime(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Mail => "message/rfc822",
        }
    }
}

#[post("/conversations/<id>/export", data = "<form>")]
pub async fn export_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<ExportForm>,
) -> Answer<Written<BoxStream<'static, Piece>>> {
    let viewer = viewer.0.clone();
    let reader = viewer.clone();
    let conversation = db.read(move |connection| show::get(connection, &reader, id)).await?;
    let Some(format) = Format::parse(&form.0.format) else {
        return Err(Failure::status(Status::UnprocessableEntity, "transcript-format-wrong"));
    };
    let by = viewer.clone();
    db.write(move |tx| export::note(tx, &by, id, format.as_str())).await?;
    let (notes, boundary) = (notes(form.0.notes.as_deref()), keys::random_text::<20>()?);
    let beginning = match format {
        Format::Json => transcript::json_beginning(&conversation),
        Format::Mail => transcript::mail_beginning(&cx, &conversation, &boundary),
    };
    let name = format!("{}-{id}.{}", cx.t("transcript-file"), format.as_str());
    let file = File { db: db.inner().clone(), viewer, conversation, format, notes, boundary, cx };
    let pieces = stream::iter([Piece::of(beginning)]).chain(file.pieces()).boxed();
    Ok(Written { name, mime: format.mime(), pieces })
}

/// The file, written while it is sent, with the rights that its reader has by then.
struct File {
    db: Db,
    viewer: Viewer,
    conversation: Conversation,
    format: Format,
    notes: Notes,
    boundary: String,
    cx: Cx,
}

/// Where the writing stands: the last message, or the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    After(i64),
    End,
}

impl File {
    fn pieces(self) -> BoxStream<'static, Piece> {
        let steps = stream::unfold((self, Next::After(0)), |(file, next)| async move {
            let Next::After(after) = next else { return None };
            match file.piece(after).await {
                Ok((bytes, next)) => Some((Piece::of(bytes), (file, next))),
                Err(error) => {
                    tracing::error!(%error, "a conversation could not be exported to its end");
                    Some((Piece::Broken, (file, Next::End)))
                }
            }
        });
        steps.boxed()
    }

    /// The messages after one, and where to go on.
    async fn piece(&self, after: i64) -> Result<(Vec<u8>, Next)> {
        let (viewer, id, notes) = (self.viewer.clone(), self.conversation.id, self.notes);
        // Mails are large: one at a time.
        let limit = if self.format == Format::Mail { 1 } else { PIECE };
        let read =
            move |connection: &crate::db::Connection| export::after(connection, &viewer, id, (after, limit), notes);
        let said = self.db.read(read).await?;
        let Some(last) = said.last().map(|last| last.id) else {
            let end = match self.format {
                Format::Json => "]}\n".to_owned(),
                Format::Mail => format!("--{}--\r\n", self.boundary),
            };
            return Ok((end.into_bytes(), Next::End));
        };
        let bytes = match self.format {
            Format::Json => self.lines(&said, after).into_bytes(),
            Format::Mail => self.mails(&said).await?,
        };
        Ok((bytes, Next::After(last)))
    }

    fn lines(&self, said: &[Said], after: i64) -> String {
        let lines = said.iter().map(|said| transcript::json_message(&self.cx.times, said).to_string());
        let between = if after == 0 { "\n" } else { ",\n" };
        [between, &lines.collect::<Vec<_>>().join(",\n")].concat()
    }

    async fn mails(&self, said: &[Said]) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for said in said {
            if said.has_original && said.sequel.withdrawn_at.is_none() {
                let (viewer, id) = (self.viewer.clone(), said.id);
                let (_, raw) = self.db.read(move |connection| files::original(connection, &viewer, id)).await?;
                bytes.extend_from_slice(transcript::mail_part(&self.boundary, id).as_bytes());
                bytes.extend_from_slice(&raw);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(transcript::after_part(&self.cx, &self.boundary, said).as_bytes());
        }
        Ok(bytes)
    }
}
