//! Records as they were, laid over a transaction that reads: its questions then find those instead of the newer ones.
//!
//! Each table of the object is hidden by a temporary view of the same name, which shows the rows that stayed and, in the
//! place of the others, the rows of a temporary table. Both databases look among temporary names first, and both let go
//! of them when the transaction is taken back, as each that reads is.

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_model::field::Field;
use nexus_model::object::system;
use nexus_model::{Object, ObjectName, Record, Timestamp, Uuid, Value};
use sea_query::Value as Cell;

use crate::cells::{self, Stored, encode, int, text, uuid};
use crate::database::lock;
use crate::events::{COLUMNS, read_event};
use crate::link::Link;
use crate::migrate::typed;
use crate::records::{list, list_column, list_table_of};
use crate::{Event, StoreError, Tx, Verb};

/// Records that one statement names.
const IDS_MAX: usize = 500;

/// What the newest event of a record, up to some number, says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Left {
    pub record: Uuid,
    pub at: Timestamp,
    pub version: i64,
    pub verb: Verb,
}

impl Tx {
    /// Makes room for [`Tx::overlay`] in a transaction that reads and has answered nothing that is still needed: where
    /// room cannot be made in an open one, it begins anew.
    pub async fn make_room(&mut self) -> Result<(), StoreError> {
        lock(&self.link).make_room()
    }

    /// From now on questions find `records` of an object, which is no child of another, and none of those that have the
    /// ids `gone`.
    pub async fn overlay(&mut self, object: &Object, gone: &[Uuid], records: &[Record]) -> Result<(), StoreError> {
        let mut rows = BTreeMap::new();
        records.iter().try_for_each(|record| gather(record, &mut rows))?;
        let link = &mut *lock(&self.link);
        let ids = apart("gone", &object.table());
        link.batch(&typed(&format!("CREATE TEMP TABLE \"{ids}\" (id {{uuid}} PRIMARY KEY)"), link.dialect()))?;
        let gone: Vec<Vec<Cell>> = gone.iter().map(|id| vec![uuid(*id)]).collect();
        link.fill(&ids, &[system::ID.to_owned()], &gone)?;
        let mut overlay = Overlay { link, rows, schema: Arc::clone(&self.schema) };
        overlay.object(object, system::ID, &format!("SELECT id FROM \"{ids}\""))?;
        overlay.link.look_anew();
        Ok(())
    }

    /// Events of these objects, or of all, newest first: those after one number and before another.
    pub async fn events_between(
        &mut self,
        after: i64,
        before: i64,
        objects: Option<&[ObjectName]>,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        // SQLite counts the marks in the order of the text.
        let mut values = vec![int(after), int(before)];
        let mut of = String::new();
        if let Some(objects) = objects {
            let marks: Vec<String> = (0..objects.len()).map(|index| format!("${}", index + 3)).collect();
            of = format!("AND object IN ({})", marks.join(", "));
            values.extend(objects.iter().map(|object| text(object.as_str())));
        }
        values.push(int(i64::try_from(limit).unwrap_or(i64::MAX)));
        let most = values.len();
        let sql =
            format!("SELECT {COLUMNS} FROM _event WHERE seq > $1 AND seq < $2 {of} ORDER BY seq DESC LIMIT ${most}");
        self.query_log(&sql, &values, read_event)
    }

    /// How the events up to the number `last` left each of an object's records; those that had none are left out.
    pub async fn left_at(&mut self, object: &Object, records: &[Uuid], last: i64) -> Result<Vec<Left>, StoreError> {
        let mut found = Vec::with_capacity(records.len());
        for page in records.chunks(IDS_MAX) {
            let marks: Vec<String> = (0..page.len()).map(|index| format!("${}", index + 3)).collect();
            let sql = format!(
                "SELECT e.record, e.at, e.version, e.verb FROM _event e JOIN (SELECT max(seq) AS seq FROM _event \
                 WHERE object = $1 AND seq <= $2 AND record IN ({}) GROUP BY record) newest ON newest.seq = e.seq",
                marks.join(", ")
            );
            let mut values = vec![text(object.name.as_str()), int(last)];
            values.extend(page.iter().copied().map(uuid));
            found.extend(self.query_log(&sql, &values, left)?);
        }
        Ok(found)
    }
}

fn left(row: Vec<Stored>) -> Result<Left, StoreError> {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or(Stored::Null);
    let left = (next().uuid(), next().int(), next().int(), next().text());
    let bad = || StoreError::Corrupt {
        table: "_event".to_owned(),
        column: "record".to_owned(),
        found: "another type".to_owned(),
    };
    let (Some(record), Some(at), Some(version), Some(verb)) = left else { return Err(bad()) };
    let at = Timestamp::from_microsecond(at).map_err(|_| bad())?;
    Ok(Left { record, at, version, verb: Verb::parse(&verb).ok_or_else(bad)? })
}

/// Rows by table.
type Rows = BTreeMap<String, Vec<Vec<Cell>>>;

/// The rows that a record has in its own table, in those of its lists and of its child rows.
fn gather(record: &Record, rows: &mut Rows) -> Result<(), StoreError> {
    let object = record.object();
    let mut cells = Vec::with_capacity(object.fields.len());
    for (field, value) in object.fields.iter().zip(record.values()) {
        if !field.is_virtual() {
            encode(field, value, &mut cells)?;
        }
        match value {
            Value::Rows(inner) => inner.iter().try_for_each(|row| gather(row, rows))?,
            Value::List(items) => {
                let kind = list_column(field);
                let listed = items.iter().zip(0..).map(|(item, position)| {
                    let item = cells::cell(item, kind).unwrap_or_else(cells::null);
                    vec![uuid(record.id()), int(position), item]
                });
                rows.entry(object.list_table(&field.name)).or_default().extend(listed);
            }
            _ => {}
        }
    }
    rows.entry(object.table()).or_default().push(cells);
    Ok(())
}

/// The name of a temporary table beside a table, short enough for every database.
fn apart(what: &str, table: &str) -> String {
    let hash = blake3::hash(table.as_bytes()).to_hex();
    format!("_{what}_{}", &hash[..16])
}

struct Overlay<'a> {
    link: &'a mut Link,
    rows: Rows,
    schema: Arc<nexus_model::Schema>,
}

impl Overlay<'_> {
    /// Hides the tables of an object. The rows whose `key` is among `gone`, a `SELECT` of ids, are no longer found.
    fn object(&mut self, object: &Object, key: &str, gone: &str) -> Result<(), StoreError> {
        let columns = object.fields.iter().flat_map(Field::columns).map(|column| column.name).collect();
        self.table(&object.table(), columns, key, gone)?;
        let own = if key == system::ID {
            gone.to_owned()
        } else {
            format!("SELECT id FROM {}.\"{}\" WHERE \"{key}\" IN ({gone})", self.link.home(), object.table())
        };
        for field in object.fields.iter().filter(|field| list_table_of(field)) {
            let columns = [list::OWNER, list::POSITION, list::VALUE].map(str::to_owned).to_vec();
            self.table(&object.list_table(&field.name), columns, list::OWNER, &own)?;
        }
        let schema = Arc::clone(&self.schema);
        object.table_fields().try_for_each(|(_, child)| self.object(schema.expect(child), system::PARENT, &own))
    }

    fn table(&mut self, name: &str, columns: Vec<String>, key: &str, gone: &str) -> Result<(), StoreError> {
        let (then, home) = (apart("then", name), self.link.home());
        self.link.batch(&format!("CREATE TEMP TABLE \"{then}\" AS SELECT * FROM {home}.\"{name}\" WHERE 1 = 0"))?;
        if let Some(rows) = self.rows.remove(name) {
            self.link.fill(&then, &columns, &rows)?;
        }
        self.link.batch(&format!(
            "CREATE TEMP VIEW \"{name}\" AS SELECT * FROM {home}.\"{name}\" WHERE \"{key}\" NOT IN ({gone}) \
             UNION ALL SELECT * FROM \"{then}\""
        ))
    }
}
