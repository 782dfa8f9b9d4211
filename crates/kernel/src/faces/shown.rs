//! Records as a principal sees them, written out as they are told: no copy of a page is made in between.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{FieldType, Object, Record, Uuid, Value, json};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value as Json};

use super::expand::ids;
use crate::policy::Policy;

/// What is told of an object's records: never a secret, and of other fields those that the principal may see.
pub(crate) struct View {
    /// Positions of the fields, in the object's order.
    fields: Vec<usize>,
    /// The views of child rows, by the position of their table.
    rows: Vec<(usize, View)>,
    /// Records that expanded links lead to, by the position of the link.
    links: Vec<(usize, Arc<HashMap<Uuid, Shown>>)>,
}

impl View {
    /// All that the principal may see of the `wanted` fields, by name.
    pub(crate) fn new(policy: Policy<'_>, object: &Object, wanted: &dyn Fn(&str) -> bool) -> View {
        let shows = |field: &nexus_model::Field| field.name != system::DELETED_AT && policy.shows(object, field);
        View::of(policy, object, &|field| shows(field) && wanted(&field.name))
    }

    fn of(policy: Policy<'_>, object: &Object, shows: &dyn Fn(&nexus_model::Field) -> bool) -> View {
        let fields: Vec<usize> = (0..object.fields.len()).filter(|at| shows(&object.fields[*at])).collect();
        let tables = fields.iter().filter_map(|at| match &object.fields[*at].kind {
            FieldType::Table(child) => Some((*at, policy.registry.schema.expect(child))),
            _ => None,
        });
        let row = |child: &Object| {
            View::of(policy, child, &|field| field.name != system::PARENT && policy.shows(child, field))
        };
        let rows = tables.map(|(at, child)| (at, row(child))).collect();
        View { fields, rows, links: Vec::new() }
    }

    /// Tells the link at a position as the record that it leads to.
    pub(crate) fn expand(&mut self, at: usize, found: Arc<HashMap<Uuid, Shown>>) {
        self.links.push((at, found));
    }

    /// The view of a table's rows, where the table is told.
    pub(crate) fn rows_mut(&mut self, table: usize) -> Option<&mut View> {
        self.rows.iter_mut().find(|(at, _)| *at == table).map(|(_, view)| view)
    }

    /// How many records are told with one: itself, and those that its expanded links lead to, each as often as it is told.
    fn told(&self, record: &Record) -> usize {
        let rows = self.rows.iter().filter(|(_, view)| !view.links.is_empty());
        let rows = rows.flat_map(|(at, view)| record.at(*at).as_rows().iter().map(|row| view.told(row) - 1));
        let linked = self
            .links
            .iter()
            .flat_map(|(at, found)| ids(record.at(*at)).filter_map(|id| found.get(&id)).map(|linked| linked.told));
        rows.chain(linked).fold(1, usize::saturating_add)
    }

    /// The records that the link at a position leads to, where it is expanded.
    fn links(&self, at: usize) -> Option<&HashMap<Uuid, Shown>> {
        self.links.iter().find(|(link, _)| *link == at).map(|(_, found)| found.as_ref())
    }
}

/// A record as a principal sees it. It is written as a flat JSON object.
#[derive(Clone)]
pub struct Shown {
    record: Arc<Record>,
    view: Arc<View>,
    told: usize,
}

impl Shown {
    pub(crate) fn new(record: Record, view: &Arc<View>) -> Shown {
        let told = view.told(&record);
        Shown { record: Arc::new(record), view: Arc::clone(view), told }
    }

    /// How many records are told with it, itself included.
    pub fn told(&self) -> usize {
        self.told
    }

    pub fn id(&self) -> Uuid {
        self.record.id()
    }

    pub fn version(&self) -> i64 {
        self.record.version()
    }

    /// Whether links of it are told as records.
    pub fn is_expanded(&self) -> bool {
        !self.view.links.is_empty() || self.view.rows.iter().any(|(_, rows)| !rows.links.is_empty())
    }

    /// The value of a field; null where it is not told.
    pub fn get(&self, field: &str) -> Json {
        let at = self.record.object().position(field).filter(|at| self.view.fields.contains(at));
        let member = at.map(|at| Member { view: &self.view, record: &self.record, at });
        member.and_then(|member| serde_json::to_value(member).ok()).unwrap_or_default()
    }

    pub fn to_json(&self) -> Map<String, Json> {
        match serde_json::to_value(self) {
            Ok(Json::Object(members)) => members,
            _ => Map::new(),
        }
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Told { view: &self.view, record: &self.record }.serialize(serializer)
    }
}

/// A record in a view.
struct Told<'a> {
    view: &'a View,
    record: &'a Record,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Told { view, record } = *self;
        let mut members = serializer.serialize_map(Some(view.fields.len()))?;
        for at in &view.fields {
            members.serialize_entry(&record.object().fields[*at].name, &Member { view, record, at: *at })?;
        }
        members.end()
    }
}

/// One value of a record in a view.
struct Member<'a> {
    view: &'a View,
    record: &'a Record,
    at: usize,
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Member { view, record, at } = *self;
        let value = record.at(at);
        match &record.object().fields[at].kind {
            FieldType::Secret => serializer.serialize_bool(*value != Value::Null),
            FieldType::Table(_) => {
                let Some((_, view)) = view.rows.iter().find(|(table, _)| *table == at) else {
                    return serializer.serialize_none();
                };
                let mut rows = serializer.serialize_seq(Some(value.as_rows().len()))?;
                value.as_rows().iter().try_for_each(|record| rows.serialize_element(&Told { view, record }))?;
                rows.end()
            }
            _ => match (view.links(at), value) {
                (None, _) => json::Written(value).serialize(serializer),
                (Some(found), Value::List(several)) => {
                    serializer.collect_seq(several.iter().map(|value| Linked { found, value }))
                }
                (Some(found), value) => Linked { found, value }.serialize(serializer),
            },
        }
    }
}

/// One end of an expanded link: the record, or the id of one that the principal may not see.
struct Linked<'a> {
    found: &'a HashMap<Uuid, Shown>,
    value: &'a Value,
}

impl Serialize for Linked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value.as_id().and_then(|id| self.found.get(&id)) {
            Some(linked) => linked.serialize(serializer),
            None => json::Written(self.value).serialize(serializer),
        }
    }
}
