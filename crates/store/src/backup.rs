//! Copies of databases that are in use.

use std::sync::Arc;

use nexus_model::Schema;

use crate::home::Links;
use crate::standing::Standing;
use crate::{Home, StoreError, sqlite, transfer};

/// Copies the database at `from`, as it is at one moment, into a new one at `to`, while others go on.
///
/// # Errors
/// When there is no database at `from`, or something at `to`; [`StoreError::Moved`] when the data have left `from`.
pub fn copy(from: &Home, to: &Home, schema: &Arc<Schema>) -> Result<(), StoreError> {
    let (Home::File(file), Home::File(target)) = (from, to) else { return transfer(from, to, schema).map(drop) };
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    sqlite::open_reader(file)?.copy_into(target)?;
    let copied = Links::open(to, 1)?.snapshot(Standing::of)?;
    copied.map_or(Ok(()), |standing| standing.in_use().map(drop))
}
