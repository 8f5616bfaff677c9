//! How large a picture is, by its header alone.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};

/// Edges beyond this are no picture that a page could show.
const LONGEST: u32 = 100_000;

/// Whether browsers show this type as a picture.
#[must_use]
pub fn is_picture(mime: &str) -> bool {
    matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// Width and height in pixels as shown, of a picture that begins with `head`. Nothing is decoded.
#[must_use]
pub fn edges(mime: &str, head: &[u8]) -> Option<(u32, u32)> {
    if !is_picture(mime) {
        return None;
    }
    // What comes from outside may find a fault in a decoder; then the size is not known.
    let (width, height) = catch_unwind(AssertUnwindSafe(|| read(head))).ok().flatten()?;
    [width, height].iter().all(|edge| (1..=LONGEST).contains(edge)).then_some((width, height))
}

fn read(head: &[u8]) -> Option<(u32, u32)> {
    let mut decoder = ImageReader::new(Cursor::new(head)).with_guessed_format().ok()?.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let is_lying = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    Some(if is_lying { (height, width) } else { (width, height) })
}
