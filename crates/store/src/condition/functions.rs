//! Arithmetic and functions of texts, dates and money.

use nexus_model::Value;
use nexus_model::expr::{Calc, Function, Node, TextTest, functions};
use sea_query::{Alias, Expr as Sql, ExprTrait, Func};

use super::compiler::{Compiler, Place};
use super::part::{Money, Part, call, case, code, number, sign};
use super::{CompileError, Dialect, refuse};

impl Compiler<'_> {
    pub(super) fn money(
        &self,
        amount: &Node,
        currency: Option<&Node>,
        place: &Place<'_>,
    ) -> Result<Part, CompileError> {
        let amount = self.value(amount, place)?;
        let Some(code) = currency else {
            return Ok(match (self.conditions.vars.currency, amount) {
                (None, _) | (_, Part::Known(Value::Null)) => Part::null(),
                (Some(currency), Part::Known(value)) => match value.as_decimal() {
                    Some(amount) => Part::Known(nexus_model::Money::new(amount, currency).into()),
                    None => Part::null(),
                },
                (Some(currency), amount) => {
                    let currency = code(currency, self.dialect);
                    Part::Money(Box::new(Money { amount, currency, plain: false }))
                }
            });
        };
        let currency = || -> Result<Sql, CompileError> {
            Ok(call("nexus_currency", [self.value(code, place)?.single(self.dialect)?]))
        };
        let amount = Part::Number(case(currency()?.is_not_null(), amount.wide(self.dialect)?, None));
        Ok(Part::Money(Box::new(Money { amount, currency: currency()?, plain: false })))
    }

    pub(super) fn calculate(&self, calc: Calc, a: Part, b: Part) -> Result<Part, CompileError> {
        if let (Part::Known(a), Part::Known(b)) = (&a, &b) {
            return Ok(match (a.as_decimal(), b.as_decimal()) {
                (Some(a), Some(b)) => Part::Known(functions::decimal(calc, a, b).into()),
                _ => Part::null(),
            });
        }
        let arguments = [sign(calc.sign()), a.wide(self.dialect)?, b.wide(self.dialect)?];
        Ok(Part::Number(call("nexus_number", arguments)))
    }

    pub(super) fn add_days(&self, a: Part, days: Part) -> Result<Part, CompileError> {
        if let (Part::Known(a), Part::Known(days)) = (&a, &days) {
            return Ok(Part::Known(match (a, days) {
                (Value::Date(date), Value::Int(days)) => functions::add_days(*date, *days).into(),
                (Value::DateTime(moment), Value::Int(days)) => functions::add_days_to_moment(*moment, *days).into(),
                _ => Value::Null,
            }));
        }
        let of_moment = matches!(a, Part::DateTime(_) | Part::Known(Value::DateTime(_)));
        let arguments = [a.single(self.dialect)?, days.single(self.dialect)?];
        Ok(if of_moment {
            Part::DateTime(call("nexus_moment_add_days", arguments))
        } else {
            Part::Date(call("nexus_date_add_days", arguments))
        })
    }

    pub(super) fn apply(&self, function: Function, a: Part) -> Result<Part, CompileError> {
        let date_part = |name: &'static str, a: Part| -> Result<Part, CompileError> {
            Ok(Part::Scaled(call("nexus_date_part", [sign(name), a.single(self.dialect)?]), 0))
        };
        Ok(match function {
            Function::Length => Part::Scaled(length_of(a.single(self.dialect)?), 0),
            Function::Lower => Part::Text(call("nexus_fold", [a.single(self.dialect)?])),
            Function::Year => date_part("year", a)?,
            Function::Month => date_part("month", a)?,
            Function::Day => date_part("day", a)?,
            Function::DayOf => match a {
                Part::Known(Value::DateTime(moment)) => Part::Known(functions::day_of(moment).into()),
                a => Part::Date(call("nexus_day_of", [a.single(self.dialect)?])),
            },
            Function::Text => match a {
                Part::Scaled(sql, 0) => Part::Text(sql.cast_as(Alias::new("text"))),
                // A numeric without trailing zeros reads as the one text of the decimal.
                Part::Scaled(..) | Part::Number(_) => Part::Text(a.wide(self.dialect)?.cast_as(Alias::new("text"))),
                Part::Date(sql) => Part::Text(match self.dialect {
                    Dialect::Sqlite => sql,
                    Dialect::Postgres => call("nexus_date_text", [sql]),
                }),
                _ => return refuse("string(…) of this"),
            },
            Function::ToDate | Function::ToDateTime | Function::ToDecimal => {
                return refuse("a text read as another type");
            }
        })
    }

    pub(super) fn text(&self, test: TextTest, a: Part, b: Part) -> Result<Sql, CompileError> {
        let (a, b) = match test {
            TextTest::ContainsFolded => (
                self.apply(Function::Lower, a)?,
                match b {
                    Part::Known(Value::Text(text)) => Part::Known(functions::fold(&text).into()),
                    b => self.apply(Function::Lower, b)?,
                },
            ),
            _ => (a, b),
        };
        let length = match &b {
            Part::Known(Value::Text(text)) => Some(text.chars().count() as i64),
            _ => None,
        };
        let (a, b) = (a.single(self.dialect)?, b.single(self.dialect)?);
        let length = |b: &Sql| match length {
            Some(length) => Sql::val(length),
            None => Func::char_length(b.clone()).into(),
        };
        Ok(match test {
            TextTest::Contains | TextTest::ContainsFolded => call("instr", [a, b]).gt(0),
            TextTest::StartsWith => call("substr", [a, number(1), length(&b)]).eq(b),
            TextTest::EndsWith => {
                let start = Sql::from(Func::char_length(a.clone())).sub(length(&b)).add(1);
                call("substr", [a, start]).eq(b)
            }
        })
    }
}

fn length_of(text: Sql) -> Sql {
    Sql::from(Func::char_length(text)).cast_as(Alias::new("bigint"))
}
