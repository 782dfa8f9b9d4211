//! What can go wrong with contents.

use blake3::Hash;

/// Why a content could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("{0}")]
    Place(String),
    #[error("the content {0} is not there")]
    Missing(Hash),
    #[error("the content {0} is damaged: {1}")]
    Damaged(Hash, String),
    #[error("the upload is not there, or no longer")]
    NoUpload,
    #[error("the files cannot be reached: {0}")]
    Store(#[from] object_store::Error),
    #[error("the scanner does not answer: {0}")]
    Scanner(String),
    #[error("what was sent broke off: {0}")]
    Source(String),
}
