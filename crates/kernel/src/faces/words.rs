//! Changes in a person's words: labels for fields, titles for links, values as they are read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Field, FieldType, Object, ObjectName, Record, Uuid, Value, json};
use nexus_store::{Change, Filter, Verb};
use serde_json::Value as Json;

use crate::Result;
use crate::ctx::read::Ask;
use crate::ctx::{ChangeSet, Ctx};
use crate::undo::put;

/// Characters of a value in a sentence.
const VALUE_MAX: usize = 120;
/// Titles read at a time.
const PAGE: usize = 500;

/// What links lead to, as far as the reader may read it.
pub(crate) type Titles = HashMap<Uuid, String>;

/// One write to a record as a line: `Deal Roof becomes won`, `Changes deal Roof`.
pub(crate) fn summary(set: &ChangeSet, shows_state: bool) -> String {
    let verb = match set.verb {
        Verb::Create => "Creates",
        Verb::Update => "Changes",
        Verb::Delete => "Deletes",
        Verb::Restore => "Restores",
    };
    let title = if set.title == set.record.id().to_string() { String::new() } else { format!(" {}", set.title) };
    let object = set.record.object();
    let state = object.state_field().filter(|_| shows_state);
    let state = state.and_then(|state| set.changes.iter().find(|change| change.field == state));
    let label = &object.label;
    match state.and_then(|change| change.to.as_str()) {
        Some(to) if set.verb == Verb::Update => format!("{label}{title} becomes {to}"),
        _ => format!("{verb} {}{title}", label.to_lowercase()),
    }
}

/// A value of the log as it is read.
fn text(object: &Object, field: &Field, value: &Json, titles: &Titles) -> String {
    let parsed = json::parse(&Field { min: None, max: None, pattern: None, ..field.clone() }, value);
    let title = |id: &Value| {
        let known = id.as_id().and_then(|id| titles.get(&id).cloned());
        known.unwrap_or_else(|| "another".to_owned())
    };
    let choice = |value: &str| match (&field.kind, &object.states) {
        (_, Some(states)) if states.field == field.name => states.get(value).map(|state| state.label.clone()),
        (FieldType::Choice(of) | FieldType::Choices(of), _) => {
            of.iter().find(|choice| choice.value == value).map(|choice| choice.label.clone())
        }
        _ => None,
    };
    let text = match (&field.kind, parsed) {
        (FieldType::Link(_), Ok(id)) => title(&id),
        (FieldType::Links(_), Ok(Value::List(ids))) => ids.iter().map(title).collect::<Vec<_>>().join(", "),
        (_, Ok(Value::Text(text))) => choice(&text).unwrap_or(text),
        (_, Ok(Value::List(items))) => {
            let words = items.iter().map(|item| item.as_text().and_then(choice).unwrap_or_else(|| json::shown(item)));
            words.collect::<Vec<_>>().join(", ")
        }
        (_, Ok(value)) => json::shown(&value),
        (_, Err(_)) => value.to_string(),
    };
    match text.char_indices().nth(VALUE_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A field's change as a sentence: `Stage from Qualified to Won`, `Line 2: quantity from 1 to 3`.
fn sentence(object: &Object, change: &Change, rows: &Rows<'_>, titles: &Titles) -> String {
    let mut parts = change.field.splitn(3, '/');
    let (name, row, inner) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let Some(field) = object.field(name) else { return format!("{name} changed") };
    let Some(row) = row else { return plain(object, field, &field.label, change, titles) };
    let found = rows.get(name, row);
    let place = found.map(|(place, _)| place).unwrap_or_default();
    let child = found.map(|(_, record)| Arc::clone(record.object()));
    let label = child.as_ref().map_or_else(|| field.label.clone(), |child| child.label.clone());
    match (inner, child) {
        (Some(system::POSITION), _) => {
            let before = change.from.as_i64().unwrap_or_default() + 1;
            format!("{label} {place} was {} {before}", label.to_lowercase())
        }
        (Some(inner), Some(child)) => {
            let Some(field) = child.field(inner) else { return format!("{label} {place} changed") };
            format!("{label} {place}: {}", plain(&child, field, &field.label.to_lowercase(), change, titles))
        }
        (None, _) if change.from.is_null() => format!("{label} {place} added"),
        (None, _) if change.to.is_null() => format!("{label} {place} removed"),
        _ => format!("{label} {place} changed"),
    }
}

fn plain(object: &Object, field: &Field, label: &str, change: &Change, titles: &Titles) -> String {
    let long = matches!(field.kind, FieldType::LongText | FieldType::RichText | FieldType::Json | FieldType::Secret);
    let text = |value: &Json| text(object, field, value, titles);
    match (change.from.is_null(), change.to.is_null()) {
        (true, false) if long => format!("{label} written"),
        (false, true) if long => format!("{label} removed"),
        _ if long => format!("{label} changed"),
        (true, _) => format!("{label} set to {}", text(&change.to)),
        (_, true) => format!("{label} removed, it was {}", text(&change.from)),
        _ => format!("{label} from {} to {}", text(&change.from), text(&change.to)),
    }
}

/// The rows of a record before and after, to say the how-manieth one is.
struct Rows<'a> {
    before: Option<&'a Record>,
    after: Option<&'a Record>,
}

impl<'a> Rows<'a> {
    fn get(&self, table: &str, id: &str) -> Option<(usize, &'a Record)> {
        let of = |record: Option<&'a Record>| {
            let rows = record.map(|record| record.get(table).as_rows()).unwrap_or_default();
            let at = rows.iter().position(|row| row.id().to_string() == id)?;
            Some((at + 1, &rows[at]))
        };
        of(self.after).or_else(|| of(self.before))
    }
}

/// A field's change, and the sentence that tells it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Told {
    pub field: String,
    pub from: Json,
    pub to: Json,
    pub text: String,
}

impl Ctx {
    /// What differs between two forms of a record, told to the principal: only fields that are shown.
    pub(crate) fn told_difference(
        &self,
        (before, after): (Option<&Record>, Option<&Record>),
        titles: &Titles,
    ) -> Vec<Told> {
        let Some(object) = after.or(before).map(|record| Arc::clone(record.object())) else { return Vec::new() };
        self.told_each(&object, differing(before, after), &Rows { before, after }, titles)
    }

    /// What each write did to its record, told to the principal: only fields that are shown.
    pub(crate) async fn told_writes(&mut self, writes: &[&ChangeSet]) -> Result<Vec<Vec<Told>>> {
        let schema = Arc::clone(self.schema());
        let before = |set: &&ChangeSet| {
            let mut before = set.record.clone();
            // What cannot be put back, as a secret, is told by what the log says of it.
            set.changes.iter().rev().for_each(|change| drop(put(&mut before, &change.field, &change.from, &schema)));
            before
        };
        let befores: Vec<Record> = writes.iter().map(before).collect();
        let all: Vec<&Record> = befores.iter().chain(writes.iter().map(|set| &set.record)).collect();
        let titles = self.titles(&all).await?;
        let told = befores.iter().zip(writes).map(|(before, set)| {
            let rows = Rows { before: Some(before), after: Some(&set.record) };
            self.told_each(set.record.object(), set.changes.clone(), &rows, &titles)
        });
        Ok(told.collect())
    }

    fn told_each(&self, object: &Object, changes: Vec<Change>, rows: &Rows<'_>, titles: &Titles) -> Vec<Told> {
        let told = |change: Change| Told {
            text: sentence(object, &change, rows, titles),
            from: self.trimmed(object, &change.field, &change.from),
            to: self.trimmed(object, &change.field, &change.to),
            field: change.field,
        };
        changes.into_iter().filter(|change| self.shows_path(object, &change.field)).map(told).collect()
    }

    /// The titles of what links of these records lead to, live or deleted, as far as the principal may read it.
    pub(crate) async fn titles(&mut self, records: &[&Record]) -> Result<Titles> {
        let mut wanted: BTreeMap<ObjectName, HashSet<Uuid>> = BTreeMap::new();
        records.iter().for_each(|record| gather(record, &mut wanted));
        self.titles_of(wanted).await
    }

    /// The titles of records, live or deleted, as far as the principal may read them.
    pub(crate) async fn titles_of(&mut self, wanted: BTreeMap<ObjectName, HashSet<Uuid>>) -> Result<Titles> {
        let mut titles = Titles::new();
        for (name, ids) in wanted {
            let object = Arc::clone(self.schema().expect(&name));
            let fields: Vec<usize> =
                [system::ID, &object.title].iter().filter_map(|name| object.position(name)).collect();
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for (page, deleted) in ids.chunks(PAGE).flat_map(|page| [(page, false), (page, true)]) {
                let (filters, fields) = (vec![Filter::Ids(page.to_vec())], fields.clone());
                let ask = Ask { filters, limit: page.len(), fields, deleted, ..Ask::default() };
                let mut found = self.ask(&object, ask).await?;
                self.say(&object, &mut found).await?;
                titles.extend(found.iter().map(|record| (record.id(), record.title())));
            }
        }
        Ok(titles)
    }
}

/// What differs between two forms of a record; all of it where there was, or is, none.
pub(crate) fn differing(before: Option<&Record>, after: Option<&Record>) -> Vec<Change> {
    match (before, after) {
        (Some(before), Some(after)) => crate::write::diff::changed(before, after),
        (None, Some(after)) => crate::write::diff::created(after),
        _ => Vec::new(),
    }
}

fn gather(record: &Record, wanted: &mut BTreeMap<ObjectName, HashSet<Uuid>>) {
    for (field, value) in record.object().fields.iter().zip(record.values()) {
        match (&field.kind, value) {
            (_, Value::Rows(rows)) => rows.iter().for_each(|row| gather(row, wanted)),
            (FieldType::Link(to), Value::Id(id)) if field.name != system::PARENT => {
                wanted.entry(to.clone()).or_default().insert(*id);
            }
            (FieldType::Links(to), Value::List(items)) => {
                wanted.entry(to.clone()).or_default().extend(items.iter().filter_map(Value::as_id));
            }
            _ => {}
        }
    }
}
