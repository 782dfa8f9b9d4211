//! How a file is read, and what becomes of its rows.

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::Arc;

use indexmap::IndexMap;
use nexus_model::expr::{Expr, Scope};
use nexus_model::object::system;
use nexus_model::{Field, FieldType, Object, ObjectName, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::convention::{self, Question, Written};
use super::format::{FileFormat, Form};
use super::guess::{CERTAIN, guess, is_given, targets};
use super::read::{Rows, text_of};
use super::{REASON, bad};
use crate::Result;
use crate::registry::{Action, Registry};

/// What a mapping says; the defaults read a file whose headings are the object's fields.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    pub file: FileFormat,
    /// Field by column, for the columns whose heading is not the field's name; an empty field skips it. Of a linked
    /// record the field that finds it can be named, as in `party.email`.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub map: IndexMap<String, String>,
    /// The field that tells whether a record is there already; it is then updated. `id` for what was exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Links whose record is made with its title, when there is none
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub create: Vec<String>,
    /// What each row becomes, in order, when it is more than one record of the object.
    #[serde(rename = "step", skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepMapping>,
}

/// One record that a row becomes, or one action that it runs.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StepMapping {
    /// What later steps call the record: `{customer}` is its id.
    pub name: String,
    pub object: String,
    /// The field that tells whether the record is there already; it is then used as it is.
    pub find: Option<String>,
    /// CEL over the row's columns, which are texts; the step is left out when it does not hold.
    pub when: Option<String>,
    /// Fields and their values; `{column}` and `{step}` stand for what the row and earlier steps gave.
    #[schemars(with = "Map<String, Json>")]
    pub set: toml::Table,
    /// The record to work on, `{step}` of an earlier one, instead of finding or making one.
    pub record: Option<String>,
    /// An action to run on the record afterwards, and its input.
    pub action: Option<String>,
    #[schemars(with = "Map<String, Json>")]
    pub input: toml::Table,
}

/// A mapping made ready for an object and its columns.
pub(super) struct Plan {
    pub(super) reading: Reading,
    pub(super) steps: Vec<Step>,
    /// Of a file whose rows carry their own names: those of the first rows.
    names: Option<HashSet<String>>,
}

impl Plan {
    /// A name in a row that the first rows do not have, and that would be lost.
    pub(super) fn unknown<'a>(&self, row: &'a Map<String, Json>) -> Option<&'a str> {
        let names = self.names.as_ref()?;
        row.keys().map(String::as_str).find(|name| !names.contains(*name))
    }
}

/// How texts become values.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) dates: Option<String>,
    pub(super) decimal: Option<char>,
    /// Links whose record is made when there is none.
    pub(super) create: Vec<String>,
}

impl Reading {
    /// The form of a file with what was made out of its numbers and days.
    pub(super) fn told(&self, file: FileFormat) -> FileFormat {
        FileFormat { dates: self.dates.clone(), decimal: self.decimal.map(String::from), ..file }
    }
}

pub(super) struct Step {
    pub(super) name: String,
    pub(super) object: Arc<Object>,
    pub(super) create: Arc<Action>,
    pub(super) update: Option<Arc<Action>>,
    pub(super) find: Option<String>,
    pub(super) record: Option<Json>,
    pub(super) when: Option<(Arc<Object>, Expr)>,
    pub(super) set: Json,
    pub(super) action: Option<Arc<Action>>,
    pub(super) input: Json,
}

impl FromStr for Mapping {
    type Err = Problem;

    /// A mapping file: TOML; JSON of a mapping, of an inspection that has one, or of field by column.
    fn from_str(text: &str) -> Result<Mapping> {
        if text.trim_start().starts_with('{') {
            let unread = |error: serde_json::Error| bad(format!("the mapping cannot be read: {error}"));
            let mut told: Map<String, Json> = serde_json::from_str(text).map_err(unread)?;
            if told.contains_key("columns")
                && let Some(mapping) = told.shift_remove("mapping")
            {
                return serde_json::from_value(mapping).map_err(unread);
            }
            let plain = told.values().all(Json::is_string);
            let told = if plain { Map::from_iter([("map".to_owned(), Json::Object(told))]) } else { told };
            return serde_json::from_value(Json::Object(told)).map_err(unread);
        }
        toml::from_str(text).map_err(|error| bad(format!("the mapping cannot be read: {error}")))
    }
}

impl Mapping {
    /// The form of a file of this name: one that says it is a workbook is read as nothing else.
    pub(super) fn for_file(&self, name: &str) -> FileFormat {
        let workbook = self.file.form.is_none() && name.to_lowercase().ends_with(".xlsx");
        FileFormat { form: if workbook { Some(Form::Xlsx) } else { self.file.form }, ..self.file.clone() }
    }

    /// What becomes of the rows, and what has to be asked before.
    pub(super) fn plan(&self, registry: &Registry, object: &Arc<Object>, rows: &Rows) -> Result<(Plan, Vec<Question>)> {
        let columns = rows.columns();
        let generic = |verb: &str, object: &Object| {
            registry.action(&format!("{}.{verb}_{}", object.name.app(), object.name.object())).cloned()
        };
        let by_name = rows.format.form == Some(Form::JsonLines);
        let names = by_name.then(|| columns.iter().cloned().collect());
        let mut reading = Reading { create: self.create.clone(), ..Reading::default() };
        if let Some(unknown) = self.create.iter().find(|name| {
            !object.field(name).is_some_and(|field| matches!(field.kind, FieldType::Link(_) | FieldType::Links(_)))
        }) {
            return Err(bad(format!("{unknown} is no link of {}, so nothing is made for it", object.name)));
        }
        if self.steps.is_empty() {
            let gone: Vec<&str> =
                self.map.keys().filter(|column| !columns.contains(column)).map(String::as_str).collect();
            if !gone.is_empty() {
                let has = columns.join(", ");
                return Err(bad(format!(
                    "the file has no column {}, which the mapping names; it has {has}",
                    gone.join(", ")
                )));
            }
            let mut set = Map::new();
            let mut written = Vec::new();
            for (column, field) in self.fields(registry, object, columns) {
                let how = place(&mut set, object, registry, &field, &format!("{{{column}}}"))?;
                written.extend(how.map(|how| (column.to_owned(), how)));
            }
            if let Some(key) = self.key.as_ref().filter(|key| !set.contains_key(*key)) {
                return Err(bad(format!("no column goes to {key}, which is to find the records; map one to it")));
            }
            let questions = self.conventions(rows, &written, &mut reading)?;
            let step = Step {
                name: String::new(),
                create: generic("create", object)?,
                update: self.key.as_ref().map(|_| generic("update", object)).transpose()?,
                find: self.key.clone(),
                record: None,
                when: None,
                set: Json::Object(set),
                action: None,
                input: Json::Null,
                object: Arc::clone(object),
            };
            return Ok((Plan { reading, steps: vec![step], names }, questions));
        }
        self.conventions(rows, &[], &mut reading)?;
        let fields = columns.iter().map(|column| Field::new(column, FieldType::Text)).collect();
        let row = Arc::new(Object::with_fields(ObjectName::new("import", "row"), fields));
        let mut steps = Vec::new();
        for mapping in &self.steps {
            let object = Arc::clone(registry.object(&mapping.object)?);
            let scope = Scope { objects: registry.schema.as_ref(), this: Some(&row) };
            let when = mapping.when.as_ref().map(|source| Expr::condition(source, &scope)).transpose();
            let when = when.map_err(|error| bad(format!("{}: `when`: {error}", mapping.name)))?;
            let action = mapping.action.as_ref().map(|segment| registry.action_at(&object, segment, true));
            steps.push(Step {
                name: mapping.name.clone(),
                create: generic("create", &object)?,
                update: None,
                find: mapping.find.clone(),
                record: mapping.record.clone().map(Json::String),
                when: when.map(|when| (Arc::clone(&row), when)),
                set: serde_json::to_value(&mapping.set).map_err(|error| bad(error.to_string()))?,
                action: action.transpose()?.cloned(),
                input: serde_json::to_value(&mapping.input).map_err(|error| bad(error.to_string()))?,
                object,
            });
        }
        Ok((Plan { reading, steps, names }, Vec::new()))
    }

    /// The field of each column that goes to one.
    fn fields<'a>(&self, registry: &Registry, object: &Object, columns: &'a [String]) -> Vec<(&'a str, String)> {
        let targets = targets(object, &registry.schema);
        let certain = |column: &str| {
            let told = guess(&targets, &[column.to_owned()], |_| Vec::new()).pop()?;
            told.field.filter(|_| told.confidence >= CERTAIN)
        };
        let field = |column: &String| {
            if let Some(field) = self.map.get(column) {
                return Some(field.clone()).filter(|field| !field.is_empty());
            }
            if column.is_empty() || (column == REASON && object.field(column).is_none()) {
                return None;
            }
            match object.field(column) {
                // What is worked out comes back by itself.
                Some(known) if !is_given(known) && self.key.as_ref() != Some(column) => None,
                Some(_) => Some(column.clone()),
                None => Some(certain(column).unwrap_or_else(|| column.clone())),
            }
        };
        columns.iter().filter_map(|column| Some((column.as_str(), field(column)?))).collect()
    }

    /// How numbers and days are written: as the mapping says, else as the first rows tell; what they leave open is asked.
    fn conventions(&self, rows: &Rows, written: &[(String, Written)], reading: &mut Reading) -> Result<Vec<Question>> {
        let mut questions = Vec::new();
        let sample: Vec<_> = rows.sample().map(|row| rows.named(row.clone())).collect();
        let texts = |how: Written| {
            let columns = written.iter().filter(move |(_, other)| *other == how);
            let cells = columns.flat_map(|(column, _)| sample.iter().filter_map(|row| row.get(column)?.as_str()));
            cells.filter(|text| !text.is_empty())
        };
        reading.decimal = match self.file.decimal.as_deref() {
            Some(".") => Some('.'),
            Some(",") => Some(','),
            Some(other) => return Err(bad(format!("`decimal` is a point or a comma, not `{other}`"))),
            None => match convention::decimal(texts(Written::Number)) {
                Ok(Some(mark)) => Some(mark),
                // JSON has points before decimals, also where it has numbers as texts.
                _ if rows.format.form == Some(Form::JsonLines) => Some('.'),
                Ok(None) => None,
                Err(question) => {
                    questions.push(question);
                    None
                }
            },
        };
        reading.dates = match &self.file.dates {
            Some(form) => Some(form.clone()),
            None => convention::dates(texts(Written::Day)).unwrap_or_else(|question| {
                questions.push(question);
                None
            }),
        };
        Ok(questions)
    }

    /// What a file's columns seem to be. Those that the mapping names, and the fields that they go to, are no others'.
    pub(super) fn guess(&self, registry: &Registry, object: &Object, rows: &Rows) -> Vec<super::Guess> {
        let sample: Vec<_> = rows.sample().map(|row| rows.named(row.clone())).collect();
        let texts = |column: &str| sample.iter().map(|row| row.get(column).map(text_of).unwrap_or_default()).collect();
        let (mapped, others): (Vec<String>, Vec<String>) = rows
            .columns()
            .iter()
            .filter(|column| !column.is_empty())
            .cloned()
            .partition(|name| self.map.contains_key(name));
        let mut targets = targets(object, &registry.schema);
        targets.retain(|target| !self.map.values().any(|field| *field == target.path));
        let mut told = guess(&targets, &others, texts);
        for guess in &mut told {
            if object.field(&guess.column).is_some_and(|field| !is_given(field)) {
                (guess.field, guess.confidence) = (None, 100);
                guess.reason = "it comes by itself, or finds what was exported before".to_owned();
            }
        }
        for mut guess in guess(&[], &mapped, texts) {
            guess.field = self.map.get(&guess.column).filter(|field| !field.is_empty()).cloned();
            (guess.confidence, guess.reason) = (100, "the mapping says so".to_owned());
            told.push(guess);
        }
        told.sort_by_key(|guess| rows.columns().iter().position(|column| *column == guess.column));
        told
    }
}

/// `address.city` puts a part of an address, `lines.quantity` a field of the one row that a line gives, `party.email`
/// what a linked record is found by. Answers what the texts are, where they can be written in several ways.
fn place(
    set: &mut Map<String, Json>,
    object: &Object,
    registry: &Registry,
    path: &str,
    template: &str,
) -> Result<Option<Written>> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let Some(field) = object.field(name).or_else(|| name.strip_suffix("_currency").and_then(|own| object.field(own)))
    else {
        let known: Vec<_> = object.fields.iter().filter(|f| !f.system).map(|f| f.name.as_str()).collect();
        return Err(bad(format!("{} has no field {name}; map the column to one of {}", object.name, known.join(", "))));
    };
    if field.system && field.name != system::ID {
        return Err(bad(format!("{name} is kept by Nexus itself and cannot be imported; leave the column out")));
    }
    let mut put = |part: Option<&str>| {
        let twice = || bad(format!("two columns go to {path}; leave one of them out: map it to nothing"));
        let free = match part {
            None => set.insert(name.to_owned(), template.into()).is_none(),
            Some(part) => match set.entry(&field.name).or_insert_with(|| Json::Object(Map::new())) {
                Json::Object(parts) => parts.insert(part.to_owned(), template.into()).is_none(),
                _ => false,
            },
        };
        if free { Ok(()) } else { Err(twice()) }
    };
    match (&field.kind, rest) {
        (FieldType::Table(child), Some(rest)) => {
            let child = Arc::clone(registry.schema.expect(child));
            let rows = set.entry(name).or_insert_with(|| Json::Array(vec![Json::Object(Map::new())]));
            return match rows.get_mut(0) {
                Some(Json::Object(row)) => place(row, &child, registry, rest, template),
                _ => Err(bad(format!("{name} is given as a whole; leave out the column that goes to {path}"))),
            };
        }
        (FieldType::Address, Some(part)) => put(Some(part))?,
        (FieldType::Link(to), Some(part)) => {
            let target = registry.schema.expect(to);
            if target.field(part).is_none() {
                return Err(bad(format!("{} has no field {part} to be found by", target.name)));
            }
            put(Some(part))?;
        }
        (FieldType::Money, None) => {
            let whole = field.name == name;
            put(Some(if whole { "amount" } else { "currency" }))?;
            return Ok(whole.then_some(Written::Number));
        }
        (_, None) => put(None)?,
        (_, Some(rest)) => return Err(bad(format!("{name} has no part {rest}"))),
    }
    Ok(match &field.kind {
        FieldType::Date | FieldType::DateTime => Some(Written::Day),
        kind if kind.is_integer() || kind.scale().is_some() => Some(Written::Number),
        _ => None,
    })
}
