//! Counters of naming series. The row is part of the transaction, so a failed action leaves no gap.

use crate::cells::{Stored, text};
use crate::{StoreError, Tx};

impl Tx {
    /// The next number of the series `key`, from 1.
    pub async fn next_number(&mut self, key: &str) -> Result<i64, StoreError> {
        let sql = "INSERT INTO _series (key, last) VALUES ($1, 1) \
                   ON CONFLICT (key) DO UPDATE SET last = _series.last + 1 RETURNING last";
        let numbers = self.query(sql, &[text(key)], |cells| Ok(cells.into_iter().next().and_then(Stored::int)))?;
        Ok(numbers.first().copied().flatten().unwrap_or(1))
    }
}
