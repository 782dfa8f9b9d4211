//! What happened: of one record, or of everything one may see.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use nexus_model::{Object, Uuid};
use nexus_store::{Event, EventFilter, Filter};
use serde_json::{Value as Json, json};

use crate::ctx::read::{Ask, missing};
use crate::ctx::{ChangeSet, Ctx};
use crate::faces::words::summary;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Events of a page.
const LIMIT: usize = 100;

impl Kernel {
    /// A record's events and those of the records that were merged into it, newest first, `before` the sequence number
    /// given.
    pub async fn history(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        record: Uuid,
        before: Option<i64>,
    ) -> Result<Json> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let live = ctx.record_for(&object, record, READ, false).await?.is_some();
                if !live && ctx.record_for(&object, record, READ, true).await?.is_none() {
                    return Err(missing(&object, record));
                }
                let records = ctx.merged_into(&object, record).await?;
                let mut events = Vec::new();
                for record in records {
                    let filter = EventFilter::Record { record, before: before.unwrap_or(i64::MAX) };
                    events.extend(ctx.tx.events(filter, LIMIT).await?);
                }
                events.sort_by_key(|event| std::cmp::Reverse(event.seq));
                events.truncate(LIMIT);
                let next = events.last().filter(|_| events.len() == LIMIT).map(|event| event.seq);
                let data = ctx.told(events).await?;
                Ok(json!({"data": data, "next": next}))
            })
        })
        .await
    }

    /// Events after a sequence number, oldest first; the number to go on from comes with them.
    pub async fn events(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        after: i64,
    ) -> Result<(Vec<Json>, i64)> {
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let events = ctx.tx.events(EventFilter::After(after), LIMIT).await?;
                let last = events.last().map_or(after, |event| event.seq);
                let visible = ctx.among_visible(events).await?;
                Ok((ctx.told(visible).await?, last))
            })
        })
        .await
    }
}

impl Ctx {
    /// The events of records that the principal may read now.
    pub(crate) async fn among_visible(&mut self, events: Vec<Event>) -> Result<Vec<Event>> {
        let seen =
            self.visible_ids(events.iter().map(|Event { event, .. }| (event.object.clone(), event.record))).await?;
        Ok(events.into_iter().filter(|event| seen.contains(&event.event.record)).collect())
    }

    /// Those of the records that the principal may read, or of the deleted ones restore; one query an object.
    pub(crate) async fn visible_ids(&mut self, records: impl Iterator<Item = (String, Uuid)>) -> Result<HashSet<Uuid>> {
        let mut ids: HashMap<String, HashSet<Uuid>> = HashMap::new();
        for (object, record) in records {
            ids.entry(object).or_default().insert(record);
        }
        let mut seen = HashSet::new();
        for (name, ids) in ids {
            // An app that is not part of this process has no policy to ask.
            let Some(object) = self.schema().get(&name).cloned() else { continue };
            for deleted in [false, true] {
                let filters = vec![Filter::Ids(ids.iter().copied().collect())];
                let ask = Ask { filters, limit: ids.len(), fields: vec![0], deleted, ..Ask::default() };
                seen.extend(self.ask(&object, ask).await?.iter().map(nexus_model::Record::id));
            }
        }
        Ok(seen)
    }

    /// Events as JSON, without the fields that the principal may not see, and with names of people.
    pub(crate) async fn told(&mut self, events: Vec<Event>) -> Result<Vec<Json>> {
        let users: HashSet<Uuid> = events.iter().map(|event| event.event.principal).collect();
        let object = Arc::clone(self.registry.object("core.user")?);
        let ask =
            Ask { filters: vec![Filter::Ids(users.iter().copied().collect())], limit: users.len(), ..Ask::default() };
        let names: HashMap<Uuid, String> =
            self.ask(&object, ask).await?.iter().map(|user| (user.id(), user.title())).collect();
        let mut told = Vec::with_capacity(events.len());
        for Event { seq, event, .. } in events {
            let Some(object) = self.schema().get(&event.object).cloned() else { continue };
            let shown = event.changes.iter().filter(|change| self.shows_path(&object, &change.field));
            let fields: Vec<Json> = shown
                .map(|change| json!({"field": change.field, "from": self.trimmed(&object, &change.field, &change.from), "to": self.trimmed(&object, &change.field, &change.to)}))
                .collect();
            let system = if event.principal.is_nil() { "Nexus" } else { "" };
            let name = names.get(&event.principal).map_or(system, String::as_str);
            told.push(json!({
                "seq": seq, "at": event.at, "action": event.action, "verb": event.verb, "run": event.run,
                "app": object.name.app(), "object": object.name.object(), "record": event.record,
                "version": event.version, "user": {"id": event.principal, "name": name}, "fields": fields
            }));
        }
        Ok(told)
    }

    /// Whether the principal may see the field at a change's path.
    pub(crate) fn shows_path(&self, object: &Object, path: &str) -> bool {
        let mut parts = path.splitn(3, '/');
        let (name, _, inner) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let Some(field) = object.field(name) else { return self.principal.administrator };
        if !self.policy().shows(object, field) {
            return false;
        }
        match (inner, field.target().and_then(|child| self.schema().get(child.as_str()))) {
            (Some(inner), Some(child)) => self.shows_path(child, inner),
            _ => true,
        }
    }

    /// A whole row of the log without the fields that the principal may not see.
    pub(crate) fn trimmed(&self, object: &Object, path: &str, value: &Json) -> Json {
        let (Some((name, _)), Json::Object(row)) = (path.split_once('/'), value) else { return value.clone() };
        let child =
            object.field(name).and_then(|field| field.target()).and_then(|child| self.schema().get(child.as_str()));
        let Some(child) = child else { return value.clone() };
        Json::Object(
            row.iter()
                .filter(|(field, _)| self.shows_path(child, field))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect(),
        )
    }

    /// What was written so far, as previews and undo answer it; unseen records are left out.
    pub(crate) async fn told_changes(&mut self) -> Result<Vec<Json>> {
        let written = std::mem::take(&mut self.written);
        let of = |set: &ChangeSet| (set.record.object().name.as_str().to_owned(), set.record.id());
        let seen = self.visible_ids(written.iter().map(of)).await?;
        let written: Vec<&ChangeSet> = written.iter().filter(|set| seen.contains(&set.record.id())).collect();
        let mut told = Vec::with_capacity(written.len());
        for (set, fields) in written.iter().zip(self.told_writes(&written).await?) {
            let object = set.record.object();
            let shows_state = object.state_field().is_some_and(|state| self.shows_path(object, state));
            told.push(json!({
                "app": object.name.app(), "object": object.name.object(), "record": set.record.id(),
                "title": set.title, "verb": set.verb, "action": set.action, "fields": fields,
                "summary": summary(set, shows_state)
            }));
        }
        Ok(told)
    }
}
