//! Writing through the gate: complete, check, store, log.

pub(crate) mod archive;
mod check;
mod complete;
mod copy;
pub(crate) mod diff;
mod draft;
pub(crate) mod expire;
pub(crate) mod generic;
pub(crate) mod hold;
pub(crate) mod merge;
pub(crate) mod purge;
pub(crate) mod recompute;
pub(crate) mod translate;

use std::sync::Arc;

use nexus_model::field::When;
use nexus_model::object::system;
use nexus_model::{Object, Problem, Record, Uuid, Value};
use nexus_store::{Change, Filter, NewEvent, Verb};

use crate::Result;
use crate::ctx::read::{Ask, missing};
use crate::ctx::{ChangeSet, Ctx};
use crate::entity::{Entity, Leads};
use crate::policy::{CREATE, DELETE, READ, UPDATE};

impl Ctx {
    /// Stores a new record and answers its stored form.
    pub(crate) async fn create_record(&mut self, mut record: Record) -> Result<Record> {
        let object = Arc::clone(record.object());
        if !self.policy().may(&object, CREATE) {
            return Err(Problem::denied(format!("you may not create {}", object.plural.to_lowercase())));
        }
        self.fill_system(&mut record, true);
        self.fill_defaults(&mut record, &Record::new(Arc::clone(&object))).await?;
        self.fetch(&mut record, None).await?;
        // Hooks see whole amounts, so bare ones get their currency before them, and again after.
        self.settle_money(&mut record, None)?;
        record = self.before_save(record).await?;
        self.complete(&mut record, None).await?;
        self.check(&record, None).await?;
        self.tx.insert(&record).await?;
        self.saw(&record);
        self.check_allowed(&record, CREATE).await?;
        let changes = diff::created(&record);
        self.log(&record, Verb::Create, changes).await?;
        self.after_save(None, &record).await?;
        Ok(record)
    }

    /// Stores a new form of a record; the old comes back when nothing differs.
    pub(crate) async fn update_record(&mut self, old: Record, mut new: Record) -> Result<Record> {
        let object = Arc::clone(old.object());
        let may = Ask { filters: vec![Filter::Ids(vec![old.id()])], verb: UPDATE, ..Ask::default() };
        if !matches!(self.policy().rows(&object, UPDATE), nexus_store::Rows::All)
            && self.count_of(&object, may, Some(1)).await? == 0
        {
            return Err(Problem::denied(format!("you may not change {} {}", object.label, old.title())));
        }
        self.fill_rows(&mut new);
        self.fill_defaults(&mut new, &old).await?;
        self.fetch(&mut new, Some(&old)).await?;
        self.settle_money(&mut new, None)?;
        new = self.before_save(new).await?;
        self.complete(&mut new, Some(&old)).await?;
        let changes = diff::changed(&old, &new);
        if changes.is_empty() {
            return Ok(old);
        }
        self.check_frozen(&old, &changes).await?;
        self.check(&new, Some(&old)).await?;
        self.bump(&mut new, &old);
        self.tx.update(&old, &new).await?;
        self.saw(&new);
        self.check_allowed(&new, UPDATE).await?;
        self.log(&new, Verb::Update, changes).await?;
        self.after_save(Some(&old), &new).await?;
        Ok(new)
    }

    /// Puts a record away; it can be restored.
    pub(crate) async fn delete_record(&mut self, object: &Arc<Object>, id: Uuid) -> Result<()> {
        let old = self.record_for(object, id, READ, false).await?.ok_or_else(|| missing(object, id))?;
        if self.record_for(object, id, DELETE, false).await?.is_none() {
            return Err(Problem::denied(format!("you may not delete {} {}", object.label, old.title())));
        }
        self.check_seen(&old)?;
        self.check_deletable(&old).await?;
        let mut new = old.clone();
        new.set(system::DELETED_AT, self.now());
        self.bump(&mut new, &old);
        self.tx.update(&old, &new).await?;
        self.seen.forget(object, id);
        self.log(&new, Verb::Delete, Vec::new()).await
    }

    /// Nothing that the record is, or that others have of it, keeps it from being put away.
    pub(crate) async fn check_deletable(&mut self, old: &Record) -> Result<()> {
        if self.is_frozen(old).await? {
            let (label, title) = (&old.object().label, old.title());
            return Err(Problem::conflict(format!("{label} {title} is posted and stays; reverse it instead")));
        }
        self.check_unreferenced(old).await
    }

    /// Brings a deleted record back.
    pub(crate) async fn restore_record(&mut self, object: &Arc<Object>, id: Uuid) -> Result<Record> {
        let old = self
            .record_for(object, id, READ, true)
            .await?
            .ok_or_else(|| Problem::not_found(format!("there is no deleted {} {id}", object.label.to_lowercase())))?;
        let mut new = old.clone();
        new.set(system::DELETED_AT, Value::Null);
        self.check_leads(&new, None).await?;
        self.before_restore(&new).await?;
        // What it follows may have changed while it was away.
        if self.is_follower(object) {
            self.complete(&mut new, Some(&old)).await?;
        }
        self.revert_record(&old, new, Verb::Restore).await
    }

    /// Writes `new` over `old` as an undo does: rules of editing aside, but never over a frozen record.
    /// Answers it as it is stored.
    pub(crate) async fn revert_record(&mut self, old: &Record, mut new: Record, verb: Verb) -> Result<Record> {
        self.bump(&mut new, old);
        let changes = diff::changed(old, &new);
        self.tx.update(old, &new).await?;
        self.seen.forget(old.object(), old.id());
        self.log(&new, verb, changes).await?;
        Ok(new)
    }

    /// Keeps what was just written, so that the steps after it need not read it.
    fn saw(&mut self, record: &Record) {
        let object = record.object();
        if self.registry.self_contained.contains(object.name.as_str()) {
            self.seen.keep_written(record.clone(), &self.vars);
        } else {
            self.seen.keep_id(object, record.id());
        }
    }

    fn bump(&self, new: &mut Record, old: &Record) {
        new.set(system::VERSION, old.version() + 1);
        new.set(system::UPDATED_AT, self.now());
    }

    /// The caller has seen the newest version, if it said which it has seen.
    pub(crate) fn check_seen(&self, stored: &Record) -> Result<()> {
        match self.if_match {
            Some(seen) if seen != stored.version() => Err(Problem::new(
                crate::Kind::Stale,
                format!(
                    "{} {} was changed meanwhile: it has version {}, not {seen}; read it again",
                    stored.object().label,
                    stored.title(),
                    stored.version()
                ),
            )),
            _ => Ok(()),
        }
    }

    async fn before_save(&mut self, mut record: Record) -> Result<Record> {
        let registry = Arc::clone(&self.registry);
        for hook in registry.before_save.get(record.object().name.as_str()).into_iter().flatten() {
            record = hook(self, record).await?;
            self.fill_rows(&mut record);
        }
        Ok(record)
    }

    /// What comes back may do so, by the rules of its app.
    pub(crate) async fn before_restore(&mut self, record: &Record) -> Result<()> {
        let registry = Arc::clone(&self.registry);
        for hook in registry.before_restore.get(record.object().name.as_str()).into_iter().flatten() {
            hook(self, record.clone()).await?;
        }
        Ok(())
    }

    async fn after_save(&mut self, old: Option<&Record>, new: &Record) -> Result<()> {
        let registry = Arc::clone(&self.registry);
        for hook in registry.after_save.get(new.object().name.as_str()).into_iter().flatten() {
            hook(self, old.cloned(), new.clone()).await?;
        }
        Ok(())
    }

    /// After the write the record must be one that the principal may write: nobody gives rows away unseen.
    async fn check_allowed(&mut self, record: &Record, verb: &'static str) -> Result<()> {
        let object = Arc::clone(record.object());
        if matches!(self.policy().rows(&object, verb), nexus_store::Rows::All) {
            return Ok(());
        }
        let ask = Ask { filters: vec![Filter::Ids(vec![record.id()])], verb, ..Ask::default() };
        if self.count_of(&object, ask, Some(1)).await? == 1 {
            return Ok(());
        }
        Err(Problem::denied(format!("you may not {verb} a {} with these values", object.label.to_lowercase())))
    }

    async fn log(&mut self, record: &Record, verb: Verb, changes: Vec<Change>) -> Result<()> {
        let object = Arc::clone(record.object());
        self.touched_core |= crate::core::is_remembered(&object);
        self.touched_manifests |= object.name.as_str() == crate::core::Manifest::OBJECT;
        if let Some(at) = crate::jobs::work_of(record) {
            self.work_at = Some(self.work_at.map_or(at, |earlier| earlier.min(at)));
        }
        if verb == Verb::Update {
            let changed = self.changed.entry(self.progress.run).or_default();
            changed.push(Leads { object: object.name.clone(), id: record.id() });
        }
        self.seen.changed(&object);
        self.note_source(record, verb, &changes);
        self.count_write(record, verb, &changes).await?;
        let event = self.event(record, verb, changes);
        self.tx.append(&event).await?;
        self.changes += 1;
        if self.keeps_written {
            let title = self.title_now(record).await?;
            let (record, action, changes) = (record.clone(), event.action, event.changes);
            self.written.push(ChangeSet { record, title, verb, action, changes });
        }
        Ok(())
    }

    /// What the step at work did to a record.
    fn event(&self, record: &Record, verb: Verb, changes: Vec<Change>) -> NewEvent {
        NewEvent {
            at: self.now(),
            run: self.progress.run,
            step: self.progress.step,
            action: self.progress.action.clone(),
            verb,
            object: record.object().name.as_str().to_owned(),
            record: record.id(),
            version: record.version(),
            principal: self.principal.user,
            changes,
        }
    }

    /// The record's title as it is about to be read, where that is worked out from other fields.
    async fn title_now(&mut self, record: &Record) -> Result<String> {
        let object = record.object();
        match object.field(&object.title).and_then(|field| field.computed.as_ref()) {
            Some(expr) => {
                let linked = self.linked_for(&[expr], record).await?;
                Ok(nexus_model::json::shown(&self.eval(expr, record, &linked)))
            }
            None => Ok(record.title()),
        }
    }

    pub(crate) async fn is_frozen(&mut self, record: &Record) -> Result<bool> {
        let object = Arc::clone(record.object());
        match &object.ledger {
            When::Never => Ok(false),
            When::Always => Ok(true),
            When::If(expr) => self.holds(expr, &record.as_shipped()).await,
        }
    }

    /// A person may edit fields of the record: it is not posted.
    pub(crate) async fn check_editable(&mut self, old: &Record) -> Result<()> {
        if self.is_frozen(old).await? { Err(Problem::conflict(fixed(old))) } else { Ok(()) }
    }

    async fn check_frozen(&mut self, old: &Record, changes: &[Change]) -> Result<()> {
        if !self.is_frozen(old).await? {
            return Ok(());
        }
        let object = old.object();
        // Steps of an action may carry a frozen record on (paid, reversed); a person's edit may not.
        let by_action = self.elevated || !crate::write::generic::is_generic(&self.progress.action);
        for change in changes {
            let name = change.field.split('/').next().unwrap_or_default();
            let free = object.field(name).is_some_and(|field| field.mutable || Some(name) == object.state_field());
            if !(free && by_action) {
                return Err(Problem {
                    kind: crate::Kind::Conflict,
                    ..Problem::field(change.field.as_str(), "ledger", fixed(old))
                });
            }
        }
        Ok(())
    }
}

fn fixed(record: &Record) -> String {
    format!("is fixed: {} {} is posted; reverse it instead", record.object().label, record.title())
}
