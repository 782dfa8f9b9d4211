//! What the control tables say of a tenant's standing: its plan, whether it may be worked in, and its end.

use std::collections::HashMap;

use nexus_model::Timestamp;

use crate::cells::{Stored, int, text};
use crate::control::{TENANTS, optional_moment, read_tenant};
use crate::events::optional_text;
use crate::{Control, StoreError, TenantEntry};

impl Control {
    /// Notes why nobody may work in a tenant, or that everybody may again; false where there is no such tenant.
    pub fn suspend_tenant(&self, slug: &str, reason: Option<&str>) -> Result<bool, StoreError> {
        let cells = [optional_text(reason), text(slug)];
        Ok(self.change("UPDATE tenant SET suspended = $1 WHERE slug = $2", &cells)? == 1)
    }

    /// Notes when a tenant's data are to be removed, or that they stay; false where there is no such tenant.
    pub fn delete_tenant(&self, slug: &str, purge_at: Option<Timestamp>) -> Result<bool, StoreError> {
        let cells = [optional_moment(purge_at), text(slug)];
        Ok(self.change("UPDATE tenant SET purge_at = $1 WHERE slug = $2", &cells)? == 1)
    }

    /// Notes a tenant's plan; false where there is no such tenant.
    pub fn plan_tenant(&self, slug: &str, plan: &str, since: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE tenant SET plan = $1, plan_since = $2 WHERE slug = $3";
        Ok(self.change(sql, &[text(plan), int(since.as_microsecond()), text(slug)])? == 1)
    }

    /// Forgets a tenant and ends its sessions.
    pub fn remove_tenant(&self, slug: &str) -> Result<(), StoreError> {
        self.work(|link| {
            link.execute("DELETE FROM session WHERE tenant = $1", &[text(slug)])?;
            link.execute("DELETE FROM tenant WHERE slug = $1", &[text(slug)]).map(drop)
        })
    }

    /// The tenants of these short names, by them.
    pub fn tenants_of(&self, slugs: &[&str]) -> Result<HashMap<String, TenantEntry>, StoreError> {
        let marks: Vec<String> = (1..=slugs.len()).map(|mark| format!("${mark}")).collect();
        let cells: Vec<_> = slugs.iter().map(|slug| text(*slug)).collect();
        let found = self.look(&format!("{TENANTS} WHERE slug IN ({})", marks.join(", ")), &cells, read_tenant)?;
        Ok(found.into_iter().map(|entry| (entry.slug.clone(), entry)).collect())
    }

    /// At most `limit` of the tenants whose data are to be removed by now.
    pub fn due_tenants(&self, now: Timestamp, limit: usize) -> Result<Vec<TenantEntry>, StoreError> {
        let sql = format!("{TENANTS} WHERE purge_at <= $1 ORDER BY purge_at, slug LIMIT {limit}");
        self.look(&sql, &[int(now.as_microsecond())], read_tenant)
    }

    /// How many tenants are at a place; the place of the control tables, when it has no name.
    pub fn count_at(&self, place: Option<&str>) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM tenant WHERE coalesce(place, '') = $1";
        let count = |mut row: Vec<Stored>| Ok(row.pop().and_then(Stored::int).unwrap_or_default());
        let found = self.look(sql, &[text(place.unwrap_or_default())], count)?;
        Ok(found.first().map_or(0, |count| count.unsigned_abs()))
    }
}
