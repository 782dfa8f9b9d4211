//! What is particular to PostgreSQL: connections, statements, the functions that conditions call.

mod bind;
mod facts;
mod line;
mod server;
mod tls;

pub use facts::Facts;
pub(crate) use line::Line;
pub use server::Server;

use tokio_postgres::error::SqlState;

use crate::StoreError;

/// The schema of what the tenants of a server share: functions, and on the first server the control tables.
pub(crate) const SHARED: &str = "nexus";

/// A failure in the store's words. Of a broken connection and of a server that starts or ends, that it is away.
pub(crate) fn fault(error: &tokio_postgres::Error) -> StoreError {
    let Some(told) = error.as_db_error() else {
        let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
        let text = format!("{error}{cause}");
        // Anything but a refusal in words (a value that does not fit) means that nobody answers any more.
        return if error.is_closed()
            || std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
        {
            StoreError::Away(text)
        } else {
            StoreError::Postgres(text)
        };
    };
    if matches!(told.severity(), "FATAL" | "PANIC") || told.code().code().starts_with("08") {
        return StoreError::Away(told.message().to_owned());
    }
    match *told.code() {
        SqlState::UNIQUE_VIOLATION => {
            StoreError::Unique { index: told.constraint().unwrap_or_else(|| told.message()).to_owned(), claim: None }
        }
        // A server that ends, that its operator stopped a statement on, or that is a copy of another now.
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::QUERY_CANCELED
        | SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::Away(told.message().to_owned()),
        SqlState::LOCK_NOT_AVAILABLE => StoreError::Busy,
        SqlState::DISK_FULL => StoreError::Full,
        SqlState::PROGRAM_LIMIT_EXCEEDED => StoreError::TooLarge(told.message().to_owned()),
        _ => {
            let detail = told.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
            StoreError::Postgres(format!("{} {}{detail}", told.code().code(), told.message()))
        }
    }
}

/// A name between quotation marks.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The number that stands for a schema among the server's advisory locks.
pub(crate) fn lock_key(schema: &str) -> i64 {
    let hash = blake3::hash(schema.as_bytes());
    i64::from_le_bytes(std::array::from_fn(|at| hash.as_bytes()[at]))
}
