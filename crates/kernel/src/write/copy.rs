//! A new record after an old one: what a person would write again, and nothing that was given to the old one alone.

use std::sync::Arc;

use nexus_model::field::When;
use nexus_model::object::system;
use nexus_model::{Field, FieldType, Object, Record, Value};
use serde_json::Value as Json;

use crate::Result;
use crate::ctx::Ctx;
use crate::ctx::read::missing;
use crate::operation::{self, Answer};
use crate::policy::READ;

/// The record with `input` over what is copied. It is made as every new one is, under the same rights.
pub(super) async fn copy(
    ctx: &mut Ctx,
    object: &Arc<Object>,
    id: Option<nexus_model::Uuid>,
    input: &Json,
) -> Result<Answer> {
    let id = operation::record::<()>(id)?.uuid();
    let old = ctx.record_for(object, id, READ, false).await?.ok_or_else(|| missing(object, id))?;
    let mut new = as_new(&old);
    let policy = ctx.policy();
    for (at, field) in object.fields.iter().enumerate() {
        // Nobody copies what they could not see, or not write.
        let own = field.name == system::COMPANY;
        if !(own || policy.shows(object, field) && policy.writes(object, field)) {
            new.set_at(at, Value::Null);
        } else if let Value::Rows(rows) = new.at_mut(at) {
            for row in rows {
                let child = Arc::clone(row.object());
                for (at, field) in child.fields.iter().enumerate().filter(|(_, field)| !field.system) {
                    if !(policy.shows(&child, field) && policy.writes(&child, field)) {
                        row.set_at(at, Value::Null);
                    }
                }
            }
        }
    }
    ctx.apply(&mut new, input)?;
    let made = ctx.create_record(new).await?;
    ctx.answer(object, &made).await
}

/// A record, or a row, that is to be made after another: without id, numbers, states, keys, figures that are worked out,
/// and what actions wrote into it.
pub(in crate::write) fn as_new(old: &Record) -> Record {
    let object = Arc::clone(old.object());
    let mut new = Record::new(Arc::clone(&object));
    for (at, _) in object.fields.iter().enumerate().filter(|(_, field)| is_copied(&object, field)) {
        let value = match old.at(at) {
            Value::Rows(rows) => Value::Rows(rows.iter().map(as_new).collect()),
            value => value.clone(),
        };
        new.set_at(at, value);
    }
    new
}

fn is_copied(object: &Object, field: &Field) -> bool {
    let key =
        |unique: &nexus_model::object::Unique| unique.fields.first() == Some(&field.name) && unique.when.is_none();
    let state = object.state_field() == Some(field.name.as_str());
    let given = matches!(field.kind, FieldType::Sequence(_) | FieldType::Secret);
    let by_action = field.mutable || matches!(field.read_only, When::Always);
    let engine = field.system && field.name != system::COMPANY;
    field.copied && !(engine || field.is_derived() || given || state || by_action || object.unique.iter().any(key))
}
