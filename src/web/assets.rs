//! Assets inside the binary: style sheets and scripts joined in the order their folders give, every file under a name
//! that holds its hash, cached for ever, compressed once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// One file as served.
pub struct Asset {
    pub mime: &'static str,
    pub plain: Vec<u8>,
    /// Where it is smaller than the plain form.
    pub gzip: Option<Vec<u8>>,
}

struct Table {
    /// By hashed name.
    assets: HashMap<String, Asset>,
    /// Plain name to address.
    addresses: HashMap<String, String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(build);

/// The address of a file, `/static/app-1a2b3c4d.css` for `app.css`. An unknown name answers the plain address, which
/// does not exist: tests open every address of every page.
#[must_use]
pub fn address(name: &str) -> String {
    TABLE.addresses.get(name).cloned().unwrap_or_else(|| format!("/static/{name}"))
}

/// The address of the icons: a page asks for it a hundred times.
#[must_use]
pub fn sprite() -> &'static str {
    static SPRITE: LazyLock<String> = LazyLock::new(|| address("icons/icons.svg"));
    &SPRITE
}

/// The file under a hashed name.
#[must_use]
pub fn find(hashed: &str) -> Option<&'static Asset> {
    TABLE.assets.get(hashed)
}

fn build() -> Table {
    let mut table = Table { assets: HashMap::new(), addresses: HashMap::new() };
    let joined = |name: &str| name.starts_with("css/") || name.starts_with("js/");
    for name in Files::iter().filter(|name| !joined(name) && mime(name).is_some()) {
        if let Some(file) = Files::get(&name) {
            table.add(&name, file.data.into_owned());
        }
    }
    let style = join("css");
    // Style sheets name their font relative to the folder they were written in.
    let font = "fonts/recado-text.woff2";
    let style = style.replace(&format!("../{font}"), &table.addresses.get(font).cloned().unwrap_or_default());
    table.add("app.css", style.into_bytes());
    table.add("app.js", join("js").into_bytes());
    table
}

/// The files of a folder in the order that its `order.txt` gives.
fn join(folder: &str) -> String {
    let read = |name: &str| Files::get(&format!("{folder}/{name}")).map(|file| file.data);
    let text = |bytes: Cow<'static, [u8]>| String::from_utf8_lossy(&bytes).into_owned();
    let order = read("order.txt").map(text).unwrap_or_default();
    order
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .filter_map(read)
        .map(|bytes| bare(&text(bytes)))
        .collect()
}

/// A style sheet or script without what only readers of the source need: comments that begin a line, indents, blank
/// lines. No string of ours goes over several lines.
fn bare(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut within = false;
    for mut line in text.lines().map(str::trim) {
        if within || line.starts_with("/*") {
            within = !line.contains("*/");
            line = line.split_once("*/").map_or("", |(_, rest)| rest.trim_start());
        }
        if !line.is_empty() && !line.starts_with("//") {
            kept.extend([line, "\n"]);
        }
    }
    kept
}

impl Table {
    fn add(&mut self, name: &str, plain: Vec<u8>) {
        let Some(mime) = mime(name) else { return };
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&plain)[..6]);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let hashed = format!("{stem}-{hash}.{ending}");
        let packed = gzip(&plain, Compression::best()).filter(|packed| packed.len() < plain.len());
        self.addresses.insert(name.to_owned(), format!("/static/{hashed}"));
        self.assets.insert(hashed, Asset { mime, plain, gzip: packed });
    }
}

/// Compresses; `None` only if memory cannot be written to.
#[must_use]
pub fn gzip(bytes: &[u8], level: Compression) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), level);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn mime(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        _ => return None,
    })
}
