//! The workspace's logo as an icon of the installed pages: whole, in the middle of a square of paper.

use std::io::Cursor;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use image::imageops::{self, FilterType};
use image::{ImageFormat, Pixel, Rgb, RgbaImage};

use super::photo;
use super::store::workspace;
use crate::blobs;
use crate::db::Db;
use crate::error::{Error, Result};

/// The paper around it, as `--paper` is in the light theme.
const PAPER: Rgb<u8> = Rgb([0xf4, 0xf1, 0xea]);

/// What a system does with an icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// It shows all of it.
    Any,
    /// It cuts it into a shape of its own: what matters stands within a circle of four fifths.
    Maskable,
}

impl Shape {
    /// As in a manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Maskable => "maskable",
        }
    }

    /// How much of the edge the logo takes, in hundredths.
    fn share(self) -> u32 {
        match self {
            Self::Any => 84,
            Self::Maskable => 56,
        }
    }
}

/// The icons that there are: their shapes, and their edges in pixels.
pub const ICONS: [(Shape, u32); 4] =
    [(Shape::Any, 192), (Shape::Any, 512), (Shape::Maskable, 192), (Shape::Maskable, 512)];

/// Icons with the key of their logo and their place in [`ICONS`]. Systems ask for them without a session, and making one
/// takes time.
type Made = Vec<(String, usize, Arc<Vec<u8>>)>;
static MADE: LazyLock<Mutex<Made>> = LazyLock::new(Mutex::default);
/// All icons of a logo, and of the one before it.
const KEPT: usize = 8;

/// The icon in this place of [`ICONS`] of the logo with this key, as PNG.
///
/// # Errors
/// [`Error::NotFound`] when there is no such one, or the logo is another by now.
pub async fn icon(db: &Db, key: &str, place: usize) -> Result<Arc<Vec<u8>>> {
    let (shape, edge) = *ICONS.get(place).ok_or(Error::NotFound)?;
    let wanted = key.to_owned();
    let found = db.read(move |connection| workspace::logo(connection, &wanted)).await?;
    if let Some(icon) = made(key, place) {
        return Ok(icon);
    }
    let logo = db.read(move |connection| blobs::read(connection, found.blob)).await?;
    let icon = Arc::new(photo::in_turn(move || draw(&logo, shape, edge)).await?);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if made.len() == KEPT {
        made.remove(0);
    }
    made.push((key.to_owned(), place, icon.clone()));
    Ok(icon)
}

fn made(key: &str, place: usize) -> Option<Arc<Vec<u8>>> {
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.iter().find(|(of, at, _)| of == key && *at == place).map(|(_, _, icon)| icon.clone())
}

fn draw(logo: &[u8], shape: Shape, edge: u32) -> Result<Vec<u8>> {
    let room = edge * shape.share() / 100;
    let logo = photo::decode(logo, "logo")?.resize(room, room, FilterType::CatmullRom).to_rgba8();
    let mut square = RgbaImage::from_pixel(edge, edge, PAPER.to_rgba());
    let (left, top) = ((edge - logo.width()) / 2, (edge - logo.height()) / 2);
    imageops::overlay(&mut square, &logo, left.into(), top.into());
    let mut png = Cursor::new(Vec::new());
    square.write_to(&mut png, ImageFormat::Png).map_err(Error::internal)?;
    Ok(png.into_inner())
}
