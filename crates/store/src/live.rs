//! What a database holds before it is opened: its tables, and records of an object whose manifest is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Field, Object, Record, Value};

use crate::cells::{Stored, decode};
use crate::home::Links;
use crate::link::Link;
use crate::records::list_table_of;
use crate::{Dialect, Home, StoreError};

/// The type of each column of each table.
pub(crate) type Live = BTreeMap<String, BTreeMap<String, String>>;

pub(crate) fn live_columns(link: &mut Link) -> Result<Live, StoreError> {
    let sql = match link.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, c.name, lower(c.type) FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        }
        Dialect::Postgres => {
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a \
             JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"
        }
    };
    let mut live = Live::new();
    for row in link.query(sql, &[], Ok)? {
        let [table, column, kind] = row.try_into().unwrap_or([Stored::Null, Stored::Null, Stored::Null]);
        if let (Some(table), Some(column), Some(kind)) = (table.text(), column.text(), kind.text()) {
            live.entry(table).or_default().insert(column, kind);
        }
    }
    Ok(live)
}

pub(crate) fn live_indexes(link: &mut Link) -> Result<BTreeMap<String, String>, StoreError> {
    let sql = match link.dialect() {
        Dialect::Sqlite => "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
        Dialect::Postgres => {
            "SELECT c.relname, obj_description(c.oid, 'pg_class') FROM pg_class c \
             JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'i'"
        }
    };
    let mut live = BTreeMap::new();
    for row in link.query(sql, &[], Ok)? {
        let [name, sql] = row.try_into().unwrap_or([Stored::Null, Stored::Null]);
        if let (Some(name), Some(sql)) = (name.text(), sql.text()) {
            live.insert(name, sql);
        }
    }
    Ok(live)
}

/// The records of an object at a home, those deleted aside, without its lists and child rows. There are none where the
/// home, the table or one of its columns is not there yet.
pub fn records_at(home: &Home, object: &Arc<Object>) -> Result<Vec<Record>, StoreError> {
    if let Home::File(path) = home
        && !path.exists()
    {
        return Ok(Vec::new());
    }
    let own = |field: &&Field| !field.is_virtual() && !list_table_of(field);
    let columns: Vec<_> = object.fields.iter().filter(own).flat_map(Field::columns).collect();
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    Links::open(home, 1)?.snapshot(|link| {
        let live = live_columns(link)?;
        let known =
            live.get(&object.table()).is_some_and(|known| columns.iter().all(|one| known.contains_key(&one.name)));
        if !known {
            return Ok(Vec::new());
        }
        let (listed, table, gone) = (names.join(", "), object.table(), system::DELETED_AT);
        let sql = format!("SELECT {listed} FROM \"{table}\" WHERE \"{gone}\" IS NULL ORDER BY \"{}\"", system::ID);
        link.query(&sql, &[], |row| {
            let mut cells = row.into_iter();
            let value = |field: &Field| if own(&field) { decode(field, &mut cells) } else { Ok(Value::Null) };
            let values = object.fields.iter().map(value).collect::<Result<_, _>>()?;
            Ok(Record::from_values(Arc::clone(object), values))
        })
    })
}
