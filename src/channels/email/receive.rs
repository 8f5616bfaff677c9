//! From raw mail to a stored message. Reading and cleaning happen off the async threads; nothing here fails because of what
//! a mail contains: what cannot be read is stored and shown as such.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use super::parse::OVERSIZE_SAMPLE;
use super::{
    Attachment, Automatic, Limits, Mail, ReplyKey, parse, sanitize, sanitize_after, split, split_html, synthetic_id,
};
use crate::blobs::{self, Blob};
use crate::conversations::model::{
    Arrival, Bounced, Incoming, IncomingFile, Mailbox, Nature, Receipt, Recipients, edges,
};
use crate::conversations::store::{blocking, inbound, original};
use crate::db::{Db, Tx};
use crate::error::{Error, Result};
use crate::inboxes::Inbox;
use crate::keys::{self, Keys};

/// The channel's name in rows.
pub const CHANNEL: &str = "email";

/// What is needed to take mail in.
#[derive(Clone)]
pub struct Intake {
    pub db: Db,
    pub keys: Keys,
    /// Larger mails keep envelope, text and a line with the size. Bytes.
    pub max_bytes: usize,
}

/// A mail that was read: the message, its files still to be stored, the packed original.
pub(super) struct Understood {
    pub(super) incoming: Incoming,
    pub(super) files: Vec<Enclosed>,
    packed: Vec<u8>,
    raw: Vec<u8>,
}

/// A file of a mail, and what its row needs.
pub(super) struct Enclosed {
    pub(super) file: Attachment,
    key: String,
    edges: Option<(u32, u32)>,
}

/// A mail that was read and whose large parts are stored: what is left fits into one short transaction.
pub struct Ready {
    pub incoming: Incoming,
    original: Original,
}

/// The mail as it came.
enum Original {
    Packed(Vec<u8>),
    Stored(i64),
}

impl Ready {
    /// A mail that cannot be read or fetched: shown as such, with what there is of it.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn unreadable(key: String, raw: &[u8]) -> Result<Self> {
        let packed = original::pack(raw, &[])?;
        let incoming = Incoming { key, unreadable: true, ..Incoming::default() };
        Ok(Self { incoming, original: Original::Packed(packed) })
    }

    /// Stores it in the transaction at hand.
    ///
    /// # Errors
    /// Database errors.
    pub fn store(&self, tx: &Tx<'_>, inbox: i64) -> Result<Receipt> {
        let raw = match &self.original {
            Original::Stored(blob) => *blob,
            Original::Packed(packed) => blobs::store_in(tx, packed)?.id,
        };
        inbound::receive(tx, inbox, CHANNEL, &self.incoming, raw)
    }
}

impl Intake {
    /// Takes one mail into an inbox. When it returns `Ok`, the mail is on the disk.
    ///
    /// # Errors
    /// Database errors: nothing was kept, and the sender must be told to try again.
    pub async fn receive(&self, inbox: &Inbox, raw: Vec<u8>) -> Result<(Receipt, Incoming)> {
        let ready = self.prepare(inbox.address.clone(), raw).await?;
        let inbox = inbox.id;
        self.db
            .write(move |tx| {
                let receipt = ready.store(tx, inbox)?;
                Ok((receipt, ready.incoming))
            })
            .await
    }

    /// Reads a mail to `address` and stores its large parts; nobody sees it before [`Ready::store`].
    ///
    /// # Errors
    /// Database errors.
    pub async fn prepare(&self, address: String, raw: Vec<u8>) -> Result<Ready> {
        let (keys, max) = (self.keys.clone(), self.max_bytes);
        let read = tokio::task::spawn_blocking(move || understand(raw, max, &keys, &address));
        let Understood { mut incoming, mut files, mut packed, raw } = read.await.map_err(Error::internal)??;
        if incoming.from_team || is_unwanted(&self.db, &incoming).await? {
            files.clear();
            packed =
                tokio::task::spawn_blocking(move || original::pack(&raw, &[])).await.map_err(Error::internal)??;
        }
        let original = if packed.len() <= blobs::CHUNK {
            Original::Packed(packed)
        } else {
            Original::Stored(blobs::store(&self.db, &packed).await?.id)
        };
        for enclosed in files {
            let blob = blobs::store(&self.db, &enclosed.file.bytes).await?;
            incoming.files.push(enclosed.stored(blob));
        }
        Ok(Ready { incoming, original })
    }

    /// Reads the beginning (of [`Intake::sample`] bytes) of a mail of `size` bytes that is too large to be read whole.
    /// `original` is the whole, packed and stored already.
    ///
    /// # Errors
    /// Database errors.
    pub async fn prepare_beginning(
        &self,
        address: String,
        beginning: Vec<u8>,
        size: u64,
        original: i64,
    ) -> Result<Ready> {
        let shorter = Self { max_bytes: beginning.len().saturating_sub(1), ..self.clone() };
        let mut ready = shorter.prepare(address, beginning).await?;
        ready.incoming.oversize = i64::try_from(size).ok();
        if let Original::Stored(beginning) = ready.original {
            self.db.write(move |tx| blobs::discard(tx, beginning)).await?;
        }
        Ok(Ready { original: Original::Stored(original), ..ready })
    }

    /// How much of a mail that is too large is looked at, and one byte more that says so.
    #[must_use]
    pub fn sample(&self) -> usize {
        OVERSIZE_SAMPLE.min(self.max_bytes) + 1
    }
}

/// Whether its sender is blocked, so that no file of it needs to be stored.
async fn is_unwanted(db: &Db, incoming: &Incoming) -> Result<bool> {
    let (address, is_report) = (incoming.sender.address.clone(), incoming.bounce.is_some());
    Ok(!is_report && db.read(move |connection| blocking::blocks(connection, &address)).await?)
}

impl Enclosed {
    pub(super) fn stored(self, blob: Blob) -> IncomingFile {
        let Attachment { name, mime, content_id, inline, .. } = self.file;
        IncomingFile { key: self.key, name, mime, blob, content_id, inline, edges: self.edges }
    }
}

pub(super) fn understand(raw: Vec<u8>, max_bytes: usize, keys: &Keys, inbox: &str) -> Result<Understood> {
    let limits = Limits { size: max_bytes, ..Limits::default() };
    let mail = catch_unwind(AssertUnwindSafe(|| parse(&raw, &limits))).ok();
    let understood = mail.map(|mail| catch_unwind(AssertUnwindSafe(|| message(mail, &raw, &limits, keys, inbox))));
    if let Some(Ok(understood)) = understood {
        let (incoming, files) = understood?;
        let places: Vec<_> = files.iter().map(|(file, _)| (file.place.clone(), file.bytes.as_slice())).collect();
        let packed = original::pack(&raw, &places)?;
        let enclosed =
            |(file, key): (Attachment, String)| Enclosed { edges: edges(&file.mime, &file.bytes), file, key };
        let files = files.into_iter().map(enclosed).collect();
        return Ok(Understood { incoming, files, packed, raw });
    }
    tracing::error!("a mail could not be read; it is kept as it came");
    let packed = original::pack(&raw, &[])?;
    let incoming = Incoming { key: synthetic_id(&raw), unreadable: true, ..Incoming::default() };
    Ok(Understood { incoming, files: Vec::new(), packed, raw })
}

fn message(
    mail: Mail,
    raw: &[u8],
    limits: &Limits,
    keys: &Keys,
    inbox: &str,
) -> Result<(Incoming, Vec<(Attachment, String)>)> {
    let reply_key = reply_key(keys)?;
    let mut files = Vec::new();
    let mut addresses = HashMap::new();
    for attachment in &mail.attachments {
        let key = keys::random_text::<16>()?;
        if let Some(id) = &attachment.content_id {
            addresses.insert(id.clone(), format!("/attachments/{key}"));
        }
        files.push(key);
    }
    let shown = shown(&mail, limits, &addresses);
    let to = addressed(&mail);
    let incoming = Incoming {
        key: key(&mail, raw),
        nature: nature(&mail),
        token: reply_key.conversation(inbox, &to),
        from_team: reply_key.staff(inbox, &to).is_some(),
        references: mail.in_reply_to.iter().chain(mail.references.iter().rev()).take(50).cloned().collect(),
        automatic: automatic(&mail, &reply_key, inbox).map(str::to_owned),
        bounce: bounce(&mail, &reply_key),
        external_id: mail.message_id,
        sender: mailbox(mail.from),
        recipients: Recipients {
            to: mail.to.into_iter().map(mailbox).collect(),
            cc: mail.cc.into_iter().map(mailbox).collect(),
            reply_to: mail.reply_to.into_iter().map(mailbox).collect(),
            ..Recipients::default()
        },
        subject: mail.subject,
        text: shown.text,
        quoted: shown.quoted,
        html: shown.html,
        quoted_html: shown.quoted_html,
        written_at: mail.sent_at_ms,
        oversize: mail.oversize.and_then(|size| i64::try_from(size).ok()),
        unreadable: mail.unreadable,
        spam: mail.spam,
        protection: mail.protection.map(str::to_owned),
        invitation: mail.invitation,
        images: shown.images,
        arrival: Arrival::Now,
        files: Vec::new(),
    };
    Ok((incoming, mail.attachments.into_iter().zip(files).collect()))
}

/// The key that reply addresses and Message-IDs are signed with.
///
/// # Errors
/// When the key file is too short, which its loading refuses.
pub fn reply_key(keys: &Keys) -> Result<ReplyKey> {
    ReplyKey::new(&keys.derive("reply token")).map_err(Error::internal)
}

/// What the page shows of a mail.
struct Shown {
    text: String,
    quoted: String,
    html: Option<String>,
    quoted_html: Option<String>,
    images: Vec<String>,
}

/// The quote is folded before cleaning, because cleaning removes its marks; each part is cleaned last.
fn shown(mail: &Mail, limits: &Limits, cids: &HashMap<String, String>) -> Shown {
    let folded = split(&mail.text);
    let mut shown =
        Shown { text: folded.visible, quoted: folded.quoted, html: None, quoted_html: None, images: Vec::new() };
    let Some(html) = &mail.html else { return shown };
    let parts = split_html(html);
    let visible = sanitize(parts.visible, limits, cids);
    let quoted = sanitize_after(parts.quoted, limits, cids, visible.images.len());
    if visible.too_complex || quoted.too_complex {
        return shown;
    }
    shown.images = visible.images;
    shown.images.extend(quoted.images);
    shown.html = Some(visible.html);
    shown.quoted_html = Some(quoted.html).filter(|html| !html.trim().is_empty());
    shown
}

pub(super) fn addressed(mail: &Mail) -> Vec<String> {
    let written = mail.to.iter().chain(&mail.cc).map(|mailbox| mailbox.address.clone());
    written.chain(mail.delivered_to.iter().cloned()).collect()
}

fn mailbox(mailbox: super::Mailbox) -> Mailbox {
    Mailbox { name: mailbox.name, address: mailbox.address }
}

/// The same mail delivered on two ways has other trace headers but the same id and content.
fn key(mail: &Mail, raw: &[u8]) -> String {
    let Some(id) = &mail.message_id else { return synthetic_id(raw) };
    let mut hash = Sha256::new();
    hash.update(&mail.text);
    hash.update(mail.html.as_deref().unwrap_or_default());
    for attachment in &mail.attachments {
        hash.update(&attachment.bytes);
    }
    format!("{id} {}", data_encoding::HEXLOWER.encode(&hash.finalize()[..8]))
}

/// A reaction is taken for one from a person only, and where it says to what.
fn nature(mail: &Mail) -> Nature {
    match (&mail.reaction, mail.in_reply_to.first()) {
        (Some(emoji), Some(to)) if mail.automatic.is_none() && mail.bounce.is_none() && !mail.spam => {
            Nature::Reaction { to: to.clone(), emoji: Some(emoji.clone()) }
        }
        _ => Nature::Message,
    }
}

fn automatic(mail: &Mail, key: &ReplyKey, inbox: &str) -> Option<&'static str> {
    if mail.came_back_to(inbox) || mail.message_id.as_ref().is_some_and(|id| key.is_ours(id)) {
        return Some("loop");
    }
    mail.automatic.map(|automatic| match automatic {
        Automatic::AutoReply => "auto-reply",
        Automatic::Bulk => "bulk",
        Automatic::List => "list",
        Automatic::Bounce => "bounce",
        Automatic::Loop => "loop",
    })
}

/// A report is believed about messages of ours only.
fn bounce(mail: &Mail, key: &ReplyKey) -> Option<Bounced> {
    mail.bounce.as_ref().map(|bounce| Bounced {
        original: bounce.original_message_id.clone().filter(|id| key.is_ours(id)),
        recipient: bounce.recipient.clone(),
        detail: bounce.diagnostic.clone(),
        permanent: bounce.permanent,
        no_such_address: bounce.status.as_deref().is_some_and(|status| status.starts_with("5.1.1")),
    })
}
