//! One connection, waited for by the thread that uses it.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use sea_query::Value as Cell;
use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage, Statement};

use super::bind::Bound;
use super::{SHARED, fault, quoted};
use crate::StoreError;
use crate::cells::Stored;

/// Prepared statements kept for one connection, over all the tenants that it serves.
const STATEMENTS_MAX: usize = 1_024;
/// How long a change waits for the same tenant's writer in another process.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// A connection. It runs on a small runtime of its own, driven while somebody waits: a statement costs no change
/// of threads.
pub(crate) struct Line {
    client: Client,
    /// Taken when the connection is dropped.
    runtime: Option<Runtime>,
    /// By schema and text: a plan that was made in one schema would be made anew in another.
    statements: HashMap<Arc<str>, HashMap<Box<str>, Statement>>,
    kept: usize,
    schema: Arc<str>,
    /// Why the open transaction can only be taken back.
    failed: Option<String>,
    /// The server does not answer on this connection any more.
    away: bool,
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting for its end is not allowed where the last handle may be let go.
            runtime.shutdown_background();
        }
    }
}

impl Line {
    pub(super) fn connect(config: &Config) -> Result<Line, StoreError> {
        let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
        let client = waited(&runtime, async {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection to PostgreSQL ended");
                }
            });
            Ok(client)
        });
        let client = client.map_err(|error: tokio_postgres::Error| match fault(&error) {
            StoreError::Postgres(text) => StoreError::Away(text),
            other => other,
        })?;
        let (statements, schema) = (HashMap::new(), Arc::from(SHARED));
        Ok(Line { client, runtime: Some(runtime), statements, kept: 0, schema, failed: None, away: false })
    }

    /// The schema that the last transaction worked in.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    pub(crate) fn is_away(&self) -> bool {
        self.away || self.client.is_closed()
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("there until dropped")
    }

    fn told(&mut self, error: &tokio_postgres::Error) -> StoreError {
        let fault = fault(error);
        self.away |= matches!(fault, StoreError::Away(_));
        // What follows the first failure says only that there was one.
        self.failed.get_or_insert_with(|| fault.to_string());
        fault
    }

    /// Begins a transaction in a schema. One that writes is the only one of its schema in all processes.
    pub(crate) fn begin(&mut self, schema: &Arc<str>, writes: bool) -> Result<(), StoreError> {
        self.failed = None;
        self.schema = Arc::clone(schema);
        let path = format!("SET LOCAL search_path = {}, {SHARED}", quoted(schema));
        let sql = if writes {
            let (key, wait) = (lock_key(schema), LOCK_WAIT.as_millis());
            format!("BEGIN; {path}; SET LOCAL lock_timeout = {wait}; SELECT pg_advisory_xact_lock({key})")
        } else {
            format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {path}")
        };
        self.batch(&sql)
    }

    /// Ends the transaction. One in which a statement failed is taken back, which PostgreSQL would do in silence.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        if let Some(failed) = self.failed.take() {
            self.rollback()?;
            return Err(StoreError::Postgres(format!("nothing was kept, because a statement had failed: {failed}")));
        }
        self.batch("COMMIT")
    }

    pub(crate) fn rollback(&mut self) -> Result<(), StoreError> {
        self.batch("ROLLBACK")?;
        self.failed = None;
        Ok(())
    }

    /// Takes back everything since a savepoint.
    pub(crate) fn rollback_to(&mut self, name: &str) -> Result<(), StoreError> {
        self.batch(&format!("ROLLBACK TO {name}; RELEASE {name}"))?;
        self.failed = None;
        Ok(())
    }

    /// Runs statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let done = waited(self.runtime(), self.client.batch_execute(sql));
        done.map_err(|error| self.told(&error))
    }

    /// The first column of the last row that a few statements without parameters answer.
    pub(crate) fn ask(&mut self, sql: &str) -> Result<Option<String>, StoreError> {
        let rows = waited(self.runtime(), self.client.simple_query(sql)).map_err(|error| self.told(&error))?;
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
        let rows = waited(self.runtime(), async {
            let stream = self.client.query_raw(&statement, cells.iter().map(Bound)).await?;
            futures::pin_mut!(stream);
            let mut rows = Vec::new();
            while let Some(row) = stream.next().await {
                rows.push(row?);
            }
            Ok((rows, stream.rows_affected().unwrap_or_default()))
        });
        let (rows, changed) = rows.map_err(|error| self.told(&error))?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = (0..row.len()).map(|index| row.try_get(index)).collect::<Result<_, _>>();
            found.push(each(cells.map_err(|error| fault(&error))?)?);
        }
        Ok((found, changed))
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(&self.schema).and_then(|kept| kept.get(sql)) {
            return Ok(statement.clone());
        }
        let statement = waited(self.runtime(), self.client.prepare(sql)).map_err(|error| self.told(&error))?;
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

/// The number that stands for a schema among the server's advisory locks.
pub(super) fn lock_key(schema: &str) -> i64 {
    let hash = blake3::hash(schema.as_bytes());
    i64::from_le_bytes(std::array::from_fn(|at| hash.as_bytes()[at]))
}

/// Drives `future` on the connection's runtime, whichever thread asks.
fn waited<T>(runtime: &Runtime, future: impl Future<Output = T>) -> T {
    match Handle::try_current() {
        // A thread that serves requests hands its others over meanwhile.
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => {
            tokio::task::block_in_place(|| runtime.block_on(future))
        }
        _ => runtime.block_on(future),
    }
}
