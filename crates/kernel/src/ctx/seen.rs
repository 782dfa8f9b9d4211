//! What a transaction has read or written already, so that it need not ask the database again.
//!
//! Only records whose every value lives in their own rows are kept: nothing but a write of the record itself
//! changes them. They are handed out only where no row policy stands between the asker and the object.

use std::collections::{HashMap, HashSet};

use nexus_model::expr::{Env, Node, Source, Vars, fit};
use nexus_model::field::{Measure, Rollup, RollupOver};
use nexus_model::{Field, FieldType, Object, ObjectName, Record, Schema, Timestamp, Uuid, Value};

/// Records kept at a time.
const RECORDS_MAX: usize = 256;
/// Ids kept at a time.
const IDS_MAX: usize = 100_000;

/// Live records by object and id.
#[derive(Default)]
pub(crate) struct Seen {
    records: HashMap<(ObjectName, Uuid), Record>,
    ids: HashSet<(ObjectName, Uuid)>,
}

/// Whether all values of a record live in its own rows, or are worked out from them alone.
pub(crate) fn is_self_contained(object: &Object, schema: &Schema) -> bool {
    object.child_of.is_none()
        && object.fields.iter().all(|field| !field.is_virtual() || is_own(field, object))
        && object.table_fields().all(|(_, child)| {
            let child = schema.expect(child);
            child.fields.iter().all(|field| !field.is_virtual() && !matches!(field.kind, FieldType::Table(_)))
        })
}

/// Whether a virtual field is worked out from stored values of its own record alone.
fn is_own(field: &Field, object: &Object) -> bool {
    let Some(expr) = &field.computed else { return false };
    let mut plain = true;
    expr.node().walk(&mut |node| match node {
        Node::Field { of, name, .. } | Node::Part { of, name, .. } => {
            let stored = object.field(name).is_some_and(|read| !read.is_virtual() && read.target().is_none());
            plain &= matches!(of, Source::This) && stored;
        }
        Node::Var(_) => plain = false,
        _ => {}
    });
    plain
}

/// What reading a virtual field of a record that was just made would give, where that is certain: nothing can
/// lead to the record yet.
pub(crate) fn at_first(field: &Field, record: &Record, vars: &Vars) -> Option<Value> {
    match (&field.computed, &field.rollup) {
        (Some(expr), _) if is_own(field, record.object()) => {
            Some(fit(expr.eval(&Env { record: Some(record), vars, linked: &|_, _| None }), field))
        }
        (None, Some(Rollup { over: RollupOver::Linked { .. }, measure: Measure::Count, .. })) => Some(Value::Int(0)),
        _ => None,
    }
}

impl Seen {
    pub(crate) fn record(&self, object: &Object, id: Uuid) -> Option<&Record> {
        self.records.get(&(object.name.clone(), id))
    }

    /// Keeps a record as it was read.
    pub(crate) fn keep(&mut self, record: Record) {
        if self.records.len() >= RECORDS_MAX {
            self.records.clear();
        }
        self.keep_id(record.object(), record.id());
        self.records.insert((record.object().name.clone(), record.id()), record);
    }

    /// Keeps a record as it was written, in the form in which it would be read.
    pub(crate) fn keep_written(&mut self, mut record: Record, vars: &Vars) {
        as_stored(&mut record);
        let object = std::sync::Arc::clone(record.object());
        for (position, field) in object.fields.iter().enumerate().filter(|(_, field)| field.is_virtual()) {
            if let Some(value) = at_first(field, &record, vars) {
                record.set_at(position, value);
            }
        }
        self.keep(record);
    }

    /// Whether the record is known to be there.
    pub(crate) fn has_id(&self, object: &Object, id: Uuid) -> bool {
        self.ids.contains(&(object.name.clone(), id))
    }

    pub(crate) fn keep_id(&mut self, object: &Object, id: Uuid) {
        if self.ids.len() >= IDS_MAX {
            self.ids.clear();
        }
        self.ids.insert((object.name.clone(), id));
    }

    pub(crate) fn forget(&mut self, object: &Object, id: Uuid) {
        let key = (object.name.clone(), id);
        self.records.remove(&key);
        self.ids.remove(&key);
    }

    /// After something was taken back.
    pub(crate) fn forget_all(&mut self) {
        self.records.clear();
        self.ids.clear();
    }
}

/// Values as they come back from their columns: microseconds, and empty lists for none.
pub(crate) fn as_stored(record: &mut Record) {
    let object = std::sync::Arc::clone(record.object());
    for (position, field) in object.fields.iter().enumerate() {
        let stored = match (&field.kind, record.at_mut(position)) {
            (FieldType::Table(_), Value::Rows(rows)) => {
                rows.iter_mut().for_each(as_stored);
                continue;
            }
            (FieldType::Table(_), _) => Value::Rows(Vec::new()),
            (FieldType::Choices(_) | FieldType::Tags | FieldType::Links(_), Value::Null) => Value::List(Vec::new()),
            (_, Value::Address(address)) if address.is_empty() => Value::Null,
            (_, Value::DateTime(at)) => match Timestamp::from_microsecond(at.as_microsecond()) {
                Ok(at) => Value::DateTime(at),
                Err(_) => continue,
            },
            _ => continue,
        };
        record.set_at(position, stored);
    }
}
