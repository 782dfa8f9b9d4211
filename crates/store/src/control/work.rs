//! When there is work in a tenant next, so that nobody opens those in which there is none.

use nexus_model::Timestamp;

use super::Control;
use crate::StoreError;
use crate::cells::{Stored, int, text};

impl Control {
    /// Notes that there is work at a moment, if nothing earlier is noted. Nothing is written otherwise.
    pub fn note_work(&self, slug: &str, at: Timestamp) -> Result<(), StoreError> {
        // Where nothing is noted, somebody has yet to look.
        let sql = "UPDATE tenant SET work_at = $1 WHERE slug = $2 AND work_at > $1";
        self.change(sql, &[int(at.as_microsecond()), text(slug)]).map(drop)
    }

    /// Notes that there is no work before a moment; called by who alone could make any.
    pub fn put_work(&self, slug: &str, at: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE tenant SET work_at = $1 WHERE slug = $2 AND (work_at IS NULL OR work_at <> $1)";
        self.change(sql, &[int(at.as_microsecond()), text(slug)]).map(drop)
    }

    /// The tenants that may be worked in and in which there may be work by now.
    pub fn work_due(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT slug FROM tenant WHERE (work_at IS NULL OR work_at <= $1) \
                   AND suspended IS NULL AND purge_at IS NULL";
        let slug = |mut row: Vec<Stored>| Ok(row.pop().and_then(Stored::text).unwrap_or_default());
        self.look(sql, &[int(now.as_microsecond())], slug)
    }
}
