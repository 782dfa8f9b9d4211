//! What is meant by what the columns hold: two databases store an amount and a count as the same kind of integer.

use std::collections::BTreeMap;

use nexus_model::field::ColumnType;

use super::form::Form;
use crate::StoreError;
use crate::cells::{Stored, text};
use crate::link::Link;
use crate::live::Live;

/// The kind of each column by its place; nothing of those that were made before this was noted.
pub(super) type Kinds = BTreeMap<String, String>;

pub(super) fn place(table: &str, column: &str) -> String {
    format!("{table}.{column}")
}

fn told(kind: ColumnType) -> String {
    match kind {
        ColumnType::Text => "text".to_owned(),
        ColumnType::Integer => "integer".to_owned(),
        ColumnType::Scaled(scale) => format!("decimal {scale}"),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::DateTime => "datetime".to_owned(),
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::Json => "json".to_owned(),
        ColumnType::Bytes => "bytes".to_owned(),
    }
}

pub(super) fn parse(told: &str) -> Option<ColumnType> {
    Some(match told {
        "text" => ColumnType::Text,
        "integer" => ColumnType::Integer,
        "boolean" => ColumnType::Boolean,
        "date" => ColumnType::Date,
        "datetime" => ColumnType::DateTime,
        "uuid" => ColumnType::Uuid,
        "json" => ColumnType::Json,
        "bytes" => ColumnType::Bytes,
        other => ColumnType::Scaled(other.strip_prefix("decimal ")?.parse().ok()?),
    })
}

/// What the columns of a form hold.
pub(super) fn asked(form: &Form) -> Kinds {
    let columns = form.tables.iter().flat_map(|(table, columns)| columns.iter().map(move |column| (table, column)));
    columns.map(|(table, column)| (place(table, &column.name), told(column.kind))).collect()
}

/// What the columns that are there hold, as far as it was noted.
pub(super) fn known(link: &mut Link, live: &Live) -> Result<Kinds, StoreError> {
    if !live.contains_key("_shape") {
        return Ok(Kinds::new());
    }
    let noted = link.query("SELECT kinds FROM _shape", &[], |mut row| Ok(row.pop().and_then(Stored::text)))?;
    let noted = noted.into_iter().flatten().next();
    Ok(noted.and_then(|noted| serde_json::from_str(&noted).ok()).unwrap_or_default())
}

pub(super) fn note(link: &mut Link, kinds: &Kinds) -> Result<(), StoreError> {
    link.execute("DELETE FROM _shape", &[])?;
    let noted = serde_json::to_string(kinds).unwrap_or_default();
    link.execute("INSERT INTO _shape (kinds) VALUES ($1)", &[text(noted)]).map(drop)
}

/// What numbers are multiplied by to be stored with more decimals; none where digits would be lost, or one of the two
/// is no number.
pub(super) fn factor(was: ColumnType, is: ColumnType) -> Option<i64> {
    let decimals = |kind| match kind {
        ColumnType::Integer => Some(0),
        ColumnType::Scaled(scale) => Some(scale),
        _ => None,
    };
    10_i64.checked_pow(decimals(is)?.checked_sub(decimals(was)?)?)
}
