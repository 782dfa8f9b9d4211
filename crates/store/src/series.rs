//! Counters of naming series. The row is part of the transaction, so a failed action leaves no gap.

use crate::cells::{Stored, text};
use crate::{StoreError, Tx};

impl Tx {
    /// The last number of the series `key`; none before the first.
    pub async fn last_number(&mut self, key: &str) -> Result<Option<i64>, StoreError> {
        let last = |mut row: Vec<Stored>| Ok(row.pop().and_then(Stored::int));
        Ok(self.query("SELECT last FROM _series WHERE key = $1", &[text(key)], last)?.pop().flatten())
    }

    /// The next number of the series `key`, from 1.
    pub async fn next_number(&mut self, key: &str) -> Result<i64, StoreError> {
        // One row each, by its key: an upsert would open a savepoint of its own inside the transaction.
        let next = |cells: Vec<Stored>| Ok(cells.into_iter().next().and_then(Stored::int));
        let sql = "UPDATE _series SET last = last + 1 WHERE key = $1 RETURNING last";
        if let Some(number) = self.query(sql, &[text(key)], next)?.first() {
            return Ok(number.unwrap_or(1));
        }
        self.execute_later("INSERT INTO _series (key, last) VALUES ($1, 1)", vec![text(key)])?;
        Ok(1)
    }
}
