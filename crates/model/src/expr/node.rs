//! The checked form of an expression: every name resolved, every type settled, every literal exact.

use std::sync::Arc;

use regex::Regex;

use crate::object::ObjectName;
use crate::value::{Currency, Value};

/// The record that a field is read from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The record that the expression is about.
    This,
    /// The row that the macro at this depth stands at, counted from 0 at the outermost.
    Row(usize),
    /// The record of `to` that `link` leads to; nothing when it is null, deleted or hidden.
    Linked { link: Box<Node>, to: ObjectName },
}

/// What is known of whoever asks, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Var {
    User,
    Teams,
    Roles,
    Company,
    Companies,
    Creates,
    Now,
    Today,
}

/// An order between two values of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    /// Whether two values so ordered satisfy it.
    pub fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Order::Less => ordering.is_lt(),
            Order::LessOrEqual => ordering.is_le(),
            Order::Greater => ordering.is_gt(),
            Order::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// An operation on numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calc {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Calc {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Calc::Add => "+",
            Calc::Subtract => "-",
            Calc::Multiply => "*",
            Calc::Divide => "/",
            Calc::Remainder => "%",
        }
    }

    /// The operation written so.
    pub fn of_sign(sign: &str) -> Option<Calc> {
        match sign {
            "+" => Some(Calc::Add),
            "-" => Some(Calc::Subtract),
            "*" => Some(Calc::Multiply),
            "/" => Some(Calc::Divide),
            "%" => Some(Calc::Remainder),
            _ => None,
        }
    }
}

/// A test on two texts; false when either is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextTest {
    Contains,
    /// Contains, when both are folded to lower case.
    ContainsFolded,
    StartsWith,
    EndsWith,
}

/// A function of one value; null of null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Characters of a text.
    Length,
    Lower,
    Year,
    Month,
    Day,
    /// The day, in UTC, of a moment.
    DayOf,
    /// Any simple value as text.
    Text,
    /// A text as a day, a moment or a number; null when it is none.
    ToDate,
    ToDateTime,
    ToDecimal,
}

/// What is asked of the items of a list or of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    Exists,
    All,
    ExistsOne,
    /// How many there are, the only use of `filter`.
    Count,
}

/// A checked expression. Operands have the types that the comments name, or are null.
#[derive(Clone, Debug)]
pub enum Node {
    Value(Value),
    Var(Var),
    /// A field of a record of `object`.
    Field {
        of: Source,
        object: ObjectName,
        name: String,
    },
    /// One part of an address field.
    Part {
        of: Source,
        object: ObjectName,
        name: String,
        part: &'static str,
    },
    /// The item of a list that the macro at this depth stands at.
    Item(usize),
    /// Amount and currency of money.
    Amount(Box<Node>),
    Currency(Box<Node>),
    /// A decimal as money, in a currency given or, without one, in the company's.
    Money {
        amount: Box<Node>,
        currency: Option<Box<Node>>,
    },
    /// An integer as a decimal.
    Decimal(Box<Node>),
    /// Whether there is a value: not null, not an empty list, not an address without a part.
    Has(Box<Node>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    /// Null-safe equality of two values of one type.
    Equal(Box<Node>, Box<Node>),
    Compare(Order, Box<Node>, Box<Node>),
    /// An item is in a list; never when the item is null.
    In(Box<Node>, Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    /// A list written out.
    List(Vec<Node>),
    /// Integers with integers.
    Int(Calc, Box<Node>, Box<Node>),
    /// Decimals with decimals.
    Number(Calc, Box<Node>, Box<Node>),
    /// Money plus or minus money, of one currency.
    MoneySum(Calc, Box<Node>, Box<Node>),
    /// Money times, or divided by, a decimal.
    MoneyScale(Calc, Box<Node>, Box<Node>),
    /// Money divided by money of one currency, a decimal.
    MoneyRatio(Box<Node>, Box<Node>),
    Concat(Box<Node>, Box<Node>),
    /// A date or a moment, so many days later.
    AddDays(Box<Node>, Box<Node>),
    /// Days from the second date to the first.
    DaysBetween(Box<Node>, Box<Node>),
    Text(TextTest, Box<Node>, Box<Node>),
    Matches(Box<Node>, Arc<Regex>),
    Apply(Function, Box<Node>),
    /// How many items a list or rows have.
    Size(Box<Node>),
    /// A test of each item of `over`, which the test reads as the item at `depth`.
    Quantify {
        how: Quantifier,
        over: Box<Node>,
        depth: usize,
        test: Box<Node>,
    },
}

impl Node {
    /// The nodes directly below.
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Node::Value(_) | Node::Var(_) | Node::Item(_) => vec![],
            Node::Field { of, .. } | Node::Part { of, .. } => match of {
                Source::Linked { link, .. } => vec![link],
                Source::This | Source::Row(_) => vec![],
            },
            Node::Amount(a)
            | Node::Currency(a)
            | Node::Decimal(a)
            | Node::Has(a)
            | Node::Not(a)
            | Node::Matches(a, _)
            | Node::Apply(_, a)
            | Node::Size(a) => vec![a],
            Node::Money { amount, currency } => std::iter::once(&**amount).chain(currency.as_deref()).collect(),
            Node::And(a, b)
            | Node::Or(a, b)
            | Node::Equal(a, b)
            | Node::Compare(_, a, b)
            | Node::In(a, b)
            | Node::Int(_, a, b)
            | Node::Number(_, a, b)
            | Node::MoneySum(_, a, b)
            | Node::MoneyScale(_, a, b)
            | Node::MoneyRatio(a, b)
            | Node::Concat(a, b)
            | Node::AddDays(a, b)
            | Node::DaysBetween(a, b)
            | Node::Text(_, a, b) => vec![a, b],
            Node::If(a, b, c) => vec![a, b, c],
            Node::List(items) => items.iter().collect(),
            Node::Quantify { over, test, .. } => vec![over, test],
        }
    }

    /// Calls `visit` for this node and all below it.
    pub fn walk<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// A literal amount of money.
    pub(super) fn money(amount: rust_decimal::Decimal, currency: Option<Currency>) -> Node {
        match currency {
            Some(currency) => Node::Value(Value::Money(crate::value::Money { amount, currency })),
            None => Node::Money { amount: Box::new(Node::Value(Value::Decimal(amount))), currency: None },
        }
    }
}
