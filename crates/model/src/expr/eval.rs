//! Evaluation in memory.

use std::borrow::Cow;
use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::node::{Calc, Function, Node, Order, Quantifier, Source, Var};
use super::{Env, functions};
use crate::field::Field;
use crate::record::Record;
use crate::value::{Money, Value, decimal_text};

/// Computed fields may read computed fields so deep; deeper than any sensible schema, and no endless loop.
const MAX_COMPUTED: usize = 16;

/// The item that a macro stands at.
#[derive(Clone, Copy)]
enum Item<'f> {
    Row(&'f Record),
    Value(&'f Value),
}

/// Where evaluation stands: the record whose fields stand bare, and the items of the macros around.
#[derive(Clone, Copy)]
struct Frame<'f> {
    env: &'f Env<'f>,
    this: Option<&'f Record>,
    item: Option<Item<'f>>,
    /// The macros inside which this one stands.
    outer: Option<&'f Frame<'f>>,
    /// Macros down to this one.
    depth: usize,
    /// Computed fields inside which this one is worked out.
    computed: usize,
}

pub(super) fn value(node: &Node, env: &Env<'_>) -> Value {
    let frame = Frame { env, this: env.record, item: None, outer: None, depth: 0, computed: 0 };
    frame.value(node).into_owned()
}

pub(super) fn holds(node: &Node, env: &Env<'_>) -> bool {
    let frame = Frame { env, this: env.record, item: None, outer: None, depth: 0, computed: 0 };
    frame.holds(node)
}

const NULL: Value = Value::Null;

fn owned<'f>(value: impl Into<Value>) -> Cow<'f, Value> {
    Cow::Owned(value.into())
}

impl<'f> Frame<'f> {
    fn holds(&'f self, node: &'f Node) -> bool {
        matches!(*self.value(node), Value::Bool(true))
    }

    fn value(&'f self, node: &'f Node) -> Cow<'f, Value> {
        match node {
            Node::Value(value) => Cow::Borrowed(value),
            Node::Var(var) => owned(self.var(*var)),
            Node::Field { of, name, .. } => self.field(of, name),
            Node::Part { of, name, part, .. } => match &*self.field(of, name) {
                Value::Address(address) => owned(address.part(part).map(str::to_owned)),
                _ => Cow::Borrowed(&NULL),
            },
            Node::Item(depth) => match self.item(*depth) {
                Some(Item::Value(value)) => Cow::Borrowed(value),
                _ => Cow::Borrowed(&NULL),
            },
            Node::Amount(a) => owned(self.value(a).as_money().map(|money| money.amount)),
            Node::Currency(a) => owned(self.value(a).as_money().map(|money| money.currency.code().to_owned())),
            Node::Money { amount, currency } => owned(self.money(amount, currency.as_deref())),
            Node::Decimal(a) => owned(self.value(a).as_decimal()),
            Node::Has(a) => owned(!self.value(a).is_empty()),
            Node::Not(a) => owned(!self.holds(a)),
            Node::And(a, b) => owned(self.holds(a) && self.holds(b)),
            Node::Or(a, b) => owned(self.holds(a) || self.holds(b)),
            Node::Equal(a, b) => owned(self.value(a) == self.value(b)),
            Node::Compare(order, a, b) => owned(compare(*order, &self.value(a), &self.value(b))),
            Node::In(a, list) => owned(self.contains(&self.value(a), list)),
            Node::If(a, b, c) => self.value(if self.holds(a) { b } else { c }),
            Node::List(items) => {
                Cow::Owned(Value::List(items.iter().map(|item| self.value(item).into_owned()).collect()))
            }
            Node::Int(calc, a, b) => match (&*self.value(a), &*self.value(b)) {
                (Value::Int(a), Value::Int(b)) => owned(functions::int(*calc, *a, *b)),
                _ => Cow::Borrowed(&NULL),
            },
            Node::Number(calc, a, b) => match (&*self.value(a), &*self.value(b)) {
                (Value::Decimal(a), Value::Decimal(b)) => owned(functions::decimal(*calc, *a, *b)),
                _ => Cow::Borrowed(&NULL),
            },
            Node::MoneySum(calc, a, b) => owned(self.monies(a, b).and_then(|(a, b)| {
                functions::decimal(*calc, a.amount, b.amount).map(|amount| Money::new(amount, a.currency))
            })),
            Node::MoneyScale(calc, a, b) => match (&*self.value(a), &*self.value(b)) {
                (Value::Money(a), Value::Decimal(b)) => {
                    owned(functions::decimal(*calc, a.amount, *b).map(|amount| Money::new(amount, a.currency)))
                }
                _ => Cow::Borrowed(&NULL),
            },
            Node::MoneyRatio(a, b) => {
                owned(self.monies(a, b).and_then(|(a, b)| functions::decimal(Calc::Divide, a.amount, b.amount)))
            }
            Node::Concat(a, b) => match (&*self.value(a), &*self.value(b)) {
                (Value::Text(a), Value::Text(b)) => owned(format!("{a}{b}")),
                _ => Cow::Borrowed(&NULL),
            },
            Node::AddDays(a, days) => match (&*self.value(a), &*self.value(days)) {
                (Value::Date(date), Value::Int(days)) => owned(functions::add_days(*date, *days)),
                (Value::DateTime(moment), Value::Int(days)) => owned(functions::add_days_to_moment(*moment, *days)),
                _ => Cow::Borrowed(&NULL),
            },
            Node::DaysBetween(a, b) => match (&*self.value(a), &*self.value(b)) {
                (Value::Date(to), Value::Date(from)) => owned(functions::days_between(*to, *from)),
                _ => Cow::Borrowed(&NULL),
            },
            Node::Text(test, a, b) => match (&*self.value(a), &*self.value(b)) {
                (Value::Text(a), Value::Text(b)) => owned(functions::text(*test, a, b)),
                _ => owned(false),
            },
            Node::Matches(a, regex) => owned(self.value(a).as_text().is_some_and(|text| regex.is_match(text))),
            Node::Apply(function, a) => owned(apply(*function, &self.value(a))),
            Node::Size(a) => owned(match &*self.value(a) {
                Value::List(items) => items.len() as i64,
                Value::Rows(rows) => rows.len() as i64,
                _ => 0,
            }),
            Node::Quantify { how, over, test, .. } => self.quantify(*how, over, test),
        }
    }

    fn var(&self, var: Var) -> Value {
        let vars = self.env.vars;
        let texts = |texts: &[String]| Value::List(texts.iter().cloned().map(Value::Text).collect());
        match var {
            Var::User => vars.user.into(),
            Var::Company => vars.company.into(),
            Var::Teams => Value::List(vars.teams.iter().copied().map(Value::Id).collect()),
            Var::Companies => Value::List(vars.companies.iter().copied().map(Value::Id).collect()),
            Var::Roles => texts(&vars.roles),
            Var::Creates => texts(&vars.creates),
            Var::Now => functions::to_micros(vars.now).into(),
            Var::Today => vars.today.into(),
        }
    }

    fn item(&self, depth: usize) -> Option<Item<'f>> {
        // The outermost macro has depth 0, and this frame stands `self.depth` macros deep.
        let mut frame = *self;
        while frame.depth > depth + 1 {
            frame = *frame.outer?;
        }
        frame.item
    }

    fn field(&'f self, of: &'f Source, name: &str) -> Cow<'f, Value> {
        match of {
            Source::This => match self.this {
                Some(record) => self.read(record, name),
                None => Cow::Borrowed(&NULL),
            },
            Source::Row(depth) => match self.item(*depth) {
                Some(Item::Row(row)) => self.read(row, name),
                _ => Cow::Borrowed(&NULL),
            },
            Source::Linked { link, to } => {
                let record = self.value(link).as_id().and_then(|id| (self.env.linked)(to, id));
                match record.filter(|record| record.deleted_at().is_none()) {
                    Some(record) => Cow::Owned(self.read(&record, name).into_owned()),
                    None => Cow::Borrowed(&NULL),
                }
            }
        }
    }

    /// The field's value; one that is computed when read is worked out here.
    fn read<'r>(&self, record: &'r Record, name: &str) -> Cow<'r, Value> {
        let Some(position) = record.object().position(name) else { return Cow::Borrowed(&NULL) };
        match &record.object().fields[position] {
            Field { computed: Some(computed), stored: false, .. } => {
                if self.computed == MAX_COMPUTED {
                    return Cow::Borrowed(&NULL);
                }
                let frame = Frame {
                    env: self.env,
                    this: Some(record),
                    item: None,
                    outer: None,
                    depth: 0,
                    computed: self.computed + 1,
                };
                let value = frame.value(computed.node()).into_owned();
                Cow::Owned(fit(value, &record.object().fields[position]))
            }
            // An expression knows the record that a dynamic link leads to, not its object.
            _ => match record.at(position) {
                Value::Leads(_, id) => Cow::Owned(Value::Id(*id)),
                value => Cow::Borrowed(value),
            },
        }
    }

    fn money(&'f self, amount: &'f Node, currency: Option<&'f Node>) -> Option<Money> {
        let amount = self.value(amount).as_decimal()?;
        let currency = match currency {
            Some(code) => self.value(code).as_text()?.parse().ok()?,
            None => self.env.vars.currency?,
        };
        Some(Money { amount, currency })
    }

    /// Two amounts in one currency.
    fn monies(&'f self, a: &'f Node, b: &'f Node) -> Option<(Money, Money)> {
        let (a, b) = (self.value(a).as_money()?, self.value(b).as_money()?);
        (a.currency == b.currency).then_some((a, b))
    }

    fn contains(&'f self, item: &Value, list: &'f Node) -> bool {
        if *item == Value::Null {
            return false;
        }
        match list {
            Node::List(nodes) => nodes.iter().any(|node| *self.value(node) == *item),
            list => matches!(&*self.value(list), Value::List(items) if items.contains(item)),
        }
    }

    fn quantify(&'f self, how: Quantifier, over: &'f Node, test: &'f Node) -> Cow<'f, Value> {
        let over = self.value(over);
        let passes = |item| {
            let frame = Frame { item: Some(item), outer: Some(self), depth: self.depth + 1, ..*self };
            frame.holds(test)
        };
        let items = || -> Box<dyn Iterator<Item = Item<'_>>> {
            match &*over {
                Value::Rows(rows) => Box::new(rows.iter().map(Item::Row)),
                Value::List(values) => Box::new(values.iter().map(Item::Value)),
                _ => Box::new(std::iter::empty()),
            }
        };
        match how {
            Quantifier::Exists => owned(items().any(passes)),
            Quantifier::All => owned(items().all(passes)),
            Quantifier::ExistsOne => owned(items().filter(|item| passes(*item)).take(2).count() == 1),
            Quantifier::Count => owned(items().filter(|item| passes(*item)).count() as i64),
        }
    }
}

/// A computed value as its field holds it: decimals rounded to those the field keeps, halves away from zero.
///
/// Both a stored and a virtual field show this value; null when it does not fit.
pub fn fit(value: Value, field: &Field) -> Value {
    let Some(scale) = field.scale() else { return value };
    let round = |amount: Decimal| {
        functions::round_to_scaled(amount, scale).map(|stored| crate::value::from_scaled(stored, scale))
    };
    match value {
        Value::Int(value) => round(Decimal::from(value)).into(),
        Value::Decimal(value) => round(value).into(),
        Value::Money(money) => round(money.amount).map(|amount| Money { amount, ..money }).into(),
        other => other,
    }
}

fn compare(order: Order, a: &Value, b: &Value) -> bool {
    let ordering: Option<Ordering> = match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Decimal(a), Value::Decimal(b)) => Some(a.cmp(b)),
        (Value::Money(a), Value::Money(b)) if a.currency == b.currency => Some(a.amount.cmp(&b.amount)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
        _ => None,
    };
    ordering.is_some_and(|ordering| order.accepts(ordering))
}

fn apply(function: Function, a: &Value) -> Value {
    match (function, a) {
        (Function::Length, Value::Text(text)) => Value::Int(text.chars().count() as i64),
        (Function::Lower, Value::Text(text)) => Value::Text(functions::fold(text)),
        (Function::Year, Value::Date(date)) => Value::Int(date.year().into()),
        (Function::Month, Value::Date(date)) => Value::Int(date.month().into()),
        (Function::Day, Value::Date(date)) => Value::Int(date.day().into()),
        (Function::DayOf, Value::DateTime(moment)) => functions::day_of(*moment).into(),
        (Function::ToDate, Value::Text(text)) => functions::read_date(text).into(),
        (Function::ToDateTime, Value::Text(text)) => functions::read_moment(text).into(),
        (Function::ToDecimal, Value::Text(text)) => functions::read_decimal(text).into(),
        (Function::Text, value) => match value {
            Value::Bool(value) => value.to_string().into(),
            Value::Int(value) => value.to_string().into(),
            Value::Decimal(value) => decimal_text(*value, 0).into(),
            Value::Money(money) => money.to_string().into(),
            Value::Text(text) => text.clone().into(),
            Value::Date(date) => date.to_string().into(),
            Value::DateTime(moment) => moment.to_string().into(),
            Value::Id(id) => id.to_string().into(),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}
