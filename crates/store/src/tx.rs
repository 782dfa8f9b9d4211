//! A transaction in the hands of a job.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use nexus_model::{Object, Schema};
use sea_query::{Alias, PostgresQueryBuilder, QueryStatementWriter, SqliteQueryBuilder, Value as Cell};

use crate::cells::Stored;
use crate::database::lock;
use crate::link::Link;
use crate::query::ROOT;
use crate::{Dialect, StoreError};

/// What a job reads and writes through. All methods are `async` because on a database across a network
/// they wait; on SQLite they answer at once.
pub struct Tx {
    link: Arc<Mutex<Link>>,
    dialect: Dialect,
    pub(crate) schema: Arc<Schema>,
    pub(crate) statements: Arc<Statements>,
    pub(crate) chain: Chain,
}

/// Number and hash of the newest event, once the open transaction has read or written one.
pub(crate) type Chain = Arc<Mutex<Option<(i64, [u8; 32])>>>;

impl Tx {
    pub(crate) fn new(link: &Arc<Mutex<Link>>, schema: &Arc<Schema>, statements: &Arc<Statements>, chain: Chain) -> Tx {
        let dialect = lock(link).dialect();
        let (schema, statements) = (Arc::clone(schema), Arc::clone(statements));
        Tx { link: Arc::clone(link), dialect, schema, statements, chain }
    }

    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn execute(&self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        lock(&self.link).execute(sql, cells)
    }

    pub(crate) fn query<T>(
        &self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        lock(&self.link).query(sql, cells, each)
    }

    /// Runs a statement that answers nothing.
    pub(crate) fn change(&self, statement: &impl QueryStatementWriter) -> Result<usize, StoreError> {
        let (sql, values) = self.dialect.build(statement);
        self.execute(&sql, &values.0)
    }

    pub(crate) fn select<T>(
        &self,
        statement: &sea_query::SelectStatement,
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let (sql, values) = self.dialect.build(statement);
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
        let (sql, values) = self.dialect.build(statement);
        self.query(&format!("{sql} LIMIT {limit}"), &values.0, each)
    }

    /// Marks a place to return to; what follows can be taken back alone.
    pub async fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        lock(&self.link).savepoint(name)
    }

    /// Takes back everything since the place, and forgets it.
    pub async fn rollback_to(&mut self, name: &'static str) -> Result<(), StoreError> {
        *lock(&self.chain) = None;
        lock(&self.link).rollback_to(name)
    }

    /// Keeps everything since the place, and forgets it.
    pub async fn release(&mut self, name: &'static str) -> Result<(), StoreError> {
        lock(&self.link).release(name)
    }
}

impl Dialect {
    /// A statement's text and the values bound to it.
    pub(crate) fn build(self, statement: &impl QueryStatementWriter) -> (String, sea_query::Values) {
        match self {
            Dialect::Sqlite => statement.build(SqliteQueryBuilder),
            Dialect::Postgres => statement.build(PostgresQueryBuilder),
        }
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
    pub(crate) fn insert(&self, object: &Object, dialect: Dialect) -> Arc<str> {
        kept(&self.inserts, object, || {
            let columns = object.fields.iter().flat_map(nexus_model::Field::columns);
            let columns: Vec<_> = columns.map(|column| Alias::new(column.name)).collect();
            let blanks = columns.iter().map(|_| sea_query::Expr::val(0));
            let insert = sea_query::Query::insert()
                .into_table(Alias::new(object.table()))
                .columns(columns.iter().cloned())
                .values_panic(blanks)
                .take();
            dialect.build(&insert).0
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
