//! A transaction in the hands of a job.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use nexus_model::{Object, Schema};
use rusqlite::Connection;
use sea_query::{Alias, SqliteQueryBuilder, Value as Cell};

use crate::cells::Stored;
use crate::database::lock;
use crate::query::ROOT;
use crate::{Dialect, StoreError, sqlite};

/// What a job reads and writes through. All methods are `async` because on a database across a network
/// they wait; on SQLite they answer at once.
pub struct Tx {
    connection: Arc<Mutex<Connection>>,
    pub(crate) schema: Arc<Schema>,
    pub(crate) statements: Arc<Statements>,
    pub(crate) chain: Chain,
}

/// Number and hash of the newest event, once the open transaction has read or written one.
pub(crate) type Chain = Arc<Mutex<Option<(i64, [u8; 32])>>>;

impl Tx {
    pub(crate) fn new(
        connection: Arc<Mutex<Connection>>,
        schema: Arc<Schema>,
        statements: Arc<Statements>,
        chain: Chain,
    ) -> Tx {
        Tx { connection, schema, statements, chain }
    }

    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    pub(crate) fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    pub(crate) fn execute(&self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        sqlite::execute(&lock(&self.connection), sql, cells)
    }

    pub(crate) fn query<T>(
        &self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        sqlite::query(&lock(&self.connection), sql, cells, each)
    }

    pub(crate) fn select<T>(
        &self,
        statement: &sea_query::SelectStatement,
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let (sql, values) = statement.build(SqliteQueryBuilder);
        self.query(&sql, &values.0, each)
    }

    /// The first rows of a query. Their number stands in the text: for a bound one SQLite cannot tell that a page
    /// is wanted, and would sort all rows where an index has them in order.
    pub(crate) fn select_first<T>(
        &self,
        limit: usize,
        statement: &sea_query::SelectStatement,
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let (sql, values) = statement.build(SqliteQueryBuilder);
        self.query(&format!("{sql} LIMIT {limit}"), &values.0, each)
    }

    /// Marks a place to return to; what follows can be taken back alone.
    pub async fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.execute(&format!("SAVEPOINT {name}"), &[]).map(drop)
    }

    /// Takes back everything since the place, and forgets it.
    pub async fn rollback_to(&mut self, name: &'static str) -> Result<(), StoreError> {
        *lock(&self.chain) = None;
        self.execute(&format!("ROLLBACK TO {name}"), &[])?;
        self.execute(&format!("RELEASE {name}"), &[]).map(drop)
    }

    /// Keeps everything since the place, and forgets it.
    pub async fn release(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.execute(&format!("RELEASE {name}"), &[]).map(drop)
    }
}

/// Texts of statements that depend on an object alone, built once.
#[derive(Default)]
pub(crate) struct Statements {
    inserts: RwLock<HashMap<String, Arc<str>>>,
    columns: RwLock<HashMap<String, Arc<str>>>,
}

/// The text that `texts` keeps for the object, made when it is asked for first.
fn kept(texts: &RwLock<HashMap<String, Arc<str>>>, object: &Object, make: impl FnOnce() -> String) -> Arc<str> {
    if let Some(text) = texts.read().unwrap_or_else(PoisonError::into_inner).get(object.name.as_str()) {
        return Arc::clone(text);
    }
    let text: Arc<str> = make().into();
    let mut texts = texts.write().unwrap_or_else(PoisonError::into_inner);
    texts.insert(object.name.as_str().to_owned(), Arc::clone(&text));
    text
}

impl Statements {
    /// `INSERT` of all the object's columns, in the order of its fields.
    pub(crate) fn insert(&self, object: &Object) -> Arc<str> {
        kept(&self.inserts, object, || {
            let columns = object.fields.iter().flat_map(nexus_model::Field::columns);
            let columns: Vec<_> = columns.map(|column| Alias::new(column.name)).collect();
            let blanks = columns.iter().map(|_| sea_query::Expr::val(0));
            sea_query::Query::insert()
                .into_table(Alias::new(object.table()))
                .columns(columns.iter().cloned())
                .values_panic(blanks)
                .build(SqliteQueryBuilder)
                .0
        })
    }

    /// All columns of the object's row under [`ROOT`], in the order of its fields.
    pub(crate) fn columns(&self, object: &Object) -> Arc<str> {
        kept(&self.columns, object, || {
            let columns = object.fields.iter().flat_map(nexus_model::Field::columns);
            let named = columns.map(|column| format!("\"{ROOT}\".\"{}\"", column.name));
            named.collect::<Vec<_>>().join(", ")
        })
    }
}
