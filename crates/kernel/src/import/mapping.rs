//! How a file is read, and what becomes of its rows.

use std::io::Read;
use std::str::FromStr;
use std::sync::Arc;

use indexmap::IndexMap;
use nexus_model::expr::{Expr, Scope};
use nexus_model::{Field, FieldType, Object, ObjectName, Problem};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::registry::{Action, Registry};
use crate::{Kind, Result};

/// Columns that a file may have.
const COLUMNS_MAX: usize = 500;
/// Bytes that a row may have.
const ROW_MAX: usize = 1 << 20;

/// What a mapping file says; the defaults read a CSV file whose headings are the object's fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    pub file: FileFormat,
    /// Field by column, for the columns whose heading is not the field's name; an empty field skips it.
    pub map: IndexMap<String, String>,
    /// The field that tells whether a record is there already; it is then updated.
    pub key: Option<String>,
    /// What each row becomes, in order, when it is more than one record of the object.
    #[serde(rename = "step")]
    pub steps: Vec<StepMapping>,
}

/// The form of the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileFormat {
    /// One character, `tab` or `whitespace`.
    pub delimiter: String,
    /// Names of the columns, when the file has no headings.
    pub columns: Vec<String>,
    /// Form of dates as in strptime, such as `%Y%m%d`; ISO 8601 when left out.
    pub dates: Option<String>,
}

impl Default for FileFormat {
    fn default() -> FileFormat {
        FileFormat { delimiter: ",".to_owned(), columns: Vec::new(), dates: None }
    }
}

/// One record that a row becomes, or one action that it runs.
#[derive(Clone, Debug, Default, Deserialize)]
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
    pub set: toml::Table,
    /// The record to work on, `{step}` of an earlier one, instead of finding or making one.
    pub record: Option<String>,
    /// An action to run on the record afterwards, and its input.
    pub action: Option<String>,
    pub input: toml::Table,
}

/// A mapping made ready for an object and its columns.
pub(super) struct Plan {
    pub(super) dates: Option<String>,
    pub(super) steps: Vec<Step>,
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

fn bad(message: impl Into<String>) -> Problem {
    Problem { kind: Kind::Malformed, ..Problem::field("mapping", "mapping", message) }
}

impl FromStr for Mapping {
    type Err = Problem;

    /// A mapping file's TOML.
    fn from_str(text: &str) -> Result<Mapping> {
        toml::from_str(text).map_err(|error| bad(format!("the mapping cannot be read: {error}")))
    }
}

impl Mapping {
    pub(super) fn plan(&self, registry: &Registry, object: &Arc<Object>, columns: &[String]) -> Result<Plan> {
        let generic = |verb: &str, object: &Object| {
            registry.action(&format!("{}.{verb}_{}", object.name.app(), object.name.object())).cloned()
        };
        let dates = self.file.dates.clone();
        if self.steps.is_empty() {
            if let Some(unknown) = self.map.keys().find(|column| !columns.contains(column)) {
                return Err(bad(format!("the file has no column {unknown}; it has {}", columns.join(", "))));
            }
            let mut set = Map::new();
            for column in columns {
                let field = self.map.get(column).unwrap_or(column);
                if field.is_empty() {
                    continue;
                }
                place(&mut set, object, registry, field, &format!("{{{column}}}"))?;
            }
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
            return Ok(Plan { dates, steps: vec![step] });
        }
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
        Ok(Plan { dates, steps })
    }

    /// The rows of a text.
    pub(super) fn open(&self, text: Box<dyn Read + Send>) -> Result<Rows> {
        let blank = self.file.delimiter == "whitespace";
        let delimiter = match self.file.delimiter.as_str() {
            "tab" => b'\t',
            // A byte that no UTF-8 text holds: the line stays whole and is divided at its white space later.
            "whitespace" => 0xff,
            one if one.len() == 1 => one.as_bytes()[0],
            other => return Err(bad(format!("the delimiter is one character, tab or whitespace, not `{other}`"))),
        };
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter).has_headers(false).flexible(true).quoting(!blank);
        let mut rows = Rows { reader: builder.from_reader(text), columns: self.file.columns.clone(), blank };
        if rows.columns.is_empty() {
            rows.columns = rows.read()?.unwrap_or_default();
            if let Some(first) = rows.columns.first_mut() {
                *first = first.trim_start_matches('\u{feff}').to_owned();
            }
        }
        if rows.columns.is_empty() || rows.columns.len() > COLUMNS_MAX {
            return Err(bad(format!("a file has from 1 to {COLUMNS_MAX} columns")));
        }
        Ok(rows)
    }
}

/// `address.city` puts a part of an address, `lines.quantity` a field of the one row that a line gives.
fn place(set: &mut Map<String, Json>, object: &Object, registry: &Registry, path: &str, template: &str) -> Result<()> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let Some(field) = object.field(name).or_else(|| name.strip_suffix("_currency").and_then(|own| object.field(own)))
    else {
        let known: Vec<_> = object.fields.iter().filter(|f| !f.system).map(|f| f.name.as_str()).collect();
        return Err(bad(format!("{} has no field {name}; map the column to one of {}", object.name, known.join(", "))));
    };
    match (&field.kind, rest) {
        (FieldType::Table(child), Some(rest)) => {
            let child = Arc::clone(registry.schema.expect(child));
            let rows = set.entry(name).or_insert_with(|| Json::Array(vec![Json::Object(Map::new())]));
            if let Some(Json::Object(row)) = rows.get_mut(0) {
                place(row, &child, registry, rest, template)?;
            }
        }
        (FieldType::Address, Some(part)) => {
            let address = set.entry(name).or_insert_with(|| Json::Object(Map::new()));
            address[part] = template.into();
        }
        (FieldType::Money, None) => {
            let key = if field.name == name { "amount" } else { "currency" };
            let money = set.entry(field.name.clone()).or_insert_with(|| Json::Object(Map::new()));
            money[key] = template.into();
        }
        (_, None) => {
            set.insert(name.to_owned(), template.into());
        }
        (_, Some(rest)) => return Err(bad(format!("{name} has no part {rest}"))),
    }
    Ok(())
}

/// Rows read one by one.
pub(super) struct Rows {
    reader: csv::Reader<Box<dyn Read + Send>>,
    columns: Vec<String>,
    /// Cells are divided by any white space.
    blank: bool,
}

impl Rows {
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    fn read(&mut self) -> Result<Option<Vec<String>>> {
        let mut record = csv::ByteRecord::new();
        let more = self.reader.read_byte_record(&mut record).map_err(|error| bad(error.to_string()))?;
        if !more {
            return Ok(None);
        }
        if record.as_slice().len() > ROW_MAX {
            return Err(bad(format!("a row is longer than {ROW_MAX} bytes")));
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned));
        let cells = cells.collect::<std::result::Result<Vec<_>, _>>();
        let cells = cells.map_err(|_| bad(format!("line {line} is not UTF-8; save the file with that encoding")))?;
        Ok(Some(match cells.first() {
            Some(text) if self.blank => text.split_whitespace().map(str::to_owned).collect(),
            _ => cells,
        }))
    }

    /// The next rows, at most `most`, as objects of their columns' texts.
    pub(super) fn take(&mut self, most: usize) -> Result<Vec<Map<String, Json>>> {
        let mut rows = Vec::with_capacity(most);
        while rows.len() < most {
            let Some(cells) = self.read()? else { break };
            if cells.iter().all(String::is_empty) {
                continue;
            }
            let named = self.columns.iter().cloned().zip(cells.into_iter().map(|cell| Json::from(cell.trim())));
            rows.push(named.collect());
        }
        Ok(rows)
    }
}
