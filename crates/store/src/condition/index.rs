//! Conditions of partial indexes: over the row's own columns, with the literals written out.

use nexus_model::expr::{Expr, Node, Source, Vars};
use nexus_model::{Object, Schema, Value};
use sea_query::Query;

use super::compiler::{Compiler, Place};
use super::{CompileError, Conditions, Dialect};

/// The condition as SQL text for `CREATE INDEX … WHERE`.
///
/// It may compare own columns with literals, by equality, order and `in`, joined by and, or and not:
/// whatever else there is may change without the row, or needs a function that an index must not call.
pub fn index_predicate(expr: &Expr, object: &Object, dialect: Dialect) -> Result<String, CompileError> {
    let mut refused = None;
    expr.node().walk(&mut |node| {
        let allowed = match node {
            Node::Value(value) => !matches!(value, Value::Id(_) | Value::DateTime(_)),
            Node::Field { of: Source::This, name, .. } | Node::Part { of: Source::This, name, .. } => {
                object.field(name).is_some_and(|field| !field.columns().is_empty())
            }
            Node::Amount(money) | Node::Currency(money) => matches!(**money, Node::Field { .. }),
            Node::And(..) | Node::Or(..) | Node::Not(_) | Node::Equal(..) | Node::Compare(..) | Node::In(..) => true,
            Node::List(_) | Node::Has(_) | Node::Decimal(_) => true,
            _ => false,
        };
        if !allowed && refused.is_none() {
            refused = Some(());
        }
    });
    if refused.is_some() {
        return Err(CompileError(format!(
            "'{}' cannot limit an index: it may only compare the record's own fields with literals",
            expr.source()
        )));
    }
    let (schema, vars) = (Schema::default(), Vars::default());
    let conditions = Conditions { schema: &schema, vars: &vars, dialect, guard: None };
    let compiler = Compiler::new(&conditions, "");
    let condition = compiler.test(expr.node(), &Place::of(object, ""), false)?;
    let mut statement = Query::select();
    statement.expr(condition);
    let statement = dialect.written(&statement);
    let text = statement.strip_prefix("SELECT ").unwrap_or(&statement);
    if text.contains("nexus_") {
        return Err(CompileError(format!("'{}' cannot limit an index: it needs a calculation", expr.source())));
    }
    Ok(text.to_owned())
}
