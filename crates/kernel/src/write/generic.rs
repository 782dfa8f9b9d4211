//! Create, update, delete, restore and copy: the actions that every object has.

use std::sync::Arc;

use nexus_model::{Object, Problem, Record};
use serde_json::Value as Json;

use crate::ctx::Ctx;
use crate::ctx::read::{Ask, missing};
use crate::ctx::seen::{as_stored, at_first};
use crate::operation::{Answer, Body, Effect};
use crate::policy::{CREATE, DELETE, READ};
use crate::registry::{Action, no_input};

/// Names of the generic actions, which are verbs and segments as well.
const NAMES: [&str; 5] = ["create", "update", "delete", "restore", "copy"];

/// Whether `app.create_lead` and its like is a generic action's name.
pub(crate) fn is_generic(action: &str) -> bool {
    let function = action.split_once('.').map_or(action, |(_, function)| function);
    NAMES.iter().any(|name| function.starts_with(&format!("{name}_")))
}

pub(crate) fn actions(object: &Arc<Object>) -> Vec<Action> {
    NAMES
        .iter()
        .map(|name| {
            let of = Arc::clone(object);
            let body: Body = match *name {
                "create" => Arc::new(move |ctx, _, input| {
                    let object = Arc::clone(&of);
                    Box::pin(async move { create(ctx, &object, &input).await })
                }),
                "update" => Arc::new(move |ctx, id, input| {
                    let object = Arc::clone(&of);
                    Box::pin(async move { update(ctx, &object, id, &input).await })
                }),
                "delete" => Arc::new(move |ctx, id, _| {
                    let object = Arc::clone(&of);
                    Box::pin(async move {
                        ctx.delete_record(&object, id.ok_or_else(needs_id)?).await?;
                        Ok(Answer::Json(Json::Null))
                    })
                }),
                "copy" => Arc::new(move |ctx, id, input| {
                    let object = Arc::clone(&of);
                    Box::pin(async move { super::copy::copy(ctx, &object, id, &input).await })
                }),
                _ => Arc::new(move |ctx, id, _| {
                    let object = Arc::clone(&of);
                    Box::pin(async move {
                        let record = ctx.restore_record(&object, id.ok_or_else(needs_id)?).await?;
                        Ok(ctx.visible(record))
                    })
                }),
            };
            let label = object.label.to_lowercase();
            Action {
                name: format!("{}.{name}_{}", object.name.app(), object.name.object()),
                app: object.name.app().to_owned(),
                object: Some(Arc::clone(object)),
                segment: (*name).to_owned(),
                on_record: *name != "create",
                label: nexus_model::names::label(name),
                about: match *name {
                    "create" => format!("Makes a new {label}."),
                    "update" => format!("Changes the given fields of a {label}."),
                    "delete" => format!("Puts a {label} away; it can be restored."),
                    "copy" => format!("Makes a new {label} with the values of this one, but for those given."),
                    _ => format!("Brings a deleted {label} back."),
                },
                effect: Effect::Reversible,
                when: None,
                inverse: None,
                granted_by: match *name {
                    "restore" => Some(DELETE),
                    "copy" => Some(CREATE),
                    _ => None,
                },
                elevated: false,
                input: match *name {
                    "create" => crate::faces::schema::input(object, true),
                    "update" | "copy" => crate::faces::schema::input(object, false),
                    _ => no_input(),
                },
                output: None,
                generic: true,
                body,
            }
        })
        .collect()
}

fn needs_id() -> Problem {
    Problem::malformed("this action needs the id of a record")
}

async fn create(ctx: &mut Ctx, object: &Arc<Object>, input: &Json) -> crate::Result<Answer> {
    let mut record = Record::new(Arc::clone(object));
    // A client may choose the id, so that it can make a record offline and send it once.
    if let Some(id) = input.get("id") {
        let id = id.as_str().and_then(|id| nexus_model::Uuid::try_parse(id).ok());
        record.set("id", id.ok_or_else(|| Problem::field("id", "uuid", "is a UUID, version 7"))?);
    }
    ctx.apply(&mut record, input)?;
    let chosen = input.get("id").is_some();
    let mut record = ctx.create_record(record).await?;
    if !chosen && !ctx.registry.after_save.contains_key(object.name.as_str()) {
        for (at, field) in object.fields.iter().enumerate().filter(|(_, field)| field.is_virtual()) {
            let Some(value) = at_first(field, &record, &ctx.vars) else { return ctx.answer(object, &record).await };
            record.set_at(at, value);
        }
        return ctx.answer_with(object, &record, Vec::new()).await;
    }
    ctx.answer(object, &record).await
}

async fn update(
    ctx: &mut Ctx,
    object: &Arc<Object>,
    id: Option<nexus_model::Uuid>,
    input: &Json,
) -> crate::Result<Answer> {
    let id = id.ok_or_else(needs_id)?;
    let old = ctx.record_for(object, id, READ, false).await?.ok_or_else(|| missing(object, id))?;
    ctx.check_seen(&old)?;
    let mut new = old.clone();
    ctx.apply(&mut new, input)?;
    let new = ctx.update_record(old, new).await?;
    ctx.answer(object, &new).await
}

impl Ctx {
    /// A written record as its writer may see it. Only values that are worked out when read cost a look.
    pub(super) async fn answer(&mut self, object: &Arc<Object>, record: &Record) -> crate::Result<Answer> {
        let fields = (0..object.fields.len()).filter(|at| object.fields[*at].is_virtual()).collect();
        self.answer_with(object, record, fields).await
    }

    /// The same, with the values at `fields` read.
    async fn answer_with(
        &mut self,
        object: &Arc<Object>,
        record: &Record,
        fields: Vec<usize>,
    ) -> crate::Result<Answer> {
        if self.answers_id() {
            return Ok(Answer::Json(serde_json::json!({ "id": record.id() })));
        }
        let worked_out = |of: &Object| of.fields.iter().any(nexus_model::Field::is_virtual);
        let rows = object.table_fields().any(|(_, child)| worked_out(self.schema().expect(child)));
        if rows || !matches!(self.policy().rows(object, READ), nexus_store::Rows::All) {
            return self.shown(object.name.as_str(), record.id()).await;
        }
        let mut whole = record.clone();
        as_stored(&mut whole);
        if fields.is_empty() {
            return Ok(self.visible(whole));
        }
        let filters = vec![nexus_store::Filter::Ids(vec![record.id()])];
        let ask = Ask { filters, limit: 1, fields: fields.clone(), ..Ask::default() };
        for found in self.ask(object, ask).await? {
            fields.iter().for_each(|at| whole.set_at(*at, found.at(*at).clone()));
        }
        Ok(self.visible(whole))
    }
}
