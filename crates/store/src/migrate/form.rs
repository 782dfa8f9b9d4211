//! The form that manifests ask for: tables, columns, indexes.

use std::collections::{BTreeMap, BTreeSet};

use nexus_model::field::{ColumnType, FieldType};
use nexus_model::object::system;
use nexus_model::{Object, Schema};

use crate::condition::index_predicate;
use crate::records::{list, list_column, list_table_of};
use crate::{Dialect, StoreError};

/// The tables of the engine itself; the types in braces differ between the databases.
pub(super) const SYSTEM_TABLES: &str = "
CREATE TABLE IF NOT EXISTS _migration (at {moment} NOT NULL, statement TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS _form (fingerprint TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS _shape (kinds {json} NOT NULL);
CREATE TABLE IF NOT EXISTS _event (
    seq {key} PRIMARY KEY, at {moment} NOT NULL, run {uuid} NOT NULL, step BIGINT NOT NULL, action TEXT NOT NULL,
    verb TEXT NOT NULL, object TEXT NOT NULL, record {uuid} NOT NULL, version BIGINT NOT NULL,
    principal {uuid} NOT NULL, changes {json} NOT NULL, hash {bytes} NOT NULL);
CREATE INDEX IF NOT EXISTS _event_record ON _event (record, seq);
CREATE INDEX IF NOT EXISTS _event_run ON _event (run, seq);
CREATE TABLE IF NOT EXISTS _run (
    id {uuid} PRIMARY KEY, at {moment} NOT NULL, principal {uuid} NOT NULL, action TEXT NOT NULL,
    undone_by {uuid}){tail};
CREATE TABLE IF NOT EXISTS _step (
    run {uuid} NOT NULL, step BIGINT NOT NULL, parent BIGINT, action TEXT NOT NULL, record {uuid}, inverse TEXT,
    PRIMARY KEY (run, step)){tail};
CREATE TABLE IF NOT EXISTS _series (key TEXT PRIMARY KEY, last BIGINT NOT NULL){tail};
CREATE TABLE IF NOT EXISTS _cursor (
    name TEXT PRIMARY KEY, seq BIGINT NOT NULL, holder {uuid}, beat BIGINT NOT NULL DEFAULT 0){tail};
CREATE TABLE IF NOT EXISTS _idempotency (
    principal {uuid} NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, reply {json} NOT NULL, at {moment} NOT NULL,
    PRIMARY KEY (principal, key)){tail};
";

/// Bytes of a name, which PostgreSQL would cut off without a word.
const NAME_MAX: usize = 63;

/// The tables and indexes that manifests ask for, by name.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) tables: BTreeMap<String, Vec<Column>>,
    pub(crate) indexes: BTreeMap<String, Index>,
}

pub(crate) struct Column {
    pub(crate) name: String,
    /// Its type as the database names it.
    pub(super) stored: &'static str,
    /// What is meant by what is stored.
    pub(super) kind: ColumnType,
    /// Whether it is part of the primary key.
    pub(crate) key: bool,
    /// It alone is what a row is about.
    pub(super) whole: bool,
}

/// An index, as the database is asked for it.
pub(crate) struct Index {
    pub(super) table: String,
    /// The columns of a unique key, as they stand in SQL; none of another index.
    pub(super) key: Option<String>,
    /// The condition of a partial one.
    pub(super) when: Option<String>,
    pub(super) sql: String,
}

/// The text of tables with the types in braces as the database names them.
pub(crate) fn typed(tables: &str, dialect: Dialect) -> String {
    let [moment, key, serial, uuid, json, bytes, tail] = match dialect {
        Dialect::Sqlite => ["BIGINT", "INTEGER", "INTEGER", "BLOB", "TEXT", "BLOB", " WITHOUT ROWID"],
        Dialect::Postgres => {
            ["TIMESTAMPTZ", "BIGINT", "BIGINT GENERATED ALWAYS AS IDENTITY", "UUID", "JSON", "BYTEA", ""]
        }
    };
    let types = [
        ("{moment}", moment),
        ("{key}", key),
        ("{serial}", serial),
        ("{uuid}", uuid),
        ("{json}", json),
        ("{bytes}", bytes),
        ("{tail}", tail),
    ];
    types.iter().fold(tables.to_owned(), |sql, (mark, kind)| sql.replace(mark, kind))
}

/// A column's type as the database names it.
fn stored_as(kind: ColumnType, dialect: Dialect) -> &'static str {
    match (dialect, kind) {
        (Dialect::Sqlite, ColumnType::Text | ColumnType::Date | ColumnType::Json) => "text",
        (_, ColumnType::Integer | ColumnType::Scaled(_)) | (Dialect::Sqlite, ColumnType::DateTime) => "bigint",
        (_, ColumnType::Boolean) => "boolean",
        (Dialect::Sqlite, ColumnType::Uuid | ColumnType::Bytes) => "blob",
        (Dialect::Postgres, ColumnType::Text) => "text",
        (Dialect::Postgres, ColumnType::Date) => "date",
        (Dialect::Postgres, ColumnType::DateTime) => "timestamp with time zone",
        // As it was written: the log repeats it, and jsonb would not.
        (Dialect::Postgres, ColumnType::Json) => "json",
        (Dialect::Postgres, ColumnType::Uuid) => "uuid",
        (Dialect::Postgres, ColumnType::Bytes) => "bytea",
    }
}

pub(super) fn create_table(name: &str, columns: &[Column], dialect: Dialect) -> String {
    let key = |column: &Column| if column.key { " NOT NULL" } else { "" };
    let mut parts: Vec<String> =
        columns.iter().map(|column| format!("{}{}", column.declared(dialect), key(column))).collect();
    let keys: Vec<String> = columns.iter().filter(|column| column.key).map(|c| format!("\"{}\"", c.name)).collect();
    parts.push(format!("PRIMARY KEY ({})", keys.join(", ")));
    let tail = if dialect == Dialect::Sqlite { " WITHOUT ROWID" } else { "" };
    format!("CREATE TABLE \"{name}\" ({}){tail}", parts.join(", "))
}

impl Column {
    pub(super) fn new(name: String, kind: ColumnType, key: bool, dialect: Dialect) -> Column {
        Column { name, stored: stored_as(kind, dialect), kind, key, whole: false }
    }

    pub(super) fn declared(&self, dialect: Dialect) -> String {
        // By code point, as SQLite and memory order texts.
        let order = if dialect == Dialect::Postgres && self.stored == "text" { " COLLATE \"C\"" } else { "" };
        format!("\"{}\" {}{order}", self.name, self.stored)
    }
}

impl Form {
    pub(crate) fn of(schema: &Schema, dialect: Dialect) -> Result<Form, StoreError> {
        let mut form = Form::default();
        for object in schema.objects() {
            form.add_tables(object, dialect)?;
            object_indexes(object, dialect, &mut form.indexes)?;
        }
        let columns = form.tables.values().flatten().map(|column| &column.name);
        match form.tables.keys().chain(form.indexes.keys()).chain(columns).find(|name| name.len() > NAME_MAX) {
            Some(long) => Err(StoreError::Migration(format!(
                "the name {long} has more than {NAME_MAX} letters; shorten the object's or the field's"
            ))),
            None => Ok(form),
        }
    }

    fn add_tables(&mut self, object: &Object, dialect: Dialect) -> Result<(), StoreError> {
        let mut names = BTreeSet::new();
        let mut columns = Vec::new();
        for column in object.fields.iter().flat_map(nexus_model::Field::columns) {
            if !names.insert(column.name.clone()) {
                return Err(StoreError::Migration(format!("{} would have two columns {}", object.name, column.name)));
            }
            let key = column.name == system::ID;
            columns.push(Column::new(column.name, column.kind, key, dialect));
        }
        self.tables.insert(object.table(), columns);
        for field in object.fields.iter().filter(|field| list_table_of(field)) {
            let column = |name: &str, kind, key| Column::new(name.to_owned(), kind, key, dialect);
            let value = column(list::VALUE, list_column(field), false);
            let columns = vec![
                column(list::OWNER, ColumnType::Uuid, true),
                column(list::POSITION, ColumnType::Integer, true),
                Column { whole: true, ..value },
            ];
            self.tables.insert(object.list_table(&field.name), columns);
        }
        Ok(())
    }

    /// Tells this form from every other, so that tables in form are not looked at again.
    pub(crate) fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(SYSTEM_TABLES.as_bytes());
        for (name, columns) in &self.tables {
            for column in columns {
                hasher.update(format!("{name}.{} {:?} {};", column.name, column.kind, column.key).as_bytes());
            }
        }
        for index in self.indexes.values() {
            hasher.update(index.sql.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// The name of an object's index. One that PostgreSQL would cut off ends in a hash of itself.
pub(crate) fn index_name(object: &Object, suffix: &str) -> String {
    let name = format!("{}__{suffix}", object.table());
    if name.len() <= NAME_MAX {
        return name;
    }
    let hash = blake3::hash(name.as_bytes()).to_hex();
    format!("{}_{}", &name[..NAME_MAX - 9], &hash[..8])
}

fn object_indexes(object: &Object, dialect: Dialect, indexes: &mut BTreeMap<String, Index>) -> Result<(), StoreError> {
    let table = object.table();
    let mut add = |suffix: &str, unique: bool, columns: &[String], predicate: Option<String>| {
        let name = index_name(object, suffix);
        let mut columns: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let listed = columns.join(", ");
        if dialect == Dialect::Postgres {
            // Lists sort nulls first and then by id. SQLite does both in every index by itself.
            columns.iter_mut().for_each(|column| column.push_str(" NULLS FIRST"));
            if !unique {
                columns.push(format!("\"{}\"", system::ID));
            }
        }
        let columns = columns.join(", ");
        let (word, limit) = (if unique { "UNIQUE " } else { "" }, predicate.as_ref());
        let limit = limit.map(|sql| format!(" WHERE {sql}")).unwrap_or_default();
        let sql = format!("CREATE {word}INDEX \"{name}\" ON \"{table}\" ({columns}){limit}");
        indexes.insert(name, Index { table: table.clone(), key: unique.then_some(listed), when: predicate, sql });
    };
    if object.child_of.is_some() {
        add("i_rows", false, &[system::PARENT.to_owned(), system::POSITION.to_owned()], None);
    }
    for field in object.fields.iter().filter(|field| !field.system && !field.is_virtual()) {
        if matches!(field.kind, FieldType::Link(_)) || field.kind.is_file() {
            // Who looks for records by a link looks for one that is there.
            let given = format!("\"{}\" IS NOT NULL", field.name);
            add(&format!("i_{}", field.name), false, std::slice::from_ref(&field.name), Some(given));
        } else if matches!(field.kind, FieldType::DynamicLink(_)) {
            let given = format!("\"{}\" IS NOT NULL", field.name);
            let columns: Vec<String> = field.columns().into_iter().map(|column| column.name).collect();
            add(&format!("i_{}", field.name), false, &columns, Some(given));
        }
    }
    for fields in &object.indexes {
        add(&format!("i_{}", fields.join("_")), false, fields, None);
    }
    for key in &object.unique {
        let mut predicate =
            if object.child_of.is_some() { Vec::new() } else { vec!["\"deleted_at\" IS NULL".to_owned()] };
        if let Some(when) = &key.when {
            predicate.push(format!("({})", index_predicate(when, object, dialect)?));
        }
        let predicate = (!predicate.is_empty()).then(|| predicate.join(" AND "));
        // A record that a dynamic link leads to is told by its object as well.
        let columns = key.fields.iter().flat_map(|name| match object.field(name) {
            Some(field) if matches!(field.kind, FieldType::DynamicLink(_)) => {
                field.columns().into_iter().map(|column| column.name).collect()
            }
            _ => vec![name.clone()],
        });
        let columns: Vec<String> = columns.collect();
        add(&format!("u_{}", key.name), true, &columns, predicate);
    }
    for field in object.fields.iter().filter(|field| list_table_of(field)) {
        let table = object.list_table(&field.name);
        let name = format!("{table}__i_value");
        let sql = format!("CREATE INDEX \"{name}\" ON \"{table}\" (\"value\")");
        indexes.insert(name, Index { table, key: None, when: None, sql });
    }
    Ok(())
}
