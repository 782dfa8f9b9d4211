//! Between cells and PostgreSQL's types. What type a parameter has, the statement tells: a moment is bound as its
//! microseconds and a day as its text, on every database alike.

use std::error::Error;

use bytes::BytesMut;
use nexus_model::{Date, Timestamp};
use sea_query::Value as Cell;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};

use crate::cells::{Plain, Stored, plain};

type Fault = Box<dyn Error + Sync + Send>;

/// A cell on its way into a statement.
#[derive(Debug)]
pub(super) struct Bound<'a>(pub(super) &'a Cell);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Fault> {
        let content = plain(self.0).ok_or("a value of no column's type")?;
        match (content, ty) {
            (Plain::Null, _) => Ok(IsNull::Yes),
            (Plain::Int(flag), &Type::BOOL) => (flag != 0).to_sql(ty, out),
            (Plain::Int(number), &Type::INT8) => number.to_sql(ty, out),
            (Plain::Int(number), &Type::INT4) => i32::try_from(number)?.to_sql(ty, out),
            (Plain::Int(micros), &Type::TIMESTAMPTZ) => Timestamp::from_microsecond(micros)?.to_sql(ty, out),
            (Plain::Int(number), &Type::TEXT) => number.to_string().to_sql(ty, out),
            (Plain::Text(day), &Type::DATE) => day.parse::<Date>()?.to_sql(ty, out),
            (Plain::Text(text), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::JSON) => {
                text.to_sql(&Type::TEXT, out)
            }
            (Plain::Bytes(bytes), &Type::UUID | &Type::BYTEA) => bytes.to_sql(&Type::BYTEA, out),
            (content, ty) => Err(format!("{content:?} cannot stand for a value of type {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Stored {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Stored, Fault> {
        Ok(match *ty {
            Type::BOOL => Stored::Int(bool::from_sql(ty, raw)?.into()),
            Type::INT2 => Stored::Int(i16::from_sql(ty, raw)?.into()),
            Type::INT4 => Stored::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT8 => Stored::Int(i64::from_sql(ty, raw)?),
            Type::TIMESTAMPTZ => Stored::Int(Timestamp::from_sql(ty, raw)?.as_microsecond()),
            Type::DATE => Stored::Text(Date::from_sql(ty, raw)?.to_string()),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::JSON => Stored::Text(std::str::from_utf8(raw)?.to_owned()),
            Type::UUID | Type::BYTEA => Stored::Bytes(raw.to_vec()),
            Type::VOID => Stored::Null,
            ref other => return Err(format!("a column of type {other} is not read").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Stored, Fault> {
        Ok(Stored::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
