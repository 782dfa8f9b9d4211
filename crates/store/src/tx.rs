//! A transaction in the hands of a job.

use std::sync::{Arc, Mutex, MutexGuard};

use nexus_model::Schema;
use sea_query::{PostgresQueryBuilder, QueryStatementWriter, SqliteQueryBuilder, Value as Cell};

use crate::cells::Stored;
use crate::claim::Claim;
use crate::database::lock;
use crate::events::LogEnd;
use crate::home::EPOCH;
use crate::journal::LogTable;
use crate::link::{Lease, Link};
use crate::statements::{SqlText, Statements};
use crate::{Dialect, StoreError};

/// What a job reads and writes through. All methods are `async` because on a database across a network
/// they wait; on SQLite they answer at once.
pub struct Tx {
    pub(crate) link: Arc<Mutex<Link>>,
    dialect: Dialect,
    epoch: i64,
    pub(crate) schema: Arc<Schema>,
    pub(crate) statements: Arc<Statements>,
    ends: Arc<Mutex<Ends>>,
    /// What the ends were at each open savepoint.
    marks: Vec<(&'static str, Ends)>,
}

/// The newest of the log and of each series in an open transaction, once it has read or written them.
#[derive(Clone, Default)]
pub(crate) struct Ends {
    pub(crate) log: Option<LogEnd>,
    /// Whether the log ended elsewhere before.
    pub(crate) appended: bool,
    /// The last number by key, and whether it is to be stored when the group commits.
    pub(crate) series: Vec<(Arc<str>, i64, bool)>,
}

impl Tx {
    pub(crate) fn new(lease: &Lease, schema: &Arc<Schema>, statements: &Arc<Statements>, ends: Arc<Mutex<Ends>>) -> Tx {
        let (link, epoch) = (Arc::clone(lease.link()), lease.epoch);
        let dialect = lock(&link).dialect();
        Tx {
            link,
            dialect,
            epoch,
            schema: Arc::clone(schema),
            statements: Arc::clone(statements),
            ends,
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

    pub(crate) fn ends(&self) -> MutexGuard<'_, Ends> {
        lock(&self.ends)
    }

    /// Runs a statement at once.
    pub(crate) fn execute(&self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        lock(&self.link).execute(sql, cells)
    }

    /// Runs a statement whose answer does not matter and that no rule of the data can refuse.
    pub(crate) fn execute_later(&self, sql: impl Into<SqlText>, cells: Vec<Cell>) -> Result<(), StoreError> {
        lock(&self.link).execute_later(sql.into(), cells, None)
    }

    /// Runs a statement that stores what `claim` says, which a unique key may refuse; then or later, at the latest when
    /// the job ends, the refusal is told.
    pub(crate) fn store(
        &self,
        sql: impl Into<SqlText>,
        cells: Vec<Cell>,
        claim: Option<Box<Claim>>,
    ) -> Result<(), StoreError> {
        lock(&self.link).execute_later(sql.into(), cells, claim)
    }

    /// Makes the changes that were asked for and not made yet: whatever refuses them does so now.
    pub async fn settle(&mut self) -> Result<(), StoreError> {
        lock(&self.link).settle()
    }

    /// Brings the tables to the form of another schema, as part of this transaction.
    ///
    /// # Errors
    /// While the tenant is being moved, and where rows do not allow it, such as two that a new key would forbid.
    pub async fn reform(&mut self, schema: &Schema) -> Result<(), StoreError> {
        crate::migrate::reform(&mut lock(&self.link), schema)
    }

    /// Adds a row to a table of the log.
    pub(crate) fn log(&self, table: LogTable, row: Vec<Cell>) {
        lock(&self.link).append(table, row);
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

    /// Runs a query whose answer no change can have altered that was asked for and not made yet.
    pub(crate) fn look<T>(
        &self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        lock(&self.link).look(sql, cells, each)
    }

    /// Runs a statement that no rule of the data can refuse.
    pub(crate) fn write(&self, statement: &impl QueryStatementWriter) -> Result<(), StoreError> {
        let (sql, values) = self.dialect.build(statement);
        self.execute_later(sql, values.0)
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
        lock(&self.link).savepoint(name)?;
        let ends = self.ends().clone();
        self.marks.push((name, ends));
        Ok(())
    }

    /// Takes back everything since the newest place of this name, and forgets it and those after it.
    pub async fn rollback_to(&mut self, name: &'static str) -> Result<(), StoreError> {
        if let Some(at) = self.marks.iter().rposition(|(mark, _)| *mark == name) {
            let ends = self.marks.drain(at..).next().map(|(_, ends)| ends).unwrap_or_default();
            *self.ends() = ends;
        }
        lock(&self.link).rollback_to(name)
    }

    /// Keeps everything since the newest place, and forgets it.
    pub async fn release(&mut self) -> Result<(), StoreError> {
        lock(&self.link).release()?;
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

    /// A statement's text with its values written out, for what is kept as a text or takes no parameters.
    pub(crate) fn written(self, statement: &impl QueryStatementWriter) -> String {
        match self {
            Dialect::Sqlite => statement.to_string(SqliteQueryBuilder),
            Dialect::Postgres => statement.to_string(PostgresQueryBuilder),
        }
    }
}
