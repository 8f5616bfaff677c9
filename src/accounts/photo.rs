//! From an uploaded picture to a photo or a logo: its size judged by the header before anything is decoded, turned
//! upright, a photo cut to a square, made small, and written anew, so that nothing of the file that was sent is kept
//! (place, camera, tricks).

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Edge of a photo in pixels.
const EDGE: u32 = 192;
/// A logo fits into so many pixels: twice the place it has on a page.
const LOGO: (u32, u32) = (384, 128);
/// A logo larger than this many bytes as PNG is a picture rather than a drawing, and smaller as JPEG.
const DRAWING: usize = 40 * 1024;
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
    in_turn(move || shrink(decode(&upload, "photo")?)).await
}

/// Makes the logo: not cut, transparent where it was.
///
/// # Errors
/// As [`make`], for field `logo`.
pub async fn logo(upload: Vec<u8>) -> Result<Photo> {
    in_turn(move || fit(decode(&upload, "logo")?)).await
}

/// Works on a picture when it is its turn, off the async threads.
pub(super) async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let permit = TURN.clone().acquire_owned().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(Error::internal)?
}

/// The picture, upright.
pub(super) fn decode(upload: &[u8], field: &'static str) -> Result<DynamicImage> {
    let unreadable = |_| Error::field(field, "photo-unreadable");
    let reader = || ImageReader::new(Cursor::new(upload)).with_guessed_format().map_err(ImageError::IoError);
    let (width, height) = reader().and_then(ImageReader::into_dimensions).map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Error::field(field, "photo-too-many-pixels"));
    }
    let mut reader = reader().map_err(unreadable)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let upright = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(upright);
    Ok(picture)
}

fn shrink(picture: DynamicImage) -> Result<Photo> {
    let edge = picture.width().min(picture.height());
    let (left, top) = ((picture.width() - edge) / 2, (picture.height() - edge) / 2);
    encode(&picture.crop_imm(left, top, edge, edge).resize_exact(EDGE, EDGE, FilterType::Triangle))
}

fn fit(picture: DynamicImage) -> Result<Photo> {
    let (width, height) = LOGO;
    let large = picture.width() > width || picture.height() > height;
    let small = if large { picture.resize(width, height, FilterType::CatmullRom) } else { picture };
    let mut bytes = Vec::new();
    let drawing = if small.color().has_alpha() {
        DynamicImage::from(small.to_rgba8())
    } else {
        DynamicImage::from(small.to_rgb8())
    };
    drawing.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(Error::internal)?;
    if bytes.len() > DRAWING { encode(&small) } else { Ok(Photo { bytes, ending: ".png" }) }
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
