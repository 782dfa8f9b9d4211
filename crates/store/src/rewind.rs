//! What taking a database back to an earlier moment needs, below the records: the log cut off, rows removed.

use nexus_model::{Record, Timestamp};

use crate::cells::{Stored, int};
use crate::{StoreError, Tx};

impl Tx {
    /// The number of the last event before the first one that is later than `at`.
    pub async fn last_event_at(&mut self, at: Timestamp) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce((SELECT min(seq) - 1 FROM _event WHERE at > $1), (SELECT max(seq) FROM _event), 0)";
        let found = self.query_log(sql, &[int(at.as_microsecond())], |row| Ok(row.into_iter().next()))?;
        Ok(found.into_iter().flatten().next().and_then(Stored::int).unwrap_or_default())
    }

    /// Removes a record with its lists and child rows, as if it had never been.
    pub async fn remove(&mut self, record: &Record) -> Result<(), StoreError> {
        self.delete_row(record)
    }

    /// Cuts off the log after an event, and forgets the runs, steps and replies that are later than `at`.
    pub async fn cut_log(&mut self, last: i64, at: Timestamp) -> Result<(), StoreError> {
        let at = [int(at.as_microsecond())];
        let later = "(SELECT id FROM _run WHERE at > $1)";
        self.execute("DELETE FROM _event WHERE seq > $1", &[int(last)])?;
        self.execute("UPDATE _cursor SET seq = $1 WHERE seq > $1", &[int(last)])?;
        self.execute(&format!("DELETE FROM _step WHERE run IN {later}"), &at)?;
        self.execute(&format!("UPDATE _run SET undone_by = NULL WHERE undone_by IN {later}"), &at)?;
        self.execute("DELETE FROM _run WHERE at > $1", &at)?;
        self.execute("DELETE FROM _idempotency WHERE at > $1", &at).map(drop)
    }
}
