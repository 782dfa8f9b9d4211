//! Interface that the rest of the store is written against (the body is on its way).
use nexus_model::expr::{Expr, Vars};
use nexus_model::{Field, Object, Schema};
use sea_query::Expr as Sql;

/// The database whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect { Sqlite, Postgres }
/// Why an expression cannot select rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CompileError(pub String);
pub struct Conditions<'a> {
    pub schema: &'a Schema,
    pub vars: &'a Vars,
    pub dialect: Dialect,
    pub guard: Option<&'a dyn Fn(&Object, &str) -> Option<Sql>>,
}
impl Conditions<'_> {
    pub fn compile(&self, _expr: &Expr, _object: &Object, _alias: &str) -> Result<Sql, CompileError> { Ok(Sql::val(1).into()) }
    /// The expressions of a virtual field's columns, in the order of decoding.
    pub fn virtual_columns(&self, _field: &Field, _object: &Object, _alias: &str) -> Result<Vec<Sql>, CompileError> { Ok(vec![Sql::val(1)]) }
}
pub fn index_predicate(_expr: &Expr, _object: &Object) -> Result<String, CompileError> { Ok(String::new()) }
