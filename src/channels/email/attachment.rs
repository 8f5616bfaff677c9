//! Files that come with a mail.

use std::ops::Range;

use super::clean;
use super::fields::Fields;
use super::structure::Leaf;
use super::transfer;

/// A file, an attached mail or a picture of the text. Everything here was chosen by the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A file name without path, control, direction and invisible characters; never empty.
    pub name: String,
    /// `type/subtype` in lower case, of token characters only. Not checked against the bytes.
    pub mime: String,
    /// The `Content-ID` without angle brackets.
    pub content_id: Option<String>,
    /// Whether the HTML body shows it, so that a list of files may leave it out.
    pub inline: bool,
    /// The decoded content; of an attached mail its exact bytes.
    pub bytes: Vec<u8>,
    /// Where the content stands in the mail, still encoded.
    pub place: Range<usize>,
}

/// The file in a leaf. `number` counts the files of the mail from 1 and names those that have no name.
pub(super) fn read(leaf: &Leaf<'_>, number: usize) -> Attachment {
    let encoding = leaf.fields.keyword("content-transfer-encoding");
    let bytes = transfer::decode(leaf.bytes, &encoding).into_owned();
    let mime = mime(&leaf.kind.main, &leaf.kind.sub);
    let name = file_name(leaf)
        .and_then(|n| clean::file_name(&n))
        .or_else(|| attached_subject(&mime, &bytes))
        .unwrap_or_else(|| format!("file-{number}.{}", ending(&mime)));
    let content_id = leaf.fields.ids("content-id").into_iter().next();
    Attachment { name, mime, content_id, inline: false, bytes, place: leaf.at..leaf.at + leaf.bytes.len() }
}

/// The file name that a leaf declares.
pub(super) fn file_name(leaf: &Leaf<'_>) -> Option<String> {
    let disposition = leaf.fields.typed("content-disposition");
    let name = disposition.as_ref().and_then(|d| d.param("filename")).or_else(|| leaf.kind.param("name"))?;
    Some(name.to_owned()).filter(|n| !n.trim().is_empty())
}

/// An attached mail is called by its subject.
fn attached_subject(mime: &str, bytes: &[u8]) -> Option<String> {
    if mime != "message/rfc822" && mime != "message/global" {
        return None;
    }
    let (fields, _) = Fields::split(bytes, 200);
    let subject = clean::file_name(&clean::line(&fields.text("subject")?, 100))?;
    Some(format!("{subject}.eml"))
}

fn mime(main: &str, sub: &str) -> String {
    let token = |t: &str| {
        !t.is_empty() && t.len() <= 100 && t.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    if token(main) && token(sub) { format!("{main}/{sub}") } else { "application/octet-stream".to_owned() }
}

/// The usual ending of a type's files.
fn ending(mime: &str) -> &'static str {
    match mime {
        "message/rfc822" | "message/global" => "eml",
        "text/plain" | "text/rfc822-headers" | "message/delivery-status" | "message/global-delivery-status" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/csv" => "csv",
        "text/vcard" | "text/x-vcard" => "vcf",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/ms-tnef" => "dat",
        "application/pgp-signature" => "asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "p7m",
        "audio/mpeg" => "mp3",
        "audio/ogg" => "ogg",
        "video/mp4" => "mp4",
        _ => "bin",
    }
}
