//! Functions, methods and macros: `size(x)`, `name.contains('x')`, `lines.exists(line, line.quantity > 0)`.

use std::sync::Arc;

use cel::common::ast::{Expr as Cel, IdedExpr};
use regex::RegexBuilder;

use super::check::{Bound, Checker, Typed};
use super::node::{Function, Node, Quantifier, TextTest, Var};
use super::operators::as_decimal;
use super::{ExprError, Type, functions};
use crate::value::{Currency, MONEY_SCALE, Value};

/// Bytes that a compiled regular expression may take.
const MAX_REGEX_BYTES: usize = 64 * 1024;

const FUNCTIONS: [&str; 15] = [
    "has",
    "size",
    "today",
    "now",
    "date",
    "timestamp",
    "decimal",
    "money",
    "year",
    "month",
    "day",
    "days",
    "string",
    "lower",
    "matches",
];
const METHODS: [&str; 12] = [
    "contains",
    "icontains",
    "startsWith",
    "endsWith",
    "matches",
    "lower",
    "size",
    "exists",
    "all",
    "exists_one",
    "filter",
    "existsOne",
];

impl Checker<'_> {
    /// The number in `days(number)`; `None` when it is another expression.
    pub(super) fn days(&mut self, cel: &IdedExpr) -> Result<Option<Typed>, ExprError> {
        let Cel::Call(call) = &cel.expr else { return Ok(None) };
        match (&call.target, call.func_name.as_str(), call.args.as_slice()) {
            (None, "days", [number]) => {
                let number = self.check(number)?;
                if number.ty != Type::Int {
                    return number.fail(format!("days(…) takes an integer, not {}", number.ty));
                }
                Ok(Some(number))
            }
            _ => Ok(None),
        }
    }

    pub(super) fn function(&mut self, at: &IdedExpr, name: &str, args: &[IdedExpr]) -> Result<Typed, ExprError> {
        let column = self.column(at);
        let made = |node, ty| Ok(Typed::new(node, ty, column));
        // `filter` is known by its count alone, so its argument is not checked on its own.
        if let ("size", [list]) = (name, args)
            && let Some(count) = self.counted(list)?
        {
            return Ok(count);
        }
        // Told first, because the arguments of a function that is not there say nothing.
        if !FUNCTIONS.contains(&name) {
            return self.unknown_function(at, name, &FUNCTIONS);
        }
        let mut typed = args.iter().map(|arg| self.check(arg)).collect::<Result<Vec<_>, _>>()?;
        let second = if typed.len() == 2 { typed.pop() } else { None };
        match (name, typed.pop().filter(|_| typed.is_empty()), second) {
            ("today", None, None) if args.is_empty() => made(Node::Var(Var::Today), Type::Date),
            ("now", None, None) if args.is_empty() => made(Node::Var(Var::Now), Type::DateTime),
            ("has", Some(a), None) => made(Node::Has(a.boxed()), Type::Bool),
            ("size", Some(a), None) => self.size(a),
            ("lower", Some(a), None) => self.apply(Function::Lower, a),
            ("string", Some(a), None) => match a.ty {
                Type::Text => Ok(a),
                Type::List(_) | Type::Rows(_) | Type::Address | Type::Json | Type::Null => {
                    a.fail(format!("{} has no text", a.ty))
                }
                _ => made(Node::Apply(Function::Text, a.boxed()), Type::Text),
            },
            ("year", Some(a), None) => self.apply(Function::Year, a),
            ("month", Some(a), None) => self.apply(Function::Month, a),
            ("day", Some(a), None) => self.apply(Function::Day, a),
            ("date", Some(a), None) => match (&a.ty, &a.node) {
                (Type::Date, _) => Ok(a),
                (Type::DateTime, _) => made(Node::Apply(Function::DayOf, a.boxed()), Type::Date),
                (Type::Text, Node::Value(Value::Text(text))) => match functions::read_date(text) {
                    Some(date) => made(Node::Value(Value::Date(date)), Type::Date),
                    None => a.fail(format!("'{text}' is not a date, as in '2026-01-31'")),
                },
                _ => self.apply(Function::ToDate, a),
            },
            ("timestamp", Some(a), None) => match (&a.ty, &a.node) {
                (Type::DateTime, _) => Ok(a),
                (Type::Text, Node::Value(Value::Text(text))) => match functions::read_moment(text) {
                    Some(moment) => made(Node::Value(Value::DateTime(moment)), Type::DateTime),
                    None => a.fail(format!("'{text}' is not a moment, as in '2026-01-31T08:00:00Z'")),
                },
                _ => self.apply(Function::ToDateTime, a),
            },
            ("decimal", Some(a), None) => match (&a.ty, &a.node) {
                (Type::Int | Type::Decimal, _) => Ok(as_decimal(a)),
                (Type::Text, Node::Value(Value::Text(text))) => match functions::read_decimal(text) {
                    Some(number) => made(Node::Value(Value::Decimal(number)), Type::Decimal),
                    None => a.fail(format!("'{text}' is not a number of at most 28 digits")),
                },
                _ => self.apply(Function::ToDecimal, a),
            },
            ("money", Some(a), currency) => self.money(at, a, currency),
            ("days", _, _) => self.fail(at, "days(number) stands after '+' or '-', as in today() + days(14)"),
            ("matches", Some(a), Some(pattern)) => self.matches(a, &pattern),
            _ => self.unknown_function(at, name, &FUNCTIONS),
        }
    }

    pub(super) fn method(
        &mut self,
        at: &IdedExpr,
        target: &IdedExpr,
        name: &str,
        args: &[IdedExpr],
    ) -> Result<Typed, ExprError> {
        let test = match name {
            "contains" => TextTest::Contains,
            "icontains" => TextTest::ContainsFolded,
            "startsWith" => TextTest::StartsWith,
            "endsWith" => TextTest::EndsWith,
            _ => {
                return match (name, args) {
                    ("size", []) => self.function(at, "size", std::slice::from_ref(target)),
                    ("lower", []) => {
                        let text = self.check(target)?;
                        self.apply(Function::Lower, text)
                    }
                    ("matches", [pattern]) => {
                        let (text, pattern) = (self.check(target)?, self.check(pattern)?);
                        self.matches(text, &pattern)
                    }
                    ("exists", [var, test]) => self.quantify(at, Quantifier::Exists, target, var, test),
                    ("all", [var, test]) => self.quantify(at, Quantifier::All, target, var, test),
                    ("exists_one" | "existsOne", [var, test]) => {
                        self.quantify(at, Quantifier::ExistsOne, target, var, test)
                    }
                    ("filter", [_, _]) => self.fail(at, "what filter leaves can only be counted, with size(…)"),
                    _ => self.unknown_function(at, name, &METHODS),
                };
            }
        };
        let [other] = args else {
            return self.fail(at, format!("{name}(…) takes one text"));
        };
        let (text, other) = (self.check(target)?, self.check(other)?);
        for side in [&text, &other] {
            if !matches!(side.ty, Type::Text) {
                return side.fail(format!("{name}(…) needs text, not {}", side.ty));
            }
        }
        Ok(Typed::new(Node::Text(test, text.boxed(), other.boxed()), Type::Bool, self.column(at)))
    }

    fn unknown_function(&self, at: &IdedExpr, name: &str, known: &[&str]) -> Result<Typed, ExprError> {
        if known.contains(&name) {
            return self.fail(at, format!("{name}(…) is not used with these arguments"));
        }
        if ["sum", "count", "min", "max"].contains(&name) {
            let remedy = "over = \"lines\", sum = \"amount\"";
            return self
                .fail(at, format!("there is no function '{name}'; a field with `rollup = {{ {remedy} }}` has it"));
        }
        match super::check::closest(name, known.iter().copied()) {
            Some(near) => self.fail(at, format!("there is no function '{name}'; did you mean '{near}'?")),
            None => self.fail(at, format!("there is no function '{name}'; there are {}", known.join(", "))),
        }
    }

    fn apply(&self, function: Function, a: Typed) -> Result<Typed, ExprError> {
        use Function::*;
        let result = match (function, &a.ty) {
            (Lower, Type::Text) => Type::Text,
            (Year | Month | Day, Type::Date) => Type::Int,
            (Year | Month | Day, Type::DateTime) => {
                let column = a.column;
                let date = Typed::new(Node::Apply(DayOf, a.boxed()), Type::Date, column);
                return self.apply(function, date);
            }
            (ToDate, Type::Text) => Type::Date,
            (ToDateTime, Type::Text) => Type::DateTime,
            (ToDecimal, Type::Text) => Type::Decimal,
            (_, ty) => return a.fail(format!("this function does not take {ty}")),
        };
        let column = a.column;
        Ok(Typed::new(Node::Apply(function, a.boxed()), result, column))
    }

    fn size(&self, a: Typed) -> Result<Typed, ExprError> {
        let column = a.column;
        match a.ty {
            Type::Text => Ok(Typed::new(Node::Apply(Function::Length, a.boxed()), Type::Int, column)),
            Type::List(_) | Type::Rows(_) => Ok(Typed::new(Node::Size(a.boxed()), Type::Int, column)),
            ref ty => a.fail(format!("{ty} has no size")),
        }
    }

    fn money(&self, at: &IdedExpr, amount: Typed, currency: Option<Typed>) -> Result<Typed, ExprError> {
        let literal = match &amount.node {
            Node::Value(Value::Text(text)) => Some(functions::read_decimal(text)),
            Node::Value(Value::Int(value)) => Some(Some((*value).into())),
            Node::Value(Value::Decimal(value)) => Some(Some(*value)),
            _ => None,
        };
        let amount = match (literal, &amount.ty) {
            (Some(Some(value)), _) if value.scale() <= MONEY_SCALE => Node::Value(Value::Decimal(value)),
            (Some(_), _) => {
                return amount.fail(format!("this is not an amount with at most {MONEY_SCALE} decimals"));
            }
            (None, Type::Int | Type::Decimal) => as_decimal(amount).node,
            (None, ty) => return amount.fail(format!("an amount is a number, not {ty}")),
        };
        let node = match currency.map(|currency| (currency.ty.clone(), currency)) {
            None => Node::Money { amount: Box::new(amount), currency: None },
            Some((Type::Text, currency)) => match (&currency.node, &amount) {
                (Node::Value(Value::Text(code)), amount) => match (code.parse::<Currency>(), amount) {
                    (Ok(code), Node::Value(Value::Decimal(value))) => Node::money(*value, Some(code)),
                    (Ok(_), _) => Node::Money { amount: Box::new(amount.clone()), currency: Some(currency.boxed()) },
                    (Err(error), _) => return currency.fail(error),
                },
                _ => Node::Money { amount: Box::new(amount), currency: Some(currency.boxed()) },
            },
            Some((ty, currency)) => return currency.fail(format!("a currency is text, not {ty}")),
        };
        Ok(Typed::new(node, Type::Money, self.column(at)))
    }

    fn matches(&self, text: Typed, pattern: &Typed) -> Result<Typed, ExprError> {
        if text.ty != Type::Text {
            return text.fail(format!("matches(…) needs text, not {}", text.ty));
        }
        let Node::Value(Value::Text(source)) = &pattern.node else {
            return pattern.fail("a regular expression is a literal text");
        };
        let column = text.column;
        match RegexBuilder::new(source).size_limit(MAX_REGEX_BYTES).dfa_size_limit(MAX_REGEX_BYTES).build() {
            Ok(regex) => Ok(Typed::new(Node::Matches(text.boxed(), Arc::new(regex)), Type::Bool, column)),
            Err(error) => pattern.fail(format!("the regular expression cannot be used: {error}")),
        }
    }

    /// `over.filter(var, test)`, as the number of items it leaves.
    fn counted(&mut self, cel: &IdedExpr) -> Result<Option<Typed>, ExprError> {
        let Cel::Call(call) = &cel.expr else { return Ok(None) };
        match (&call.target, call.func_name.as_str(), call.args.as_slice()) {
            (Some(over), "filter", [var, test]) => self.quantify(cel, Quantifier::Count, over, var, test).map(Some),
            _ => Ok(None),
        }
    }

    fn quantify(
        &mut self,
        at: &IdedExpr,
        how: Quantifier,
        over: &IdedExpr,
        var: &IdedExpr,
        test: &IdedExpr,
    ) -> Result<Typed, ExprError> {
        let Cel::Ident(var) = &var.expr else {
            return self.fail(var, "a variable's name stands here, as in lines.exists(line, …)");
        };
        let over = self.check(over)?;
        let bound = match &over.ty {
            Type::Rows(object) => Bound::Row(object.clone()),
            Type::List(item) => Bound::Item((**item).clone(), over.choices.clone()),
            ty => return over.fail(format!("a list or rows are needed here, not {ty}")),
        };
        let (depth, test) = self.with_bound(at, var, bound, |this, depth| Ok((depth, this.check(test)?)))?;
        if !matches!(test.ty, Type::Bool | Type::Null) {
            return test.fail(format!("a condition is needed here, not {}", test.ty));
        }
        let ty = if how == Quantifier::Count { Type::Int } else { Type::Bool };
        let node = Node::Quantify { how, over: over.boxed(), depth, test: test.boxed() };
        Ok(Typed::new(node, ty, self.column(at)))
    }
}
