//! Where a content is cut: FastCDC (Xia and others, 2020), which finds the same places again after an insertion.

use bytes::{Bytes, BytesMut};
use fastcdc::v2020::FastCDC;

/// No chunk but the last of a content is smaller.
pub const CHUNK_MIN: usize = 256 << 10;
/// What chunks come to on average: an object each, so that a file of a gigabyte has a thousand.
pub const CHUNK_AVERAGE: usize = 1 << 20;
/// No chunk is larger; as much is held in memory for each content that is read or written.
pub const CHUNK_MAX: usize = 4 << 20;

/// Cuts what is pushed into chunks.
#[derive(Default)]
pub struct Cutter {
    pending: BytesMut,
}

impl Cutter {
    /// Takes the next bytes; the chunks that are complete with them.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Bytes> {
        let mut chunks = Vec::new();
        for part in bytes.chunks(CHUNK_MAX) {
            self.pending.extend_from_slice(part);
            // Where a chunk ends is sure only when the longest possible one is there.
            while self.pending.len() >= CHUNK_MAX {
                chunks.extend(self.next());
            }
        }
        chunks
    }

    /// The chunks that are left at the end.
    pub fn finish(mut self) -> Vec<Bytes> {
        std::iter::from_fn(|| self.next()).collect()
    }

    fn next(&mut self) -> Option<Bytes> {
        if self.pending.is_empty() {
            return None;
        }
        let found = FastCDC::new(&self.pending, CHUNK_MIN, CHUNK_AVERAGE, CHUNK_MAX);
        let (_, end) = found.cut(0, self.pending.len());
        Some(self.pending.split_to(end).freeze())
    }
}
