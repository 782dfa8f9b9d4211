//! From manifests to tables: the difference to the live tables, applied in one transaction and recorded.

use std::collections::{BTreeMap, BTreeSet};

use nexus_model::field::{ColumnType, FieldType};
use nexus_model::object::system;
use nexus_model::{Object, Schema, Timestamp};
use rusqlite::Connection;
use sea_query::{Alias, ColumnDef, SqliteQueryBuilder, Table};

use crate::StoreError;
use crate::condition::index_predicate;
use crate::records::{list, list_column, list_table_of};

/// The tables of the engine itself.
const SYSTEM_TABLES: &str = "
CREATE TABLE IF NOT EXISTS _migration (at BIGINT NOT NULL, statement TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS _event (
    seq INTEGER PRIMARY KEY, at BIGINT NOT NULL, run BLOB NOT NULL, step BIGINT NOT NULL, action TEXT NOT NULL,
    verb TEXT NOT NULL, object TEXT NOT NULL, record BLOB NOT NULL, version BIGINT NOT NULL,
    principal BLOB NOT NULL, changes TEXT NOT NULL, hash BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS _event_record ON _event (record, seq);
CREATE INDEX IF NOT EXISTS _event_run ON _event (run, seq);
CREATE TABLE IF NOT EXISTS _run (
    id BLOB PRIMARY KEY, at BIGINT NOT NULL, principal BLOB NOT NULL, action TEXT NOT NULL, undone_by BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _step (
    run BLOB NOT NULL, step BIGINT NOT NULL, parent BIGINT, action TEXT NOT NULL, record BLOB, inverse TEXT,
    PRIMARY KEY (run, step)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _series (key TEXT PRIMARY KEY, last BIGINT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _idempotency (
    principal BLOB NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, reply TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (principal, key)) WITHOUT ROWID;
";

/// What a migration did; empty when the tables were in form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MigrationReport {
    pub statements: Vec<String>,
}

pub(crate) fn migrate(connection: &mut Connection, schema: &Schema) -> Result<MigrationReport, StoreError> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute_batch(SYSTEM_TABLES)?;
    let live = live_columns(&transaction)?;
    let live_indexes = live_indexes(&transaction)?;
    let mut statements = Vec::new();
    let mut indexes = BTreeMap::new();
    for object in schema.objects() {
        tables(object, &live, &mut statements)?;
        object_indexes(object, &mut indexes)?;
    }
    for (name, sql) in &live_indexes {
        if !name.starts_with('_') && indexes.get(name) != Some(sql) {
            statements.push(format!("DROP INDEX \"{name}\""));
        }
    }
    for (name, sql) in &indexes {
        if live_indexes.get(name) != Some(sql) {
            statements.push(sql.clone());
        }
    }
    for statement in &statements {
        transaction.execute_batch(statement)?;
        transaction.execute(
            "INSERT INTO _migration (at, statement) VALUES (?1, ?2)",
            (Timestamp::now().as_microsecond(), statement),
        )?;
    }
    transaction.commit()?;
    Ok(MigrationReport { statements })
}

fn live_columns(connection: &Connection) -> Result<BTreeMap<String, BTreeMap<String, String>>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    )?;
    let mut live: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        live.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
    }
    Ok(live)
}

fn live_indexes(connection: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let mut statement =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect::<Result<_, _>>().map_err(StoreError::from)
}

fn column_def(name: &str, kind: ColumnType) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    match kind {
        ColumnType::Text | ColumnType::Date | ColumnType::Json => column.text(),
        ColumnType::Integer | ColumnType::Scaled(_) | ColumnType::DateTime => column.big_integer(),
        ColumnType::Boolean => column.boolean(),
        ColumnType::Uuid | ColumnType::Bytes => column.custom(Alias::new("blob")),
    };
    column
}

fn tables(
    object: &Object,
    live: &BTreeMap<String, BTreeMap<String, String>>,
    statements: &mut Vec<String>,
) -> Result<(), StoreError> {
    let columns: Vec<_> = object.fields.iter().flat_map(nexus_model::Field::columns).collect();
    let mut names = BTreeSet::new();
    if let Some(twice) = columns.iter().find(|column| !names.insert(column.name.as_str())) {
        return Err(StoreError::Migration(format!("{} would have two columns {}", object.name, twice.name)));
    }
    match live.get(&object.table()) {
        None => {
            let mut table = Table::create();
            table.table(Alias::new(object.table()));
            for column in &columns {
                let mut def = column_def(&column.name, column.kind);
                if column.name == system::ID {
                    def.primary_key().not_null();
                }
                table.col(&mut def);
            }
            table.extra("WITHOUT ROWID");
            statements.push(table.build(SqliteQueryBuilder));
        }
        Some(known) => {
            for column in &columns {
                let mut def = column_def(&column.name, column.kind);
                let mut alter = Table::alter();
                let sql = alter.table(Alias::new(object.table())).add_column(&mut def).build(SqliteQueryBuilder);
                match known.get(&column.name) {
                    None => statements.push(sql),
                    Some(kind) if sql.to_lowercase().ends_with(&kind.to_lowercase()) => {}
                    Some(kind) => {
                        return Err(StoreError::Migration(format!(
                            "{}.{} is stored as {kind}, its manifest now asks for another type; give the field a new name",
                            object.name, column.name
                        )));
                    }
                }
            }
        }
    }
    for field in object.fields.iter().filter(|field| list_table_of(field)) {
        let name = object.list_table(&field.name);
        if !live.contains_key(&name) {
            let table = Table::create()
                .table(Alias::new(name))
                .col(column_def(list::OWNER, ColumnType::Uuid).not_null())
                .col(column_def(list::POSITION, ColumnType::Integer).not_null())
                .col(column_def(list::VALUE, list_column(field)).not_null())
                .primary_key(sea_query::Index::create().col(Alias::new(list::OWNER)).col(Alias::new(list::POSITION)))
                .extra("WITHOUT ROWID")
                .build(SqliteQueryBuilder);
            statements.push(table);
        }
    }
    Ok(())
}

fn object_indexes(object: &Object, indexes: &mut BTreeMap<String, String>) -> Result<(), StoreError> {
    let table = object.table();
    let mut add = |suffix: &str, unique: bool, columns: &[String], predicate: Option<String>| {
        let name = format!("{table}__{suffix}");
        let columns = columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ");
        let unique = if unique { "UNIQUE " } else { "" };
        let predicate = predicate.map(|sql| format!(" WHERE {sql}")).unwrap_or_default();
        let sql = format!("CREATE {unique}INDEX \"{name}\" ON \"{table}\" ({columns}){predicate}");
        indexes.insert(name, sql);
    };
    if object.child_of.is_some() {
        add("i_rows", false, &[system::PARENT.to_owned(), system::POSITION.to_owned()], None);
    }
    for field in object.fields.iter().filter(|field| !field.system && !field.is_virtual()) {
        if matches!(field.kind, FieldType::Link(_)) {
            // Who looks for records by a link looks for one that is there.
            let given = format!("\"{}\" IS NOT NULL", field.name);
            add(&format!("i_{}", field.name), false, std::slice::from_ref(&field.name), Some(given));
        }
    }
    for fields in &object.indexes {
        add(&format!("i_{}", fields.join("_")), false, fields, None);
    }
    for key in &object.unique {
        let mut predicate =
            if object.child_of.is_some() { Vec::new() } else { vec!["\"deleted_at\" IS NULL".to_owned()] };
        if let Some(when) = &key.when {
            predicate.push(format!("({})", index_predicate(when, object)?));
        }
        let predicate = (!predicate.is_empty()).then(|| predicate.join(" AND "));
        add(&format!("u_{}", key.name), true, &key.fields, predicate);
    }
    for field in object.fields.iter().filter(|field| list_table_of(field)) {
        let table = object.list_table(&field.name);
        let name = format!("{table}__i_value");
        let sql = format!("CREATE INDEX \"{name}\" ON \"{table}\" (\"value\")");
        indexes.insert(name, sql);
    }
    Ok(())
}
