//! Which texts of a record are searched, and who may find it by them.

use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Field, FieldType, Object, Record, Schema, Timestamp, Uuid, Value};

use super::{Doc, Scope};
use crate::policy::{Policy, READ};

/// The class of what every reader of a record sees.
const FREE: &str = "free";

/// A field whose text is searched, of a record or of its child rows.
pub(crate) struct Source {
    /// The position of the table, for a field of its rows.
    pub(crate) table: Option<usize>,
    pub(crate) field: usize,
    /// The rights that it takes to see it.
    class: String,
    /// The same in words: the field, that of the table before it, and the class.
    name: String,
}

/// What of an object is searched.
pub(crate) struct Searched {
    pub(crate) object: Arc<Object>,
    pub(crate) title: Option<usize>,
    pub(crate) sources: Vec<Source>,
    owner: Option<usize>,
}

/// Every object whose records are found by words. What is worked out at each read is not searched: it changes without
/// the log telling.
pub(crate) fn searched(schema: &Schema) -> Vec<Searched> {
    let own = schema.objects().filter(|object| object.child_of.is_none());
    own.filter_map(|object| Searched::new(object, schema)).collect()
}

fn takes_part(field: &Field) -> bool {
    field.search && !field.is_virtual() && !matches!(field.kind, FieldType::Secret)
}

impl Searched {
    fn new(object: &Arc<Object>, schema: &Schema) -> Option<Searched> {
        let (mut title, mut sources) = (None, Vec::new());
        for (at, field) in object.fields.iter().enumerate() {
            if let FieldType::Table(child) = &field.kind {
                let inner = schema.expect(child).fields.iter().enumerate().filter(|(_, field)| takes_part(field));
                let of_rows = inner.map(|(inner, row)| Source::new(Some(at), inner, &[field, row]));
                sources.extend(of_rows);
            } else if takes_part(field) && field.name == object.title {
                title = Some(at);
            } else if takes_part(field) {
                sources.push(Source::new(None, at, &[field]));
            }
        }
        if title.is_none() && sources.is_empty() {
            return None;
        }
        let owned = |field: &Field| {
            field.target().is_some_and(|object| object.as_str() == system::USER_OBJECT)
                && !field.is_virtual()
                && class(&[field]) == FREE
        };
        let named = object.position("owner").filter(|at| owned(&object.fields[*at]));
        let owner = named.or_else(|| object.position(system::CREATED_BY));
        Some(Searched { object: Arc::clone(object), title, sources, owner })
    }

    /// Names all that is searched.
    pub(crate) fn form(&self) -> String {
        let sources: Vec<&str> = self.sources.iter().map(|source| source.name.as_str()).collect();
        let title = self.title.map_or("", |at| &self.object.fields[at].name);
        format!("{} {title} {} {}", self.object.name, self.owner_field(), sources.join(" "))
    }

    /// Names what of it takes rights to be seen, and whom it is counted under.
    pub(crate) fn guarded(&self) -> impl Iterator<Item = String> {
        let guarded = self.sources.iter().filter(|source| source.class != FREE).map(|source| source.name.as_str());
        let owner = Some(self.owner_field()).filter(|name| *name != system::CREATED_BY);
        guarded.chain(owner).map(|name| format!("{} {name}", self.object.name))
    }

    fn owner_field(&self) -> &str {
        self.owner.map_or("", |at| &self.object.fields[at].name)
    }

    /// Positions of the fields that a document is made of.
    pub(crate) fn fields(&self) -> Vec<usize> {
        let needed = [system::ID, system::VERSION, system::UPDATED_AT];
        let system = needed.into_iter().filter_map(|name| self.object.position(name));
        let texts = self.sources.iter().map(|source| source.table.unwrap_or(source.field));
        let mut fields: Vec<usize> = system.chain(self.title).chain(self.owner).chain(texts).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// A record as an index is told of it.
    pub(crate) fn doc(&self, record: &Record) -> Doc {
        let texts = self.sources.iter().flat_map(|source| {
            let texts = source.texts(record);
            texts.into_iter().map(|text| (source.class.clone(), text))
        });
        Doc {
            object: self.object.name.as_str().to_owned(),
            id: record.id(),
            title: self.title.and_then(|at| text(record, at)).unwrap_or_default(),
            texts: texts.collect(),
            owner: self.owner.and_then(|at| record.at(at).as_id()),
            at: timestamp(record),
            uses: u64::try_from(record.version()).unwrap_or_default(),
        }
    }

    /// What of it the principal may find; none where there is no record to be read.
    pub(crate) fn scope(&self, policy: &Policy<'_>) -> Option<Scope> {
        if !policy.may(&self.object, READ) {
            return None;
        }
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for source in &self.sources {
            let to = if self.shows(policy, source) { &mut shown } else { &mut hidden };
            if !to.contains(&source.class) {
                to.push(source.class.clone());
            }
        }
        Some(Scope { object: self.object.name.as_str().to_owned(), shown, hidden })
    }

    pub(crate) fn shows(&self, policy: &Policy<'_>, source: &Source) -> bool {
        match source.table {
            None => policy.shows(&self.object, &self.object.fields[source.field]),
            Some(table) => {
                let table = &self.object.fields[table];
                let FieldType::Table(child) = &table.kind else { return false };
                let child = policy.registry.schema.expect(child);
                policy.shows(&self.object, table) && policy.shows(child, &child.fields[source.field])
            }
        }
    }
}

impl Source {
    fn new(table: Option<usize>, field: usize, path: &[&Field]) -> Source {
        let class = class(path);
        let names: Vec<&str> = path.iter().map(|field| field.name.as_str()).collect();
        Source { table, field, name: format!("{}:{class}", names.join("/")), class }
    }

    /// The texts of a record in this field; one for each child row.
    pub(crate) fn texts(&self, record: &Record) -> Vec<String> {
        match self.table {
            None => text(record, self.field).into_iter().collect(),
            Some(table) => record.at(table).as_rows().iter().filter_map(|row| text(row, self.field)).collect(),
        }
    }
}

/// When a record was changed last.
pub(crate) fn timestamp(record: &Record) -> Timestamp {
    if let Value::DateTime(at) = record.get(system::UPDATED_AT) { *at } else { Timestamp::UNIX_EPOCH }
}

fn text(record: &Record, at: usize) -> Option<String> {
    crate::faces::list::text_of(record, &record.object().fields[at].name)
}

/// The rights that it takes to see all these fields: their levels, and whether agents may.
fn class(fields: &[&Field]) -> String {
    let mut levels: Vec<u8> = fields.iter().map(|field| field.level).filter(|level| *level > 0).collect();
    levels.sort_unstable();
    levels.dedup();
    let mut class: Vec<String> = levels.iter().map(u8::to_string).collect();
    if fields.iter().any(|field| !field.agent_visible) {
        class.push("people".to_owned());
    }
    if class.is_empty() { FREE.to_owned() } else { class.join("_") }
}

/// The sources of an object by its name.
pub(crate) fn of<'a>(all: &'a [Searched], object: &str) -> Option<&'a Searched> {
    all.iter().find(|searched| searched.object.name.as_str() == object)
}

/// Ids by object, each once.
pub(crate) fn grouped<'a>(records: impl Iterator<Item = (&'a str, Uuid)>) -> Vec<(&'a str, Vec<Uuid>)> {
    let mut groups: Vec<(&str, Vec<Uuid>)> = Vec::new();
    for (object, id) in records {
        match groups.iter_mut().find(|(known, _)| *known == object) {
            Some((_, ids)) => ids.push(id),
            None => groups.push((object, vec![id])),
        }
    }
    for (_, ids) in &mut groups {
        ids.sort_unstable();
        ids.dedup();
    }
    groups
}
