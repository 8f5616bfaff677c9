//! From an uploaded picture to a photo: its size judged by the header before anything is decoded, turned upright, cut to a
//! square, made small, and written anew, so that nothing of the file that was sent is kept (place, camera, tricks).

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Edge in pixels.
const EDGE: u32 = 192;
/// Pixels a picture may have.
const PIXELS: u64 = 40_000_000;
/// Bytes that decoding may take.
const MEMORY: u64 = 200 * 1024 * 1024;
/// Bytes of an upload; a phone's pictures are smaller.
pub const UPLOAD: u64 = 15 * 1024 * 1024;

/// One at a time: a large picture takes a good part of the memory.
static TURN: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

/// A photo ready to be stored.
pub struct Photo {
    pub bytes: Vec<u8>,
    /// How the key of the photo ends, which says its type: `.jpg` or `.png`.
    pub ending: &'static str,
}

/// The type of a photo by its key.
#[must_use]
pub fn mime(key: &str) -> &'static str {
    match key.rsplit_once('.') {
        Some((_, "png")) => "image/png",
        _ => "image/jpeg",
    }
}

/// Makes the photo.
///
/// # Errors
/// [`Error::Invalid`] for field `photo`: no picture of a known kind, or too large a one.
pub async fn make(upload: Vec<u8>) -> Result<Photo> {
    let permit = TURN.clone().acquire_owned().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        shrink(&upload)
    })
    .await
    .map_err(Error::internal)?
}

fn unreadable<E>(_: E) -> Error {
    Error::field("photo", "photo-unreadable")
}

fn shrink(upload: &[u8]) -> Result<Photo> {
    let reader = || ImageReader::new(Cursor::new(upload)).with_guessed_format().map_err(unreadable);
    let (width, height) = reader()?.into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Error::field("photo", "photo-too-many-pixels"));
    }
    let mut reader = reader()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let upright = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(upright);
    let edge = picture.width().min(picture.height());
    let (left, top) = ((picture.width() - edge) / 2, (picture.height() - edge) / 2);
    encode(&picture.crop_imm(left, top, edge, edge).resize_exact(EDGE, EDGE, FilterType::Triangle))
}

fn encode(picture: &DynamicImage) -> Result<Photo> {
    let mut bytes = Vec::new();
    if picture.color().has_alpha() {
        picture.to_rgba8().write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(Error::internal)?;
        return Ok(Photo { bytes, ending: ".png" });
    }
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 85);
    picture.to_rgb8().write_with_encoder(encoder).map_err(Error::internal)?;
    Ok(Photo { bytes, ending: ".jpg" })
}
