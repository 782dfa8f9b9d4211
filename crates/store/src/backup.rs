//! Copies of databases that are in use, whole: what no manifest declares any more as well.

use crate::content::Sum;
use crate::home::Links;
use crate::migrate;
use crate::standing::Standing;
use crate::transfer::{compared, copy as copy_rows, patient};
use crate::{Home, StoreError, sqlite};

/// Copies the database at `from`, as it is at one moment, into a new file at `to`, while others go on.
///
/// # Errors
/// When there is no database at `from`, or something at `to`; [`StoreError::Moved`] when the data have left `from`.
pub fn copy(from: &Home, to: &Home) -> Result<(), StoreError> {
    if let Home::File(target) = to
        && let Some(folder) = target.parent()
    {
        std::fs::create_dir_all(folder)?;
    }
    if let (Home::File(file), Home::File(target)) = (from, to) {
        sqlite::open_reader(file)?.copy_into(target)?;
        let copied = Links::open(to, 1)?.snapshot(Standing::of)?;
        return copied.map_or(Ok(()), |standing| standing.in_use().map(drop));
    }
    let (source, target) = (Links::open(from, 1)?, Links::open(to, 1)?);
    source.snapshot(|reader| {
        patient(reader)?;
        Standing::of(reader)?.map(Standing::in_use).transpose()?;
        target.change(|writer| {
            let tables = migrate::imitate(reader, writer)?;
            let expected = copy_rows(reader, writer, &tables)?;
            compared(&Sum::all(writer, &tables)?, &expected)
        })
    })
}
