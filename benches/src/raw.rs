//! The ceiling: hand-written SQL on the same tables, with the same indexes and the same durability.

use std::path::Path;

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, Params, params};
use uuid::Uuid;

/// An id as it is stored.
pub(crate) type Key = [u8; 16];

/// A connection with the settings that the store uses.
pub(crate) fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Writes with durability off, to fill a file before anything is measured.
pub(crate) fn fill(file: &Path, work: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let connection = open(file)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576; BEGIN IMMEDIATE")?;
    work(&connection)?;
    connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA analysis_limit = 100000; ANALYZE")?;
    Ok(())
}

/// Commits what was filled in so far: what waits in the log takes longer to find the more there is of it.
pub(crate) fn flush(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("COMMIT; BEGIN IMMEDIATE")?)
}

/// Every value of every row, as owned values.
pub(crate) fn read(statement: &mut CachedStatement<'_>, bound: impl Params) -> Result<Vec<Vec<Value>>> {
    let columns = statement.column_count();
    let mut rows = statement.query(bound)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?);
    }
    Ok(found)
}

/// The event log's end, as a hand-written program would keep it.
pub(crate) struct Log<'c> {
    insert: CachedStatement<'c>,
    run: CachedStatement<'c>,
    step: CachedStatement<'c>,
    seq: i64,
    /// Also the rows that Nexus keeps of each run and of each step.
    pub(crate) journal: bool,
    principal: Key,
}

/// What an event says besides its place in the log.
pub(crate) struct Event<'e> {
    pub(crate) at: i64,
    pub(crate) action: &'e str,
    pub(crate) verb: &'e str,
    pub(crate) object: &'e str,
    pub(crate) record: Key,
    pub(crate) version: i64,
    pub(crate) changes: &'e str,
}

impl<'c> Log<'c> {
    pub(crate) fn open(connection: &'c Connection, principal: Key) -> Result<Log<'c>> {
        Ok(Log {
            seq: connection.query_row("SELECT coalesce(max(seq), 0) FROM _event", [], |row| row.get(0))?,
            insert: connection.prepare_cached(
                "INSERT INTO _event (seq, at, run, step, action, verb, object, record, version, principal, changes, hash) \
                 VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?,
            run: connection.prepare_cached("INSERT INTO _run (id, at, principal, action) VALUES (?1, ?2, ?3, ?4)")?,
            step: connection
                .prepare_cached("INSERT INTO _step (run, step, action, record) VALUES (?1, 0, ?2, ?3)")?,
            journal: false,
            principal,
        })
    }

    /// One event of a run of its own; its hash is of the right size and costs nothing to work out.
    pub(crate) fn append(&mut self, event: &Event<'_>) -> Result<()> {
        self.seq += 1;
        let run = Uuid::now_v7().into_bytes();
        if self.journal {
            self.run.execute(params![run, event.at, self.principal, event.action])?;
            self.step.execute(params![run, event.action, event.record])?;
        }
        let Event { at, action, verb, object, record, version, changes } = *event;
        let hash = [0x5a_u8; 32];
        self.insert.execute(params![
            self.seq,
            at,
            run,
            action,
            verb,
            object,
            record,
            version,
            self.principal,
            changes,
            hash
        ])?;
        Ok(())
    }
}
