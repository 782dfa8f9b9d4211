//! Pictures: their measures, and small ones of them.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Pixels of an edge of a picture that is made smaller.
const EDGE_MAX: u32 = 16_384;
/// Bytes that a picture may take in memory: one of 40 million pixels.
const MEMORY_MAX: u64 = 160 << 20;

fn reader(content: &[u8]) -> Option<ImageReader<Cursor<&[u8]>>> {
    let mut reader = ImageReader::new(Cursor::new(content)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(EDGE_MAX), Some(EDGE_MAX));
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    Some(reader)
}

pub(crate) fn measures(content: &[u8]) -> Option<(u32, u32)> {
    reader(content)?.into_dimensions().ok()
}

pub(crate) fn thumbnail(content: &[u8], edge: u32) -> Option<Vec<u8>> {
    let (width, height) = measures(content)?;
    // Not every decoder counts what it takes.
    if u64::from(width) * u64::from(height) * 4 > MEMORY_MAX {
        return None;
    }
    let mut decoder = reader(content)?.into_decoder().ok()?;
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if picture.width() > edge || picture.height() > edge {
        picture = picture.thumbnail(edge, edge);
    }
    // A camera writes down how it was held.
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    let mut png = Cursor::new(Vec::new());
    picture.to_rgba8().write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}
