//! What the writer has read or written already, so that it need not ask the database again.
//!
//! Only records whose every value lives in their own rows are kept: nothing but a write of the record itself
//! changes them. They are handed out only where no row policy stands between the asker and the object.

use foldhash::{HashMap, HashSet};
use nexus_model::expr::{Env, Node, Source, Vars, fit};
use nexus_model::field::{Measure, Rollup, RollupOver};
use nexus_model::{Field, FieldType, Object, ObjectName, Record, Schema, Timestamp, Uuid, Value};
use nexus_store::LogEnd;

/// Records kept at a time: twice so many, of which the older half goes when the younger is full.
const RECORDS_MAX: usize = 1_024;
/// Ids kept at a time.
const IDS_MAX: usize = 100_000;
/// Ids kept from one transaction to the next.
const IDS_LASTING: usize = 4_096;
/// Answers to questions kept at a time.
const FIRSTS_MAX: usize = 32;

/// Live records by object and id.
#[derive(Default)]
pub(crate) struct Seen {
    records: HashMap<Uuid, Record>,
    older: HashMap<Uuid, Record>,
    ids: HashSet<(ObjectName, Uuid)>,
    /// Which record of an object was the first with these values.
    firsts: Vec<First>,
    /// Some of it was written by the work under way.
    written: bool,
}

struct First {
    object: ObjectName,
    equals: Vec<(String, Value)>,
    id: Option<Uuid>,
}

/// What the writer of a tenant goes on with: all that its last job saw, as long as nothing else was written since. Each
/// change of a record has its event, so the end of the log tells; also of a change that was refused after its job.
#[derive(Default)]
pub(crate) struct Lasting {
    end: LogEnd,
    seen: Seen,
}

impl Lasting {
    /// What a job saw that was `kept` or not; none where it wrote what is taken back.
    pub(crate) fn new(end: LogEnd, mut seen: Seen, kept: bool) -> Lasting {
        if seen.written && !kept {
            return Lasting::default();
        }
        seen.written = false;
        if seen.ids.len() > IDS_LASTING {
            seen.ids = HashSet::default();
        }
        Lasting { end, seen }
    }

    /// What was seen when the log ended so.
    pub(crate) fn at(self, end: LogEnd) -> Seen {
        if self.end == end { self.seen } else { Seen::default() }
    }
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
        let found = self.records.get(&id).or_else(|| self.older.get(&id));
        // Whoever made it may have given a record the id of another object's.
        found.filter(|record| record.object().name == object.name)
    }

    /// Keeps a record as it was read.
    pub(crate) fn keep(&mut self, record: Record) {
        if self.records.len() >= RECORDS_MAX {
            self.older = std::mem::take(&mut self.records);
        }
        self.keep_id(record.object(), record.id());
        self.records.insert(record.id(), record);
    }

    /// The first record with these values as it was found; `Some(None)` when there was none.
    pub(crate) fn first(&self, object: &Object, equals: &[(String, Value)]) -> Option<Option<&Record>> {
        let known = self.firsts.iter().find(|first| first.object == object.name && first.equals == equals)?;
        match known.id {
            Some(id) => self.record(object, id).map(Some),
            None => Some(None),
        }
    }

    pub(crate) fn keep_first(&mut self, object: &Object, equals: Vec<(String, Value)>, found: Option<&Record>) {
        if self.firsts.len() >= FIRSTS_MAX {
            self.firsts.clear();
        }
        self.firsts.push(First { object: object.name.clone(), equals, id: found.map(Record::id) });
        if let Some(record) = found {
            self.keep(record.clone());
        }
    }

    /// After a change of one of the object's records: another may be the first now.
    pub(crate) fn changed(&mut self, object: &Object) {
        self.written = true;
        self.firsts.retain(|first| first.object != object.name);
    }

    /// Keeps a record as it was written, in the form in which it would be read.
    pub(crate) fn keep_written(&mut self, mut record: Record, vars: &Vars) {
        self.written = true;
        as_stored(&mut record);
        let object = std::sync::Arc::clone(record.object());
        for (position, field) in object.fields.iter().enumerate().filter(|(_, field)| field.is_virtual()) {
            if let Some(value) = at_first(field, &record, vars)
                && value != *record.at(position)
            {
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
        self.written = true;
        self.records.remove(&id);
        self.older.remove(&id);
        self.ids.remove(&(object.name.clone(), id));
    }

    /// After something was taken back.
    pub(crate) fn forget_all(&mut self) {
        *self = Seen { written: self.written, ..Seen::default() };
    }
}

/// Values as they come back from their columns: microseconds, and empty lists for none. Whether any was another.
pub(crate) fn as_stored(record: &mut Record) -> bool {
    let object = std::sync::Arc::clone(record.object());
    let mut changed = false;
    for (position, field) in object.fields.iter().enumerate() {
        let stored = match (&field.kind, record.at(position)) {
            (FieldType::Table(_), Value::Rows(rows)) => {
                let mut rows = rows.clone();
                if rows.iter_mut().filter_map(|row| as_stored(row).then_some(())).count() == 0 {
                    continue;
                }
                Value::Rows(rows)
            }
            (FieldType::Table(_), _) => Value::Rows(Vec::new()),
            (FieldType::Choices(_) | FieldType::Tags | FieldType::Links(_), Value::Null) => Value::List(Vec::new()),
            (_, Value::Address(address)) if address.is_empty() => Value::Null,
            (_, Value::DateTime(at)) => match Timestamp::from_microsecond(at.as_microsecond()) {
                Ok(whole) if whole != *at => Value::DateTime(whole),
                _ => continue,
            },
            _ => continue,
        };
        record.set_at(position, stored);
        changed = true;
    }
    changed
}
