//! What can go wrong below the kernel.

use nexus_model::Problem;
use nexus_model::problem::Kind;
use rusqlite::ErrorCode;

use crate::claim::{Claim, refusal};
use crate::standing::Forward;

/// A failure of the store. Only [`StoreError::Unique`] is the caller's doing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique index refused a row; the index's name tells which key.
    #[error("the unique key {index} is taken")]
    Unique { index: String, claim: Option<Box<Claim>> },
    /// The queue of the tenant's writer is full.
    #[error("too many changes are waiting")]
    Busy,
    /// A job panicked; its savepoint was rolled back.
    #[error("the operation failed inside: {0}")]
    Panicked(String),
    /// A stored value does not have the form its column promises.
    #[error("{table}.{column} holds what it cannot: {found}")]
    Corrupt { table: String, column: String, found: String },
    /// The live tables cannot be brought to the manifests' form without losing data.
    #[error("{0}")]
    Migration(String),
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// The database went away while it was asked to keep a change; whether it did is not known.
    #[error("the database went away in the middle of a commit")]
    Unknown,
    /// The data are kept elsewhere now.
    #[error("the data were moved to {}", .0.named())]
    Moved(Forward),
    /// A copy of data that are in use elsewhere.
    #[error("the data have not arrived here: a move did not come to its end; begin it again")]
    Arriving,
    /// A value beyond what the database can index: PostgreSQL takes some 2,600 bytes an entry.
    #[error("a value is too large: {0}")]
    TooLarge(String),
    /// The disk takes no more.
    #[error("the disk is full")]
    Full,
    #[error("database: {0}")]
    Postgres(String),
    /// The server that holds the data does not answer, or not now.
    #[error("the database cannot be reached: {0}")]
    Away(String),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Condition(#[from] crate::condition::CompileError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => {
                tracing::error!(%error, "the disk refuses");
                StoreError::Full
            }
            Some(ErrorCode::DatabaseBusy) => StoreError::Busy,
            _ => StoreError::Sqlite(error),
        }
    }
}

impl StoreError {
    /// The same failure for another asker of the same group.
    pub(crate) fn again(&self) -> StoreError {
        match self {
            StoreError::Busy => StoreError::Busy,
            StoreError::Unique { index, claim } => StoreError::Unique { index: index.clone(), claim: claim.clone() },
            StoreError::Unknown => StoreError::Unknown,
            StoreError::TooLarge(why) => StoreError::TooLarge(why.clone()),
            StoreError::Away(why) => StoreError::Away(why.clone()),
            StoreError::Full => StoreError::Full,
            StoreError::Moved(to) => StoreError::Moved(to.clone()),
            StoreError::Arriving => StoreError::Arriving,
            other => StoreError::Panicked(other.to_string()),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        match error {
            StoreError::Busy => {
                Problem::new(Kind::Busy, "too many changes are waiting for this company's data; try again shortly")
            }
            // Declared conditions were tried when the apps were put together; this one came with the question.
            StoreError::Condition(refused) => {
                Problem { kind: Kind::Malformed, ..Problem::field("filter", "filter", refused.to_string()) }
            }
            // Where it is, and why it does not answer, is for the log.
            StoreError::Away(why) => {
                tracing::error!(why, "the database cannot be reached");
                Problem::new(
                    Kind::Away,
                    "the database cannot be reached just now; nothing was changed; try again shortly",
                )
            }
            StoreError::TooLarge(why) => {
                tracing::warn!(why, "a value was refused for its size");
                Problem::new(Kind::TooLarge, "a text is too long to be looked up by: shorten it to some 600 letters")
            }
            StoreError::Unknown => Problem::new(
                Kind::Away,
                "the database went away while it was keeping this change; ask again under the same Idempotency-Key, \
                 or look whether it is there",
            ),
            StoreError::Moved(_) | StoreError::Arriving => {
                Problem::new(Kind::Away, "this company's data are being moved; nothing was changed; try again shortly")
            }
            StoreError::Full => Problem::new(
                Kind::Full,
                "there is no room to store this; nothing was changed; free space on the server's disk",
            ),
            StoreError::Unique { index, claim } => refusal(&index, claim.as_deref()),
            other => Problem::internal(other.to_string()),
        }
    }
}
