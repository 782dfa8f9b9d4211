//! The log made smaller: of what happened long ago, what the present still rests on is kept, the rest is not.
//!
//! The chain begins at an event whose own content is gone. Its hash stays, so that a file of the log that was exported
//! before ends with the very hash with which the chain that is left begins.

use crate::cells::{Stored, int};
use crate::{StoreError, Tx};

/// The consumer under which it is kept how far the log is compacted.
const COMPACTED: &str = "log.compacted";

/// What became of the old part of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Compacted {
    /// Events that are gone.
    pub removed: usize,
    /// Events that stay as the newest of their records, without what they changed.
    pub emptied: usize,
}

impl Tx {
    /// The number of the event up to which contents are no longer kept; 0 when all are.
    pub async fn compacted(&mut self) -> Result<i64, StoreError> {
        Ok(self.position(COMPACTED).await?.seq)
    }

    /// The consumer of the log that has come least far, and how far; those in `known` that were never heard of are at
    /// the beginning.
    pub async fn slowest_consumer(&mut self, known: &[&str]) -> Result<Option<(String, i64)>, StoreError> {
        let found = self.query("SELECT name, seq FROM _cursor", &[], |row| {
            let mut row = row.into_iter();
            let name = row.next().and_then(Stored::text).unwrap_or_default();
            Ok((name, row.next().and_then(Stored::int).unwrap_or_default()))
        })?;
        let new = known.iter().filter(|name| !found.iter().any(|(there, _)| there == *name));
        let new: Vec<_> = new.map(|name| ((*name).to_owned(), 0)).collect();
        let all = found.into_iter().filter(|(name, _)| name != COMPACTED).chain(new);
        Ok(all.min_by_key(|(_, seq)| *seq))
    }

    /// Lets go of what events up to `until` changed: the newest of each record stays, as what the record's version and
    /// times come from, and so does the last of all. Runs and steps without an event go with them.
    ///
    /// Nothing may ask for a moment before `until` any more, and nothing of it can be undone.
    pub async fn compact_log(&mut self, until: i64) -> Result<Compacted, StoreError> {
        let until_cell = [int(until)];
        let removed = self.execute(
            "DELETE FROM _event WHERE seq < $1 AND EXISTS (SELECT 1 FROM _event n \
             WHERE n.record = _event.record AND n.seq > _event.seq AND n.seq <= $1)",
            &until_cell,
        )?;
        let emptied = self.execute(
            "UPDATE _event SET changes = '[]' WHERE seq <= $1 AND CAST(changes AS TEXT) <> '[]'",
            &until_cell,
        )?;
        // A run may still go on in events after these.
        let over = "NOT EXISTS (SELECT 1 FROM _event e WHERE e.run = _run.id) \
                    AND _run.at <= (SELECT at FROM _event WHERE seq = $1)";
        self.execute(&format!("DELETE FROM _step WHERE run IN (SELECT id FROM _run WHERE {over})"), &until_cell)?;
        self.execute(&format!("DELETE FROM _run WHERE {over}"), &until_cell)?;
        self.advance(COMPACTED, until).await?;
        Ok(Compacted { removed, emptied })
    }
}
