//! Values of the log and of records, by the paths of changes: `field`, `table/row`, `table/row/field`.

use std::sync::Arc;

use nexus_model::field::Recompute;
use nexus_model::object::system;
use nexus_model::{FieldType, Object, Record, Schema, Value, json};
use nexus_store::Change;
use serde_json::Value as Json;

/// Whether the value at a change's path is worked out at each save: nobody gave it, so nobody's change is in the way.
fn is_derived(object: &Object, path: &str, schema: &Schema) -> bool {
    let mut parts = path.splitn(3, '/');
    let (name, row, inner) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let Some(field) = object.field(name) else { return false };
    match (row, inner, field.target().and_then(|child| schema.get(child.as_str()))) {
        (Some(_), Some(inner), Some(child)) => is_derived(child, inner, schema),
        (Some(_), ..) => false,
        _ => field.rollup.is_some() || (field.computed.is_some() && field.recompute != Recompute::Create),
    }
}

/// A value of the log; of a whole row what is not worked out.
fn given(object: &Object, path: &str, mut value: Json, schema: &Schema) -> Json {
    let table = path.split_once('/').filter(|(_, row)| !row.contains('/')).and_then(|(name, _)| object.field(name));
    let child = table.and_then(|field| field.target()).and_then(|child| schema.get(child.as_str()));
    if let (Some(child), Json::Object(row)) = (child, &mut value) {
        row.retain(|name, _| !is_derived(child, name, schema));
    }
    value
}

/// The changes of which the stored value is no longer what the event left: those of values that somebody gave, and those of
/// values that are worked out.
pub(super) fn differing(stored: &Record, changes: &[Change], schema: &Schema) -> (Vec<String>, Vec<String>) {
    let object = stored.object();
    let differs = |change: &&Change| {
        let given = |value: Json| given(object, &change.field, value, schema);
        given(current(stored, &change.field)) != given(change.to.clone())
    };
    let differing = changes.iter().filter(differs).map(|change| change.field.clone());
    differing.partition(|path| !is_derived(object, path, schema))
}

/// The stored value at a change's path, in the form that the log keeps.
fn current(stored: &Record, path: &str) -> Json {
    let mut parts = path.splitn(3, '/');
    let (field, row, inner) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let Some(row) = row else {
        let blank = Record::new(Arc::clone(stored.object()));
        let mut only = blank.clone();
        if let Some(position) = stored.object().position(field) {
            only.set_at(position, stored.at(position).clone());
        }
        return crate::write::diff::changed(&blank, &only).pop().map(|change| change.to).unwrap_or_default();
    };
    let row = stored.get(field).as_rows().iter().find(|known| known.id().to_string() == row);
    match (row, inner) {
        (None, _) => Json::Null,
        (Some(row), Some(inner)) => current(row, inner),
        (Some(row), None) => crate::write::diff::row(row),
    }
}

/// Puts a value of the log back at a change's path.
pub(crate) fn put(record: &mut Record, path: &str, value: &Json, schema: &Schema) -> std::result::Result<(), String> {
    let object = Arc::clone(record.object());
    let mut parts = path.splitn(3, '/');
    let (name, row, inner) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let Some(position) = object.position(name) else { return Err(format!("there is no field {name} any more")) };
    let field = &object.fields[position];
    let Some(row) = row else {
        if field.kind == FieldType::Secret && !value.is_null() {
            return Err("a secret is not on the log and cannot be put back".to_owned());
        }
        let relaxed = nexus_model::Field { min: None, max: None, pattern: None, ..field.clone() };
        let parsed = json::parse(&relaxed, value).map_err(|error| error.message)?;
        record.set_at(position, parsed);
        return Ok(());
    };
    let FieldType::Table(child) = &field.kind else { return Err(format!("{name} has no rows any more")) };
    let child = Arc::clone(schema.expect(child));
    let Value::Rows(mut rows) = record.take(name) else { return Err(format!("{name} has no rows")) };
    let at = rows.iter().position(|known| known.id().to_string() == row);
    let result = match (at, inner, value) {
        (Some(at), Some(inner), value) => put(&mut rows[at], inner, value, schema),
        (Some(at), None, Json::Null) => {
            rows.remove(at);
            Ok(())
        }
        (None, None, Json::Object(values)) => {
            let mut back = Record::new(child);
            back.set(system::PARENT, record.id());
            let put_all = values.iter().try_for_each(|(name, value)| put(&mut back, name, value, schema));
            let place = usize::try_from(back.get(system::POSITION).as_int().unwrap_or_default()).unwrap_or_default();
            rows.insert(place.min(rows.len()), back);
            put_all
        }
        _ => Err(format!("the row {row} was changed since")),
    };
    record.set_at(position, Value::Rows(rows));
    result
}
