//! The workspace's logo as an icon of the installed pages: whole, in the middle of a square of paper.

use std::io::Cursor;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use image::imageops::{self, FilterType};
use image::{ImageFormat, Rgb, RgbImage};

use super::photo;
use super::store::workspace;
use crate::blobs;
use crate::db::Db;
use crate::error::{Error, Result};

/// Edges in pixels that there are.
pub const EDGES: [u32; 2] = [192, 512];
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
    /// Both.
    pub const ALL: [Self; 2] = [Self::Any, Self::Maskable];

    /// As in a manifest and in addresses.
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

/// Names of icons with what they hold. Systems ask for them without a session, and making one takes time.
type Made = Vec<(String, Arc<Vec<u8>>)>;
static MADE: LazyLock<Mutex<Made>> = LazyLock::new(Mutex::default);
/// All icons of a logo, and of the one before it.
const KEPT: usize = 8;

/// The name of an icon in an address; it changes with the logo.
#[must_use]
pub fn name(shape: Shape, edge: u32, key: &str) -> String {
    format!("{}-{edge}-{key}", shape.as_str())
}

/// The icon of this name, as PNG.
///
/// # Errors
/// [`Error::NotFound`] when there is no such one, or its logo is another by now.
pub async fn icon(db: &Db, name: &str) -> Result<Arc<Vec<u8>>> {
    let mut parts = name.splitn(3, '-');
    let (shape, edge, key) = (parts.next(), parts.next(), parts.next().unwrap_or_default().to_owned());
    let shape = Shape::ALL.into_iter().find(|known| Some(known.as_str()) == shape).ok_or(Error::NotFound)?;
    let edge = EDGES.into_iter().find(|known| Some(known.to_string().as_str()) == edge).ok_or(Error::NotFound)?;
    let found = db.read(move |connection| workspace::logo(connection, &key)).await?;
    let known = |made: &Made| made.iter().find(|(known, _)| known == name).map(|(_, icon)| icon.clone());
    if let Some(icon) = known(&MADE.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(icon);
    }
    let logo = db.read(move |connection| blobs::read(connection, found.blob)).await?;
    let icon = Arc::new(photo::in_turn(move || draw(&logo, shape, edge)).await?);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if made.len() == KEPT {
        made.remove(0);
    }
    made.push((name.to_owned(), icon.clone()));
    Ok(icon)
}

fn draw(logo: &[u8], shape: Shape, edge: u32) -> Result<Vec<u8>> {
    let room = edge * shape.share() / 100;
    let logo = photo::decode(logo, "logo")?.resize(room, room, FilterType::CatmullRom).to_rgba8();
    let mut square = image::DynamicImage::from(RgbImage::from_pixel(edge, edge, PAPER)).to_rgba8();
    let (left, top) = ((edge - logo.width()) / 2, (edge - logo.height()) / 2);
    imageops::overlay(&mut square, &logo, left.into(), top.into());
    let mut png = Cursor::new(Vec::new());
    square.write_to(&mut png, ImageFormat::Png).map_err(Error::internal)?;
    Ok(png.into_inner())
}
