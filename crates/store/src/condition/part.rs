//! A compiled part of an expression: SQL, and how the database represents its type.

use nexus_model::value::{from_scaled, to_scaled};
use nexus_model::{Currency, Decimal, ObjectName, Value};
use sea_query::{Alias, BinOper, CaseStatement, Expr as Sql, ExprTrait, Func, Value as Cell};

use super::{CompileError, Dialect, refuse};

/// SQL for a value of one type.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Known while compiling: a literal or something of the principal.
    Known(Value),
    Bool(Sql),
    /// A number stored as an integer with so many decimals; an integer has none.
    Scaled(Sql, u32),
    /// A decimal of any size: on SQLite its plain text, on PostgreSQL `numeric`.
    Number(Sql),
    Money(Box<Money>),
    Text(Sql),
    Date(Sql),
    DateTime(Sql),
    Id(Sql),
    /// The parts in the order of `nexus_model::value::ADDRESS_PARTS`.
    Address(Vec<Sql>),
    Json(Sql),
    Items(Items),
}

/// Money is null when its amount is.
#[derive(Clone, Debug)]
pub(super) struct Money {
    /// `Scaled`, `Number`, or `Known` with a decimal.
    pub(super) amount: Part,
    pub(super) currency: Sql,
    /// Both are columns, null together; otherwise the currency of no amount means nothing.
    pub(super) plain: bool,
}

/// What can be searched.
#[derive(Clone, Debug)]
pub(super) enum Items {
    Given(Vec<Part>),
    /// Rows of a list table, the values of `owner`.
    Stored {
        table: String,
        owner: Sql,
        ids: bool,
    },
    Rows {
        object: ObjectName,
        parent: Sql,
    },
}

/// A column of the row under `alias`; bare without one.
pub(super) fn column(alias: &str, name: &str) -> Sql {
    if alias.is_empty() { Sql::col(Alias::new(name)) } else { Sql::col((Alias::new(alias), Alias::new(name))) }
}

pub(super) fn constant(value: bool) -> Sql {
    Sql::Constant(Cell::Bool(Some(value)))
}

pub(super) fn number(value: i64) -> Sql {
    Sql::Constant(Cell::BigInt(Some(value)))
}

pub(super) fn sign(value: &'static str) -> Sql {
    Sql::Constant(Cell::String(Some(value.to_owned())))
}

pub(super) fn call(name: &'static str, arguments: impl IntoIterator<Item = Sql>) -> Sql {
    Func::cust(Alias::new(name)).args(arguments).into()
}

/// `CASE WHEN condition THEN then ELSE other END`
pub(super) fn case(condition: Sql, then: Sql, other: Option<Sql>) -> Sql {
    let case = CaseStatement::new().case(condition, then);
    match other {
        Some(other) => case.finally(other).into(),
        None => case.into(),
    }
}

/// Equality under which null equals null.
pub(super) fn same(a: Sql, b: Sql) -> Sql {
    a.binary(BinOper::Custom("IS NOT DISTINCT FROM"), b)
}

pub(super) fn joined(a: Sql, b: Sql) -> Sql {
    a.binary(BinOper::Custom("||"), b)
}

/// False where it is null.
pub(super) fn definite(condition: Sql) -> Sql {
    Func::coalesce([condition, constant(false)]).into()
}

/// A bound value. PostgreSQL is told its type, which it cannot make out everywhere.
pub(super) fn bound(value: impl Into<Cell>, kind: &'static str, dialect: Dialect) -> Sql {
    match dialect {
        Dialect::Sqlite => Sql::val(value),
        Dialect::Postgres => Sql::val(value).cast_as(Alias::new(kind)),
    }
}

/// Null of a type, for where nothing else tells it.
fn nothing(kind: &'static str) -> Sql {
    Sql::null().cast_as(Alias::new(kind))
}

/// A stored integer as a bound value.
pub(super) fn integer(value: i64, dialect: Dialect) -> Sql {
    bound(value, "bigint", dialect)
}

/// The code of a currency as a bound value.
pub(super) fn code(currency: Currency, dialect: Dialect) -> Sql {
    bound(currency.code(), "text", dialect)
}

/// The sum of integers; an error where it leaves 64 bits.
pub(crate) fn sum(sql: Sql) -> Sql {
    sql.sum().cast_as(Alias::new("bigint"))
}

/// A decimal in the form of [`Part::Number`].
pub(super) fn wide_literal(value: Decimal, dialect: Dialect) -> Sql {
    let text = bound(nexus_model::value::decimal_text(value, 0), "text", dialect);
    match dialect {
        Dialect::Sqlite => text,
        Dialect::Postgres => text.cast_as(Alias::new("numeric")),
    }
}

/// A value as a bound parameter, in the form its column has.
pub(super) fn literal(value: &Value, dialect: Dialect) -> Result<Sql, CompileError> {
    let bound = |cell: Cell, kind| bound(cell, kind, dialect);
    Ok(match value {
        Value::Null => Sql::null(),
        Value::Bool(value) => bound((*value).into(), "boolean"),
        Value::Int(value) => integer(*value, dialect),
        Value::Decimal(value) => wide_literal(*value, dialect),
        Value::Text(value) => bound(value.as_str().into(), "text"),
        Value::Date(value) => bound(value.to_string().into(), "date"),
        Value::DateTime(value) => bound(value.as_microsecond().into(), "timestamptz"),
        Value::Id(value) => bound((*value).into(), "uuid"),
        Value::Leads(_, id) => bound((*id).into(), "uuid"),
        Value::Money(_) | Value::Address(_) | Value::Geo(_) | Value::List(_) | Value::Rows(_) | Value::Json(_) => {
            return refuse("a literal of several values");
        }
    })
}

impl Part {
    pub(super) fn null() -> Part {
        Part::Known(Value::Null)
    }

    /// The same part with each piece of SQL changed, as when it is read from another row.
    pub(super) fn map(self, change: &mut dyn FnMut(Sql) -> Result<Sql, CompileError>) -> Result<Part, CompileError> {
        Ok(match self {
            // What is known does not depend on whether the other row exists; its absence makes it null.
            Part::Known(Value::Null) => self,
            Part::Known(_) => return refuse("a constant computed field behind a link"),
            Part::Bool(sql) => Part::Bool(change(sql)?),
            Part::Scaled(sql, scale) => Part::Scaled(change(sql)?, scale),
            Part::Number(sql) => Part::Number(change(sql)?),
            Part::Money(money) => {
                let Money { amount, currency, plain } = *money;
                Part::Money(Box::new(Money { amount: amount.map(change)?, currency: change(currency)?, plain }))
            }
            Part::Text(sql) => Part::Text(change(sql)?),
            Part::Date(sql) => Part::Date(change(sql)?),
            Part::DateTime(sql) => Part::DateTime(change(sql)?),
            Part::Id(sql) => Part::Id(change(sql)?),
            Part::Address(parts) => Part::Address(parts.into_iter().map(change).collect::<Result<_, _>>()?),
            Part::Json(sql) => Part::Json(change(sql)?),
            Part::Items(Items::Stored { table, owner, ids }) => {
                Part::Items(Items::Stored { table, owner: change(owner)?, ids })
            }
            Part::Items(Items::Rows { object, parent }) => Part::Items(Items::Rows { object, parent: change(parent)? }),
            Part::Items(Items::Given(_)) => return refuse("a list worked out behind a link"),
        })
    }

    /// Gives what is known a piece of SQL, so that it can be read from another row.
    pub(super) fn written(self, dialect: Dialect) -> Result<Part, CompileError> {
        let Part::Known(value) = &self else { return Ok(self) };
        let sql = |value: &Value| literal(value, dialect);
        Ok(match value {
            Value::Bool(_) => Part::Bool(sql(value)?),
            Value::Int(_) => Part::Scaled(sql(value)?, 0),
            Value::Decimal(value) => Part::Number(wide_literal(*value, dialect)),
            Value::Money(money) => Part::Money(Box::new(Money {
                amount: Part::Number(wide_literal(money.amount, dialect)),
                currency: code(money.currency, dialect),
                plain: false,
            })),
            Value::Text(_) => Part::Text(sql(value)?),
            Value::Date(_) => Part::Date(sql(value)?),
            Value::DateTime(_) => Part::DateTime(sql(value)?),
            Value::Id(_) => Part::Id(sql(value)?),
            _ => self,
        })
    }

    /// The one piece of SQL of a type that has one.
    pub(super) fn single(self, dialect: Dialect) -> Result<Sql, CompileError> {
        match self {
            Part::Known(value) => literal(&value, dialect),
            Part::Bool(sql)
            | Part::Scaled(sql, 0)
            | Part::Number(sql)
            | Part::Text(sql)
            | Part::Date(sql)
            | Part::DateTime(sql)
            | Part::Id(sql)
            | Part::Json(sql) => Ok(sql),
            Part::Scaled(sql, scale) => Ok(wide(sql, scale)),
            Part::Money(_) | Part::Address(_) | Part::Items(_) => refuse("a value of several columns"),
        }
    }

    /// A number in the form of [`Part::Number`].
    pub(super) fn wide(self, dialect: Dialect) -> Result<Sql, CompileError> {
        match self {
            Part::Known(Value::Decimal(value)) => Ok(wide_literal(value, dialect)),
            Part::Known(Value::Int(value)) => Ok(wide_literal(value.into(), dialect)),
            Part::Known(Value::Null) => Ok(nothing("numeric")),
            Part::Scaled(sql, scale) => Ok(wide(sql, scale)),
            Part::Number(sql) => Ok(sql),
            _ => refuse("this as a number"),
        }
    }

    /// Amount and currency; of null, two nulls.
    pub(super) fn money(self, dialect: Dialect) -> Result<Money, CompileError> {
        match self {
            Part::Money(money) => Ok(*money),
            Part::Known(Value::Money(money)) => Ok(Money {
                amount: Part::Known(Value::Decimal(money.amount)),
                currency: code(money.currency, dialect),
                plain: true,
            }),
            Part::Known(Value::Null) => Ok(Money { amount: Part::null(), currency: nothing("text"), plain: true }),
            _ => refuse("this as money"),
        }
    }

    /// Whether it has a value; never null.
    pub(super) fn has(self) -> Result<Sql, CompileError> {
        Ok(match self {
            Part::Known(value) => constant(!value.is_empty()),
            Part::Bool(sql)
            | Part::Scaled(sql, _)
            | Part::Number(sql)
            | Part::Text(sql)
            | Part::Date(sql)
            | Part::DateTime(sql)
            | Part::Id(sql)
            | Part::Json(sql) => sql.is_not_null(),
            Part::Money(money) => return money.amount.has(),
            Part::Address(parts) => {
                parts.into_iter().map(ExprTrait::is_not_null).reduce(ExprTrait::or).unwrap_or_else(|| constant(false))
            }
            Part::Items(_) => return refuse("this list"),
        })
    }
}

fn wide(sql: Sql, scale: u32) -> Sql {
    call("nexus_decimal", [sql, number(i64::from(scale))])
}

/// The stored integer of a number known while compiling, if it is exact at `scale`.
pub(super) fn scaled(value: &Value, scale: u32) -> Option<i64> {
    to_scaled(value.as_decimal()?, scale)
}

/// The greatest stored integer below or at a number; where it lies beyond 64 bits, on which side.
pub(super) fn floor_scaled(value: Decimal, scale: u32) -> Result<i64, std::cmp::Ordering> {
    let beyond = if value.is_sign_negative() { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
    let mut floor = value;
    if floor.scale() > scale {
        floor = floor.round_dp_with_strategy(scale, rust_decimal::RoundingStrategy::ToNegativeInfinity);
    }
    to_scaled(floor, scale).ok_or(beyond)
}

/// The decimal of a stored integer.
pub(super) fn unscaled(stored: i64, scale: u32) -> Decimal {
    from_scaled(stored, scale)
}
