//! A transaction in the hands of a job.

use std::sync::{Arc, Mutex};

use nexus_model::{Object, Schema};
use sea_query::{PostgresQueryBuilder, QueryStatementWriter, SqliteQueryBuilder, Value as Cell};

use crate::cells::Stored;
use crate::database::lock;
use crate::home::EPOCH;
use crate::journal::LogTable;
use crate::link::{Lease, Link};
use crate::statements::Statements;
use crate::{Dialect, StoreError};

/// What a job reads and writes through. All methods are `async` because on a database across a network
/// they wait; on SQLite they answer at once.
pub struct Tx {
    link: Arc<Mutex<Link>>,
    dialect: Dialect,
    epoch: i64,
    pub(crate) schema: Arc<Schema>,
    pub(crate) statements: Arc<Statements>,
    pub(crate) chain: Chain,
    /// The end of the log at each open savepoint.
    marks: Vec<Option<(i64, [u8; 32])>>,
}

/// Number and hash of the newest event, once the open transaction has read or written one.
pub(crate) type Chain = Arc<Mutex<Option<(i64, [u8; 32])>>>;

impl Tx {
    pub(crate) fn new(lease: &Lease, schema: &Arc<Schema>, statements: &Arc<Statements>, chain: Chain) -> Tx {
        let (link, epoch) = (Arc::clone(lease.link()), lease.epoch);
        let dialect = lock(&link).dialect();
        Tx {
            link,
            dialect,
            epoch,
            schema: Arc::clone(schema),
            statements: Arc::clone(statements),
            chain,
            marks: Vec::new(),
        }
    }

    /// Counts the changes of people and roles that other processes may have made before this transaction; always 0
    /// where one process alone has the data.
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Tells other processes that people or roles changed.
    pub async fn new_epoch(&mut self) -> Result<(), StoreError> {
        if self.dialect == Dialect::Postgres {
            self.next_number(EPOCH).await?;
        }
        Ok(())
    }

    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn execute(&self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        lock(&self.link).execute(sql, cells)
    }

    /// Runs a statement whose answer does not matter and that no rule of the data can refuse.
    pub(crate) fn execute_later(&self, sql: &str, cells: Vec<Cell>) -> Result<(), StoreError> {
        lock(&self.link).execute_later(sql, cells)
    }

    /// Adds a row to a table of the log.
    pub(crate) fn log(&self, table: LogTable, row: Vec<Cell>) -> Result<(), StoreError> {
        lock(&self.link).append(table, row)
    }

    /// Runs a query that reads the log.
    pub(crate) fn query_log<T>(
        &self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let link = &mut *lock(&self.link);
        link.send_log()?;
        link.query(sql, cells, each)
    }

    pub(crate) fn query<T>(
        &self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        lock(&self.link).query(sql, cells, each)
    }

    /// Runs a statement that changes rows of an object, which only a unique key of the object could refuse.
    pub(crate) fn change(&self, object: &Object, sql: &str, cells: Vec<Cell>) -> Result<(), StoreError> {
        if object.unique.is_empty() { self.execute_later(sql, cells) } else { self.execute(sql, &cells).map(drop) }
    }

    /// Runs a statement that no rule of the data can refuse.
    pub(crate) fn write(&self, statement: &impl QueryStatementWriter) -> Result<(), StoreError> {
        let (sql, values) = self.dialect.build(statement);
        self.execute_later(&sql, values.0)
    }

    pub(crate) fn select<T>(
        &self,
        statement: &sea_query::SelectStatement,
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let (sql, values) = self.dialect.build(statement);
        self.query(&sql, &values.0, each)
    }

    /// Marks a place to return to; what follows can be taken back alone.
    pub async fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.marks.push(*lock(&self.chain));
        lock(&self.link).savepoint(name)
    }

    /// Takes back everything since the place, and forgets it.
    pub async fn rollback_to(&mut self, name: &'static str) -> Result<(), StoreError> {
        *lock(&self.chain) = self.marks.pop().flatten();
        lock(&self.link).rollback_to(name)
    }

    /// Keeps everything since the place, and forgets it.
    pub async fn release(&mut self, name: &'static str) -> Result<(), StoreError> {
        lock(&self.link).release(name)?;
        self.marks.pop();
        Ok(())
    }
}

impl Dialect {
    /// A statement's text and the values bound to it.
    pub(crate) fn build(self, statement: &impl QueryStatementWriter) -> (String, sea_query::Values) {
        match self {
            Dialect::Sqlite => statement.build(SqliteQueryBuilder),
            Dialect::Postgres => statement.build(PostgresQueryBuilder),
        }
    }
}
