//! Expressions as SQL: the rows that a condition selects are those for which it holds in memory.
//!
//! A path over a link is a scalar subselect by primary key, a test of rows or of a list is `EXISTS`; nothing
//! is joined, so no row is multiplied. A comparison with a column stays bare, so that an index serves it.
//! Whatever is worked out (sums, days, letter case) goes through the `nexus_…` functions that the
//! database is given, which on SQLite are the very functions that evaluation in memory calls.

mod compare;
mod compiler;
mod fields;
mod functions;
mod index;
mod macros;
mod part;
mod sqlite;

use nexus_model::expr::{Expr, Type, Vars};
use nexus_model::{Field, Object, Schema};
use sea_query::Expr as Sql;

use compiler::{Compiler, Place};

pub use index::index_predicate;
pub(crate) use part::sum;
pub use sqlite::register;

/// The database whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Why an expression cannot select rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CompileError(pub String);

/// The condition, on a row of an object under an alias, that a caller may see the row.
pub type Guard<'a> = &'a dyn Fn(&Object, &str) -> Option<Sql>;

/// What conditions are compiled with.
pub struct Conditions<'a> {
    pub schema: &'a Schema,
    /// Bound as values: a statement's text is the same for everyone.
    pub vars: &'a Vars,
    pub dialect: Dialect,
    /// Row policy added inside every relation that a caller's own filter follows; `None` for policies and
    /// declared rules themselves.
    pub guard: Option<Guard<'a>>,
}

impl Conditions<'_> {
    /// The condition on rows of `object` under `alias`. It may be null where it does not hold, as `WHERE`
    /// takes it; do not negate it.
    pub fn compile(&self, expr: &Expr, object: &Object, alias: &str) -> Result<Sql, CompileError> {
        if *expr.ty() != Type::Bool {
            return Err(CompileError(format!("'{}' is {}, not a condition", expr.source(), expr.ty())));
        }
        let compiler = Compiler::new(self, alias);
        compiler.test(expr.node(), &Place::of(object, alias), false).map_err(|error| about(expr, error))
    }

    /// The columns of a field by what it is worked out from, as [`Field::columns`] has them where it is stored.
    pub fn worked_out(&self, field: &Field, object: &Object, alias: &str) -> Result<Vec<Sql>, CompileError> {
        let compiler = Compiler::new(self, alias);
        let part = compiler.worked_out(field, object, alias, 0).map_err(|error| match &field.computed {
            Some(expr) => about(expr, error),
            None => error,
        })?;
        compiler.columns(part, field)
    }
}

fn about(expr: &Expr, error: CompileError) -> CompileError {
    CompileError(format!("'{}': {}", expr.source(), error.0))
}

/// The refusal of what a database cannot answer exactly as memory does.
fn refuse<T>(what: &str) -> Result<T, CompileError> {
    Err(CompileError(format!("{what} cannot be used to select rows; store it as a computed field")))
}
