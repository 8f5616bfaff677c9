//! What a person wrote, on its way from the form to the store.

use super::super::model::{
    Addressed, IncomingFile, Leaving, MessageKind, Recipients, Scope, Unfit, Written, addresses, edges, is_picture,
};
use super::super::store::sending::Sending;
use super::super::views::{Lists, Typed};
use crate::blobs;
use crate::clock::Millis;
use crate::db::{Connection, Db};
use crate::error::Result;
use crate::keys;
use crate::web::{Cx, Part, Upload};

/// Longest name of a file in Unicode scalar values.
const NAME: usize = 200;
/// Longest id that a browser may give a message.
const CLIENT_ID: usize = 64;

/// A message that is not stored yet.
pub struct Draft {
    pub written: Written,
    pub addressed: Addressed,
    /// Files that wait with the draft, by their keys.
    kept: Vec<String>,
    /// The version of the draft that the box knows.
    base: i64,
    /// When it leaves, where somebody chose.
    at: Option<Millis>,
    /// What the box shows again if it is refused; its error is empty while nothing is wrong.
    pub typed: Typed,
}

impl Draft {
    /// From a form of somebody in `zone`. A file that was too large is refused by name of its limit, with the text kept.
    pub fn of(cx: &Cx, zone: &str, form: Upload) -> Result<Self> {
        let kind = if form.field("kind") == "reply" { MessageKind::Outgoing } else { MessageKind::Note };
        Self::of_kind(cx, zone, form, kind)
    }

    /// The same from a form that can only be an answer.
    pub fn answer(cx: &Cx, zone: &str, form: Upload) -> Result<Self> {
        Self::of_kind(cx, zone, form, MessageKind::Outgoing)
    }

    fn of_kind(cx: &Cx, zone: &str, form: Upload, kind: MessageKind) -> Result<Self> {
        let client_id: String = form.field("client_id").chars().take(CLIENT_ID).collect();
        let mut errors = Vec::new();
        errors.extend(form.too_large.map(|limit| cx.t1("message-file-too-large", "size", cx.times.size(limit))));
        let text = form.field("text").to_owned();
        let (addressed, lists) = addressed(cx, &form, kind, &mut errors);
        let leaving = Leaving::parse(form.field("leaves"), form.field("at"));
        let at = leaving.time(cx.times.now(), zone);
        errors.extend(at.err().map(|unfit| cx.t(unfit_key(unfit))));
        let kept: Vec<String> = form.values("kept").map(str::to_owned).collect();
        let base = form.field("base").parse().unwrap_or_default();
        let files = form.files.into_iter().map(file).collect::<Result<_>>()?;
        let error = errors.join(" ");
        Ok(Self {
            typed: Typed {
                text: text.clone(),
                client_id: client_id.clone(),
                error,
                lists,
                files: Some(kept.iter().chain(&addressed.keep).cloned().collect()),
            },
            kept,
            base,
            at: at.unwrap_or_default(),
            addressed,
            written: Written { kind, text, client_id: Some(client_id).filter(|id| !id.is_empty()), files },
        })
    }

    /// Finds out how large its pictures are.
    pub async fn measured(mut self, db: &Db) -> Result<Self> {
        for file in self.written.files.iter_mut().filter(|file| is_picture(&file.mime)) {
            let (blob, mime) = (file.blob.id, file.mime.clone());
            let read = move |connection: &Connection| {
                Ok(blobs::chunk(connection, blob, 0)?.and_then(|head| edges(&mime, &head)))
            };
            file.edges = db.read(read).await?;
        }
        Ok(self)
    }

    /// What the store takes of it.
    pub fn sending(&self) -> Sending {
        Sending {
            written: self.written.clone(),
            addressed: self.addressed.clone(),
            kept: self.kept.clone(),
            base: self.base,
            at: self.at,
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        let is_forward = self.written.kind == MessageKind::Outgoing && self.addressed.scope == Scope::Forward;
        let has_files = !self.written.files.is_empty() || !self.kept.is_empty();
        let has_words = !self.written.text.trim().is_empty() || has_files;
        !is_forward && !has_words && self.typed.error.is_empty()
    }
}

/// Why a time of one's own does not do.
pub(super) fn unfit_key(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Unreadable => "snooze-unreadable",
        Unfit::Past => "snooze-past",
        Unfit::TooFar => "leaving-too-far",
    }
}

/// To whom, as the form says, with the lists as they were typed; a form without lists leaves it to the conversation.
fn addressed(cx: &Cx, form: &Upload, kind: MessageKind, errors: &mut Vec<String>) -> (Addressed, Option<Lists>) {
    if form.field("addressed").is_empty() || kind != MessageKind::Outgoing {
        return (Addressed::default(), None);
    }
    let mut recipients = Recipients::default();
    for (name, list) in [("to", &mut recipients.to), ("cc", &mut recipients.cc), ("bcc", &mut recipients.bcc)] {
        match addresses::read(form.values(name)) {
            Ok(found) => *list = found,
            Err(piece) => errors.push(cx.t1("recipient-wrong", "address", piece)),
        }
    }
    let joined = |name| form.values(name).map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let lists = ["to", "cc", "bcc"].map(joined);
    let addressed = Addressed {
        scope: Scope::parse(form.field("scope")),
        about: form.field("about").parse().ok(),
        recipients: Some(recipients),
        keep: form.values("keep").map(str::to_owned).collect(),
    };
    (addressed, Some(lists))
}

fn file(part: Part) -> Result<IncomingFile> {
    Ok(IncomingFile {
        key: keys::random_text::<16>()?,
        name: clean_name(&part.name),
        mime: part.mime,
        blob: part.blob,
        content_id: None,
        inline: false,
        edges: None,
    })
}

/// The last part of a path, without what controls a terminal or turns letters around.
pub(super) fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = last.chars().filter(|letter| !letter.is_control() && !turns(*letter));
    kept.take(NAME).collect::<String>().trim().to_owned()
}

/// Marks that change the direction of writing: a name could hide its ending behind them (Unicode TR 36 section 2.6).
fn turns(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn a_file_name_loses_its_path_and_what_turns_letters_around() {
        assert_eq!(clean_name("C:\\fakepath\\nota.pdf"), "nota.pdf");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("foto\u{202e}gpj.exe\r\n"), "fotogpj.exe");
        assert_eq!(clean_name("orçamento nº 3.pdf"), "orçamento nº 3.pdf");
    }
}
