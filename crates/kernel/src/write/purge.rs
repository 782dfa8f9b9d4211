//! What is removed for good: records that were deleted long ago, and those that their object's manifest says have expired.
//!
//! Of what is removed the log keeps that it was, by an event of its own, and what happened before. It is there at no
//! moment any more: what is read as of an earlier one does not have it, and neither has a tenant that is taken back.

use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::object::system;
use nexus_model::{Object, Record, Timestamp, Uuid, Value};
use nexus_store::{Cursor, Filter, Verb};

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::portions::{CHUNK, begin};
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The action that the log shows for what is removed.
pub(crate) const PURGE: &str = "core.purge";

/// Records that hang on another one and are removed with it at once.
const HANGING_MAX: usize = 10_000;

/// What became of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Purged {
    /// The run under which the log has it; it cannot be undone.
    pub run: Uuid,
    pub removed: u64,
    /// Records that something still leads to, be it in the bin itself, or that were posted: they stay.
    pub kept: u64,
}

/// What is looked through of an object.
#[derive(Clone)]
enum Of {
    /// Deleted before a moment.
    Bin(Timestamp),
    /// Its condition holds.
    Expired(Arc<Expr>),
}

impl Kernel {
    /// Removes for good what was deleted before a moment and nothing leads to. To be called again after some days, when
    /// what led to the rest may be gone.
    pub async fn purge_bin(&self, tenant: &Arc<Tenant>, before: Timestamp) -> Result<Purged> {
        self.purge(tenant, |_| Some(Of::Bin(before))).await
    }

    /// Removes for good what has expired and nothing leads to, of the objects whose manifests say when. What was posted
    /// never does.
    pub async fn purge_expired(&self, tenant: &Arc<Tenant>) -> Result<Purged> {
        self.purge(tenant, |object| object.expired.clone().map(|expired| Of::Expired(Arc::new(expired)))).await
    }

    async fn purge(&self, tenant: &Arc<Tenant>, of: impl Fn(&Object) -> Option<Of>) -> Result<Purged> {
        let system = Arc::new(Principal::system());
        let run = Uuid::now_v7();
        let mut purged = Purged { run, ..Purged::default() };
        let objects: Vec<Arc<Object>> = tenant.registry().schema.objects().cloned().collect();
        for object in objects.into_iter().filter(|object| object.child_of.is_none()) {
            let Some(of) = of(&object) else { continue };
            let mut after = None;
            loop {
                let (object, of) = (Arc::clone(&object), of.clone());
                (purged, after) = self
                    .write_in(tenant, &system, None, run, true, move |ctx| {
                        Box::pin(async move {
                            begin(ctx, PURGE).await?;
                            ctx.keeps_written = false;
                            ctx.purge_portion(&object, &of, after, purged).await
                        })
                    })
                    .await?;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(purged)
    }
}

impl Ctx {
    /// Removes what may be of the next portion; also where the one after it begins.
    async fn purge_portion(
        &mut self,
        object: &Arc<Object>,
        of: &Of,
        after: Option<Cursor>,
        mut purged: Purged,
    ) -> Result<(Purged, Option<Cursor>)> {
        let (order, deleted, filters) = match of {
            Of::Bin(_) => (system::DELETED_AT, true, Vec::new()),
            Of::Expired(condition) => (system::ID, false, vec![Filter::Where(Arc::clone(condition))]),
        };
        let sort = vec![(order.to_owned(), false)];
        let fields = [system::ID, system::DELETED_AT].iter().filter_map(|name| object.position(name)).collect();
        let ask = Ask { filters, sort: sort.clone(), after, limit: CHUNK, fields, deleted, ..Ask::default() };
        let page = self.ask(object, ask).await?;
        let due = |record: &&Record| match of {
            Of::Bin(before) => record.deleted_at().is_some_and(|at| at < *before),
            Of::Expired(_) => true,
        };
        let due: Vec<&Record> = page.iter().filter(due).collect();
        let next = due.last().filter(|_| due.len() == CHUNK).map(|last| Cursor::after(last, &sort));
        let ids: Vec<Uuid> = due.iter().map(|record| record.id()).collect();
        for record in self.stored(object, &ids).await? {
            let posted = record.deleted_at().is_none() && self.is_frozen(&record).await?;
            let hanging = self.hanging_on(&record).await?;
            if posted || self.is_led_to(&record).await? || self.is_any_led_to(&hanging).await? {
                purged.kept += 1;
                continue;
            }
            // More of it than one portion takes goes the next time, and the record with it.
            let whole = hanging.len() < HANGING_MAX;
            for record in hanging.iter().chain(Some(&record).filter(|_| whole)) {
                self.remove(record).await?;
                purged.removed += 1;
            }
            self.seen.forget_all();
            purged.kept += u64::from(!whole);
        }
        Ok((purged, next))
    }

    /// What hangs on a record, deleted or not; as many as are removed at once.
    async fn hanging_on(&mut self, record: &Record) -> Result<Vec<Record>> {
        let registry = Arc::clone(&self.registry);
        let mut all = Vec::new();
        for (holder, field) in registry.hanging_on(record.object()) {
            let filter = self.leading_to(holder, field, &record.object().name, record.id())?;
            for deleted in [false, true] {
                let filters = vec![filter.clone()];
                let ask = Ask { filters, limit: HANGING_MAX - all.len(), fields: vec![0], deleted, ..Ask::default() };
                let ids: Vec<Uuid> = self.ask(holder, ask).await?.iter().map(Record::id).collect();
                all.extend(self.stored(holder, &ids).await?);
            }
        }
        Ok(all)
    }

    async fn remove(&mut self, record: &Record) -> Result<()> {
        self.tx.remove(record).await?;
        if record.deleted_at().is_none() {
            self.more_records -= 1;
        }
        let mut gone = record.clone();
        gone.set(system::VERSION, record.version() + 1);
        let event = self.event(&gone, Verb::Delete, Vec::new());
        self.tx.append(&event).await?;
        Ok(())
    }

    async fn is_any_led_to(&mut self, records: &[Record]) -> Result<bool> {
        for record in records {
            if self.is_led_to(record).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether any record, deleted or not, leads to this one or to one of its rows; what hangs on a record goes with it.
    async fn is_led_to(&mut self, record: &Record) -> Result<bool> {
        let registry = Arc::clone(&self.registry);
        let rows = record.values().iter().flat_map(Value::as_rows);
        for target in std::iter::once(record).chain(rows) {
            let links = registry.holding(&target.object().name);
            for (holder, field) in links.filter(|(holder, _)| holder.hangs_on.is_none()) {
                let filter = self.leading_to(holder, field, &target.object().name, target.id())?;
                for deleted in [false, true] {
                    let filters: Vec<Filter> = vec![filter.clone()];
                    let ask = Ask { filters, limit: 1, deleted, ..Ask::default() };
                    if self.count_of(holder, ask, Some(1)).await? > 0 {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }
}
