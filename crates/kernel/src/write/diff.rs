//! What differs between two forms of a record, field by field.

use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Field, FieldType, Record, Value, json};
use nexus_store::Change;
use serde_json::Value as Json;

/// A field whose changes are no news: the event itself says when and which version.
fn silent(field: &Field) -> bool {
    field.is_virtual()
        || matches!(
            field.name.as_str(),
            system::ID
                | system::VERSION
                | system::CREATED_AT
                | system::UPDATED_AT
                | system::CREATED_BY
                | system::DELETED_AT
        )
}

/// A value for the log, which keeps no secret.
fn logged(field: &Field, value: &Value) -> Json {
    match (&field.kind, value) {
        (FieldType::Secret, Value::Null) => Json::Null,
        (FieldType::Secret, _) => Json::from("•••"),
        (_, value) if value.is_empty() => Json::Null,
        (_, value) => json::value(value),
    }
}

/// Every value of a new record.
pub(crate) fn created(record: &Record) -> Vec<Change> {
    changed(&Record::new(Arc::clone(record.object())), record)
}

/// The fields that differ. Child rows are told one by one.
pub(crate) fn changed(old: &Record, new: &Record) -> Vec<Change> {
    let object = new.object();
    let mut changes = Vec::new();
    for (position, field) in object.fields.iter().enumerate() {
        let (from, to) = (old.at(position), new.at(position));
        if silent(field) || from == to || (from.is_empty() && to.is_empty()) {
            continue;
        }
        if matches!(field.kind, FieldType::Table(_)) {
            rows(&field.name, from.as_rows(), to.as_rows(), &mut changes);
        } else {
            changes.push(Change { field: field.name.clone(), from: logged(field, from), to: logged(field, to) });
        }
    }
    changes
}

fn rows(table: &str, old: &[Record], new: &[Record], changes: &mut Vec<Change>) {
    for gone in old.iter().filter(|row| !new.iter().any(|kept| kept.id() == row.id())) {
        changes.push(Change { field: format!("{table}/{}", gone.id()), from: row(gone), to: Json::Null });
    }
    for now in new {
        match old.iter().find(|known| known.id() == now.id()) {
            None => changes.push(Change { field: format!("{table}/{}", now.id()), from: Json::Null, to: row(now) }),
            Some(before) => {
                for change in changed(before, now) {
                    changes.push(Change { field: format!("{table}/{}/{}", now.id(), change.field), ..change });
                }
            }
        }
    }
}

/// A child row as the log keeps it: what it declares, and its place.
pub(crate) fn row(record: &Record) -> Json {
    let object = record.object();
    let fields = object.fields.iter().enumerate();
    let kept = fields.filter(|(_, field)| field.name != system::PARENT && !field.is_virtual());
    let values = kept.map(|(position, field)| (field.name.clone(), logged(field, record.at(position))));
    Json::Object(values.filter(|(_, value)| !value.is_null()).collect())
}
