//! Reading as of an earlier moment: lists, records, figures and reports as they were.
//!
//! What was changed since the moment is taken back in memory, from the log, and laid over the reading transaction. The
//! questions after that are the same as ever, and so are their answers: what a person is told of a moment is what that
//! person, with the rights of now, would have been told then. Conditions that ask for the time are told the moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::field::{Rollup, RollupOver};
use nexus_model::object::{Access, system};
use nexus_model::{Object, ObjectName, Problem, Record, Schema, Timestamp, Uuid, Value};
use nexus_store::{Event, EventFilter, Filter, Left, NewEvent, Verb};

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::registry::Registry;
use crate::{Kind, Result};

/// Events that are taken back for one question.
const EVENTS_MAX: usize = 20_000;
/// Events and records read at a time.
const PAGE: usize = 500;

/// What a question may look at, whose changes have to be taken back for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Everything when there are none.
    objects: Option<BTreeSet<ObjectName>>,
    /// The one record of an object of which alone anything is asked.
    only: Option<(ObjectName, Uuid)>,
}

impl Scope {
    /// Whatever there is.
    pub(crate) fn all() -> Scope {
        Scope::default()
    }

    /// An object's records, and what its grants, its worked-out values and the conditions lead to.
    pub(crate) fn of(registry: &Registry, object: &Object, conditions: &[&Expr], expanded: &[ObjectName]) -> Scope {
        Scope { objects: Some(reached(registry, object, conditions, expanded).0), only: None }
    }

    /// One record alone.
    pub(crate) fn record(object: &Object, record: Uuid) -> Scope {
        Scope { objects: Some(BTreeSet::new()), only: Some((object.name.clone(), record)) }
    }

    /// The records of an object alone.
    pub(crate) fn object(object: &Object) -> Scope {
        Scope { objects: Some(BTreeSet::from([object.name.clone()])), only: None }
    }

    /// One record, and what the same lead to.
    pub(crate) fn one(registry: &Registry, object: &Object, record: Uuid, expanded: &[ObjectName]) -> Scope {
        let (mut objects, led_back) = reached(registry, object, &[], expanded);
        let mut only = None;
        if !led_back {
            objects.remove(&object.name);
            only = Some((object.name.clone(), record));
        }
        Scope { objects: Some(objects), only }
    }
}

/// The objects that a question about one may look at, and whether a link leads back to it.
fn reached(
    registry: &Registry,
    object: &Object,
    conditions: &[&Expr],
    expanded: &[ObjectName],
) -> (BTreeSet<ObjectName>, bool) {
    let schema = &registry.schema;
    let first = root(schema, object);
    let (mut found, mut led_back) = (BTreeSet::from([first.name.clone()]), false);
    let mut next: Vec<&Object> = vec![first];
    let mut leads: BTreeSet<ObjectName> = expanded.iter().cloned().collect();
    conditions.iter().for_each(|expr| followed(schema, expr, &mut leads));
    loop {
        for name in std::mem::take(&mut leads) {
            let target = root(schema, schema.expect(&name));
            led_back |= target.name == first.name;
            if found.insert(target.name.clone()) {
                next.push(target);
            }
        }
        let Some(object) = next.pop() else { return (found, led_back) };
        let grants = object.access.values().flat_map(Access::grants);
        grants.filter_map(|entry| entry.rows.as_ref()).for_each(|e| followed(schema, e, &mut leads));
        leads.extend(registry.targets(object).map(|target| target.name.clone()));
        worked_out(schema, object, &mut leads);
    }
}

/// The object that governs another's records.
fn root<'s>(schema: &'s Schema, object: &'s Object) -> &'s Object {
    object.child_of.as_ref().map_or(object, |parent| root(schema, schema.expect(parent)))
}

/// What the values lead to that are worked out when a record or its rows are read.
fn worked_out(schema: &Schema, object: &Object, leads: &mut BTreeSet<ObjectName>) {
    for field in object.fields.iter().filter(|field| field.is_virtual()) {
        field.computed.iter().for_each(|expr| followed(schema, expr, leads));
        if let Some(Rollup { over: RollupOver::Linked { object, .. }, when, .. }) = &field.rollup {
            leads.insert(object.clone());
            when.iter().for_each(|expr| followed(schema, expr, leads));
        }
    }
    object.table_fields().for_each(|(_, child)| worked_out(schema, schema.expect(child), leads));
}

fn followed(schema: &Schema, expr: &Expr, leads: &mut BTreeSet<ObjectName>) {
    for (owner, field) in expr.links() {
        let field = schema.get(owner.as_str()).and_then(|object| object.field(&field));
        leads.extend(field.and_then(|field| field.target()).cloned());
    }
}

/// Takes an event's changes out of the record that it left. The fields of which the log does not keep enough, as of
/// secrets, stay as they are; they are answered.
pub(crate) fn take_out(record: &mut Record, event: &NewEvent, schema: &Schema) -> Vec<String> {
    let mut stay = Vec::new();
    for change in event.changes.iter().rev() {
        if crate::undo::put(record, &change.field, &change.from, schema).is_err() {
            stay.push(change.field.clone());
        }
    }
    stay
}

/// Gives a record what its newest event says of it.
pub(crate) fn leave(record: &mut Record, left: &Left) {
    record.set(system::VERSION, left.version);
    record.set(system::UPDATED_AT, left.at);
    let deleted = left.verb == Verb::Delete;
    record.set(system::DELETED_AT, if deleted { Value::DateTime(left.at) } else { Value::Null });
}

/// A moment as a caller gives it.
pub(crate) fn moment(name: &str, at: Option<&String>) -> Result<Option<Timestamp>> {
    let malformed = |message: String| Problem { kind: Kind::Malformed, ..Problem::field(name, "moment", message) };
    at.map(|text| text.parse().map_err(|_| malformed(format!("is a moment such as 2026-01-31T10:00:00Z, not {text}"))))
        .transpose()
}

impl Ctx {
    /// From now on all that is read of what the scope has is as it was at a moment.
    pub(crate) async fn go_back(&mut self, at: Timestamp, scope: &Scope) -> Result<()> {
        if at > self.now() {
            let message = "is still to come; leave it out to read what is there now";
            return Err(Problem { kind: Kind::Malformed, ..Problem::field("at", "future", message) });
        }
        self.tx.make_room().await?;
        let last = self.event_at("at", at).await?;
        let schema = Arc::clone(self.schema());
        for (name, since) in self.changed_since(last, scope).await? {
            // An app that is not part of this process shows nothing.
            let Some(object) = schema.get(name.as_str()) else { continue };
            let gone: Vec<Uuid> = since.keys().copied().collect();
            let records = self.as_at(object, &since, last).await?;
            self.tx.overlay(object, &gone, &records).await?;
        }
        (self.vars.now, self.vars.today) = (at, at.to_zoned(jiff::tz::TimeZone::UTC).date());
        Ok(())
    }

    /// The events after a number, newest first, by object and record.
    pub(crate) async fn changed_since(&mut self, last: i64, scope: &Scope) -> Result<BTreeMap<ObjectName, Since>> {
        let mut found: BTreeMap<ObjectName, Since> = BTreeMap::new();
        let mut count = 0;
        let mut keep = |event: Event| {
            let (app, object) = event.event.object.split_once('.').unwrap_or_default();
            let records = found.entry(ObjectName::new(app, object)).or_default();
            records.entry(event.event.record).or_default().push(event);
        };
        if let Some((object, record)) = &scope.only {
            for event in self.events_of(record, last).await? {
                if event.event.object == object.as_str() {
                    keep(event);
                }
            }
        }
        let objects: Option<Vec<ObjectName>> = scope.objects.as_ref().map(|names| names.iter().cloned().collect());
        let mut before = if objects.as_ref().is_some_and(Vec::is_empty) { 0 } else { i64::MAX };
        while before > last {
            let page = self.tx.events_between(last, before, objects.as_deref(), PAGE).await?;
            let Some(oldest) = page.last() else { break };
            before = oldest.seq;
            count += page.len();
            if count > EVENTS_MAX {
                return Err(too_far());
            }
            page.into_iter().for_each(&mut keep);
        }
        Ok(found)
    }

    /// A record's events after a number, newest first.
    pub(crate) async fn events_of(&mut self, record: &Uuid, last: i64) -> Result<Vec<Event>> {
        let (mut found, mut before) = (Vec::new(), i64::MAX);
        loop {
            let page = self.tx.events(EventFilter::Record { record: *record, before }, PAGE).await?;
            let whole = page.len() == PAGE;
            let after = page.into_iter().take_while(|event| event.seq > last);
            let after: Vec<Event> = after.collect();
            let ended = !whole || after.len() < PAGE;
            before = after.last().map_or(before, |event| event.seq);
            found.extend(after);
            if found.len() > EVENTS_MAX {
                return Err(too_far());
            }
            if ended {
                return Ok(found);
            }
        }
    }

    /// Records of an object as the event with the number `last` found them; those that were not there yet are left out.
    pub(crate) async fn as_at(&mut self, object: &Arc<Object>, since: &Since, last: i64) -> Result<Vec<Record>> {
        let mut ids: Vec<Uuid> = since.keys().copied().collect();
        ids.sort_unstable();
        let left = self.tx.left_at(object, &ids, last).await?;
        let left: HashMap<Uuid, Left> = left.into_iter().map(|left| (left.record, left)).collect();
        ids.retain(|id| left.contains_key(id));
        let mut records = self.stored(object, &ids).await?;
        for record in &mut records {
            let later = since.get(&record.id()).into_iter().flatten().filter(|event| event.seq > last);
            for Event { event, .. } in later {
                take_out(record, event, &self.registry.schema);
            }
            if let Some(left) = left.get(&record.id()) {
                leave(record, left);
            }
        }
        Ok(records)
    }

    /// Records as they are stored now, deleted or not, whoever asks.
    pub(crate) async fn stored(&mut self, object: &Arc<Object>, ids: &[Uuid]) -> Result<Vec<Record>> {
        let fields: Vec<usize> = (0..object.fields.len()).filter(|at| !object.fields[*at].is_virtual()).collect();
        let mut found = Vec::with_capacity(ids.len());
        let elevated = std::mem::replace(&mut self.elevated, true);
        for (page, deleted) in ids.chunks(PAGE).flat_map(|page| [(page, false), (page, true)]) {
            let (filters, fields) = (vec![Filter::Ids(page.to_vec())], fields.clone());
            let asked = self.ask(object, Ask { filters, limit: page.len(), fields, deleted, ..Ask::default() }).await;
            match asked {
                Ok(records) => found.extend(records),
                Err(problem) => {
                    self.elevated = elevated;
                    return Err(problem);
                }
            }
        }
        self.elevated = elevated;
        Ok(found)
    }
}

/// Events of an object's records, newest first.
pub(crate) type Since = HashMap<Uuid, Vec<Event>>;

fn too_far() -> Problem {
    let message = format!(
        "is too long ago: more than {EVENTS_MAX} changes would have to be taken back; ask for a later moment, or have \
         the tenant as it was made beside this one with `nexus restore --at`"
    );
    Problem { kind: Kind::TooLarge, ..Problem::field("at", "changes", message) }
}
