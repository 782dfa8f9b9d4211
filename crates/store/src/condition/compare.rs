//! Equality, order, choice: two parts brought to one representation.

use std::cmp::Ordering;

use nexus_model::expr::{Node, Order};
use nexus_model::{Decimal, Value};
use sea_query::{Expr as Sql, ExprTrait};

use super::compiler::{Compiler, Place};
use super::part::{
    Money, Part, call, case, code, constant, floor_scaled, integer, joined, literal, same, scaled, unscaled,
};
use super::{CompileError, Dialect, refuse};

/// What equality does with null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Equality {
    /// True or false; null equals null.
    Strict,
    /// Null equals null; where it does not hold it may be null.
    Test,
    /// Null equals nothing; where it does not hold it may be null.
    Loose,
}

impl Compiler<'_> {
    pub(super) fn equal(&self, a: Part, b: Part, how: Equality) -> Result<Sql, CompileError> {
        let equal = |a: Sql, b: Sql| if how == Equality::Loose { a.eq(b) } else { same(a, b) };
        // What is known is not null, so a bare comparison does, and an index serves it.
        let known = |a: Sql, b: Sql| if how == Equality::Strict { same(a, b) } else { a.eq(b) };
        Ok(match (a, b) {
            (Part::Known(Value::Null), other) | (other, Part::Known(Value::Null)) => match (how, other) {
                (Equality::Loose, _) => constant(false),
                (_, other) => other.has()?.not(),
            },
            (Part::Known(a), Part::Known(b)) => constant(a == b),
            (Part::Known(value), other) | (other, Part::Known(value)) => match other {
                Part::Scaled(sql, scale) => match scaled(&value, scale) {
                    Some(stored) => known(sql, integer(stored, self.dialect)),
                    None => constant(false),
                },
                Part::Number(sql) => known(sql, Part::Known(value).wide(self.dialect)?),
                Part::Money(money) => {
                    let Some(value) = value.as_money() else { return refuse("this comparison") };
                    let amount = self.equal(money.amount, Part::Known(value.amount.into()), how)?;
                    amount.and(known(money.currency, code(value.currency, self.dialect)))
                }
                other => known(other.single(self.dialect)?, literal(&value, self.dialect)?),
            },
            (Part::Money(a), Part::Money(b)) => {
                if (a.plain && b.plain) || how == Equality::Loose {
                    self.equal(a.amount, b.amount, how)?.and(equal(a.currency, b.currency))
                } else {
                    equal(self.key(*a)?, self.key(*b)?)
                }
            }
            (Part::Scaled(a, x), Part::Scaled(b, y)) if x == y => equal(a, b),
            (a @ (Part::Scaled(..) | Part::Number(_)), b @ (Part::Scaled(..) | Part::Number(_))) => {
                equal(a.wide(self.dialect)?, b.wide(self.dialect)?)
            }
            (a, b) => equal(a.single(self.dialect)?, b.single(self.dialect)?),
        })
    }

    /// Amount and currency in one text, null when the amount is.
    fn key(&self, money: Money) -> Result<Sql, CompileError> {
        let amount = money.amount.wide(self.dialect)?;
        let amount = match self.dialect {
            Dialect::Sqlite => amount,
            Dialect::Postgres => call("trim_scale", [amount]).cast_as(sea_query::Alias::new("text")),
        };
        Ok(joined(amount, money.currency))
    }

    /// An order; null where an operand is.
    pub(super) fn compare(&self, order: Order, a: Part, b: Part) -> Result<Sql, CompileError> {
        Ok(match (a, b) {
            (Part::Known(Value::Null), _) | (_, Part::Known(Value::Null)) => constant(false),
            (Part::Known(a), b) => match (a, b) {
                (Value::Money(value), Part::Money(money)) => {
                    let amount = self.compare(order, Part::Known(value.amount.into()), money.amount)?;
                    amount.and(money.currency.eq(value.currency.code()))
                }
                (a, Part::Known(b)) => constant(known_order(&a, &b).is_some_and(|ordering| order.accepts(ordering))),
                (a, b) => self.with_known(reversed(order), b, a)?,
            },
            (Part::Money(money), Part::Known(Value::Money(value))) => {
                let amount = self.compare(order, money.amount, Part::Known(value.amount.into()))?;
                amount.and(money.currency.eq(value.currency.code()))
            }
            (a, Part::Known(b)) => self.with_known(order, a, b)?,
            (Part::Money(a), Part::Money(b)) => self.compare(order, a.amount, b.amount)?.and(a.currency.eq(b.currency)),
            (Part::Scaled(a, x), Part::Scaled(b, y)) if x == y => written(order, a, b),
            (a @ (Part::Scaled(..) | Part::Number(_)), b @ (Part::Scaled(..) | Part::Number(_))) => {
                self.wide_order(order, a.wide(self.dialect)?, b.wide(self.dialect)?)
            }
            (Part::Text(a), Part::Text(b)) => written(order, self.by_code_point(a), b),
            (a, b) => written(order, a.single(self.dialect)?, b.single(self.dialect)?),
        })
    }

    fn with_known(&self, order: Order, a: Part, b: Value) -> Result<Sql, CompileError> {
        Ok(match a {
            Part::Scaled(sql, scale) => {
                let Some(value) = b.as_decimal() else { return refuse("this comparison") };
                let below = matches!(order, Order::Less | Order::LessOrEqual);
                match floor_scaled(value, scale) {
                    Ok(floor) if unscaled(floor, scale) == value => written(order, sql, Sql::val(floor)),
                    // The number lies between two that the column can hold.
                    Ok(floor) => written(if below { Order::LessOrEqual } else { Order::Greater }, sql, Sql::val(floor)),
                    Err(Ordering::Greater) if below => sql.is_not_null(),
                    Err(Ordering::Less) if !below => sql.is_not_null(),
                    Err(_) => constant(false),
                }
            }
            Part::Number(sql) => self.wide_order(order, sql, Part::Known(b).wide(self.dialect)?),
            Part::Text(sql) => written(order, self.by_code_point(sql), literal(&b, self.dialect)?),
            other => written(order, other.single(self.dialect)?, literal(&b, self.dialect)?),
        })
    }

    fn wide_order(&self, order: Order, a: Sql, b: Sql) -> Sql {
        match self.dialect {
            Dialect::Sqlite => written(order, call("nexus_compare", [a, b]), Sql::val(0)),
            Dialect::Postgres => written(order, a, b),
        }
    }

    /// SQLite compares texts so already.
    fn by_code_point(&self, text: Sql) -> Sql {
        match self.dialect {
            Dialect::Sqlite => text,
            Dialect::Postgres => Sql::cust_with_expr("$1 COLLATE \"C\"", text),
        }
    }

    /// `a ? b : c` of any type that has columns.
    pub(super) fn choose(&self, a: &Node, b: &Node, c: &Node, place: &Place<'_>) -> Result<Part, CompileError> {
        let choose = |b: Sql, c: Sql| Ok(case(self.test(a, place, false)?, b, Some(c)));
        let (b, c) = (self.value(b, place)?, self.value(c, place)?);
        self.alike(b, c, &choose)
    }

    fn alike(
        &self,
        b: Part,
        c: Part,
        choose: &dyn Fn(Sql, Sql) -> Result<Sql, CompileError>,
    ) -> Result<Part, CompileError> {
        let single = |part: Part| part.single(self.dialect);
        Ok(match (b, c) {
            (Part::Known(Value::Null), Part::Known(Value::Null)) => Part::null(),
            (b @ (Part::Money(_) | Part::Known(Value::Money(_))), c)
            | (b, c @ (Part::Money(_) | Part::Known(Value::Money(_)))) => {
                let (b, c) = (b.money(self.dialect)?, c.money(self.dialect)?);
                let amount = self.alike(b.amount, c.amount, choose)?;
                Part::Money(Box::new(Money { amount, currency: choose(b.currency, c.currency)?, plain: false }))
            }
            (Part::Scaled(b, x), Part::Scaled(c, y)) if x == y => Part::Scaled(choose(b, c)?, x),
            (Part::Scaled(b, x), Part::Known(value)) if fits(&value, x) => {
                Part::Scaled(choose(b, stored(&value, x, self.dialect))?, x)
            }
            (Part::Known(value), Part::Scaled(c, x)) if fits(&value, x) => {
                Part::Scaled(choose(stored(&value, x, self.dialect), c)?, x)
            }
            // An integer stays one: functions of integers take nothing else.
            (Part::Known(b @ (Value::Null | Value::Int(_))), Part::Known(c @ (Value::Null | Value::Int(_)))) => {
                Part::Scaled(choose(stored(&b, 0, self.dialect), stored(&c, 0, self.dialect))?, 0)
            }
            (b, c) => {
                let kind = if let Part::Known(Value::Null) = b { c.clone() } else { b.clone() };
                match kind.written(self.dialect)? {
                    Part::Scaled(..) | Part::Number(_) => {
                        Part::Number(choose(b.wide(self.dialect)?, c.wide(self.dialect)?)?)
                    }
                    Part::Bool(_) => Part::Bool(choose(single(b)?, single(c)?)?),
                    Part::Text(_) => Part::Text(choose(single(b)?, single(c)?)?),
                    Part::Date(_) => Part::Date(choose(single(b)?, single(c)?)?),
                    Part::DateTime(_) => Part::DateTime(choose(single(b)?, single(c)?)?),
                    Part::Id(_) => Part::Id(choose(single(b)?, single(c)?)?),
                    _ => return refuse("this choice"),
                }
            }
        })
    }

    /// `a in list`; null where it does not hold, or false.
    pub(super) fn among(
        &self,
        a: &dyn Fn() -> Result<Part, CompileError>,
        items: Vec<Part>,
    ) -> Result<Sql, CompileError> {
        let mut values = Vec::new();
        let mut tests = Vec::new();
        let needle = a()?;
        for item in items {
            let cell = match (&needle, &item) {
                (_, Part::Known(Value::Null)) => continue,
                (Part::Known(_) | Part::Money(_) | Part::Number(_), _) => None,
                (Part::Scaled(_, scale), Part::Known(value)) => match scaled(value, *scale) {
                    Some(stored) => Some(Sql::val(stored)),
                    None => continue,
                },
                (_, Part::Known(value)) => Some(literal(value, self.dialect)?),
                _ => None,
            };
            match cell {
                Some(cell) => values.push(cell),
                None => tests.push(self.equal(a()?, item, Equality::Loose)?),
            }
        }
        if !values.is_empty() {
            let needle = if let Part::Scaled(sql, _) = needle { sql } else { needle.single(self.dialect)? };
            tests.push(needle.is_in(values));
        }
        Ok(tests.into_iter().reduce(ExprTrait::or).unwrap_or_else(|| constant(false)))
    }
}

fn written(order: Order, a: Sql, b: Sql) -> Sql {
    match order {
        Order::Less => a.lt(b),
        Order::LessOrEqual => a.lte(b),
        Order::Greater => a.gt(b),
        Order::GreaterOrEqual => a.gte(b),
    }
}

/// The order of `b` and `a` where `order` is that of `a` and `b`.
fn reversed(order: Order) -> Order {
    match order {
        Order::Less => Order::Greater,
        Order::LessOrEqual => Order::GreaterOrEqual,
        Order::Greater => Order::Less,
        Order::GreaterOrEqual => Order::LessOrEqual,
    }
}

fn known_order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
        (Value::Money(a), Value::Money(b)) if a.currency == b.currency => Some(a.amount.cmp(&b.amount)),
        (a, b) => {
            let (a, b): (Decimal, Decimal) = (a.as_decimal()?, b.as_decimal()?);
            Some(a.cmp(&b))
        }
    }
}

/// Whether a known number, or null, can be written as a stored integer.
fn fits(value: &Value, scale: u32) -> bool {
    *value == Value::Null || scaled(value, scale).is_some()
}

fn stored(value: &Value, scale: u32, dialect: Dialect) -> Sql {
    scaled(value, scale).map_or_else(Sql::null, |stored| integer(stored, dialect))
}
