//! What the rows that are there get in a column that is added: the default, or what the field is worked out from.

use nexus_model::expr::Vars;
use nexus_model::field::{Field, FieldType};
use nexus_model::{Object, Schema};
use sea_query::{Expr as Sql, Query as Statement};

use crate::cells::encode;
use crate::query::ROOT;
use crate::statements::is_lasting;
use crate::{Conditions, Dialect};

/// How a new column of rows that are there comes to its values.
pub(super) enum Fill {
    /// It has none.
    Empty,
    /// All have the same, as it stands in SQL.
    Same(String),
    /// Each has its own, as it stands in SQL over the row under [`ROOT`].
    Each(String),
    /// Values are worked out, but not by the database: a record gets its own when it is changed next.
    Later,
}

/// What a column of a table is filled with. The columns of lists have no defaults.
pub(super) fn of(schema: &Schema, table: &str, column: &str, dialect: Dialect) -> Fill {
    let Some(object) = schema.objects().find(|object| object.table() == table) else { return Fill::Empty };
    let found = object.fields.iter().find_map(|field| {
        let at = field.columns().iter().position(|own| own.name == column)?;
        Some((field, at))
    });
    let Some((field, at)) = found else { return Fill::Empty };
    if field.is_derived() || field.fetch.is_some() {
        return worked_out(schema, object, field, at, dialect);
    }
    let Some(value) = field.initial_value(object) else { return Fill::Empty };
    let mut cells = Vec::new();
    match encode(field, &value, &mut cells) {
        // The microseconds of a moment are no value of PostgreSQL's type.
        Ok(()) if field.kind != FieldType::DateTime && at < cells.len() => {
            Fill::Same(text(Sql::val(cells.swap_remove(at)), dialect))
        }
        _ => Fill::Empty,
    }
}

fn worked_out(schema: &Schema, object: &Object, field: &Field, at: usize, dialect: Dialect) -> Fill {
    let lasts = Field { computed: field.computed.clone().or_else(|| field.fetch.clone()), ..field.clone() };
    if field.rollup.is_some() || !is_lasting(&lasts, schema) {
        return Fill::Later;
    }
    let vars = Vars::default();
    let conditions = Conditions { schema, vars: &vars, dialect, guard: None };
    match conditions.worked_out(field, object, ROOT) {
        Ok(mut columns) if at < columns.len() => Fill::Each(text(columns.swap_remove(at), dialect)),
        _ => Fill::Later,
    }
}

/// The fields of its own schema that what a column is filled with reads, as table and column.
pub(super) fn reads(schema: &Schema, table: &str, column: &str) -> Vec<(String, String)> {
    let field = schema
        .objects()
        .find(|object| object.table() == table)
        .and_then(|object| object.fields.iter().find(|field| field.columns().iter().any(|own| own.name == column)));
    let expr = field.and_then(|field| field.computed.as_ref().or(field.fetch.as_ref()));
    let read = expr.map(|expr| expr.reads()).unwrap_or_default();
    read.into_iter().filter_map(|(object, name)| Some((schema.get(object.as_str())?.table(), name))).collect()
}

/// A piece of SQL with its values written out.
fn text(sql: Sql, dialect: Dialect) -> String {
    let select = Statement::select().expr(sql).take();
    let text = dialect.written(&select);
    text.strip_prefix("SELECT ").unwrap_or(&text).to_owned()
}
