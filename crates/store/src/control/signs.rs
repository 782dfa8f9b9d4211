//! The processes that serve the same data, and their signs of life.

use nexus_model::Uuid;

use super::Control;
use crate::StoreError;
use crate::cells::{Stored, int, uuid};

pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS process (id {uuid} PRIMARY KEY, beat BIGINT NOT NULL);";

impl Control {
    /// Counts a process's sign of life.
    pub fn give_sign(&self, process: Uuid) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO process (id, beat) VALUES ($1, 0) ON CONFLICT (id) DO UPDATE SET beat = process.beat + 1";
        self.change(sql, &[uuid(process)]).map(drop)
    }

    /// The processes and how often each gave a sign.
    pub fn signs(&self) -> Result<Vec<(Uuid, i64)>, StoreError> {
        self.look("SELECT id, beat FROM process", &[], |row| {
            let mut row = row.into_iter();
            let mut next = || row.next().unwrap_or(Stored::Null);
            Ok((next().uuid().unwrap_or_default(), next().int().unwrap_or_default()))
        })
    }

    /// Strikes a process out, one that ends or, where it gave no sign since `beat`, has died; false when it was not
    /// there any more, or lives.
    pub fn strike_out(&self, process: Uuid, beat: Option<i64>) -> Result<bool, StoreError> {
        let struck = match beat {
            Some(beat) => {
                self.change("DELETE FROM process WHERE id = $1 AND beat = $2", &[uuid(process), int(beat)])?
            }
            None => self.change("DELETE FROM process WHERE id = $1", &[uuid(process)])?,
        };
        Ok(struck == 1)
    }
}
