//! A QR code as a picture that stands in the page itself.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::error::{Error, Result};
use crate::keys::Secret;

/// Pixels of one square; shown at half the size, so that it is crisp on every screen.
const SQUARE: u32 = 8;
/// Empty squares around it, which readers need.
const QUIET: u32 = 4;

/// A picture for an `img` element.
pub struct Picture {
    /// A `data:` address.
    pub source: String,
    /// Edge in CSS pixels.
    pub edge: u32,
}

/// The QR code of a text, black on white in every theme.
///
/// # Errors
/// When the text is too long for a code.
pub fn qr(text: &Secret) -> Result<Picture> {
    let code = QrCode::encode_text(&text.0, QrCodeEcc::Medium).map_err(Error::internal)?;
    let squares = u32::try_from(code.size()).unwrap_or_default() + 2 * QUIET;
    let dark = |x: u32, y: u32| {
        let place = |at: u32| i32::try_from(at / SQUARE).unwrap_or_default() - i32::try_from(QUIET).unwrap_or_default();
        code.get_module(place(x), place(y))
    };
    let edge = squares * SQUARE;
    let picture = GrayImage::from_fn(edge, edge, |x, y| Luma([if dark(x, y) { 0 } else { 255 }]));
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).map_err(Error::internal)?;
    let source = ["data:image/png;base64,", &data_encoding::BASE64.encode(png.get_ref())].concat();
    Ok(Picture { source, edge: edge / 2 })
}
