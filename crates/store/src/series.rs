//! Counters of naming series. The row is part of the transaction, so a failed action leaves no gap.

use crate::cells::{Stored, text};
use crate::{StoreError, Tx};

impl Tx {
    /// The next number of the series `key`, from 1.
    pub async fn next_number(&mut self, key: &str) -> Result<i64, StoreError> {
        // One row each, by its key: an upsert would open a savepoint of its own inside the transaction.
        if self.execute("UPDATE _series SET last = last + 1 WHERE key = $1", &[text(key)])? == 0 {
            self.execute("INSERT INTO _series (key, last) VALUES ($1, 1)", &[text(key)])?;
        }
        let sql = "SELECT last FROM _series WHERE key = $1";
        let numbers = self.query(sql, &[text(key)], |cells| Ok(cells.into_iter().next().and_then(Stored::int)))?;
        Ok(numbers.first().copied().flatten().unwrap_or(1))
    }
}
