//! Floor 2: the contents of files, on a disk or in S3. Knows no records, no HTTP, and of tenants only the short name.
//!
//! A content is cut where its bytes say so ([`cut`]), so that two versions share what they have in common. Each chunk
//! is kept once under its own BLAKE3 ([`Chunks`]). What arrives is gathered first ([`Uploads`]), so that a line that
//! breaks anywhere costs nothing that had arrived.

mod chunks;
mod clamd;
pub mod cut;
mod depot;
mod error;
pub mod media;
mod sweep;
mod uploads;

pub use blake3::{Hash, hash};
pub use chunks::{Chunks, Content};
pub use clamd::{Clamd, Scanner};
pub use depot::Depot;
pub use error::FilesError;
pub use sweep::{GRACE, Swept};
pub use uploads::{Appended, Uploads};

/// A result of this crate.
pub type Result<T, E = FilesError> = std::result::Result<T, E>;
