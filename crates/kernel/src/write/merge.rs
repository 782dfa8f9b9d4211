//! Records that are one: what led to the others leads to the one that stays, which takes what it lacked; the others are
//! put away.
//!
//! A merge says that the records were the same all along. So links move in posted documents as well, which stay as they
//! are otherwise, and nobody's rights to a record that leads there matter: who may merge is said by the verb `merge`.
//! Where a record went is told by the log: it was deleted by the step of a merge, whose record is the one that stays.

mod links;

use std::collections::HashSet;
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{FieldType, Object, Problem, Record, Uuid, Value};
use nexus_store::{EventFilter, Filter, Rows, Verb};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::Result;
use crate::ctx::Ctx;
use crate::ctx::read::{Ask, missing};
use crate::operation::{self, Answer, Effect};
use crate::policy::{READ, UPDATE};
use crate::registry::{Action, Registry};

/// The action's segment, and the verb that roles are granted.
const MERGE: &str = "merge";
/// Records put away by one merge.
const FROM_MAX: usize = 20;
/// Events of a run that are looked through for what it put away.
const PAGE: usize = 2_000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Merge {
    /// The records that are the same as this one, and are put away
    from: Vec<Uuid>,
    /// Values that the record gets instead of its own
    #[serde(default)]
    fields: Map<String, Json>,
}

/// The action of an object whose manifest says what duplicates are.
pub(crate) fn action(object: &Arc<Object>) -> Option<Action> {
    if object.duplicates.is_empty() {
        return None;
    }
    let of = Arc::clone(object);
    let label = object.label.to_lowercase();
    Some(Action {
        name: format!("{}.merge_{}", object.name.app(), object.name.object()),
        app: object.name.app().to_owned(),
        object: Some(Arc::clone(object)),
        segment: MERGE.to_owned(),
        on_record: true,
        label: "Merge".to_owned(),
        about: format!("Makes one {label} of several: all that led to the others leads to this one from then on."),
        effect: Effect::Reversible,
        when: None,
        inverse: None,
        granted_by: None,
        elevated: false,
        input: operation::schema::<Merge>(),
        output: Some(json!({"type": "object", "x-object": object.name.as_str()})),
        generic: false,
        body: Arc::new(move |ctx, id, input| {
            let object = Arc::clone(&of);
            Box::pin(async move {
                let id = operation::record::<()>(id)?.uuid();
                merge(ctx, &object, id, operation::input(input)?).await
            })
        }),
    })
}

/// Whether an event of the log was written by a merge.
pub(crate) fn is_merge(registry: &Registry, action: &str) -> bool {
    let found = registry.action(action).ok();
    found.is_some_and(|action| {
        action.segment == MERGE && action.object.as_ref().is_some_and(|object| !object.duplicates.is_empty())
    })
}

async fn merge(ctx: &mut Ctx, object: &Arc<Object>, id: Uuid, input: Merge) -> Result<Answer> {
    let Merge { from, fields } = input;
    let group: HashSet<Uuid> = from.iter().copied().collect();
    let refuse = |message: String| Err(Problem::field("from", MERGE, message));
    if from.is_empty() || from.len() > FROM_MAX || group.len() != from.len() {
        return refuse(format!("names from 1 to {FROM_MAX} records, each once"));
    }
    if group.contains(&id) {
        return refuse("names the record itself".to_owned());
    }
    let into = ctx.record(object, id).await?;
    ctx.check_seen(&into)?;
    let mut others = Vec::with_capacity(from.len());
    for id in from {
        others.push(ctx.mergeable(object, id).await?);
    }
    for record in std::iter::once(&into).chain(&others) {
        if ctx.is_frozen(record).await? {
            let (label, title) = (&object.label, record.title());
            return Err(Problem::conflict(format!("{label} {title} is posted and stays; reverse it instead")));
        }
    }
    if !fields.is_empty() {
        let may = Filter::Rows(ctx.policy().rows(object, UPDATE));
        let ask = Ask { filters: vec![Filter::Ids(vec![id]), may], limit: 1, ..Ask::default() };
        if ctx.count_of(object, ask, Some(1)).await? == 0 {
            return Err(Problem::denied(format!("you may not change {} {}", object.label, into.title())));
        }
    }
    let moved = ctx.move_links(object, &group, id).await?;
    let ids: Vec<Uuid> = others.iter().map(Record::id).collect();
    // As they are now that their own links were moved, in the order in which they were named.
    let mut others = ctx.stored(object, &ids).await?;
    others.sort_by_key(|other| ids.iter().position(|id| *id == other.id()));
    for old in &others {
        let mut away = old.clone();
        away.set(system::DELETED_AT, ctx.now());
        ctx.revert_record(old, away, Verb::Delete).await?;
    }
    // Where a tree led to one of the group it may have led to this one since.
    let stored = ctx.record(object, id).await?;
    let mut new = stored.clone();
    let own: HashSet<Uuid> = group.iter().copied().chain([id]).collect();
    take_missing(&mut new, &others, &own);
    ctx.apply(&mut new, &Json::Object(fields))?;
    let elevated = std::mem::replace(&mut ctx.elevated, true);
    let saved = ctx.update_record(stored.clone(), new).await;
    ctx.elevated = elevated;
    let saved = saved?;
    if saved.version() == stored.version() {
        // The log of the record says that it was merged, also where it lacked nothing.
        ctx.revert_record(&stored, stored.clone(), Verb::Update).await?;
    }
    ctx.work_out_anew(moved).await?;
    if ctx.answers_id() {
        return Ok(Answer::Json(json!({ "id": id })));
    }
    ctx.shown(object.name.as_str(), id).await
}

/// Gives a record what it lacks and the others have; lists and rows are put together.
fn take_missing(new: &mut Record, others: &[Record], own: &HashSet<Uuid>) {
    let object = Arc::clone(new.object());
    for (at, field) in object.fields.iter().enumerate() {
        let state = object.state_field() == Some(field.name.as_str());
        if field.system || field.is_derived() || state || matches!(field.kind, FieldType::Sequence(_)) {
            continue;
        }
        let to_itself =
            |value: &Value| field.target() == Some(&object.name) && value.as_id().is_some_and(|id| own.contains(&id));
        match new.at_mut(at) {
            Value::List(items) => items.retain(|item| !to_itself(item)),
            value if to_itself(value) => *value = Value::Null,
            _ => {}
        }
        for other in others {
            match (new.at(at).clone(), other.at(at)) {
                (Value::Rows(rows), Value::Rows(more)) => {
                    new.set_at(at, Value::Rows(with_rows(rows, more)));
                }
                (Value::List(mut items), Value::List(more)) => {
                    let more: Vec<Value> =
                        more.iter().filter(|item| !items.contains(item) && !to_itself(item)).cloned().collect();
                    items.extend(more);
                    new.set_at(at, Value::List(items));
                }
                (known, value) if known.is_empty() && !to_itself(value) => new.set_at(at, value.clone()),
                _ => {}
            }
        }
    }
}

/// The rows, and those of the others that none of them equals, as new ones.
fn with_rows(mut rows: Vec<Record>, more: &[Record]) -> Vec<Record> {
    for row in more {
        let same = |known: &Record| {
            let fields = row.object().fields.iter().enumerate();
            fields.filter(|(_, field)| !field.system).all(|(at, _)| known.at(at) == row.at(at))
        };
        if !rows.iter().any(same) {
            rows.push(super::copy::as_new(row));
        }
    }
    rows
}

impl Ctx {
    /// A live record that the principal may merge.
    async fn mergeable(&mut self, object: &Arc<Object>, id: Uuid) -> Result<Record> {
        let found = self.record_for(object, id, READ, false).await?.ok_or_else(|| missing(object, id))?;
        let may = self.policy().rows(object, MERGE);
        let ask = Ask { filters: vec![Filter::Ids(vec![id]), Filter::Rows(may.clone())], limit: 1, ..Ask::default() };
        if !matches!(may, Rows::All) && self.count_of(object, ask, Some(1)).await? == 0 {
            return Err(Problem::denied(format!("you may not merge {} {}", object.label, found.title())));
        }
        Ok(found)
    }

    /// The records that were merged into one, and those into them, as far as that was not undone.
    pub(crate) async fn merged_into(&mut self, object: &Object, record: Uuid) -> Result<Vec<Uuid>> {
        let mut all = vec![record];
        let mut next = 0;
        while next < all.len() && !object.duplicates.is_empty() {
            let registry = Arc::clone(&self.registry);
            let events = self.events_of(&all[next], 0).await?;
            let runs = events.into_iter().filter(|event| is_merge(&registry, &event.event.action));
            let runs: HashSet<Uuid> =
                runs.filter(|event| event.event.verb == Verb::Update).map(|event| event.event.run).collect();
            for run in runs {
                if self.tx.run(run).await?.is_some_and(|run| run.undone_by.is_some()) {
                    continue;
                }
                let steps = self.tx.steps(run, i64::MAX, PAGE).await?;
                let own = |step: i64| steps.iter().any(|known| known.step == step && known.record == Some(all[next]));
                let events = self.tx.events(EventFilter::Run { run, before: i64::MAX }, PAGE).await?;
                let away = events.iter().filter(|event| {
                    event.event.verb == Verb::Delete
                        && event.event.object == object.name.as_str()
                        && own(event.event.step)
                });
                let away: Vec<Uuid> = away.map(|event| event.event.record).filter(|id| !all.contains(id)).collect();
                all.extend(away);
            }
            next += 1;
        }
        Ok(all)
    }
}
