//! Copies of databases that are in use.

use std::path::Path;

use crate::{StoreError, sqlite};

/// Copies the database at `from`, as it is at this moment, into the new file `to`, while others go on.
///
/// # Errors
/// When there is no database at `from`, or something at `to`.
pub fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let connection = sqlite::open_reader(from)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}
