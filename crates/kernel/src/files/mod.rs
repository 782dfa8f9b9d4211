//! Files: how what is uploaded becomes a record, who may open it, and what is removed when.
//!
//! What a file contains is outside of the database ([`nexus_files`]): written before the record that names it, and
//! removed after the last record that needs it. So a record is never without its content, and what a transaction that
//! failed leaves behind is swept.

mod examine;
mod keep;
mod open;
mod sweep;
mod turn;
mod upload;

use std::sync::Arc;

use futures::executor::block_on;
use nexus_files::{Chunks, Content, Depot, FilesError, Hash, Scanner, Uploads};
use nexus_model::{Problem, Record};
use nexus_store::waiting;

pub use open::OpenFile;
pub use sweep::{Ages, FilesSwept};
pub(crate) use turn::Turns;
pub use upload::{NewUpload, Uploading};

use crate::kernel::Kernel;
use crate::{Kind, Result, Tenant};

/// The object that files are records of.
pub(crate) const FILE: &str = "core.file";
/// Bytes of a file, when nothing says how many.
const FILE_BYTES_MAX: u64 = 4 << 30;
/// Uploads that a person has under way, when nothing says how many.
const UPLOADS_MAX: usize = 100;

/// Where the contents of files are, and what is done with them.
#[derive(Clone)]
pub struct FileOptions {
    /// Nowhere: then nothing can be uploaded.
    pub depot: Option<Depot>,
    /// Asked before a content is kept.
    pub scanner: Option<Arc<dyn Scanner>>,
    /// Takes texts and pictures from contents; the binary wires one in, so that the engines stay leaves.
    pub reader: Option<Arc<dyn Reader>>,
    /// Bytes of a file.
    pub file_bytes_max: u64,
    /// Uploads that a person has under way.
    pub uploads_max: usize,
}

impl FileOptions {
    pub fn new(depot: Option<Depot>) -> FileOptions {
        let (file_bytes_max, uploads_max) = (FILE_BYTES_MAX, UPLOADS_MAX);
        FileOptions { depot, scanner: None, reader: None, file_bytes_max, uploads_max }
    }
}

/// Takes from a content what can be seen in it. It works on what anybody may have made, so it is called where neither a
/// panic nor a delay does harm.
pub trait Reader: Send + Sync {
    /// What can be read in it, at most `max` bytes; nothing where it is of a kind that has no text.
    fn text(&self, media_type: &str, content: &[u8], max: usize) -> Option<String>;
    /// Width and height of a picture.
    fn measures(&self, content: &[u8]) -> Option<(u32, u32)>;
    /// The picture as PNG, in a square of `edge` pixels.
    fn thumbnail(&self, content: &[u8], edge: u32) -> Option<Vec<u8>>;
}

impl Kernel {
    /// Bytes that a file may have.
    pub fn file_bytes_max(&self) -> u64 {
        self.options.files.file_bytes_max
    }

    fn depot(&self) -> Result<&Depot> {
        let none = || Problem::new(Kind::Away, "this server has no place for files: start it with --files");
        self.options.files.depot.as_ref().ok_or_else(none)
    }

    /// The contents of a tenant's files, if there is a place for files.
    pub fn contents_of(&self, slug: &str) -> Option<Chunks> {
        self.options.files.depot.as_ref().map(|depot| depot.chunks(slug))
    }

    /// Copies what files contain to a tenant that is about to be made from the same records.
    pub fn copy_files(&self, from: &Option<Chunks>, slug: &str) -> Result<()> {
        match (from, self.contents_of(slug)) {
            (Some(from), Some(to)) => waiting(|| block_on(from.copy_to(&to))).map_err(told),
            _ => Ok(()),
        }
    }

    /// Removes all that a tenant's files contain.
    pub(crate) fn clear_files(&self, slug: &str) -> Result<()> {
        self.contents_of(slug).map_or(Ok(()), |chunks| waiting(|| block_on(chunks.clear())).map_err(told))
    }

    fn chunks(&self, tenant: &Tenant) -> Result<Chunks> {
        Ok(self.depot()?.chunks(&tenant.slug))
    }

    fn uploads(&self, tenant: &Tenant) -> Result<Uploads> {
        Ok(self.depot()?.uploads(&tenant.slug))
    }
}

/// What a file or a version of it contains.
fn content_of(record: &Record) -> Option<Content> {
    let digest = Hash::from_hex(record.text("digest")).ok()?;
    let size = u64::try_from(record.get("size").as_int()?).ok()?;
    Some(Content { digest, size })
}

/// A failure of contents in the words of whoever asked for them.
pub(crate) fn told(error: FilesError) -> Problem {
    match error {
        FilesError::NoUpload => Problem::not_found("there is no such upload of yours, or it has expired"),
        FilesError::Missing(_) => Problem::not_found("what the file contained was removed; upload it again"),
        FilesError::Source(why) => Problem::malformed(why),
        FilesError::Scanner(why) => {
            tracing::error!(why, "the scanner does not answer");
            Problem::new(Kind::Away, "files cannot be scanned just now; nothing is lost; try again shortly")
        }
        // Where they are, and why they do not answer, is for the log.
        FilesError::Store(_) | FilesError::Place(_) => {
            tracing::error!(%error, "the place of files does not answer");
            Problem::new(Kind::Away, "the files cannot be reached just now; try again shortly")
        }
        FilesError::Damaged(..) => Problem::internal(error.to_string()),
    }
}
