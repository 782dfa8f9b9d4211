//! The tables of a database as they are there, made in another, whatever manifests say of them by now.

use nexus_model::field::ColumnType;
use nexus_model::object::system;

use super::form::{Column, SYSTEM_TABLES, create_table, typed};
use super::shape;
use crate::StoreError;
use crate::link::Link;
use crate::live::live_columns;
use crate::records::list;
use crate::standing::Standing;
use crate::tables::Table;

/// What stands for the form of such tables: no manifest's, so that whoever opens them looks what they lack.
const FORM: &str = "copied";

/// Makes the tables in an empty database that another one has, without indexes; which they are.
pub(crate) fn imitate(from: &mut Link, to: &mut Link) -> Result<Vec<Table>, StoreError> {
    let (live, dialect) = (live_columns(from)?, to.dialect());
    to.batch(&typed(SYSTEM_TABLES, dialect))?;
    let mut tables: Vec<Table> = Table::engine().filter(|table| live.contains_key(&table.name)).collect();
    for (name, known) in live.iter().filter(|(name, _)| !name.starts_with('_')) {
        let keys: &[&str] = if known.contains_key(system::ID) { &[system::ID] } else { &[list::OWNER, list::POSITION] };
        let columns = known.iter().map(|(column, stored)| {
            Column::new(column.clone(), kind_of(stored), keys.contains(&column.as_str()), dialect)
        });
        let columns: Vec<Column> = columns.collect();
        to.batch(&create_table(name, &columns, dialect))?;
        tables.push(Table::new(name.clone(), columns));
    }
    shape::note(to, &shape::known(from, &live)?)?;
    Standing::Live(FORM.to_owned()).write(to)?;
    Ok(tables)
}

/// What a column of this type of PostgreSQL's holds.
fn kind_of(stored: &str) -> ColumnType {
    match stored {
        "bigint" => ColumnType::Integer,
        "boolean" => ColumnType::Boolean,
        "date" => ColumnType::Date,
        "timestamp with time zone" => ColumnType::DateTime,
        "uuid" => ColumnType::Uuid,
        "json" => ColumnType::Json,
        "bytea" => ColumnType::Bytes,
        _ => ColumnType::Text,
    }
}
