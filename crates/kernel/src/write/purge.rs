//! What is removed for good: records that were deleted long ago, and those that their object's manifest says have expired.
//!
//! Of what is removed the log keeps that it was, by an event of its own, and what happened before. It is there at no
//! moment any more: what is read as of an earlier one does not have it, and neither has a tenant that is taken back.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::object::system;
use nexus_model::{Object, ObjectName, Record, Timestamp, Uuid, Value};
use nexus_store::{Cursor, Filter, Verb};

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::faces::expand::ids;
use crate::kernel::Kernel;
use crate::portions::{CHUNK, begin};
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The action that the log shows for what is removed.
pub(crate) const PURGE: &str = "core.purge";

/// Records that hang on others and are removed with them in one transaction.
const HANGING_MAX: usize = 10_000;
/// Records that a round removes; the next goes on.
const REMOVED_MAX: u64 = 100_000;
/// Records that lead to what may go, read at a time.
const HOLDERS: usize = 500;
/// Refusals that a round answers one by one.
const REFUSED_MAX: usize = 20;

/// What became of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Purged {
    /// The run under which the log has it; it cannot be undone.
    pub run: Uuid,
    pub removed: u64,
    /// Records that something still leads to, be it in the bin itself, or that were posted: they stay.
    pub kept: u64,
    /// Which of them stay because too much hangs on them, and what helps; at most 20.
    pub refused: Vec<String>,
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
            let mut next = Next::From(None);
            while let Next::From(after) = next {
                if purged.removed >= REMOVED_MAX {
                    return Ok(purged);
                }
                let (object, of) = (Arc::clone(&object), of.clone());
                let portion;
                (portion, next) = self
                    .write_in(tenant, &system, None, run, true, move |ctx| {
                        Box::pin(async move {
                            begin(ctx, PURGE).await?;
                            ctx.keeps_written = false;
                            ctx.purge_portion(&object, &of, after).await
                        })
                    })
                    .await?;
                purged.removed += portion.removed;
                purged.kept += portion.kept;
                purged.refused.extend(portion.refused);
                purged.refused.truncate(REFUSED_MAX);
            }
        }
        Ok(purged)
    }
}

/// Where a round goes on.
enum Next {
    /// After a place in the object's order, or from its beginning.
    From(Option<Cursor>),
    End,
}

impl Ctx {
    /// Removes what may be of the next portion.
    async fn purge_portion(&mut self, object: &Arc<Object>, of: &Of, after: Option<Cursor>) -> Result<(Purged, Next)> {
        let mut purged = Purged::default();
        let (mut due, mut next) = self.due(object, of, after.clone(), CHUNK).await?;
        let mut hanging = self.hanging_on(object, &due).await?;
        if hanging.len() > HANGING_MAX && due.len() > 1 {
            (due, next) = self.due(object, of, after.clone(), 1).await?;
            hanging = self.hanging_on(object, &due).await?;
        }
        let alone = due.first().filter(|_| hanging.len() > HANGING_MAX);
        if let Some(live) = alone.filter(|record| record.deleted_at().is_none()) {
            // In part it would be there without what people said about it.
            purged.kept = 1;
            purged.refused.push(too_much_hangs_on(live));
            return Ok((purged, next));
        }
        let partly = alone.is_some();
        let groups = if partly {
            hanging.into_iter().take(HANGING_MAX).map(|(_, record)| vec![record]).collect()
        } else {
            self.groups(due, hanging, &mut purged).await?
        };
        let count = groups.len();
        let groups = self.unheld(groups).await?;
        for record in groups.iter().flatten() {
            self.remove(record).await?;
        }
        self.seen.forget_all();
        purged.removed = groups.iter().map(|group| group.len() as u64).sum();
        purged.kept += (count - groups.len()) as u64;
        if partly {
            // Nobody sees what went any more. The record of the bin goes when the last of it does, or stays with what is held.
            purged.kept = u64::from(purged.removed == 0);
            if purged.removed > 0 {
                next = Next::From(after);
            }
        }
        Ok((purged, next))
    }

    /// The next records that are due, whole, and where those after them begin.
    async fn due(
        &mut self,
        object: &Arc<Object>,
        of: &Of,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<(Vec<Record>, Next)> {
        let (order, deleted, filters) = match of {
            Of::Bin(_) => (system::DELETED_AT, true, Vec::new()),
            Of::Expired(condition) => (system::ID, false, vec![Filter::Where(Arc::clone(condition))]),
        };
        let sort = vec![(order.to_owned(), false)];
        let fields = [system::ID, system::DELETED_AT].iter().filter_map(|name| object.position(name)).collect();
        let page =
            self.ask(object, Ask { filters, sort: sort.clone(), after, limit, fields, deleted, ..Ask::default() });
        let mut page = page.await?;
        page.retain(|record| match of {
            Of::Bin(before) => record.deleted_at().is_some_and(|at| at < *before),
            Of::Expired(_) => true,
        });
        let full = page.last().filter(|_| page.len() == limit);
        let next = full.map_or(Next::End, |last| Next::From(Some(Cursor::after(last, &sort))));
        let ids: Vec<Uuid> = page.iter().map(Record::id).collect();
        Ok((self.stored(object, &ids).await?, next))
    }

    /// What hangs on records, deleted or not, each with the record: at most one more than goes at once.
    async fn hanging_on(&mut self, object: &Arc<Object>, on: &[Record]) -> Result<Vec<(Uuid, Record)>> {
        let registry = Arc::clone(&self.registry);
        let ids: Vec<Uuid> = on.iter().map(Record::id).collect();
        let mut all = Vec::new();
        for (holder, field) in registry.hanging_on(object).filter(|_| !ids.is_empty()) {
            for deleted in [false, true] {
                let limit = HANGING_MAX + 1 - all.len();
                if limit == 0 {
                    return Ok(all);
                }
                let filters = vec![self.leading_to(holder, field, &object.name, &ids)?];
                let ask = Ask { filters, limit, fields: vec![0], deleted, ..Ask::default() };
                let found: Vec<Uuid> = self.ask(holder, ask).await?.iter().map(Record::id).collect();
                let found = self.stored(holder, &found).await?;
                all.extend(found.into_iter().filter_map(|record| Some((record.get(field).as_id()?, record))));
            }
        }
        Ok(all)
    }

    /// Each record with what hangs on it, those that were posted aside.
    async fn groups(
        &mut self,
        due: Vec<Record>,
        hanging: Vec<(Uuid, Record)>,
        purged: &mut Purged,
    ) -> Result<Vec<Vec<Record>>> {
        let mut by_record: HashMap<Uuid, Vec<Record>> = HashMap::new();
        for (on, record) in hanging {
            by_record.entry(on).or_default().push(record);
        }
        let mut groups = Vec::with_capacity(due.len());
        for record in due {
            if record.deleted_at().is_none() && self.is_frozen(&record).await? {
                purged.kept += 1;
                continue;
            }
            let mut group = by_record.remove(&record.id()).unwrap_or_default();
            group.push(record);
            groups.push(group);
        }
        Ok(groups)
    }

    /// The groups to which nothing leads but what goes with them. A group that stays may keep others, so that it is asked
    /// again until none does.
    async fn unheld(&mut self, mut groups: Vec<Vec<Record>>) -> Result<Vec<Vec<Record>>> {
        loop {
            let mut going: HashMap<ObjectName, HashSet<Uuid>> = HashMap::new();
            for record in groups.iter().flatten().flat_map(with_rows) {
                going.entry(record.object().name.clone()).or_default().insert(record.id());
            }
            let held = self.still_held(&going).await?;
            if held.is_empty() {
                return Ok(groups);
            }
            groups.retain(|group| !group.iter().flat_map(with_rows).any(|record| held.contains(&record.id())));
        }
    }

    /// Those of the records to which another leads, deleted or not, that does not go with them.
    async fn still_held(&mut self, going: &HashMap<ObjectName, HashSet<Uuid>>) -> Result<HashSet<Uuid>> {
        let registry = Arc::clone(&self.registry);
        let none = HashSet::new();
        let mut held = HashSet::new();
        for (target, ids) in going {
            let links = registry.holding(target);
            for (holder, field) in links.filter(|(holder, field)| holder.hangs_on.as_ref() != Some(field)) {
                let with_it = going.get(&holder.name).unwrap_or(&none);
                for deleted in [false, true] {
                    // Rows of a deleted record are among the live ones.
                    if deleted && holder.child_of.is_some() {
                        continue;
                    }
                    let open: Vec<Uuid> = ids.difference(&held).copied().collect();
                    for open in open.chunks(CHUNK) {
                        let asked = Holders { holder, field, deleted, with_it };
                        held.extend(self.held_by(asked, target, open.to_vec()).await?);
                    }
                }
            }
        }
        Ok(held)
    }

    /// Those of some records to which others lead. What leads to them is read page by page, until each of them is known to
    /// be held or there is no more of it.
    async fn held_by(&mut self, asked: Holders<'_>, target: &ObjectName, mut open: Vec<Uuid>) -> Result<HashSet<Uuid>> {
        let Holders { holder, field, deleted, with_it } = asked;
        let (mut held, mut after) = (HashSet::new(), None);
        let sort = vec![(system::ID.to_owned(), false)];
        let fields: Vec<usize> = [system::ID, field].iter().filter_map(|name| holder.position(name)).collect();
        while !open.is_empty() {
            let filters = vec![self.leading_to(holder, field, target, &open)?];
            let (sort_by, fields) = (sort.clone(), fields.clone());
            let ask = Ask { filters, sort: sort_by, after, limit: HOLDERS, fields, deleted, ..Ask::default() };
            let page = self.ask(holder, ask).await?;
            for record in page.iter().filter(|record| !with_it.contains(&record.id())) {
                held.extend(ids(record.get(field)).filter(|id| open.contains(id)));
            }
            open.retain(|id| !held.contains(id));
            let Some(last) = page.last().filter(|_| page.len() == HOLDERS) else { break };
            after = Some(Cursor::after(last, &sort));
        }
        Ok(held)
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
}

/// Records that may lead to others by a field.
struct Holders<'a> {
    holder: &'a Arc<Object>,
    field: &'a str,
    deleted: bool,
    /// Those of them that go as well.
    with_it: &'a HashSet<Uuid>,
}

/// A record and its rows, to which others may lead as well.
fn with_rows(record: &Record) -> impl Iterator<Item = &Record> {
    std::iter::once(record).chain(record.values().iter().flat_map(Value::as_rows))
}

fn too_much_hangs_on(record: &Record) -> String {
    format!(
        "{} {} has expired and stays, because more than {HANGING_MAX} records hang on it, such as comments; delete what of \
         them nobody needs, and it goes with a later round",
        record.object().name,
        record.id()
    )
}
