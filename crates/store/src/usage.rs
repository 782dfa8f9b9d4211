//! How much a tenant's database holds.

use nexus_model::object::system;

use crate::cells::Stored;
use crate::{Dialect, StoreError, Tx};

/// What the series begins with that counts records while a plan limits them.
const RECORDS: &str = "_records";

impl Tx {
    /// Bytes that the database takes, with indexes and log. What was freed inside counts until it is given back.
    pub async fn size_bytes(&mut self) -> Result<u64, StoreError> {
        let sql = match self.dialect() {
            Dialect::Sqlite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            Dialect::Postgres => {
                "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class \
                 WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
            }
        };
        self.figure(sql)
    }

    /// The records that are not deleted, rows of other records aside, counted one by one.
    pub async fn count_records(&mut self) -> Result<u64, StoreError> {
        let schema = std::sync::Arc::clone(&self.schema);
        let mut count = 0;
        for object in schema.objects().filter(|object| object.child_of.is_none()) {
            let (table, deleted) = (object.table(), system::DELETED_AT);
            count += self.figure(&format!("SELECT count(*) FROM \"{table}\" WHERE \"{deleted}\" IS NULL"))?;
        }
        Ok(count)
    }

    /// How many records there are once `more` of them, which this transaction has written, count too. The number is
    /// kept beside the data for one period of time; at its beginning they are counted.
    pub async fn tally_records(&mut self, more: i64, period: i64) -> Result<u64, StoreError> {
        let key = format!("{RECORDS} {period}");
        if let Some(kept) = self.last_number(&key).await? {
            self.set_number(&key, kept + more);
            return Ok(u64::try_from(kept + more).unwrap_or_default());
        }
        let count = self.count_records().await?;
        // Of earlier periods nothing is known any more: since then changes were made that nobody counted.
        self.forget_numbers(RECORDS)?;
        self.set_number(&key, i64::try_from(count).unwrap_or(i64::MAX));
        Ok(count)
    }

    fn figure(&self, sql: &str) -> Result<u64, StoreError> {
        let found = self.query(sql, &[], |mut row| Ok(row.pop().and_then(Stored::int).unwrap_or_default()))?;
        Ok(found.first().map_or(0, |figure| u64::try_from(*figure).unwrap_or_default()))
    }
}
