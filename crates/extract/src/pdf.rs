//! The text of a PDF, page by page.

use lopdf::{Document, LoadOptions};

use crate::Gathered;

/// Bytes of a PDF that is read.
const BYTES_MAX: usize = 16 << 20;
/// Bytes that a stream in it may inflate to.
const STREAM_MAX: usize = 8 << 20;

pub(crate) fn read(content: &[u8], found: &mut Gathered) -> Option<()> {
    if content.len() > BYTES_MAX {
        return None;
    }
    let options = LoadOptions { max_decompressed_size: Some(STREAM_MAX), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(content, options).ok()?;
    if document.is_encrypted() {
        return None;
    }
    for page in document.get_pages().into_keys() {
        // A page that cannot be read does not hide the others.
        let text = document.extract_text_with_limit(&[page], STREAM_MAX).unwrap_or_default();
        if !(found.add(&text) && found.add("\n")) {
            break;
        }
    }
    Some(())
}
