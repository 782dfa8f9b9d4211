//! Grouped figures under the same conditions as lists.

use nexus_model::field::{Field, FieldType, currency_column};
use nexus_model::value::{MONEY_SCALE, from_scaled};
use nexus_model::{Money, Value};
use sea_query::{
    Alias, BinOper, CaseStatement, Expr as Sql, ExprTrait, Func, NullOrdering, Order, Query as Statement, Value as Cell,
};

use crate::cells::{self, Stored};
use crate::condition::sum;
use crate::query::{ROOT, column};
use crate::{Dialect, Query, StoreError, Tx};

/// Part of a date that groups days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    Day,
    /// ISO 8601 week, named by its Monday.
    Week,
    Month,
    Quarter,
    Year,
}

impl Bucket {
    fn name(self) -> &'static str {
        match self {
            Bucket::Day => "day",
            Bucket::Week => "week",
            Bucket::Month => "month",
            Bucket::Quarter => "quarter",
            Bucket::Year => "year",
        }
    }
}

/// What a figure is grouped by.
#[derive(Clone, Debug)]
pub struct Group {
    pub field: String,
    pub bucket: Option<Bucket>,
}

/// One figure.
#[derive(Clone, Debug)]
pub enum MeasureOf {
    Count,
    Sum(String),
    Min(String),
    Max(String),
    Average(String),
}

/// Groups and figures over the records of a query; its order and cursor have no part in it.
pub struct Aggregate<'a> {
    pub query: Query<'a>,
    pub groups: Vec<Group>,
    pub measures: Vec<MeasureOf>,
}

impl MeasureOf {
    fn field(&self) -> Option<&str> {
        match self {
            MeasureOf::Count => None,
            MeasureOf::Sum(field) | MeasureOf::Min(field) | MeasureOf::Max(field) | MeasureOf::Average(field) => {
                Some(field)
            }
        }
    }
}

fn number(value: i64) -> Sql {
    Sql::Constant(Cell::BigInt(Some(value)))
}

fn text(value: &str) -> Sql {
    Sql::Constant(Cell::String(Some(value.to_owned())))
}

fn call(name: &'static str, arguments: impl IntoIterator<Item = Sql>) -> Sql {
    Func::cust(Alias::new(name)).args(arguments).into()
}

/// A date column as text that starts its bucket: `1997-01` for months, `1997-Q1`, `1997`.
fn bucketed(field: &Field, bucket: Bucket, dialect: Dialect) -> Sql {
    if dialect == Dialect::Postgres {
        let day = match field.kind {
            FieldType::DateTime => call("nexus_day_of", [column(ROOT, &field.name)]),
            _ => column(ROOT, &field.name),
        };
        return call("nexus_bucket", [text(bucket.name()), day]);
    }
    let day = match field.kind {
        FieldType::DateTime => call("date", [column(ROOT, &field.name).div(number(1_000_000)), text("unixepoch")]),
        _ => column(ROOT, &field.name),
    };
    let part = |from, length| call("substr", [day.clone(), number(from), number(length)]);
    match bucket {
        Bucket::Day => day,
        Bucket::Week => call("date", [day, text("weekday 0"), text("-6 days")]),
        Bucket::Month => part(1, 7),
        Bucket::Quarter => {
            let quarter = part(6, 2).cast_as(Alias::new("INTEGER")).add(number(2)).div(number(3));
            let joined = |a: Sql, b: Sql| a.binary(BinOper::Custom("||"), b);
            joined(joined(part(1, 4), text("-Q")), quarter)
        }
        Bucket::Year => part(1, 4),
    }
}

/// The quotient of two integers, rounded half away from zero to the field's own decimals.
fn average(name: &str) -> Sql {
    let (sum, count) = (|| sum(column(ROOT, name)), || column(ROOT, name).count());
    let twice = |value: Sql| number(2).mul(value);
    let half_up = |sum: Sql| twice(sum).add(count()).div(twice(call("nullif", [count(), number(0)])));
    let negative = || number(0).sub(sum());
    CaseStatement::new().case(sum().lt(number(0)), number(0).sub(half_up(negative()))).finally(half_up(sum())).into()
}

impl Tx {
    /// One row a group: the groups' values, then the measures'. Sums of money come once a currency.
    pub async fn aggregate(&mut self, ask: &Aggregate<'_>) -> Result<Vec<Vec<Value>>, StoreError> {
        let object = ask.query.object;
        let field = |name: &str| {
            object.field(name).ok_or_else(|| StoreError::Migration(format!("{} has no field {name}", object.name)))
        };
        let mut select = Statement::select();
        select.from_as(Alias::new(object.table()), Alias::new(ROOT)).cond_where(ask.query.condition(self)?);
        for (index, group) in ask.groups.iter().enumerate() {
            let field = field(&group.field)?;
            let expr = group.bucket.map_or_else(|| column(ROOT, &field.name), |bucket| bucketed(field, bucket, self.dialect()));
            let name = Alias::new(format!("g{index}"));
            select.expr_as(expr, name.clone()).group_by_col(name.clone());
            select.order_by_with_nulls(name, Order::Asc, NullOrdering::First);
        }
        let mut currency = None;
        for measure in &ask.measures {
            if let Some(name) = measure.field()
                && field(name)?.kind == FieldType::Money
                && currency.is_none()
            {
                currency = Some(column(ROOT, &currency_column(name)));
            }
        }
        if let Some(currency) = currency.clone() {
            select.add_group_by([currency.clone()]).order_by_expr_with_nulls(
                currency,
                Order::Asc,
                NullOrdering::First,
            );
        }
        for measure in &ask.measures {
            let expr = match measure {
                MeasureOf::Count => Sql::cust("count(*)"),
                MeasureOf::Sum(name) => sum(column(ROOT, &field(name)?.name)),
                MeasureOf::Min(name) => column(ROOT, &field(name)?.name).min(),
                MeasureOf::Max(name) => column(ROOT, &field(name)?.name).max(),
                MeasureOf::Average(name) => average(name),
            };
            select.expr(expr);
        }
        select.expr(currency.unwrap_or_else(|| Sql::cust("NULL")));
        select.limit(ask.query.limit as u64);
        let fields: Vec<Option<&Field>> =
            ask.measures.iter().map(|measure| measure.field().map(field).transpose()).collect::<Result<_, _>>()?;
        let groups: Vec<&Field> = ask.groups.iter().map(|group| field(&group.field)).collect::<Result<_, _>>()?;
        self.select(&select, |mut stored| {
            let currency = stored.pop().and_then(Stored::text).and_then(|code| code.parse().ok());
            let mut stored = stored.into_iter();
            let mut row = Vec::with_capacity(groups.len() + fields.len());
            for (group, field) in ask.groups.iter().zip(&groups) {
                let value = stored.next().unwrap_or(Stored::Null);
                row.push(match (group.bucket, field.kind.column()) {
                    (Some(_), _) => value.text().into(),
                    (None, Some(kind)) => cells::decode_cell(field, kind, value)?,
                    (None, None) => Value::Null,
                });
            }
            for field in &fields {
                let value = stored.next().unwrap_or(Stored::Null);
                row.push(match field {
                    None => value.int().into(),
                    Some(field) if field.kind == FieldType::Money => match (value.int(), currency) {
                        (Some(amount), Some(currency)) => Money::new(from_scaled(amount, MONEY_SCALE), currency).into(),
                        _ => Value::Null,
                    },
                    Some(field) => match field.kind.column() {
                        Some(kind) => cells::decode_cell(field, kind, value)?,
                        None => Value::Null,
                    },
                });
            }
            Ok(row)
        })
    }
}
