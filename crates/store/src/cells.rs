//! Between a field's value and its columns.

use nexus_model::field::{ColumnType, Field, FieldType};
use nexus_model::value::{Address, GEO_SCALE, Geo, MONEY_SCALE, from_scaled, to_scaled};
use nexus_model::{Currency, Money, ObjectName, Timestamp, Uuid, Value};
use sea_query::Value as Cell;

use crate::StoreError;

/// A column's content as it comes from a database.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stored {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A cell as what every database can bind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plain<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// The content of a cell; of a number beyond 64 bits and of types that no column has, nothing.
pub(crate) fn plain(cell: &Cell) -> Option<Plain<'_>> {
    Some(match cell {
        Cell::Bool(Some(flag)) => Plain::Int((*flag).into()),
        Cell::TinyInt(Some(number)) => Plain::Int((*number).into()),
        Cell::SmallInt(Some(number)) => Plain::Int((*number).into()),
        Cell::Int(Some(number)) => Plain::Int((*number).into()),
        Cell::BigInt(Some(number)) => Plain::Int(*number),
        Cell::TinyUnsigned(Some(number)) => Plain::Int((*number).into()),
        Cell::SmallUnsigned(Some(number)) => Plain::Int((*number).into()),
        Cell::Unsigned(Some(number)) => Plain::Int((*number).into()),
        Cell::BigUnsigned(Some(number)) => Plain::Int(i64::try_from(*number).ok()?),
        Cell::String(Some(text)) => Plain::Text(text),
        Cell::Bytes(Some(bytes)) => Plain::Bytes(bytes),
        Cell::Uuid(Some(id)) => Plain::Bytes(id.as_bytes()),
        Cell::Bool(None) | Cell::BigInt(None) | Cell::String(None) | Cell::Bytes(None) | Cell::Uuid(None) => {
            Plain::Null
        }
        _ => return None,
    })
}

pub(crate) fn text(value: impl Into<String>) -> Cell {
    Cell::String(Some(value.into()))
}

pub(crate) fn int(value: i64) -> Cell {
    Cell::BigInt(Some(value))
}

pub(crate) fn uuid(value: Uuid) -> Cell {
    Cell::Uuid(Some(value))
}

pub(crate) fn bytes(value: &[u8]) -> Cell {
    Cell::Bytes(Some(value.to_vec()))
}

pub(crate) fn null() -> Cell {
    Cell::BigInt(None)
}

/// A value as one cell; `None` for values that are not one column.
pub(crate) fn cell(value: &Value, kind: ColumnType) -> Option<Cell> {
    Some(match (value, kind) {
        (Value::Null, _) => null(),
        (Value::Bool(flag), _) => Cell::Bool(Some(*flag)),
        (Value::Int(number), ColumnType::Scaled(scale)) => int(to_scaled((*number).into(), scale)?),
        (Value::Int(number), _) => int(*number),
        (Value::Decimal(number), ColumnType::Scaled(scale)) => int(to_scaled(*number, scale)?),
        (Value::Money(money), ColumnType::Scaled(scale)) => int(to_scaled(money.amount, scale)?),
        (Value::Text(content), ColumnType::Bytes) => Cell::Bytes(Some(content.clone().into_bytes())),
        (Value::Text(content), _) => text(content.as_str()),
        (Value::Date(date), _) => text(date.to_string()),
        (Value::DateTime(at), _) => int(at.as_microsecond()),
        (Value::Id(id), _) => uuid(*id),
        (Value::Json(json), _) => text(json.to_string()),
        _ => return None,
    })
}

/// The cells of `value`, one for each of the field's columns.
pub(crate) fn encode(field: &Field, value: &Value, cells: &mut Vec<Cell>) -> Result<(), StoreError> {
    let overflow = || StoreError::Corrupt {
        table: String::new(),
        column: field.name.clone(),
        found: format!("{value:?} does not fit"),
    };
    match (&field.kind, value) {
        (FieldType::Money, Value::Money(money)) => {
            cells.push(int(to_scaled(money.amount, MONEY_SCALE).ok_or_else(overflow)?));
            cells.push(text(money.currency.code()));
        }
        (FieldType::Money, _) => cells.extend([null(), null()]),
        (FieldType::DynamicLink(_), Value::Leads(object, id)) => cells.extend([uuid(*id), text(object.as_str())]),
        (FieldType::DynamicLink(_), _) => cells.extend([null(), null()]),
        (FieldType::Geo, Value::Geo(point)) => {
            for part in [point.latitude, point.longitude] {
                cells.push(int(to_scaled(part, GEO_SCALE).ok_or_else(overflow)?));
            }
        }
        (FieldType::Geo, _) => cells.extend([null(), null()]),
        (FieldType::Address, value) => {
            let address = if let Value::Address(address) = value { Some(address) } else { None };
            for part in nexus_model::value::ADDRESS_PARTS {
                cells.push(address.and_then(|address| address.part(part)).map_or_else(null, text));
            }
        }
        (kind, value) => {
            if let Some(column) = kind.column() {
                cells.push(cell(value, column).ok_or_else(overflow)?);
            }
        }
    }
    Ok(())
}

/// The value that a field's columns hold, taken from the front of `cells`.
pub(crate) fn decode(field: &Field, cells: &mut impl Iterator<Item = Stored>) -> Result<Value, StoreError> {
    let mut next = || cells.next().unwrap_or(Stored::Null);
    match &field.kind {
        FieldType::Money => match (next(), next()) {
            (Stored::Int(amount), Stored::Text(code)) => {
                let currency: Currency = code.parse().map_err(|_| corrupt(field, &code))?;
                Ok(Money::new(from_scaled(amount, MONEY_SCALE), currency).into())
            }
            _ => Ok(Value::Null),
        },
        FieldType::DynamicLink(_) => match (next(), next()) {
            (Stored::Bytes(id), Stored::Text(object)) => {
                Ok(Value::Leads(ObjectName::resolve("", &object), read_uuid(field, &id)?))
            }
            _ => Ok(Value::Null),
        },
        FieldType::Geo => match (next(), next()) {
            (Stored::Int(latitude), Stored::Int(longitude)) => {
                let [latitude, longitude] = [latitude, longitude].map(|part| from_scaled(part, GEO_SCALE).normalize());
                Ok(Value::Geo(Geo { latitude, longitude }))
            }
            _ => Ok(Value::Null),
        },
        FieldType::Address => {
            let parts = std::array::from_fn(|_| if let Stored::Text(part) = next() { Some(part) } else { None });
            let address = Address::from_parts(parts);
            Ok(if address.is_empty() { Value::Null } else { Value::Address(Box::new(address)) })
        }
        kind => {
            let Some(column) = kind.column() else { return Ok(Value::Null) };
            decode_cell(field, column, next())
        }
    }
}

pub(crate) fn decode_cell(field: &Field, kind: ColumnType, stored: Stored) -> Result<Value, StoreError> {
    Ok(match (kind, stored) {
        (_, Stored::Null) => Value::Null,
        (ColumnType::Integer, Stored::Int(number)) => Value::Int(number),
        (ColumnType::Scaled(scale), Stored::Int(number)) => Value::Decimal(from_scaled(number, scale).normalize()),
        (ColumnType::Boolean, Stored::Int(flag)) => Value::Bool(flag != 0),
        (ColumnType::DateTime, Stored::Int(at)) => {
            Value::DateTime(Timestamp::from_microsecond(at).map_err(|_| corrupt(field, &at.to_string()))?)
        }
        (ColumnType::Text, Stored::Text(content)) => Value::Text(content),
        (ColumnType::Date, Stored::Text(day)) => {
            Value::Date(nexus_model::json::date(&day).ok_or_else(|| corrupt(field, &day))?)
        }
        (ColumnType::Uuid, Stored::Bytes(bytes)) => Value::Id(read_uuid(field, &bytes)?),
        (ColumnType::Json, Stored::Text(json)) => {
            Value::Json(serde_json::from_str(&json).map_err(|_| corrupt(field, &json))?)
        }
        (ColumnType::Bytes, Stored::Bytes(bytes)) => {
            Value::Text(String::from_utf8(bytes).map_err(|_| corrupt(field, "bytes"))?)
        }
        (_, other) => return Err(corrupt(field, &format!("{other:?}"))),
    })
}

pub(crate) fn read_uuid(field: &Field, bytes: &[u8]) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|_| corrupt(field, "bytes that are no UUID"))
}

fn corrupt(field: &Field, found: &str) -> StoreError {
    let found = found.chars().take(80).collect();
    StoreError::Corrupt { table: String::new(), column: field.name.clone(), found }
}
