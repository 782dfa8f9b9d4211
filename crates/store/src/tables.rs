//! The tables that hold a tenant, as rows that can be read in one database and written in another.

use nexus_model::Schema;
use sea_query::Value as Cell;

use crate::cells::Stored;
use crate::link::Link;
use crate::migrate::{Column, Form};
use crate::{Dialect, StoreError};

/// Rows read and written at a time.
const PAGE: usize = 2_000;
/// Keys that one statement names.
const KEYS: usize = 400;

/// The engine's own tables: name, columns of the key, further columns. What was done to the tables themselves
/// (`_migration`, `_form`, `_shape`) is of one database and stays there, and so does the process at work for a consumer.
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

/// A table as it is copied.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) keys: Vec<String>,
    /// The keys first.
    pub(crate) columns: Vec<String>,
}

/// The values of a row's key.
pub(crate) type Key = Vec<Stored>;
pub(crate) type Row = Vec<Stored>;

impl Table {
    /// The tables of a tenant with these objects.
    pub(crate) fn all(schema: &Schema) -> Result<Vec<Table>, StoreError> {
        let form = Form::of(schema, Dialect::Sqlite)?;
        let objects = form.tables.into_iter().map(|(name, columns)| Table::new(name, columns));
        Ok(Table::engine().chain(objects).collect())
    }

    /// The engine's own.
    pub(crate) fn engine() -> impl Iterator<Item = Table> {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        ENGINE.iter().map(move |(name, keys, others)| Table {
            name: (*name).to_owned(),
            keys: names(keys),
            columns: [names(keys), names(others)].concat(),
        })
    }

    pub(crate) fn new(name: String, columns: Vec<Column>) -> Table {
        let (keys, others): (Vec<_>, Vec<_>) = columns.into_iter().partition(|column| column.key);
        let keys: Vec<String> = keys.into_iter().map(|column| column.name).collect();
        let columns = keys.iter().cloned().chain(others.into_iter().map(|column| column.name)).collect();
        Table { name, keys, columns }
    }

    fn select(&self) -> String {
        format!("SELECT {} FROM \"{}\"", listed(&self.columns), self.name)
    }

    /// The rows after a key, in the order of the keys.
    fn page(&self, link: &mut Link, after: Option<&[Stored]>) -> Result<Vec<Row>, StoreError> {
        let keys = listed(&self.keys);
        let marks: Vec<String> = (1..=self.keys.len()).map(|mark| format!("${mark}")).collect();
        let beyond = after.map(|_| format!("WHERE ({keys}) > ({})", marks.join(", "))).unwrap_or_default();
        let sql = format!("{} {beyond} ORDER BY {keys} LIMIT {PAGE}", self.select());
        link.query(&sql, &cells(after.unwrap_or_default()), Ok)
    }

    pub(crate) fn is_empty(&self, link: &mut Link) -> Result<bool, StoreError> {
        Ok(self.page(link, None)?.is_empty())
    }

    /// Hands every row to `each`, page by page.
    pub(crate) fn pages(
        &self,
        link: &mut Link,
        mut each: impl FnMut(Vec<Row>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut after: Option<Key> = None;
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

    /// Keys in portions for [`Table::rows`] and [`Table::delete`].
    pub(crate) fn portions(keys: &[Key]) -> impl Iterator<Item = &[Key]> {
        keys.chunks(KEYS)
    }

    /// The rows of at most [`KEYS`] keys, as far as they are there.
    pub(crate) fn rows(&self, link: &mut Link, keys: &[Key]) -> Result<Vec<Row>, StoreError> {
        let (condition, cells) = self.named(keys);
        link.query(&format!("{} WHERE {condition}", self.select()), &cells, Ok)
    }

    pub(crate) fn delete(&self, link: &mut Link, keys: &[Key]) -> Result<(), StoreError> {
        let (condition, cells) = self.named(keys);
        link.execute(&format!("DELETE FROM \"{}\" WHERE {condition}", self.name), &cells).map(drop)
    }

    pub(crate) fn fill(&self, link: &mut Link, rows: &[Row]) -> Result<(), StoreError> {
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| cells(row)).collect();
        link.fill(&self.name, &self.columns, &rows)
    }

    /// A condition that these keys fulfil. The last one stands for those that are missing to [`KEYS`], so that there are
    /// two statements a table.
    fn named(&self, keys: &[Key]) -> (String, Vec<Cell>) {
        let count = if keys.len() == 1 { 1 } else { KEYS };
        let last = keys.last().into_iter().cycle();
        let cells = keys.iter().chain(last).take(count).flat_map(|key| cells(key)).collect();
        if let [key] = self.keys.as_slice() {
            let marks: Vec<String> = (1..=count).map(|mark| format!("${mark}")).collect();
            return (format!("\"{key}\" IN ({})", marks.join(", ")), cells);
        }
        let width = self.keys.len();
        let one = |at: usize| {
            let parts = self.keys.iter().zip(1..).map(|(key, part)| format!("\"{key}\" = ${}", at * width + part));
            format!("({})", parts.collect::<Vec<_>>().join(" AND "))
        };
        ((0..count).map(one).collect::<Vec<_>>().join(" OR "), cells)
    }
}

fn cells(row: &[Stored]) -> Vec<Cell> {
    row.iter().map(Stored::cell).collect()
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

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
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
