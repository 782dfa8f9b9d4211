//! How far each consumer of the log has come, durably, and which process is at work for it.

use nexus_model::Uuid;

use crate::cells::{Stored, int, text, uuid};
use crate::{StoreError, Tx};

/// Where a consumer of the log stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The newest event that it has dealt with; 0 before the first.
    pub seq: i64,
    /// The process at work for it, of a consumer whose work is outside the transaction.
    pub holder: Option<Uuid>,
    /// Grows with each sign of the holder's life.
    pub beat: i64,
}

impl Tx {
    /// Where a consumer stands; at the beginning, when it was never heard of.
    pub async fn position(&mut self, consumer: &str) -> Result<Position, StoreError> {
        let sql = "SELECT seq, holder, beat FROM _cursor WHERE name = $1";
        let found = self.query(sql, &[text(consumer)], |row| {
            let mut row = row.into_iter();
            let mut next = || row.next().unwrap_or(Stored::Null);
            Ok(Position {
                seq: next().int().unwrap_or_default(),
                holder: next().uuid(),
                beat: next().int().unwrap_or_default(),
            })
        })?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// The number of the newest event; 0 before the first.
    pub async fn newest_event(&mut self) -> Result<i64, StoreError> {
        let found = self.query_log("SELECT coalesce(max(seq), 0) FROM _event", &[], |mut row| {
            Ok(row.pop().and_then(Stored::int).unwrap_or_default())
        })?;
        Ok(found.first().copied().unwrap_or_default())
    }

    /// Notes how far a consumer has come whose work is part of this transaction.
    pub async fn advance(&mut self, consumer: &str, seq: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO _cursor (name, seq, beat) VALUES ($1, $2, 0) \
                   ON CONFLICT (name) DO UPDATE SET seq = excluded.seq";
        self.execute_later(sql, vec![text(consumer), int(seq)])
    }

    /// Takes the right to work for a consumer outside the transaction, as it was `seen` to stand; false when another
    /// process was quicker.
    pub async fn claim(&mut self, consumer: &str, seen: &Position, holder: Uuid) -> Result<bool, StoreError> {
        if self.position(consumer).await? != *seen {
            return Ok(false);
        }
        let sql = "INSERT INTO _cursor (name, seq, holder, beat) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, beat = excluded.beat";
        self.execute(sql, &[text(consumer), int(seen.seq), uuid(holder), int(seen.beat + 1)]).map(|_| true)
    }

    /// Notes how far the holder has come, who goes on or, with `release`, lets go; false when another process has
    /// taken its place.
    pub async fn report(&mut self, consumer: &str, holder: Uuid, seq: i64, release: bool) -> Result<bool, StoreError> {
        let kept = if release { "NULL" } else { "holder" };
        let sql =
            format!("UPDATE _cursor SET seq = $1, beat = beat + 1, holder = {kept} WHERE name = $2 AND holder = $3");
        Ok(self.execute(&sql, &[int(seq), text(consumer), uuid(holder)])? == 1)
    }
}
