//! A connection to a file, which holds changes back until somebody could tell that they were made.

use std::ops::Deref;
use std::path::Path;

use rusqlite::Connection;
use sea_query::Value as Cell;

use super::{execute, query, run};
use crate::StoreError;
use crate::cells::Stored;
use crate::claim::Claim;
use crate::journal::LogTable;
use crate::statements::SqlText;

/// A change that was asked for and not made yet.
struct Held {
    sql: SqlText,
    cells: Vec<Cell>,
    /// Of a change that a rule of the data may refuse: what it would store.
    claim: Option<Box<Claim>>,
}

/// A place to return to. Its savepoint is opened with the first change made after it: SQLite keeps a copy of every page
/// that changes under one, and most places are left without a return.
struct Mark {
    name: &'static str,
    open: bool,
}

/// The connection. Changes are held back until a question could see them, or until the place is left under which they
/// were asked for; those of the log, which questions about records cannot see, until the log itself is read.
pub(crate) struct File {
    connection: Connection,
    held: Vec<Held>,
    log: Vec<(LogTable, Vec<Cell>)>,
    marks: Vec<Mark>,
    /// Why there is no transaction any more.
    lost: Option<StoreError>,
}

impl Deref for File {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl File {
    pub(super) fn new(connection: Connection) -> File {
        File { connection, held: Vec::new(), log: Vec::new(), marks: Vec::new(), lost: None }
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    pub(crate) fn begin(&mut self, writes: bool, ask: &str) -> Result<Option<String>, StoreError> {
        self.forget();
        run(&self.connection, if writes { "BEGIN IMMEDIATE" } else { "BEGIN" })?;
        if ask.is_empty() {
            return Ok(None);
        }
        let told = query(&self.connection, ask, &[], |mut row| Ok(row.pop().and_then(Stored::text)));
        if told.is_err() {
            let _ = run(&self.connection, "ROLLBACK");
        }
        Ok(told?.into_iter().flatten().next())
    }

    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        self.settle()?;
        run(&self.connection, "COMMIT")
    }

    pub(crate) fn rollback(&mut self) -> Result<(), StoreError> {
        self.forget();
        run(&self.connection, "ROLLBACK")
    }

    fn forget(&mut self) {
        self.held.clear();
        self.log.clear();
        self.marks.clear();
        self.lost = None;
    }

    /// Why there is no transaction any more.
    pub(crate) fn loss(&self) -> StoreError {
        self.lost.as_ref().map_or(StoreError::Full, StoreError::again)
    }

    /// Marks a place to return to. What was asked for before is made first, so that all that is held belongs to the
    /// newest place.
    pub(crate) fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.settle()?;
        self.marks.push(Mark { name, open: false });
        Ok(())
    }

    /// Keeps everything since the newest place, and forgets it.
    pub(crate) fn release(&mut self) -> Result<(), StoreError> {
        // A change that is refused leaves nothing behind, so where only the first one may be, nothing made here is
        // ever to be taken back alone.
        let sure = self.held.iter().skip(1).all(|held| held.claim.is_none());
        match self.marks.last() {
            Some(mark) if !mark.open && sure => {
                let outer = self.marks.len() - 1;
                self.open_marks(outer)?;
                let (made, ended) = self.make_held();
                let ended = ended.map_err(|error| (made > 0, error));
                ended
                    .and_then(|()| self.make_log().map_err(|error| (true, error)))
                    .map_err(|(half, error)| if half { self.lose(error) } else { error })?;
            }
            _ => self.settle()?,
        }
        let mark = self.marks.pop();
        match mark {
            Some(Mark { name, open: true }) => run(&self.connection, &format!("RELEASE {name}")),
            _ => Ok(()),
        }
    }

    /// Takes back everything since the newest place of this name, and forgets it and those after it.
    pub(crate) fn rollback_to(&mut self, name: &str) -> Result<(), StoreError> {
        self.held.clear();
        self.log.clear();
        let Some(at) = self.marks.iter().rposition(|mark| mark.name == name) else { return Ok(()) };
        let open = self.marks[at].open;
        self.marks.truncate(at);
        if open {
            run(&self.connection, &format!("ROLLBACK TO {name}"))?;
            run(&self.connection, &format!("RELEASE {name}"))?;
        }
        Ok(())
    }

    /// Makes all that is held.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        if self.held.is_empty() && self.log.is_empty() {
            return Ok(());
        }
        self.open_marks(self.marks.len())?;
        self.make_held().1?;
        self.make_log()
    }

    /// Makes the changes that a question about records could see.
    pub(crate) fn settle_records(&mut self) -> Result<(), StoreError> {
        if self.held.is_empty() {
            return Ok(());
        }
        self.open_marks(self.marks.len())?;
        self.make_held().1
    }

    /// Asks for a change to be made later.
    pub(crate) fn hold(&mut self, sql: SqlText, cells: Vec<Cell>, claim: Option<Box<Claim>>) {
        self.held.push(Held { sql, cells, claim });
    }

    /// Adds a row to a table of the log.
    pub(crate) fn append(&mut self, table: LogTable, row: Vec<Cell>) {
        self.log.push((table, row));
    }

    /// Runs a statement at once; the count of rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        self.settle_records()?;
        self.open_marks(self.marks.len())?;
        execute(&self.connection, sql, cells)
    }

    /// Runs statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.settle()?;
        self.open_marks(self.marks.len())?;
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Copies the file, as it is at one moment, into a new one.
    pub(crate) fn copy_into(&self, target: &Path) -> Result<(), StoreError> {
        self.connection.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
        Ok(())
    }

    /// Opens the savepoints of the outermost `count` places.
    fn open_marks(&mut self, count: usize) -> Result<(), StoreError> {
        self.check_transaction()?;
        for mark in self.marks.iter_mut().take(count).filter(|mark| !mark.open) {
            run(&self.connection, &format!("SAVEPOINT {}", mark.name))?;
            mark.open = true;
        }
        Ok(())
    }

    /// Makes what is held up to the first that fails; how many were made.
    fn make_held(&mut self) -> (usize, Result<(), StoreError>) {
        for (made, Held { sql, cells, claim }) in std::mem::take(&mut self.held).into_iter().enumerate() {
            let done = self.check_transaction().and_then(|()| execute(&self.connection, &sql, &cells));
            if let Err(error) = done {
                return (made, Err(error.of(claim)));
            }
        }
        (0, Ok(()))
    }

    fn make_log(&mut self) -> Result<(), StoreError> {
        let mut log = std::mem::take(&mut self.log).into_iter();
        log.try_for_each(|(table, row)| {
            self.check_transaction()?;
            execute(&self.connection, table.insert(), &row).map(drop)
        })
    }

    /// Unless its transaction has ended by itself: what came now would be kept alone.
    fn check_transaction(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() { Err(self.loss()) } else { Ok(()) }
    }

    /// Gives the transaction up, of which a part was made that cannot be taken back alone.
    fn lose(&mut self, error: StoreError) -> StoreError {
        if !self.connection.is_autocommit() {
            let _ = run(&self.connection, "ROLLBACK");
            self.lost = Some(error.again());
        }
        error
    }
}
