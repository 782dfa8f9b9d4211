//! A copy of all of a tenant's rows in another database, as of one moment.

use std::sync::Arc;

use nexus_model::Schema;

use crate::content::{Content, Sum};
use crate::database::lock;
use crate::home::Links;
use crate::link::Link;
use crate::migrate;
use crate::tables::Table;
use crate::{Home, StoreError};

/// Copies everything at `from`, as it is at one moment, into a new database at `to`, and compares the two.
///
/// # Errors
/// When `to` holds anything already, or does not hold the same afterwards; then nothing is left there.
pub fn transfer(from: &Home, to: &Home, schema: &Arc<Schema>) -> Result<Content, StoreError> {
    // Both are brought to the one form; what is older on one side would be missing on the other.
    let source = Links::open(from, 1)?;
    migrate::migrate(&source, schema)?;
    let target = Links::open(to, 1)?;
    migrate::migrate(&target, schema)?;
    let tables = Table::all(schema)?;
    let read = source.begin(false)?;
    let reader = &mut *lock(read.link());
    let write = target.begin(true)?;
    let writer = &mut *lock(write.link());
    let copied = patient(reader).and_then(|()| {
        let expected = copy(reader, writer, &tables)?;
        compared(&Sum::all(writer, &tables)?, &expected)?;
        Ok(expected.content())
    });
    let ended = match &copied {
        Ok(_) => writer.commit(),
        Err(_) => writer.rollback(),
    };
    let _ = reader.rollback();
    let content = copied?;
    ended.map(|()| content)
}

/// Whoever reads is not cut off while what was read is written elsewhere, however long that takes.
pub(crate) fn patient(link: &mut Link) -> Result<(), StoreError> {
    match link {
        Link::Sqlite(_) => Ok(()),
        Link::Postgres(line) => line.batch("SET LOCAL idle_in_transaction_session_timeout = 0"),
    }
}

/// Copies all rows into tables that are empty; the sum of what was read.
pub(crate) fn copy(reader: &mut Link, writer: &mut Link, tables: &[Table]) -> Result<Sum, StoreError> {
    let mut sum = Sum::default();
    for table in tables {
        if !table.is_empty(writer)? {
            return Err(StoreError::Migration(format!("there are rows in {} already", table.name)));
        }
        table.pages(reader, |rows| {
            sum.add(&Sum::of(table, &rows));
            table.fill(writer, &rows)
        })?;
    }
    Ok(sum)
}

/// That a copy is what was copied.
pub(crate) fn compared(found: &Sum, expected: &Sum) -> Result<(), StoreError> {
    if found == expected {
        return Ok(());
    }
    let (found, expected) = (found.content(), expected.content());
    Err(StoreError::Migration(format!(
        "the copy is not what was copied ({} rows of hash {}, not {} of {}); nothing was switched over",
        found.rows, found.hash, expected.rows, expected.hash
    )))
}
