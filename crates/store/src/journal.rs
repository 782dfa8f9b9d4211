//! Runs: what one request did, step by step, so that it can be answered again or undone as a whole.

use nexus_model::{Timestamp, Uuid};
use serde_json::Value as Json;
use tokio_postgres::types::Type;

use crate::cells::{Stored, int, null, text, uuid};
use crate::events::optional_text;
use crate::{StoreError, Tx};

/// One request's work: an action, a batch, an import, an undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub id: Uuid,
    pub at: Timestamp,
    pub principal: Uuid,
    /// The action that was asked for.
    pub action: String,
    /// The run that took this one back.
    pub undone_by: Option<Uuid>,
}

/// One action inside a run, in the order they began.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRow {
    pub step: i64,
    /// The step whose action asked for this one.
    pub parent: Option<i64>,
    pub action: String,
    pub record: Option<Uuid>,
    /// The action that takes it back, when reverting its events would not do.
    pub inverse: Option<String>,
}

/// The tables to which every change adds rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogTable {
    Run,
    Step,
    Event,
}

impl LogTable {
    pub(crate) const ALL: [LogTable; 3] = [LogTable::Run, LogTable::Step, LogTable::Event];

    pub(crate) fn insert(self) -> &'static str {
        match self {
            // A run may take several transactions.
            LogTable::Run => {
                "INSERT INTO _run (id, at, principal, action) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
            }
            LogTable::Event => {
                "INSERT INTO _event (seq, at, run, step, action, verb, object, record, version, principal, changes, hash) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            }
            LogTable::Step => {
                "INSERT INTO _step (run, step, parent, action, record, inverse) VALUES ($1, $2, $3, $4, $5, $6)"
            }
        }
    }

    /// The same for many rows on PostgreSQL, with the types of the columns. Rows that may be there already are not
    /// copied.
    pub(crate) fn copy(self) -> Option<(&'static str, &'static [Type])> {
        match self {
            LogTable::Run => None,
            LogTable::Event => Some((
                "COPY _event (seq, at, run, step, action, verb, object, record, version, principal, changes, hash) \
                 FROM STDIN BINARY",
                &[
                    Type::INT8,
                    Type::TIMESTAMPTZ,
                    Type::UUID,
                    Type::INT8,
                    Type::TEXT,
                    Type::TEXT,
                    Type::TEXT,
                    Type::UUID,
                    Type::INT8,
                    Type::UUID,
                    Type::JSON,
                    Type::BYTEA,
                ],
            )),
            LogTable::Step => Some((
                "COPY _step (run, step, parent, action, record, inverse) FROM STDIN BINARY",
                &[Type::UUID, Type::INT8, Type::INT8, Type::TEXT, Type::UUID, Type::TEXT],
            )),
        }
    }
}

const RUNS: &str = "SELECT id, at, principal, action, undone_by FROM _run";

fn read_run(cells: Vec<Stored>) -> Result<Run, StoreError> {
    let mut cells = cells.into_iter();
    let mut next = || cells.next().unwrap_or(Stored::Null);
    Ok(Run {
        id: next().uuid().unwrap_or_default(),
        at: next().int().and_then(|at| Timestamp::from_microsecond(at).ok()).unwrap_or_default(),
        principal: next().uuid().unwrap_or_default(),
        action: next().text().unwrap_or_default(),
        undone_by: next().uuid(),
    })
}

impl Tx {
    /// Notes a run, unless it is known already (a run may take several transactions).
    pub async fn add_run(&mut self, run: &Run) -> Result<(), StoreError> {
        let cells = vec![uuid(run.id), int(run.at.as_microsecond()), uuid(run.principal), text(run.action.as_str())];
        self.log(LogTable::Run, cells);
        Ok(())
    }

    pub async fn run(&mut self, id: Uuid) -> Result<Option<Run>, StoreError> {
        Ok(self.query_log(&format!("{RUNS} WHERE id = $1"), &[uuid(id)], read_run)?.pop())
    }

    /// Runs of everybody, newest first, that began before the run `before`.
    pub async fn runs(&mut self, before: Uuid, limit: usize) -> Result<Vec<Run>, StoreError> {
        let cells = [uuid(before), int(i64::try_from(limit).unwrap_or(i64::MAX))];
        self.query_log(&format!("{RUNS} WHERE id < $1 ORDER BY id DESC LIMIT $2"), &cells, read_run)
    }

    pub async fn mark_undone(&mut self, run: Uuid, by: Option<Uuid>) -> Result<(), StoreError> {
        let by = by.map_or_else(null, uuid);
        self.execute_later("UPDATE _run SET undone_by = $1 WHERE id = $2", vec![by, uuid(run)])
    }

    pub async fn add_step(&mut self, run: Uuid, step: &StepRow) -> Result<(), StoreError> {
        let cells = vec![
            uuid(run),
            int(step.step),
            step.parent.map_or_else(null, int),
            text(step.action.as_str()),
            step.record.map_or_else(null, uuid),
            optional_text(step.inverse.as_deref()),
        ];
        self.log(LogTable::Step, cells);
        Ok(())
    }

    /// The steps of a run below `before`, newest first, at most `limit`.
    pub async fn steps(&mut self, run: Uuid, before: i64, limit: usize) -> Result<Vec<StepRow>, StoreError> {
        let limit = int(i64::try_from(limit).unwrap_or(i64::MAX));
        let sql = "SELECT step, parent, action, record, inverse FROM _step WHERE run = $1 AND step < $2 \
                   ORDER BY step DESC LIMIT $3";
        self.query_log(sql, &[uuid(run), int(before), limit], |cells| {
            let mut cells = cells.into_iter();
            let mut next = || cells.next().unwrap_or(Stored::Null);
            Ok(StepRow {
                step: next().int().unwrap_or_default(),
                parent: next().int(),
                action: next().text().unwrap_or_default(),
                record: next().uuid(),
                inverse: next().text(),
            })
        })
    }

    /// The step number that a run goes on with.
    pub async fn next_step(&mut self, run: Uuid) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(step) + 1, 0) FROM _step WHERE run = $1";
        let next = self.query_log(sql, &[uuid(run)], |cells| Ok(cells.into_iter().next().and_then(Stored::int)))?;
        Ok(next.first().copied().flatten().unwrap_or_default())
    }

    /// The reply kept under an idempotency key, and a digest of the request that it answered.
    pub async fn kept_reply(&mut self, principal: Uuid, key: &str) -> Result<Option<(String, Json)>, StoreError> {
        let sql = "SELECT request, reply FROM _idempotency WHERE principal = $1 AND key = $2";
        let mut found = self.query(sql, &[uuid(principal), text(key)], |cells| {
            let mut cells = cells.into_iter();
            let request = cells.next().and_then(Stored::text).unwrap_or_default();
            let reply = cells.next().and_then(Stored::text).unwrap_or_default();
            Ok((request, serde_json::from_str(&reply).unwrap_or_default()))
        })?;
        Ok(found.pop())
    }

    /// Keeps a reply under an idempotency key; it commits with the change itself.
    pub async fn keep_reply(
        &mut self,
        principal: Uuid,
        key: &str,
        request: &str,
        reply: &Json,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let cells = vec![uuid(principal), text(key), text(request), text(reply.to_string()), int(at.as_microsecond())];
        // The only writer has just looked for it.
        let sql = "INSERT INTO _idempotency (principal, key, request, reply, at) VALUES ($1, $2, $3, $4, $5)";
        self.execute_later(sql, cells)
    }

    /// Forgets kept replies from before `until`.
    pub async fn forget_replies(&mut self, until: Timestamp) -> Result<usize, StoreError> {
        self.execute("DELETE FROM _idempotency WHERE at < $1", &[int(until.as_microsecond())])
    }
}
