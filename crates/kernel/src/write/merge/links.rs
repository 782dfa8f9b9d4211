//! The links of a merge: whatever led to what is put away leads to the one that stays, and what follows from a link is
//! worked out anew.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Field, FieldType, Object, ObjectName, Problem, Record, Schema, Uuid, Value};
use nexus_store::{Filter, Verb};

use crate::ctx::Ctx;
use crate::write::diff;
use crate::{Kind, Result};

/// Records whose links one merge moves.
const MOVED_MAX: usize = 10_000;

/// A record whose links were moved.
pub(super) struct Moved {
    /// As it is stored since.
    stored: Record,
    /// The same without the values that came over its links.
    stale: Record,
}

/// Whether an object or its rows store what follows from links.
fn follows(schema: &Schema, object: &Object) -> bool {
    let figures = |object: &Object| object.fields.iter().any(|field| field.computed.is_some() && field.stored);
    object.fetches || figures(object) || object.table_fields().any(|(_, child)| figures(schema.expect(child)))
}

/// Leads what led to one of `group` to another record; whether anything did.
fn redirect(record: &mut Record, target: &ObjectName, group: &HashSet<Uuid>, into: Uuid) -> bool {
    let object = Arc::clone(record.object());
    let mut moved = false;
    for (at, field) in object.fields.iter().enumerate().filter(|(_, field)| is_moved(field)) {
        let leads = field.target() == Some(target) && !matches!(field.kind, FieldType::Table(_));
        match record.at(at) {
            Value::Leads(to, id) if to == target && group.contains(id) => {
                record.set_at(at, Value::Leads(target.clone(), into));
                moved = true;
            }
            Value::Id(id) if leads && group.contains(id) => {
                record.set_at(at, Value::Id(into));
                moved = true;
            }
            Value::List(items)
                if leads && items.iter().any(|item| item.as_id().is_some_and(|id| group.contains(&id))) =>
            {
                let mut led: Vec<Value> = Vec::with_capacity(items.len());
                for item in items {
                    let item =
                        if item.as_id().is_some_and(|id| group.contains(&id)) { Value::Id(into) } else { item.clone() };
                    if !led.contains(&item) {
                        led.push(item);
                    }
                }
                record.set_at(at, Value::List(led));
                moved = true;
            }
            Value::Rows(rows) => {
                let mut rows = rows.clone();
                let inner = rows.iter_mut().filter_map(|row| redirect(row, target, group, into).then_some(())).count();
                if inner > 0 {
                    record.set_at(at, Value::Rows(rows));
                    moved = true;
                }
            }
            _ => {}
        }
    }
    moved
}

fn is_moved(field: &Field) -> bool {
    !field.is_virtual() && !matches!(field.name.as_str(), system::PARENT | system::CREATED_BY)
}

impl Ctx {
    /// Leads every live record that led to one of `group` to another; also those of the group itself, so that each can
    /// come back alone. Answers what is to be worked out anew once the one that stays has what it takes.
    pub(super) async fn move_links(
        &mut self,
        object: &Arc<Object>,
        group: &HashSet<Uuid>,
        into: Uuid,
    ) -> Result<Vec<Moved>> {
        let elevated = std::mem::replace(&mut self.elevated, true);
        let leading = self.all_leading(object, group).await;
        self.elevated = elevated;
        let leading = leading?;
        if leading.values().map(HashSet::len).sum::<usize>() > MOVED_MAX {
            let message = format!("more than {MOVED_MAX} records lead there, which is too many for one change");
            return Err(Problem::new(Kind::TooLarge, message));
        }
        let mut moved = Vec::new();
        for (name, ids) in leading {
            let root = Arc::clone(self.schema().expect(&name));
            let mut ids: Vec<Uuid> = ids.into_iter().collect();
            ids.sort_unstable();
            let stays = |old: &Record| root.name != object.name || (old.id() != into && !group.contains(&old.id()));
            let mut changed = Vec::new();
            for old in self.stored(&root, &ids).await? {
                let mut new = old.clone();
                if old.deleted_at().is_none() && redirect(&mut new, &object.name, group, into) {
                    if self.is_there_already(&new).await? {
                        new = old.clone();
                        new.set(system::DELETED_AT, self.now());
                        self.revert_record(&old, new, Verb::Delete).await?;
                        continue;
                    }
                    // What is merged is put away or saved as a whole later.
                    let stale = if stays(&old) { self.without_what_follows(&old, &new).await? } else { None };
                    let stored = self.revert_record(&old, new, Verb::Update).await?;
                    moved.extend(stale.map(|stale| Moved { stored: stored.clone(), stale }));
                    changed.push((old, stored));
                }
            }
            // A record that stood above one of the group must not stand below this one.
            for (old, new) in changed.iter().filter(|(old, _)| stays(old)) {
                self.check_tree(new, Some(old)).await?;
            }
        }
        Ok(moved)
    }

    /// The record with its links moved and without the values that came over the old ones; none where nothing of it
    /// follows from links, or where it is posted and stays as it is.
    async fn without_what_follows(&mut self, old: &Record, new: &Record) -> Result<Option<Record>> {
        if !follows(self.schema(), old.object()) || self.is_frozen(old).await? {
            return Ok(None);
        }
        let mut stale = new.clone();
        self.forget_fetched(&mut stale, old).await?;
        Ok(Some(stale))
    }

    /// Works out anew what follows from links that were moved: values fetched over them, and stored figures.
    pub(super) async fn work_out_anew(&mut self, moved: Vec<Moved>) -> Result<()> {
        for Moved { stored, stale: mut new } in moved {
            self.fetch(&mut new, None).await?;
            self.complete(&mut new, Some(&stored)).await?;
            if diff::changed(&stored, &new).is_empty() {
                continue;
            }
            // A hook of the app may have written it meanwhile, and had all of it worked out.
            let now = self.stored(stored.object(), &[stored.id()]).await?.pop();
            if now.is_some_and(|now| now.version() == stored.version()) {
                self.revert_record(&stored, new, Verb::Update).await?;
            }
        }
        Ok(())
    }

    /// Whether what hangs on a record hangs there already by another, as a tag that both had.
    async fn is_there_already(&mut self, record: &Record) -> Result<bool> {
        let object = Arc::clone(record.object());
        let Some(on) = &object.hangs_on else { return Ok(false) };
        for key in object.unique.iter().filter(|key| key.when.is_none() && key.fields.contains(on)) {
            let same = key.fields.iter().map(|field| Filter::Equals(field.clone(), record.get(field).clone()));
            let elevated = std::mem::replace(&mut self.elevated, true);
            let found = self.records(&object, same.collect(), Vec::new(), 2).await;
            self.elevated = elevated;
            if found?.iter().any(|found| found.id() != record.id()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The records that lead to one of `group` by whichever field, by the object that governs them.
    async fn all_leading(
        &mut self,
        object: &Object,
        group: &HashSet<Uuid>,
    ) -> Result<BTreeMap<ObjectName, HashSet<Uuid>>> {
        let mut leading: BTreeMap<ObjectName, HashSet<Uuid>> = BTreeMap::new();
        let registry = Arc::clone(&self.registry);
        for (holder, field) in registry.links_to.get(object.name.as_str()).into_iter().flatten() {
            if holder.field(field).is_some_and(is_moved) {
                let (root, ids) = self.leading_by(holder, field, &object.name, group).await?;
                leading.entry(root).or_default().extend(ids);
            }
        }
        Ok(leading)
    }

    /// The records, by the object that governs them, that lead to one of `group` by a field.
    async fn leading_by(
        &mut self,
        holder: &Arc<Object>,
        field: &str,
        target: &ObjectName,
        group: &HashSet<Uuid>,
    ) -> Result<(ObjectName, Vec<Uuid>)> {
        let group: Vec<Uuid> = group.iter().copied().collect();
        let filters = vec![self.leading_to(holder, field, target, &group)?];
        let mut object = Arc::clone(holder);
        let mut found = self.records(&object, filters, Vec::new(), MOVED_MAX + 1).await?;
        while let Some(parent) = object.child_of.clone() {
            let mut ids: Vec<Uuid> = found.iter().filter_map(|row| row.link(system::PARENT)).collect();
            ids.sort_unstable();
            ids.dedup();
            object = Arc::clone(self.schema().expect(&parent));
            let limit = ids.len();
            found = self.records(&object, vec![Filter::Ids(ids)], Vec::new(), limit).await?;
        }
        Ok((object.name.clone(), found.iter().map(Record::id).collect()))
    }
}
