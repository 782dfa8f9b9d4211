//! What is particular to SQLite: opening a file, binding, reading rows.

mod file;

pub(crate) use file::File;

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use sea_query::Value as Cell;

use crate::StoreError;
use crate::cells::{Plain, Stored, plain};

/// Prepared statements kept for each connection.
const STATEMENTS: usize = 256;

/// The version of SQLite that is part of Nexus.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Opens a file for the one writer, made when it is missing.
pub(crate) fn open_writer(path: &Path) -> Result<File, StoreError> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;",
    )?;
    prepare(&connection)?;
    Ok(File::new(connection))
}

/// Opens a file that exists for a reader.
pub(crate) fn open_reader(path: &Path) -> Result<File, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&connection)?;
    Ok(File::new(connection))
}

/// Asks for the writer twice a millisecond, for 10 s. Who waits as SQLite does, longer and longer, never meets the
/// moment between two groups of a busy writer.
pub(crate) fn insist(file: &mut File) -> Result<(), StoreError> {
    file.connection().busy_handler(Some(|asked| {
        std::thread::sleep(std::time::Duration::from_micros(500));
        asked < 20_000
    }))?;
    Ok(())
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection
        .execute_batch("PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;")?;
    // Otherwise a kept statement is prepared anew whenever a value is bound that might have changed its plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    crate::condition::register(connection)?;
    Ok(())
}

/// Entries of an index beyond which its statistics stay as they are. Proportions hardly move any more then, while SQLite
/// counts every entry before it looks at a sample, which would hold the writer up for as long as the file takes to read.
const STUDIED_MAX: i64 = 1_000_000;

/// Gathers the planner's statistics from the first entries of each index. A small sample would call a state that
/// all records have a rare one; and of a small table nothing is kept, because it may be large before it is looked
/// at again.
pub(crate) fn study(connection: &Connection) -> Result<(), StoreError> {
    // Their own table comes with the first of them.
    connection.execute_batch("PRAGMA analysis_limit = 100000; ANALYZE sqlite_schema")?;
    let sql = "SELECT name, name IN (SELECT idx FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) >= ?1) \
               FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    let mut indexes = connection.prepare(sql)?;
    let indexes = indexes.query_map([STUDIED_MAX], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, bool)> = indexes.collect::<Result<_, _>>()?;
    if indexes.iter().any(|(_, large)| *large) {
        for (index, _) in indexes.iter().filter(|(_, large)| !large) {
            connection.execute_batch(&format!("ANALYZE \"{index}\""))?;
        }
    } else {
        connection.execute_batch("ANALYZE")?;
    }
    connection.execute_batch("DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < 1000; ANALYZE sqlite_schema")?;
    Ok(())
}

/// A cell on its way into a statement.
pub(crate) struct Bound<'a>(pub(crate) &'a Cell);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match plain(self.0) {
            Some(Plain::Null) => ToSqlOutput::Owned(Owned::Null),
            Some(Plain::Int(number)) => ToSqlOutput::Owned(Owned::Integer(number)),
            Some(Plain::Text(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Some(Plain::Bytes(bytes)) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            None => return Err(rusqlite::Error::ToSqlConversionFailure("a value of no column's type".into())),
        })
    }
}

/// Runs one statement without parameters.
pub(crate) fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Runs a statement that answers nothing; the count of rows it changed.
pub(crate) fn execute(connection: &Connection, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.execute(rusqlite::params_from_iter(cells.iter().map(Bound))).map_err(unique_key)
}

/// Runs a query and hands each row's cells to `each`.
pub(crate) fn query<T>(
    connection: &Connection,
    sql: &str,
    cells: &[Cell],
    mut each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(cells.iter().map(Bound)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut stored = Vec::with_capacity(columns);
        for index in 0..columns {
            stored.push(match row.get_ref(index)? {
                ValueRef::Null => Stored::Null,
                ValueRef::Integer(number) => Stored::Int(number),
                ValueRef::Text(text) => Stored::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Stored::Bytes(bytes.to_vec()),
                ValueRef::Real(number) => {
                    let column = row.as_ref().column_name(index).unwrap_or_default().to_owned();
                    // Exact columns never hold a float; one here means that an addition left 64 bits.
                    return Err(StoreError::Corrupt { table: String::new(), column, found: number.to_string() });
                }
            });
        }
        found.push(each(stored)?);
    }
    Ok(found)
}

/// SQLite names an index only for partial or expression keys, columns otherwise; both are told apart here.
fn unique_key(error: rusqlite::Error) -> StoreError {
    if let rusqlite::Error::SqliteFailure(failure, Some(message)) = &error
        && failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
    {
        let index = message.trim_start_matches("UNIQUE constraint failed: ").trim_start_matches("index ");
        return StoreError::Unique { index: index.trim_matches('\'').to_owned(), claim: None };
    }
    error.into()
}
