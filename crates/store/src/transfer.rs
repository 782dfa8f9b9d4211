//! All of a tenant's rows from one database to another, and the hash by which two databases are known to hold the same.

use std::sync::Arc;

use nexus_model::Schema;
use sea_query::Value as Cell;

use crate::cells::Stored;
use crate::database::lock;
use crate::home::Links;
use crate::link::Link;
use crate::migrate::{self, Form};
use crate::{Home, StoreError};

/// Rows read and written at a time.
const PAGE: usize = 2_000;

/// The engine's own tables: name, columns of the key, further columns. What was done to the tables themselves
/// (`_migration`, `_form`) is of one database and stays there, and so does the process at work for a consumer.
const ENGINE: &[(&str, &[&str], &[&str])] = &[
    (
        "_event",
        &["seq"],
        &["at", "run", "step", "action", "verb", "object", "record", "version", "principal", "changes", "hash"],
    ),
    ("_run", &["id"], &["at", "principal", "action", "undone_by"]),
    ("_step", &["run", "step"], &["parent", "action", "record", "inverse"]),
    ("_series", &["key"], &["last"]),
    ("_cursor", &["name"], &["seq"]),
    ("_idempotency", &["principal", "key"], &["request", "reply", "at"]),
];

/// What a database holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Content {
    pub rows: u64,
    /// BLAKE3 over every table's name and rows in the order of their keys; the same on every database.
    pub hash: String,
}

/// A table as it is copied.
struct Table {
    name: String,
    keys: Vec<String>,
    /// The keys first.
    columns: Vec<String>,
}

impl Table {
    fn all(schema: &Schema) -> Result<Vec<Table>, StoreError> {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let engine = ENGINE.iter().map(|(name, keys, others)| Table {
            name: (*name).to_owned(),
            keys: names(keys),
            columns: [names(keys), names(others)].concat(),
        });
        let form = Form::of(schema, crate::Dialect::Sqlite)?;
        let objects = form.tables.into_iter().map(|(name, columns)| {
            let (keys, others): (Vec<_>, Vec<_>) = columns.into_iter().partition(|column| column.key);
            let keys: Vec<String> = keys.into_iter().map(|column| column.name).collect();
            let columns = keys.iter().cloned().chain(others.into_iter().map(|column| column.name)).collect();
            Table { name, keys, columns }
        });
        Ok(engine.chain(objects).collect())
    }

    /// The rows after a key, in the order of the keys.
    fn page(&self, link: &mut Link, after: Option<&[Stored]>) -> Result<Vec<Vec<Stored>>, StoreError> {
        let ordered: Vec<String> = self.keys.iter().map(|key| link.by_bytes(key)).collect();
        let keys = ordered.join(", ");
        let marks: Vec<String> = (1..=self.keys.len()).map(|mark| format!("${mark}")).collect();
        let beyond = after.map(|_| format!("WHERE ({keys}) > ({})", marks.join(", "))).unwrap_or_default();
        let sql =
            format!("SELECT {} FROM \"{}\" {beyond} ORDER BY {keys} LIMIT {PAGE}", listed(&self.columns), self.name);
        let cells: Vec<Cell> = after.unwrap_or_default().iter().map(Stored::cell).collect();
        link.query(&sql, &cells, Ok)
    }

    /// Hands every row to `each`, page by page.
    fn pages(
        &self,
        link: &mut Link,
        mut each: impl FnMut(Vec<Vec<Stored>>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut after: Option<Vec<Stored>> = None;
        loop {
            let rows = self.page(link, after.as_deref())?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = Some(last[..self.keys.len()].to_vec());
            let whole = rows.len() == PAGE;
            each(rows)?;
            if !whole {
                return Ok(());
            }
        }
    }
}

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

impl Stored {
    fn cell(&self) -> Cell {
        match self {
            Stored::Null => crate::cells::null(),
            Stored::Int(number) => crate::cells::int(*number),
            Stored::Text(text) => crate::cells::text(text.as_str()),
            Stored::Bytes(bytes) => crate::cells::bytes(bytes),
        }
    }
}

/// Adds up rows to a [`Content`].
#[derive(Default)]
struct Sum {
    rows: u64,
    hasher: blake3::Hasher,
}

impl Sum {
    fn table(&mut self, name: &str) {
        self.hasher.update(b"#").update(name.as_bytes());
    }

    fn row(&mut self, row: &[Stored]) {
        self.rows += 1;
        for cell in row {
            match cell {
                Stored::Null => self.hasher.update(&[0]),
                Stored::Int(number) => self.hasher.update(&[1]).update(&number.to_le_bytes()),
                Stored::Text(text) => self.sized(2, text.as_bytes()),
                Stored::Bytes(bytes) => self.sized(3, bytes),
            };
        }
    }

    fn sized(&mut self, tag: u8, bytes: &[u8]) -> &mut blake3::Hasher {
        self.hasher.update(&[tag]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes)
    }

    fn content(&self) -> Content {
        Content { rows: self.rows, hash: self.hasher.finalize().to_hex().to_string() }
    }
}

fn content(link: &mut Link, tables: &[Table]) -> Result<Content, StoreError> {
    let mut sum = Sum::default();
    for table in tables {
        sum.table(&table.name);
        table.pages(link, |rows| {
            rows.iter().for_each(|row| sum.row(row));
            Ok(())
        })?;
    }
    Ok(sum.content())
}

/// What the database at a home holds, as one snapshot.
pub fn content_of(home: &Home, schema: &Schema) -> Result<Content, StoreError> {
    let links = Links::open(home, 1)?;
    let lease = links.begin(false)?;
    let link = &mut *lock(lease.link());
    let found = content(link, &Table::all(schema)?);
    link.rollback()?;
    found
}

/// Copies everything at `from`, as it is at one moment, into a new database at `to`, and compares the two.
///
/// # Errors
/// When `to` holds anything already, or does not hold the same afterwards; then nothing is left there.
pub fn transfer(from: &Home, to: &Home, schema: &Arc<Schema>) -> Result<Content, StoreError> {
    transferred(from, to, schema, None)
}

/// The same, and from then on `from` refuses all work: its data are at the place called `place`. Changes wait
/// meanwhile. What an earlier move left at `to` is replaced.
pub fn relocate(from: &Home, to: &Home, schema: &Arc<Schema>, place: &str) -> Result<Content, StoreError> {
    let links = Links::open(to, 1)?;
    if let Err(StoreError::Moved(_)) = migrate::migrate(&links, schema) {
        drop(links);
        to.clear()?;
    }
    transferred(from, to, schema, Some(place))
}

fn transferred(from: &Home, to: &Home, schema: &Arc<Schema>, place: Option<&str>) -> Result<Content, StoreError> {
    // Both are brought to the one form; what is older on one side would be missing on the other.
    let source = Links::open(from, 1)?;
    migrate::migrate(&source, schema)?;
    let target = Links::open(to, 1)?;
    migrate::migrate(&target, schema)?;
    let tables = Table::all(schema)?;
    let read = source.begin(place.is_some())?;
    let reader = &mut *lock(read.link());
    let write = target.begin(true)?;
    let writer = &mut *lock(write.link());
    if let Link::Postgres(line) = &mut *reader {
        // While the copy is compared nothing is asked of it, however long that takes.
        line.batch("SET LOCAL idle_in_transaction_session_timeout = 0")?;
    }
    let copied = copy(reader, writer, &tables).and_then(|expected| {
        let found = content(writer, &tables)?;
        if found == expected {
            return Ok(found);
        }
        Err(StoreError::Migration(format!(
            "the copy is not what was copied ({} rows of hash {}, not {} of {}); nothing was switched over",
            found.rows, found.hash, expected.rows, expected.hash
        )))
    });
    let ended = match &copied {
        Ok(_) => writer.commit(),
        Err(_) => writer.rollback(),
    };
    let marked = match (&copied, &ended, place) {
        (Ok(_), Ok(()), Some(place)) => migrate::mark_moved(reader, place).and_then(|()| reader.commit()),
        _ => reader.rollback(),
    };
    let content = copied?;
    ended.and(marked).map(|()| content)
}

fn copy(reader: &mut Link, writer: &mut Link, tables: &[Table]) -> Result<Content, StoreError> {
    let mut sum = Sum::default();
    for table in tables {
        if !table.page(writer, None)?.is_empty() {
            return Err(StoreError::Migration(format!("there are rows in {} already", table.name)));
        }
        sum.table(&table.name);
        table.pages(reader, |rows| {
            rows.iter().for_each(|row| sum.row(row));
            let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(Stored::cell).collect()).collect();
            writer.fill(&table.name, &table.columns, &rows)
        })?;
    }
    Ok(sum.content())
}

/// The text of an insert of all the columns.
pub(crate) fn insert_of(table: &str, columns: &[String]) -> String {
    let marks: Vec<String> = (1..=columns.len()).map(|mark| format!("${mark}")).collect();
    format!("INSERT INTO \"{table}\" ({}) VALUES ({})", listed(columns), marks.join(", "))
}

/// The text of a `COPY` of all the columns.
pub(crate) fn copy_of(table: &str, columns: &[String]) -> (String, String) {
    let columns = listed(columns);
    (format!("SELECT {columns} FROM \"{table}\""), format!("COPY \"{table}\" ({columns}) FROM STDIN BINARY"))
}
