//! A tenant's rows as JSON lines that any program can read, and back: one file a table, one row a line.
//!
//! A cell is null, a number, a text, or bytes: an id as UUIDs are written, anything else in hexadecimal digits. A number
//! with decimals stands as a whole number; `scale` says how many of its digits are decimals.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Arc;

use nexus_model::field::ColumnType;
use nexus_model::{Schema, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::cells::Stored;
use crate::content::{Content, Sum};
use crate::home::Links;
use crate::tables::{Row, Table};
use crate::transfer::patient;
use crate::{Home, StoreError, migrate};

/// Bytes that a line may have.
const LINE_MAX: u64 = 64 << 20;
/// Rows written at a time.
const PAGE: usize = 1_000;

/// A table in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedTable {
    pub name: String,
    pub rows: u64,
    pub columns: Vec<ArchivedColumn>,
}

/// A column of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedColumn {
    pub name: String,
    /// Its cells are bytes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bytes: bool,
    /// How many of a number's digits are decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
}

/// What an archive holds of a database.
#[derive(Clone, Debug)]
pub struct Archived {
    pub tables: Vec<ArchivedTable>,
    pub content: Content,
}

fn broken(table: &str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Migration(format!("the archive's rows of {table} cannot be read: {why}"))
}

/// Writes the database at a home as of one moment, each table to what `open` makes for its name. Empty tables have none.
pub fn write_lines<W: Write>(
    home: &Home,
    schema: &Schema,
    mut open: impl FnMut(&str) -> std::io::Result<W>,
) -> Result<Archived, StoreError> {
    let scales = scales(schema);
    let tables = Table::all(schema)?;
    Links::open(home, 1)?.snapshot(|link| {
        patient(link)?;
        let live = crate::live::live_columns(link)?;
        let (mut sum, mut written) = (Sum::default(), Vec::new());
        for table in tables.iter().filter(|table| live.contains_key(&table.name)) {
            let (mut out, mut rows) = (None, 0);
            let mut bytes = vec![false; table.columns.len()];
            table.pages(link, |page| {
                sum.add(&Sum::of(table, &page));
                let mut lines = Vec::new();
                for row in &page {
                    for (is_bytes, cell) in bytes.iter_mut().zip(row) {
                        *is_bytes |= matches!(cell, Stored::Bytes(_));
                    }
                    let cells = table.columns.iter().cloned().zip(row.iter().map(told));
                    serde_json::to_writer(&mut lines, &cells.collect::<Map<_, _>>()).map_err(std::io::Error::from)?;
                    lines.push(b'\n');
                }
                rows += page.len() as u64;
                let out = match &mut out {
                    Some(out) => out,
                    None => out.insert(open(&table.name)?),
                };
                Ok(out.write_all(&lines)?)
            })?;
            let Some(mut out) = out else { continue };
            out.flush()?;
            let column = |(name, bytes): (&String, bool)| {
                let scale = scales.get(&(table.name.clone(), name.clone())).copied();
                ArchivedColumn { name: name.clone(), bytes, scale }
            };
            let columns = table.columns.iter().zip(bytes).map(column).collect();
            written.push(ArchivedTable { name: table.name.clone(), rows, columns });
        }
        Ok(Archived { tables: written, content: sum.content() })
    })
}

fn scales(schema: &Schema) -> BTreeMap<(String, String), u32> {
    let mut scales = BTreeMap::new();
    for object in schema.objects() {
        for column in object.fields.iter().flat_map(nexus_model::Field::columns) {
            if let ColumnType::Scaled(scale) = column.kind {
                scales.insert((object.table(), column.name), scale);
            }
        }
    }
    scales
}

/// Fills tables of the database at a home, which is made when missing, from what `open` finds for their names.
///
/// # Errors
/// When this build has no such table or column, or one that the archive has not; when a table has rows already; when a
/// line is not what was written.
pub fn read_lines<R: BufRead>(
    home: &Home,
    schema: &Arc<Schema>,
    archived: &[ArchivedTable],
    mut open: impl FnMut(&str) -> std::io::Result<R>,
) -> Result<(), StoreError> {
    let links = Links::open(home, 1)?;
    migrate::migrate(&links, schema)?;
    let tables = Table::all(schema)?;
    links.change(|link| {
        for from in archived {
            let unknown = |what: String| {
                StoreError::Migration(format!("the archive has {what}, which this Nexus has not; restore it with the release and the apps that wrote it"))
            };
            let table = tables.iter().find(|table| table.name == from.name);
            let table = table.ok_or_else(|| unknown(format!("the table {}", from.name)))?;
            let column = |name: &String| from.columns.iter().find(|column| column.name == *name);
            if let Some(other) = from.columns.iter().find(|column| !table.columns.contains(&column.name)) {
                return Err(unknown(format!("the column {}.{}", from.name, other.name)));
            }
            let missing = |name: &String| broken(&from.name, format!("this Nexus has a column {name} that it lacks"));
            let columns = table.columns.iter().map(|name| column(name).ok_or_else(|| missing(name)));
            let columns = columns.collect::<Result<Vec<_>, _>>()?;
            if !table.is_empty(link)? {
                return Err(StoreError::Migration(format!("there are rows in {} already", table.name)));
            }
            let mut input = open(&from.name)?;
            let mut rows: Vec<Row> = Vec::new();
            let mut count = 0;
            loop {
                let mut line = Vec::new();
                let read = std::io::Read::take(&mut input, LINE_MAX).read_until(b'\n', &mut line)?;
                if read == 0 || rows.len() == PAGE {
                    table.fill(link, &rows)?;
                    rows.clear();
                }
                if read == 0 {
                    break;
                }
                count += 1;
                let cells: Map<String, Json> = serde_json::from_slice(&line).map_err(|error| broken(&from.name, error))?;
                let cell = |column: &&ArchivedColumn| {
                    let cell = cells.get(&column.name).unwrap_or(&Json::Null);
                    kept(cell, column.bytes).ok_or_else(|| broken(&from.name, format!("line {count}: {}", column.name)))
                };
                rows.push(columns.iter().map(cell).collect::<Result<_, _>>()?);
            }
            if count != from.rows {
                return Err(broken(&from.name, format!("there are {count}, not {}", from.rows)));
            }
        }
        Ok(())
    })
}

fn told(cell: &Stored) -> Json {
    match cell {
        Stored::Null => Json::Null,
        Stored::Int(number) => (*number).into(),
        Stored::Text(text) => text.as_str().into(),
        Stored::Bytes(bytes) => match Uuid::from_slice(bytes) {
            Ok(id) => id.hyphenated().to_string().into(),
            Err(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
        },
    }
}

fn kept(cell: &Json, bytes: bool) -> Option<Stored> {
    Some(match cell {
        Json::Null => Stored::Null,
        Json::Number(number) => Stored::Int(number.as_i64()?),
        Json::String(text) if !bytes => Stored::Text(text.clone()),
        Json::String(text) if text.contains('-') => Stored::Bytes(Uuid::try_parse(text).ok()?.as_bytes().to_vec()),
        Json::String(text) => {
            let pairs = text.as_bytes().chunks(2);
            let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
            Stored::Bytes(pairs.map(byte).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
