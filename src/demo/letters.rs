//! What the demo's letters are made of, and their leaving.

use crate::error::{Error, Result};
use crate::server::App;

/// Waits until the job runner has handed an answer to the mailbox: whatever becomes of a message is told.
pub(super) async fn sent(app: &App, message: i64) -> Result<()> {
    let mut told = app.db.bus().listen();
    loop {
        let read = app.db.read(move |connection| {
            let sql = "SELECT delivery FROM message WHERE id = ?1";
            Ok(connection.query_row(sql, [message], |row| row.get::<_, String>(0))?)
        });
        let state = read.await?;
        if state != "queued" && state != "sending" {
            return Ok(());
        }
        // An ear that missed something looks again as well.
        let _ = told.recv().await;
    }
}

/// A small file of its kind: a picture with two colors, or a page with nothing on it.
pub(super) fn file(kind: &str) -> Result<Vec<u8>> {
    if kind != "image/png" {
        return Ok(
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                .to_vec(),
        );
    }
    let picture = image::RgbImage::from_fn(480, 320, |x, y| {
        if (x / 40 + y / 40) % 2 == 0 { image::Rgb([217, 231, 223]) } else { image::Rgb([30, 77, 58]) }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}
