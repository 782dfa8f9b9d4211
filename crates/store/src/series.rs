//! Counters of naming series. What a group of changes takes of them is part of its commit, so a failed action leaves no
//! gap.

use std::sync::Arc;

use crate::cells::{Stored, int, text};
use crate::link::Link;
use crate::tx::Ends;
use crate::{StoreError, Tx};

impl Tx {
    /// The last number of the series `key`; none before the first.
    pub async fn last_number(&mut self, key: &str) -> Result<Option<i64>, StoreError> {
        if let Some((_, last, _)) = self.ends().series.iter().find(|(known, ..)| **known == *key) {
            return Ok(Some(*last));
        }
        // Rows of series change when the group commits, and nowhere else.
        let last = |mut row: Vec<Stored>| Ok(row.pop().and_then(Stored::int));
        let last = self.look("SELECT last FROM _series WHERE key = $1", &[text(key)], last)?.pop().flatten();
        if let Some(last) = last {
            self.ends().series.push((key.into(), last, false));
        }
        Ok(last)
    }

    /// The next number of the series `key`, from 1.
    pub async fn next_number(&mut self, key: &str) -> Result<i64, StoreError> {
        let next = self.last_number(key).await?.unwrap_or_default() + 1;
        self.set_number(key, next);
        Ok(next)
    }

    /// Makes `last` the last number of the series.
    pub(crate) fn set_number(&mut self, key: &str, last: i64) {
        let series = &mut self.ends().series;
        match series.iter_mut().find(|(known, ..)| **known == *key) {
            Some(known) => (known.1, known.2) = (last, true),
            None => series.push((key.into(), last, true)),
        }
    }

    /// Forgets the series whose keys begin with these letters, digits and underscores.
    pub(crate) fn forget_numbers(&mut self, prefix: &str) -> Result<(), StoreError> {
        self.ends().series.retain(|(key, ..)| !key.starts_with(prefix));
        self.execute_later("DELETE FROM _series WHERE substr(key, 1, $1) = $2", {
            vec![int(i64::try_from(prefix.len()).unwrap_or(i64::MAX)), text(prefix)]
        })
    }
}

impl Ends {
    /// Stores the numbers that were taken.
    pub(crate) fn keep_numbers(&self, link: &mut Link) -> Result<(), StoreError> {
        for (key, last, _) in self.series.iter().filter(|(.., taken)| *taken) {
            let sql =
                "INSERT INTO _series (key, last) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET last = excluded.last";
            link.execute_later(sql.into(), vec![text(Arc::clone(key).as_ref()), int(*last)], None)?;
        }
        Ok(())
    }
}
