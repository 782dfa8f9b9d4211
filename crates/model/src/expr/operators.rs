//! Operators: which types they take, and what a bare literal means beside another type.

use cel::common::ast::{IdedExpr, operators as cel_op};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::check::{Checker, Typed};
use super::node::{Calc, Node, Order};
use super::{ExprError, Type, functions};
use crate::value::{MONEY_SCALE, Value};

impl Checker<'_> {
    pub(super) fn unary(&self, at: &IdedExpr, operator: &str, a: Typed) -> Result<Typed, ExprError> {
        let column = self.column(at);
        match (operator, &a.ty) {
            (cel_op::LOGICAL_NOT, Type::Bool | Type::Null) => Ok(Typed::new(Node::Not(a.boxed()), Type::Bool, column)),
            (cel_op::LOGICAL_NOT, ty) => self.fail(at, format!("'!' needs true or false, not {ty}")),
            (cel_op::NEGATE, _) => match (&a.node, &a.ty) {
                (Node::Value(Value::Int(value)), _) => match value.checked_neg() {
                    Some(value) => Ok(Typed::new(Node::Value(Value::Int(value)), Type::Int, column)),
                    None => self.fail(at, "the number does not fit 64 bits"),
                },
                (Node::Value(Value::Decimal(value)), _) => {
                    let value = functions::plain(-*value);
                    Ok(Typed::new(Node::Value(Value::Decimal(value)), Type::Decimal, column))
                }
                (_, Type::Money) => {
                    let minus_one = Box::new(Node::Value(Value::Decimal(Decimal::NEGATIVE_ONE)));
                    Ok(Typed::new(Node::MoneyScale(Calc::Multiply, a.boxed(), minus_one), Type::Money, column))
                }
                (_, Type::Int | Type::Decimal) => {
                    let zero = Typed::new(Node::Value(Value::Int(0)), Type::Int, column);
                    self.arithmetic(at, Calc::Subtract, zero, a)
                }
                (_, ty) => self.fail(at, format!("'-' needs a number, not {ty}")),
            },
            _ => self.fail(at, format!("the operator {operator} is unknown")),
        }
    }

    pub(super) fn binary(&self, at: &IdedExpr, operator: &str, a: Typed, b: Typed) -> Result<Typed, ExprError> {
        let column = self.column(at);
        let yes_no = |node| Ok(Typed::new(node, Type::Bool, column));
        let order = match operator {
            cel_op::LOGICAL_AND | cel_op::LOGICAL_OR => {
                for side in [&a, &b] {
                    if !matches!(side.ty, Type::Bool | Type::Null) {
                        return side.fail(format!("'&&' and '||' need true or false, not {}", side.ty));
                    }
                }
                let (a, b) = (a.boxed(), b.boxed());
                return yes_no(if operator == cel_op::LOGICAL_AND { Node::And(a, b) } else { Node::Or(a, b) });
            }
            cel_op::EQUALS | cel_op::NOT_EQUALS => {
                let (a, b) = self.alike(at, a, b)?;
                let null = |typed: &Typed| typed.ty == Type::Null;
                let equal = match (null(&a), null(&b)) {
                    (false, true) => Node::Not(Box::new(Node::Has(a.boxed()))),
                    (true, false) => Node::Not(Box::new(Node::Has(b.boxed()))),
                    _ => {
                        if matches!(a.ty, Type::List(_) | Type::Rows(_) | Type::Address | Type::Json) {
                            return self.fail(at, format!("{} can only be compared with null", a.ty));
                        }
                        Node::Equal(a.boxed(), b.boxed())
                    }
                };
                return yes_no(if operator == cel_op::EQUALS { equal } else { Node::Not(Box::new(equal)) });
            }
            cel_op::IN => return self.membership(at, a, b),
            cel_op::MULTIPLY => return self.arithmetic(at, Calc::Multiply, a, b),
            cel_op::DIVIDE => return self.arithmetic(at, Calc::Divide, a, b),
            cel_op::MODULO => return self.arithmetic(at, Calc::Remainder, a, b),
            cel_op::LESS => Order::Less,
            cel_op::LESS_EQUALS => Order::LessOrEqual,
            cel_op::GREATER => Order::Greater,
            cel_op::GREATER_EQUALS => Order::GreaterOrEqual,
            cel_op::INDEX | cel_op::OPT_INDEX => {
                return self.fail(at, "a list has no places; use 'in', exists(x, …) or size(…)");
            }
            _ => return self.fail(at, format!("the operator {operator} is unknown")),
        };
        let (a, b) = self.alike(at, a, b)?;
        match &a.ty {
            Type::Int | Type::Decimal | Type::Money | Type::Text | Type::Date | Type::DateTime | Type::Null => {
                yes_no(Node::Compare(order, a.boxed(), b.boxed()))
            }
            ty => self.fail(at, format!("{ty} has no order")),
        }
    }

    /// `a ? b : c`
    pub(super) fn choice(&self, at: &IdedExpr, a: Typed, b: Typed, c: Typed) -> Result<Typed, ExprError> {
        if !matches!(a.ty, Type::Bool | Type::Null) {
            return a.fail(format!("a condition stands before '?', not {}", a.ty));
        }
        // Nothing is compared: a choice may stand beside a text that it never is.
        let (b, c) = self.alike(at, Typed { choices: None, ..b }, Typed { choices: None, ..c })?;
        let ty = match (&b.ty, &c.ty) {
            (Type::Null, ty) | (ty, Type::Null) => ty.clone(),
            (Type::Record(x), Type::Record(y)) if x == y => b.ty.clone(),
            (Type::Record(_), _) | (_, Type::Record(_)) => Type::Id,
            (ty, _) => ty.clone(),
        };
        if matches!(ty, Type::List(_) | Type::Rows(_) | Type::Address | Type::Json) {
            return self.fail(at, format!("'?' cannot choose {ty}"));
        }
        Ok(Typed::new(Node::If(a.boxed(), b.boxed(), c.boxed()), ty, self.column(at)))
    }

    /// `a + b` and `a - b`, of numbers, money, texts, dates and days.
    pub(super) fn plus_minus(
        &mut self,
        at: &IdedExpr,
        plus: bool,
        a: &IdedExpr,
        b: &IdedExpr,
    ) -> Result<Typed, ExprError> {
        let a = self.check(a)?;
        let column = self.column(at);
        if let Some(days) = self.days(b)? {
            if !matches!(a.ty, Type::Date | Type::DateTime) {
                return a.fail(format!("days(…) are added to a date or a moment, not to {}", a.ty));
            }
            let ty = a.ty.clone();
            let days = if plus { days.node } else { negated(days.node) };
            return Ok(Typed::new(Node::AddDays(a.boxed(), Box::new(days)), ty, column));
        }
        let b = self.check(b)?;
        match (&a.ty, &b.ty) {
            (Type::Text, Type::Text) if plus => Ok(Typed::new(Node::Concat(a.boxed(), b.boxed()), Type::Text, column)),
            (Type::Text, other) | (other, Type::Text) if plus => {
                self.fail(at, format!("text and {other} cannot be joined; write string(…) around it"))
            }
            (Type::Date, Type::Date) if !plus => {
                Ok(Typed::new(Node::DaysBetween(a.boxed(), b.boxed()), Type::Int, column))
            }
            (Type::Date | Type::DateTime, Type::Int) => self.fail(at, "write days(…) around the number of days"),
            _ => self.arithmetic(at, if plus { Calc::Add } else { Calc::Subtract }, a, b),
        }
    }

    fn arithmetic(&self, at: &IdedExpr, calc: Calc, a: Typed, b: Typed) -> Result<Typed, ExprError> {
        use Calc::{Add, Divide, Multiply, Subtract};
        let column = self.column(at);
        let made = |node, ty| Ok(Typed::new(node, ty, column));
        match (&a.ty, &b.ty) {
            (Type::Int, Type::Int) => made(Node::Int(calc, a.boxed(), b.boxed()), Type::Int),
            (Type::Int | Type::Decimal, Type::Int | Type::Decimal) => {
                let (a, b) = (as_decimal(a), as_decimal(b));
                made(Node::Number(calc, a.boxed(), b.boxed()), Type::Decimal)
            }
            (Type::Money, Type::Money) if matches!(calc, Add | Subtract) => {
                made(Node::MoneySum(calc, a.boxed(), b.boxed()), Type::Money)
            }
            (Type::Money, Type::Money) if calc == Divide => made(Node::MoneyRatio(a.boxed(), b.boxed()), Type::Decimal),
            (Type::Money, Type::Int | Type::Decimal) if matches!(calc, Multiply | Divide) => {
                made(Node::MoneyScale(calc, a.boxed(), as_decimal(b).boxed()), Type::Money)
            }
            (Type::Int | Type::Decimal, Type::Money) if calc == Multiply => {
                made(Node::MoneyScale(calc, b.boxed(), as_decimal(a).boxed()), Type::Money)
            }
            (Type::Money, Type::Int | Type::Decimal) | (Type::Int | Type::Decimal, Type::Money) => {
                self.fail(at, format!("'{}' needs money on both sides; write money('…')", calc.sign()))
            }
            (x, y) => self.fail(at, format!("'{}' cannot join {x} and {y}", calc.sign())),
        }
    }

    /// `a in b`
    fn membership(&self, at: &IdedExpr, a: Typed, b: Typed) -> Result<Typed, ExprError> {
        let made = |a: Typed, list| Ok(Typed::new(Node::In(a.boxed(), Box::new(list)), Type::Bool, self.column(at)));
        match (b.node, b.ty) {
            (Node::List(items), Type::List(item)) => {
                let mut needle = a.clone();
                let mut list = Vec::with_capacity(items.len());
                for node in items {
                    let ty = match &node {
                        Node::Value(value) => literal_type(value),
                        _ => (*item).clone(),
                    };
                    let (x, y) = self.alike(at, a.clone(), Typed::new(node, ty, b.column))?;
                    // The same needle serves all items; an amount or a decimal is what it becomes beside any.
                    if x.ty != a.ty && needle.ty == a.ty {
                        needle = x;
                    }
                    list.push(y);
                }
                let wanted = needle.ty.clone();
                let list = list.into_iter().map(|item| if wanted == Type::Decimal { as_decimal(item) } else { item });
                made(needle, Node::List(list.map(|item| item.node).collect()))
            }
            (node, Type::List(item)) => {
                let choices = b.choices.clone();
                let item = Typed { choices, ..Typed::new(Node::Value(Value::Null), (*item).clone(), b.column) };
                let (a, _) = self.alike(at, a, item)?;
                made(a, node)
            }
            (_, ty) => self.fail(at, format!("a list stands after 'in', not {ty}")),
        }
    }

    /// A list written out; its items have one type, or are null.
    pub(super) fn list(&mut self, at: &IdedExpr, elements: &[IdedExpr]) -> Result<Typed, ExprError> {
        let mut items = elements.iter().map(|element| self.check(element)).collect::<Result<Vec<_>, _>>()?;
        let mut ty = Type::Null;
        for item in &items {
            ty = match (ty, &item.ty) {
                (Type::Null, item) => item.clone(),
                (ty, Type::Null) => ty,
                (Type::Int, Type::Decimal) | (Type::Decimal, Type::Int) => Type::Decimal,
                (ty, other) if ty == *other => ty,
                (Type::Record(_) | Type::Id, Type::Record(_) | Type::Id) => Type::Id,
                (ty, other) => return item.fail(format!("{other} stands in a list of another type ({ty})")),
            };
        }
        if matches!(ty, Type::List(_) | Type::Rows(_) | Type::Address | Type::Json) {
            return self.fail(at, format!("a list cannot hold {ty}"));
        }
        if ty == Type::Decimal {
            items = items.into_iter().map(as_decimal).collect();
        }
        let nodes = items.into_iter().map(|item| item.node).collect();
        Ok(Typed::new(Node::List(nodes), Type::List(Box::new(ty)), self.column(at)))
    }

    /// Both sides in one type, so that they can be compared or chosen between.
    pub(super) fn alike(&self, at: &IdedExpr, a: Typed, b: Typed) -> Result<(Typed, Typed), ExprError> {
        one_of_its_choices(&a, &b)?;
        one_of_its_choices(&b, &a)?;
        let a = literal_as(a, &b)?;
        let b = literal_as(b, &a)?;
        // A literal number beside money is an amount of whatever currency.
        let amount = |typed: Typed| {
            let column = typed.column;
            Typed::new(Node::Amount(typed.boxed()), Type::Decimal, column)
        };
        Ok(match (&a.ty, &b.ty) {
            (Type::Null, _) | (_, Type::Null) => (a, b),
            (x, y) if x == y => (a, b),
            (Type::Int, Type::Decimal) | (Type::Decimal, Type::Int) => (as_decimal(a), as_decimal(b)),
            (Type::Money, Type::Int | Type::Decimal) if is_literal(&b) => (amount(a), as_decimal(b)),
            (Type::Int | Type::Decimal, Type::Money) if is_literal(&a) => (as_decimal(a), amount(b)),
            (Type::Record(_), Type::Id) | (Type::Id, Type::Record(_)) => (a, b),
            (Type::Money, Type::Int | Type::Decimal) | (Type::Int | Type::Decimal, Type::Money) => {
                return self.fail(at, "money is compared with money, or its .amount with a number");
            }
            (Type::Date, Type::DateTime) | (Type::DateTime, Type::Date) => {
                return self.fail(at, "a date and a moment differ; write date(…) around the moment");
            }
            (x, y) => return self.fail(at, format!("{x} and {y} cannot be compared")),
        })
    }
}

/// A number of days, backwards.
fn negated(days: Node) -> Node {
    match days {
        Node::Value(Value::Int(value)) => Node::Value(value.checked_neg().map_or(Value::Null, Value::Int)),
        days => Node::Int(Calc::Subtract, Box::new(Node::Value(Value::Int(0))), Box::new(days)),
    }
}

fn is_literal(typed: &Typed) -> bool {
    matches!(typed.node, Node::Value(Value::Int(_) | Value::Decimal(_) | Value::Text(_)))
}

fn literal_type(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Bool,
        Value::Int(_) => Type::Int,
        Value::Decimal(_) => Type::Decimal,
        Value::Money(_) => Type::Money,
        Value::Date(_) => Type::Date,
        Value::DateTime(_) => Type::DateTime,
        Value::Id(_) => Type::Id,
        _ => Type::Text,
    }
}

/// An integer as a decimal; anything else as it is.
pub(super) fn as_decimal(typed: Typed) -> Typed {
    if typed.ty != Type::Int {
        return typed;
    }
    let node = match typed.node {
        Node::Value(Value::Int(value)) => Node::Value(Value::Decimal(Decimal::from(value))),
        other => Node::Decimal(Box::new(other)),
    };
    Typed { node, ty: Type::Decimal, ..typed }
}

/// A literal text in the type of the other side: a date, a moment, an id or a number.
fn literal_as(literal: Typed, other: &Typed) -> Result<Typed, ExprError> {
    let Node::Value(Value::Text(text)) = &literal.node else { return Ok(literal) };
    let read = match &other.ty {
        Type::Date => functions::read_date(text).map(Value::Date).ok_or("a date, as in '2026-01-31'".to_owned()),
        Type::DateTime => functions::read_moment(text)
            .map(Value::DateTime)
            .ok_or("a moment, as in '2026-01-31T08:00:00Z', to the microsecond at most".to_owned()),
        Type::Id => Uuid::parse_str(text).map(Value::Id).map_err(|_| "an id (a UUID)".to_owned()),
        Type::Record(to) => Uuid::parse_str(text).map(Value::Id).map_err(|_| format!("the id (a UUID) of a {to}")),
        Type::Int | Type::Decimal if !is_literal(other) => {
            functions::read_decimal(text).map(Value::Decimal).ok_or("a number".to_owned())
        }
        Type::Money => match functions::read_decimal(text).filter(|amount| amount.scale() <= MONEY_SCALE) {
            Some(amount) => Ok(Value::Decimal(amount)),
            None => Err(format!("an amount with at most {MONEY_SCALE} decimals")),
        },
        _ => return Ok(literal),
    };
    match read {
        Ok(value) => {
            let ty = literal_type(&value);
            Ok(Typed { node: Node::Value(value), ty, ..literal })
        }
        Err(wanted) => literal.fail(format!("'{text}' is compared with {}, but is not {wanted}", other.ty)),
    }
}

/// A literal beside a choice is one of its values.
fn one_of_its_choices(literal: &Typed, choice: &Typed) -> Result<(), ExprError> {
    let (Node::Value(Value::Text(text)), Some((field, values))) = (&literal.node, &choice.choices) else {
        return Ok(());
    };
    if values.contains(text) {
        return Ok(());
    }
    let hint = super::check::closest(text, values.iter().map(String::as_str));
    let hint = hint.map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default();
    literal.fail(format!("'{field}' is never '{text}'{hint}; it is one of {}", values.join(", ")))
}
