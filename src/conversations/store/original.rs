//! The mail as it came, byte for byte, without keeping its files twice: where the text of the mail holds a file in base64,
//! the stored original names the file's content instead, and the encoding is written again when somebody asks for it. Only
//! what comes out the same is left out; all else stays as it is.

use std::io::Read;
use std::ops::Range;

use data_encoding::BASE64;
use flate2::Compression;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::blobs;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::web::assets::gzip;

/// How an original with left-out files begins; no mail does.
const MARK: &[u8] = b"\0recado original 1\n";
/// Files below this many encoded bytes are not worth it.
const WORTH: usize = 2048;

/// A stretch of the original.
#[derive(Debug, PartialEq, Eq)]
enum Stretch<'a> {
    Text(&'a [u8]),
    File(Encoding),
}

/// How a file stands in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Encoding {
    sha256: [u8; 32],
    /// Characters of a line.
    line: u32,
    end: End,
    /// Whether the last line ends like the others.
    closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Lf,
    CrLf,
}

impl End {
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
        }
    }
}

/// Packs an original. `files` are the stored contents with the place where each stands encoded, in their order.
///
/// # Errors
/// When it cannot be compressed, which needs no memory to be left.
pub fn pack(raw: &[u8], files: &[(Range<usize>, &[u8])]) -> Result<Vec<u8>> {
    let mut out = MARK.to_vec();
    let mut at = 0;
    for (range, content) in files {
        let Some(slice) = raw.get(range.clone()).filter(|slice| range.start >= at && slice.len() >= WORTH) else {
            continue;
        };
        if let Some(encoding) = recognize(slice, content) {
            write(&mut out, &Stretch::Text(&raw[at..range.start]));
            write(&mut out, &Stretch::File(encoding));
            at = range.end;
        }
    }
    let whole = at == 0 && !raw.starts_with(MARK);
    if !whole {
        write(&mut out, &Stretch::Text(&raw[at..]));
    }
    gzip(if whole { raw } else { &out }, Compression::fast())
        .ok_or_else(|| Error::internal("a mail could not be packed"))
}

/// The original that was packed into a content.
///
/// # Errors
/// [`Error::NotFound`] when it, or one of its files, is gone.
pub fn unpack(connection: &Connection, blob: i64) -> Result<Vec<u8>> {
    let packed = blobs::read(connection, blob)?;
    // Mails of ours are kept as they leave.
    if !packed.starts_with(&[0x1f, 0x8b]) {
        return Ok(packed);
    }
    let mut raw = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut raw).map_err(Error::from)?;
    let Some(mut rest) = raw.strip_prefix(MARK) else {
        return Ok(raw);
    };
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (stretch, after) = read(rest).ok_or_else(|| Error::internal("a stored mail is damaged"))?;
        match stretch {
            Stretch::Text(text) => out.extend_from_slice(text),
            Stretch::File(encoding) => {
                let content = blobs::with_hash(connection, &encoding.sha256)?.ok_or(Error::NotFound)?;
                out.extend(encoded(&blobs::read(connection, content.id)?, encoding));
            }
        }
        rest = after;
    }
    Ok(out)
}

/// How `content` is encoded in `slice`, if writing it again gives the same bytes.
fn recognize(slice: &[u8], content: &[u8]) -> Option<Encoding> {
    let first = slice.iter().position(|byte| *byte == b'\n')?;
    let end = if first > 0 && slice[first - 1] == b'\r' { End::CrLf } else { End::Lf };
    let line = first + 1 - end.bytes().len();
    let encoding = Encoding {
        sha256: Sha256::digest(content).into(),
        line: u32::try_from(line).ok().filter(|line| *line > 0)?,
        end,
        closed: slice.ends_with(b"\n"),
    };
    (encoded(content, encoding) == slice).then_some(encoding)
}

fn encoded(content: &[u8], encoding: Encoding) -> Vec<u8> {
    let text = BASE64.encode(content);
    let mut out = Vec::with_capacity(text.len() + text.len() / 32);
    for line in text.as_bytes().chunks(encoding.line as usize) {
        if !out.is_empty() {
            out.extend_from_slice(encoding.end.bytes());
        }
        out.extend_from_slice(line);
    }
    if encoding.closed {
        out.extend_from_slice(encoding.end.bytes());
    }
    out
}

fn write(out: &mut Vec<u8>, stretch: &Stretch<'_>) {
    match stretch {
        Stretch::Text(text) => {
            out.push(b'T');
            out.extend_from_slice(&(text.len() as u64).to_le_bytes());
            out.extend_from_slice(text);
        }
        Stretch::File(encoding) => {
            out.push(b'F');
            out.extend_from_slice(&encoding.sha256);
            out.extend_from_slice(&encoding.line.to_le_bytes());
            out.push(u8::from(encoding.end == End::CrLf));
            out.push(u8::from(encoding.closed));
        }
    }
}

/// The first stretch and what follows it.
fn read(bytes: &[u8]) -> Option<(Stretch<'_>, &[u8])> {
    let (kind, rest) = bytes.split_first()?;
    match kind {
        b'T' => {
            let (length, rest) = rest.split_first_chunk::<8>()?;
            let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
            let (text, rest) = rest.split_at_checked(length)?;
            Some((Stretch::Text(text), rest))
        }
        b'F' => {
            let (sha256, rest) = rest.split_first_chunk::<32>()?;
            let (line, rest) = rest.split_first_chunk::<4>()?;
            let ([end, closed], rest) = rest.split_first_chunk::<2>()?;
            let end = if *end == 1 { End::CrLf } else { End::Lf };
            let line = u32::from_le_bytes(*line).max(1);
            Some((Stretch::File(Encoding { sha256: *sha256, line, end, closed: *closed == 1 }), rest))
        }
        _ => None,
    }
}
