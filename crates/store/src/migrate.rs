//! From manifests to tables: the difference to the live tables, applied in one transaction and recorded.

use std::collections::{BTreeMap, BTreeSet};

use nexus_model::field::{ColumnType, FieldType};
use nexus_model::object::system;
use nexus_model::{Object, Schema, Timestamp};

use crate::cells::{int, text};
use crate::condition::index_predicate;
use crate::database::lock;
use crate::guard::Guard;
use crate::home::Links;
use crate::link::Link;
use crate::live::{Live, live_columns, live_indexes};
use crate::records::{list, list_column, list_table_of};
use crate::standing::Standing;
use crate::tables::Table;
use crate::{Dialect, Home, StoreError, sqlite, trace};

/// The tables of the engine itself; the types in braces differ between the databases.
const SYSTEM_TABLES: &str = "
CREATE TABLE IF NOT EXISTS _migration (at {moment} NOT NULL, statement TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS _form (fingerprint TEXT PRIMARY KEY);
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

/// What a migration did; empty when the tables were in form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MigrationReport {
    pub statements: Vec<String>,
}

/// The tables and indexes that manifests ask for, by name.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) tables: BTreeMap<String, Vec<Column>>,
    indexes: BTreeMap<String, String>,
}

pub(crate) struct Column {
    pub(crate) name: String,
    kind: &'static str,
    /// Whether it is part of the primary key.
    pub(crate) key: bool,
}

pub(crate) fn migrate(links: &Links, schema: &Schema) -> Result<MigrationReport, StoreError> {
    let form = Form::of(schema, links.dialect)?;
    let fingerprint = form.fingerprint();
    if in_form(links, &fingerprint)? {
        return Ok(MigrationReport::default());
    }
    let lease = links.begin(true)?;
    let link = &mut *lock(lease.link());
    let applied = apply(link, &links.home, schema, &form, &fingerprint);
    if let Ok(Some(_)) = applied {
        link.commit()?
    } else {
        link.rollback()?
    }
    let statements = applied?.unwrap_or_default();
    if let (Link::Sqlite(file), false) = (&*link, statements.is_empty()) {
        // A new index has no statistics yet.
        sqlite::study(file)?;
    }
    Ok(MigrationReport { statements })
}

/// Whether the tables are in form, asked without getting in the way of who changes them.
fn in_form(links: &Links, fingerprint: &str) -> Result<bool, StoreError> {
    let lease = links.begin(false)?;
    let link = &mut *lock(lease.link());
    let standing = Standing::of(link);
    let _ = link.rollback();
    match standing {
        Ok(Some(standing)) => Ok(standing.in_use()? == Standing::Live(fingerprint.to_owned())),
        // There are no tables yet.
        _ => Ok(false),
    }
}

/// Brings the tables to their form; the statements that it took, or nothing where they were in form.
fn apply(
    link: &mut Link,
    home: &Home,
    schema: &Schema,
    form: &Form,
    fingerprint: &str,
) -> Result<Option<Vec<String>>, StoreError> {
    let live = live_columns(link)?;
    let standing = if live.contains_key("_form") { Standing::of(link)? } else { None };
    match standing.map(Standing::in_use).transpose()? {
        // Another process may have been here first.
        Some(Standing::Live(known)) if known == fingerprint => return Ok(None),
        // It goes on, unless the one who moves it is no more.
        Some(Standing::Leaving(known)) if known == fingerprint && Guard::take(home)?.is_none() => return Ok(None),
        Some(Standing::Leaving(_)) => trace::end(link, &Table::all(schema)?)?,
        _ => {}
    }
    bring(link, form, fingerprint, &live).map(Some)
}

/// Brings the tables to another form inside a transaction that does more than this.
///
/// # Errors
/// While the tenant is being moved, and where a table's rows do not allow it.
pub(crate) fn reform(link: &mut Link, schema: &Schema) -> Result<(), StoreError> {
    link.settle()?;
    let form = Form::of(schema, link.dialect())?;
    if let Some(Standing::Leaving(_)) = Standing::of(link)? {
        return Err(StoreError::Migration(
            "the tenant is being moved to another place; try again when it is there".to_owned(),
        ));
    }
    let live = live_columns(link)?;
    bring(link, &form, &form.fingerprint(), &live).map(drop)
}

fn bring(link: &mut Link, form: &Form, fingerprint: &str, live: &Live) -> Result<Vec<String>, StoreError> {
    let dialect = link.dialect();
    link.batch(&typed(SYSTEM_TABLES, dialect))?;
    let mut statements = Vec::new();
    for (name, columns) in &form.tables {
        match live.get(name) {
            None => statements.push(create_table(name, columns, dialect)),
            Some(known) => add_columns(name, columns, known, dialect, &mut statements)?,
        }
    }
    let live_indexes = live_indexes(link)?;
    for (name, sql) in &live_indexes {
        if !name.starts_with('_') && form.indexes.get(name) != Some(sql) {
            statements.push(format!("DROP INDEX \"{name}\""));
        }
    }
    let missing = form.indexes.iter().filter(|(name, sql)| live_indexes.get(*name) != Some(*sql));
    let missing: Vec<_> = missing.collect();
    statements.extend(missing.iter().map(|(_, sql)| (*sql).clone()));
    let now = int(Timestamp::now().as_microsecond());
    for statement in &statements {
        link.batch(statement)?;
        let cells = [now.clone(), text(statement.as_str())];
        link.execute("INSERT INTO _migration (at, statement) VALUES ($1, $2)", &cells)?;
    }
    if dialect == Dialect::Postgres {
        // PostgreSQL keeps no text of what was asked for.
        for (name, sql) in missing {
            link.batch(&format!("COMMENT ON INDEX \"{name}\" IS '{}'", sql.replace('\'', "''")))?;
        }
    }
    Standing::Live(fingerprint.to_owned()).write(link)?;
    Ok(statements)
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
fn kind_name(kind: ColumnType, dialect: Dialect) -> &'static str {
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

fn create_table(name: &str, columns: &[Column], dialect: Dialect) -> String {
    let key = |column: &Column| if column.key { " NOT NULL" } else { "" };
    let mut parts: Vec<String> =
        columns.iter().map(|column| format!("{}{}", column.declared(dialect), key(column))).collect();
    let keys: Vec<String> = columns.iter().filter(|column| column.key).map(|c| format!("\"{}\"", c.name)).collect();
    parts.push(format!("PRIMARY KEY ({})", keys.join(", ")));
    let tail = if dialect == Dialect::Sqlite { " WITHOUT ROWID" } else { "" };
    format!("CREATE TABLE \"{name}\" ({}){tail}", parts.join(", "))
}

impl Column {
    fn declared(&self, dialect: Dialect) -> String {
        // By code point, as SQLite and memory order texts.
        let order = if dialect == Dialect::Postgres && self.kind == "text" { " COLLATE \"C\"" } else { "" };
        format!("\"{}\" {}{order}", self.name, self.kind)
    }
}

fn add_columns(
    table: &str,
    columns: &[Column],
    known: &BTreeMap<String, String>,
    dialect: Dialect,
    statements: &mut Vec<String>,
) -> Result<(), StoreError> {
    for column in columns {
        match known.get(&column.name) {
            None => statements.push(format!("ALTER TABLE \"{table}\" ADD COLUMN {}", column.declared(dialect))),
            Some(stored) if stored == column.kind => {}
            Some(stored) => {
                let name = &column.name;
                return Err(StoreError::Migration(format!(
                    "{table}.{name} is stored as {stored}, its manifest now asks for another type; give the field a new name"
                )));
            }
        }
    }
    Ok(())
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
            let (kind, key) = (kind_name(column.kind, dialect), column.name == system::ID);
            columns.push(Column { name: column.name, kind, key });
        }
        self.tables.insert(object.table(), columns);
        for field in object.fields.iter().filter(|field| list_table_of(field)) {
            let column = |name: &str, kind, key| Column { name: name.to_owned(), kind: kind_name(kind, dialect), key };
            let columns = vec![
                column(list::OWNER, ColumnType::Uuid, true),
                column(list::POSITION, ColumnType::Integer, true),
                column(list::VALUE, list_column(field), false),
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
                hasher.update(format!("{name}.{} {} {};", column.name, column.kind, column.key).as_bytes());
            }
        }
        for sql in self.indexes.values() {
            hasher.update(sql.as_bytes());
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

fn object_indexes(object: &Object, dialect: Dialect, indexes: &mut BTreeMap<String, String>) -> Result<(), StoreError> {
    let table = object.table();
    let mut add = |suffix: &str, unique: bool, columns: &[String], predicate: Option<String>| {
        let name = index_name(object, suffix);
        let mut columns: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        if dialect == Dialect::Postgres {
            // Lists sort nulls first and then by id. SQLite does both in every index by itself.
            columns.iter_mut().for_each(|column| column.push_str(" NULLS FIRST"));
            if !unique {
                columns.push(format!("\"{}\"", system::ID));
            }
        }
        let columns = columns.join(", ");
        let unique = if unique { "UNIQUE " } else { "" };
        let predicate = predicate.map(|sql| format!(" WHERE {sql}")).unwrap_or_default();
        let sql = format!("CREATE {unique}INDEX \"{name}\" ON \"{table}\" ({columns}){predicate}");
        indexes.insert(name, sql);
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
        indexes.insert(name, sql);
    }
    Ok(())
}
