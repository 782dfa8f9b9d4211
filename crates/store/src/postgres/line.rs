//! One connection, waited for by the thread that uses it.

mod room;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::future::{BoxFuture, join, join_all};
use futures::{StreamExt, TryStreamExt};
use sea_query::Value as Cell;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, SimpleQueryMessage, Statement};

use super::bind::Bound;
use super::tls::Tls;
use super::{SHARED, fault, lock_key, quoted};
use crate::StoreError;
use crate::cells::Stored;
use crate::claim::Claim;
use crate::journal::LogTable;
use crate::link::waiting;

/// Prepared statements kept for one connection, over all the tenants that it serves.
const STATEMENTS_MAX: usize = 1_024;
/// How long a change waits for the same tenant's writer in another process.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// Rows that are sent by `COPY`, which takes two exchanges more than a statement.
const COPY_MIN: usize = 24;
/// Statements that may wait for the next one.
const PENDING_MAX: usize = 24;

type LogRow = (LogTable, Vec<Cell>);

/// A savepoint, and what the log was at it.
struct Mark {
    name: &'static str,
    /// Rows that were not sent then, nor since.
    unsent: usize,
    /// Rows that were sent since: taking the savepoint back takes them from the database, though they are older.
    sent: Vec<LogRow>,
}

/// A statement that nobody waits for, and what it would store where a rule of the data may refuse it.
type Pending = (BoxFuture<'static, Result<(), tokio_postgres::Error>>, Option<Box<Claim>>);

/// How long a transaction that writes may do nothing: a process that is gone without a word holds its tenant no
/// longer.
const IDLE_MAX: Duration = Duration::from_secs(60);

/// A connection. It runs on a small runtime of its own, driven while somebody waits: a statement costs no change
/// of threads.
pub(crate) struct Line {
    client: Arc<Client>,
    /// Statements that nobody waits for, sent with the next one that somebody does.
    pending: Vec<Pending>,
    /// Whether some of them change rows: such a statement may fail, be it for a value that an index cannot hold.
    changes: bool,
    /// Rows of the log, sent when it is read or committed.
    log: Vec<LogRow>,
    /// One for each open savepoint.
    marks: Vec<Mark>,
    driver: Driver,
    /// By schema and text: a plan that was made in one schema would be made anew in another.
    statements: HashMap<Arc<str>, HashMap<Box<str>, Statement>>,
    kept: usize,
    /// Those of a transaction with temporary tables, in which a name may lead elsewhere; none in every other.
    apart: Option<HashMap<Box<str>, Statement>>,
    schema: Arc<str>,
    /// Why the open transaction can only be taken back.
    failed: Option<StoreError>,
    /// The server does not answer on this connection any more.
    away: bool,
}

/// The runtime of one connection.
struct Driver(Option<Runtime>);

impl Driver {
    fn new() -> Result<Driver, StoreError> {
        Ok(Driver(Some(Builder::new_current_thread().enable_io().enable_time().build()?)))
    }

    /// Drives `future`, whichever thread asks.
    fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        let runtime = self.0.as_ref().expect("there until dropped");
        waiting(|| runtime.block_on(future))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // Waiting for its end is not allowed where the last handle may be let go.
            runtime.shutdown_background();
        }
    }
}

impl Line {
    pub(super) fn connect(config: &Config, tls: &Tls) -> Result<Line, StoreError> {
        let driver = Driver::new()?;
        let client = driver.wait(async {
            let (client, connection) = config.connect(tls.clone()).await?;
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection to PostgreSQL ended");
                }
            });
            Ok(Arc::new(client))
        });
        let client = client.map_err(|error: tokio_postgres::Error| match fault(&error) {
            StoreError::Postgres(text) => StoreError::Away(text),
            other => other,
        })?;
        Ok(Line {
            client,
            pending: Vec::new(),
            changes: false,
            log: Vec::new(),
            marks: Vec::new(),
            driver,
            statements: HashMap::new(),
            kept: 0,
            apart: None,
            schema: SHARED.into(),
            failed: None,
            away: false,
        })
    }

    /// The schema that the last transaction worked in.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    /// Whether the server cannot be asked any more on this connection.
    pub(crate) fn is_away(&self) -> bool {
        self.away || self.client.is_closed()
    }

    fn told(&mut self, error: &tokio_postgres::Error, claim: Option<Box<Claim>>) -> StoreError {
        let fault = fault(error).of(claim);
        self.away |= matches!(fault, StoreError::Away(_));
        // What follows the first failure says only that there was one.
        self.failed.get_or_insert_with(|| fault.again());
        fault
    }

    /// Begins a transaction in a schema and answers what `ask` selects. One that writes is the only one of its
    /// schema in all processes.
    pub(crate) fn begin(&mut self, schema: &Arc<str>, writes: bool, ask: &str) -> Result<Option<String>, StoreError> {
        self.forget();
        self.schema = Arc::clone(schema);
        // To compile a page's query takes longer than to answer it.
        let path = format!("SET LOCAL search_path = {}, {SHARED}; SET LOCAL jit = off", quoted(schema));
        let sql = if writes {
            let (key, wait, idle) = (lock_key(schema), LOCK_WAIT.as_millis(), IDLE_MAX.as_millis());
            // Only at this level does each statement see what was committed before the lock was granted.
            format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {path}; SET LOCAL lock_timeout = {wait}; \
                 SET LOCAL idle_in_transaction_session_timeout = {idle}; SELECT pg_advisory_xact_lock({key}); {ask}"
            )
        } else {
            format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {path}; {ask}")
        };
        let begun = self.ask(&sql);
        if begun.is_err() {
            // Whatever of it was done is taken back, or the next one would find it.
            let _ = self.rollback();
        }
        begun
    }

    /// Ends the transaction. One in which a statement failed is taken back, which PostgreSQL would do in silence.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        if self.failed.is_none() {
            // What fails of it is kept, as of every statement.
            let _ = self.send_log().and_then(|()| self.flush());
        }
        if let Some(failed) = self.failed.take() {
            self.rollback()?;
            return Err(failed);
        }
        self.batch("COMMIT")
    }

    pub(crate) fn rollback(&mut self) -> Result<(), StoreError> {
        // What is to be taken back need not be sent first.
        self.forget();
        let ended = self.batch("ROLLBACK");
        // One that cannot even end its transaction is of no use to the next.
        self.away |= ended.is_err();
        self.failed = None;
        ended
    }

    /// Lets go of what was meant for a transaction that is no more.
    fn forget(&mut self) {
        self.pending.clear();
        self.changes = false;
        self.log.clear();
        self.marks.clear();
        self.apart = None;
        self.failed = None;
    }

    pub(crate) fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.marks.push(Mark { name, unsent: self.log.len(), sent: Vec::new() });
        self.batch_later(format!("SAVEPOINT {name}"))
    }

    /// Keeps everything since the newest savepoint; what failed of it is told here.
    pub(crate) fn release(&mut self) -> Result<(), StoreError> {
        let Some(Mark { name, .. }) = self.marks.last() else { return Ok(()) };
        let sql = format!("RELEASE {name}");
        if self.changes || self.failed.is_some() {
            self.batch(&sql)?
        } else {
            self.batch_later(sql)?
        }
        self.marks.pop();
        Ok(())
    }

    /// Takes back everything since the newest savepoint of this name, and forgets it and those after it.
    pub(crate) fn rollback_to(&mut self, name: &str) -> Result<(), StoreError> {
        let at = self.marks.iter().rposition(|mark| mark.name == name);
        let Some(Mark { unsent, sent, .. }) = at.and_then(|at| self.marks.drain(at..).next()) else { return Ok(()) };
        self.log.truncate(unsent);
        self.log.splice(0..0, sent);
        // The savepoint itself may be among what is pending; and what fails of it is taken back as well.
        let _ = self.flush();
        self.batch(&format!("ROLLBACK TO {name}; RELEASE {name}"))?;
        self.failed = None;
        Ok(())
    }

    /// Runs statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let client = Arc::clone(&self.client);
        self.waited(async { client.batch_execute(sql).await })
    }

    /// Adds a row to a table of the log. Only [`Line::send_log`] makes it visible to this transaction.
    pub(crate) fn append(&mut self, table: LogTable, row: Vec<Cell>) {
        self.log.push((table, row));
    }

    /// Sends the log's new rows: a few as they are, many by `COPY`.
    pub(crate) fn send_log(&mut self) -> Result<(), StoreError> {
        let mut rows = std::mem::take(&mut self.log);
        for mark in &mut self.marks {
            mark.sent.extend_from_slice(&rows[..mark.unsent]);
            mark.unsent = 0;
        }
        for table in LogTable::ALL {
            let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(of, _)| *of == table);
            rows = others;
            let Some((copy, types)) = table.copy().filter(|_| own.len() >= COPY_MIN) else {
                own.into_iter().try_for_each(|(_, row)| self.execute_later(table.insert(), row, None))?;
                continue;
            };
            let rows: Vec<Vec<Cell>> = own.into_iter().map(|(_, row)| row).collect();
            self.copy(copy, types, &rows)?;
        }
        Ok(())
    }

    /// Fills a table by `COPY … FROM STDIN BINARY` with rows of these types.
    pub(crate) fn copy(&mut self, copy: &str, types: &[Type], rows: &[Vec<Cell>]) -> Result<(), StoreError> {
        let client = Arc::clone(&self.client);
        let copied = self.waited(async {
            let sink = client.copy_in(copy).await?;
            let writer = BinaryCopyInWriter::new(sink, types);
            futures::pin_mut!(writer);
            for row in rows {
                writer.as_mut().write_raw(row.iter().map(Bound)).await?;
            }
            writer.finish().await
        });
        copied.map(drop)
    }

    /// The types of the columns that a query answers.
    pub(crate) fn types(&mut self, sql: &str) -> Result<Vec<Type>, StoreError> {
        Ok(self.prepared(sql)?.columns().iter().map(|column| column.type_().clone()).collect())
    }

    /// Runs a statement whose answer does not matter with the next one that somebody waits for. Who was refused is told
    /// then, by the `claim`.
    pub(crate) fn execute_later(
        &mut self,
        sql: &str,
        cells: Vec<Cell>,
        claim: Option<Box<Claim>>,
    ) -> Result<(), StoreError> {
        let (client, statement) = (Arc::clone(&self.client), self.prepared(sql)?);
        self.changes = true;
        let statement = async move {
            let stream = client.query_raw(&statement, cells.iter().map(Bound)).await?;
            stream.map(|row| row.map(drop)).try_collect().await
        };
        self.later((Box::pin(statement), claim))
    }

    /// Runs statements without parameters with the next one that somebody waits for.
    fn batch_later(&mut self, sql: String) -> Result<(), StoreError> {
        let client = Arc::clone(&self.client);
        self.later((Box::pin(async move { client.batch_execute(&sql).await }), None))
    }

    fn later(&mut self, statement: Pending) -> Result<(), StoreError> {
        self.pending.push(statement);
        if self.pending.len() >= PENDING_MAX { self.flush() } else { Ok(()) }
    }

    /// Sends what is pending.
    pub(crate) fn flush(&mut self) -> Result<(), StoreError> {
        if self.pending.is_empty() { Ok(()) } else { self.waited(async { Ok(()) }) }
    }

    /// Sends what is pending and then what `future` asks, all at once; the first failure of them.
    fn waited<T>(&mut self, future: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, StoreError> {
        let (pending, claims): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pending).into_iter().unzip();
        self.changes = false;
        let (before, answer) = self.driver.wait(join(join_all(pending), future));
        for (done, claim) in before.into_iter().zip(claims) {
            done.map_err(|error| self.told(&error, claim))?;
        }
        answer.map_err(|error| self.told(&error, None))
    }

    /// The first column of the last row that a few statements without parameters answer.
    pub(crate) fn ask(&mut self, sql: &str) -> Result<Option<String>, StoreError> {
        let client = Arc::clone(&self.client);
        let rows = self.waited(async { client.simple_query(sql).await })?;
        let last = rows.iter().rev().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).map(str::to_owned)),
            _ => None,
        });
        Ok(last.flatten())
    }

    /// Runs a statement and hands each row's cells to `each`; also the count of rows it changed.
    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        cells: &[Cell],
        mut each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<(Vec<T>, u64), StoreError> {
        let statement = self.prepared(sql)?;
        let client = Arc::clone(&self.client);
        let (rows, changed) = self.waited(async {
            let stream = client.query_raw(&statement, cells.iter().map(Bound)).await?;
            futures::pin_mut!(stream);
            let mut rows = Vec::new();
            while let Some(row) = stream.next().await {
                rows.push(row?);
            }
            Ok((rows, stream.rows_affected().unwrap_or_default()))
        })?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = (0..row.len()).map(|index| row.try_get(index)).collect::<Result<_, _>>();
            found.push(each(cells.map_err(|error| fault(&error))?)?);
        }
        Ok((found, changed))
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        let known = self.apart.as_ref().or_else(|| self.statements.get(&self.schema));
        if let Some(statement) = known.and_then(|kept| kept.get(sql)) {
            return Ok(statement.clone());
        }
        let client = Arc::clone(&self.client);
        let statement = self.waited(async { client.prepare(sql).await })?;
        if let Some(apart) = &mut self.apart {
            apart.insert(sql.into(), statement.clone());
            return Ok(statement);
        }
        if self.kept >= STATEMENTS_MAX {
            self.statements.clear();
            self.kept = 0;
        }
        self.kept += 1;
        let kept = self.statements.entry(Arc::clone(&self.schema)).or_default();
        kept.insert(sql.into(), statement.clone());
        Ok(statement)
    }
}
