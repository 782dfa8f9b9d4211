//! What became of a record, or of all records of an object, between two moments.
//!
//! What is told is the difference between the two states, not each step on the way: what was changed and changed back
//! is not there. As in the history, it is told of records that the caller may read now, and of the deleted ones restore.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::{Object, Problem, Record, Uuid};
use serde::Serialize;

use super::words::Told;
use crate::ctx::Ctx;
use crate::ctx::read::missing;
use crate::kernel::Kernel;
use crate::past::{Scope, Since, moment};
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Records that are told one by one; beyond, they are counted.
const SHOWN_MAX: usize = 500;

/// The two moments.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangesParams {
    /// Such as `2026-01-31T10:00:00Z`; the beginning when left out.
    pub from: Option<String>,
    /// Now when left out.
    pub to: Option<String>,
}

/// What became of a record between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It was not there, or was deleted, at the first and is there at the second.
    Created,
    Changed,
    /// It was there at the first and is deleted at the second.
    Deleted,
    /// Nothing of it differs that the caller may see.
    Same,
}

/// A record's difference between two moments.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    pub id: Uuid,
    pub title: String,
    pub fate: Fate,
    pub changes: Vec<Told>,
}

/// The differences of an object's records between two moments.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Differences {
    pub created: u64,
    pub changed: u64,
    pub deleted: u64,
    /// At most 500, in the order of their ids.
    pub data: Vec<Difference>,
}

impl Kernel {
    /// What became of one record between two moments.
    pub async fn difference(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        id: Uuid,
        params: ChangesParams,
    ) -> Result<Difference> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let live = ctx.record_for(&object, id, READ, false).await?.is_some();
                if !live && ctx.record_for(&object, id, READ, true).await?.is_none() {
                    return Err(missing(&object, id));
                }
                let (from, to) = ctx.numbers(&params).await?;
                let of_record = Scope::record(&object, id);
                let since = ctx.changed_since(from, &of_record).await?.remove(&object.name).unwrap_or_default();
                let found = ctx.differences(&object, since, from, to).await?.pop();
                match found {
                    Some(found) => Ok(found),
                    None => {
                        let title = ctx.stored(&object, &[id]).await?.first().map(Record::title).unwrap_or_default();
                        Ok(Difference { id, title, fate: Fate::Same, changes: Vec::new() })
                    }
                }
            })
        })
        .await
    }

    /// What became of an object's records between two moments.
    pub async fn all_differences(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        params: ChangesParams,
    ) -> Result<Differences> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                if !ctx.policy().may(&object, READ) {
                    return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
                }
                let (from, to) = ctx.numbers(&params).await?;
                let scope = Scope::object(&object);
                let mut since = ctx.changed_since(from, &scope).await?.remove(&object.name).unwrap_or_default();
                let seen = ctx.visible_ids(since.keys().map(|id| (object.name.as_str().to_owned(), *id))).await?;
                since.retain(|id, _| seen.contains(id));
                let mut told = Differences::default();
                for difference in ctx.differences(&object, since, from, to).await? {
                    match difference.fate {
                        Fate::Created => told.created += 1,
                        Fate::Changed => told.changed += 1,
                        Fate::Deleted => told.deleted += 1,
                        Fate::Same => continue,
                    }
                    if told.data.len() < SHOWN_MAX {
                        told.data.push(difference);
                    }
                }
                Ok(told)
            })
        })
        .await
    }
}

impl Ctx {
    /// The numbers of the last events at the two moments.
    async fn numbers(&mut self, params: &ChangesParams) -> Result<(i64, i64)> {
        let (from, to) = (moment("from", params.from.as_ref())?, moment("to", params.to.as_ref())?);
        let from = match from {
            Some(at) => self.event_at("from", at).await?,
            None => self.tx.compacted().await?,
        };
        let to = match to {
            Some(at) => self.event_at("to", at).await?,
            None => i64::MAX,
        };
        if from > to {
            let message = "is earlier than `from`; give the earlier moment as `from`";
            return Err(Problem { kind: crate::Kind::Malformed, ..Problem::field("to", "moment", message) });
        }
        Ok((from, to))
    }

    /// The differences of records with these events after the number `from`.
    async fn differences(&mut self, object: &Arc<Object>, since: Since, from: i64, to: i64) -> Result<Vec<Difference>> {
        let mut ids: Vec<Uuid> = since.keys().copied().collect();
        ids.sort_unstable();
        let by_id = |records: Vec<Record>| records.into_iter().map(|record| (record.id(), record)).collect();
        let before: HashMap<Uuid, Record> = by_id(self.as_at(object, &since, from).await?);
        let after: HashMap<Uuid, Record> = by_id(self.as_at(object, &since, to).await?);
        let all: Vec<&Record> = before.values().chain(after.values()).collect();
        let titles = self.titles(&all).await?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let (was, is) = (before.get(&id), after.get(&id));
            let there = |record: Option<&Record>| record.is_some_and(|record| record.deleted_at().is_none());
            let (was_there, is_there) = (there(was), there(is));
            let changes = self.told_difference((was, is), &titles);
            let fate = match (was_there, is_there) {
                (false, true) => Fate::Created,
                (true, false) => Fate::Deleted,
                (true, true) if !changes.is_empty() => Fate::Changed,
                _ => Fate::Same,
            };
            let title = is.or(was).map(Record::title).unwrap_or_default();
            found.push(Difference { id, title, fate, changes });
        }
        Ok(found)
    }
}
