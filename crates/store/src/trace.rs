//! A trace of the rows that change while a tenant moves: triggers on every table, and a table that they write to.
//!
//! A tenant has one writer, so the numbers of the trace grow in the order of its commits: a snapshot that has one has
//! all below it.

use std::collections::BTreeMap;

use nexus_model::Uuid;
use serde_json::Value as Json;

use crate::cells::{Stored, int};
use crate::link::Link;
use crate::migrate::typed;
use crate::tables::{Key, Table};
use crate::{Dialect, StoreError};

const TABLES: &str =
    "CREATE TABLE _trace (id {serial} PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, made BOOLEAN NOT NULL)";

/// Columns of keys that are texts; others are numbers and ids.
const TEXTS: [&str; 2] = ["key", "name"];

/// Entries read at a time.
const PAGE: i64 = 10_000;

/// What changed since an entry.
pub(crate) struct Changed<'a> {
    /// The newest entry that was read.
    pub(crate) last: i64,
    pub(crate) tables: Vec<Rows<'a>>,
}

/// The keys of a table's rows that were made, changed or removed.
pub(crate) struct Rows<'a> {
    pub(crate) table: &'a Table,
    pub(crate) keys: Vec<Key>,
    /// Those of them that were there at the entry; what was done to others first is that they were made.
    pub(crate) known: Vec<Key>,
}

impl Changed<'_> {
    pub(crate) fn count(&self) -> usize {
        self.tables.iter().map(|rows| rows.keys.len()).sum()
    }
}

/// Begins to trace.
pub(crate) fn begin(link: &mut Link, tables: &[Table]) -> Result<(), StoreError> {
    let dialect = link.dialect();
    end(link, tables)?;
    link.batch(&typed(TABLES, dialect))?;
    for table in tables {
        if dialect == Dialect::Postgres {
            link.batch(&function(table))?;
        }
        for trigger in triggers(table, dialect) {
            link.batch(&trigger)?;
        }
    }
    Ok(())
}

/// Ends the trace, if there is one, and forgets it.
pub(crate) fn end(link: &mut Link, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables {
        let name = &table.name;
        match link.dialect() {
            Dialect::Sqlite => ["insert", "update", "delete"]
                .iter()
                .try_for_each(|when| link.batch(&format!("DROP TRIGGER IF EXISTS \"_trace_{when}_{name}\"")))?,
            Dialect::Postgres => {
                link.batch(&format!("DROP FUNCTION IF EXISTS \"{}\" CASCADE", function_name(table)))?
            }
        }
    }
    link.batch("DROP TABLE IF EXISTS _trace")
}

/// The key of a row that a trigger sees, as JSON.
fn key(table: &Table, row: &str, dialect: Dialect) -> String {
    let parts = table.keys.iter().map(|key| match dialect {
        Dialect::Sqlite => {
            format!("CASE typeof({row}.\"{key}\") WHEN 'blob' THEN hex({row}.\"{key}\") ELSE {row}.\"{key}\" END")
        }
        Dialect::Postgres => format!("{row}.\"{key}\""),
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    match dialect {
        Dialect::Sqlite => format!("json_array({parts})"),
        Dialect::Postgres => format!("json_build_array({parts})::text"),
    }
}

/// One function for all tables with a key of these columns.
fn function_name(table: &Table) -> String {
    format!("_trace_{}", table.keys.join("_"))
}

/// The statement that notes a row which a trigger sees.
fn note(table: &Table, row: &str, made: bool, dialect: Dialect) -> String {
    let name = if dialect == Dialect::Postgres { "TG_TABLE_NAME".to_owned() } else { format!("'{}'", table.name) };
    let key = key(table, row, dialect);
    format!("INSERT INTO _trace (name, key, made) VALUES ({name}, {key}, {made});")
}

fn function(table: &Table) -> String {
    let note = |row, made| note(table, row, made, Dialect::Postgres);
    format!(
        "CREATE OR REPLACE FUNCTION \"{}\"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN \
         IF TG_OP <> 'INSERT' THEN {} END IF; IF TG_OP = 'UPDATE' THEN {} END IF; IF TG_OP = 'INSERT' THEN {} END IF; \
         RETURN NULL; END $body$",
        function_name(table),
        note("OLD", false),
        note("NEW", false),
        note("NEW", true),
    )
}

fn triggers(table: &Table, dialect: Dialect) -> Vec<String> {
    let name = &table.name;
    if dialect == Dialect::Postgres {
        let function = function_name(table);
        let when = "AFTER INSERT OR UPDATE OR DELETE";
        return vec![format!(
            "CREATE TRIGGER _trace {when} ON \"{name}\" FOR EACH ROW EXECUTE FUNCTION \"{function}\"()"
        )];
    }
    let one = |(when, notes): (&str, String)| {
        format!("CREATE TRIGGER \"_trace_{when}_{name}\" AFTER {when} ON \"{name}\" BEGIN {notes} END")
    };
    let note = |row, made| note(table, row, made, dialect);
    let all = [
        ("insert", note("NEW", true)),
        ("update", note("OLD", false) + &note("NEW", false)),
        ("delete", note("OLD", false)),
    ];
    all.into_iter().map(one).collect()
}

/// What the trace has after the entry `after`.
pub(crate) fn since<'a>(link: &mut Link, tables: &'a [Table], after: i64) -> Result<Changed<'a>, StoreError> {
    let mut last = after;
    let mut found: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
    loop {
        let sql = format!("SELECT id, name, key, made FROM _trace WHERE id > $1 ORDER BY id LIMIT {PAGE}");
        let page = link.query(&sql, &[int(last)], Ok)?;
        let whole = i64::try_from(page.len()) == Ok(PAGE);
        for row in page {
            let mut row = row.into_iter();
            let mut next = || row.next().unwrap_or(Stored::Null);
            last = next().int().unwrap_or(last);
            let (name, key) = (next().text().unwrap_or_default(), next().text().unwrap_or_default());
            found.entry(name).or_default().entry(key).or_insert(next() == Stored::Int(1));
        }
        if !whole {
            break;
        }
    }
    let mut changed = Changed { last, tables: Vec::new() };
    for table in tables {
        let mut rows = Rows { table, keys: Vec::new(), known: Vec::new() };
        for (key, made) in found.remove(&table.name).unwrap_or_default() {
            let key = parse(table, &key)?;
            if !made {
                rows.known.push(key.clone());
            }
            rows.keys.push(key);
        }
        if !rows.keys.is_empty() {
            changed.tables.push(rows);
        }
    }
    Ok(changed)
}

fn parse(table: &Table, text: &str) -> Result<Key, StoreError> {
    let corrupt = || StoreError::Corrupt {
        table: "_trace".to_owned(),
        column: "key".to_owned(),
        found: format!("{text} of {}", table.name),
    };
    let values: Vec<Json> = serde_json::from_str(text).map_err(|_| corrupt())?;
    let part = |(key, value): (&String, Json)| match value {
        Json::Number(number) => number.as_i64().map(Stored::Int),
        Json::String(text) if TEXTS.contains(&key.as_str()) => Some(Stored::Text(text)),
        Json::String(id) => Uuid::try_parse(&id).ok().map(|id| Stored::Bytes(id.as_bytes().to_vec())),
        _ => None,
    };
    let parts: Option<Key> = table.keys.iter().zip(values).map(part).collect();
    parts.filter(|parts| parts.len() == table.keys.len()).ok_or_else(corrupt)
}
