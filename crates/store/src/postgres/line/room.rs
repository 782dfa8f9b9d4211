//! Temporary tables in a transaction that reads.

use std::collections::HashMap;

use super::Line;
use crate::StoreError;
use crate::postgres::{SHARED, quoted};

impl Line {
    /// Begins the transaction, one that reads, anew as one that may make temporary tables and looks into them first.
    pub(crate) fn make_room(&mut self) -> Result<(), StoreError> {
        let path = format!("SET LOCAL search_path = pg_temp, {}, {SHARED}; SET LOCAL jit = off", quoted(&self.schema));
        self.look_anew();
        self.batch(&format!("ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE; {path}"))
    }

    /// Has statements prepared anew, whose names lead elsewhere now: PostgreSQL goes on where they led.
    pub(crate) fn look_anew(&mut self) {
        self.apart = Some(HashMap::new());
    }
}
