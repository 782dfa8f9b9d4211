//! A caller's JSON onto a record: names and types checked, rights to fields checked.

use std::sync::Arc;

use nexus_model::field::When;
use nexus_model::object::system;
use nexus_model::{Field, FieldError, FieldType, Object, Problem, Record, Uuid, Value, json};
use serde_json::{Map, Value as Json};

use crate::Result;
use crate::ctx::Ctx;

/// Child rows that one record may hold.
const ROWS_MAX: usize = 5_000;

impl Ctx {
    /// `record` with the fields of `input` set. All complaints come back at once.
    pub(crate) fn apply(&self, record: &mut Record, input: &Json) -> Result<()> {
        let Json::Object(input) = input else {
            return Err(Problem::malformed("a record is a JSON object of its fields"));
        };
        let mut errors = Vec::new();
        self.apply_fields(record, input, &mut errors);
        if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
    }

    fn apply_fields(&self, record: &mut Record, input: &Map<String, Json>, errors: &mut Vec<FieldError>) {
        let object = Arc::clone(record.object());
        for (name, given) in input {
            let Some(position) = object.position(name) else {
                errors.push(unknown(&object, name));
                continue;
            };
            let field = &object.fields[position];
            if ignored(field) {
                continue;
            }
            let policy = self.policy();
            if !policy.writes(&object, field) {
                errors.push(FieldError::new(name, "level", "is not yours to write"));
                continue;
            }
            if field.is_derived() || matches!(field.kind, FieldType::Sequence(_)) && !self.elevated {
                // What a client read and sends back unchanged is no attempt to write it.
                continue;
            }
            if let FieldType::Table(child) = &field.kind {
                let child = Arc::clone(self.schema().expect(child));
                let kept = matches!(field.read_only, When::Always) && !self.elevated;
                match self.rows(&child, record.at(position).as_rows(), given) {
                    Ok(rows) if kept && rows != record.at(position).as_rows() => {
                        errors.push(FieldError::new(name, "read_only", "is set by the system alone"));
                    }
                    Ok(rows) => record.set_at(position, Value::Rows(rows)),
                    Err(inner) => errors.extend(inner.into_iter().map(|error| error.within(name))),
                }
                continue;
            }
            match json::parse(field, given) {
                Ok(value) => {
                    let kept = matches!(field.read_only, When::Always) && !self.elevated;
                    if kept {
                        if value != *record.at(position) {
                            errors.push(FieldError::new(name, "read_only", "is set by the system alone"));
                        }
                        continue;
                    }
                    record.set_at(position, value);
                }
                Err(error) => errors.push(error),
            }
        }
    }

    fn rows(
        &self,
        child: &Arc<Object>,
        old: &[Record],
        given: &Json,
    ) -> std::result::Result<Vec<Record>, Vec<FieldError>> {
        let Some(items) = given.as_array() else {
            return Err(vec![FieldError::new("", "type", "is an array of rows")]);
        };
        if items.len() > ROWS_MAX {
            return Err(vec![FieldError::new("", "max", format!("has more than {ROWS_MAX} rows"))]);
        }
        let mut errors = Vec::new();
        let mut rows: Vec<Record> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let Some(item) = item.as_object() else {
                errors.push(FieldError::new(index.to_string(), "type", "is a row, an object of its fields"));
                continue;
            };
            let id = item.get(system::ID).and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
            let known = id.and_then(|id| old.iter().find(|row| row.id() == id));
            if known.is_some_and(|known| rows.iter().any(|row| row.id() == known.id())) {
                errors.push(FieldError::new(format!("{index}/id"), "unique", "stands twice"));
                continue;
            }
            let mut row = known.cloned().unwrap_or_else(|| Record::new(Arc::clone(child)));
            let mut inner = Vec::new();
            self.apply_fields(&mut row, item, &mut inner);
            errors.extend(inner.into_iter().map(|error| error.within(&index.to_string())));
            rows.push(row);
        }
        if errors.is_empty() { Ok(rows) } else { Err(errors) }
    }
}

/// System fields that a client may send back as it read them.
fn ignored(field: &Field) -> bool {
    field.system && field.name != system::COMPANY
}

fn unknown(object: &Object, name: &str) -> FieldError {
    let near = object
        .fields
        .iter()
        .filter(|field| !field.system)
        .map(|field| (strsim::damerau_levenshtein(&field.name, name), field.name.as_str()))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    let hint = near.map(|(_, near)| format!("; did you mean {near}?")).unwrap_or_default();
    FieldError::new(name, "unknown", format!("is no field of {}{hint}", object.name))
}
